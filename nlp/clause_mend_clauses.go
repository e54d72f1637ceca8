package nlp

import (
	"slices"
	"strings"
)

// mendParticiple makes a clause of a noun and a "participle" with an object of
// its own: "after police arrested the envoy" is no "police arrested".
func (t *tree) mendParticiple(v int) {
	n := t.head(v)
	if n < 0 || n > v || !t.is(v, "acl") || t.is(v, "acl:relcl") || t.tag(v) != "VERB" || t.form(v) != participle ||
		t.kid(v, "mark", "aux", "nsubj", "obl:agent") >= 0 {
		return
	}
	if root := t.root(v); t.kid(root, "case") >= 0 && !t.verbal(root) && t.kid(n, "case") < 0 && t.is(n, "nmod", "appos", "dep", "conj") && t.head(n) == root {
		// "In the declaration the two sides promised …": what comes first is no sentence.
		t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
		t.moveUp(v, -1, "root")
		t.move(n, v, "nsubj")
		t.move(root, v, "obl")
		return
	}
	if t.kid(v, "obj") < v {
		return
	}
	up := t.head(n)
	if up >= 0 && (t.ownSubject(up) == n) {
		return
	}
	t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
	if up < 0 { // "The president congratulated Chad" as a mere name of a president
		t.moveUp(v, -1, "root")
		t.move(n, v, "nsubj")
		return
	}
	marks := t.all(n, "case")
	if len(marks) == 0 {
		if t.is(n, "obj", "nsubj:pass") && t.tag(up) == "VERB" && t.is(n, "obj") { // "said police arrested the envoy"
			t.move(v, up, "ccomp")
			t.move(n, v, "nsubj")
		}
		return
	}
	switch t.word(marks[0]) {
	case "after", "before", "since", "until", "as", "for", "than", "but":
	default:
		return
	}
	for n2 := 0; !verbalTag(t.tag(up)) && t.head(up) >= 0 && n2 < deepest; n2++ {
		up = t.head(up)
	}
	if !t.move(v, up, "advcl") {
		return
	}
	t.move(n, v, "nsubj")
	for _, k := range marks {
		t.move(k, v, "mark")
	}
}

// mendPassive hangs a participle with its doers on the object that was taken for
// its subject: in "hailed the accord signed between Togo and Benin" the accord signs nothing.
func (t *tree) mendPassive(v int) {
	u, n := t.head(v), t.ownSubject(v)
	if u < 0 || u > v || n != v-1 || !t.is(v, "ccomp") || t.tag(v) != "VERB" || t.tag(u) != "VERB" || t.kid(v, "mark", "aux", "obj", "ccomp", "xcomp") >= 0 ||
		t.kid(u, "obj") >= 0 || v+1 >= len(t.tokens) || !t.participleForm(v) {
		return
	}
	if next := t.word(v + 1); next != "by" && next != "between" || !t.within(v+1, v) {
		return
	}
	t.tokens[v].Features = "Tense=Past|VerbForm=Part"
	t.move(n, u, "obj")
	t.move(v, n, "acl")
}

// participleForm reports whether the word may be a past participle.
func (t *tree) participleForm(v int) bool {
	return strings.Contains(t.tokens[v].Features, "VerbForm=Part") || strings.HasSuffix(t.word(v), "ed") || strings.HasSuffix(t.word(v), "en")
}

// mendRoot finds the main verb of a sentence whose root is the phrase that
// opens it: "On 3 May, the ministers met".
func (t *tree) mendRoot(s Sentence) {
	root := t.root(s.First)
	if root < s.First || root >= s.Last || t.verbal(root) || t.kid(root, "case") < 0 || t.kid(root, "nsubj") >= 0 {
		return
	}
	for v := root + 1; v < s.Last; v++ {
		if t.tag(v) != "VERB" || !t.finiteVerb(v) || t.kid(v, "mark", "cc") >= 0 {
			continue
		}
		subject := t.ownSubject(v)
		if subject < root || subject > v || t.antecedent(subject) >= 0 || !t.within(v, root) || t.within(subject, root) && t.within(root, subject) {
			continue
		}
		t.moveUp(v, -1, "root")
		t.move(root, v, "obl")
		return
	}
	t.mendOpening(root, s)
}

// mendOpening finds it where the phrase took the subject as well: "In the Lomé
// Declaration of May 2023 the two sides promised to withdraw".
func (t *tree) mendOpening(root int, s Sentence) {
	if s.Heading || !t.timeWithin(root) || t.word(s.Last-1) != "." {
		return
	}
	for v := root + 1; v < s.Last; v++ {
		switch {
		case t.tag(v) == "AUX", t.tag(v) == "PUNCT" && t.word(v) != ",":
			return
		case t.tag(v) != "VERB":
			continue
		}
		n := t.head(v)
		if n <= root || n > v || !t.is(v, "acl", "flat") || !t.within(n, root) || t.kid(n, "case") >= 0 || t.form(v) == gerund ||
			t.kid(v, "aux", "mark", "obl:agent") >= 0 || t.kid(v, "obj", "xcomp", "advcl", "ccomp", "obl") < v {
			return
		}
		t.moveUp(v, -1, "root")
		t.move(root, v, "obl")
		t.move(n, v, "nsubj")
		return
	}
}

// timeWithin reports whether a phrase is a time or holds one: "January of this year", "the accord of May 2023".
func (t *tree) timeWithin(top int) bool {
	return slices.ContainsFunc(t.timesBeside(top), func(time Time) bool {
		at := t.top(time.Span)
		return at >= 0 && (at == top || t.head(at) == top)
	})
}

// mendWhose gives back the subject that a clause with "whose" took from the
// main verb: "Chad and Niger, whose relations had been frozen, reopened the border".
func (t *tree) mendWhose(i int) {
	if t.word(i) != "whose" || t.head(i) < 0 {
		return
	}
	n := t.head(i)
	u := t.head(n)
	if u < n || !t.is(n, "nsubj") || t.tag(u) != "VERB" {
		return
	}
	owner := -1
	for _, k := range t.all(u, "nsubj") {
		if k < i {
			owner = k
		}
	}
	if owner < 0 {
		return
	}
	for _, v := range t.all(u, "conj", "parataxis", "ccomp", "dep", "xcomp") {
		if v > u && t.tag(v) == "VERB" && t.ownSubject(v) < 0 && t.kid(v, "cc") < 0 {
			if !t.moveUp(v, t.head(u), t.tokens[u].Relation) {
				return
			}
			t.move(owner, v, "nsubj")
			t.move(u, owner, "acl:relcl")
			return
		}
	}
}

// mendMark makes a subordinate clause of one whose subject was taken for the
// object of its conjunction: "takes effect after parliament has ratified it".
func (t *tree) mendMark(n int) {
	v := t.head(n)
	if v < n || !t.is(n, "nsubj") || t.tag(v) != "VERB" || t.kid(v, "mark") >= 0 {
		return
	}
	in := t.kid(n, "case")
	if in < 0 || in > n || !slices.Contains(subordinators, t.word(in)) {
		return
	}
	t.move(in, v, "mark")
	if t.is(v, "conj", "parataxis", "dep", "ccomp") && t.head(v) >= 0 && t.kid(v, "cc") < 0 {
		t.tokens[v].Relation = "advcl"
	}
}

// mendBare makes a noun of a bare verb that no verb before it takes: "expressed concern".
func (t *tree) mendBare(v int) {
	u := t.head(v)
	if u < 0 || u > v || t.tag(v) != "VERB" || !t.is(v, "xcomp", "ccomp") || t.word(v) != t.lemma(v) || t.tag(u) != "VERB" ||
		t.kid(v, "mark", "nsubj", "aux", "obj", "cc") >= 0 || t.kid(u, "obj", "iobj") >= 0 {
		return
	}
	if slices.Contains([]string{"let", "make", "help", "see", "hear", "have", "go", "come", "watch", "dare", "need", "say"}, t.lemma(u)) {
		return
	}
	t.tokens[v].Tag, t.tokens[v].Relation, t.tokens[v].Features = "NOUN", "obj", "Number=Sing"
	for _, k := range t.all(v, "obl") {
		t.tokens[k].Relation = "nmod"
	}
}

// mendPerfect makes a verb of a participle with auxiliaries that was hung on
// its object: "of having attacked fishermen".
func (t *tree) mendPerfect(v int) {
	n := t.head(v)
	if n < v || !t.is(v, "amod") || t.tag(v) != "VERB" || t.kid(v, "aux") < 0 {
		return
	}
	up, rel := t.head(n), "advcl"
	if up < 0 {
		return
	}
	if !t.move(v, up, rel) || !t.move(n, v, "obj") {
		return
	}
	for _, k := range slices.Clone(t.kids[n]) {
		if k < v && t.is(k, "case", "mark") {
			t.move(k, v, "mark")
		}
	}
}

// mendGerund hangs "of …ing", "from …ing" and "for …ing" behind a named object
// on the verb: "accused Angola of shelling a village".
func (t *tree) mendGerund(v int) {
	n := t.head(v)
	if n < 0 || !t.is(v, "acl") || t.tag(v) != "VERB" || t.form(v) != gerund || t.tag(n) != "PROPN" && t.tag(n) != "PRON" {
		return
	}
	up := t.head(n)
	switch t.introducer(v) {
	case "of", "from", "for", "into":
		if up >= 0 && verbalTag(t.tag(up)) && t.is(n, "obj", "nsubj:pass", "obl") {
			t.move(v, up, "advcl")
		}
	}
}

// mendInfinitive hangs an infinitive on the noun right before it that takes
// one: "abandoned plans to expel diplomats".
func (t *tree) mendInfinitive(v int) {
	up := t.head(v)
	if up < 0 || !t.is(v, "xcomp", "advcl") || t.form(v) != infinitive || !verbalTag(t.tag(up)) {
		return
	}
	first := t.kid(v, "mark")
	if first < 0 || first > v || first == 0 {
		return
	}
	n := first - 1
	if t.head(n) == up && t.is(n, "obj") && t.tag(n) == "NOUN" && nounEffects[t.lemma(n)] != neutral && nounEffects[t.lemma(n)] != factive {
		t.move(v, n, "acl")
	}
}

// mendThat makes the content of a noun out of a relative clause that lacks
// nothing: "on condition that Greece agrees", "claims that it attacked".
func (t *tree) mendThat(v int) {
	n := t.head(v)
	if n < 0 || n > v || !t.is(v, "acl:relcl") || nounEffects[t.lemma(n)] == neutral || nounEffects[t.lemma(n)] == factive || t.lemma(n) == "statement" {
		return
	}
	if n+1 >= len(t.tokens) || t.word(n+1) != "that" || t.head(n+1) != v || !t.is(n+1, "obj", "mark", "advmod", "obl") {
		return
	}
	if s := t.ownSubject(v); s < 0 || s == n+1 || slices.Contains([]string{"make", "issue", "raise", "put", "set", "hear", "send", "receive"}, t.lemma(v)) {
		return
	}
	t.tokens[v].Relation = "acl"
	t.tokens[n+1].Relation, t.tokens[n+1].Tag, t.tokens[n+1].Lemma = "mark", "SCONJ", "that"
}

// mendSubject gives a finite verb without a subject the noun phrase between
// the comma and the verb, which was taken for something else: "By signing the
// pact, Oman and Kuwait ended …".
func (t *tree) mendSubject(v int, s Sentence) {
	if t.tag(v) != "VERB" || !t.finiteVerb(v) || t.kid(v, "nsubj", "csubj", "expl", "cc", "mark") >= 0 || t.is(v, "acl:relcl") {
		return
	}
	end := v // of the phrase
	for end > s.First && t.head(end-1) == v && t.is(end-1, "aux", "advmod") {
		end--
	}
	start := end
	for start > s.First && slices.Contains([]string{"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "CCONJ", "PART"}, t.tag(start-1)) {
		start--
	}
	if start == end || start <= s.First || t.word(start-1) != "," || t.tag(start) == "CCONJ" {
		return
	}
	top := -1
	for i := start; i < end; i++ {
		if h := t.head(i); h >= start && h < end || h == v {
			continue
		}
		switch {
		case t.tag(i) != "NOUN" && t.tag(i) != "PROPN" && t.tag(i) != "PRON":
			return
		case top < 0 && t.is(i, "appos", "conj", "dep", "list", "parataxis", "nmod", "obl", "obj"):
			top = i
		case top < 0 || !t.is(i, "conj"):
			return
		}
	}
	if top < 0 {
		return
	}
	if g := t.head(v); g >= 0 && g < start && t.is(v, "advcl", "ccomp", "parataxis", "dep", "conj", "acl") && t.head(g) < 0 && t.form(g) == gerund && t.kid(g, "mark") == s.First {
		t.moveUp(v, -1, "root")
		t.move(g, v, "advcl")
	}
	if t.within(v, top) {
		return
	}
	first := top
	t.move(first, v, "nsubj")
	for i := start; i < end; i++ {
		if h := t.head(i); i != first && (h < start || h >= end) && h != v {
			t.move(i, first, "conj")
		}
	}
}

// finiteVerb reports whether the verb is tagged as a past or present form, or has an auxiliary that is.
func (t *tree) finiteVerb(v int) bool {
	if strings.Contains(t.tokens[v].Features, "VerbForm=Fin") {
		return true
	}
	for _, a := range t.all(v, "aux") {
		if strings.Contains(t.tokens[a].Features, "VerbForm=Fin") {
			return true
		}
	}
	return false
}

// subordinators begin a clause that depends on another one.
var subordinators = []string{"if", "unless", "although", "though", "while", "because", "after", "when", "since", "as", "before", "once", "until", "whereas"}

// mendSubordinate puts the main clause above a subordinate one that opens the
// sentence and was taken for the root: "If Serbia agrees, Russia will object."
func (t *tree) mendSubordinate(s Sentence) {
	for v := s.First; v < s.Last; v++ {
		if t.head(v) >= 0 || !t.verbal(v) {
			continue
		}
		mark := t.kid(v, "mark")
		if mark < 0 || mark > v || !slices.Contains(subordinators, t.word(mark)) {
			return
		}
		for _, k := range t.all(v, "parataxis", "ccomp", "conj", "dep", "advcl") {
			if k > v && t.verbal(k) && t.ownSubject(k) >= 0 && t.kid(k, "mark") < 0 && t.kid(k, "cc") < 0 {
				t.moveUp(k, -1, "root")
				t.move(v, k, "advcl")
				return
			}
		}
		return
	}
}

// mendConjunct hangs a coordinated verb on the nearest clause before it where
// no comma says that it goes back further: "after police entered the embassy and arrested him".
func (t *tree) mendConjunct(v int) {
	u := t.head(v)
	if u >= 0 && t.is(v, "conj") && t.tag(v) == "VERB" && strings.Contains(t.tokens[v].Features, "Tense=Past") && t.finiteVerb(v) && t.kid(v, "aux") < 0 {
		// A past tense does not continue an infinitive or gerund: "agreed to consider opening talks and welcomed …".
		w := u
		for t.head(w) >= 0 && (t.form(w) == infinitive || t.form(w) == gerund && t.is(w, "xcomp")) && t.kid(w, "aux") < 0 {
			w = t.head(w)
		}
		if w != u && verbalTag(t.tag(w)) {
			t.move(v, w, "conj")
			u = w
		}
	}
	if w := t.head(max(u, 0)); u >= 0 && w >= 0 && t.is(v, "conj") && t.is(u, "ccomp") && t.tag(v) == "VERB" && t.kid(v, "ccomp") > v && t.kid(v, "aux") < 0 && t.ownSubject(v) < 0 &&
		t.kid(u, "aux") >= 0 && reporting(t.lemma(w)) && verbEffects[t.lemma(v)] != neutral && !reporting(t.lemma(u)) {
		t.move(v, w, "conj") // "said that the court had not decided and denied that …"
		t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
		return
	}
	cc := t.kid(v, "cc")
	if u < 0 || cc < 1 || !t.is(v, "conj") || t.tag(v) != "VERB" || t.ownSubject(v) >= 0 || t.word(cc-1) == "," || !t.finiteVerb(v) {
		return
	}
	near := -1
	for _, k := range t.kids[u] {
		if k > u && k < v && t.is(k, "advcl", "ccomp") && t.finiteVerb(k) && t.ownSubject(k) >= 0 && t.tag(k) == "VERB" {
			near = k
		}
	}
	if near >= 0 && t.kid(v, "aux") < 0 {
		t.move(v, near, "conj")
	}
}

// mendFronted takes a clause out of reported speech that runs parallel to the
// verb of speech: "In 2015 it declared that …, and in 2016 it opposed …".
func (t *tree) mendFronted(v int) {
	u := t.head(v)
	cc := t.kid(v, "cc")
	if u < 0 || cc < 1 || !t.is(v, "conj") || t.word(cc-1) != "," || t.ownSubject(v) < 0 || !t.fronted(v, cc+1) {
		return
	}
	for t.is(u, "conj", "xcomp", "advcl") && t.head(u) >= 0 {
		u = t.head(u)
	}
	main := t.head(u)
	if !t.is(u, "ccomp") || main < 0 || t.tag(main) != "VERB" {
		return
	}
	s := t.doc.Sentences[t.tokens[v].Sentence]
	if t.fronted(main, s.First) {
		t.move(v, main, "conj")
	}
}

// fronted reports whether a clause opens with a phrase of time before its subject.
func (t *tree) fronted(v, start int) bool {
	subject := t.ownSubject(v)
	for _, k := range t.all(v, "obl", "advmod") {
		if k >= start && k < subject && k-start <= 3 && t.timed(k) {
			return true
		}
	}
	return false
}

func (t *tree) timed(i int) bool {
	return slices.ContainsFunc(t.timesBeside(i), func(time Time) bool { return time.Contains(t.tokens[i].Span) })
}
