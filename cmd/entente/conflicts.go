package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/schema"
)

func newConflicts(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "conflicts",
		Short: "List claims that cannot all be true, each with its sentence and who says so",
		Long: `List claims that cannot all be true: two holders of one office at a time, a member and no member, relations that exclude each other,
dates and places that differ, ends before beginnings, one person for two states. Nothing is left out of the graph for that; entente review reject
and correct say what was read wrong.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			find := func(ctx context.Context, view graph.View, model *schema.Model) ([]importers.Contradiction, error) {
				found, err := importers.Contradictions(ctx, view, model)
				if found == nil {
					found = []importers.Contradiction{}
				}
				return found, err
			}
			return answer(a, c, find, a.printConflicts)
		},
	}
}

func (a *app) printConflicts(found []importers.Contradiction) {
	for i, c := range found {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		fmt.Fprintf(a.stdout, "%s  %s  %s\n", c.ID, c.Kind, c.Title)
		for _, claim := range c.Claims {
			fmt.Fprintf(a.stdout, "  %s   %s\n", claim.Says, schema.Compact(claim.Report))
			for _, s := range claim.Sentences {
				for _, line := range wrapText("“"+strings.Join(strings.Fields(s), " ")+"”", textColumns-6) {
					fmt.Fprintf(a.stdout, "      %s\n", line)
				}
			}
			source := claim.Source + "; published " + cmp.Or(claim.Published, "on an unknown day")
			if len(claim.Speakers) > 0 {
				source += "; said by " + strings.Join(claim.Speakers, ", ")
			}
			fmt.Fprintf(a.stdout, "      — %s\n", source)
		}
	}
}
