package picture

import (
	"cmp"
	"math"
	"slices"
)

// Distances of the layouts in rows and rings, in pixels; they are
// made smaller at first, and room is made again where it is needed.
const (
	columnGap = 60.0
	rowGap    = 320.0
	stagger   = 60.0
	ringGap   = 360.0
)

// layers places the nodes in rows, one or more for each class, in an order in
// which what is joined stands near to each other (barycentres, after Sugiyama 1981).
func (d *Drawing) layers() {
	classes := map[string][]int{}
	var order []string
	for i, n := range d.Nodes {
		if len(classes[n.Class]) == 0 {
			order = append(order, n.Class)
		}
		classes[n.Class] = append(classes[n.Class], i)
	}
	perRow := max(6, int(math.Sqrt(float64(len(d.Nodes))*1.6)))
	var rows [][]int
	for _, class := range order {
		for row := range slices.Chunk(classes[class], perRow) {
			rows = append(rows, row)
		}
	}
	for range 8 {
		for y, row := range rows {
			d.row(row, float64(y)*rowGap)
		}
		middle := d.middles()
		for _, row := range rows {
			slices.SortStableFunc(row, func(a, b int) int { return cmp.Compare(middle[a].x, middle[b].x) })
		}
	}
	for y, row := range rows {
		d.row(row, float64(y)*rowGap)
	}
	d.stretch(0.6, 0.6)
	d.spread(d.withinRow)
}

// row sets nodes side by side, around the middle; lines within a row would
// run through others were it quite straight.
func (d *Drawing) row(row []int, y float64) {
	width := -columnGap
	for _, i := range row {
		width += 2*d.Nodes[i].W + columnGap
	}
	x := -width / 2
	for place, i := range row {
		d.Nodes[i].X, d.Nodes[i].Y = x+d.Nodes[i].W, y+float64(place%3-1)*stagger
		x += 2*d.Nodes[i].W + columnGap
	}
}

// middles gives for each node the middle of those it is joined with, or its own place.
func (d *Drawing) middles() []point {
	sum := make([]point, len(d.Nodes))
	count := make([]float64, len(d.Nodes))
	for _, line := range d.Lines {
		for _, pair := range [2][2]int{{line.A, line.B}, {line.B, line.A}} {
			sum[pair[0]].x += d.Nodes[pair[1]].X
			sum[pair[0]].y += d.Nodes[pair[1]].Y
			count[pair[0]]++
		}
	}
	for i, n := range d.Nodes {
		if count[i] == 0 {
			sum[i], count[i] = point{n.X, n.Y}, 1
		}
		sum[i].x /= count[i]
		sum[i].y /= count[i]
	}
	return sum
}

// concentric places the nodes on rings by their steps from the centres, each
// near to the direction of those it is joined with.
func (d *Drawing) concentric() {
	steps := d.steps()
	var rings [][]int
	for i, s := range steps {
		for len(rings) <= s {
			rings = append(rings, nil)
		}
		rings[s] = append(rings[s], i)
	}
	radius := 0.0
	for k, ring := range rings {
		around := 0.0
		for _, i := range ring {
			around += 2*math.Hypot(d.Nodes[i].W, d.Nodes[i].H) + columnGap
		}
		switch {
		case k == 0 && len(ring) < 2:
			radius = 0
		case k == 0:
			radius = around / (2 * math.Pi)
		default:
			radius = max(radius+ringGap, around/(2*math.Pi))
			middle := d.middles()
			angle := func(i int) float64 { return math.Atan2(middle[i].y, middle[i].x) }
			slices.SortStableFunc(ring, func(a, b int) int { return cmp.Compare(angle(a), angle(b)) })
		}
		for place, i := range ring {
			angle := 2*math.Pi*float64(place)/float64(len(ring)) - math.Pi/2
			d.Nodes[i].X, d.Nodes[i].Y = radius*math.Cos(angle)*1.35, radius*math.Sin(angle)
		}
	}
	d.stretch(0.6, 0.6)
	d.spread(d.freely)
}
