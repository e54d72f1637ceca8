package perceptron

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

// The committed scores are at least what reading needs. The file is written by
//
//	go run ./cmd/train -evaluate > nlp/perceptron/testdata/scores.golden
//
// and a test of cmd/train compares it with what the models do now.
func TestScoresSuffice(t *testing.T) {
	file, err := os.ReadFile("testdata/scores.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, pattern string
		least         float64
	}{
		{"tags", `EWT test, tokens as given: UPOS ([\d.]+)`, 95},
		{"heads", `EWT test, tokens as given: .*UAS ([\d.]+)`, 84.5},
		{"heads with relations", `EWT test, tokens as given: .*LAS ([\d.]+)`, 80.5},
		{"names", `CrossNER politics dev, PER, ORG and LOC: .*F1 ([\d.]+)`, 76},
	} {
		found := regexp.MustCompile(c.pattern).FindSubmatch(file)
		if found == nil {
			t.Errorf("no score of %s", c.name)
			continue
		}
		if got, _ := strconv.ParseFloat(string(found[1]), 64); got < c.least {
			t.Errorf("%s: %v, must be at least %v", c.name, got, c.least)
		}
	}
}
