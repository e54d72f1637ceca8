package nlp_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/schema"
)

// BenchmarkAnnotate reads the gold texts with the default pipeline, one at a time.
func BenchmarkAnnotate(b *testing.B) {
	texts, _ := filepath.Glob(gold + "/*.txt")
	if len(texts) == 0 {
		b.Skip("the gold texts are not here: " + gold)
	}
	pipeline := english(b)
	docs := make([]nlp.Doc, len(texts))
	for i, path := range texts {
		docs[i] = *readGoldText(b, path)
	}
	for b.Loop() {
		for _, d := range docs {
			if err := pipeline.Annotate(context.Background(), &d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(docs))/b.Elapsed().Seconds(), "docs/s")
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
