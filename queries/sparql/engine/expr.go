package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// An expr is a compiled expression. Errors of type [value.Error] are ordinary
// results; all others end the query.
type expr interface {
	eval(ctx context.Context, r row) (value.Value, error)
}

// fatal reports whether an error is none that expressions have as a result.
func fatal(err error) bool {
	var ordinary value.Error
	return err != nil && !errors.As(err, &ordinary)
}

const errUnbound = value.Error("unbound")

type variable struct {
	x    *execution
	slot int
}

func (e variable) eval(ctx context.Context, r row) (value.Value, error) {
	if r[e.slot] == graph.Any {
		return value.Value{}, errUnbound
	}
	return e.x.value(ctx, r[e.slot])
}

type constant struct{ v value.Value }

func (e constant) eval(context.Context, row) (value.Value, error) { return e.v, nil }

// missing is a variable that nothing binds.
type missing struct{}

func (missing) eval(context.Context, row) (value.Value, error) { return value.Value{}, errUnbound }

// boolean asks an expression for its effective boolean value.
func boolean(ctx context.Context, e expr, r row) (bool, error) {
	v, err := e.eval(ctx, r)
	if err != nil {
		return false, err
	}
	return v.Effective()
}

// logical is || or && (section 17.2): the one truth value decides even where
// the other side is an error.
type logical struct {
	a, b   expr
	decide bool // true for ||, false for &&
}

func (e logical) eval(ctx context.Context, r row) (value.Value, error) {
	a, errA := boolean(ctx, e.a, r)
	if fatal(errA) || errA == nil && a == e.decide {
		return value.Boolean(a), errA
	}
	b, errB := boolean(ctx, e.b, r)
	if fatal(errB) || errB == nil && b == e.decide {
		return value.Boolean(b), errB
	}
	if errA != nil {
		return value.Value{}, errA
	}
	return value.Boolean(!e.decide), errB
}

type not struct{ a expr }

func (e not) eval(ctx context.Context, r row) (value.Value, error) {
	a, err := boolean(ctx, e.a, r)
	return value.Boolean(!a), err
}

type bound struct{ slot int }

func (e bound) eval(_ context.Context, r row) (value.Value, error) {
	return value.Boolean(e.slot >= 0 && r[e.slot] != graph.Any), nil
}

type conditional struct{ if_, then, otherwise expr }

func (e conditional) eval(ctx context.Context, r row) (value.Value, error) {
	b, err := boolean(ctx, e.if_, r)
	switch {
	case err != nil:
		return value.Value{}, err
	case b:
		return e.then.eval(ctx, r)
	}
	return e.otherwise.eval(ctx, r)
}

type coalesce struct{ args []expr }

func (e coalesce) eval(ctx context.Context, r row) (value.Value, error) {
	for _, a := range e.args {
		if v, err := a.eval(ctx, r); err == nil || fatal(err) {
			return v, err
		}
	}
	return value.Value{}, value.Error("no argument of COALESCE has a value")
}

// in is IN and NOT IN (section 17.4.1.9): an error only where none is equal.
type in struct {
	a    expr
	list []expr
	not  bool
}

func (e in) eval(ctx context.Context, r row) (value.Value, error) {
	a, err := e.a.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	var failed error
	for _, item := range e.list {
		b, err := item.eval(ctx, r)
		equal := false
		if err == nil {
			equal, err = value.Equal(a, b)
		}
		switch {
		case fatal(err):
			return value.Value{}, err
		case err != nil:
			failed = err
		case equal:
			return value.Boolean(!e.not), nil
		}
	}
	return value.Boolean(e.not), failed
}

// sameIRI compares a variable with an IRI, or two variables that are the same
// term, without a look at terms: no literal equals an IRI.
type sameIRI struct {
	slot int
	id   graph.ID
	not  bool
}

func (e sameIRI) eval(_ context.Context, r row) (value.Value, error) {
	if r[e.slot] == graph.Any {
		return value.Value{}, errUnbound
	}
	return value.Boolean((r[e.slot] == e.id) != e.not), nil
}

// call is an operator or a function that takes the values of its arguments.
type call struct {
	x    *execution
	fn   functions.Function
	args []expr
}

func (e call) eval(ctx context.Context, r row) (value.Value, error) {
	var few [4]value.Value
	args := few[:0]
	for _, a := range e.args {
		v, err := a.eval(ctx, r)
		if err != nil {
			return value.Value{}, err
		}
		args = append(args, v)
	}
	return e.fn.Eval(e.x.env, args)
}

// comparison is one of the operators of comparison.
type comparison struct {
	op   string
	a, b expr
}

func (e comparison) eval(ctx context.Context, r row) (value.Value, error) {
	a, err := e.a.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	b, err := e.b.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	if e.op == "=" || e.op == "!=" {
		equal, err := value.Equal(a, b)
		return value.Boolean(equal == (e.op == "=")), err
	}
	c, err := value.Compare(a, b)
	if err != nil {
		return value.Value{}, err
	}
	switch e.op {
	case "<":
		return value.Boolean(c < 0), nil
	case "<=":
		return value.Boolean(c <= 0), nil
	case ">":
		return value.Boolean(c > 0), nil
	}
	return value.Boolean(c >= 0), nil
}

type arithmetic struct {
	fn   func(a, b value.Value) (value.Value, error)
	a, b expr
}

func (e arithmetic) eval(ctx context.Context, r row) (value.Value, error) {
	a, err := e.a.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	b, err := e.b.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	return e.fn(a, b)
}

type sign struct {
	fn func(value.Value) (value.Value, error)
	a  expr
}

func (e sign) eval(ctx context.Context, r row) (value.Value, error) {
	a, err := e.a.eval(ctx, r)
	if err != nil {
		return value.Value{}, err
	}
	return e.fn(a)
}

// A filterExpr is an expression that rows are kept by.
type filterExpr struct{ expr }

// holds reports whether the expression is true of a row; an error is not.
func (f *filterExpr) holds(ctx context.Context, r row) (bool, error) {
	ok, err := boolean(ctx, f.expr, r)
	if fatal(err) {
		return false, err
	}
	return ok && err == nil, nil
}

// compileExpr compiles an expression over the slots of a scope.
func (c *compiler) compileExpr(s *slots, a area, e algebra.Expr) (expr, error) {
	switch e := e.(type) {
	case algebra.Var:
		if slot, ok := s.lookup(string(e)); ok {
			return variable{c.x, slot}, nil
		}
		return missing{}, nil
	case algebra.Const:
		return constant{value.FromTerm(e.Term)}, nil
	case algebra.Exists:
		return c.compileExists(s, a, e)
	case algebra.Call:
		return c.compileCall(s, a, e)
	}
	return nil, unknownOperator(e)
}

func (c *compiler) compileCall(s *slots, a area, e algebra.Call) (expr, error) {
	if quick, ok, err := c.compareIRI(s, e); ok || err != nil {
		return quick, err
	}
	args := make([]expr, len(e.Args))
	for i, arg := range e.Args {
		var err error
		if args[i], err = c.compileExpr(s, a, arg); err != nil {
			return nil, err
		}
	}
	switch e.Function {
	case "||":
		return logical{args[0], args[1], true}, nil
	case "&&":
		return logical{args[0], args[1], false}, nil
	case "!":
		return not{args[0]}, nil
	case "BOUND":
		slot := -1
		if v, ok := e.Args[0].(algebra.Var); ok {
			if found, ok := s.lookup(string(v)); ok {
				slot = found
			}
		}
		return bound{slot}, nil
	case "IF":
		return conditional{args[0], args[1], args[2]}, nil
	case "COALESCE":
		return coalesce{args}, nil
	case "IN", "NOT IN":
		return in{args[0], args[1:], e.Function == "NOT IN"}, nil
	case "=", "!=", "<", "<=", ">", ">=":
		return comparison{e.Function, args[0], args[1]}, nil
	case "+", "-", "*", "/":
		if len(args) == 1 {
			fn := value.Plus
			if e.Function == "-" {
				fn = value.Negate
			}
			return sign{fn, args[0]}, nil
		}
		fn := map[string]func(a, b value.Value) (value.Value, error){
			"+": value.Add, "-": value.Subtract, "*": value.Multiply, "/": value.Divide,
		}[e.Function]
		return arithmetic{fn, args[0], args[1]}, nil
	}
	fn, ok := functions.Lookup(e.Function)
	switch {
	case !ok || fn.Eval == nil:
		return nil, fmt.Errorf("sparql: there is no function %s", e.Function)
	case len(args) < fn.Min || len(args) > fn.Max:
		return nil, fmt.Errorf("sparql: %s does not take %d arguments", e.Function, len(args))
	}
	return call{c.x, fn, args}, nil
}

// compareIRI compiles the comparison of a variable with an IRI.
func (c *compiler) compareIRI(s *slots, e algebra.Call) (expr, bool, error) {
	if e.Function != "=" && e.Function != "!=" {
		return nil, false, nil
	}
	v, isVar := e.Args[0].(algebra.Var)
	t, isConst := e.Args[1].(algebra.Const)
	if !isVar || !isConst {
		v, isVar = e.Args[1].(algebra.Var)
		t, isConst = e.Args[0].(algebra.Const)
	}
	if !isVar || !isConst || t.Term.Kind != graph.KindIRI {
		return nil, false, nil
	}
	slot, ok := s.lookup(string(v))
	if !ok {
		return nil, false, nil
	}
	id, err := c.x.id(c.ctx, t.Term)
	return sameIRI{slot, id, e.Function == "!="}, true, err
}
