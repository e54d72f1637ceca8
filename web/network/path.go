package network

import (
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// Bounds of the search for paths.
const (
	MaxPath = 4    // steps
	visited = 3000 // things looked at
)

// A Path is what the network says of the way between two things.
type Path struct {
	From  string   `json:"from"` // labels
	To    string   `json:"to"`
	Steps int      `json:"steps"`           // of the shortest; 0 where none was found
	Nodes []string `json:"nodes,omitempty"` // ids of all that lie on a shortest one
	Cut   bool     `json:"cut,omitempty"`   // the search was given up: there may be one
}

// path adds all shortest paths between two things.
func (r *reading) path() error {
	if r.asked.Path == [2]string{} {
		return nil
	}
	from, ok1, err := r.thing(r.asked.Path[0])
	if err != nil {
		return err
	}
	to, ok2, err := r.thing(r.asked.Path[1])
	if err != nil || !ok1 || !ok2 {
		return err
	}
	r.n.Path = &Path{From: from.Label, To: to.Label}
	found := newUnion()
	found.node(from.Ref)
	step := map[string]int{from.IRI: 0}
	frontier := []string{from.IRI}
	for n := 1; n <= MaxPath && len(frontier) > 0; n++ {
		var next []string
		for _, iri := range frontier {
			if len(step) > visited {
				r.n.Path.Cut = true
				return nil
			}
			around, err := facts.Around(r.ctx, r.view, r.model, iri, facts.AroundOptions{Depth: 1})
			if err != nil {
				return err
			}
			found.add(around, func(e facts.Edge) bool { return e.From == iri || e.To == iri })
			for _, ref := range around.Nodes {
				if _, seen := step[ref.IRI]; !seen {
					step[ref.IRI] = n
					next = append(next, ref.IRI)
				}
			}
		}
		if _, reached := step[to.IRI]; reached {
			r.n.Path.Steps = n
			r.keepShortest(found, step, to.IRI)
			return nil
		}
		frontier = next
	}
	return nil
}

// keepShortest adds what of the search lies on a shortest path to its end.
func (r *reading) keepShortest(found *union, step map[string]int, end string) {
	on := map[string]bool{end: true}
	for n := step[end]; n > 0; n-- {
		for _, e := range found.edges {
			for _, pair := range [2][2]string{{e.From, e.To}, {e.To, e.From}} {
				if on[pair[1]] && step[pair[1]] == n && step[pair[0]] == n-1 {
					on[pair[0]] = true
				}
			}
		}
	}
	neighbours := func(e facts.Edge) bool { d := step[e.From] - step[e.To]; return d == 1 || d == -1 }
	r.union.add(&facts.Neighbourhood{Nodes: found.nodes, Edges: found.edges}, func(e facts.Edge) bool {
		return on[e.From] && on[e.To] && neighbours(e)
	})
	for _, ref := range found.nodes {
		if on[ref.IRI] {
			r.centers[ref.IRI] = true // not left out by limits
			r.n.Path.Nodes = append(r.n.Path.Nodes, schema.Compact(ref.IRI))
		}
	}
}
