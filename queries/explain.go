package queries

import (
	"context"
	"errors"
	"fmt"

	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// A Step is an operator of a query's plan, with those below it as its inputs.
type Step = sparql.Step

// Explain runs a query to its end, under the limits of time and memory, and
// shows what the engine did: the rows expected and found, and the time. Only
// SPARQL has plans.
func (e *Engine) Explain(ctx context.Context, r Request) (*Step, error) {
	if r.Language != "sparql" {
		return nil, &Error{Kind: KindRequest, Message: "only SPARQL queries have a plan; a " + r.Language + " script runs step by step as it is written"}
	}
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
	view, err := e.Views()
	if err != nil {
		return nil, fmt.Errorf("queries: %w", err)
	}
	defer view.Close()
	limits := e.limits(r.Limits)
	b, release := newBudget(ctx, limits)
	defer release()
	plan, err := sparql.PrepareTree(tree, sparql.Options{Memory: limits.Memory, Service: e.Service}).Plan(b.ctx, view, true)
	switch {
	case errors.Is(err, sparql.ErrMemory):
		b.stop(errMemory)
		return nil, b.reason()
	case err != nil && b.stopped():
		return nil, b.reason()
	case err != nil:
		return nil, &Error{Kind: KindRuntime, Message: err.Error(), cause: err}
	}
	return plan, nil
}
