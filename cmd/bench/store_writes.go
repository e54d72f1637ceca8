package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/schema"
)

// article is how many quads one commit brings.
const article = 300

// An articleMaker cuts a generated graph into changes of one graph each, whose
// quads no change of another number has.
type articleMaker struct {
	quads []graph.Quad
	next  atomic.Int64
}

func newArticles(seed uint64) (*articleMaker, error) {
	m := &articleMaker{}
	for q, err := range diplomacy.Quads(seed+1, 100_000) {
		if err != nil {
			return nil, err
		}
		m.quads = append(m.quads, q)
	}
	return m, nil
}

// one returns the next change, and the graph that all of its quads are in.
func (m *articleMaker) one() (graph.Change, graph.Term) {
	n := int(m.next.Add(1))
	name := graph.IRI(fmt.Sprintf("%sdoc/bench-%d", schema.ID, n))
	c := graph.Change{Add: make([]graph.Quad, 0, article)}
	for i := range article {
		q := m.quads[(n*article+i)%len(m.quads)]
		q.Graph = name
		c.Add = append(c.Add, q)
	}
	return c, name
}

// open opens the store to commit articles to it.
func (b *storeBench) open() (*pebble.Store, *articleMaker, error) {
	articles, err := newArticles(b.seed)
	if err != nil {
		return nil, nil, err
	}
	s, err := pebble.Open(b.path(), pebble.Options{})
	return s, articles, err
}

// writes measures commits of one article each, and opening after a kill.
func (b *storeBench) writes(ctx context.Context) (err error) {
	s, articles, err := b.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var commits, syncs []time.Duration
	for range 300 { // in turn, so that both see the same disk
		took, err := b.fsync()
		if err != nil {
			return err
		}
		syncs = append(syncs, took)
		c, _ := articles.one()
		start := time.Now()
		if _, err := s.Apply(ctx, c); err != nil {
			return err
		}
		commits = append(commits, time.Since(start))
	}
	disk := quantile(syncs, 0.5)
	b.add("commit of one article of 300 quads, p50", "≤ 5 ms beyond the disk's fsync", "%.1f ms (p95 %.1f; write and fsync of 30 kB %.1f)",
		milliseconds(quantile(commits, 0.5)), milliseconds(quantile(commits, 0.95)), milliseconds(disk))
	for _, writers := range []int{1, 4} {
		start := time.Now()
		n, err := commitFor(ctx, s, articles, writers, time.Duration(b.seconds)*time.Second)
		if err != nil {
			return err
		}
		b.add(fmt.Sprintf("such commits sustained, writers: %d", writers), "≥ 40 k quads/s", "%.0f k quads/s", float64(n*article)/time.Since(start).Seconds()/1e3)
	}
	return b.openCopy(s)
}

// fsync writes as much as an article makes of the journal, and waits for the disk.
func (b *storeBench) fsync() (time.Duration, error) {
	f, err := os.Create(filepath.Join(b.folder, "synced"))
	if err != nil {
		return 0, err
	}
	start := time.Now()
	_, err = f.Write(make([]byte, 30<<10))
	err = errors.Join(err, f.Sync())
	took := time.Since(start)
	return took, errors.Join(err, f.Close())
}

// commitFor commits articles for a while and returns how many.
func commitFor(ctx context.Context, s graph.Store, articles *articleMaker, writers int, long time.Duration) (int64, error) {
	var done atomic.Int64
	errs := make([]error, writers)
	end := time.Now().Add(long)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for time.Now().Before(end) && errs[i] == nil {
				c, _ := articles.one()
				if _, errs[i] = s.Apply(ctx, c); errs[i] == nil {
					done.Add(1)
				}
			}
		})
	}
	all.Wait()
	return done.Load(), errors.Join(errs...)
}

// together measures four readers alone, and beside a writer whose articles they
// must see whole or not at all.
func (b *storeBench) together(ctx context.Context) (err error) {
	s, articles, err := b.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	articles.next.Store(1 << 40)
	long := time.Duration(b.seconds) * time.Second
	var newest atomic.Pointer[graph.Term]
	_, first := articles.one()
	newest.Store(&first)
	alone, _, err := readFor(ctx, s, &newest, long)
	if err != nil {
		return err
	}
	writing, stop := context.WithCancel(ctx)
	defer stop()
	wrote := make(chan error, 1)
	var commits int
	start := time.Now()
	go func() {
		for writing.Err() == nil {
			c, name := articles.one()
			newest.Store(&name)
			if _, err := s.Apply(ctx, c); err != nil {
				wrote <- err
				return
			}
			commits++
		}
		wrote <- nil
	}()
	beside, whole, err := readFor(ctx, s, &newest, long)
	stop()
	if err := errors.Join(err, <-wrote); err != nil {
		return err
	}
	b.add("four readers beside a writer", "torn reads: 0; less than half slower", "%.0f%% of the reads a second of four readers alone; torn reads: 0 (%d newest articles seen whole); %.0f k quads/s written",
		100*float64(beside)/float64(alone), whole, float64(commits*article)/time.Since(start).Seconds()/1e3)
	return nil
}

// readFor has four readers look at the newest article and at rows of a predicate for a while. It
// returns how often they looked, and how often the article was there.
func readFor(ctx context.Context, s graph.Store, newest *atomic.Pointer[graph.Term], long time.Duration) (looks, whole int64, err error) {
	const readers = 4
	var n, seen atomic.Int64
	errs := make([]error, readers)
	end := time.Now().Add(long)
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			for time.Now().Before(end) && errs[i] == nil {
				var there bool
				if there, errs[i] = look(ctx, s, *newest.Load()); there {
					seen.Add(1)
				}
				n.Add(1)
			}
		})
	}
	all.Wait()
	return n.Load(), seen.Load(), errors.Join(errs...)
}

// look reads the article in a graph, which must be there as a whole or not at
// all, and a thousand other rows.
func look(ctx context.Context, s graph.Store, name graph.Term) (there bool, err error) {
	v, err := s.View()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	id, known, err := v.ID(ctx, name)
	if err != nil {
		return false, err
	}
	n := 0
	if known {
		for batch, err := range v.Scan(ctx, graph.Pattern{Graph: id}, graph.Unordered) {
			if err != nil {
				return false, err
			}
			n += len(batch)
		}
	}
	if n != 0 && n != article {
		return false, fmt.Errorf("a torn read: %d rows of %s", n, name)
	}
	rows := 0
	for batch, err := range v.Scan(ctx, graph.Pattern{}, graph.POSG) {
		if err != nil {
			return false, err
		}
		if rows += len(batch); rows > 1000 {
			break
		}
	}
	return n > 0, nil
}
