package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// The flags by which a command reads the graph of another time.
const asOfFlag = "as-of"

// timeFlags gives a command the flags by which it reads the graph of another time.
func timeFlags(c *cobra.Command) {
	c.Flags().String(asOfFlag, "", "read the graph as it stood then: a day, month or year (2025-08-31, 2025-08, 2025), or today")
}

// atTime makes of a view the graph of the time that the command's flags name,
// and says so. The view is closed with what it returns.
func (a *app) atTime(c *cobra.Command, view graph.View) (graph.View, error) {
	flag := c.Flags().Lookup(asOfFlag)
	if flag == nil || flag.Value.String() == "" {
		return view, nil
	}
	period, err := past.ParsePeriod(flag.Value.String())
	if err != nil {
		return nil, usageError{fmt.Errorf("--%s: %s", asOfFlag, strings.TrimPrefix(err.Error(), "past: "))}
	}
	model, err := schema.Default()
	if err != nil {
		return nil, err
	}
	v, err := past.At(c.Context(), view, model, period)
	if err != nil {
		return nil, err
	}
	if !a.quiet {
		fmt.Fprintf(a.stderr, "as of %s; “possibly” marks what the dates leave open, and what has no known end is taken to have gone on\n", period.Text)
	}
	return v, nil
}

func newAsOf(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "as-of DATE COMMAND …",
		Short: "Run a command on the graph as it stood at a date",
		Long: `Run show, timeline, query, path or another command that reads the graph on the graph as it stood at a date:
the same as to give the command --as-of DATE. DATE is a day, a month or a year, which mean: at some time in it.`,
		Example: `  entente as-of 2025-08-30 show pakistan
  entente as-of 2012 query members-of --param organization=CSTO`,
		DisableFlagParsing: true,
		RunE: func(c *cobra.Command, words []string) error {
			lead := pflag.NewFlagSet("as-of", pflag.ContinueOnError)
			lead.AddFlagSet(c.Root().PersistentFlags())
			lead.SetInterspersed(false)
			help := lead.BoolP("help", "h", false, "")
			if err := lead.Parse(words); err != nil {
				return usageError{fmt.Errorf("%w; usage: entente %s", err, c.Use)}
			}
			rest := lead.Args()
			if *help {
				return c.Help()
			}
			if len(rest) < 2 {
				return usageError{fmt.Errorf("a date and a command are needed; usage: entente %s", c.Use)}
			}
			command, _, err := c.Root().Find(rest[1:])
			if err != nil || command == c.Root() {
				return usageError{fmt.Errorf("%q is not a command; entente help lists the commands", rest[1])}
			}
			if command.Flags().Lookup(asOfFlag) == nil {
				return usageError{fmt.Errorf("%s has no dates; as-of goes with %s", command.Name(), strings.Join(dated(c.Root()), ", "))}
			}
			root := c.Root()
			root.SetArgs(append(append(words[:len(words)-len(rest):len(words)-len(rest)], rest[1], "--"+asOfFlag, rest[0]), rest[2:]...))
			return root.ExecuteContext(c.Context())
		},
	}
}

// dated lists the commands that read the graph of a date.
func dated(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if c.Flags().Lookup(asOfFlag) != nil {
			names = append(names, c.Name())
		}
	}
	return names
}

// snapshot opens a view of the graph of the time that a command's flags name.
func (a *app) snapshot(c *cobra.Command, store graph.Store) (graph.View, error) {
	view, err := store.View()
	if err != nil {
		return nil, err
	}
	at, err := a.atTime(c, view)
	if err != nil {
		return nil, errors.Join(err, view.Close())
	}
	return at, nil
}
