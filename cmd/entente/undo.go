package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/importers"
)

func newUndo(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "undo IMPORT|JUDGEMENT",
		Short: "Take an import or a judgement back: the graph is then as it was before",
		Args:  args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			if strings.HasPrefix(words[0], "m-") || strings.HasPrefix(words[0], "j-") {
				return a.unjudge(c, words[0])
			}
			return a.takeBack(c, (*importers.Importer).Undo, words[0], "undid    ")
		},
	}
	byFlag(c)
	return c
}

func newRemove(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "remove DOCUMENT",
		Short: "Take a document out of the graph, with what only it supported",
		Long: `Take a document out of the graph, with every fact that only it supported.
DOCUMENT is its id (doc:…), or the file or address it was loaded from. The removal is an import of its own and can be undone.`,
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			return a.takeBack(c, (*importers.Importer).Remove, words[0], "removed  ")
		},
	}
	byFlag(c)
	return c
}

// takeBack runs one of the importer's ways back and says what it did.
func (a *app) takeBack(c *cobra.Command, way func(*importers.Importer, context.Context, string) (importers.Import, error), id, verb string) error {
	format, err := a.output("text", "json")
	if err != nil {
		return err
	}
	return a.changing(c, func(ctx context.Context, im *importers.Importer) error {
		done, err := way(im, ctx, id)
		switch {
		case err != nil:
			return err
		case format == "json":
			return a.printJSON(done)
		case a.quiet:
			_, err = fmt.Fprintln(a.stdout, done.ID)
			return err
		}
		_, err = fmt.Fprintf(a.stdout, "%s %s  (%s; import %s of %s)\n", verb, id, done.First, done.ID, done.Recorded.Format("2006-01-02 15:04"))
		return err
	})
}
