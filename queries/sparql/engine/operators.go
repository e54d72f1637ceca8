package engine

import (
	"context"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// unit gives one row that binds nothing, and then no more; where empty not even that.
type unit struct {
	x     *execution
	empty bool
	out   batch
}

func (u *unit) next(ctx context.Context) (*batch, error) {
	if u.empty {
		return nil, ctx.Err()
	}
	u.empty = true
	u.out = batch{width: u.x.width, ids: make([]graph.ID, u.x.width)}
	return &u.out, ctx.Err()
}

func (u *unit) close() {}

// mapped hands on, changed or not, the rows that fn keeps.
type mapped struct {
	input operator
	fn    func(ctx context.Context, r row) (keep bool, err error)
	out   batch
}

func (m *mapped) next(ctx context.Context) (*batch, error) {
	for {
		b, err := m.input.next(ctx)
		if err != nil || b == nil {
			return nil, err
		}
		m.out.width = b.width
		m.out.reset()
		for i := range b.len() {
			if i%64 == 0 {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
			}
			keep, err := m.fn(ctx, m.out.add(b.row(i)))
			if err != nil {
				return nil, err
			}
			if !keep {
				m.out.drop()
			}
		}
		if m.out.len() > 0 {
			return &m.out, nil
		}
	}
}

func (m *mapped) close() { m.input.close() }

func filter(input operator, f *filterExpr) operator {
	return &mapped{input: input, fn: f.holds}
}

// An assignment puts the value of an expression into a slot.
type assignment struct {
	slot int
	expr expr
}

// extend makes assignments, one after the other, for one row after the other.
// A slot that a row binds already (inside EXISTS) must come to the same term.
func (x *execution) extend(input operator, assignments []assignment) operator {
	return &mapped{input: input, fn: func(ctx context.Context, r row) (bool, error) {
		clear(x.blanks)
		for _, a := range assignments {
			id, err := x.assign(ctx, a.expr, r)
			if err != nil {
				return false, err
			}
			if id == graph.Any {
				continue
			}
			if r[a.slot] != graph.Any && r[a.slot] != id {
				return false, nil
			}
			r[a.slot] = id
		}
		return true, nil
	}}
}

// assign returns the id of an expression's term, and Any where it has none.
func (x *execution) assign(ctx context.Context, e expr, r row) (graph.ID, error) {
	if v, ok := e.(variable); ok {
		return r[v.slot], nil
	}
	v, err := e.eval(ctx, r)
	if fatal(err) {
		return graph.Any, err
	}
	if err != nil {
		return graph.Any, nil
	}
	return x.id(ctx, v.Term())
}

// union gives the rows of one input after the other.
type union struct{ inputs []operator }

func (u *union) next(ctx context.Context) (*batch, error) {
	for len(u.inputs) > 0 {
		b, err := u.inputs[0].next(ctx)
		if err != nil || b != nil {
			return b, err
		}
		u.inputs[0].close()
		u.inputs = u.inputs[1:]
	}
	return nil, ctx.Err()
}

func (u *union) close() {
	for _, in := range u.inputs {
		in.close()
	}
}

// distinct hands on rows that differ in the slots, the first of each.
type distinct struct {
	mapped
	table *table
}

func (x *execution) distinct(input operator, slots []int) operator {
	d := &distinct{table: newTable(x, slots, slots)}
	d.input = input
	d.fn = func(_ context.Context, r row) (bool, error) {
		if d.table.has(r) {
			return false, nil
		}
		return true, d.table.insert(r)
	}
	return d
}

func (d *distinct) close() {
	d.mapped.close()
	d.table.release()
}

// slice leaves rows out at the beginning and the end.
type slice struct {
	input         operator
	offset, limit int64 // limit is negative for none
	out           batch
}

func (s *slice) next(ctx context.Context) (*batch, error) {
	for s.limit != 0 {
		b, err := s.input.next(ctx)
		if err != nil || b == nil {
			return nil, err
		}
		n := int64(b.len())
		from := min(s.offset, n)
		s.offset -= from
		to := n
		if s.limit >= 0 {
			to = min(n, from+s.limit)
			s.limit -= to - from
		}
		if to > from {
			s.out = batch{width: b.width, ids: b.ids[from*int64(b.width) : to*int64(b.width)]}
			return &s.out, nil
		}
	}
	return nil, ctx.Err()
}

func (s *slice) close() { s.input.close() }

// valueOrUnbound evaluates a key of ORDER BY, where errors count as unbound (section 15.1).
func valueOrUnbound(ctx context.Context, e expr, r row) (value.Value, error) {
	v, err := e.eval(ctx, r)
	if fatal(err) {
		return value.Value{}, err
	}
	if err != nil {
		return value.Value{}, nil
	}
	return v, nil
}
