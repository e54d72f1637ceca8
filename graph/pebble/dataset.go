package pebble

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// dataset answers patterns from a version of the store, or from the newest at each time.
type dataset struct {
	r       pebble.Reader
	closed  func() bool
	cache   *termCache
	version *version
	live    *Store  // set where the newest version is read
	staged  *staged // terms of a supposed view; nil for others
}

var (
	_ graph.Dataset    = (*dataset)(nil)
	_ graph.Seeker     = (*dataset)(nil)
	_ graph.TermReader = (*dataset)(nil)
	_ graph.Counter    = (*dataset)(nil)
)

// ready returns the error that keeps the dataset from being read.
func (d *dataset) ready(ctx context.Context) error {
	if d.closed() {
		return fmt.Errorf("pebble: reading: %w", errClosed)
	}
	return ctx.Err()
}

// Scan implements [graph.Dataset].
func (d *dataset) Scan(ctx context.Context, p graph.Pattern, o graph.Order) iter.Seq2[[]graph.Encoded, error] {
	return func(yield func([]graph.Encoded, error) bool) {
		err := d.scan(ctx, p, o, func(batch []graph.Encoded) bool { return yield(batch, nil) })
		if err != nil {
			yield(nil, err)
		}
	}
}

func (d *dataset) scan(ctx context.Context, p graph.Pattern, o graph.Order, emit func([]graph.Encoded) bool) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	v := d.pin()
	defer d.unpin(v)
	c, err := d.open(ctx, v, p, o)
	if err != nil {
		return err
	}
	for {
		rows, err := c.Next(ctx)
		if err != nil || len(rows) == 0 || !emit(rows) {
			return err
		}
	}
}

// Cursor implements [graph.Seeker].
func (d *dataset) Cursor(ctx context.Context, p graph.Pattern, o graph.Order) (graph.Cursor, error) {
	if err := d.ready(ctx); err != nil {
		return nil, err
	}
	v := d.pin()
	c, err := d.open(ctx, v, p, o)
	if err != nil || d.live == nil {
		return c, err
	}
	return &pinnedCursor{Cursor: c, release: v.release}, nil
}

// pinnedCursor keeps the version that it reads from being given up.
type pinnedCursor struct {
	graph.Cursor
	release func()
}

// Close implements graph.Cursor.
func (c *pinnedCursor) Close() error {
	if c.release != nil {
		c.release()
		c.release = nil
	}
	return c.Cursor.Close()
}

// sortedHere is up to how many rows are sorted in memory where no order of the
// store gives them in the order that is asked for by a range.
const sortedHere = 1 << 20

// open returns a cursor over a version. Some patterns that bind the graph and
// more have no range in every order: they are sorted, or sieved out of the whole.
func (d *dataset) open(ctx context.Context, v *version, p graph.Pattern, o graph.Order) (graph.Cursor, error) {
	a := accessOf(p, o)
	if a.filter {
		exact := accessOf(p, graph.Unordered)
		n, err := count(v.layers, exact)
		if err != nil {
			return nil, fmt.Errorf("pebble: scanning: %w", err)
		}
		if n <= sortedHere {
			s, err := newScanner(d, v.layers, exact)
			if err != nil {
				return nil, fmt.Errorf("pebble: scanning: %w", err)
			}
			var rows []graph.Encoded
			for {
				batch, err := s.Next(ctx)
				if err != nil {
					return nil, err
				}
				if len(batch) == 0 {
					break
				}
				rows = append(rows, batch...)
			}
			slices.SortFunc(rows, o.Compare)
			a = access{order: o, pattern: p}
			return &scanner{access: a, view: d, chunk: firstBatch, heads: []*head{
				{source: &permuted{rows: rows, order: o}, end: int64(len(rows)), sign: 1},
			}}, nil
		}
	}
	s, err := newScanner(d, v.layers, a)
	if err != nil {
		return nil, fmt.Errorf("pebble: scanning: %w", err)
	}
	return s, nil
}

// Estimate implements [graph.Dataset]. It is always exact.
func (d *dataset) Estimate(ctx context.Context, p graph.Pattern) (n int64, exact bool, err error) {
	if err := d.ready(ctx); err != nil {
		return 0, false, err
	}
	v := d.pin()
	defer d.unpin(v)
	n, err = count(v.layers, accessOf(p, graph.Unordered))
	if err != nil {
		return 0, false, fmt.Errorf("pebble: counting: %w", err)
	}
	return n, true, nil
}

// Statistics implements [graph.Counter]. Numbers of different subjects and
// objects are exact as long as one layer has all quads of the predicate and none takes any away.
func (d *dataset) Statistics(ctx context.Context, predicate graph.ID) (graph.Statistics, error) {
	if err := d.ready(ctx); err != nil {
		return graph.Statistics{}, err
	}
	v := d.pin()
	defer d.unpin(v)
	s, err := v.statistics(predicate)
	if err != nil {
		return s, fmt.Errorf("pebble: counting: %w", err)
	}
	return s, nil
}

func (v *version) statistics(predicate graph.ID) (s graph.Statistics, err error) {
	p := graph.Pattern{Predicate: predicate}
	if s.Quads, err = count(v.layers, accessOf(p, graph.Unordered)); err != nil || s.Quads == 0 {
		s.Exact = true
		return s, err
	}
	layers := 0
	for _, l := range v.layers {
		var n [2]int64
		for i, o := range [2]graph.Order{graph.PSOG, graph.POSG} {
			switch l := l.(type) {
			case *segment:
				if f := l.file(o, false); f != nil {
					n[i] = f.Group(predicate).Second
				}
			case *run:
				n[i] = l.added.distinct(o, predicate)
			}
		}
		s.Subjects += n[0]
		s.Objects += n[1]
		if _, removed := l.size(); n[0] > 0 || removed > 0 {
			layers++
		}
	}
	s.Exact = layers == 1
	s.Subjects, s.Objects = min(s.Subjects, s.Quads), min(s.Objects, s.Quads)
	return s, nil
}

// distinct returns how many different ids follow a predicate in an order.
func (s *sorted) distinct(o graph.Order, predicate graph.ID) (n int64) {
	if len(s.rows) == 0 {
		return 0
	}
	p := s.in(o)
	place := o.Places()[1]
	at, _ := p.RankFrom(0, graph.Encoded{Predicate: predicate})
	for last := graph.Any; int(at) < len(s.rows) && p.row(int(at)).Predicate == predicate; at++ {
		if id := p.row(int(at)).At(place); id != last {
			n, last = n+1, id
		}
	}
	return n
}

// ID implements [graph.Dataset].
func (d *dataset) ID(ctx context.Context, t graph.Term) (graph.ID, bool, error) {
	if err := d.ready(ctx); err != nil {
		return 0, false, err
	}
	id, found := d.staged.id(t)
	var err error
	if !found {
		id, found, err = lookUp(d.r, t)
		found = found && !d.staged.holds(id) // which would be of a load that is not committed
	}
	if err == nil && found {
		v := d.pin()
		defer d.unpin(v)
		found = v.published(id)
		switch {
		case found && id.IsInline():
			found, err = v.inQuads(id)
		case found && d.staged != nil:
			found, err = d.used(v, id)
		}
	}
	if err != nil {
		return 0, false, fmt.Errorf("pebble: looking up %s: %w", t, err)
	}
	if !found {
		id = 0
	}
	return id, found, nil
}

// lookUp finds the id of a term. Those of inline terms are found whether a quad has them or not.
func lookUp(r pebble.Reader, t graph.Term) (graph.ID, bool, error) {
	switch t.Kind {
	case graph.KindNone:
		return graph.DefaultGraph, t.IsZero(), nil
	case graph.KindTriple:
		return 0, false, nil
	}
	if id, ok := graph.Inline(t); ok {
		return id, true, nil
	}
	var buf [longestKey]byte
	v, closer, err := r.Get(keyOfTerm(appendTerm(buf[:0], t)))
	if errors.Is(err, pebble.ErrNotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	defer closer.Close()
	if len(v) != idSize {
		return 0, false, fmt.Errorf("an id has %d bytes; the store is damaged", len(v))
	}
	return graph.ID(binary.BigEndian.Uint64(v)), true, nil
}

// Term implements [graph.Dataset].
func (d *dataset) Term(ctx context.Context, id graph.ID) (graph.Term, error) {
	if err := d.ready(ctx); err != nil {
		return graph.Term{}, err
	}
	t, err := d.term(id)
	if err != nil {
		return graph.Term{}, fmt.Errorf("pebble: reading term %d: %w", id, err)
	}
	return t, nil
}

var errNoTerm = errors.New("no term has this id")

// atHand returns the terms that need no look into the dictionary.
func (d *dataset) atHand(id graph.ID) (graph.Term, bool, error) {
	if id == graph.DefaultGraph {
		return graph.Term{}, true, nil
	}
	if id.IsInline() {
		t, ok := graph.InlineTerm(id)
		if !ok {
			return t, false, errNoTerm
		}
		return t, true, nil
	}
	if d.staged.holds(id) {
		t, err := d.staged.term(id)
		return t, err == nil, err
	}
	t, ok := d.cache.get(id)
	return t, ok, nil
}

func (d *dataset) term(id graph.ID) (graph.Term, error) {
	t, ok, err := d.atHand(id)
	if ok || err != nil {
		return t, err
	}
	v, closer, err := d.r.Get(keyOfID(rowID, id))
	if errors.Is(err, pebble.ErrNotFound) {
		return graph.Term{}, errNoTerm
	}
	if err != nil {
		return graph.Term{}, err
	}
	defer closer.Close()
	if t, err = decodeTerm(v); err == nil {
		d.cache.put(id, t)
	}
	return t, err
}

// Terms implements [graph.TermReader]: one walk through the dictionary, by id.
func (d *dataset) Terms(ctx context.Context, ids []graph.ID, out []graph.Term) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	var missing []int
	for i, id := range ids {
		t, ok, err := d.atHand(id)
		if err != nil {
			return fmt.Errorf("pebble: reading term %d: %w", id, err)
		}
		if out[i] = t; !ok {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.SortFunc(missing, func(a, b int) int { return cmp.Compare(ids[a], ids[b]) })
	rows, err := d.r.NewIter(&pebble.IterOptions{LowerBound: []byte{rowID}, UpperBound: []byte{rowID + 1}})
	if err != nil {
		return fmt.Errorf("pebble: reading terms: %w", err)
	}
	defer rows.Close()
	for n, i := range missing {
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		id := ids[i]
		if n > 0 && ids[missing[n-1]] == id {
			out[i] = out[missing[n-1]]
			continue
		}
		if !rows.SeekGE(keyOfID(rowID, id)) || binary.BigEndian.Uint64(rows.Key()[1:]) != uint64(id) {
			if err = rows.Error(); err == nil {
				err = errNoTerm
			}
		} else {
			out[i], err = decodeTerm(rows.Value())
		}
		if err != nil {
			return fmt.Errorf("pebble: reading term %d: %w", id, err)
		}
		d.cache.put(id, out[i])
	}
	return nil
}
