package picture

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
)

// Pixels of a drawing in PNG: two for each of the drawing, fewer where it
// would be too large an image.
const (
	sharpness = 2.0
	maxPixels = 40_000_000
)

// The colours of drawings in PNG, those of the light [Stylesheet].
var (
	ground    = color.RGBA{0xff, 0xff, 0xff, 0xff}
	lineInk   = color.RGBA{0x5b, 0x64, 0x72, 0xff}
	shapeInk  = color.RGBA{0x1d, 0x24, 0x30, 0xff}
	textInk   = color.RGBA{0x10, 0x15, 0x1d, 0xff}
	legendInk = color.RGBA{0x3d, 0x46, 0x54, 0xff}
	noClass   = color.RGBA{0xdd, 0xdd, 0xdd, 0xff}
)

// WritePNG draws the picture as an image, as [WriteSVG] does in light colours.
func WritePNG(w io.Writer, p Picture) error {
	d := Draw(p)
	legend := legendOf(p)
	d.Width = max(d.Width, 320)
	height := d.Height + legendHeight(legend)
	scale := min(sharpness, math.Sqrt(maxPixels/(d.Width*height)))
	c, err := newCanvas(d.Left, d.Top, d.Width, height, scale)
	if err != nil {
		return err
	}
	for _, line := range d.Lines {
		c.line(d, line)
	}
	if !d.Crowded {
		for _, line := range d.Lines {
			c.fill(boxPath(line.Label), ground)
			c.text(line.Text, line.Label, 11, textInk)
		}
	}
	for _, n := range d.Nodes {
		width := 1.0
		if n.Center {
			width = 2.6
		}
		c.shape(n.Shape, n.Color, n.Box, width)
		c.text(n.Text, n.Box, fontSize, textInk)
	}
	c.legend(legend, d.Left+margin, d.Top+d.Height)
	return png.Encode(w, c.image)
}

// line draws a line with its arrowheads.
func (c *canvas) line(d Drawing, line Line) {
	a, z := d.Nodes[line.A], d.Nodes[line.B]
	from, to := border(a, z.Box), border(z, a.Box)
	c.stroke(from, to, 1.4, line.Style, lineInk)
	if line.ToA {
		c.arrowhead(to, from)
	}
	if line.ToB {
		c.arrowhead(from, to)
	}
}

// arrowhead draws the head of an arrow that ends at a point.
func (c *canvas) arrowhead(from, to point) {
	const long, wide = 11.0, 5.0
	length := math.Hypot(to.x-from.x, to.y-from.y)
	if length == 0 {
		return
	}
	x, y := (to.x-from.x)/length, (to.y-from.y)/length
	back := point{to.x - long*x, to.y - long*y}
	c.fill([]point{to, {back.x - wide*y, back.y + wide*x}, {back.x + wide*y, back.y - wide*x}}, lineInk)
}

// shape draws the sign of a class.
func (c *canvas) shape(shape, fill string, at Box, width float64) {
	path := shapePath(shape, at)
	c.fill(path, colorOf(fill))
	for i, p := range path {
		c.stroke(p, path[(i+1)%len(path)], width, Solid, shapeInk)
	}
}

// legend explains shapes and strokes.
func (c *canvas) legend(classes []Node, left, top float64) {
	for i, n := range classes {
		y := top + legendRow*(float64(i)+0.5)
		c.shape(n.Shape, n.Color, Box{left + 14, y, 24, 13}, 1)
		c.textFrom(n.Class, left+36, y+4, 11, legendInk)
	}
	for i, s := range strokes() {
		y := top + legendRow*(float64(i)+0.5)
		c.stroke(point{left + 140, y}, point{left + 174, y}, 1.4, s.style, lineInk)
		c.textFrom(s.text, left+182, y+4, 11, legendInk)
	}
}

// shapePath is the outline of a shape.
func shapePath(shape string, at Box) []point {
	x, y, w, h := at.X, at.Y, at.W/2, at.H/2
	switch shape {
	case "ellipse":
		return arc(nil, at, w, h, 0, 2*math.Pi)
	case "diamond":
		return []point{{x - w, y}, {x, y - h}, {x + w, y}, {x, y + h}}
	case "hexagon":
		c := min(h, w/3)
		return []point{{x - w, y}, {x - w + c, y - h}, {x + w - c, y - h}, {x + w, y}, {x + w - c, y + h}, {x - w + c, y + h}}
	case "rounded":
		r := min(9, h, w)
		var path []point
		for i, corner := range []Box{{X: x + w - r, Y: y + h - r}, {X: x - w + r, Y: y + h - r}, {X: x - w + r, Y: y - h + r}, {X: x + w - r, Y: y - h + r}} {
			path = arc(path, corner, r, r, float64(i)*math.Pi/2, float64(i+1)*math.Pi/2)
		}
		return path
	}
	return boxPath(at)
}

func boxPath(at Box) []point {
	x, y, w, h := at.X, at.Y, at.W/2, at.H/2
	return []point{{x - w, y - h}, {x + w, y - h}, {x + w, y + h}, {x - w, y + h}}
}

// arc adds an arc of an ellipse around a point to a path.
func arc(path []point, around Box, rx, ry, from, to float64) []point {
	steps := max(6, int(24*(to-from)/math.Pi))
	for i := range steps + 1 {
		angle := from + (to-from)*float64(i)/float64(steps)
		path = append(path, point{around.X + rx*math.Cos(angle), around.Y + ry*math.Sin(angle)})
	}
	return path
}

// colorOf reads #rrggbb.
func colorOf(text string) color.Color {
	if c := gexfColorOf(text); c != nil {
		return color.RGBA{c.R, c.G, c.B, 0xff}
	}
	return noClass
}

// bounds is the rectangle of an image for a frame.
func bounds(width, height, scale float64) image.Rectangle {
	return image.Rect(0, 0, max(1, int(math.Ceil(width*scale))), max(1, int(math.Ceil(height*scale))))
}
