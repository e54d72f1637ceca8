package nlp

import (
	"slices"
	"strings"
)

// A tree is the dependency parse of a document, read the way a grammarian
// does: who does it, to whom, with what. All its methods take and give indexes
// of tokens; a participant is named by the head of its phrase.
type tree struct {
	doc    *Doc
	tokens []Token // of the document, with the parse mended
	kids   [][]int // dependents of each token, in order of the text
	in     inSentences
}

// deepest bounds every climb and descent, so that a damaged parse cannot loop.
const deepest = 24

func newTree(d *Doc) *tree {
	t := &tree{doc: d, tokens: slices.Clone(d.Tokens), kids: make([][]int, len(d.Tokens)), in: indexSentences(d)}
	for i, tok := range t.tokens {
		if tok.Head >= 0 && tok.Head < len(t.tokens) && tok.Head != i {
			t.kids[tok.Head] = append(t.kids[tok.Head], i)
		}
	}
	t.mend()
	return t
}

func (t *tree) head(i int) int { return t.tokens[i].Head }

func (t *tree) tag(i int) string { return t.tokens[i].Tag }

// relation gives the dependency relation without its subtype.
func (t *tree) relation(i int) string {
	r, _, _ := strings.Cut(t.tokens[i].Relation, ":")
	return r
}

// is reports whether the relation of i is one of rels; a relation given
// without a subtype stands for all its subtypes.
func (t *tree) is(i int, rels ...string) bool {
	full, base := t.tokens[i].Relation, t.relation(i)
	return slices.Contains(rels, full) || slices.Contains(rels, base)
}

func (t *tree) lemma(i int) string {
	if t.tokens[i].Tag == "VERB" && strings.Contains(t.tokens[i].Features, "VerbForm=Inf") {
		return t.word(i)
	}
	if l := t.tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return t.word(i)
}

// word gives the token as it stands, in lower case.
func (t *tree) word(i int) string {
	tok := t.tokens[i]
	return strings.ToLower(t.doc.Text[tok.Start:tok.End])
}

// all gives the dependents of i with one of the relations.
func (t *tree) all(i int, rels ...string) []int {
	var out []int
	for _, k := range t.kids[i] {
		if t.is(k, rels...) {
			out = append(out, k)
		}
	}
	return out
}

// kid gives the first dependent of i with one of the relations, or -1.
func (t *tree) kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if t.is(k, rels...) {
			return k
		}
	}
	return -1
}

// hasLemma reports whether a dependent with one of the relations has one of the lemmas.
func (t *tree) hasLemma(i int, rels []string, lemmas ...string) bool {
	for _, k := range t.kids[i] {
		if t.is(k, rels...) && slices.Contains(lemmas, t.lemma(k)) {
			return true
		}
	}
	return false
}

// within reports whether i lies in the subtree of top.
func (t *tree) within(i, top int) bool {
	for n := 0; i >= 0 && n < deepest; n++ {
		if i == top {
			return true
		}
		i = t.head(i)
	}
	return false
}

// conjuncts gives i and everything coordinated with it.
func (t *tree) conjuncts(i int) []int {
	out := []int{i}
	for n := 0; n < len(out) && n < 64; n++ {
		for _, k := range t.all(out[n], "conj") {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// firstConjunct climbs from a conjunct to the first of its coordination.
func (t *tree) firstConjunct(i int) int {
	for n := 0; t.relation(i) == "conj" && t.head(i) >= 0 && n < deepest; n++ {
		i = t.head(i)
	}
	return i
}

// introducer gives the words by which a phrase or clause is joined to its
// governor ("with", "according to", "if"), in lower case; a conjunct without
// one of its own shares that of its first conjunct.
func (t *tree) introducer(i int) string {
	for n := 0; n < deepest; n++ {
		var words []string
		for _, k := range t.all(i, "case", "mark") {
			if k > i || t.word(k) == "’s" || t.word(k) == "'s" {
				continue
			}
			words = append(words, t.word(k))
			for _, f := range t.all(k, "fixed") {
				words = append(words, t.word(f))
			}
		}
		if len(words) > 0 {
			return strings.Join(words, " ")
		}
		if t.relation(i) != "conj" || t.head(i) < 0 {
			return ""
		}
		i = t.head(i)
	}
	return ""
}

// introducedBy reports whether the introducer is or begins or ends with one of the words.
func (t *tree) introducedBy(i int, words ...string) bool {
	in := t.introducer(i)
	for _, w := range words {
		if in == w || strings.HasPrefix(in, w+" ") || strings.HasSuffix(in, " "+w) {
			return true
		}
	}
	return false
}

// verbal reports whether the token is a verb or a predicate with a copula.
func (t *tree) verbal(i int) bool {
	return t.tag(i) == "VERB" || t.tag(i) == "AUX" || t.kid(i, "cop") >= 0
}

// The forms of a verb that matter for who does it and whether it happened.
type verbForm uint8

const (
	finite     verbForm = iota
	infinitive          // with or without "to"
	gerund              // and present participle
	participle          // past participle
)

// form gives the form of a verb from its features or, where the tagger gave none, from its surroundings.
func (t *tree) form(v int) verbForm {
	f := t.tokens[v].Features
	switch {
	case t.kid(v, "cop") >= 0:
		if t.hasLemma(v, []string{"mark"}, "to") {
			return infinitive
		}
		return finite
	case strings.Contains(f, "VerbForm=Fin"):
		return finite
	case strings.Contains(f, "VerbForm=Inf"):
		return infinitive
	case strings.Contains(f, "VerbForm=Ger"), strings.Contains(f, "VerbForm=Part") && strings.Contains(f, "Tense=Pres"):
		return gerund
	case strings.Contains(f, "VerbForm=Part"):
		if t.hasLemma(v, []string{"mark"}, "to") { // "to be signed", "to have signed"
			return infinitive
		}
		if t.is(v, "root", "ccomp", "parataxis") && t.ownSubject(v) >= 0 && t.kid(v, "aux") < 0 {
			return finite // a past tense taken for a participle
		}
		return participle
	}
	word := t.word(v)
	switch {
	case t.introducedBy(v, "to"):
		return infinitive
	case strings.HasSuffix(word, "ing") && t.lemma(v) != word:
		return gerund
	case t.kid(v, "aux:pass") >= 0 || t.hasLemma(v, []string{"aux"}, "have"):
		return participle
	case t.kid(v, "nsubj", "csubj", "expl") >= 0:
		return finite
	case t.is(v, "acl", "amod") && !t.is(v, "acl:relcl"):
		return participle
	case word == t.lemma(v) && t.is(v, "xcomp"):
		return infinitive
	}
	return finite
}

// passive reports whether the surface subject of the verb is its logical object.
func (t *tree) passive(v int) bool {
	if t.tag(v) != "VERB" {
		return false
	}
	if t.kid(v, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") >= 0 {
		return !slices.Contains(statives, t.lemma(v)) || t.agent(v) != nil
	}
	if t.kid(v, "nsubj", "aux") >= 0 {
		return false
	}
	if slices.Contains(statives, t.lemma(v)) && t.is(v, "acl", "amod", "advcl", "xcomp") {
		return false
	}
	switch {
	case t.is(v, "acl:relcl", "advcl:relcl"):
		return false
	case t.is(v, "acl", "amod", "advcl", "xcomp"):
		return t.form(v) == participle
	case t.is(v, "conj"):
		return t.form(v) == participle && t.passive(t.head(v))
	}
	return false
}

// refer gives what a phrase head stands for: the antecedent of a relative
// pronoun, else the head with all its conjuncts.
func (t *tree) refer(i int) []int {
	if a := t.antecedent(i); a >= 0 {
		return t.conjuncts(a)
	}
	return t.conjuncts(i)
}

// antecedent gives the noun that a relative pronoun stands for, or -1.
func (t *tree) antecedent(i int) int {
	switch t.word(i) {
	case "who", "whom", "which", "that", "whose":
	default:
		return -1
	}
	if t.tag(i) != "PRON" && t.tag(i) != "DET" && t.tag(i) != "SCONJ" {
		return -1
	}
	for n, v := 0, i; v >= 0 && n < deepest; n, v = n+1, t.head(v) {
		if t.is(v, "acl:relcl") {
			return t.head(v)
		}
	}
	return -1
}

// ownSubject gives the subject that stands with the predicate itself, or -1. Of
// two, one is a phrase of time taken for a subject: the nearer to the verb is right.
func (t *tree) ownSubject(v int) int {
	out := -1
	for _, k := range t.all(v, "nsubj", "csubj") {
		if out < 0 || k < v {
			out = k
		}
	}
	return out
}

// surfaceSubject gives the grammatical subject of a predicate, own, shared or
// controlled; for a participle beside a noun that noun.
func (t *tree) surfaceSubject(v int) []int { return t.subjectAt(v, 0) }

func (t *tree) subjectAt(v, depth int) []int {
	if depth > deepest {
		return nil
	}
	if s := t.ownSubject(v); s >= 0 {
		return t.refer(s)
	}
	h := t.head(v)
	if h < 0 {
		return nil
	}
	switch t.relation(v) {
	case "conj", "parataxis":
		if t.verbal(h) && (t.relation(v) == "conj" || t.form(v) != finite) {
			return t.subjectAt(h, depth+1)
		}
	case "xcomp", "ccomp":
		return t.controller(h, depth+1)
	case "advcl":
		if t.introducedBy(v, "of", "from", "for", "into") { // accuse X of, prevent X from, praise X for
			return t.controller(h, depth+1)
		}
		if t.form(v) == infinitive && (t.oblique(h, "on") != nil || t.oblique(h, "upon") != nil) { // call on X to
			return t.controller(h, depth+1)
		}
		return t.subjectAt(h, depth+1)
	case "csubj": // "declared that recognising it was contingent on …"
		if t.form(v) != finite && t.is(h, "ccomp") && t.head(h) >= 0 {
			return t.subjectAt(t.head(h), depth+1)
		}
	case "acl":
		if t.is(v, "acl:relcl") {
			return t.conjuncts(h)
		}
		if t.form(v) == infinitive && t.is(h, "xcomp", "obj") && t.ranked(h) { // "became the first state to"
			return t.subjectAt(t.head(h), depth+1)
		}
		if t.introducer(v) == "of" && t.is(h, "obj") && t.head(h) >= 0 && slices.Contains(charging, t.lemma(t.head(h))) {
			return t.conjuncts(h) // "accused Peru of being close to Chile"
		}
		if t.form(v) == infinitive || t.introducer(v) == "of" {
			return t.bearer(h, depth+1)
		}
		return t.conjuncts(h)
	case "amod":
		if t.tag(v) == "VERB" {
			return []int{h}
		}
	}
	return nil
}

// subjectControl lists verbs whose infinitive has the subject of the verb
// although an object stands between ("promised Ukraine to send").
var subjectControl = []string{"promise", "threaten", "vow", "pledge", "use", "offer", "owe", "take", "make", "need"}

// controller gives the understood subject of a verb's infinitive or gerund complement.
func (t *tree) controller(v, depth int) []int {
	if !t.verbal(v) {
		if s := t.ownSubject(v); s >= 0 {
			return t.refer(s)
		}
		if t.tag(v) == "NOUN" {
			return t.bearer(v, depth+1)
		}
		return t.subjectAt(v, depth+1)
	}
	if t.passive(v) || slices.Contains(subjectControl, t.lemma(v)) {
		return t.subjectAt(v, depth+1)
	}
	if o := t.kid(v, "iobj", "obj"); o >= 0 {
		return t.refer(o)
	}
	for _, prep := range []string{"on", "upon", "to"} {
		if who := t.oblique(v, prep); who != nil && slices.Contains([]string{"call", "appeal", "rely", "count", "prevail"}, t.lemma(v)) {
			return who
		}
	}
	return t.subjectAt(v, depth+1)
}

// bearer gives who has what an abstract noun names: its possessor, or the
// subject of the verb that it is the object of ("made a decision to …").
func (t *tree) bearer(n, depth int) []int {
	if t.kid(n, "cop") >= 0 { // "was the first state to recognise it"
		return t.surfaceSubject(n)
	}
	if h := t.head(n); t.is(n, "xcomp") && h >= 0 && t.secondaryPredicate(h, n) { // "leaving it the only state to …"
		return t.logicalObject(h)
	}
	if p := t.possessor(n); p != nil && !personNoun(t.lemma(n)) {
		return p
	}
	if t.is(n, "obj") && t.head(n) >= 0 {
		return t.subjectAt(t.head(n), depth+1)
	}
	return nil
}

// logicalSubject gives who does it: the subject, or the by-phrase of a passive.
func (t *tree) logicalSubject(v int) []int {
	if !t.passive(v) {
		return t.surfaceSubject(v)
	}
	if by := t.agent(v); by != nil {
		return by
	}
	return nil
}

// agent gives the by-phrase of a passive.
func (t *tree) agent(v int) []int {
	for n := 0; n < deepest; n++ {
		for _, k := range t.kids[v] {
			if t.is(k, "obl:agent") || t.is(k, "obl", "nmod") && t.introducer(k) == "by" && k > v {
				return t.refer(k)
			}
			if t.is(k, "obl") && k > v && slices.Contains([]string{"in", "at", "on"}, t.introducer(k)) { // "signed at the palace by Oman"
				if by := t.oblique(k, "by"); by != nil && t.kid(v, "aux:pass") >= 0 {
					return by
				}
			}
			if t.is(k, "advmod") && k > v { // "opposed earlier by Oman"
				if by := t.oblique(k, "by"); by != nil {
					return by
				}
			}
		}
		// Conjuncts share one by-phrase: "drafted and tabled by the UK".
		next := -1
		for _, k := range t.all(v, "conj") {
			if k > v && t.ownSubject(k) < 0 && t.passiveForm(k) {
				next = k
			}
		}
		if next < 0 {
			return nil
		}
		v = next
	}
	return nil
}

// statives are participles that say how their subject stands, not what befalls it: "is aligned with".
var statives = []string{"align", "ally", "commit", "concern", "determine", "prepare", "oppose", "involve", "worry", "resolve", "dedicate", "schedule"}

func (t *tree) passiveForm(v int) bool { return t.tag(v) == "VERB" && t.form(v) == participle }

// logicalObject gives whom or what it befalls: the object, or the subject of a passive.
func (t *tree) logicalObject(v int) []int {
	if t.passive(v) {
		return t.surfaceSubject(v)
	}
	if o := t.kid(v, "obj"); o >= 0 {
		return t.refer(o)
	}
	if x := t.kid(v, "xcomp"); x >= 0 && t.nominalPredicate(x) { // "became a member"
		return t.conjuncts(x)
	}
	if t.tag(v) == "VERB" && t.is(v, "acl:relcl") && t.head(v) >= 0 { // "the treaty (that) Chad signed"
		if s := t.ownSubject(v); s >= 0 && t.antecedent(s) < 0 {
			return t.conjuncts(t.head(v))
		}
	}
	// Coordinated verbs share the object that follows the last of them, or precedes none.
	for _, k := range t.all(v, "conj") {
		if o := t.kid(k, "obj"); o > k && t.tag(k) == "VERB" && t.ownSubject(k) < 0 && k-v <= 3 {
			return t.refer(o)
		}
	}
	if h := t.head(v); t.is(v, "conj") && h >= 0 && t.tag(h) == "VERB" {
		if o := t.kid(h, "obj"); o > v {
			return t.refer(o)
		}
	}
	return nil
}

// nominalPredicate reports whether a complement is a noun that says what the subject becomes or remains.
func (t *tree) nominalPredicate(x int) bool {
	h := t.head(x)
	return h >= 0 && t.is(x, "xcomp") && (t.tag(x) == "NOUN" || t.tag(x) == "PROPN") && t.kid(x, "cop", "mark", "case") < 0 &&
		slices.Contains([]string{"become", "remain", "stay"}, t.lemma(h))
}

// indirect gives the indirect object.
func (t *tree) indirect(v int) []int {
	if o := t.kid(v, "iobj"); o >= 0 {
		return t.refer(o)
	}
	return nil
}

// oblique gives the dependents that the preposition introduces. Several such
// phrases ("in Geneva in May") are given in order.
func (t *tree) oblique(i int, prep string) []int {
	var out []int
	for _, k := range t.kids[i] {
		if t.is(k, "obl", "nmod", "obj", "advmod", "iobj") && !t.is(k, "obl:agent", "nmod:poss") && t.introducer(k) == prep {
			out = append(out, t.refer(k)...)
		} else if prep == "by" && t.is(k, "obl:agent") {
			out = append(out, t.refer(k)...)
		}
	}
	return out
}

// possessor gives X of "X’s NOUN" or "NOUN of X".
func (t *tree) possessor(n int) []int {
	if p := t.kid(n, "nmod:poss"); p >= 0 {
		return t.refer(p)
	}
	return t.oblique(n, "of")
}

// complements gives the heads of the clauses that a verb, adjective or noun takes.
func (t *tree) complements(i int) []int {
	var out []int
	for _, k := range t.kids[i] {
		switch {
		case t.is(k, "ccomp"), t.is(k, "xcomp") && !t.secondaryPredicate(i, k):
			out = append(out, t.clauses(k)...)
		case t.is(k, "advcl") && t.form(k) != finite && t.introducedBy(k, "of", "from", "for", "to", "in", "as", "against", "on"):
			out = append(out, t.clauses(k)...)
		case t.is(k, "acl") && !t.is(k, "acl:relcl") && (t.form(k) == infinitive || t.introducer(k) != ""):
			out = append(out, t.clauses(k)...)
		}
	}
	return out
}

// secondaryPredicate reports whether a complement says what the object is called or made.
func (t *tree) secondaryPredicate(v, k int) bool {
	return k > v && t.tag(k) != "VERB" && t.introducer(k) == "" && t.kid(k, "cop") < 0 && t.kid(v, "obj") >= 0
}

// clauses gives a clause head and the clauses coordinated with it.
func (t *tree) clauses(i int) []int { return t.conjuncts(i) }

// predicate climbs from a token to the head of the clause that it stands in.
func (t *tree) predicate(i int) int {
	for n := 0; t.head(i) >= 0 && n < deepest; n++ {
		if t.clausal(i) {
			return i
		}
		i = t.head(i)
	}
	return i
}

// clausal reports whether the token heads a clause.
func (t *tree) clausal(i int) bool {
	switch t.relation(i) {
	case "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "root":
		return true
	case "conj":
		return t.verbal(i)
	}
	return t.head(i) < 0
}
