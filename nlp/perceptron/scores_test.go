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
	found := regexp.MustCompile(`EWT test, tokens as given: UPOS ([\d.]+), .*UAS ([\d.]+), LAS ([\d.]+)`).FindStringSubmatch(string(file))
	if found == nil {
		t.Fatal("no scores on EWT test")
	}
	for i, least := range []float64{95, 84.5, 80.5} {
		if got, _ := strconv.ParseFloat(found[i+1], 64); got < least {
			t.Errorf("score %d is %v, must be at least %v", i, got, least)
		}
	}
}
