// Package perceptron holds the trained layers of reading: part-of-speech tags,
// morphological features, lemmas, dependencies and names, predicted by averaged
// perceptrons from hashed features. [Load] reads the embedded weights into
// [Models]; they are never changed afterwards and may be used from any
// number of goroutines.
//
//	models, err := perceptron.Load()
//	…
//	for _, a := range models.Annotate([]string{"Armenia", "recalled", "its", "envoy", "."}) {
//		fmt.Println(a.Tag, a.Lemma, a.Head, a.Relation)
//	}
//
// # Tokens
//
// The models expect tokens as in the Universal Dependencies treebank
// English EWT, with one deviation (hyphens):
//
//   - Contractions and clitics are split: do|n't, can|not, they|'ve, Armenia|'s,
//     the envoys|'. Curly and straight apostrophes are the same.
//   - A hyphenated word is ONE token: decades-old, U.S.-led, Armenia-Azerbaijan,
//     Jong-un, al-Assad, follow-up; so is a range such as 2010-2015 or, with an
//     en dash, 2010–2015. (EWT splits most of these in three.) The treebanks
//     are converted accordingly: the merged token takes tag, features and place
//     in the tree of the head of its parts. Whoever looks for names in the parts
//     ("Moscow" in "Moscow-backed") does so by offset within the token. An
//     em dash, or a dash with a space beside it, is a token of its own.
//   - Abbreviations keep their full stop (U.S., Mr., Jan.), also at the end of
//     a sentence, where no second stop is written.
//   - Numbers are one token with their separators (1,500.25; 12:30); currency and
//     percent signs are tokens: $|5, 10|%.
//   - Every bracket and quotation mark is a token; "..." and "…" are each one token.
//   - A slash between words is a token: and|/|or. Web and mail addresses are one token.
//
// Marks that writers use for one another (curly and straight quotes, dashes,
// ellipses, spaces that do not break) are made equal when features are
// computed, in training as in use; the caller passes forms as they stand in the text.
package perceptron
