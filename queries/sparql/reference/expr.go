package reference

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// fatal reports whether an error is none that expressions have as a result.
func fatal(err error) bool {
	var ordinary value.Error
	return err != nil && !errors.As(err, &ordinary)
}

// holds reports whether a filter is true of a solution; an error is not (section 17.2).
func (e *Evaluator) holds(ctx context.Context, in scope, mu Solution, filter algebra.Expr) (bool, error) {
	if filter == nil {
		return true, nil
	}
	ok, err := e.boolean(ctx, in, mu, filter)
	if fatal(err) {
		return false, err
	}
	return ok && err == nil, nil
}

func (e *Evaluator) boolean(ctx context.Context, in scope, mu Solution, x algebra.Expr) (bool, error) {
	v, err := e.value(ctx, in, mu, x)
	if err != nil {
		return false, err
	}
	return v.Effective()
}

func (e *Evaluator) term(ctx context.Context, in scope, mu Solution, x algebra.Expr) (graph.Term, error) {
	v, err := e.value(ctx, in, mu, x)
	if err != nil {
		return graph.Term{}, err
	}
	return v.Term(), nil
}

// value evaluates an expression (section 17).
func (e *Evaluator) value(ctx context.Context, in scope, mu Solution, x algebra.Expr) (value.Value, error) {
	switch x := x.(type) {
	case algebra.Var:
		t, ok := mu[string(x)]
		if !ok {
			t, ok = in.outer[string(x)]
		}
		if !ok {
			return value.Value{}, value.Error("unbound")
		}
		return value.FromTerm(t), nil
	case algebra.Const:
		return value.FromTerm(x.Term), nil
	case algebra.Exists:
		inside := scope{graph: in.graph, outer: merge(in.outer, mu)}
		solutions, err := e.eval(ctx, inside, x.Input)
		if err != nil {
			return value.Value{}, err
		}
		found := slices.ContainsFunc(solutions, func(s Solution) bool { return compatible(s, inside.outer) })
		return value.Boolean(found != x.Not), nil
	case algebra.Call:
		return e.call(ctx, in, mu, x)
	}
	return value.Value{}, value.Error("no such expression")
}

func (e *Evaluator) call(ctx context.Context, in scope, mu Solution, x algebra.Call) (value.Value, error) {
	switch x.Function {
	case "||", "&&":
		return e.logical(ctx, in, mu, x)
	case "!":
		b, err := e.boolean(ctx, in, mu, x.Args[0])
		return value.Boolean(!b), err
	case "BOUND":
		_, err := e.value(ctx, in, mu, x.Args[0])
		return value.Boolean(err == nil), nil
	case "IF":
		b, err := e.boolean(ctx, in, mu, x.Args[0])
		switch {
		case err != nil:
			return value.Value{}, err
		case b:
			return e.value(ctx, in, mu, x.Args[1])
		}
		return e.value(ctx, in, mu, x.Args[2])
	case "COALESCE":
		for _, a := range x.Args {
			if v, err := e.value(ctx, in, mu, a); err == nil || fatal(err) {
				return v, err
			}
		}
		return value.Value{}, value.Error("no argument of COALESCE has a value")
	case "IN", "NOT IN":
		return e.in(ctx, in, mu, x)
	}
	args := make([]value.Value, len(x.Args))
	for i, a := range x.Args {
		var err error
		if args[i], err = e.value(ctx, in, mu, a); err != nil {
			return value.Value{}, err
		}
	}
	return e.apply(x.Function, args)
}

// logical is || and && with errors (section 17.2, table of truth values).
func (e *Evaluator) logical(ctx context.Context, in scope, mu Solution, x algebra.Call) (value.Value, error) {
	decides := x.Function == "||"
	a, errA := e.boolean(ctx, in, mu, x.Args[0])
	b, errB := e.boolean(ctx, in, mu, x.Args[1])
	switch {
	case fatal(errA), fatal(errB):
		return value.Value{}, errors.Join(errA, errB)
	case errA == nil && a == decides, errB == nil && b == decides:
		return value.Boolean(decides), nil
	case errA != nil:
		return value.Value{}, errA
	}
	return value.Boolean(!decides), errB
}

// in is IN and NOT IN (sections 17.4.1.9 and 17.4.1.10).
func (e *Evaluator) in(ctx context.Context, in scope, mu Solution, x algebra.Call) (value.Value, error) {
	a, err := e.value(ctx, in, mu, x.Args[0])
	if err != nil {
		return value.Value{}, err
	}
	not := x.Function == "NOT IN"
	var failed error
	for _, item := range x.Args[1:] {
		b, err := e.value(ctx, in, mu, item)
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
			return value.Boolean(!not), nil
		}
	}
	return value.Boolean(not), failed
}

// apply applies an operator or a function (section 17.3).
func (e *Evaluator) apply(name string, args []value.Value) (value.Value, error) {
	compared := func(fits func(c int) bool) (value.Value, error) {
		c, err := value.Compare(args[0], args[1])
		return value.Boolean(fits(c)), err
	}
	switch name {
	case "=", "!=":
		equal, err := value.Equal(args[0], args[1])
		return value.Boolean(equal == (name == "=")), err
	case "<":
		return compared(func(c int) bool { return c < 0 })
	case "<=":
		return compared(func(c int) bool { return c <= 0 })
	case ">":
		return compared(func(c int) bool { return c > 0 })
	case ">=":
		return compared(func(c int) bool { return c >= 0 })
	case "*":
		return value.Multiply(args[0], args[1])
	case "/":
		return value.Divide(args[0], args[1])
	case "+":
		if len(args) == 1 {
			return value.Plus(args[0])
		}
		return value.Add(args[0], args[1])
	case "-":
		if len(args) == 1 {
			return value.Negate(args[0])
		}
		return value.Subtract(args[0], args[1])
	}
	fn, ok := functions.Lookup(name)
	switch {
	case !ok || fn.Eval == nil:
		return value.Value{}, fmt.Errorf("reference: there is no function %s", name)
	case len(args) < fn.Min || len(args) > fn.Max:
		return value.Value{}, fmt.Errorf("reference: %s does not take %d arguments", name, len(args))
	}
	return fn.Eval(e.env, args)
}
