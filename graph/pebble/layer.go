package pebble

import (
	"slices"
	"sync"

	"github.com/ententegraph/entente/graph"
)

// source is a sorted list of quads, of which those behind a key are found fast.
// It belongs to one goroutine at a time.
type source interface {
	// RankFrom returns how many rows are before a key, but at least from.
	RankFrom(from int64, k graph.Encoded) (int64, error)
	// Read copies rows, from that with the number at.
	Read(at int64, out []graph.Encoded) (int, error)
}

// layer is what changes add to the layers below it, and take away from them. It
// is immutable, and exact: what it adds is not there below it, and what it takes
// away is. So a quad is there when more layers add it than take it away, and
// numbers of quads are sums over the layers.
type layer interface {
	// source returns what is added, or taken away, in an order, and nil where that is nothing.
	source(o graph.Order, removed bool) source
	// size returns the numbers of quads that are added and taken away.
	size() (added, removed int64)
}

// run is a layer in memory.
type run struct{ added, removed sorted }

var _ layer = (*run)(nil)

// sorted are rows sorted as SPOG, and for each other order that was asked for the sequence of them.
type sorted struct {
	rows  []graph.Encoded
	perms []perm
}

type perm struct {
	once sync.Once
	at   []uint32
}

// newRun makes a layer of rows, which it keeps and sorts.
func newRun(added, removed []graph.Encoded) *run {
	r := &run{}
	for s, rows := range map[*sorted][]graph.Encoded{&r.added: added, &r.removed: removed} {
		slices.SortFunc(rows, graph.SPOG.Compare)
		s.rows, s.perms = rows, make([]perm, len(graph.Orders()))
	}
	return r
}

func (r *run) size() (added, removed int64) {
	return int64(len(r.added.rows)), int64(len(r.removed.rows))
}

func (r *run) source(o graph.Order, removed bool) source {
	s := &r.added
	if removed {
		s = &r.removed
	}
	if len(s.rows) == 0 {
		return nil
	}
	return s.in(o)
}

// in returns the rows in an order.
func (s *sorted) in(o graph.Order) *permuted {
	if o == graph.SPOG {
		return &permuted{rows: s.rows, order: o}
	}
	p := &s.perms[o-graph.SPOG]
	p.once.Do(func() {
		p.at = make([]uint32, len(s.rows))
		for i := range p.at {
			p.at[i] = uint32(i)
		}
		slices.SortFunc(p.at, func(a, b uint32) int { return o.Compare(s.rows[a], s.rows[b]) })
	})
	return &permuted{rows: s.rows, order: o, at: p.at}
}

// permuted reads sorted rows in an order.
type permuted struct {
	rows  []graph.Encoded
	order graph.Order
	at    []uint32 // nil for the order in which they lie
}

func (p *permuted) row(i int) graph.Encoded {
	if p.at == nil {
		return p.rows[i]
	}
	return p.rows[p.at[i]]
}

// RankFrom implements source: it gallops.
func (p *permuted) RankFrom(from int64, k graph.Encoded) (int64, error) {
	low, step := int(from), 1
	for low+step-1 < len(p.rows) && p.order.Compare(p.row(low+step-1), k) < 0 {
		low += step
		step *= 2
	}
	high := min(low+step-1, len(p.rows))
	for low < high {
		if middle := int(uint(low+high) / 2); p.order.Compare(p.row(middle), k) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return int64(low), nil
}

// Read implements source.
func (p *permuted) Read(at int64, out []graph.Encoded) (int, error) {
	if p.at == nil {
		return copy(out, p.rows[min(at, int64(len(p.rows))):]), nil
	}
	n := 0
	for i := int(at); i < len(p.at) && n < len(out); i++ {
		out[n] = p.rows[p.at[i]]
		n++
	}
	return n, nil
}

// mergeRuns returns one layer that does what a newer one over an older one does.
func mergeRuns(newer, older *run) *run {
	return &run{
		added:   combine(newer.added.rows, older.added.rows, newer.removed.rows, older.removed.rows),
		removed: combine(newer.removed.rows, older.removed.rows, newer.added.rows, older.added.rows),
	}
}

// combine returns the rows that two layers add together, or take away, and not the other way round.
func combine(newer, older, undoneByNewer, undoneByOlder []graph.Encoded) sorted {
	s := sorted{perms: make([]perm, len(graph.Orders()))}
	s.rows = make([]graph.Encoded, 0, len(newer)+len(older))
	newer, older = without(newer, undoneByOlder), without(older, undoneByNewer)
	for len(newer) > 0 && len(older) > 0 {
		if graph.SPOG.Compare(newer[0], older[0]) < 0 {
			s.rows, newer = append(s.rows, newer[0]), newer[1:]
		} else {
			s.rows, older = append(s.rows, older[0]), older[1:]
		}
	}
	s.rows = append(append(s.rows, newer...), older...)
	return s
}

// without returns the rows that are not among others, both sorted as SPOG.
func without(rows, others []graph.Encoded) []graph.Encoded {
	if len(others) == 0 {
		return rows
	}
	var out []graph.Encoded
	for _, e := range rows {
		for len(others) > 0 && graph.SPOG.Compare(others[0], e) < 0 {
			others = others[1:]
		}
		if len(others) == 0 || others[0] != e {
			out = append(out, e)
		}
	}
	return out
}
