package nlp

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The kinds of what is read with a confidence.
const (
	ReadMention  = "mention"
	ReadTenure   = "tenure"
	ReadRelation = "relation"
	ReadEvent    = "event"
)

// A Reading is one thing that was read in a document, with the signs in plain
// words that speak for and against it. The first sign is that of all readings of the kind.
type Reading struct {
	Kind  string // mention, tenure, relation, event
	Index int    // in the document's list of the kind
	Signs []string
}

// Weights say how much each sign of a kind of reading weighs, as an addend to
// the logarithm of the odds that the reading is right. They are learned on texts
// of which it is known what they say, by cmd/train -calibrate.
//
//	w[nlp.ReadEvent]["no recipient"] // -0.4: such readings are wrong more often
type Weights map[string]map[string]float64

// Confidence returns how likely a reading with the signs is right, between 0 and
// 1. A sign that was never met says nothing.
func (w Weights) Confidence(r Reading) float64 {
	sum := 0.0
	for _, s := range r.Signs {
		sum += w[r.Kind][s]
	}
	return 1 / (1 + math.Exp(-sum))
}

// String writes the weights as rows of kind, sign and weight, parted by tabs.
func (w Weights) String() string {
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(w)) {
		for _, sign := range slices.Sorted(maps.Keys(w[kind])) {
			fmt.Fprintf(&b, "%s\t%s\t%.2f\n", kind, sign, w[kind][sign])
		}
	}
	return b.String()
}

func readWeights(rows [][]string) (Weights, error) {
	w := Weights{}
	for _, row := range rows {
		if len(row) != 3 {
			return nil, fmt.Errorf("confidence.tsv: %q has %d columns, not kind, sign and weight", strings.Join(row, " "), len(row))
		}
		weight, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return nil, fmt.Errorf("confidence.tsv: %s, %s: the weight %q is no number", row[0], row[1], row[2])
		}
		if w[row[0]] == nil {
			w[row[0]] = map[string]float64{}
		}
		w[row[0]][row[1]] = weight
	}
	return w, nil
}

// calibrated is the name of the component that Pipeline.Without leaves out to learn the weights.
const calibrated = "confidence"

// calibration gives every reading the confidence that those like it deserved:
// the last component, since rules look at the ones that rules gave.
func calibration(w Weights) Component {
	return Component{
		Name:     calibrated,
		Requires: []Layer{LayerStatus},
		Annotate: func(_ context.Context, d *Doc) error {
			for _, r := range d.Readings() {
				c := math.Round(100*w.Confidence(r)) / 100
				switch r.Kind {
				case ReadMention:
					m := &d.Mentions[r.Index]
					if m.Note != "" { // too few are met to learn from
						c = min(c, m.Confidence)
					}
					m.Confidence = c
				case ReadTenure:
					d.Tenures[r.Index].Confidence = c
				case ReadRelation:
					d.Relations[r.Index].Confidence = c
				case ReadEvent:
					d.Events[r.Index].Confidence = c
				}
			}
			return nil
		},
	}
}
