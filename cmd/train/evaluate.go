package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// evaluateSyntax writes the scores on trees, in percent of tokens, punctuation
// counted: with the treebank's own tokens, and with hyphenated words joined.
func evaluateSyntax(w io.Writer, m *perceptron.Models, name string, trees []tree) {
	for _, kind := range []string{"tokens as given", "hyphens joined"} {
		var n, tag, fine, features, lemma, head, labelled, universal int
		for _, t := range trees {
			if kind == "hyphens joined" {
				t = joinHyphens(t)
			}
			s := t.sentence()
			for i, a := range m.Annotate(s.Forms) {
				g := s.Words[i]
				n++
				tag += one(a.Tag == g.Tag)
				fine += one(a.Fine == g.Fine)
				features += one(a.Tag == g.Tag && verbFeatures(a.Features) == verbFeatures(g.Features))
				lemma += one(a.Lemma == g.Lemma)
				head += one(a.Head == g.Head)
				labelled += one(a.Head == g.Head && a.Relation == g.Relation)
				universal += one(a.Head == g.Head && plainRelation(a.Relation) == plainRelation(g.Relation))
			}
		}
		percent := func(k int) float64 { return 100 * float64(k) / float64(n) }
		fmt.Fprintf(w, "%s, %s: UPOS %.2f, XPOS %.2f, verb features %.2f, lemmas %.2f, UAS %.2f, LAS %.2f (without subtypes %.2f)\n",
			name, kind, percent(tag), percent(fine), percent(features), percent(lemma), percent(head), percent(labelled), percent(universal))
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func plainRelation(r string) string {
	plain, _, _ := strings.Cut(r, ":")
	return plain
}

// verbFeatures keeps the features that tell verb forms apart.
func verbFeatures(features string) string {
	var kept []string
	for f := range strings.SplitSeq(features, "|") {
		switch name, _, _ := strings.Cut(f, "="); name {
		case "Tense", "VerbForm", "Mood", "Voice":
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, "|")
}
