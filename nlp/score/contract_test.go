package score

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

const contractScorer = "../../../shared/contract/score.py"

// TestContract holds the figures equal to those of the contract's scorer, on gold extractions that have been spoilt in all the ways in which reading goes wrong.
func TestContract(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which runs the contract's scorer, is not installed")
	}
	if _, err := os.Stat(contractScorer); err != nil {
		t.Skip("the contract's scorer is not here: " + contractScorer)
	}
	for _, folder := range []string{"../testdata/articles", "../../../shared/gold"} {
		golds, _ := filepath.Glob(folder + "/*.gold.json")
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(folder), seed), func(t *testing.T) {
				if len(golds) == 0 {
					t.Skip("no gold here: " + folder)
				}
				dir := t.TempDir()
				random := rand.New(rand.NewPCG(seed, 7))
				var all []Figures
				for _, path := range golds {
					gold, err := Read(path)
					if err != nil {
						t.Fatal(err)
					}
					system := spoil(t, gold, random)
					if err := Check(system); err != nil {
						t.Fatal(err)
					}
					write(t, filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), ".gold.json")+".json"), system)
					figures, _ := Compare(gold, system)
					all = append(all, figures)
				}
				cmd := exec.Command(python, contractScorer, folder, dir, "--json", "--samples", "1")
				var complaint strings.Builder
				cmd.Stderr = &complaint
				out, err := cmd.Output()
				if err != nil {
					t.Fatalf("%v: %s", err, &complaint)
				}
				var want struct{ Total map[string]*float64 }
				if err := json.Unmarshal(out, &want); err != nil {
					t.Fatal(err)
				}
				got := Sum(all)
				for name, w := range want.Total {
					g := got.Value(name)
					if g.Known != (w != nil) || w != nil && math.Abs(g.Value-*w) > 1e-9 {
						t.Errorf("%s = %v (known %v), the contract's scorer has %v", name, g.Value, g.Known, show(w))
					}
				}
			})
		}
	}
}

func show(v *float64) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprint(*v)
}

func write(t *testing.T, path string, x nlp.Extraction) {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// spoil returns a copy of x with mentions lost, shifted and moved, classes, codes, titles, ends, roots, dates and status changed, and things lost and doubled.
func spoil(t *testing.T, x nlp.Extraction, random *rand.Rand) nlp.Extraction {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	var out nlp.Extraction
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	rarely := func() bool { return random.IntN(6) == 0 }
	one := func(list []string) string { return list[random.IntN(len(list))] }
	some := func() string { return out.Entities[random.IntN(len(out.Entities))].ID }
	for i := range out.Entities {
		e := &out.Entities[i]
		kept := []nlp.ExtractedMention{}
		for _, m := range e.Mentions {
			if rarely() {
				continue
			}
			if rarely() {
				m.End++
			}
			if rarely() {
				m.Kind = one(kinds)
			}
			if to := &out.Entities[random.IntN(len(out.Entities))]; rarely() && to != e {
				to.Mentions = append(to.Mentions, m)
				continue
			}
			kept = append(kept, m)
		}
		e.Mentions = kept
		if rarely() {
			e.Type = one(classes)
		}
		if rarely() {
			e.Code = nil
		}
	}
	for i := range out.Tenures {
		if v := &out.Tenures[i]; rarely() {
			v.Position = "senior " + v.Position
		} else if rarely() {
			of := some()
			v.Of = &of
		}
	}
	for i := range out.Relations {
		v := &out.Relations[i]
		if rarely() {
			v.From, v.To = v.To, v.From
		}
		if rarely() {
			v.Polarity, v.Assertion = one(polarities), one(assertions)
		}
		if rarely() {
			v.Evidence = v.Evidence[:0]
		}
	}
	for i := range out.Events {
		v := &out.Events[i]
		if rarely() {
			root := one(roots)
			v.Plover = &root
		}
		if rarely() {
			v.Plover = nil
		}
		if rarely() {
			v.Actors = append(v.Actors, some())
		}
		if rarely() {
			v.Recipients = v.Recipients[:0]
		}
		if rarely() {
			v.Polarity, v.Modality, v.Assertion = one(polarities), one(modalities), one(assertions)
		}
		if rarely() {
			v.Date = nil
		}
		if rarely() {
			at := some()
			v.Place = &at
		}
		if rarely() {
			v.AttributedTo = []string{some()}
		}
		if rarely() {
			v.Evidence, v.Trigger = v.Evidence[:0], nil
		}
	}
	if n := len(out.Events); n > 2 {
		again := out.Events[random.IntN(n)]
		again.ID = "again"
		out.Events = append(out.Events[1:], again)
	}
	return out
}
