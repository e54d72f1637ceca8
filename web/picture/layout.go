package picture

import (
	"math"
	"slices"
)

type point struct{ x, y float64 }

// box is an axis-parallel rectangle around its centre.
type box struct {
	point
	w, h float64
}

// shared is the area that two boxes have in common.
func (b box) shared(c box) float64 {
	w := (b.w+c.w)/2 - math.Abs(b.x-c.x)
	h := (b.h+c.h)/2 - math.Abs(b.y-c.y)
	if w <= 0 || h <= 0 {
		return 0
	}
	return min(w, b.w, c.w) * min(h, b.h, c.h)
}

// placedNode is a node with its label's lines and its box.
type placedNode struct {
	Node
	lines []string
	box
}

// placedBundle is a line between two nodes with its label's lines and their box.
type placedBundle struct {
	bundle
	lines []string
	label box
}

// layout is a picture with a place for everything; the origin is the top left corner.
type layout struct {
	nodes   []placedNode
	bundles []placedBundle
	w, h    float64
}

const (
	margin     = 24.0
	clearance  = 6.0 // kept free around nodes
	maxStretch = 80
)

// arrange lays the picture out by force, makes it small, and then stretches it
// until no label covers another. Pictures of a few hundred nodes take a fraction of a second.
func arrange(p Picture) layout {
	l := layout{}
	for _, n := range p.Nodes {
		lines := wrap(n.Label, nodeWrap)
		w, h := size(lines)
		pn := placedNode{Node: n, lines: lines, box: box{w: w + 26, h: h + 14}}
		if n.Shape == "diamond" || n.Shape == "ellipse" || n.Shape == "hexagon" {
			pn.w, pn.h = pn.w*1.2, pn.h*1.25
		}
		l.nodes = append(l.nodes, pn)
	}
	for _, b := range p.bundles() {
		lines := bundleLines(p, b)
		w, h := size(lines)
		l.bundles = append(l.bundles, placedBundle{bundle: b, lines: lines, label: box{w: w + 6, h: h + 4}})
	}
	l.force()
	l.stretch(0.5, 0.5)
	for range maxStretch {
		if l.placeLabels() == 0 {
			break
		}
		l.stretch(1.05, 1.07)
	}
	l.crop()
	return l
}

// stretch moves all nodes away from the origin, or towards it.
func (l *layout) stretch(x, y float64) {
	for i := range l.nodes {
		l.nodes[i].x *= x
		l.nodes[i].y *= y
	}
}

// bundleLines gives the label of a line: a text for each of its edges, with
// the one who acts in front where the edges point both ways.
func bundleLines(p Picture, b bundle) []string {
	mixed := slices.ContainsFunc(b.edges, func(e Edge) bool { return e.Directed && e.From != b.edges[0].From })
	var lines []string
	for _, e := range b.edges {
		text := e.Label
		if mixed && e.Directed {
			text = nodeLabel(p, e.From) + " → " + text
		}
		lines = append(lines, wrap(text, edgeWrap)...)
	}
	return lines
}

func nodeLabel(p Picture, id string) string {
	return p.Nodes[slices.IndexFunc(p.Nodes, func(n Node) bool { return n.ID == id })].Label
}

// force places the nodes: springs along lines and repulsion between all pairs
// (after Fruchterman and Reingold 1991), from a deterministic start.
func (l *layout) force() {
	l.start()
	ideal := 170.0
	for _, b := range l.bundles {
		ideal = max(ideal, min(260, b.label.w+40))
	}
	const steps = 240
	for step := range steps {
		heat := ideal * 0.5 * (1 - float64(step)/steps)
		for i, m := range l.pushes(ideal) {
			if d := math.Hypot(m.x, m.y); d > 0 && !l.nodes[i].Center {
				l.nodes[i].x += m.x / d * min(d, heat)
				l.nodes[i].y += m.y / d * min(d, heat)
			}
		}
	}
	l.stretch(1.35, 1) // labels are wide and low, so is the picture
}

// pushes sums the forces on each node, for lines of an ideal length.
func (l *layout) pushes(ideal float64) []point {
	move := make([]point, len(l.nodes))
	push := func(i, j int, f float64, d, dx, dy float64) {
		move[i].x += dx / d * f
		move[i].y += dy / d * f
		move[j].x -= dx / d * f
		move[j].y -= dy / d * f
	}
	for i := range l.nodes {
		for j := i + 1; j < len(l.nodes); j++ {
			dx, dy, d := l.delta(i, j)
			reach := ideal + (l.nodes[i].w+l.nodes[j].w)/4
			push(i, j, reach*reach/d, d, dx, dy)
		}
	}
	for _, b := range l.bundles {
		dx, dy, d := l.delta(b.a, b.b)
		push(b.a, b.b, -d*d/(ideal*1.3), d, dx, dy)
	}
	return move
}

// delta is the vector from node j to node i and its length, never zero.
func (l *layout) delta(i, j int) (dx, dy, d float64) {
	dx, dy = l.nodes[i].x-l.nodes[j].x, l.nodes[i].y-l.nodes[j].y
	if d = math.Hypot(dx, dy); d < 0.01 {
		dx, dy = 0.01, 0.01*float64(1+i)
		d = math.Hypot(dx, dy)
	}
	return dx, dy, d
}

// start puts the centre in the middle, and the others on rings by their distance from it.
func (l *layout) start() {
	ring := l.rings()
	count, seen := map[int]int{}, map[int]int{}
	for _, r := range ring {
		count[r]++
	}
	for i, r := range ring {
		angle := 2*math.Pi*float64(seen[r])/float64(count[r]) + float64(r)*0.3
		seen[r]++
		l.nodes[i].point = point{260 * float64(r) * math.Cos(angle), 260 * float64(r) * math.Sin(angle)}
	}
}

// rings gives each node its distance from the centre in lines, 2 where no line leads there.
func (l *layout) rings() []int {
	next := make([][]int, len(l.nodes))
	for _, b := range l.bundles {
		next[b.a] = append(next[b.a], b.b)
		next[b.b] = append(next[b.b], b.a)
	}
	const unseen = -1
	ring := make([]int, len(l.nodes))
	var queue []int
	for i, node := range l.nodes {
		ring[i] = unseen
		if node.Center {
			ring[i] = 0
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, j := range next[i] {
			if ring[j] == unseen {
				ring[j] = ring[i] + 1
				queue = append(queue, j)
			}
		}
	}
	for i, r := range ring {
		if r == unseen {
			ring[i] = 2
		}
	}
	return ring
}

// labelPlaces are tried in order: fractions of the way along a line.
var labelPlaces = [...]float64{0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75}

// placeLabels moves each line's label along its line to where it covers least,
// and returns how many nodes and labels still cover another.
func (l *layout) placeLabels() (conflicts int) {
	taken := make([]box, 0, len(l.nodes)+len(l.bundles))
	covered := func(b box) (sum float64) {
		for _, o := range taken {
			sum += b.shared(o)
		}
		return sum
	}
	for _, n := range l.nodes {
		b := n.box
		b.w, b.h = b.w+clearance, b.h+clearance
		if covered(b) > 0 {
			conflicts++
		}
		taken = append(taken, b)
	}
	for i := range l.bundles {
		b := &l.bundles[i]
		from, to := l.nodes[b.a].point, l.nodes[b.b].point
		least := math.Inf(1)
		for _, t := range labelPlaces {
			c := b.label
			c.point = point{from.x + t*(to.x-from.x), from.y + t*(to.y-from.y)}
			if sum := covered(c); sum < least {
				b.label, least = c, sum
			}
		}
		if least > 0 {
			conflicts++
		}
		taken = append(taken, b.label)
	}
	return conflicts
}

// crop moves everything so that the picture starts at the margin, and sets its size.
func (l *layout) crop() {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	grow := func(b box) {
		left, right = min(left, b.x-b.w/2), max(right, b.x+b.w/2)
		top, bottom = min(top, b.y-b.h/2), max(bottom, b.y+b.h/2)
	}
	for _, n := range l.nodes {
		grow(n.box)
	}
	for _, b := range l.bundles {
		grow(b.label)
	}
	if len(l.nodes) == 0 {
		left, top, right, bottom = 0, 0, 240, 40
	}
	for i := range l.nodes {
		l.nodes[i].x += margin - left
		l.nodes[i].y += margin - top
	}
	for i := range l.bundles {
		l.bundles[i].label.x += margin - left
		l.bundles[i].label.y += margin - top
	}
	l.w, l.h = right-left+2*margin, bottom-top+2*margin
}
