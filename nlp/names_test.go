package nlp_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// TestNames reads the sentences of testdata/names.txt, of each of which some mentions and tenures are named that must,
// or must not, be found. -update moves the marks of what is not right yet, and nothing else.
func TestNames(t *testing.T) {
	const path = "testdata/names.txt"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pipeline := english(t)
	var out []string
	var found []string
	sentence, wanted, right := "", 0, 0
	for line := range strings.SplitSeq(string(b), "\n") {
		switch {
		case line == "":
			sentence = ""
		case strings.HasPrefix(line, "#"):
		case sentence == "":
			sentence = line
			d := &nlp.Doc{Text: line, Language: "en", Published: day(t, "2025-11-03")}
			if err := pipeline.Annotate(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			found = describe(d)
		default:
			line = strings.TrimPrefix(line, "~ ")
			unwanted, no := strings.CutPrefix(line, "not ")
			wanted++
			if no != slices.Contains(found, unwanted) {
				right++
				break
			}
			if testing.Verbose() {
				t.Logf("%s\n  %s\n  found %s", sentence, line, strings.Join(found, "\n        "))
			}
			line = "~ " + line
		}
		out = append(out, line)
	}
	t.Logf("%d of %d lines right", right, wanted)
	golden(t, path, strings.Join(out, "\n"))
}
