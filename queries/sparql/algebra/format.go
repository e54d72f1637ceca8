package algebra

import (
	"fmt"
	"strconv"
	"strings"
)

// Format prints an operator as an S-expression, one operator a line, its
// inputs indented below it. Variables that no query can name are printed as
// ?.name.
func Format(op Op) string {
	var p printer
	p.op(op, 0)
	return p.String()
}

// FormatQuery prints a query: its form, dataset, template or resources, and its operator.
func FormatQuery(q *Query) string {
	var p printer
	p.WriteString("(" + [...]string{"select", "construct", "ask", "describe"}[q.Form])
	if d := q.Dataset; d != nil {
		for _, t := range d.Default {
			p.line(1, "(from "+t.String()+")")
		}
		for _, t := range d.Named {
			p.line(1, "(from-named "+t.String()+")")
		}
	}
	if len(q.Template) > 0 {
		p.line(1, "(template "+triples(q.Template)+")")
	}
	if len(q.Resources) > 0 {
		p.line(1, "(resources")
		for _, n := range q.Resources {
			p.WriteString(" " + n.String())
		}
		p.WriteString(")")
	}
	p.op(q.Op, 1)
	p.WriteString(")")
	return strings.TrimPrefix(p.String(), "\n")
}

// FormatExpr prints an expression as an S-expression.
func FormatExpr(e Expr) string {
	switch e := e.(type) {
	case nil:
		return "true"
	case Var:
		return "?" + string(e)
	case Const:
		return e.Term.String()
	case Exists:
		name := "exists"
		if e.Not {
			name = "not-exists"
		}
		return "(" + name + " " + strings.Join(strings.Fields(Format(e.Input)), " ") + ")"
	case Call:
		name := e.Function
		if strings.Contains(name, ":") {
			name = "<" + name + ">"
		}
		var b strings.Builder
		b.WriteString("(" + strings.ReplaceAll(strings.ToLower(name), " ", "-"))
		if strings.HasPrefix(name, "<") {
			b.Reset()
			b.WriteString("(" + name)
		}
		for _, a := range e.Args {
			b.WriteString(" " + FormatExpr(a))
		}
		return b.String() + ")"
	}
	return fmt.Sprintf("(unknown %T)", e)
}

// String prints the place as SPARQL writes it.
func (n Node) String() string {
	switch {
	case n.Var != "":
		return "?" + n.Var
	case n.Triple != nil:
		return "<<( " + n.Triple.Subject.String() + " " + n.Triple.Predicate.String() + " " + n.Triple.Object.String() + " )>>"
	}
	return n.Term.String()
}

// String prints the pattern as an S-expression.
func (t Triple) String() string {
	return "(triple " + t.Subject.String() + " " + t.Predicate.String() + " " + t.Object.String() + ")"
}

// FormatPath prints a property path as an S-expression.
func FormatPath(p PathExpr) string {
	switch p := p.(type) {
	case Link:
		return p.Predicate.String()
	case Inverse:
		return "(inverse " + FormatPath(p.Path) + ")"
	case Sequence:
		return "(sequence " + FormatPath(p.First) + " " + FormatPath(p.Second) + ")"
	case Alternative:
		return "(alternative " + FormatPath(p.First) + " " + FormatPath(p.Second) + ")"
	case ZeroOrMore:
		return "(zero-or-more " + FormatPath(p.Path) + ")"
	case OneOrMore:
		return "(one-or-more " + FormatPath(p.Path) + ")"
	case ZeroOrOne:
		return "(zero-or-one " + FormatPath(p.Path) + ")"
	case Negated:
		names := make([]string, len(p.Predicates))
		for i, t := range p.Predicates {
			names[i] = " " + t.String()
		}
		return "(not" + strings.Join(names, "") + ")"
	}
	return fmt.Sprintf("(unknown %T)", p)
}

type printer struct{ strings.Builder }

func (p *printer) line(depth int, text string) {
	if p.Len() > 0 {
		p.WriteString("\n" + strings.Repeat("  ", depth))
	}
	p.WriteString(text)
}

func (p *printer) op(op Op, depth int) {
	p.line(depth, "("+Head(op))
	for _, in := range Inputs(op) {
		p.op(in, depth+1)
	}
	p.WriteString(")")
}

// Head prints an operator without its inputs and its outer parentheses, as
// explanations show it.
func Head(op Op) string {
	switch op := op.(type) {
	case BGP:
		return strings.TrimSuffix("bgp "+triples(op.Patterns), " ")
	case Path:
		return "path " + op.Subject.String() + " " + FormatPath(op.Path) + " " + op.Object.String()
	case Join:
		return "join"
	case LeftJoin:
		if op.Filter == nil {
			return "leftjoin"
		}
		return "leftjoin " + FormatExpr(op.Filter)
	case Filter:
		return "filter " + FormatExpr(op.Expr)
	case Union:
		return "union"
	case Minus:
		return "minus"
	case Graph:
		return "graph " + op.Name.String()
	case Extend:
		return "extend (?" + op.Var + " " + FormatExpr(op.Expr) + ")"
	case Table:
		return table(op)
	case Group:
		return group(op)
	case OrderBy:
		var b strings.Builder
		b.WriteString("order (")
		for i, k := range op.Keys {
			if i > 0 {
				b.WriteByte(' ')
			}
			if k.Descending {
				b.WriteString("(desc " + FormatExpr(k.Expr) + ")")
			} else {
				b.WriteString(FormatExpr(k.Expr))
			}
		}
		return b.String() + ")"
	case Project:
		return "project " + vars(op.Vars)
	case Distinct:
		return "distinct"
	case Reduced:
		return "reduced"
	case Slice:
		limit := "_"
		if op.Limit >= 0 {
			limit = strconv.FormatInt(op.Limit, 10)
		}
		return "slice " + strconv.FormatInt(op.Offset, 10) + " " + limit
	case Service:
		if op.Silent {
			return "service silent " + op.Name.String()
		}
		return "service " + op.Name.String()
	}
	return fmt.Sprintf("unknown %T", op)
}

func triples(patterns []Triple) string {
	out := make([]string, len(patterns))
	for i, t := range patterns {
		out[i] = t.String()
	}
	return strings.Join(out, " ")
}

func vars(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = "?" + n
	}
	return "(" + strings.Join(out, " ") + ")"
}

func table(op Table) string {
	var b strings.Builder
	b.WriteString("table " + vars(op.Vars))
	for _, row := range op.Rows {
		b.WriteString(" (row")
		for _, t := range row {
			if t.IsZero() {
				b.WriteString(" undef")
			} else {
				b.WriteString(" " + t.String())
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}

func group(op Group) string {
	var b strings.Builder
	b.WriteString("group (")
	for i, k := range op.Keys {
		if i > 0 {
			b.WriteByte(' ')
		}
		if k.Expr == Var(k.Var) {
			b.WriteString("?" + k.Var)
		} else {
			b.WriteString("(?" + k.Var + " " + FormatExpr(k.Expr) + ")")
		}
	}
	b.WriteString(") (")
	for i, a := range op.Aggregates {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("(?" + a.Var + " (" + strings.ToLower(a.Function))
		if a.Distinct {
			b.WriteString(" distinct")
		}
		if a.Function == "GROUP_CONCAT" {
			b.WriteString(" (separator " + strconv.Quote(a.Separator) + ")")
		}
		if a.Arg == nil {
			b.WriteString(" *")
		} else {
			b.WriteString(" " + FormatExpr(a.Arg))
		}
		b.WriteString("))")
	}
	return b.String() + ")"
}
