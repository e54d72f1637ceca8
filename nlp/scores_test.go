package nlp_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/score"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

var update = flag.Bool("update", false, "rewrite golden files")

// gold holds texts with what a careful reader finds in them.
const gold = "../../shared/gold"

// scored are the sets of texts with what a careful reader finds in them, each with the file of figures reached on it. The articles are
// of our own making (what they tell is made up), and were annotated before the program first read them.
var scored = []struct{ texts, golden string }{
	{gold, "testdata/scores.golden"},
	{"testdata/articles", "testdata/articles.golden"},
}

// TestScores reads the texts of each set and compares how well that went with the set's file of figures.
func TestScores(t *testing.T) {
	pipeline := english(t)
	for _, set := range scored {
		t.Run(filepath.Base(set.texts), func(t *testing.T) {
			if _, err := os.Stat(set.texts); err != nil {
				t.Skip("the texts are not here: " + set.texts)
			}
			texts, err := score.Texts(set.texts)
			if err != nil {
				t.Fatal(err)
			}
			var rows []score.Row
			for i := range texts {
				d := &texts[i].Doc
				if err := pipeline.Annotate(context.Background(), d); err != nil {
					t.Fatalf("%s: %v", d.ID, err)
				}
				figures, _ := score.Compare(texts[i].Gold, d.Extraction())
				rows = append(rows, score.Row{Name: d.ID, Figures: figures})
			}
			golden(t, set.golden, score.Table(rows))
		})
	}
}

func day(t testing.TB, iso string) timex.Date {
	t.Helper()
	var d timex.Date
	if _, err := fmt.Sscanf(iso, "%d-%d-%d", &d.Year, &d.Month, &d.Day); err != nil {
		t.Fatalf("date %q: %v", iso, err)
	}
	return d
}

// english returns the default pipeline over the default schema.
func english(t testing.TB) *nlp.Pipeline {
	t.Helper()
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	p, err := nlp.English(model)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// golden compares got with the file, which -update rewrites.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); rewrite with -update:\n%s", path, diff)
	}
}
