package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/user"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/schema"
)

func newMerge(a *app) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "merge A B",
		Short: "Say that two things are one: all that is said of A is said of B",
		Long: `Say that two things are one. All that documents say of A is then said of B; the id of A leads to B. It holds for documents to come, and
entente unmerge takes it back exactly. A and B are names or ids of things of one class.`,
		Args: args(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, words []string) error {
			return a.judge(c, func(ctx context.Context, view graph.View) (importers.Judgement, error) {
				j := importers.Judgement{Verdict: importers.Same, Reason: reason}
				for i, to := range []*string{&j.Subject, &j.Object} {
					t, err := a.thing(ctx, view, words[i])
					if err != nil {
						return j, err
					}
					*to = t.IRI
				}
				return j, nil
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, for those who ask later")
	byFlag(c)
	return c
}

func newUnmerge(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "unmerge JUDGEMENT",
		Short: "Take a merge or another judgement back: the graph is as it would be without it",
		Args:  args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, words []string) error {
			return a.unjudge(c, words[0])
		},
	}
	byFlag(c)
	return c
}

func byFlag(c *cobra.Command) {
	c.Flags().String("by", "", "who does it, for the log (setting review.author)")
}

// author is who judges and loads: as set, or the user of the system.
func (s *settings) author() string {
	if s.Review.Author != "" {
		return s.Review.Author
	}
	if u, err := user.Current(); err == nil {
		return cmp.Or(u.Username, u.Uid)
	}
	return "unknown"
}

// changing opens the graph that is there and calls f with what changes it, but
// reads no documents.
func (a *app) changing(c *cobra.Command, f func(context.Context, *importers.Importer) error) (err error) {
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	store, err := a.existing(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	model, err := schema.Default()
	if err != nil {
		return err
	}
	err = f(c.Context(), &importers.Importer{Store: store, Model: model, By: s.author(), BulkMemory: int64(s.Import.BulkMemory)})
	var refused *importers.InvalidError
	if errors.Is(err, importers.ErrUnknown) || errors.As(err, &refused) {
		return usageError{err}
	}
	return err
}

// viewing calls f with a view of what an importer changes.
func viewing(im *importers.Importer, f func(graph.View) error) (err error) {
	view, err := im.Store.View()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	return f(view)
}

// judge makes the judgement that find gives and says what was decided.
func (a *app) judge(c *cobra.Command, find func(context.Context, graph.View) (importers.Judgement, error)) error {
	format, err := a.output("text", "json")
	if err != nil {
		return err
	}
	return a.changing(c, func(ctx context.Context, im *importers.Importer) error {
		var j importers.Judgement
		err := viewing(im, func(view graph.View) (err error) {
			j, err = find(ctx, view)
			return err
		})
		if err != nil {
			return err
		}
		j.Author = im.By
		if j, err = im.Judge(ctx, j); err != nil {
			return err
		}
		return a.printJudgement("judged", j, format)
	})
}

func (a *app) unjudge(c *cobra.Command, id string) error {
	format, err := a.output("text", "json")
	if err != nil {
		return err
	}
	return a.changing(c, func(ctx context.Context, im *importers.Importer) error {
		j, err := im.Unjudge(ctx, id, im.By)
		if err != nil {
			return err
		}
		return a.printJudgement("undid", j, format)
	})
}

func (a *app) printJudgement(verb string, j importers.Judgement, format string) (err error) {
	switch {
	case format == "json":
		return a.printJSON(j)
	case a.quiet:
		_, err = fmt.Fprintln(a.stdout, j.ID)
	default:
		_, err = fmt.Fprintf(a.stdout, "%-9s %s  %s\n", verb, j.ID, j)
		if err == nil && verb == "judged" {
			_, err = fmt.Fprintf(a.stdout, "undo with: entente unmerge %s\n", j.ID)
		}
	}
	return err
}
