package facts_test

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/queries/facts"
)

// What a marked document holds is its text and its reports, each once.
func TestMarkedIsTheDocument(t *testing.T) {
	view, m := world(t), model(t)
	documents, err := facts.Documents(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	statements, mentions := 0, 0
	for _, d := range documents {
		text, err := facts.ReadText(t.Context(), view, d.IRI)
		if err != nil {
			t.Fatal(err)
		}
		marked, err := facts.ReadMarked(t.Context(), view, m, d.IRI)
		if err != nil || marked == nil {
			t.Fatal(marked, err)
		}
		var want, got strings.Builder
		for _, p := range text.Pieces {
			want.WriteString(p.Text)
		}
		for _, p := range marked.Paragraphs {
			for _, piece := range p.Pieces {
				length := 0
				for _, run := range piece.Runs {
					got.WriteString(run.Text)
					length += len([]rune(run.Text))
					if run.Kind != "" {
						mentions++
						if run.Of.IRI == "" || run.Of.Label == "" {
							t.Errorf("%s: %q refers to %+v", d.IRI, run.Text, run.Of)
						}
					}
				}
				if length != piece.End-piece.Start {
					t.Errorf("%s: a piece from %d to %d is %d long", d.IRI, piece.Start, piece.End, length)
				}
			}
			for _, s := range p.Statements {
				statements++
				if (s.Is == nil) != (s.Why != "") {
					t.Errorf("%s: %q is the fact %v and reported because %q", d.IRI, s.Title, s.Is, s.Why)
				}
			}
		}
		squeeze := func(b strings.Builder) string { return strings.Join(strings.Fields(b.String()), "") }
		if squeeze(got) != squeeze(want) {
			t.Errorf("%s reads\n%s\nwant\n%s", d.IRI, got.String(), want.String())
		}
	}
	if statements < 5 {
		t.Errorf("%d statements, %d mentions", statements, mentions)
	}
	if none, err := facts.ReadMarked(t.Context(), view, m, "https://example.org/none"); none != nil || err != nil {
		t.Errorf("what is no document is %v, %v", none, err)
	}
}
