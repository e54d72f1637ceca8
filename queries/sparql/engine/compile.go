package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// A compiler makes operators of algebra, for one execution.
type compiler struct {
	ctx     context.Context
	x       *execution
	dataset graph.Dataset
	measure bool
	// outer is the solution whose variables are substituted, inside EXISTS.
	outer map[string]graph.ID
	// left are the operators that are joined with what is compiled, the nearest
	// last: SERVICE takes its endpoints from them.
	left []beside
}

// slots give the variables of one scope their places in rows: a sub-select has
// a scope of its own, which shares what it projects.
type slots struct {
	x     *execution
	names map[string]int
}

func (s *slots) lookup(name string) (int, bool) {
	slot, ok := s.names[name]
	return slot, ok
}

// slot returns the slot of a variable, a new one if need be.
func (s *slots) slot(name string) int {
	slot, ok := s.names[name]
	if !ok {
		slot = s.x.slot()
		s.names[name] = slot
	}
	return slot
}

func (s *slots) all(names []string) []int {
	out := make([]int, len(names))
	for i, n := range names {
		out[i] = s.slot(n)
	}
	return out
}

// A built operator with what is known of its rows.
type built struct {
	op      operator
	node    *Node
	rows    float64        // about how many
	vars    algebra.VarSet // that some row may bind
	certain algebra.VarSet // that every row binds
	trivial bool           // one row that binds nothing
}

// A Node explains an operator of a plan.
type Node struct {
	Operator string
	Estimate float64
	Rows     int64         // true ones, after the run of a measured plan
	Time     time.Duration // spent in it and below, after the run of a measured plan
	Inputs   []*Node
}

// measured counts the rows of an operator, and the time that they took.
type measured struct {
	operator
	node *Node
}

func (m measured) next(ctx context.Context) (*batch, error) {
	began := time.Now()
	b, err := m.operator.next(ctx)
	m.node.Time += time.Since(began)
	if b != nil {
		m.node.Rows += int64(b.len())
	}
	return b, err
}

// made wraps an operator with its explanation.
func (c *compiler) made(op operator, b built, text string, inputs ...*Node) built {
	b.node = &Node{Operator: text, Estimate: b.rows, Inputs: slices.DeleteFunc(inputs, func(n *Node) bool { return n == nil })}
	b.op = op
	if c.measure {
		b.op = measured{op, b.node}
	}
	return b
}

// start returns the source of one row that binds nothing.
func (c *compiler) start() built {
	return built{op: &unit{x: c.x}, rows: 1, vars: algebra.VarSet{}, certain: algebra.VarSet{}, trivial: true}
}

func unknownOperator(what any) error { return fmt.Errorf("engine: nothing is known of %T", what) }

// alone compiles an operator without rows to join it with.
func (c *compiler) alone(op algebra.Op, s *slots, a area) (built, error) {
	return c.compile(op, s, a, c.start())
}

// compile compiles the join of rows with an operator.
func (c *compiler) compile(op algebra.Op, s *slots, a area, in built) (built, error) {
	switch op := op.(type) {
	case algebra.BGP, algebra.Path, algebra.Join, algebra.Filter:
		return c.block(op, s, a, in)
	case algebra.Extend:
		return c.extend(op, s, a, in)
	}
	if !in.trivial {
		right, err := c.alone(op, s, a)
		if err != nil {
			return built{}, err
		}
		return c.hashJoin(joinInner, in, right, s, nil, "hash join"), nil
	}
	switch op := op.(type) {
	case algebra.LeftJoin:
		return c.leftJoin(op, s, a)
	case algebra.Minus:
		return c.minus(op, s, a)
	case algebra.Union:
		return c.union(op, s, a)
	case algebra.Graph:
		return c.graph(op, s, a)
	case algebra.Table:
		return c.table(op, s)
	case algebra.Group:
		return c.group(op, s, a)
	case algebra.OrderBy:
		return c.orderBy(op, s, a, -1)
	case algebra.Project:
		return c.project(op, s, a)
	case algebra.Distinct:
		return c.distinct(op, s, a)
	case algebra.Reduced:
		return c.alone(op.Input, s, a)
	case algebra.Slice:
		return c.slice(op, s, a)
	case algebra.Service:
		return c.serviceOp(op, s)
	}
	return built{}, unknownOperator(op)
}

// hashJoin compiles the join with an operator that is read into a table.
func (c *compiler) hashJoin(kind joinKind, left, right built, s *slots, condition *filterExpr, text string) built {
	keys := algebra.VarSet{}
	for v := range right.certain {
		if left.certain.Has(v) {
			keys[v] = struct{}{}
		}
	}
	kept := right.vars
	if kind >= joinMinus {
		kept = algebra.VarSet{}
		for v := range right.vars {
			if left.vars.Has(v) {
				kept[v] = struct{}{}
			}
		}
	}
	j := &hashJoin{
		x: c.x, kind: kind, left: left.op, right: right.op, condition: condition,
		table: newTable(c.x, s.all(keys.Sorted()), s.all(kept.Sorted())),
	}
	b := built{vars: algebra.VarSet{}.Add(left.vars), certain: algebra.VarSet{}.Add(left.certain), rows: left.rows}
	switch kind {
	case joinInner:
		b.vars.Add(right.vars)
		b.certain.Add(right.certain)
		b.rows = left.rows * right.rows
		if len(keys) > 0 {
			b.rows = max(left.rows, right.rows)
		}
	case joinOptional:
		b.vars.Add(right.vars)
	}
	for _, v := range keys.Sorted() {
		text += " ?" + v
	}
	return c.made(j, b, text, left.node, right.node)
}

func (c *compiler) extend(op algebra.Extend, s *slots, a area, in built) (built, error) {
	chain := []algebra.Extend{op}
	for {
		below, ok := chain[0].Input.(algebra.Extend)
		if !ok {
			break
		}
		chain = append([]algebra.Extend{below}, chain...)
	}
	// The expression must not see what only the rows before bind.
	inner := chain[0].Input
	scope := algebra.InScope(op)
	if !in.trivial && (c.sees(in, chain, inner) || in.vars.Meets(minusVars(scope, algebra.Certain(inner)))) {
		right, err := c.alone(op, s, a)
		if err != nil {
			return built{}, err
		}
		return c.hashJoin(joinInner, in, right, s, nil, "hash join"), nil
	}
	b, err := c.compile(inner, s, a, in)
	if err != nil {
		return built{}, err
	}
	text := "extend"
	var assignments []assignment
	var restrict []outerID
	outer := c.outerRow(s)
	for _, x := range chain {
		e, err := c.compileExpr(s, a, x.Expr)
		if err != nil {
			return built{}, err
		}
		if len(outer) > 0 {
			e = seesOuter{e, outer}
		}
		assignments = append(assignments, assignment{s.slot(x.Var), e})
		if id, ok := c.outer[x.Var]; ok {
			restrict = append(restrict, outerID{s.slot(x.Var), id})
		}
		text += " (?" + x.Var + " " + algebra.FormatExpr(x.Expr) + ")"
	}
	out := built{rows: b.rows, vars: algebra.VarSet{}.Add(b.vars).Add(scope), certain: algebra.VarSet{}.Add(b.certain)}
	extended := c.x.extend(b.op, assignments)
	if len(restrict) > 0 {
		extended = bindOuter(extended, restrict)
	}
	return c.made(extended, out, text, b.node), nil
}

// sees reports whether an expression of the chain would see a variable that only the rows of in bind.
func (c *compiler) sees(in built, chain []algebra.Extend, inner algebra.Op) bool {
	certain := algebra.Certain(inner)
	for _, x := range chain {
		for v := range algebra.ExprVars(x.Expr) {
			if in.vars.Has(v) && !certain.Has(v) {
				return true
			}
		}
	}
	return false
}

func minusVars(a, b algebra.VarSet) algebra.VarSet {
	out := algebra.VarSet{}
	for v := range a {
		if !b.Has(v) {
			out[v] = struct{}{}
		}
	}
	return out
}

// outerRow returns the slots of the solution that is substituted, inside
// EXISTS, with their ids: expressions see them though no pattern binds them.
func (c *compiler) outerRow(s *slots) []outerID {
	var out []outerID
	for v, id := range c.outer {
		out = append(out, outerID{s.slot(v), id})
	}
	return out
}

func (c *compiler) union(op algebra.Union, s *slots, a area) (built, error) {
	var inputs []operator
	var nodes []*Node
	out := built{vars: algebra.InScope(op), certain: algebra.Certain(op)}
	if a.each {
		out.vars[a.variable], out.certain[a.variable] = struct{}{}, struct{}{}
	}
	var add func(op algebra.Op) error
	add = func(op algebra.Op) error {
		if u, ok := op.(algebra.Union); ok {
			if err := add(u.Left); err != nil {
				return err
			}
			return add(u.Right)
		}
		b, err := c.alone(op, s, a)
		inputs, nodes = append(inputs, b.op), append(nodes, b.node)
		out.rows += b.rows
		return err
	}
	if err := add(op); err != nil {
		return built{}, err
	}
	return c.made(&union{inputs}, out, "union", nodes...), nil
}

// table compiles inline data; inside EXISTS only the rows that agree with the substituted solution.
func (c *compiler) table(op algebra.Table, s *slots) (built, error) {
	at := s.all(op.Vars)
	var ids [][]graph.ID
	for _, r := range op.Rows {
		line := make([]graph.ID, len(op.Vars))
		fits := true
		for i, t := range r {
			id, err := c.x.id(c.ctx, t)
			if err != nil {
				return built{}, err
			}
			line[i] = id
			if outer := c.outer[op.Vars[i]]; outer != graph.Any && id != graph.Any && outer != id {
				fits = false
			}
		}
		if fits {
			ids = append(ids, line)
		}
	}
	b := built{rows: float64(len(ids)), vars: algebra.InScope(op), certain: algebra.Certain(op)}
	return c.made(&inline{x: c.x, slots: at, rows: ids}, b, "table"), nil
}

// inline gives rows of some slots.
type inline struct {
	x     *execution
	slots []int
	rows  [][]graph.ID
	out   batch
}

func (t *inline) next(ctx context.Context) (*batch, error) {
	if len(t.rows) == 0 {
		return nil, ctx.Err()
	}
	t.out.width = t.x.width
	t.out.reset()
	empty := make(row, t.x.width)
	n := min(len(t.rows), batchRows)
	for _, line := range t.rows[:n] {
		r := t.out.add(empty)
		for i, s := range t.slots {
			r[s] = line[i]
		}
	}
	t.rows = t.rows[n:]
	return &t.out, nil
}

func (t *inline) close() {}

func (c *compiler) orderBy(op algebra.OrderBy, s *slots, a area, first int64) (built, error) {
	b, err := c.alone(op.Input, s, a)
	if err != nil {
		return built{}, err
	}
	keys := make([]sortKey, len(op.Keys))
	for i, k := range op.Keys {
		e, err := c.compileExpr(s, a, k.Expr)
		if err != nil {
			return built{}, err
		}
		keys[i] = sortKey{e, k.Descending}
	}
	text := algebra.Head(algebra.OrderBy{Keys: op.Keys})
	if first >= 0 {
		text = fmt.Sprintf("first %d of %s", first, text)
	}
	out := built{rows: b.rows, vars: b.vars, certain: b.certain}
	return c.made(&sorter{x: c.x, input: b.op, keys: keys, first: first}, out, text, b.node), nil
}

// project compiles in a scope of its own.
func (c *compiler) project(op algebra.Project, s *slots, a area) (built, error) {
	return c.projectFirst(op, s, a, -1)
}

// inside returns the scope below a projection, and the compiler there: only
// what is projected is the same variable as outside.
func (c *compiler) inside(op algebra.Project, s *slots) (*compiler, *slots) {
	scope := &slots{x: c.x, names: map[string]int{}}
	for _, v := range op.Vars {
		scope.names[v] = s.slot(v)
	}
	below := *c
	if c.outer != nil {
		below.outer = map[string]graph.ID{}
		for _, v := range op.Vars {
			if id, ok := c.outer[v]; ok {
				below.outer[v] = id
			}
		}
	}
	return &below, scope
}

func (c *compiler) projectFirst(op algebra.Project, s *slots, a area, first int64) (built, error) {
	below, scope := c.inside(op, s)
	var b built
	var err error
	if sorted, ok := op.Input.(algebra.OrderBy); ok {
		b, err = below.orderBy(sorted, scope, a, first)
	} else {
		b, err = below.alone(op.Input, scope, a)
	}
	if err != nil {
		return built{}, err
	}
	kept := algebra.NewVarSet(op.Vars...)
	b.vars, b.certain = both(b.vars, kept), both(b.certain, kept)
	b.trivial = false
	return b, nil
}

func both(a, b algebra.VarSet) algebra.VarSet {
	out := algebra.VarSet{}
	for v := range a {
		if b.Has(v) {
			out[v] = struct{}{}
		}
	}
	return out
}

func (c *compiler) distinct(op algebra.Distinct, s *slots, a area) (built, error) {
	b, err := c.alone(op.Input, s, a)
	if err != nil {
		return built{}, err
	}
	out := built{rows: b.rows, vars: b.vars, certain: b.certain}
	return c.made(c.x.distinct(b.op, s.all(b.vars.Sorted())), out, "distinct", b.node), nil
}

// slice compiles a slice; what it cuts off a sort need not be sorted.
func (c *compiler) slice(op algebra.Slice, s *slots, a area) (built, error) {
	first := int64(-1)
	if op.Limit >= 0 && op.Offset+op.Limit < 1<<20 {
		first = op.Offset + op.Limit
	}
	var b built
	var err error
	switch input := op.Input.(type) {
	case algebra.Project:
		b, err = c.projectFirst(input, s, a, first)
	case algebra.OrderBy:
		b, err = c.orderBy(input, s, a, first)
	default:
		b, err = c.alone(op.Input, s, a)
	}
	if err != nil {
		return built{}, err
	}
	out := built{rows: max(0, b.rows-float64(op.Offset)), vars: b.vars, certain: b.certain}
	if op.Limit >= 0 {
		out.rows = min(out.rows, float64(op.Limit))
	}
	return c.made(&slice{input: b.op, offset: op.Offset, limit: op.Limit}, out, algebra.Head(algebra.Slice{Offset: op.Offset, Limit: op.Limit}), b.node), nil
}
