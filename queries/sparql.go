package queries

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// countedRows is how many rows beyond the limit are counted before it is said
// that there are more.
const countedRows = 100_000

// runSPARQL runs a query on the caller's goroutine. Solutions become rows of
// terms, triples rows of subject, predicate and object, and the answer of ASK
// an emitted value.
func (e *Engine) runSPARQL(ctx context.Context, r Request, limits Limits, yield func(Row) error) (*Result, error) {
	query, err := e.prepareSPARQL(r, limits)
	if err != nil {
		return nil, err
	}
	view, err := e.Views()
	if err != nil {
		return nil, fmt.Errorf("queries: %w", err)
	}
	defer view.Close()
	b, release := newBudget(ctx, limits)
	defer release()
	result := &Result{prefixes: e.Prefixes}
	err = e.collectSPARQL(b, query, view, result, yield)
	result.Total = b.found.Load()
	result.Elapsed = time.Since(b.started)
	return result, err
}

// prepareSPARQL parses a query and gives its variables the values of the parameters.
func (e *Engine) prepareSPARQL(r Request, limits Limits) (*sparql.Query, error) {
	if err := checkText(r.Text); err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(r.Text, syntax.Options{Prefixes: e.Prefixes})
	if err != nil {
		return nil, sparqlSyntaxError(err)
	}
	if err := bindParams(tree, r.Params); err != nil {
		return nil, err
	}
	return sparql.PrepareTree(tree, sparql.Options{Memory: limits.Memory, Service: e.Service}), nil
}

// collectSPARQL hands over the rows of a query, and words what stopped it.
func (e *Engine) collectSPARQL(b *budget, q *sparql.Query, view graph.View, result *Result, yield func(Row) error) (failure error) {
	var refused error // of yield
	defer func() {
		if x := recover(); x != nil {
			failure = &Error{Kind: KindRuntime, Message: fmt.Sprintf("internal failure: %v", x),
				cause: fmt.Errorf("%v\n%s", x, debug.Stack())}
		}
		switch {
		case refused != nil:
			failure = refused
		case errors.Is(failure, sparql.ErrMemory):
			b.stop(errMemory)
			failure = b.reason()
		case failure != nil && b.stopped():
			failure = b.reason()
		case failure != nil && !errors.As(failure, new(*Error)):
			failure = &Error{Kind: KindRuntime, Message: failure.Error(), cause: failure}
		}
	}()
	found, err := q.Run(b.ctx, view)
	if err != nil {
		return err
	}
	take := func(row Row) bool {
		n := b.found.Add(1)
		if b.limits.Rows >= 0 && n > int64(b.limits.Rows) {
			result.More = n >= int64(b.limits.Rows)+countedRows
			return !result.More
		}
		if refused = yield(row); refused == nil {
			result.Count++
		}
		return refused == nil
	}
	hints := func(nothing string) {
		result.Warnings = hinter{b.ctx, view, e, e.Prefixes, nothing}.sparql(q.Algebra)
	}
	switch found.Kind {
	case sparql.Boolean:
		result.Columns = []string{"value"}
		take(Row{Value: found.Bool})
		if !found.Bool {
			hints("false")
		}
	case sparql.Triples:
		result.Columns = []string{"subject", "predicate", "object"}
		for quad, err := range found.Quads {
			if err != nil {
				return err
			}
			if !take(Row{Terms: map[string]graph.Term{"subject": quad.Subject, "predicate": quad.Predicate, "object": quad.Object}}) {
				break
			}
		}
	default:
		result.Columns = slices.Clone(found.Vars)
		for terms, err := range found.Rows {
			if err != nil {
				return err
			}
			row := Row{Terms: make(map[string]graph.Term, len(terms))}
			for i, t := range terms {
				if !t.IsZero() {
					row.Terms[found.Vars[i]] = t
				}
			}
			if !take(row) {
				break
			}
		}
	}
	if b.found.Load() == 0 {
		hints("0 rows")
	}
	return nil
}

// sparqlSyntaxError words the error of a text that is no query.
func sparqlSyntaxError(err error) *Error {
	out := &Error{Kind: KindSyntax, Message: err.Error(), cause: err}
	var at *syntax.Error
	if errors.As(err, &at) {
		out.Line, out.Column = at.Pos.Line, at.Pos.Column
		out.Message = strings.TrimPrefix(at.Short(), fmt.Sprintf("%d:%d: ", at.Pos.Line, at.Pos.Column))
	}
	return out
}

// bindParams binds variables of the query's outermost pattern to parameters of
// the same name; a list binds one to each of its values.
func bindParams(tree *syntax.Query, params map[string]any) error {
	if tree.Where == nil || len(params) == 0 {
		return nil
	}
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	var given []syntax.Element
	for _, name := range names {
		list, isList := params[name].([]any)
		if !isList {
			list = []any{params[name]}
		}
		values := &syntax.Values{Vars: []string{name}}
		for _, p := range list {
			if p == nil {
				values.Rows = append(values.Rows, []graph.Term{{}})
				continue
			}
			t, ok := paramTerm(p)
			if !ok {
				return &Error{Kind: KindRequest, Message: fmt.Sprintf("the parameter %s has a value that is no term: %v (%T)", name, p, p)}
			}
			values.Rows = append(values.Rows, []graph.Term{t})
		}
		given = append(given, values)
	}
	tree.Where.Elements = append(given, tree.Where.Elements...)
	return nil
}

// paramTerm returns the term of a parameter's value.
func paramTerm(v any) (graph.Term, bool) {
	switch v := v.(type) {
	case graph.Term:
		return v, !v.IsZero()
	case string:
		return graph.String(v), true
	case bool:
		return graph.Typed(strconv.FormatBool(v), xsdBoolean), true
	case int64:
		return graph.Typed(strconv.FormatInt(v, 10), xsdInteger), true
	case float64:
		if n := int64(v); float64(n) == v {
			return graph.Typed(strconv.FormatInt(n, 10), xsdInteger), true
		}
		return graph.Typed(graph.CanonicalFloat(v, 64), xsd+"double"), true
	}
	return graph.Term{}, false
}
