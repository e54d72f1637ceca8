package syntax

import (
	"slices"
	"strconv"

	"github.com/ententegraph/entente/graph"
)

// query reads a query with its prologue.
func (p *parser) query() *Query {
	p.readPrologue()
	q := &Query{Pos: p.here(), Modifiers: Modifiers{Limit: -1}}
	switch {
	case p.isWord("SELECT"):
		p.selectQuery(q)
	case p.acceptWord("CONSTRUCT"):
		p.construct(q)
	case p.acceptWord("DESCRIBE"):
		p.describe(q)
	case p.acceptWord("ASK"):
		q.Form = Ask
		p.datasetClauses(q)
		q.Where = p.where()
		p.modifiers(q)
	default:
		if p.isWord("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH") {
			p.fail(p.here(), "%s is an update; this takes queries", p.tok.text)
		}
		p.expected("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "PREFIX", "BASE")
	}
	if p.acceptWord("VALUES") {
		q.Values = p.inlineData()
	}
	p.checkQuery(q)
	q.Prologue = p.prologue
	return q
}

// selectQuery reads a SELECT query up to its modifiers.
func (p *parser) selectQuery(q *Query) {
	p.selectClause(q)
	p.datasetClauses(q)
	q.Where = p.where()
	p.modifiers(q)
}

func (p *parser) selectClause(q *Query) {
	p.wantWord("SELECT")
	switch {
	case p.acceptWord("DISTINCT"):
		q.Distinct = true
	case p.acceptWord("REDUCED"):
		q.Reduced = true
	}
	if p.acceptSign("*") {
		q.Star = true
		return
	}
	defer p.withAggregates()()
	for {
		at := p.here()
		switch {
		case p.tok.kind == tokVar:
			q.Items = append(q.Items, Projection{Pos: at, Var: p.variable()})
		case p.acceptSign("("):
			e := p.expression()
			p.wantWord("AS")
			q.Items = append(q.Items, Projection{Pos: at, Expr: e, Var: p.variable()})
			p.wantSign(")")
		case len(q.Items) == 0:
			p.expected("a variable", `"*"`, `"("`)
		default:
			return
		}
	}
}

func (p *parser) construct(q *Query) {
	q.Form = Construct
	if p.isSign("{") {
		q.Template = p.constructTemplate()
		p.datasetClauses(q)
		q.Where = p.where()
	} else {
		p.datasetClauses(q)
		p.wantWord("WHERE", `"{"`)
		q.Short = true
		at := p.here()
		p.newPattern()
		p.wantSign("{")
		list := p.triplesTemplate()
		p.wantSign("}", `"."`)
		q.Where = &Group{Pos: at}
		if len(list) > 0 {
			q.Where.Elements = []Element{Triples{list}}
		}
		q.Template = list
	}
	p.modifiers(q)
}

// constructTemplate reads { triples }, whose blank nodes are apart from those of the pattern.
func (p *parser) constructTemplate() []Triple {
	saved := p.blanks
	p.blanks = map[string]int{}
	defer func() { p.blanks = saved }()
	p.wantSign("{")
	list := p.triplesTemplate()
	p.wantSign("}", `"."`)
	return list
}

func (p *parser) describe(q *Query) {
	q.Form = Describe
	if p.acceptSign("*") {
		q.Star = true
	} else {
		for p.tok.kind == tokVar || p.isIRI() {
			q.Describe = append(q.Describe, p.varOrIRI())
		}
		if len(q.Describe) == 0 {
			p.expected("a variable", "an IRI", `"*"`)
		}
	}
	p.datasetClauses(q)
	if p.isWord("WHERE") || p.isSign("{") {
		q.Where = p.where()
	} else if q.Star {
		p.expected("WHERE", `"{"`)
	}
	p.modifiers(q)
}

func (p *parser) datasetClauses(q *Query) { q.Dataset = p.datasets("FROM") }

// datasets reads clauses of FROM or USING.
func (p *parser) datasets(word string) []DatasetClause {
	var out []DatasetClause
	for p.acceptWord(word) {
		named := p.acceptWord("NAMED")
		out = append(out, DatasetClause{IRI: p.iri(), Named: named})
	}
	return out
}

func (p *parser) where() *Group {
	p.acceptWord("WHERE")
	if !p.isSign("{") {
		p.expected("WHERE", `"{"`)
	}
	return p.group()
}

// modifiers reads GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET (production SolutionModifier).
func (p *parser) modifiers(q *Query) {
	if p.acceptWord("GROUP") {
		p.wantWord("BY")
		for p.groupKey(q) {
		}
		if len(q.GroupBy) == 0 {
			p.expected("a variable", "a function", `"("`)
		}
	}
	defer p.withAggregates()()
	if p.acceptWord("HAVING") {
		for p.isConstraint() {
			q.Having = append(q.Having, p.constraint())
		}
		if len(q.Having) == 0 {
			p.expected("a condition between parentheses", "a function")
		}
	}
	if p.acceptWord("ORDER") {
		p.wantWord("BY")
		for p.orderKey(q) {
		}
		if len(q.OrderBy) == 0 {
			p.expected("ASC", "DESC", "a variable", "a function", `"("`)
		}
	}
	limited, offset := false, false
	for {
		switch {
		case !limited && p.acceptWord("LIMIT"):
			q.Limit, limited = p.count(), true
		case !offset && p.acceptWord("OFFSET"):
			q.Offset, offset = p.count(), true
		default:
			return
		}
	}
}

// groupKey reads a condition of GROUP BY, where one is here.
func (p *parser) groupKey(q *Query) bool {
	switch {
	case p.tok.kind == tokVar:
		at := p.here()
		q.GroupBy = append(q.GroupBy, GroupKey{Expr: Var{at, p.variable()}})
	case p.acceptSign("("):
		k := GroupKey{Expr: p.expression()}
		if p.acceptWord("AS") {
			k.Var = p.variable()
		}
		p.wantSign(")")
		q.GroupBy = append(q.GroupBy, k)
	case p.isConstraint():
		q.GroupBy = append(q.GroupBy, GroupKey{Expr: p.constraint()})
	default:
		return false
	}
	return true
}

// orderKey reads a condition of ORDER BY, where one is here.
func (p *parser) orderKey(q *Query) bool {
	switch {
	case p.isWord("ASC", "DESC") && p.ahead.sign("("):
		descending := p.advance().word("DESC")
		q.OrderBy = append(q.OrderBy, OrderKey{p.bracketted(), descending})
	case p.tok.kind == tokVar:
		at := p.here()
		q.OrderBy = append(q.OrderBy, OrderKey{Expr: Var{at, p.variable()}})
	case p.isConstraint():
		q.OrderBy = append(q.OrderBy, OrderKey{Expr: p.constraint()})
	default:
		return false
	}
	return true
}

func (p *parser) count() int64 {
	if p.tok.kind != tokInteger {
		p.expected("a number")
	}
	at := p.here()
	t := p.advance()
	n, err := strconv.ParseInt(t.text, 10, 64)
	if err != nil {
		p.fail(at, "%s is too large a number", t.text)
	}
	return n
}

// inlineData reads what stands behind VALUES.
func (p *parser) inlineData() *Values {
	v := &Values{Pos: p.here()}
	one := p.tok.kind == tokVar
	if one {
		v.Vars = []string{p.variable()}
	} else {
		p.wantSign("(", "a variable")
		for p.tok.kind == tokVar {
			v.Vars = append(v.Vars, p.variable())
		}
		p.wantSign(")", "a variable")
		for i, name := range v.Vars {
			if slices.Contains(v.Vars[:i], name) {
				p.fail(v.Pos, "?%s stands twice in VALUES", name)
			}
		}
	}
	p.wantSign("{")
	for !p.isSign("}") {
		if one {
			v.Rows = append(v.Rows, []graph.Term{p.dataValue()})
			continue
		}
		at := p.here()
		p.wantSign("(", `"}"`)
		row := []graph.Term{}
		for !p.isSign(")") {
			row = append(row, p.dataValue())
		}
		p.advance()
		if len(row) != len(v.Vars) {
			p.fail(at, "%d values for %d variables", len(row), len(v.Vars))
		}
		v.Rows = append(v.Rows, row)
	}
	p.advance()
	return v
}

// dataValue reads a value of inline data; the zero Term is UNDEF.
func (p *parser) dataValue() graph.Term {
	switch {
	case p.acceptWord("UNDEF"):
		return graph.Term{}
	case p.isLiteral():
		return p.literal()
	case p.isIRI():
		return graph.IRI(p.iri())
	case p.isTripleTerm():
		saved, savedBlanks := p.noVars, p.noBlanks
		p.noVars, p.noBlanks = "a variable cannot stand in inline data", "a blank node cannot stand in inline data"
		defer func() { p.noVars, p.noBlanks = saved, savedBlanks }()
		at := p.here()
		t := p.tripleTerm().Term
		for x := t; x.Kind == graph.KindTriple; {
			s, _, o, _ := x.Triple()
			if s.Kind == graph.KindTriple {
				p.fail(at, "the subject of a triple term in inline data is an IRI")
			}
			x = o
		}
		return t
	}
	p.expected("an IRI", "a literal", "UNDEF", `")"`)
	return graph.Term{}
}
