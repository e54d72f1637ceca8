package syntax

import "github.com/ententegraph/entente/graph"

const (
	rdf        = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfType    = rdf + "type"
	rdfFirst   = rdf + "first"
	rdfRest    = rdf + "rest"
	rdfNil     = rdf + "nil"
	rdfReifies = rdf + "reifies"
)

// A tripler collects the triples of a block.
type tripler struct {
	*parser
	paths bool // a predicate may be a path
	out   []Triple
}

// triplesBlock reads triples and paths (production TriplesBlock).
func (p *parser) triplesBlock() []Triple { return p.triples(true) }

// triplesTemplate reads triples (productions TriplesTemplate and ConstructTriples), which may be none.
func (p *parser) triplesTemplate() []Triple {
	if !p.isSubject() {
		return nil
	}
	return p.triples(false)
}

func (p *parser) triples(paths bool) []Triple {
	t := &tripler{parser: p, paths: paths}
	for {
		t.sameSubject()
		if !p.acceptSign(".") || !p.isSubject() {
			return t.out
		}
	}
}

// isSubject reports whether a triple begins here.
func (p *parser) isSubject() bool {
	switch p.tok.kind {
	case tokVar, tokIRI, tokPrefixed, tokBlank:
		return true
	}
	return p.isLiteral() || p.isSign("(") || p.isSign("[") || p.isSign("<<")
}

func (t *tripler) add(s Node, predicate string, o Node) {
	t.out = append(t.out, Triple{Subject: s, Predicate: Node{Pos: s.Pos, Term: graph.IRI(predicate)}, Object: o})
}

// sameSubject reads a subject with its properties (production TriplesSameSubjectPath).
func (t *tripler) sameSubject() {
	switch {
	case t.isSign("(") && !t.ahead.sign(")"), t.isSign("[") && !t.ahead.sign("]"), t.isSign("<<") && !t.ahead.sign("("):
		s := t.node() // has triples of its own, and may do without properties
		if t.isVerb() {
			t.properties(s)
		}
	default:
		t.properties(t.node())
	}
}

func (t *tripler) isVerb() bool {
	return t.tok.kind == tokVar || t.isIRI() || t.tok.kind == tokWord && t.tok.text == "a" ||
		t.paths && (t.isSign("^") || t.isSign("!") || t.isSign("("))
}

// properties reads predicates with their objects (production PropertyListPathNotEmpty).
func (t *tripler) properties(s Node) {
	for {
		if !t.isVerb() {
			if t.paths {
				t.expected("a predicate", "a path")
			}
			t.expected("a predicate")
		}
		verb := t.verb(s)
		for {
			x := verb
			x.Object = t.node()
			t.out = append(t.out, x)
			t.annotations(x)
			if !t.acceptSign(",") {
				break
			}
		}
		if !t.isSign(";") {
			return
		}
		for t.acceptSign(";") {
		}
		if !t.isVerb() {
			return
		}
	}
}

// verb reads a predicate or a path, of a triple with the subject.
func (t *tripler) verb(s Node) Triple {
	n := Node{Pos: t.here()}
	switch {
	case t.tok.kind == tokVar:
		n.Var = t.variable()
	case t.paths:
		path := t.path()
		if link, ok := path.(Link); ok {
			n.Term = graph.IRI(link.IRI)
			break
		}
		return Triple{Subject: s, Path: path}
	case t.tok.kind == tokWord && t.tok.text == "a":
		t.advance()
		n.Term = graph.IRI(rdfType)
	default:
		n.Term = graph.IRI(t.iri())
	}
	return Triple{Subject: s, Predicate: n}
}

// node reads a subject or object; triples that it abbreviates come first.
func (t *tripler) node() Node {
	defer t.deeper()()
	n := Node{Pos: t.here()}
	switch {
	case t.tok.kind == tokVar:
		n.Var = t.variable()
	case t.isIRI():
		n.Term = graph.IRI(t.iri())
	case t.isLiteral():
		n.Term = t.literal()
	case t.tok.kind == tokBlank:
		n.Term = t.labelled()
	case t.isSign("["):
		t.refuseBlank()
		t.advance()
		n.Term = t.freshBlank()
		if !t.isSign("]") {
			t.properties(n)
		}
		t.wantSign("]", `";"`)
	case t.isSign("("):
		return t.collection()
	case t.isTripleTerm():
		return t.tripleTerm()
	case t.isSign("<<"):
		return t.reified()
	default:
		t.expected("a variable", "an IRI", "a literal", "a blank node", `"("`, `"["`)
	}
	return n
}

func (p *parser) refuseBlank() {
	if p.noBlanks != "" {
		p.fail(p.here(), "%s", p.noBlanks)
	}
}

// collection reads ( … ), a list (production CollectionPath).
func (t *tripler) collection() Node {
	at := t.here()
	t.wantSign("(")
	if t.acceptSign(")") {
		return Node{Pos: at, Term: graph.IRI(rdfNil)}
	}
	if t.noBlanks != "" {
		t.fail(at, "%s", t.noBlanks)
	}
	head := Node{Pos: at, Term: t.freshBlank()}
	cell := head
	for {
		t.add(cell, rdfFirst, t.node())
		if t.acceptSign(")") {
			t.add(cell, rdfRest, Node{Pos: cell.Pos, Term: graph.IRI(rdfNil)})
			return head
		}
		next := Node{Pos: t.here(), Term: t.freshBlank()}
		t.add(cell, rdfRest, next)
		cell = next
	}
}

func (p *parser) isTripleTerm() bool { return p.isSign("<<") && p.ahead.sign("(") }

// tripleTerm reads <<( s p o )>> (SPARQL 1.2, production TripleTerm).
func (p *parser) tripleTerm() Node {
	defer p.deeper()()
	n := Node{Pos: p.here()}
	p.advance()
	p.advance()
	s := p.simpleNode(false)
	predicate := p.simpleVerb()
	o := p.simpleNode(true)
	p.wantSign(")")
	p.wantSign(">>")
	if s.fixed() && predicate.fixed() && o.fixed() {
		n.Term = graph.TripleTerm(s.Term, predicate.Term, o.Term)
	} else {
		n.Triple = &Triple{Subject: s, Predicate: predicate, Object: o}
	}
	return n
}

// fixed reports whether the node has neither variables nor blank nodes.
func (n Node) fixed() bool {
	return n.Var == "" && n.Triple == nil && n.Term.Kind != graph.KindBlank
}

// simpleNode reads a part of a triple term: nothing that abbreviates triples.
func (p *parser) simpleNode(object bool) Node {
	n := Node{Pos: p.here()}
	switch {
	case p.tok.kind == tokVar:
		n.Var = p.variable()
	case p.isIRI():
		n.Term = graph.IRI(p.iri())
	case object && p.isLiteral():
		n.Term = p.literal()
	case p.tok.kind == tokBlank:
		n.Term = p.labelled()
	case p.isSign("[") && p.ahead.sign("]"):
		p.refuseBlank()
		p.advance()
		p.advance()
		n.Term = p.freshBlank()
	case p.isTripleTerm():
		return p.tripleTerm()
	case object:
		p.expected("a variable", "an IRI", "a literal", "a blank node", "a triple term")
	default:
		p.expected("a variable", "an IRI", "a blank node", "a triple term")
	}
	return n
}

func (p *parser) simpleVerb() Node {
	n := Node{Pos: p.here()}
	switch {
	case p.tok.kind == tokVar:
		n.Var = p.variable()
	case p.tok.kind == tokWord && p.tok.text == "a":
		p.advance()
		n.Term = graph.IRI(rdfType)
	default:
		n.Term = graph.IRI(p.iri("a variable", "a"))
	}
	return n
}

// reified reads << s p o ~ r >> (SPARQL 1.2, production ReifiedTriple) and gives its reifier.
func (t *tripler) reified() Node {
	at := t.here()
	t.advance()
	s := t.reifiedPart(false)
	predicate := t.simpleVerb()
	o := t.reifiedPart(true)
	var r Node
	if t.isSign("~") {
		r = t.reifier()
	} else {
		t.refuseBlank()
		r = Node{Pos: at, Term: t.freshBlank()}
	}
	t.wantSign(">>", `"~"`)
	t.reify(r, Triple{Subject: s, Predicate: predicate, Object: o})
	return r
}

func (t *tripler) reifiedPart(object bool) Node {
	if t.isSign("<<") && !t.ahead.sign("(") {
		defer t.deeper()()
		return t.reified()
	}
	return t.simpleNode(object)
}

// reifier reads ~ with the name of a reifier, or without.
func (t *tripler) reifier() Node {
	t.wantSign("~")
	switch {
	case t.tok.kind == tokVar, t.isIRI():
		return t.varOrIRI()
	case t.tok.kind == tokBlank, t.isSign("[") && t.ahead.sign("]"):
		return t.simpleNode(false)
	}
	t.refuseBlank()
	return Node{Pos: t.here(), Term: t.freshBlank()}
}

// reify says that the reifier stands for the triple.
func (t *tripler) reify(r Node, x Triple) {
	o := Node{Pos: x.Subject.Pos}
	if x.Subject.fixed() && x.Predicate.fixed() && x.Object.fixed() {
		o.Term = graph.TripleTerm(x.Subject.Term, x.Predicate.Term, x.Object.Term)
	} else {
		o.Triple = &Triple{Subject: x.Subject, Predicate: x.Predicate, Object: x.Object}
	}
	t.add(r, rdfReifies, o)
}

// annotations reads ~ reifier and {| … |} behind a triple (SPARQL 1.2, production Annotation).
func (t *tripler) annotations(x Triple) {
	var current *Node
	for {
		switch {
		case t.isSign("~"):
			t.refusePath(x)
			r := t.reifier()
			t.reify(r, x)
			current = &r
		case t.isSign("{|"):
			t.refusePath(x)
			if current == nil {
				t.refuseBlank()
				r := Node{Pos: t.here(), Term: t.freshBlank()}
				t.reify(r, x)
				current = &r
			}
			t.advance()
			t.properties(*current)
			t.wantSign("|}", `";"`)
			current = nil
		default:
			return
		}
	}
}

func (t *tripler) refusePath(x Triple) {
	if x.Path != nil {
		t.fail(t.here(), "a path cannot be annotated; only a triple can")
	}
}

// path reads a property path (production Path).
func (p *parser) path() Path {
	defer p.deeper()()
	left := p.pathSequence()
	for n := 0; p.acceptSign("|"); p.link(&n, "alternatives") {
		left = Alternative{left, p.pathSequence()}
	}
	return left
}

func (p *parser) pathSequence() Path {
	left := p.pathElement()
	for n := 0; p.acceptSign("/"); p.link(&n, "steps") {
		left = Sequence{left, p.pathElement()}
	}
	return left
}

func (p *parser) pathElement() Path {
	if p.acceptSign("^") {
		return Inverse{p.pathRepeat()}
	}
	return p.pathRepeat()
}

func (p *parser) pathRepeat() Path {
	path := p.pathPrimary()
	for _, sign := range []string{"*", "+", "?"} {
		// "+" right before a number is its sign: { ?s :p +1 }.
		if p.isSign(sign) && !p.isSignedNumber() {
			p.advance()
			return Repeat{path, sign[0]}
		}
	}
	return path
}

func (p *parser) pathPrimary() Path {
	switch {
	case p.tok.kind == tokWord && p.tok.text == "a":
		p.advance()
		return Link{rdfType}
	case p.isIRI():
		return Link{p.iri()}
	case p.acceptSign("("):
		path := p.path()
		p.wantSign(")", `"|"`, `"/"`)
		return path
	case p.acceptSign("!"):
		return p.negatedPath()
	}
	p.expected("an IRI", `"("`, `"!"`, `"^"`)
	return nil
}

// negatedPath reads what stands behind "!" (production PathNegatedPropertySet).
func (p *parser) negatedPath() Path {
	var n Negated
	one := func() {
		inverse := p.acceptSign("^")
		predicate := rdfType
		if p.tok.kind == tokWord && p.tok.text == "a" {
			p.advance()
		} else {
			predicate = p.iri(`"^"`)
		}
		if inverse {
			n.Backward = append(n.Backward, predicate)
		} else {
			n.Forward = append(n.Forward, predicate)
		}
	}
	if !p.acceptSign("(") {
		one()
		return n
	}
	if p.acceptSign(")") {
		return n
	}
	one()
	for p.acceptSign("|") {
		one()
	}
	p.wantSign(")", `"|"`)
	return n
}
