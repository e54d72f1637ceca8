package w3c

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
)

func quads(t *testing.T, text string) []graph.Quad {
	t.Helper()
	f, _ := rdf.ByName("trig")
	var out []graph.Quad
	for q, err := range rdf.Read(t.Context(), strings.NewReader("PREFIX : <http://example.org/>\n"+text), f, rdf.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func TestIsomorphic(t *testing.T) {
	// Two triangles and a hexagon: each node looks the same in both.
	triangles := `_:a :p _:b . _:b :p _:c . _:c :p _:a . _:d :p _:e . _:e :p _:f . _:f :p _:d .`
	hexagon := `_:a :p _:b . _:b :p _:c . _:c :p _:d . _:d :p _:e . _:e :p _:f . _:f :p _:a .`
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"empty", ``, ``, true},
		{"same", `:a :p 1 .`, `:a :p 1 .`, true},
		{"lexical forms", `:a :p 1 .`, `:a :p 01 .`, false},
		{"twice", `:a :p 1 . :a :p 1 .`, `:a :p 1 .`, true},
		{"renamed", `_:a :p _:b .`, `_:b :p _:x .`, true},
		{"a loop", `_:a :p _:b .`, `_:a :p _:a .`, false},
		{"one node for two", `_:a :p 1 . _:b :q 1 .`, `_:a :p 1 . _:a :q 1 .`, false},
		{"swapped", `_:a :p :x ; :q :y . _:b :p :y ; :q :x .`, `_:b :p :x ; :q :y . _:a :p :y ; :q :x .`, true},
		{"crossed", `_:a :p :x ; :q :y . _:b :p :y ; :q :x .`, `_:a :p :x ; :q :x . _:b :p :y ; :q :y .`, false},
		{"cycles of one length", hexagon, strings.NewReplacer("_:a", "_:f", "_:f", "_:c", "_:c", "_:a").Replace(hexagon), true},
		{"triangles", triangles, hexagon, false},
		{"graph names", `_:g { :a :p _:g }`, `_:h { :a :p _:h }`, true},
		{"other graph names", `_:g { :a :p _:g }`, `_:h { :a :p _:g }`, false},
		{"within triple terms", `:a :p <<( _:x :q _:y )>> . _:x :q 1 .`, `:a :p <<( _:y :q _:x )>> . _:y :q 1 .`, true},
		{"other end of a triple term", `:a :p <<( _:x :q _:y )>> . _:x :q 1 .`, `:a :p <<( _:x :q _:y )>> . _:y :q 1 .`, false},
	} {
		a, b := quads(t, c.a), quads(t, c.b)
		if got := Isomorphic(a, b); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
		if got := Isomorphic(b, a); got != c.want {
			t.Errorf("%s, the other way: got %v", c.name, got)
		}
	}
}

func TestReport(t *testing.T) {
	var r Report
	r.Add("http://example.org/t#1", true)
	r.Add("http://example.org/t#2", false)
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	m := NewTriples(quads(t, b.String()))
	const earl = "http://www.w3.org/ns/earl#"
	for test, want := range map[string]string{"http://example.org/t#1": "passed", "http://example.org/t#2": "failed"} {
		assertion := m.Subjects(earl+"test", graph.IRI(test))[0]
		if got := m.Object(m.Object(assertion, earl+"result"), earl+"outcome"); got != graph.IRI(earl+want) {
			t.Errorf("%s: got %s", test, got)
		}
	}
}
