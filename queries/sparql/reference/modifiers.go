package reference

import (
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// group is Group and AggregateJoin (section 18.5.1).
func (e *Evaluator) group(ctx context.Context, in scope, op algebra.Group) ([]Solution, error) {
	below := in
	below.outer = Solution{}
	for _, k := range op.Keys {
		if t, ok := in.outer[k.Var]; ok && k.Expr == algebra.Expr(algebra.Var(k.Var)) {
			below.outer[k.Var] = t
		}
	}
	solutions, err := e.eval(ctx, below, op.Input)
	if err != nil {
		return nil, err
	}
	type members struct {
		key       Solution
		solutions []Solution
	}
	var groups []*members
	byKey := map[string]*members{}
	if len(op.Keys) == 0 {
		groups = []*members{{key: Solution{}, solutions: solutions}}
		solutions = nil
	}
	for _, mu := range solutions {
		key := Solution{}
		for _, k := range op.Keys {
			t, err := e.term(ctx, below, mu, k.Expr)
			if fatal(err) {
				return nil, err
			}
			if err == nil {
				key[k.Var] = t
			}
		}
		g := byKey[key.String()]
		if g == nil {
			g = &members{key: key}
			byKey[key.String()] = g
			groups = append(groups, g)
		}
		g.solutions = append(g.solutions, mu)
	}
	visible := algebra.InScope(op.Input).Visible()
	var out []Solution
	for _, g := range groups {
		for _, a := range op.Aggregates {
			t, err := e.aggregate(ctx, below, a, g.solutions, visible)
			if fatal(err) {
				return nil, err
			}
			if err == nil {
				g.key[a.Var] = t
			}
		}
		out = append(out, g.key)
	}
	return out, nil
}

// aggregate applies a set function to the solutions of a group.
func (e *Evaluator) aggregate(ctx context.Context, in scope, a algebra.Aggregate, group []Solution, visible []string) (graph.Term, error) {
	type result struct {
		v   value.Value
		err error
	}
	var results []result
	seen := map[string]bool{}
	for _, mu := range group {
		var r result
		key := mu.only(visible).String()
		if a.Arg != nil {
			r.v, r.err = e.value(ctx, in, mu, a.Arg)
			key = r.v.Term().String()
		}
		if fatal(r.err) {
			return graph.Term{}, r.err
		}
		if a.Distinct && r.err == nil {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		results = append(results, r)
	}
	if a.Function == "COUNT" {
		results = slices.DeleteFunc(results, func(r result) bool { return r.err != nil })
		return value.Integer(int64(len(results))).Term(), nil
	}
	kind, ok := functions.LookupAggregate(a.Function)
	if !ok {
		return graph.Term{}, fmt.Errorf("reference: there is no aggregate %s", a.Function)
	}
	total := kind.New(functions.AggregateOptions{Separator: a.Separator})
	for _, r := range results {
		if r.err != nil {
			total.Fail(r.err)
		} else {
			total.Add(r.v)
		}
	}
	v, err := total.Result()
	if err != nil {
		return graph.Term{}, err
	}
	return v.Term(), nil
}

// orderBy sorts, and keeps the order of equals (section 15.1).
func (e *Evaluator) orderBy(ctx context.Context, in scope, op algebra.OrderBy) ([]Solution, error) {
	solutions, err := e.eval(ctx, in, op.Input)
	if err != nil {
		return nil, err
	}
	type keyed struct {
		mu   Solution
		keys []value.Value
	}
	rows := make([]keyed, len(solutions))
	for i, mu := range solutions {
		rows[i].mu = mu
		for _, k := range op.Keys {
			v, err := e.value(ctx, in, mu, k.Expr)
			if fatal(err) {
				return nil, err
			}
			if err != nil {
				v = value.Value{}
			}
			rows[i].keys = append(rows[i].keys, v)
		}
	}
	slices.SortStableFunc(rows, func(a, b keyed) int {
		for i, k := range op.Keys {
			c := value.Order(a.keys[i], b.keys[i])
			if k.Descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	for i := range rows {
		solutions[i] = rows[i].mu
	}
	return solutions, nil
}
