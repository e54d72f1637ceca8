package engine

import (
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// A block is what is joined in an order of the engine's choice, and the
// filters that are asked as soon as their variables are bound.
type block struct {
	items   []item
	filters []algebra.Expr
}

// An item of a block is a triple pattern, a path, or the rows of an operator.
type item struct {
	pattern  *pattern
	step     step // of a path, whose ends are those of pattern
	relation built
	text     string
	vars     algebra.VarSet
	certain  algebra.VarSet
	rows     float64            // without anything bound
	distinct map[string]float64 // values of a variable, about
}

func (i *item) isRelation() bool { return i.pattern == nil }

// block compiles a join of patterns and other operators with the rows of in.
func (c *compiler) block(op algebra.Op, s *slots, a area, in built) (built, error) {
	if f, ok := op.(algebra.Filter); ok && !c.flattens(f, in.vars) {
		right, err := c.filterAlone(f, s, a)
		if err != nil || in.trivial {
			return right, err
		}
		return c.hashJoin(joinInner, in, right, s, nil, "hash join"), nil
	}
	var b block
	if err := c.flatten(op, s, a, in.vars, &b); err != nil {
		return built{}, err
	}
	in = c.substituted(in, s, &b)
	b.restrict(s)
	return c.order(&b, s, a, in)
}

// filterAlone compiles a filter whose input is no block.
func (c *compiler) filterAlone(f algebra.Filter, s *slots, a area) (built, error) {
	b, err := c.alone(f.Input, s, a)
	if err != nil {
		return built{}, err
	}
	return c.filtered(b, f.Expr, s, a)
}

// flattens reports whether a filter may be asked of rows that bind, beside
// its input's variables, those of outside: what it looks at must be bound by
// its own input.
func (c *compiler) flattens(f algebra.Filter, outside algebra.VarSet) bool {
	certain := algebra.Certain(f.Input)
	for v := range algebra.ExprVars(f.Expr) {
		if outside.Has(v) && !certain.Has(v) {
			return false
		}
	}
	return true
}

// flatten adds the parts of a join to a block; outside are the variables that
// the rest of the block binds.
func (c *compiler) flatten(op algebra.Op, s *slots, a area, outside algebra.VarSet, b *block) error {
	switch op := op.(type) {
	case algebra.BGP:
		for _, t := range op.Patterns {
			if err := c.addPattern(t, s, a, b); err != nil {
				return err
			}
		}
		return nil
	case algebra.Path:
		return c.addPath(op, s, a, b)
	case algebra.Join:
		left, right := algebra.InScope(op.Left), algebra.InScope(op.Right)
		if err := c.flatten(op.Left, s, a, right.Add(outside), b); err != nil {
			return err
		}
		defer c.besides(op.Left, a)()
		return c.flatten(op.Right, s, a, left.Add(outside), b)
	case algebra.Filter:
		if c.flattens(op, outside) {
			if err := c.flatten(op.Input, s, a, outside, b); err != nil {
				return err
			}
			c.addFilter(op.Expr, b)
			return nil
		}
	case algebra.Graph:
		inside, ok, err := c.graphArea(op, s)
		if err != nil {
			return err
		}
		if ok {
			return c.flatten(op.Input, s, inside, outside, b)
		}
	}
	relation, err := c.alone(op, s, a)
	if err != nil {
		return err
	}
	b.items = append(b.items, item{
		relation: relation, vars: relation.vars, certain: relation.certain, rows: relation.rows,
		distinct: map[string]float64{}, text: "hash join",
	})
	return nil
}

func (c *compiler) addFilter(e algebra.Expr, b *block) {
	if and, ok := e.(algebra.Call); ok && and.Function == "&&" {
		for _, part := range and.Args {
			c.addFilter(part, b)
		}
		return
	}
	b.filters = append(b.filters, e)
}

// place compiles a place of a pattern.
func (c *compiler) place(n algebra.Node, s *slots, p *pattern) (place, error) {
	switch {
	case n.Var != "":
		return place{slot: s.slot(n.Var)}, nil
	case n.Triple != nil:
		var inner [3]place
		for i, part := range n.Triple.Places() {
			var err error
			if inner[i], err = c.place(part, s, p); err != nil {
				return place{}, err
			}
			if inner[i].slot < 0 && inner[i].inner == nil { // parts of triples need not be in the dataset themselves
				if inner[i].fixed, err = c.x.id(c.ctx, part.Term); err != nil {
					return place{}, err
				}
			}
		}
		return place{slot: -1, inner: &inner}, nil
	}
	id, ok, err := c.dataset.ID(c.ctx, n.Term)
	if !ok {
		p.empty = true
	}
	return place{slot: -1, fixed: id}, err
}

func (c *compiler) addPattern(t algebra.Triple, s *slots, a area, b *block) error {
	p := &pattern{area: a, source: t}
	for i, n := range t.Places() {
		var err error
		missing := p.empty
		if p.places[i], err = c.place(n, s, p); err != nil {
			return err
		}
		if n.Triple != nil {
			p.empty = missing
		}
	}
	it := item{pattern: p, vars: t.Vars(), text: t.String()}
	if a.each {
		it.vars[a.variable] = struct{}{}
	}
	it.certain = it.vars
	if err := c.size(&it, t); err != nil {
		return err
	}
	b.items = append(b.items, it)
	return nil
}

// size estimates the rows of a pattern and the different values of its variables.
func (c *compiler) size(it *item, t algebra.Triple) error {
	it.distinct = map[string]float64{}
	if it.pattern.empty {
		return nil
	}
	constant := it.pattern.constant()
	n, err := c.x.graphs.estimate(c.ctx, c.dataset, constant, it.pattern.area)
	if err != nil {
		return err
	}
	it.rows = n
	subjects, objects := n, n
	if constant.Predicate != graph.Any {
		if counter, ok := c.dataset.(graph.Counter); ok && constant.Subject == graph.Any && constant.Object == graph.Any {
			st, err := counter.Statistics(c.ctx, constant.Predicate)
			if err != nil {
				return err
			}
			subjects, objects = min(n, float64(st.Subjects)), min(n, float64(st.Objects))
		}
	} else if v := t.Predicate.Var; v != "" {
		it.distinct[v] = min(n, 50)
		subjects, objects = max(1, n/8), max(1, n/4)
		if constant.Subject != graph.Any || constant.Object != graph.Any {
			subjects, objects = n, n
		}
	}
	if v := t.Subject.Var; v != "" {
		it.distinct[v] = subjects
	}
	if v := t.Object.Var; v != "" {
		it.distinct[v] = objects
	}
	return nil
}

func (c *compiler) addPath(op algebra.Path, s *slots, a area, b *block) error {
	st, err := c.compilePath(op.Path)
	if err != nil {
		return err
	}
	p := &pattern{area: a}
	for i, n := range map[int]algebra.Node{0: op.Subject, 2: op.Object} {
		if n.Triple == nil && n.Var == "" {
			// A path of no step leads from a term to itself, wherever that is.
			id, err := c.x.id(c.ctx, n.Term)
			if err != nil {
				return err
			}
			p.places[i] = place{slot: -1, fixed: id}
			continue
		}
		if p.places[i], err = c.place(n, s, p); err != nil {
			return err
		}
	}
	p.places[1] = place{slot: -1}
	p.empty = false
	it := item{pattern: p, step: st, vars: algebra.InScope(op), text: algebra.Head(op), distinct: map[string]float64{}}
	if a.each {
		it.vars[a.variable] = struct{}{}
	}
	it.certain = it.vars
	total, err := c.x.graphs.estimate(c.ctx, c.dataset, graph.Pattern{}, a)
	if err != nil {
		return err
	}
	it.rows = 4*total + 1 // without a bound end a path may lead from everywhere
	ends := max(1, total/4)
	for _, n := range []algebra.Node{op.Subject, op.Object} {
		if n.Var == "" {
			it.rows = min(it.rows, ends)
		} else {
			it.distinct[n.Var] = ends
		}
	}
	b.items = append(b.items, it)
	return nil
}

// substituted binds, inside EXISTS, the variables of a block to what the
// solution outside says.
func (c *compiler) substituted(in built, s *slots, b *block) built {
	var ids []outerID
	out := built{op: in.op, rows: in.rows, vars: algebra.VarSet{}.Add(in.vars), certain: algebra.VarSet{}.Add(in.certain), node: in.node}
	for _, it := range b.items {
		if it.isRelation() {
			continue
		}
		for v := range it.vars {
			if id := c.outer[v]; id != graph.Any && !out.certain.Has(v) {
				ids = append(ids, outerID{s.slot(v), id})
				out.vars[v], out.certain[v] = struct{}{}, struct{}{}
			}
		}
	}
	if len(ids) == 0 {
		return in
	}
	out.op = bindOuter(in.op, ids)
	return out
}
