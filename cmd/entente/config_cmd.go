package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newConfig(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show and check the settings",
		Args:  args(cobra.NoArgs),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var origin bool
	show := &cobra.Command{
		Use:   "show",
		Short: "Print every setting with its value",
		Args:  args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.settings(c)
			if err != nil {
				return err
			}
			return a.showConfig(s, origin)
		},
	}
	show.Flags().BoolVar(&origin, "origin", false, "say where each value comes from")
	c.AddCommand(show, &cobra.Command{
		Use:   "validate",
		Short: "Check the settings and say nothing when they are right",
		Args:  args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := a.settings(c)
			return err
		},
	})
	return c
}

func (a *app) showConfig(s *settings, origin bool) error {
	format, err := a.output("text", "json")
	if err != nil {
		return err
	}
	type row struct {
		Setting string `json:"setting"`
		Value   any    `json:"value"`
		Origin  string `json:"origin,omitempty"`
	}
	rows := make([]row, 0, len(s.keys))
	for _, k := range s.keys {
		r := row{Setting: k, Value: s.v.Get(k)}
		if origin {
			r.Origin = s.origin(k)
		}
		rows = append(rows, r)
	}
	if format == "json" {
		return a.printJSON(rows)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		if origin {
			fmt.Fprintf(w, "%s\t%v\t%s\n", r.Setting, r.Value, r.Origin)
		} else {
			fmt.Fprintf(w, "%s\t%v\n", r.Setting, r.Value)
		}
	}
	return w.Flush()
}
