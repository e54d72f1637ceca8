package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/articles"
	"github.com/ententegraph/entente/importers/background"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/schema"
)

// benchArticles loads background knowledge and made-up articles end to end, and
// prints by thousand how many it takes a second and core, how many a second of
// computing, and how long one more document takes to be concluded and kept, its
// reading left out.
func benchArticles(ctx context.Context, out io.Writer, o options) error {
	dir := o.keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "entente-bench"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	store, err := pebble.Open(dir, pebble.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	model, err := schema.Default()
	if err != nil {
		return err
	}
	pipeline, err := nlp.English(model)
	if err != nil {
		return err
	}
	world, err := articles.New(o.seed)
	if err != nil {
		return err
	}
	im := &importers.Importer{Store: store, Model: model, Pipeline: pipeline}
	for outcome, err := range im.Load(ctx, background.Sources(), importers.Options{}) {
		if err != nil {
			return err
		}
		if outcome.Err != nil {
			return outcome.Err
		}
	}
	cores := runtime.GOMAXPROCS(0)
	fmt.Fprintf(out, "%d articles on %d cores\n%10s %16s %16s %12s %12s\n", o.articles, cores, "articles", "a second, core", "a CPU second", "stored p50", "stored p95")
	part := min(1000, o.articles)
	began, computed := time.Now(), cpuTime()
	var stored []time.Duration
	n := 0
	quads := 0
	for outcome, err := range im.Load(ctx, sourcesOf(world, 0, o.articles), importers.Options{}) {
		if err != nil {
			return err
		}
		if outcome.Err != nil {
			return outcome.Err
		}
		n++
		quads += outcome.Quads
		stored = append(stored, outcome.Stored)
		if n%part == 0 || n == o.articles {
			rate := float64(len(stored)) / time.Since(began).Seconds() / float64(cores)
			slices.Sort(stored)
			fmt.Fprintf(out, "%10d %16.1f %16.1f %12s %12s\n", n, rate, float64(len(stored))/(cpuTime()-computed).Seconds(), stored[len(stored)/2].Round(10*time.Microsecond), stored[len(stored)*95/100].Round(10*time.Microsecond))
			stored, began, computed = nil, time.Now(), cpuTime()
		}
	}
	fmt.Fprintf(out, "%d quads\n", quads)
	return nil
}

// sourcesOf yields the articles of some numbers.
func sourcesOf(w *articles.World, from, to int) iter.Seq2[importers.Source, error] {
	return func(yield func(importers.Source, error) bool) {
		for n := from; n < to; n++ {
			a := w.Article(n)
			text := fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n%s", a.Title, a.Published, a.Text)
			s := importers.Bytes(a.Name, []byte(text))
			s.Key, s.Format = a.Name, "markdown"
			if !yield(s, nil) {
				return
			}
		}
	}
}
