package picture

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// drawn lists the edges whose two ends are nodes of the picture.
func (p Picture) drawn() []Edge {
	known := make(map[string]bool, len(p.Nodes))
	for _, n := range p.Nodes {
		known[n.ID] = true
	}
	var out []Edge
	for _, e := range p.Edges {
		if known[e.From] && known[e.To] {
			out = append(out, e)
		}
	}
	return out
}

// assertion is what an edge is worth, also where it does not say.
func (e Edge) assertion() Assertion {
	if e.Assertion == "" {
		return Holds
	}
	return e.Assertion
}

// An attribute of nodes or edges beside their label.
type nodeAttribute struct {
	name string
	of   func(Node) string
}

type edgeAttribute struct {
	name string
	of   func(Edge) string
}

func nodeAttributes() []nodeAttribute {
	return []nodeAttribute{
		{"class", func(n Node) string { return n.Class }},
		{"iri", func(n Node) string { return n.IRI }},
	}
}

func edgeAttributes() []edgeAttribute {
	return []edgeAttribute{
		{"type", func(e Edge) string { return e.Type }},
		{"assertion", func(e Edge) string { return string(e.assertion()) }},
		{"why", func(e Edge) string { return e.Why }},
		{"start", func(e Edge) string { return e.Start }},
		{"until", func(e Edge) string { return e.Until }},
		{"fact", func(e Edge) string { return e.Fact }},
		{"sources", func(e Edge) string { return strings.Join(e.Sources, "; ") }},
	}
}

type xmlData struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

type graphMLKey struct {
	ID   string `xml:"id,attr"`
	For  string `xml:"for,attr"`
	Name string `xml:"attr.name,attr"`
	Type string `xml:"attr.type,attr"`
}

type graphMLNode struct {
	ID   string    `xml:"id,attr"`
	Data []xmlData `xml:"data"`
}

type graphMLEdge struct {
	ID       string    `xml:"id,attr"`
	Source   string    `xml:"source,attr"`
	Target   string    `xml:"target,attr"`
	Directed bool      `xml:"directed,attr"`
	Data     []xmlData `xml:"data"`
}

// WriteGraphML writes the picture as GraphML 1.0, with labels, classes, assertions and dates as attributes.
func WriteGraphML(w io.Writer, p Picture) error {
	type graph struct {
		ID          string        `xml:"id,attr"`
		EdgeDefault string        `xml:"edgedefault,attr"`
		Nodes       []graphMLNode `xml:"node"`
		Edges       []graphMLEdge `xml:"edge"`
	}
	doc := struct {
		XMLName xml.Name     `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
		Keys    []graphMLKey `xml:"key"`
		Graph   graph        `xml:"graph"`
	}{Graph: graph{ID: "picture", EdgeDefault: "directed"}}
	doc.Keys = append(doc.Keys, graphMLKey{"n-label", "node", "label", "string"})
	for _, a := range nodeAttributes() {
		doc.Keys = append(doc.Keys, graphMLKey{"n-" + a.name, "node", a.name, "string"})
	}
	doc.Keys = append(doc.Keys, graphMLKey{"e-label", "edge", "label", "string"})
	for _, a := range edgeAttributes() {
		doc.Keys = append(doc.Keys, graphMLKey{"e-" + a.name, "edge", a.name, "string"})
	}
	for _, n := range p.Nodes {
		data := []xmlData{{"n-label", n.Label}}
		for _, a := range nodeAttributes() {
			if text := a.of(n); text != "" {
				data = append(data, xmlData{"n-" + a.name, text})
			}
		}
		doc.Graph.Nodes = append(doc.Graph.Nodes, graphMLNode{n.ID, data})
	}
	for i, e := range p.drawn() {
		data := []xmlData{{"e-label", e.Label}}
		for _, a := range edgeAttributes() {
			if text := a.of(e); text != "" {
				data = append(data, xmlData{"e-" + a.name, text})
			}
		}
		doc.Graph.Edges = append(doc.Graph.Edges, graphMLEdge{"e" + strconv.Itoa(i), e.From, e.To, e.Directed, data})
	}
	return writeXML(w, doc)
}

type gexfValue struct {
	For   string `xml:"for,attr"`
	Value string `xml:"value,attr"`
}

type gexfAttribute struct {
	ID    string `xml:"id,attr"`
	Title string `xml:"title,attr"`
	Type  string `xml:"type,attr"`
}

type gexfAttributes struct {
	Class      string          `xml:"class,attr"`
	Attributes []gexfAttribute `xml:"attribute"`
}

type gexfColor struct {
	R uint8 `xml:"r,attr"`
	G uint8 `xml:"g,attr"`
	B uint8 `xml:"b,attr"`
}

type gexfNode struct {
	ID     string      `xml:"id,attr"`
	Label  string      `xml:"label,attr"`
	Values []gexfValue `xml:"attvalues>attvalue"`
	Color  *gexfColor  `xml:"viz:color"`
}

type gexfEdge struct {
	ID     string      `xml:"id,attr"`
	Source string      `xml:"source,attr"`
	Target string      `xml:"target,attr"`
	Label  string      `xml:"label,attr"`
	Type   string      `xml:"type,attr"`
	Start  string      `xml:"start,attr,omitempty"`
	End    string      `xml:"end,attr,omitempty"`
	Values []gexfValue `xml:"attvalues>attvalue"`
}

// WriteGEXF writes the picture as GEXF 1.3, a dynamic graph with the dates of
// its edges, as Gephi reads it.
func WriteGEXF(w io.Writer, p Picture) error {
	type graph struct {
		Mode       string           `xml:"mode,attr"`
		TimeFormat string           `xml:"timeformat,attr"`
		EdgeType   string           `xml:"defaultedgetype,attr"`
		Attributes []gexfAttributes `xml:"attributes"`
		Nodes      []gexfNode       `xml:"nodes>node"`
		Edges      []gexfEdge       `xml:"edges>edge"`
	}
	doc := struct {
		XMLName xml.Name `xml:"http://gexf.net/1.3 gexf"`
		Viz     string   `xml:"xmlns:viz,attr"`
		Version string   `xml:"version,attr"`
		Title   string   `xml:"meta>description"`
		Graph   graph    `xml:"graph"`
	}{Viz: "http://gexf.net/1.3/viz", Version: "1.3", Title: p.Title, Graph: graph{
		Mode: "dynamic", TimeFormat: "date", EdgeType: "directed",
		Attributes: []gexfAttributes{{Class: "node"}, {Class: "edge"}},
	}}
	for _, a := range nodeAttributes() {
		list := &doc.Graph.Attributes[0].Attributes
		*list = append(*list, gexfAttribute{a.name, a.name, "string"})
	}
	for _, a := range edgeAttributes() {
		list := &doc.Graph.Attributes[1].Attributes
		*list = append(*list, gexfAttribute{a.name, a.name, "string"})
	}
	for _, n := range p.Nodes {
		node := gexfNode{ID: n.ID, Label: n.Label, Color: gexfColorOf(n.Color)}
		for _, a := range nodeAttributes() {
			if text := a.of(n); text != "" {
				node.Values = append(node.Values, gexfValue{a.name, text})
			}
		}
		doc.Graph.Nodes = append(doc.Graph.Nodes, node)
	}
	for i, e := range p.drawn() {
		edge := gexfEdge{
			ID: "e" + strconv.Itoa(i), Source: e.From, Target: e.To, Label: e.Label, Type: "undirected",
			Start: firstDay(e.Start), End: lastDay(e.Until),
		}
		if e.Directed {
			edge.Type = "directed"
		}
		for _, a := range edgeAttributes() {
			if text := a.of(e); text != "" {
				edge.Values = append(edge.Values, gexfValue{a.name, text})
			}
		}
		doc.Graph.Edges = append(doc.Graph.Edges, edge)
	}
	return writeXML(w, doc)
}

// gexfColorOf reads #rrggbb; any other text is no colour.
func gexfColorOf(color string) *gexfColor {
	n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 24)
	if err != nil || len(color) != len("#rrggbb") {
		return nil
	}
	return &gexfColor{uint8(n >> 16), uint8(n >> 8), uint8(n)}
}

// firstDay and lastDay make a day of an ISO date that may be known to the month or year only.
func firstDay(date string) string { return wholeDay(date, "-01-01", "-01") }

// A month's last day is left at 28, which every month has.
func lastDay(date string) string { return wholeDay(date, "-12-31", "-28") }

func wholeDay(date, ofYear, ofMonth string) string {
	switch len(date) {
	case len("2025"):
		return date + ofYear
	case len("2025-08"):
		return date + ofMonth
	}
	return date
}

func writeXML(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
