package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

func newShow(a *app) *cobra.Command {
	var brief bool
	c := &cobra.Command{
		Use:   "show THING",
		Short: "Show what is known of a thing, each fact with its sentence",
		Long: `Show what is known of a thing: names, positions, relations, events and what documents merely claim.
THING is any of its names ("Armenia", "CSTO", "Ararat Mirzoyan") or its id (state:ARM).`,
		Args: args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			find := func(ctx context.Context, view graph.View, model *schema.Model) (*facts.Description, error) {
				t, err := a.thing(ctx, view, strings.Join(words, " "))
				if err != nil {
					return nil, err
				}
				return facts.Describe(ctx, view, model, t.IRI)
			}
			return answer(a, c, find, func(d *facts.Description) { a.printDescription(d, brief) })
		},
	}
	c.Flags().BoolVar(&brief, "brief", false, "leave the sentences out")
	timeFlags(c)
	return c
}

func (a *app) printDescription(d *facts.Description, brief bool) {
	p := factPrinter{w: a.stdout, brief: brief}
	fmt.Fprintf(p.w, "%s   %s   %s\n", d.Label, strings.ToLower(d.Class), schema.Compact(d.IRI))
	if len(d.Names) > 1 {
		fmt.Fprintf(p.w, "also %s\n", strings.Join(d.Names[1:], ", "))
	}
	if d.Country != nil {
		fmt.Fprintf(p.w, "in %s\n", d.Country.Label)
	}
	if len(d.Positions) > 0 {
		p.heading("positions")
		for _, f := range d.Positions {
			p.fact(f, "", f.Span())
		}
	}
	for _, g := range d.Relations {
		p.heading(g.Label)
		for _, f := range g.Facts {
			p.fact(f, "", f.Span())
		}
	}
	if len(d.Events) > 0 {
		p.heading("events")
		for _, f := range d.Events {
			p.fact(f, orUndated(f.Date.String()), f.Standing)
		}
	}
	if len(d.Reported) > 0 {
		p.heading("reported, not facts")
		for _, r := range d.Reported {
			p.fact(r.Fact, "", why(r))
		}
	}
	p.heading("documents")
	for _, doc := range d.Documents {
		fmt.Fprintf(p.w, "  %-12s%s   %s\n", orUndated(doc.Published), doc.Name(), schema.Compact(doc.IRI))
	}
}

func why(r facts.Reported) string {
	if r.ClosedBy != nil {
		return r.Why + "; ended by: " + r.ClosedBy.Label
	}
	return r.Why
}

func orUndated(date string) string {
	if date == "" {
		return "undated"
	}
	return date
}
