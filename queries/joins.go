package queries

import (
	"context"
	"errors"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// joinShape gives the nodes that both shapes have, with every combination of
// the paths that lead to them.
type joinShape struct {
	a, b   shape.Shape
	budget *budget
}

func (s joinShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(joinIterator{a: source(s.a, qs), b: source(s.b, qs), budget: s.budget})
}

func (s joinShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	a, changedA, okA := optimized(s.a, r)
	b, changedB, okB := optimized(s.b, r)
	if !okA || !okB {
		return nil, true
	}
	if _, all := a.(shape.AllNodes); all {
		return b, true
	}
	if _, all := b.(shape.AllNodes); all {
		return a, true
	}
	s.a, s.b = a, b
	return s, changedA || changedB
}

type joinIterator struct {
	a, b   cayley.IteratorShape
	budget *budget
}

func (j joinIterator) String() string { return "Join" }

func (j joinIterator) SubIterators() []cayley.IteratorShape { return []cayley.IteratorShape{j.a, j.b} }

func (j joinIterator) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	a, errA := j.a.Stats(ctx)
	b, errB := j.b.Stats(ctx)
	return cayley.IteratorCosts{
		NextCost:     a.NextCost + b.ContainsCost,
		ContainsCost: a.ContainsCost + b.ContainsCost,
		Size:         cayley.Size{Size: min(a.Size.Size, b.Size.Size)},
	}, errors.Join(errA, errB)
}

// Optimize puts the side first that is cheaper to run through.
func (j joinIterator) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	j.a, _ = j.a.Optimize(ctx)
	j.b, _ = j.b.Optimize(ctx)
	a, errA := j.a.Stats(ctx)
	b, errB := j.b.Stats(ctx)
	if errA == nil && errB == nil && total(b, a) < total(a, b) {
		j.a, j.b = j.b, j.a
	}
	return j, true
}

// total estimates the cost of running through one side and looking into the other.
func total(run, look cayley.IteratorCosts) float64 {
	return float64(run.Size.Size) * (float64(run.NextCost) + float64(look.ContainsCost))
}

func (j joinIterator) Iterate() cayley.Scanner {
	return &joinScanner{Scanner: j.a.Iterate(), b: j.b.Lookup(), budget: j.budget}
}

func (j joinIterator) Lookup() cayley.Index {
	return &joinIndex{Index: j.a.Lookup(), b: j.b.Lookup(), budget: j.budget}
}

type joinScanner struct {
	cayley.Scanner // of a
	b              cayley.Index
	budget         *budget
}

func (j *joinScanner) Next(ctx context.Context) bool {
	for j.Scanner.Next(ctx) {
		if j.b.Contains(ctx, j.Scanner.Result()) {
			return !j.budget.stopped()
		}
	}
	return false
}

func (j *joinScanner) NextPath(ctx context.Context) bool {
	return nextCombination(ctx, j.Scanner, j.b)
}

func (j *joinScanner) TagResults(tags map[string]cayley.Ref) {
	j.Scanner.TagResults(tags)
	j.b.TagResults(tags)
}

func (j *joinScanner) Err() error { return errors.Join(j.Scanner.Err(), j.b.Err()) }

func (j *joinScanner) Close() error { return errors.Join(j.Scanner.Close(), j.b.Close()) }

type joinIndex struct {
	cayley.Index // of a
	b            cayley.Index
	budget       *budget
}

func (j *joinIndex) Contains(ctx context.Context, v cayley.Ref) bool {
	return j.Index.Contains(ctx, v) && j.b.Contains(ctx, v) && !j.budget.stopped()
}

func (j *joinIndex) NextPath(ctx context.Context) bool { return nextCombination(ctx, j.Index, j.b) }

func (j *joinIndex) TagResults(tags map[string]cayley.Ref) {
	j.Index.TagResults(tags)
	j.b.TagResults(tags)
}

func (j *joinIndex) Err() error { return errors.Join(j.Index.Err(), j.b.Err()) }

func (j *joinIndex) Close() error { return errors.Join(j.Index.Close(), j.b.Close()) }

// nextCombination goes through all paths of b for each path of a.
func nextCombination(ctx context.Context, a cayley.IteratorBase, b cayley.Index) bool {
	if b.NextPath(ctx) {
		return true
	}
	return a.NextPath(ctx) && b.Contains(ctx, a.Result())
}

// saveShape tags, for each node of a source, the nodes that one of the
// predicates leads to, one path for each of them.
type saveShape struct {
	from     shape.Shape
	via      shape.Shape
	labels   shape.Shape // nil: all graphs
	tag      string
	reverse  bool // follow quads from object to subject
	optional bool // keep nodes from which nothing is reached
	store    guardedStore
}

func (s saveShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(saveIterator{passing{source(s.from, qs)}, s})
}

func (s saveShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	from, changed, ok := optimized(s.from, r)
	if !ok {
		return nil, true
	}
	s.from = from
	return s, changed
}

// reached builds the nodes that are reached from one node.
func (s saveShape) reached(ctx context.Context, ref cayley.Ref) cayley.Scanner {
	if ref == nil {
		return cayley.AsShape(iterator.NewNull()).Iterate()
	}
	start, goal := quad.Subject, quad.Object
	if s.reverse {
		start, goal = goal, start
	}
	quads := shape.Quads{{Dir: start, Values: shape.Fixed{ref}}}
	if _, all := s.via.(shape.AllNodes); !all {
		quads = append(quads, shape.QuadFilter{Dir: quad.Predicate, Values: s.via})
	}
	if s.labels != nil {
		quads = append(quads, shape.QuadFilter{Dir: quad.Label, Values: s.labels})
	}
	it, _ := cayley.AsShape(s.store.build(shape.NodesFrom{Quads: quads, Dir: goal})).Optimize(ctx)
	return it.Iterate()
}

type saveIterator struct {
	passing
	save saveShape
}

func (s saveIterator) String() string { return "Save" }

func (s saveIterator) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	from, changed := s.from.Optimize(ctx)
	s.from = from
	return s, changed
}

func (s saveIterator) Iterate() cayley.Scanner {
	return &saveScanner{Scanner: s.from.Iterate(), saved: saved{save: s.save}}
}

func (s saveIterator) Lookup() cayley.Index {
	return &saveIndex{Index: s.from.Lookup(), saved: saved{save: s.save}}
}

// saved runs through what is reached from the current node.
type saved struct {
	save   saveShape
	values cayley.Scanner
	begun  bool
	tags   map[string]cayley.Ref // of the value; empty where nothing is reached
	err    error
}

// open starts over for a node, and reports whether the node stays in the path.
func (s *saved) open(ctx context.Context, ref cayley.Ref) bool {
	s.close()
	s.tags, s.begun = nil, false
	s.values = s.save.reached(ctx, ref)
	return s.next(ctx) || s.save.optional && s.err == nil && !s.save.store.budget.stopped()
}

func (s *saved) next(ctx context.Context) bool {
	if s.values == nil || s.save.store.budget.stopped() {
		return false
	}
	if s.begun && s.values.NextPath(ctx) || s.values.Next(ctx) {
		s.begun = true
		s.tags = map[string]cayley.Ref{}
		s.values.TagResults(s.tags)
		s.tags[s.save.tag] = s.values.Result()
		return true
	}
	s.err = errors.Join(s.err, s.values.Err())
	s.close()
	return false
}

func (s *saved) close() {
	if s.values != nil {
		s.err = errors.Join(s.err, s.values.Close())
		s.values = nil
	}
}

func (s *saved) tagTo(tags map[string]cayley.Ref) {
	for tag, ref := range s.tags {
		tags[tag] = ref
	}
}

type saveScanner struct {
	cayley.Scanner
	saved
}

func (s *saveScanner) Next(ctx context.Context) bool {
	for s.Scanner.Next(ctx) {
		if s.open(ctx, s.Scanner.Result()) {
			return true
		}
		if s.err != nil {
			return false
		}
	}
	return false
}

func (s *saveScanner) NextPath(ctx context.Context) bool {
	if s.next(ctx) {
		return true
	}
	return s.Scanner.NextPath(ctx) && s.open(ctx, s.Scanner.Result())
}

func (s *saveScanner) TagResults(tags map[string]cayley.Ref) {
	s.Scanner.TagResults(tags)
	s.tagTo(tags)
}

func (s *saveScanner) Err() error { return errors.Join(s.err, s.Scanner.Err()) }

func (s *saveScanner) Close() error {
	s.close()
	return errors.Join(s.err, s.Scanner.Close())
}

type saveIndex struct {
	cayley.Index
	saved
}

func (s *saveIndex) Contains(ctx context.Context, v cayley.Ref) bool {
	return s.Index.Contains(ctx, v) && s.open(ctx, v)
}

func (s *saveIndex) NextPath(ctx context.Context) bool {
	if s.next(ctx) {
		return true
	}
	return s.Index.NextPath(ctx) && s.open(ctx, s.Index.Result())
}

func (s *saveIndex) TagResults(tags map[string]cayley.Ref) {
	s.Index.TagResults(tags)
	s.tagTo(tags)
}

func (s *saveIndex) Err() error { return errors.Join(s.err, s.Index.Err()) }

func (s *saveIndex) Close() error {
	s.close()
	return errors.Join(s.err, s.Index.Close())
}
