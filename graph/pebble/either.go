package pebble

import (
	"context"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
)

// either is the shape of what any part selects, once for each. It stands in
// for Cayley's Union, whose iterator, when it is looked into, forgets the tags
// of all parts but the first that has the result.
type either struct{ parts []shape.Shape }

// BuildIterator implements shape.Shape.
func (s either) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	ours, ok := qs.(*quadStore)
	if !ok {
		return iterator.NewError(errForeign)
	}
	parts := buildAll(qs, s.parts)
	switch len(parts) {
	case 0:
		return iterator.NewNull()
	case 1:
		return cayley.AsLegacy(parts[0])
	}
	return cayley.AsLegacy(&eitherShape{qs: ours, parts: parts})
}

// Optimize implements shape.Shape.
func (s either) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	parts, changed := optimizeAll(r, s.parts)
	parts = slices.DeleteFunc(parts, shape.IsNull)
	if len(parts) == 0 {
		return nil, true
	}
	return either{parts}, changed
}

// buildAll builds the iterators of shapes.
func buildAll(qs cayley.QuadStore, shapes []shape.Shape) []cayley.IteratorShape {
	var out []cayley.IteratorShape
	for _, s := range shapes {
		if shape.IsNull(s) {
			s = shape.Null{}
		}
		out = append(out, cayley.AsShape(s.BuildIterator(qs)))
	}
	return out
}

// optimizeAll returns shapes as r makes them better, and whether it did.
func optimizeAll(r shape.Optimizer, shapes []shape.Shape) (better []shape.Shape, changed bool) {
	better = slices.Clone(shapes)
	for i, s := range better {
		if !shape.IsNull(s) {
			var ok bool
			better[i], ok = s.Optimize(r)
			changed = changed || ok
		}
	}
	return better, changed
}

// eitherShape lists its parts one after the other.
type eitherShape struct {
	qs    *quadStore
	parts []cayley.IteratorShape
}

func (s *eitherShape) String() string                       { return "Either" }
func (s *eitherShape) SubIterators() []cayley.IteratorShape { return s.parts }

func (s *eitherShape) Iterate() cayley.Scanner {
	return &eitherScan{leaf: leaf{qs: s.qs}, parts: s.parts}
}

func (s *eitherShape) Lookup() cayley.Index {
	it := &eitherIndex{leaf: leaf{qs: s.qs}}
	for _, p := range s.parts {
		it.parts = append(it.parts, p.Lookup())
	}
	return it
}

func (s *eitherShape) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	for i, p := range s.parts {
		s.parts[i], _ = p.Optimize(ctx)
	}
	return s, false
}

func (s *eitherShape) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	var sum cayley.IteratorCosts
	for _, p := range s.parts {
		c, err := p.Stats(ctx)
		if err != nil {
			return sum, err
		}
		sum.ContainsCost += c.ContainsCost
		sum.NextCost = max(sum.NextCost, c.NextCost)
		sum.Size.Size += c.Size.Size
	}
	return sum, nil
}

// eitherScan lists the results of each part.
type eitherScan struct {
	leaf
	parts []cayley.IteratorShape // that are still to come
	now   cayley.Scanner
}

func (it *eitherScan) String() string { return "EitherScan" }

func (it *eitherScan) TagResults(tags map[string]cayley.Ref) {
	if it.now != nil {
		it.now.TagResults(tags)
	}
}

func (it *eitherScan) Next(ctx context.Context) bool {
	for it.alive(ctx) {
		if it.now != nil {
			if it.now.Next(ctx) {
				it.result = it.now.Result()
				return true
			}
			if it.err = failed(ctx, it.now); it.err != nil {
				return false
			}
			it.err, it.now = it.now.Close(), nil
			continue
		}
		if len(it.parts) == 0 {
			return false
		}
		it.now, it.parts = it.parts[0].Iterate(), it.parts[1:]
	}
	return false
}

func (it *eitherScan) NextPath(ctx context.Context) bool {
	if it.now == nil || !it.alive(ctx) {
		return false
	}
	if it.now.NextPath(ctx) {
		return true
	}
	it.err = failed(ctx, it.now)
	return false
}

func (it *eitherScan) Close() error {
	if it.now == nil {
		return nil
	}
	return it.now.Close()
}

// eitherIndex tells whether any part has a result. The paths to it are those
// of all parts that do.
type eitherIndex struct {
	leaf
	parts []cayley.Index
	now   int // the part whose path it is at
}

func (it *eitherIndex) String() string                        { return "EitherIndex" }
func (it *eitherIndex) TagResults(tags map[string]cayley.Ref) { it.parts[it.now].TagResults(tags) }

func (it *eitherIndex) Contains(ctx context.Context, ref cayley.Ref) bool {
	it.result = ref
	return it.find(ctx, 0)
}

// find looks for the first part, from one on, that has the result.
func (it *eitherIndex) find(ctx context.Context, from int) bool {
	for i := from; i < len(it.parts) && it.alive(ctx); i++ {
		if it.parts[i].Contains(ctx, it.result) {
			it.now = i
			return true
		}
		it.err = failed(ctx, it.parts[i])
	}
	return false
}

func (it *eitherIndex) NextPath(ctx context.Context) bool {
	if !it.alive(ctx) {
		return false
	}
	if it.parts[it.now].NextPath(ctx) {
		return true
	}
	it.err = failed(ctx, it.parts[it.now])
	return it.find(ctx, it.now+1)
}

func (it *eitherIndex) Close() error {
	var first error
	for _, p := range it.parts {
		if err := p.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
