package syntax

import "slices"

// InScope gives the variables that are in scope in a group (section 18.2.1), in
// the order in which they come.
func InScope(g *Group) []string {
	var s scope
	s.group(g)
	return s.vars
}

// Visible gives the variables of a SELECT query's solutions in their order;
// those of SELECT * are the variables in scope in its pattern.
func (q *Query) Visible() []string {
	if !q.Star {
		var out []string
		for _, i := range q.Items {
			out = append(out, i.Var)
		}
		return out
	}
	var s scope
	s.group(q.Where)
	s.values(q.Values)
	return s.vars
}

type scope struct{ vars []string }

func (s *scope) add(v string) {
	if v != "" && !slices.Contains(s.vars, v) {
		s.vars = append(s.vars, v)
	}
}

func (s *scope) node(n Node) {
	s.add(n.Var)
	if n.Triple != nil {
		s.triple(*n.Triple)
	}
}

func (s *scope) triple(t Triple) {
	s.node(t.Subject)
	s.node(t.Predicate)
	s.node(t.Object)
}

func (s *scope) values(v *Values) {
	if v != nil {
		for _, name := range v.Vars {
			s.add(name)
		}
	}
}

func (s *scope) group(g *Group) {
	if g == nil {
		return
	}
	for _, e := range g.Elements {
		switch e := e.(type) {
		case Triples:
			for _, t := range e.List {
				s.triple(t)
			}
		case Optional:
			s.group(e.Group)
		case Union:
			for _, g := range e.Groups {
				s.group(g)
			}
		case GraphPattern:
			s.node(e.Name)
			s.group(e.Group)
		case Service:
			s.node(e.Name)
			s.group(e.Group)
		case Bind:
			s.add(e.Var)
		case *Values:
			s.values(e)
		case SubGroup:
			s.group(e.Group)
		case SubSelect:
			for _, v := range e.Query.Visible() {
				s.add(v)
			}
		}
	}
}

// checkQuery checks the rules about the variables of a query (notes 12 and 13 of section 19.8, and section 11.4).
func (p *parser) checkQuery(q *Query) {
	grouped := len(q.GroupBy) > 0 || len(q.Having) > 0
	for _, i := range q.Items {
		grouped = grouped || i.Expr != nil && hasAggregate(i.Expr)
	}
	for _, k := range q.OrderBy {
		grouped = grouped || hasAggregate(k.Expr)
	}
	if q.Star && grouped && q.Form == Select {
		p.fail(q.Pos, "SELECT * cannot stand with GROUP BY or aggregates; name the variables")
	}
	taken := InScope(q.Where)
	var keys []string
	for _, k := range q.GroupBy {
		if k.Var != "" {
			if slices.Contains(taken, k.Var) || slices.Contains(keys, k.Var) {
				p.fail(q.Pos, "?%s has a value already; GROUP BY (… AS ?new) needs a new variable", k.Var)
			}
			keys = append(keys, k.Var)
		} else if v, ok := k.Expr.(Var); ok {
			keys = append(keys, v.Name)
		}
	}
	if grouped {
		taken = keys // what is not a key is not in scope behind GROUP BY
	}
	var named []string
	for _, i := range q.Items {
		switch {
		case i.Expr == nil:
			if grouped && !slices.Contains(keys, i.Var) {
				p.fail(i.Pos, "?%s is neither a key of GROUP BY nor in an aggregate; write (SAMPLE(?%s) AS ?one), or group by it", i.Var, i.Var)
			}
		default:
			if slices.Contains(taken, i.Var) || slices.Contains(named, i.Var) {
				p.fail(i.Pos, "?%s has a value already; SELECT (… AS ?new) needs a new variable", i.Var)
			}
			if grouped {
				p.checkGrouped(i.Expr, append(slices.Clone(keys), named...))
			}
		}
		named = append(named, i.Var)
	}
}

// checkGrouped fails where an expression over groups uses a variable that has no one value in a group.
func (p *parser) checkGrouped(e Expr, keys []string) {
	switch e := e.(type) {
	case Var:
		if !slices.Contains(keys, e.Name) {
			p.fail(e.Pos, "?%s is neither a key of GROUP BY nor in an aggregate", e.Name)
		}
	case Call:
		for _, a := range e.Args {
			p.checkGrouped(a, keys)
		}
	case TripleExpr:
		for _, a := range []Expr{e.Subject, e.Predicate, e.Object} {
			p.checkGrouped(a, keys)
		}
	}
}

func hasAggregate(e Expr) bool {
	switch e := e.(type) {
	case Aggregate:
		return true
	case Call:
		return slices.ContainsFunc(e.Args, hasAggregate)
	case TripleExpr:
		return hasAggregate(e.Subject) || hasAggregate(e.Predicate) || hasAggregate(e.Object)
	}
	return false
}
