package update_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/queries/sparql/update"
)

// TestW3C runs the update evaluation tests of the suites, staged over a plain
// dataset and applied to a store.
func TestW3C(t *testing.T) {
	suite, err := w3c.Open("../../../../shared/w3c")
	if err != nil {
		t.Skip("needs the W3C suites in ../shared/w3c")
	}
	ran := map[string]bool{} // the manifests list some tests twice
	for _, manifest := range []string{"sparql/sparql11/manifest-all.ttl", "sparql/sparql12/manifest.ttl"} {
		tests, err := suite.Tests(t.Context(), manifest)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range tests {
			if test.Type != w3c.MF+"UpdateEvaluationTest" || ran[test.IRI] {
				continue
			}
			ran[test.IRI] = true
			if err := check(t.Context(), suite, test); err != nil {
				t.Errorf("%s (%s): %v", test.IRI, test.Name, err)
			}
		}
	}
	if len(ran) < 94 {
		t.Errorf("only %d tests were found", len(ran))
	}
}

func check(ctx context.Context, suite *w3c.Suite, test w3c.Test) error {
	request := test.Manifest.Object(test.Action, w3c.UT+"request").Value
	path, err := suite.Path(request)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	u, err := syntax.ParseUpdate(string(text), syntax.Options{Base: request})
	if err != nil {
		return err
	}
	before, names, err := dataset(ctx, suite, test, test.Action)
	if err != nil {
		return err
	}
	after, _, err := dataset(ctx, suite, test, test.Result)
	if err != nil {
		return err
	}
	options := update.Options{Load: func(_ context.Context, iri string) (io.ReadCloser, string, error) {
		return nil, "", fmt.Errorf("%s is nowhere", iri)
	}}
	staged, err := update.Stage(ctx, memory.New(before, names), u, options)
	if err != nil {
		return err
	}
	got, err := quadsOf(ctx, staged)
	if err != nil {
		return err
	}
	if !w3c.Isomorphic(got, after) {
		return fmt.Errorf("staged: got\n%s\nwant\n%s", show(got), show(after))
	}
	if slices.ContainsFunc(append(before, after...), hasTripleTerm) {
		return nil // the store keeps no triple terms yet
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		return err
	}
	defer store.Close()
	if _, err := store.Apply(ctx, graph.Change{Add: before, CreateGraphs: names}); err != nil {
		return err
	}
	if _, err := update.Apply(ctx, store, u, options); err != nil {
		return err
	}
	view, err := store.View()
	if err != nil {
		return err
	}
	defer view.Close()
	if got, err = quadsOf(ctx, view); err != nil {
		return err
	}
	if !w3c.Isomorphic(got, after) {
		return fmt.Errorf("stored: got\n%s\nwant\n%s", show(got), show(after))
	}
	return nil
}

// dataset reads what a test has before or after: quads, and the named graphs, be they empty.
func dataset(ctx context.Context, suite *w3c.Suite, test w3c.Test, node graph.Term) (quads []graph.Quad, names []graph.Term, err error) {
	add := func(iri string, name graph.Term) error {
		read, err := suite.Read(ctx, iri)
		if err != nil {
			return err
		}
		file := len(quads)
		for _, q := range read {
			for _, t := range []*graph.Term{&q.Subject, &q.Object} {
				if t.Kind == graph.KindBlank {
					t.Value += "f" + strconv.Itoa(file)
				}
			}
			if !name.IsZero() {
				q.Graph = name
			}
			quads = append(quads, q)
		}
		return nil
	}
	for _, d := range test.Manifest.Objects(node, w3c.UT+"data") {
		if err := add(d.Value, graph.Term{}); err != nil {
			return nil, nil, err
		}
	}
	for _, g := range test.Manifest.Objects(node, w3c.UT+"graphData") {
		name := graph.IRI(test.Manifest.Object(g, w3c.RDFS+"label").Value)
		names = append(names, name)
		if err := add(test.Manifest.Object(g, w3c.UT+"graph").Value, name); err != nil {
			return nil, nil, err
		}
	}
	return quads, names, nil
}

func hasTripleTerm(q graph.Quad) bool { return q.Object.Kind == graph.KindTriple }

func quadsOf(ctx context.Context, d graph.Dataset) ([]graph.Quad, error) {
	var out []graph.Quad
	for q, err := range graph.Quads(ctx, d, graph.Pattern{}) {
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

func show(quads []graph.Quad) string {
	var b strings.Builder
	for _, q := range quads {
		fmt.Fprintln(&b, q)
	}
	return b.String()
}
