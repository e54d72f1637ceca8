package reference

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// An activeGraph is the merge of graphs of the dataset; the zero name is its default graph.
type activeGraph struct {
	names []graph.Term
	all   bool // whatever the names
}

// triple is a triple of terms.
type triple [3]graph.Term

// match returns the triples of the active graph, each once; zero terms match everything.
func (e *Evaluator) match(ctx context.Context, g activeGraph, want triple) ([]triple, error) {
	var p graph.Encoded
	for i, t := range want {
		if t.IsZero() {
			continue
		}
		id, ok, err := e.dataset.ID(ctx, t)
		if err != nil || !ok {
			return nil, err
		}
		p = p.With(graph.Place(i), id)
	}
	var graphs []graph.ID
	if g.all {
		graphs = []graph.ID{graph.Any}
	}
	for _, name := range g.names {
		id, ok, err := e.dataset.ID(ctx, name)
		if err != nil {
			return nil, err
		}
		if ok {
			graphs = append(graphs, id)
		}
	}
	var out []triple
	seen := map[triple]bool{}
	for _, p.Graph = range graphs {
		for q, err := range graph.Quads(ctx, e.dataset, p) {
			if err != nil {
				return nil, err
			}
			if t := (triple{q.Subject, q.Predicate, q.Object}); !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out, nil
}

// graphNames returns the named graphs of the query's dataset.
func (e *Evaluator) graphNames(ctx context.Context) ([]graph.Term, error) {
	if e.chosen {
		return e.named, nil
	}
	var names []graph.Term
	for id, err := range e.dataset.Graphs(ctx) {
		if err != nil {
			return nil, err
		}
		t, err := e.dataset.Term(ctx, id)
		if err != nil {
			return nil, err
		}
		names = append(names, t)
	}
	return names, nil
}

// bgp matches one pattern after the other (section 18.3.1). Blank nodes are
// variables with hidden names, so that each way to match them counts.
func (e *Evaluator) bgp(ctx context.Context, in scope, op algebra.BGP) ([]Solution, error) {
	vars := algebra.InScope(op).Sorted()
	solutions := []Solution{in.outer.only(vars)}
	for _, pattern := range op.Patterns {
		var next []Solution
		for _, mu := range solutions {
			var want triple
			for i, place := range pattern.Places() {
				want[i] = known(place, mu)
			}
			triples, err := e.match(ctx, in.graph, want)
			if err != nil {
				return nil, err
			}
			for _, t := range triples {
				if extended, ok := unify(pattern, t, mu); ok {
					next = append(next, extended)
				}
			}
		}
		solutions = next
	}
	return solutions, nil
}

// known returns the term of a place under a solution, and zero where that is open.
func known(n algebra.Node, mu Solution) graph.Term {
	if n.Var != "" {
		return mu[n.Var]
	}
	return n.Term
}

// unify returns the solution with what a triple binds, or false where it does not fit the pattern.
func unify(pattern algebra.Triple, t triple, mu Solution) (Solution, bool) {
	out := merge(mu, nil)
	for i, place := range pattern.Places() {
		if !unifyNode(place, t[i], out) {
			return nil, false
		}
	}
	return out, true
}

func unifyNode(place algebra.Node, t graph.Term, mu Solution) bool {
	switch {
	case place.Triple != nil:
		s, p, o, ok := t.Triple()
		if !ok {
			return false
		}
		for i, inner := range place.Triple.Places() {
			if !unifyNode(inner, [...]graph.Term{s, p, o}[i], mu) {
				return false
			}
		}
		return true
	case place.Var == "":
		return place.Term == t
	}
	if bound, ok := mu[place.Var]; ok {
		return bound == t
	}
	mu[place.Var] = t
	return true
}

// pathPattern evaluates a property path pattern (section 18.4). Inside EXISTS
// its ends are joined with the solution outside.
func (e *Evaluator) pathPattern(ctx context.Context, in scope, op algebra.Path) ([]Solution, error) {
	pairs, err := e.path(ctx, in.graph, op.Subject.Term, op.Path, op.Object.Term)
	if err != nil {
		return nil, err
	}
	mu := in.outer.only(algebra.InScope(op).Sorted())
	var out []Solution
	for _, pair := range pairs {
		extended := merge(mu, nil)
		if unifyNode(op.Subject, pair[0], extended) && unifyNode(op.Object, pair[1], extended) {
			out = append(out, extended)
		}
	}
	return out, nil
}

// pair is the two ends of a path.
type pair [2]graph.Term

// path returns the ends of the paths between two ends, of which zero ones are
// open; pairs may repeat as section 18.4 counts them.
func (e *Evaluator) path(ctx context.Context, g activeGraph, from graph.Term, path algebra.PathExpr, to graph.Term) ([]pair, error) {
	switch path := path.(type) {
	case algebra.Link:
		triples, err := e.match(ctx, g, triple{from, path.Predicate, to})
		return ends(triples), err
	case algebra.Negated:
		triples, err := e.match(ctx, g, triple{from, {}, to})
		triples = slices.DeleteFunc(triples, func(t triple) bool { return slices.Contains(path.Predicates, t[1]) })
		return ends(triples), err
	case algebra.Inverse:
		pairs, err := e.path(ctx, g, to, path.Path, from)
		for i, p := range pairs {
			pairs[i] = pair{p[1], p[0]}
		}
		return pairs, err
	case algebra.Alternative:
		first, err := e.path(ctx, g, from, path.First, to)
		if err != nil {
			return nil, err
		}
		second, err := e.path(ctx, g, from, path.Second, to)
		return append(first, second...), err
	case algebra.Sequence:
		return e.sequence(ctx, g, from, path, to)
	case algebra.ZeroOrOne:
		return e.repeated(ctx, g, from, path.Path, to, true, false)
	case algebra.ZeroOrMore:
		return e.repeated(ctx, g, from, path.Path, to, true, true)
	case algebra.OneOrMore:
		return e.repeated(ctx, g, from, path.Path, to, false, true)
	}
	return nil, nil
}

func ends(triples []triple) []pair {
	out := make([]pair, len(triples))
	for i, t := range triples {
		out[i] = pair{t[0], t[2]}
	}
	return out
}

// sequence joins two paths by a variable of its own between them.
func (e *Evaluator) sequence(ctx context.Context, g activeGraph, from graph.Term, path algebra.Sequence, to graph.Term) ([]pair, error) {
	first, err := e.path(ctx, g, from, path.First, graph.Term{})
	if err != nil {
		return nil, err
	}
	second, err := e.path(ctx, g, graph.Term{}, path.Second, to)
	if err != nil {
		return nil, err
	}
	var out []pair
	for _, a := range first {
		for _, b := range second {
			if a[1] == b[0] {
				out = append(out, pair{a[0], b[1]})
			}
		}
	}
	return out, nil
}

// repeated gives each pair of ends once. Zero steps lead from each node of the
// graph to itself, and from an end that is given also where the graph does not
// have it. ALP of section 18.4 walks from one end; that is done from each node
// where the first end is open.
func (e *Evaluator) repeated(ctx context.Context, g activeGraph, from graph.Term, path algebra.PathExpr, to graph.Term, zero, more bool) ([]pair, error) {
	starts := []graph.Term{from}
	if from.IsZero() {
		var err error
		if starts, err = e.nodes(ctx, g); err != nil {
			return nil, err
		}
		if !to.IsZero() && !slices.Contains(starts, to) {
			starts = append(starts, to)
		}
	}
	var out []pair
	for _, start := range starts {
		reached, err := e.reach(ctx, g, start, path, zero, more)
		if err != nil {
			return nil, err
		}
		for _, end := range reached {
			if to.IsZero() || to == end {
				out = append(out, pair{start, end})
			}
		}
	}
	return out, nil
}

// reach returns each term that a path leads to once.
func (e *Evaluator) reach(ctx context.Context, g activeGraph, start graph.Term, path algebra.PathExpr, zero, more bool) ([]graph.Term, error) {
	var out []graph.Term
	seen := map[graph.Term]bool{}
	visit := func(t graph.Term) {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	step := func(t graph.Term) error {
		pairs, err := e.path(ctx, g, t, path, graph.Term{})
		for _, p := range pairs {
			visit(p[1])
		}
		return err
	}
	if zero {
		visit(start)
	}
	if err := step(start); err != nil || !more {
		return out, err
	}
	for i := 0; i < len(out); i++ { // out grows
		if err := step(out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nodes returns the subjects and objects of a graph (section 18.1.7).
func (e *Evaluator) nodes(ctx context.Context, g activeGraph) ([]graph.Term, error) {
	triples, err := e.match(ctx, g, triple{})
	if err != nil {
		return nil, err
	}
	var out []graph.Term
	seen := map[graph.Term]bool{}
	for _, t := range triples {
		for _, node := range []graph.Term{t[0], t[2]} {
			if !seen[node] {
				seen[node] = true
				out = append(out, node)
			}
		}
	}
	return out, nil
}
