package score

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// extraction makes one whose entities have single letters for mentions: each word is an entity.
func extraction(entities ...string) nlp.Extraction {
	x := nlp.Extraction{Schema: nlp.ExtractionSchema}
	for _, letters := range entities {
		e := nlp.ExtractedEntity{ID: letters, Type: "State"}
		for _, r := range letters {
			at := int(r - 'a')
			e.Mentions = append(e.Mentions, nlp.ExtractedMention{ExtractedSpan: span{Start: at, End: at + 1}, Kind: nlp.Name})
		}
		x.Entities = append(x.Entities, e)
	}
	return x
}

// TestCoreference checks the measures on chains small enough to be counted by hand.
func TestCoreference(t *testing.T) {
	tests := []struct {
		name         string
		gold, system []string
		values       map[string]float64
	}{
		{"equal", []string{"abc", "de"}, []string{"abc", "de"}, map[string]float64{
			"coreference.muc.f1": 1, "coreference.bcubed.f1": 1, "coreference.ceafe.f1": 1, "coreference.conll": 1,
		}},
		// One chain torn in two: one of two links is lost; a and b know two thirds of their chain, c one third.
		{"torn", []string{"abc"}, []string{"ab", "c"}, map[string]float64{
			"coreference.muc.r": 0.5, "coreference.muc.p": 1,
			"coreference.bcubed.r": (2./3 + 2./3 + 1./3) / 3, "coreference.bcubed.p": 1,
			"coreference.ceafe.r": 4. / 5, "coreference.ceafe.p": 2. / 5,
		}},
		// Two chains joined.
		{"joined", []string{"ab", "cd"}, []string{"abcd"}, map[string]float64{
			"coreference.muc.r": 1, "coreference.muc.p": 2. / 3,
			"coreference.bcubed.r": 1, "coreference.bcubed.p": 0.5,
			"coreference.ceafe.r": 1. / 3, "coreference.ceafe.p": 2. / 3,
		}},
		// A mention that is not there at all, and one too many.
		{"lost", []string{"ab", "c"}, []string{"ab", "d"}, map[string]float64{
			"coreference.muc.r": 1, "coreference.muc.p": 1,
			"coreference.bcubed.r": 2. / 3, "coreference.bcubed.p": 2. / 3,
			"coreference.ceafe.r": 0.5, "coreference.ceafe.p": 0.5,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			figures, _ := Compare(extraction(test.gold...), extraction(test.system...))
			for name, want := range test.values {
				if got := figures.Value(name); !got.Known || math.Abs(got.Value-want) > 1e-9 {
					t.Errorf("%s = %v, want %v", name, got.Value, want)
				}
			}
		})
	}
}

// TestBestPairing compares the pairing with one that tries all.
func TestBestPairing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows, columns := random.IntN(6), random.IntN(6)
		value := make([][]float64, rows)
		for i := range value {
			value[i] = make([]float64, columns)
			for j := range value[i] {
				value[i][j] = float64(random.IntN(10)) / 10
			}
		}
		if got, want := bestPairing(value, columns), tryAll(value, set[int]{}); math.Abs(got-want) > 1e-9 {
			t.Fatalf("bestPairing(%v) = %v, want %v", value, got, want)
		}
	}
}

func tryAll(value [][]float64, used set[int]) float64 {
	if len(value) == 0 {
		return 0
	}
	best := tryAll(value[1:], used) // the first row stays alone
	for j, v := range value[0] {
		if !used[j] {
			used.add(j)
			best = max(best, v+tryAll(value[1:], used))
			delete(used, j)
		}
	}
	return best
}
