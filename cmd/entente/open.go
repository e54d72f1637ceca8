package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// writable opens the store for writing, made where there is none, and says so.
func (a *app) writable(c *cobra.Command) (graph.Store, error) {
	store, err := a.existing(c)
	if !errors.Is(err, graph.ErrNoStore) {
		return store, err
	}
	if store, err = pebble.Open(a.loaded.Store.Path, pebble.Options{}); err != nil || a.quiet {
		return store, err
	}
	where, err := filepath.Abs(a.loaded.Store.Path)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	fmt.Fprintf(a.stderr, "created   the graph in %s\n", where)
	return store, nil
}

// existing opens the store for writing, and fails where there is none.
func (a *app) existing(c *cobra.Command) (graph.Store, error) {
	s, err := a.settings(c)
	if err != nil {
		return nil, err
	}
	if s.Store.ReadOnly {
		return nil, usageError{fmt.Errorf("the setting store.read_only forbids writing (%s)", s.origin("store.read_only"))}
	}
	return pebble.Open(s.Store.Path, pebble.Options{Existing: true})
}

// reading opens the store for reading only and calls f with a view of it, at the
// time that the flags of the command name.
func (a *app) reading(c *cobra.Command, f func(context.Context, graph.View) error) (err error) {
	s, err := a.settings(c)
	if err != nil {
		return err
	}
	store, err := pebble.Open(s.Store.Path, pebble.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	view, err := a.snapshot(c, store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	return f(c.Context(), view)
}

// answer prints what find reads from the graph: as JSON with -o json, else by text.
func answer[T any](a *app, c *cobra.Command, find func(context.Context, graph.View, *schema.Model) (T, error), text func(T)) error {
	format, err := a.output("text", "json")
	if err != nil {
		return err
	}
	model, err := schema.Default()
	if err != nil {
		return err
	}
	return a.reading(c, func(ctx context.Context, view graph.View) error {
		found, err := find(ctx, view, model)
		switch {
		case err != nil:
			return err
		case format == "json":
			return a.printJSON(found)
		}
		text(found)
		return nil
	})
}

// advise adds to an error from below what the user can do about it.
func (a *app) advise(err error) string {
	path := "./data/graph"
	if a.loaded != nil {
		path = a.loaded.Store.Path
	}
	switch {
	case errors.Is(err, graph.ErrNoStore):
		return fmt.Sprintf("no graph at %s yet. Load something first: entente load article.txt   (or set store.path)", path)
	case errors.Is(err, graph.ErrLocked):
		return err.Error() + ". Stop it, or use what it serves."
	}
	return err.Error()
}

// thing finds the one thing that the words name.
func (a *app) thing(ctx context.Context, view graph.View, words string) (facts.Thing, error) {
	found, err := facts.Find(ctx, view, words)
	if err != nil {
		return facts.Thing{}, err
	}
	switch len(found) {
	case 0:
		return facts.Thing{}, usageError{fmt.Errorf("nothing in the graph is named %q; entente documents lists what was loaded", words)}
	case 1:
		return found[0], nil
	}
	msg := fmt.Sprintf("%q names %d things; use the id:", words, len(found))
	for _, t := range found {
		msg += fmt.Sprintf("\n  %-40s %s, %s", schema.Compact(t.IRI), t.Label, t.Class)
	}
	return facts.Thing{}, usageError{errors.New(msg)}
}
