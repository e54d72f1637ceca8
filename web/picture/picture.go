// Package picture draws a part of the graph: it lays out nodes and edges so
// that every label can be read, and writes it in the [Formats].
//
//	p := picture.Picture{Title: "Armenia", Nodes: nodes, Edges: edges}
//	err := picture.WriteSVG(w, p)
//
// All writers are deterministic: the same picture gives the same bytes.
package picture

// A Picture is a drawing of things and what joins them.
type Picture struct {
	Title string `json:"title"`
	Nodes []Node `json:"nodes"` // ids are unique
	Edges []Edge `json:"edges"` // ends are ids of nodes; edges with unknown ends are left out

	Layout Layout `json:"layout,omitempty"` // "" is Force
}

// A Layout is a way to find places for nodes.
type Layout string

// The layouts.
const (
	Force      Layout = "force"      // what is joined lies near to each other
	Concentric Layout = "concentric" // rings by steps from the centres
	Layers     Layout = "layers"     // a layer for each class
)

// Layouts lists the layouts.
func Layouts() []Layout { return []Layout{Force, Concentric, Layers} }

// A Node is a thing in a picture.
type Node struct {
	ID     string `json:"id"`            // as state:ARM
	IRI    string `json:"iri,omitempty"` // in full
	Label  string `json:"label"`
	Class  string `json:"class,omitempty"`  // label of its class, for the legend: "state"
	Shape  string `json:"shape,omitempty"`  // ellipse, box, rounded, diamond, hexagon
	Color  string `json:"color,omitempty"`  // #rrggbb
	Link   string `json:"link,omitempty"`   // address of its page, or ""
	Center bool   `json:"center,omitempty"` // what the picture is about

	Pin *[2]float64 `json:"pin,omitempty"` // where it shall be, x and y, or nil
}

// The ways in which an edge is drawn.
const (
	Solid  = "solid"  // a fact that holds
	Dashed = "dashed" // ended, or said not to hold
	Dotted = "dotted" // claimed by somebody, or not realis
)

// An Assertion tells what an edge is worth.
type Assertion string

// The assertions.
const (
	Holds    Assertion = "holds"    // a fact, and not known to be over
	Ended    Assertion = "ended"    // a fact that is over
	Negative Assertion = "negative" // said not to be
	Claimed  Assertion = "claimed"  // claimed, conditional, intended, demanded …: no fact
)

// Assertions lists them from the firmest on.
func Assertions() []Assertion { return []Assertion{Holds, Ended, Negative, Claimed} }

// Style is how an assertion is drawn.
func (a Assertion) Style() string {
	switch a {
	case Ended, Negative:
		return Dashed
	case Claimed:
		return Dotted
	}
	return Solid
}

// An Edge joins two nodes.
type Edge struct {
	From      string    `json:"from"`
	To        string    `json:"to"`
	Label     string    `json:"label"` // never empty in a good picture
	Directed  bool      `json:"directed,omitempty"`
	Assertion Assertion `json:"assertion"`       // "" is Holds
	Type      string    `json:"type,omitempty"`  // id of the relation or event in the schema
	Start     string    `json:"start,omitempty"` // ISO date from which it holds, or ""
	Until     string    `json:"until,omitempty"` // ISO date until which it holds, or ""
	Why       string    `json:"why,omitempty"`   // of an edge that is no fact
	Fact      string    `json:"fact,omitempty"`  // id of the fact or report
	Link      string    `json:"link,omitempty"`  // address of its page, or ""
	Sources   []string  `json:"sources,omitempty"`
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
		out[i].edges = append(out[i].edges, e)
	}
	return out
}
