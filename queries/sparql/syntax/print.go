package syntax

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// String prints the query as text that parses to the same tree.
func (q *Query) String() string {
	p := printer{prefixes: q.Prefixes}
	p.prologue(q.Prologue)
	p.query(q, true)
	p.line("")
	return p.text.String()
}

// String prints the update as text that parses to the same tree.
func (u *Update) String() string {
	p := printer{prefixes: u.Prefixes}
	p.prologue(u.Prologue)
	for i, o := range u.Operations {
		if i > 0 {
			p.write(" ;")
			p.line("")
		}
		p.operation(o)
	}
	p.line("")
	return p.text.String()
}

// String prints the pattern with its braces and without prefixes, as text that
// parses to the same tree inside a query.
func (g *Group) String() string {
	p := printer{}
	p.group(g)
	return p.text.String()
}

type printer struct {
	text     strings.Builder
	prefixes []Prefix
	indent   int
}

func (p *printer) String() string { return p.text.String() }

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		p.text.WriteString(s)
	}
}

// line ends the line and begins the next.
func (p *printer) line(s string) {
	p.write("\n", strings.Repeat("  ", p.indent), s)
}

func (p *printer) prologue(x Prologue) {
	if x.Version != "" {
		p.write("VERSION ", quote(x.Version), "\n")
	}
	if x.Base != "" {
		p.write("BASE <", x.Base, ">\n")
	}
	for _, prefix := range x.Prefixes {
		p.write("PREFIX ", prefix.Name, ": <", prefix.IRI, ">\n")
	}
}

// simpleLocal matches local names that need no escapes.
var simpleLocal = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func (p *printer) iri(iri string) {
	for _, x := range p.prefixes {
		if local, ok := strings.CutPrefix(iri, x.IRI); ok && simpleLocal.MatchString(local) {
			p.write(x.Name, ":", local)
			return
		}
	}
	p.write("<", iri, ">")
}

// bareLiterals match the lexical forms that need neither quotation marks nor their datatype.
var bareLiterals = map[string]*regexp.Regexp{
	xsd + "integer": regexp.MustCompile(`^[+-]?[0-9]+$`),
	xsd + "decimal": regexp.MustCompile(`^[+-]?[0-9]*\.[0-9]+$`),
	xsd + "double":  regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+$`),
	xsd + "boolean": regexp.MustCompile(`^(true|false)$`),
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`).Replace(s) + `"`
}

func (p *printer) term(t graph.Term) {
	switch t.Kind {
	case graph.KindIRI:
		p.iri(t.Value)
	case graph.KindBlank:
		p.write("_:", t.Value)
	case graph.KindTriple:
		s, predicate, o, _ := t.Triple()
		p.write("<<( ")
		p.term(s)
		p.write(" ")
		p.term(predicate)
		p.write(" ")
		p.term(o)
		p.write(" )>>")
	case graph.KindLiteral:
		if bare, ok := bareLiterals[t.Datatype]; ok && bare.MatchString(t.Value) {
			p.write(t.Value)
			return
		}
		p.write(quote(t.Value))
		switch {
		case t.Language != "":
			p.write("@", t.Language)
		case t.Datatype != "":
			p.write("^^")
			p.iri(t.Datatype)
		}
	default:
		p.write("UNDEF")
	}
}

func (p *printer) node(n Node) {
	switch {
	case n.Var != "":
		p.write("?", n.Var)
	case n.Triple != nil:
		p.write("<<( ")
		p.node(n.Triple.Subject)
		p.write(" ")
		p.node(n.Triple.Predicate)
		p.write(" ")
		p.node(n.Triple.Object)
		p.write(" )>>")
	default:
		p.term(n.Term)
	}
}

// query prints a query behind its prologue; a sub-select has none.
func (p *printer) query(q *Query, outermost bool) {
	switch q.Form {
	case Select:
		p.write("SELECT")
		switch {
		case q.Distinct:
			p.write(" DISTINCT")
		case q.Reduced:
			p.write(" REDUCED")
		}
		if q.Star {
			p.write(" *")
		}
		for _, i := range q.Items {
			p.write(" ")
			p.as(i.Expr, i.Var)
		}
	case Construct:
		p.write("CONSTRUCT")
		if !q.Short {
			p.write(" {")
			p.template(q.Template)
			p.write("}")
		}
	case Ask:
		p.write("ASK")
	case Describe:
		p.write("DESCRIBE")
		if q.Star {
			p.write(" *")
		}
		for _, n := range q.Describe {
			p.write(" ")
			p.node(n)
		}
	}
	p.datasets("FROM", q.Dataset)
	if q.Where != nil {
		if outermost {
			p.line("WHERE ")
		} else {
			p.write(" WHERE ")
		}
		p.group(q.Where)
	}
	p.modifiers(q.Modifiers)
	if q.Values != nil {
		p.line("")
		p.values(q.Values)
	}
}

// as prints (expression AS variable), or the variable alone.
func (p *printer) as(e Expr, v string) {
	if e == nil {
		p.write("?", v)
		return
	}
	p.write("(")
	p.expr(e, 0)
	if v != "" {
		p.write(" AS ?", v)
	}
	p.write(")")
}

func (p *printer) datasets(word string, list []DatasetClause) {
	for _, d := range list {
		p.line(word + " ")
		if d.Named {
			p.write("NAMED ")
		}
		p.iri(d.IRI)
	}
}

func (p *printer) modifiers(m Modifiers) {
	if len(m.GroupBy) > 0 {
		p.line("GROUP BY")
		for _, k := range m.GroupBy {
			p.write(" ")
			if v, ok := k.Expr.(Var); ok && k.Var == "" {
				p.write("?", v.Name)
			} else {
				p.as(k.Expr, k.Var)
			}
		}
	}
	if len(m.Having) > 0 {
		p.line("HAVING")
		for _, e := range m.Having {
			p.write(" (")
			p.expr(e, 0)
			p.write(")")
		}
	}
	if len(m.OrderBy) > 0 {
		p.line("ORDER BY")
		for _, k := range m.OrderBy {
			p.write(" ")
			if k.Descending {
				p.write("DESC")
			} else {
				p.write("ASC")
			}
			p.write("(")
			p.expr(k.Expr, 0)
			p.write(")")
		}
	}
	if m.Limit >= 0 {
		p.line("LIMIT " + strconv.FormatInt(m.Limit, 10))
	}
	if m.Offset > 0 {
		p.line("OFFSET " + strconv.FormatInt(m.Offset, 10))
	}
}

func (p *printer) template(list []Triple) {
	p.indent++
	for _, t := range list {
		p.line("")
		p.triple(t)
		p.write(" .")
	}
	p.indent--
	p.line("")
}

func (p *printer) triple(t Triple) {
	p.node(t.Subject)
	p.write(" ")
	if t.Path != nil {
		p.path(t.Path, 0)
	} else {
		p.node(t.Predicate)
	}
	p.write(" ")
	p.node(t.Object)
}

func (p *printer) group(g *Group) {
	p.write("{")
	p.indent++
	for _, e := range g.Elements {
		p.line("")
		p.element(e)
	}
	p.indent--
	p.line("}")
}

func (p *printer) element(e Element) {
	switch e := e.(type) {
	case Triples:
		for i, t := range e.List {
			if i > 0 {
				p.line("")
			}
			p.triple(t)
			p.write(" .")
		}
	case Filter:
		p.write("FILTER (")
		p.expr(e.Expr, 0)
		p.write(")")
	case Optional:
		p.write("OPTIONAL ")
		p.group(e.Group)
	case Union:
		for i, g := range e.Groups {
			if i > 0 {
				p.write(" UNION ")
			}
			p.group(g)
		}
	case Minus:
		p.write("MINUS ")
		p.group(e.Group)
	case GraphPattern:
		p.write("GRAPH ")
		p.node(e.Name)
		p.write(" ")
		p.group(e.Group)
	case Service:
		p.write("SERVICE ")
		if e.Silent {
			p.write("SILENT ")
		}
		p.node(e.Name)
		p.write(" ")
		p.group(e.Group)
	case Bind:
		p.write("BIND ")
		p.as(e.Expr, e.Var)
	case *Values:
		p.values(e)
	case SubGroup:
		p.group(e.Group)
	case SubSelect:
		p.query(e.Query, false)
	}
}

func (p *printer) values(v *Values) {
	p.write("VALUES (")
	for i, name := range v.Vars {
		if i > 0 {
			p.write(" ")
		}
		p.write("?", name)
	}
	p.write(") {")
	p.indent++
	for _, row := range v.Rows {
		p.line("(")
		for i, t := range row {
			if i > 0 {
				p.write(" ")
			}
			p.term(t)
		}
		p.write(")")
	}
	p.indent--
	p.line("}")
}

// How tightly paths bind: alternatives, sequences, inverses, repeats.
const (
	looseAlternative = iota
	looseSequence
	looseInverse
	looseRepeat
)

// path prints a path, in parentheses where it binds more loosely than wanted.
func (p *printer) path(path Path, least int) {
	open := func(level int) func() {
		if level >= least {
			return func() {}
		}
		p.write("(")
		return func() { p.write(")") }
	}
	switch x := path.(type) {
	case Link:
		p.iri(x.IRI)
	case Alternative:
		end := open(looseAlternative)
		p.path(x.Left, looseAlternative)
		p.write("|")
		p.path(x.Right, looseSequence)
		end()
	case Sequence:
		end := open(looseSequence)
		p.path(x.Left, looseSequence)
		p.write("/")
		p.path(x.Right, looseInverse)
		end()
	case Inverse:
		end := open(looseInverse)
		p.write("^")
		p.path(x.Path, looseRepeat)
		end()
	case Repeat:
		end := open(looseRepeat)
		p.path(x.Path, looseRepeat+1)
		p.write(string(x.Sign))
		end()
	case Negated:
		p.write("!(")
		sep := ""
		for _, iri := range x.Forward {
			p.write(sep)
			p.iri(iri)
			sep = "|"
		}
		for _, iri := range x.Backward {
			p.write(sep, "^")
			p.iri(iri)
			sep = "|"
		}
		p.write(")")
	}
}
