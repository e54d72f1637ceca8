package update_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/queries/sparql/update"
)

const prefixes = "PREFIX : <http://example.org/>\n"

func open(t *testing.T) graph.Store {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func apply(t *testing.T, store graph.Store, text string, o update.Options) error {
	t.Helper()
	u, err := syntax.ParseUpdate(prefixes+text, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = update.Apply(t.Context(), store, u, o)
	return err
}

// content gives the sorted quads of a store, and its graphs.
func content(t *testing.T, store graph.Store) string {
	t.Helper()
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	quads, err := quadsOf(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, q := range quads {
		lines = append(lines, strings.ReplaceAll(q.String(), "http://example.org/", ":"))
	}
	for id, err := range view.Graphs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		name, err := view.Term(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "graph "+strings.TrimPrefix(name.Value, "http://example.org/"))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestOperationsSeeEachOther wants each operation to see those before it, and the store to see all or none.
func TestOperationsSeeEachOther(t *testing.T) {
	store := open(t)
	if err := apply(t, store, `
		INSERT DATA { :a :p 1 , 2 . GRAPH :g { :a :q "x" } } ;
		DELETE { ?s :p ?o } INSERT { ?s :doubled ?twice } WHERE { ?s :p ?o BIND(?o * 2 AS ?twice) } ;
		COPY :g TO :h ;
		DELETE DATA { GRAPH :g { :a :q "x" } } ;
		CREATE GRAPH :empty`, update.Options{}); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		`<:a> <:doubled> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
		`<:a> <:doubled> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
		`<:a> <:q> "x" <:h> .`, `graph empty`, `graph h`,
	}, "\n")
	if got := content(t, store); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	before := content(t, store)
	if err := apply(t, store, `INSERT DATA { :lost :p 1 } ; CLEAR GRAPH :nowhere`, update.Options{}); err == nil {
		t.Error("clearing a graph that is not there is no error")
	} else if !strings.Contains(err.Error(), "2:30: there is no graph") {
		t.Errorf("the error has no place: %v", err)
	}
	if got := content(t, store); got != before {
		t.Errorf("a request that failed left something:\n%s\nbefore\n%s", got, before)
	}
}

func TestSilent(t *testing.T) {
	store := open(t)
	for _, text := range []string{
		"LOAD :doc", "CLEAR GRAPH :g", "DROP GRAPH :g", "CREATE GRAPH :there", "ADD :g TO :h", "MOVE :g TO :h", "COPY :g TO DEFAULT",
	} {
		if err := apply(t, store, "CREATE SILENT GRAPH :there ; "+text, update.Options{}); err == nil {
			t.Errorf("%s succeeds", text)
		}
		verb, rest, _ := strings.Cut(text, " ")
		if err := apply(t, store, "CREATE SILENT GRAPH :there ; "+verb+" SILENT "+rest, update.Options{}); err != nil {
			t.Errorf("%s SILENT %s: %v", verb, rest, err)
		}
	}
}

// TestSilentKeepsRealFailures wants SILENT not to hide that the time was up.
func TestSilentKeepsRealFailures(t *testing.T) {
	store := open(t)
	u, err := syntax.ParseUpdate(prefixes+"CLEAR SILENT ALL", syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := update.Apply(ctx, store, u, update.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestLoad(t *testing.T) {
	store := open(t)
	o := update.Options{Load: func(_ context.Context, iri string) (io.ReadCloser, string, error) {
		return io.NopCloser(strings.NewReader("<#a> <#p> _:x . _:x <#q> 1 .")), "text/turtle", nil
	}}
	for range 2 {
		if err := apply(t, store, "LOAD <http://example.org/doc> INTO GRAPH :g", o); err != nil {
			t.Fatal(err)
		}
	}
	got := content(t, store)
	if n := strings.Count(got, "<:doc#q>"); n != 2 {
		t.Errorf("blank nodes of two loads are one:\n%s", got)
	}
}

// TestFreshBlankNodes wants a new node for each row, and for each request.
func TestFreshBlankNodes(t *testing.T) {
	store := open(t)
	for range 2 {
		if err := apply(t, store, `INSERT { _:n :of ?v } WHERE { VALUES ?v { 1 2 } }`, update.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(content(t, store), "<:of>"); n != 4 {
		t.Errorf("%d quads, want 4:\n%s", n, content(t, store))
	}
}
