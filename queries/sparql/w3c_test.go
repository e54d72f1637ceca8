package sparql_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/value"
)

var earl = flag.String("earl", "", "write the outcomes of the W3C's tests to this file, in EARL")

// notPassed are the tests that we accept to fail, each with its reason.
var notPassed = map[string]string{
	"https://w3c.github.io/rdf-tests/sparql/sparql12/expression/manifest#not-not": "SPARQL 1.1 (section 17.2.2) gives strings with a language, and invalid booleans, a truth value; 1.2 takes it away",
}

const suite11 = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

// onlyByValue are the tests whose results we give with other lexical forms of
// the same values, each with its reason.
var onlyByValue = map[string]string{
	suite11 + "aggregates/manifest#agg-min-02":       "MIN keeps the lexical form that the data has, 2E-1",
	suite11 + "aggregates/manifest#agg-avg-distinct": "the result is no canonical double",
	suite11 + "aggregates/manifest#agg-sum-distinct": "the result is no canonical double",
	suite11 + "cast/manifest#cast-float":             "the result is no canonical float",
	suite11 + "cast/manifest#cast-double":            "the result is no canonical double",
	suite11 + "cast/manifest#cast-decimal":           "the result is no canonical decimal",
	suite11 + "csv-tsv-res/manifest#tsv03":           "the data says 1.0E6, the result 1.0e6",
	suite11 + "functions/manifest#strlang03-rdf11":   "the query says en-US, the result en-us",
}

// notWanted are parts of the suite that we do not run, each with its reason.
var notWanted = map[string]string{
	"sparql/sparql11/entailment/": "the graph says what it says: no entailment regime",
}

// How an evaluator answers a query over a dataset.
type evaluator struct {
	name string
	run  func(ctx context.Context, q *sparql.Query, d graph.Dataset) (*sparql.Results, error)
}

var evaluators = []evaluator{
	{"engine", func(ctx context.Context, q *sparql.Query, d graph.Dataset) (*sparql.Results, error) {
		return q.Run(ctx, d)
	}},
	{"reference", func(ctx context.Context, q *sparql.Query, d graph.Dataset) (*sparql.Results, error) {
		return q.RunReference(ctx, d)
	}},
}

// TestW3C runs the query evaluation tests of the suites, with exact lexical forms.
func TestW3C(t *testing.T) {
	suite, err := w3c.Open("../../../shared/w3c")
	if err != nil {
		t.Skip("needs the W3C suites in ../shared/w3c")
	}
	var report w3c.Report
	for _, part := range []struct {
		manifest string
		tests    int // that are run, at least
	}{
		{"sparql/sparql11/manifest-all.ttl", 238},
		{"sparql/sparql12/manifest.ttl", 60},
	} {
		tests, err := suite.Tests(t.Context(), part.manifest)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range evaluators {
			t.Run(path.Base(path.Dir(part.manifest))+"/"+e.name, func(t *testing.T) {
				ran, passed, exact := 0, 0, 0
				for _, test := range tests {
					if test.Type != w3c.MF+"QueryEvaluationTest" && test.Type != w3c.MF+"CSVResultFormatTest" || reason(test) != "" {
						continue
					}
					ran++
					err := check(t.Context(), suite, test, e, false)
					if err == nil {
						exact++
					} else if onlyByValue[test.IRI] != "" {
						err = check(t.Context(), suite, test, e, true)
					}
					if err == nil {
						passed++
					}
					why, accepted := notPassed[test.IRI]
					switch {
					case err != nil && !accepted:
						t.Errorf("%s (%s): %v", test.IRI, test.Name, err)
					case err == nil && accepted:
						t.Errorf("%s passes, though it is listed as failing because %s", test.IRI, why)
					}
					if e.name == "engine" {
						report.Add(test.IRI, err == nil)
					}
				}
				if t.Logf("%d of %d tests passed, %d of them with the lexical forms of the suite", passed, ran, exact); ran < part.tests {
					t.Errorf("only %d tests were found, not %d", ran, part.tests)
				}
			})
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

func reason(test w3c.Test) string {
	for part, why := range notWanted {
		if strings.Contains(test.Action.Value, part) || strings.Contains(test.Manifest.Object(test.Action, w3c.QT+"query").Value, part) {
			return why
		}
	}
	return ""
}

// check runs one test.
func check(ctx context.Context, suite *w3c.Suite, test w3c.Test, e evaluator, byValue bool) error {
	queryIRI := test.Manifest.Object(test.Action, w3c.QT+"query").Value
	file, err := suite.Path(queryIRI)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	query, err := sparql.Prepare(string(text), sparql.Options{Base: queryIRI, Service: endpoints(suite, test, e)})
	if err != nil {
		return err
	}
	data, err := testData(ctx, suite, test, query)
	if err != nil {
		return err
	}
	got, err := e.run(ctx, query, data)
	if err != nil {
		return err
	}
	return compareResult(ctx, suite, test.Result.Value, got, byValue)
}

// endpoints answers SERVICE with the data that a test gives endpoints.
func endpoints(suite *w3c.Suite, test w3c.Test, e evaluator) sparql.ServiceFunc {
	var service sparql.ServiceFunc
	service = func(ctx context.Context, op algebra.Service, endpoint graph.Term) ([]map[string]graph.Term, error) {
		for _, s := range test.Manifest.Objects(test.Action, w3c.QT+"serviceData") {
			if test.Manifest.Object(s, w3c.QT+"endpoint") != endpoint {
				continue
			}
			quads, err := suite.Read(ctx, test.Manifest.Object(s, w3c.QT+"data").Value)
			if err != nil {
				return nil, err
			}
			query, err := sparql.Prepare("SELECT * "+op.Text, sparql.Options{Service: service})
			if err != nil {
				return nil, err
			}
			found, err := e.run(ctx, query, memory.New(quads, nil))
			if err != nil {
				return nil, err
			}
			rows, err := table(found.Vars, found.Rows)
			var out []map[string]graph.Term
			for _, r := range rows {
				out = append(out, r)
			}
			return out, err
		}
		return nil, fmt.Errorf("there is no endpoint %s", endpoint)
	}
	return service
}

// testData loads the dataset of a test, and what its query names with FROM.
func testData(ctx context.Context, suite *w3c.Suite, test w3c.Test, query *sparql.Query) (graph.Dataset, error) {
	var quads []graph.Quad
	var names []graph.Term
	load := func(iri string, name graph.Term) error {
		read, err := suite.Read(ctx, iri)
		if err != nil {
			return err
		}
		var apart func(t graph.Term) graph.Term
		apart = func(t graph.Term) graph.Term {
			if s, p, o, ok := t.Triple(); ok {
				return graph.TripleTerm(apart(s), p, apart(o))
			}
			if t.Kind == graph.KindBlank {
				t.Value += "f" + strconv.Itoa(len(names))
			}
			return t
		}
		if !name.IsZero() {
			names = append(names, name)
		}
		for _, q := range read {
			q.Subject, q.Object = apart(q.Subject), apart(q.Object)
			if !name.IsZero() {
				q.Graph = name
			}
			quads = append(quads, q)
		}
		return nil
	}
	for _, d := range test.Manifest.Objects(test.Action, w3c.QT+"data") {
		if err := load(d.Value, graph.Term{}); err != nil {
			return nil, err
		}
	}
	for _, d := range test.Manifest.Objects(test.Action, w3c.QT+"graphData") {
		if err := load(d.Value, d); err != nil {
			return nil, err
		}
	}
	if clause := query.Algebra.Dataset; clause != nil {
		for _, name := range append(slices.Clone(clause.Default), clause.Named...) {
			if !slices.Contains(names, name) {
				if err := load(name.Value, name); err != nil {
					return nil, err
				}
			}
		}
	}
	return memory.New(quads, names), nil
}

func compareResult(ctx context.Context, suite *w3c.Suite, iri string, got *sparql.Results, byValue bool) error {
	if got.Kind == sparql.Triples {
		want, err := suite.Read(ctx, iri)
		if err != nil {
			return err
		}
		var quads []graph.Quad
		for q, err := range got.Quads {
			if err != nil {
				return err
			}
			quads = append(quads, q)
		}
		if !w3c.Isomorphic(quads, want) {
			return fmt.Errorf("another graph:\n got %v\nwant %v", quads, want)
		}
		return nil
	}
	format, ok := results.ByName(path.Ext(iri))
	if !ok {
		return compareResultSet(ctx, suite, iri, got)
	}
	file, err := suite.Path(iri)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	want, err := results.Read(bytes.NewReader(text), format)
	if err != nil {
		return err
	}
	if got.Kind == sparql.Boolean || want.IsBoolean {
		if want.Boolean != got.Bool || !want.IsBoolean {
			return fmt.Errorf("ASK gives %v, want %v", got.Bool, want.Boolean)
		}
		return nil
	}
	wantRows, err := table(want.Vars, want.Rows)
	if err != nil {
		return err
	}
	gotRows, err := table(got.Vars, got.Rows)
	if err != nil {
		return err
	}
	if format == results.CSV {
		return compareCSV(got.Vars, gotRows, text)
	}
	if byValue {
		gotRows, wantRows = valuesOf(gotRows), valuesOf(wantRows)
	}
	return compareRows(gotRows, wantRows)
}

// valuesOf replaces terms by one for each value: numbers by their canonical
// form, language tags by small letters.
func valuesOf(rows []solutionRow) []solutionRow {
	for _, r := range rows {
		for v, t := range r {
			r[v] = graph.Term{Kind: t.Kind, Value: t.Value, Datatype: t.Datatype, Language: strings.ToLower(t.Language)}
			if number := value.FromTerm(t); number.IsNumeric() {
				if n, err := value.Multiply(number, value.Integer(1)); err == nil {
					r[v] = n.Term()
				}
			}
		}
	}
	return rows
}

// solutionRow is a solution: its variables with their terms, of those that are bound.
type solutionRow map[string]graph.Term

func table(vars []string, rows func(func([]graph.Term, error) bool)) ([]solutionRow, error) {
	var out []solutionRow
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		r := solutionRow{}
		for i, t := range row {
			if !t.IsZero() {
				r[vars[i]] = t
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// compareRows compares multisets of solutions up to a renaming of blank nodes:
// as graphs in which each solution is a node.
func compareRows(got, want []solutionRow) error {
	asGraph := func(rows []solutionRow) []graph.Quad {
		var out []graph.Quad
		for i, r := range rows {
			node := graph.Blank("row" + strconv.Itoa(i))
			out = append(out, graph.Quad{Subject: node, Predicate: graph.IRI("row:"), Object: node})
			for v, t := range r {
				out = append(out, graph.Quad{Subject: node, Predicate: graph.IRI("var:" + v), Object: t})
			}
		}
		return out
	}
	if len(got) != len(want) || !w3c.Isomorphic(asGraph(got), asGraph(want)) {
		return fmt.Errorf("other solutions:\n got %v\nwant %v", got, want)
	}
	return nil
}

var blankLabel = regexp.MustCompile(`_:[A-Za-z0-9]+`)

// compareCSV compares the text that we write with the one that is wanted, line by line.
func compareCSV(vars []string, rows []solutionRow, want []byte) error {
	var text bytes.Buffer
	w := results.NewWriter(&text, results.CSV)
	if err := w.Head(vars); err != nil {
		return err
	}
	for _, r := range rows {
		line := make([]graph.Term, len(vars))
		for i, v := range vars {
			line[i] = r[v]
		}
		if err := w.Row(line); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	lines := func(b []byte) []string {
		out := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n")), "\n")
		for i, l := range out {
			out[i] = blankLabel.ReplaceAllString(l, "_:b")
		}
		slices.Sort(out)
		return out
	}
	if got, want := lines(text.Bytes()), lines(want); !slices.Equal(got, want) {
		return fmt.Errorf("other lines:\n got %q\nwant %q", got, want)
	}
	return nil
}

const resultSet = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

// compareResultSet compares with results that are written as a graph.
func compareResultSet(ctx context.Context, suite *w3c.Suite, iri string, got *sparql.Results) error {
	if _, ok := rdf.ByExtension(iri); !ok {
		return fmt.Errorf("%s has no known format", iri)
	}
	quads, err := suite.Read(ctx, iri)
	if err != nil {
		return err
	}
	g := w3c.NewTriples(quads)
	var want []solutionRow
	for _, set := range g.Subjects(w3c.RDF+"type", graph.IRI(resultSet+"ResultSet")) {
		if b := g.Object(set, resultSet+"boolean"); !b.IsZero() {
			if fmt.Sprint(got.Bool) != b.Value {
				return fmt.Errorf("ASK gives %v", got.Bool)
			}
			return nil
		}
		for _, s := range g.Objects(set, resultSet+"solution") {
			r := solutionRow{}
			for _, b := range g.Objects(s, resultSet+"binding") {
				r[g.Object(b, resultSet+"variable").Value] = g.Object(b, resultSet+"value")
			}
			want = append(want, r)
		}
	}
	rows, err := table(got.Vars, got.Rows)
	if err != nil {
		return err
	}
	return compareRows(rows, want)
}
