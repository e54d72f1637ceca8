package pebble

import (
	"context"
	"fmt"
	"math"

	"github.com/ententegraph/entente/graph"
)

// access says how a pattern is read: as a range of one order, of which rows
// that do not match are left out.
type access struct {
	order   graph.Order
	pattern graph.Pattern
	bound   int // leading places of the order that the pattern binds
	filter  bool
}

// accessOf chooses, of the orders that give the rows as asked, the one with the
// longest bound prefix.
func accessOf(p graph.Pattern, o graph.Order) access {
	bound := 0
	for place := range graph.Place(4) {
		if p.At(place) != graph.Any {
			bound |= 1 << place
		}
	}
	a := accesses[bound][o]
	a.pattern = p
	return a
}

// accesses are what accessOf chooses, by the set of places that are bound and by order.
var accesses = func() (table [16][]access) {
	for bound := range table {
		var p graph.Pattern
		all := 0
		for place := range graph.Place(4) {
			if bound&(1<<place) != 0 {
				p = p.With(place, graph.DefaultGraph)
				all++
			}
		}
		for _, o := range append([]graph.Order{graph.Unordered}, graph.Orders()...) {
			best := access{bound: -1}
			for _, candidate := range graph.Orders() {
				places := candidate.Places()
				n := 0
				for n < 4 && p.At(places[n]) != graph.Any {
					n++
				}
				if n > best.bound && (o == graph.Unordered || varying(p, candidate) == varying(p, o)) {
					best = access{order: candidate, bound: n, filter: n < all}
				}
			}
			table[bound] = append(table[bound], best)
		}
	}
	return table
}()

// varying returns the places that a pattern leaves unbound, in the sequence of
// an order: bound places do not vary, so orders that agree in this give the same.
func varying(p graph.Pattern, o graph.Order) (out [4]graph.Place) {
	n := 0
	for _, place := range o.Places() {
		if p.At(place) == graph.Any {
			out[n] = place
			n++
		}
	}
	return out
}

// bounds returns the first key of the range, and the first behind it.
func (a access) bounds() (low, high graph.Encoded, open bool) {
	places := a.order.Places()
	for _, place := range places[:a.bound] {
		low = low.With(place, a.pattern.At(place))
	}
	high = low
	for i := a.bound - 1; i >= 0; i-- { // carries, so that the largest id has an end too
		id := high.At(places[i])
		if high = high.With(places[i], id+1); id != math.MaxUint64 {
			return low, high, false
		}
	}
	return low, high, true
}

// head is a source with a part of it that was read.
type head struct {
	source
	at, end int64 // what is still to be read
	buf     []graph.Encoded
	rows    []graph.Encoded // the part of buf that is still to be returned
	sign    int             // whether rows are added or taken away
}

// scanner reads the rows of an access through all layers. It implements graph.Cursor.
type scanner struct {
	access
	view  *dataset
	heads []*head
	out   []graph.Encoded
	chunk int
	err   error

	// partial is set where layers lie below those that are read, so that they
	// may take away more than they add.
	partial bool
}

// Rows in the first and in the largest batches of a scan.
const (
	firstBatch = 32
	fullBatch  = 1024
)

// newScanner begins a scan over layers. d says when to stop.
func newScanner(d *dataset, layers []layer, a access) (*scanner, error) {
	s := &scanner{access: a, view: d, chunk: firstBatch}
	low, high, open := a.bounds()
	for _, l := range layers {
		for _, sign := range [2]int{1, -1} {
			src := l.source(a.order, sign < 0)
			if src == nil {
				continue
			}
			added, removed := l.size()
			h := &head{source: src, end: added, sign: sign}
			if sign < 0 {
				h.end = removed
			}
			var err error
			if a.bound > 0 {
				if h.at, err = src.RankFrom(0, low); err != nil {
					return nil, err
				}
				if !open {
					if h.end, err = src.RankFrom(h.at, high); err != nil {
						return nil, err
					}
				}
			}
			if h.at < h.end {
				s.heads = append(s.heads, h)
			}
		}
	}
	return s, nil
}

// Next implements graph.Cursor.
func (s *scanner) Next(ctx context.Context) ([]graph.Encoded, error) {
	for s.err == nil {
		if s.err = s.view.ready(ctx); s.err != nil {
			break
		}
		rows, err := s.next()
		if err != nil {
			s.err = fmt.Errorf("pebble: scanning: %w", err)
			break
		}
		if s.chunk < fullBatch {
			s.chunk = min(4*s.chunk, fullBatch)
		}
		if len(rows) == 0 || !s.filter {
			return rows, nil
		}
		matching := rows[:0]
		for _, e := range rows {
			if s.pattern.Matches(e) {
				matching = append(matching, e)
			}
		}
		if len(matching) > 0 {
			return matching, nil
		}
	}
	return nil, s.err
}

// next returns the next rows, before they are filtered.
func (s *scanner) next() ([]graph.Encoded, error) {
	if cap(s.out) < s.chunk {
		s.out = make([]graph.Encoded, min(int64(s.chunk), s.left()))
	}
	if len(s.heads) == 1 && s.heads[0].sign > 0 && len(s.heads[0].rows) == 0 {
		h := s.heads[0]
		n, err := h.Read(h.at, s.out[:min(int64(s.chunk), h.end-h.at)])
		h.at += int64(n)
		return s.out[:n], err
	}
	out := s.out[:0]
	for len(out) == 0 {
		if err := s.fill(); err != nil || len(s.heads) == 0 {
			return nil, err
		}
		var err error
		if out, err = s.merge(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// left bounds the number of rows that are still to come.
func (s *scanner) left() (n int64) {
	for _, h := range s.heads {
		n += int64(len(h.rows)) + h.end - h.at
	}
	return n
}

// fill reads rows into all heads that have none, and drops those that end.
func (s *scanner) fill() error {
	kept := s.heads[:0]
	for _, h := range s.heads {
		if len(h.rows) == 0 && h.at < h.end {
			if cap(h.buf) < s.chunk {
				h.buf = make([]graph.Encoded, min(int64(s.chunk), h.end-h.at))
			}
			n, err := h.Read(h.at, h.buf[:min(int64(s.chunk), h.end-h.at)])
			if err != nil {
				return err
			}
			h.at += int64(n)
			h.rows = h.buf[:n]
		}
		if len(h.rows) > 0 {
			kept = append(kept, h)
		}
	}
	clear(s.heads[len(kept):])
	s.heads = kept
	return nil
}

// merge appends the rows that the layers have together, until out is full or a
// head must be filled again.
func (s *scanner) merge(out []graph.Encoded) ([]graph.Encoded, error) {
	for len(out) < s.chunk {
		// The first row of all heads, the first one that is behind it, and how often it is added and taken away.
		first, second := s.heads[0], (*head)(nil)
		sum := 0
		for _, h := range s.heads {
			c := s.order.Compare(h.rows[0], first.rows[0])
			switch {
			case c < 0:
				first, second, sum = h, first, h.sign
			case c == 0:
				sum += h.sign
			case second == nil || s.order.Compare(h.rows[0], second.rows[0]) < 0:
				second = h
			}
		}
		if sum < -1 || sum > 1 || sum < 0 && !s.partial {
			return nil, fmt.Errorf("layers have the quad %v %d times; the store is damaged", first.rows[0], sum)
		}
		row := first.rows[0]
		if sum == 1 {
			out = append(out, row)
		}
		ended := false
		alone := true
		for _, h := range s.heads {
			if len(h.rows) > 0 && h.rows[0] == row {
				alone = alone && h == first
				h.rows = h.rows[1:]
				ended = ended || len(h.rows) == 0
			}
		}
		// Rows of one head up to the first of another need no comparison of all heads.
		if alone && first.sign > 0 && !ended {
			n := len(first.rows)
			if second != nil {
				before, err := (&permuted{rows: first.rows, order: s.order}).RankFrom(0, second.rows[0])
				if err != nil {
					return nil, err
				}
				n = int(before)
			}
			n = min(n, s.chunk-len(out))
			out = append(out, first.rows[:n]...)
			first.rows = first.rows[n:]
			ended = len(first.rows) == 0
		}
		if ended {
			return out, nil
		}
	}
	return out, nil
}

// Seek implements graph.Cursor.
func (s *scanner) Seek(ctx context.Context, k graph.Encoded) error {
	if s.err == nil {
		s.err = s.view.ready(ctx)
	}
	if s.err != nil {
		return s.err
	}
	for place := range graph.Place(4) {
		if id := s.pattern.At(place); id != graph.Any {
			k = k.With(place, id)
		}
	}
	s.chunk = firstBatch
	for _, h := range s.heads {
		from := h.at - int64(len(h.rows))
		at, err := h.RankFrom(from, k)
		if err != nil {
			s.err = fmt.Errorf("pebble: seeking: %w", err)
			return s.err
		}
		at = min(at, h.end)
		if at < h.at {
			h.rows = h.rows[at-from:]
		} else {
			h.rows, h.at = nil, at
		}
	}
	return nil
}

// Close implements graph.Cursor.
func (s *scanner) Close() error { return nil }

// count returns how many rows of the layers lie in the range of an access.
func count(layers []layer, a access) (int64, error) {
	low, high, open := a.bounds()
	var sum int64
	for _, l := range layers {
		added, removed := l.size()
		for _, sign := range [2]int64{1, -1} {
			to := added
			if sign < 0 {
				to = removed
			}
			if a.bound == 0 {
				sum += sign * to
				continue
			}
			src := l.source(a.order, sign < 0)
			if src == nil {
				continue
			}
			from, err := src.RankFrom(0, low)
			if err != nil {
				return 0, err
			}
			if !open {
				if to, err = src.RankFrom(from, high); err != nil {
					return 0, err
				}
			}
			sum += sign * (to - from)
		}
	}
	return sum, nil
}

// has reports whether a quad is there: the newest layer that speaks of it decides.
func has(layers []layer, e graph.Encoded) (bool, error) {
	var row [1]graph.Encoded
	for _, l := range layers {
		for _, removed := range [2]bool{false, true} {
			src := l.source(graph.SPOG, removed)
			if src == nil {
				continue
			}
			at, err := src.RankFrom(0, e)
			if err != nil {
				return false, err
			}
			n, err := src.Read(at, row[:])
			if err != nil {
				return false, err
			}
			if n == 1 && row[0] == e {
				return !removed, nil
			}
		}
	}
	return false, nil
}
