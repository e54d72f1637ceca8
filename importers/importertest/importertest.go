// Package importertest makes importers for the tests of packages that show what was loaded.
//
//	im := importertest.New(t)
//	importertest.Load(t, im, importers.Bytes("a.txt", text), timex.Date{Year: 2021, Month: 5, Day: 5})
package importertest

import (
	"testing"

	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// New returns an importer into an empty store in memory, which is closed at the end of the test.
func New(t testing.TB) *importers.Importer {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	pipeline, err := nlp.English(model)
	if err != nil {
		t.Fatal(err)
	}
	return &importers.Importer{Store: store, Model: model, Pipeline: pipeline}
}

// Load loads one document, and fails the test where that fails.
func Load(t testing.TB, im *importers.Importer, source importers.Source, published timex.Date) {
	t.Helper()
	sources := func(yield func(importers.Source, error) bool) { yield(source, nil) }
	for outcome, err := range im.Load(t.Context(), sources, importers.Options{Published: published}) {
		if err != nil || outcome.Status == importers.Failed {
			t.Fatal(err, outcome.Reason)
		}
	}
}
