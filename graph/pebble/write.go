package pebble

import (
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// largestBatch bounds one change, in bytes; Pebble's own bound is 4 GiB.
const largestBatch = 2 << 30

// write puts what the edit changes into its batch.
func (e *edit) write() error {
	delta := map[graph.ID]*[len(uses{})]int64{} // change of uses
	count := func(id graph.ID, at place, by int64) {
		d := delta[id]
		if d == nil {
			d = new([len(uses{})]int64)
			delta[id] = d
		}
		d[at] += by
	}
	for q, p := range e.quads {
		if p.was == p.will {
			continue
		}
		if err := e.alive(); err != nil {
			return err
		}
		r, by := rowOf(q), int64(1)
		if p.was {
			by = -1
		}
		if err := e.writeQuad(r, p.will); err != nil {
			return err
		}
		for at, id := range r {
			count(id, place(at), by)
		}
		e.state.quads += uint64(by)
		if e.batch.Len() > largestBatch {
			return fmt.Errorf("pebble: %d quads are too many for one change; divide it", len(e.quads))
		}
	}
	for id, create := range e.graphs {
		was, err := e.has(keyOfID(rowGraph, id))
		switch {
		case err != nil:
			return err
		case create && !was:
			count(id, created, 1)
			err = e.batch.Set(keyOfID(rowGraph, id), nil, nil)
		case was && !create:
			count(id, created, -1)
			err = e.batch.Delete(keyOfID(rowGraph, id), nil)
		}
		if err != nil {
			return err
		}
	}
	for id, d := range delta {
		if err := e.alive(); err != nil {
			return err
		}
		if err := e.writeUses(id, *d); err != nil {
			return err
		}
	}
	for key, value := range e.records {
		var err error
		if value == nil {
			err = e.batch.Delete(keyOfRecord(key), nil)
		} else {
			err = e.batch.Set(keyOfRecord(key), value, nil)
		}
		if err != nil {
			return err
		}
	}
	if e.batch.Count() == 0 {
		return nil
	}
	return e.batch.Set(keyState, e.state.encode(), nil)
}

func (e *edit) writeQuad(r row, will bool) error {
	var buf [1 + len(r)*idSize]byte
	for _, x := range indexes {
		key := x.appendKey(buf[:0], r, len(r))
		var err error
		if will {
			err = e.batch.Set(key, nil, nil)
		} else {
			err = e.batch.Delete(key, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeUses updates the counts of a term, enters it in the dictionary when it
// is new, and takes it out when nothing uses it any more.
func (e *edit) writeUses(id graph.ID, delta [len(uses{})]int64) error {
	var before uses
	if id < e.fresh {
		var err error
		if before, err = e.store.uses(id); err != nil {
			return err
		}
	}
	now := before
	for at, by := range delta {
		if by < 0 && uint64(-by) > now[at] {
			return fmt.Errorf("pebble: the uses of term %d disagree with the index; the store is damaged", id)
		}
		now[at] += uint64(by)
	}
	if id != graph.DefaultGraph { // which is not a node
		switch {
		case now.inQuads() && !before.inQuads():
			e.state.nodes++
		case before.inQuads() && !now.inQuads():
			e.state.nodes--
		}
	}
	if now.live() {
		if id >= e.fresh {
			if err := e.enter(id); err != nil {
				return err
			}
		}
		return e.batch.Set(keyOfID(rowUses, id), now.encode(), nil)
	}
	if err := e.batch.Delete(keyOfID(rowUses, id), nil); err != nil || id == graph.DefaultGraph {
		return err
	}
	encoded, err := get(e.store.r, keyOfID(rowID, id))
	if err != nil {
		return fmt.Errorf("pebble: reading term %d: %w", id, err)
	}
	return errors.Join(
		e.batch.Delete(keyOfTerm(encoded), nil),
		e.batch.Delete(keyOfID(rowID, id), nil),
	)
}

// enter puts a fresh term into the dictionary.
func (e *edit) enter(id graph.ID) error {
	encoded := appendTerm(nil, e.terms[id-e.fresh])
	return errors.Join(
		e.batch.Set(keyOfTerm(encoded), keyOfID(rowID, id)[1:], nil),
		e.batch.Set(keyOfID(rowID, id), encoded, nil),
	)
}

func (e *edit) has(key []byte) (bool, error) {
	_, closer, err := e.store.r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, closer.Close()
}
