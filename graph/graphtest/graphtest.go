// Package graphtest is the conformance suite of stores. A backend passes when
//
//	graphtest.Run(t, func(t testing.TB, dir string) graph.Store { … })
//
// does. [RunDataset] checks the reading part alone, for datasets without a store.
// Everything is compared with a plain model: a set of quads.
package graphtest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// Open opens the store in a folder, and creates it where there is none. After
// the store was closed it is called again with the same folder, and must bring
// the store back as it was.
type Open func(t testing.TB, dir string) graph.Store

// Run checks a backend.
func Run(t *testing.T, open Open) {
	t.Run("dataset", func(t *testing.T) {
		RunDataset(t, func(t testing.TB, quads []graph.Quad) graph.Dataset {
			s := open(t, t.TempDir())
			t.Cleanup(func() { closed(t, s) })
			apply(t, s, graph.Change{Add: quads})
			return view(t, s)
		})
	})
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s graph.Store)
	}{
		{"add and remove", testAddRemove},
		{"mixed change", testMixedChange},
		{"failed change", testFailedChange},
		{"cancelled change", testCancelledChange},
		{"one triple in many graphs", testManyGraphs},
		{"named graphs", testNamedGraphs},
		{"dropping graphs", testDropGraphs},
		{"records", testRecords},
		{"snapshots", testSnapshots},
		{"unused terms", testUnusedTerms},
		{"exact terms", testExactTerms},
		{"texts", testTexts},
		{"dump", testDump},
		{"deltas", testDeltas},
		{"cayley reads", testCayleyReads},
		{"cayley stops", testCayleyStops},
		{"readers and a writer", testConcurrent},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, t.TempDir())
			t.Cleanup(func() { closed(t, s) })
			test.run(t, s)
		})
	}
	t.Run("reopen", func(t *testing.T) { testReopen(t, open) })
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("random changes %d", seed), func(t *testing.T) { testRandom(t, open, seed) })
	}
}

// quads reads N-Quads in which, for brevity, IRIs are relative.
func quads(t testing.TB, text string) []graph.Quad {
	t.Helper()
	var out []graph.Quad
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader(text), graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func apply(t testing.TB, s graph.Store, c graph.Change) graph.Applied {
	t.Helper()
	done, err := s.Apply(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// view opens a view that is closed at the end of the test.
func view(t testing.TB, s graph.Store) graph.View {
	t.Helper()
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func closed(t testing.TB, s graph.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func dumpOf(t testing.TB, d graph.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := graph.Dump(context.Background(), d, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func dump(t testing.TB, s graph.Store) string {
	t.Helper()
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	return dumpOf(t, v)
}

// expect checks that the store holds exactly the quads of a text whose lines are sorted.
func expect(t testing.TB, s graph.Store, want string) {
	t.Helper()
	if got := dump(t, s); got != want {
		t.Errorf("the store holds\n%swant\n%s", got, want)
	}
}

func id(t testing.TB, d graph.Dataset, term graph.Term) graph.ID {
	t.Helper()
	id, ok, err := d.ID(t.Context(), term)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Fatalf("%s has no id", term)
	}
	return id
}

func hasID(t testing.TB, d graph.Dataset, term graph.Term) bool {
	t.Helper()
	_, ok, err := d.ID(t.Context(), term)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// graphNames lists the named graphs, by text.
func graphNames(t testing.TB, d graph.Dataset) []string {
	t.Helper()
	var names []string
	var last graph.ID
	for id, err := range d.Graphs(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if id <= last {
			t.Errorf("graph %d comes after graph %d", id, last)
		}
		last = id
		term, err := d.Term(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, term.String())
	}
	slices.Sort(names)
	return names
}
