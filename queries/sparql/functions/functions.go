// Package functions is the table of SPARQL's operators, functions, casts and
// aggregates: one row for each, with its name, how many arguments it takes, its
// evaluation, a line of help, and the clause that defines it (SPARQL 1.1
// section 17, and what SPARQL 1.2 adds).
//
//	f, ok := functions.Lookup("STRLEN")
//	v, err := f.Eval(env, []value.Value{value.String("Yerevan")}) // 7
//
// A new function is a row in the table of its file, and nothing else.
package functions

import (
	"crypto/rand"
	"math/big"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/regex"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// Value is short for the values that functions take and give.
type Value = value.Value

// A Function is a row of the table.
type Function struct {
	// Name is an operator as it is written, the name of a built-in function in
	// upper case, or the IRI of a function or a cast.
	Name string

	// Min and Max are how many arguments it takes; Max is Many where there is no end.
	Min, Max int

	// Eval computes the value of arguments of that number, all of them bound.
	// It is nil for functional forms, whose arguments may be errors (section
	// 17.4.1): the evaluator of expressions knows them by name.
	Eval func(env *Env, args []Value) (Value, error)

	// Varies tells that equal arguments may give other values: a call is not constant.
	Varies bool

	Help   string // what it does, in a line
	Clause string // of the recommendation, as "17.4.3.2"
}

// Many is the Max of functions that take any number of arguments.
const Many = 1 << 30

// Lookup returns the function of a name: an operator, a built-in in upper case,
// or an IRI.
func Lookup(name string) (Function, bool) {
	f, ok := byName[name]
	return f, ok
}

// All returns the rows in the order of the recommendation.
func All() []Function { return slices.Clone(table) }

var (
	table  = slices.Concat(operators, forms, terms, triples, stringFunctions, numbers, times, hashes, casts, texts)
	byName = index(table)
)

func index(rows []Function) map[string]Function {
	m := make(map[string]Function, len(rows))
	for _, f := range rows {
		m[f.Name] = f
	}
	return m
}

// An Env is what functions know of the query that calls them. One goroutine
// uses it at a time.
type Env struct {
	// Now is the one time that NOW gives throughout a query.
	Now time.Time

	// Base resolves relative IRIs that IRI makes; "" where there is none.
	Base string

	// Blank returns the blank node that BNODE stands for: a new one at each call
	// when named is false, and otherwise the one that the label has in the
	// present solution (section 17.4.2.9).
	Blank func(label string, named bool) graph.Term

	// Random is where RAND and UUID take their numbers from.
	Random *mathrand.Rand

	patterns map[patternKey]compiled
}

// NewEnv returns the Env of a query that starts at a time. Its blank nodes are
// new at every call; evaluators that keep solutions apart set Blank themselves.
func NewEnv(now time.Time) *Env {
	var seed [32]byte
	rand.Read(seed[:]) // which never fails
	random := mathrand.New(mathrand.NewChaCha8(seed))
	return &Env{
		Now: now, Random: random,
		Blank: func(string, bool) graph.Term {
			return graph.Blank("b" + big.NewInt(0).SetUint64(random.Uint64()).Text(36))
		},
	}
}

// PerSolution returns a copy of e whose BNODE(label) is one blank node until
// named is cleared, as evaluators do for each solution.
func (e *Env) PerSolution(named map[string]graph.Term) *Env {
	out := *e
	prefix := graph.Blank("b" + big.NewInt(0).SetUint64(e.Random.Uint64()).Text(36) + "x")
	made := 0
	out.Blank = func(label string, isNamed bool) graph.Term {
		if t, ok := named[label]; ok && isNamed {
			return t
		}
		made++
		t := graph.Blank(prefix.Value + strconv.Itoa(made))
		if isNamed {
			named[label] = t
		}
		return t
	}
	return &out
}

type patternKey struct{ pattern, flags string }

type compiled struct {
	pattern *regex.Pattern
	err     error
}

// mostPatterns bounds the compiled patterns that an Env keeps.
const mostPatterns = 64

// pattern compiles a regular expression, once for each that a query uses.
func (e *Env) pattern(pattern, flags string) (*regex.Pattern, error) {
	key := patternKey{pattern, flags}
	if c, ok := e.patterns[key]; ok {
		return c.pattern, c.err
	}
	if e.patterns == nil || len(e.patterns) >= mostPatterns {
		e.patterns = make(map[patternKey]compiled, 4) // patterns made of data would fill it for ever
	}
	p, err := regex.Compile(pattern, flags)
	e.patterns[key] = compiled{p, err}
	return p, err
}

// The causes of failure that many functions share.
const (
	errString  = value.Error("an argument that is not a string")
	errPlain   = value.Error("an argument that is not a string without a language")
	errLiteral = value.Error("an argument that is not a literal")
	errNumber  = value.Error("an argument that is not a number")
	errIRI     = value.Error("an argument that is not an IRI")
)
