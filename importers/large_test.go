package importers

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

func quadSource(name, text string) Source {
	s := source(name, text)
	s.Format = "nquads"
	return s
}

// A version of a document, or a file of quads, that an import brought.
type brought struct {
	id, text  string
	published string // "" for a file of quads
}

// A history is what a model of the importer holds: for each name what was
// loaded under it, the last of which counts. Files of quads are loaded once a name.
type history map[string][]brought

// undo takes an import back, and returns false where it must be refused.
func (h history) undo(id string) bool {
	for name, all := range h {
		at := slices.IndexFunc(all, func(b brought) bool { return b.id == id })
		switch {
		case at < 0:
		case at != len(all)-1:
			return false
		default:
			h[name] = all[:at]
		}
	}
	return true
}

// load loads what a history holds into an empty world, in any sequence.
func (h history) load(t *testing.T, r *rand.Rand) *world {
	w := newWorld(t)
	names := []string{}
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		all := h[name]
		if len(all) == 0 || all[len(all)-1].text == "" {
			continue
		}
		switch b := all[len(all)-1]; b.published {
		case "":
			w.load(Options{}, quadSource(name, b.text))
		default:
			w.load(Options{Published: date(b.published).Date}, source(name, b.text))
		}
	}
	return w
}

// overlapping are quads of which documents lead to some, and of which some are said in their graphs.
func overlapping(w *world, r *rand.Rand) string {
	lines := strings.Split(strings.TrimSpace(w.dump()), "\n")
	var b strings.Builder
	for _, line := range lines {
		if strings.Contains(line, "_:") || strings.Contains(line, schema.Recorded) || strings.Contains(line, "<"+schema.Import+">") {
			continue
		}
		if len(line) > 0 && r.IntN(12) == 0 {
			fmt.Fprintln(&b, line)
		}
	}
	return b.String() + randomQuads(r)
}

// TestHistories loads documents and files of quads, small and large, which say
// the same here and there, takes documents out, and undoes imports in any
// sequence. What is left is what the imports that remain say: nothing of
// theirs is lost, and nothing else stays.
func TestHistories(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 3
	}
	refused, undone, larges := 0, 0, 0
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 17))
		ctx := context.Background()
		w := newWorld(t)
		h := history{}
		var ids []string
		for step := range 18 {
			w.im.largeFrom = []int{1, 1, 1000}[r.IntN(3)]
			switch op := r.IntN(10); {
			case op < 3:
				name := fmt.Sprintf("%d.txt", r.IntN(4))
				b := brought{text: randomDocument(r), published: fmt.Sprintf("202%d-06-0%c", 3+r.IntN(3), name[0]+1)}
				out := w.load(Options{Published: date(b.published).Date}, source(name, b.text))[0]
				if out.Status == Failed {
					t.Fatalf("seed %d: %s", seed, out.Reason)
				}
				if out.Status != Unchanged {
					b.id = out.Import
					h[name] = append(h[name], b)
					ids = append(ids, b.id)
				}
			case op < 6:
				name := fmt.Sprintf("quads %d.%d", seed, step)
				b := brought{text: overlapping(w, r)}
				out := w.load(Options{}, quadSource(name, b.text))[0]
				if out.Status == Failed {
					t.Fatalf("seed %d: %s", seed, out.Reason)
				}
				if out.Status == New {
					b.id = out.Import
					h[name] = append(h[name], b)
					ids = append(ids, b.id)
					v := w.view()
					if _, large, _ := v.Record(ctx, "bulk/"+b.id); large {
						larges++
					}
					v.Close()
				}
			case op == 6:
				name := fmt.Sprintf("%d.txt", r.IntN(4))
				if all := h[name]; len(all) > 0 && all[len(all)-1].text != "" {
					i, err := w.im.Remove(ctx, "/"+name)
					if err != nil {
						t.Fatal(err)
					}
					h[name] = append(all, brought{id: i.ID, published: "-"})
					ids = append(ids, i.ID)
				}
			case len(ids) > 0:
				at := r.IntN(len(ids))
				_, err := w.im.Undo(ctx, ids[at])
				if _, depends := errors.AsType[*DependsError](err); err != nil && !depends {
					t.Fatal(err)
				}
				if may := h.undo(ids[at]); may != (err == nil) {
					t.Fatalf("seed %d: undoing %s: %v, and it may be undone: %v", seed, ids[at], err, may)
				}
				if err != nil {
					refused++
					continue
				}
				undone++
				ids = slices.Delete(ids, at, at+1)
			}
			if diff := difference(contents(h.load(t, r).dump()), contents(w.dump())); diff != "" {
				t.Fatalf("seed %d, step %d: what the imports say differs from what is there:\n%s", seed, step, diff)
			}
		}
		for len(ids) > 0 {
			id := ids[len(ids)-1]
			ids = ids[:len(ids)-1]
			if _, err := w.im.Undo(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		if rest := w.dump(); rest != "" {
			t.Fatalf("seed %d: after all is undone there is\n%s", seed, rest)
		}
		v := w.view()
		for _, prefix := range []string{"stated/", "bulk/", "quads/"} {
			for rec, err := range v.Records(ctx, prefix) {
				t.Fatalf("seed %d: the record %s is left (%v)", seed, rec.Key, err)
			}
		}
		v.Close()
	}
	if refused == 0 || undone == 0 || larges == 0 {
		t.Errorf("%d undos were refused, %d done, %d files were large", refused, undone, larges)
	}
}

func TestLargeFile(t *testing.T) {
	w := newWorld(t)
	w.im.largeFrom = 3
	text := "<a> <p> _:x .\n_:x <p> \"1\" .\n<a> <p> <b> .\n<c> <p> <d> <g> .\n"
	abs := strings.NewReplacer("<", "<http://e/").Replace(text)
	var last Progress
	o := Options{Progress: func(p Progress) { last = p }}

	if out := w.load(Options{DryRun: true}, quadSource("big", abs))[0]; out.Status != New || out.Quads != 4 || out.Import != "" || w.dump() != "" {
		t.Errorf("a rehearsal: %+v", out)
	}
	first := w.load(o, quadSource("big", abs))[0]
	if first.Status != New || first.Quads != 4 || first.Import == "" || last.Quads != 4 || last.Written != 1 || last.Bytes != int64(len(abs)) {
		t.Errorf("loaded %+v, progress %+v", first, last)
	}
	for _, s := range []Source{quadSource("big", abs), Bytes("piped.nq", []byte(abs))} {
		if out := w.load(o, s)[0]; out.Status != Unchanged || out.Import != first.Import || !strings.Contains(out.Reason, "same content") {
			t.Errorf("again: %+v", out)
		}
	}
	// Blank nodes of another file are others.
	second := w.load(o, quadSource("more", abs+"<http://e/new> <http://e/p> <http://e/q> .\n"))[0]
	if second.Quads != 3 {
		t.Errorf("a file with other blank nodes brought %d quads, want 3", second.Quads)
	}
	before := w.dump()
	out := w.load(o, quadSource("bad", abs+"<http://e/a> oops .\n"))[0]
	if bad, ok := errors.AsType[*graph.SyntaxError](out.Err); !ok || bad.Line != 5 || bad.Column == 0 || out.Status != Failed {
		t.Errorf("a wrong line: %+v", out)
	}
	if w.dump() != before {
		t.Error("a file with a wrong line was loaded in part")
	}
	out = w.load(Options{SkipBad: true}, quadSource("bad", abs+"<http://e/a> oops .\n<http://e/f> <http://e/p> \"é\" .\n"))[0]
	if out.Status != New || len(out.Skipped) != 1 || !strings.HasPrefix(out.Skipped[0], "bad:5:") {
		t.Errorf("a wrong line left out: %+v", out)
	}
	for _, id := range []string{first.Import, out.Import, second.Import} {
		if _, err := w.im.Undo(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	if w.dump() != "" {
		t.Errorf("after all is undone there is\n%s", w.dump())
	}
	if out := w.load(o, quadSource("big", abs))[0]; out.Status != New || out.Quads != 4 {
		t.Errorf("loaded after it was undone: %+v", out)
	}
}

// TestLargeFileInterrupted cancels while a large file is loaded between others.
func TestLargeFileInterrupted(t *testing.T) {
	w := newWorld(t)
	w.im.largeFrom = 3
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "<http://e/%d> <http://e/p> \"%d\" .\n", i, i)
	}
	ctx, cancel := context.WithCancel(context.Background())
	o := Options{Progress: func(p Progress) { cancel() }}
	var last error
	stored := 0
	for out, err := range w.im.Load(ctx, sourcesOf(source("a.txt", "Text."), quadSource("big", text.String()), source("b.txt", "More.")), o) {
		if last = err; err == nil && out.Status == New {
			stored++
		}
	}
	if !errors.Is(last, context.Canceled) || stored != 1 {
		t.Errorf("stored %d, ended with %v", stored, last)
	}
	if dump := w.dump(); strings.Contains(dump, "http://e/") {
		t.Error("a file whose loading was interrupted is there in part")
	}
	for range w.im.Load(context.Background(), sourcesOf(source("c.txt", "Text."), quadSource("big", text.String())), Options{}) {
		break // the large file is read no more
	}
	if out := w.load(Options{}, quadSource("big", text.String()))[0]; out.Status != New || out.Quads != 5000 {
		t.Errorf("loaded again: %+v", out)
	}
}
