package importers

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// A tie is one relation between two things in one direction.
type tie struct {
	relation        string
	from, to, about string
}

// datedRelation is a report with its document and the date of that.
type datedRelation struct {
	relationView
	document, published string
}

// An ending is a point at which a tie ceased to hold.
type ending struct {
	date      bound  // zero when only that it ended is known
	known     string // the date by which it had ended, for the order
	report    string // or "" where another tie excludes it
	document  string
	published string
}

// A period is a time for which a tie held, between two endings.
type period struct {
	from    []bound
	members []datedRelation
	end     *ending
}

// relations concludes what holds between two things. Endings part the time of a
// tie into periods; what begins one tie ends the ties that the schema says it excludes.
func (f *facts) relations(from []contribution) {
	ties, periods, reports := f.periodsBetween(from)
	for _, k := range ties {
		for _, p := range periods[k] {
			f.period(k, p, len(periods[k]) > 1)
		}
		f.closings(k, periods[k], reports)
	}
}

// periodsBetween gives the ties between two things, in order, the periods for
// which they hold, and all reports of relations between the two.
func (f *facts) periodsBetween(from []contribution) ([]tie, map[tie][]period, []datedRelation) {
	positive, endings := map[tie][]datedRelation{}, map[tie][]ending{}
	var reports []datedRelation
	for _, c := range from {
		for _, v := range c.Relations {
			r := datedRelation{v, c.Document, c.Published}
			if !v.Event {
				reports = append(reports, r)
			}
			k := f.tieOf(v)
			switch {
			case !v.Realis || !v.Voice:
			case v.Ends, v.Negative && v.Since.exact():
				endings[k] = append(endings[k], endingOf(r, v.Since))
			case v.Negative:
				// That it does not hold says nothing about when it ceased to.
			default:
				positive[k] = append(positive[k], r)
				if v.Until.exact() {
					endings[k] = append(endings[k], endingOf(r, v.Until))
				}
			}
		}
	}
	ties := slices.SortedFunc(maps.Keys(positive), func(a, b tie) int {
		return cmp.Or(cmp.Compare(a.relation, b.relation), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.about, b.about))
	})
	periods := map[tie][]period{}
	for _, k := range ties {
		periods[k] = periodsOf(positive[k], endings[k])
	}
	// Only what began at a known day can end another tie.
	closed := map[tie][]ending{}
	for _, k := range ties {
		closed[k] = slices.Clone(endings[k])
		for _, other := range ties {
			for _, p := range periods[other] {
				if f.excludes(other, k, false) && len(p.from) == 1 && p.from[0].exact() {
					closed[k] = append(closed[k], ending{date: p.from[0], known: p.from[0].Date})
				}
			}
		}
	}
	for _, k := range ties {
		periods[k] = periodsOf(positive[k], closed[k])
	}
	return ties, periods, reports
}

func endingOf(r datedRelation, at bound) ending {
	e := ending{report: r.Report, document: r.document, published: r.published}
	if at.exact() {
		e.date, e.known = at, at.Date
	} else {
		e.known = cmp.Or(r.published, "9999")
	}
	return e
}

func (f *facts) tieOf(v relationView) tie {
	k := tie{v.Type, v.From.IRI, v.To.IRI, v.About.IRI}
	if f.model.Relation(v.Type).Symmetric {
		k.from, k.to = min(k.from, k.to), max(k.from, k.to)
	}
	return k
}

// excludes reports whether a tie cannot hold beside another one, or (negative) beside its not holding.
func (f *facts) excludes(a, b tie, negative bool) bool {
	turned := f.model.Relation(a.relation).Symmetric || f.model.Relation(b.relation).Symmetric
	if (a.from != b.from || a.to != b.to) && !(turned && a.from == b.to && a.to == b.from) {
		return false
	}
	for _, x := range f.model.Exclusions(a.relation, false) {
		if x.Relation == b.relation && x.Negative == negative {
			return true
		}
	}
	return false
}

// periodsOf sorts reports that a tie holds between the endings of it.
func periodsOf(reports []datedRelation, endings []ending) []period {
	endings = slices.SortedFunc(slices.Values(endings), func(a, b ending) int {
		return cmp.Or(cmp.Compare(a.known, b.known), cmp.Compare(a.date.Date, b.date.Date), cmp.Compare(a.report, b.report))
	})
	slots := make([]period, len(endings)+1)
	for _, r := range reports {
		i := slotOf(r, endings)
		slots[i].members = append(slots[i].members, r)
	}
	var out []period
	for i, p := range slots {
		if len(p.members) == 0 {
			continue
		}
		if i < len(endings) {
			p.end = &endings[i]
			// The same end told by another document, or more exactly.
			for j := i + 1; j < len(endings) && len(slots[j].members) == 0 && agrees(endings[j].known, p.end.known); j++ {
				if len(endings[j].date.Date) > len(p.end.date.Date) {
					p.end = &endings[j]
				}
			}
		}
		var starts []bound
		for _, m := range p.members {
			starts = append(starts, m.Since)
		}
		p.from = mergeBounds(starts)
		out = append(out, p)
	}
	return out
}

// slotOf gives the number of endings that lie before what a report speaks of.
func slotOf(r datedRelation, endings []ending) int {
	n := 0
	switch {
	case r.Since.exact():
		// What began and ended in one year is not over before it began.
		for n < len(endings) && endings[n].known <= r.Since.Date && !(r.Until.exact() && endings[n].known >= r.Until.Date) {
			n++
		}
	case r.Until.exact():
		for n < len(endings) && endings[n].known < r.Until.Date {
			n++
		}
	default:
		// Of what is only said to hold, a document published after the end, by
		// one that does not tell of the end, is believed; else it is background.
		for n < len(endings) && endings[n].document != r.document && r.published > max(endings[n].known, endings[n].published) {
			n++
		}
	}
	return n
}

func (f *facts) period(k tie, p period, several bool) {
	iri := f.relationIRI(k, p, several)
	f.link(iri, schema.Type, schema.ClassRelation)
	f.link(iri, schema.StatedType, f.model.Relation(k.relation).IRI())
	f.link(iri, schema.Subject, k.from)
	f.link(iri, schema.Object, k.to)
	f.link(iri, schema.About, k.about)
	f.bounds(iri, schema.From, p.from)
	var from, to, about tally
	var origins []origin
	for _, m := range p.members {
		f.link(iri, schema.Evidence, m.Report)
		origins = append(origins, m.origin)
		if m.From.IRI != k.from {
			m.From, m.To = m.To, m.From
		}
		from.add(m.From.Name, 1)
		to.add(m.To.Name, 1)
		about.add(m.About.Name, 1)
	}
	f.sources(iri, origins)
	label := from.best(nil) + " " + f.model.Relation(k.relation).Label + " " + to.best(nil)
	if a := about.best(nil); a != "" {
		label += " (" + a + ")"
	}
	f.text(iri, schema.Label, label)
	if p.end != nil {
		f.link(iri, schema.Evidence, p.end.report)
		if p.end.date.Date != "" {
			f.bounds(iri, schema.Until, []bound{p.end.date})
		} else {
			f.flag(iri, schema.Former)
		}
		return
	}
	property := f.model.Relation(k.relation).IRI()
	f.link(k.from, property, k.to)
	if f.model.Relation(k.relation).Symmetric {
		f.link(k.to, property, k.from)
	}
}

func (f *facts) relationIRI(k tie, p period, several bool) string {
	local := strings.Join([]string{localName(k.from), k.relation, localName(k.to)}, ".")
	if k.about != "" {
		local += "." + localName(k.about)
	}
	if several {
		// Of two periods at most one can have neither a beginning nor an end.
		if len(p.from) > 0 {
			local += "." + p.from[0].Date
		} else if p.end != nil {
			local += ".until-" + p.end.known
		}
	}
	return thingIRI("relation", local)
}

// closings links reports to the fact that ended what they say: a refusal of
// recognition to the relations that were established.
func (f *facts) closings(k tie, periods []period, reports []datedRelation) {
	for _, p := range periods {
		if len(p.from) == 0 || !p.from[0].exact() {
			continue
		}
		since := p.from[0].Date
		var telling []string
		for _, m := range p.members {
			telling = append(telling, m.document)
		}
		for _, r := range reports {
			if !r.Realis || !f.excludes(k, f.tieOf(r.relationView), r.Negative) {
				continue
			}
			earlier := r.Since.exact() && r.Since.Date < since
			if !r.Since.exact() {
				// What a document that tells of the change says without a date is how it was before.
				earlier = slices.Contains(telling, r.document) || r.published != "" && r.published <= since
			}
			if earlier {
				f.link(r.Report, schema.ClosedBy, f.relationIRI(k, p, len(periods) > 1))
			}
		}
	}
}
