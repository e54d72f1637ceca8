package picture

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteDOT writes the picture in the DOT language of Graphviz, UTF-8.
func WriteDOT(w io.Writer, p Picture) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "digraph %s {\n  node [style=filled];\n", dotQuote(p.Title))
	for _, n := range p.Nodes {
		fmt.Fprintf(b, "  %s [label=%s, shape=%s, fillcolor=%s, class=%s];\n",
			dotQuote(n.ID), dotQuote(n.Label), dotShape(n.Shape), dotQuote(n.Color), dotQuote(n.Class))
	}
	for _, e := range p.drawn() {
		direction := "none"
		if e.Directed {
			direction = "forward"
		}
		fmt.Fprintf(b, "  %s -> %s [label=%s, dir=%s, style=%s];\n",
			dotQuote(e.From), dotQuote(e.To), dotQuote(e.Label), direction, e.Assertion.Style())
	}
	b.WriteString("}\n")
	return b.Flush()
}

func dotQuote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}

func dotShape(shape string) string {
	switch shape {
	case "ellipse", "diamond", "hexagon":
		return shape
	}
	return "box"
}
