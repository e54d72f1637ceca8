// Package w3c reads the manifests of the W3C's test suites and compares graphs
// up to the names of their blank nodes.
//
// Open gives a Suite over a copy of the suites' files, Suite.Tests the tests of
// a manifest and of those it includes, Isomorphic tells whether two sets of quads
// are the same graph, and Report writes the outcomes in EARL.
//
//	suite, err := w3c.Open("../../shared/w3c")
//	tests, err := suite.Tests(ctx, "rdf/rdf11/rdf-turtle/manifest.ttl")
//	for _, test := range tests { quads, err := suite.Read(ctx, test.Action.Value) … }
package w3c

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
)

// Base is the IRI of the directory that holds the suites.
const Base = "https://w3c.github.io/rdf-tests/"

// Namespaces of the manifests.
const (
	MF   = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
	QT   = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
	UT   = "http://www.w3.org/2009/sparql/tests/test-update#"
	RDFT = "http://www.w3.org/ns/rdftest#"
	RDF  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS = "http://www.w3.org/2000/01/rdf-schema#"
)

// A Suite is a directory of manifests and the files that they name.
type Suite struct{ dir string }

// Open gives the suites in a directory.
func Open(dir string) (*Suite, error) {
	if _, err := os.Stat(filepath.Join(dir, "rdf")); err != nil {
		return nil, fmt.Errorf("w3c: no test suites in %s: %w", dir, err)
	}
	return &Suite{dir: dir}, nil
}

// A Test is one entry of a manifest.
type Test struct {
	IRI      string
	Type     string     // the class's IRI, such as RDFT + "TestTurtleEval"
	Name     string     // mf:name
	Comment  string     // rdfs:comment
	Approval string     // the IRI of rdft:approval or dawgt:approval, or ""
	Action   graph.Term // mf:action: an IRI, or a blank node that Manifest describes
	Result   graph.Term // mf:result, likewise; zero where there is none
	Base     string     // mf:assumedTestBase of the manifest, or ""
	Manifest *Triples   // all that the manifest says
}

// Tests reads a manifest, named by its path below the directory of the suites,
// and those that it includes, and gives their tests in order.
func (s *Suite) Tests(ctx context.Context, manifest string) ([]Test, error) {
	return s.tests(ctx, Base+manifest, map[string]bool{})
}

func (s *Suite) tests(ctx context.Context, iri string, seen map[string]bool) ([]Test, error) {
	if seen[iri] {
		return nil, nil
	}
	seen[iri] = true
	quads, err := s.Read(ctx, iri)
	if err != nil {
		return nil, fmt.Errorf("w3c: manifest: %w", err)
	}
	m := NewTriples(quads)
	var tests []Test
	for _, head := range m.Subjects(RDF+"type", graph.IRI(MF+"Manifest")) {
		for _, list := range m.Objects(head, MF+"include") {
			for _, included := range m.List(list) {
				more, err := s.tests(ctx, included.Value, seen)
				if err != nil {
					return nil, err
				}
				tests = append(tests, more...)
			}
		}
		base := m.Object(head, MF+"assumedTestBase").Value
		for _, entry := range m.List(m.Object(head, MF+"entries")) {
			t := Test{
				IRI: entry.Value, Type: m.Object(entry, RDF+"type").Value,
				Name: m.Object(entry, MF+"name").Value, Comment: m.Object(entry, RDFS+"comment").Value,
				Action: m.Object(entry, MF+"action"), Result: m.Object(entry, MF+"result"), Base: base, Manifest: m,
			}
			for _, p := range []string{RDFT + "approval", "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"} {
				if a := m.Object(entry, p); !a.IsZero() {
					t.Approval = a.Value
				}
			}
			if t.Type == "" {
				return nil, fmt.Errorf("w3c: %s: the test %s has no type", iri, entry)
			}
			tests = append(tests, t)
		}
	}
	return tests, nil
}

// Path gives the file that has an IRI below Base.
func (s *Suite) Path(iri string) (string, error) {
	rel, ok := strings.CutPrefix(iri, Base)
	if !ok || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("w3c: %s is not below %s", iri, Base)
	}
	return filepath.Join(s.dir, filepath.FromSlash(rel)), nil
}

// Read gives the quads of the file that has an IRI below Base, in the format
// that its extension names; the IRI is its base.
func (s *Suite) Read(ctx context.Context, iri string) ([]graph.Quad, error) {
	f, ok := rdf.ByExtension(iri)
	if !ok {
		return nil, fmt.Errorf("w3c: %s: no format has this extension", iri)
	}
	return s.ReadAs(ctx, iri, f, iri)
}

// ReadAs is Read with a format and a base of one's own.
func (s *Suite) ReadAs(ctx context.Context, iri string, f rdf.Format, base string) ([]graph.Quad, error) {
	path, err := s.Path(iri)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("w3c: %w", err)
	}
	defer file.Close()
	var quads []graph.Quad
	for q, err := range rdf.Read(ctx, file, f, rdf.Options{Name: path, Base: base}) {
		if err != nil {
			return nil, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}
