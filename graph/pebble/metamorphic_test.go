package pebble_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
)

// step is one operation of a random history. What it does follows from the
// kind and the seed, whatever the other steps are, so that steps can be left out.
type step struct {
	kind string
	seed uint64
}

func (s step) String() string { return fmt.Sprintf("{%q, %d}", s.kind, s.seed) }

var stepKinds = []string{"apply", "apply", "apply", "apply", "apply", "fail", "view", "look", "reopen", "crash", "bulk", "drop"}

// history runs steps on a store and on a model: the lines of its dump.
type history struct {
	disk  *vfs.MemFS
	store *pebble.Store
	lines map[string]bool
	views []oldView
}

type oldView struct {
	graph.View
	want string
}

func (h *history) want() string {
	var lines []string
	for line := range h.lines {
		lines = append(lines, line+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func (h *history) apply(c graph.Change) {
	for _, name := range c.DropGraphs {
		for line := range h.lines {
			if strings.HasSuffix(line, " "+name.String()+" .") {
				delete(h.lines, line)
			}
		}
	}
	for _, q := range c.Remove {
		delete(h.lines, q.String())
	}
	for _, q := range c.Add {
		h.lines[q.String()] = true
	}
}

func (h *history) open(r *rand.Rand) (err error) {
	h.store, err = pebble.Open("graph", pebble.Options{FS: h.disk, MergeAt: 1 + r.IntN(60)})
	return err
}

func (h *history) closeViews() error {
	var err error
	for _, v := range h.views {
		err = errors.Join(err, holds(v, v.want), v.Close())
	}
	h.views = nil
	return err
}

// holds compares a view with what it should hold: its dump, and the number of
// quads that it says each pattern with one bound place has.
func holds(v graph.View, want string) error {
	ctx := context.Background()
	var b bytes.Buffer
	if err := graph.Dump(ctx, v, &b); err != nil {
		return err
	}
	if b.String() != want {
		return fmt.Errorf("the store holds\n%swant\n%s", b.String(), want)
	}
	counts := map[graph.Pattern]int64{{}: 0}
	for batch, err := range v.Scan(ctx, graph.Pattern{}, graph.GOSP) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			counts[graph.Pattern{}]++
			for place := range graph.Place(4) {
				counts[graph.Pattern{}.With(place, e.At(place))]++
			}
		}
	}
	for p, n := range counts {
		if got, exact, err := v.Estimate(ctx, p); got != n || !exact || err != nil {
			return fmt.Errorf("pattern %v: estimate %d (exact: %v, error %v), want %d", p, got, exact, err, n)
		}
	}
	return nil
}

func (h *history) run(t *testing.T, s step) error {
	r := rand.New(rand.NewPCG(s.seed, 20))
	switch s.kind {
	case "apply":
		c := smallChange(r)
		if _, err := h.store.Apply(context.Background(), c); err != nil {
			return err
		}
		h.apply(c)
	case "drop":
		c := graph.Change{DropGraphs: []graph.Term{graph.IRI(fmt.Sprint("g", r.IntN(3)))}}
		if _, err := h.store.Apply(context.Background(), c); err != nil {
			return err
		}
		h.apply(c)
	case "fail":
		c := smallChange(r)
		c.Add = append(c.Add, graph.Quad{Subject: graph.String("no subject"), Predicate: graph.IRI("p"), Object: graph.IRI("o")})
		if _, err := h.store.Apply(context.Background(), c); err == nil {
			return errors.New("a change that is wrong was made")
		}
	case "bulk":
		c := smallChange(r)
		var err error
		bulk(t, h.store, c.Add, func(b *pebble.Bulk) { _, err = b.Commit(context.Background(), nil) })
		h.apply(graph.Change{Add: c.Add})
		return err
	case "view":
		v, err := h.store.View()
		if err != nil {
			return err
		}
		h.views = append(h.views, oldView{v, h.want()})
	case "look":
		return h.closeViews()
	case "reopen", "crash":
		if err := h.closeViews(); err != nil {
			return err
		}
		disk := h.disk
		if s.kind == "crash" {
			disk = h.disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(101), RNG: r})
		}
		if err := h.store.Close(); err != nil {
			return err
		}
		h.disk = disk
		if err := h.open(r); err != nil {
			return err
		}
	}
	v, err := h.store.View()
	if err != nil {
		return err
	}
	return errors.Join(holds(v, h.want()), v.Close())
}

// replay runs a whole history, and says at which step it went wrong.
func replay(t *testing.T, steps []step) (err error) {
	h := &history{disk: vfs.NewCrashableMem(), lines: map[string]bool{}}
	if err := h.open(rand.New(rand.NewPCG(1, 1))); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	for i, s := range steps {
		if err := h.run(t, s); err != nil {
			return fmt.Errorf("step %d, %v: %w", i, s, err)
		}
	}
	return errors.Join(h.closeViews(), h.store.Close())
}

// shrink leaves out steps as long as the history goes wrong without them.
func shrink(t *testing.T, steps []step) []step {
	for size := len(steps) / 2; size > 0; size /= 2 {
		for from := 0; from+size <= len(steps); {
			if shorter := slices.Delete(slices.Clone(steps), from, from+size); replay(t, shorter) != nil {
				steps = shorter
			} else {
				from += size
			}
		}
	}
	return steps
}

// TestMetamorphic runs random histories: changes, failing ones, bulk loads,
// views that are held while the store goes on, crashes and reopenings. One that
// goes wrong is shrunk before it is printed.
func TestMetamorphic(t *testing.T) {
	t.Parallel()
	histories := uint64(10)
	if *full {
		histories = 200
	}
	for seed := range histories {
		r := rand.New(rand.NewPCG(seed, 21))
		steps := make([]step, 120)
		for i := range steps {
			steps[i] = step{stepKinds[r.IntN(len(stepKinds))], r.Uint64()}
		}
		if err := replay(t, steps); err != nil {
			few := shrink(t, steps)
			t.Fatalf("history %d goes wrong: %v\nand so do these of its steps: %v\n%v", seed, err, few, replay(t, few))
		}
	}
}
