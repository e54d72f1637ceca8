package pebble_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// listed finds a quad in a list of a store.
func listed(t *testing.T, s *pebble.Store, list string, q graph.Quad) (graph.Listed, bool) {
	t.Helper()
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var e graph.Encoded
	for place, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		id, known, err := v.ID(t.Context(), term)
		if err != nil {
			t.Fatal(err)
		}
		if !known {
			return graph.Listed{}, false
		}
		e = e.With(graph.Place(place), id)
	}
	l, ok, err := v.(graph.Lists).Listed(t.Context(), list, e)
	if err != nil || ok && l.Quad != e {
		t.Fatal(l, err)
	}
	return l, ok
}

func decoded(t *testing.T, v graph.View, e graph.Encoded) graph.Quad {
	t.Helper()
	var terms [4]graph.Term
	for place := range graph.Place(4) {
		if id := e.At(place); id != graph.DefaultGraph {
			var err error
			if terms[place], err = v.Term(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	return graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Graph: terms[3]}
}

func sound(t *testing.T, s *pebble.Store) {
	t.Helper()
	if err := s.Verify(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
		t.Fatal(err)
	}
	if t.Failed() {
		t.FailNow()
	}
}

// TestBulkRemove keeps lists of loads and removes them, with other changes in
// between, and compares with a store that gets the same by Apply. Removals that
// fail or are cut off before they are committed change nothing; those that are
// cut off after that are ended at the next opening.
func TestBulkRemove(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 5))
		disk := vfs.NewCrashableMem()
		open := func() *pebble.Store {
			s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 100})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := open()
		plain, err := pebble.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		apply := func(c graph.Change) graph.Applied {
			done, err := plain.Apply(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			return done
		}
		same := func(what string) {
			t.Helper()
			if got, want := dump(t, s), dump(t, plain); got != want {
				t.Fatalf("seed %d: %s: the store holds\n%swant\n%s", seed, what, got, want)
			}
			sound(t, s)
		}
		lists := map[string][]graph.Quad{}
		held := map[string]map[graph.Quad]bool{}
		memory := []int64{1, 1 << 20}[seed%2]
		for n := range 8 {
			list := fmt.Sprint("list ", n)
			quads := randomQuads(r, 700)
			marks := map[graph.Quad]bool{}
			_, err := s.BulkLoad(t.Context(), batches(quads, 90, nil), graph.BulkOptions{Memory: memory, List: list, Held: func(e graph.Encoded) (bool, error) {
				v, err := s.View()
				if err != nil {
					return false, err
				}
				defer v.Close()
				mark := r.IntN(2) == 0
				marks[decoded(t, v, e)] = mark
				return mark, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			apply(graph.Change{Add: quads})
			lists[list], held[list] = quads, marks
			same("loaded")
			for _, q := range quads[:50] {
				if l, ok := listed(t, s, list, q); !ok || l.Held != marks[q] {
					t.Fatalf("seed %d: %s is %+v (%v) in its list, want %v", seed, q, l, ok, marks[q])
				}
			}
			if _, err := s.BulkLoad(t.Context(), batches(quads[:1], 1, nil), graph.BulkOptions{List: list}); err == nil {
				t.Fatal("two loads kept one list")
			}
			change := graph.Change{Remove: randomQuads(r, 300), Add: randomQuads(r, 20)}
			if _, err := s.Apply(t.Context(), change); err != nil {
				t.Fatal(err)
			}
			apply(change)
			same("changed")
			if n%2 == 0 {
				continue
			}
			list = fmt.Sprint("list ", r.IntN(n+1))
			if lists[list] == nil {
				continue
			}
			broken := errors.New("no")
			if _, err := s.BulkRemove(t.Context(), list, graph.BulkRemoval{Keep: func(graph.Listed) (bool, error) { return false, broken }}); !errors.Is(err, broken) {
				t.Fatal(err)
			}
			same("broken off")
			over, cancel := context.WithCancel(t.Context())
			o := graph.BulkRemoval{Memory: memory, Keep: func(graph.Listed) (bool, error) { return false, nil }, Records: func(int64) (map[string][]byte, error) {
				cancel()
				return nil, nil
			}}
			if _, err := s.BulkRemove(over, list, o); !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			same("cancelled")
			v, err := s.View()
			if err != nil {
				t.Fatal(err)
			}
			gone := graph.Change{}
			o = graph.BulkRemoval{Memory: memory, Keep: func(l graph.Listed) (bool, error) {
				q := decoded(t, v, l.Quad)
				if l.Held != held[list][q] {
					t.Errorf("%s is held: %v", q, l.Held)
				}
				if r.IntN(3) == 0 {
					return true, nil
				}
				gone.Remove = append(gone.Remove, q)
				return false, nil
			}}
			before := dump(t, s)
			got, err := s.BulkRemove(t.Context(), list, o)
			if want := apply(gone); err != nil || got != want {
				t.Fatalf("seed %d: removed %+v, want %+v (%v)", seed, got, want, err)
			}
			var old string
			if old = dumpView(t, v); old != before {
				t.Fatal("a view from before shows the removal")
			}
			v.Close()
			same("removed")
			for _, q := range lists[list][:20] {
				if _, ok := listed(t, s, list, q); ok {
					t.Fatal("the list is still there")
				}
			}
			delete(lists, list)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open()
		same("opened again")
		s.Close()
		plain.Close()
	}
}

// TestBulkCutOff cuts the power at every operation on files during a load and a removal.
func TestBulkCutOff(t *testing.T) {
	t.Parallel()
	quads := randomQuads(rand.New(rand.NewPCG(1, 2)), 300)
	disk := vfs.NewCrashableMem()
	var cuts atomic.Pointer[func()]
	s, err := pebble.Open("graph", pebble.Options{MergeAt: 100, FS: errorfs.Wrap(disk, errorfs.InjectorFunc(func(errorfs.Op) error {
		if f := cuts.Load(); f != nil {
			(*f)()
		}
		return nil
	}))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Add: quads[:100]}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for what, step := range []func() (graph.Applied, error){
		func() (graph.Applied, error) {
			return s.BulkLoad(t.Context(), batches(quads, 90, nil), graph.BulkOptions{List: "x", Memory: 20_000})
		},
		func() (graph.Applied, error) {
			return s.BulkRemove(t.Context(), "x", graph.BulkRemoval{Memory: 1, Keep: func(graph.Listed) (bool, error) {
				n++
				return n%5 == 0, nil
			}})
		},
	} {
		before := dump(t, s)
		var mu sync.Mutex
		var disks []*vfs.MemFS
		r := rand.New(rand.NewPCG(3, 4))
		clone := func() {
			mu.Lock()
			defer mu.Unlock()
			disks = append(disks, disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: []int{0, 50, 100}[r.IntN(3)], RNG: rand.New(rand.NewPCG(r.Uint64(), 0))}))
		}
		cuts.Store(&clone)
		_, err = step()
		cuts.Store(nil)
		if err != nil {
			t.Fatal(err)
		}
		clone()
		after := dump(t, s)
		outcomes := map[string]int{}
		mu.Lock()
		for i, d := range disks {
			if i < len(disks)-1 && r.IntN(len(disks)) > 150 { // enough of them
				continue
			}
			s, err := pebble.Open("graph", pebble.Options{FS: d})
			if err != nil {
				t.Fatalf("step %d, cut %d: %v", what, i, err)
			}
			got := dump(t, s)
			if got != before && got != after {
				t.Fatalf("step %d, cut %d: the store holds\n%s", what, i, got)
			}
			outcomes[got]++
			sound(t, s)
			s.Close()
		}
		mu.Unlock()
		if outcomes[before] == 0 || outcomes[after] == 0 {
			t.Errorf("step %d: of %d cuts, %d left what was before, and %d what was after", what, len(disks), outcomes[before], outcomes[after])
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
