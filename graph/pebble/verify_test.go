package pebble_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	raw "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/columns"
	"github.com/ententegraph/entente/graph/pebble"
)

// changed returns a store after many small changes.
func changed(t *testing.T, disk vfs.FS, seed uint64) *pebble.Store {
	t.Helper()
	s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 25})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 22))
	for range 60 {
		if _, err := s.Apply(t.Context(), smallChange(r)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Apply(t.Context(), graph.Change{CreateGraphs: []graph.Term{graph.IRI("empty")}}); err != nil {
		t.Fatal(err)
	}
	return s
}

func verify(t *testing.T, s *pebble.Store) []string {
	t.Helper()
	var problems []string
	if err := s.Verify(t.Context(), func(problem string) { problems = append(problems, problem) }); err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestVerify(t *testing.T) {
	for seed := range uint64(10) {
		s := changed(t, vfs.NewMem(), seed)
		if problems := verify(t, s); len(problems) > 0 {
			t.Errorf("seed %d: %q", seed, problems)
		}
		if err := s.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if problems := verify(t, s); len(problems) > 0 {
			t.Errorf("seed %d, settled: %q", seed, problems)
		}
		s.Close()
	}
}

// TestVerifyDictionary takes away and adds rows behind the store's back.
func TestVerifyDictionary(t *testing.T) {
	for row, want := range map[string]string{
		"i\x00\x00\x00\x00\x00\x00\x00\x02": "which is not in the dictionary",
		"tis1":                              "leads to the id 0",
	} {
		disk := vfs.NewMem()
		if err := changed(t, disk, 1).Close(); err != nil {
			t.Fatal(err)
		}
		db, err := raw.Open("graph", &raw.Options{FS: disk, FormatMajorVersion: raw.FormatNewest})
		if err != nil {
			t.Fatal(err)
		}
		orphan := append([]byte("i"), 0, 0, 0, 0, 0, 0, 0, 0)
		if err := errors.Join(db.Delete([]byte(row), raw.Sync), db.Set(orphan, []byte("iorphan"), raw.Sync), db.Close()); err != nil {
			t.Fatal(err)
		}
		s, err := pebble.Open("graph", pebble.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		problems := strings.Join(verify(t, s), "\n")
		if !strings.Contains(problems, want) || !strings.Contains(problems, "the dictionary has the term 0, which no quad has") {
			t.Errorf("without %q: %s", row, problems)
		}
		s.Close()
	}
}

// TestVerifyWords changes rows of the words of texts behind the store's back.
func TestVerifyWords(t *testing.T) {
	disk := vfs.NewMem()
	s, err := pebble.Open("graph", pebble.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Change{Add: texts(20)}); err != nil {
		t.Fatal(err)
	}
	if problems := verify(t, s); len(problems) > 0 {
		t.Errorf("untouched: %q", problems)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := raw.Open("graph", &raw.Options{FS: disk, FormatMajorVersion: raw.FormatNewest})
	if err != nil {
		t.Fatal(err)
	}
	it, err := db.NewIter(&raw.IterOptions{LowerBound: []byte("wcommon\x00"), UpperBound: []byte("wcommon\x01")})
	if err != nil || !it.First() {
		t.Fatal("no text has the word common", err)
	}
	row := bytes.Clone(it.Key())
	text := row[len("wcommon\x00"):]
	good := bytes.Clone(it.Value())
	if err := errors.Join(it.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	stray, unknown := append([]byte("welsewhere\x00"), text...), []byte("wcommon\x00\x00\x00\x00\x00\x00\x00\xff\xff")
	for _, test := range []struct {
		row, value, back []byte
		want             string
	}{
		{row, nil, good, `has the word "common", by which it is not found`},
		{row, []byte{9, 9}, good, `the counts of the word "common"`},
		{stray, good, nil, `the word "elsewhere" leads to the term`},
		{unknown, good, nil, "which is not in the dictionary"},
		{[]byte("wshort"), good, nil, `the row "wshort" of a word is unreadable`},
	} {
		put := func(value []byte) {
			db, err := raw.Open("graph", &raw.Options{FS: disk, FormatMajorVersion: raw.FormatNewest})
			if err != nil {
				t.Fatal(err)
			}
			if value == nil {
				err = db.Delete(test.row, raw.Sync)
			} else {
				err = db.Set(test.row, value, raw.Sync)
			}
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}
		put(test.value)
		s, err := pebble.Open("graph", pebble.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		if problems := verify(t, s); len(problems) != 1 || !strings.Contains(problems[0], test.want) {
			t.Errorf("%q is %q: problems %q, want %q", test.row, test.value, problems, test.want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		put(test.back)
	}
}

// TestDamagedColumns changes a byte of a file of columns: opening, verifying or
// reading fails with the name of the file, or all answers are right.
func TestDamagedColumns(t *testing.T) {
	disk := vfs.NewMem()
	s := changed(t, disk, 2)
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := disk.List("graph/columns")
	if err != nil || len(names) != len(graph.Orders()) {
		t.Fatal(names, err)
	}
	r := rand.New(rand.NewPCG(23, 24))
	for range 200 {
		name := path.Join("graph/columns", names[r.IntN(len(names))])
		good := contents(t, disk, name)
		bad := bytes.Clone(good)
		bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		rewrite(t, disk, name, bad)
		s, err := pebble.Open("graph", pebble.Options{FS: disk})
		if err == nil {
			problems := verify(t, s)
			switch {
			case len(problems) == 0 && dump(t, s) != want:
				t.Errorf("%s: other quads, and no problem is reported", name)
			case len(problems) > 1 || len(problems) == 1 && !strings.Contains(problems[0], name):
				t.Errorf("%s: %q", name, problems)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		} else if !errors.Is(err, columns.ErrDamaged) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		rewrite(t, disk, name, good)
	}
}

func contents(t *testing.T, disk vfs.FS, name string) []byte {
	t.Helper()
	f, err := disk.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rewrite(t *testing.T, disk vfs.FS, name string, b []byte) {
	t.Helper()
	f, err := disk.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestCheckpoint copies a store, which goes on.
func TestCheckpoint(t *testing.T) {
	for name, disk := range map[string]vfs.FS{"memory": vfs.NewMem(), "disk": nil} {
		folder := "copies"
		s := changed(t, vfs.NewMem(), 3)
		if disk == nil {
			folder = t.TempDir()
			var err error
			if s, err = pebble.Open(path.Join(folder, "graph"), pebble.Options{MergeAt: 25}); err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(3, 3))
			for range 30 {
				if _, err := s.Apply(t.Context(), smallChange(r)); err != nil {
					t.Fatal(err)
				}
			}
		} else {
			s.Close()
			s = changed(t, disk, 3)
		}
		want := dump(t, s)
		for n := range 3 {
			copied := path.Join(folder, fmt.Sprint("copy", n))
			if err := s.Checkpoint(copied); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := s.Checkpoint(copied); err == nil {
				t.Error("a copy was written over another")
			}
			if _, err := s.Apply(t.Context(), graph.Change{Add: []graph.Quad{{Subject: graph.IRI("later"), Predicate: graph.IRI("p"), Object: graph.String(fmt.Sprint(n))}}}); err != nil {
				t.Fatal(err)
			}
			if err := s.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			c, err := pebble.Open(copied, pebble.Options{FS: disk})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := dump(t, c); got != want {
				t.Errorf("%s: the copy holds\n%swant\n%s", name, got, want)
			}
			if problems := verify(t, c); len(problems) > 0 {
				t.Errorf("%s: %q", name, problems)
			}
			c.Close()
			want = dump(t, s)
		}
		s.Close()
	}
}

// TestCheckpointOfWriters copies a store while others change it and settle it:
// each copy is sound, and holds what one moment between two changes had.
func TestCheckpointOfWriters(t *testing.T) {
	const quads = 7 // of each change
	disk := vfs.NewMem()
	s, err := pebble.Open("graph", pebble.Options{FS: disk, MergeAt: 25})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var made [2]atomic.Int64 // changes of each writer that were acknowledged
	var writers sync.WaitGroup
	stop := make(chan struct{})
	for w := range made {
		writers.Go(func() {
			for n := int64(0); ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				var c graph.Change
				for i := range quads {
					c.Add = append(c.Add, graph.Quad{
						Subject: graph.IRI(fmt.Sprint("writer", w, "/", n)), Predicate: graph.IRI("p"), Object: graph.String(fmt.Sprint("quad ", i)),
					})
				}
				if _, err := s.Apply(t.Context(), c); err != nil {
					t.Error(err)
					return
				}
				made[w].Store(n + 1)
			}
		})
	}
	for n := range 12 {
		least := [2]int64{made[0].Load(), made[1].Load()}
		copied := fmt.Sprint("copies/", n)
		if err := s.Checkpoint(copied); err != nil {
			t.Error(err)
			break
		}
		most := [2]int64{made[0].Load() + 1, made[1].Load() + 1} // the next may be made and not be acknowledged yet
		c, err := pebble.Open(copied, pebble.Options{FS: disk})
		if err != nil {
			t.Error(err)
			break
		}
		if problems := verify(t, c); len(problems) > 0 {
			t.Errorf("copy %d: %q", n, problems)
		}
		held := numbersIn(t, c)
		for w := range made {
			count := int64(0)
			for held[graph.IRI(fmt.Sprint("writer", w, "/", count))] == quads {
				delete(held, graph.IRI(fmt.Sprint("writer", w, "/", count)))
				count++
			}
			if count < least[w] || count > most[w] {
				t.Errorf("copy %d holds %d changes of writer %d, want %d to %d", n, count, w, least[w], most[w])
			}
		}
		if len(held) > 0 {
			t.Errorf("copy %d holds changes in part, or out of sequence: %v", n, held)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	writers.Wait()
}
