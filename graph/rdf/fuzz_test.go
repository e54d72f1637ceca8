package rdf_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
	"github.com/ententegraph/entente/graph/rdf"
)

// fuzz reads what comes; what can be read is well formed, and reads the same
// after it was written in every format that can say it.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := parse(t, name, text)
		if err != nil {
			var bad *graph.SyntaxError
			if errors.As(err, &bad) && (bad.Line < 1 || bad.Column < 1) {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		for _, q := range quads {
			if q.Object.Kind != graph.KindTriple && q.Check() != nil {
				t.Fatalf("%s: %v", q, q.Check())
			}
		}
		if len(quads) > 12 { // comparing many blank nodes that look alike takes long
			return
		}
		for _, f := range rdf.Formats() {
			var out bytes.Buffer
			if err := rdf.WriteSorted(&out, f, sequence(quads), map[string]string{"": "http://example.org/", "x": "http://example.org/ns#"}); err != nil {
				if f.Name == "nq" || f.Name == "trig" {
					t.Fatal(err)
				}
				continue
			}
			back, err := collect(rdf.Read(t.Context(), bytes.NewReader(out.Bytes()), f, rdf.Options{}))
			if err != nil || !w3c.Isomorphic(quads, back) {
				t.Fatalf("%s: %v\n%s\nwritten\n%s\nread\n%s", f.Name, err, textOf(quads), out.String(), textOf(back))
			}
		}
	})
}

func FuzzTurtle(f *testing.F) {
	fuzz(f, "ttl", `@prefix : <http://example.org/> . @base <x/> . :a a :b , "x"@en-GB--ltr ; :p ( 1 1.5 -1e0 true ) , [ :q '''x''' ] .`,
		"VERSION '1.2' PREFIX p: <#> <a> p:b.c \"\\u00e9\\n\"^^p:d ~ _:r {| p:x <<( <s> <p> <o> )>> |} . << <s> <p> <o> ~<r> >> p:q p:\\~%41 .")
}

func FuzzTriG(f *testing.F) {
	fuzz(f, "trig", `{ <a> <b> <c> } <g> { <a> <b> [] . } GRAPH [] { _:x <b> _:y } <a> <b> _:x .`)
}

func FuzzRDFXML(f *testing.F) {
	const open = `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">`
	fuzz(f, "rdf", open+`<e:A r:about="a" e:p="x"><e:q r:parseType="Literal"><b a="1"/>&lt;</e:q><r:li r:ID="i" xml:lang="en">z</r:li></e:A></r:RDF>`,
		open+`<r:Description r:nodeID="n"><e:q r:parseType="Collection"><e:B/></e:q><e:r r:parseType="Resource"><e:s r:resource="x"/></e:r></r:Description></r:RDF>`)
}

func FuzzJSONLD(f *testing.F) {
	fuzz(f, "jsonld", `{"@context": {"@vocab": "http://example.org/"}, "@id": "a", "p": [1, 2.5, true, {"@list": ["x", {"@value": "y", "@language": "en-GB"}]}], "@graph": [{"@id": "_:b", "@type": "T"}]}`)
}

func FuzzNQuads(f *testing.F) {
	fuzz(f, "nq", "<x:a> <x:b> \"c\"@en--rtl <x:g> .\n_:a <x:b> <<( _:b <x:c> \"d\"^^<x:e> )>> .")
}
