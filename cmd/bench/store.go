package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// A figure is what was measured of the store.
type figure struct{ what, value, wanted string }

// storeBench measures one store of generated quads.
type storeBench struct {
	options
	folder  string
	quads   int64 // in the store
	figures []figure
}

func (b *storeBench) path() string { return filepath.Join(b.folder, "store") }

func (b *storeBench) add(what, wanted, format string, values ...any) {
	b.figures = append(b.figures, figure{what, fmt.Sprintf(format, values...), wanted})
}

// benchStore loads the generated quads into a store and measures its size, how
// fast it opens, reads and writes, and how readers fare beside a writer.
func benchStore(ctx context.Context, w io.Writer, o options) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	measured := commit(ctx) // it may move while we measure
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &storeBench{options: o, folder: folder}
	file := filepath.Join(folder, "diplomacy.nq")
	size, err := generate(file, o)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return b.load(ctx, file, size) },
		b.disk,
		b.reads,
		b.writes,
		b.together,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "%s  \nCommit %s; %d quads (seed %d, %d MB of N-Quads).\n\n", machine(), measured, o.quads, o.seed, size>>20)
	out := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.Debug)
	fmt.Fprint(out, "| what\t figure\t wanted\t\n| ---\t ---\t ---\t\n")
	for _, f := range b.figures {
		fmt.Fprintf(out, "| %s\t %s\t %s\t\n", f.what, f.value, f.wanted)
	}
	return out.Flush()
}

// load loads the file in bulk.
func (b *storeBench) load(ctx context.Context, file string, size int64) (err error) {
	s, err := pebble.Open(b.path(), pebble.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // Linux forgets the peak so far
	start := time.Now()
	done, err := s.BulkLoad(ctx, graph.ReadNQuadsBatches(ctx, f, graph.ReadOptions{}), graph.BulkOptions{})
	if err != nil {
		return err
	}
	took := time.Since(start)
	b.quads = done.Added
	b.add("bulk load from N-Quads, durable at the end", "≥ 400 k quads/s", "%.0f k quads/s (%.0f MB/s)",
		float64(done.Added)/took.Seconds()/1e3, float64(size)/took.Seconds()/1e6)
	b.add("largest resident memory while loading", "≤ 512 MiB beside the mapped files", "%d MiB in all", status("VmHWM")>>20)
	return nil
}

// disk measures sizes and opening, and what an open store keeps in memory.
func (b *storeBench) disk(ctx context.Context) error {
	columns, err := folderSize(filepath.Join(b.path(), "columns"))
	if err != nil {
		return err
	}
	all, err := folderSize(b.path())
	if err != nil {
		return err
	}
	per := func(n int64) float64 { return float64(n) / float64(b.quads) }
	b.add("disk, quads in nine orders", "≤ 60 bytes a quad", "%.1f bytes a quad", per(columns))
	b.add("disk, dictionary and the rest", "", "%.1f bytes a quad", per(all-columns))
	before := memory()
	start := time.Now()
	s, err := pebble.Open(b.path(), pebble.Options{})
	if err != nil {
		return err
	}
	b.add("open after a clean stop", "≤ 100 ms", "%.1f ms", milliseconds(time.Since(start)))
	v, err := s.View()
	if err != nil {
		return errors.Join(err, s.Close())
	}
	for _, err := range v.Scan(ctx, graph.Pattern{}, graph.Unordered) {
		if err != nil {
			return errors.Join(err, v.Close(), s.Close())
		}
	}
	b.add("memory of the open store after reading it all", "≤ 40 bytes a quad", "%.1f bytes a quad", per(memory()-before))
	return errors.Join(v.Close(), s.Close())
}

// openCopy measures opening a copy of an open store's files, its log not written to tables:
// what a kill would have left.
func (b *storeBench) openCopy(open *pebble.Store) error {
	copied := filepath.Join(b.folder, "killed")
	if err := open.Checkpoint(copied); err != nil {
		return err
	}
	start := time.Now()
	s, err := pebble.Open(copied, pebble.Options{})
	if err != nil {
		return err
	}
	b.add("open after a kill", "≤ 2 s", "%.0f ms", milliseconds(time.Since(start)))
	return errors.Join(s.Close(), os.RemoveAll(copied))
}

func folderSize(folder string) (sum int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}

// memory is what is alive on the heap, in bytes.
func memory() int64 {
	runtime.GC()
	runtime.GC() // what had finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// status is a line of Linux's /proc/self/status, in bytes; 0 elsewhere.
func status(name string) int64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			n, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return n << 10
		}
	}
	return 0
}

// quantile returns that of times, which it sorts.
func quantile(times []time.Duration, q float64) time.Duration {
	slices.Sort(times)
	return times[int(q*float64(len(times)-1))]
}
