package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/nlp"
)

func newCheck(a *app) *cobra.Command {
	var facts bool
	var folder string
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the schema, and run all its examples through the reading; or the facts that come with the program",
		Long: `Check the schema, and run all its examples through the reading.
With --background check the facts that come with the program instead: codes, dates, double memberships, offices held twice. With
--compare FOLDER compare them too with the data sets of the field that the folder has (igo_membership.csv of Correlates of War,
atop_alliances.csv, leaders.csv of Archigos), and print how far they agree, as they are and with the differences that are explained.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if facts || folder != "" {
				return a.checkBackground(c.Context(), folder)
			}
			model, pipeline, err := reader()
			if err != nil {
				return err
			}
			examples := 0
			for _, r := range model.Relations {
				examples += len(r.Examples)
			}
			for _, e := range model.Events {
				examples += len(e.Examples)
			}
			failures, err := nlp.Check(c.Context(), model, pipeline)
			if err != nil {
				return err
			}
			for _, f := range failures {
				fmt.Fprintln(a.stdout, f)
			}
			fmt.Fprintf(a.stdout, "%d relations, %d event types, %d examples: %d failed\n",
				len(model.Relations), len(model.Events), examples, len(failures))
			if len(failures) > 0 {
				return statusError{fmt.Errorf("%w: examples failed", errReported), exitFailure}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&facts, "background", false, "check the facts that come with the program")
	c.Flags().StringVar(&folder, "compare", "", "folder of data sets to compare these facts with")
	return c
}
