package engine

import (
	"context"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// An aggregate of a plan.
type aggregate struct {
	slot     int
	arg      expr // nil for COUNT(*)
	argSlot  int  // of an argument that is a variable, else -1
	count    bool // COUNT, which needs no values
	distinct bool
	kind     functions.Aggregate
	options  functions.AggregateOptions
}

// grouper gathers its input by keys. Groups come in the order in which they
// first turned up.
type grouper struct {
	x          *execution
	input      operator
	keys       []assignment
	aggregates []aggregate
	all        []int // slots of the input that count for COUNT(DISTINCT *)

	table  *table // of the keys
	groups []group
	bytes  int
	done   bool
	given  int
	out    batch
}

// A group has for each aggregate what it gathered.
type group struct {
	counts []int64
	others []functions.Accumulator
	seen   []map[string]struct{} // by aggregate: what DISTINCT has counted
}

const groupSize = 96 // bytes of a group's aggregate, about

func (g *grouper) gather(ctx context.Context) error {
	key := make(row, g.x.width)
	slots := make([]int, len(g.keys))
	for i, k := range g.keys {
		slots[i] = k.slot
	}
	g.table = newTable(g.x, slots, slots)
	if len(g.keys) == 0 {
		if _, err := g.group(key); err != nil {
			return err
		}
	}
	n := 0
	return each(ctx, g.input, func(r row) (bool, error) {
		if n++; n%256 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		for _, k := range g.keys {
			id, err := g.x.assign(ctx, k.expr, r)
			if err != nil {
				return false, err
			}
			key[k.slot] = id
		}
		at, err := g.group(key)
		if err != nil {
			return false, err
		}
		for i := range g.aggregates {
			if err := g.add(ctx, at, i, r); err != nil {
				return false, err
			}
		}
		return true, nil
	})
}

// group returns the number of the group with a key, a new one if need be.
func (g *grouper) group(key row) (int, error) {
	h := hashOf(key, g.table.keys)
	for i := g.table.first(h); i >= 0; i = g.table.after(i, h) {
		if g.table.same(i, key) {
			return i, nil
		}
	}
	made := group{counts: make([]int64, len(g.aggregates)), others: make([]functions.Accumulator, len(g.aggregates)), seen: make([]map[string]struct{}, len(g.aggregates))}
	for i, a := range g.aggregates {
		if !a.count {
			made.others[i] = a.kind.New(a.options)
		}
		if a.distinct {
			made.seen[i] = map[string]struct{}{}
		}
	}
	g.groups = append(g.groups, made)
	if err := g.holdMore(groupSize * (1 + len(g.aggregates))); err != nil {
		return 0, err
	}
	return len(g.groups) - 1, g.table.insert(key)
}

func (g *grouper) holdMore(bytes int) error {
	g.bytes += bytes
	return g.x.hold(bytes)
}

// add counts a row in for one aggregate of a group.
func (g *grouper) add(ctx context.Context, at, i int, r row) error {
	a, to := &g.aggregates[i], &g.groups[at]
	if a.arg == nil {
		if a.distinct {
			fresh, err := g.first(to.seen[i], r, g.all)
			if err != nil || !fresh {
				return err
			}
		}
		to.counts[i]++
		return nil
	}
	if a.argSlot >= 0 && a.count && !a.distinct {
		if r[a.argSlot] != graph.Any {
			to.counts[i]++
		}
		return nil
	}
	v, failed := a.arg.eval(ctx, r)
	if fatal(failed) {
		return failed
	}
	if a.distinct && failed == nil {
		id := graph.Any
		var err error
		if a.argSlot >= 0 {
			id = r[a.argSlot]
		} else if id, err = g.x.id(ctx, v.Term()); err != nil {
			return err
		}
		fresh, err := g.first(to.seen[i], row{id}, []int{0})
		if err != nil || !fresh {
			return err
		}
	}
	if a.count {
		if failed == nil {
			to.counts[i]++
		}
		return nil
	}
	if failed != nil {
		to.others[i].Fail(failed)
		return nil
	}
	before := to.others[i].Bytes()
	to.others[i].Add(v)
	return g.holdMore(int(to.others[i].Bytes() - before))
}

// first reports whether the ids of some slots come for the first time.
func (g *grouper) first(seen map[string]struct{}, r row, slots []int) (bool, error) {
	key := make([]byte, 0, 8*len(slots))
	for _, s := range slots {
		id := r[s]
		key = append(key, byte(id), byte(id>>8), byte(id>>16), byte(id>>24), byte(id>>32), byte(id>>40), byte(id>>48), byte(id>>56))
	}
	if _, ok := seen[string(key)]; ok {
		return false, nil
	}
	seen[string(key)] = struct{}{}
	return true, g.holdMore(len(key) + termSize)
}

func (g *grouper) next(ctx context.Context) (*batch, error) {
	if !g.done {
		if err := g.gather(ctx); err != nil {
			return nil, err
		}
		g.done = true
		g.out.width = g.x.width
	}
	g.out.reset()
	empty := make(row, g.x.width)
	for ; g.given < len(g.groups) && g.out.len() < batchRows; g.given++ {
		r := g.out.add(empty)
		for j, k := range g.keys {
			r[k.slot] = g.table.at(g.given)[j]
		}
		for i, a := range g.aggregates {
			v, err := value.Integer(g.groups[g.given].counts[i]), error(nil)
			if !a.count {
				v, err = g.groups[g.given].others[i].Result()
			}
			if fatal(err) {
				return nil, err
			}
			if err == nil {
				if r[a.slot], err = g.x.id(ctx, v.Term()); err != nil {
					return nil, err
				}
			}
		}
	}
	if g.out.len() == 0 {
		return nil, ctx.Err()
	}
	return &g.out, nil
}

func (g *grouper) close() {
	g.input.close()
	if g.table != nil {
		g.table.release()
	}
	g.x.release(g.bytes)
	g.groups, g.bytes = nil, 0
}

func (c *compiler) group(op algebra.Group, s *slots, a area) (built, error) {
	// Only keys and aggregates are seen from outside; keys may have the names
	// of variables inside.
	scope := &slots{x: c.x, names: map[string]int{}}
	below := *c
	if c.outer != nil {
		below.outer = map[string]graph.ID{}
		for _, k := range op.Keys {
			if id, ok := c.outer[k.Var]; ok && k.Expr == algebra.Expr(algebra.Var(k.Var)) {
				below.outer[k.Var] = id
			}
		}
	}
	b, err := below.alone(op.Input, scope, a)
	if err != nil {
		return built{}, err
	}
	g := &grouper{x: c.x, input: b.op}
	for _, v := range algebra.InScope(op.Input).Visible() {
		g.all = append(g.all, scope.slot(v))
	}
	for _, k := range op.Keys {
		e, err := below.compileExpr(scope, a, k.Expr)
		if err != nil {
			return built{}, err
		}
		g.keys = append(g.keys, assignment{s.slot(k.Var), e})
	}
	for _, ag := range op.Aggregates {
		compiled := aggregate{slot: s.slot(ag.Var), argSlot: -1, count: ag.Function == "COUNT", distinct: ag.Distinct}
		if ag.Arg != nil {
			if compiled.arg, err = below.compileExpr(scope, a, ag.Arg); err != nil {
				return built{}, err
			}
			if v, ok := compiled.arg.(variable); ok {
				compiled.argSlot = v.slot
			}
		}
		if !compiled.count {
			var ok bool
			if compiled.kind, ok = functions.LookupAggregate(ag.Function); !ok {
				return built{}, fmt.Errorf("sparql: there is no aggregate %s", ag.Function)
			}
			compiled.options.Separator = ag.Separator
		}
		g.aggregates = append(g.aggregates, compiled)
	}
	out := built{rows: max(1, b.rows/10), vars: algebra.InScope(op), certain: algebra.Certain(op)}
	if len(op.Keys) == 0 {
		out.rows = 1
	}
	var restrict []outerID
	for v := range out.vars {
		if id, ok := c.outer[v]; ok {
			restrict = append(restrict, outerID{s.slot(v), id})
		}
	}
	if len(restrict) > 0 {
		return c.made(bindOuter(g, restrict), out, "group", b.node), nil
	}
	return c.made(g, out, algebra.Head(algebra.Group{Keys: op.Keys, Aggregates: op.Aggregates}), b.node), nil
}
