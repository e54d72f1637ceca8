package pebble_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/pebble"
)

// supposed returns a view that has the quads by two suppositions, one over the
// other, over a store that has others.
func supposed(t testing.TB, quads []graph.Quad) graph.View {
	t.Helper()
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	other := func(n int) graph.Quad {
		return graph.Quad{Subject: graph.IRI(fmt.Sprint("http://example.org/other", n)), Predicate: graph.IRI("http://example.org/p"), Object: graph.String(fmt.Sprint("other ", n))}
	}
	stored := []graph.Quad{other(1), other(2), other(3)}
	stored = append(stored, quads[:len(quads)/3]...)
	if _, err := s.Apply(t.Context(), graph.Change{Add: stored}); err != nil {
		t.Fatal(err)
	}
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	var without []graph.Encoded
	subject, ok, err := v.ID(t.Context(), other(3).Subject)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	for batch, err := range v.Scan(t.Context(), graph.Pattern{Subject: subject}, graph.Unordered) {
		if err != nil {
			t.Fatal(err)
		}
		without = append(without, batch...)
	}
	half := len(quads) / 2
	for _, step := range []graph.Supposition{
		{Add: append([]graph.Quad{other(4)}, quads[:half]...), Remove: []graph.Quad{other(1)}, Without: without},
		{Add: quads[half:], Remove: []graph.Quad{other(2), other(4), other(5)}},
	} {
		if v, err = graph.Suppose(t.Context(), v, step); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func TestSupposed(t *testing.T) {
	t.Parallel()
	graphtest.RunDataset(t, func(t testing.TB, quads []graph.Quad) graph.Dataset { return supposed(t, quads) })
}

// A supposed view answers Cayley as its quads say, and leaves no trace in the store.
func TestSupposedCayley(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var quads []graph.Quad
	for i := range 60 {
		quads = append(quads, graph.Quad{
			Subject: graph.IRI(fmt.Sprint("http://example.org/s", r.IntN(9))), Predicate: graph.IRI("http://example.org/p"),
			Object: graph.String(fmt.Sprint("text ", i)),
		})
	}
	v := supposed(t, quads)
	var want, got strings.Builder
	if err := graph.Dump(t.Context(), v, &want); err != nil {
		t.Fatal(err)
	}
	if err := graph.Dump(t.Context(), graph.FromCayley(v.Cayley()), &got); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() || strings.Count(got.String(), "\n") != len(quads) {
		t.Errorf("Cayley reads\n%s\nwant\n%s", got.String(), want.String())
	}
	for _, c := range []struct {
		words string
		hits  int
	}{{"text 1", 1}, {"text 59", 1}, {"text", 60}, {"other 1", 0}, {"other", 0}, {"other 4", 0}} {
		hits, err := graph.FindText(t.Context(), v, c.words, 0)
		if err != nil || len(hits) != c.hits {
			t.Errorf("%q finds %d literals, want %d; error %v", c.words, len(hits), c.hits, err)
		}
	}
}

func TestSupposedLife(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	q := graph.Quad{Subject: graph.IRI("http://example.org/s"), Predicate: graph.IRI("http://example.org/p"), Object: graph.String("x")}
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := graph.Suppose(t.Context(), v, graph.Supposition{Add: []graph.Quad{{Subject: graph.String("x")}}}); err == nil {
		t.Error("a supposed quad may have a literal for its subject")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := graph.Suppose(ctx, v, graph.Supposition{Add: []graph.Quad{q}}); err == nil {
		t.Error("a supposition is made after its context ended")
	}
	w, err := graph.Suppose(t.Context(), v, graph.Supposition{Add: []graph.Quad{q}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Add: []graph.Quad{{Subject: q.Subject, Predicate: q.Predicate, Object: graph.String("y")}}}); err != nil {
		t.Fatal(err)
	}
	if n, _, err := w.Estimate(t.Context(), graph.Pattern{}); n != 1 || err != nil {
		t.Errorf("the supposed view has %d quads, want 1; error %v", n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []graph.View{v, w} {
		if _, _, err := closed.Estimate(t.Context(), graph.Pattern{}); err == nil {
			t.Error("a view can be read after it was closed")
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
