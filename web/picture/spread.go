package picture

import (
	"math"
	"slices"
)

// stretch moves all nodes away from the origin, or towards it.
func (d *Drawing) stretch(x, y float64) {
	for i := range d.Nodes {
		d.Nodes[i].X *= x
		d.Nodes[i].Y *= y
	}
}

// How often what overlaps is pushed apart, how often all is stretched after
// that, and how often all is drawn together again where there is room.
const (
	maxPushes  = 150
	maxStretch = 80
	maxShrink  = 16
)

// spread makes room until nothing covers another: at first only where it is
// needed, and in the end everywhere. Then it takes back what was too much.
func (d *Drawing) spread(push func(i int, x, y float64)) {
	for round := range maxPushes + maxStretch {
		if d.settle(push, 1) {
			break
		}
		if round >= maxPushes || round%30 == 29 {
			d.stretch(1.05, 1.07)
		}
	}
	if d.Crowded {
		return
	}
	tight := map[int]bool{} // nodes that had no room to come nearer
	for range maxShrink {
		nodes, lines := slices.Clone(d.Nodes), slices.Clone(d.Lines)
		d.drawIn(push, tight)
		if !d.settle(push, 25) {
			d.noteTight(tight)
			d.Nodes, d.Lines = nodes, lines
		}
	}
}

// drawIn shortens the lines that are longer than their ends and labels need.
func (d *Drawing) drawIn(push func(i int, x, y float64), tight map[int]bool) {
	const ease = 0.15 // of what is too long, at each end
	for _, line := range d.Lines {
		if tight[line.A] || tight[line.B] {
			continue
		}
		dx, dy, length := d.delta(line.B, line.A)
		x, y := math.Abs(dx)/length, math.Abs(dy)/length
		a, b := d.Nodes[line.A], d.Nodes[line.B]
		need := (a.W+b.W)/2*x + (a.H+b.H)/2*y + line.Label.W*x + line.Label.H*y + 50
		if length > need {
			pull := ease * (length - need) / length
			push(line.A, dx*pull, dy*pull)
			push(line.B, -dx*pull, -dy*pull)
		}
	}
}

// noteTight notes the nodes whose boxes or labels overlap.
func (d *Drawing) noteTight(tight map[int]bool) {
	taken, _ := d.placeLabels()
	taken.overlaps(func(i, j int) {
		for _, box := range []int{i, j} {
			for _, node := range d.owners(box) {
				tight[node] = true
			}
		}
	})
}

// owners lists the nodes with which a box moves: a node itself, or both ends of a line.
func (d *Drawing) owners(box int) []int {
	if box < len(d.Nodes) {
		return []int{box}
	}
	line := d.Lines[box-len(d.Nodes)]
	return []int{line.A, line.B}
}

// settle pushes apart what overlaps, in so many rounds at most, and reports
// whether nothing does any more. Lines that run behind a node are a reason to
// push too, but not to go on for ever.
func (d *Drawing) settle(push func(i int, x, y float64), rounds int) bool {
	for range rounds {
		taken, conflicts := d.placeLabels()
		behind := 0
		if !d.Crowded {
			behind = d.pushOffLines(push)
		}
		if conflicts == 0 && behind == 0 {
			return true
		}
		d.pushApart(taken, push)
	}
	_, conflicts := d.placeLabels()
	return conflicts == 0
}

// freely moves a node by a vector.
func (d *Drawing) freely(i int, x, y float64) {
	d.Nodes[i].X += x
	d.Nodes[i].Y += y
}

// withinRow moves a node to the side only.
func (d *Drawing) withinRow(i int, x, _ float64) { d.Nodes[i].X += x }

// pushApart moves the nodes of boxes that overlap, along the axis on which
// less is in the way; a label moves with the two nodes of its line.
func (d *Drawing) pushApart(taken grid, push func(i int, x, y float64)) {
	const ease = 0.3 // of the way, for each of the two
	taken.overlaps(func(i, j int) {
		a, b := taken.boxes[i], taken.boxes[j]
		x, y := (a.W+b.W)/2-math.Abs(a.X-b.X), (a.H+b.H)/2-math.Abs(a.Y-b.Y)
		if x < y {
			x, y = math.Copysign(x, b.X-a.X), 0
		} else {
			x, y = 0, math.Copysign(y, b.Y-a.Y)
		}
		for _, node := range d.owners(i) {
			push(node, -x*ease, -y*ease)
		}
		for _, node := range d.owners(j) {
			push(node, x*ease, y*ease)
		}
	})
}

// pushOffLines moves nodes to the side that stand on a line of others, and says how many do.
func (d *Drawing) pushOffLines(push func(i int, x, y float64)) (found int) {
	for _, line := range d.Lines {
		a := d.Nodes[line.A].Box
		dx, dy, length := d.delta(line.B, line.A)
		for i, n := range d.Nodes {
			if i == line.A || i == line.B {
				continue
			}
			along := ((n.X-a.X)*dx + (n.Y-a.Y)*dy) / (length * length)
			if along <= 0 || along >= 1 {
				continue
			}
			// How far the node's middle is from the line, and how far its box reaches towards it.
			away := ((n.X-a.X)*-dy + (n.Y-a.Y)*dx) / length
			reach := (math.Abs(dy)*n.W + math.Abs(dx)*n.H) / (2 * length)
			if gap := reach + clearance - math.Abs(away); gap > 0 {
				found++
				gap = math.Copysign(gap*0.4, away)
				push(i, -dy/length*gap, dx/length*gap)
				push(line.A, dy/length*gap/4, -dx/length*gap/4)
				push(line.B, dy/length*gap/4, -dx/length*gap/4)
			}
		}
	}
	return found
}

// labelPlaces are tried in order: fractions of the way along a line.
var labelPlaces = [...]float64{0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75}

// placeLabels moves each line's label along its line to where it covers least,
// and returns the boxes of nodes and labels, and how many of them still cover
// another. In a crowd the labels of lines have no say.
func (d *Drawing) placeLabels() (taken grid, conflicts int) {
	for _, n := range d.Nodes {
		b := n.Box
		b.W, b.H = b.W+clearance, b.H+clearance
		if taken.covered(b) > 0 {
			conflicts++
		}
		taken.add(b)
	}
	for i := range d.Lines {
		line := &d.Lines[i]
		from, to := d.Nodes[line.A], d.Nodes[line.B]
		least := math.Inf(1)
		for _, t := range labelPlaces {
			c := line.Label
			c.X, c.Y = from.X+t*(to.X-from.X), from.Y+t*(to.Y-from.Y)
			if d.Crowded {
				line.Label, line.At = c, t
				break
			}
			if sum := taken.covered(c); sum < least {
				line.Label, line.At, least = c, t, sum
			}
			if least == 0 {
				break
			}
		}
		if d.Crowded {
			continue
		}
		if least > 0 {
			conflicts++
		}
		taken.add(line.Label)
	}
	return taken, conflicts
}
