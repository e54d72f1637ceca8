package graphtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// checkCursors compares cursors that read and skip with a sorted list of what the scan has.
func checkCursors(t *testing.T, d graph.Dataset) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 6))
	all := scan(t, d, graph.Pattern{}, graph.Unordered)
	patterns := []graph.Pattern{{}, {Subject: 1 << 60}}
	for range 6 {
		if len(all) > 0 {
			p := all[r.IntN(len(all))]
			for place := range graph.Place(4) {
				if r.IntN(2) == 0 {
					p = p.With(place, graph.Any)
				}
			}
			patterns = append(patterns, p)
		}
	}
	for _, p := range patterns {
		for _, o := range graph.Orders() {
			var rows []graph.Encoded
			for _, e := range all {
				if p.Matches(e) {
					rows = append(rows, e)
				}
			}
			slices.SortFunc(rows, o.Compare)
			checkCursor(t, d, p, o, rows, r)
		}
	}
	checkCursorStops(t, d)
}

func checkCursor(t *testing.T, d graph.Dataset, p graph.Pattern, o graph.Order, rows []graph.Encoded, r *rand.Rand) {
	t.Helper()
	c, err := graph.OpenCursor(t.Context(), d, p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	at := 0 // rows before it were returned, or skipped
	for step := range 30 {
		if r.IntN(3) > 0 {
			key := graph.Encoded{}
			if len(rows) > 0 {
				key = rows[max(0, min(len(rows)-1, at+r.IntN(len(rows)/8+2)-1))]
			}
			switch r.IntN(4) {
			case 0: // a key of no row, with the places behind one left open
				places := o.Places()
				for _, place := range places[1+r.IntN(3):] {
					key = key.With(place, graph.Any)
				}
			case 1:
				place := o.Places()[r.IntN(4)]
				key = key.With(place, key.At(place)+1)
			case 2: // ids of places that are bound do not matter
				for place := range graph.Place(4) {
					if p.At(place) != graph.Any {
						key = key.With(place, graph.ID(r.Uint64()))
					}
				}
			}
			if err := c.Seek(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			for place := range graph.Place(4) {
				if id := p.At(place); id != graph.Any {
					key = key.With(place, id)
				}
			}
			for at < len(rows) && o.Compare(rows[at], key) < 0 {
				at++
			}
			if r.IntN(3) == 0 {
				continue // seeks may follow each other
			}
		}
		got, err := c.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > len(rows)-at || len(got) == 0 && at < len(rows) || !slices.Equal(got, rows[at:at+len(got)]) {
			t.Fatalf("pattern %v in order %s, step %d: a cursor gave %d rows %v, and not those of %d from row %d",
				p, o, step, len(got), got[:min(len(got), 4)], len(rows), at)
		}
		at += len(got)
	}
}

func checkCursorStops(t *testing.T, d graph.Dataset) {
	t.Helper()
	over, cancel := context.WithCancel(t.Context())
	c, err := graph.OpenCursor(over, d, graph.Pattern{}, graph.POSG)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if rows, err := c.Next(over); !errors.Is(err, context.Canceled) {
		t.Errorf("a cursor that was cancelled gave %d rows and error %v", len(rows), err)
	}
	if rows, err := c.Next(t.Context()); !errors.Is(err, context.Canceled) {
		t.Errorf("a cursor went on after an error, with %d rows and error %v", len(rows), err)
	}
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Error(err)
	}
	if c, err := graph.OpenCursor(over, d, graph.Pattern{}, graph.POSG); !errors.Is(err, context.Canceled) {
		t.Errorf("a cursor was opened with a context that is done, with error %v", err)
		c.Close()
	}
}

// valueQuads have literals with values, canonical and not, of all types that compare.
func valueQuads() []graph.Quad {
	var out []graph.Quad
	for datatype, values := range map[string][]string{
		"integer":  {"-12", "0", "5", "05", "+5", "6", "100", "12345678901234567890", "x"},
		"decimal":  {"-1.5", "0", "0.0", "5", "5.0", "5.00000001", "5.000000001", "0.00000001", "6.25", "99999999999.5"},
		"double":   {"5.0E0", "6", "INF", "NaN"},
		"boolean":  {"true", "false", "1", "0"},
		"date":     {"1992-08-31", "2025-08-31", "2025-08-31Z", "2025-08-31+05:00", "2025-09-01", "0001-01-01", "9999-12-31", "12025-01-01", "2025-02-30"},
		"dateTime": {"2025-08-31T10:00:00", "2025-08-31T10:00:00Z", "2025-08-31T10:00:01.000001Z", "2025-08-31T10:00:02.0000001Z", "2025-08-31T12:00:00+02:00", "2025-08-31T24:00:00Z", "9999-12-31T23:59:59.999999Z"},
		"string":   {"5"},
	} {
		for i, value := range values {
			q := graph.Quad{
				Subject:   graph.IRI("http://example.org/s"),
				Predicate: graph.IRI("http://example.org/p"),
				Object:    graph.Typed(value, xsd+datatype),
			}
			if i%3 == 0 {
				q.Graph = graph.IRI("http://example.org/g")
			}
			out = append(out, q)
		}
	}
	return out
}

// checkRanges checks that ranges of ids neither lose nor mix up values.
func checkRanges(t *testing.T, d graph.Dataset) {
	quads := valueQuads()
	for _, bound := range quads {
		for op := graph.Less; op <= graph.Greater; op++ {
			ranges, ok := graph.Ranges(op, bound.Object)
			if !ok {
				continue
			}
			found := map[graph.Term]bool{} // and whether it must be looked at
			for _, p := range []graph.Pattern{{}, {Subject: id(t, d, bound.Subject), Predicate: id(t, d, bound.Predicate)}} {
				clear(found)
				for _, r := range ranges {
					for batch, err := range graph.ScanRange(t.Context(), d, p, r) {
						if err != nil {
							t.Fatal(err)
						}
						for _, e := range batch {
							term, err := d.Term(t.Context(), e.Object)
							if err != nil {
								t.Fatal(err)
							}
							found[term] = r.Check
						}
					}
				}
			}
			for _, q := range quads {
				check, in := found[q.Object]
				switch c, ok := compareValues(q.Object, bound.Object); {
				case !ok && in && !check:
					t.Errorf("%s is found among those that compare with %s", q.Object, bound.Object)
				case !ok:
				case holds(op, c) && !in:
					t.Errorf("comparison %d with %s loses %s", op, bound.Object, q.Object)
				case !holds(op, c) && in && !check:
					t.Errorf("comparison %d with %s finds %s", op, bound.Object, q.Object)
				}
			}
		}
	}
}

func holds(op graph.Comparison, c int) bool {
	switch op {
	case graph.Less:
		return c < 0
	case graph.LessOrEqual:
		return c <= 0
	case graph.Equal:
		return c == 0
	case graph.GreaterOrEqual:
		return c >= 0
	}
	return c > 0
}
