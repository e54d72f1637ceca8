package perceptron

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// morphology gives lemmas and features. What the form and the tag say comes
// from the rules; what only the tree says (the passive of a participle, an
// imperative) is added after the parse.
type morphology struct {
	lemmas   suffixRules
	features suffixRules
}

// annotate fills in lemmas and features of a sentence whose tags and tree are known.
func (m *morphology) annotate(out []Annotation, ws []word, mode uint64) {
	for i := range out {
		a := &out[i]
		tag := a.Tag + " " + a.Fine
		text := ws[i].text
		key := maskDigits(text)
		if v, ok := m.features.find(tag, key); ok {
			a.Features = v
		}
		base := lemmaCase(a.Lemma, text, a, i, mode)
		a.Lemma = base
		if way, ok := m.lemmas.find(tag, key); ok {
			a.Lemma = follow(base, way)
		}
	}
	for i := range out {
		switch out[i].Fine {
		case "VBN":
			if passive(out, i) {
				out[i].Features = withFeature(out[i].Features, "Voice=Pass")
			}
		case "VB":
			if imperative(out, i) {
				out[i].Features = "Mood=Imp|VerbForm=Fin"
			}
		case "VBG":
			if gerund(out, i) {
				out[i].Features = "VerbForm=Ger"
			}
		}
	}
}

// lemmaCase gives the form a lemma is made from: in lower case, but names and
// what is written with a capital within a sentence (Armenian, Monday) keep it.
func lemmaCase(form, text string, a *Annotation, i int, mode uint64) string {
	first, size := utf8.DecodeRuneInString(form)
	if !unicode.IsUpper(first) {
		return text
	}
	if a.Tag == "PROPN" || a.Fine == "NNP" || a.Fine == "NNPS" {
		return form
	}
	capital := a.Tag == "ADJ" || a.Tag == "NOUN"
	if capital && i > 0 && mode == plainCase && strings.ToLower(form[size:]) == form[size:] {
		return form
	}
	return text
}

func withFeature(features, feature string) string {
	if features == "" {
		return feature
	}
	list := append(strings.Split(features, "|"), feature)
	slices.Sort(list)
	return strings.Join(list, "|")
}

// passive: a past participle that stands in no perfect tense.
func passive(out []Annotation, i int) bool {
	perfect := false
	for j, a := range out {
		if a.Head != i {
			continue
		}
		if a.Relation == "aux:pass" || a.Relation == "nsubj:pass" {
			return true
		}
		perfect = perfect || a.Relation == "aux" && a.Lemma == "have" && j < i
	}
	if out[i].Relation == "conj" && out[i].Head >= 0 && !perfect {
		if h := out[out[i].Head]; h.Fine == "VBN" {
			return strings.Contains(h.Features, "Voice=Pass")
		}
	}
	return !perfect && out[i].Tag == "VERB"
}

// imperative: a base form with neither "to", auxiliary nor subject, that is
// nobody's complement.
func imperative(out []Annotation, i int) bool {
	switch out[i].Relation {
	case "root", "parataxis", "ccomp":
	case "conj":
		return out[i].Head >= 0 && strings.HasPrefix(out[out[i].Head].Features, "Mood=Imp")
	default:
		return false
	}
	for _, a := range out {
		if a.Head == i && (a.Relation == "mark" || strings.HasPrefix(a.Relation, "nsubj") || a.Relation == "aux" && a.Lemma != "do") {
			return false
		}
	}
	return true
}

// gerund: an -ing form that stands where a noun could, or after a preposition.
func gerund(out []Annotation, i int) bool {
	switch relation, _, _ := strings.Cut(out[i].Relation, ":"); relation {
	case "csubj", "nsubj", "obj", "obl", "nmod", "compound":
		return true
	}
	for j, a := range out {
		if a.Head == i && (a.Relation == "case" || a.Relation == "mark" && j < i) {
			return true
		}
	}
	return false
}
