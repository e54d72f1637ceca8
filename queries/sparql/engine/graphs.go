package engine

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// graphs say what the default graph of a query is, and which named graphs it has.
type graphs struct {
	merged  []graph.ID // the graphs that are merged into the default graph
	union   bool       // all graphs are
	limited bool       // the named graphs are only those of named
	named   []graph.ID
}

// An area is where a pattern is matched: the default graph, one named graph, or each of them.
type area struct {
	each bool     // each named graph, as a fourth place
	name graph.ID // of one named graph; DefaultGraph for the default graph
	slot int      // of the name, where each

	variable string // of the name, where each
}

var defaultArea = area{name: graph.DefaultGraph, slot: -1}

// reading says how the quads of an area are read.
type reading struct {
	graphs   []graph.ID // one after the other; Any for all
	keep     func(graph.ID) bool
	distinct bool // the same triple from several graphs counts once
}

// read returns how an area is read; name is the graph that a row binds, or Any.
func (g *graphs) read(a area, name graph.ID) reading {
	switch {
	case a.each && name != graph.Any:
		if name == graph.DefaultGraph || g.limited && !slices.Contains(g.named, name) {
			return reading{}
		}
		return reading{graphs: []graph.ID{name}}
	case a.each && g.limited:
		return reading{graphs: g.named}
	case a.each:
		return reading{graphs: []graph.ID{graph.Any}, keep: func(id graph.ID) bool { return id != graph.DefaultGraph }}
	case a.name != graph.DefaultGraph:
		if g.limited && !slices.Contains(g.named, a.name) {
			return reading{}
		}
		return reading{graphs: []graph.ID{a.name}}
	case g.union:
		return reading{graphs: []graph.ID{graph.Any}, distinct: true}
	case len(g.merged) <= 1:
		return reading{graphs: g.merged}
	}
	return reading{
		graphs: []graph.ID{graph.Any}, distinct: true,
		keep: func(id graph.ID) bool { return slices.Contains(g.merged, id) },
	}
}

// graphLast returns an order in which the graph comes last and the bound
// places first: the same triple of several graphs stands together in it.
func graphLast(p graph.Pattern) graph.Order {
	s, o := p.Subject != graph.Any, p.Object != graph.Any
	switch {
	case p.Predicate != graph.Any && !s:
		return graph.POSG
	case o && p.Predicate == graph.Any:
		return graph.OSPG
	}
	return graph.SPOG
}

// matches reads the quads of an area that match a pattern.
type matches struct {
	dataset graph.Dataset
	pattern graph.Pattern
	reading reading
	order   graph.Order // the dataset's choice, or what the reading asks for
	at      int         // the next graph of the reading
	cursor  graph.Cursor
	kept    []graph.Encoded
	last    graph.Encoded

	ranges []graph.IDRange // that objects must be in; nil for all
	left   []graph.IDRange // of those, in the order of objects, ahead of the cursor
	inside []graph.Encoded
}

// open starts over with another pattern, whose graph is not looked at.
func (m *matches) open(d graph.Dataset, p graph.Pattern, r reading, ranges []graph.IDRange) {
	m.close()
	m.dataset, m.pattern, m.reading, m.at, m.last, m.ranges = d, p, r, 0, graph.Encoded{}, ranges
	m.order = graph.Unordered
	if r.distinct {
		m.order = graphLast(p)
	}
	if ranges != nil {
		sorted, ok := byObject(p)
		if !ok {
			m.ranges = nil
			return
		}
		m.order = sorted
	}
}

// next returns the next quads, valid until it is called again, and none at the end.
func (m *matches) next(ctx context.Context) ([]graph.Encoded, error) {
	for {
		if m.cursor == nil {
			if m.at == len(m.reading.graphs) {
				return nil, ctx.Err()
			}
			m.pattern.Graph = m.reading.graphs[m.at]
			m.at++
			var err error
			if m.cursor, err = graph.OpenCursor(ctx, m.dataset, m.pattern, m.order); err != nil {
				return nil, err
			}
			if m.left = m.ranges; m.ranges != nil {
				if len(m.left) == 0 {
					m.close()
					continue
				}
				if err := m.cursor.Seek(ctx, graph.Encoded{Object: m.left[0].Low}); err != nil {
					return nil, err
				}
			}
		}
		rows, err := m.cursor.Next(ctx)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			m.close()
			continue
		}
		if m.ranges != nil {
			var more bool
			if rows, more, err = m.within(ctx, rows); err != nil {
				return nil, err
			}
			if !more {
				m.close()
			}
		}
		if rows = m.filter(rows); len(rows) > 0 {
			return rows, nil
		}
	}
}

func (m *matches) filter(rows []graph.Encoded) []graph.Encoded {
	if m.reading.keep == nil && !m.reading.distinct {
		return rows
	}
	m.kept = m.kept[:0]
	for _, e := range rows {
		if m.reading.keep != nil && !m.reading.keep(e.Graph) {
			continue
		}
		if m.reading.distinct {
			if e.Graph = 0; e == m.last {
				continue
			}
			m.last = e
		}
		m.kept = append(m.kept, e)
	}
	return m.kept
}

func (m *matches) close() {
	if m.cursor != nil {
		m.cursor.Close()
		m.cursor = nil
	}
}

// estimate returns about how many quads of an area match.
func (g *graphs) estimate(ctx context.Context, d graph.Dataset, p graph.Pattern, a area) (float64, error) {
	total := 0.0
	for _, p.Graph = range g.read(a, graph.Any).graphs {
		n, _, err := d.Estimate(ctx, p)
		if err != nil {
			return 0, err
		}
		total += float64(n)
	}
	return total, nil
}

// names returns the named graphs.
func (x *execution) names(ctx context.Context) ([]graph.ID, error) {
	if x.graphs.limited {
		return x.graphs.named, nil
	}
	var out []graph.ID
	for id, err := range x.dataset.Graphs(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}
