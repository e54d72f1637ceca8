package pebble

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

// nodeRef is Cayley's reference to a node, and quadRef to a quad.
type (
	nodeRef graph.ID
	quadRef graph.Encoded
)

// Key implements Cayley's Ref.
func (r nodeRef) Key() any { return r }

// Key implements Cayley's Ref.
func (r quadRef) Key() any { return r }

// at returns the reference of the node in a place, and nil for the default graph.
func (r quadRef) at(p place) cayley.Ref {
	id := rowOf(graph.Encoded(r))[p]
	if id == graph.DefaultGraph && p == graphName {
		return nil
	}
	return nodeRef(id)
}

// placeOf returns the place that Cayley calls a direction.
func placeOf(d quad.Direction) (place, bool) {
	switch d {
	case quad.Subject:
		return subject, true
	case quad.Predicate:
		return predicate, true
	case quad.Object:
		return object, true
	case quad.Label:
		return graphName, true
	}
	return 0, false
}

// quadStore serves Cayley: over a snapshot read-only, or live with its store.
type quadStore struct {
	*dataset
	store *Store // nil for snapshots

	// failure keeps the first error that a method of Cayley's interface could
	// not return. It stops every iterator of this quadStore.
	failure atomic.Pointer[error]
}

var (
	_ cayley.QuadStore      = (*quadStore)(nil)
	_ cayley.BatchQuadStore = (*quadStore)(nil)
	_ shape.Optimizer       = (*quadStore)(nil)
)

// Cayley implements [graph.Store].
func (s *Store) Cayley() cayley.QuadStore {
	return &quadStore{dataset: &dataset{r: s.db, closed: s.closed.Load, cache: s.cache, live: s}, store: s}
}

// ready returns the error that keeps an iterator from going on.
func (qs *quadStore) ready(ctx context.Context) error {
	if err := qs.failure.Load(); err != nil {
		return *err
	}
	return qs.dataset.ready(ctx)
}

func (qs *quadStore) fail(err error) {
	qs.failure.CompareAndSwap(nil, &err)
}

// ValueOf implements Cayley's QuadStore.
func (qs *quadStore) ValueOf(v quad.Value) cayley.Ref {
	ref, err := qs.refOf(context.Background(), v)
	if err != nil {
		qs.fail(err)
	}
	return ref
}

// refOf returns nil for values that no quad has.
func (qs *quadStore) refOf(ctx context.Context, v quad.Value) (cayley.Ref, error) {
	t, ok := graph.TermOf(v)
	if !ok {
		return nil, nil
	}
	id, found, err := qs.ID(ctx, t)
	if err != nil || !found {
		return nil, err
	}
	now := qs.pin()
	defer qs.unpin(now)
	used, err := now.inQuads(id)
	if err != nil {
		return nil, fmt.Errorf("pebble: looking up %s: %w", t, err)
	}
	if !used { // the name of an empty graph
		return nil, nil
	}
	return nodeRef(id), nil
}

// NameOf implements Cayley's QuadStore.
func (qs *quadStore) NameOf(ref cayley.Ref) quad.Value {
	v, err := qs.valueOf(context.Background(), ref)
	if err != nil {
		qs.fail(err)
	}
	return v
}

func (qs *quadStore) valueOf(ctx context.Context, ref cayley.Ref) (quad.Value, error) {
	switch ref := ref.(type) {
	case cayley.PreFetchedValue:
		return ref.NameOf(), nil
	case nodeRef:
		t, err := qs.Term(ctx, graph.ID(ref))
		return graph.CayleyValue(t), err
	}
	return nil, nil
}

// ValuesOf implements Cayley's BatchQuadStore.
func (qs *quadStore) ValuesOf(ctx context.Context, refs []cayley.Ref) ([]quad.Value, error) {
	values := make([]quad.Value, len(refs))
	var ids []graph.ID
	var of []int
	for i, ref := range refs {
		if id, ok := ref.(nodeRef); ok {
			ids, of = append(ids, graph.ID(id)), append(of, i)
			continue
		}
		v, err := qs.valueOf(ctx, ref)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	terms := make([]graph.Term, len(ids))
	if err := qs.Terms(ctx, ids, terms); err != nil {
		return nil, err
	}
	for n, i := range of {
		values[i] = graph.CayleyValue(terms[n])
	}
	return values, nil
}

// RefsOf implements Cayley's BatchQuadStore. It fails for values that no quad has.
func (qs *quadStore) RefsOf(ctx context.Context, values []quad.Value) ([]cayley.Ref, error) {
	refs := make([]cayley.Ref, len(values))
	for i, v := range values {
		ref, err := qs.refOf(ctx, v)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			return nil, fmt.Errorf("pebble: no quad has %v", v)
		}
		refs[i] = ref
	}
	return refs, nil
}

// Quad implements Cayley's QuadStore.
func (qs *quadStore) Quad(ref cayley.Ref) quad.Quad {
	r, ok := ref.(quadRef)
	if !ok {
		return quad.Quad{}
	}
	return quad.Quad{
		Subject:   qs.NameOf(r.at(subject)),
		Predicate: qs.NameOf(r.at(predicate)),
		Object:    qs.NameOf(r.at(object)),
		Label:     qs.NameOf(r.at(graphName)),
	}
}

// QuadDirection implements Cayley's QuadStore.
func (qs *quadStore) QuadDirection(ref cayley.Ref, d quad.Direction) cayley.Ref {
	r, ok := ref.(quadRef)
	p, ok2 := placeOf(d)
	if !ok || !ok2 {
		return nil
	}
	return r.at(p)
}

// QuadIterator implements Cayley's QuadStore. References of others have no quads.
func (qs *quadStore) QuadIterator(d quad.Direction, ref cayley.Ref) cayley.Iterator {
	id, ok := ref.(nodeRef)
	p, ok2 := placeOf(d)
	if !ok || !ok2 {
		return iterator.NewNull()
	}
	var pattern row
	pattern[p] = graph.ID(id)
	return cayley.AsLegacy(&rangeShape{qs: qs, pattern: pattern})
}

// QuadIteratorSize implements Cayley's QuadStore.
func (qs *quadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, ref cayley.Ref) (cayley.Size, error) {
	id, ok := ref.(nodeRef)
	p, ok2 := placeOf(d)
	if !ok || !ok2 {
		return cayley.Size{Exact: true}, nil
	}
	var pattern row
	pattern[p] = graph.ID(id)
	return qs.size(ctx, pattern)
}

func (qs *quadStore) size(ctx context.Context, pattern row) (cayley.Size, error) {
	n, exact, err := qs.Estimate(ctx, pattern.encoded())
	return cayley.Size{Size: n, Exact: exact}, err
}

// QuadsAllIterator implements Cayley's QuadStore.
func (qs *quadStore) QuadsAllIterator() cayley.Iterator {
	return cayley.AsLegacy(&rangeShape{qs: qs})
}

// NodesAllIterator implements Cayley's QuadStore.
func (qs *quadStore) NodesAllIterator() cayley.Iterator {
	return cayley.AsLegacy(&nodesShape{qs: qs})
}

// Stats implements Cayley's QuadStore. It is always exact.
func (qs *quadStore) Stats(ctx context.Context, exact bool) (cayley.Stats, error) {
	if err := qs.ready(ctx); err != nil {
		return cayley.Stats{}, err
	}
	v := qs.pin()
	defer qs.unpin(v)
	s := v.state
	return cayley.Stats{
		Nodes: cayley.Size{Size: int64(s.nodes), Exact: true},
		Quads: cayley.Size{Size: int64(s.quads), Exact: true},
	}, nil
}

// Close implements Cayley's QuadStore. A snapshot is closed by its view.
func (qs *quadStore) Close() error {
	if qs.store == nil {
		return nil
	}
	return qs.store.Close()
}

// ApplyDeltas implements Cayley's QuadStore: all deltas, in order, or none.
// Unlike [Store.Apply] it admits what Cayley does, literals in any place among it.
func (qs *quadStore) ApplyDeltas(deltas []cayley.Delta, ignore cayley.IgnoreOpts) error {
	if qs.store == nil {
		return errors.New("pebble: a view cannot be changed")
	}
	return qs.store.change(context.Background(), func(e *edit) error {
		for _, d := range deltas {
			if err := e.apply(d, ignore); err != nil {
				return &cayley.DeltaError{Delta: d, Err: err}
			}
		}
		return nil
	})
}

// apply enters one delta. The errors that Cayley's callers compare come bare.
func (e *edit) apply(d cayley.Delta, ignore cayley.IgnoreOpts) error {
	if d.Action != cayley.Add && d.Action != cayley.Delete {
		return cayley.ErrInvalidAction
	}
	add := d.Action == cayley.Add
	q, err := quadOf(d.Quad)
	if err != nil && add {
		return err
	}
	enc, known, err := graph.Encoded{}, false, err
	if err == nil {
		if enc, known, err = e.encode(q, add); err != nil {
			return err
		}
	}
	var p presence
	if known {
		if p, err = e.presence(enc); err != nil {
			return err
		}
	}
	switch {
	case add && p.will && !ignore.IgnoreDup:
		return cayley.ErrQuadExists
	case !add && !p.will && !ignore.IgnoreMissing:
		return cayley.ErrQuadNotExist
	case add == p.will:
		return nil
	}
	p.will = add
	e.quads[enc] = p
	return nil
}

func quadOf(q quad.Quad) (graph.Quad, error) {
	var out graph.Quad
	for _, place := range []struct {
		to   *graph.Term
		from quad.Value
	}{{&out.Subject, q.Subject}, {&out.Predicate, q.Predicate}, {&out.Object, q.Object}, {&out.Graph, q.Label}} {
		if place.to == &out.Graph && place.from == nil {
			continue
		}
		t, ok := graph.TermOf(place.from)
		if !ok {
			return out, fmt.Errorf("pebble: %v (%T) is not a term", place.from, place.from)
		}
		if err := t.Check(); err != nil {
			return out, fmt.Errorf("pebble: %w", err)
		}
		*place.to = t
	}
	return out, nil
}

// NewQuadWriter implements Cayley's QuadStore.
func (qs *quadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if qs.store == nil {
		return nil, errors.New("pebble: a view cannot be changed")
	}
	return &quadWriter{qs: qs}, nil
}

// quadWriter adds quads in changes of many. Quads that are there already are ignored.
type quadWriter struct {
	qs      *quadStore
	pending []quad.Quad
}

const writerBatch = 10_000

// WriteQuad implements quad.Writer. The quad is stored with a later one, or by Close.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.pending = append(w.pending, q)
	if len(w.pending) < writerBatch {
		return nil
	}
	return w.Close()
}

// WriteQuads implements quad.BatchWriter: the quads are one change.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	if err := w.Close(); err != nil {
		return 0, err
	}
	deltas := make([]cayley.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cayley.Delta{Quad: q, Action: cayley.Add}
	}
	if err := w.qs.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		return 0, err
	}
	return len(quads), nil
}

// Close stores the quads that are pending. The writer can be used on.
func (w *quadWriter) Close() error {
	quads := w.pending
	if len(quads) == 0 {
		return nil
	}
	w.pending = nil
	_, err := w.WriteQuads(quads)
	return err
}
