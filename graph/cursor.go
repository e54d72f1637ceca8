package graph

import (
	"context"
	"iter"
	"sort"
)

// A Cursor reads the quads that match a pattern, in one order, and can skip
// ahead. It belongs to one goroutine at a time, and must be closed before the
// view that it reads. After an error it gives no more rows, only that error.
type Cursor interface {
	// Next returns the next rows, each quad once, and no rows at the end of the
	// data. The rows belong to the cursor and are valid until it is used again.
	Next(ctx context.Context) ([]Encoded, error)

	// Seek makes Next go on with the first row, of those that it has not
	// returned yet, that is not before the key in the cursor's order. Ids that
	// the pattern binds are taken from the pattern, whatever the key has there;
	// Any is before every id. A cursor never goes back: a key that lies before
	// rows that were returned already changes nothing.
	Seek(ctx context.Context, key Encoded) error

	// Close releases what the cursor holds. It may be called more than once.
	Close() error
}

// A Seeker is a dataset with cursors that skip without reading what lies between.
type Seeker interface {
	// Cursor opens a cursor. With Unordered, rows come in an order of the dataset's choice.
	Cursor(ctx context.Context, p Pattern, o Order) (Cursor, error)
}

// OpenCursor opens a cursor over any dataset. Where the dataset is no [Seeker],
// it reads through what it skips. An order other than Unordered lets Seek mean
// something; with Unordered, Seek compares as the order SPOG does.
func OpenCursor(ctx context.Context, d Dataset, p Pattern, o Order) (Cursor, error) {
	if o == Unordered {
		o = SPOG
	}
	if s, ok := d.(Seeker); ok {
		return s.Cursor(ctx, p, o)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &scanCursor{dataset: d, pattern: p, order: o}, nil
}

// scanCursor reads a scan, which it opens anew when it is asked with another
// context, so that a context ends what was asked with it and nothing else.
type scanCursor struct {
	dataset Dataset
	pattern Pattern
	order   Order

	next func() ([]Encoded, error, bool)
	stop func()
	ctx  context.Context
	from *Encoded // rows before it are left out
	read *Encoded // the last row that was given out
	err  error
}

func (c *scanCursor) Next(ctx context.Context) ([]Encoded, error) {
	if c.err == nil {
		c.err = ctx.Err()
	}
	for c.err == nil {
		if c.next == nil || c.ctx != ctx {
			c.open(ctx)
		}
		rows, err, ok := c.next()
		if err != nil {
			c.err = err
			break
		}
		if !ok {
			return nil, nil
		}
		if rows = c.ahead(rows); len(rows) > 0 {
			last := rows[len(rows)-1]
			c.read = &last
			return rows, nil
		}
	}
	return nil, c.err
}

func (c *scanCursor) open(ctx context.Context) {
	c.Close()
	c.ctx = ctx
	c.next, c.stop = iter.Pull2(c.dataset.Scan(ctx, c.pattern, c.order))
}

// ahead returns the rows that were not given out, and lie not before the key that was sought.
func (c *scanCursor) ahead(rows []Encoded) []Encoded {
	return rows[sort.Search(len(rows), func(i int) bool {
		return (c.read == nil || c.order.Compare(rows[i], *c.read) > 0) &&
			(c.from == nil || c.order.Compare(rows[i], *c.from) >= 0)
	}):]
}

func (c *scanCursor) Seek(ctx context.Context, key Encoded) error {
	if c.err == nil {
		c.err = ctx.Err()
	}
	if c.err != nil {
		return c.err
	}
	key = key.bound(c.pattern)
	if c.from == nil || c.order.Compare(key, *c.from) > 0 {
		c.from = &key
	}
	return nil
}

func (c *scanCursor) Close() error {
	if c.stop != nil {
		c.stop()
		c.next, c.stop = nil, nil
	}
	return nil
}

// bound returns the key with the ids that a pattern binds.
func (e Encoded) bound(p Pattern) Encoded {
	for place := range Place(4) {
		if id := p.At(place); id != Any {
			e = e.With(place, id)
		}
	}
	return e
}
