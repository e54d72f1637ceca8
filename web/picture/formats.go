package picture

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
)

// A Format is a way to write a picture.
type Format struct {
	Name      string // as the end of a file's name: svg, gexf
	MediaType string
	Title     string // for people
	Write     func(io.Writer, Picture) error
}

// Formats lists all formats by name.
func Formats() []Format {
	return []Format{
		{"csv", "text/csv; charset=utf-8", "table of relations (CSV)", WriteCSV},
		{"cyjs", "application/json", "Cytoscape (JSON)", WriteCytoscape},
		{"dot", "text/vnd.graphviz; charset=utf-8", "Graphviz (DOT)", WriteDOT},
		{"gexf", "application/gexf+xml", "Gephi, with times (GEXF)", WriteGEXF},
		{"graphml", "application/graphml+xml", "GraphML", WriteGraphML},
		{"png", "image/png", "image (PNG)", WritePNG},
		{"svg", "image/svg+xml", "drawing (SVG)", WriteSVG},
	}
}

// ByName returns a format.
func ByName(name string) (Format, bool) {
	i := slices.IndexFunc(Formats(), func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats()[i], true
}

// WriteCSV writes a row for each edge (RFC 4180): who, what, whom, and the edge's attributes.
func WriteCSV(w io.Writer, p Picture) error {
	labels := map[string]string{}
	for _, n := range p.Nodes {
		labels[n.ID] = n.Label
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := []string{"from", "from_id", "label", "to", "to_id", "directed"}
	for _, a := range edgeAttributes() {
		head = append(head, a.name)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, e := range p.drawn() {
		directed := "false"
		if e.Directed {
			directed = "true"
		}
		row := []string{labels[e.From], e.From, e.Label, labels[e.To], e.To, directed}
		for _, a := range edgeAttributes() {
			row = append(row, a.of(e))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteCytoscape writes the picture as Cytoscape and Cytoscape.js read it: {"elements": {"nodes": […], "edges": […]}}.
func WriteCytoscape(w io.Writer, p Picture) error {
	type element[T any] struct {
		Data T `json:"data"`
	}
	type edge struct {
		Source string `json:"source"`
		Target string `json:"target"`
		Edge
	}
	var doc struct {
		Data struct {
			Name string `json:"name"`
		} `json:"data"`
		Elements struct {
			Nodes []element[Node] `json:"nodes"`
			Edges []element[edge] `json:"edges"`
		} `json:"elements"`
	}
	doc.Data.Name = p.Title
	for _, n := range p.Nodes {
		doc.Elements.Nodes = append(doc.Elements.Nodes, element[Node]{n})
	}
	for _, e := range p.drawn() {
		e.Assertion = e.assertion()
		doc.Elements.Edges = append(doc.Elements.Edges, element[edge]{edge{e.From, e.To, e}})
	}
	return json.NewEncoder(w).Encode(doc)
}
