package perceptron

import (
	"slices"
	"strings"
)

// trainMorphology learns rules from the annotated sentences and from words given with
// tag and lemma, which are known for certain and count as many occurrences.
func trainMorphology(sentences []Sentence, given []Lemma) (lemmas, features suffixRules) {
	ways, feats := make(suffixCounts), make(suffixCounts)
	for _, s := range sentences {
		mode := sentenceCase(s.Forms)
		for i := range s.Words {
			a := &s.Words[i]
			if strings.Contains(a.Features, "Typo=Yes") || a.Relation == "goeswith" {
				continue
			}
			tag := a.Tag + " " + a.Fine
			text := newWord(s.Forms[i], mode).text
			base := lemmaCase(s.Forms[i], text, a, i, mode)
			key := maskDigits(text)
			ways.add(tag, key, wayTo(base, a.Lemma), 1)
			feats.add(tag, key, formFeatures(a), 1)
		}
	}
	const certain = 1000
	for _, g := range given {
		tag := g.Tag + " " + g.Fine
		ways.add(tag, g.Form, wayTo(g.Form, g.Lemma), certain)
	}
	return ways.rules(), feats.rules()
}

// A Lemma is the base form of a form with a tag.
type Lemma struct{ Form, Tag, Fine, Lemma string }

// formFeatures gives the features that a form has by itself: not what the tree
// adds (person and number of verbs but for the third singular, passive,
// imperative, gerund), nor notes on spelling.
func formFeatures(a *Annotation) string {
	list := strings.Split(a.Features, "|")
	list = slices.DeleteFunc(list, func(f string) bool {
		name, _, _ := strings.Cut(f, "=")
		switch name {
		case "", "Typo", "ExtPos", "Style", "Abbr", "Foreign", "Voice":
			return true
		case "Number", "Person":
			return a.Fine == "VBD" || a.Fine == "VBP"
		}
		return false
	})
	switch a.Fine {
	case "VB":
		return "VerbForm=Inf"
	case "VBG":
		return "Tense=Pres|VerbForm=Part"
	}
	return strings.Join(list, "|")
}
