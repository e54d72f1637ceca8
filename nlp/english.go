package nlp

import (
	"fmt"

	"github.com/ententegraph/entente/nlp/perceptron"
	"github.com/ententegraph/entente/schema"
)

// English assembles the default pipeline for English: everything it needs is
// embedded, compiled here once, and shared by all documents. The model says
// which events and relations are looked for.
func English(model *schema.Model) (*Pipeline, error) {
	rows, err := readRows("abbreviations.tsv")
	if err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	abbreviations := newAbbreviations(rows)
	if rows, err = readRows("furniture.tsv"); err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	furniture := newFurniture(rows)
	if rows, err = readRows("tenses.tsv"); err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	tenses := newTenses(rows)
	if rows, err = readRows("confidence.tsv"); err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	weights, err := readWeights(rows)
	if err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	models, err := perceptron.Load()
	if err != nil {
		return nil, fmt.Errorf("nlp: %w", err)
	}
	lexicon, err := LoadLexicon()
	if err != nil {
		return nil, err
	}
	return NewPipeline(
		languageFinder(),
		sentenceFinder{abbreviations, furniture}.component(),
		tokenizer{abbreviations}.component(),
		tagging(models),
		timeFinder{tenses}.component(),
		quotationComponent(),
		namesComponent(lexicon, models),
		newVerbBases(model).component(),
		Events(model, lexicon),
		calibration(weights),
	)
}
