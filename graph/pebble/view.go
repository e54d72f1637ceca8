package pebble

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// view is a snapshot, or what one would be under a supposition.
type view struct {
	dataset
	store    *Store
	snapshot *pebble.Snapshot
	over     atomic.Bool // closed
	below    *view       // of a supposed view: the one that it lies over, and closes
}

var _ graph.View = (*view)(nil)

// View implements [graph.Store].
func (s *Store) View() (graph.View, error) {
	s.closing.RLock()
	defer s.closing.RUnlock()
	if s.closed.Load() {
		return nil, fmt.Errorf("pebble: viewing %s: %w", s.path, errClosed)
	}
	s.views.Add(1)
	s.publishing.Lock()
	defer s.publishing.Unlock()
	v := &view{store: s, snapshot: s.db.NewSnapshot()}
	s.version.refs.Add(1)
	v.dataset = dataset{r: v.snapshot, closed: v.over.Load, cache: s.cache, version: s.version}
	return v, nil
}

// Cayley implements [graph.View].
func (v *view) Cayley() cayley.QuadStore { return &quadStore{dataset: &v.dataset} }

// Record implements [graph.View].
func (v *view) Record(ctx context.Context, key string) ([]byte, bool, error) {
	if err := v.ready(ctx); err != nil {
		return nil, false, err
	}
	value, err := get(v.r, keyOfRecord(key))
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("pebble: reading record %q: %w", key, err)
	}
	return value, true, nil
}

// Records implements [graph.View].
func (v *view) Records(ctx context.Context, prefix string) iter.Seq2[graph.Record, error] {
	return func(yield func(graph.Record, error) bool) {
		err := v.records(ctx, prefix, func(r graph.Record) bool { return yield(r, nil) })
		if err != nil {
			yield(graph.Record{}, err)
		}
	}
}

func (v *view) records(ctx context.Context, prefix string, emit func(graph.Record) bool) error {
	if err := v.ready(ctx); err != nil {
		return err
	}
	lower := keyOfRecord(prefix)
	it, err := v.r.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: after(lower)})
	if err != nil {
		return fmt.Errorf("pebble: reading records: %w", err)
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !emit(graph.Record{Key: string(it.Key()[1:]), Value: append([]byte{}, it.Value()...)}) {
			return nil
		}
	}
	if err := it.Error(); err != nil {
		return fmt.Errorf("pebble: reading records: %w", err)
	}
	return nil
}

// Close implements [graph.View].
func (v *view) Close() error {
	if v.over.Swap(true) {
		return nil
	}
	defer v.version.release()
	if v.below != nil {
		return v.below.Close()
	}
	defer v.store.views.Add(-1)
	return v.snapshot.Close()
}
