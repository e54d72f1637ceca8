package graph_test

import (
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
)

func TestFromCayley(t *testing.T) {
	graphtest.RunDataset(t, func(t testing.TB, quads []graph.Quad) graph.Dataset {
		store := memstore.New()
		for _, q := range quads {
			store.AddQuad(quad.Quad{
				Subject: graph.CayleyValue(q.Subject), Predicate: graph.CayleyValue(q.Predicate),
				Object: graph.CayleyValue(q.Object), Label: graph.CayleyValue(q.Graph),
			})
		}
		return graph.FromCayley(store)
	})
}
