package past

import (
	"cmp"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A term of office is what is known for sure of a tenure without an end.
type termOfOffice struct {
	statement   int
	holder      graph.ID
	since, upTo string // days on which it was held: the first and the last that are known
}

// successions ends the tenures of offices that one person holds at a time, where
// no end is stated, on the first day on which somebody else is known to hold the
// office. Who is known to have held it later than that is left in it: that is a
// contradiction, which is shown and not resolved.
func (r *reading) successions(t *Timetable, facts stated, told map[graph.ID]evidence) error {
	offices := map[graph.ID][]termOfOffice{}
	for i, s := range t.statements {
		position := facts[schema.PositionHeld].first(s.id)
		if s.event || position == graph.Any {
			continue
		}
		term := termOfOffice{statement: i, holder: facts[schema.Holder].first(s.id), since: s.begin.Last, upTo: told[s.id].last}
		if s.over {
			term.upTo = min(cmp.Or(term.upTo, s.end.Last), s.end.Last)
		}
		if term.since == NoEnd {
			continue // never known to be held
		}
		term.upTo = max(term.upTo, term.since)
		offices[position] = append(offices[position], term)
	}
	for position, terms := range offices {
		if len(terms) < 2 {
			continue
		}
		title, err := r.text(facts[schema.JobTitle].first(position))
		if err != nil {
			return err
		}
		if !r.model.SingleHolder(title) {
			continue
		}
		slices.SortFunc(terms, func(a, b termOfOffice) int {
			return cmp.Or(cmp.Compare(a.since, b.since), cmp.Compare(a.statement, b.statement))
		})
		for i, term := range terms {
			s := &t.statements[term.statement]
			if s.over {
				continue
			}
			next := slices.IndexFunc(terms[i+1:], func(o termOfOffice) bool { return o.holder != term.holder && o.since > term.upTo })
			if next < 0 {
				continue
			}
			follower := terms[i+1+next]
			s.successor = t.statements[follower.statement].id
			s.end = Span{term.upTo, follower.since}
		}
	}
	return nil
}
