package picture

import (
	"cmp"
	"math"
	"slices"
)

const partGap = 50.0 // pixels between parts

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

// pack moves drawings, each of which starts at the origin, side by side in
// rows, the tallest first; the part with the centre stays at the top left.
func pack(parts []Drawing) {
	area := 0.0
	widest := 0.0
	order := make([]*Drawing, len(parts))
	for k := range parts {
		order[k] = &parts[k]
		area += (parts[k].Width + partGap) * (parts[k].Height + partGap)
		widest = max(widest, parts[k].Width)
	}
	centered := func(p *Drawing) int {
		if slices.ContainsFunc(p.Nodes, func(n PlacedNode) bool { return n.Center }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b *Drawing) int {
		return cmp.Or(centered(a)-centered(b), cmp.Compare(b.Height, a.Height))
	})
	width := max(widest, math.Sqrt(area)*1.35)
	x, y, height := 0.0, 0.0, 0.0
	for _, p := range order {
		if x > 0 && x+p.Width > width {
			x, y, height = 0, y+height+partGap, 0
		}
		p.move(x, y)
		x, height = x+p.Width+partGap, max(height, p.Height)
	}
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
