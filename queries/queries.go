// Package queries runs query texts in any of the supported languages under one
// set of limits of time, rows and memory, each over one snapshot of the store.
//
// An [Engine] runs a [Request] and gives a [Result], or an [*Error] that says
// what kind of failure it was and where in the text. Queries with parameters
// that are kept in files are [Saved] in a [Library].
//
//	engine := &queries.Engine{Views: store.View, Prefixes: schema.Prefixes()}
//	result, err := engine.Run(ctx, queries.Request{Language: "gizmo", Text: `g.V("state:ARM").Out("memberOf").All()`})
//	err = result.WriteJSON(os.Stdout)
package queries

import (
	"context"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql"
)

// Limits bound one query. A zero field of a request means the engine's limit,
// a zero field of the engine the default.
type Limits struct {
	Timeout time.Duration
	Rows    int   // rows given back; further ones are counted as a cut, not an error; negative: no limit
	Memory  int64 // bytes held by intermediate and final results
}

// The default limits.
const (
	DefaultTimeout = 30 * time.Second
	DefaultRows    = 10_000
	DefaultMemory  = 256 << 20
)

// or fills the zero fields of l from m.
func (l Limits) or(m Limits) Limits {
	if l.Timeout <= 0 {
		l.Timeout = m.Timeout
	}
	if l.Rows == 0 {
		l.Rows = m.Rows
	}
	if l.Memory <= 0 {
		l.Memory = m.Memory
	}
	return l
}

// A Request is a query text with its language, parameters and limits.
type Request struct {
	Language string // gizmo, sparql
	Text     string
	// Params are bound as values under the name params ($NAME is not spliced
	// into the text): strings, float64, int64, bool, graph.Term, nil, or slices
	// ([]any) of these. In SPARQL they are the values of the variables of their names.
	Params map[string]any
	Limits Limits
}

// An Engine runs queries. Its fields are set before the first use; its methods
// may be called from several goroutines at once.
type Engine struct {
	// Views opens a snapshot; the engine closes it.
	Views func() (graph.View, error)
	// Limits are the engine's own limits, used where a request sets none.
	Limits Limits
	// Prefixes maps the prefixes that need no declaration to namespaces.
	// Names without a prefix belong to the namespace of "".
	Prefixes map[string]string
	// Vocabulary maps the IRIs of the schema's terms to what people call them,
	// for labels and "did you mean"; may be nil.
	Vocabulary map[string]string
	// Lookup finds the things that a name or code means, for parameters and
	// hints; may be nil.
	Lookup func(ctx context.Context, view graph.View, name string) ([]graph.Term, error)
	// Service evaluates SERVICE in SPARQL; nil refuses it.
	Service sparql.ServiceFunc
	// Saved holds the saved queries; may be nil.
	Saved *Library
}

func (e *Engine) limits(r Limits) Limits {
	return r.or(e.Limits).or(Limits{Timeout: DefaultTimeout, Rows: DefaultRows, Memory: DefaultMemory})
}

// Languages lists the languages that [Engine.Run] takes.
func Languages() []string { return []string{"gizmo", "sparql"} }

// Run runs a query and collects its rows. When a limit stops it, or it fails
// midway, the error is an [*Error] and the result, if not nil, holds what was
// found until then.
func (e *Engine) Run(ctx context.Context, r Request) (*Result, error) {
	var rows []Row
	result, err := e.Each(ctx, r, func(row Row) error {
		rows = append(rows, row)
		return nil
	})
	if result != nil {
		result.Rows = rows
	}
	return result, err
}

// Each runs a query and hands each row to yield as it is found, on the
// caller's goroutine; the result has counts, columns and warnings but no rows.
// An error of yield stops the query and is returned as it is.
func (e *Engine) Each(ctx context.Context, r Request, yield func(Row) error) (*Result, error) {
	switch r.Language {
	case "gizmo":
		return e.runGizmo(ctx, r, e.limits(r.Limits), yield)
	case "sparql":
		return e.runSPARQL(ctx, r, e.limits(r.Limits), yield)
	}
	return nil, &Error{Kind: KindRequest, Message: "unknown query language " + quote(r.Language) + "; known: " + strings.Join(Languages(), ", ")}
}
