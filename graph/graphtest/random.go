package graphtest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// model is what a store should hold, kept in the plainest way.
type model struct {
	quads   map[graph.Quad]bool
	created map[graph.Term]bool
	records map[string]string
}

func (m *model) apply(c graph.Change) graph.Applied {
	before := maps.Clone(m.quads)
	for _, name := range c.DropGraphs {
		delete(m.created, name)
		maps.DeleteFunc(m.quads, func(q graph.Quad, _ bool) bool { return q.Graph == name })
	}
	for _, q := range c.Remove {
		delete(m.quads, q)
	}
	for _, q := range c.Add {
		m.quads[q] = true
	}
	for _, name := range c.CreateGraphs {
		m.created[name] = true
	}
	for key, value := range c.Records {
		if value == nil {
			delete(m.records, key)
		} else {
			m.records[key] = string(value)
		}
	}
	var done graph.Applied
	for q := range m.quads {
		if !before[q] {
			done.Added++
		}
	}
	for q := range before {
		if !m.quads[q] {
			done.Removed++
		}
	}
	return done
}

// check compares a view with the model.
func (m *model) check(t *testing.T, v graph.View) {
	t.Helper()
	all := slices.Collect(maps.Keys(m.quads))
	slices.SortFunc(all, func(a, b graph.Quad) int { return slices.Compare(graph.AppendQuad(nil, a), graph.AppendQuad(nil, b)) })
	var want string
	names := map[string]bool{}
	for _, q := range all {
		want += q.String() + "\n"
		if !q.Graph.IsZero() {
			names[q.Graph.String()] = true
		}
	}
	for name := range m.created {
		names[name.String()] = true
	}
	if got := dumpOf(t, v); got != want {
		t.Fatalf("the store holds\n%swant\n%s", got, want)
	}
	if got, want := graphNames(t, v), slices.Sorted(maps.Keys(names)); !slices.Equal(got, want) {
		t.Fatalf("graphs are %v, want %v", got, want)
	}
	records := map[string]string{}
	for r, err := range v.Records(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		records[r.Key] = string(r.Value)
	}
	if !maps.Equal(records, m.records) {
		t.Fatalf("records are %v, want %v", records, m.records)
	}
	checkNodes(t, v.Cayley(), all)
	if len(all) > 0 {
		checkPatterns(t, v, all, 3)
	}
}

// testRandom makes random changes, some of which fail, closes and opens the
// store now and then, and compares it with the model.
func testRandom(t *testing.T, open Open, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	s := open(t, dir)
	defer func() { closed(t, s) }()
	m := &model{quads: map[graph.Quad]bool{}, created: map[graph.Term]bool{}, records: map[string]string{}}
	check := func() {
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		m.check(t, v)
	}
	for step := range 150 {
		c := randomChange(r)
		switch r.IntN(12) {
		case 0:
			c.Add = append(c.Add, graph.Quad{Subject: graph.String("not a subject"), Predicate: graph.IRI("p"), Object: graph.IRI("o")})
			if _, err := s.Apply(t.Context(), c); err == nil {
				t.Fatalf("step %d: a wrong quad was accepted", step)
			}
		case 1:
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := s.Apply(ctx, c); err == nil {
				t.Fatalf("step %d: a cancelled change was made", step)
			}
		case 2:
			closed(t, s)
			s = open(t, dir)
			check()
		default:
			done, err := s.Apply(t.Context(), c)
			if err != nil {
				t.Fatalf("step %d: %v", step, err)
			}
			if want := m.apply(c); done != want {
				t.Fatalf("step %d: got %+v, want %+v", step, done, want)
			}
		}
		if step%10 == 0 {
			check()
		}
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
	check()
}

func randomChange(r *rand.Rand) graph.Change {
	name := func() graph.Term { return graph.IRI(fmt.Sprintf("g%d", r.IntN(4))) }
	quad := func() graph.Quad {
		q := graph.Quad{
			Subject:   graph.IRI(fmt.Sprintf("n%d", r.IntN(6))),
			Predicate: graph.IRI(fmt.Sprintf("p%d", r.IntN(2))),
			Object:    graph.IRI(fmt.Sprintf("n%d", r.IntN(6))),
		}
		if r.IntN(3) == 0 {
			q.Object = graph.Typed(fmt.Sprint(r.IntN(4)), xsdInteger)
		}
		if r.IntN(2) == 0 {
			q.Graph = name()
		}
		return q
	}
	var c graph.Change
	for range r.IntN(8) {
		c.Add = append(c.Add, quad())
	}
	for range r.IntN(30) {
		c.Remove = append(c.Remove, quad())
	}
	if r.IntN(4) == 0 {
		c.DropGraphs = append(c.DropGraphs, name())
	}
	if r.IntN(4) == 0 {
		c.CreateGraphs = append(c.CreateGraphs, name())
	}
	if r.IntN(3) == 0 {
		c.Records = map[string][]byte{fmt.Sprint(r.IntN(3)): []byte(fmt.Sprint(r.IntN(100))), fmt.Sprint("x", r.IntN(3)): nil}
	}
	return c
}
