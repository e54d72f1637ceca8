package algebra

import "github.com/ententegraph/entente/queries/sparql/value"

// Functions are the functions and aggregates that a query can call, with what
// they know of it: the base for IRI(), the time for NOW().
type Functions interface {
	// Function returns the function of a name, in upper case or an IRI, for
	// as many arguments. It fails where there is none.
	Function(name string, args int) (Function, error)
	// Aggregate returns what makes the accumulators of an aggregate: one for
	// each group. DISTINCT is the caller's matter, as is COUNT(*).
	Aggregate(a Aggregate) (func() Accumulator, error)
	// NewSolution begins another solution: BNODE("x") is one blank node within each.
	NewSolution()
}

// A Function computes a value of values. Its error is a [value.Error] where
// the expression merely has no value.
type Function func(args []value.Value) (value.Value, error)

// An Accumulator gathers the values of a group.
type Accumulator interface {
	// Add takes the value of the aggregate's expression for one solution, or
	// the error that it gave.
	Add(v value.Value, err error)
	// Value returns the aggregate of what was added.
	Value() (value.Value, error)
}
