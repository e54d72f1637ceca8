package rdf

import (
	"context"
	"encoding/xml"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
)

// An rdfXML reads RDF/XML (RDF 1.1 XML Syntax, section 7, and where a document
// has rdf:version the triple terms and base directions of RDF 1.2).
type rdfXML struct {
	*xmlInput
	labels
	ids   map[string]bool // rdf:ID may name a thing once in a document
	yield func(graph.Quad, error) bool
}

func readRDFXML(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		reading(yield, func() {
			p := &rdfXML{xmlInput: newXMLInput(ctx, r, o.Name), ids: map[string]bool{}, yield: yield}
			p.document(o.Base)
		})
	}
}

// Names of the rdf namespace that have a place of their own (section 7.2.2 to 7.2.4).
var (
	coreTerms = []string{"RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"}
	oldTerms  = []string{"aboutEach", "aboutEachPrefix", "bagID"}
)

func (p *rdfXML) document(base string) {
	if err := p.ctx.Err(); err != nil {
		panic(err)
	}
	seen := false
	for {
		switch t := p.token().(type) {
		case nil:
			if !seen {
				p.fail("expected an element, such as rdf:RDF; the document has none")
			}
			return
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				p.fail("expected no text outside of the outermost element")
			}
		case xml.StartElement:
			if seen {
				p.fail("expected one outermost element")
			}
			seen = true
			root := p.within(t, &element{base: base})
			if root.name.iri() != rdfNS+"RDF" {
				p.node(root)
				continue
			}
			for _, a := range root.attributes {
				if a.name.space != xmlNS && a.name.iri() != rdfNS+"version" && a.name.space != itsNS {
					p.failAt(root.at, "expected no attribute %s on rdf:RDF", a.name.written())
				}
			}
			p.children(root, func(e *element) { p.node(e) })
		}
	}
}

// children reads elements up to the end of the outer one; text may not stand between them.
func (p *rdfXML) children(outer *element, read func(*element)) {
	for {
		switch t := p.token().(type) {
		case nil, xml.EndElement:
			return
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				p.at.text = text
				p.fail("expected elements and no text inside <%s>", outer.name.written())
			}
		case xml.StartElement:
			read(p.within(t, outer))
		}
	}
}

// within gives the element of a start tag, with the base and language that hold in it.
func (p *rdfXML) within(t xml.StartElement, outer *element) *element {
	e := p.element(t, outer)
	for _, a := range e.attributes {
		switch {
		case a.name.space == xmlNS && a.name.local == "lang":
			e.lang = a.value
			if e.lang != "" {
				p.check(e, graph.LangTagged("", e.lang))
			}
		case a.name.space == xmlNS && a.name.local == "base":
			e.base = p.resolveIRI(e, a.value)
		case a.name.iri() == rdfNS+"version":
			e.version = a.value
		case a.name.space == itsNS && a.name.local == "dir":
			e.dir = a.value
			if e.dir != graph.LeftToRight && e.dir != graph.RightToLeft {
				p.failAt(e.at, "expected its:dir to be ltr or rtl")
			}
		}
	}
	return e
}

const itsNS = "http://www.w3.org/2005/11/its"

func (p *rdfXML) resolveIRI(e *element, ref string) string {
	resolved, err := iri.Resolve(e.base, ref)
	if err != nil {
		p.failAt(e.at, "%s", strings.TrimPrefix(err.Error(), "iri: "))
	}
	return resolved
}

func (p *rdfXML) check(e *element, t graph.Term) graph.Term {
	if err := t.Check(); err != nil {
		p.failAt(e.at, "%s", err)
	}
	return t
}

// named gives the IRI that a name with its namespace makes.
func (p *rdfXML) named(e *element, name string) graph.Term {
	if err := iri.Check(name); err != nil {
		p.failAt(e.at, "%s", strings.TrimPrefix(err.Error(), "iri: "))
	}
	return graph.IRI(name)
}

// split tells the attributes that say how to read an element, by local name in
// the rdf namespace, from the properties.
func (p *rdfXML) split(e *element) (syntax map[string]string, properties []attribute) {
	syntax = map[string]string{}
	for _, a := range e.attributes {
		name := a.name
		if name.space == "" && !reserved(name) {
			if !slices.Contains([]string{"ID", "about", "resource", "parseType", "type"}, name.local) {
				p.failAt(e.at, "the attribute %s has no namespace: expected prefix:%[1]s", name.local)
			}
			name.space = rdfNS // as documents of 1999 have it (section 6.1.4)
		}
		switch {
		case name.space == xmlNS || name.space == itsNS || reserved(a.name):
		case name.space != rdfNS:
			properties = append(properties, attribute{name, a.value})
		case slices.Contains(oldTerms, name.local):
			p.failAt(e.at, "rdf:%s is no longer part of RDF", name.local)
		case name.local == "version":
		case slices.Contains(coreTerms[1:], name.local), name.local == "annotation", name.local == "annotationNodeID":
			syntax[name.local] = a.value
		case name.local == "RDF" || name.local == "Description" || name.local == "li":
			p.failAt(e.at, "rdf:%s cannot be an attribute", name.local)
		default:
			properties = append(properties, attribute{name, a.value})
		}
	}
	return syntax, properties
}

// node reads a nodeElement (section 7.2.11) and gives its subject.
func (p *rdfXML) node(e *element) graph.Term {
	if e.name.space == "" {
		p.failAt(e.at, "the element %s has no namespace", e.name.written())
	}
	if local, ok := strings.CutPrefix(e.name.iri(), rdfNS); ok && (slices.Contains(coreTerms, local) || slices.Contains(oldTerms, local) || local == "li") {
		p.failAt(e.at, "rdf:%s cannot stand where a thing is described", local)
	}
	syntax, properties := p.split(e)
	for name := range syntax {
		if name != "ID" && name != "about" && name != "nodeID" {
			p.failAt(e.at, "rdf:%s cannot stand on the element of a thing", name)
		}
	}
	if len(syntax) > 1 {
		p.failAt(e.at, "expected only one of rdf:ID, rdf:about and rdf:nodeID")
	}
	var subject graph.Term
	if about, ok := syntax["about"]; ok {
		subject = graph.IRI(p.resolveIRI(e, about))
	} else if id, ok := syntax["ID"]; ok {
		subject = p.byID(e, id)
	} else if label, ok := syntax["nodeID"]; ok {
		subject = p.byNodeID(e, label)
	} else {
		subject = p.fresh()
	}
	if e.name.iri() != rdfNS+"Description" {
		p.emit(subject, rdfType, p.named(e, e.name.iri()))
	}
	p.attributes(e, subject, properties)
	p.properties(e, subject)
	return subject
}

// attributes states what property attributes say of a subject.
func (p *rdfXML) attributes(e *element, subject graph.Term, properties []attribute) {
	for _, a := range properties {
		if a.name.iri() == rdfType.Value {
			p.emit(subject, rdfType, graph.IRI(p.resolveIRI(e, a.value)))
			continue
		}
		p.emit(subject, p.named(e, a.name.iri()), p.text(e, a.value))
	}
}

// text gives a string in the language and direction that hold in an element.
func (p *rdfXML) text(e *element, s string) graph.Term {
	switch {
	case e.lang != "" && e.dir != "" && e.version != "":
		return graph.DirTagged(s, e.lang, e.dir)
	case e.lang != "":
		return graph.LangTagged(s, e.lang)
	}
	return graph.String(s)
}

// properties reads the property elements inside a thing; rdf:li counts them.
func (p *rdfXML) properties(outer *element, subject graph.Term) {
	members := 0
	p.children(outer, func(e *element) {
		name := e.name.iri()
		if e.name.space == "" {
			p.failAt(e.at, "the element %s has no namespace", e.name.written())
		}
		if local, ok := strings.CutPrefix(name, rdfNS); ok {
			if slices.Contains(coreTerms, local) || slices.Contains(oldTerms, local) || local == "Description" {
				p.failAt(e.at, "rdf:%s cannot be a property", local)
			}
			if local == "li" {
				members++
				name = rdfNS + "_" + strconv.Itoa(members)
			}
		}
		p.property(e, subject, p.named(e, name))
	})
}

// byID gives the thing of rdf:ID, which a document may name only once.
func (p *rdfXML) byID(e *element, id string) graph.Term {
	if !isNCName(id) {
		p.failAt(e.at, "%q is not a name: expected one for rdf:ID", id)
	}
	named := p.resolveIRI(e, "#"+id)
	if p.ids[named] {
		p.failAt(e.at, "rdf:ID=%q stands twice for <%s>", id, named)
	}
	p.ids[named] = true
	return graph.IRI(named)
}

func (p *rdfXML) byNodeID(e *element, label string) graph.Term {
	if !isNCName(label) {
		p.failAt(e.at, "%q is not a name: expected one for rdf:nodeID", label)
	}
	return p.check(e, p.labelled(label))
}

// isNCName tells whether a text is a name without a colon (Namespaces in XML, production NCName).
func isNCName(s string) bool {
	for i, c := range s {
		if !nameStart(c) && (i == 0 || !nameCharacter(c) && c != '.') {
			return false
		}
	}
	return s != ""
}

func (p *rdfXML) emit(subject, predicate, object graph.Term) {
	if !p.yield(graph.Quad{Subject: subject, Predicate: predicate, Object: object}, nil) {
		panic(stopped{})
	}
}

// reserved tells of the names that XML keeps for itself, which mean nothing here (section 7.2.1).
func reserved(n xmlName) bool { return strings.HasPrefix(n.written(), "xml") }
