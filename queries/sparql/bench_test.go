package sparql_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql"
)

// benchQuads is how many quads are asked: ENTENTE_BENCH_QUADS, or a tenth of a million.
func benchQuads(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_QUADS"))
	if err != nil {
		n = 100_000
	}
	return n
}

func BenchmarkShapes(b *testing.B) {
	shapes, err := diplomacy.Shapes()
	if err != nil {
		b.Fatal(err)
	}
	quads := make([]graph.Quad, 0, benchQuads(b))
	for q := range diplomacy.Quads(1, cap(quads)) {
		quads = append(quads, q)
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	for from := 0; from < len(quads); from += 50_000 {
		if _, err := store.Apply(b.Context(), graph.Change{Add: quads[from:min(from+50_000, len(quads))]}); err != nil {
			b.Fatal(err)
		}
	}
	view, err := store.View()
	if err != nil {
		b.Fatal(err)
	}
	defer view.Close()
	for _, over := range []struct {
		name    string
		dataset graph.Dataset
	}{{"memory", memory.New(quads, nil)}, {"pebble", view}} {
		for _, shape := range shapes {
			b.Run(over.name+"/"+shape.Name, func(b *testing.B) {
				rows := ask(b, over.dataset, shape.Text) // what is asked first waits for indexes
				for b.Loop() {
					ask(b, over.dataset, shape.Text)
				}
				b.ReportMetric(float64(rows), "rows")
			})
		}
	}
}

// ask runs a query to its end and returns the number of its rows.
func ask(b *testing.B, d graph.Dataset, text string) int {
	query, err := sparql.Prepare(text, sparql.Options{})
	if err != nil {
		b.Fatal(err)
	}
	results, err := query.Run(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for _, err := range results.Rows {
		if err != nil {
			b.Fatal(err)
		}
		rows++
	}
	return rows
}
