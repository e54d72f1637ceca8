package algebra

import (
	"slices"
	"strings"
)

// Inputs returns the operators below an operator, without those in its expressions.
func Inputs(op Op) []Op {
	switch op := op.(type) {
	case Join:
		return []Op{op.Left, op.Right}
	case LeftJoin:
		return []Op{op.Left, op.Right}
	case Union:
		return []Op{op.Left, op.Right}
	case Minus:
		return []Op{op.Left, op.Right}
	case Filter:
		return []Op{op.Input}
	case Graph:
		return []Op{op.Input}
	case Extend:
		return []Op{op.Input}
	case Group:
		return []Op{op.Input}
	case OrderBy:
		return []Op{op.Input}
	case Project:
		return []Op{op.Input}
	case Distinct:
		return []Op{op.Input}
	case Reduced:
		return []Op{op.Input}
	case Slice:
		return []Op{op.Input}
	case Service:
		return []Op{op.Input}
	}
	return nil
}

// WithInputs returns the operator over other inputs, as many as [Inputs] gives.
func WithInputs(op Op, in []Op) Op {
	switch op := op.(type) {
	case Join:
		return Join{in[0], in[1]}
	case LeftJoin:
		return LeftJoin{in[0], in[1], op.Filter}
	case Union:
		return Union{in[0], in[1]}
	case Minus:
		return Minus{in[0], in[1]}
	case Filter:
		op.Input = in[0]
		return op
	case Graph:
		op.Input = in[0]
		return op
	case Extend:
		op.Input = in[0]
		return op
	case Group:
		op.Input = in[0]
		return op
	case OrderBy:
		op.Input = in[0]
		return op
	case Project:
		op.Input = in[0]
		return op
	case Distinct:
		op.Input = in[0]
		return op
	case Reduced:
		op.Input = in[0]
		return op
	case Slice:
		op.Input = in[0]
		return op
	case Service:
		op.Input = in[0]
		return op
	}
	return op
}

// A VarSet holds the names of variables.
type VarSet map[string]struct{}

// NewVarSet returns the set of the names.
func NewVarSet(names ...string) VarSet {
	s := VarSet{}
	for _, n := range names {
		s[n] = struct{}{}
	}
	return s
}

// Has reports whether the set holds a name.
func (s VarSet) Has(name string) bool { _, ok := s[name]; return ok }

// Add puts the names of another set in.
func (s VarSet) Add(other VarSet) VarSet {
	for n := range other {
		s[n] = struct{}{}
	}
	return s
}

// HasAll reports whether the set holds all names of another.
func (s VarSet) HasAll(other VarSet) bool {
	for n := range other {
		if !s.Has(n) {
			return false
		}
	}
	return true
}

// Meets reports whether two sets share a name.
func (s VarSet) Meets(other VarSet) bool {
	for n := range other {
		if s.Has(n) {
			return true
		}
	}
	return false
}

// Sorted returns the names in order.
func (s VarSet) Sorted() []string {
	out := make([]string, 0, len(s))
	for n := range s {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// Vars returns the variables that a place of a pattern has.
func (n Node) Vars() VarSet {
	s := VarSet{}
	n.vars(s)
	return s
}

func (n Node) vars(s VarSet) {
	if n.Var != "" {
		s[n.Var] = struct{}{}
	}
	if n.Triple != nil {
		for _, place := range n.Triple.Places() {
			place.vars(s)
		}
	}
}

// Vars returns the variables of a pattern.
func (t Triple) Vars() VarSet {
	s := VarSet{}
	for _, place := range t.Places() {
		place.vars(s)
	}
	return s
}

// InScope returns the variables that the solutions of an operator may bind
// (section 18.2.1), those that no query can name included.
func InScope(op Op) VarSet {
	s := VarSet{}
	switch op := op.(type) {
	case BGP:
		for _, t := range op.Patterns {
			s.Add(t.Vars())
		}
	case Path:
		op.Subject.vars(s)
		op.Object.vars(s)
	case Table:
		return NewVarSet(op.Vars...)
	case Minus:
		return InScope(op.Left)
	case Project:
		return NewVarSet(op.Vars...)
	case Group:
		for _, k := range op.Keys {
			s[k.Var] = struct{}{}
		}
		for _, a := range op.Aggregates {
			s[a.Var] = struct{}{}
		}
	default:
		for _, in := range Inputs(op) {
			s.Add(InScope(in))
		}
		switch op := op.(type) {
		case Extend:
			s[op.Var] = struct{}{}
		case Graph:
			op.Name.vars(s)
		case Service:
			op.Name.vars(s)
		}
	}
	return s
}

// Certain returns the variables that every solution of an operator binds.
func Certain(op Op) VarSet {
	switch op := op.(type) {
	case BGP, Path:
		return InScope(op)
	case Join:
		return Certain(op.Left).Add(Certain(op.Right))
	case LeftJoin:
		return Certain(op.Left)
	case Minus:
		return Certain(op.Left)
	case Union:
		return common(Certain(op.Left), Certain(op.Right))
	case Graph:
		return Certain(op.Input).Add(op.Name.Vars())
	case Table:
		s := VarSet{}
		for i, v := range op.Vars {
			if !slices.ContainsFunc(op.Rows, func(row []term) bool { return row[i].IsZero() }) {
				s[v] = struct{}{}
			}
		}
		return s
	case Project:
		return common(Certain(op.Input), NewVarSet(op.Vars...))
	case Group:
		s, below := VarSet{}, Certain(op.Input)
		for _, k := range op.Keys {
			if v, ok := k.Expr.(Var); ok && below.Has(string(v)) {
				s[k.Var] = struct{}{}
			}
		}
		for _, a := range op.Aggregates {
			if a.Function == "COUNT" {
				s[a.Var] = struct{}{}
			}
		}
		return s
	case Extend:
		s := Certain(op.Input)
		switch e := op.Expr.(type) {
		case Const:
			s[op.Var] = struct{}{}
		case Var:
			if s.Has(string(e)) {
				s[op.Var] = struct{}{}
			}
		}
		return s
	case Filter:
		return Certain(op.Input)
	case OrderBy:
		return Certain(op.Input)
	case Distinct:
		return Certain(op.Input)
	case Reduced:
		return Certain(op.Input)
	case Slice:
		return Certain(op.Input)
	}
	return VarSet{}
}

func common(a, b VarSet) VarSet {
	s := VarSet{}
	for n := range a {
		if b.Has(n) {
			s[n] = struct{}{}
		}
	}
	return s
}

// ExprVars returns the variables that an expression looks at, those inside
// EXISTS included.
func ExprVars(e Expr) VarSet {
	s := VarSet{}
	exprVars(e, s)
	return s
}

func exprVars(e Expr, s VarSet) {
	switch e := e.(type) {
	case Var:
		s[string(e)] = struct{}{}
	case Call:
		for _, a := range e.Args {
			exprVars(a, s)
		}
	case Exists:
		s.Add(AllVars(e.Input))
	}
}

// AllVars returns every variable that is named in an operator or below it,
// whether it is in scope or not.
func AllVars(op Op) VarSet {
	s := InScope(op)
	for _, in := range Inputs(op) {
		s.Add(AllVars(in))
	}
	for _, e := range exprsOf(op) {
		exprVars(e, s)
	}
	return s
}

// exprsOf returns the expressions of an operator.
func exprsOf(op Op) []Expr {
	switch op := op.(type) {
	case Filter:
		return []Expr{op.Expr}
	case LeftJoin:
		if op.Filter != nil {
			return []Expr{op.Filter}
		}
	case Extend:
		return []Expr{op.Expr}
	case OrderBy:
		out := make([]Expr, len(op.Keys))
		for i, k := range op.Keys {
			out[i] = k.Expr
		}
		return out
	case Group:
		var out []Expr
		for _, k := range op.Keys {
			out = append(out, k.Expr)
		}
		for _, a := range op.Aggregates {
			if a.Arg != nil {
				out = append(out, a.Arg)
			}
		}
		return out
	}
	return nil
}

// HasExists reports whether an expression has EXISTS somewhere.
func HasExists(e Expr) bool {
	switch e := e.(type) {
	case Exists:
		return true
	case Call:
		return slices.ContainsFunc(e.Args, HasExists)
	}
	return false
}

// IsHidden reports whether no query can name the variable.
func IsHidden(name string) bool { return strings.HasPrefix(name, Hidden) }

// Visible returns the names that queries can see, in order.
func (s VarSet) Visible() []string {
	return slices.DeleteFunc(s.Sorted(), IsHidden)
}
