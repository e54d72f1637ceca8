package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// dataset answers patterns from a snapshot, or from the live database.
type dataset struct {
	r      pebble.Reader
	closed func() bool
}

var _ graph.Dataset = (*dataset)(nil)

// ready returns the error that keeps the dataset from being read.
func (d *dataset) ready(ctx context.Context) error {
	if d.closed() {
		return fmt.Errorf("pebble: reading: %w", errClosed)
	}
	return ctx.Err()
}

// Rows in the first and in the largest batches of a scan.
const (
	firstBatch = 32
	fullBatch  = 2048
)

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
	access, err := d.access(rowOf(p), o)
	if err != nil {
		return fmt.Errorf("pebble: scanning: %w", err)
	}
	if access.bound < 0 {
		return d.sortedScan(ctx, p, o, emit)
	}
	c, err := d.cursor(access, nil)
	if err != nil {
		return fmt.Errorf("pebble: scanning: %w", err)
	}
	defer c.close()
	batch := make([]graph.Encoded, 0, firstBatch)
	for {
		batch, err = c.fill(ctx, batch[:0])
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		full := len(batch) == cap(batch)
		if !emit(batch) || !full {
			return nil
		}
		if cap(batch) < fullBatch {
			batch = make([]graph.Encoded, 0, min(8*cap(batch), fullBatch))
		}
	}
}

// sortedScan yields the rows of a pattern in an order that no index gives.
func (d *dataset) sortedScan(ctx context.Context, p graph.Pattern, o graph.Order, emit func([]graph.Encoded) bool) error {
	var rows []graph.Encoded
	err := d.scan(ctx, p, graph.Unordered, func(batch []graph.Encoded) bool {
		rows = append(rows, batch...)
		return true
	})
	if err != nil {
		return err
	}
	slices.SortFunc(rows, o.Compare)
	for batch := range slices.Chunk(rows, fullBatch) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !emit(batch) {
			return nil
		}
	}
	return nil
}

// countLimit is how many rows Estimate counts before it guesses.
const countLimit = 512

// Estimate implements [graph.Dataset]. It is exact for patterns with no, one or
// four bound positions, and for all others that match fewer than 512 quads.
func (d *dataset) Estimate(ctx context.Context, p graph.Pattern) (n int64, exact bool, err error) {
	if err := d.ready(ctx); err != nil {
		return 0, false, err
	}
	n, exact, err = d.estimate(ctx, rowOf(p))
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("pebble: estimating: %w", err)
	}
	return n, exact, err
}

func (d *dataset) estimate(ctx context.Context, p row) (int64, bool, error) {
	s, err := readState(d.r)
	if err != nil {
		return 0, false, err
	}
	// If the bound places were independent of each other, share of all quads would match.
	bound, least, share := 0, s.quads, float64(s.quads)
	for at, id := range p {
		if id == graph.Any {
			continue
		}
		bound++
		u, err := d.uses(id)
		if err != nil {
			return 0, false, err
		}
		least = min(least, u[at])
		share *= float64(u[at]) / float64(max(s.quads, 1))
	}
	if bound <= 1 || least == 0 {
		return int64(least), true, nil
	}
	access, err := d.access(p, graph.Unordered)
	if err != nil {
		return 0, false, err
	}
	c, err := d.cursor(access, nil)
	if err != nil {
		return 0, false, err
	}
	defer c.close()
	c.visits = 4 * countLimit // a filter over a long range is not worth the wait
	batch, err := c.fill(ctx, make([]graph.Encoded, 0, countLimit))
	if err != nil {
		return 0, false, err
	}
	n := uint64(len(batch))
	if c.ended {
		return int64(n), true, nil
	}
	return int64(min(least, max(n, uint64(share)))), false, nil
}

// ID implements [graph.Dataset].
func (d *dataset) ID(ctx context.Context, t graph.Term) (graph.ID, bool, error) {
	if err := d.ready(ctx); err != nil {
		return 0, false, err
	}
	id, found, err := lookUp(d.r, t)
	if err != nil {
		return 0, false, fmt.Errorf("pebble: looking up %s: %w", t, err)
	}
	return id, found, nil
}

// lookUp finds the id of a term.
func lookUp(r pebble.Reader, t graph.Term) (graph.ID, bool, error) {
	switch t.Kind {
	case graph.KindNone:
		return graph.DefaultGraph, t.IsZero(), nil
	case graph.KindTriple:
		return 0, false, nil
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

func (d *dataset) term(id graph.ID) (graph.Term, error) {
	if id == graph.DefaultGraph {
		return graph.Term{}, nil
	}
	v, closer, err := d.r.Get(keyOfID(rowID, id))
	if errors.Is(err, pebble.ErrNotFound) {
		return graph.Term{}, errors.New("no term has this id")
	}
	if err != nil {
		return graph.Term{}, err
	}
	defer closer.Close()
	return decodeTerm(v)
}

// uses returns the zero uses for ids that no quad has.
func (d *dataset) uses(id graph.ID) (uses, error) {
	v, closer, err := d.r.Get(keyOfID(rowUses, id))
	if errors.Is(err, pebble.ErrNotFound) {
		return uses{}, nil
	}
	if err != nil {
		return uses{}, err
	}
	defer closer.Close()
	return decodeUses(v)
}

// Graphs implements [graph.Dataset].
func (d *dataset) Graphs(ctx context.Context) iter.Seq2[graph.ID, error] {
	return func(yield func(graph.ID, error) bool) {
		if err := d.graphs(ctx, func(id graph.ID) bool { return yield(id, nil) }); err != nil {
			yield(0, err)
		}
	}
}

// graphs merges two sorted lists: the graphs that quads have, and those that were created.
func (d *dataset) graphs(ctx context.Context, emit func(graph.ID) bool) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	byGraph := indexes[graph.GSPO-1]
	quads, err := d.r.NewIter(&pebble.IterOptions{LowerBound: []byte{byGraph.prefix}, UpperBound: []byte{byGraph.prefix + 1}})
	if err != nil {
		return fmt.Errorf("pebble: listing graphs: %w", err)
	}
	defer quads.Close()
	made, err := d.r.NewIter(&pebble.IterOptions{LowerBound: []byte{rowGraph}, UpperBound: []byte{rowGraph + 1}})
	if err != nil {
		return fmt.Errorf("pebble: listing graphs: %w", err)
	}
	defer made.Close()

	const none = ^graph.ID(0)
	idAt := func(it *pebble.Iterator) graph.ID {
		if !it.Valid() {
			return none
		}
		return graph.ID(binary.BigEndian.Uint64(it.Key()[1:]))
	}
	quads.SeekGE(byGraph.appendKey(nil, row{graphName: graph.DefaultGraph + 1}, 1))
	made.First()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		id := min(idAt(quads), idAt(made))
		if id == none {
			break
		}
		if idAt(made) == id {
			made.Next()
		}
		if idAt(quads) == id { // over all quads of the graph
			quads.SeekGE(byGraph.appendKey(nil, row{graphName: id + 1}, 1))
		}
		if !emit(id) {
			return nil
		}
	}
	if err := errors.Join(quads.Error(), made.Error()); err != nil {
		return fmt.Errorf("pebble: listing graphs: %w", err)
	}
	return nil
}
