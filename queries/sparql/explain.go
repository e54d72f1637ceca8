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
	o := q.engineOptions()
	o.Measure = stage == "analyze"
	op, err := q.operator(ctx, d)
	if err != nil {
		return "", err
	}
	plan, err := engine.New(ctx, d, op, o)
	if err != nil {
		return "", err
	}
	if o.Measure {
		for _, err := range plan.Rows(ctx, nil) {
			if err != nil {
				return "", err
			}
		}
	}
	var b strings.Builder
	write(&b, plan.Explain(), 0, o.Measure)
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
