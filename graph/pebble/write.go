package pebble

import (
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// largestBatch bounds one change, in bytes; Pebble's own bound is 4 GiB.
const largestBatch = 2 << 30

// use says how a change changes the uses of a term: the number of quads with it
// in each place, and whether a named graph is created that has the name.
type use struct {
	quads   counts
	created bool // changes to
	changed bool // created does
}

// write puts what the edit changes into its batch, and returns the layer of its
// quads, or nil where they stay as they are.
func (e *edit) write() (*run, error) {
	uses := map[graph.ID]*use{}
	of := func(id graph.ID) *use {
		u := uses[id]
		if u == nil {
			u = new(use)
			uses[id] = u
		}
		return u
	}
	var added, removed []graph.Encoded
	for q, p := range e.quads {
		if p.was == p.will {
			continue
		}
		if err := e.alive(); err != nil {
			return nil, err
		}
		by := int64(1)
		if p.was {
			by = -1
			removed = append(removed, q)
		} else {
			added = append(added, q)
		}
		for at, id := range rowOf(q) {
			of(id).quads[at] += by
		}
		e.state.quads += uint64(by)
	}
	for id, create := range e.graphs {
		was, err := e.has(keyOfID(rowGraph, id))
		switch {
		case err != nil:
			return nil, err
		case create && !was:
			*of(id) = use{of(id).quads, true, true}
			err = e.batch.Set(keyOfID(rowGraph, id), nil, nil)
		case was && !create:
			*of(id) = use{of(id).quads, false, true}
			err = e.batch.Delete(keyOfID(rowGraph, id), nil)
		}
		if err != nil {
			return nil, err
		}
	}
	for id, u := range uses {
		if err := e.alive(); err != nil {
			return nil, err
		}
		if err := e.writeTerm(id, *u); err != nil {
			return nil, err
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
			return nil, err
		}
	}
	if e.batch.Count() == 0 && len(added)+len(removed) == 0 {
		return nil, nil
	}
	if err := e.batch.Set(keyState, e.state.encode(), nil); err != nil {
		return nil, err
	}
	var r *run
	if len(added)+len(removed) > 0 {
		r = newRun(added, removed)
		if err := e.batch.Set(keyOfJournal(e.next), r.encode(), nil); err != nil {
			return nil, err
		}
	}
	if e.batch.Len() > largestBatch {
		return nil, fmt.Errorf("pebble: %d quads are too many for one change; divide it", len(e.quads))
	}
	return r, nil
}

// writeTerm enters a term in the dictionary when it is new, and takes it out
// when nothing uses it any more.
func (e *edit) writeTerm(id graph.ID, u use) error {
	if id == graph.DefaultGraph { // which is no term
		return nil
	}
	was, is, err := e.inQuads(id, u.quads)
	if err != nil {
		return fmt.Errorf("pebble: counting the uses of term %d: %w", id, err)
	}
	switch {
	case is && !was:
		e.state.nodes++
	case was && !is:
		e.state.nodes--
	}
	if id.IsInline() {
		return nil
	}
	if e.unknown(id) {
		return e.enter(id)
	}
	created := u.created
	if !u.changed && !is {
		if created, err = e.has(keyOfID(rowGraph, id)); err != nil {
			return err
		}
	}
	if is || created {
		return nil
	}
	encoded, err := get(e.store.r, keyOfID(rowID, id))
	if err != nil {
		return fmt.Errorf("pebble: reading term %d: %w", id, err)
	}
	return errors.Join(
		e.batch.Delete(keyOfTerm(encoded), nil),
		e.batch.Delete(keyOfID(rowID, id), nil),
		removeWords(e.batch, encoded, id),
	)
}

// inQuads reports whether quads have a term before and after the change.
func (e *edit) inQuads(id graph.ID, change counts) (was, is bool, err error) {
	fewer := false
	for _, by := range change {
		fewer = fewer || by < 0
	}
	if e.unknown(id) {
		return false, change.any(), nil
	}
	if !fewer {
		was, err = e.store.version.inQuads(id)
		return was, was || change.any(), err
	}
	before, err := e.store.version.counts(id)
	if err != nil {
		return false, false, err
	}
	after := before
	for place, by := range change {
		if after[place] += by; after[place] < 0 {
			return false, false, errors.New("they disagree with the quads; the store is damaged")
		}
	}
	return before.any(), after.any(), nil
}

// enter puts a fresh term into the dictionary.
func (e *edit) enter(id graph.ID) error {
	encoded := appendTerm(nil, e.terms[id-e.fresh])
	return errors.Join(
		e.batch.Set(keyOfTerm(encoded), keyOfID(rowID, id)[1:], nil),
		e.batch.Set(keyOfID(rowID, id), encoded, nil),
		addWords(e.batch, e.terms[id-e.fresh], id),
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
