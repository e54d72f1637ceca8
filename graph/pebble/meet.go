package pebble

import (
	"context"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
)

// meet is the shape of what all parts select, with the tags of the optional
// parts where those select it too. It stands in for Cayley's Intersect, whose
// iterator loses combinations of tags: of two saves with two values each it
// gives three rows instead of four.
type meet struct {
	parts    []shape.Shape
	optional []shape.Shape
}

// BuildIterator implements shape.Shape.
func (s meet) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	ours, ok := qs.(*quadStore)
	if !ok {
		return iterator.NewError(errForeign)
	}
	m := &meetShape{qs: ours, parts: buildAll(qs, s.parts), optional: buildAll(qs, s.optional)}
	switch {
	case len(m.parts) == 0 && len(m.optional) == 0:
		return iterator.NewNull()
	case len(m.parts) == 0:
		m.parts = append(m.parts, &nodesShape{qs: ours})
	case len(m.parts) == 1 && len(m.optional) == 0:
		return cayley.AsLegacy(m.parts[0])
	}
	return cayley.AsLegacy(m)
}

// Optimize implements shape.Shape.
func (s meet) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	parts, changed := optimizeAll(r, s.parts)
	optional, changed2 := optimizeAll(r, s.optional)
	if slices.ContainsFunc(parts, shape.IsNull) {
		return nil, true
	}
	optional = slices.DeleteFunc(optional, shape.IsNull)
	return meet{parts, optional}, changed || changed2
}

// meetShape lists its first part and looks into the others.
type meetShape struct {
	qs       *quadStore
	parts    []cayley.IteratorShape
	optional []cayley.IteratorShape
}

func (s *meetShape) String() string { return "Meet" }

func (s *meetShape) Iterate() cayley.Scanner {
	return &meetScan{root: s.parts[0].Iterate(), paths: tagged(s.parts[0]), rest: s.lookups(s.parts[1:])}
}

func (s *meetShape) Lookup() cayley.Index {
	return &meetIndex{checks: s.lookups(s.parts)}
}

func (s *meetShape) lookups(parts []cayley.IteratorShape) checks {
	c := checks{leaf: leaf{qs: s.qs}}
	for _, p := range parts {
		c.all = append(c.all, check{index: p.Lookup(), paths: tagged(p)})
	}
	for _, p := range s.optional {
		c.all = append(c.all, check{index: p.Lookup(), paths: tagged(p), optional: true})
	}
	return c
}

func (s *meetShape) SubIterators() []cayley.IteratorShape {
	return slices.Concat(s.parts, s.optional)
}

// Optimize puts the part first that is the cheapest to list when the others are looked into.
func (s *meetShape) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	for _, parts := range [][]cayley.IteratorShape{s.parts, s.optional} {
		for i, p := range parts {
			parts[i], _ = p.Optimize(ctx)
		}
	}
	if i := slices.IndexFunc(s.parts, iterator.IsNull2); i >= 0 {
		return s.parts[i], true
	}
	costs := make([]cayley.IteratorCosts, len(s.parts))
	looks := int64(0)
	for i, p := range s.parts {
		costs[i], _ = p.Stats(ctx) // an error comes again when the part is read
		looks += costs[i].ContainsCost
	}
	best, least := 0, float64(0)
	for i, c := range costs {
		cost := float64(c.Size.Size) * float64(c.NextCost+looks-c.ContainsCost)
		if i == 0 || cost < least {
			best, least = i, cost
		}
	}
	root := s.parts[best]
	rest := slices.Delete(slices.Clone(s.parts), best, best+1)
	costs = slices.Delete(costs, best, best+1)
	order := make([]int, len(rest))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(costs[a].ContainsCost - costs[b].ContainsCost) })
	s.parts = []cayley.IteratorShape{root}
	for _, i := range order {
		s.parts = append(s.parts, rest[i])
	}
	return s, false
}

func (s *meetShape) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	var sum cayley.IteratorCosts
	for i, p := range s.parts {
		c, err := p.Stats(ctx)
		if err != nil {
			return sum, err
		}
		sum.ContainsCost += c.ContainsCost
		if i == 0 {
			sum.NextCost, sum.Size.Size = c.NextCost, c.Size.Size
			continue
		}
		sum.NextCost += c.ContainsCost
		sum.Size.Size = min(sum.Size.Size, c.Size.Size)
	}
	return sum, nil
}

// tagged reports whether results of a shape can come with tags; of shapes that
// others made it must be assumed. Those that cannot have no paths that differ.
func tagged(s cayley.IteratorShape) bool {
	switch s.(type) {
	case *rangeShape, *nodesShape:
		return false
	case *hopShape, *meetShape, *eitherShape:
		return slices.ContainsFunc(s.SubIterators(), tagged)
	}
	switch it := cayley.AsLegacy(s).(type) {
	case *iterator.Fixed, *iterator.Null:
		return false
	case *iterator.HasA, *iterator.LinksTo, *iterator.And, *iterator.Or:
		return slices.ContainsFunc(s.SubIterators(), tagged)
	case *iterator.Save:
		return len(it.Tags()) > 0 || len(it.FixedTags()) > 0 || slices.ContainsFunc(s.SubIterators(), tagged)
	}
	return true
}

// check is one part that is looked into.
type check struct {
	index    cayley.Index
	paths    bool // its paths differ
	optional bool
	absent   bool // an optional part without the result
}

// checks looks into several parts. Their paths are counted through like the
// digits of a number, of which the last changes first.
type checks struct {
	leaf
	all []check
}

func (c *checks) contains(ctx context.Context, ref cayley.Ref) bool {
	if !c.alive(ctx) {
		return false
	}
	for i := range c.all {
		part := &c.all[i]
		has := part.index.Contains(ctx, ref)
		if !has {
			if c.err = failed(ctx, part.index); c.err != nil || !part.optional {
				return false
			}
		}
		part.absent = !has
	}
	c.result = ref
	return true
}

// nextPath goes on to the next combination of paths. When there is none, it is
// back at the first.
func (c *checks) nextPath(ctx context.Context) bool {
	for i := len(c.all) - 1; i >= 0 && c.alive(ctx); i-- {
		part := &c.all[i]
		if !part.paths || part.absent {
			continue
		}
		if part.index.NextPath(ctx) {
			return true
		}
		if c.err = failed(ctx, part.index); c.err != nil {
			return false
		}
		part.index.Contains(ctx, c.result)
		c.err = failed(ctx, part.index)
	}
	return false
}

func (c *checks) tags(tags map[string]cayley.Ref) {
	for _, part := range c.all {
		if !part.absent {
			part.index.TagResults(tags)
		}
	}
}

func (c *checks) close() error {
	var first error
	for _, part := range c.all {
		if err := part.index.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// meetScan lists the results of its root that the rest has too.
type meetScan struct {
	root  cayley.Scanner
	paths bool
	rest  checks
	err   error
}

func (it *meetScan) String() string     { return "MeetScan" }
func (it *meetScan) Result() cayley.Ref { return it.rest.result }

func (it *meetScan) TagResults(tags map[string]cayley.Ref) {
	it.root.TagResults(tags)
	it.rest.tags(tags)
}

func (it *meetScan) Next(ctx context.Context) bool {
	for it.Err() == nil {
		if !it.root.Next(ctx) {
			it.err = failed(ctx, it.root)
			return false
		}
		if it.rest.contains(ctx, it.root.Result()) {
			return true
		}
	}
	return false
}

func (it *meetScan) NextPath(ctx context.Context) bool {
	if it.Err() != nil {
		return false
	}
	if it.rest.nextPath(ctx) {
		return true
	}
	if it.rest.err != nil || !it.paths {
		return false
	}
	if it.root.NextPath(ctx) {
		return true
	}
	it.err = failed(ctx, it.root)
	return false
}

func (it *meetScan) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.rest.err
}

func (it *meetScan) Close() error {
	err := it.root.Close()
	if err2 := it.rest.close(); err == nil {
		err = err2
	}
	return err
}

// meetIndex tells whether all parts have a result.
type meetIndex struct{ checks }

func (it *meetIndex) String() string                                    { return "MeetIndex" }
func (it *meetIndex) Contains(ctx context.Context, ref cayley.Ref) bool { return it.contains(ctx, ref) }
func (it *meetIndex) NextPath(ctx context.Context) bool                 { return it.nextPath(ctx) }
func (it *meetIndex) TagResults(tags map[string]cayley.Ref)             { it.tags(tags) }
func (it *meetIndex) Close() error                                      { return it.close() }
