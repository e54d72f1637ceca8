package rdf_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
)

var earl = flag.String("earl", "", "write the outcomes of the W3C's tests to this file, in EARL")

// accepted are the tests of the W3C that fail here, each with its reason.
var accepted = map[string]string{
	w3c.Base + "rdf/rdf12/rdf-n-triples/c14n#langtagged_string":    keptTags,
	w3c.Base + "rdf/rdf12/rdf-n-triples/c14n#dirlangtagged_string": keptTags,
	w3c.Base + "rdf/rdf12/rdf-n-quads/c14n#langtagged_string":      keptTags,
	w3c.Base + "rdf/rdf12/rdf-n-quads/c14n#dirlangtagged_string":   keptTags,

	w3c.Base + "rdf/rdf12/rdf-xml/eval#rdf12-xml-tt-01": "without rdf:version a document is RDF 1.1, which reads parseTypes that it does not know as literals; the test wants the property dropped",
}

const keptTags = "the canonical form lower-cases language tags, and we keep terms to the letter"

// The tests of a suite, and how many of them there are.
var suites = []struct {
	manifest string
	tests    int
}{
	{"rdf/rdf11/rdf-n-triples/manifest.ttl", 70},
	{"rdf/rdf11/rdf-n-quads/manifest.ttl", 87},
	{"rdf/rdf11/rdf-turtle/manifest.ttl", 313},
	{"rdf/rdf11/rdf-trig/manifest.ttl", 356},
	{"rdf/rdf11/rdf-xml/manifest.ttl", 166},
	{"rdf/rdf12/rdf-xml/eval/manifest.ttl", 31},
	{"rdf/rdf12/rdf-n-triples/syntax/manifest.ttl", 29},
	{"rdf/rdf12/rdf-n-triples/c14n/manifest.ttl", 41},
	{"rdf/rdf12/rdf-n-quads/syntax/manifest.ttl", 27},
	{"rdf/rdf12/rdf-n-quads/c14n/manifest.ttl", 41},
	{"rdf/rdf12/rdf-turtle/syntax/manifest.ttl", 74},
	{"rdf/rdf12/rdf-turtle/eval/manifest.ttl", 29},
	{"rdf/rdf12/rdf-trig/eval/manifest.ttl", 25},
	{"rdf/rdf12/rdf-trig/syntax/manifest.ttl", 35},
}

func TestW3C(t *testing.T) {
	suite, err := w3c.Open("../../../shared/w3c")
	if err != nil {
		t.Skip(err)
	}
	var report w3c.Report
	for _, s := range suites {
		tests, err := suite.Tests(t.Context(), s.manifest)
		if err != nil {
			t.Fatal(err)
		}
		passed := 0
		for _, test := range tests {
			problem := run(t, suite, test)
			report.Add(test.IRI, problem == "")
			reason, known := accepted[test.IRI]
			switch {
			case problem == "":
				passed++
				if known {
					t.Errorf("%s passes now, and is still in the list of accepted failures", test.IRI)
				}
			case known:
				t.Logf("%s: accepted: %s", test.IRI, reason)
			default:
				t.Errorf("%s: %s", test.IRI, problem)
			}
		}
		t.Logf("%s: %d of %d", s.manifest, passed, len(tests))
		if len(tests) != s.tests {
			t.Errorf("%s has %d tests; want %d", s.manifest, len(tests), s.tests)
		}
	}
	if *earl != "" {
		out, err := os.Create(*earl)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		if err := report.Write(out); err != nil {
			t.Fatal(err)
		}
	}
}

// run gives what is wrong with the outcome of a test, or "".
func run(t *testing.T, suite *w3c.Suite, test w3c.Test) string {
	kind := strings.TrimPrefix(test.Type, w3c.RDFT)
	got, err := suite.Read(t.Context(), test.Action.Value)
	if strings.Contains(kind, "Negative") {
		if err == nil {
			return "want an error"
		}
		if e, ok := err.(*graph.SyntaxError); !ok || e.Line < 1 || e.Column < 1 {
			return "want an error with line and column, got " + err.Error()
		}
		return ""
	}
	switch {
	case err != nil:
		return err.Error()
	case strings.HasSuffix(kind, "C14N"):
		var b strings.Builder
		for _, q := range got {
			b.WriteString(q.String() + "\n")
		}
		path, err := suite.Path(test.Result.Value)
		if err != nil {
			return err.Error()
		}
		want, err := os.ReadFile(path)
		if err != nil {
			return err.Error()
		}
		if b.String() != string(want) {
			return "got " + b.String() + "want " + string(want)
		}
	case strings.HasSuffix(kind, "Eval"):
		want, err := suite.Read(t.Context(), test.Result.Value)
		if err != nil {
			return err.Error()
		}
		if !w3c.Isomorphic(got, want) {
			return "got\n" + textOf(got) + "want\n" + textOf(want)
		}
	case strings.HasSuffix(kind, "PositiveSyntax"):
	default:
		return "unknown kind of test: " + test.Type
	}
	return ""
}

func textOf(quads []graph.Quad) string {
	var b strings.Builder
	for _, q := range quads {
		b.WriteString(q.String() + "\n")
	}
	return b.String()
}
