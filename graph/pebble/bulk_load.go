package pebble

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/ententegraph/entente/graph"
)

var _ graph.BulkLoader = (*Store)(nil)

// BulkLoad implements [graph.BulkLoader]: it gives every term its id, sorts
// the quads of ids in each order, in memory or through files beside the store
// where they are too many, and commits them as one segment.
func (s *Store) BulkLoad(ctx context.Context, quads iter.Seq2[[]graph.Quad, error], o graph.BulkOptions) (done graph.Applied, err error) {
	if o.List != "" {
		if err := listName(o.List); err != nil {
			return done, fmt.Errorf("pebble: loading into %s: %w", s.path, err)
		}
	}
	if o.Memory <= 0 {
		o.Memory = defaultLoadMemory
	}
	o.Memory /= 2
	b, err := s.bulk(ctx, bulkKind{list: o.List, held: o.Held, memory: int(o.Memory / 8)})
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, b.Abort()) }()
	l := newLoader(b, o)
	if err := l.pile.spill.clear(); err != nil { // what a process that was killed has left
		return done, b.failed(err)
	}
	defer func() {
		b.stopEntering()
		_ = l.pile.spill.clear() // what is left goes with the next load
	}()
	for batch, err := range quads {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = l.add(ctx, batch)
		}
		if err != nil {
			return done, b.failed(err)
		}
		if o.Progress != nil {
			o.Progress(graph.BulkProgress{Read: l.read})
		}
	}
	l.ids, l.last = nil, [4]metTerm{}
	if b.terms != nil { // the last terms are entered while rows are written
		if _, err := b.terms.flushed(ctx); err != nil {
			return done, b.failed(err)
		}
	}
	if o.Progress != nil {
		l.pile.progress = func(share float64) { o.Progress(graph.BulkProgress{Read: l.read, Written: share}) }
	}
	added, err := l.pile.write(ctx)
	if err != nil {
		return done, b.failed(err)
	}
	return b.finish(ctx, added, o.Records)
}

// finish commits a load with the records that it shall have.
func (b *Bulk) finish(ctx context.Context, rows int64, records func(int64) (map[string][]byte, error)) (graph.Applied, error) {
	if records == nil {
		return b.Commit(ctx, nil)
	}
	notes, err := records(rows)
	if err != nil {
		return graph.Applied{}, err
	}
	return b.Commit(ctx, notes)
}

// failed says of an error from elsewhere what failed.
func (b *Bulk) failed(err error) error {
	if bad, ok := errors.AsType[*graph.SyntaxError](err); ok {
		return bad
	}
	if strings.HasPrefix(err.Error(), "pebble: ") {
		return err
	}
	return fmt.Errorf("pebble: loading into %s: %w", b.store.path, err)
}

// defaultLoadMemory is the memory of a load, in bytes, where none is given.
const defaultLoadMemory = 512 << 20

// termSize is about what a term takes in the map of ids, in bytes.
const termSize = 40

type loader struct {
	bulk *Bulk
	o    graph.BulkOptions
	pile *pile
	read int64 // quads

	ids     map[termHash]graph.ID // of some terms, of those that the store or the load knows
	most    int                   // of ids, by number
	whole   bool                  // ids has every term there is
	next    graph.ID              // that is given to a term
	fresh   []graph.Term          // of a batch, to be entered
	last    [4]metTerm            // by place: quads beside each other share terms
	hash    termHasher
	renamed map[graph.Term]graph.Term // blank nodes whose labels the store has for others
}

// A metTerm is a term with its id. The term must not be kept beyond its batch.
type metTerm struct {
	term graph.Term
	id   graph.ID
}

// newLoader shares the memory out: a quarter for the terms' ids, an eighth for
// entering them, and the rest for rows. Half of the memory is for garbage,
// which Go lets grow to as much as is in use.
func newLoader(b *Bulk, o graph.BulkOptions) *loader {
	return &loader{
		bulk: b, o: o, pile: newPile(b, o.Memory/8*5), most: max(int(o.Memory/4/termSize), 16),
		ids: map[termHash]graph.ID{}, hash: newTermHasher(), next: b.first, whole: b.first == graph.DefaultGraph+1,
		renamed: map[graph.Term]graph.Term{},
	}
}

// add turns quads into rows, and writes the rows out when there are too many.
func (l *loader) add(ctx context.Context, quads []graph.Quad) error {
	if len(l.ids) > l.most {
		if err := l.bulk.Entered(ctx); err != nil {
			return err
		}
		clear(l.ids)
		l.whole = false
	}
	l.fresh, l.last = nil, [4]metTerm{}
	for i := range quads {
		q := &quads[i]
		if q.Subject.Kind == graph.KindLiteral || q.Predicate.Kind != graph.KindIRI || q.Graph.Kind == graph.KindLiteral {
			if err := q.Check(); err != nil {
				return fmt.Errorf("%w: %v", err, *q)
			}
		}
		var e graph.Encoded
		for place, t := range [...]*graph.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
			last := &l.last[place]
			if last.id == 0 || *t != last.term {
				id, err := l.id(t)
				if err != nil {
					return err
				}
				*last = metTerm{*t, id}
			}
			e = e.With(graph.Place(place), last.id)
		}
		if err := l.pile.add(e); err != nil {
			return err
		}
	}
	l.read += int64(len(quads))
	first, err := l.bulk.Enter(ctx, l.fresh)
	if err == nil && first+graph.ID(len(l.fresh)) != l.next {
		err = fmt.Errorf("the terms up to %d were given ids from %d", l.next, first)
	}
	return err
}

// id returns the id of a term, which is a fresh one where neither the store nor the load knew it.
func (l *loader) id(t *graph.Term) (graph.ID, error) {
	if t.IsZero() {
		return graph.DefaultGraph, nil
	}
	hash := l.hash.of(t)
	if id, ok := l.ids[hash]; ok {
		return id, nil
	}
	if t.Datatype != "" {
		if id, inline := graph.Inline(*t); inline {
			return id, nil
		}
	}
	if err := t.Check(); err != nil {
		return 0, err
	}
	own, id, found, err := l.known(*t)
	if err != nil {
		return 0, err
	}
	if !found {
		id = l.next
		l.next++
		l.fresh = append(l.fresh, own)
	}
	l.ids[hash] = id
	return id, nil
}

// known looks a term up that the map has not, and returns it with the label that it has in the store.
func (l *loader) known(t graph.Term) (own graph.Term, id graph.ID, found bool, err error) {
	own, renamed := l.renamed[t]
	if !renamed {
		own = t
	}
	if l.whole {
		return own, 0, false, nil
	}
	id, found, err = l.bulk.Lookup(own)
	if err == nil && found && id < l.bulk.first && t.Kind == graph.KindBlank && !renamed && l.o.OwnBlank != nil {
		own = graph.Blank(l.o.OwnBlank(t.Value))
		l.renamed[graph.Blank(strings.Clone(t.Value))] = own
		id, found, err = l.bulk.Lookup(own)
	}
	return own, id, found, err
}
