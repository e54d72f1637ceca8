package pebble_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// documents makes n documents of ten quads each, in a graph of their own: an
// event of two of 200 states, a person of 20 for each state who holds a position.
func documents(n int) [][]graph.Quad {
	r := rand.New(rand.NewPCG(9, 10))
	name := func(kind string, i int) graph.Term {
		return graph.IRI(fmt.Sprintf("https://ententegraph.github.io/id/%s/%d", kind, i))
	}
	property := func(s string) graph.Term { return graph.IRI("https://ententegraph.github.io/ns#" + s) }
	out := make([][]graph.Quad, n)
	for i := range out {
		doc, event, tenure := name("doc", i), name("event", i), name("tenure", i)
		actor := int(float64(200) * r.Float64() * r.Float64())
		add := func(s graph.Term, p string, o graph.Term) {
			out[i] = append(out[i], graph.Quad{Subject: s, Predicate: property(p), Object: o, Graph: doc})
		}
		add(event, "type", property("Meeting"))
		add(event, "actor", name("state", actor))
		add(event, "recipient", name("state", r.IntN(200)))
		add(event, "date", graph.Typed(fmt.Sprintf("2025-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)), "http://www.w3.org/2001/XMLSchema#date"))
		add(event, "text", graph.String(fmt.Sprintf("Sentence %d of what was said at the meeting.", i)))
		add(tenure, "type", property("Tenure"))
		add(tenure, "holder", name("person", actor*20+r.IntN(20)))
		add(tenure, "onBehalfOf", name("state", actor))
		add(doc, "type", property("Document"))
		add(doc, "title", graph.String(fmt.Sprintf("Title %d", i)))
	}
	return out
}

func load(b *testing.B, docs [][]graph.Quad, together int, o pebble.Options) *pebble.Store {
	b.Helper()
	s, err := pebble.Open(b.TempDir(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	var c graph.Change
	for i, doc := range docs {
		c.Add = append(c.Add, doc...)
		if (i+1)%together == 0 || i == len(docs)-1 {
			if _, err := s.Apply(b.Context(), c); err != nil {
				b.Fatal(err)
			}
			c.Add = c.Add[:0]
		}
	}
	return s
}

func BenchmarkLoad(b *testing.B) {
	docs := documents(10_000)
	for _, bench := range []struct {
		name     string
		together int
		noSync   bool
	}{{"document", 1, false}, {"document unsynced", 1, true}, {"1000 documents", 1000, false}} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				load(b, docs, bench.together, pebble.Options{NoSync: bench.noSync})
			}
			b.ReportMetric(float64(b.N*len(docs)*10)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

func BenchmarkRead(b *testing.B) {
	s := load(b, documents(50_000), 1000, pebble.Options{NoSync: true})
	if err := s.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	v, err := s.View()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { v.Close() })
	id := func(iri string) graph.ID {
		id, ok, err := v.ID(b.Context(), graph.IRI("https://ententegraph.github.io/"+iri))
		if err != nil || !ok {
			b.Fatal(iri, err)
		}
		return id
	}
	actor, typ := id("ns#actor"), id("ns#type")
	for _, bench := range []struct {
		name    string
		pattern func(i int) graph.Pattern
	}{
		{"one quad", func(i int) graph.Pattern {
			return graph.Pattern{Subject: id(fmt.Sprint("id/event/", i%50_000)), Predicate: actor}
		}},
		{"one document", func(i int) graph.Pattern { return graph.Pattern{Graph: id(fmt.Sprint("id/doc/", i%50_000))} }},
		{"one state", func(i int) graph.Pattern {
			return graph.Pattern{Predicate: actor, Object: id(fmt.Sprint("id/state/", i%150))}
		}},
		{"one property", func(int) graph.Pattern { return graph.Pattern{Predicate: typ} }},
		{"everything", func(int) graph.Pattern { return graph.Pattern{} }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			rows := 0
			for i := 0; b.Loop(); i++ {
				for batch, err := range v.Scan(b.Context(), bench.pattern(i), graph.Unordered) {
					if err != nil {
						b.Fatal(err)
					}
					rows += len(batch)
				}
			}
			b.ReportMetric(float64(rows)/float64(b.N), "rows")
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	recipient := id("ns#recipient")
	var states []graph.ID
	for i := range 150 {
		states = append(states, id(fmt.Sprint("id/state/", i)))
	}
	b.Run("2 hops by cursors", func(b *testing.B) {
		rows := 0
		for i := 0; b.Loop(); i++ {
			// Events of an actor, by subject, and their recipients: one cursor gallops behind the other.
			c, err := v.(graph.Seeker).Cursor(b.Context(), graph.Pattern{Predicate: recipient}, graph.PSOG)
			if err != nil {
				b.Fatal(err)
			}
			for batch, err := range v.Scan(b.Context(), graph.Pattern{Predicate: actor, Object: states[i%150]}, graph.Unordered) {
				if err != nil {
					b.Fatal(err)
				}
				for _, e := range batch[:min(len(batch), 30)] {
					if err := c.Seek(b.Context(), graph.Encoded{Subject: e.Subject}); err != nil {
						b.Fatal(err)
					}
					found, err := c.Next(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					for _, e2 := range found {
						if e2.Subject != e.Subject {
							break
						}
						rows++
					}
				}
				break
			}
			c.Close()
		}
		b.ReportMetric(float64(rows)/float64(b.N), "rows")
	})
	b.Run("2 hops by scans", func(b *testing.B) {
		rows := 0
		for i := 0; b.Loop(); i++ {
			for batch, err := range v.Scan(b.Context(), graph.Pattern{Predicate: actor, Object: states[i%150]}, graph.Unordered) {
				if err != nil {
					b.Fatal(err)
				}
				for _, e := range batch[:min(len(batch), 30)] {
					for found, err := range v.Scan(b.Context(), graph.Pattern{Subject: e.Subject, Predicate: recipient}, graph.Unordered) {
						if err != nil {
							b.Fatal(err)
						}
						rows += len(found)
					}
				}
				break
			}
		}
		b.ReportMetric(float64(rows)/float64(b.N), "rows")
	})
	qs := v.Cayley()
	state := func(i int) *path.Path {
		return path.StartPath(qs, quad.IRI(fmt.Sprint("https://ententegraph.github.io/id/state/", i%150)))
	}
	property := func(s string) any { return quad.IRI("https://ententegraph.github.io/ns#" + s) }
	for _, bench := range []struct {
		name string
		path func(i int) *path.Path
	}{
		{"1 hop", func(i int) *path.Path { return state(i).In(property("actor")) }},
		{"2 hops", func(i int) *path.Path { return state(i).In(property("actor")).Out(property("recipient")) }},
		{"intersection", func(i int) *path.Path {
			return state(i).In(property("actor")).And(state(i + 1).In(property("recipient")))
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			rows := 0
			for i := 0; b.Loop(); i++ {
				err := bench.path(i).Iterate(context.Background()).Each(func(cayley.Ref) { rows++ })
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)/float64(b.N), "rows")
		})
	}
}
