package main

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the scores anew")

const (
	dataFolder = "../../../shared/train"
	scoresFile = "../../nlp/perceptron/testdata/scores.golden"
)

// The committed scores are those of the committed models.
func TestScores(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two treebanks")
	}
	if _, err := os.Stat(dataFolder); err != nil {
		t.Skip("the training data are not here: ", err)
	}
	var got bytes.Buffer
	if err := scores(&got, dataFolder, modelFiles{"../../nlp/models/syntax.bin", "../../nlp/models/names.bin"}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(scoresFile, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(scoresFile)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("scores changed; got\n%s\nwant\n%s", got.String(), want)
	}
}
