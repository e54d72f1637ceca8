// Package engine evaluates SPARQL's algebra fast: over rows of ids, with terms
// read late, joins ordered by the sizes that the dataset knows, and every loop
// under the context and a limit of memory.
//
//	plan, err := engine.New(ctx, dataset, query.Op, engine.Options{Env: env, Memory: 256 << 20})
//	for row, err := range plan.Rows(ctx, query.Vars) { … }
package engine

import (
	"context"
	"iter"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// Options say how a plan is made and run.
type Options struct {
	// Dataset names the graphs that the query says it runs over; nil for all of the dataset.
	Dataset *algebra.DatasetClause
	// UnionDefault makes the default graph, where Dataset is nil, the merge of all graphs.
	UnionDefault bool
	Env          *functions.Env // what functions know of the query; its Blank is not used
	Memory       int64          // bytes that intermediate results may take; 0 for no limit
	Service      ServiceFunc    // nil refuses SERVICE
	// Measure notes the true rows and times of operators.
	Measure bool
}

// A Plan is a query made ready for one run.
type Plan struct {
	x     *execution
	built built
	slots *slots
}

// New makes a plan of an operator.
func New(ctx context.Context, d graph.Dataset, op algebra.Op, o Options) (*Plan, error) {
	x := &execution{
		dataset: d, service: o.Service, width: 1,
		holdings: &holdings{limit: o.Memory, localIDs: map[graph.Term]graph.ID{}, known: map[graph.Term]graph.ID{}, values: map[graph.ID]value.Value{}, blanks: map[string]graph.Term{}, asked: map[question]serviceAnswer{}},
	}
	x.env = o.Env.PerSolution(x.blanks)
	var err error
	if x.graphs, err = x.resolve(ctx, o); err != nil {
		return nil, err
	}
	c := &compiler{ctx: ctx, x: x, dataset: d, measure: o.Measure}
	s := &slots{x: x, names: map[string]int{}}
	b, err := c.alone(op, s, defaultArea)
	if err != nil {
		return nil, err
	}
	return &Plan{x: x, built: b, slots: s}, nil
}

// resolve finds the graphs of a query's dataset.
func (x *execution) resolve(ctx context.Context, o Options) (*graphs, error) {
	g := &graphs{merged: []graph.ID{graph.DefaultGraph}}
	if o.Dataset == nil {
		g.union = o.UnionDefault
		return g, nil
	}
	// Graphs that the dataset does not have are empty ones.
	find := func(names []graph.Term) ([]graph.ID, error) {
		out := make([]graph.ID, len(names))
		for i, name := range names {
			var err error
			if out[i], err = x.id(ctx, name); err != nil {
				return nil, err
			}
		}
		slices.Sort(out)
		return slices.Compact(out), nil
	}
	var err error
	if g.merged, err = find(o.Dataset.Default); err != nil {
		return nil, err
	}
	g.limited = true
	g.named, err = find(o.Dataset.Named)
	return g, err
}

// Explain returns the operators of the plan, with true rows and times once it
// has run measured.
func (p *Plan) Explain() *Node { return p.built.node }

// Rows runs the plan, once, and yields for each solution the terms of the
// variables, the zero Term where one is unbound. A row belongs to the callee
// and is valid until the next one.
func (p *Plan) Rows(ctx context.Context, vars []string) iter.Seq2[[]graph.Term, error] {
	return func(yield func([]graph.Term, error) bool) {
		defer p.built.op.close()
		at := make([]int, len(vars)) // -1 where nothing binds the variable
		for i, v := range vars {
			at[i] = -1
			if slot, ok := p.slots.lookup(v); ok {
				at[i] = slot
			}
		}
		var ids []graph.ID
		var terms []graph.Term
		for {
			b, err := p.built.op.next(ctx)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if b == nil {
				return
			}
			ids = ids[:0]
			for i := range b.len() {
				r := b.row(i)
				for _, slot := range at {
					id := graph.Any
					if slot >= 0 {
						id = r[slot]
					}
					ids = append(ids, id)
				}
			}
			if cap(terms) < len(ids) {
				terms = make([]graph.Term, len(ids))
			}
			terms = terms[:len(ids)]
			if err := p.x.terms(ctx, ids, terms); err != nil {
				yield(nil, err)
				return
			}
			for i := range b.len() {
				if !yield(terms[i*len(at):(i+1)*len(at):(i+1)*len(at)], nil) {
					return
				}
			}
		}
	}
}

// sub compiles a pattern inside the execution: with rows of its own width, and
// the solution outside substituted.
func (x *execution) sub(ctx context.Context, c *compiler, op algebra.Op, a area, outer map[string]graph.ID, r row) (built, error) {
	inside := *x
	inside.width = 1
	if a.each {
		a = area{name: r[a.slot], slot: -1}
	}
	below := &compiler{ctx: ctx, x: &inside, dataset: c.dataset, outer: outer}
	s := &slots{x: &inside, names: map[string]int{}}
	return below.alone(op, s, a)
}

// perGraph evaluates a pattern in one named graph after the other.
type perGraph struct {
	c     *compiler
	op    algebra.Op
	name  string
	vars  []string
	slots []int
	slot  int // of the name
	names []graph.ID
	begun bool

	current      operator
	currentSlots []int
	currentName  graph.ID
	out          batch
}

func (g *perGraph) next(ctx context.Context) (*batch, error) {
	x := g.c.x
	if !g.begun {
		names, err := x.names(ctx)
		if err != nil {
			return nil, err
		}
		g.names, g.begun = names, true
	}
	g.out.width = x.width
	empty := make(row, x.width)
	for {
		if g.current == nil {
			if len(g.names) == 0 {
				return nil, ctx.Err()
			}
			if err := g.open(ctx); err != nil {
				return nil, err
			}
			continue
		}
		b, err := g.current.next(ctx)
		if err != nil {
			return nil, err
		}
		if b == nil {
			g.current.close()
			g.current = nil
			continue
		}
		g.out.reset()
		for i := range b.len() {
			r := g.out.add(empty)
			r[g.slot] = g.currentName
			for j, from := range g.currentSlots {
				id := b.row(i)[from]
				if at := &r[g.slots[j]]; *at != graph.Any && id != graph.Any && *at != id {
					g.out.drop() // the pattern binds the name otherwise
					break
				} else if id != graph.Any {
					*at = id
				}
			}
		}
		if g.out.len() > 0 {
			return &g.out, nil
		}
	}
}

// open compiles the pattern for the next graph.
func (g *perGraph) open(ctx context.Context) error {
	name := g.names[0]
	g.names = g.names[1:]
	if outer := g.c.outer[g.name]; outer != graph.Any && outer != name {
		return nil
	}
	inside := *g.c.x
	inside.width = 1
	below := &compiler{ctx: ctx, x: &inside, dataset: g.c.dataset, outer: g.c.outer}
	s := &slots{x: &inside, names: map[string]int{}}
	b, err := below.alone(g.op, s, area{name: name, slot: -1})
	if err != nil {
		return err
	}
	g.currentSlots = s.all(g.vars)
	g.current, g.currentName = b.op, name
	return nil
}

func (g *perGraph) close() {
	if g.current != nil {
		g.current.close()
	}
}

// graphArea returns the area of a GRAPH clause whose pattern may be joined
// with others: made of patterns and filters that do not see the graph's name.
func (c *compiler) graphArea(op algebra.Graph, s *slots) (area, bool, error) {
	if op.Name.Var == "" {
		id, err := c.x.id(c.ctx, op.Name.Term)
		ok := false
		if err == nil {
			ok, err = c.x.hasGraph(c.ctx, id)
		}
		return area{name: id, slot: -1}, ok && flat(op.Input, ""), err
	}
	if c.outer != nil || !flat(op.Input, op.Name.Var) {
		return area{}, false, nil
	}
	return area{each: true, slot: s.slot(op.Name.Var), variable: op.Name.Var}, true, nil
}

// flat reports whether a pattern binds something in each graph that it
// matches, and never looks at the graph's name.
func flat(op algebra.Op, name string) bool {
	switch op := op.(type) {
	case algebra.BGP:
		return len(op.Patterns) > 0
	case algebra.Path:
		return !algebra.InScope(op).Has(name)
	case algebra.Join:
		return flat(op.Left, name) && flat(op.Right, name)
	case algebra.Filter:
		return flat(op.Input, name) && !algebra.HasExists(op.Expr) && !algebra.ExprVars(op.Expr).Has(name)
	}
	return false
}

// bindsGraph reports whether every solution of a pattern, and of its parts that
// are joined, takes something from the graph, so that the graph's name can be one
// more variable that they share.
func bindsGraph(op algebra.Op) bool {
	switch op := op.(type) {
	case algebra.LeftJoin:
		return bindsGraph(op.Left) && bindsGraph(op.Right) && !algebra.HasExists(op.Filter)
	case algebra.Join:
		return bindsGraph(op.Left) && bindsGraph(op.Right)
	case algebra.Union:
		return bindsGraph(op.Left) && bindsGraph(op.Right)
	case algebra.Filter:
		return bindsGraph(op.Input) && !algebra.HasExists(op.Expr)
	case algebra.Extend:
		return bindsGraph(op.Input) && !algebra.HasExists(op.Expr)
	}
	return flat(op, "")
}

// graph compiles a GRAPH clause that is not flat.
func (c *compiler) graph(op algebra.Graph, s *slots, a area) (built, error) {
	if inside, ok, err := c.graphArea(op, s); ok || err != nil {
		if err != nil {
			return built{}, err
		}
		return c.compile(op.Input, s, inside, c.start())
	}
	if v := op.Name.Var; v != "" && c.outer == nil && !algebra.AllVars(op.Input).Has(v) && bindsGraph(op.Input) {
		return c.alone(op.Input, s, area{each: true, slot: s.slot(v), variable: v})
	}
	out := built{rows: 1, vars: algebra.InScope(op), certain: algebra.Certain(op)}
	if op.Name.Var == "" {
		id, err := c.x.id(c.ctx, op.Name.Term)
		if err != nil {
			return built{}, err
		}
		ok, err := c.x.hasGraph(c.ctx, id)
		if err != nil {
			return built{}, err
		}
		if !ok {
			return c.made(&unit{x: c.x, empty: true}, out, "no graph "+op.Name.String()), nil
		}
		return c.alone(op.Input, s, area{name: id, slot: -1})
	}
	vars := algebra.InScope(op.Input).Sorted()
	g := &perGraph{c: c, op: op.Input, name: op.Name.Var, vars: vars, slots: s.all(vars), slot: s.slot(op.Name.Var)}
	return c.made(g, out, "for each "+algebra.Head(op)), nil
}

// hasGraph reports whether the query's dataset has a named graph.
func (x *execution) hasGraph(ctx context.Context, id graph.ID) (bool, error) {
	if id == graph.DefaultGraph {
		return false, nil
	}
	if !x.graphs.limited && id&localTag != localTag {
		n, _, err := x.dataset.Estimate(ctx, graph.Pattern{Graph: id})
		if err != nil || n > 0 {
			return err == nil, err
		}
	}
	names, err := x.names(ctx)
	for _, name := range names {
		if name == id {
			return true, err
		}
	}
	return false, err
}
