package engine

import (
	"context"
	"encoding/binary"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// A feed gives one batch at a time to a chain of look-ups, which ends with it
// and goes on with the next.
type feed struct {
	batch batch
	ready bool
}

func (f *feed) next(ctx context.Context) (*batch, error) {
	if !f.ready {
		return nil, ctx.Err()
	}
	f.ready = false
	return &f.batch, ctx.Err()
}

func (f *feed) close() {}

// A correlated operator sends the rows of its left input, numbered, through a
// chain of look-ups, and so learns what each row finds: OPTIONAL, MINUS and
// EXISTS where the left has few rows and the right many.
type correlated struct {
	x       *execution
	kind    joinKind
	left    operator
	chain   operator
	feed    *feed
	number  int // the slot that numbers rows, from 1
	matched []bool
	running bool
	at      int // of the rows that are given out behind the chain
	out     batch
}

func (o *correlated) next(ctx context.Context) (*batch, error) {
	o.out.width = o.x.width
	for {
		o.out.reset()
		if !o.running && o.at == len(o.matched) {
			b, err := o.left.next(ctx)
			if err != nil || b == nil {
				return nil, err
			}
			o.begin(b)
		}
		if o.running {
			if err := o.drain(ctx); err != nil {
				return nil, err
			}
		} else {
			o.rest()
		}
		if o.out.len() > 0 {
			return &o.out, ctx.Err()
		}
	}
}

func (o *correlated) begin(b *batch) {
	n := b.len()
	o.feed.batch.width = o.x.width
	o.feed.batch.ids = append(o.feed.batch.ids[:0], b.ids...)
	for i := range n {
		o.feed.batch.row(i)[o.number] = graph.ID(i + 1)
	}
	o.matched = append(o.matched[:0], make([]bool, n)...)
	o.feed.ready, o.running, o.at = true, true, 0
}

// drain takes one batch of the chain, or notes its end.
func (o *correlated) drain(ctx context.Context) error {
	b, err := o.chain.next(ctx)
	if err != nil {
		return err
	}
	if b == nil {
		o.running = false
		return nil
	}
	for i := range b.len() {
		r := b.row(i)
		o.matched[r[o.number]-1] = true
		if o.kind == joinOptional {
			o.out.add(r)[o.number] = graph.Any
		}
	}
	return nil
}

// rest gives out the rows of the left that are wanted as they are.
func (o *correlated) rest() {
	for ; o.at < len(o.matched); o.at++ {
		if o.matched[o.at] == (o.kind == joinSemi) {
			o.out.add(o.feed.batch.row(o.at))[o.number] = graph.Any
		}
	}
}

func (o *correlated) close() {
	o.left.close()
	o.chain.close()
}

// correlate compiles the left rows' look-ups of a pattern, and says whether
// the pattern allows that: it must be made of triple patterns, paths and
// filters alone. outside are variables whose values filters must not see.
func (c *compiler) correlate(kind joinKind, left built, op algebra.Op, condition algebra.Expr, s *slots, a area, outside algebra.VarSet) (built, bool, error) {
	var b block
	if c.outer != nil {
		return built{}, false, nil
	}
	if !plain(op) {
		return built{}, false, nil
	}
	if err := c.flatten(op, s, a, outside, &b); err != nil {
		return built{}, false, err
	}
	for i := range b.items {
		if b.items[i].isRelation() {
			return built{}, false, nil
		}
	}
	f := &feed{}
	number := c.x.slot()
	source := built{op: f, rows: left.rows, vars: left.vars, certain: left.certain}
	chain, err := c.order(&b, s, a, source)
	if err != nil {
		return built{}, false, err
	}
	if condition != nil {
		if chain, err = c.filtered(chain, condition, s, a); err != nil {
			return built{}, false, err
		}
	}
	if kind != joinOptional {
		last := chain.op
		if m, ok := last.(measured); ok {
			last = m.operator
		}
		if l, ok := last.(*lookup); ok {
			l.once = true
		}
	}
	out := built{rows: left.rows, vars: left.vars, certain: left.certain}
	if kind == joinOptional {
		out.vars = algebra.VarSet{}.Add(left.vars).Add(chain.vars)
		out.rows = max(left.rows, chain.rows)
	}
	return c.made(&correlated{x: c.x, kind: kind, left: left.op, chain: chain.op, feed: f, number: number}, out,
		joinNames[kind]+" by look-ups", left.node, chain.node), true, nil
}

var joinNames = [...]string{
	joinInner: "join", joinOptional: "optional", joinMinus: "minus", joinSemi: "exists", joinAnti: "not exists",
}

// plain reports whether an operator is made of patterns and filters alone.
func plain(op algebra.Op) bool {
	switch op := op.(type) {
	case algebra.BGP, algebra.Path:
		return true
	case algebra.Join:
		return plain(op.Left) && plain(op.Right)
	case algebra.Filter:
		return plain(op.Input)
	case algebra.Graph:
		return plain(op.Input)
	}
	return false
}

// work is the most rows that an operator and those below it are thought to read.
func (b built) work() float64 {
	var most func(n *Node) float64
	most = func(n *Node) float64 {
		if n == nil {
			return 0
		}
		sum := n.Estimate
		for _, in := range n.Inputs {
			sum += most(in)
		}
		return sum
	}
	return max(b.rows, most(b.node))
}

func (c *compiler) leftJoin(op algebra.LeftJoin, s *slots, a area) (built, error) {
	left, err := c.alone(op.Left, s, a)
	if err != nil {
		return built{}, err
	}
	defer c.besides(op.Left, a)()
	right, err := c.alone(op.Right, s, a)
	if err != nil {
		return built{}, err
	}
	if left.rows*lookupCost < right.work() {
		b, ok, err := c.correlate(joinOptional, left, op.Right, op.Filter, s, a, left.vars)
		if ok || err != nil {
			return b, err
		}
	}
	var condition *filterExpr
	if op.Filter != nil {
		if condition, err = c.filterExpr(op.Filter, s, a); err != nil {
			return built{}, err
		}
	}
	return c.hashJoin(joinOptional, left, right, s, condition, "optional"), nil
}

func (c *compiler) minus(op algebra.Minus, s *slots, a area) (built, error) {
	left, err := c.alone(op.Left, s, a)
	if err != nil {
		return built{}, err
	}
	// What the right binds and the left does not is its own.
	scope := &slots{x: c.x, names: map[string]int{}}
	for v := range left.vars {
		scope.names[v] = s.slot(v)
	}
	defer c.besides(op.Left, a)()
	right, err := c.alone(op.Right, scope, a)
	if err != nil || !left.vars.Meets(right.vars) {
		return left, err
	}
	shared := both(left.vars, right.vars)
	if left.rows*lookupCost < right.work() && left.certain.HasAll(shared) && right.certain.HasAll(shared) {
		b, ok, err := c.correlate(joinMinus, left, op.Right, nil, scope, a, left.vars)
		if ok || err != nil {
			return b, err
		}
	}
	return c.hashJoin(joinMinus, left, right, scope, nil, "minus"), nil
}

// filterExpr compiles the condition of a filter.
func (c *compiler) filterExpr(e algebra.Expr, s *slots, a area) (*filterExpr, error) {
	outer := c.outerRow(s)
	compiled, err := c.compileExpr(s, a, e)
	if len(outer) > 0 && err == nil {
		compiled = seesOuter{compiled, outer}
	}
	return &filterExpr{compiled}, err
}

// seesOuter evaluates an expression with the variables of the solution outside of EXISTS.
type seesOuter struct {
	expr
	outer []outerID
}

func (e seesOuter) eval(ctx context.Context, r row) (value.Value, error) {
	merged := append(row(nil), r...)
	for _, o := range e.outer {
		if merged[o.slot] == graph.Any {
			merged[o.slot] = o.id
		}
	}
	return e.expr.eval(ctx, merged)
}

// bindOuter binds slots to ids, and leaves out rows that bind them otherwise.
func bindOuter(input operator, ids []outerID) operator {
	return &mapped{input: input, fn: func(_ context.Context, r row) (bool, error) {
		for _, o := range ids {
			if r[o.slot] != graph.Any && r[o.slot] != o.id {
				return false, nil
			}
			r[o.slot] = o.id
		}
		return true, nil
	}}
}

// filtered asks a filter of rows.
func (c *compiler) filtered(in built, e algebra.Expr, s *slots, a area) (built, error) {
	if call, ok := e.(algebra.Call); ok && call.Function == "&&" {
		for _, part := range call.Args {
			var err error
			if in, err = c.filtered(in, part, s, a); err != nil {
				return built{}, err
			}
		}
		return in, nil
	}
	if call, ok := e.(algebra.Call); ok && call.Function == "!" {
		if x, ok := call.Args[0].(algebra.Exists); ok {
			e = algebra.Exists{Not: !x.Not, Input: x.Input}
		}
	}
	if x, ok := e.(algebra.Exists); ok {
		b, ok, err := c.semiJoin(in, x, s, a)
		if ok || err != nil {
			return b, err
		}
	}
	f, err := c.filterExpr(e, s, a)
	if err != nil {
		return built{}, err
	}
	out := built{rows: max(in.rows/3, 1e-3), vars: in.vars, certain: in.certain}
	return c.made(filter(in.op, f), out, "filter "+algebra.FormatExpr(e), in.node), nil
}

// semiJoin compiles EXISTS as a join, where its pattern allows that.
func (c *compiler) semiJoin(in built, e algebra.Exists, s *slots, a area) (built, bool, error) {
	if c.outer != nil || !plain(e.Input) {
		return built{}, false, nil
	}
	kind := joinSemi
	if e.Not {
		kind = joinAnti
	}
	// Variables of the pattern that rows do not bind are its own.
	scope := &slots{x: c.x, names: map[string]int{}}
	for v := range in.vars {
		scope.names[v] = s.slot(v)
	}
	if independent(e.Input, in.vars) {
		right, err := c.alone(e.Input, scope, a)
		if err != nil {
			return built{}, false, err
		}
		if right.work() <= in.rows*lookupCost {
			return c.hashJoin(kind, in, right, scope, nil, joinNames[kind]), true, nil
		}
	}
	return c.correlate(kind, in, e.Input, nil, scope, a, algebra.VarSet{})
}

// independent reports whether a pattern gives the same solutions whether
// variables of outside are substituted in it or joined afterwards.
func independent(op algebra.Op, outside algebra.VarSet) bool {
	if f, ok := op.(algebra.Filter); ok {
		certain := algebra.Certain(f.Input)
		for v := range algebra.ExprVars(f.Expr) {
			if outside.Has(v) && !certain.Has(v) {
				return false
			}
		}
	}
	for _, in := range algebra.Inputs(op) {
		if !independent(in, outside) {
			return false
		}
	}
	return true
}

// exists evaluates EXISTS for one row at a time, and remembers the answers by
// what the row binds of the pattern's variables.
type exists struct {
	c     *compiler
	input algebra.Op
	area  area
	vars  []string
	slots []int
	known map[string]bool
	not   bool
}

func (c *compiler) compileExists(s *slots, a area, e algebra.Exists) (expr, error) {
	x := &exists{c: c, input: e.Input, area: a, not: e.Not, known: map[string]bool{}}
	for _, v := range algebra.AllVars(e.Input).Sorted() {
		if slot, ok := s.lookup(v); ok {
			x.vars, x.slots = append(x.vars, v), append(x.slots, slot)
		}
	}
	return x, nil
}

func (e *exists) eval(ctx context.Context, r row) (value.Value, error) {
	var key []byte
	outer := map[string]graph.ID{}
	for v, id := range e.c.outer {
		outer[v] = id
	}
	for i, s := range e.slots {
		key = binary.LittleEndian.AppendUint64(key, uint64(r[s]))
		if r[s] != graph.Any {
			outer[e.vars[i]] = r[s]
		}
	}
	found, ok := e.known[string(key)]
	if !ok {
		sub, err := e.c.x.sub(ctx, e.c, e.input, e.area, outer, r)
		if err != nil {
			return value.Value{}, err
		}
		b, err := sub.op.next(ctx)
		sub.op.close()
		if err != nil {
			return value.Value{}, err
		}
		if found = b != nil; len(e.known) < cacheSize {
			if err := e.c.x.hold(len(key) + termSize); err != nil {
				return value.Value{}, err
			}
			e.known[string(key)] = found
		}
	}
	return value.Boolean(found != e.not), nil
}
