package pebble

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/columns"
)

// A Bulk is one change of very many quads, which go to a segment of their own
// without passing through memory. Whoever loads first gets the ids of terms
// (Lookup, and Enter for new ones), then sorts the quads in each order and
// writes them (Writer), and then commits. Other changes wait from the start until
// Commit or Abort, one of which must be called; views go on, and see nothing of
// it before. After a crash nothing is left of a Bulk that was not committed.
//
// Lookup, Enter, and writers of different orders may be used at once.
type Bulk struct {
	store  *Store
	view   *dataset
	number uint64
	first  graph.ID // that the load gave out
	bulkKind

	mu      sync.Mutex
	next    graph.ID
	terms   *enterer // nil before any are entered
	writers map[graph.Order]*BulkWriter
	done    bool
}

// bulkKind says what more a load does, or that it is none.
type bulkKind struct {
	removes bool   // quads, which must be there
	list    string // to be written, or to be removed
	memory  int    // for terms that are being entered, in bytes
	held    func(graph.Encoded) (bool, error)
}

// Bulk begins a load.
func (s *Store) Bulk(ctx context.Context) (*Bulk, error) { return s.bulk(ctx, bulkKind{}) }

func (s *Store) bulk(ctx context.Context, kind bulkKind) (*Bulk, error) {
	if kind.memory == 0 {
		kind.memory = defaultLoadMemory / 8
	}
	for {
		// Quads in memory must not lie over those of the load, which are found absent only with them.
		if !s.readOnly && !s.closed.Load() {
			if err := s.merge(ctx, 0); err != nil {
				return nil, err
			}
		}
		s.changing.Lock()
		err := s.mayChange()
		if err == nil && len(s.version.fresh)+len(s.version.frozen) == 0 {
			break
		}
		s.changing.Unlock()
		if err != nil {
			return nil, fmt.Errorf("pebble: loading into %s: %w", s.path, err)
		}
	}
	v := s.version
	b := &Bulk{
		store: s, number: s.nextSegment(), first: v.state.next, next: v.state.next, writers: map[graph.Order]*BulkWriter{},
		bulkKind: kind, view: &dataset{r: s.db, closed: s.closed.Load, cache: s.cache, version: v},
	}
	if err := b.mark(); err != nil {
		s.changing.Unlock()
		return nil, fmt.Errorf("pebble: loading into %s: %w", s.path, err)
	}
	return b, nil
}

// mark makes durable that a load is under way.
func (b *Bulk) mark() error {
	value := keyOfID(rowID, b.first)
	if b.list != "" && !b.removes {
		there, err := hasList(b.store.db, b.list)
		if err != nil {
			return err
		}
		if there {
			return fmt.Errorf("there is a list %q already", b.list)
		}
		value = append(value, b.list...)
	}
	batch := b.store.db.NewBatch()
	return errors.Join(batch.Set(keyBulk, value, nil), b.write(batch, pebble.Sync), batch.Close())
}

// Lookup returns the id of a term that is inline or that the store knows, and
// false for one that must be entered first.
func (b *Bulk) Lookup(t graph.Term) (graph.ID, bool, error) {
	id, found, err := lookUp(b.store.db, t)
	if err != nil {
		return 0, false, fmt.Errorf("pebble: looking up %s: %w", t, err)
	}
	return id, found, nil
}

// Enter gives out ids, in sequence from the one that it returns, for terms that
// Lookup does not find, each entered once and part of a quad that will be
// written. The slice belongs to the load from then on. Lookup may find the terms only after Entered.
func (b *Bulk) Enter(ctx context.Context, terms []graph.Term) (graph.ID, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	first := b.next
	if len(terms) == 0 {
		return first, nil
	}
	if b.terms == nil {
		b.terms = newEnterer(b.store, b.memory)
	}
	if err := b.terms.put(ctx, first, terms); err != nil {
		return 0, err
	}
	b.next += graph.ID(len(terms))
	return first, nil
}

// Entered waits until Lookup finds all terms that were entered.
func (b *Bulk) Entered(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.terms == nil {
		return nil
	}
	return b.terms.wait(ctx)
}

// stopEntering gives terms up that are not in the dictionary yet.
func (b *Bulk) stopEntering() {
	if b.terms != nil {
		b.terms.stop()
		b.terms = nil
	}
}

func (b *Bulk) write(batch *pebble.Batch, o *pebble.WriteOptions) (err error) {
	defer b.store.catch(&err)
	return batch.Commit(o)
}

// A BulkWriter writes the quads of a load in one order.
type BulkWriter struct {
	bulk    *Bulk
	file    vfs.File
	out     *bufio.Writer
	columns *columns.Writer
	last    graph.Encoded
	begun   bool
	order   graph.Order
	present *lookAhead // over what the store has already
	known   []graph.ID // ids of the first place that the load did not give out
	rows    []graph.Encoded
	list    *listWriter // of the order SPOG, where a list is kept
}

// Writer begins to write in an order. Each order must be written once.
func (b *Bulk) Writer(o graph.Order) (*BulkWriter, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done || b.writers[o] != nil || o == graph.Unordered {
		return nil, fmt.Errorf("pebble: loading into %s: the order %s cannot be written now", b.store.path, o)
	}
	present, err := newScanner(b.view, b.view.version.layers, access{order: o})
	if err != nil {
		return nil, fmt.Errorf("pebble: loading into %s: %w", b.store.path, err)
	}
	file, err := b.store.folder.fs.Create(b.store.folder.file(b.number, o, b.removes), vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, fmt.Errorf("pebble: loading into %s: %w", b.store.path, err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	w := &BulkWriter{bulk: b, file: file, out: out, columns: columns.NewWriter(out, o), order: o, present: &lookAhead{order: o, scanner: present}}
	if o == graph.SPOG && b.list != "" && !b.removes {
		w.list = &listWriter{bulk: b, key: keyOfList(b.list)}
	}
	b.writers[o] = w
	return w, nil
}

// Append writes quads of ids, sorted in the order of the writer and after all
// before them. Repeated ones are left out, and those that the store has already
// (that it has not, when they are to be removed).
func (w *BulkWriter) Append(ctx context.Context, rows []graph.Encoded) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	place := w.order.Places()[0]
	collect := w.order == byPlace[place]
	w.rows = w.rows[:0]
	for _, e := range rows {
		if w.begun && e == w.last {
			continue
		}
		there, err := w.present.has(ctx, e)
		if err == nil && w.list != nil {
			err = w.enlist(e, there)
		}
		if err != nil {
			return fmt.Errorf("pebble: loading into %s: %w", w.bulk.store.path, err)
		}
		if there == w.bulk.removes {
			id := e.At(place)
			if collect && (id < w.bulk.first || id.IsInline()) && id != graph.DefaultGraph &&
				(len(w.known) == 0 || w.known[len(w.known)-1] != id) {
				w.known = append(w.known, id)
			}
			w.rows = append(w.rows, e)
		}
		w.last, w.begun = e, true
	}
	if err := w.columns.Append(w.rows); err != nil {
		return fmt.Errorf("pebble: loading into %s: %w", w.bulk.store.path, err)
	}
	return nil
}

// enlist adds a quad to the list that is kept.
func (w *BulkWriter) enlist(e graph.Encoded, there bool) (err error) {
	l := graph.Listed{Quad: e}
	if there && w.bulk.held != nil {
		l.Held, err = w.bulk.held(e)
	}
	return errors.Join(err, w.list.add(l))
}

// Close ends the file and waits until it is on disk. It must be called before Commit.
func (w *BulkWriter) Close() error {
	if w.file == nil {
		return nil
	}
	err := errors.Join(w.columns.Finish(), w.out.Flush(), w.file.Sync(), w.file.Close())
	w.file = nil
	if w.list != nil {
		err = errors.Join(err, w.list.flush(-1))
	}
	if err != nil {
		return fmt.Errorf("pebble: loading into %s: %w", w.bulk.store.path, err)
	}
	return nil
}

// Commit makes all that was written part of the store, together with records
// (see [graph.Change]), and ends the load. When it fails, the load is undone.
func (b *Bulk) Commit(ctx context.Context, records map[string][]byte) (done graph.Applied, err error) {
	if b.done {
		return done, fmt.Errorf("pebble: loading into %s: %w", b.store.path, errClosed)
	}
	err = errors.Join(b.store.room(), b.Entered(ctx))
	var seg *segment
	if err == nil {
		seg, err = b.segment()
	}
	if err == nil {
		err = b.commit(ctx, seg, records)
	}
	if err != nil {
		if seg != nil && seg.refs.Load() == 0 {
			seg.free()
		}
		return done, errors.Join(fmt.Errorf("pebble: loading into %s: %w", b.store.path, err), b.Abort())
	}
	b.done = true
	b.stopEntering()
	b.store.changing.Unlock()
	b.store.rouse()
	if seg != nil {
		done.Added, done.Removed = seg.Added, seg.Removed
	}
	return done, nil
}

// segment opens the files that were written, or returns nil where they are empty.
func (b *Bulk) segment() (*segment, error) {
	d := description{Number: b.number}
	rows := &d.Added
	if b.removes {
		rows = &d.Removed
	}
	for i, o := range graph.Orders() {
		w := b.writers[o]
		switch {
		case w == nil:
			return nil, fmt.Errorf("the order %s was not written", o)
		case w.file != nil:
			return nil, fmt.Errorf("the writer of the order %s was not closed", o)
		case i == 0:
			*rows = w.columns.Len()
		case *rows != w.columns.Len():
			return nil, fmt.Errorf("%d quads were written in the order %s, and %d in the order %s", *rows, graph.SPOG, w.columns.Len(), o)
		}
	}
	if err := b.store.folder.sync(); err != nil || *rows == 0 {
		b.store.folder.remove(b.number)
		return nil, err
	}
	return b.store.folder.open(d)
}

func (b *Bulk) commit(ctx context.Context, seg *segment, records map[string][]byte) error {
	s, old := b.store, b.view.version
	segments := slices.Clone(old.segments)
	if seg != nil {
		segments = slices.Insert(segments, 0, seg)
		seg.refs.Add(1) // so that a version that is given up does not free it before Commit does
		defer seg.refs.Add(-1)
	}
	v := newVersion(nil, nil, segments, old.state)
	unused, err := b.count(ctx, seg, v)
	if err != nil {
		v.release()
		return err
	}
	batch := s.db.NewBatch()
	defer batch.Close()
	err = errors.Join(
		batch.Set(keyManifest, manifestOf(segments), nil),
		batch.Set(keyState, v.state.encode(), nil),
		batch.Delete(keyBulk, nil),
	)
	if b.removes {
		list := keyOfList(b.list)
		err = errors.Join(err, batch.DeleteRange(list, after(list), nil), batch.Set(keySweep, nil, nil))
	}
	for key, value := range records {
		if value == nil {
			err = errors.Join(err, batch.Delete(keyOfRecord(key), nil))
		} else {
			err = errors.Join(err, batch.Set(keyOfRecord(key), value, nil))
		}
	}
	if err != nil {
		v.release()
		return err
	}
	if s.sync {
		err = s.commit(batch, v)
	} else {
		err = s.apply(batch, v)
	}
	if err != nil || !b.removes {
		return err
	}
	// The step is made; what is left to do is done when the store is opened again, if not now.
	_ = s.sweep(func(do func(graph.ID) error) error {
		for _, id := range unused {
			if err := do(id); err != nil {
				return err
			}
		}
		return nil
	})
	return nil
}

// count enters in the state of the version after a load what that did, and
// returns the terms that no quad has any more.
func (b *Bulk) count(ctx context.Context, seg *segment, v *version) (unused []graph.ID, err error) {
	if seg == nil {
		if b.next > b.first {
			return nil, fmt.Errorf("%d terms were entered, and no quads written", b.next-b.first)
		}
		return nil, nil
	}
	v.state.quads += uint64(seg.Added - seg.Removed)
	v.state.next = b.next
	if b.removes {
		unused, err = b.unused(ctx, v)
		v.state.nodes -= uint64(len(unused))
		return unused, err
	}
	fresh, err := b.newNodes(ctx, b.view.version)
	v.state.nodes += fresh
	return nil, err
}

// newNodes counts the terms that are part of a quad for the first time.
func (b *Bulk) newNodes(ctx context.Context, before *version) (uint64, error) {
	first, err := b.unused(ctx, before)
	return uint64(b.next-b.first) + uint64(len(first)), err
}

// unused returns the terms in what was written, but for those that were entered
// by the load, that no quad of a version has.
func (b *Bulk) unused(ctx context.Context, in *version) ([]graph.ID, error) {
	var known []graph.ID
	for _, o := range byPlace {
		known = append(known, b.writers[o].known...)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	unused := known[:0]
	for i, id := range known {
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		used, err := in.inQuads(id)
		if err != nil {
			return nil, err
		}
		if !used {
			unused = append(unused, id)
		}
	}
	return unused, nil
}

// Abort undoes the load and ends it. After Commit it does nothing.
func (b *Bulk) Abort() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return nil
	}
	b.done = true
	b.stopEntering()
	defer b.store.changing.Unlock()
	for _, w := range b.writers {
		if w.file != nil {
			w.file.Close()
		}
	}
	if b.store.failed.Load() != nil { // whether it was committed shows when the store is opened again
		return nil
	}
	b.store.folder.remove(b.number)
	_ = newSpill(b.store).clear() // what is left goes with the next load
	if err := b.store.undoBulk(); err != nil {
		return fmt.Errorf("pebble: undoing a load into %s: %w; it is undone when the store is opened again", b.store.path, err)
	}
	return nil
}

// undoBulk takes the terms of a load that was not committed out of the dictionary.
//
// Until that is done the store must not change: it would give out the same ids once more.
func (s *Store) undoBulk() (err error) {
	defer s.catch(&err)
	from, err := get(s.db, keyBulk)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(from) < 1+idSize {
		return fmt.Errorf("the row %s has %d bytes; the store is damaged", keyBulk, len(from))
	}
	from, list := from[:1+idSize], string(from[1+idSize:])
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: from, UpperBound: []byte{rowID + 1}})
	if err != nil {
		return err
	}
	defer it.Close()
	batch := s.db.NewBatch()
	defer func() { batch.Close() }()
	for ok := it.First(); ok; ok = it.Next() {
		key := append([]byte(nil), it.Key()...)
		err := errors.Join(
			batch.Delete(keyOfTerm(it.Value()), nil),
			batch.Delete(key, nil),
			removeWords(batch, it.Value(), graph.ID(binary.BigEndian.Uint64(key[1:]))),
		)
		if err != nil {
			return err
		}
		if batch.Len() > 1<<20 {
			if err := errors.Join(batch.Commit(pebble.NoSync), batch.Close()); err != nil {
				return err
			}
			batch = s.db.NewBatch()
		}
	}
	if list != "" {
		key := keyOfList(list)
		if err := batch.DeleteRange(key, after(key), nil); err != nil {
			return err
		}
	}
	return errors.Join(it.Error(), batch.Delete(keyBulk, nil), batch.Commit(pebble.Sync))
}

// published reports whether a version knows an id, which may have been given
// out by a load that is not committed.
func (v *version) published(id graph.ID) bool {
	return id.IsInline() || id < v.state.next
}
