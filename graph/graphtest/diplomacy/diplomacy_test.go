package diplomacy_test

import (
	"context"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/schema"
)

func generate(seed uint64, n int) []graph.Quad {
	var quads []graph.Quad
	for q := range diplomacy.Quads(seed, n) {
		quads = append(quads, q)
	}
	return quads
}

func TestSameSeedSameQuads(t *testing.T) {
	a, b := generate(7, 20_000), generate(7, 20_000)
	if !slices.Equal(a, b) {
		t.Error("one seed gives two graphs")
	}
	if slices.Equal(a, generate(8, 20_000)) {
		t.Error("two seeds give the same graph")
	}
}

func TestSizes(t *testing.T) {
	for _, n := range []int{0, 1, 500, 60_000} {
		quads := generate(1, n)
		distinct := map[graph.Quad]bool{}
		for _, q := range quads {
			distinct[q] = true
		}
		if len(quads) != n || len(distinct) != n {
			t.Errorf("%d quads asked for: %d given, %d of them distinct", n, len(quads), len(distinct))
		}
	}
}

func TestCounts(t *testing.T) {
	const n = 60_000
	classes, actors := map[string]int{}, map[graph.Term]int{}
	for _, q := range generate(1, n) {
		switch {
		case q.Predicate.Value == schema.Type:
			classes[q.Object.Value]++
		case q.Predicate.Value == schema.Actor && q.Graph.IsZero():
			actors[q.Object]++
		}
	}
	want := diplomacy.CountsOf(n)
	got := diplomacy.Counts{
		States: classes[schema.NS+"State"], Organizations: classes[schema.NS+"Organization"], Persons: classes[schema.NS+"Person"],
	}
	if got != want {
		t.Errorf("the graph has %+v, want %+v", got, want)
	}
	if classes[schema.ClassDocument] < n/100 || classes[schema.ClassEvent] < n/50 {
		t.Errorf("too few documents or events: %v", classes)
	}
	if first, last := actors[diplomacy.State(0)], actors[diplomacy.State(want.States-1)]; first < 4*last || last == 0 {
		t.Errorf("the first state acts %d times, the last %d: want many against some", first, last)
	}
}

// Every type of event has the codes that the schema gives it, and every relation is one of the schema's.
func TestVocabulary(t *testing.T) {
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	types := map[graph.Term]*schema.EventType{}
	for _, q := range generate(1, 20_000) {
		if !q.Graph.IsZero() {
			continue
		}
		switch e := types[q.Subject]; q.Predicate.Value {
		case schema.StatedType:
			types[q.Subject] = model.EventOf(q.Object.Value)
			if types[q.Subject] == nil && model.RelationOf(q.Object.Value) == nil {
				t.Errorf("%s is neither a type of event nor a relation", q.Object)
			}
		case schema.Plover:
			if e == nil || e.Plover != q.Object.Value {
				t.Errorf("%s: the schema gives its type another code", q)
			}
		case schema.Cameo:
			if e == nil || e.Cameo[0] != q.Object.Value {
				t.Errorf("%s: the schema gives its type another code", q)
			}
		}
	}
}

// Every shape finds something.
func TestShapes(t *testing.T) {
	shapes, err := diplomacy.Shapes()
	if err != nil {
		t.Fatal(err)
	}
	if len(shapes) != 12 {
		t.Errorf("%d shapes, want 12", len(shapes))
	}
	d := memory.New(generate(1, 100_000), nil)
	for _, shape := range shapes {
		query, err := sparql.Prepare(shape.Text, sparql.Options{Name: shape.Name})
		if err != nil {
			t.Error(err)
			continue
		}
		results, err := query.Run(context.Background(), d)
		if err != nil {
			t.Error(err)
			continue
		}
		rows := 0
		for _, err := range results.Rows {
			if err != nil {
				t.Error(err)
				break
			}
			rows++
		}
		if rows == 0 {
			t.Errorf("%s finds nothing", shape.Name)
		}
	}
}
