package pebble_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// full makes the tests that are as good as they are long run as long as make crash wants.
var full = flag.Bool("full", false, "cut the power 1,200 times, kill 60 writers, and replay 200 random histories")

// smallChange adds and removes a few of a few hundred quads.
func smallChange(r *rand.Rand) graph.Change {
	var c graph.Change
	for range 1 + r.IntN(12) {
		q := graph.Quad{
			Subject:   graph.IRI(fmt.Sprint("s", r.IntN(12))),
			Predicate: graph.IRI(fmt.Sprint("p", r.IntN(2))),
			Object:    graph.Typed(fmt.Sprint(r.IntN(9)), "http://www.w3.org/2001/XMLSchema#integer"),
		}
		if r.IntN(3) == 0 {
			q.Object, q.Graph = graph.String(fmt.Sprint("o", r.IntN(9))), graph.IRI(fmt.Sprint("g", r.IntN(3)))
		}
		if r.IntN(3) > 0 {
			c.Add = append(c.Add, q)
		} else {
			c.Remove = append(c.Remove, q)
		}
	}
	return c
}

// isSync reports what makes something durable.
func isSync(op errorfs.Op) bool {
	return op.Kind == errorfs.OpFileSync || op.Kind == errorfs.OpFileSyncData || op.Kind == errorfs.OpFileSyncTo
}

// TestPowerCuts cuts the power before every sync, of files of columns too, and
// looks whether the store holds all changes that were acknowledged by then, and
// none in part.
func TestPowerCuts(t *testing.T) {
	t.Parallel()
	cuts := 150
	if *full {
		cuts = 1200
	}
	type cut struct {
		disk           *vfs.MemFS
		least, largest int64 // changes that were acknowledged, and that were begun
	}
	for seed, done := uint64(0), 0; done < cuts; seed++ {
		r := rand.New(rand.NewPCG(seed, 13))
		disk := vfs.NewCrashableMem()
		var acknowledged, begun atomic.Int64
		var made atomic.Bool // the store is; a folder in which Pebble's files are made is not kept by it
		var mu sync.Mutex
		var clones []cut
		stop := errorfs.InjectorFunc(func(op errorfs.Op) error {
			if !made.Load() || !isSync(op) {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			c := cut{least: acknowledged.Load()}
			c.disk = disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: []int{0, 50, 100}[r.IntN(3)], RNG: rand.New(rand.NewPCG(r.Uint64(), 0))})
			c.largest = begun.Load()
			clones = append(clones, c)
			return nil
		})
		s, err := pebble.Open("graph", pebble.Options{FS: errorfs.Wrap(disk, stop), MergeAt: 20 + int(seed%3)*30})
		if err != nil {
			t.Fatal(err)
		}
		made.Store(true)
		changes := rand.New(rand.NewPCG(seed, 14))
		states := []string{""}
		for range 40 {
			begun.Add(1)
			if _, err := s.Apply(t.Context(), smallChange(changes)); err != nil {
				t.Fatal(err)
			}
			acknowledged.Add(1)
			states = append(states, dump(t, s))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for i, c := range clones {
			s, err := pebble.Open("graph", pebble.Options{FS: c.disk})
			if err != nil {
				t.Fatalf("seed %d, cut %d of %d, after %d changes: %v", seed, i, len(clones), c.least, err)
			}
			if got := dump(t, s); !slices.Contains(states[c.least:c.largest+1], got) {
				t.Fatalf("seed %d, cut %d of %d: after %d to %d changes the store holds\n%swant\n%s", seed, i, len(clones), c.least, c.largest, got, states[c.least])
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			done++
		}
	}
}

// inKilled is set in the environment of a process that is killed: the folder of its store.
const inKilled = "ENTENTE_KILLED_STORE"

const killedQuads = 20 // of each change of that process

// TestKilled kills a process that writes, again and again: every change that it
// said was made is there, and none in part.
func TestKilled(t *testing.T) {
	if path := os.Getenv(inKilled); path != "" {
		writeUntilKilled(t, path)
		return
	}
	t.Parallel()
	kills := 6
	if *full {
		kills = 60
	}
	path := t.TempDir()
	r := rand.New(rand.NewPCG(15, 16))
	for range kills {
		writer := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		writer.Env = append(os.Environ(), inKilled+"="+path)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		last := -1
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if last < 0 {
				time.AfterFunc(time.Duration(r.IntN(120))*time.Millisecond, func() { writer.Process.Kill() })
			}
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				last = n
			} else {
				t.Fatalf("the process says %q", lines.Text())
			}
		}
		writer.Wait()
		checkKilled(t, path, last)
	}
}

func writeUntilKilled(t *testing.T, path string) {
	s, err := pebble.Open(path, pebble.Options{MergeAt: 500})
	if err != nil {
		t.Fatal(err)
	}
	from := len(numbersIn(t, s))
	for n := from; ; n++ {
		var c graph.Change
		for i := range killedQuads {
			c.Add = append(c.Add, graph.Quad{Subject: graph.IRI(fmt.Sprint("n", n)), Predicate: graph.IRI("p"), Object: graph.String(fmt.Sprint(n, " ", i))})
		}
		if _, err := s.Apply(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		fmt.Println(n)
	}
}

// numbersIn returns how many quads each change has left in a store.
func numbersIn(t *testing.T, s graph.Store) map[graph.Term]int {
	t.Helper()
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	numbers := map[graph.Term]int{}
	for q, err := range graph.Quads(t.Context(), v, graph.Pattern{}) {
		if err != nil {
			t.Fatal(err)
		}
		numbers[q.Subject]++
	}
	return numbers
}

func checkKilled(t *testing.T, path string, last int) {
	t.Helper()
	s, err := pebble.Open(path, pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	numbers := numbersIn(t, s)
	for name, n := range numbers {
		if n != killedQuads {
			t.Errorf("%s has %d quads of %d", name, n, killedQuads)
		}
	}
	if len(numbers) <= last {
		t.Errorf("%d changes are there, and %d were acknowledged", len(numbers), last+1)
	}
}

// TestDiskFails lets writing fail from some operation on, for different reasons:
// the change that fails says so, what was acknowledged can still be read, and
// is there when the store is opened again.
func TestDiskFails(t *testing.T) {
	for _, reason := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EACCES, syscall.EIO} {
		for n := int32(0); n < 400; n += 23 {
			disk := vfs.NewMem()
			var left atomic.Int32
			left.Store(1 << 30)
			full := errorfs.InjectorFunc(func(op errorfs.Op) error {
				if op.Kind.ReadOrWrite() == errorfs.OpIsWrite && op.Kind != errorfs.OpFileClose && left.Add(-1) < 0 {
					return reason
				}
				return nil
			})
			s, err := pebble.Open("graph", pebble.Options{FS: errorfs.Wrap(disk, full), MergeAt: 30})
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(uint64(n), 17))
			left.Store(n)
			states := []string{""}
			var failed error
			for len(states) < 200 && failed == nil {
				if _, failed = s.Apply(t.Context(), smallChange(r)); failed == nil {
					states = append(states, dump(t, s))
				}
			}
			if failed == nil || !errors.Is(failed, reason) && !strings.Contains(failed.Error(), reason.Error()) {
				t.Fatalf("operation %d: the change failed with %v, want %v", n, failed, reason)
			}
			if _, err := s.Apply(t.Context(), smallChange(r)); err == nil {
				t.Error("the store was changed after the disk failed")
			}
			// The change that failed may show, but nothing else may.
			shown := dump(t, s)
			if err := s.Close(); err == nil {
				t.Log("closed without an error")
			}
			left.Store(1 << 30)
			s, err = pebble.Open("graph", pebble.Options{FS: disk})
			if err != nil {
				t.Fatalf("operation %d: opening again: %v", n, err)
			}
			acknowledged := states[len(states)-1]
			if got := dump(t, s); got != acknowledged && got != shown {
				t.Errorf("operation %d: the store holds\n%swant\n%s", n, got, acknowledged)
			}
			s.Close()
		}
	}
}

// TestDiskFailsInBulk lets writing the large files of a bulk load fail from some
// operation on: the load says so, and the store is what it was, and goes on.
func TestDiskFailsInBulk(t *testing.T) {
	t.Parallel()
	quads := randomQuads(rand.New(rand.NewPCG(1, 2)), 800)
	for n, loaded := int32(0), false; !loaded; n += 13 {
		disk := vfs.NewMem()
		var left atomic.Int32
		left.Store(1 << 30)
		full := errorfs.InjectorFunc(func(op errorfs.Op) error {
			own := strings.HasPrefix(op.Path, "graph/bulk") || strings.HasPrefix(op.Path, "graph/columns")
			if own && op.Kind.ReadOrWrite() == errorfs.OpIsWrite && op.Kind != errorfs.OpFileClose && op.Kind != errorfs.OpRemove && left.Add(-1) < 0 {
				return syscall.ENOSPC
			}
			return nil
		})
		s, err := pebble.Open("graph", pebble.Options{FS: errorfs.Wrap(disk, full), MergeAt: 100})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(t.Context(), graph.Change{Add: quads[:200]}); err != nil {
			t.Fatal(err)
		}
		before := dump(t, s)
		left.Store(n)
		_, err = s.BulkLoad(t.Context(), batches(quads, 90, nil), graph.BulkOptions{List: "x", Memory: 20_000})
		loaded = err == nil
		if err != nil && !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
			t.Fatalf("operation %d: the load failed with %v", n, err)
		}
		left.Store(1 << 30)
		if got := dump(t, s); !loaded && got != before {
			t.Fatalf("operation %d: after %v the store holds\n%s", n, err, got)
		}
		sound(t, s)
		if _, err := s.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
			t.Fatalf("operation %d: after there is room again: %v", n, err)
		}
		want := dump(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err = pebble.Open("graph", pebble.Options{FS: disk}); err != nil {
			t.Fatalf("operation %d: opening again: %v", n, err)
		}
		if got := dump(t, s); got != want {
			t.Fatalf("operation %d: opened again, the store holds\n%s", n, got)
		}
		s.Close()
	}
}

// nearlyFull is a file system that says how little is free.
type nearlyFull struct {
	vfs.FS
	free atomic.Uint64
}

func (f *nearlyFull) GetDiskUsage(string) (vfs.DiskUsage, error) {
	return vfs.DiskUsage{AvailBytes: f.free.Load()}, nil
}

// TestNearlyFull refuses changes before the disk is full, and goes on when there is room.
func TestNearlyFull(t *testing.T) {
	disk := &nearlyFull{FS: vfs.NewMem()}
	disk.free.Store(1 << 30)
	s, err := pebble.Open("graph", pebble.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := rand.New(rand.NewPCG(18, 19))
	if _, err := s.Apply(t.Context(), smallChange(r)); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	disk.free.Store(10 << 20)
	if _, err := s.Apply(t.Context(), smallChange(r)); err == nil || !strings.Contains(err.Error(), "the disk is full: 10 MB are free") {
		t.Errorf("got error %v", err)
	}
	if got := dump(t, s); got != before {
		t.Errorf("the store holds\n%swant\n%s", got, before)
	}
	disk.free.Store(1 << 30)
	if _, err := s.Apply(t.Context(), smallChange(r)); err != nil {
		t.Error(err)
	}
}
