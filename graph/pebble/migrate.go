package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// migrate brings a store of an older format to this one, one format at a time.
func (s *Store) migrate(format int) error {
	if format < 2 {
		if err := s.toColumns(); err != nil {
			return err
		}
	}
	return s.indexWords()
}

// toColumns brings a store of format 1 to format 2. That kept all quads in four
// indexes of the database, SPOG in rows that begin with "1", counted uses in rows
// "u", and had all terms in the dictionary. Until the last step, which is one
// batch, the store is as it was.
func (s *Store) toColumns() error {
	b := s.db.NewBatch()
	defer b.Close()
	inline := map[graph.ID]graph.ID{}
	err := s.rows([]byte{rowID}, func(key, value []byte) error {
		t, err := decodeTerm(value)
		if err != nil {
			return err
		}
		if id, ok := graph.Inline(t); ok {
			inline[graph.ID(binary.BigEndian.Uint64(key[1:]))] = id
			return errors.Join(b.Delete(key, nil), b.Delete(keyOfTerm(value), nil))
		}
		return nil
	})
	if err != nil {
		return err
	}
	var quads []graph.Encoded
	err = s.rows([]byte("1"), func(key, _ []byte) error {
		if len(key) != 1+4*idSize {
			return fmt.Errorf("index 1 holds a key of %d bytes; the store is damaged", len(key))
		}
		var e graph.Encoded
		for place := range graph.Place(4) {
			id := graph.ID(binary.BigEndian.Uint64(key[1+int(place)*idSize:]))
			if other, ok := inline[id]; ok {
				id = other
			}
			e = e.With(place, id)
		}
		quads = append(quads, e)
		return nil
	})
	if err != nil {
		return err
	}
	number, err := s.folder.tidy(nil, s.readOnly)
	if err != nil {
		return err
	}
	seg, err := s.folder.write(context.Background(), number, []layer{newRun(quads, nil)})
	if err != nil {
		return err
	}
	var segments []*segment
	if seg != nil {
		defer seg.free()
		segments = append(segments, seg)
	}
	return errors.Join(
		b.DeleteRange([]byte("1"), []byte("5"), nil),
		b.DeleteRange([]byte("u"), []byte("v"), nil),
		b.Set(keyManifest, manifestOf(segments), nil),
		b.Set(keyFormat, []byte("2"), nil),
		b.Commit(pebble.Sync),
	)
}

// rows calls do for each row whose key has the prefix.
func (s *Store) rows(prefix []byte, do func(key, value []byte) error) error {
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return err
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		if err := do(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}
