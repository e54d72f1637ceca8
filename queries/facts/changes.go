package facts

import (
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// Changes lists what changed in a period, by date: events, and the beginnings
// and ends of relations and tenures; with of, the IRI of a thing, only those in
// which it takes part. What may have been in the period, by its date, is marked.
func Changes(ctx context.Context, view graph.Dataset, model *schema.Model, p past.Period, of string) ([]Entry, error) {
	t, err := past.Read(ctx, view, model)
	if err != nil {
		return nil, err
	}
	r := newReader(ctx, view, model)
	out := []Entry{}
	for _, c := range t.Changes(p) {
		n, err := r.node(c.ID, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		s, err := r.statement(n)
		if err != nil {
			return nil, err
		}
		if s == nil || of != "" && !slices.ContainsFunc(s.Parts, func(p Part) bool { return p.IRI == of }) {
			continue
		}
		if s, err = r.fact(n); err != nil {
			return nil, err
		}
		e := Entry{Fact: s.Fact, When: s.Date}
		if s.Kind != Event {
			e.When, e.What = s.From, "begins"
		}
		if c.Ends {
			e.When, e.What = s.Until, "ends"
		}
		if c.Possibly {
			e.Why = past.Possibly
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Entry) int {
		if c := compareDates(a.When, b.When); c != 0 {
			return c
		}
		return strings.Compare(a.Title, b.Title)
	})
	return out, nil
}
