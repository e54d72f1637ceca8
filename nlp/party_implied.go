package nlp

import "slices"

// Parties that a text only points to: its neighbour, the two, those whom the sanctions hit.

// opposites name the other one of two.
var opposites = []string{"neighbour", "neighbor", "rival", "foe", "adversary", "enemy", "arch-rival", "antagonist"}

// otherOne gives the state that "its neighbour" means where the sentences
// before name only one other; or -1.
func (r *analysis) otherOne(h int) int {
	if !slices.Contains(opposites, r.lemma(h)) || r.word(h) != r.lemma(h) {
		return -1
	}
	p := r.kid(h, "nmod:poss")
	if p < 0 || r.tag(p) != "PRON" {
		return -1
	}
	owner := -1
	if parties := r.partiesAt(p, 1); len(parties) == 1 && len(parties[0].acting) == 1 {
		owner = parties[0].acting[0]
	}
	states := r.statesBefore(h, 2)
	if owner >= 0 {
		states = slices.DeleteFunc(states, func(e int) bool { return e == owner })
	}
	if owner < 0 || len(states) != 1 {
		return -1
	}
	return states[0]
}

// bothOfThem gives the two states that a bare "the two" or "both" means: those
// of the nearest sentence before that names several; or nil.
func (r *analysis) bothOfThem(h int) []int {
	if r.word(h) != "two" && r.word(h) != "both" || r.tag(h) == "DET" || len(r.oblique(h, "of")) > 0 || !r.is(h, "nsubj", "obj", "obl", "nsubj:pass") {
		return nil
	}
	for back := 1; back <= 2; back++ {
		states := r.statesBefore(h, back)
		if len(states) == 2 {
			return states
		}
		if len(states) > 2 {
			return nil
		}
	}
	return nil
}

// statesBefore gives the states that the sentence of the token names before it
// and the given number of sentences before that one.
func (r *analysis) statesBefore(i, sentences int) []int {
	here := r.doc.Tokens[i].Sentence
	var out []int
	for _, m := range slices.Concat(r.in.mentions[max(0, here-sentences) : here+1]...) {
		if m.Class == "State" && m.Entity < r.named && m.Head < i && !slices.Contains(out, m.Entity) {
			out = append(out, m.Entity)
		}
	}
	return out
}

// aftermath gives an account whom it reaches where it undoes what was told
// before: "lifted the sanctions" concerns those on whom its actor had imposed them.
func (s *scene) aftermath(i int, d *account) {
	if len(d.recipients) > 0 || d.typ.Mutual || d.kind != verbLexeme || len(d.actors) == 0 {
		return
	}
	for _, h := range s.logicalObject(d.word) {
		if s.tag(h) != "NOUN" || !s.definite(h) || s.entityAt(h) >= 0 {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			e := s.accounts[k]
			if e.dropped == "" && len(e.recipients) > 0 && overlap(e.actors, d.actors) && len(e.actors) > 0 && s.speaksOf(e, s.lemma(h)) {
				d.recipients = slices.Clone(e.recipients)
				return
			}
		}
	}
}

// speaksOf reports whether a noun is part of how an account was told.
func (s *scene) speaksOf(d *account, noun string) bool {
	for _, w := range append(slices.Clone(d.words), d.taken...) {
		if s.lemma(w) == noun && s.tag(w) == "NOUN" {
			return true
		}
	}
	return d.kind == verbLexeme && slices.ContainsFunc(s.logicalObject(d.word), func(h int) bool { return s.lemma(h) == noun })
}
