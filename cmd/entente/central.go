package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/queries/ties"
	"github.com/ententegraph/entente/schema"
)

// actors are the classes of those who act, among whom centers and communities are sought.
var actors = []string{"State", "Organization", "Person"}

// networkFlags gives a command the flags that choose a network.
func networkFlags(c *cobra.Command, o *ties.Options) {
	tieFlags(c, o)
	c.Flags().StringSliceVar(&o.Classes, "class", actors, "only things of these classes")
	c.Flags().StringVar(&o.From, "from", "", "only what may have been then or later")
	c.Flags().StringVar(&o.Until, "until", "", "only what may have been then or earlier")
	timeFlags(c)
}

// checkPeriod tells of dates of a network that are none.
func checkPeriod(o ties.Options) error {
	for _, date := range []struct{ flag, text string }{{"from", o.From}, {"until", o.Until}} {
		if date.text == "" {
			continue
		}
		if _, err := past.ParsePeriod(date.text); err != nil {
			return usageError{fmt.Errorf("--%s: %s", date.flag, strings.TrimPrefix(err.Error(), "past: "))}
		}
	}
	return nil
}

func newCentral(a *app) *cobra.Command {
	var o ties.Options
	var most int
	c := &cobra.Command{
		Use:   "central",
		Short: "List the most connected actors: by PageRank and betweenness",
		Long: `List the most connected states, organizations and persons of the network of facts: by PageRank, which is high for who is tied
to those who have many ties, and with betweenness, which is high for who stands between others.`,
		Example: `  entente central --from 2024 --until 2025 --class State
  entente central --by member-of --as-of 1995`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkPeriod(o); err != nil {
				return err
			}
			find := func(ctx context.Context, view graph.View, model *schema.Model) (*ties.Central, error) {
				n, err := a.network(ctx, view, model, o)
				if err != nil {
					return nil, err
				}
				return n.Central(ctx, most)
			}
			return answer(a, c, find, a.printCentral)
		},
	}
	networkFlags(c, &o)
	c.Flags().IntVarP(&most, "limit", "n", 20, "how many; 0 for all")
	return c
}

func (a *app) printCentral(found *ties.Central) {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "rank\tbetween\tties\tneighbours\tactor\tid")
	for _, s := range found.Standings {
		fmt.Fprintf(w, "%.4f\t%.4f\t%d\t%d\t%s\t%s\n", s.Rank, s.Between, s.Ties, s.Neighbours, s.Thing.Label, schema.Compact(s.Thing.IRI))
	}
	w.Flush()
	note := ""
	if found.Sources < found.Things {
		note = fmt.Sprintf("; betweenness is estimated from the ways from %d of them", found.Sources)
	}
	fmt.Fprintf(a.stdout, "of %d%s\n", found.Things, note)
}

func newCommunities(a *app) *cobra.Command {
	var o ties.Options
	var members int
	c := &cobra.Command{
		Use:   "communities",
		Short: "Part the actors into communities: who keeps to whom",
		Long: `Part the states, organizations and persons of the network of facts into communities, which are joined with each other more than
with others (by the method of Louvain).`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkPeriod(o); err != nil {
				return err
			}
			find := func(ctx context.Context, view graph.View, model *schema.Model) (*ties.Communities, error) {
				n, err := a.network(ctx, view, model, o)
				if err != nil {
					return nil, err
				}
				return n.Communities(ctx, members)
			}
			return answer(a, c, find, a.printCommunities)
		},
	}
	networkFlags(c, &o)
	c.Flags().IntVar(&members, "members", 12, "how many members of each to name, those with the most ties first; 0 for all")
	return c
}

func (a *app) printCommunities(found *ties.Communities) {
	for i, c := range found.Communities {
		more := ""
		if n := c.Size - len(c.Members); n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		fmt.Fprintf(a.stdout, "%d   %s, %.0f%% of their ties among them\n", i+1, counted(c.Size, "member"), 100*c.Inside)
		for _, line := range wrapText(labels(c.Members)+more, textColumns-4) {
			fmt.Fprintf(a.stdout, "    %s\n", line)
		}
	}
	fmt.Fprintf(a.stdout, "modularity %.2f\n", found.Modularity)
}

func newChanges(a *app) *cobra.Command {
	var of string
	var brief bool
	c := &cobra.Command{
		Use:   "changes FROM TO",
		Short: "List what changed between two dates, each with its sentence",
		Long: `List what changed from one date to another: events, and the beginnings and ends of relations and tenures, by date. A date is a
day, a month or a year; FROM counts from its first day on, TO to its last.`,
		Example: "  entente changes 2025-08 2025-09 --of armenia",
		Args:    args(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, words []string) error {
			var ends [2]past.Period
			for i, word := range words {
				p, err := past.ParsePeriod(word)
				if err != nil {
					return usageError{fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "past: "))}
				}
				ends[i] = p
			}
			period := past.Period{Text: words[0] + " to " + words[1], First: ends[0].First, Last: ends[1].Last}
			if period.First > period.Last {
				return usageError{fmt.Errorf("%s comes after %s", words[0], words[1])}
			}
			find := func(ctx context.Context, view graph.View, model *schema.Model) ([]facts.Entry, error) {
				thing := ""
				if of != "" {
					t, err := a.thing(ctx, view, of)
					if err != nil {
						return nil, err
					}
					thing = t.IRI
				}
				return facts.Changes(ctx, view, model, period, thing)
			}
			return answer(a, c, find, func(entries []facts.Entry) { a.printTimeline(entries, brief) })
		},
	}
	c.Flags().String(knownAtFlag, "", "read the graph as it was known then")
	c.Flags().StringVar(&of, "of", "", "only what this thing takes part in")
	c.Flags().BoolVar(&brief, "brief", false, "leave the sentences out")
	return c
}
