package graph_test

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

func TestWriteTurtle(t *testing.T) {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	const ns = "http://example.org/"
	iri := func(local string) graph.Term { return graph.IRI(ns + local) }
	change := graph.Change{Add: []graph.Quad{
		{Subject: iri("b"), Predicate: iri("knows"), Object: iri("a")},
		{Subject: iri("b"), Predicate: iri("knows"), Object: iri("x/y")},
		{Subject: iri("b"), Predicate: graph.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Object: iri("Thing")},
		{Subject: iri("a"), Predicate: iri("age"), Object: graph.Typed("07", "http://www.w3.org/2001/XMLSchema#integer")},
		{Subject: iri("a"), Predicate: iri("says"), Object: graph.LangTagged("\"hi\"\n", "en")},
		{Subject: graph.Blank("n"), Predicate: iri("in"), Object: graph.String("not here"), Graph: iri("g")},
	}}
	if _, err := store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	var out strings.Builder
	prefixes := map[string]string{"ex": ns, "xsd": "http://www.w3.org/2001/XMLSchema#", "no": "http://example.com/"}
	if err := graph.WriteTurtle(t.Context(), view, &out, prefixes); err != nil {
		t.Fatal(err)
	}
	const want = `@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:a ex:age "07"^^xsd:integer ;
    ex:says "\"hi\"\n"@en .

ex:b a ex:Thing ;
    ex:knows ex:a, <http://example.org/x/y> .
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
