package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/score"
	"github.com/ententegraph/entente/schema"
)

// confidenceHead opens the file of weights.
const confidenceHead = `# What each sign weighs for and against a reading, in the logarithm of the odds that it is right: kind, sign, weight.
# Learned on texts of which it is known what they say: go run ./cmd/train -calibrate
`

// A case is a reading of one of the texts, with whether it is right.
type readingCase struct {
	nlp.Reading
	text  int
	right bool
}

// calibrate learns from texts what each sign weighs, writes the weights to a
// file, and tells how far the confidence can be trusted: on the same texts, and
// on each text with what the others teach.
func calibrate(ctx context.Context, w io.Writer, path string, folders []string) error {
	texts, err := score.Texts(folders...)
	if err != nil {
		return err
	}
	cases, err := readCases(ctx, texts)
	if err != nil {
		return err
	}
	weights := learn(cases)
	if err := os.WriteFile(path, []byte(confidenceHead+weights.String()), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(w, "the same %d texts\n%s\n", len(texts), score.ReliabilityTable(score.Reliabilities(judge(cases, weights))))
	var unseen []score.Judged
	for t := range texts {
		own, others := split(cases, t)
		unseen = append(unseen, judge(own, learn(others))...)
	}
	fmt.Fprintf(w, "each text, learned on the others\n%s", score.ReliabilityTable(score.Reliabilities(unseen)))
	return nil
}

// readCases reads the texts without calibration and judges what was read.
func readCases(ctx context.Context, texts []score.Text) ([]readingCase, error) {
	model, err := schema.Default()
	if err != nil {
		return nil, err
	}
	pipeline, err := nlp.English(model)
	if err != nil {
		return nil, err
	}
	pipeline = pipeline.Without("confidence")
	var out []readingCase
	for t := range texts {
		d := &texts[t].Doc
		if err := pipeline.Annotate(ctx, d); err != nil {
			return nil, fmt.Errorf("%s: %w", texts[t].Name, err)
		}
		type key struct {
			kind  string
			index int
		}
		right := map[key]bool{}
		judged := map[key]bool{}
		for _, j := range score.Judge(texts[t].Gold, d) {
			right[key{j.Kind, j.Index}], judged[key{j.Kind, j.Index}] = j.Right, true
		}
		for _, r := range d.Readings() {
			if k := (key{r.Kind, r.Index}); judged[k] {
				out = append(out, readingCase{r, t, right[k]})
			}
		}
	}
	return out, nil
}

func split(cases []readingCase, text int) (own, others []readingCase) {
	for _, c := range cases {
		if c.text == text {
			own = append(own, c)
		} else {
			others = append(others, c)
		}
	}
	return own, others
}

func judge(cases []readingCase, w nlp.Weights) []score.Judged {
	var out []score.Judged
	for _, c := range cases {
		out = append(out, score.Judged{Kind: c.Kind, Index: c.Index, Confidence: w.Confidence(c.Reading), Right: c.right})
	}
	return out
}

// learn weighs the signs of each kind by a logistic regression with a normal
// prior on all but the first: a sign that was met rarely weighs little.
func learn(cases []readingCase) nlp.Weights {
	kinds := map[string][]readingCase{}
	for _, c := range cases {
		kinds[c.Kind] = append(kinds[c.Kind], c)
	}
	out := nlp.Weights{}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		out[kind] = regress(kinds[kind])
	}
	return out
}

const (
	sweeps    = 400  // over all signs; the weights stand still long before
	priorSpan = 0.55 // standard deviation of a sign's weight before anything is known of it
	leastMet  = 4    // a sign that fewer readings have is not learned
)

// regress finds the likeliest weights sign by sign, by Newton's steps.
func regress(cases []readingCase) map[string]float64 {
	having := map[string][]int{}
	for i, c := range cases {
		for _, s := range c.Signs {
			having[s] = append(having[s], i)
		}
	}
	signs := slices.Sorted(maps.Keys(having))
	first := cases[0].Signs[0]
	weights := map[string]float64{}
	sums := make([]float64, len(cases))
	for range sweeps {
		for _, s := range signs {
			if len(having[s]) < leastMet && s != first {
				continue
			}
			slope, bend := 0.0, 0.0
			for _, i := range having[s] {
				p := 1 / (1 + math.Exp(-sums[i]))
				slope += -p
				if cases[i].right {
					slope++
				}
				bend += p * (1 - p)
			}
			if s != first {
				slope -= weights[s] / (priorSpan * priorSpan)
				bend += 1 / (priorSpan * priorSpan)
			} else {
				bend += 0.01
			}
			step := max(-1, min(1, slope/bend))
			weights[s] += step
			for _, i := range having[s] {
				sums[i] += step
			}
		}
	}
	for s, x := range weights {
		weights[s] = math.Round(100*x) / 100
	}
	maps.DeleteFunc(weights, func(s string, x float64) bool { return cmp.Compare(x, 0) == 0 })
	return weights
}
