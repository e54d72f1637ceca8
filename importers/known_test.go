package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
)

// knownAt dumps the graph as it was known at a time.
func (w *world) knownAt(at time.Time) (dump string, gaps []string) {
	w.t.Helper()
	v, gaps, err := KnownAt(context.Background(), w.view(), w.im.Model, at)
	if err != nil {
		w.t.Fatal(err)
	}
	defer v.Close()
	var b bytes.Buffer
	if err := graph.Dump(context.Background(), v, &b); err != nil {
		w.t.Fatal(err)
	}
	return b.String(), gaps
}

// TestKnown loads, changes, removes, judges and undoes in random order, and
// then wants the graph of every moment back, or to be told what is missing.
func TestKnown(t *testing.T) {
	ctx := context.Background()
	rounds := *orderRounds
	if testing.Short() {
		rounds = 5
	}
	exact := 0
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		w := newWorld(t)
		type moment struct {
			at   time.Time
			dump string
		}
		type lost struct{ from, to time.Time } // imports that were undone
		moments := []moment{{w.im.Now(), w.dump()}}
		var undone []lost
		var last Import
		for range 12 {
			name := fmt.Sprintf("%d.txt", r.IntN(4))
			switch op := r.IntN(10); {
			case op == 9 && last.ID != "":
				i, err := w.im.Undo(ctx, last.ID)
				if err != nil {
					t.Fatal(err)
				}
				undone = append(undone, lost{i.Recorded, i.Undone})
				last = Import{}
			case op == 8:
				made, some := w.randomJudgement(r)
				if !some {
					continue
				}
				made, err := w.im.Judge(ctx, made)
				var refused *InvalidError
				if errors.As(err, &refused) || errors.Is(err, ErrUnknown) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if r.IntN(2) == 0 {
					moments = append(moments, moment{w.im.Now(), w.dump()})
					if _, err := w.im.Unjudge(ctx, made.ID, "anna"); err != nil {
						t.Fatal(err)
					}
				}
				last = Import{}
			case op == 7:
				if _, err := w.im.Remove(ctx, "/"+name); err != nil && !errors.Is(err, ErrUnknown) {
					t.Fatal(err)
				}
				last = Import{}
			case op == 6:
				file := source(fmt.Sprintf("quads %d", r.IntN(1000)), randomQuads(r))
				file.Format = "nquads"
				w.load(Options{}, file)
				last = Import{}
			default:
				out := w.load(Options{Published: date(fmt.Sprintf("202%d-06-01", 3+r.IntN(3))).Date}, source(name, randomDocument(r)))[0]
				last = Import{ID: out.Import}
			}
			moments = append(moments, moment{w.im.Now(), w.dump()})
		}
		for n, m := range moments {
			got, gaps := w.knownAt(m.at)
			missing := 0
			for _, u := range undone {
				if !u.from.After(m.at) && u.to.After(m.at) {
					missing++
				}
			}
			if len(gaps) != missing {
				t.Errorf("seed %d, moment %d: gaps %q, want %d", seed, n, gaps, missing)
			}
			if missing > 0 {
				continue
			}
			exact++
			if diff := difference(m.dump, got); diff != "" {
				t.Fatalf("seed %d: moment %d of %d is not what it was:\n%s", seed, n, len(moments), diff)
			}
		}
	}
	if exact < 20 {
		t.Errorf("only %d moments were told exactly", exact)
	}
}

func TestKnownGaps(t *testing.T) {
	w := newWorld(t)
	before := w.im.Now()
	out := w.load(Options{}, source("a.txt", "entity ARM State \"Armenia\" code=ARM\n"))[0]
	between := w.im.Now()
	if _, err := w.im.Undo(context.Background(), out.Import); err != nil {
		t.Fatal(err)
	}
	if _, gaps := w.knownAt(between); len(gaps) != 1 || !strings.HasPrefix(gaps[0], out.Import+" (a.txt) was part of the graph then and was undone on 2026-11-23") {
		t.Errorf("gaps %q", gaps)
	}
	for _, at := range []time.Time{before, w.im.Now()} {
		if dump, gaps := w.knownAt(at); dump != "" || gaps != nil {
			t.Errorf("at %s: %q, gaps %q", at, dump, gaps)
		}
	}
}
