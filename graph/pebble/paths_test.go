package pebble_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// TestPaths runs random Cayley paths here, and step by step over a list of
// quads. How often a result comes depends on the plan; which results come, with
// which tags, does not. (Cayley's store in memory fails this test: it loses tags.)
func TestPaths(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []graph.Quad
	for range 80 {
		q := graph.Quad{Subject: randomNode(r), Predicate: randomPredicate(r), Object: randomNode(r)}
		if r.IntN(4) == 0 {
			q.Object = graph.Typed(fmt.Sprint(r.IntN(10)), "http://www.w3.org/2001/XMLSchema#integer")
		}
		if r.IntN(3) == 0 {
			q.Graph = graph.IRI(fmt.Sprintf("g%d", r.IntN(2)))
		}
		all = append(all, q)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Add: all}); err != nil {
		t.Fatal(err)
	}
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	found := 0
	for n := range 1000 {
		w := newWalk(r, all)
		for range 1 + r.IntN(4) {
			w.step(r)
		}
		want, got := w.answers(), answers(t, v.Cayley(), w.path)
		if !slices.Equal(got, want) {
			t.Errorf("path %d, %s:\n got %v\nwant %v", n, strings.Join(w.made, "."), got, want)
		}
		if len(want) > 0 {
			found++
		}
	}
	if t.Logf("%d paths had answers", found); found < 300 {
		t.Error("too few for a test")
	}
}

func randomNode(r *rand.Rand) graph.Term      { return graph.IRI(fmt.Sprintf("n%d", r.IntN(12))) }
func randomPredicate(r *rand.Rand) graph.Term { return graph.IRI(fmt.Sprintf("p%d", r.IntN(3))) }

func values(terms ...graph.Term) []quad.Value {
	var out []quad.Value
	for _, term := range terms {
		out = append(out, graph.CayleyValue(term))
	}
	return out
}

// walk is a path for Cayley, and where it leads, in the plainest reading.
type walk struct {
	quads   []graph.Quad
	visible []graph.Quad // those of the graph that the path is limited to
	path    *path.Path
	made    []string
	at      []place
}

// place is a node that was reached, with the tags set on the way.
type place struct {
	node graph.Term
	tags map[string]graph.Term
}

func newWalk(r *rand.Rand, quads []graph.Quad) *walk {
	w := &walk{quads: quads, visible: quads}
	var start []graph.Term
	for range r.IntN(3) {
		start = append(start, randomNode(r))
	}
	w.path = path.StartMorphism(values(start...)...)
	w.made = append(w.made, fmt.Sprintf("V(%v)", start))
	nodes := map[graph.Term]bool{}
	for _, q := range quads {
		for _, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			nodes[term] = !term.IsZero()
		}
	}
	for node, ok := range nodes {
		if ok && (len(start) == 0 || slices.Contains(start, node)) {
			w.at = append(w.at, place{node, map[string]graph.Term{}})
		}
	}
	return w
}

// step goes one random step on.
func (w *walk) step(r *rand.Rand) {
	via, tag := randomPredicate(r), fmt.Sprint("t", len(w.made))
	say := func(format string, args ...any) { w.made = append(w.made, fmt.Sprintf(format, args...)) }
	value := graph.CayleyValue(via)
	out := func(q graph.Quad) (from, to graph.Term) { return q.Subject, q.Object }
	in := func(q graph.Quad) (from, to graph.Term) { return q.Object, q.Subject }
	switch r.IntN(15) {
	case 0, 1:
		say("out(%s)", via)
		w.path, w.at = w.path.Out(value), w.follow(via, out)
	case 2, 3:
		say("in(%s)", via)
		w.path, w.at = w.path.In(value), w.follow(via, in)
	case 4:
		say("both(%s)", via)
		w.path, w.at = w.path.Both(value), append(w.follow(via, out), w.follow(via, in)...)
	case 5:
		var objects []graph.Term
		for range r.IntN(3) {
			objects = append(objects, randomNode(r))
		}
		say("has(%s, %v)", via, objects)
		w.path = w.path.Has(value, values(objects...)...)
		w.keep(func(node graph.Term) bool {
			return slices.ContainsFunc(w.visible, func(q graph.Quad) bool {
				return q.Subject == node && q.Predicate == via && (len(objects) == 0 || slices.Contains(objects, q.Object))
			})
		})
	case 6:
		say("tag(%s)", tag)
		w.path = w.path.Tag(tag)
		for i, p := range w.at {
			w.at[i] = p.with(tag, p.node)
		}
	case 7:
		say("save(%s, %s)", via, tag)
		w.path = w.path.Save(value, tag)
		var at []place
		for _, p := range w.at {
			for _, q := range w.visible {
				if q.Subject == p.node && q.Predicate == via {
					at = append(at, p.with(tag, q.Object))
				}
			}
		}
		w.at = at
	case 8:
		say("and(V().out(%s))", via)
		w.path = w.path.And(path.StartMorphism().Out(value))
		w.keep(func(node graph.Term) bool {
			return slices.ContainsFunc(w.quads, func(q graph.Quad) bool { return q.Object == node && q.Predicate == via })
		})
	case 11:
		say("saveOpt(%s, %s)", via, tag)
		w.path = w.path.SaveOptional(value, tag)
		var at []place
		for _, p := range w.at {
			n := len(at)
			for _, q := range w.visible {
				if q.Subject == p.node && q.Predicate == via {
					at = append(at, p.with(tag, q.Object))
				}
			}
			if len(at) == n {
				at = append(at, p)
			}
		}
		w.at = at
	case 12:
		node := randomNode(r)
		say("or(V(%s).out(%s))", node, via)
		w.path = w.path.Or(path.StartMorphism(graph.CayleyValue(node)).Out(value))
		for _, q := range w.quads {
			if q.Subject == node && q.Predicate == via {
				w.at = append(w.at, place{q.Object, map[string]graph.Term{}})
			}
		}
	case 13:
		say("except(V().out(%s))", via)
		w.path = w.path.Except(path.StartMorphism().Out(value))
		w.keep(func(node graph.Term) bool {
			return !slices.ContainsFunc(w.quads, func(q graph.Quad) bool { return q.Object == node && q.Predicate == via })
		})
	case 14:
		say("hasReverse(%s)", via)
		w.path = w.path.HasReverse(value)
		w.keep(func(node graph.Term) bool {
			return slices.ContainsFunc(w.visible, func(q graph.Quad) bool { return q.Object == node && q.Predicate == via })
		})
	case 9:
		say("labelContext(g0)")
		w.path = w.path.LabelContext(quad.IRI("g0"))
		w.visible = slices.DeleteFunc(slices.Clone(w.quads), func(q graph.Quad) bool { return q.Graph != graph.IRI("g0") })
	case 10:
		say("filter(lt(5))")
		w.path = w.path.Filter(iterator.CompareLT, quad.Int(5))
		w.keep(func(node graph.Term) bool {
			n, ok := graph.CayleyValue(node).(quad.Int)
			return ok && n < 5
		})
	}
}

func (p place) with(tag string, node graph.Term) place {
	tags := maps.Clone(p.tags)
	tags[tag] = node
	return place{p.node, tags}
}

func (w *walk) follow(via graph.Term, along func(graph.Quad) (from, to graph.Term)) []place {
	var at []place
	for _, p := range w.at {
		for _, q := range w.visible {
			if from, to := along(q); from == p.node && q.Predicate == via {
				at = append(at, place{to, p.tags})
			}
		}
	}
	return at
}

func (w *walk) keep(ok func(node graph.Term) bool) {
	w.at = slices.DeleteFunc(w.at, func(p place) bool { return !ok(p.node) })
}

func (w *walk) answers() []string {
	var out []string
	for _, p := range w.at {
		out = append(out, answer(p.node, p.tags))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func answer(node graph.Term, tags map[string]graph.Term) string {
	text := node.String()
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		text += fmt.Sprintf(" %s=%s", tag, tags[tag])
	}
	return text
}

// answers lists the distinct results of a path with their tags, sorted.
func answers(t *testing.T, qs cayley.QuadStore, p *path.Path) []string {
	t.Helper()
	return results(t, qs, p.BuildIteratorOn(qs))
}

func results(t *testing.T, qs cayley.QuadStore, it cayley.Iterator) []string {
	t.Helper()
	var out []string
	it, _ = it.Optimize()
	defer it.Close()
	name := func(ref cayley.Ref) graph.Term {
		term, _ := graph.TermOf(qs.NameOf(ref))
		return term
	}
	collect := func() {
		refs, tags := map[string]cayley.Ref{}, map[string]graph.Term{}
		it.TagResults(refs)
		for tag, ref := range refs {
			tags[tag] = name(ref)
		}
		out = append(out, answer(name(it.Result()), tags))
	}
	for it.Next(context.Background()) {
		collect()
		for it.NextPath(context.Background()) {
			collect()
		}
	}
	if err := it.Err(); err != nil {
		t.Error(err)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ownShape is a shape with an iterator that the store knows nothing about, as
// the query languages have them.
type ownShape struct{ shape.Shape }

func (s ownShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(ownIterator{cayley.AsShape(s.Shape.BuildIterator(qs))})
}

func (s ownShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	inner, changed := s.Shape.Optimize(r)
	return ownShape{inner}, changed
}

type ownIterator struct{ cayley.IteratorShape }

func (ownIterator) SubIterators() []cayley.IteratorShape { return nil }

func (it ownIterator) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	inner, changed := it.IteratorShape.Optimize(ctx)
	return ownIterator{inner}, changed
}

// TestTagsOfOthers checks that joins keep the tags of iterators of other packages.
func TestTagsOfOthers(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	add := quads(t, "<a> <p> <b> .\n<a> <p> <c> .\n<a> <q> <d> .\n<a> <q> <e> .\n")
	if _, err := s.Apply(t.Context(), graph.Change{Add: add}); err != nil {
		t.Fatal(err)
	}
	qs := s.Cayley()
	save := func(via, tag string) shape.Shape { // the node a, with what via leads to as tag
		return shape.Intersect{shape.Lookup{quad.IRI("a")}, shape.NodesFrom{Dir: quad.Subject, Quads: shape.Quads{
			{Dir: quad.Predicate, Values: shape.Lookup{quad.IRI(via)}},
			{Dir: quad.Object, Values: shape.Save{From: shape.AllNodes{}, Tags: []string{tag}}},
		}}}
	}
	for name, test := range map[string]struct {
		shape shape.Shape
		want  []string
	}{
		"meet": {shape.Intersect{ownShape{save("p", "t")}, ownShape{save("q", "u")}},
			[]string{"<a> t=<b> u=<d>", "<a> t=<b> u=<e>", "<a> t=<c> u=<d>", "<a> t=<c> u=<e>"}},
		"hop": {shape.Out(ownShape{save("p", "t")}, shape.Lookup{quad.IRI("q")}, nil),
			[]string{"<d> t=<b>", "<d> t=<c>", "<e> t=<b>", "<e> t=<c>"}},
		"either": {shape.Intersect{shape.Lookup{quad.IRI("a")}, shape.Union{ownShape{save("p", "t")}, save("q", "u")}},
			[]string{"<a> t=<b>", "<a> t=<c>", "<a> u=<d>", "<a> u=<e>"}},
	} {
		if got := results(t, qs, shape.BuildIterator(qs, test.shape)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
