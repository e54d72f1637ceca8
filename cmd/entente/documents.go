package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

func newDocuments(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "documents",
		Short: "List the documents in the graph",
		Args:  args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			find := func(ctx context.Context, view graph.View, _ *schema.Model) ([]facts.Document, error) {
				return facts.Documents(ctx, view)
			}
			return answer(a, c, find, a.printDocuments)
		},
	}
}

func (a *app) printDocuments(docs []facts.Document) {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	for _, d := range docs {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", schema.Compact(d.IRI), orUndated(d.Published), d.Name(), schema.Compact(d.Import))
	}
}
