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
type occurrence struct{ reports []told }

// A told event is a report prepared for comparing.
type told struct {
	eventView
	parties map[string]bool     // actors and recipients
	parts   map[string][]string // the things that play each part; events are not compared, as each document has its own
	ends    []string            // everything that takes part, sorted
}

func tell(v eventView) told {
	t := told{eventView: v, parties: map[string]bool{}, parts: map[string][]string{}}
	for _, p := range slices.Concat(v.Actors, v.Recipients) {
		t.parties[p.IRI] = true
		t.ends = append(t.ends, p.IRI)
	}
	for _, p := range v.Participants {
		if !strings.Contains(p.IRI, "#") {
			t.parts[p.Part] = append(t.parts[p.Part], p.IRI)
			t.ends = append(t.ends, p.Part+" "+p.IRI)
		}
	}
	t.ends = append(t.ends, "at "+v.Place.IRI)
	slices.Sort(t.ends)
	t.ends = slices.Compact(t.ends)
	return t
}

// events concludes which reports of one type and date tell of the same event.
// Reports are joined where they share two parties, or all; then those that name
// fewer parties join, if there is just one event that they can mean, or one
// that their document tells of. Reports whose parts contradict each other are never joined.
func (f *facts) events(from []contribution) {
	var reports []told
	for _, c := range from {
		for _, v := range c.Events {
			reports = append(reports, tell(v))
		}
	}
	slices.SortFunc(reports, func(a, b told) int {
		return cmp.Or(cmp.Compare(len(b.parties), len(a.parties)), cmp.Compare(a.Report, b.Report))
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
		if own := slices.DeleteFunc(slices.Clone(same), func(i int) bool { return !found[i].toldBy(r.document()) }); len(own) == 1 {
			same = own
		}
		switch {
		case strong >= 0:
			found[strong].reports = append(found[strong].reports, r)
		case len(same) == 1:
			found[same[0]].reports = append(found[same[0]].reports, r)
		default:
			found = append(found, occurrence{[]told{r}})
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

// document is the IRI of the document of a report.
func (v eventView) document() string {
	iri, _, _ := strings.Cut(v.Report, "#")
	return iri
}

func (o occurrence) toldBy(document string) bool {
	return slices.ContainsFunc(o.reports, func(v told) bool { return v.document() == document })
}

// likeness says how surely a report tells of the event: 2 the same, 1 it may, 0 not.
func (f *facts) likeness(r told, o occurrence) int {
	least := 2
	for _, x := range o.reports {
		if least = min(least, f.compare(r, x)); least == 0 {
			break
		}
	}
	return least
}

func (f *facts) compare(a, b told) int {
	if f.contradict(a, b) {
		return 0
	}
	pa, pb := a.parties, b.parties
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
	if !a.Date.day() {
		// Within a month or year the same parties do the same thing more than once.
		if equal && slices.Equal(a.ends, b.ends) {
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
func (f *facts) contradict(a, b told) bool {
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
	for part, things := range a.parts {
		if part != "object" && part != "topic" && part != "condition" {
			continue // documents name more or fewer of those who took part
		}
		if others, ok := b.parts[part]; ok && !slices.ContainsFunc(things, func(t string) bool { return slices.Contains(others, t) }) {
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

// sharedParts lists the things other than parties that two reports both name.
func (a told) sharedParts(b told) []string {
	var out []string
	for part, things := range a.parts {
		for _, t := range things {
			if part != "speaker" && slices.Contains(b.parts[part], t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// local names the event by its date, type, actors and recipients; by its
// document where it has no date.
func (o occurrence) local() string {
	first := slices.MinFunc(o.reports, func(a, b told) int { return cmp.Compare(a.Report, b.Report) })
	words := []string{cmp.Or(first.Date.Date, docID(first.document())), first.Type}
	for _, side := range []func(told) []named{
		func(v told) []named { return v.Actors },
		func(v told) []named { return v.Recipients },
	} {
		all := map[string]bool{}
		for _, r := range o.reports {
			for _, p := range side(r) {
				all[localName(p.IRI)] = true
			}
		}
		names := slices.Sorted(maps.Keys(all))
		if len(names) > 4 {
			more := "and-" + strconv.Itoa(len(all)-4)
			if !first.Date.day() { // others of the month or year may begin with the same names
				more += "-" + shortHash(names)
			}
			names = append(names[:4], more)
		}
		if len(names) > 0 {
			words = append(words, strings.Join(names, "-"))
		}
	}
	return strings.Join(words, ".")
}

func (f *facts) event(iri string, o occurrence) {
	t := f.model.Event(o.reports[0].Type)
	f.link(iri, schema.Type, schema.ClassEvent)
	f.link(iri, schema.Type, t.IRI())
	f.link(iri, schema.StatedType, t.IRI())
	var dates []bound
	var origins []origin
	var precision, plover, cameo tally
	for _, r := range o.reports {
		f.link(iri, schema.Evidence, r.Report)
		origins = append(origins, r.origin)
		plover.add(r.Plover, 1)
		cameo.add(r.Cameo, 1)
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
		precision.add(r.Date.Precision, 1)
		if r.First != "" {
			f.say(iri, schema.From, dateLiteral(r.First))
			f.say(iri, schema.Until, dateLiteral(r.Last))
		}
	}
	f.sources(iri, origins)
	f.text(iri, schema.Plover, cmp.Or(plover.best(nil), t.Plover))
	f.text(iri, schema.Cameo, cmp.Or(cameo.best(nil), append(slices.Clone(t.Cameo), "")[0]))
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
				names.add(p.Name, 1)
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
			names[p.IRI].add(p.Name, 1)
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
