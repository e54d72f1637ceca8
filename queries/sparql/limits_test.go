package sparql_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/queries/sparql"
)

// ring is a circle of nodes, with a number for each.
func ring(n int) graph.Dataset {
	node := func(i int) graph.Term { return graph.IRI("e:" + strconv.Itoa(i%n)) }
	var quads []graph.Quad
	for i := range n {
		quads = append(quads,
			graph.Quad{Subject: node(i), Predicate: graph.IRI("e:next"), Object: node(i + 1)},
			graph.Quad{Subject: node(i), Predicate: graph.IRI("e:size"), Object: graph.Typed(strconv.Itoa(i), "http://www.w3.org/2001/XMLSchema#integer")},
			graph.Quad{Subject: node(i), Predicate: graph.IRI("e:in"), Object: graph.IRI("e:ring"), Graph: graph.IRI("e:g" + strconv.Itoa(i%7))})
	}
	return memory.New(quads, nil)
}

// Each query is large in another operator.
var large = map[string]string{
	"join":        "SELECT * { ?a :next ?b . { SELECT * { ?c :next ?d . ?e :next ?f . ?g :next ?h } } }",
	"sort":        "SELECT * { ?a :next ?b . ?c :next ?d . ?e :next ?f } ORDER BY ?a",
	"distinct":    "SELECT DISTINCT ?a ?c ?e { ?a :next ?b . ?c :next ?d . ?e :next ?f }",
	"group":       "SELECT ?a ?c ?e (COUNT(*) AS ?n) { ?a :next ?b . ?c :next ?d . ?e :next ?f } GROUP BY ?a ?c ?e",
	"concat":      "SELECT (GROUP_CONCAT(STR(?a)) AS ?all) { ?a :next ?b . ?c :next ?d . ?e :next ?f }",
	"distinct of": "SELECT (COUNT(DISTINCT *) AS ?n) { ?a :next ?b . ?c :next ?d . ?e :next ?f }",
	"new terms":   "SELECT (COUNT(?x) AS ?n) { ?a :size ?b . ?c :size ?d . ?e :size ?f BIND(CONCAT(STR(?a), STR(?c), STR(?e)) AS ?x) }",
	"construct":   "CONSTRUCT { ?a ?c ?e } { ?a :next ?b . ?c :next ?d . ?e :next ?f }",
	"paths":       "SELECT (COUNT(*) AS ?n) { ?a :next+ ?b . ?c :next+ ?d . ?e (:next/:next)+ ?f FILTER(?a != ?d && ?f != ?d) }",
	"exists":      "SELECT (COUNT(*) AS ?n) { ?a :size ?b . ?c :size ?d . ?e :size ?f FILTER(EXISTS { ?a :next+ ?x FILTER(?x = ?e) } || ?b > 5) }",
	"minus":       "SELECT (COUNT(*) AS ?n) { ?a :size ?b . ?c :size ?d . ?e :size ?f MINUS { ?a :next ?c } }",
	"optional":    "SELECT (COUNT(*) AS ?n) { ?a :size ?b . ?c :size ?d . ?e :size ?f OPTIONAL { ?z :next ?y FILTER(?d > 7) } }",
	"graphs":      "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a :in ?r . ?b :in ?s MINUS { ?a :in ?b } } GRAPH ?h { ?c :in ?r . ?d :in ?r . ?e :in ?r } }",
}

func readAll(ctx context.Context, d graph.Dataset, text string, o sparql.Options) error {
	o.Prefixes = map[string]string{"": "e:"}
	query, err := sparql.Prepare(text, o)
	if err != nil {
		return err
	}
	results, err := query.Run(ctx, d)
	if err != nil {
		return err
	}
	if results.Kind == sparql.Triples {
		for _, err := range results.Quads {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, err := range results.Rows {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestDeadline stops every operator soon after its time is up.
func TestDeadline(t *testing.T) {
	d := ring(400)
	for name, text := range large {
		const deadline = 60 * time.Millisecond
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		began := time.Now()
		err := readAll(ctx, d, text, sparql.Options{Memory: -1})
		late := time.Since(began) - deadline
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: ended with %v after %s", name, err, time.Since(began))
		}
		if late > time.Second { // 50 ms where the machine has nothing else to do
			t.Errorf("%s: stopped %s late", name, late)
		}
		t.Logf("%s: %s late", name, late)
	}
}

// TestMemory stops the operators that keep rows at their limit of memory.
func TestMemory(t *testing.T) {
	d := ring(400)
	for _, name := range []string{"join", "sort", "distinct", "group", "concat", "distinct of", "new terms", "construct"} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if err := readAll(ctx, d, large[name], sparql.Options{Memory: 2 << 20}); !errors.Is(err, sparql.ErrMemory) {
			t.Errorf("%s: ended with %v", name, err)
		}
		cancel()
	}
}
