package pebble

import (
	"context"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// errReadOnly is wrapped by the error of changing a store that was opened read-only.
var errReadOnly = errors.New("opened read-only")

// Apply implements [graph.Store]. The counts are net: a quad that is removed
// and added again by the same change counts as neither.
func (s *Store) Apply(ctx context.Context, c graph.Change) (graph.Applied, error) {
	var done graph.Applied
	err := s.change(ctx, func(e *edit) error {
		if err := e.plan(c); err != nil {
			return err
		}
		done = e.counts()
		return nil
	})
	if err != nil {
		return graph.Applied{}, err
	}
	return done, nil
}

// change runs one change from plan to disk. Nothing is written, in the store or
// in memory, unless everything is. Changes are planned one after the other, and
// wait for the disk together.
func (s *Store) change(ctx context.Context, plan func(*edit) error) error {
	b, err := s.plan(ctx, plan)
	if err != nil || b == nil {
		return err
	}
	defer b.Close()
	if err := s.wait(b); err != nil {
		return fmt.Errorf("pebble: changing %s: %w", s.path, err)
	}
	return nil
}

// plan makes a change visible, and returns the batch to wait for, or nil where nothing changes.
func (s *Store) plan(ctx context.Context, plan func(*edit) error) (*pebble.Batch, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.mayChange(); err != nil {
		return nil, fmt.Errorf("pebble: changing %s: %w", s.path, err)
	}
	e := newEdit(ctx, s)
	keep := false
	defer func() {
		if !keep {
			e.batch.Close()
		}
	}()
	if err := plan(e); err != nil {
		return nil, err
	}
	r, err := e.write()
	if err != nil || e.batch.Count() == 0 {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	fresh := s.version.fresh
	if r != nil {
		fresh = pushed(fresh, r)
	}
	v := newVersion(fresh, s.version.frozen, s.version.segments, e.state)
	if err := s.apply(e.batch, v); err != nil {
		return nil, fmt.Errorf("pebble: changing %s: %w", s.path, err)
	}
	if r != nil {
		s.journal++
	}
	if inMemory(fresh) >= s.mergeAt {
		s.rouse()
	}
	keep = true
	return e.batch, nil
}

// mayChange returns the error that keeps the store from being changed. It waits
// while much more is in memory than should be. The caller holds changing.
func (s *Store) mayChange() error {
	const most = 4 // times what should be in memory
	if err := s.room(); err != nil {
		return err
	}
	for tried := s.attempts; ; {
		failed := s.failed.Load()
		switch {
		case s.closed.Load():
			return errClosed
		case s.readOnly:
			return errReadOnly
		case failed != nil:
			return *failed
		case inMemory(s.version.fresh)+inMemory(s.version.frozen) < most*s.mergeAt:
			return nil
		case s.attempts > tried && s.mergeErr != nil:
			return fmt.Errorf("what is in memory cannot be written to columns: %w", s.mergeErr)
		}
		s.rouse()
		s.merged.Wait()
	}
}

// rouse has settle look whether there is something to merge.
func (s *Store) rouse() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// presence tells whether a quad is in the store before and after a change.
type presence struct{ was, will bool }

// edit is a change under way: what the store will hold, over what it holds.
type edit struct {
	ctx     context.Context
	store   *dataset
	batch   *pebble.Batch
	next    uint64 // row of the journal
	state   state
	fresh   graph.ID // ids from here on are given out by this change
	ids     map[graph.Term]graph.ID
	terms   []graph.Term // of the fresh ids, in order
	quads   map[graph.Encoded]presence
	graphs  map[graph.ID]bool // named graphs that are created (true) or dropped
	records map[string][]byte
	steps   int
}

func newEdit(ctx context.Context, s *Store) *edit {
	return &edit{
		ctx:    ctx,
		store:  &dataset{r: s.db, closed: s.closed.Load, cache: s.cache, version: s.version},
		batch:  s.db.NewBatch(),
		next:   s.journal,
		state:  s.version.state,
		fresh:  s.version.state.next,
		ids:    map[graph.Term]graph.ID{},
		quads:  map[graph.Encoded]presence{},
		graphs: map[graph.ID]bool{},
	}
}

// alive fails once the context is done; it looks only now and then.
func (e *edit) alive() error {
	if e.steps++; e.steps%256 == 1 {
		return e.ctx.Err()
	}
	return nil
}

// plan enters a whole change.
func (e *edit) plan(c graph.Change) error {
	for i, q := range c.Add {
		if err := e.alive(); err != nil {
			return err
		}
		if err := q.Check(); err != nil {
			return fmt.Errorf("pebble: quad %d to add (%s): %w", i+1, q, err)
		}
	}
	for _, t := range c.DropGraphs {
		if t.IsZero() {
			return errors.New("pebble: graphs to drop: the default graph cannot be dropped")
		}
		if err := e.dropGraph(t); err != nil {
			return err
		}
	}
	for _, q := range c.Remove {
		if err := e.alive(); err != nil {
			return err
		}
		enc, known, err := e.encode(q, false)
		if err != nil {
			return err
		}
		if known {
			if err := e.set(enc, false); err != nil {
				return err
			}
		}
	}
	for _, q := range c.Add {
		if err := e.alive(); err != nil {
			return err
		}
		enc, _, err := e.encode(q, true)
		if err != nil {
			return err
		}
		if err := e.set(enc, true); err != nil {
			return err
		}
	}
	for _, t := range c.CreateGraphs {
		if err := t.Check(); err != nil {
			return fmt.Errorf("pebble: graphs to create: %w", err)
		}
		if t.Kind == graph.KindLiteral {
			return fmt.Errorf("pebble: graphs to create: %s cannot name a graph", t)
		}
		id, _, err := e.id(t, true)
		if err != nil {
			return err
		}
		e.graphs[id] = true
	}
	e.records = c.Records
	return nil
}

func (e *edit) dropGraph(name graph.Term) error {
	id, known, err := e.id(name, false)
	if err != nil || !known {
		return err
	}
	e.graphs[id] = false
	return e.store.scan(e.ctx, graph.Pattern{Graph: id}, graph.Unordered, func(batch []graph.Encoded) bool {
		for _, enc := range batch {
			e.quads[enc] = presence{was: true}
		}
		return true
	})
}

// id returns the id of a term. A term that the store does not know gets a fresh
// one where allocate is set, and none otherwise.
func (e *edit) id(t graph.Term, allocate bool) (graph.ID, bool, error) {
	if id, ok := e.ids[t]; ok {
		return id, true, nil
	}
	id, known, err := lookUp(e.store.r, t)
	if err != nil {
		return 0, false, fmt.Errorf("pebble: looking up %s: %w", t, err)
	}
	if !known {
		if !allocate {
			return 0, false, nil
		}
		id = e.state.next
		e.state.next++
		e.terms = append(e.terms, t)
	}
	e.ids[t] = id
	return id, true, nil
}

// encode returns the ids of a quad, and false where it has a term without one.
func (e *edit) encode(q graph.Quad, allocate bool) (graph.Encoded, bool, error) {
	var r row
	for at, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		id, known, err := e.id(t, allocate)
		if err != nil || !known {
			return graph.Encoded{}, false, err
		}
		r[at] = id
	}
	return r.encoded(), true, nil
}

// presence tells how a quad stands at this point of the change.
func (e *edit) presence(q graph.Encoded) (presence, error) {
	if p, ok := e.quads[q]; ok {
		return p, nil
	}
	r := rowOf(q)
	for _, id := range r {
		if e.unknown(id) {
			return presence{}, nil
		}
	}
	there, err := has(e.store.version.layers, q)
	if err != nil {
		return presence{}, fmt.Errorf("pebble: looking for a quad: %w", err)
	}
	return presence{was: there, will: there}, nil
}

// unknown reports whether an id is given out by this change.
func (e *edit) unknown(id graph.ID) bool { return id >= e.fresh && !id.IsInline() }

// set enters that the store will, or will not, hold a quad.
func (e *edit) set(q graph.Encoded, will bool) error {
	p, err := e.presence(q)
	if err != nil {
		return err
	}
	p.will = will
	e.quads[q] = p
	return nil
}

func (e *edit) counts() graph.Applied {
	var n graph.Applied
	for _, p := range e.quads {
		switch {
		case p.will && !p.was:
			n.Added++
		case p.was && !p.will:
			n.Removed++
		}
	}
	return n
}
