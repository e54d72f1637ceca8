package queries

import (
	"context"
	"errors"
	"fmt"

	"github.com/ententegraph/entente/queries/sparql"
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
	limits := e.limits(r.Limits)
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
	plan, err := query.Plan(b.ctx, view, true)
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
