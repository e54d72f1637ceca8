package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/schema"
)

const goldFolder = "../../../shared/gold/"

// row is a row of a result, by column.
type row map[string]string

// asked says which saved query answers a question, and how its rows are read.
type asked struct {
	query  string
	params map[string]string
	answer func([]row) []string
}

// column gives the different values of a column, of the rows whose other cell has a value, if one is named.
func column(name string, where ...string) func([]row) []string {
	return func(rows []row) []string {
		var out []string
		for _, r := range rows {
			if len(where) == 2 && r[where[0]] != where[1] {
				continue
			}
			if text := r[name]; text != "" && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
		return out
	}
}

// rowsOf reads a result as its users get it, in CSV.
func rowsOf(t *testing.T, result *queries.Result) []row {
	t.Helper()
	var text strings.Builder
	if err := result.WriteCSV(&text); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []row
	for _, record := range records[min(1, len(records)):] {
		r := row{}
		for i, name := range records[0] {
			r[name] = record[i]
		}
		out = append(out, r)
	}
	return out
}

// either answers yes when there are rows, and the other word when there are none.
func either(none string, when func(row) bool) func([]row) []string {
	return func(rows []row) []string {
		if slices.ContainsFunc(rows, when) {
			return []string{"yes"}
		}
		return []string{none}
	}
}

// questions are those about the seed article, in the order of their file.
var questions = []asked{
	{"who-signed", map[string]string{"for": "Armenia"}, column("signatory", "for", "Armenia")},
	{"positions-of", map[string]string{"person": "Mohammad Ishaq Dar"}, column("position")},
	{"established-relations", map[string]string{"a": "Armenia", "b": "Pakistan"}, column("date")},
	{"who-signed", map[string]string{"for": "Pakistan"}, column("place")},
	{"summits", nil, column("by")},
	{"events-between", map[string]string{"a": "Mirzoyan", "b": "Dar", "type": "ent:Call"}, column("date")},
	{"conditions", map[string]string{"actor": "Pakistan", "towards": "Armenia"}, column("condition")},
	{"ambassadors", map[string]string{"from": "Pakistan", "to": "Azerbaijan"}, column("holder")},
	{"relations-of", map[string]string{"thing": "Pakistan", "with": "Armenia", "at": "2025-09-01"},
		either("no", func(r row) bool { return strings.Contains(r["relation"], "diplomatic relations") })},
	{"memberships-of", map[string]string{"thing": "Pakistan"},
		either("not stated", func(r row) bool {
			return r["as"] == "is a member of" && strings.Contains(r["organization"], "Collective Security")
		})},
	{"opposition", map[string]string{"of": "Pakistan"}, func(rows []row) []string {
		return append(column("by")(rows), column("date")(rows)...)
	}},
	{"relations-of", map[string]string{"thing": "Armenia", "type": "ent:occupies"},
		either("no", func(row) bool { return true })},
	{"parties-to", map[string]string{"agreement": "Washington accords"}, column("party")},
	{"meeting-days", map[string]string{"a": "Mirzoyan", "b": "Dar"}, func(rows []row) []string {
		return []string{map[int]string{0: "none", 1: "one", 2: "two", 3: "three"}[len(rows)]}
	}},
	{"connections", map[string]string{"from": "Pakistan", "to": "Washington accords"}, column("way")},
}

// TestQuestions asks the saved queries the questions about the seed article.
func TestQuestions(t *testing.T) {
	file, err := os.Open(goldFolder + "questions.jsonl")
	if err != nil {
		t.Skip("the questions are not here: ", err)
	}
	defer file.Close()
	e := seedEngine(t)
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var q struct {
			Article, Question, Kind string
			Answers                 []string
		}
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		if q.Article != "seed" {
			continue
		}
		if n == len(questions) {
			t.Fatalf("nobody knows how to ask %q", q.Question)
		}
		ask := questions[n]
		n++
		result, err := e.RunSaved(t.Context(), ask.query, ask.params, queries.Limits{})
		if err != nil {
			t.Errorf("%s: %v", q.Question, err)
			continue
		}
		got := ask.answer(rowsOf(t, result))
		if !answers(q.Kind, q.Answers, got) {
			t.Errorf("%s\n got %q, want %q", q.Question, got, q.Answers)
		}
	}
	if n != len(questions) {
		t.Errorf("%d of %d questions are in the file", n, len(questions))
	}
}

// answers compares: of a list all are wanted, of other kinds one of several wordings.
func answers(kind string, want, got []string) bool {
	in := func(w string) bool { return slices.Contains(got, w) }
	switch kind {
	case "list":
		for _, w := range want {
			if !in(w) {
				return false
			}
		}
		return len(got) >= len(want)
	case "path":
		return slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, want[0]) })
	}
	return len(got) == 1 && slices.ContainsFunc(want, in)
}

// seedEngine asks a graph of the seed article alone.
func seedEngine(t *testing.T) *queries.Engine {
	t.Helper()
	text, err := os.ReadFile(goldFolder + "seed.txt")
	if err != nil {
		t.Skip("the seed article is not here: ", err)
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	im, err := importer(store, &settings{})
	if err != nil {
		t.Fatal(err)
	}
	source := func(yield func(importers.Source, error) bool) { yield(importers.Bytes("seed.txt", text), nil) }
	for outcome, err := range im.Load(context.Background(), source, importers.Options{Published: timex.Date{Year: 2025, Month: 9, Day: 1}}) {
		if err != nil || outcome.Status != importers.New {
			t.Fatal(err, outcome.Reason)
		}
	}
	library, err := queries.ReadLibrary(nil)
	if err != nil {
		t.Fatal(err)
	}
	e := engine(&settings{}, im.Model, func() (graph.View, error) { return store.View() })
	e.Prefixes, e.Saved = schema.Prefixes(), library
	return e
}
