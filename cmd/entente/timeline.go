package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

func newTimeline(a *app) *cobra.Command {
	var with, from, until string
	var brief bool
	c := &cobra.Command{
		Use:   "timeline THING",
		Short: "List what happened to a thing, by date, each with its sentence",
		Args:  args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			find := func(ctx context.Context, view graph.View, model *schema.Model) ([]facts.Entry, error) {
				t, err := a.thing(ctx, view, words[0])
				if err != nil {
					return nil, err
				}
				o := facts.TimelineOptions{From: from, Until: until}
				if with != "" {
					other, err := a.thing(ctx, view, with)
					if err != nil {
						return nil, err
					}
					o.With = other.IRI
				}
				return facts.Timeline(ctx, view, model, t.IRI, o)
			}
			return answer(a, c, find, func(entries []facts.Entry) { a.printTimeline(entries, brief) })
		},
	}
	c.Flags().StringVar(&with, "with", "", "only what this other thing takes part in too")
	c.Flags().StringVar(&from, "from", "", "only from this date on (2015, 2015-06 or 2015-06-30)")
	c.Flags().StringVar(&until, "until", "", "only up to this date")
	c.Flags().BoolVar(&brief, "brief", false, "leave the sentences out")
	timeFlags(c)
	return c
}

func (a *app) printTimeline(entries []facts.Entry, brief bool) {
	p := factPrinter{w: a.stdout, brief: brief}
	for _, e := range entries {
		remark := "stated"
		switch {
		case e.Reported:
			remark = "reported: " + e.Why
		case e.Why != "":
			remark += ", " + e.Why
		}
		if e.What != "" {
			remark = e.What + ", " + remark
		}
		p.fact(e.Fact, orUndated(e.When.String()), remark)
	}
	if len(entries) == 0 {
		fmt.Fprintln(a.stderr, "nothing in that time")
	}
}
