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
			format, err := a.output("text", "json")
			if err != nil {
				return err
			}
			return a.reading(c, func(ctx context.Context, view graph.View) error {
				docs, err := facts.Documents(ctx, view)
				if err != nil {
					return err
				}
				if format == "json" {
					return a.printJSON(docs)
				}
				w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
				for _, d := range docs {
					fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", schema.Compact(d.IRI), orUndated(d.Published), d.Name(), schema.Compact(d.Import))
				}
				return w.Flush()
			})
		},
	}
}
