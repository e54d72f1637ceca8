package pebble_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/pebble"
)

func texts(n int) []graph.Quad {
	var quads []graph.Quad
	for i := range n {
		quads = append(quads, graph.Quad{
			Subject: graph.IRI("s"), Predicate: graph.IRI("p"), Object: graph.String(fmt.Sprintf("word%d and common, number %d", i%7, i)),
		})
	}
	return quads
}

func found(t testing.TB, d graph.Dataset, query string) int {
	t.Helper()
	hits, err := graph.FindText(t.Context(), d, query, 0)
	if err != nil {
		t.Fatal(err)
	}
	return len(hits)
}

// TestTextOfBulk loads texts in bulk: they are found after the commit and in
// views from then on, and an aborted load leaves no words.
func TestTextOfBulk(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	count := func() int {
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		graphtest.CheckText(t, v, "word3 common", "wor*", "number 12")
		return found(t, v, "common")
	}
	bulk(t, s, texts(50), func(b *pebble.Bulk) {
		if n := count(); n != 0 {
			t.Errorf("%d texts are found that are not committed", n)
		}
		if err := b.Abort(); err != nil {
			t.Fatal(err)
		}
	})
	if n := count(); n != 0 {
		t.Errorf("%d texts are found of an aborted load", n)
	}
	bulk(t, s, texts(100), func(b *pebble.Bulk) {
		if _, err := b.Commit(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	})
	if n := count(); n != 100 {
		t.Errorf("%d texts are found of 100", n)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Remove: texts(40)}); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 60 {
		t.Errorf("%d texts are found of 60 that are left", n)
	}
}

// TestTextOfOldStore opens a store of the first format, which had no words.
func TestTextOfOldStore(t *testing.T) {
	disk := vfs.NewMem()
	firstFormat(t, disk, map[uint64]string{2: "ia:s", 3: "ia:p", 4: "sAn old text", 5: "l\x02enan older one"},
		[][4]uint64{{2, 3, 4, 1}, {2, 3, 5, 1}}, 4)
	for range 2 {
		s, err := pebble.Open("graph", pebble.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		if n := found(t, v, "old*"); n != 2 {
			t.Errorf("%d texts are found of 2", n)
		}
		graphtest.CheckText(t, v, "an", "text old")
		if err := errors.Join(v.Close(), s.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTextStops(t *testing.T) {
	s, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Apply(t.Context(), graph.Change{Add: texts(1000)}); err != nil {
		t.Fatal(err)
	}
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := graph.FindText(ctx, v, "common and", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that nobody wants any more ends with %v", err)
	}
}

// BenchmarkFindText searches 200,000 texts of about fifteen words.
func BenchmarkFindText(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 4, 50000)
	s, err := pebble.OpenMemory()
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	start := time.Now()
	const n, atOnce = 200000, 20000
	for i := 0; i < n; i += atOnce {
		var c graph.Change
		for j := range atOnce {
			words := make([]string, 15)
			for k := range words {
				words[k] = fmt.Sprintf("w%d", zipf.Uint64())
			}
			c.Add = append(c.Add, graph.Quad{Subject: graph.IRI(fmt.Sprint("s", i+j)), Predicate: graph.IRI("p"), Object: graph.String(strings.Join(words, " "))})
		}
		if _, err := s.Apply(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d texts a second go in", int(n/time.Since(start).Seconds()))
	v, err := s.View()
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	for name, query := range map[string]string{"rare": "w4321", "rare and common": "w4321 w0", "two common": "w0 w1", "beginning": "w123*", "beginning and common": "w12* w1"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := graph.FindText(b.Context(), v, query, 20); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(found(b, v, query)), "hits")
		})
	}
}
