package nlp

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// TestNoSentenceIsPassedOver wants a reason for every sentence with a trigger of
// an event that yielded nothing.
func TestNoSentenceIsPassedOver(t *testing.T) {
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	pipeline, err := English(model)
	if err != nil {
		t.Fatal(err)
	}
	words := newLexicon(model)
	files, _ := filepath.Glob("testdata/articles/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := &Doc{ID: file, Text: string(text), Language: "en", Published: timex.Date{Year: 2024, Month: 6, Day: 1}}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		r := newAnalysis(d)
		for _, s := range d.Sentences {
			if slices.ContainsFunc(d.Events, func(v Event) bool { return s.Contains(v.Trigger) || slices.Contains(v.Evidence, s.Span) }) ||
				slices.ContainsFunc(d.Notes, func(n Note) bool { return n.Refused && n.Layer == "events" && s.Contains(n.Span) }) {
				continue
			}
			for i := s.First; i < s.Last; i++ {
				for _, l := range words.of(r, i) {
					if _, whole := l.locate(r, i); whole && l.event != nil && l.kind == verbLexeme && r.tag(i) != "AUX" && r.tag(i) != "ADP" && r.tag(i) != "ADJ" {
						t.Errorf("%s: %q: nothing said of %q (%s)", file, d.Text[s.Start:s.End], r.word(i), l.id())
					}
				}
			}
		}
	}
}
