package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/nlp"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check the schema, and run all its examples through the reading",
		Args:  args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
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
}
