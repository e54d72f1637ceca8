package engine

import (
	"context"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// restrict gives patterns that are scanned the ranges of ids that the filters
// on their objects leave. The filters are asked all the same: a range may hold
// more than what compares so.
func (b *block) restrict(s *slots) {
	for i := range b.items {
		p := b.items[i].pattern
		if p == nil || b.items[i].step != nil || p.places[2].slot < 0 {
			continue
		}
		for _, f := range b.filters {
			v, ranges, ok := compared(f)
			if !ok {
				continue
			}
			if slot, found := s.lookup(v); !found || slot != p.places[2].slot {
				continue
			}
			if p.ranges == nil {
				p.ranges = ranges
			} else {
				p.ranges = intersect(p.ranges, ranges)
			}
		}
	}
}

// compared returns the variable that an expression compares with a constant,
// and where the ids of what compares so are.
func compared(e algebra.Expr) (string, []graph.IDRange, bool) {
	c, ok := e.(algebra.Call)
	if !ok || len(c.Args) != 2 {
		return "", nil, false
	}
	comparisons := map[string]graph.Comparison{
		"<": graph.Less, "<=": graph.LessOrEqual, "=": graph.Equal, ">=": graph.GreaterOrEqual, ">": graph.Greater,
	}
	op, ok := comparisons[c.Function]
	if !ok {
		return "", nil, false
	}
	v, isVar := c.Args[0].(algebra.Var)
	t, isConst := c.Args[1].(algebra.Const)
	if !isVar || !isConst {
		// The constant stands first: the comparison is the other way round.
		v, isVar = c.Args[1].(algebra.Var)
		t, isConst = c.Args[0].(algebra.Const)
		op = graph.Greater - op
	}
	if !isVar || !isConst {
		return "", nil, false
	}
	ranges, ok := graph.Ranges(op, t.Term)
	return string(v), ranges, ok
}

// intersect returns what two sorted lists of ranges share.
func intersect(a, b []graph.IDRange) []graph.IDRange {
	out := []graph.IDRange{}
	for len(a) > 0 && len(b) > 0 {
		low, high := max(a[0].Low, b[0].Low), min(a[0].High, b[0].High)
		if low <= high {
			out = append(out, graph.IDRange{Low: low, High: high})
		}
		if a[0].High < b[0].High {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// byObject returns an order in which the quads of a pattern that binds the
// predicate at most come by object, and false where another place comes first.
func byObject(p graph.Pattern) (graph.Order, bool) {
	switch {
	case p.Subject != graph.Any || p.Object != graph.Any:
		return graph.Unordered, false
	case p.Predicate != graph.Any:
		return graph.POSG, true
	}
	return graph.OSPG, true
}

// within keeps the quads whose object is in the ranges, and moves the cursor
// over what lies between them. It reports false where no range is left.
func (m *matches) within(ctx context.Context, rows []graph.Encoded) ([]graph.Encoded, bool, error) {
	m.inside = m.inside[:0]
	for _, e := range rows {
		for len(m.left) > 0 && m.left[0].High < e.Object {
			m.left = m.left[1:]
		}
		if len(m.left) == 0 {
			return m.inside, false, nil
		}
		if e.Object >= m.left[0].Low {
			m.inside = append(m.inside, e)
		}
	}
	last := rows[len(rows)-1].Object
	if last < m.left[0].Low {
		return m.inside, true, m.cursor.Seek(ctx, graph.Encoded{Object: m.left[0].Low})
	}
	return m.inside, true, nil
}

// rangesSize is the share of rows that ranges are thought to leave.
func (p *pattern) rangesSize(rows float64) float64 {
	if p.ranges == nil {
		return rows
	}
	return max(1, rows/20)
}
