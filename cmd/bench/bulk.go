package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// benchBulk loads the generated quads in bulk and takes them back, and prints
// rates, time of the processor, and memory.
func benchBulk(ctx context.Context, w io.Writer, o options) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	measured := commit(ctx) // it may move while we measure
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, "diplomacy.nq")
	size, err := generate(file, o)
	if err != nil {
		return err
	}
	store, err := pebble.Open(filepath.Join(folder, "store"), pebble.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	fmt.Fprintf(w, "%s  \nCommit %s; %d quads (seed %d, %d MB of N-Quads), %d MiB for loading.\n\n", machine(), measured, o.quads, o.seed, size>>20, o.memory)
	fmt.Fprint(w, "| what | quads/s | s | processor, s | memory of its own, at most |\n| --- | ---: | ---: | ---: | ---: |\n")
	memory := int64(o.memory) << 20
	err = measureBulk(ctx, w, "load in bulk from N-Quads, durable at the end", func() (int64, error) {
		f, err := os.Open(file)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		done, err := store.BulkLoad(ctx, graph.ReadNQuadsBatches(ctx, f, graph.ReadOptions{}), graph.BulkOptions{Memory: memory, List: "bench"})
		return done.Added, err
	})
	if err != nil {
		return err
	}
	return measureBulk(ctx, w, "take them back", func() (int64, error) {
		done, err := store.BulkRemove(ctx, "bench", graph.BulkRemoval{Memory: memory, Keep: func(graph.Listed) (bool, error) { return false, nil }})
		return done.Removed, err
	})
}

// measureBulk prints what a function takes that gives the number of quads that it handled.
func measureBulk(ctx context.Context, w io.Writer, what string, do func() (int64, error)) error {
	watching, stop := context.WithCancel(ctx)
	most := make(chan int64)
	go func() {
		var peak int64
		for watching.Err() == nil {
			peak = max(peak, status("RssAnon"))
			time.Sleep(20 * time.Millisecond)
		}
		most <- peak
	}()
	used, start := processorTime(), time.Now()
	n, err := do()
	took := time.Since(start)
	stop()
	peak := <-most
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "| %s | %.0f k | %.1f | %.1f | %d MiB |\n", what, float64(n)/took.Seconds()/1e3, took.Seconds(), (processorTime() - used).Seconds(), peak>>20)
	return nil
}

// processorTime is what this process has used of the processors, or 0 where the system does not say.
func processorTime() time.Duration {
	text, _ := os.ReadFile("/proc/self/stat")
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	const second = 100 // ticks, on every Linux
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * (time.Second / second)
}
