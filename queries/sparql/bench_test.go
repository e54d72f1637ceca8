package sparql_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/sparql"
)

// shapes are the shapes of query that people ask, over generated events.
var shapes = []struct{ name, text string }{
	{"lookup", "SELECT ?p ?o { :event77 ?p ?o }"},
	{"star", "SELECT ?t ?d ?a ?r { :event77 :type ?t ; :date ?d ; :actor ?a ; :recipient ?r }"},
	{"two hops", "SELECT ?person ?label { :state7 :member ?org . ?person :worksFor ?org ; :label ?label } LIMIT 100"},
	{"three hops", "SELECT DISTINCT ?other { :person77 :worksFor ?org . ?state :member ?org . ?state :ally ?other }"},
	{"star of events", "SELECT ?e ?d { ?e :actor :state7 ; :recipient :state9 ; :date ?d }"},
	{"group", "SELECT ?t (COUNT(*) AS ?n) { ?e :type ?t } GROUP BY ?t ORDER BY DESC(?n)"},
	{"group by pair", "SELECT ?a ?r (COUNT(*) AS ?n) { ?e :actor ?a ; :recipient ?r } GROUP BY ?a ?r ORDER BY DESC(?n) LIMIT 10"},
	{"range", "SELECT ?e { ?e :date ?d FILTER(?d >= \"2020-06-01\"^^xsd:date && ?d < \"2020-06-03\"^^xsd:date) }"},
	{"top", "SELECT ?e ?d { ?e :date ?d } ORDER BY DESC(?d) LIMIT 10"},
	{"not exists", "SELECT (COUNT(*) AS ?n) { ?e :type ?t FILTER NOT EXISTS { ?e :denied true } }"},
	{"minus", "SELECT (COUNT(*) AS ?n) { ?e :type ?t MINUS { ?e :denied true } }"},
	{"path", "SELECT ?s { :state7 :ally+ ?s }"},
	{"optional", "SELECT ?e ?x { ?e :actor :state7 OPTIONAL { ?e :denied ?x } }"},
}

const world = "https://world.example/"

// events generates about n quads: events between states, the people and
// organizations around them.
func events(n int) []graph.Quad {
	r := rand.New(rand.NewPCG(1, 1))
	name := func(kind string, i int) graph.Term { return graph.IRI(world + kind + strconv.Itoa(i)) }
	var out []graph.Quad
	add := func(s graph.Term, p string, o graph.Term) {
		out = append(out, graph.Quad{Subject: s, Predicate: graph.IRI(world + p), Object: o})
	}
	for i := range 200 {
		for range 10 {
			add(name("state", i), "ally", name("state", r.IntN(200)))
			add(name("state", i), "member", name("organization", r.IntN(100)))
		}
	}
	for i := range n / 50 {
		add(name("person", i), "worksFor", name("organization", r.IntN(100)))
		add(name("person", i), "label", graph.String("Person "+strconv.Itoa(i)))
	}
	for i := 0; len(out) < n; i++ {
		e := name("event", i)
		add(e, "type", name("type", min(r.IntN(20), r.IntN(20))))
		add(e, "actor", name("state", r.IntN(200)))
		add(e, "recipient", name("state", r.IntN(200)))
		add(e, "date", graph.Typed(fmt.Sprintf("%04d-%02d-%02d", 2000+r.IntN(26), 1+r.IntN(12), 1+r.IntN(28)), "http://www.w3.org/2001/XMLSchema#date"))
		if r.IntN(5) == 0 {
			add(e, "denied", graph.Typed("true", "http://www.w3.org/2001/XMLSchema#boolean"))
		}
	}
	return out
}

// benchQuads is how many quads are asked: ENTENTE_BENCH_QUADS, or a tenth of a million.
func benchQuads(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_QUADS"))
	if err != nil {
		n = 100_000
	}
	return n
}

func BenchmarkShapes(b *testing.B) {
	quads := events(benchQuads(b))
	store, err := pebble.OpenMemory()
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	for from := 0; from < len(quads); from += 50_000 {
		if _, err := store.Apply(b.Context(), graph.Change{Add: quads[from:min(from+50_000, len(quads))]}); err != nil {
			b.Fatal(err)
		}
	}
	view, err := store.View()
	if err != nil {
		b.Fatal(err)
	}
	defer view.Close()
	for _, over := range []struct {
		name    string
		dataset graph.Dataset
	}{{"memory", memory.New(quads, nil)}, {"pebble", view}} {
		for _, shape := range shapes {
			b.Run(over.name+"/"+shape.name, func(b *testing.B) {
				rows := ask(b, over.dataset, shape.text) // what is asked first waits for indexes
				for b.Loop() {
					ask(b, over.dataset, shape.text)
				}
				b.ReportMetric(float64(rows), "rows")
			})
		}
	}
}

// ask runs a query to its end and returns the number of its rows.
func ask(b *testing.B, d graph.Dataset, text string) int {
	query, err := sparql.Prepare(text, sparql.Options{Prefixes: map[string]string{"": world, "xsd": "http://www.w3.org/2001/XMLSchema#"}})
	if err != nil {
		b.Fatal(err)
	}
	results, err := query.Run(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for _, err := range results.Rows {
		if err != nil {
			b.Fatal(err)
		}
		rows++
	}
	return rows
}
