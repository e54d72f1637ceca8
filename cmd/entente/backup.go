package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

func newVerify(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Prove that the files of the graph are whole and agree",
		Long: `Read everything that the store holds, and name what does not agree: checksums and sequence of all files, the orders of
the quads with each other, the dictionary of terms with the quads, and the counts with both. Exit status 1 if anything is wrong.`,
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withStore(c, true, func(ctx context.Context, s *pebble.Store) error {
				problems := 0
				err := s.Verify(ctx, func(problem string) {
					problems++
					fmt.Fprintln(a.stdout, "wrong    ", problem)
				})
				switch {
				case err != nil:
					return err
				case problems > 0:
					return fmt.Errorf("%s in the graph; restore it from a backup: entente restore FILE --force", count(problems, "problem"))
				case !a.quiet:
					fmt.Fprintln(a.stdout, "all files are whole and agree")
				}
				return nil
			})
		},
	}
}

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write all that the graph holds to a file (tar.zst)",
		Long: `Write all that the graph holds to one file, with checksums, for entente restore. FILE appears only when it is whole.
Where entente serve has the graph open, it makes the backup and goes on serving.`,
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, files []string) error {
			err := a.withStore(c, false, func(ctx context.Context, s *pebble.Store) error {
				return a.toFile(files[0], func(w io.Writer) error { return s.Backup(ctx, w) })
			})
			if errors.Is(err, graph.ErrLocked) {
				if server, noServer := servingAt(a.loaded.Store.Path); noServer == nil {
					err = a.toFile(files[0], func(w io.Writer) error { return server.backup(c.Context(), w) })
				}
			}
			if err == nil && !a.quiet {
				fmt.Fprintf(a.stdout, "backed up to %s\n", files[0])
			}
			return err
		},
	}
}

func newRestore(a *app) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make the graph from a backup",
		Long: `Make the graph from a file of entente backup. All of it is unpacked and checked first: a damaged file changes nothing.
A graph that is there already is replaced only with --force.`,
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, files []string) (err error) {
			s, err := a.settings(c)
			if err != nil {
				return err
			}
			if s.Store.ReadOnly {
				return usageError{fmt.Errorf("the setting store.read_only forbids writing (%s)", s.origin("store.read_only"))}
			}
			f, err := os.Open(files[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			err = pebble.Restore(c.Context(), f, strings.TrimRight(s.Store.Path, `/\`), force, nil)
			switch {
			case errors.Is(err, graph.ErrStoreExists):
				return usageError{fmt.Errorf("there is a graph at %s already; --force replaces it", s.Store.Path)}
			case err != nil:
				return fmt.Errorf("%s: %w", files[0], err)
			case !a.quiet:
				fmt.Fprintf(a.stdout, "restored %s from %s\n", s.Store.Path, files[0])
			}
			return nil
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace the graph that is there")
	return c
}

// withStore opens the store, which must exist, and calls f.
func (a *app) withStore(c *cobra.Command, readOnly bool, f func(context.Context, *pebble.Store) error) (err error) {
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	store, err := pebble.Open(s.Store.Path, pebble.Options{ReadOnly: readOnly, Existing: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return f(c.Context(), store)
}
