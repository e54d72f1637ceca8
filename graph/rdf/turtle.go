package rdf

import (
	"context"
	"io"
	"iter"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A turtle reads Turtle and TriG (RDF 1.1, and the triple terms, reifiers,
// annotations, versions and base directions of RDF 1.2) by recursive descent.
type turtle struct {
	*source
	labels
	graphs   bool // TriG: graphs may be named
	base     string
	prefixes map[string]string
	graph    graph.Term // in which statements stand now
	yield    func(graph.Quad, error) bool
	quads    int
	depth    int
	scratch  []byte
}

// deepest bounds the nesting of brackets, which is read by recursion.
const deepest = 4096

func readTurtle(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return turtleReader(ctx, r, o, false)
}

func readTriG(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return turtleReader(ctx, r, o, true)
}

func turtleReader(ctx context.Context, r io.Reader, o Options, graphs bool) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		p := &turtle{source: newSource(ctx, r, o.Name), graphs: graphs, base: o.Base, prefixes: map[string]string{}, yield: yield}
		reading(yield, p.document)
	}
}

func (p *turtle) document() {
	p.checkContext()
	p.start()
	for p.space(); p.c != endOfFile; p.space() {
		p.statement()
	}
}

// statement reads a directive, a graph, or triples with their dot.
func (p *turtle) statement() {
	switch p.c {
	case '@':
		p.next()
		p.directive(p.word(), true)
		return
	case '{':
		p.wantGraphs()
		p.block(graph.Term{})
		return
	case '[':
		if node, anonymous := p.bracketed(); anonymous {
			p.graphOrTriples(node)
		} else {
			if p.space(); p.c != '.' {
				p.predicates(node)
			}
			p.dot()
		}
		return
	case '(':
		p.predicates(p.collection())
		p.dot()
		return
	case '<':
		if string(p.ahead(1)) == "<" {
			p.triples()
			p.dot()
			return
		}
	case '_':
	default:
		at := p.here()
		word := p.word()
		if p.c != ':' {
			p.keyword(at, word)
			return
		}
		p.graphOrTriples(graph.IRI(p.prefixed(at, word)))
		return
	}
	p.graphOrTriples(p.node("a subject"))
}

// keyword reads what begins with a bare word.
func (p *turtle) keyword(at place, word string) {
	switch strings.ToUpper(word) {
	case "PREFIX", "BASE", "VERSION":
		p.directive(strings.ToLower(word), false)
	case "GRAPH":
		p.wantGraphs()
		p.space()
		p.block(p.graphName())
	default:
		if word == "" {
			p.failAt(at, "expected a subject, a directive or the end of the file, found %s", p.found())
		}
		p.failAt(at, "%s is not a subject: expected an IRI in < >, prefix:name, _:label, [ or (", word)
	}
}

// graphOrTriples goes on after a subject, which in TriG may name a graph.
func (p *turtle) graphOrTriples(node graph.Term) {
	p.space()
	if p.c == '{' && p.graphs {
		p.block(node)
		return
	}
	p.predicates(node)
	p.dot()
}

func (p *turtle) wantGraphs() {
	if !p.graphs {
		p.fail("Turtle has no graphs: expected a subject (TriG has them)")
	}
}

func (p *turtle) graphName() graph.Term {
	if p.c == '[' {
		at := p.here()
		node, anonymous := p.bracketed()
		if !anonymous {
			p.failAt(at, "expected the name of a graph: an IRI, _:label or []")
		}
		return node
	}
	return p.node("the name of a graph")
}

// block reads { triples } into a graph.
func (p *turtle) block(name graph.Term) {
	p.space()
	p.expect('{')
	p.graph = name
	for p.space(); p.c != '}'; p.space() {
		p.triples()
		p.space()
		if p.c != '}' {
			p.dot()
		}
	}
	p.next()
	p.graph = graph.Term{}
}

// triples reads a subject with its predicates, as they stand in a block.
func (p *turtle) triples() {
	switch {
	case p.c == '[':
		node, anonymous := p.bracketed()
		p.space()
		if anonymous || p.c != '.' && p.c != '}' {
			p.predicates(node)
		}
	case p.c == '(':
		p.predicates(p.collection())
	case p.c == '<' && string(p.ahead(2)) == "<(":
		p.fail("a triple term is no subject: expected an IRI, a blank node or << subject predicate object >>")
	case p.c == '<' && string(p.ahead(1)) == "<":
		node := p.reifiedTriple()
		p.space()
		if p.c != '.' && p.c != '}' {
			p.predicates(node)
		}
	default:
		p.predicates(p.node("a subject"))
	}
}

// directive reads @prefix and PREFIX, @base and BASE, @version and VERSION;
// those with an @ end in a dot.
func (p *turtle) directive(name string, dot bool) {
	p.space()
	switch name {
	case "prefix":
		prefix := p.word()
		p.expect(':')
		p.space()
		p.prefixes[prefix] = p.iriRef()
	case "base":
		p.base = p.iriRef()
	case "version":
		at := p.here()
		if p.c != '"' && p.c != '\'' {
			p.fail("expected a version in quotes, such as \"1.2\"")
		}
		if quote := string(p.c); string(p.ahead(2)) == quote+quote {
			p.failAt(at, "expected a version in simple quotes, such as \"1.2\"")
		}
		p.quoted()
	default:
		p.fail("@%s is not known: expected @prefix, @base or @version", name)
	}
	if dot {
		p.dot()
	}
}

// predicates reads predicateObjectList.
func (p *turtle) predicates(subject graph.Term) {
	for {
		p.space()
		predicate := p.verb()
		for {
			p.space()
			object := p.object()
			p.emit(subject, predicate, object)
			p.annotations(subject, predicate, object)
			p.space()
			if p.c != ',' {
				break
			}
			p.next()
		}
		if p.c != ';' {
			return
		}
		for p.c == ';' {
			p.next()
			p.space()
		}
		if p.c == '.' || p.c == ']' || p.c == '}' || p.c == '|' || p.c == endOfFile {
			return
		}
	}
}

func (p *turtle) verb() graph.Term {
	if p.c == '<' {
		return graph.IRI(p.iriRef())
	}
	at := p.here()
	word := p.word()
	if word == "a" && p.c != ':' {
		return rdfType
	}
	if p.c != ':' {
		p.failAt(at, "expected a predicate: an IRI in < >, prefix:name or a")
	}
	return graph.IRI(p.prefixed(at, word))
}

// node reads an IRI or a labelled blank node.
func (p *turtle) node(what string) graph.Term {
	if p.c == '_' && string(p.ahead(1)) == ":" {
		return p.blankLabel()
	}
	return graph.IRI(p.iri(what + ": an IRI in < >, prefix:name, _:label"))
}

// iri reads an IRI in brackets or by prefix.
func (p *turtle) iri(what string) string {
	if p.c == '<' {
		return p.iriRef()
	}
	at := p.here()
	found := p.found()
	word := p.word()
	if p.c != ':' {
		p.failAt(at, "expected %s, found %s", what, found)
	}
	return p.prefixed(at, word)
}

func (p *turtle) object() graph.Term {
	switch {
	case p.c == '(':
		return p.collection()
	case p.c == '[':
		node, _ := p.bracketed()
		return node
	case p.c == '<' && string(p.ahead(2)) == "<(":
		return p.tripleTerm()
	case p.c == '<' && string(p.ahead(1)) == "<":
		return p.reifiedTriple()
	}
	return p.plainObject()
}

// plainObject reads an object that holds no others.
func (p *turtle) plainObject() graph.Term {
	switch {
	case p.c == '"' || p.c == '\'':
		return p.literal()
	case isDigit(p.c) || p.c == '+' || p.c == '-' || p.c == '.':
		return p.number()
	case p.c == '<' || p.c == '_' || p.c == ':':
		return p.node("an object")
	}
	at := p.here()
	found := p.found()
	word := p.word()
	switch {
	case p.c == ':':
		return graph.IRI(p.prefixed(at, word))
	case word == "true" || word == "false":
		return graph.Typed(word, xsd+"boolean")
	}
	p.failAt(at, "expected an object: an IRI, a blank node, a literal, [ or (, found %s", found)
	return graph.Term{}
}

// bracketed reads [ ] or [ predicates ]; anonymous tells that it was empty.
func (p *turtle) bracketed() (node graph.Term, anonymous bool) {
	p.deeper()
	defer func() { p.depth-- }()
	p.expect('[')
	p.space()
	node = p.fresh()
	if p.c == ']' {
		p.next()
		return node, true
	}
	p.predicates(node)
	p.space()
	p.expect(']')
	return node, false
}

func (p *turtle) collection() graph.Term {
	p.deeper()
	defer func() { p.depth-- }()
	p.expect('(')
	head, last := rdfNil, graph.Term{}
	for p.space(); p.c != ')'; p.space() {
		cell := p.fresh()
		if last.IsZero() {
			head = cell
		} else {
			p.emit(last, rdfRest, cell)
		}
		p.emit(cell, rdfFirst, p.object())
		last = cell
	}
	p.next()
	if !last.IsZero() {
		p.emit(last, rdfRest, rdfNil)
	}
	return head
}

// deeper counts a level of nesting; who calls it counts down again.
func (p *turtle) deeper() {
	if p.depth++; p.depth > deepest {
		p.fail("expected at most %d brackets within each other", deepest)
	}
}

func (p *turtle) emit(subject, predicate, object graph.Term) {
	if p.quads++; p.quads%1024 == 0 {
		p.checkContext()
	}
	if !p.yield(graph.Quad{Subject: subject, Predicate: predicate, Object: object, Graph: p.graph}, nil) {
		panic(stopped{})
	}
}

// space skips white space and comments.
func (p *turtle) space() {
	for {
		switch p.c {
		case ' ', '\t', '\n', '\r':
			p.next()
		case '#':
			for p.c != '\n' && p.c != '\r' && p.c != endOfFile {
				p.next()
			}
		default:
			return
		}
	}
}

// dot reads the dot that ends a statement.
func (p *turtle) dot() {
	p.space()
	if p.c != '.' {
		p.fail(`expected ".", "," or ";" after the object, found %s`, p.found())
	}
	p.next()
}

// expect steps over one character.
func (p *turtle) expect(c rune) {
	if p.c != c {
		p.fail("expected %q, found %s", c, p.found())
	}
	p.next()
}
