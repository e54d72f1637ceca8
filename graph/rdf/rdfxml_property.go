package rdf

import (
	"encoding/xml"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// property reads a propertyElt (section 7.2.14) in one of its forms, and
// states it of the subject.
func (p *rdfXML) property(e *element, subject, predicate graph.Term) {
	syntax, properties := p.split(e)
	if _, ok := syntax["about"]; ok {
		p.failAt(e.at, "rdf:about cannot stand on a property")
	}
	var reified graph.Term
	if id, ok := syntax["ID"]; ok {
		reified = p.byID(e, id)
	}
	object := p.value(e, syntax, properties)
	p.emit(subject, predicate, object)
	if !reified.IsZero() {
		p.emit(reified, rdfType, graph.IRI(rdfNS+"Statement"))
		p.emit(reified, graph.IRI(rdfNS+"subject"), subject)
		p.emit(reified, graph.IRI(rdfNS+"predicate"), predicate)
		p.emit(reified, graph.IRI(rdfNS+"object"), object)
	}
	p.annotate(e, syntax, subject, predicate, object)
}

// annotate names the reifier of a triple (RDF 1.2 XML, rdf:annotation).
func (p *rdfXML) annotate(e *element, syntax map[string]string, subject, predicate, object graph.Term) {
	named, byIRI := syntax["annotation"]
	label, byLabel := syntax["annotationNodeID"]
	switch {
	case byIRI && byLabel:
		p.failAt(e.at, "expected only one of rdf:annotation and rdf:annotationNodeID")
	case byIRI:
		p.emit(graph.IRI(p.resolveIRI(e, named)), rdfReifies, graph.TripleTerm(subject, predicate, object))
	case byLabel:
		p.emit(p.byNodeID(e, label), rdfReifies, graph.TripleTerm(subject, predicate, object))
	}
}

// value reads the object of a property element, up to its end tag.
func (p *rdfXML) value(e *element, syntax map[string]string, properties []attribute) graph.Term {
	resource, toResource := syntax["resource"]
	label, toNode := syntax["nodeID"]
	datatype, typed := syntax["datatype"]
	parseType, parsed := syntax["parseType"]
	switch {
	case parsed && (toResource || toNode || typed || len(properties) > 0):
		p.failAt(e.at, "with rdf:parseType only rdf:ID may stand")
	case parsed:
		return p.parsed(e, parseType)
	case toResource && toNode:
		p.failAt(e.at, "expected only one of rdf:resource and rdf:nodeID")
	case typed && (toResource || toNode || len(properties) > 0):
		p.failAt(e.at, "rdf:datatype cannot stand beside rdf:resource, rdf:nodeID or properties")
	case toResource, toNode, len(properties) > 0:
		object := graph.Term{}
		if toResource {
			object = graph.IRI(p.resolveIRI(e, resource))
		} else if toNode {
			object = p.byNodeID(e, label)
		} else {
			object = p.fresh()
		}
		p.attributes(e, object, properties)
		p.children(e, func(inner *element) {
			p.failAt(inner.at, "expected <%s> to be empty, as an attribute gives its value", e.name.written())
		})
		return object
	}
	text, inner := p.content(e)
	switch {
	case !inner.IsZero() && typed:
		p.failAt(e.at, "expected text, as rdf:datatype says, and no element")
	case !inner.IsZero():
		return inner
	case typed:
		return p.check(e, graph.Typed(text, p.resolveIRI(e, datatype)))
	}
	return p.text(e, text)
}

// content reads text, or one element with white space around it.
func (p *rdfXML) content(e *element) (text string, node graph.Term) {
	var b strings.Builder
	for {
		switch t := p.token().(type) {
		case nil, xml.EndElement:
			if !node.IsZero() && strings.TrimSpace(b.String()) != "" {
				p.failAt(e.at, "expected text or an element, not both")
			}
			return b.String(), node
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			inner := p.within(t, e)
			if !node.IsZero() || strings.TrimSpace(b.String()) != "" {
				p.failAt(inner.at, "expected one value for <%s>", e.name.written())
			}
			node = p.node(inner)
		}
	}
}

// parsed reads the content that rdf:parseType tells of; what is not known is a literal.
func (p *rdfXML) parsed(e *element, parseType string) graph.Term {
	switch {
	case parseType == "Triple" && e.version != "":
		return p.triple(e)
	case parseType == "Resource":
		node := p.fresh()
		p.properties(e, node)
		return node
	case parseType == "Collection":
		head, last := rdfNil, graph.Term{}
		p.children(e, func(inner *element) {
			member := p.node(inner)
			cell := p.fresh()
			if last.IsZero() {
				head = cell
			} else {
				p.emit(last, rdfRest, cell)
			}
			p.emit(cell, rdfFirst, member)
			last = cell
		})
		if !last.IsZero() {
			p.emit(last, rdfRest, rdfNil)
		}
		return head
	}
	return graph.Typed(p.xmlLiteral(e), rdfNS+"XMLLiteral")
}

// triple reads a thing with one property as a triple term (RDF 1.2 XML, parseType Triple).
func (p *rdfXML) triple(e *element) graph.Term {
	var stated []graph.Quad
	outer := p.yield
	p.yield = func(q graph.Quad, _ error) bool {
		stated = append(stated, q)
		return true
	}
	things := 0
	p.children(e, func(inner *element) {
		things++
		p.node(inner)
	})
	p.yield = outer
	if things != 1 || len(stated) != 1 {
		p.failAt(e.at, "expected one thing with one property for rdf:parseType=\"Triple\", found %d triples", len(stated))
	}
	return graph.TripleTerm(stated[0].Subject, stated[0].Predicate, stated[0].Object)
}
