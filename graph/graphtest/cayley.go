package graphtest

import (
	"context"
	"errors"
	"slices"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

// checkNodes checks that a Cayley store has exactly the nodes of the quads, and counts right.
func checkNodes(t testing.TB, qs cayley.QuadStore, quads []graph.Quad) {
	t.Helper()
	terms := map[graph.Term]bool{}
	for _, q := range quads {
		for _, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			terms[term] = true
		}
	}
	delete(terms, graph.Term{})
	var want, got []string
	for term := range terms {
		want = append(want, term.String())
	}
	nodes := qs.NodesAllIterator()
	defer nodes.Close()
	for nodes.Next(context.Background()) {
		term, ok := graph.TermOf(qs.NameOf(nodes.Result()))
		if !ok {
			t.Errorf("node %v has no name", nodes.Result())
		}
		got = append(got, term.String())
	}
	if err := nodes.Err(); err != nil {
		t.Error(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("nodes are %v, want %v", got, want)
	}
	stats, err := qs.Stats(context.Background(), true)
	if err != nil || stats.Nodes.Size != int64(len(want)) || stats.Quads.Size != int64(len(quads)) {
		t.Errorf("%+v, %v; want %d nodes and %d quads", stats, err, len(want), len(quads))
	}
}

// testCayleyReads reads a store through Cayley's interface, live and as a view.
func testCayleyReads(t *testing.T, s graph.Store) {
	all := someQuads()
	apply(t, s, graph.Change{Add: all, CreateGraphs: []graph.Term{graph.IRI("empty")}})
	for name, qs := range map[string]cayley.QuadStore{"live": s.Cayley(), "view": view(t, s).Cayley()} {
		t.Run(name, func(t *testing.T) {
			checkDataset(t, graph.FromCayley(qs), all)
			checkNodes(t, qs, all)
			if ref := qs.ValueOf(quad.IRI("empty")); ref != nil {
				t.Error("the name of an empty graph is a node")
			}
			if ref := qs.ValueOf(nil); ref != nil {
				t.Error("nothing is a node")
			}
			if v := qs.NameOf(cayley.PreFetched(quad.Int(7))); v != quad.Int(7) {
				t.Errorf("the name of a value that came along is %v", v)
			}
			if _, ok := qs.(shape.Optimizer); !ok {
				t.Error("it does not optimize shapes")
			}
		})
	}
}

// testCayleyStops checks that iterators say that their context is done.
func testCayleyStops(t *testing.T, s graph.Store) {
	all := manyQuads()
	apply(t, s, graph.Change{Add: all})
	subject, predicate, object := graph.CayleyValue(all[0].Subject), graph.CayleyValue(all[0].Predicate), graph.CayleyValue(all[0].Object)
	for name, qs := range map[string]cayley.QuadStore{"live": s.Cayley(), "view": view(t, s).Cayley()} {
		out := func(nodes shape.Shape) shape.Shape {
			return shape.Out(nodes, shape.Lookup{predicate}, nil)
		}
		for kind, build := range map[string]func() cayley.Iterator{
			"quads":  qs.QuadsAllIterator,
			"nodes":  qs.NodesAllIterator,
			"of one": func() cayley.Iterator { return qs.QuadIterator(quad.Predicate, qs.ValueOf(predicate)) },
			"in to": func() cayley.Iterator {
				return shape.BuildIterator(qs, shape.In(shape.Lookup{object}, shape.Lookup{predicate}, nil))
			},
			"out":    func() cayley.Iterator { return shape.BuildIterator(qs, out(shape.AllNodes{})) },
			"out of": func() cayley.Iterator { return shape.BuildIterator(qs, out(shape.Lookup{subject})) },
			"two steps": func() cayley.Iterator {
				return shape.BuildIterator(qs, shape.In(out(shape.AllNodes{}), shape.Lookup{predicate}, nil))
			},
		} {
			over, cancel := context.WithCancel(t.Context())
			cancel()
			it := build()
			if it.Next(over) || !errors.Is(it.Err(), context.Canceled) {
				t.Errorf("%s, %s: after its context was done it gave %v and error %v", name, kind, it.Result(), it.Err())
			}
			it.Close()
			it = build()
			node := qs.ValueOf(subject)
			if it.Contains(over, node) || it.Err() == nil {
				t.Errorf("%s, %s: after its context was done it contained something, or had no error", name, kind)
			}
			it.Close()
		}
		late, cancel := context.WithCancel(t.Context())
		defer cancel()
		it := qs.QuadsAllIterator()
		n := 0
		for it.Next(late) {
			if n++; n == 3 {
				cancel()
			}
		}
		if n != 3 || !errors.Is(it.Err(), context.Canceled) {
			t.Errorf("%s: %d quads, and then error %v", name, n, it.Err())
		}
		it.Close()
	}
}

// testDeltas checks writing through Cayley's interface: in order, all or nothing.
func testDeltas(t *testing.T, s graph.Store) {
	qs := s.Cayley()
	make := func(text string, action cayley.Procedure) []cayley.Delta {
		var out []cayley.Delta
		for _, q := range quads(t, text) {
			out = append(out, cayley.Delta{Action: action, Quad: quad.Quad{
				Subject: graph.CayleyValue(q.Subject), Predicate: graph.CayleyValue(q.Predicate),
				Object: graph.CayleyValue(q.Object), Label: graph.CayleyValue(q.Graph),
			}})
		}
		return out
	}
	join := slices.Concat[[]cayley.Delta]
	strict := cayley.IgnoreOpts{}
	for _, step := range []struct {
		name     string
		deltas   []cayley.Delta
		ignore   cayley.IgnoreOpts
		err      error
		contents string
	}{
		{"add", make(amy+bob, cayley.Add), strict, nil, amy + bob},
		{"add what is there", make(sue+bob, cayley.Add), strict, cayley.ErrQuadExists, amy + bob},
		{"add what is there, ignored", make(sue+bob, cayley.Add), cayley.IgnoreOpts{IgnoreDup: true}, nil, amy + bob + sue},
		{"remove what is not", join(make(sue, cayley.Delete), make("<a> <b> <c> .", cayley.Delete)), strict, cayley.ErrQuadNotExist, amy + bob + sue},
		{"remove what is not, ignored", join(make(sue, cayley.Delete), make("<a> <b> <c> .", cayley.Delete)), cayley.IgnoreOpts{IgnoreMissing: true}, nil, amy + bob},
		{"in order", join(make(sue, cayley.Add), make(sue, cayley.Delete), make(amy, cayley.Delete), make(amy, cayley.Add)), strict, nil, amy + bob},
		{"twice", make(sue+sue, cayley.Add), strict, cayley.ErrQuadExists, amy + bob},
		{"mixed", join(make(amy+bob, cayley.Delete), make(sue, cayley.Add)), strict, nil, sue},
		{"no action", make(amy, 0), strict, cayley.ErrInvalidAction, sue},
	} {
		err := qs.ApplyDeltas(step.deltas, step.ignore)
		var delta *cayley.DeltaError
		if step.err == nil && err != nil || step.err != nil && (!errors.As(err, &delta) || delta.Err != step.err) {
			t.Errorf("%s: got %v, want %v", step.name, err, step.err)
		}
		if got := dump(t, s); got != step.contents {
			t.Errorf("%s: the store holds\n%swant\n%s", step.name, got, step.contents)
		}
	}
	broken := []cayley.Delta{{Action: cayley.Add, Quad: quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("b")}}}
	if err := qs.ApplyDeltas(join(make(amy, cayley.Add), broken), strict); err == nil {
		t.Error("a quad without an object was added")
	}
	if err := view(t, s).Cayley().ApplyDeltas(make(amy, cayley.Add), strict); err == nil {
		t.Error("a view was changed")
	}
	expect(t, s, sue)
}
