package functions

import "github.com/ententegraph/entente/queries/sparql/value"

// operators are those of section 17.3 that want values of all their arguments.
var operators = []Function{
	{Name: "=", Min: 2, Max: 2, Eval: equal(true), Help: "Tells whether two values are equal.", Clause: "17.3"},
	{Name: "!=", Min: 2, Max: 2, Eval: equal(false), Help: "Tells whether two values are unequal.", Clause: "17.3"},
	{Name: "<", Min: 2, Max: 2, Eval: compare(func(c int) bool { return c < 0 }), Help: "Tells whether a value is smaller than another.", Clause: "17.3"},
	{Name: ">", Min: 2, Max: 2, Eval: compare(func(c int) bool { return c > 0 }), Help: "Tells whether a value is larger than another.", Clause: "17.3"},
	{Name: "<=", Min: 2, Max: 2, Eval: compare(func(c int) bool { return c <= 0 }), Help: "Tells whether a value is at most another.", Clause: "17.3"},
	{Name: ">=", Min: 2, Max: 2, Eval: compare(func(c int) bool { return c >= 0 }), Help: "Tells whether a value is at least another.", Clause: "17.3"},
	{Name: "+", Min: 1, Max: 2, Eval: signOr(value.Plus, value.Add), Help: "Adds numbers, durations, or a time and a duration.", Clause: "17.3"},
	{Name: "-", Min: 1, Max: 2, Eval: signOr(value.Negate, value.Subtract), Help: "Subtracts numbers, durations, or times; of one number, turns the sign.", Clause: "17.3"},
	{Name: "*", Min: 2, Max: 2, Eval: binary(value.Multiply), Help: "Multiplies numbers, or a duration and a number.", Clause: "17.3"},
	{Name: "/", Min: 2, Max: 2, Eval: binary(value.Divide), Help: "Divides numbers, or a duration by a number; of integers it gives a decimal.", Clause: "17.3"},
	{Name: "!", Min: 1, Max: 1, Eval: not, Help: "Tells whether a value is not true.", Clause: "17.3"},
}

// forms have arguments that may be errors or unbound; evaluators know them by name.
var forms = []Function{
	{Name: "||", Min: 2, Max: 2, Help: "Tells whether either is true; an error matters only where the other is not true.", Clause: "17.4.1.5"},
	{Name: "&&", Min: 2, Max: 2, Help: "Tells whether both are true; an error matters only where the other is not false.", Clause: "17.4.1.6"},
	{Name: "BOUND", Min: 1, Max: 1, Help: "Tells whether a variable has a value.", Clause: "17.4.1.1"},
	{Name: "IF", Min: 3, Max: 3, Help: "Gives the second argument where the first is true, and otherwise the third.", Clause: "17.4.1.2"},
	{Name: "COALESCE", Min: 0, Max: Many, Help: "Gives the first argument that is neither unbound nor an error.", Clause: "17.4.1.3"},
	{Name: "EXISTS", Min: 1, Max: 1, Help: "Tells whether a pattern matches.", Clause: "17.4.1.4"},
	{Name: "NOT EXISTS", Min: 1, Max: 1, Help: "Tells whether a pattern does not match.", Clause: "17.4.1.4"},
	{Name: "IN", Min: 1, Max: Many, Help: "Tells whether the first is equal to one of the others.", Clause: "17.4.1.9"},
	{Name: "NOT IN", Min: 1, Max: Many, Help: "Tells whether the first is equal to none of the others.", Clause: "17.4.1.10"},
}

func equal(want bool) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		same, err := value.Equal(args[0], args[1])
		return value.Boolean(same == want), err
	}
}

func compare(holds func(int) bool) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		c, err := value.Compare(args[0], args[1])
		if err != nil && args[0].IsNumeric() && args[1].IsNumeric() {
			return value.Boolean(false), nil // a NaN is neither smaller nor larger (op:numeric-less-than)
		}
		return value.Boolean(holds(c)), err
	}
}

func binary(f func(a, b Value) (Value, error)) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) { return f(args[0], args[1]) }
}

func unary(f func(Value) (Value, error)) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) { return f(args[0]) }
}

func signOr(sign func(Value) (Value, error), f func(a, b Value) (Value, error)) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		if len(args) == 1 {
			return sign(args[0])
		}
		return f(args[0], args[1])
	}
}

func not(_ *Env, args []Value) (Value, error) {
	b, err := args[0].Effective()
	return value.Boolean(!b), err
}
