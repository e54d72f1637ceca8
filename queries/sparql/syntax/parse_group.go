package syntax

import "github.com/ententegraph/entente/graph"

// group reads { … } (production GroupGraphPattern).
func (p *parser) group() *Group {
	defer p.deeper()()
	saved := p.noAggregates
	p.noAggregates = "an aggregate stands in SELECT, HAVING or ORDER BY only; a sub-select can compute it"
	defer func() { p.noAggregates = saved }()
	g := &Group{Pos: p.here()}
	p.wantSign("{")
	if p.isWord("SELECT") {
		g.Elements = []Element{SubSelect{p.subSelect()}}
		p.wantSign("}")
		return g
	}
	p.newPattern()
	for n := 0; ; p.link(&n, "patterns") {
		switch {
		case p.acceptSign("}"):
			return g
		case p.isSubject():
			list := p.triplesBlock()
			g.add(Triples{list})
			if !p.isElement() && !p.isSign("}") {
				p.expected(`"}"`, `"."`)
			}
		case p.isElement():
			p.patternElement(g)
			p.acceptSign(".")
		default:
			p.expected("a pattern", `"}"`)
		}
	}
}

func (g *Group) add(e Element) { g.Elements = append(g.Elements, e) }

func (p *parser) subSelect() *Query {
	q := &Query{Pos: p.here(), Modifiers: Modifiers{Limit: -1}}
	p.selectClause(q)
	q.Where = p.where()
	p.modifiers(q)
	if p.acceptWord("VALUES") {
		q.Values = p.inlineData()
	}
	p.checkQuery(q)
	return q
}

func (p *parser) isElement() bool {
	return p.isSign("{") || p.isWord("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")
}

// patternElement reads a pattern that is no triple (production GraphPatternNotTriples).
func (p *parser) patternElement(g *Group) {
	if p.acceptWord("FILTER") {
		if !p.isConstraint() {
			p.expected("a condition between parentheses", "a function", "EXISTS", "NOT EXISTS")
		}
		saved := p.pattern
		g.add(Filter{p.constraint()})
		p.pattern = saved // a filter does not end a basic graph pattern (section 5.1)
		return
	}
	defer p.newPattern()
	switch {
	case p.isSign("{"):
		first := p.group()
		if !p.isWord("UNION") {
			g.add(SubGroup{first})
			return
		}
		u := Union{Groups: []*Group{first}}
		for n := 0; p.acceptWord("UNION"); p.link(&n, "unions") {
			if !p.isSign("{") {
				p.expected(`"{"`)
			}
			u.Groups = append(u.Groups, p.group())
		}
		g.add(u)
	case p.acceptWord("OPTIONAL"):
		g.add(Optional{p.group()})
	case p.acceptWord("MINUS"):
		g.add(Minus{p.group()})
	case p.acceptWord("GRAPH"):
		name := p.varOrIRI()
		g.add(GraphPattern{name, p.group()})
	case p.acceptWord("SERVICE"):
		silent := p.acceptWord("SILENT")
		name := p.varOrIRI()
		g.add(Service{silent, name, p.group()})
	case p.acceptWord("BIND"):
		p.wantSign("(")
		e := p.expression()
		p.wantWord("AS")
		b := Bind{Pos: p.here(), Expr: e, Var: p.variable()}
		p.wantSign(")")
		for _, v := range InScope(g) {
			if v == b.Var {
				p.fail(b.Pos, "?%s has a value already in this group; bind a new variable", v)
			}
		}
		g.add(b)
	case p.acceptWord("VALUES"):
		g.add(p.inlineData())
	}
}

// varOrIRI reads a variable or an IRI.
func (p *parser) varOrIRI() Node {
	n := Node{Pos: p.here()}
	if p.tok.kind == tokVar {
		n.Var = p.variable()
		return n
	}
	n.Term = graph.IRI(p.iri("a variable"))
	return n
}
