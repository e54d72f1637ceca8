package overlay_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/overlay"
)

// TestAgainstPlain makes random changes and wants the overlay to be the dataset
// that has them, and its change to lead there.
func TestAgainstPlain(t *testing.T) {
	ctx := t.Context()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		term := func(kind string, n int) graph.Term {
			return graph.IRI(fmt.Sprintf("http://example.org/%s%d", kind, r.IntN(n)))
		}
		quad := func() graph.Quad {
			q := graph.Quad{Subject: term("s", 4), Predicate: term("p", 2), Object: term("o", 4)}
			if r.IntN(2) == 0 {
				q.Graph = term("g", 3)
			}
			return q
		}
		held := map[graph.Quad]bool{}
		for range r.IntN(20) {
			held[quad()] = true
		}
		var before []graph.Quad
		for q := range held {
			before = append(before, q)
		}
		o := overlay.New(memory.New(before, nil))
		kept := map[graph.Term]bool{} // graphs that stay though empty
		for range r.IntN(30) {
			q := quad()
			var err error
			switch n := r.IntN(10); {
			case n < 5:
				err = o.Add(ctx, q)
				held[q] = true
			case n < 8:
				err = o.Remove(ctx, q)
				delete(held, q)
			default:
				there := false
				for h := range held {
					there = there || h.Graph == q.Graph
				}
				there = there || kept[q.Graph]
				for h := range held {
					if h.Graph == q.Graph {
						delete(held, h)
					}
				}
				if n == 8 {
					err = o.Clear(ctx, q.Graph)
					if there && !q.Graph.IsZero() {
						kept[q.Graph] = true
					}
				} else {
					err = o.Drop(ctx, q.Graph)
					delete(kept, q.Graph)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		var now []graph.Quad
		for q := range held {
			now = append(now, q)
		}
		var names []graph.Term
		for name := range kept {
			names = append(names, name)
		}
		plain := memory.New(now, names)
		compare(t, ctx, seed, o, plain)

		change, err := o.Change(ctx)
		if err != nil {
			t.Fatal(err)
		}
		applied := map[graph.Quad]bool{}
		for _, q := range before {
			applied[q] = !slices.Contains(change.DropGraphs, q.Graph) || q.Graph.IsZero()
		}
		for _, q := range change.Remove {
			applied[q] = false
		}
		for _, q := range change.Add {
			applied[q] = true
		}
		for q, is := range applied {
			if is != held[q] {
				t.Errorf("seed %d: the change leads elsewhere about %s", seed, q)
			}
		}
	}
}

func compare(t *testing.T, ctx context.Context, seed uint64, o, plain graph.Dataset) {
	t.Helper()
	list := func(d graph.Dataset, order graph.Order) (quads, graphs []string) {
		last := graph.Encoded{}
		for batch, err := range d.Scan(ctx, graph.Pattern{}, order) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range batch {
				if order != graph.Unordered && order.Compare(last, e) >= 0 {
					t.Errorf("seed %d: order %v: %v behind %v", seed, order, e, last)
				}
				last = e
			}
		}
		for q, err := range graph.Quads(ctx, d, graph.Pattern{}) {
			if err != nil {
				t.Fatal(err)
			}
			quads = append(quads, q.String())
		}
		for id, err := range d.Graphs(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			name, err := d.Term(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			graphs = append(graphs, name.Value)
		}
		slices.Sort(quads)
		slices.Sort(graphs)
		return quads, graphs
	}
	for _, order := range append(graph.Orders(), graph.Unordered) {
		gotQuads, gotGraphs := list(o, order)
		wantQuads, wantGraphs := list(plain, order)
		if !slices.Equal(gotQuads, wantQuads) || !slices.Equal(gotGraphs, wantGraphs) {
			t.Fatalf("seed %d: got\n%v %v\nwant\n%v %v", seed, gotQuads, gotGraphs, wantQuads, wantGraphs)
		}
	}
	n, exact, err := o.Estimate(ctx, graph.Pattern{})
	want, _, _ := plain.Estimate(ctx, graph.Pattern{})
	if err != nil || n != want || !exact {
		t.Errorf("seed %d: estimate %d, %v, %v; want %d", seed, n, exact, err, want)
	}
}
