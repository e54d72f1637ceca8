package graphtest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// testConcurrent lets readers look while one writer replaces the same node's
// quads. Every view must show one state, whole: all quads of one generation.
func testConcurrent(t *testing.T, s graph.Store) {
	const size, generations, readers = 20, 60, 4
	node := graph.IRI("node")
	generation := func(n int) []graph.Quad {
		out := make([]graph.Quad, size)
		for i := range out {
			out[i] = graph.Quad{Subject: node, Predicate: graph.IRI(fmt.Sprint("p", i)), Object: graph.String(fmt.Sprint("generation ", n))}
		}
		return out
	}
	apply(t, s, graph.Change{Add: generation(0)})
	var over atomic.Bool
	var wait sync.WaitGroup
	for range readers {
		wait.Go(func() {
			for !over.Load() {
				if err := readGeneration(t, s, node, size); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for n := range generations {
		if _, err := s.Apply(t.Context(), graph.Change{Remove: generation(n), Add: generation(n + 1)}); err != nil {
			t.Error(err)
			break
		}
	}
	over.Store(true)
	wait.Wait()
	v := view(t, s)
	checkDataset(t, v, generation(generations))
	checkNodes(t, v.Cayley(), generation(generations))
}

func readGeneration(t *testing.T, s graph.Store, node graph.Term, size int) error {
	v, err := s.View()
	if err != nil {
		return err
	}
	defer v.Close()
	for _, d := range []graph.Dataset{v, graph.FromCayley(v.Cayley())} {
		subject, ok, err := d.ID(t.Context(), node)
		if err != nil || !ok {
			return fmt.Errorf("the node is gone: %v", err)
		}
		values := map[graph.Term]int{}
		for q, err := range graph.Quads(t.Context(), d, graph.Pattern{Subject: subject}) {
			if err != nil {
				return err
			}
			values[q.Object]++
		}
		if len(values) != 1 {
			return fmt.Errorf("a view shows several generations: %v", values)
		}
		for value, n := range values {
			if n != size {
				return fmt.Errorf("a view shows %d of %d quads of %s", n, size, value)
			}
		}
	}
	return nil
}
