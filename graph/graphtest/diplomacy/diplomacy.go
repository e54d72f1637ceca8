// Package diplomacy generates a graph of diplomacy of any size, in the
// vocabulary of docs/graph-model.md, and holds the queries that it is asked in
// tests and benchmarks.
//
// [Quads] yields states, organizations, persons with their tenures, memberships
// and relations in the default graph, then documents: each with sentences,
// entities and reports of events in a graph of its own, and with the events
// that follow in the default graph. Few states are in most of the news: actors
// have a Zipf distribution, the first names the most frequent. [Shapes] are the queries.
//
//	err := graph.WriteNQuads(file, diplomacy.Quads(1, 1_000_000))
//
// Things are named by number, in the order of their importance: state:AAA,
// organization:O0, person:p0, event:e0, doc:d0.
package diplomacy

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Counts says how many things of each kind a graph of some size has beside
// its documents, which fill the rest.
type Counts struct{ States, Organizations, Persons int }

// CountsOf returns the counts for a graph of so many quads.
func CountsOf(quads int) Counts {
	return Counts{
		States:        min(max(quads/5000, 12), 200),
		Organizations: min(max(quads/10000, 6), 120),
		Persons:       max(quads/250, 24),
	}
}

// Quads yields that many quads, no two the same. A seed and a number always give the
// same quads; the last document is cut where the number is reached. Memory does not
// grow with the number.
func Quads(seed uint64, quads int) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		source := rand.New(rand.NewPCG(seed, 0))
		counts := CountsOf(quads)
		g := &generator{
			Rand: source, Counts: counts, left: quads, yield: yield,
			states:        rand.NewZipf(source, 1.2, 4, uint64(counts.States-1)),
			organizations: rand.NewZipf(source, 1.2, 2, uint64(counts.Organizations-1)),
			persons:       rand.NewZipf(source, 1.1, 8, uint64(counts.Persons-1)),
			kinds:         rand.NewZipf(source, 1.3, 3, uint64(len(kinds)-1)),
		}
		g.world()
		for i := 0; g.left > 0; i++ {
			g.document(i)
		}
	}
}

// State returns the IRI of a state, State(0) being in the news most often.
func State(i int) graph.Term {
	return thing("state", string([]byte{'A' + byte(i/676%26), 'A' + byte(i/26%26), 'A' + byte(i%26)}))
}

// generator gives quads away until none is left to give.
type generator struct {
	*rand.Rand
	Counts
	states, organizations, persons, kinds *rand.Zipf

	left   int
	yield  func(graph.Quad, error) bool
	name   graph.Term // of the graph that quads go to
	events int        // so far
}

func (g *generator) add(s graph.Term, predicate string, o graph.Term) {
	if g.left == 0 {
		return
	}
	g.left--
	if !g.yield(graph.Quad{Subject: s, Predicate: graph.IRI(predicate), Object: o, Graph: g.name}, nil) {
		g.left = 0
	}
}

func thing(kind, name string) graph.Term { return graph.IRI(schema.ID + kind + "/" + name) }

func organization(i int) graph.Term { return thing("organization", "O"+strconv.Itoa(i)) }

func person(i int) graph.Term { return thing("person", "p"+strconv.Itoa(i)) }

// ours is a term of the project's vocabulary.
func ours(local string) graph.Term { return graph.IRI(schema.NS + local) }

func number(n int) graph.Term { return graph.Typed(strconv.Itoa(n), schema.XSD+"integer") }

var firstDay = time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)

// date is a day of the thirty years from the first.
func (g *generator) date() graph.Term {
	return graph.Typed(firstDay.AddDate(0, 0, g.IntN(30*365)).Format(time.DateOnly), schema.XSD+"date")
}

// actor is a state, or now and then an organization.
func (g *generator) actor() graph.Term {
	if g.IntN(8) == 0 {
		return organization(int(g.organizations.Uint64()))
	}
	return State(int(g.states.Uint64()))
}

// pair is two different actors.
func (g *generator) pair() (actor, recipient graph.Term) {
	actor, recipient = g.actor(), g.actor()
	for actor == recipient {
		recipient = g.actor()
	}
	return actor, recipient
}

func label(format string, args ...any) graph.Term { return graph.String(fmt.Sprintf(format, args...)) }
