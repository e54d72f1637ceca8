// Command bench asks a generated graph of diplomacy the twelve shapes of query
// of package diplomacy, through the Go API and over HTTP, and prints a table
// of the medians. With -peer it has Oxigraph load the same file and answer the
// same queries in the same run, and fails where the answers are not the same.
//
//	bench -quads 1000000 -peer cmd/bench/oxigraph
//
// With -store it measures the store below them instead.
//
//	bench -quads 1000000 -store -seconds 60
//
// With -articles it loads made-up news from end to end.
//
//	bench -articles 10000 -keep /tmp/news
//
// With -questions it asks the saved queries of such a graph, and what is asked of the whole network.
//
//	bench -questions /tmp/news -rounds 21
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
)

// options are the flags.
type options struct {
	quads  int
	seed   uint64
	rounds int
	peer   string // folder of Oxigraph's package and script

	store    bool   // measure the store, not queries
	articles int    // load so many articles, instead of measuring queries
	keep     string // folder for the graph of the articles

	questions string // folder of a graph to ask the saved questions of, instead

	bulk   bool // measure loading in bulk, and taking back
	memory int  // MiB for that

	seconds int // how long commits and readers are measured
}

func main() {
	var o options
	flag.IntVar(&o.quads, "quads", 1_000_000, "`number` of quads to generate")
	flag.Uint64Var(&o.seed, "seed", 1, "of the generator")
	flag.IntVar(&o.rounds, "rounds", 31, "how often each query is asked")
	flag.StringVar(&o.peer, "peer", "", "`folder` with Oxigraph, installed by npm ci; none to leave it out")
	flag.BoolVar(&o.store, "store", false, "measure the store instead: loading, size, opening, reads, commits, readers beside a writer")
	flag.IntVar(&o.seconds, "seconds", 10, "how `long` to commit, and to read beside a writer, with -store")
	flag.BoolVar(&o.bulk, "bulk", false, "measure loading in bulk and taking back instead")
	flag.IntVar(&o.memory, "memory", 512, "`MiB` for loading, with -bulk")
	flag.IntVar(&o.articles, "articles", 0, "load background knowledge and a `number` of made-up articles, and measure that")
	flag.StringVar(&o.keep, "keep", "", "`folder` to keep the graph of the articles in")
	flag.StringVar(&o.questions, "questions", "", "ask the saved queries and the questions of the whole network of the graph in a `folder`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := bench
	switch {
	case o.store:
		run = benchStore
	case o.bulk:
		run = benchBulk
	case o.articles > 0:
		run = benchArticles
	case o.questions != "":
		run = benchQuestions
	}
	if err := run(ctx, os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (o options) check() error {
	if o.quads < 1 || o.rounds < 1 || o.seconds < 0 {
		return fmt.Errorf("-quads is %d, -rounds %d and -seconds %d: the first two must be 1 or more, the last not negative", o.quads, o.rounds, o.seconds)
	}
	return nil
}

// bench runs everything and writes the table.
func bench(ctx context.Context, w io.Writer, o options) error {
	if err := o.check(); err != nil {
		return err
	}
	measured := commit(ctx) // it may move while we measure
	shapes, err := diplomacy.Shapes()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "diplomacy.nq")
	size, err := generate(file, o)
	if err != nil {
		return err
	}
	store, err := pebble.Open(filepath.Join(folder, "store"), pebble.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	took, err := load(ctx, store, file)
	if err != nil {
		return err
	}
	own, err := ask(ctx, store, shapes, o.rounds)
	if err != nil {
		return err
	}
	var peer *peerReport
	if o.peer != "" {
		if peer, err = askPeer(ctx, o.peer, file, shapes, own, o.rounds); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "%s  \nCommit %s; %d quads (seed %d, %d MB of N-Quads) loaded in changes of %d in %.1f s; median of %d.\n\n",
		machine(), measured, o.quads, o.seed, size>>20, changeSize, took.Seconds(), o.rounds)
	return table(w, own, peer)
}

// generate writes the graph and returns the size of the file in bytes.
func generate(file string, o options) (int64, error) {
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if err := graph.WriteNQuads(f, diplomacy.Quads(o.seed, o.quads)); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), f.Close()
}

// changeSize is how many quads are loaded as one change.
const changeSize = 50_000

// load applies the quads of the file, and waits until the store has merged them.
func load(ctx context.Context, store *pebble.Store, file string) (time.Duration, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	start := time.Now()
	var change graph.Change
	apply := func() error {
		_, err := store.Apply(ctx, change)
		change.Add = change.Add[:0]
		return err
	}
	for q, err := range graph.ReadNQuads(ctx, f, graph.ReadOptions{}) {
		if err != nil {
			return 0, err
		}
		if change.Add = append(change.Add, q); len(change.Add) == changeSize {
			if err := apply(); err != nil {
				return 0, err
			}
		}
	}
	if err := apply(); err != nil {
		return 0, err
	}
	if err := store.Settle(ctx); err != nil {
		return 0, err
	}
	return time.Since(start), nil
}

// machine says what was measured on, and what else it was doing.
func machine() string {
	return fmt.Sprintf("Machine: %s, %d cores, %s/%s; %s; load average %s.",
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), loadAverage())
}

// processor names the processor as the system does, where it does.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimLeft(strings.TrimSpace(name), ": \t")
		}
	}
	return "unknown processor"
}

// loadAverage is that of the last minute: what else the machine was doing.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// commit names what was measured, with a + where files differ from it.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty=+", "--abbrev=10").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
