package engine

import (
	"math"
	"math/bits"
	"slices"

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

// A search looks for an order in which to join items. Variables are bits there.
type search struct {
	items    []item
	bits     map[string]uint // of the first 64 variables
	vars     []uint64        // by item: its variables
	distinct [][]float64     // by item and bit: its different values
}

func newSearch(items []item) *search {
	s := &search{items: items, bits: map[string]uint{}}
	for i := range items {
		for v := range items[i].vars {
			if _, ok := s.bits[v]; !ok && len(s.bits) < 64 {
				s.bits[v] = uint(len(s.bits))
			}
		}
	}
	s.vars, s.distinct = make([]uint64, len(items)), make([][]float64, len(items))
	for i := range items {
		s.vars[i] = s.set(items[i].vars)
		s.distinct[i] = make([]float64, len(s.bits))
		for v, n := range items[i].distinct {
			if bit, ok := s.bits[v]; ok {
				s.distinct[i][bit] = n
			}
		}
	}
	return s
}

func (s *search) set(vars algebra.VarSet) uint64 {
	set := uint64(0)
	for v := range vars {
		if bit, ok := s.bits[v]; ok {
			set |= 1 << bit
		}
	}
	return set
}

// A joined is a set of items that were joined in some order.
type joined struct {
	cost, rows float64
	bound      uint64  // variables
	last       int     // the item that was joined last
	before     *joined // without it; nil where nothing is joined yet
}

// join returns what joining one more item comes to.
func (s *search) join(j *joined, index int) joined {
	it := &s.items[index]
	size := it.rows
	if it.pattern != nil {
		size = it.pattern.rangesSize(size)
	}
	shared := s.vars[index] & j.bound
	fan := size
	for left := shared; left != 0; left &= left - 1 {
		fan /= max(1, s.distinct[index][bits.TrailingZeros64(left)])
	}
	if it.isRelation() && shared != 0 {
		fan = max(1, it.rows/max(1, j.rows))
	}
	rows := max(j.rows*fan, 1e-3)
	cost := (size + j.rows) * hashCost
	if it.step != nil {
		cost = math.Inf(1)
	}
	if !it.isRelation() {
		cost = min(cost, j.rows*lookupCost*it.walk())
	}
	if j.before == nil && j.rows <= 1 {
		cost = size
	}
	return joined{cost: j.cost + cost + rows, rows: rows, bound: j.bound | s.vars[index], last: index, before: j}
}

// steps returns the items of a join in their order, with the rows after each.
func (j *joined) steps() []joined {
	var out []joined
	for ; j.before != nil; j = j.before {
		out = append(out, *j)
	}
	slices.Reverse(out)
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
	plan := newSearch(b.items)
	start := &joined{rows: max(in.rows, 1e-3), bound: plan.set(in.vars)}
	var best *joined
	if len(b.items) <= bestOrderOf {
		best = plan.cheapest(start)
	} else {
		best = plan.greedy(start)
	}
	pending := b.filters
	current := in
	var err error
	for _, step := range best.steps() {
		rows := max(current.rows*step.rows/step.before.rows, 1e-3)
		if current, err = c.joinItem(current, &b.items[step.last], rows, s); err != nil {
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
func (s *search) cheapest(start *joined) *joined {
	best := make([]*joined, 1<<len(s.items))
	best[0] = start
	for set, from := range best {
		if from == nil {
			continue
		}
		connected := false
		for pass := range 2 {
			for i := range s.items {
				if set&(1<<i) != 0 || pass == 0 && set != 0 && s.vars[i]&from.bound == 0 {
					continue
				}
				connected = true
				next := s.join(from, i)
				if at := &best[set|1<<i]; *at == nil || next.cost < (*at).cost {
					*at = &next
				}
			}
			if connected {
				break
			}
		}
	}
	return best[len(best)-1]
}

// greedy takes the item that adds the least, one after the other, and prefers
// those that share a variable with what was taken.
func (s *search) greedy(start *joined) *joined {
	current := start
	taken := make([]bool, len(s.items))
	for range s.items {
		var best *joined
		bestConnected := false
		for i := range s.items {
			if taken[i] {
				continue
			}
			next := s.join(current, i)
			connected := s.vars[i]&current.bound != 0
			if best == nil || connected && !bestConnected || connected == bestConnected && next.cost < best.cost {
				best, bestConnected = &next, connected
			}
		}
		taken[best.last] = true
		current = best
	}
	return current
}

// joinItem joins rows with an item: by looking up each row, or by a table.
func (c *compiler) joinItem(in built, it *item, rows float64, s *slots) (built, error) {
	if it.isRelation() {
		if in.trivial {
			return it.relation, nil
		}
		return c.hashJoin(joinInner, in, it.relation, s, nil, it.text), nil
	}
	out := built{rows: rows, vars: algebra.VarSet{}.Add(in.vars).Add(it.vars), certain: algebra.VarSet{}.Add(in.certain).Add(it.certain)}
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
