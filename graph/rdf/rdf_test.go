package rdf_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
	"github.com/ententegraph/entente/graph/rdf"
)

func format(t testing.TB, name string) rdf.Format {
	t.Helper()
	f, ok := rdf.ByName(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	return f
}

func collect(quads iter.Seq2[graph.Quad, error]) ([]graph.Quad, error) {
	var all []graph.Quad
	for q, err := range quads {
		if err != nil {
			return all, err
		}
		all = append(all, q)
	}
	return all, nil
}

func sequence(quads []graph.Quad) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

const base = "http://example.org/dir/doc"

func parse(t testing.TB, name, text string) ([]graph.Quad, error) {
	return collect(rdf.Read(context.Background(), strings.NewReader(text), format(t, name), rdf.Options{Name: "doc", Base: base}))
}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		find func(string) (rdf.Format, bool)
		in   string
		want string
	}{
		{rdf.ByName, "ttl", "ttl"}, {rdf.ByName, "turtle", ""},
		{rdf.ByMedia, "text/turtle", "ttl"}, {rdf.ByMedia, "Text/Turtle; charset=UTF-8", "ttl"},
		{rdf.ByMedia, "application/ld+json;profile=\"http://www.w3.org/ns/json-ld#expanded\"", "jsonld"},
		{rdf.ByMedia, "application/rdf+xml", "rdf"}, {rdf.ByMedia, "text/html", ""}, {rdf.ByMedia, "", ""},
		{rdf.ByExtension, "a/b.TTL", "ttl"}, {rdf.ByExtension, "b.nq.gz", "nq"}, {rdf.ByExtension, "http://example.org/x.trig", "trig"},
		{rdf.ByExtension, "x.owl", "rdf"}, {rdf.ByExtension, "x.txt", ""}, {rdf.ByExtension, "x", ""},
	} {
		if f, _ := c.find(c.in); f.Name != c.want {
			t.Errorf("%s: got %q, want %q", c.in, f.Name, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ format, text, want string }{
		{"ttl", "<a> <b> <c> <d> .", `doc:1:13: expected ".", "," or ";" after the object, found '<': <a> <b> <c> <d> .`},
		{"ttl", "\n  ex:a a ex:B .", `doc:2:3: the prefix ex: is not declared: expected @prefix ex: <…> . before it:   ex:a a ex:B .`},
		{"ttl", "<a> <b> \"x\ny\" .", `doc:1:9: expected '"' to close the string on its line; longer ones stand in three quotes: <a> <b> "x`},
		{"ttl", "<a> <b> 1e .", `doc:1:11: expected the digits of an exponent, found ' ': <a> <b> 1e .`},
		{"ttl", "<a> <b> [ <c> <d> .", `doc:1:19: expected ']', found '.': <a> <b> [ <c> <d> .`},
		{"ttl", "é <b> <c> .", `doc:1:1: é is not a subject: expected an IRI in < >, prefix:name, _:label, [ or (: é <b> <c> .`},
		{"ttl", "<é> <b c> .", `doc:1:7: ' ' may not stand in an IRI: expected it percent-encoded, or > before it: <é> <b c> .`},
		{"ttl", "<g> { <a> <b> <c> }", `doc:1:5: expected a predicate: an IRI in < >, prefix:name or a: <g> { <a> <b> <c> }`},
		{"ttl", "<a> <b> \"\xff\" .", "doc:1:10: expected UTF-8: <a> <b> \"\ufffd\" ."},
		{"ttl", "<a> <b> \"x\"@toolongtotag .", `doc:1:12: "toolongtotag" is not a language tag: <a> <b> "x"@toolongtotag .`},
		{"trig", "{ <a> <b> <c> ", `doc:1:15: expected ".", "," or ";" after the object, found the end of the file: { <a> <b> <c> `},
		{"trig", "[ <a> <b> ] { <a> <b> <c> }", `doc:1:13: expected a predicate: an IRI in < >, prefix:name or a: [ <a> <b> ] { <a> <b> <c> }`},
		{"nt", "<x:a> <x:b> <x:c> <x:d> .", `doc:1:19: expected "." (N-Triples has no graph names): <x:a> <x:b> <x:c> <x:d> .`},
		{"rdf", "<a xmlns='x:y'>", `doc:1:16: expected </a> before the end of the file`},
		{"rdf", "<a:b/>", `doc:1:1: the prefix a is not declared: expected xmlns:a="…": <a:b`},
		{"rdf", "<a xmlns='x:y'>\n </b>", `doc:2:2: </b> closes no element that is open here`},
		{"rdf", "<a x='1' x='2'/>", `doc:1:1: the attribute x stands twice: <a`},
		{"jsonld", "{\n \"@id\": x }", `doc:2:9: expected JSON: invalid character 'x' looking for beginning of value:  "@id": x }`},
		{"jsonld", "{} {}", `doc:1:4: expected JSON: expected the end of the file after the JSON value: {} {}`},
		{"jsonld", `{"@context": "http://example.org/c", "a": "b"}`, `rdf: doc: the document needs the context <http://example.org/c>, and nothing is fetched from elsewhere: put the context itself into the document`},
	} {
		_, err := parse(t, c.format, c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s %q:\n got %v\nwant %s", c.format, c.text, err, c.want)
		}
	}
}

// all has every kind of term, and graphs.
const all = `PREFIX : <http://example.org/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:a a :Thing, :Other ; :p 1, 01, "1"^^:own, "x"@en-GB, "x"@en, "" , " \t\r\n\"\\<&>' é 😀 ", _:b1, [ :q ( 1 ( ) [] ) ] .
_:b1 :p _:genid1 . _:genid1 :p true . _:x:p :p -0.50 .
<urn:x:y> :a.b <http://example.org/ns#a/b>, <http://example.org/é?q#f>, "<b xmlns=\"x:y\">z</b>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> .
:g { :a :p :c . :a :p :d ; :q :e . _:b1 :r _:g2 } _:g2 { :a :p :c } { :z a :Thing }
`

func TestRoundTrip(t *testing.T) {
	dataset, err := parse(t, "trig", strings.Replace(all, "_:x:p", "_:x", 1))
	if err != nil {
		t.Fatal(err)
	}
	dataset = append(dataset, graph.Quad{Subject: graph.Blank("x:p"), Predicate: graph.IRI("http://example.org/ns#p"), Object: graph.Blank("x-x-3Ap")})
	var triples []graph.Quad
	for _, q := range dataset {
		if q.Graph.IsZero() {
			triples = append(triples, q)
		}
	}
	prefixes := map[string]string{"": "http://example.org/ns#", "ex": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#", "no": "http://example.com/"}
	for _, f := range rdf.Formats() {
		quads := triples
		if f.Graphs {
			quads = dataset
		}
		if f.Name == "nq" || f.Name == "nt" { // a colon in a label is not in the strict grammar
			quads = quads[:len(quads)-1]
		}
		for name, write := range map[string]func(io.Writer, rdf.Format, iter.Seq2[graph.Quad, error], map[string]string) error{"Write": rdf.Write, "WriteSorted": rdf.WriteSorted} {
			var text, again bytes.Buffer
			if err := write(&text, f, sequence(quads), prefixes); err != nil {
				t.Errorf("%s: %s: %v", f.Name, name, err)
				continue
			}
			back, err := collect(rdf.Read(t.Context(), bytes.NewReader(text.Bytes()), f, rdf.Options{}))
			if err != nil || !w3c.Isomorphic(back, quads) {
				t.Errorf("%s: %s: %v\n%s\ngives\n%s", f.Name, name, err, text.String(), textOf(back))
			}
			if err := write(&again, f, sequence(quads), prefixes); err != nil || !bytes.Equal(text.Bytes(), again.Bytes()) {
				t.Errorf("%s: %s differs from one time to the next", f.Name, name)
			}
			if name == "WriteSorted" && bytes.Contains(text.Bytes(), []byte("example.com")) {
				t.Errorf("%s declares a prefix that nothing uses", f.Name)
			}
		}
	}
}

func TestWriteSorted(t *testing.T) {
	quads, err := parse(t, "trig", `PREFIX : <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
		:b :knows :a . _:n :in "g" . :h { :x :y :z } :b :knows <http://example.org/x/y> ; a :Thing . :g { :b :knows :a, :b ; :age 3 . :a :age 4 }
		:a :age 07 ; :says "\"hi\"\n"@en .`)
	if err != nil {
		t.Fatal(err)
	}
	const want = `@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:a ex:age "07"^^xsd:integer ;
    ex:says "\"hi\"\n"@en .

ex:b a ex:Thing ;
    ex:knows ex:a, <http://example.org/x/y> .

_:n ex:in "g" .

ex:g {
    ex:a ex:age "4"^^xsd:integer .

    ex:b ex:age "3"^^xsd:integer ;
        ex:knows ex:a, ex:b .
}

ex:h {
    ex:x ex:y ex:z .
}
`
	var text bytes.Buffer
	prefixes := map[string]string{"ex": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#", "no": "http://example.com/"}
	if err := rdf.WriteSorted(&text, format(t, "trig"), sequence(quads), prefixes); err != nil || text.String() != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, text.String(), want)
	}
}

// RDF 1.2, in the formats that have it.
func TestRoundTripTripleTerms(t *testing.T) {
	quads, err := parse(t, "trig", `VERSION "1.2" PREFIX : <http://example.org/>
		:a :p "x"@ar--rtl ~ :r {| :source [ :q 1 ] |} . :g { << :a :p _:b ~ _:s >> :q <<( _:b a <<( :x :y "z" )>> )>> }`)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"trig", "nq"} {
		var text bytes.Buffer
		if err := rdf.WriteSorted(&text, format(t, name), sequence(quads), map[string]string{"": "http://example.org/"}); err != nil {
			t.Fatal(err)
		}
		back, err := collect(rdf.Read(t.Context(), &text, format(t, name), rdf.Options{}))
		if err != nil || !w3c.Isomorphic(back, quads) {
			t.Errorf("%s: %v\n%s", name, err, textOf(back))
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	s, p := graph.IRI("http://example.org/s"), graph.IRI("http://example.org/p")
	for _, c := range []struct {
		format string
		quad   graph.Quad
		want   string
	}{
		{"ttl", graph.Quad{Subject: s, Predicate: p, Object: s, Graph: s}, "no named graphs"},
		{"nt", graph.Quad{Subject: s, Predicate: p, Object: s, Graph: s}, "no named graphs"},
		{"rdf", graph.Quad{Subject: s, Predicate: p, Object: s, Graph: s}, "no named graphs"},
		{"rdf", graph.Quad{Subject: s, Predicate: graph.IRI("http://example.org/1"), Object: s}, "does not end in a name"},
		{"rdf", graph.Quad{Subject: s, Predicate: p, Object: graph.String("\u0001")}, "character that XML does not have"},
		{"rdf", graph.Quad{Subject: s, Predicate: p, Object: graph.TripleTerm(s, p, s)}, "triple terms"},
		{"jsonld", graph.Quad{Subject: s, Predicate: p, Object: graph.TripleTerm(s, p, s)}, "triple terms"},
	} {
		err := rdf.Write(io.Discard, format(t, c.format), sequence([]graph.Quad{c.quad}), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: got %v, want %s", c.format, c.quad, err, c.want)
		}
	}
}

func TestReadStops(t *testing.T) {
	for _, f := range rdf.Formats() {
		var text bytes.Buffer
		var quads []graph.Quad
		for i := range 5000 {
			quads = append(quads, graph.Quad{Subject: graph.IRI("http://example.org/" + strings.Repeat("x", i%50+1)), Predicate: graph.IRI("http://example.org/p"), Object: graph.String("é")})
		}
		if err := rdf.Write(&text, f, sequence(quads), nil); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := 0
		var last error
		for _, err := range rdf.Read(ctx, bytes.NewReader(text.Bytes()), f, rdf.Options{}) {
			if n++; n == 1 {
				cancel()
			}
			last = err
		}
		if !errors.Is(last, context.Canceled) || n > 4000 {
			t.Errorf("%s: %d quads after the context was done, then %v", f.Name, n, last)
		}
		broken := errors.New("broken")
		_, err := collect(rdf.Read(t.Context(), io.MultiReader(bytes.NewReader(text.Bytes()[:text.Len()/2]), failing{broken}), f, rdf.Options{}))
		if !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want the reader's error", f.Name, err)
		}
		for range rdf.Read(t.Context(), bytes.NewReader(text.Bytes()), f, rdf.Options{}) {
			break
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestJSONLD(t *testing.T) {
	quads, err := parse(t, "jsonld", `{
		"@context": {"@vocab": "http://example.org/ns#", "knows": {"@type": "@id"}, "label": {"@language": "en-GB"}},
		"@id": "a", "@type": "Thing", "knows": ["b", "urn:x:y"], "label": "colour", "n": [1, 2.5, true, 123456789012],
		"list": {"@list": [1, "x"]}, "raw": {"@value": {"b": [1, "<"], "a": null}, "@type": "@json"},
		"when": {"@value": "2020", "@type": "http://www.w3.org/2001/XMLSchema#gYear"}
	}`)
	want, err2 := parse(t, "ttl", `PREFIX : <http://example.org/ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
		<a> a :Thing ; :knows <b>, <urn:x:y> ; :label "colour"@en-GB ; :n 1, "2.5E0"^^xsd:double, true, 123456789012 ;
		:list ( 1 "x" ) ; :raw '{"a":null,"b":[1,"<"]}'^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> ; :when "2020"^^xsd:gYear .`)
	if err != nil || err2 != nil || !w3c.Isomorphic(quads, want) {
		t.Errorf("%v %v\n%swant\n%s", err, err2, textOf(quads), textOf(want))
	}
	loaded, err := collect(rdf.Read(t.Context(), strings.NewReader(`{"@context": "http://example.org/c", "@id": "urn:a", "p": "x"}`), format(t, "jsonld"), rdf.Options{
		Context: func(_ context.Context, iri string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(`{"@context": {"p": "` + iri + `#p"}}`)), nil
		},
	}))
	if err != nil || textOf(loaded) != "<urn:a> <http://example.org/c#p> \"x\" .\n" {
		t.Errorf("%v %s", err, textOf(loaded))
	}
}

func TestRDFXMLEntitiesAndEncodings(t *testing.T) {
	const text = `<?xml version="1.0" encoding="%s"?><!DOCTYPE r [ <!ENTITY ns "http://example.org/"> <!ENTITY n2 '&ns;two#'> ]>
		<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"><r:Description r:about="&n2;a" e:p="%s"/></r:RDF>`
	const want = "<http://example.org/two#a> <http://example.org/p> \"é\" .\n"
	for encoding, value := range map[string]string{"UTF-8": "é", "ISO-8859-1": "\xe9"} {
		quads, err := parse(t, "rdf", strings.Replace(strings.Replace(text, "%s", encoding, 1), "%s", value, 1))
		if err != nil || textOf(quads) != want {
			t.Errorf("%s: %v %s", encoding, err, textOf(quads))
		}
	}
	if _, err := parse(t, "rdf", strings.Replace(text, "%s", "klingon", 1)); err == nil {
		t.Error("want an unknown encoding refused")
	}
}
