package main

import (
	"fmt"
	"io"
	"slices"
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

// evaluateNames writes precision, recall and F1 of names whose tokens and type
// are right, by type and for the three types together that all sets agree on,
// and how often names of a score are right.
func evaluateNames(w io.Writer, m *perceptron.Models, name string, sentences []perceptron.NamedSentence) {
	type count struct{ gold, found, right int }
	counts := make(map[string]*count)
	all := new(count)
	kinds := []string{"PER", "ORG", "LOC", "MISC"}
	for _, kind := range kinds {
		counts[kind] = new(count)
	}
	var sure [10]count
	for _, s := range sentences {
		for _, g := range s.Names {
			counts[g.Type].gold++
		}
		var tags []string
		for _, a := range m.Annotate(s.Forms) {
			tags = append(tags, a.Tag)
		}
		for _, n := range m.Names(s.Forms, tags) {
			right := one(slices.ContainsFunc(s.Names, func(g perceptron.NameSpan) bool {
				return g.First == n.First && g.Last == n.Last && g.Type == n.Type
			}))
			bin := &sure[min(9, int(n.Score*10))]
			for _, c := range []*count{counts[n.Type], bin} {
				c.found++
				c.right += right
			}
		}
	}
	line := func(kind string, c *count) {
		p, r := float64(c.right)/float64(max(1, c.found)), float64(c.right)/float64(max(1, c.gold))
		fmt.Fprintf(w, "%s, %s: precision %.1f, recall %.1f, F1 %.1f\n", name, kind, 100*p, 100*r, 200*p*r/max(p+r, 1e-9))
	}
	for _, kind := range kinds {
		c := counts[kind]
		line(kind, c)
		if kind != "MISC" {
			all.gold, all.found, all.right = all.gold+c.gold, all.found+c.found, all.right+c.right
		}
	}
	line("PER, ORG and LOC", all)
	for i, c := range sure {
		if c.found > 0 {
			fmt.Fprintf(w, "%s, score %.1f to %.1f: %d names, %.0f %% right\n", name, float64(i)/10, float64(i+1)/10, c.found, 100*float64(c.right)/float64(c.found))
		}
	}
}
