package sparql

import (
	"context"
	"iter"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/reference"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// RunReference answers a query as [Query.Run] does, with the reference
// evaluator, all at once. DESCRIBE, which section 16.4 leaves open, has no reference.
func (q *Query) RunReference(ctx context.Context, d graph.Dataset) (*Results, error) {
	e := reference.New(d, q.Algebra.Dataset, reference.Options{UnionDefault: q.options.UnionDefault, Env: q.engineOptions().Env, Service: q.referenceService()})
	op, err := search{ctx, d}.op(q.Algebra.Op)
	if err != nil {
		return nil, err
	}
	solutions, err := e.Eval(ctx, op)
	if err != nil {
		return nil, err
	}
	rows := func(vars []string) iter.Seq2[[]graph.Term, error] {
		return func(yield func([]graph.Term, error) bool) {
			for _, mu := range solutions {
				row := make([]graph.Term, len(vars))
				for i, v := range vars {
					row[i] = mu[v]
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
	out := &Results{Kind: q.Kind(), Vars: q.Algebra.Vars, Rows: rows(q.Algebra.Vars), Bool: len(solutions) > 0}
	if q.Algebra.Form == syntax.Construct {
		vars := Vars(q.Algebra.Template)
		template := NewTemplate(q.Algebra.Template, vars, "c")
		out.Quads = func(yield func(graph.Quad, error) bool) {
			for row := range rows(vars) {
				for _, quad := range template.Fill(row) {
					if !yield(quad, nil) {
						return
					}
				}
			}
		}
	}
	return out, nil
}

// referenceService gives the reference evaluator what the engine asks endpoints with.
func (q *Query) referenceService() func(context.Context, algebra.Service, graph.Term) ([]reference.Solution, error) {
	if q.options.Service == nil {
		return nil
	}
	return func(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]reference.Solution, error) {
		solutions, err := q.options.Service(ctx, op, endpoint)
		var out []reference.Solution
		for _, mu := range solutions {
			out = append(out, mu)
		}
		return out, err
	}
}
