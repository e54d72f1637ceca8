package sparql

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
	"github.com/ententegraph/entente/queries/sparql/engine"
)

// Stages are what [Query.Explain] can show: the query as it was read, its
// algebra as section 18 has it, the plan with the rows that are expected, and
// the plan with the rows and times of a run.
func Stages() []string { return []string{"parsed", "algebra", "plan", "analyze"} }

// A Step is an operator of a plan: what it does, the rows that are expected
// and, of a run that was measured, the true ones and the time spent in it and below.
type Step = engine.Node

// Plan shows what the engine does over a dataset, from the last step to the
// first ones; measured runs the query to its end.
func (q *Query) Plan(ctx context.Context, d graph.Dataset, measured bool) (*Step, error) {
	o := q.engineOptions()
	o.Measure = measured
	op, err := q.operator(ctx, d)
	if err != nil {
		return nil, err
	}
	plan, err := engine.New(ctx, d, op, o)
	if err != nil {
		return nil, err
	}
	if measured {
		for _, err := range plan.Rows(ctx, nil) {
			if err != nil {
				return nil, err
			}
		}
	}
	return plan.Explain(), nil
}

// Explain shows a stage of the query over a dataset; analyze runs it to its end.
func (q *Query) Explain(ctx context.Context, d graph.Dataset, stage string) (string, error) {
	switch stage {
	case "parsed":
		return q.Tree.String(), nil
	case "algebra":
		return algebra.FormatQuery(q.Algebra), nil
	case "plan", "analyze":
	default:
		return "", fmt.Errorf("sparql: nothing is called %q that explains a query; there are %s", stage, strings.Join(Stages(), ", "))
	}
	plan, err := q.Plan(ctx, d, stage == "analyze")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	write(&b, plan, 0, stage == "analyze")
	return b.String(), nil
}

// write prints an operator and those below it, one a line.
func write(b *strings.Builder, n *engine.Node, depth int, measured bool) {
	if n == nil {
		return
	}
	fmt.Fprintf(b, "%s%s  ~%.0f rows", strings.Repeat("  ", depth), n.Operator, n.Estimate)
	if measured {
		fmt.Fprintf(b, ", %d in truth, %s", n.Rows, n.Time.Round(time.Microsecond))
	}
	b.WriteByte('\n')
	for _, in := range n.Inputs {
		write(b, in, depth+1, measured)
	}
}
