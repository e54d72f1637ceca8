package pebble_test

import (
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/pebble"
)

func TestConformance(t *testing.T) {
	graphtest.Run(t, func(t testing.TB, dir string) graph.Store {
		s, err := pebble.Open(dir, pebble.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
