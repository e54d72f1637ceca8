package nlp

import (
	"slices"
	"strings"
)

// Clauses that say more of the name right before them: the parser often hangs
// them, or what follows them, on another word.

// relativeWords open clauses about the noun before them.
var relativeWords = []string{"which", "who", "whom"}

// mendRelative hangs a clause with "which", "who" or "whom" behind a comma on the
// name before the comma: "elections in Essequibo, which it claims".
func (t *tree) mendRelative(v int, covering map[int]int) {
	main := t.head(v)
	if main < 0 || !t.is(v, "advcl", "parataxis", "ccomp", "dep", "conj", "nsubj", "csubj") || !t.verbal(v) && !(t.is(v, "nsubj") && t.tag(v) == "NOUN" && t.word(v) != t.lemma(v)) {
		return
	}
	w := -1
	for _, k := range t.all(v, "nsubj", "obj", "obl") {
		if k < v && slices.Contains(relativeWords, t.word(k)) {
			w = k
		}
	}
	comma := w - 1
	if w > 1 && t.tag(comma) == "ADP" && t.head(comma) == w { // "the bloc, to which they belong"
		comma--
	}
	if comma < 1 || t.word(comma) != "," {
		return
	}
	head, ok := covering[comma-1]
	if !ok || t.within(head, v) {
		return
	}
	subject := t.is(v, "nsubj", "csubj")
	if !t.verbal(v) { // "which borders Niger"
		t.tokens[v].Tag, t.tokens[v].Features = "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
	}
	t.move(v, head, "acl:relcl")
	if subject && t.head(head) == main && head < main && t.kid(main, "nsubj") < 0 {
		t.tokens[head].Relation = "nsubj"
	}
}

// mendReduced hangs a participle that names its doers on the name before the
// comma: "violated the Lomé accord, signed by Togo and Benin in May".
func (t *tree) mendReduced(v int, covering map[int]int) {
	if v < 2 || t.head(v) < 0 || !t.is(v, "advcl", "parataxis", "dep", "conj", "appos") || t.form(v) != participle || t.word(v-1) != "," ||
		t.kid(v, "obl:agent") < 0 || t.kid(v, "nsubj", "aux", "mark", "obj", "cc") >= 0 {
		return
	}
	if head, ok := covering[v-2]; ok && !t.within(head, v) && t.is(head, "obj", "obl", "nmod", "nsubj:pass") {
		t.move(v, head, "acl")
	}
}

// mendInterrupted gives a sentence its verb that stands behind a relative
// clause, and that verb its subject: "Fiji, which applied in 2011 to join the bloc, is to be admitted".
func (t *tree) mendInterrupted(s Sentence) {
	root := t.root(s.First)
	if root < s.First || root >= s.Last || t.tag(root) != "PROPN" && t.tag(root) != "NOUN" || t.kid(root, "cop", "nsubj", "case") >= 0 {
		return
	}
	clause := -1
	for _, k := range t.all(root, "acl:relcl", "advcl:relcl") {
		if k > root && clause < 0 {
			clause = k
		}
	}
	if clause < 0 {
		return
	}
	for v := clause + 1; v < s.Last; v++ {
		if !verbalTag(t.tag(v)) || t.is(v, "aux", "cop") || !t.within(v, clause) || t.kid(v, "cc") >= 0 || !t.is(v, "advcl", "parataxis", "ccomp", "dep", "conj", "acl", "xcomp") {
			continue
		}
		first := v
		for first-1 > clause && (t.tag(first-1) == "AUX" || t.tag(first-1) == "ADV" || t.tag(first-1) == "PART") {
			first--
		}
		if t.word(first-1) != "," || t.kid(v, "aux", "cop") < 0 && t.form(v) != finite {
			continue
		}
		for _, k := range slices.Clone(t.kids[v]) {
			if k < first-1 {
				t.move(k, clause, "obl")
			}
		}
		relation := "nsubj"
		if t.kid(v, "aux:pass") >= 0 {
			relation = "nsubj:pass"
		}
		t.moveUp(v, -1, "root")
		t.move(root, v, relation)
		if t.is(clause, "advcl:relcl") {
			t.tokens[clause].Relation = "acl:relcl"
		}
		return
	}
}

// mendBidden hangs the infinitive that says what somebody is asked to do on the
// verb of asking: "urged both governments to return to talks".
func (t *tree) mendBidden(v int) {
	n := t.head(v)
	if n < 0 || !t.is(v, "acl") || t.is(v, "acl:relcl") || t.form(v) != infinitive || !t.is(n, "obj") || nounEffects[t.lemma(n)] != neutral {
		return
	}
	up := t.head(n)
	if up >= 0 && verbalTag(t.tag(up)) && verbEffects[t.lemma(up)] == demanded && t.introducer(v) == "to" {
		t.move(v, up, "xcomp")
	}
}

// namesOf gives for every token of a name the token that heads it.
func (t *tree) namesOf() map[int]int {
	out := map[int]int{}
	for _, m := range t.doc.Mentions {
		if m.Kind == Pronoun || m.Kind == Demonym {
			continue
		}
		for i := m.Head; i >= 0 && t.tokens[i].End > m.Start; i-- {
			out[i] = m.Head
		}
		for i := m.Head; i < len(t.tokens) && t.tokens[i].Start < m.End; i++ {
			out[i] = m.Head
		}
	}
	return out
}

// mendHaveDone makes a verb of the participle between "have" and a bare noun:
// "has cut diplomatic relations" tells what was done to them, not that there are any.
func (t *tree) mendHaveDone(v int) {
	n := t.head(v)
	if n <= v || v == 0 || t.tag(v) != "VERB" || !t.is(v, "amod") || t.form(v) != participle || t.lemma(v-1) != "have" || t.head(n) != v-1 ||
		!t.is(n, "obj") || t.kid(n, "det", "nmod:poss", "nummod") >= 0 && t.kid(n, "det", "nmod:poss", "nummod") < v {
		return
	}
	have := v - 1
	if !t.moveUp(v, t.head(have), t.tokens[have].Relation) {
		return
	}
	t.move(n, v, "obj")
	for _, k := range slices.Clone(t.kids[have]) {
		t.move(k, v, t.tokens[k].Relation)
	}
	t.move(have, v, "aux")
	t.tokens[have].Tag = "AUX"
}

// mendHadItselfDone does the same where a reflexive stands between: "had itself put it on hold".
func (t *tree) mendHadItselfDone(v int) {
	have := t.head(v)
	if have < 0 || have != v-2 || t.tag(have) != "VERB" || t.lemma(have) != "have" || !t.is(v, "xcomp", "ccomp") ||
		!strings.HasSuffix(t.word(v-1), "self") && !strings.HasSuffix(t.word(v-1), "selves") || t.tag(v-1) != "PRON" || t.kid(v, "mark") >= 0 {
		return
	}
	if !t.moveUp(v, t.head(have), t.tokens[have].Relation) {
		return
	}
	for _, k := range slices.Clone(t.kids[have]) {
		relation := t.tokens[k].Relation
		if k == v-1 {
			relation = "advmod"
		}
		t.move(k, v, relation)
	}
	t.move(have, v, "aux")
	t.tokens[have].Tag = "AUX"
}

// mendSemicolon gives the first verb behind a semicolon the names before it as
// its subject: "Oman criticised the step; envoy Salim Haddad thanked Fiji".
func (t *tree) mendSemicolon(semicolon int, s Sentence) {
	v := semicolon + 1
	for v < s.Last && slices.Contains([]string{"NOUN", "PROPN", "ADJ", "DET"}, t.tag(v)) {
		v++
	}
	if v == semicolon+1 || v >= s.Last || t.tag(v) != "VERB" || t.kid(v, "nsubj", "aux", "mark") >= 0 || t.form(v) == gerund || t.form(v) == infinitive {
		return
	}
	subject := -1
	for i := semicolon + 1; i < v; i++ {
		if h := t.head(i); h <= semicolon && h >= 0 || h == v {
			if subject >= 0 {
				return
			}
			subject = i
		}
	}
	root := t.root(s.First)
	if subject < 0 || t.tag(subject) != "PROPN" && t.tag(subject) != "NOUN" || root >= semicolon || t.within(root, v) {
		return
	}
	t.move(v, root, "parataxis")
	t.move(subject, v, "nsubj")
	t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
}

// mendWhichDenies sees a verb in the noun that ends a clause of "which" and a
// name: "accuses Chad of arming rebels, which Chad denies".
func (t *tree) mendWhichDenies(n int, covering map[int]int) {
	if n < 2 || t.tag(n) != "NOUN" || !strings.HasSuffix(t.word(n), "s") {
		return
	}
	name, ok := covering[n-1]
	lemma := strings.TrimSuffix(t.word(n), "s")
	if l, cut := strings.CutSuffix(t.word(n), "ies"); cut {
		lemma = l + "y"
	}
	if !ok || verbEffects[lemma] == neutral {
		return
	}
	first := name
	for first > 0 && covering[first-1] == name && t.word(first-1) != "which" {
		if _, in := covering[first-1]; !in {
			break
		}
		first--
	}
	if first == 0 || t.word(first-1) != "which" {
		return
	}
	up := t.head(n)
	if up < 0 || up >= first || t.within(up, n) {
		return
	}
	t.tokens[n].Tag, t.tokens[n].Lemma, t.tokens[n].Relation, t.tokens[n].Features = "VERB", lemma, "advcl", "Mood=Ind|Tense=Pres|VerbForm=Fin"
	t.move(name, n, "nsubj")
	t.move(first-1, n, "obj")
}
