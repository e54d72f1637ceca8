package picture

import (
	"math"
	"slices"
)

type point struct{ x, y float64 }

// force places the nodes: springs along lines and repulsion between pairs
// (after Fruchterman and Reingold 1991), from a deterministic start. In a crowd
// only near pairs repel each other, as their grid variant has it.
func (d *Drawing) force() {
	d.rings()
	ideal := 170.0
	for _, line := range d.Lines {
		if !d.Crowded {
			ideal = max(ideal, min(260, line.Label.W+40))
		}
	}
	steps := 240
	if d.Crowded {
		steps = 100
	}
	for step := range steps {
		heat := ideal * 0.5 * (1 - float64(step)/float64(steps))
		for i, m := range d.pushes(ideal) {
			if length := math.Hypot(m.x, m.y); length > 0 && !slices.Contains(d.middle, i) {
				d.Nodes[i].X += m.x / length * min(length, heat)
				d.Nodes[i].Y += m.y / length * min(length, heat)
			}
		}
	}
	d.stretch(0.6, 0.45) // labels are wide and low, so is the picture
	d.spread(d.freely)
}

// pushes sums the forces on each node, for lines of an ideal length.
func (d *Drawing) pushes(ideal float64) []point {
	move := make([]point, len(d.Nodes))
	push := func(i, j int, f float64, length, dx, dy float64) {
		move[i].x += dx / length * f
		move[i].y += dy / length * f
		move[j].x -= dx / length * f
		move[j].y -= dy / length * f
	}
	d.pairs(3*ideal, func(i, j int) {
		dx, dy, length := d.delta(i, j)
		reach := ideal + (d.Nodes[i].W+d.Nodes[j].W)/4
		push(i, j, reach*reach/length, length, dx, dy)
	})
	for _, line := range d.Lines {
		dx, dy, length := d.delta(line.A, line.B)
		push(line.A, line.B, -length*length/(ideal*1.3), length, dx, dy)
	}
	return move
}

// pairs visits all pairs of nodes; in a crowd those whose distance is within reach, and few others.
func (d *Drawing) pairs(reach float64, visit func(i, j int)) {
	if !d.Crowded {
		for i := range d.Nodes {
			for j := i + 1; j < len(d.Nodes); j++ {
				visit(i, j)
			}
		}
		return
	}
	type cell struct{ x, y int }
	cellOf := func(n PlacedNode) cell {
		return cell{int(math.Floor(n.X / reach)), int(math.Floor(n.Y / reach))}
	}
	cells := map[cell][]int{}
	for i, n := range d.Nodes {
		c := cellOf(n)
		cells[c] = append(cells[c], i)
	}
	for i, n := range d.Nodes {
		c := cellOf(n)
		for x := c.x - 1; x <= c.x+1; x++ {
			for y := c.y - 1; y <= c.y+1; y++ {
				for _, j := range cells[cell{x, y}] {
					if j > i {
						visit(i, j)
					}
				}
			}
		}
	}
}

// delta is the vector from node j to node i and its length, never zero.
func (d *Drawing) delta(i, j int) (dx, dy, length float64) {
	dx, dy = d.Nodes[i].X-d.Nodes[j].X, d.Nodes[i].Y-d.Nodes[j].Y
	if length = math.Hypot(dx, dy); length < 0.01 {
		dx, dy = 0.01, 0.01*float64(1+i)
		length = math.Hypot(dx, dy)
	}
	return dx, dy, length
}

// rings puts the centre in the middle, and the others on rings by their distance from it.
func (d *Drawing) rings() {
	ring := d.steps()
	count, seen := map[int]int{}, map[int]int{}
	for _, r := range ring {
		count[r]++
	}
	for i, r := range ring {
		angle := 2*math.Pi*float64(seen[r])/float64(count[r]) + float64(r)*0.3
		seen[r]++
		d.Nodes[i].X, d.Nodes[i].Y = 260*float64(r)*math.Cos(angle), 260*float64(r)*math.Sin(angle)
	}
}

// steps gives each node its distance from the centres in lines, 2 where no line leads there.
func (d *Drawing) steps() []int {
	next := make([][]int, len(d.Nodes))
	for _, line := range d.Lines {
		next[line.A] = append(next[line.A], line.B)
		next[line.B] = append(next[line.B], line.A)
	}
	const unseen = -1
	steps := make([]int, len(d.Nodes))
	var queue []int
	for i := range d.Nodes {
		steps[i] = unseen
	}
	for _, i := range d.middle {
		steps[i] = 0
		queue = append(queue, i)
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, j := range next[i] {
			if steps[j] == unseen {
				steps[j] = steps[i] + 1
				queue = append(queue, j)
			}
		}
	}
	for i, s := range steps {
		if s == unseen {
			steps[i] = 2
		}
	}
	return steps
}
