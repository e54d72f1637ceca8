package pebble

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// TestSorter compares with a sort by comparison: from no order, and from each order to each.
func TestSorter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	for n := range 40 {
		rows := make([]graph.Encoded, n*n)
		for i := range rows {
			for place := range graph.Place(4) {
				id := graph.ID(r.IntN(6))
				if r.IntN(3) == 0 {
					id = graph.ID(r.Uint64() >> r.IntN(64))
				}
				rows[i] = rows[i].With(place, id)
			}
		}
		var s sorter
		for _, from := range graph.Orders() {
			sorted := slices.Clone(s.sort(rows, from))
			want := slices.SortedFunc(slices.Values(rows), from.Compare)
			if !slices.Equal(sorted, want) {
				t.Fatalf("%d rows are not in the order %s", len(rows), from)
			}
			for _, to := range graph.Orders() {
				if !slices.Equal(s.derive(sorted, from, to), slices.SortedFunc(slices.Values(rows), to.Compare)) {
					t.Fatalf("%d rows in the order %s are not in the order %s", len(rows), from, to)
				}
			}
		}
	}
}

// TestChains checks that all orders are written once, and how much is sorted for it.
func TestChains(t *testing.T) {
	var written []graph.Order
	sorts := 0
	for _, chain := range chains {
		from := graph.SPOG
		for _, o := range chain {
			written = append(written, o)
			sorts += leading(from, o)
			from = o
		}
	}
	slices.Sort(written)
	if !slices.Equal(written, graph.Orders()) {
		t.Errorf("the chains have %v", written)
	}
	if sorts != 9 {
		t.Errorf("they take %d sorts by a place, want 9", sorts)
	}
}
