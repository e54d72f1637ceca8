package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// A ServiceFunc evaluates a pattern elsewhere; its solutions are maps from variables to terms.
type ServiceFunc func(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]map[string]graph.Term, error)

// serviceOp compiles SERVICE (SPARQL 1.1 Federated Query, section 4): its
// solutions are read at once.
func (c *compiler) serviceOp(op algebra.Service, s *slots) (built, error) {
	endpoint := op.Name.Term
	if id := c.outer[op.Name.Var]; op.Name.Var != "" && id != graph.Any {
		var err error
		if endpoint, err = c.x.term(c.ctx, id); err != nil {
			return built{}, err
		}
	}
	solutions, err := c.x.ask(c.ctx, op, endpoint)
	if err != nil {
		if op.Silent && c.ctx.Err() == nil {
			return c.start(), nil
		}
		return built{}, fmt.Errorf("sparql: SERVICE %s: %w", op.Name, err)
	}
	t := algebra.Table{Vars: algebra.InScope(op.Input).Sorted()}
	for _, mu := range solutions {
		line := make([]graph.Term, len(t.Vars))
		for i, v := range t.Vars {
			line[i] = mu[v]
		}
		t.Rows = append(t.Rows, line)
	}
	if err := c.x.hold(len(t.Rows) * len(t.Vars) * termSize); err != nil {
		return built{}, err
	}
	return c.table(t, s)
}

// A question is what an endpoint was asked.
type question struct {
	endpoint graph.Term
	text     string
}

type serviceAnswer struct {
	solutions []map[string]graph.Term
	err       error
}

// ask asks an endpoint, the same question once: inside EXISTS it comes again for every row.
func (x *execution) ask(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]map[string]graph.Term, error) {
	switch {
	case x.service == nil:
		return nil, errors.New("asking other endpoints is switched off here")
	case endpoint.Kind != graph.KindIRI:
		return nil, errors.New("the pattern before it binds its endpoint to no IRI")
	}
	q := question{endpoint, op.Text}
	if known, ok := x.asked[q]; ok {
		return known.solutions, known.err
	}
	solutions, err := x.service(ctx, op, endpoint)
	x.asked[q] = serviceAnswer{solutions, err}
	return solutions, err
}
