package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/engine"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/reference"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// A generator makes random queries and data out of few names, so that much meets.
type generator struct{ *rand.Rand }

func (g generator) node() graph.Term {
	return graph.IRI(fmt.Sprintf("http://example.org/n%d", g.IntN(5)))
}
func (g generator) predicate() graph.Term {
	return graph.IRI(fmt.Sprintf("http://example.org/p%d", g.IntN(3)))
}
func (g generator) variable() string { return string(rune('a' + g.IntN(5))) }

func (g generator) graphName() graph.Term {
	return graph.IRI(fmt.Sprintf("http://example.org/g%d", g.IntN(3)))
}

func (g generator) object() graph.Term {
	switch g.IntN(4) {
	case 0:
		return graph.Typed(fmt.Sprint(g.IntN(3)), value.XSD+"integer")
	case 1:
		return graph.String("x")
	}
	return g.node()
}

func (g generator) quads() []graph.Quad {
	out := make([]graph.Quad, g.IntN(25))
	for i := range out {
		out[i] = graph.Quad{Subject: g.node(), Predicate: g.predicate(), Object: g.object()}
		if g.IntN(2) == 0 {
			out[i].Graph = g.graphName()
		}
	}
	return out
}

func (g generator) place(constant func() graph.Term) algebra.Node {
	if g.IntN(10) < 7 {
		return algebra.Variable(g.variable())
	}
	return algebra.Fixed(constant())
}

func (g generator) predicatePlace() algebra.Node {
	if g.IntN(10) == 0 {
		return algebra.Variable(g.variable())
	}
	return algebra.Fixed(g.predicate())
}

func (g generator) bgp() algebra.Op {
	out := algebra.BGP{Patterns: make([]algebra.Triple, g.IntN(4))}
	for i := range out.Patterns {
		out.Patterns[i] = algebra.Triple{Subject: g.place(g.node), Predicate: g.predicatePlace(), Object: g.place(g.object)}
	}
	return out
}

func (g generator) path(depth int) algebra.PathExpr {
	if depth == 0 {
		return algebra.Link{Predicate: g.predicate()}
	}
	switch g.IntN(8) {
	case 0:
		return algebra.Inverse{Path: g.path(depth - 1)}
	case 1:
		return algebra.Sequence{First: g.path(depth - 1), Second: g.path(depth - 1)}
	case 2:
		return algebra.Alternative{First: g.path(depth - 1), Second: g.path(depth - 1)}
	case 3:
		return algebra.ZeroOrMore{Path: g.path(depth - 1)}
	case 4:
		return algebra.OneOrMore{Path: g.path(depth - 1)}
	case 5:
		return algebra.ZeroOrOne{Path: g.path(depth - 1)}
	case 6:
		return algebra.Negated{Predicates: []graph.Term{g.predicate()}}
	}
	return algebra.Link{Predicate: g.predicate()}
}

func (g generator) expr(depth int) algebra.Expr {
	if depth == 0 {
		if g.IntN(2) == 0 {
			return algebra.Const{Term: g.object()}
		}
		return algebra.Var(g.variable())
	}
	call := func(name string, n int) algebra.Expr {
		c := algebra.Call{Function: name}
		for range n {
			c.Args = append(c.Args, g.expr(depth-1))
		}
		return c
	}
	switch g.IntN(12) {
	case 0:
		return call("||", 2)
	case 1:
		return call("&&", 2)
	case 2:
		return call("!", 1)
	case 3:
		return algebra.Call{Function: "BOUND", Args: []algebra.Expr{algebra.Var(g.variable())}}
	case 4:
		return call("+", 2)
	case 5:
		return call("IF", 3)
	case 6:
		return call("COALESCE", 2)
	case 7:
		return call("IN", 3)
	case 8:
		return call("ABS", 1)
	case 9:
		return algebra.Exists{Not: g.IntN(2) == 0, Input: g.op(depth - 1)}
	}
	return call([]string{"=", "!=", "<", ">="}[g.IntN(4)], 2)
}

func (g generator) op(depth int) algebra.Op {
	if depth <= 0 {
		switch g.IntN(6) {
		case 0:
			return algebra.Path{Subject: g.place(g.node), Path: g.path(2), Object: g.place(g.object)}
		case 1:
			t := algebra.Table{Vars: []string{"a", "b"}}
			for range g.IntN(3) {
				t.Rows = append(t.Rows, []graph.Term{g.node(), {}})
				if g.IntN(2) == 0 {
					t.Rows[len(t.Rows)-1][1] = g.object()
				}
			}
			return t
		}
		return g.bgp()
	}
	switch g.IntN(14) {
	case 0, 1:
		return algebra.Join{Left: g.op(depth - 1), Right: g.op(depth - 1)}
	case 2, 3:
		op := algebra.LeftJoin{Left: g.op(depth - 1), Right: g.op(depth - 1)}
		if g.IntN(2) == 0 {
			op.Filter = g.expr(2)
		}
		return op
	case 4:
		return algebra.Filter{Expr: g.expr(2), Input: g.op(depth - 1)}
	case 5:
		compared := algebra.Call{Function: []string{"<", ">=", "="}[g.IntN(3)], Args: []algebra.Expr{algebra.Var(g.variable()), algebra.Const{Term: g.object()}}}
		if g.IntN(3) == 0 {
			compared = algebra.Call{Function: []string{"=", "SAMETERM"}[g.IntN(2)], Args: []algebra.Expr{algebra.Var(g.variable()), algebra.Const{Term: g.node()}}}
		}
		return algebra.Filter{Expr: compared, Input: g.op(depth - 1)}
	case 6:
		return algebra.Union{Left: g.op(depth - 1), Right: g.op(depth - 1)}
	case 7:
		return algebra.Minus{Left: g.op(depth - 1), Right: g.op(depth - 1)}
	case 8, 9:
		name := g.place(g.graphName)
		if g.IntN(2) == 0 {
			name = algebra.Variable("g")
		}
		return algebra.Graph{Name: name, Input: g.op(depth - 1)}
	case 10:
		input := g.op(depth - 1)
		v := g.variable()
		if algebra.InScope(input).Has(v) {
			return input
		}
		return algebra.Extend{Input: input, Var: v, Expr: g.expr(2)}
	case 11:
		return algebra.Project{Input: g.op(depth - 1), Vars: []string{g.variable()}}
	case 12:
		return algebra.Distinct{Input: algebra.Project{Input: g.op(depth - 1), Vars: []string{"a", "b"}}}
	}
	key := g.variable()
	return algebra.Project{Vars: []string{key, "n", "m"}, Input: algebra.Group{
		Input: g.op(depth - 1),
		Keys:  []algebra.Binding{{Var: key, Expr: algebra.Var(key)}},
		Aggregates: []algebra.Aggregate{
			{Var: "n", Function: "COUNT", Distinct: g.IntN(2) == 0},
			{Var: "m", Function: []string{"SUM", "MIN", "COUNT"}[g.IntN(3)], Arg: algebra.Var(g.variable()), Distinct: g.IntN(2) == 0},
		},
	}}
}

// A difference is a query over data on which the engine and the reference differ.
type difference struct {
	op    algebra.Op
	quads []graph.Quad
	set   settings
}

type settings struct {
	clause *algebra.DatasetClause
	union  bool
	stored bool // in pebble, where ids carry values
}

var graphsMade = []graph.Term{graph.IRI("http://example.org/g2")}

func (d difference) compare(ctx context.Context) (got, want []string, err error) {
	var data graph.Dataset = memory.New(d.quads, graphsMade)
	vars := algebra.InScope(d.op).Visible()
	solutions, err := reference.New(data, d.set.clause, reference.Options{UnionDefault: d.set.union, Env: functions.NewEnv(time.Unix(0, 0))}).Eval(ctx, d.op)
	if err != nil {
		return nil, nil, err
	}
	for _, mu := range solutions {
		line := ""
		for _, v := range vars {
			line += " " + mu[v].String()
		}
		want = append(want, line)
	}
	if d.set.stored {
		store, err := pebble.OpenMemory()
		if err != nil {
			return nil, nil, err
		}
		defer store.Close()
		if _, err := store.Apply(ctx, graph.Change{Add: d.quads, CreateGraphs: graphsMade}); err != nil {
			return nil, nil, err
		}
		view, err := store.View()
		if err != nil {
			return nil, nil, err
		}
		defer view.Close()
		data = view
	}
	plan, err := engine.New(ctx, data, algebra.Rewrite(d.op), engine.Options{Dataset: d.set.clause, UnionDefault: d.set.union, Env: functions.NewEnv(time.Unix(0, 0))})
	if err != nil {
		return nil, nil, err
	}
	for terms, err := range plan.Rows(ctx, vars) {
		if err != nil {
			return nil, nil, err
		}
		line := ""
		for _, t := range terms {
			line += " " + t.String()
		}
		got = append(got, line)
	}
	slices.Sort(got)
	slices.Sort(want)
	return got, want, nil
}

func (d difference) differs(ctx context.Context) bool {
	got, want, err := d.compare(ctx)
	return err != nil || !slices.Equal(got, want)
}

// shrink looks for a smaller query and less data that still differ.
func (d difference) shrink(ctx context.Context) difference {
	for {
		smaller := d
		for i := range d.quads {
			try := difference{d.op, slices.Delete(slices.Clone(d.quads), i, i+1), d.set}
			if try.differs(ctx) {
				smaller = try
				break
			}
		}
		if len(smaller.quads) == len(d.quads) {
			for _, op := range simpler(d.op) {
				if try := (difference{op, d.quads, d.set}); try.differs(ctx) {
					smaller = try
					break
				}
			}
			if algebra.Format(smaller.op) == algebra.Format(d.op) {
				return d
			}
		}
		d = smaller
	}
}

// simpler returns operators that are a step smaller.
func simpler(op algebra.Op) []algebra.Op {
	inputs := algebra.Inputs(op)
	out := slices.Clone(inputs)
	for i, in := range inputs {
		for _, s := range simpler(in) {
			changed := slices.Clone(inputs)
			changed[i] = s
			out = append(out, algebra.WithInputs(op, changed))
		}
	}
	switch op := op.(type) {
	case algebra.BGP:
		for i := range op.Patterns {
			out = append(out, algebra.BGP{Patterns: slices.Delete(slices.Clone(op.Patterns), i, i+1)})
		}
	case algebra.LeftJoin:
		if op.Filter != nil {
			out = append(out, algebra.LeftJoin{Left: op.Left, Right: op.Right})
		}
	case algebra.Filter:
		if x, ok := op.Expr.(algebra.Exists); ok {
			for _, s := range simpler(x.Input) {
				out = append(out, algebra.Filter{Expr: algebra.Exists{Not: x.Not, Input: s}, Input: op.Input})
			}
		}
		if c, ok := op.Expr.(algebra.Call); ok {
			for _, a := range c.Args {
				out = append(out, algebra.Filter{Expr: a, Input: op.Input})
			}
		}
	}
	return out
}

// TestAsReference compares the engine with the reference on generated queries and data.
func TestAsReference(t *testing.T) {
	t.Run("in memory", func(t *testing.T) { compareMany(t, 4000, false) })
	t.Run("stored", func(t *testing.T) { compareMany(t, 300, true) })
}

func compareMany(t *testing.T, n int, stored bool) {
	if testing.Short() {
		n /= 10
	}
	failures := 0
	for seed := range uint64(n) {
		g := generator{rand.New(rand.NewPCG(seed, 7))}
		d := difference{op: g.op(1 + g.IntN(3)), quads: g.quads(), set: settings{stored: stored}}
		switch g.IntN(6) {
		case 0:
			d.set.union = true
		case 1:
			d.set.clause = &algebra.DatasetClause{Default: []graph.Term{g.graphName(), g.graphName()}, Named: []graph.Term{g.graphName()}}
		}
		if !d.differs(t.Context()) {
			continue
		}
		d = d.shrink(t.Context())
		got, want, err := d.compare(t.Context())
		t.Errorf("seed %d: over %v with %+v\n%s\n got %q\nwant %q\nerror %v", seed, d.quads, d.set, algebra.Format(d.op), got, want, err)
		if failures++; failures == 5 {
			t.Fatal("and so on")
		}
	}
}
