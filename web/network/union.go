package network

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/queries/facts"
)

// union joins neighbourhoods; nodes and edges keep the order in which they came.
type union struct {
	nodes []facts.Ref
	edges []facts.Edge
	known map[string]bool
	told  map[edgeKey]bool
}

type edgeKey struct{ from, to, label, fact string }

func newUnion() *union { return &union{known: map[string]bool{}, told: map[edgeKey]bool{}} }

func (u *union) node(ref facts.Ref) {
	if !u.known[ref.IRI] {
		u.known[ref.IRI] = true
		u.nodes = append(u.nodes, ref)
	}
}

// add adds the edges that are wanted, with their ends.
func (u *union) add(n *facts.Neighbourhood, want func(facts.Edge) bool) {
	u.addUpTo(n, want, func() bool { return true })
}

// addUpTo adds the edges that are wanted; admit is asked for every new node.
func (u *union) addUpTo(n *facts.Neighbourhood, want func(facts.Edge) bool, admit func() bool) {
	wanted := map[string]bool{}
	for _, e := range n.Edges {
		if want(e) {
			wanted[e.From], wanted[e.To] = true, true
		}
	}
	for _, ref := range n.Nodes {
		if wanted[ref.IRI] && !u.known[ref.IRI] && admit() {
			u.node(ref)
		}
	}
	for _, e := range n.Edges {
		key := edgeKey{e.From, e.To, e.Label, e.Fact}
		if want(e) && u.known[e.From] && u.known[e.To] && !u.told[key] {
			u.told[key] = true
			u.edges = append(u.edges, e)
		}
	}
}

// keepEdges drops the other edges, and the nodes that lose all of theirs, but for those asked for.
func (u *union) keepEdges(keep func(facts.Edge) bool, asked func(iri string) bool) {
	u.edges = slices.DeleteFunc(u.edges, func(e facts.Edge) bool { return !keep(e) })
	joined := map[string]bool{}
	for _, e := range u.edges {
		joined[e.From], joined[e.To] = true, true
	}
	u.keepNodes(func(ref facts.Ref) bool { return joined[ref.IRI] || asked(ref.IRI) })
}

// keepNodes drops the other nodes with their edges.
func (u *union) keepNodes(keep func(facts.Ref) bool) {
	u.nodes = slices.DeleteFunc(u.nodes, func(ref facts.Ref) bool { return !keep(ref) })
	kept := make(map[string]bool, len(u.nodes))
	for _, ref := range u.nodes {
		kept[ref.IRI] = true
	}
	u.edges = slices.DeleteFunc(u.edges, func(e facts.Edge) bool { return !kept[e.From] || !kept[e.To] })
	u.known = kept
}

// rank orders the nodes: by steps from the centres, then those with the most
// edges first, facts before reports.
func (u *union) rank(center func(iri string) bool) {
	next := map[string][]string{}
	weight := map[string]int{}
	for _, e := range u.edges {
		next[e.From] = append(next[e.From], e.To)
		next[e.To] = append(next[e.To], e.From)
		worth := 4
		if e.Reported {
			worth = 1
		}
		weight[e.From] += worth
		weight[e.To] += worth
	}
	level := map[string]int{}
	var queue []string
	for _, ref := range u.nodes {
		if center(ref.IRI) {
			level[ref.IRI] = 1
			queue = append(queue, ref.IRI)
		}
	}
	for len(queue) > 0 {
		iri := queue[0]
		queue = queue[1:]
		for _, other := range next[iri] {
			if level[other] == 0 {
				level[other] = level[iri] + 1
				queue = append(queue, other)
			}
		}
	}
	far := len(u.nodes) + 1
	steps := func(iri string) int {
		if level[iri] == 0 {
			return far
		}
		return level[iri]
	}
	slices.SortStableFunc(u.nodes, func(a, b facts.Ref) int {
		if c := steps(a.IRI) - steps(b.IRI); c != 0 {
			return c
		}
		if c := weight[b.IRI] - weight[a.IRI]; c != 0 {
			return c
		}
		return strings.Compare(a.IRI, b.IRI)
	})
}
