package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// The flags by which a command reads the graph of another time.
const (
	asOfFlag    = "as-of"    // valid time: as it stood
	knownAtFlag = "known-at" // recorded time: as it was known
)

// timeFlags gives a command the flags by which it reads the graph of another time.
func timeFlags(c *cobra.Command) {
	c.Flags().String(asOfFlag, "", "read the graph as it stood then: a day, month or year (2025-08-31, 2025-08, 2025), or today")
	c.Flags().String(knownAtFlag, "", "read the graph as it was known then: by what had been loaded and decided by the end of a day, month or year, or by a time (2025-08-31T12:00:00Z)")
}

// knownAt reads the flag of recorded time, whose days end at midnight in UTC.
func knownAt(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	p, err := past.ParsePeriod(text)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("--%s: %s", knownAtFlag, strings.TrimPrefix(err.Error(), "past: "))}
	}
	day, err := time.Parse(time.DateOnly, p.Last)
	return day.AddDate(0, 0, 1).Add(-time.Nanosecond), err
}

// atTime makes of a view the graph of the times that the command's flags name,
// and says so. The view is closed with what it returns; after an error it is still the caller's.
func (a *app) atTime(c *cobra.Command, view graph.View) (graph.View, error) {
	asOf, known := flagText(c, asOfFlag), flagText(c, knownAtFlag)
	if asOf == "" && known == "" {
		return view, nil
	}
	model, err := schema.Default()
	if err != nil {
		return nil, err
	}
	var period past.Period
	if asOf != "" {
		if period, err = past.ParsePeriod(asOf); err != nil {
			return nil, usageError{fmt.Errorf("--%s: %s", asOfFlag, strings.TrimPrefix(err.Error(), "past: "))}
		}
	}
	if known != "" {
		at, err := knownAt(known)
		if err != nil {
			return nil, err
		}
		var gaps []string
		if view, gaps, err = importers.KnownAt(c.Context(), view, model, at); err != nil {
			return nil, err
		}
		a.say("known at %s: what was loaded or decided later is left out", known)
		for _, gap := range gaps {
			fmt.Fprintln(a.stderr, "not exact: "+gap)
		}
	}
	if asOf == "" {
		return view, nil
	}
	v, err := past.At(c.Context(), view, model, period)
	if err != nil {
		return nil, errors.Join(err, view.Close())
	}
	a.say("as of %s; “possibly” marks what the dates leave open, and what has no known end is taken to have gone on", period.Text)
	return v, nil
}

// say tells on standard error how an answer is meant.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, format+"\n", args...)
	}
}

func flagText(c *cobra.Command, name string) string {
	if flag := c.Flags().Lookup(name); flag != nil {
		return flag.Value.String()
	}
	return ""
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
