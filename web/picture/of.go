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
		node := Node{ID: schema.Compact(ref.IRI), IRI: ref.IRI, Label: ref.Label, Class: ref.Class, Center: i == 0 && ref.Label == title}
		if c := model.Class(ref.Class); c != nil {
			node.Class, node.Shape, node.Color = c.Label, c.Shape, c.Color
		}
		if address != nil {
			node.Link = address(ref.IRI)
		}
		p.Nodes = append(p.Nodes, node)
	}
	for _, e := range n.Edges {
		edge := Edge{
			From: schema.Compact(e.From), To: schema.Compact(e.To), Label: e.Label, Directed: !e.Mutual, Assertion: AssertionOf(e), Type: e.Type,
			Start: e.Start, Until: e.Until, Why: e.Why, Fact: schema.Compact(e.Fact),
		}
		if address != nil {
			edge.Link = address(e.Fact)
		}
		p.Edges = append(p.Edges, edge)
	}
	return p
}

// AssertionOf tells what an edge of a neighbourhood is worth.
func AssertionOf(e facts.Edge) Assertion {
	switch {
	case e.Negative:
		return Negative
	case e.Reported:
		return Claimed
	case e.Ended:
		return Ended
	}
	return Holds
}
