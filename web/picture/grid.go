package picture

import "math"

// grid finds the boxes near a box quickly. The zero grid is empty.
type grid struct {
	boxes []Box
	cells map[[2]int][]int // indexes of boxes
}

const cellSize = 120.0 // pixels

func (g *grid) span(b Box, visit func(cell [2]int)) {
	first := func(x float64) int { return int(math.Floor(x / cellSize)) }
	for x := first(b.X - b.W/2); x <= first(b.X+b.W/2); x++ {
		for y := first(b.Y - b.H/2); y <= first(b.Y+b.H/2); y++ {
			visit([2]int{x, y})
		}
	}
}

// add adds a box, which has the number of boxes before as its index.
func (g *grid) add(b Box) {
	if g.cells == nil {
		g.cells = map[[2]int][]int{}
	}
	g.span(b, func(cell [2]int) { g.cells[cell] = append(g.cells[cell], len(g.boxes)) })
	g.boxes = append(g.boxes, b)
}

// covered is at least the area of a box that others cover, zero where none does.
func (g *grid) covered(b Box) (sum float64) {
	g.span(b, func(cell [2]int) {
		for _, i := range g.cells[cell] {
			sum += b.shared(g.boxes[i])
		}
	})
	return sum
}

// overlaps visits the pairs of boxes that have an area in common; a pair in several cells more than once.
func (g *grid) overlaps(visit func(i, j int)) {
	for j, b := range g.boxes {
		g.span(b, func(cell [2]int) {
			for _, i := range g.cells[cell] {
				if i < j && b.shared(g.boxes[i]) > 0 {
					visit(i, j)
				}
			}
		})
	}
}
