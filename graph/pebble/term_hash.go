package pebble

import (
	"hash/maphash"

	"github.com/ententegraph/entente/graph"
)

// A termHash stands for a term while a load is under way, in a quarter of the
// memory. It has 128 bits, under seeds that are drawn for each load: among a billion
// terms, two have the same one with a probability of about 10⁻²¹.
type termHash [2]uint64

// A termHasher makes hashes, each half from seeds of its own for every part of a term.
type termHasher [2]struct {
	kinds              [graph.KindTriple + 1]maphash.Seed
	datatype, language maphash.Seed
}

func newTermHasher() (h termHasher) {
	for half := range h {
		for kind := range h[half].kinds {
			h[half].kinds[kind] = maphash.MakeSeed()
		}
		h[half].datatype, h[half].language = maphash.MakeSeed(), maphash.MakeSeed()
	}
	return h
}

func (h *termHasher) of(t *graph.Term) (out termHash) {
	kind := min(t.Kind, graph.KindTriple) // others are refused
	for half := range h {
		out[half] = maphash.String(h[half].kinds[kind], t.Value)
		if t.Datatype != "" {
			out[half] += maphash.String(h[half].datatype, t.Datatype)
		}
		if t.Language != "" {
			out[half] += 3 * maphash.String(h[half].language, t.Language)
		}
	}
	return out
}
