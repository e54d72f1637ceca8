package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"iter"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/web/loading"
)

// samples are articles of our own writing, for a first look.
//
//go:embed samples/*.md
var samples embed.FS

func sampleFiles() ([]loading.File, error) {
	entries, err := samples.ReadDir("samples")
	if err != nil {
		return nil, err
	}
	var out []loading.File
	for _, e := range entries {
		data, err := samples.ReadFile("samples/" + e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, loading.File{Name: e.Name(), Data: data})
	}
	return out, nil
}

func sampleSources() iter.Seq2[importers.Source, error] {
	return func(yield func(importers.Source, error) bool) {
		files, err := sampleFiles()
		if err != nil {
			yield(importers.Source{}, err)
			return
		}
		for _, f := range files {
			if !yield(importers.Bytes(f.Name, f.Data), nil) {
				return
			}
		}
	}
}

// loadSamples reads the sample articles into a store.
func (a *app) loadSamples(ctx context.Context, s *settings, store graph.Store) error {
	im, err := importer(store, s)
	if err != nil {
		return err
	}
	for outcome, err := range im.Load(ctx, sampleSources(), importers.Options{Jobs: s.Import.Jobs}) {
		if err != nil {
			return err
		}
		if outcome.Status == importers.Failed {
			err := errors.New(outcome.Reason)
			return fmt.Errorf("sample %s: %w", outcome.Source, err)
		}
	}
	return nil
}
