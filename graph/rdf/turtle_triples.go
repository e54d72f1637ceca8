package rdf

import "github.com/ententegraph/entente/graph"

// reifiedTriple reads << subject predicate object ~reifier >>, says what the
// reifier reifies and returns it (RDF 1.2 Turtle, section 2.11).
func (p *turtle) reifiedTriple() graph.Term {
	p.deeper()
	defer func() { p.depth-- }()
	p.expect('<')
	p.expect('<')
	p.space()
	var subject graph.Term
	if p.c == '<' && string(p.ahead(1)) == "<" && string(p.ahead(2)) != "<(" {
		subject = p.reifiedTriple()
	} else {
		subject = p.tripleNode("a subject")
	}
	p.space()
	predicate := p.verb()
	p.space()
	var object graph.Term
	switch {
	case p.c == '<' && string(p.ahead(2)) == "<(":
		object = p.tripleTerm()
	case p.c == '<' && string(p.ahead(1)) == "<":
		object = p.reifiedTriple()
	default:
		object = p.tripleObject()
	}
	p.space()
	var reifier graph.Term
	if p.c == '~' {
		reifier = p.reifier()
	} else {
		reifier = p.fresh()
	}
	p.space()
	p.expect('>')
	p.expect('>')
	p.emit(reifier, rdfReifies, graph.TripleTerm(subject, predicate, object))
	return reifier
}

// tripleTerm reads <<( subject predicate object )>>.
func (p *turtle) tripleTerm() graph.Term {
	p.deeper()
	defer func() { p.depth-- }()
	p.expect('<')
	p.expect('<')
	p.expect('(')
	p.space()
	subject := p.tripleNode("a subject")
	p.space()
	predicate := p.verb()
	p.space()
	var object graph.Term
	if p.c == '<' && string(p.ahead(2)) == "<(" {
		object = p.tripleTerm()
	} else {
		object = p.tripleObject()
	}
	p.space()
	p.expect(')')
	p.expect('>')
	p.expect('>')
	return graph.TripleTerm(subject, predicate, object)
}

// tripleNode reads a node inside a triple: no collections, no property lists.
func (p *turtle) tripleNode(what string) graph.Term {
	if p.c == '[' {
		return p.anonymous()
	}
	return p.node(what)
}

func (p *turtle) tripleObject() graph.Term {
	if p.c == '[' {
		return p.anonymous()
	}
	return p.plainObject()
}

func (p *turtle) anonymous() graph.Term {
	p.expect('[')
	p.space()
	if p.c != ']' {
		p.fail("inside a triple only the empty [] may stand: expected ], found %s", p.found())
	}
	p.next()
	return p.fresh()
}

// reifier reads ~ and the node after it, or makes one.
func (p *turtle) reifier() graph.Term {
	p.expect('~')
	p.space()
	switch {
	case p.c == '[':
		return p.anonymous()
	case p.c == '<' || p.c == ':' || p.c == '_' || nameBase(p.c):
		return p.node("a reifier")
	}
	return p.fresh()
}

// annotations reads what is said of a triple after its object: ~reifier and
// {| predicates |}, in any number (RDF 1.2 Turtle, section 2.12). A block is
// about the reifier right before it, or about a fresh one.
func (p *turtle) annotations(subject, predicate, object graph.Term) {
	var reifier graph.Term
	for p.space(); ; p.space() {
		switch {
		case p.c == '~':
			reifier = p.reifier()
			p.emit(reifier, rdfReifies, graph.TripleTerm(subject, predicate, object))
		case p.c == '{' && string(p.ahead(1)) == "|":
			p.deeper()
			p.next()
			p.next()
			if reifier.IsZero() {
				reifier = p.fresh()
				p.emit(reifier, rdfReifies, graph.TripleTerm(subject, predicate, object))
			}
			p.predicates(reifier)
			reifier = graph.Term{}
			p.space()
			p.expect('|')
			p.expect('}')
			p.depth--
		default:
			return
		}
	}
}
