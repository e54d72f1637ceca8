package pebble

import (
	"errors"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

// OptimizeShape implements Cayley's shape.Optimizer: quads that are selected by
// fixed nodes become one range of an index (quadRange), quads that are selected
// by fixed nodes and the results of a query become ranges of one (hop), and
// intersections and unions become meet and either, which lose no tags.
func (qs *quadStore) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		pattern, ok := patternOf(s.Filter)
		if !ok {
			return s, false
		}
		return shape.NodesFrom{Dir: s.Result, Quads: rangeWithTags(pattern, s.Save)}, true
	case shape.Quads:
		return optimizeQuads(s)
	case shape.Intersect:
		return meet{parts: s}, true
	case shape.Union:
		return either{parts: s}, true
	case shape.IntersectOpt:
		if len(s.Sub) == 1 { // which was an Intersect
			if inner, ok := s.Sub[0].(meet); ok {
				return meet{parts: inner.parts, optional: slices.Concat(inner.optional, s.Opt)}, true
			}
		}
		return meet{parts: s.Sub, optional: s.Opt}, true
	}
	return s, false
}

// rangeWithTags is the shape of the quads that match a pattern, with tags for
// the nodes in some directions.
func rangeWithTags(pattern row, tags map[quad.Direction][]string) shape.Shape {
	parts := []shape.Shape{quadRange{pattern}}
	for _, d := range quad.Directions {
		if names := tags[d]; len(names) > 0 {
			parts = append(parts, shape.Quads{{Dir: d, Values: shape.Save{From: shape.AllNodes{}, Tags: names}}})
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return meet{parts: parts}
}

// patternOf reads fixed nodes by direction.
func patternOf(filter map[quad.Direction]cayley.Ref) (row, bool) {
	var pattern row
	for d, ref := range filter {
		if !bind(&pattern, d, ref) {
			return row{}, false
		}
	}
	return pattern, true
}

// bind binds one more place of a pattern to a node.
func bind(pattern *row, d quad.Direction, ref cayley.Ref) bool {
	id, ok := ref.(nodeRef)
	p, ok2 := placeOf(d)
	if !ok || !ok2 || pattern[p] != graph.Any {
		return false
	}
	pattern[p] = graph.ID(id)
	return true
}

// optimizeQuads splits filters into a pattern of fixed nodes, queries whose
// results bind one more place (each becomes a hop), and filters by all nodes,
// which select hardly less than everything and are only looked into.
func optimizeQuads(filters shape.Quads) (shape.Shape, bool) {
	var pattern row
	var queries, rest shape.Quads
	for _, f := range filters {
		if ref, ok := shape.One(f.Values); ok && bind(&pattern, f.Dir, ref) {
			continue
		}
		if _, ok := placeOf(f.Dir); !ok {
			return filters, false
		}
		if everyNode(f.Values) {
			rest = append(rest, f)
		} else {
			queries = append(queries, f)
		}
	}
	var parts []shape.Shape
	covered := false // some part has the whole pattern
	for _, f := range queries {
		p, _ := placeOf(f.Dir)
		from := pattern
		if from[p] != graph.Any { // two conditions on one place
			from = row{}
		}
		covered = covered || from == pattern
		parts = append(parts, hop{pattern: from, at: p, from: f.Values})
	}
	if !covered {
		parts = append(parts, quadRange{pattern})
	}
	for _, f := range rest {
		parts = append(parts, shape.Quads{f})
	}
	if len(parts) == 1 {
		return parts[0], true
	}
	return meet{parts: parts}, true
}

// everyNode reports whether a shape selects all nodes.
func everyNode(s shape.Shape) bool {
	switch s := s.(type) {
	case shape.AllNodes:
		return true
	case shape.Save:
		return everyNode(s.From)
	}
	return false
}

// quadRange is the shape of the quads that match a pattern.
type quadRange struct{ pattern row }

// BuildIterator implements shape.Shape.
func (s quadRange) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	ours, ok := qs.(*quadStore)
	if !ok {
		return iterator.NewError(errForeign)
	}
	return cayley.AsLegacy(&rangeShape{qs: ours, pattern: s.pattern})
}

// Optimize implements shape.Shape.
func (s quadRange) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

var errForeign = errors.New("pebble: a query that was planned for one store runs on another")

// hop is the shape of the quads that match a pattern and have a result of a
// query in one more place.
type hop struct {
	pattern row
	at      place
	from    shape.Shape
}

// BuildIterator implements shape.Shape.
func (s hop) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	ours, ok := qs.(*quadStore)
	if !ok {
		return iterator.NewError(errForeign)
	}
	if shape.IsNull(s.from) {
		return iterator.NewNull()
	}
	return cayley.AsLegacy(&hopShape{qs: ours, pattern: s.pattern, at: s.at, from: cayley.AsShape(s.from.BuildIterator(qs))})
}

// Optimize implements shape.Shape.
func (s hop) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	from, changed := s.from.Optimize(r)
	if shape.IsNull(from) {
		return nil, true
	}
	s.from = from
	return s, changed
}
