package pebble_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
)

func batches(quads []graph.Quad, size int, then error) iter.Seq2[[]graph.Quad, error] {
	return func(yield func([]graph.Quad, error) bool) {
		for part := range slices.Chunk(quads, size) {
			if !yield(part, nil) {
				return
			}
		}
		if then != nil {
			yield(nil, then)
		}
	}
}

func randomQuads(r *rand.Rand, n int) []graph.Quad {
	var out []graph.Quad
	for range n {
		q := graph.Quad{
			Subject:   graph.IRI(fmt.Sprint("s", r.IntN(300))),
			Predicate: graph.IRI(fmt.Sprint("p", r.IntN(3))),
			Object:    graph.Typed(fmt.Sprint(r.IntN(90)-20), "http://www.w3.org/2001/XMLSchema#integer"),
		}
		switch r.IntN(4) {
		case 0:
			q.Object, q.Graph = graph.LangTagged(fmt.Sprint("two words ", r.IntN(50)), "en"), graph.IRI(fmt.Sprint("s", r.IntN(9)))
		case 1:
			q.Subject, q.Object = graph.Blank(fmt.Sprint("b", r.IntN(20))), graph.Typed("0"+fmt.Sprint(r.IntN(9)), "http://www.w3.org/2001/XMLSchema#integer")
		case 2:
			q.Object = graph.IRI(fmt.Sprint("s", r.IntN(500)))
		}
		out = append(out, q)
	}
	return out
}

// TestBulkLoad loads with memory for a few rows and terms, over what is there,
// and compares with a store that got the same by Apply. A load that fails, by
// its source or by its context, leaves nothing behind.
func TestBulkLoad(t *testing.T) {
	for _, memory := range []int64{1, 40_000, 1 << 30} {
		t.Run(fmt.Sprint(memory), func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, uint64(memory)))
			disk := vfs.NewMem()
			s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 200})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { s.Close() }()
			plain, err := pebble.Open("plain", pebble.Options{FS: disk})
			if err != nil {
				t.Fatal(err)
			}
			defer plain.Close()
			same := func(what string) {
				t.Helper()
				if got, want := dump(t, s), dump(t, plain); got != want {
					t.Fatalf("%s: the store holds\n%swant\n%s", what, got, want)
				}
				if files, err := disk.List("graph/bulk"); err == nil {
					t.Errorf("%s: these files are left: %v", what, files)
				}
			}
			broken := errors.New("the source broke off")
			for n := range 6 {
				quads := randomQuads(r, 800)
				o := graph.BulkOptions{Memory: memory}
				if _, err := s.BulkLoad(t.Context(), batches(quads, 90, broken), o); !errors.Is(err, broken) {
					t.Fatalf("the error is %v", err)
				}
				same("broken off")
				over, cancel := context.WithCancel(t.Context())
				o.Progress = func(p graph.BulkProgress) {
					if p.Read > 400 {
						cancel()
					}
				}
				if _, err := s.BulkLoad(over, batches(quads, 90, nil), o); !errors.Is(err, context.Canceled) {
					t.Fatalf("the error is %v", err)
				}
				same("cancelled")
				var read, told int64
				written := 0.0
				o.Progress = func(p graph.BulkProgress) {
					if read = p.Read; p.Written < written || p.Written > 1 {
						t.Errorf("progress goes from %v to %v", written, p.Written)
					}
					written = p.Written
				}
				o.Records = func(added int64) (map[string][]byte, error) {
					told = added
					return map[string][]byte{"load": []byte(fmt.Sprint(n))}, nil
				}
				want, err := plain.Apply(t.Context(), graph.Change{Add: quads})
				if err != nil {
					t.Fatal(err)
				}
				got, err := s.BulkLoad(t.Context(), batches(quads, 90, nil), o)
				if err != nil || got != want || told != want.Added || read != 800 {
					t.Fatalf("%+v of %d were loaded (%d told), want %+v (error %v)", got, read, told, want, err)
				}
				same("loaded")
				change := graph.Change{Remove: randomQuads(r, 400), Add: randomQuads(r, 10)}
				for _, s := range []*pebble.Store{s, plain} {
					if _, err := s.Apply(t.Context(), change); err != nil {
						t.Fatal(err)
					}
				}
				same("changed")
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = pebble.Open("graph", pebble.Options{FS: disk}); err != nil {
				t.Fatal(err)
			}
			same("opened again")
		})
	}
}

// TestBulkLoadOwnBlanks loads nodes whose labels the store has.
func TestBulkLoadOwnBlanks(t *testing.T) {
	quads := []graph.Quad{
		{Subject: graph.Blank("a"), Predicate: graph.IRI("p"), Object: graph.Blank("b")},
		{Subject: graph.Blank("b"), Predicate: graph.IRI("p"), Object: graph.Blank("a")},
	}
	for _, memory := range []int64{1, 1 << 20} { // with the first, the map of ids is emptied between the quads
		s, err := pebble.Open("graph", pebble.Options{FS: vfs.NewMem()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(t.Context(), graph.Change{Add: []graph.Quad{{Subject: graph.Blank("a"), Predicate: graph.IRI("p"), Object: graph.IRI("o")}}}); err != nil {
			t.Fatal(err)
		}
		o := graph.BulkOptions{Memory: memory, OwnBlank: func(label string) string { return label + "-2" }}
		if _, err := s.BulkLoad(t.Context(), batches(quads, 1, nil), o); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(dump(t, s)), "\n")
		slices.Sort(lines)
		if got, want := strings.Join(lines, "\n"), "_:a <p> <o> .\n_:a-2 <p> _:b .\n_:b <p> _:a-2 ."; got != want {
			t.Errorf("with %d bytes the store holds\n%s\nwant\n%s", memory, got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkBulkLoad loads a million quads of the diplomacy graph from N-Quads
// in memory, durably. Where others use the processor too, the time of the
// processor says more than that of the clock.
func BenchmarkBulkLoad(b *testing.B) {
	var text []byte
	for q, err := range diplomacy.Quads(1, 1_000_000) {
		if err != nil {
			b.Fatal(err)
		}
		text = append(graph.AppendQuad(text, q), '\n')
	}
	used := processorTime(b)
	for b.Loop() {
		s, err := pebble.Open(b.TempDir(), pebble.Options{})
		if err != nil {
			b.Fatal(err)
		}
		quads := graph.ReadNQuadsBatches(b.Context(), bytes.NewReader(text), graph.ReadOptions{})
		done, err := s.BulkLoad(b.Context(), quads, graph.BulkOptions{})
		if err != nil || done.Added != 1_000_000 {
			b.Fatal(done, err)
		}
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
	b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
	b.ReportMetric((processorTime(b)-used).Seconds()/float64(b.N), "cpu-s/op")
}

// processorTime is what this process has used, or zero where the system does not say.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	text, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	var ticks int64
	for _, f := range fields[11:13] { // of the user, and of the system
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}
