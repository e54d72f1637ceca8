package pebble

import (
	"slices"
	"unsafe"

	"github.com/ententegraph/entente/graph"
)

// A sorter sorts rows by radix, from the least byte on, and passes over the
// bytes in which all are the same. It holds the rows twice.
type sorter struct{ from, to [][4]graph.ID }

// idsOf sees rows as their ids by place.
func idsOf(rows []graph.Encoded) [][4]graph.ID {
	return unsafe.Slice((*[4]graph.ID)(unsafe.Pointer(unsafe.SliceData(rows))), len(rows))
}

func rowsOf(ids [][4]graph.ID) []graph.Encoded {
	return unsafe.Slice((*graph.Encoded)(unsafe.Pointer(unsafe.SliceData(ids))), len(ids))
}

// room returns memory of the sorter's for so many rows, to be filled and given to derive.
func (s *sorter) room(n int) []graph.Encoded {
	if cap(s.from) < n {
		s.from = make([][4]graph.ID, n)
	}
	s.from = s.from[:n]
	return rowsOf(s.from)
}

// sort returns rows in an order. They are valid until the next call of any method.
func (s *sorter) sort(rows []graph.Encoded, o graph.Order) []graph.Encoded {
	copy(s.room(len(rows)), rows)
	return s.by(o.Places(), 4)
}

// derive returns rows, which are in one order, in another one. The rows may be
// those that the sorter returned last, or its room, and are valid until the next call otherwise.
func (s *sorter) derive(rows []graph.Encoded, from, to graph.Order) []graph.Encoded {
	if len(s.from) != len(rows) || len(rows) > 0 && &s.from[0] != &idsOf(rows)[0] {
		copy(s.room(len(rows)), rows)
	}
	return s.by(to.Places(), leading(from, to))
}

// leading returns by how many of the first places of an order rows must be
// sorted, keeping those that agree in them in sequence, when they are in another order already.
func leading(from, to graph.Order) int {
	places, had := to.Places(), from.Places()
	for n := range places {
		rest := slices.DeleteFunc(slices.Clone(had[:]), func(p graph.Place) bool { return slices.Contains(places[:n], p) })
		if slices.Equal(rest, places[n:]) {
			return n
		}
	}
	return len(places)
}

// by sorts what is in s.from by the first n places, the last of them first.
func (s *sorter) by(places [4]graph.Place, n int) []graph.Encoded {
	if cap(s.to) < len(s.from) {
		s.to = make([][4]graph.ID, len(s.from))
	}
	s.to = s.to[:len(s.from)]
	for i := n - 1; i >= 0; i-- {
		s.byPlace(places[i])
	}
	return rowsOf(s.from)
}

func (s *sorter) byPlace(place graph.Place) {
	if len(s.from) == 0 {
		return
	}
	var differ graph.ID
	first := s.from[0][place]
	for i := range s.from {
		differ |= s.from[i][place] ^ first
	}
	for shift := 0; differ>>shift != 0; shift += 8 {
		if differ>>shift&0xff == 0 {
			continue
		}
		var starts [256]int
		for i := range s.from {
			starts[s.from[i][place]>>shift&0xff]++
		}
		sum := 0
		for b, n := range starts {
			starts[b] = sum
			sum += n
		}
		to := s.to
		for i := range s.from {
			b := s.from[i][place] >> shift & 0xff
			to[starts[b]] = s.from[i]
			starts[b]++
		}
		s.from, s.to = s.to, s.from
	}
}
