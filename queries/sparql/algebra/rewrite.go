package algebra

import "github.com/ententegraph/entente/graph"

// A Rule rewrites an operator into one with the same solutions, and reports
// false where it does not apply.
type Rule struct {
	Name  string
	Apply func(Op) (Op, bool)
}

// Rules are the rules of [Rewrite], in the order in which they are tried.
func Rules() []Rule {
	return []Rule{
		{"merge-patterns", mergePatterns},
		{"drop-identity", dropIdentity},
		{"raise-optional", raiseOptional},
		{"optional-to-join", optionalToJoin},
		{"bind-equal", bindEqual},
	}
}

// mostPasses bounds how often the rules go over a tree.
const mostPasses = 20

// Rewrite applies the rules from the leaves up until none applies.
func Rewrite(op Op) Op {
	rules := Rules()
	for range mostPasses {
		changed := false
		if op = rewrite(op, rules, &changed); !changed {
			break
		}
	}
	return op
}

func rewrite(op Op, rules []Rule, changed *bool) Op {
	inputs := Inputs(op)
	if len(inputs) > 0 {
		out := make([]Op, len(inputs))
		for i, in := range inputs {
			out[i] = rewrite(in, rules, changed)
		}
		op = WithInputs(op, out)
	}
	for _, r := range rules {
		if next, ok := r.Apply(op); ok {
			op, *changed = next, true
		}
	}
	return op
}

// mergePatterns makes one basic graph pattern of two that are joined.
func mergePatterns(op Op) (Op, bool) {
	j, ok := op.(Join)
	if !ok {
		return op, false
	}
	a, okA := j.Left.(BGP)
	b, okB := j.Right.(BGP)
	if !okA || !okB {
		return op, false
	}
	return BGP{append(append([]Triple(nil), a.Patterns...), b.Patterns...)}, true
}

// dropIdentity leaves out the empty pattern beside another (section 18.2.2.8).
func dropIdentity(op Op) (Op, bool) {
	j, ok := op.(Join)
	if !ok {
		return op, false
	}
	if isUnit(j.Left) {
		return j.Right, true
	}
	if isUnit(j.Right) {
		return j.Left, true
	}
	return op, false
}

func isUnit(op Op) bool {
	b, ok := op.(BGP)
	return ok && len(b.Patterns) == 0
}

// raiseOptional joins first and asks what is optional afterwards, where the
// optional part binds nothing that the join looks at.
func raiseOptional(op Op) (Op, bool) {
	j, ok := op.(Join)
	if !ok {
		return op, false
	}
	l, ok := j.Left.(LeftJoin)
	other := j.Right
	if !ok {
		if l, ok = j.Right.(LeftJoin); !ok {
			return op, false
		}
		other = j.Left
	}
	certain, outside := Certain(l.Left), InScope(other)
	looked := InScope(l.Right)
	if l.Filter != nil {
		looked.Add(ExprVars(l.Filter))
	}
	for v := range looked {
		if outside.Has(v) && !certain.Has(v) {
			return op, false
		}
	}
	return LeftJoin{Join{l.Left, other}, l.Right, l.Filter}, true
}

// optionalToJoin makes a join of an optional part without which the filter
// above is never true.
func optionalToJoin(op Op) (Op, bool) {
	f, ok := op.(Filter)
	if !ok {
		return op, false
	}
	l, ok := f.Input.(LeftJoin)
	if !ok || l.Filter != nil {
		return op, false
	}
	left, right := InScope(l.Left), Certain(l.Right)
	for v := range needs(f.Expr) {
		if right.Has(v) && !left.Has(v) {
			return Filter{f.Expr, Join{l.Left, l.Right}}, true
		}
	}
	return op, false
}

// bindEqual joins with the one term that a variable must be, instead of asking
// each solution: where = compares with an IRI, which equals nothing but itself,
// or sameTerm with any term.
func bindEqual(op Op) (Op, bool) {
	f, ok := op.(Filter)
	if !ok {
		return op, false
	}
	certain := Certain(f.Input)
	var terms []Binding
	rest := conditions(f.Expr, func(e Expr) bool {
		v, t, ok := equalTerm(e)
		if ok = ok && certain.Has(v); ok {
			terms = append(terms, Binding{v, Const{t}})
		}
		return !ok
	})
	if len(terms) == 0 {
		return op, false
	}
	out := f.Input
	for _, b := range terms {
		out = Join{Table{[]string{b.Var}, [][]term{{b.Expr.(Const).Term}}}, out}
	}
	if rest != nil {
		out = Filter{rest, out}
	}
	return out, true
}

// conditions returns the conjunction of the conditions of e that are kept, and nil for none.
func conditions(e Expr, keep func(Expr) bool) Expr {
	c, ok := e.(Call)
	if !ok || c.Function != "&&" {
		if keep(e) {
			return e
		}
		return nil
	}
	a, b := conditions(c.Args[0], keep), conditions(c.Args[1], keep)
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return Call{"&&", []Expr{a, b}}
}

// equalTerm returns the variable and the term of which an expression says that they are the same.
func equalTerm(e Expr) (string, term, bool) {
	c, ok := e.(Call)
	if !ok || len(c.Args) != 2 || c.Function != "=" && c.Function != "SAMETERM" {
		return "", term{}, false
	}
	v, isVar := c.Args[0].(Var)
	t, isConst := c.Args[1].(Const)
	if !isVar || !isConst {
		v, isVar = c.Args[1].(Var)
		t, isConst = c.Args[0].(Const)
	}
	return string(v), t.Term, isVar && isConst && (c.Function == "SAMETERM" || t.Term.Kind == graph.KindIRI)
}

// needs returns variables without which an expression is not true.
func needs(e Expr) VarSet {
	switch e := e.(type) {
	case Var:
		return NewVarSet(string(e))
	case Call:
		switch e.Function {
		case "&&":
			return needs(e.Args[0]).Add(needs(e.Args[1]))
		case "||":
			return common(needs(e.Args[0]), needs(e.Args[1]))
		case "!":
			if c, ok := e.Args[0].(Call); ok && strict(c.Function) {
				return needs(c)
			}
			return VarSet{}
		case "BOUND":
			return needs(e.Args[0])
		}
		if !strict(e.Function) {
			return VarSet{}
		}
		s := VarSet{}
		for _, a := range e.Args {
			if _, ok := a.(Exists); !ok {
				s.Add(valued(a))
			}
		}
		return s
	}
	return VarSet{}
}

// valued returns variables without which an expression has no value.
func valued(e Expr) VarSet {
	switch e := e.(type) {
	case Var:
		return NewVarSet(string(e))
	case Call:
		if strict(e.Function) {
			s := VarSet{}
			for _, a := range e.Args {
				s.Add(valued(a))
			}
			return s
		}
	}
	return VarSet{}
}

// strict reports whether a function has no value where an argument has none.
func strict(function string) bool {
	switch function {
	case "BOUND", "IF", "COALESCE", "||", "&&", "IN", "NOT IN", "!":
		return false
	}
	return true
}
