// Package memory keeps a dataset in sorted slices: small, immutable once made,
// and plain enough to compare faster stores with.
//
//	d := memory.New(quads, nil)
//	for batch, err := range d.Scan(ctx, graph.Pattern{Predicate: p}, graph.POSG) { … }
package memory

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"sync"

	"github.com/ententegraph/entente/graph"
)

// A Dataset is a [graph.Dataset] of quads that do not change.
type Dataset struct {
	ids    map[graph.Term]graph.ID
	terms  []graph.Term // by id
	graphs []graph.ID

	mu     sync.Mutex
	sorted map[graph.Order][]graph.Encoded // made when first asked for
}

var _ graph.Dataset = (*Dataset)(nil)

// New makes a dataset of quads, which may repeat, and of named graphs that may be empty.
func New(quads []graph.Quad, graphs []graph.Term) *Dataset {
	d := &Dataset{
		ids:    map[graph.Term]graph.ID{{}: graph.DefaultGraph},
		terms:  []graph.Term{graph.Any: {}, graph.DefaultGraph: {}},
		sorted: map[graph.Order][]graph.Encoded{},
	}
	rows := make([]graph.Encoded, len(quads))
	for i, q := range quads {
		rows[i] = graph.Encoded{Subject: d.intern(q.Subject), Predicate: d.intern(q.Predicate), Object: d.intern(q.Object), Graph: d.intern(q.Graph)}
		d.graphs = append(d.graphs, rows[i].Graph)
	}
	for _, g := range graphs {
		d.graphs = append(d.graphs, d.intern(g))
	}
	slices.Sort(d.graphs)
	d.graphs = slices.Compact(d.graphs)
	d.graphs = slices.DeleteFunc(d.graphs, func(id graph.ID) bool { return id == graph.DefaultGraph })
	slices.SortFunc(rows, graph.SPOG.Compare)
	d.sorted[graph.SPOG] = slices.Compact(rows)
	return d
}

func (d *Dataset) intern(t graph.Term) graph.ID {
	id, ok := d.ids[t]
	if !ok {
		id = graph.ID(len(d.terms))
		d.ids[t] = id
		d.terms = append(d.terms, t)
	}
	return id
}

// in returns all rows in an order.
func (d *Dataset) in(o graph.Order) []graph.Encoded {
	d.mu.Lock()
	defer d.mu.Unlock()
	rows, ok := d.sorted[o]
	if !ok {
		rows = slices.Clone(d.sorted[graph.SPOG])
		slices.SortFunc(rows, o.Compare)
		d.sorted[o] = rows
	}
	return rows
}

// best returns the order that binds the most leading places of the pattern, and
// the wanted one among equals.
func best(p graph.Pattern, wanted graph.Order) graph.Order {
	order, most := graph.SPOG, -1
	for _, o := range graph.Orders() {
		n := 0
		for _, place := range o.Places() {
			if p.At(place) == graph.Any {
				break
			}
			n++
		}
		if n > most || n == most && o == wanted {
			order, most = o, n
		}
	}
	return order
}

// between returns the rows of an order that share the leading places which the pattern binds.
func (d *Dataset) between(p graph.Pattern, o graph.Order) []graph.Encoded {
	rows := d.in(o)
	// The bounds of the prefix: what follows the first unbound place is lowest, then highest.
	low, high := p, p
	bound := true
	for _, place := range o.Places() {
		if bound = bound && p.At(place) != graph.Any; !bound {
			low, high = low.With(place, 0), high.With(place, ^graph.ID(0))
		}
	}
	from := sort.Search(len(rows), func(i int) bool { return o.Compare(rows[i], low) >= 0 })
	to := from + sort.Search(len(rows)-from, func(i int) bool { return o.Compare(rows[from+i], high) > 0 })
	return rows[from:to]
}

// Scan implements [graph.Dataset].
func (d *Dataset) Scan(ctx context.Context, p graph.Pattern, o graph.Order) iter.Seq2[[]graph.Encoded, error] {
	return func(yield func([]graph.Encoded, error) bool) {
		order := best(p, o)
		rows := d.between(p, order)
		resort := o != graph.Unordered && o != order
		var matching []graph.Encoded
		for chunk := range slices.Chunk(rows, 4096) {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !resort {
				matching = matching[:0]
			}
			for _, e := range chunk {
				if p.Matches(e) {
					matching = append(matching, e)
				}
			}
			if !resort && len(matching) > 0 && !yield(matching, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
			return
		}
		if !resort {
			return
		}
		slices.SortFunc(matching, o.Compare)
		for batch := range slices.Chunk(matching, 4096) {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// Estimate implements [graph.Dataset]. It is exact.
func (d *Dataset) Estimate(ctx context.Context, p graph.Pattern) (int64, bool, error) {
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	n := int64(0)
	for _, e := range d.between(p, best(p, graph.Unordered)) {
		if p.Matches(e) {
			n++
		}
	}
	return n, true, nil
}

// ID implements [graph.Dataset].
func (d *Dataset) ID(ctx context.Context, t graph.Term) (graph.ID, bool, error) {
	id, ok := d.ids[t]
	return id, ok, ctx.Err()
}

// Term implements [graph.Dataset].
func (d *Dataset) Term(ctx context.Context, id graph.ID) (graph.Term, error) {
	if id == graph.Any || id >= graph.ID(len(d.terms)) {
		return graph.Term{}, fmt.Errorf("memory: no term has the id %d", id)
	}
	return d.terms[id], ctx.Err()
}

// Graphs implements [graph.Dataset].
func (d *Dataset) Graphs(ctx context.Context) iter.Seq2[graph.ID, error] {
	return func(yield func(graph.ID, error) bool) {
		for _, id := range d.graphs {
			if err := ctx.Err(); err != nil {
				yield(0, err)
				return
			}
			if !yield(id, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(0, err)
		}
	}
}
