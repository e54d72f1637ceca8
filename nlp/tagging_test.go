package nlp

import (
	"context"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// spaced makes a document of sentences whose tokens are separated by spaces.
func spaced(sentences ...string) *Doc {
	d := new(Doc)
	for n, text := range sentences {
		s := Sentence{Span: Span{Start: len(d.Text), End: len(d.Text) + len(text)}, First: len(d.Tokens)}
		at := s.Start
		for _, form := range strings.Split(text, " ") {
			d.Tokens = append(d.Tokens, Token{Span: Span{at, at + len(form)}, Sentence: n})
			at += len(form) + 1
		}
		s.Last = len(d.Tokens)
		d.Sentences = append(d.Sentences, s)
		d.Text += text + "\n"
	}
	return d
}

// parsing parses sentences without regard to names.
func parsing(m *perceptron.Models) Component {
	return Component{
		Name: "parsing", Requires: []Layer{LayerTags}, Provides: []Layer{LayerSyntax},
		Annotate: func(ctx context.Context, d *Doc) error { return parseSentences(ctx, m, d, nil) },
	}
}

func TestTagging(t *testing.T) {
	m, err := perceptron.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPipeline(Component{Name: "tokens", Provides: []Layer{LayerSentences, LayerTokens}, Annotate: func(context.Context, *Doc) error { return nil }}, tagging(m), parsing(m))
	if err != nil {
		t.Fatal(err)
	}
	d := spaced("The old minister resigned .", "Two envoys were expelled by the government yesterday .")
	if err := p.Annotate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, tok := range d.Tokens {
		head := "-"
		if tok.Head >= 0 {
			head = d.Text[d.Tokens[tok.Head].Start:d.Tokens[tok.Head].End]
			if d.Tokens[tok.Head].Sentence != tok.Sentence {
				t.Errorf("%v has its head in another sentence", tok)
			}
		}
		got = append(got, tok.Lemma+"/"+tok.Tag+"/"+tok.Relation+"/"+head)
	}
	want := "the/DET/det/minister old/ADJ/amod/minister minister/NOUN/nsubj/resigned resign/VERB/root/- ./PUNCT/punct/resigned " +
		"two/NUM/nummod/envoys envoy/NOUN/nsubj:pass/expelled be/AUX/aux:pass/expelled expel/VERB/root/- by/ADP/case/government " +
		"the/DET/det/government government/NOUN/obl:agent/expelled yesterday/NOUN/obl:unmarked/expelled ./PUNCT/punct/expelled"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if f := d.Tokens[8].Features; f != "Tense=Past|VerbForm=Part|Voice=Pass" {
		t.Errorf("features of expelled: %s", f)
	}
}

func TestTaggingStops(t *testing.T) {
	m, err := perceptron.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := parsing(m).Annotate(ctx, spaced("Nobody reads this .")); err != context.Canceled {
		t.Errorf("error %v after cancelling", err)
	}
}
