package main

import (
	_ "embed"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

//go:embed irregular.txt
var irregularVerbs string

// irregularForms gives the lemmas of the forms of irregular verbs.
func irregularForms() []perceptron.Lemma {
	var out []perceptron.Lemma
	for line := range strings.Lines(irregularVerbs) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		if len(f) == 2 {
			f = append(f, f[1])
		}
		for i, fine := range []string{"VBD", "VBN"} {
			for form := range strings.SplitSeq(f[i+1], "/") {
				out = append(out, perceptron.Lemma{Form: form, Tag: "VERB", Fine: fine, Lemma: f[0]})
			}
		}
	}
	return out
}
