package graph

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// FromCayley makes a Dataset of any Cayley store. It asks the store for the
// quads of one bound position and looks through them, so it is slow, and it is
// the plain reading that faster datasets are compared with.
//
// It is a consistent view only as long as the store is not changed, and knows
// no empty graphs. What Cayley's own stores take for equal is one term: times
// within one second, for instance.
func FromCayley(qs cayley.QuadStore) Dataset {
	return &cayleyDataset{
		qs:   cayley.Unwrap(qs),
		ids:  map[any]ID{nil: DefaultGraph},
		refs: []cayley.Ref{Any: nil, DefaultGraph: nil},
	}
}

// cayleyDataset numbers the references of a Cayley store in the order in which they turn up.
type cayleyDataset struct {
	qs cayley.QuadStore

	mu   sync.Mutex
	ids  map[any]ID // by the key of the reference
	refs []cayley.Ref
}

func (d *cayleyDataset) intern(ref cayley.Ref) ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := cayley.ToKey(ref)
	id, ok := d.ids[key]
	if !ok {
		id = ID(len(d.refs))
		d.ids[key] = id
		d.refs = append(d.refs, ref)
	}
	return id
}

func (d *cayleyDataset) ref(id ID) (cayley.Ref, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id >= ID(len(d.refs)) {
		return nil, false
	}
	return d.refs[id], true
}

// Scan implements [Dataset].
func (d *cayleyDataset) Scan(ctx context.Context, p Pattern, o Order) iter.Seq2[[]Encoded, error] {
	return func(yield func([]Encoded, error) bool) {
		rows, err := d.match(ctx, p)
		if err != nil {
			yield(nil, err)
			return
		}
		if o != Unordered {
			slices.SortFunc(rows, o.Compare)
		}
		for batch := range slices.Chunk(rows, 1024) {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// match collects the quads that match a pattern.
func (d *cayleyDataset) match(ctx context.Context, p Pattern) ([]Encoded, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	it := d.qs.QuadsAllIterator()
	for i, id := range [...]ID{p.Subject, p.Predicate, p.Object, p.Graph} {
		if id == Any || id == DefaultGraph {
			continue
		}
		ref, ok := d.ref(id)
		if !ok {
			return nil, nil
		}
		it.Close()
		it = d.qs.QuadIterator(quad.Directions[i], ref)
		break
	}
	defer it.Close()
	var rows []Encoded
	for it.Next(ctx) {
		if err := ctx.Err(); err != nil { // Cayley's own stores do not look
			return nil, err
		}
		at := func(direction quad.Direction) ID { return d.intern(d.qs.QuadDirection(it.Result(), direction)) }
		e := Encoded{at(quad.Subject), at(quad.Predicate), at(quad.Object), at(quad.Label)}
		if p.Matches(e) {
			rows = append(rows, e)
		}
	}
	if err := it.Err(); err != nil {
		return nil, fmt.Errorf("graph: scanning a Cayley store: %w", err)
	}
	return rows, ctx.Err()
}

// Estimate implements [Dataset]. It counts.
func (d *cayleyDataset) Estimate(ctx context.Context, p Pattern) (int64, bool, error) {
	rows, err := d.match(ctx, p)
	return int64(len(rows)), true, err
}

// ID implements [Dataset].
func (d *cayleyDataset) ID(ctx context.Context, t Term) (ID, bool, error) {
	if err := ctx.Err(); err != nil || t.IsZero() {
		return DefaultGraph, err == nil, err
	}
	v := CayleyValue(t)
	if v == nil {
		return 0, false, nil
	}
	ref := d.qs.ValueOf(v)
	if ref == nil {
		return 0, false, nil
	}
	return d.intern(ref), true, nil
}

// Term implements [Dataset].
func (d *cayleyDataset) Term(ctx context.Context, id ID) (Term, error) {
	if err := ctx.Err(); err != nil || id == DefaultGraph {
		return Term{}, err
	}
	ref, ok := d.ref(id)
	if !ok || ref == nil {
		return Term{}, fmt.Errorf("graph: no term has the id %d", id)
	}
	v := d.qs.NameOf(ref)
	t, ok := TermOf(v)
	if !ok {
		return Term{}, fmt.Errorf("graph: the Cayley value %v (%T) is not a term", v, v)
	}
	return t, nil
}

// Graphs implements [Dataset].
func (d *cayleyDataset) Graphs(ctx context.Context) iter.Seq2[ID, error] {
	return func(yield func(ID, error) bool) {
		rows, err := d.match(ctx, Pattern{})
		if err != nil {
			yield(0, err)
			return
		}
		var names []ID
		for _, e := range rows {
			if e.Graph != DefaultGraph {
				names = append(names, e.Graph)
			}
		}
		slices.Sort(names)
		for _, id := range slices.Compact(names) {
			if !yield(id, nil) {
				return
			}
		}
	}
}
