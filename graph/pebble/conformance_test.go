package pebble_test

import (
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/pebble"
)

// TestConformance runs the suite with everything in memory that was changed
// last, and with so little that segments are written and merged all the time.
func TestConformance(t *testing.T) {
	t.Parallel()
	open := func(t testing.TB, dir string, o pebble.Options) graph.Store {
		s, err := pebble.Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Run("layers", func(t *testing.T) {
		graphtest.Run(t, func(t testing.TB, dir string) graph.Store { return open(t, dir, pebble.Options{}) })
	})
	t.Run("columns", func(t *testing.T) {
		disks := map[string]vfs.FS{}
		graphtest.Run(t, func(t testing.TB, dir string) graph.Store {
			if disks[dir] == nil {
				disks[dir] = vfs.NewMem()
			}
			return open(t, "graph", pebble.Options{FS: disks[dir], MergeAt: 7})
		})
	})
	t.Run("mapped columns", func(t *testing.T) {
		graphtest.RunDataset(t, func(t testing.TB, quads []graph.Quad) graph.Dataset {
			s := open(t, t.TempDir(), pebble.Options{NoSync: true, MergeAt: 1000})
			for len(quads) > 0 {
				n := min(len(quads), 1500)
				if _, err := s.Apply(t.Context(), graph.Change{Add: quads[:n]}); err != nil {
					t.Fatal(err)
				}
				quads = quads[n:]
			}
			v, err := s.View()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				v.Close()
				s.Close()
			})
			return v
		})
	})
}
