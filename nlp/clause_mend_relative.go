package nlp

import "slices"

// Clauses that say more of the name right before them: the parser often hangs
// them, or what follows them, on another word.

// relativeWords open clauses about the noun before them.
var relativeWords = []string{"which", "who", "whom"}

// mendRelative hangs a clause with "which", "who" or "whom" behind a comma on the
// name before the comma: "elections in Essequibo, which it claims".
func (t *tree) mendRelative(v int, covering map[int]int) {
	if t.head(v) < 0 || !t.is(v, "advcl", "parataxis", "ccomp", "dep", "conj") || !t.verbal(v) {
		return
	}
	w := -1
	for _, k := range t.all(v, "nsubj", "obj") {
		if k < v && slices.Contains(relativeWords, t.word(k)) {
			w = k
		}
	}
	if w < 2 || t.word(w-1) != "," {
		return
	}
	head, ok := covering[w-2]
	if !ok || t.within(head, v) {
		return
	}
	t.move(v, head, "acl:relcl")
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
