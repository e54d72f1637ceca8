package picture

import (
	"cmp"
	"math"
	"slices"
)

const partGap = 10.0 // pixels between parts

// inParts lays out what hangs together by itself and sets these parts side by side.
func (d *Drawing) inParts(arrange func(*Drawing)) {
	part := d.parts()
	count := 0
	for _, k := range part {
		count = max(count, k+1)
	}
	parts := make([]Drawing, count)
	place := make([]int, len(d.Nodes)) // of a node in its part
	for i, n := range d.Nodes {
		p := &parts[part[i]]
		place[i] = len(p.Nodes)
		p.Nodes = append(p.Nodes, n)
		p.Crowded = d.Crowded
	}
	for _, line := range d.Lines {
		p := &parts[part[line.A]]
		line.A, line.B = place[line.A], place[line.B]
		p.Lines = append(p.Lines, line)
	}
	for k := range parts {
		parts[k].chooseCenter()
		arrange(&parts[k])
		parts[k].frame()
		parts[k].toOrigin()
	}
	pack(parts)
	next := make([]int, count) // line of each part
	for i := range d.Nodes {
		d.Nodes[i].Box = parts[part[i]].Nodes[place[i]].Box
	}
	for i, line := range d.Lines {
		k := part[line.A]
		d.Lines[i].At, d.Lines[i].Label = parts[k].Lines[next[k]].At, parts[k].Lines[next[k]].Label
		next[k]++
	}
}

// parts numbers the connected parts, and gives for each node the number of its own.
func (d *Drawing) parts() []int {
	part := make([]int, len(d.Nodes))
	for i := range part {
		part[i] = i
	}
	root := func(i int) int {
		for part[i] != i {
			part[i] = part[part[i]]
			i = part[i]
		}
		return i
	}
	for _, line := range d.Lines {
		a, b := root(line.A), root(line.B)
		part[max(a, b)] = min(a, b)
	}
	number := map[int]int{}
	out := make([]int, len(d.Nodes))
	for i := range d.Nodes {
		r := root(i)
		if _, known := number[r]; !known {
			number[r] = len(number)
		}
		out[i] = number[r]
	}
	return out
}

// chooseCenter makes the node with the most lines the middle of a part that has none.
func (d *Drawing) chooseCenter() {
	d.middle = nil
	lines := make([]int, len(d.Nodes))
	for _, line := range d.Lines {
		lines[line.A]++
		lines[line.B]++
	}
	most := 0
	for i, n := range d.Nodes {
		if n.Center {
			d.middle = append(d.middle, i)
		}
		if lines[i] > lines[most] {
			most = i
		}
	}
	if len(d.middle) == 0 && len(d.Nodes) > 0 {
		d.middle = []int{most}
	}
}

// aspect is the width of a drawing that suits a page, in heights.
const aspect = 1.5

// pack moves drawings, each of which starts at the origin, near to each other:
// the one with the centre and then the largest first, each to that corner of
// those that are there where the whole stays smallest.
func pack(parts []Drawing) {
	order := make([]*Drawing, len(parts))
	for k := range parts {
		order[k] = &parts[k]
	}
	centered := func(p *Drawing) int {
		if slices.ContainsFunc(p.Nodes, func(n PlacedNode) bool { return n.Center }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b *Drawing) int {
		return cmp.Or(centered(a)-centered(b), cmp.Compare(b.Width*b.Height, a.Width*a.Height))
	})
	var placed []Box // with their gaps
	xs, ys := []float64{0}, []float64{0}
	width, height := 0.0, 0.0
	for k, p := range order {
		if k == fitted {
			rows(order[k:], max(width, height*aspect), height+partGap)
			return
		}
		best, least := point{}, math.Inf(1)
		for _, x := range xs {
			for _, y := range ys {
				w, h := max(width, x+p.Width), max(height, y+p.Height)
				size := max(w, h*aspect) + (x+y)/1000 // of equals the one nearest to the origin
				if size < least && isFree(placed, x, y, p) {
					best, least = point{x, y}, size
				}
			}
		}
		p.move(best.x, best.y)
		placed = append(placed, Box{best.x + p.Width/2, best.y + p.Height/2, p.Width + partGap, p.Height + partGap})
		xs, ys = append(xs, best.x+p.Width+partGap), append(ys, best.y+p.Height+partGap)
		width, height = max(width, best.x+p.Width), max(height, best.y+p.Height)
	}
}

// fitted is how many parts look for the best corner; the many small ones after
// them are set in rows, which takes no time.
const fitted = 40

// rows sets drawings in rows of a width, from a height on.
func rows(parts []*Drawing, width, y float64) {
	area := 0.0
	for _, p := range parts {
		area += (p.Width + partGap) * (p.Height + partGap)
	}
	width = max(width, math.Sqrt(area*aspect))
	x, height := 0.0, 0.0
	for _, p := range parts {
		if x > 0 && x+p.Width > width {
			x, y, height = 0, y+height+partGap, 0
		}
		p.move(x, y)
		x, height = x+p.Width+partGap, max(height, p.Height)
	}
}

// isFree reports whether a part has room at a place.
func isFree(placed []Box, x, y float64, p *Drawing) bool {
	b := Box{x + p.Width/2, y + p.Height/2, p.Width, p.Height}
	return !slices.ContainsFunc(placed, func(o Box) bool { return o.shared(b) > 0 })
}

// move moves everything.
func (d *Drawing) move(x, y float64) {
	for i := range d.Nodes {
		d.Nodes[i].X += x
		d.Nodes[i].Y += y
	}
	for i := range d.Lines {
		d.Lines[i].Label.X += x
		d.Lines[i].Label.Y += y
	}
}
