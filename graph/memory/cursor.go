package memory

import (
	"context"
	"sort"

	"github.com/ententegraph/entente/graph"
)

var _ graph.Seeker = (*Dataset)(nil)

// Cursor implements [graph.Seeker].
func (d *Dataset) Cursor(ctx context.Context, p graph.Pattern, o graph.Order) (graph.Cursor, error) {
	if o == graph.Unordered {
		o = best(p, o)
	}
	return &cursor{rows: d.between(p, o), pattern: p, order: o}, ctx.Err()
}

// cursor reads rows that an order keeps side by side.
type cursor struct {
	rows    []graph.Encoded // not yet looked at
	pattern graph.Pattern
	order   graph.Order
	batch   []graph.Encoded
	err     error // that ended it
}

// ready notes the end of the context, for good.
func (c *cursor) ready(ctx context.Context) error {
	if c.err == nil {
		c.err = ctx.Err()
	}
	return c.err
}

// batchSize is how many rows a cursor gives at most.
const batchSize = 1024

// Next implements [graph.Cursor].
func (c *cursor) Next(ctx context.Context) ([]graph.Encoded, error) {
	for len(c.rows) > 0 {
		if err := c.ready(ctx); err != nil {
			return nil, err
		}
		n := min(len(c.rows), batchSize)
		c.batch = c.batch[:0]
		for _, e := range c.rows[:n] {
			if c.pattern.Matches(e) {
				c.batch = append(c.batch, e)
			}
		}
		c.rows = c.rows[n:]
		if len(c.batch) > 0 {
			return c.batch, nil
		}
	}
	return nil, c.ready(ctx)
}

// Seek implements [graph.Cursor]. It gallops, so that short steps are cheap.
func (c *cursor) Seek(ctx context.Context, key graph.Encoded) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	for place := range graph.Place(4) {
		if id := c.pattern.At(place); id != graph.Any {
			key = key.With(place, id)
		}
	}
	step := 1
	for step < len(c.rows) && c.order.Compare(c.rows[step-1], key) < 0 {
		step *= 2
	}
	n := min(step, len(c.rows))
	c.rows = c.rows[sort.Search(n, func(i int) bool { return c.order.Compare(c.rows[i], key) >= 0 }):]
	return nil
}

// Close implements [graph.Cursor].
func (c *cursor) Close() error { c.rows = nil; return nil }
