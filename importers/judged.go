package importers

import (
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// judged gives what a document says in the light of judgements: without what
// was read wrong, with what was corrected, and with entities called what
// judgements take them for. Its graph keeps what was read.
func (d *draft) judged(s *storedDocument) (reports, []string, error) {
	rules, err := d.rules()
	if err != nil {
		return reports{}, nil, err
	}
	r, things := s.Reports, s.Things
	if len(rules.all) == 0 {
		return r, things, nil
	}
	r.Entities, things = slices.Clone(r.Entities), slices.Clone(things)
	for i, e := range r.Entities {
		if by := rules.directing(e); by != nil {
			r.Entities[i] = directed(e, by, things[i])
		}
	}
	j := &judging{d: d, rules: rules, document: docID(s.IRI), reports: &r, things: things}
	for i, e := range s.Reports.Entities {
		for _, by := range rules.parting(e) {
			j.part(i, by)
		}
	}
	r.Tenures = judge(j, r.Tenures, func(t tenureReport) string { return t.Key }, j.tenure)
	r.Relations = judge(j, r.Relations, func(x relationReport) string { return x.Key }, j.relation)
	r.Events = judge(j, r.Events, func(x eventReport) string { return x.Key }, j.event)
	return r, j.things, j.err
}

// directed is an entity under the name of what a judgement takes it for.
func directed(e entityReport, by *ruling, thing string) entityReport {
	if by.Object == "" {
		return e // a thing of its own, which is what the document calls it
	}
	out := entityReport{IRI: e.IRI, Class: classOf(thing, e.Class), Name: by.Things["object"].Name, Named: true, Judged: true}
	if out.Name == "" {
		out.Name = e.Name
	}
	if by.Verdict == ReadAs {
		out.Names = []string{by.Text}
	}
	return out
}

// classOf gives the class that the IRI of a thing tells, or another.
func classOf(iri, other string) string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(iri, schema.ID), "/")
	if kind == "" {
		return other
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// judging applies judgements to the reports of a document.
type judging struct {
	d        *draft
	rules    *rulings
	document string
	reports  *reports
	things   []string
	err      error
}

// judge leaves out the reports that are rejected, and changes those that are
// corrected or accepted.
func judge[T any](j *judging, all []T, key func(T) string, change func(*T, ruling)) []T {
	var out []T
	for _, report := range all {
		verdicts := j.rules.reports[reportKey{j.document, key(report)}]
		rejected := false
		for _, i := range verdicts {
			rejected = j.rules.all[i].Verdict == Reject
			change(&report, j.rules.all[i])
		}
		if !rejected {
			out = append(out, report)
		}
	}
	return out
}

// thing gives the number of an entity that stands for a thing that a correction names.
func (j *judging) thing(r ruling, part string) int {
	var iri string
	if _, err := j.d.getJSON(targetKey(r.ID, part), &iri); err != nil {
		j.err = err
		return -1
	}
	if iri == "" {
		return -1
	}
	j.reports.Entities = append(j.reports.Entities, entityReport{
		Class: classOf(iri, ""), Name: r.Things[part].Name, Named: true, Judged: true,
	})
	j.things = append(j.things, iri)
	return len(j.things) - 1
}

// set changes the parts of a report that a correction names.
func (j *judging) set(r ruling, texts map[string]*string, dates map[string]*bound, ends map[string]*int) {
	if r.Verdict != Correct {
		return
	}
	for _, part := range slices.Sorted(maps.Keys(r.Set)) {
		value := r.Set[part]
		switch {
		case texts[part] != nil:
			*texts[part] = value
		case dates[part] != nil:
			*dates[part] = bound{Date: value, Precision: precisionOfDate(value)}
		case ends[part] != nil:
			if at := j.thing(r, part); at >= 0 {
				*ends[part] = at
			}
		}
	}
}

// part puts another thing in the place of an entity where a judgement says that
// one of its names is that: in what is said in sentences that have this name of it and no other.
func (j *judging) part(entity int, by *ruling) {
	e := j.reports.Entities[entity]
	at := j.thing(*by, "object")
	if at < 0 {
		return
	}
	j.reports.Entities[at].Names = []string{by.Text}
	if by.Object == "" {
		j.reports.Entities[at].Judged = false
	}
	so, otherwise := map[int]bool{}, map[int]bool{}
	for _, p := range e.Places {
		if p.Text == by.Text {
			so[p.Sentence] = true
		} else {
			otherwise[p.Sentence] = true
		}
	}
	swap := func(sentences []int, ends ...*int) {
		if !slices.ContainsFunc(sentences, func(s int) bool { return so[s] }) || slices.ContainsFunc(sentences, func(s int) bool { return otherwise[s] }) {
			return
		}
		for _, end := range ends {
			if *end == entity {
				*end = at
			}
		}
	}
	within := func(all []int) ([]int, []*int) {
		all = slices.Clone(all)
		var ends []*int
		for i := range all {
			ends = append(ends, &all[i])
		}
		return all, ends
	}
	j.reports.Tenures = slices.Clone(j.reports.Tenures)
	for i := range j.reports.Tenures {
		t := &j.reports.Tenures[i]
		swap(t.Sentences, &t.Holder, &t.Of, &t.AccreditedTo)
	}
	j.reports.Relations = slices.Clone(j.reports.Relations)
	for i := range j.reports.Relations {
		x := &j.reports.Relations[i]
		swap(x.Sentences, &x.From, &x.To, &x.About)
	}
	j.reports.Events = slices.Clone(j.reports.Events)
	for i := range j.reports.Events {
		x := &j.reports.Events[i]
		var actors, recipients []*int
		x.Actors, actors = within(x.Actors)
		x.Recipients, recipients = within(x.Recipients)
		x.Participants = slices.Clone(x.Participants)
		ends := slices.Concat(actors, recipients, []*int{&x.Place})
		for k := range x.Participants {
			ends = append(ends, &x.Participants[k].Entity)
		}
		swap(x.Sentences, ends...)
	}
}

func precisionOfDate(iso string) string {
	return []string{"year", "month", "day"}[min(2, strings.Count(strings.TrimPrefix(iso, "-"), "-"))]
}

func (j *judging) tenure(t *tenureReport, r ruling) {
	if r.Verdict == Accept || r.Verdict == Correct {
		t.Doubtful = false
	}
	j.set(r, map[string]*string{"title": &t.Title}, map[string]*bound{"from": &t.From, "until": &t.Until},
		map[string]*int{"holder": &t.Holder, "onBehalfOf": &t.Of, "accreditedTo": &t.AccreditedTo})
}

func (j *judging) relation(x *relationReport, r ruling) {
	j.set(r, map[string]*string{"type": &x.Type}, map[string]*bound{"from": &x.Since, "until": &x.Until},
		map[string]*int{"subject": &x.From, "object": &x.To, "about": &x.About})
}

func (j *judging) event(x *eventReport, r ruling) {
	actor, recipient := -1, -1
	was := *x
	j.set(r, map[string]*string{"type": &x.Type}, map[string]*bound{"date": &x.Date},
		map[string]*int{"actor": &actor, "recipient": &recipient, "place": &x.Place})
	if actor >= 0 {
		x.Actors = []int{actor}
	}
	if recipient >= 0 {
		x.Recipients = []int{recipient}
	}
	if x.Date != was.Date {
		x.First, x.Last = "", ""
	}
	if x.Type != was.Type {
		x.Plover, x.Cameo = "", ""
	}
}
