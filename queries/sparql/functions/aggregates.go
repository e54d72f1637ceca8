package functions

import (
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// An Aggregate is a set function: it makes one value of those that an
// expression has in the solutions of a group (section 18.5.1).
type Aggregate struct {
	Name   string // in upper case
	Help   string // what it does, in a line
	Clause string

	start func(o AggregateOptions) Accumulator
}

// AggregateOptions are what may stand beside an aggregate's argument.
type AggregateOptions struct {
	Distinct bool
	// Separator stands between the strings of GROUP_CONCAT; a space where the query says none.
	Separator string
}

// An Accumulator takes the values of a group one by one. One goroutine uses it at a time.
type Accumulator interface {
	// Add takes the value that the expression has in a solution. COUNT(*) takes any value for each.
	Add(v Value)

	// Fail takes the error that the expression is in a solution, as for an
	// unbound variable. COUNT and SAMPLE pass over it; all others have no value then.
	Fail(err error)

	// Result is the value of the group so far.
	Result() (Value, error)

	// Bytes is about how much memory was taken by what was added.
	Bytes() int64
}

// LookupAggregate returns the aggregate of a name in upper case.
func LookupAggregate(name string) (Aggregate, bool) {
	for _, a := range aggregates {
		if a.Name == name {
			return a, true
		}
	}
	return Aggregate{}, false
}

// Aggregates returns the rows in the order of the recommendation.
func Aggregates() []Aggregate { return append([]Aggregate(nil), aggregates...) }

// New starts an empty group.
func (a Aggregate) New(o AggregateOptions) Accumulator {
	acc := a.start(o)
	if o.Distinct {
		return &distinct{Accumulator: acc, seen: map[graph.Term]struct{}{}}
	}
	return acc
}

var aggregates = []Aggregate{
	{"COUNT", "Counts the solutions in which the argument has a value, or all of them.", "18.5.1.2", func(AggregateOptions) Accumulator { return &count{} }},
	{"SUM", "Adds numbers; of none it is 0.", "18.5.1.3", func(AggregateOptions) Accumulator { return &sum{total: value.Integer(0)} }},
	{"AVG", "Gives the mean of numbers; of none it is 0.", "18.5.1.4", func(AggregateOptions) Accumulator { return &average{sum{total: value.Integer(0)}} }},
	{"MIN", "Gives the value that ORDER BY puts first.", "18.5.1.5", func(AggregateOptions) Accumulator { return &extreme{sign: 1} }},
	{"MAX", "Gives the value that ORDER BY puts last.", "18.5.1.6", func(AggregateOptions) Accumulator { return &extreme{sign: -1} }},
	{"GROUP_CONCAT", "Puts strings together, with a separator between them.", "18.5.1.7", func(o AggregateOptions) Accumulator { return &groupConcat{separator: o.Separator} }},
	{"SAMPLE", "Gives any of the values.", "18.5.1.8", func(AggregateOptions) Accumulator { return &sample{} }},
}

// distinct passes each term on once.
type distinct struct {
	Accumulator
	seen  map[graph.Term]struct{}
	bytes int64
}

func (d *distinct) Add(v Value) {
	t := v.Term()
	if _, ok := d.seen[t]; ok {
		return
	}
	d.seen[t] = struct{}{}
	d.bytes += int64(len(t.Value)) + 100 // a Term and its place in the map
	d.Accumulator.Add(v)
}

func (d *distinct) Bytes() int64 { return d.bytes + d.Accumulator.Bytes() }

// failure keeps the first error of a group.
type failure struct{ err error }

func (f *failure) Fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

func (f *failure) Bytes() int64 { return 0 }

type count struct{ n int64 }

func (c *count) Add(Value)              { c.n++ }
func (c *count) Fail(error)             {}
func (c *count) Bytes() int64           { return 0 }
func (c *count) Result() (Value, error) { return value.Integer(c.n), nil }

type sum struct {
	failure
	total Value
	n     int64
}

func (s *sum) Add(v Value) {
	if s.err != nil {
		return
	}
	s.n++
	if !v.IsNumeric() {
		s.err = errNumber
		return
	}
	s.total, s.err = value.Add(s.total, v)
}

func (s *sum) Result() (Value, error) { return s.total, s.err }

type average struct{ sum }

func (a *average) Result() (Value, error) {
	if a.n == 0 || a.err != nil {
		return a.total, a.err
	}
	return value.Divide(a.total, value.Integer(a.n))
}

type extreme struct {
	failure
	sign int // 1 for the smallest
	best Value
}

func (e *extreme) Add(v Value) {
	if !e.best.Bound() || value.Order(v, e.best)*e.sign < 0 {
		e.best = v
	}
}

func (e *extreme) Result() (Value, error) {
	if e.err == nil && !e.best.Bound() {
		return Value{}, errEmpty
	}
	return e.best, e.err
}

const errEmpty = value.Error("a group without values")

type groupConcat struct {
	failure
	separator string
	text      strings.Builder
	started   bool
}

func (g *groupConcat) Add(v Value) {
	if v.Kind() != value.KindIRI && !v.IsLiteral() {
		g.Fail(value.Error("a blank node or triple term has no text"))
	}
	if g.err != nil {
		return
	}
	if g.started {
		g.text.WriteString(g.separator)
	}
	g.started = true
	g.text.WriteString(v.Term().Value)
}

func (g *groupConcat) Bytes() int64           { return int64(g.text.Len()) }
func (g *groupConcat) Result() (Value, error) { return value.String(g.text.String()), g.err }

type sample struct{ any Value }

func (s *sample) Fail(error)   {}
func (s *sample) Bytes() int64 { return 0 }

func (s *sample) Add(v Value) {
	if !s.any.Bound() {
		s.any = v
	}
}

func (s *sample) Result() (Value, error) {
	if !s.any.Bound() {
		return Value{}, errEmpty
	}
	return s.any, nil
}
