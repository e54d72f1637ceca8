package picture

import (
	"math"
	"slices"
)

// A Drawing is a picture with a place for everything, in pixels; y grows downwards.
type Drawing struct {
	Title   string       `json:"title"`
	Nodes   []PlacedNode `json:"nodes"`
	Lines   []Line       `json:"lines"` // one for each pair of nodes that edges join
	Left    float64      `json:"left"`  // of the frame around everything
	Top     float64      `json:"top"`
	Width   float64      `json:"width"`
	Height  float64      `json:"height"`
	Crowded bool         `json:"crowded,omitempty"` // too many nodes for the names of lines to have room

	middle []int // indexes of the nodes around which a part is laid out
}

// A Box is an axis-parallel rectangle around its centre.
type Box struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// shared is the area that two boxes have in common.
func (b Box) shared(c Box) float64 {
	w := (b.W+c.W)/2 - math.Abs(b.X-c.X)
	h := (b.H+c.H)/2 - math.Abs(b.Y-c.Y)
	if w <= 0 || h <= 0 {
		return 0
	}
	return min(w, b.W, c.W) * min(h, b.H, c.H)
}

// A PlacedNode is a node with its label's lines and its box.
type PlacedNode struct {
	Node
	Text []string `json:"text"`
	Box
}

// A Line is all edges between two nodes, with the lines of its label and their box.
type Line struct {
	A     int      `json:"a"`     // index of a node
	B     int      `json:"b"`     // index of a later node
	Edges []Edge   `json:"edges"` // at least one
	Text  []string `json:"text"`
	At    float64  `json:"at"`              // how far along from A to B the label is, 0 to 1
	Style string   `json:"style"`           // of the firmest of its edges
	ToA   bool     `json:"toA,omitempty"`   // an edge points to A
	ToB   bool     `json:"toB,omitempty"`   // an edge points to B
	Kinds []string `json:"kinds,omitempty"` // the assertions of its edges
	Label Box      `json:"-"`
}

const (
	margin    = 24.0
	clearance = 6.0 // kept free around nodes
	crowd     = 150 // nodes above which lines are drawn without names
)

// Draw lays a picture out in its layout, makes it small, and then stretches it
// until no label covers another; pinned nodes have the place that they ask for.
// Pictures of a few hundred nodes take a fraction of a second.
func Draw(p Picture) Drawing {
	d := Drawing{Title: p.Title, Nodes: []PlacedNode{}, Lines: []Line{}, Crowded: len(p.Nodes) > crowd}
	for _, n := range p.Nodes {
		text := wrap(n.Label, nodeWrap)
		w, h := size(text)
		node := PlacedNode{Node: n, Text: text, Box: Box{W: w + 26, H: h + 14}}
		switch n.Shape { // which have less room inside than a box
		case "ellipse", "hexagon":
			node.W, node.H = node.W*1.2, node.H*1.25
		case "diamond":
			node.W, node.H = node.W*1.45, node.H*1.8
		}
		d.Nodes = append(d.Nodes, node)
	}
	for _, b := range p.bundles() {
		d.Lines = append(d.Lines, lineOf(p, b))
	}
	switch p.Layout {
	case Layers:
		d.layers()
	case Concentric:
		d.inParts((*Drawing).concentric)
	default:
		d.inParts((*Drawing).force)
	}
	d.frame()
	d.toOrigin()
	if d.pin() {
		d.placeLabels()
		d.frame()
	}
	return d
}

func lineOf(p Picture, b bundle) Line {
	line := Line{A: b.a, B: b.b, Edges: b.edges, Text: bundleText(p, b), At: 0.5, Style: Dotted}
	for _, e := range b.edges {
		switch style := e.Assertion.Style(); {
		case style == Solid:
			line.Style = Solid
		case style == Dashed && line.Style == Dotted:
			line.Style = Dashed
		}
		if kind := string(e.assertion()); !slices.Contains(line.Kinds, kind) {
			line.Kinds = append(line.Kinds, kind)
		}
		if e.Directed {
			line.ToB = line.ToB || e.To == p.Nodes[b.b].ID
			line.ToA = line.ToA || e.To == p.Nodes[b.a].ID
		}
	}
	w, h := size(line.Text)
	line.Label = Box{W: w + 6, H: h + 4}
	return line
}

// bundleLines is how many lines of text name the edges of one line at most.
const bundleLines = 6

// bundleText gives the label of a line: a text for each of its edges, with
// the one who acts in front where the edges point both ways, and how many there are.
func bundleText(p Picture, b bundle) []string {
	mixed := slices.ContainsFunc(b.edges, func(e Edge) bool { return e.Directed && e.From != b.edges[0].From })
	var text []string
	for i, e := range b.edges {
		label := e.Label
		if mixed && e.Directed {
			label = nodeLabel(p, e.From) + " → " + label
		}
		if i == 0 && len(b.edges) > 1 {
			label = counted(len(b.edges)) + label
		}
		lines := wrap(label, edgeWrap)
		if i > 0 && len(text)+len(lines) > bundleLines {
			return append(text, more(len(b.edges)-i))
		}
		text = append(text, lines...)
	}
	return text
}

func nodeLabel(p Picture, id string) string {
	return p.Nodes[slices.IndexFunc(p.Nodes, func(n Node) bool { return n.ID == id })].Label
}

// pin moves the pinned nodes to their places.
func (d *Drawing) pin() (any bool) {
	for i, n := range d.Nodes {
		if n.Pin != nil {
			d.Nodes[i].X, d.Nodes[i].Y = n.Pin[0], n.Pin[1]
			any = true
		}
	}
	return any
}

// frame sets the frame around everything.
func (d *Drawing) frame() {
	l, t, r, b := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	grow := func(box Box) {
		l, r = min(l, box.X-box.W/2), max(r, box.X+box.W/2)
		t, b = min(t, box.Y-box.H/2), max(b, box.Y+box.H/2)
	}
	for _, n := range d.Nodes {
		grow(n.Box)
	}
	for _, line := range d.Lines {
		if !d.Crowded {
			grow(line.Label)
		}
	}
	if len(d.Nodes) == 0 {
		l, t, r, b = 0, 0, 240, 40
	}
	d.Left, d.Top, d.Width, d.Height = l-margin, t-margin, r-l+2*margin, b-t+2*margin
}

// toOrigin moves everything so that the frame starts at the origin.
func (d *Drawing) toOrigin() {
	d.move(-d.Left, -d.Top)
	d.Left, d.Top = 0, 0
}
