package sparql_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/schema"
)

// TestScripts runs testdata/*.test: data and the queries that users ask of it,
// with their answers. -rewrite writes the answers anew.
//
//	load FILE        puts TriG into an empty dataset
//	query            answers a query; rows come sorted unless it says ORDER BY
//	explain STAGE    shows a stage of it
//
// The option "union" of a query makes the merge of all graphs its default
// graph. Every answer is asked for four times: of the engine and of the reference, in memory and in
// pebble; all must agree.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.test")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".test"), func(t *testing.T) {
			var s script
			datadriven.RunTest(t, file, s.run)
		})
	}
}

// script is the state of a script: its data, twice.
type script struct {
	datasets map[string]graph.Dataset
}

func (s *script) run(t *testing.T, d *datadriven.TestData) string {
	switch d.Cmd {
	case "load":
		text, err := os.ReadFile(filepath.Join("testdata", d.CmdArgs[0].Key))
		if err != nil {
			t.Fatal(err)
		}
		return s.load(t, string(text))
	case "query":
		return s.query(t, d)
	case "explain":
		q, err := sparql.Prepare(d.Input, options(t, d))
		if err != nil {
			return err.Error() + "\n"
		}
		text, err := q.Explain(t.Context(), s.datasets["memory"], d.CmdArgs[0].Key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	t.Fatalf("%s: no command is called %s", d.Pos, d.Cmd)
	return ""
}

func (s *script) load(t *testing.T, text string) string {
	format, _ := rdf.ByName("trig")
	var quads []graph.Quad
	head := ""
	for prefix, iri := range schema.Prefixes() {
		head += fmt.Sprintf("@prefix %s: <%s> . ", prefix, iri)
	}
	for q, err := range rdf.Read(t.Context(), strings.NewReader(head+text), format, rdf.Options{Name: "data"}) {
		if err != nil {
			t.Fatal(err)
		}
		quads = append(quads, q)
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		view.Close()
		store.Close()
	})
	s.datasets = map[string]graph.Dataset{"memory": memory.New(quads, nil), "pebble": view}
	return fmt.Sprintf("%d quads\n", len(quads))
}

func options(t *testing.T, d *datadriven.TestData) sparql.Options {
	o := sparql.Options{Name: "query", Prefixes: schema.Prefixes(), Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	for _, arg := range d.CmdArgs {
		if arg.Key == "union" {
			o.UnionDefault = true
		}
	}
	return o
}

func (s *script) query(t *testing.T, d *datadriven.TestData) string {
	q, err := sparql.Prepare(d.Input, options(t, d))
	if err != nil {
		return err.Error() + "\n"
	}
	first, from := "", ""
	for _, e := range evaluators {
		if e.name == "reference" && strings.HasPrefix(d.Input, "DESCRIBE") {
			continue
		}
		for _, where := range []string{"memory", "pebble"} {
			got := answer(t.Context(), e, q, s.datasets[where])
			if first == "" {
				first, from = got, e.name+" in "+where
			} else if got != first {
				t.Errorf("%s: by %s in %s:\n%sby %s:\n%s", d.Pos, e.name, where, got, from, first)
			}
		}
	}
	return first
}

func answer(ctx context.Context, e evaluator, q *sparql.Query, d graph.Dataset) string {
	results, err := e.run(ctx, q, d)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var lines []string
	switch results.Kind {
	case sparql.Boolean:
		return fmt.Sprintln(results.Bool)
	case sparql.Triples:
		lines, err = triples(results.Quads)
	default:
		lines, err = solutions(results)
	}
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	if !strings.Contains(q.Tree.String(), "ORDER BY") {
		slices.Sort(lines)
	}
	head := ""
	if results.Kind == sparql.Solutions {
		head = "?" + strings.Join(results.Vars, " ?") + "\n"
	}
	if len(lines) == 0 {
		return head + "nothing\n"
	}
	return head + strings.Join(lines, "\n") + "\n"
}

func solutions(results *sparql.Results) (lines []string, err error) {
	for row, err := range results.Rows {
		if err != nil {
			return nil, err
		}
		texts := make([]string, len(row))
		for i, t := range row {
			texts[i] = short(t)
		}
		lines = append(lines, strings.Join(texts, "  "))
	}
	return lines, nil
}

func triples(quads iter.Seq2[graph.Quad, error]) (lines []string, err error) {
	for q, err := range quads {
		if err != nil {
			return nil, err
		}
		lines = append(lines, short(q.Subject)+" "+short(q.Predicate)+" "+short(q.Object))
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

// short writes a term with the prefixes that queries know.
func short(t graph.Term) string {
	switch t.Kind {
	case graph.KindNone:
		return "-"
	case graph.KindBlank:
		return "_"
	case graph.KindIRI:
		return schema.Compact(t.Value)
	case graph.KindLiteral:
		switch t.Datatype {
		case schema.XSD + "integer", schema.XSD + "decimal", schema.XSD + "double", schema.XSD + "boolean":
			return t.Value
		case "":
			return t.String()
		}
		return graph.String(t.Value).String() + "^^" + schema.Compact(t.Datatype)
	}
	return t.String()
}
