package importers

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// An occurrence is one event with the reports that tell of it.
type occurrence struct{ reports []eventView }

// events concludes which reports of one type and date tell of the same event.
// Reports are joined where they share two parties, or all; then those that name
// fewer parties join, if there is just one event that they can mean. Reports
// whose parts contradict each other are never joined.
func (f *facts) events(from []contribution) {
	var reports []eventView
	for _, c := range from {
		reports = append(reports, c.Events...)
	}
	slices.SortFunc(reports, func(a, b eventView) int {
		return cmp.Or(cmp.Compare(len(b.parties()), len(a.parties())), cmp.Compare(a.Report, b.Report))
	})
	var found []occurrence
	for _, r := range reports {
		var same []int
		strong := -1
		for i, o := range found {
			switch f.likeness(r, o) {
			case 2:
				if strong < 0 {
					strong = i
				}
				same = append(same, i)
			case 1:
				same = append(same, i)
			}
		}
		switch {
		case strong >= 0:
			found[strong].reports = append(found[strong].reports, r)
		case len(same) == 1:
			found[same[0]].reports = append(found[same[0]].reports, r)
		default:
			found = append(found, occurrence{[]eventView{r}})
		}
	}
	taken := map[string]int{}
	for _, o := range found {
		local := o.local()
		taken[local]++
		if n := taken[local]; n > 1 {
			local += "." + strconv.Itoa(n)
		}
		f.event(thingIRI("event", local), o)
	}
}

func (v eventView) parties() map[string]bool {
	out := map[string]bool{}
	for _, p := range slices.Concat(v.Actors, v.Recipients) {
		out[p.IRI] = true
	}
	return out
}

// likeness says how surely a report tells of the event: 2 the same, 1 it may, 0 not.
func (f *facts) likeness(r eventView, o occurrence) int {
	least := 2
	for _, x := range o.reports {
		least = min(least, f.compare(r, x))
	}
	return least
}

func (f *facts) compare(a, b eventView) int {
	if f.contradict(a, b) {
		return 0
	}
	pa, pb := a.parties(), b.parties()
	shared := 0
	for p := range pa {
		if pb[p] {
			shared++
		}
	}
	if shared == 0 {
		return 0
	}
	equal := shared == len(pa) && shared == len(pb)
	if len(a.Date.Date) != len("2006-01-02") {
		// Within a month or year the same parties do the same thing more than once.
		if equal && slices.Equal(a.ends(), b.ends()) {
			return 2
		}
		return 0
	}
	switch {
	case a.Plover == "STATEMENT" && len(a.sharedParts(b)) == 0:
		return 0 // one says many things in a day
	case equal || shared >= 2:
		return 2
	case shared == len(pa) || shared == len(pb):
		return 1
	}
	return 0
}

// contradict reports whether two reports cannot tell of one event: roles are
// turned around, or places, agreements or other parts differ.
func (f *facts) contradict(a, b eventView) bool {
	if t := f.model.Event(a.Type); t != nil && !t.Mutual {
		if overlap(a.Actors, b.Recipients) || overlap(a.Recipients, b.Actors) {
			return true
		}
	}
	if a.Place.IRI != "" && b.Place.IRI != "" && a.Place.IRI != b.Place.IRI {
		return true
	}
	if a.Date.Precision != b.Date.Precision && (vague(a.Date.Precision) || vague(b.Date.Precision)) {
		return true
	}
	pa, pb := a.byPart(), b.byPart()
	for part, things := range pa {
		if part != "object" && part != "topic" && part != "condition" {
			continue // documents name more or fewer of those who took part
		}
		if others, ok := pb[part]; ok && !slices.ContainsFunc(things, func(t string) bool { return slices.Contains(others, t) }) {
			return true
		}
	}
	return false
}

func overlap(a, b []named) bool {
	return slices.ContainsFunc(a, func(x named) bool {
		return slices.ContainsFunc(b, func(y named) bool { return x.IRI == y.IRI })
	})
}

// byPart gives the things that play each part. Reports of other events are not
// compared: each document has its own.
func (v eventView) byPart() map[string][]string {
	out := map[string][]string{}
	for _, p := range v.Participants {
		if strings.Contains(p.IRI, "#") {
			continue
		}
		out[p.Part] = append(out[p.Part], p.IRI)
	}
	return out
}

// sharedParts lists the things other than parties that two reports both name.
func (v eventView) sharedParts(o eventView) []string {
	var out []string
	theirs := o.byPart()
	for part, things := range v.byPart() {
		for _, t := range things {
			if part != "speaker" && slices.Contains(theirs[part], t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// ends lists everything that takes part, sorted.
func (v eventView) ends() []string {
	out := []string{"at " + v.Place.IRI}
	for p := range v.parties() {
		out = append(out, p)
	}
	for part, things := range v.byPart() {
		for _, t := range things {
			out = append(out, part+" "+t)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// local names the event by its date, type and parties; by its document where it has no date.
func (o occurrence) local() string {
	first := slices.MinFunc(o.reports, func(a, b eventView) int { return cmp.Compare(a.Report, b.Report) })
	all := map[string]bool{}
	for _, r := range o.reports {
		for p := range r.parties() {
			all[localName(p)] = true
		}
	}
	parties := slices.Sorted(maps.Keys(all))
	if len(parties) > 4 {
		parties = append(parties[:4], "and-"+strconv.Itoa(len(all)-4))
	}
	when := first.Date.Date
	if when == "" {
		document, _, _ := strings.Cut(docID(first.Report), "#")
		when = document
	}
	local := when + "." + first.Type
	if len(parties) > 0 {
		local += "." + strings.Join(parties, "-")
	}
	return local
}

func (f *facts) event(iri string, o occurrence) {
	t := f.model.Event(o.reports[0].Type)
	f.link(iri, schema.Type, schema.ClassEvent)
	f.link(iri, schema.Type, t.IRI())
	f.link(iri, schema.StatedType, t.IRI())
	var dates []bound
	var precision, plover, cameo tally
	for _, r := range o.reports {
		f.link(iri, schema.Evidence, r.Report)
		plover.add(r.Plover)
		cameo.add(r.Cameo)
		for _, a := range r.Actors {
			f.link(iri, schema.Actor, a.IRI)
		}
		for _, b := range r.Recipients {
			f.link(iri, schema.Recipient, b.IRI)
		}
		for _, p := range r.Participants {
			f.link(iri, schema.NS+cmp.Or(p.Part, "participant"), p.IRI)
			if p.Name != "" {
				f.link(iri, schema.Participant, p.IRI)
			}
		}
		f.link(iri, schema.PlaceOf, r.Place.IRI)
		dates = append(dates, bound{Date: r.Date.Date})
		precision.add(r.Date.Precision)
		if r.First != "" {
			f.say(iri, schema.From, dateLiteral(r.First))
			f.say(iri, schema.Until, dateLiteral(r.Last))
		}
	}
	f.text(iri, schema.Plover, plover.best(nil))
	f.text(iri, schema.Cameo, cameo.best(nil))
	f.bounds(iri, schema.Date, mergeBounds(dates))
	f.text(iri, schema.Precision, cmp.Or(precision.best(nil), "unknown"))
	f.text(iri, schema.Label, o.title(t))
}

// object is the best known name of the agreement or occasion that the event is about, or "".
func (o occurrence) object() string {
	names := &tally{}
	for _, r := range o.reports {
		for _, p := range r.Participants {
			if p.Part == "object" && (strings.HasPrefix(p.IRI, schema.ID+"agreement/") || strings.HasPrefix(p.IRI, schema.ID+"occasion/")) {
				names.add(p.Name)
			}
		}
	}
	return names.best(nil)
}

// title says in a line who did what to whom.
func (o occurrence) title(t *schema.EventType) string {
	actors, recipients := []string{}, []string{}
	names := map[string]*tally{}
	for _, r := range o.reports {
		for _, p := range slices.Concat(r.Actors, r.Recipients) {
			if names[p.IRI] == nil {
				names[p.IRI] = &tally{}
			}
			names[p.IRI].add(p.Name)
		}
	}
	list := func(to *[]string, things []named) {
		for _, p := range things {
			if name := names[p.IRI].best(nil); name != "" && !slices.Contains(*to, name) {
				*to = append(*to, name)
			}
		}
	}
	for _, r := range o.reports {
		list(&actors, r.Actors)
		list(&recipients, r.Recipients)
	}
	slices.Sort(actors)
	slices.Sort(recipients)
	return t.Sentence(actors, recipients, o.object())
}
