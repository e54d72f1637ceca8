package picture

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// WriteSVG draws the picture as one self-contained SVG document: every edge
// carries its name, classes are told by shape and colour, facts that ended are
// dashed and claims dotted. It adapts to light and dark by the reader's system.
func WriteSVG(w io.Writer, p Picture) error {
	return writeSVG(w, p, "<style>\n"+Stylesheet+"</style>\n")
}

// WriteInlineSVG draws the same as an element for a page that has [Stylesheet] among its own.
func WriteInlineSVG(w io.Writer, p Picture) error { return writeSVG(w, p, "") }

func writeSVG(w io.Writer, p Picture, style string) error {
	d := Draw(p)
	legend := legendOf(p)
	d.Width = max(d.Width, 320)
	height := d.Height + legendHeight(legend)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%.0f %.0f %.0f %.0f" width="%.0f" height="%.0f" class="picture" role="img" font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif" font-size="%.0f">`+"\n",
		d.Left, d.Top, d.Width, height, d.Width, height, fontSize)
	fmt.Fprintf(b, "<title>%s</title>\n", escape(p.Title))
	b.WriteString(style)
	b.WriteString(arrowhead)
	fmt.Fprintf(b, `<rect class="ground" x="%.0f" y="%.0f" width="%.0f" height="%.0f"/>`+"\n", d.Left, d.Top, d.Width, height)
	for _, line := range d.Lines {
		writeLine(b, d, line)
	}
	if !d.Crowded {
		for _, line := range d.Lines {
			writeLabel(b, line)
		}
	}
	for _, n := range d.Nodes {
		writeNode(b, n)
	}
	writeLegend(b, legend, d.Left, d.Top+d.Height)
	b.WriteString("</svg>\n")
	return b.Flush()
}

// Stylesheet is the style of pictures, in CSS.
const Stylesheet = `.picture{max-width:100%;height:auto}
.ground{fill:#fff}.line{stroke:#5b6472;stroke-width:1.4;fill:none}.dashed{stroke-dasharray:7 4}.dotted{stroke-dasharray:1.5 3.5;stroke-linecap:round}
.edge{fill:#1d2430;font-size:11px}.back{fill:#fff;opacity:.9}.node text{fill:#10151d}.shape{stroke:#1d2430;stroke-width:1}.center .shape{stroke-width:2.6}
.legend{fill:#3d4654;font-size:11px}#arrow path{fill:#5b6472}a:focus .shape,a:hover .shape{stroke-width:3}
@media (prefers-color-scheme: dark){.ground{fill:#12161d}.back{fill:#12161d}.edge,.legend{fill:#dfe5ee}.line{stroke:#9aa6b8}#arrow path{fill:#9aa6b8}.shape{stroke:#dfe5ee}}
`

const arrowhead = `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
`

func writeLine(b *bufio.Writer, d Drawing, line Line) {
	a, z := d.Nodes[line.A], d.Nodes[line.B]
	from, to := border(a, z.Box), border(z, a.Box)
	start, end, class := "", "", "line"
	if line.ToA {
		start = ` marker-start="url(#arrow)"`
	}
	if line.ToB {
		end = ` marker-end="url(#arrow)"`
	}
	if line.Style != Solid {
		class += " " + line.Style
	}
	fmt.Fprintf(b, `<path class="%s" d="M%.1f %.1fL%.1f %.1f"%s%s><title>%s</title></path>`+"\n", class, from.x, from.y, to.x, to.y, start, end, escape(lineTitle(a, z, line)))
}

// lineTitle names a line and its ends for those who point at it or hear it.
func lineTitle(a, z PlacedNode, line Line) string {
	return a.Label + " – " + z.Label + ": " + strings.Join(line.Text, " ")
}

// border is where the line from the middle of a node towards a point leaves its shape.
func border(n PlacedNode, to Box) point {
	dx, dy := to.X-n.X, to.Y-n.Y
	if dx == 0 && dy == 0 {
		return point{n.X, n.Y}
	}
	x, y := math.Abs(dx)/(n.W/2), math.Abs(dy)/(n.H/2)
	reach := max(x, y)
	switch n.Shape {
	case "ellipse":
		reach = math.Hypot(x, y)
	case "diamond":
		reach = x + y
	}
	t := min(1/reach, 1)
	return point{n.X + dx*t, n.Y + dy*t}
}

func writeLabel(b *bufio.Writer, line Line) {
	at := line.Label
	fmt.Fprintf(b, `<rect class="back" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="3"/>`, at.X-at.W/2, at.Y-at.H/2, at.W, at.H)
	writeLines(b, line.Text, at, "edge")
}

// writeLines writes lines of text, centred on a point.
func writeLines(b *bufio.Writer, lines []string, at Box, class string) {
	top := at.Y - lineHeight*float64(len(lines))/2 + lineHeight*0.75
	fmt.Fprintf(b, `<text class="%s" text-anchor="middle">`, class)
	for i, line := range lines {
		fmt.Fprintf(b, `<tspan x="%.1f" y="%.1f">%s</tspan>`, at.X, top+lineHeight*float64(i), escape(line))
	}
	b.WriteString("</text>\n")
}

func writeNode(b *bufio.Writer, n PlacedNode) {
	class := "node"
	if n.Center {
		class += " center"
	}
	fmt.Fprintf(b, `<g class="%s">`, class)
	if n.Link != "" {
		fmt.Fprintf(b, `<a href="%s">`, escape(n.Link))
	}
	fmt.Fprintf(b, "<title>%s (%s)</title>", escape(n.Label), escape(n.Class))
	writeShape(b, n.Shape, n.Color, n.Box)
	writeLines(b, n.Text, n.Box, "name")
	if n.Link != "" {
		b.WriteString("</a>")
	}
	b.WriteString("</g>\n")
}

func writeShape(b *bufio.Writer, shape, color string, at Box) {
	if color == "" {
		color = "#dddddd"
	}
	x, y, w, h := at.X, at.Y, at.W/2, at.H/2
	switch shape {
	case "ellipse":
		fmt.Fprintf(b, `<ellipse class="shape" cx="%.1f" cy="%.1f" rx="%.1f" ry="%.1f"`, x, y, w, h)
	case "diamond":
		fmt.Fprintf(b, `<path class="shape" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ"`, x-w, y, x, y-h, x+w, y, x, y+h)
	case "hexagon":
		c := min(h, w/3)
		fmt.Fprintf(b, `<path class="shape" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ"`, x-w, y, x-w+c, y-h, x+w-c, y-h, x+w, y, x+w-c, y+h, x-w+c, y+h)
	default:
		radius := 0.0
		if shape == "rounded" {
			radius = 9
		}
		fmt.Fprintf(b, `<rect class="shape" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.0f"`, x-w, y-h, 2*w, 2*h, radius)
	}
	fmt.Fprintf(b, ` fill="%s"/>`, escape(color))
}

// legendOf lists one node of each class, by class.
func legendOf(p Picture) []Node {
	var out []Node
	for _, n := range p.Nodes {
		if n.Class != "" && !slices.ContainsFunc(out, func(o Node) bool { return o.Class == n.Class }) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Node) int { return strings.Compare(a.Class, b.Class) })
	return out
}

const legendRow = 20.0

func legendHeight(classes []Node) float64 {
	return legendRow*float64(max(len(classes), 3)) + margin
}

// writeLegend explains shapes and strokes, below the picture.
func writeLegend(b *bufio.Writer, classes []Node, left, top float64) {
	left += margin
	for i, n := range classes {
		y := top + legendRow*(float64(i)+0.5)
		writeShape(b, n.Shape, n.Color, Box{left + 14, y, 24, 13})
		fmt.Fprintf(b, `<text class="legend" x="%.1f" y="%.1f">%s</text>`+"\n", left+36, y+4, escape(n.Class))
	}
	for i, s := range strokes() {
		y := top + legendRow*(float64(i)+0.5)
		fmt.Fprintf(b, `<path class="line %s" d="M%.1f %.1fh34"/><text class="legend" x="%.1f" y="%.1f">%s</text>`+"\n", s.style, left+140, y, left+182, y+4, s.text)
	}
}

// A stroke is a style of line and what it means.
type stroke struct{ style, text string }

func strokes() []stroke {
	return []stroke{{Solid, "holds"}, {Dashed, "ended, or said not to be"}, {Dotted, "claimed, planned or conditional"}}
}

func escape(text string) string {
	var b strings.Builder
	// A strings.Builder never fails to write.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
