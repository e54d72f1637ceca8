package graphtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// RunDataset checks datasets that load makes of distinct quads.
func RunDataset(t *testing.T, load func(t testing.TB, quads []graph.Quad) graph.Dataset) {
	few, many := someQuads(), manyQuads()
	t.Run("nothing", func(t *testing.T) { checkDataset(t, load(t, nil), nil) })
	t.Run("few", func(t *testing.T) { checkDataset(t, load(t, few), few) })
	t.Run("many", func(t *testing.T) { checkPatterns(t, load(t, many), many, 40) })
	t.Run("values", func(t *testing.T) { checkRanges(t, load(t, valueQuads())) })
	t.Run("cursors", func(t *testing.T) {
		checkCursors(t, load(t, few))
		checkCursors(t, load(t, many))
		checkCursors(t, load(t, nil))
	})
	t.Run("cancelled", func(t *testing.T) { checkCancelled(t, load(t, many), many) })
}

// someQuads have all kinds of term, terms in several places, and graphs that share triples.
func someQuads() []graph.Quad {
	var terms []graph.Term
	for _, name := range []string{"a", "b", "c", "p", "q"} {
		terms = append(terms, graph.IRI("http://example.org/"+name))
	}
	a, p, q := terms[0], terms[3], terms[4]
	objects := append(slices.Clone(terms),
		graph.Blank("a"), graph.String("a"), graph.LangTagged("a", "en"), graph.Typed("a", a.Value),
		graph.Typed("1", xsdInteger), graph.Typed("01", xsdInteger), graph.String("1"))
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[graph.Quad]bool{}
	var out []graph.Quad
	for len(out) < 150 {
		q := graph.Quad{
			Subject:   append(slices.Clone(terms), graph.Blank("a"), graph.Blank("b"))[r.IntN(7)],
			Predicate: []graph.Term{p, q, a}[r.IntN(3)],
			Object:    objects[r.IntN(len(objects))],
			Graph:     []graph.Term{{}, {}, a, p, graph.Blank("a")}[r.IntN(5)],
		}
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out
}

const xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"

// manyQuads do not fit into one batch of a scan, as a whole and by most positions.
func manyQuads() []graph.Quad {
	out := make([]graph.Quad, 0, 12_000)
	name := func(kind string, n int) graph.Term { return graph.IRI(fmt.Sprintf("http://example.org/%s%d", kind, n)) }
	for i := range cap(out) {
		q := graph.Quad{Subject: name("s", i%4000), Predicate: name("p", i%5), Object: name("o", i%7), Graph: name("g", i%2)}
		if i%3 == 0 {
			q.Graph = graph.Term{}
		}
		out = append(out, q)
	}
	return out
}

// checkDataset compares everything that a dataset says with the quads that it should hold.
func checkDataset(t *testing.T, d graph.Dataset, quads []graph.Quad) {
	t.Helper()
	terms := map[graph.Term]bool{}
	var names []string
	for _, q := range quads {
		for _, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			terms[term] = true
		}
		if !q.Graph.IsZero() {
			names = append(names, q.Graph.String())
		}
	}
	ids := map[graph.ID]graph.Term{}
	for term := range terms {
		n := id(t, d, term)
		if other, ok := ids[n]; ok {
			t.Errorf("%s and %s have the same id", term, other)
		}
		ids[n] = term
		if term.IsZero() != (n == graph.DefaultGraph) || n == graph.Any {
			t.Errorf("%q has the id %d", term, n)
		}
		if back, err := d.Term(t.Context(), n); err != nil || back != term {
			t.Errorf("%s came back as %s, with error %v", term, back, err)
		}
	}
	for _, unknown := range []graph.Term{graph.IRI("http://example.org/unknown"), graph.String("unknown"), graph.Blank("unknown"), {Kind: graph.KindTriple}} {
		if hasID(t, d, unknown) {
			t.Errorf("%s has an id", unknown)
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); !slices.Equal(graphNames(t, d), names) {
		t.Errorf("graphs are %v, want %v", graphNames(t, d), names)
	}
	checkPatterns(t, d, quads, len(quads))
	checkTerms(t, d, ids)
	checkStatistics(t, d, quads)
}

// checkPatterns compares scans with a filter over all quads: all 16
// combinations of bound positions, in all orders, with ids of up to n quads,
// and with ids that no quad has together.
func checkPatterns(t *testing.T, d graph.Dataset, quads []graph.Quad, n int) {
	t.Helper()
	all := make([]graph.Encoded, len(quads))
	ids := map[graph.Term]graph.ID{}
	for i, q := range quads {
		var e [4]graph.ID
		for at, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			if ids[term] == 0 {
				ids[term] = id(t, d, term)
			}
			e[at] = ids[term]
		}
		all[i] = graph.Encoded{Subject: e[0], Predicate: e[1], Object: e[2], Graph: e[3]}
	}
	r := rand.New(rand.NewPCG(3, 4))
	samples := []graph.Encoded{{Subject: 1 << 60, Predicate: 1 << 60, Object: 1 << 60, Graph: 1 << 60}}
	for range min(n, 20) {
		a, b := all[r.IntN(len(all))], all[r.IntN(len(all))]
		samples = append(samples, a, graph.Encoded{Subject: a.Subject, Predicate: b.Predicate, Object: a.Object, Graph: b.Graph})
	}
	for bound := range 16 {
		tried := map[graph.Pattern]bool{}
		for _, p := range samples {
			for bit, place := range []*graph.ID{&p.Subject, &p.Predicate, &p.Object, &p.Graph} {
				if bound&(1<<bit) == 0 {
					*place = graph.Any
				}
			}
			if !tried[p] {
				tried[p] = true
				checkPattern(t, d, all, p)
			}
		}
	}
}

// checkTerms compares terms that are read together with those read alone.
func checkTerms(t *testing.T, d graph.Dataset, terms map[graph.ID]graph.Term) {
	t.Helper()
	var ids []graph.ID
	for id := range terms { // in any sequence
		ids = append(ids, id, id)
	}
	out := make([]graph.Term, len(ids))
	if err := graph.Terms(t.Context(), d, ids, out); err != nil {
		t.Error(err)
	}
	for i, id := range ids {
		if out[i] != terms[id] {
			t.Errorf("id %d is %s among others, and %s alone", id, out[i], terms[id])
		}
	}
}

// checkStatistics compares the statistics of predicates with a count.
func checkStatistics(t *testing.T, d graph.Dataset, quads []graph.Quad) {
	t.Helper()
	type counted struct {
		quads             int64
		subjects, objects map[graph.Term]bool
	}
	want := map[graph.Term]*counted{graph.IRI("http://example.org/a"): {}}
	for _, q := range quads {
		c := want[q.Predicate]
		if c == nil || c.subjects == nil {
			c = &counted{subjects: map[graph.Term]bool{}, objects: map[graph.Term]bool{}}
			want[q.Predicate] = c
		}
		c.quads++
		c.subjects[q.Subject], c.objects[q.Object] = true, true
	}
	for predicate, c := range want {
		id, ok, err := d.ID(t.Context(), predicate)
		if err != nil || !ok {
			continue
		}
		got, err := graph.StatisticsOf(t.Context(), d, id)
		subjects, objects := int64(len(c.subjects)), int64(len(c.objects))
		if err != nil || got.Quads != c.quads || got.Exact && (got.Subjects != subjects || got.Objects != objects) ||
			got.Subjects > got.Quads || got.Objects > got.Quads || got.Quads > 0 && (got.Subjects < 1 || got.Objects < 1) {
			t.Errorf("statistics of %s: %+v (error %v), want %d quads, %d subjects, %d objects", predicate, got, err, c.quads, subjects, objects)
		}
	}
}

func checkPattern(t *testing.T, d graph.Dataset, all []graph.Encoded, p graph.Pattern) {
	t.Helper()
	var want []graph.Encoded
	for _, e := range all {
		if p.Matches(e) {
			want = append(want, e)
		}
	}
	for _, order := range append(graph.Orders(), graph.Unordered) {
		got := scan(t, d, p, order)
		if order == graph.Unordered {
			slices.SortFunc(got, order.Compare)
		}
		slices.SortFunc(want, order.Compare)
		if !slices.Equal(got, want) {
			t.Errorf("pattern %v in order %s: %d rows, want %d, or in another order", p, order, len(got), len(want))
		}
	}
	n, exact, err := d.Estimate(t.Context(), p)
	if err != nil || n < 0 || exact && n != int64(len(want)) || !exact && n > int64(len(all)) {
		t.Errorf("pattern %v: estimate %d (exact: %v, error %v), want %d", p, n, exact, err, len(want))
	}
}

func scan(t testing.TB, d graph.Dataset, p graph.Pattern, o graph.Order) []graph.Encoded {
	t.Helper()
	var rows []graph.Encoded
	for batch, err := range d.Scan(t.Context(), p, o) {
		if err != nil {
			t.Fatal(err)
		}
		if len(batch) == 0 {
			t.Error("an empty batch")
		}
		rows = append(rows, batch...)
	}
	return rows
}

// checkCancelled checks that a context that is done is an error, and never the end of data.
func checkCancelled(t *testing.T, d graph.Dataset, quads []graph.Quad) {
	subject := id(t, d, quads[0].Subject)
	predicate := id(t, d, quads[0].Predicate)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, p := range []graph.Pattern{{}, {Subject: subject}, {Predicate: predicate}, {Subject: 1 << 60}} {
		for batch, err := range d.Scan(over, p, graph.Unordered) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("scan of %v yielded %d rows and error %v", p, len(batch), err)
			}
		}
		if rows := countUntil(d, over, p); rows >= 0 {
			t.Errorf("scan of %v ended without an error after %d rows", p, rows)
		}
		if _, _, err := d.Estimate(over, p); !errors.Is(err, context.Canceled) {
			t.Errorf("estimate of %v: error %v", p, err)
		}
	}
	if _, _, err := d.ID(over, quads[0].Subject); !errors.Is(err, context.Canceled) {
		t.Errorf("id: error %v", err)
	}
	if _, err := d.Term(over, subject); !errors.Is(err, context.Canceled) {
		t.Errorf("term: error %v", err)
	}
	last := error(nil)
	for _, err := range d.Graphs(over) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("graphs: error %v", last)
	}

	late, cancel := context.WithCancel(t.Context())
	defer cancel()
	last = nil
	for _, err := range d.Scan(late, graph.Pattern{Predicate: predicate}, graph.Unordered) {
		last = err
		cancel()
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("a scan that was cancelled on its way ended with error %v", last)
	}
}

// countUntil counts the rows of a scan, and returns -1 when it ends with an error.
func countUntil(d graph.Dataset, ctx context.Context, p graph.Pattern) int {
	n := 0
	for batch, err := range d.Scan(ctx, p, graph.Unordered) {
		if err != nil {
			return -1
		}
		n += len(batch)
	}
	return n
}
