package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// withAggregates lets aggregates stand here until the result is called.
func (p *parser) withAggregates() func() {
	saved := p.noAggregates
	p.noAggregates = ""
	return func() { p.noAggregates = saved }
}

// isConstraint reports whether a constraint begins here.
func (p *parser) isConstraint() bool {
	if p.isSign("(") || p.isIRI() {
		return true
	}
	if p.tok.kind != tokWord {
		return false
	}
	_, known := builtins[strings.ToUpper(p.tok.text)]
	return known || p.isWord("NOT", "EXISTS") || isAggregate(p.tok.text)
}

// constraint reads a condition: ( … ), a built-in or a function (production Constraint).
func (p *parser) constraint() Expr {
	if p.isSign("(") {
		return p.bracketted()
	}
	if p.isIRI() {
		at := p.here()
		return p.functionCall(at, p.iri())
	}
	return p.builtin()
}

func (p *parser) bracketted() Expr {
	p.wantSign("(")
	e := p.expression()
	p.wantSign(")", "an operator")
	return e
}

// expression reads an expression (production Expression).
func (p *parser) expression() Expr {
	defer p.deeper()()
	return p.binary(0)
}

// levels are the operators of two sides by how loosely they bind; those of
// comparison do not chain.
var levels = [][]string{{"||"}, {"&&"}, {"=", "!=", "<", ">", "<=", ">="}, {"+", "-"}, {"*", "/"}}

const comparing = 2

func (p *parser) binary(level int) Expr {
	if level == len(levels) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for n := 0; ; p.link(&n, "operators") {
		at := p.here()
		switch {
		case p.tok.kind == tokSign && slices.Contains(levels[level], p.tok.text):
			op := p.advance().text
			left = Call{Pos: at, Function: op, Args: []Expr{left, p.binary(level + 1)}}
		case level == comparing && p.isWord("IN"):
			p.advance()
			left = Call{Pos: at, Function: "IN", Args: append([]Expr{left}, p.expressionList()...)}
		case level == comparing && p.isWord("NOT") && p.ahead.word("IN"):
			p.advance()
			p.advance()
			left = Call{Pos: at, Function: "NOT IN", Args: append([]Expr{left}, p.expressionList()...)}
		default:
			return left
		}
		if level == comparing {
			return left
		}
	}
}

func (p *parser) expressionList() []Expr {
	p.wantSign("(")
	var out []Expr
	for !p.acceptSign(")") {
		if len(out) > 0 {
			p.wantSign(",", `")"`)
		}
		out = append(out, p.expression())
	}
	return out
}

func (p *parser) unary() Expr {
	at := p.here()
	if p.isSignedNumber() {
		return Const{at, p.literal()}
	}
	for _, op := range []string{"!", "-", "+"} {
		if !p.acceptSign(op) {
			continue
		}
		defer p.deeper()()
		// SPARQL 1.1 takes a primary expression behind a sign, SPARQL 1.2 also another "!".
		if op == "!" && p.isSign("!") {
			return Call{Pos: at, Function: op, Args: []Expr{p.unary()}}
		}
		return Call{Pos: at, Function: op, Args: []Expr{p.primary()}}
	}
	return p.primary()
}

func (p *parser) primary() Expr {
	at := p.here()
	switch {
	case p.isSign("("):
		return p.bracketted()
	case p.tok.kind == tokVar:
		return Var{at, p.variable()}
	case p.isIRI():
		name := p.iri()
		if p.isSign("(") {
			return p.functionCall(at, name)
		}
		return Const{at, graph.IRI(name)}
	case p.isLiteral():
		return Const{at, p.literal()}
	case p.isTripleTerm():
		return p.tripleExpr()
	case p.tok.kind == tokWord:
		return p.builtin()
	}
	p.expected("an expression")
	return nil
}

// tripleExpr reads <<( s p o )>> in an expression (SPARQL 1.2, production ExprTripleTerm).
func (p *parser) tripleExpr() Expr {
	defer p.deeper()()
	e := TripleExpr{Pos: p.here()}
	p.advance()
	p.advance()
	part := func(object bool) Expr {
		at := p.here()
		switch {
		case p.tok.kind == tokVar:
			return Var{at, p.variable()}
		case p.isIRI():
			return Const{at, graph.IRI(p.iri())}
		case object && p.isLiteral():
			return Const{at, p.literal()}
		case object && p.isTripleTerm():
			return p.tripleExpr()
		}
		p.expected("a variable", "an IRI")
		return nil
	}
	e.Subject = part(false)
	if at := p.here(); p.tok.kind == tokWord && p.tok.text == "a" {
		p.advance()
		e.Predicate = Const{at, graph.IRI(rdfType)}
	} else {
		e.Predicate = part(false)
	}
	e.Object = part(true)
	p.wantSign(")")
	p.wantSign(">>")
	return e
}

// functionCall reads the arguments of a function named by an IRI.
func (p *parser) functionCall(at Pos, name string) Expr {
	c := Call{Pos: at, Function: name, IRI: true}
	if p.isSign("(") && p.ahead.word("DISTINCT") {
		p.advance()
		p.advance()
		c.Distinct = true
		c.Args = []Expr{p.expression()}
		for p.acceptSign(",") {
			c.Args = append(c.Args, p.expression())
		}
		p.wantSign(")", `","`)
		return c
	}
	if !p.isSign("(") {
		p.expected(`"("`)
	}
	c.Args = p.expressionList()
	return c
}

// arity is how many arguments a built-in takes; most is -1 for any number.
type arity struct{ least, most int }

// builtins are the functions of SPARQL 1.1 and 1.2 that are called by a word (production BuiltInCall).
var builtins = map[string]arity{
	"STR": {1, 1}, "LANG": {1, 1}, "LANGMATCHES": {2, 2}, "DATATYPE": {1, 1}, "BOUND": {1, 1}, "IRI": {1, 1}, "URI": {1, 1},
	"BNODE": {0, 1}, "RAND": {0, 0}, "ABS": {1, 1}, "CEIL": {1, 1}, "FLOOR": {1, 1}, "ROUND": {1, 1}, "CONCAT": {0, -1},
	"SUBSTR": {2, 3}, "STRLEN": {1, 1}, "REPLACE": {3, 4}, "UCASE": {1, 1}, "LCASE": {1, 1}, "ENCODE_FOR_URI": {1, 1},
	"CONTAINS": {2, 2}, "STRSTARTS": {2, 2}, "STRENDS": {2, 2}, "STRBEFORE": {2, 2}, "STRAFTER": {2, 2},
	"YEAR": {1, 1}, "MONTH": {1, 1}, "DAY": {1, 1}, "HOURS": {1, 1}, "MINUTES": {1, 1}, "SECONDS": {1, 1}, "TIMEZONE": {1, 1},
	"TZ": {1, 1}, "NOW": {0, 0}, "UUID": {0, 0}, "STRUUID": {0, 0}, "MD5": {1, 1}, "SHA1": {1, 1}, "SHA256": {1, 1},
	"SHA384": {1, 1}, "SHA512": {1, 1}, "COALESCE": {0, -1}, "IF": {3, 3}, "STRLANG": {2, 2}, "STRDT": {2, 2},
	"SAMETERM": {2, 2}, "ISIRI": {1, 1}, "ISURI": {1, 1}, "ISBLANK": {1, 1}, "ISLITERAL": {1, 1}, "ISNUMERIC": {1, 1},
	"REGEX":   {2, 3},
	"LANGDIR": {1, 1}, "STRLANGDIR": {3, 3}, "HASLANG": {1, 1}, "HASLANGDIR": {1, 1},
	"ISTRIPLE": {1, 1}, "TRIPLE": {3, 3}, "SUBJECT": {1, 1}, "PREDICATE": {1, 1}, "OBJECT": {1, 1},
}

var aggregates = []string{"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}

func isAggregate(word string) bool { return slices.Contains(aggregates, strings.ToUpper(word)) }

// builtin reads a call of a built-in function, an aggregate, or EXISTS.
func (p *parser) builtin() Expr {
	at := p.here()
	name := strings.ToUpper(p.tok.text)
	takes, known := builtins[name]
	switch {
	case isAggregate(name):
		return p.aggregate()
	case name == "EXISTS":
		p.advance()
		return p.exists(at, false)
	case name == "NOT":
		p.advance()
		p.wantWord("EXISTS")
		return p.exists(at, true)
	case !known:
		p.expected("an expression")
	}
	p.advance()
	if !p.isSign("(") {
		p.expected(`"("`)
	}
	c := Call{Pos: at, Function: name}
	if name == "BOUND" {
		p.advance()
		c.Args = []Expr{Var{p.here(), p.variable()}}
		p.wantSign(")")
		return c
	}
	c.Args = p.expressionList()
	if n := len(c.Args); n < takes.least || takes.most >= 0 && n > takes.most {
		p.fail(at, "%s takes %s, not %d", name, takes, n)
	}
	return c
}

func (a arity) String() string {
	switch {
	case a.most == 0:
		return "no arguments"
	case a.least == a.most && a.most == 1:
		return "one argument"
	case a.least == a.most:
		return fmt.Sprintf("%d arguments", a.least)
	}
	return fmt.Sprintf("%d to %d arguments", a.least, a.most)
}

func (p *parser) exists(at Pos, not bool) Expr {
	if !p.isSign("{") {
		p.expected(`"{"`)
	}
	saved := p.pattern
	defer func() { p.pattern = saved }()
	return Exists{at, not, p.group()}
}

func (p *parser) aggregate() Expr {
	a := Aggregate{Pos: p.here()}
	if p.noAggregates != "" {
		p.fail(a.Pos, "%s", p.noAggregates)
	}
	a.Function = strings.ToUpper(p.advance().text)
	p.wantSign("(")
	a.Distinct = p.acceptWord("DISTINCT")
	saved := p.noAggregates
	p.noAggregates = "an aggregate cannot stand within another; a sub-select can compute it"
	if a.Function == "COUNT" && p.acceptSign("*") {
		a.Arg = nil
	} else {
		a.Arg = p.expression()
	}
	p.noAggregates = saved
	if a.Function == "GROUP_CONCAT" {
		a.Separator = " "
		if p.acceptSign(";") {
			p.wantWord("SEPARATOR")
			p.wantSign("=")
			a.Separator = p.str()
		}
	}
	p.wantSign(")")
	return a
}
