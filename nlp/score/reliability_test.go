package score

import (
	"math"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

func TestReliabilities(t *testing.T) {
	got := Reliabilities([]Judged{
		{nlp.ReadEvent, 0, 0.9, true}, {nlp.ReadEvent, 1, 0.9, true}, {nlp.ReadEvent, 2, 0.6, false}, {nlp.ReadEvent, 3, 0.6, true},
	})
	if len(got) != 1 || got[0].Count != 4 || got[0].Right != 3 || len(got[0].Buckets) != 2 {
		t.Fatalf("got %+v", got)
	}
	// Both of 0.9 are right and one of two of 0.6: 0.2 and 0.2 of 4 off.
	if near := math.Abs(got[0].ECE - 0.1); near > 1e-9 {
		t.Errorf("expected calibration error %v, want 0.1", got[0].ECE)
	}
	if near := math.Abs(got[0].Brier - (0.01+0.01+0.36+0.16)/4); near > 1e-9 {
		t.Errorf("Brier score %v", got[0].Brier)
	}
}
