// Package picture draws a part of the graph: it lays out nodes and edges so
// that every label can be read, and writes SVG, DOT, GraphML and GEXF.
//
//	p := picture.Picture{Title: "Armenia", Nodes: nodes, Edges: edges}
//	err := picture.WriteSVG(w, p)
//
// All writers are deterministic: the same picture gives the same bytes.
package picture

import "slices"

// A Picture is a drawing of things and what joins them.
type Picture struct {
	Title string
	Nodes []Node // ids are unique
	Edges []Edge // ends are ids of nodes; edges with unknown ends are left out
}

// A Node is a thing in a picture.
type Node struct {
	ID     string
	Label  string
	Class  string // label of its class, for the legend: "state"
	Shape  string // ellipse, box, rounded, diamond, hexagon
	Color  string // #rrggbb
	Link   string // address of its page, or ""
	Center bool   // what the picture is about
}

// The ways in which an edge is drawn.
const (
	Solid  = "solid"  // a fact that holds
	Dashed = "dashed" // ended, or said not to hold
	Dotted = "dotted" // claimed by somebody, or not realis
)

// An Edge joins two nodes.
type Edge struct {
	From, To string
	Label    string // never empty in a good picture
	Directed bool
	Style    string // Solid, Dashed, Dotted; "" is Solid
	Start    string // ISO date from which it holds, or ""
	Until    string // ISO date until which it holds, or ""
	Link     string // address of its page, or ""
}

// bundle is all edges between two nodes, drawn as one line.
type bundle struct {
	a, b  int // indexes of nodes, a < b
	edges []Edge
}

// bundles groups the edges of a picture by their ends, in order of first appearance.
func (p Picture) bundles() []bundle {
	index := make(map[string]int, len(p.Nodes))
	for i, n := range p.Nodes {
		index[n.ID] = i
	}
	var out []bundle
	at := map[[2]int]int{}
	for _, e := range p.Edges {
		from, ok1 := index[e.From]
		to, ok2 := index[e.To]
		if !ok1 || !ok2 || from == to {
			continue
		}
		key := [2]int{min(from, to), max(from, to)}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, bundle{a: key[0], b: key[1]})
		}
		if !slices.Contains(out[i].edges, e) {
			out[i].edges = append(out[i].edges, e)
		}
	}
	return out
}
