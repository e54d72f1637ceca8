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

// beside is an operator that SERVICE is joined with, and where it is matched.
type beside struct {
	op algebra.Op
	in area
}

// besides notes what the operators compiled next are joined with, until the
// function that it returns is called.
func (c *compiler) besides(op algebra.Op, a area) func() {
	before := c.left
	c.left = append(before[:len(before):len(before)], beside{op, a})
	return func() { c.left = before }
}

// serviceOp compiles SERVICE (SPARQL 1.1 Federated Query, section 4): its
// solutions are read at once. A variable stands for each endpoint that the
// solutions to be joined bind it to.
func (c *compiler) serviceOp(op algebra.Service, s *slots) (built, error) {
	endpoints := []graph.Term{op.Name.Term}
	if v := op.Name.Var; v != "" {
		var err error
		if endpoints, err = c.endpoints(v); err != nil {
			return built{}, err
		}
	}
	t := algebra.Table{Vars: algebra.InScope(op).Sorted()}
	for _, endpoint := range endpoints {
		solutions, err := c.x.ask(c.ctx, op, endpoint)
		switch {
		case err != nil && op.Silent && c.ctx.Err() == nil:
			solutions = []map[string]graph.Term{nil}
		case err != nil:
			return built{}, fmt.Errorf("sparql: SERVICE %s: %w", op.Name, err)
		}
		for _, mu := range solutions {
			line := make([]graph.Term, len(t.Vars))
			fits := true
			for i, v := range t.Vars {
				line[i] = mu[v]
				if v == op.Name.Var {
					fits = mu[v].IsZero() || mu[v] == endpoint
					line[i] = endpoint
				}
			}
			if fits {
				t.Rows = append(t.Rows, line)
			}
		}
	}
	if err := c.x.hold(len(t.Rows) * len(t.Vars) * termSize); err != nil {
		return built{}, err
	}
	return c.table(t, s)
}

// endpoints returns what a variable is bound to by the nearest operator to be joined that binds it.
func (c *compiler) endpoints(v string) ([]graph.Term, error) {
	if id := c.outer[v]; id != graph.Any {
		endpoint, err := c.x.term(c.ctx, id)
		return []graph.Term{endpoint}, err
	}
	for i := len(c.left) - 1; i >= 0; i-- {
		if !algebra.InScope(c.left[i].op).Has(v) {
			continue
		}
		inside := *c.x
		inside.width = 1
		below := &compiler{ctx: c.ctx, x: &inside, dataset: c.dataset, outer: c.outer, left: c.left[:i]}
		s := &slots{x: &inside, names: map[string]int{}}
		a := c.left[i].in
		if a.each {
			a.slot = s.slot(a.variable)
		}
		b, err := below.alone(c.left[i].op, s, a)
		if err != nil {
			return nil, err
		}
		defer b.op.close()
		slot := s.slot(v)
		var out []graph.Term
		seen := map[graph.ID]bool{graph.Any: true}
		err = each(c.ctx, b.op, func(r row) (bool, error) {
			if seen[r[slot]] {
				return true, nil
			}
			seen[r[slot]] = true
			t, err := c.x.term(c.ctx, r[slot])
			out = append(out, t)
			return true, err
		})
		return out, err
	}
	return nil, fmt.Errorf("sparql: SERVICE ?%s: no pattern before it binds its endpoint", v)
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
