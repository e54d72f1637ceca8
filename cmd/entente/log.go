package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/schema"
)

func newLog(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "List what was done to the graph, by whom and when: imports, removals, judgements, and what was undone",
		Args:  args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			find := func(ctx context.Context, view graph.View, _ *schema.Model) ([]importers.Entry, error) {
				return importers.Log(ctx, view)
			}
			return answer(a, c, find, a.printLog)
		},
	}
}

func (a *app) printLog(entries []importers.Entry) {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	for _, e := range entries {
		remark := ""
		if e.Undone {
			remark = "[undone]"
		}
		if e.Judgement != nil && e.Judgement.Reason != "" {
			remark += "  because: " + e.Judgement.Reason
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", e.When.Format("2006-01-02 15:04"), e.By, e.Did, e.ID, e.What, remark)
	}
}
