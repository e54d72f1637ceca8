package queries

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// A guardedStore is a Cayley store whose iterators end as soon as the query is
// stopped, whatever iterator above asks them. Most of Cayley's own iterators
// loop over their sources without looking at the context, so the sources do.
type guardedStore struct {
	cayley.QuadStore
	budget *budget
}

func (s guardedStore) guard(it cayley.Iterator) cayley.Iterator {
	return cayley.AsLegacy(guarded{cayley.AsShape(it), s.budget})
}

func (s guardedStore) QuadIterator(d quad.Direction, v cayley.Ref) cayley.Iterator {
	return s.guard(s.QuadStore.QuadIterator(d, v))
}

func (s guardedStore) NodesAllIterator() cayley.Iterator {
	return s.guard(s.QuadStore.NodesAllIterator())
}

func (s guardedStore) QuadsAllIterator() cayley.Iterator {
	return s.guard(s.QuadStore.QuadsAllIterator())
}

// build turns a shape into an iterator: optimized by the store, guarded at its leaves.
func (s guardedStore) build(sh shape.Shape) cayley.Iterator {
	sh, _ = shape.Optimize(sh, s.QuadStore)
	if shape.IsNull(sh) {
		return shape.Null{}.BuildIterator(s)
	}
	return s.seal(sh).BuildIterator(s)
}

// seal makes the shapes that the store's optimizer put in build on the store
// itself, which they know, and guards what they build.
func (s guardedStore) seal(sh shape.Shape) shape.Shape {
	if sh == nil {
		return shape.Null{}
	}
	switch sh := sh.(type) {
	case shape.Null, shape.AllNodes, shape.Fixed, shape.Lookup, shape.QuadsAction:
		return sh
	case shape.Except:
		sh.Exclude = s.seal(sh.Exclude)
		if sh.From != nil {
			sh.From = s.seal(sh.From)
		}
		return sh
	case shape.Filter:
		sh.From = s.seal(sh.From)
		return sh
	case shape.Quads:
		out := make(shape.Quads, len(sh))
		for i, f := range sh {
			out[i] = shape.QuadFilter{Dir: f.Dir, Values: s.seal(f.Values)}
		}
		return out
	case shape.NodesFrom:
		sh.Quads = s.seal(sh.Quads)
		return sh
	case shape.FixedTags:
		sh.On = s.seal(sh.On)
		return sh
	case shape.Materialize:
		sh.Values = s.seal(sh.Values)
		return sh
	case shape.Intersect:
		return shape.Intersect(s.sealAll(sh))
	case shape.IntersectOpt:
		return shape.IntersectOpt{Sub: s.sealAll(sh.Sub), Opt: s.sealAll(sh.Opt)}
	case shape.Union:
		return shape.Union(s.sealAll(sh))
	case shape.Page:
		sh.From = s.seal(sh.From)
		return sh
	case shape.Save:
		sh.From = s.seal(sh.From)
		return sh
	case uniqueShape:
		sh.from = s.seal(sh.from)
		return sh
	case sortedShape:
		sh.from = s.seal(sh.from)
		return sh
	case recursiveShape:
		sh.from = s.seal(sh.from)
		return sh
	}
	return foreignShape{sh, s}
}

func (s guardedStore) sealAll(shapes []shape.Shape) []shape.Shape {
	out := make([]shape.Shape, len(shapes))
	for i, sh := range shapes {
		out[i] = s.seal(sh)
	}
	return out
}

// A foreignShape is a shape of the store's own.
type foreignShape struct {
	shape.Shape
	store guardedStore
}

func (f foreignShape) BuildIterator(cayley.QuadStore) cayley.Iterator {
	return f.store.guard(f.Shape.BuildIterator(f.store.QuadStore))
}

// guarded ends an iterator when the query is stopped.
type guarded struct {
	cayley.IteratorShape
	budget *budget
}

func (g guarded) Iterate() cayley.Scanner {
	return &guardedScanner{g.IteratorShape.Iterate(), g.budget}
}

func (g guarded) Lookup() cayley.Index { return &guardedIndex{g.IteratorShape.Lookup(), g.budget} }

func (g guarded) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	inner, changed := g.IteratorShape.Optimize(ctx)
	if !changed {
		return g, false
	}
	return guarded{inner, g.budget}, true
}

type guardedScanner struct {
	cayley.Scanner
	budget *budget
}

func (g *guardedScanner) Next(ctx context.Context) bool {
	return !g.budget.stopped() && g.Scanner.Next(ctx)
}

func (g *guardedScanner) NextPath(ctx context.Context) bool {
	return !g.budget.stopped() && g.Scanner.NextPath(ctx)
}

func (g *guardedScanner) Err() error { return guardedErr(g.budget, g.Scanner.Err()) }

type guardedIndex struct {
	cayley.Index
	budget *budget
}

func (g *guardedIndex) Contains(ctx context.Context, v cayley.Ref) bool {
	return !g.budget.stopped() && g.Index.Contains(ctx, v)
}

func (g *guardedIndex) NextPath(ctx context.Context) bool {
	return !g.budget.stopped() && g.Index.NextPath(ctx)
}

func (g *guardedIndex) Err() error { return guardedErr(g.budget, g.Index.Err()) }

func guardedErr(b *budget, err error) error {
	if err == nil && b.stopped() {
		return errStopped
	}
	return err
}
