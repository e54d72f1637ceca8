package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/schema"
)

// repeat calls f until a second is over, and returns the time of one call.
func repeat(f func(i int) error) (time.Duration, error) {
	start := time.Now()
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			return 0, err
		}
		if took := time.Since(start); took > time.Second {
			return took / time.Duration(i+1), nil
		}
	}
}

// reads measures scans, seeks, look-ups and hops in the settled store.
func (b *storeBench) reads(ctx context.Context) (err error) {
	s, err := pebble.Open(b.path(), pebble.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	v, err := s.View()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	var some []graph.Encoded // every 997th row
	took, err := repeat(func(i int) error {
		n := 0
		for batch, err := range v.Scan(ctx, graph.Pattern{}, graph.SPOG) {
			if err != nil {
				return err
			}
			if n += len(batch); i == 0 && n/997 > len(some) {
				some = append(some, batch[0])
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.add("full scan", "≥ 150 M rows/s", "%.0f M rows/s", float64(b.quads)/took.Seconds()/1e6)
	if err := b.seeks(ctx, v); err != nil {
		return err
	}
	took, err = repeat(func(i int) error {
		e := some[i*7919%len(some)]
		for _, err := range v.Scan(ctx, graph.Pattern{Subject: e.Subject, Predicate: e.Predicate}, graph.Unordered) {
			return err
		}
		return fmt.Errorf("the row %v is not there", e)
	})
	if err != nil {
		return err
	}
	b.add("point pattern", "≤ 3 µs", "%.2f µs", microseconds(took))
	return b.hops(ctx, v)
}

// seeks measures a cursor that skips 49 rows of 50.
func (b *storeBench) seeks(ctx context.Context, v graph.View) error {
	var targets []graph.Encoded
	n := 0
	for batch, err := range v.Scan(ctx, graph.Pattern{}, graph.SPOG) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			if n++; n%50 == 0 {
				targets = append(targets, e)
			}
		}
	}
	took, err := repeat(func(int) error {
		c, err := graph.OpenCursor(ctx, v, graph.Pattern{}, graph.SPOG)
		if err != nil {
			return err
		}
		for _, e := range targets {
			if err := c.Seek(ctx, e); err != nil {
				return err
			}
		}
		return c.Close()
	})
	if err != nil {
		return err
	}
	b.add("galloping seeks of a cursor, 50 rows apart", "≥ 10 M/s", "%.1f M/s", float64(len(targets))/took.Seconds()/1e6)
	return nil
}

// hops measures who acts for the members of an organization.
func (b *storeBench) hops(ctx context.Context, v graph.View) error {
	id := func(t graph.Term) (graph.ID, error) {
		id, _, err := v.ID(ctx, t)
		return id, err
	}
	memberOf, err := id(graph.IRI(schema.NS + "memberOf"))
	if err != nil {
		return err
	}
	actsFor, err := id(graph.IRI(schema.NS + "actsFor"))
	if err != nil {
		return err
	}
	n := diplomacy.CountsOf(b.options.quads).Organizations
	organizations := make([]graph.ID, n)
	for i := range organizations {
		if organizations[i], err = id(graph.IRI(fmt.Sprintf("%sorganization/O%d", schema.ID, i))); err != nil {
			return err
		}
	}
	rows, calls := 0, 0
	took, err := repeat(func(i int) error {
		calls++
		for states, err := range v.Scan(ctx, graph.Pattern{Predicate: memberOf, Object: organizations[i%n]}, graph.Unordered) {
			if err != nil {
				return err
			}
			for _, e := range states {
				for persons, err := range v.Scan(ctx, graph.Pattern{Predicate: actsFor, Object: e.Subject}, graph.Unordered) {
					if err != nil {
						return err
					}
					rows += len(persons)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.add("two hops by scans", "≤ 50 µs", "%.1f µs (%d rows)", microseconds(took), rows/calls)
	return nil
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
