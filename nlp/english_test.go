package nlp_test

import (
	"context"
	"os"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/score"
	"github.com/ententegraph/entente/schema"
)

// BenchmarkAnnotate reads the gold texts with the default pipeline, one at a time.
func BenchmarkAnnotate(b *testing.B) {
	if _, err := os.Stat(gold); err != nil {
		b.Skip("the gold texts are not here: " + gold)
	}
	texts, err := score.Texts(gold)
	if err != nil {
		b.Fatal(err)
	}
	pipeline := english(b)
	for b.Loop() {
		for _, t := range texts {
			if err := pipeline.Annotate(context.Background(), &t.Doc); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkEnglish assembles the default pipeline: what starting costs.
func BenchmarkEnglish(b *testing.B) {
	for b.Loop() {
		if _, err := nlp.English(&schema.Model{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLexicon compiles the lexicon's tables.
func BenchmarkLexicon(b *testing.B) {
	for b.Loop() {
		if _, err := nlp.LoadLexicon(); err != nil {
			b.Fatal(err)
		}
	}
}
