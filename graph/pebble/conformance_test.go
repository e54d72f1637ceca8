package pebble_test

import (
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/pebble"
)

// TestConformance runs the suite once with everything in memory, and once with
// so little that segments are written and merged all the time.
func TestConformance(t *testing.T) {
	for name, mergeAt := range map[string]int{"memory": 0, "columns": 7} {
		t.Run(name, func(t *testing.T) {
			graphtest.Run(t, func(t testing.TB, dir string) graph.Store {
				s, err := pebble.Open(dir, pebble.Options{MergeAt: mergeAt})
				if err != nil {
					t.Fatal(err)
				}
				return s
			})
		})
	}
}
