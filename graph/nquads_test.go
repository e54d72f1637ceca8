package graph_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ententegraph/entente/graph"
)

func read(t testing.TB, text string, o graph.ReadOptions) ([]graph.Quad, error) {
	t.Helper()
	var quads []graph.Quad
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader(text), o) {
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}

func TestReadNQuads(t *testing.T) {
	a, b, p := graph.IRI("http://example.org/a"), graph.Blank("b"), graph.IRI("p")
	for _, test := range []struct {
		name, text string
		want       []graph.Quad
	}{
		{"nothing", "", nil},
		{"comments", "# one\n\n  \t# two\n", nil},
		{"triple", "<http://example.org/a> <p> _:b .", []graph.Quad{{a, p, b, graph.Term{}}}},
		{"quad", "<http://example.org/a> <p> _:b <http://example.org/a> . # why", []graph.Quad{{a, p, b, a}}},
		{"close", "<http://example.org/a><p>\"x\"@en-GB<http://example.org/a>.", []graph.Quad{{a, p, graph.LangTagged("x", "en-GB"), a}}},
		{"label ends before the dot", "_:b<p>_:b.", []graph.Quad{{b, p, b, graph.Term{}}}},
		{"line ends", "_:b <p> _:b .\r_:b <p> \"1\" .\r\n_:b <p> \"2\" .\n", []graph.Quad{
			{b, p, b, graph.Term{}}, {b, p, graph.String("1"), graph.Term{}}, {b, p, graph.String("2"), graph.Term{}}}},
		{"escapes", `_:b <\u0070> "\t\b\n\r\f\"\'\\\u00e9\U0001D11E" .`, []graph.Quad{
			{b, p, graph.String("\t\b\n\r\f\"'\\é𝄞"), graph.Term{}}}},
		{"datatypes", `_:b <p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .` + "\n" + `_:b <p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .`,
			[]graph.Quad{{b, p, graph.Typed("01", xsd+"integer"), graph.Term{}}, {b, p, graph.String("x"), graph.Term{}}}},
		{"byte order mark", "\ufeff_:b <p> _:b .", []graph.Quad{{b, p, b, graph.Term{}}}},
	} {
		got, err := read(t, test.text, graph.ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"<a> <b> \"x .", `f.nq:1:9: literal not closed: <a> <b> "x .`},
		{"<a> <b> <c> .\n<a> <b> <c>\n", `f.nq:2:12: expected "." or a graph name: <a> <b> <c>`},
		{"<a> <b> <c> <d> <e> .", `f.nq:1:17: expected "." after the graph name: <a> <b> <c> <d> <e> .`},
		{"<é> <b .", `f.nq:1:7: ' ' cannot stand in an IRI: expected it percent-encoded: <é> <b .`},
		{"<a> <b", `f.nq:1:5: IRI not closed: <a> <b`},
		{`"a" <b> <c> .`, `f.nq:1:1: expected a subject: an IRI in < > or a blank node _:label: "a" <b> <c> .`},
		{`<a> _:b <c> .`, `f.nq:1:5: expected a predicate: an IRI in < >: <a> _:b <c> .`},
		{`<a> <b> c .`, `f.nq:1:9: expected an object: an IRI, a blank node or a literal: <a> <b> c .`},
		{`<a> <b> "c"@ .`, `f.nq:1:13: expected a language tag, such as en or pt-BR: <a> <b> "c"@ .`},
		{`<a> <b> "c"^^d .`, `f.nq:1:14: expected a datatype: an IRI in < >: <a> <b> "c"^^d .`},
		{`<a> <b> "\x" .`, `f.nq:1:10: expected an escape: \uXXXX, \UXXXXXXXX or \t \b \n \r \f \" \' \\: <a> <b> "\x" .`},
		{`<a\n> <b> <c> .`, `f.nq:1:3: expected an escape: \uXXXX, \UXXXXXXXX: <a\n> <b> <c> .`},
		{`<a> <b> "\u12" .`, `f.nq:1:10: expected 4 hexadecimal digits: <a> <b> "\u12" .`},
		{`<a> <b> "\uD800" .`, `f.nq:1:10: expected a Unicode character; U+D800 is none: <a> <b> "\uD800" .`},
		{`<a> <b> <c> . <d>`, `f.nq:1:15: expected the end of the line or a comment: <a> <b> <c> . <d>`},
		{`<> <b> <c> .`, `f.nq:1:1: expected an IRI that is not empty: <> <b> <c> .`},
		{`_: <b> <c> .`, `f.nq:1:3: expected the label of a blank node: _: <b> <c> .`},
		{`<a> <b> << <c> <d> <e> >> .`, `f.nq:1:9: expected an IRI; triple terms stand only as objects, between <<( and )>>: <a> <b> << <c> <d> <e> >> .`},
		{`<a> <b> <<( <c> <d> <e> .`, `f.nq:1:25: expected )>> after the object: <a> <b> <<( <c> <d> <e> .`},
		{`<a> <b> "c"@ar--up .`, `f.nq:1:17: expected the base direction ltr or rtl: <a> <b> "c"@ar--up .`},
		{"<a> <b> \"\xff\" .", "f.nq:1:10: expected UTF-8: <a> <b> \"\ufffd\" ."},
	} {
		_, err := read(t, test.text, graph.ReadOptions{Name: "f.nq"})
		var syntax *graph.SyntaxError
		if !errors.As(err, &syntax) || err.Error() != test.want {
			t.Errorf("%q:\n got %v\nwant %s", test.text, err, test.want)
		}
	}
}

func TestSkipBad(t *testing.T) {
	var bad []int
	quads, err := read(t, "<a> <b> <c> .\n<a> <b>\n<a> <b> <d> .\nx\n", graph.ReadOptions{
		SkipBad: func(e *graph.SyntaxError) { bad = append(bad, e.Line) },
	})
	if err != nil || len(quads) != 2 || !cmp.Equal(bad, []int{2, 4}) {
		t.Errorf("got %d quads, bad lines %v, error %v", len(quads), bad, err)
	}
}

func TestReadNQuadsStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range graph.ReadNQuads(ctx, strings.NewReader(strings.Repeat("<a> <b> <c> .\n", 5)), graph.ReadOptions{}) {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			break
		}
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d quads after the context was done", n)
	}
	broken := errors.New("broken")
	for _, err := range graph.ReadNQuads(t.Context(), io.MultiReader(strings.NewReader("<a> <b> <c> .\n"), failing{broken}), graph.ReadOptions{}) {
		if err != nil && !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

var manifestEntry = regexp.MustCompile(`rdft:TestN(?:Quads|Triples)(Positive|Negative)(Syntax|C14N) *;[^#]*?mf:action\s+<([^>]+)>(?:\s*;\s*mf:result\s+<([^>]+)>)?`)

// notKept are tests of the W3C suites about a form that is not ours, by a part of their name.
var notKept = map[string]string{
	"langtagged_string.": "the canonical form lower-cases language tags, and terms are kept to the letter",
}

func TestW3C(t *testing.T) {
	for _, suite := range []struct {
		folder string
		least  int // tests that must be found
	}{
		{"rdf11/rdf-n-quads", 80}, {"rdf11/rdf-n-triples", 60},
		{"rdf12/rdf-n-quads/syntax", 20}, {"rdf12/rdf-n-triples/syntax", 20},
		{"rdf12/rdf-n-quads/c14n", 35}, {"rdf12/rdf-n-triples/c14n", 35},
	} {
		t.Run(suite.folder, func(t *testing.T) {
			folder := filepath.Join("../../shared/w3c/rdf", suite.folder)
			manifest, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
			if err != nil {
				t.Skip("needs the W3C suites in ../shared/w3c")
			}
			ran := 0
			for _, entry := range manifestEntry.FindAllStringSubmatch(string(manifest), -1) {
				positive, action, result := entry[1] == "Positive", entry[3], entry[4]
				if action == "" || positive && reasonNotKept(action) != "" {
					continue
				}
				ran++
				text, err := os.ReadFile(filepath.Join(folder, action))
				if err != nil {
					t.Fatal(err)
				}
				quads, err := read(t, string(text), graph.ReadOptions{Name: action, Strict: true})
				if (err == nil) != positive {
					t.Errorf("%s: read with error %v", action, err)
				}
				if result == "" {
					continue
				}
				want, err := os.ReadFile(filepath.Join(folder, result))
				if err != nil {
					t.Fatal(err)
				}
				if got := write(t, quads); got != string(want) {
					t.Errorf("%s:\n got %s\nwant %s", action, got, want)
				}
			}
			if t.Logf("%d tests", ran); ran < suite.least {
				t.Errorf("only %d tests were found, not %d", ran, suite.least)
			}
		})
	}
}

func reasonNotKept(action string) string {
	for part, reason := range notKept {
		if strings.Contains(action, part) && !strings.Contains(action, "bad") {
			return reason
		}
	}
	return ""
}

func write(t testing.TB, quads []graph.Quad) string {
	t.Helper()
	var b strings.Builder
	if err := graph.WriteNQuads(&b, seq(quads)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func seq(quads []graph.Quad) func(yield func(graph.Quad, error) bool) {
	return func(yield func(graph.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// FuzzNQuads checks that what was read reads the same after it was written,
// and passes the check at the door of the store.
func FuzzNQuads(f *testing.F) {
	for _, s := range []string{
		"<a> <b> <c> .", "_:a.b <p> \"x\\u0000\\t\u007f\"@en-GB <g> . # c\r_:a <p> \"\"^^<d> .",
		"<\\u00e9> <b> \"\\\\\\\"\ufffe\"^^<http://www.w3.org/2001/XMLSchema#string> _:g.",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		skip := func(*graph.SyntaxError) {}
		quads, err := read(t, text, graph.ReadOptions{SkipBad: skip})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range quads {
			if err := q.Check(); err != nil {
				t.Errorf("%s: %v", q, err)
			}
			for _, term := range []graph.Term{q.Subject, q.Predicate, q.Object} {
				if back, ok := graph.TermOf(graph.CayleyValue(term)); !ok || back != term {
					t.Errorf("%s came back from Cayley as %s", term, back)
				}
			}
		}
		written := write(t, quads)
		again, err := read(t, written, graph.ReadOptions{})
		if err != nil {
			t.Fatalf("%v, in\n%s", err, written)
		}
		if diff := cmp.Diff(quads, again); diff != "" {
			t.Error(diff)
		}
	})
}

// FuzzTerm checks that every term that passes the check survives a quad file.
func FuzzTerm(f *testing.F) {
	for _, term := range terms {
		f.Add(uint8(term.Kind), term.Value, term.Datatype, term.Language)
	}
	f.Fuzz(func(t *testing.T, kind uint8, value, datatype, language string) {
		term := graph.Term{Kind: graph.Kind(kind), Value: value}
		if term.Kind == graph.KindLiteral {
			term.Datatype, term.Language = datatype, language
		}
		if term.Check() != nil {
			t.Skip()
		}
		text := "<s> <p> " + term.String() + " ."
		quads, err := read(t, text, graph.ReadOptions{})
		if err != nil || len(quads) != 1 || quads[0].Object != term {
			t.Errorf("%q: got %v, %v", text, quads, err)
		}
	})
}
