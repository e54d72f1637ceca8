package pebble

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"

	"github.com/ententegraph/entente/graph"
)

// hopShape is an index nested loop join.
type hopShape struct {
	qs      *quadStore
	pattern row
	at      place
	from    cayley.IteratorShape
	size    *cayley.Size // once it was asked for
}

func (s *hopShape) String() string { return fmt.Sprintf("Hop(%v, %d)", s.pattern, s.at) }

func (s *hopShape) Iterate() cayley.Scanner {
	return &hopScan{leaf: leaf{qs: s.qs}, shape: s, from: s.from.Iterate(), paths: tagged(s.from)}
}

func (s *hopShape) Lookup() cayley.Index {
	return &hopIndex{leaf: leaf{qs: s.qs}, shape: s, from: s.from.Lookup()}
}

func (s *hopShape) SubIterators() []cayley.IteratorShape { return []cayley.IteratorShape{s.from} }

func (s *hopShape) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	from, changed := s.from.Optimize(ctx)
	if changed {
		s.from, s.size = from, nil
		if iterator.IsNull2(from) {
			return from, true
		}
	}
	return s, false
}

func (s *hopShape) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	costs, err := s.from.Stats(ctx)
	if err != nil {
		return cayley.IteratorCosts{}, err
	}
	if s.size == nil {
		size, err := s.measure(ctx, costs.Size)
		if err != nil {
			return cayley.IteratorCosts{}, err
		}
		s.size = &size
	}
	return cayley.IteratorCosts{ContainsCost: 1 + costs.ContainsCost, NextCost: 4 + costs.NextCost, Size: *s.size}, nil
}

// Guesses for sizes: how many quads a node has in one place, when their
// predicate is fixed and when it is not, and up to how many fixed nodes the
// quads are counted instead.
const (
	fanOut      = 4
	fanOutAll   = 20
	fixedCounts = 64
)

// measure returns the size: counted for fixed nodes, otherwise guessed, but not
// above the number of quads that match the pattern.
func (s *hopShape) measure(ctx context.Context, from cayley.Size) (cayley.Size, error) {
	if f, ok := cayley.AsLegacy(s.from).(*iterator.Fixed); ok && len(f.Values()) <= fixedCounts {
		sum := cayley.Size{Exact: true}
		for _, ref := range f.Values() {
			pattern, ok := s.with(ref)
			if !ok {
				continue
			}
			n, err := s.qs.size(ctx, pattern)
			if err != nil {
				return cayley.Size{}, err
			}
			sum.Size += n.Size
			sum.Exact = sum.Exact && n.Exact
		}
		return sum, nil
	}
	most, err := s.qs.size(ctx, s.pattern)
	if err != nil {
		return cayley.Size{}, err
	}
	each := int64(fanOutAll)
	if s.pattern[predicate] != graph.Any {
		each = fanOut
	}
	if from.Size > most.Size/each {
		return cayley.Size{Size: most.Size}, nil
	}
	return cayley.Size{Size: from.Size * each}, nil
}

// with returns the pattern with one result of the query bound.
func (s *hopShape) with(ref cayley.Ref) (row, bool) {
	id, ok := ref.(nodeRef)
	pattern := s.pattern
	pattern[s.at] = graph.ID(id)
	return pattern, ok
}

// hopScan reads one range for each path to each result of the query. (Cayley's
// LinksTo reads it for each result, and then has the paths for one quad only.)
type hopScan struct {
	leaf
	shape *hopShape
	from  cayley.Scanner
	paths bool // those of the query differ
	quads *rangeScan
}

func (it *hopScan) String() string                        { return "HopScan" }
func (it *hopScan) TagResults(tags map[string]cayley.Ref) { it.from.TagResults(tags) }
func (it *hopScan) Close() error                          { return it.from.Close() }

func (it *hopScan) Next(ctx context.Context) bool {
	for it.alive(ctx) {
		if it.quads != nil {
			if it.quads.Next(ctx) {
				it.result = it.quads.Result()
				return true
			}
			if it.err = it.quads.Err(); it.err != nil {
				return false
			}
		}
		if !(it.quads != nil && it.paths && it.from.NextPath(ctx)) && !it.from.Next(ctx) {
			it.err = failed(ctx, it.from)
			return false
		}
		it.quads = nil
		if pattern, ok := it.shape.with(it.from.Result()); ok {
			it.quads = newRangeScan(it.qs, pattern)
		}
	}
	return false
}

// hopIndex tells whether a quad matches the pattern and comes from a result of the query.
type hopIndex struct {
	leaf
	shape *hopShape
	from  cayley.Index
}

func (it *hopIndex) String() string                        { return "HopIndex" }
func (it *hopIndex) TagResults(tags map[string]cayley.Ref) { it.from.TagResults(tags) }
func (it *hopIndex) Close() error                          { return it.from.Close() }

func (it *hopIndex) Contains(ctx context.Context, ref cayley.Ref) bool {
	if !it.alive(ctx) {
		return false
	}
	r, ok := ref.(quadRef)
	if !ok || !matches(it.shape.pattern, rowOf(graph.Encoded(r))) {
		return false
	}
	node := r.at(it.shape.at)
	if node == nil || !it.from.Contains(ctx, node) {
		it.err = failed(ctx, it.from)
		return false
	}
	it.result = ref
	return true
}

func (it *hopIndex) NextPath(ctx context.Context) bool {
	if !it.alive(ctx) {
		return false
	}
	if it.from.NextPath(ctx) {
		return true
	}
	it.err = failed(ctx, it.from)
	return false
}

// failed returns why an iterator of Cayley's ended, which does not always say
// that its context did.
func failed(ctx context.Context, it cayley.IteratorBase) error {
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err()
}
