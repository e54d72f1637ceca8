package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// canvas paints in the coordinates of a drawing onto an image.
type canvas struct {
	image     *image.RGBA
	left, top float64
	scale     float64
	font      *opentype.Font
	faces     map[float64]font.Face // by size in the drawing
}

func newCanvas(left, top, width, height, scale float64) (*canvas, error) {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("picture: font: %w", err)
	}
	c := &canvas{image: image.NewRGBA(bounds(width, height, scale)), left: left, top: top, scale: scale, font: parsed, faces: map[float64]font.Face{}}
	draw.Draw(c.image, c.image.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	for _, size := range []float64{11, fontSize} {
		if c.faces[size], err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: size * scale, DPI: 72, Hinting: font.HintingNone}); err != nil {
			return nil, fmt.Errorf("picture: font: %w", err)
		}
	}
	return c, nil
}

// fill paints a closed path.
func (c *canvas) fill(path []point, with color.Color) {
	lowX, lowY, highX, highY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range path {
		x, y := c.place(p)
		lowX, lowY, highX, highY = min(lowX, x), min(lowY, y), max(highX, x), max(highY, y)
	}
	box := image.Rect(int(math.Floor(lowX)), int(math.Floor(lowY)), int(math.Ceil(highX))+1, int(math.Ceil(highY))+1).Intersect(c.image.Bounds())
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for i, p := range path {
		x, y := c.place(p)
		px, py := float32(x-float64(box.Min.X)), float32(y-float64(box.Min.Y))
		if i == 0 {
			r.MoveTo(px, py)
		} else {
			r.LineTo(px, py)
		}
	}
	r.ClosePath()
	r.Draw(c.image, box, image.NewUniform(with), image.Point{})
}

func (c *canvas) place(p point) (x, y float64) {
	return (p.x - c.left) * c.scale, (p.y - c.top) * c.scale
}

// dashes gives the lengths of a style's dashes and gaps; none is a line without gaps.
func dashes(style string) (dash, gap float64) {
	switch style {
	case Dashed:
		return 7, 4
	case Dotted:
		return 1.8, 3.2
	}
	return 0, 0
}

// stroke paints a straight line.
func (c *canvas) stroke(from, to point, width float64, style string, with color.Color) {
	length := math.Hypot(to.x-from.x, to.y-from.y)
	if length == 0 {
		return
	}
	x, y := (to.x-from.x)/length, (to.y-from.y)/length
	piece := func(start, end float64) {
		a, b := point{from.x + x*start, from.y + y*start}, point{from.x + x*end, from.y + y*end}
		nx, ny := -y*width/2, x*width/2
		c.fill([]point{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}}, with)
	}
	dash, gap := dashes(style)
	if dash == 0 {
		piece(0, length)
		return
	}
	for at := 0.0; at < length; at += dash + gap {
		piece(at, min(at+dash, length))
	}
}

// text paints lines of text in the middle of a box.
func (c *canvas) text(lines []string, at Box, size float64, with color.Color) {
	top := at.Y - lineHeight*float64(len(lines))/2 + lineHeight*0.75
	for i, line := range lines {
		width := float64(font.MeasureString(c.faces[size], line)) / 64 / c.scale
		c.textFrom(line, at.X-width/2, top+lineHeight*float64(i), size, with)
	}
}

// textFrom paints a line of text from a point on its baseline on.
func (c *canvas) textFrom(line string, x, y, size float64, with color.Color) {
	px, py := c.place(point{x, y})
	d := font.Drawer{Dst: c.image, Src: image.NewUniform(with), Face: c.faces[size], Dot: fixed.Point26_6{X: fixed.Int26_6(px * 64), Y: fixed.Int26_6(py * 64)}}
	d.DrawString(line)
}
