package algebra

import (
	"strconv"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// Translate makes the algebra of a query (section 18.2).
func Translate(q *syntax.Query) *Query {
	t := &translator{}
	out := &Query{Form: q.Form, Template: t.template(q.Template)}
	if len(q.Dataset) > 0 {
		out.Dataset = Clause(q.Dataset)
	}
	op, _ := t.query(q, &out.Vars)
	out.Op = op
	if q.Short {
		out.Template = t.template(shortTemplate(q.Where))
	}
	for _, n := range q.Describe {
		out.Resources = append(out.Resources, t.node(n))
	}
	if q.Form == syntax.Describe && q.Star {
		for _, v := range out.Vars {
			out.Resources = append(out.Resources, Variable(v))
		}
	}
	return out
}

// TranslateGroup makes the algebra of a pattern alone, as the WHERE of an update is.
func TranslateGroup(g *syntax.Group) Op { return (&translator{}).group(g) }

// Clause returns the dataset that FROM and FROM NAMED, or USING, say.
func Clause(clauses []syntax.DatasetClause) *DatasetClause {
	d := &DatasetClause{}
	for _, c := range clauses {
		if c.Named {
			d.Named = append(d.Named, graph.IRI(c.IRI))
		} else {
			d.Default = append(d.Default, graph.IRI(c.IRI))
		}
	}
	return d
}

// shortTemplate returns the triples of CONSTRUCT WHERE.
func shortTemplate(g *syntax.Group) []syntax.Triple {
	var out []syntax.Triple
	for _, e := range g.Elements {
		if ts, ok := e.(syntax.Triples); ok {
			out = append(out, ts.List...)
		}
	}
	return out
}

// A translator counts the variables that it makes.
type translator struct{ fresh int }

func (t *translator) variable(kind string) string {
	t.fresh++
	return Hidden + kind + strconv.Itoa(t.fresh)
}

// node translates a place of a pattern, where a blank node is a variable.
func (t *translator) node(n syntax.Node) Node {
	switch {
	case n.Var != "":
		return Variable(n.Var)
	case n.Triple != nil:
		inner := t.triple(*n.Triple)
		if len(inner.Vars()) == 0 {
			return Fixed(graph.TripleTerm(inner.Subject.Term, inner.Predicate.Term, inner.Object.Term))
		}
		return Node{Triple: &inner}
	case n.Term.Kind == graph.KindBlank:
		return Variable(Hidden + "_" + n.Term.Value)
	}
	return Fixed(n.Term)
}

func (t *translator) triple(s syntax.Triple) Triple {
	return Triple{t.node(s.Subject), t.node(s.Predicate), t.node(s.Object)}
}

// template translates the triples of CONSTRUCT, where blank nodes stay such.
func (t *translator) template(triples []syntax.Triple) []Triple {
	var out []Triple
	for _, s := range triples {
		out = append(out, Triple{TemplateNode(s.Subject), TemplateNode(s.Predicate), TemplateNode(s.Object)})
	}
	return out
}

// TemplateNode translates a place of a template, of CONSTRUCT or of an update.
func TemplateNode(n syntax.Node) Node {
	switch {
	case n.Var != "":
		return Variable(n.Var)
	case n.Triple != nil:
		return Node{Triple: &Triple{TemplateNode(n.Triple.Subject), TemplateNode(n.Triple.Predicate), TemplateNode(n.Triple.Object)}}
	}
	return Fixed(n.Term)
}

// group translates a group graph pattern (section 18.2.2.6).
func (t *translator) group(g *syntax.Group) Op {
	op, filter := t.parts(g)
	if filter != nil {
		return Filter{filter, op}
	}
	return op
}

// parts translates a group without its filters, and its filters, which hold
// over the whole group (section 18.2.2.2); nil for none.
func (t *translator) parts(g *syntax.Group) (op Op, filter Expr) {
	op = BGP{}
	var waiting []syntax.Triple
	flush := func() {
		if len(waiting) > 0 {
			op = join(op, t.triples(waiting))
			waiting = nil
		}
	}
	for _, element := range g.Elements {
		switch e := element.(type) {
		case syntax.Triples:
			waiting = append(waiting, e.List...)
			continue
		case syntax.Filter:
			x := t.expr(e.Expr)
			if filter != nil {
				x = Call{"&&", []Expr{filter, x}}
			}
			filter = x
			continue
		}
		flush()
		switch e := element.(type) {
		case syntax.Optional:
			// The filters of the group itself, and of none inside it, see the left.
			right, condition := t.parts(e.Group)
			op = LeftJoin{op, right, condition}
		case syntax.Minus:
			op = Minus{op, t.group(e.Group)}
		case syntax.Bind:
			op = Extend{op, e.Var, t.expr(e.Expr)}
		case syntax.Union:
			var u Op
			for _, branch := range e.Groups {
				if b := t.group(branch); u == nil {
					u = b
				} else {
					u = Union{u, b}
				}
			}
			op = join(op, u)
		case syntax.GraphPattern:
			op = join(op, Graph{t.node(e.Name), t.group(e.Group)})
		case syntax.Service:
			op = join(op, Service{t.node(e.Name), e.Silent, t.group(e.Group), e.Group.String()})
		case *syntax.Values:
			op = join(op, Table{e.Vars, e.Rows})
		case syntax.SubGroup:
			op = join(op, t.group(e.Group))
		case syntax.SubSelect:
			var vars []string
			sub, _ := t.query(e.Query, &vars)
			op = join(op, sub)
		}
	}
	flush()
	return op, filter
}

// join leaves out the empty pattern, which is the identity of Join (section 18.2.2.8).
func join(a, b Op) Op {
	if p, ok := a.(BGP); ok && len(p.Patterns) == 0 {
		return b
	}
	return Join{a, b}
}

// triples translates a run of triples and paths (sections 18.2.2.3 to 18.2.2.5).
func (t *translator) triples(list []syntax.Triple) Op {
	var op Op = BGP{}
	var bgp []Triple
	flush := func() {
		if len(bgp) > 0 {
			op = join(op, BGP{bgp})
			bgp = nil
		}
	}
	for _, s := range list {
		if s.Path == nil {
			bgp = append(bgp, t.triple(s))
			continue
		}
		t.path(t.node(s.Subject), translatePath(s.Path), t.node(s.Object), func(part Op) {
			if b, ok := part.(BGP); ok {
				bgp = append(bgp, b.Patterns...)
				return
			}
			flush()
			op = join(op, part)
		})
	}
	flush()
	return op
}

// path translates a path pattern: links, inverses and sequences become triple
// patterns (section 18.2.2.4).
func (t *translator) path(subject Node, p PathExpr, object Node, emit func(Op)) {
	switch p := p.(type) {
	case Link:
		emit(BGP{[]Triple{{subject, Fixed(p.Predicate), object}}})
	case Inverse:
		t.path(object, p.Path, subject, emit)
	case Sequence:
		middle := Variable(t.variable("p"))
		t.path(subject, p.First, middle, emit)
		t.path(middle, p.Second, object, emit)
	default:
		emit(Path{subject, p, object})
	}
}

// translatePath translates a path expression (section 18.2.2.3).
func translatePath(p syntax.Path) PathExpr {
	switch p := p.(type) {
	case syntax.Link:
		return Link{graph.IRI(p.IRI)}
	case syntax.Inverse:
		return Inverse{translatePath(p.Path)}
	case syntax.Sequence:
		return Sequence{translatePath(p.Left), translatePath(p.Right)}
	case syntax.Alternative:
		return Alternative{translatePath(p.Left), translatePath(p.Right)}
	case syntax.Repeat:
		inner := translatePath(p.Path)
		switch p.Sign {
		case '*':
			return ZeroOrMore{inner}
		case '+':
			return OneOrMore{inner}
		}
		return ZeroOrOne{inner}
	case syntax.Negated:
		forward, backward := Negated{iris(p.Forward)}, Inverse{Negated{iris(p.Backward)}}
		switch {
		case len(p.Backward) == 0:
			return forward
		case len(p.Forward) == 0:
			return backward
		}
		return Alternative{forward, backward}
	}
	return nil
}

func iris(names []string) []graph.Term {
	out := make([]graph.Term, len(names))
	for i, n := range names {
		out[i] = graph.IRI(n)
	}
	return out
}

// expr translates an expression without aggregates.
func (t *translator) expr(e syntax.Expr) Expr { return (&expressions{translator: t}).expr(e) }

// expressions translates expressions, and gathers their aggregates where there is a group.
type expressions struct {
	*translator
	group *Group // nil where aggregates cannot be
	keys  VarSet
	alias map[string]Expr
}

func (t *expressions) expr(e syntax.Expr) Expr {
	switch e := e.(type) {
	case syntax.Var:
		return t.variableExpr(e.Name)
	case syntax.Const:
		return Const{e.Term}
	case syntax.TripleExpr:
		return Call{"TRIPLE", []Expr{t.expr(e.Subject), t.expr(e.Predicate), t.expr(e.Object)}}
	case syntax.Call:
		args := make([]Expr, len(e.Args))
		for i, a := range e.Args {
			args[i] = t.expr(a)
		}
		return Call{e.Function, args}
	case syntax.Exists:
		return Exists{e.Not, t.translator.group(e.Group)}
	case syntax.Aggregate:
		return t.aggregate(e)
	}
	return nil
}

// variableExpr is a variable; above a group one that is no key is sampled (section 18.2.4.1).
func (t *expressions) variableExpr(name string) Expr {
	if t.group == nil || t.keys.Has(name) {
		return Var(name)
	}
	if e, ok := t.alias[name]; ok {
		return e
	}
	v := t.variable("sample")
	t.group.Aggregates = append(t.group.Aggregates, Aggregate{Var: v, Function: "SAMPLE", Arg: Var(name)})
	return Var(v)
}

func (t *expressions) aggregate(e syntax.Aggregate) Expr {
	a := Aggregate{Var: t.variable("a"), Function: e.Function, Distinct: e.Distinct, Separator: e.Separator}
	if e.Arg != nil {
		a.Arg = t.translator.expr(e.Arg)
	}
	if t.group != nil {
		t.group.Aggregates = append(t.group.Aggregates, a)
	}
	return Var(a.Var)
}

// query translates a query's pattern and modifiers (sections 18.2.4 and
// 18.2.5), and returns its variables in their order.
func (t *translator) query(q *syntax.Query, vars *[]string) (Op, []string) {
	var op Op = BGP{}
	if q.Where != nil {
		op = t.group(q.Where)
	}
	x := &expressions{translator: t}
	if len(q.GroupBy) > 0 || aggregates(q) {
		x.group = &Group{Input: op}
		x.keys, x.alias = VarSet{}, map[string]Expr{}
		for _, k := range q.GroupBy {
			b := Binding{Var: k.Var, Expr: t.expr(k.Expr)}
			if v, ok := b.Expr.(Var); ok && b.Var == "" {
				b.Var = string(v)
			}
			if b.Var == "" {
				b.Var = t.variable("k")
			}
			x.keys[b.Var] = struct{}{}
			x.group.Keys = append(x.group.Keys, b)
		}
	}
	var extends []Binding
	for _, item := range q.Items {
		if item.Expr == nil {
			if x.group != nil && !x.keys.Has(item.Var) && x.alias[item.Var] == nil { // only where the syntax check was left out
				extends = append(extends, Binding{item.Var, x.variableExpr(item.Var)})
			}
			continue
		}
		e := x.expr(item.Expr)
		extends = append(extends, Binding{item.Var, e})
		if x.group != nil {
			x.alias[item.Var] = e
		}
	}
	var having []Expr
	for _, h := range q.Having {
		having = append(having, x.expr(h))
	}
	keys := make([]OrderKey, len(q.OrderBy))
	for i, k := range q.OrderBy {
		keys[i] = OrderKey{x.expr(k.Expr), k.Descending}
	}
	if x.group != nil {
		op = *x.group
	}
	for _, h := range having {
		op = Filter{h, op}
	}
	if q.Values != nil {
		op = join(op, Table{q.Values.Vars, q.Values.Rows})
	}
	if q.Star || q.Form != syntax.Select {
		*vars = inOrder(op)
	}
	for _, b := range extends {
		op = Extend{op, b.Var, b.Expr}
	}
	if len(keys) > 0 {
		op = OrderBy{op, keys}
	}
	if q.Form == syntax.Select {
		if !q.Star {
			for _, item := range q.Items {
				*vars = append(*vars, item.Var)
			}
		}
		op = Project{op, *vars}
	}
	switch {
	case q.Distinct:
		op = Distinct{op}
	case q.Reduced:
		op = Reduced{op}
	}
	if q.Offset > 0 || q.Limit >= 0 {
		op = Slice{op, q.Offset, q.Limit}
	}
	return op, *vars
}

// aggregates reports whether a query has an aggregate somewhere above its pattern.
func aggregates(q *syntax.Query) bool {
	for _, item := range q.Items {
		if hasAggregate(item.Expr) {
			return true
		}
	}
	for _, h := range q.Having {
		if hasAggregate(h) {
			return true
		}
	}
	for _, k := range q.OrderBy {
		if hasAggregate(k.Expr) {
			return true
		}
	}
	return len(q.Having) > 0
}

func hasAggregate(e syntax.Expr) bool {
	switch e := e.(type) {
	case syntax.Aggregate:
		return true
	case syntax.TripleExpr:
		return hasAggregate(e.Subject) || hasAggregate(e.Predicate) || hasAggregate(e.Object)
	case syntax.Call:
		for _, a := range e.Args {
			if hasAggregate(a) {
				return true
			}
		}
	}
	return false
}

// inOrder returns the visible variables in scope, in the order in which the pattern names them.
func inOrder(op Op) []string {
	var out []string
	seen := VarSet{}
	add := func(names ...string) {
		for _, n := range names {
			if !seen.Has(n) && !IsHidden(n) {
				seen[n] = struct{}{}
				out = append(out, n)
			}
		}
	}
	var node func(n Node)
	node = func(n Node) {
		if n.Var != "" {
			add(n.Var)
		}
		if n.Triple != nil {
			for _, p := range n.Triple.Places() {
				node(p)
			}
		}
	}
	var walk func(op Op)
	walk = func(op Op) {
		switch op := op.(type) {
		case BGP:
			for _, t := range op.Patterns {
				for _, p := range t.Places() {
					node(p)
				}
			}
		case Path:
			node(op.Subject)
			node(op.Object)
		case Graph:
			node(op.Name)
			walk(op.Input)
		case Service:
			node(op.Name)
			walk(op.Input)
		case Minus:
			walk(op.Left)
		case Extend:
			walk(op.Input)
			add(op.Var)
		case Table:
			add(op.Vars...)
		case Project:
			add(op.Vars...)
		case Group:
			for _, k := range op.Keys {
				add(k.Var)
			}
		default:
			for _, in := range Inputs(op) {
				walk(in)
			}
		}
	}
	walk(op)
	return out
}
