// Package sparql asks datasets SPARQL queries (SPARQL 1.1, and what of 1.2
// package syntax reads).
//
// [Prepare] reads a text into a [Query], [Query.Run] gives its [Results], which
// stream: solutions of SELECT, triples of CONSTRUCT and DESCRIBE, a truth value
// of ASK. [Query.Explain] shows what the engine does with it. The packages
// below are the stages: syntax, algebra, engine; package reference evaluates
// the same algebra plainly, to compare with.
//
//	query, err := sparql.Prepare("SELECT ?s { ?s a ent:State }", sparql.Options{Prefixes: schema.Prefixes()})
//	results, err := query.Run(ctx, view)
//	for row, err := range results.Rows { … } // a term for each of results.Vars
package sparql

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/engine"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// ErrMemory is wrapped by the error of a query that needs more memory than it may have.
var ErrMemory = engine.ErrMemory

// DefaultMemory bounds, in bytes, what a query holds where Options say nothing.
const DefaultMemory = 256 << 20

// Options say how a query is read and run.
type Options struct {
	Name     string            // of the text, for messages
	Base     string            // that relative IRIs are resolved against
	Prefixes map[string]string // that need no PREFIX

	// Dataset takes the place of what the query says with FROM and FROM NAMED,
	// as default-graph-uri and named-graph-uri do in the protocol; nil for none.
	Dataset *algebra.DatasetClause
	// UnionDefault makes the default graph, where nothing says what it is, the merge of all graphs.
	UnionDefault bool

	Memory int64 // bytes that the query may hold; 0 for DefaultMemory, negative for no limit
	Rows   int64 // solutions or triples given back, of those found; 0 or less for all
	// Now is what NOW() gives; the zero Time for the time of the run.
	Now time.Time
	// Service evaluates SERVICE; nil refuses it.
	Service engine.ServiceFunc
}

// A ServiceFunc evaluates the pattern of a SERVICE clause elsewhere.
type ServiceFunc = engine.ServiceFunc

// A Query is a query that was read. It may be run many times, and at once.
type Query struct {
	Tree    *syntax.Query
	Algebra *algebra.Query
	options Options
}

// Prepare reads a query. The error of a text that is none is a [*syntax.Error].
func Prepare(text string, o Options) (*Query, error) {
	tree, err := syntax.Parse(text, syntax.Options{Name: o.Name, Base: o.Base, Prefixes: o.Prefixes})
	if err != nil {
		return nil, err
	}
	return PrepareTree(tree, o), nil
}

// PrepareTree makes a query of a tree.
func PrepareTree(tree *syntax.Query, o Options) *Query {
	q := &Query{Tree: tree, Algebra: algebra.Translate(tree), options: o}
	if o.Dataset != nil {
		q.Algebra.Dataset = o.Dataset
	}
	return q
}

// Kind tells what a query gives.
type Kind uint8

// The kinds of results.
const (
	Solutions Kind = iota // of SELECT
	Boolean               // of ASK
	Triples               // of CONSTRUCT and DESCRIBE
)

// Results are what a query found. Rows and Quads are read once, while the
// dataset is open; they end with the error of the query or of its context.
type Results struct {
	Kind  Kind
	Vars  []string                       // of Solutions
	Rows  iter.Seq2[[]graph.Term, error] // of Solutions: a term for each variable, zero where unbound; valid until the next
	Bool  bool                           // of Boolean
	Quads iter.Seq2[graph.Quad, error]   // of Triples: each once, in the default graph
	cut   bool
}

// Cut reports, once all was read, whether Options.Rows cut more off.
func (r *Results) Cut() bool { return r.cut }

// Kind tells what the query gives.
func (q *Query) Kind() Kind {
	switch q.Algebra.Form {
	case syntax.Select:
		return Solutions
	case syntax.Ask:
		return Boolean
	}
	return Triples
}

// engineOptions are those of one run.
func (q *Query) engineOptions() engine.Options {
	now := q.options.Now
	if now.IsZero() {
		now = time.Now()
	}
	env := functions.NewEnv(now)
	env.Base = q.Tree.Base
	if env.Base == "" {
		env.Base = q.options.Base
	}
	memory := q.options.Memory
	switch {
	case memory == 0:
		memory = DefaultMemory
	case memory < 0:
		memory = 0
	}
	return engine.Options{
		Dataset: q.Algebra.Dataset, UnionDefault: q.options.UnionDefault, Env: env, Memory: memory, Service: q.options.Service,
	}
}

// Run asks a dataset. ASK is answered when it returns; all else when the results are read.
func (q *Query) Run(ctx context.Context, d graph.Dataset) (*Results, error) {
	op, err := q.operator(ctx, d)
	if err != nil {
		return nil, err
	}
	plan, err := engine.New(ctx, d, op, q.engineOptions())
	if err != nil {
		return nil, err
	}
	out := &Results{Kind: q.Kind()}
	switch q.Algebra.Form {
	case syntax.Select:
		out.Vars = q.Algebra.Vars
		out.Rows = limit(plan.Rows(ctx, out.Vars), q.options.Rows, &out.cut)
	case syntax.Ask:
		for _, err := range plan.Rows(ctx, nil) {
			out.Bool = err == nil
			return out, err
		}
	case syntax.Construct:
		out.Quads = limit(q.construct(ctx, plan), q.options.Rows, &out.cut)
	case syntax.Describe:
		out.Quads = limit(q.describe(ctx, d, plan), q.options.Rows, &out.cut)
	default:
		return nil, fmt.Errorf("sparql: no such form of query: %d", q.Algebra.Form)
	}
	return out, nil
}

// limit ends a sequence behind n values and notes whether there were more.
func limit[T any](seq iter.Seq2[T, error], n int64, cut *bool) iter.Seq2[T, error] {
	if n <= 0 {
		return seq
	}
	return func(yield func(T, error) bool) {
		given := int64(0)
		for v, err := range seq {
			if err == nil && given == n {
				*cut = true
				return
			}
			given++
			if !yield(v, err) {
				return
			}
		}
	}
}
