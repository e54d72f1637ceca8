package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// BulkRemove implements [graph.BulkLoader]: it makes a segment that takes the quads of a list away.
func (s *Store) BulkRemove(ctx context.Context, list string, o graph.BulkRemoval) (done graph.Applied, err error) {
	if err := listName(list); err != nil {
		return done, fmt.Errorf("pebble: removing from %s: %w", s.path, err)
	}
	b, err := s.bulk(ctx, bulkKind{removes: true, list: list})
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, b.Abort()) }()
	if o.Memory <= 0 {
		o.Memory = defaultLoadMemory
	}
	p := newPile(b, o.Memory/2) // the other half is for garbage
	if err := p.spill.clear(); err != nil {
		return done, b.failed(err)
	}
	defer func() { _ = p.spill.clear() }() // what is left goes with the next load
	if err := p.take(ctx, list, o.Keep); err != nil {
		return done, b.failed(err)
	}
	removed, err := p.write(ctx)
	if err != nil {
		return done, b.failed(err)
	}
	return b.finish(ctx, removed, o.Records)
}

// take piles up the quads of a list that the store has and that shall not stay.
func (p *pile) take(ctx context.Context, list string, keep func(graph.Listed) (bool, error)) error {
	b := p.bulk
	present, err := newScanner(b.view, b.view.version.layers, access{order: graph.SPOG})
	if err != nil {
		return err
	}
	stored := &lookAhead{order: graph.SPOG, scanner: present}
	return eachListed(ctx, b.store.db, list, func(l graph.Listed) error {
		there, err := stored.has(ctx, l.Quad)
		if err != nil || !there {
			return err
		}
		stays, err := keep(l)
		if err != nil || stays {
			return err
		}
		return p.add(l.Quad)
	})
}

// sweep takes terms out of the dictionary, all of those that each gives to do,
// which no quad has. Names of graphs that were created stay.
func (s *Store) sweep(each func(do func(graph.ID) error) error) (err error) {
	defer s.catch(&err)
	batch := s.db.NewBatch()
	defer func() { batch.Close() }()
	err = each(func(id graph.ID) error {
		if id.IsInline() {
			return nil
		}
		if err := s.forget(batch, id); err != nil || batch.Len() < 1<<20 {
			return err
		}
		if err := errors.Join(batch.Commit(pebble.NoSync), batch.Close()); err != nil {
			return err
		}
		batch = s.db.NewBatch()
		return nil
	})
	if err != nil {
		return err
	}
	return errors.Join(batch.Delete(keySweep, nil), batch.Commit(pebble.Sync))
}

// forget takes a term out of the dictionary, unless a graph that was created has the name.
func (s *Store) forget(batch *pebble.Batch, id graph.ID) error {
	_, err := get(s.db, keyOfID(rowGraph, id))
	if !errors.Is(err, pebble.ErrNotFound) {
		return err
	}
	encoded, err := get(s.db, keyOfID(rowID, id))
	if err != nil {
		return fmt.Errorf("reading term %d: %w", id, err)
	}
	return errors.Join(
		batch.Delete(keyOfTerm(encoded), nil),
		batch.Delete(keyOfID(rowID, id), nil),
		removeWords(batch, encoded, id),
	)
}

// sweepAll does what a removal that was cut off after its step has left to do.
func (s *Store) sweepAll() error {
	_, err := get(s.db, keySweep)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.sweep(func(do func(graph.ID) error) error {
		return s.rows([]byte{rowID}, func(key, _ []byte) error {
			id := graph.ID(binary.BigEndian.Uint64(key[1:]))
			if used, err := s.version.inQuads(id); err != nil || used {
				return err
			}
			return do(id)
		})
	})
}
