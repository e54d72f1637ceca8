package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

func newWhy(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "why STATEMENT",
		Short: "Show the sentences that a statement rests on",
		Long: `Show the sentences that a statement rests on, with document, speaker and date.
STATEMENT is the id of a tenure, relation, event or report, as show -o json and queries give it.`,
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			find := func(ctx context.Context, view graph.View, model *schema.Model) (*facts.Fact, error) {
				f, err := facts.Why(ctx, view, model, schema.Expand(words[0]))
				if err == nil && f == nil {
					err = usageError{fmt.Errorf("no statement has the id %s; entente show THING -o json prints ids", words[0])}
				}
				return f, err
			}
			return answer(a, c, find, a.printWhy)
		},
	}
	timeFlags(c)
	return c
}

func (a *app) printWhy(f *facts.Fact) {
	fmt.Fprintf(a.stdout, "%s   %s   %s\n", f.Title, f.Kind, schema.Compact(f.IRI))
	for _, part := range f.Parts {
		fmt.Fprintf(a.stdout, "  %-14s%s   %s\n", part.Role, part.Label, schema.Compact(part.IRI))
	}
	for _, row := range [][2]string{
		{"date", f.Date.String()}, {"from", f.From.String()}, {"until", f.Until.String()},
		{"PLOVER", f.Plover}, {"CAMEO", f.Cameo},
	} {
		if row[1] != "" {
			fmt.Fprintf(a.stdout, "  %-14s%s\n", row[0], row[1])
		}
	}
	p := factPrinter{w: a.stdout}
	for _, e := range f.Evidence {
		p.heading(fmt.Sprintf("%s   %s, %s, %s", schema.Compact(e.Report), e.Polarity, e.Modality, e.Assertion))
		p.evidence(e, "  ")
	}
}
