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
	b, err := s.bulk(ctx, bulkKind{list: o.List, held: o.Held})
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, b.Abort()) }()
	l := newLoader(b, o)
	if err := l.pile.spill.clear(); err != nil { // what a process that was killed has left
		return done, b.failed(err)
	}
	defer func() { err = errors.Join(err, l.pile.spill.clear()) }()
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
	l.ids, l.met, l.fresh = nil, nil, nil
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

// termOverhead is about what a term takes in the map of ids beside its text, in bytes.
const termOverhead = 120

type loader struct {
	bulk *Bulk
	o    graph.BulkOptions
	pile *pile
	read int64 // quads

	ids     map[graph.Term]graph.ID // some terms, of those that the store or the load knows
	size    int                     // of ids, about, in bytes
	most    int                     // of size
	whole   bool                    // ids has every term there is
	met     []graph.Term            // of a batch, to be entered as fresh
	fresh   []graph.Term
	renamed map[graph.Term]graph.Term // blank nodes whose labels the store has for others
	names   map[string]string         // datatypes and languages, each once in memory
}

// newLoader shares the memory out: a quarter for the terms' ids, and the rest for rows.
func newLoader(b *Bulk, o graph.BulkOptions) *loader {
	if o.Memory <= 0 {
		o.Memory = defaultLoadMemory
	}
	return &loader{
		bulk: b, o: o, pile: newPile(b, o.Memory/4*3), most: int(o.Memory / 4),
		ids: map[graph.Term]graph.ID{}, whole: b.first == graph.DefaultGraph+1,
		renamed: map[graph.Term]graph.Term{}, names: map[string]string{},
	}
}

// add turns quads into rows, and writes the rows out when there are too many.
func (l *loader) add(ctx context.Context, quads []graph.Quad) error {
	if l.size > l.most {
		clear(l.ids)
		l.size, l.whole = 0, false
	}
	l.met, l.fresh = l.met[:0], l.fresh[:0]
	for i := range quads {
		q := &quads[i]
		if q.Subject.Kind == graph.KindLiteral || q.Predicate.Kind != graph.KindIRI || q.Graph.Kind == graph.KindLiteral {
			if err := q.Check(); err != nil {
				return fmt.Errorf("%w: %v", err, *q)
			}
		}
		for _, t := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			if err := l.meet(t); err != nil {
				return err
			}
		}
	}
	first, err := l.bulk.Enter(ctx, l.fresh)
	if err != nil {
		return err
	}
	for i, t := range l.met {
		l.ids[t] = first + graph.ID(i)
	}
	for i := range quads {
		q := &quads[i]
		err := l.pile.add(graph.Encoded{
			Subject: l.id(q.Subject), Predicate: l.id(q.Predicate), Object: l.id(q.Object), Graph: l.id(q.Graph)})
		if err != nil {
			return err
		}
	}
	l.read += int64(len(quads))
	return nil
}

// meet sees to it that the map has a term, or will have it when fresh is entered.
func (l *loader) meet(t graph.Term) error {
	if t.IsZero() {
		return nil
	}
	if _, known := l.ids[t]; known {
		return nil
	}
	if t.Datatype != "" {
		if _, inline := graph.Inline(t); inline {
			return nil
		}
	}
	if err := t.Check(); err != nil {
		return err
	}
	t.Value, t.Datatype, t.Language = strings.Clone(t.Value), l.name(t.Datatype), l.name(t.Language)
	l.size += termOverhead + len(t.Value)
	own, renamed := l.renamed[t]
	if !renamed {
		own = t
	}
	if !l.whole {
		id, found, err := l.bulk.Lookup(own)
		if err == nil && found && id < l.bulk.first && t.Kind == graph.KindBlank && !renamed && l.o.OwnBlank != nil {
			own = graph.Blank(l.o.OwnBlank(t.Value))
			l.renamed[t] = own
			id, found, err = l.bulk.Lookup(own)
		}
		if err != nil || found {
			l.ids[t] = id
			return err
		}
	}
	l.ids[t] = 0 // until it is entered
	l.met, l.fresh = append(l.met, t), append(l.fresh, own)
	return nil
}

func (l *loader) name(text string) string {
	if text == "" {
		return ""
	}
	if known, ok := l.names[text]; ok {
		return known
	}
	text = strings.Clone(text)
	l.names[text] = text
	return text
}

// id returns the id of a term that was met.
func (l *loader) id(t graph.Term) graph.ID {
	if t.IsZero() {
		return graph.DefaultGraph
	}
	if id, ok := l.ids[t]; ok {
		return id
	}
	id, _ := graph.Inline(t)
	return id
}
