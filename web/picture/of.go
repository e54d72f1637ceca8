package picture

import (
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// Of makes a picture of a neighbourhood. The node with the label that is the
// title stands in the middle when it comes first, as that of [facts.Around]
// does. address gives the page of a node, or is nil for none.
func Of(model *schema.Model, title string, n *facts.Neighbourhood, address func(iri string) string) Picture {
	p := Picture{Title: title}
	for i, ref := range n.Nodes {
		node := Node{ID: ref.IRI, Label: ref.Label, Class: ref.Class, Center: i == 0 && ref.Label == title}
		if c := model.Class(ref.Class); c != nil {
			node.Class, node.Shape, node.Color = c.Label, c.Shape, c.Color
		}
		if address != nil {
			node.Link = address(ref.IRI)
		}
		p.Nodes = append(p.Nodes, node)
	}
	for _, e := range n.Edges {
		edge := Edge{From: e.From, To: e.To, Label: e.Label, Directed: !e.Mutual, Start: e.Start, Until: e.Until}
		switch {
		case e.Reported:
			edge.Style = Dotted
		case e.Ended:
			edge.Style = Dashed
		}
		p.Edges = append(p.Edges, edge)
	}
	return p
}
