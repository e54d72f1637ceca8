package pebble

import (
	"context"
	"fmt"
	"math"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// access says how a pattern is read: as a range of one index, of which rows
// that do not match are left out.
type access struct {
	index
	pattern row
	bound   int // leading places of the index that the pattern binds
}

// access chooses the index of a pattern: of those that give the order, the one
// with the longest bound prefix, and among equals the one with the shorter range.
// Its bound is -1 where no index gives the order.
func (d *dataset) access(p row, o graph.Order) (access, error) {
	best, shortest := access{bound: -1}, uint64(0)
	for _, x := range indexes {
		a := access{index: x, pattern: p}
		for a.bound < len(x.places) && p[x.places[a.bound]] != graph.Any {
			a.bound++
		}
		if !a.gives(o) || a.bound < best.bound {
			continue
		}
		length := uint64(math.MaxUint64)
		if a.bound == 1 { // the only case where equals differ: graph and predicate, or graph and object
			u, err := d.uses(p[x.places[0]])
			if err != nil {
				return access{}, err
			}
			length = u[x.places[0]]
		}
		if a.bound > best.bound || length < shortest {
			best, shortest = a, length
		}
	}
	return best, nil
}

// gives reports whether rows come in the order: bound places do not vary, so
// the places left to vary must come in the same sequence.
func (a access) gives(o graph.Order) bool {
	if o == graph.Unordered {
		return true
	}
	var places [4]place
	for i, p := range o.Places() {
		places[i] = place(p)
	}
	return a.varying(a.places) == a.varying(places)
}

// varying returns the places that the pattern leaves unbound, in sequence, filled up with created.
func (a access) varying(places [4]place) [4]place {
	out := [4]place{created, created, created, created}
	n := 0
	for _, p := range places {
		if a.pattern[p] == graph.Any {
			out[n] = p
			n++
		}
	}
	return out
}

// matches reports whether a row has the ids that a pattern binds.
func matches(pattern, r row) bool {
	for at, id := range pattern {
		if id != graph.Any && id != r[at] {
			return false
		}
	}
	return true
}

// cursor reads the rows of an access. It must be closed.
type cursor struct {
	access
	it      *pebble.Iterator
	started bool
	ended   bool
	visits  int // how many keys may still be looked at
}

// cursor returns a cursor that begins behind the row last, or with the first row.
func (d *dataset) cursor(a access, last *row) (*cursor, error) {
	lower := a.appendKey(make([]byte, 0, 64), a.pattern, a.bound)
	upper := after(lower)
	if last != nil {
		lower = append(a.appendKey(lower[:0], *last, len(a.places)), 0)
	}
	it, err := d.r.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	if err != nil {
		return nil, err
	}
	return &cursor{access: a, it: it, visits: math.MaxInt}, nil
}

// fill appends matching rows until the batch is full, the range ends, or no
// more keys may be looked at.
func (c *cursor) fill(ctx context.Context, batch []graph.Encoded) ([]graph.Encoded, error) {
	for n := 0; len(batch) < cap(batch) && c.visits > 0; n++ {
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return batch, err
			}
		}
		if !c.next() {
			c.ended = true
			if err := c.it.Error(); err != nil {
				return batch, fmt.Errorf("pebble: reading index %c: %w", c.prefix, err)
			}
			break
		}
		c.visits--
		r, err := c.decode(c.it.Key())
		if err != nil {
			return batch, fmt.Errorf("pebble: %w", err)
		}
		if matches(c.pattern, r) {
			batch = append(batch, r.encoded())
		}
	}
	return batch, nil
}

func (c *cursor) next() bool {
	if !c.started {
		c.started = true
		return c.it.First()
	}
	return c.it.Next()
}

func (c *cursor) close() { c.it.Close() }
