package engine

import (
	"math"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// What an operation on one row costs, in the time that reading one row of a scan takes.
const (
	lookupCost = 12 // opening an index at a row's values
	hashCost   = 2  // putting a row into a table, or asking the table for it
)

// bestOrderOf bounds how many items are ordered by dynamic programming;
// more are ordered greedily.
const bestOrderOf = 10

// A joined is a set of items that were joined, as the search for an order sees it.
type joined struct {
	cost, rows float64
	order      []int
	bound      algebra.VarSet
}

// join returns what joining one more item comes to.
func (j *joined) join(it *item, index int) joined {
	size := it.rows
	if it.pattern != nil {
		size = it.pattern.rangesSize(size)
	}
	fan, shares := size, false
	for v := range it.vars {
		if j.bound.Has(v) {
			shares = true
			fan /= max(1, it.distinct[v])
		}
	}
	if it.isRelation() && shares {
		fan = max(1, it.rows/max(1, j.rows))
	}
	rows := max(j.rows*fan, 1e-3)
	hashed := size*hashCost + j.rows*hashCost
	if it.step != nil {
		hashed = math.Inf(1)
	}
	cost := hashed
	if !it.isRelation() {
		cost = min(hashed, j.rows*lookupCost*it.walk())
	}
	if len(j.order) == 0 && j.rows <= 1 {
		cost = size
	}
	out := joined{cost: j.cost + cost + rows, rows: rows, bound: algebra.VarSet{}.Add(j.bound).Add(it.vars)}
	out.order = append(append(out.order, j.order...), index)
	return out
}

// walk is how many look-ups an item takes for one row: a path takes many.
func (i *item) walk() float64 {
	if i.step != nil {
		return 50
	}
	return 1
}

// order joins the items of a block in the cheapest order that it finds.
func (c *compiler) order(b *block, s *slots, a area, in built) (built, error) {
	start := joined{rows: max(in.rows, 1e-3), bound: in.vars}
	var best joined
	if len(b.items) <= bestOrderOf {
		best = cheapest(b.items, start)
	} else {
		best = greedy(b.items, start)
	}
	pending := b.filters
	current := in
	var err error
	for _, i := range best.order {
		it := &b.items[i]
		if current, err = c.joinItem(current, it, s); err != nil {
			return built{}, err
		}
		if current, pending, err = c.filterBound(current, pending, b, s, a); err != nil {
			return built{}, err
		}
	}
	for _, f := range pending {
		if current, err = c.filtered(current, f, s, a); err != nil {
			return built{}, err
		}
	}
	return current, nil
}

// cheapest tries all orders in which each item but the first shares a variable
// with those before it, where there is such an order.
func cheapest(items []item, start joined) joined {
	best := make([]*joined, 1<<len(items))
	best[0] = &start
	for set := range best {
		from := best[set]
		if from == nil {
			continue
		}
		connected := false
		for pass := range 2 {
			for i := range items {
				if set&(1<<i) != 0 || pass == 0 && set != 0 && !items[i].vars.Meets(from.bound) {
					continue
				}
				connected = true
				next := from.join(&items[i], i)
				if at := &best[set|1<<i]; *at == nil || next.cost < (*at).cost {
					*at = &next
				}
			}
			if connected {
				break
			}
		}
	}
	return *best[len(best)-1]
}

// greedy takes the item that adds the least, one after the other.
func greedy(items []item, start joined) joined {
	current := start
	taken := make([]bool, len(items))
	for range items {
		var best *joined
		bestConnected := false
		at := 0
		for i := range items {
			if taken[i] {
				continue
			}
			next := current.join(&items[i], i)
			connected := items[i].vars.Meets(current.bound)
			if best == nil || connected && !bestConnected || connected == bestConnected && next.cost < best.cost {
				best, bestConnected, at = &next, connected, i
			}
		}
		taken[at] = true
		current = *best
	}
	return current
}

// joinItem joins rows with an item: by looking up each row, or by a table.
func (c *compiler) joinItem(in built, it *item, s *slots) (built, error) {
	if it.isRelation() {
		if in.trivial {
			return it.relation, nil
		}
		return c.hashJoin(joinInner, in, it.relation, s, nil, it.text), nil
	}
	step := (&joined{rows: in.rows, bound: in.vars}).join(it, 0)
	out := built{rows: step.rows, vars: step.bound, certain: algebra.VarSet{}.Add(in.certain).Add(it.certain)}
	if it.step != nil {
		return c.made(&pathJoin{x: c.x, input: in.op, pattern: it.pattern, step: it.step}, out, it.text, in.node), nil
	}
	if it.pattern.empty {
		out.rows = 0
		return c.made(&unit{x: c.x, empty: true}, out, "nothing for "+it.text, in.node), nil
	}
	shares := in.certain.Meets(it.vars)
	if !in.trivial && it.rows*hashCost+in.rows*hashCost < in.rows*lookupCost && (shares || !in.vars.Meets(it.vars)) {
		right := c.made(&lookup{x: c.x, input: &unit{x: c.x}, pattern: it.pattern}, built{rows: it.rows, vars: it.vars, certain: it.certain}, "scan "+it.text)
		return c.hashJoin(joinInner, in, right, s, nil, "hash join"), nil
	}
	name := "look up "
	if in.trivial {
		name = "scan "
	}
	return c.made(&lookup{x: c.x, input: in.op, pattern: it.pattern}, out, name+it.text, in.node), nil
}

// filterBound asks the filters whose variables are bound, as far as the block binds them.
func (c *compiler) filterBound(in built, filters []algebra.Expr, b *block, s *slots, a area) (built, []algebra.Expr, error) {
	var pending []algebra.Expr
	for _, f := range filters {
		ready := true
		for v := range algebra.ExprVars(f) {
			ready = ready && (in.certain.Has(v) || !b.mayBind(v) && !in.vars.Has(v))
		}
		if !ready {
			pending = append(pending, f)
			continue
		}
		var err error
		if in, err = c.filtered(in, f, s, a); err != nil {
			return built{}, nil, err
		}
	}
	return in, pending, nil
}

func (b *block) mayBind(v string) bool {
	for i := range b.items {
		if b.items[i].vars.Has(v) {
			return true
		}
	}
	return false
}

// An outerID is what a slot is bound to by the solution outside of EXISTS.
type outerID struct {
	slot int
	id   graph.ID
}
