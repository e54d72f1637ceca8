package pebble_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// bulk loads quads in the plainest way, and ends as it is told to.
func bulk(t *testing.T, s *pebble.Store, quads []graph.Quad, end func(*pebble.Bulk)) {
	t.Helper()
	b, err := s.Bulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[graph.Term]graph.ID{}
	var rows []graph.Encoded
	for _, q := range quads {
		var e graph.Encoded
		for place, term := range []graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			id, ok := ids[term]
			if !ok {
				if id, ok, err = b.Lookup(term); err == nil && !ok {
					id, err = b.Enter(t.Context(), []graph.Term{term})
				}
				if err != nil {
					t.Fatal(err)
				}
				ids[term] = id
			}
			e = e.With(graph.Place(place), id)
		}
		rows = append(rows, e)
	}
	for _, o := range graph.Orders() {
		slices.SortFunc(rows, o.Compare)
		w, err := b.Writer(o)
		if err != nil {
			t.Fatal(err)
		}
		for part := range slices.Chunk(rows, 7) {
			if err := w.Append(t.Context(), part); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	end(b)
}

// TestBulk loads in bulk over what is there, some of it twice, and compares
// with a store that got the same by Apply; a load that is aborted, or cut off
// by a crash, leaves no trace.
func TestBulk(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	some := func(n int) []graph.Quad {
		var out []graph.Quad
		for range n {
			q := graph.Quad{
				Subject:   graph.IRI(fmt.Sprint("s", r.IntN(30))),
				Predicate: graph.IRI(fmt.Sprint("p", r.IntN(3))),
				Object:    graph.Typed(fmt.Sprint(r.IntN(9)), "http://www.w3.org/2001/XMLSchema#integer"),
			}
			if r.IntN(2) == 0 {
				q.Object, q.Graph = graph.String(fmt.Sprint("o", r.IntN(50))), graph.IRI(fmt.Sprint("s", r.IntN(9)))
			}
			out = append(out, q)
		}
		return out
	}
	disk := vfs.NewCrashableMem()
	open := func(disk vfs.FS) *pebble.Store {
		s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 20})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s, plain := open(disk), open(vfs.NewMem())
	defer plain.Close()
	same := func(what string) {
		t.Helper()
		if got, want := dump(t, s), dump(t, plain); got != want {
			t.Fatalf("%s: the store holds\n%swant\n%s", what, got, want)
		}
		counts := func(s *pebble.Store) any {
			stats, err := s.Cayley().Stats(t.Context(), true)
			if err != nil {
				t.Fatal(err)
			}
			return stats
		}
		if got, want := counts(s), counts(plain); got != want {
			t.Fatalf("%s: the store counts %+v, want %+v", what, got, want)
		}
	}
	for n := range 12 {
		c := graph.Change{Add: some(10), Remove: some(200)}
		for _, s := range []*pebble.Store{s, plain} {
			if _, err := s.Apply(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		quads := some(40)
		switch n % 4 {
		case 0:
			bulk(t, s, quads, func(b *pebble.Bulk) {
				if err := b.Abort(); err != nil {
					t.Fatal(err)
				}
			})
			same("aborted")
		case 1:
			bulk(t, s, quads, func(b *pebble.Bulk) {
				crashed := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(100), RNG: r})
				if err := b.Abort(); err != nil {
					t.Fatal(err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				disk = crashed
			})
			s = open(disk)
			same("cut off")
		case 2:
			over, cancel := context.WithCancel(t.Context())
			cancel()
			bulk(t, s, quads, func(b *pebble.Bulk) {
				if _, err := b.Commit(over, nil); err == nil {
					t.Error("committed although it was cancelled")
				}
			})
			same("cancelled")
		}
		want, err := plain.Apply(t.Context(), graph.Change{Add: quads})
		if err != nil {
			t.Fatal(err)
		}
		bulk(t, s, quads, func(b *pebble.Bulk) {
			got, err := b.Commit(t.Context(), map[string][]byte{"load": []byte("done")})
			if err != nil || got != want {
				t.Fatalf("%+v were loaded, want %+v (error %v)", got, want, err)
			}
		})
		same("committed")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(disk)
	same("opened again")
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	if note, ok, err := v.Record(t.Context(), "load"); string(note) != "done" || !ok || err != nil {
		t.Errorf("the record is %q (%v, %v)", note, ok, err)
	}
	v.Close()
	s.Close()
}

// TestBulkAfterNothing loads when what was changed in memory comes to nothing.
func TestBulkAfterNothing(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	quads := []graph.Quad{{Subject: graph.IRI("s"), Predicate: graph.IRI("p"), Object: graph.IRI("o")}}
	for _, c := range []graph.Change{{Add: quads}, {Remove: quads}} {
		if _, err := s.Apply(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	bulk(t, s, quads, func(b *pebble.Bulk) {
		if done, err := b.Commit(t.Context(), nil); err != nil || done.Added != 1 {
			t.Error(done, err)
		}
	})
}
