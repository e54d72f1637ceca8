package syntax

// level gives how loosely an operator of two sides binds, and false for all else.
func level(c Call) (int, bool) {
	if c.IRI {
		return 0, false
	}
	if c.Function == "IN" || c.Function == "NOT IN" {
		return comparing, true
	}
	if len(c.Args) != 2 {
		return 0, false
	}
	for i, list := range levels {
		for _, op := range list {
			if op == c.Function {
				return i, true
			}
		}
	}
	return 0, false
}

// expr prints an expression, in parentheses where it binds more loosely than wanted.
func (p *printer) expr(e Expr, least int) {
	switch e := e.(type) {
	case Var:
		p.write("?", e.Name)
	case Const:
		p.term(e.Term)
	case TripleExpr:
		p.write("<<( ")
		p.expr(e.Subject, 0)
		p.write(" ")
		p.expr(e.Predicate, 0)
		p.write(" ")
		p.expr(e.Object, 0)
		p.write(" )>>")
	case Exists:
		if e.Not {
			p.write("NOT ")
		}
		p.write("EXISTS ")
		p.group(e.Group)
	case Aggregate:
		p.aggregate(e)
	case Call:
		if at, ok := level(e); ok {
			p.infix(e, at, at < least)
			return
		}
		p.call(e, least)
	}
}

func (p *printer) infix(c Call, at int, closed bool) {
	if closed {
		p.write("(")
		defer p.write(")")
	}
	left := at
	if at == comparing {
		left++ // comparisons do not chain
	}
	p.expr(c.Args[0], left)
	p.write(" ", c.Function, " ")
	if c.Function == "IN" || c.Function == "NOT IN" {
		p.args(c.Args[1:])
		return
	}
	p.expr(c.Args[1], at+1)
}

// call prints a function, or an operator of one side.
func (p *printer) call(c Call, least int) {
	switch c.Function {
	case "!", "-", "+":
		if least > len(levels) { // the operand of another sign
			p.write("(")
			defer p.write(")")
		}
		p.write(c.Function, " ")
		p.expr(c.Args[0], len(levels)+1)
		return
	}
	if c.IRI {
		p.iri(c.Function)
	} else {
		p.write(c.Function)
	}
	if c.Distinct {
		p.write("(DISTINCT ")
		p.list(c.Args)
		p.write(")")
		return
	}
	p.args(c.Args)
}

func (p *printer) args(list []Expr) {
	p.write("(")
	p.list(list)
	p.write(")")
}

func (p *printer) list(list []Expr) {
	for i, a := range list {
		if i > 0 {
			p.write(", ")
		}
		p.expr(a, 0)
	}
}

func (p *printer) aggregate(a Aggregate) {
	p.write(a.Function, "(")
	if a.Distinct {
		p.write("DISTINCT ")
	}
	if a.Arg == nil {
		p.write("*")
	} else {
		p.expr(a.Arg, 0)
	}
	if a.Function == "GROUP_CONCAT" {
		p.write("; SEPARATOR = ", quote(a.Separator))
	}
	p.write(")")
}
