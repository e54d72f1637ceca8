package memory_test

import (
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/memory"
)

func TestDataset(t *testing.T) {
	graphtest.RunDataset(t, func(_ testing.TB, quads []graph.Quad) graph.Dataset { return memory.New(quads, nil) })
}

func TestEmptyGraphs(t *testing.T) {
	name := graph.IRI("http://example.org/empty")
	d := memory.New(nil, []graph.Term{name})
	found := 0
	for id, err := range d.Graphs(t.Context()) {
		if got, _ := d.Term(t.Context(), id); err != nil || got != name {
			t.Errorf("got graph %s, %v", got, err)
		}
		found++
	}
	if found != 1 {
		t.Errorf("%d graphs, want the one that was made", found)
	}
}
