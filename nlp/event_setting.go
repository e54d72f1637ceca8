package nlp

import "slices"

// setting adds what an event depends on and the occasion that it is part of:
// neither stands at a place of its trigger.
func (s *scene) setting(d *account) {
	if d.standing.modality == "conditional" {
		for _, e := range s.conditions(d.word) {
			d.also(e, "condition")
		}
	}
	if e := s.entityAt(d.word); e >= 0 && s.class(e) == "Occasion" && d.kind == nounLexeme {
		d.also(e, "object") // the summit that is held is the one that the word names
		return
	}
	if d.typ.Mutual {
		for _, e := range s.besides(d.word) {
			d.also(e, "occasion")
		}
	}
}

// also adds a participant in a part that an actor or recipient may play too:
// a state may be recognised on the condition that it withdraws.
func (d *account) also(entity int, part string) {
	p := Participant{Entity: entity, Event: -1, Part: part}
	if !slices.Contains(d.participants, p) {
		d.participants = append(d.participants, p)
	}
}

// conditions gives on whom it depends whether the clause of the word comes
// true: who acts in the if-clauses that hang on it or on the clause that it is the matter of.
func (s *scene) conditions(word int) []int {
	for n := 0; n < deepest && word >= 0; n++ {
		var out []int
		for _, k := range s.all(word, "advcl") {
			if prepositionEffects[s.introducer(k)] != conditional && !s.inverted(k) {
				continue
			}
			for _, c := range s.clauses(k) {
				out = append(out, acting(s.parties(s.logicalSubject(c)))...)
			}
		}
		if len(out) > 0 || !s.is(word, "xcomp", "obj") {
			return out
		}
		word = s.tree.head(word)
	}
	return nil
}

// besides gives the named occasions beside which an encounter takes place.
func (r *analysis) besides(word int) []int {
	var out []int
	for _, mention := range r.mentionsBeside(word) {
		if mention.Class == "Occasion" && mention.Kind != Pronoun && slices.Contains(r.encountersBeside(mention.Head), word) {
			out = append(out, mention.Entity)
		}
	}
	return out
}

// besideWhich gives the words of the encounters beside an occasion, wherever the text names it.
func (r *analysis) besideWhich(occasion int) []int {
	var out []int
	for _, m := range r.doc.Entities[occasion].Mentions {
		out = append(out, r.encountersBeside(r.doc.Mentions[m].Head)...)
	}
	return out
}

// encountersBeside gives the words of what takes place on the sidelines of the
// occasion named at the head: what the phrase hangs on and, as English leaves open
// which is meant, what the phrase right before it names ("after a meeting in Oslo on the sidelines of …, they signed …").
func (r *analysis) encountersBeside(occasion int) []int {
	edge := r.head(occasion)
	if edge < 0 || r.introducer(occasion) != "of" || !slices.Contains([]string{"sideline", "sidelines", "margin", "margins"}, r.lemma(edge)) {
		return nil
	}
	at := r.head(edge)
	for n := 0; at >= 0 && n < deepest && r.classAt(at) == "Place"; n++ { // "in Oslo, on the sidelines of …"
		at = r.head(at)
	}
	if at < 0 {
		return nil
	}
	before, _ := r.extent(edge)
	for before > 0 && r.tag(before-1) == "PUNCT" {
		before--
	}
	out := []int{at}
	for _, k := range r.all(at, "obl", "obj", "nsubj", "nmod") {
		if _, last := r.extent(k); k < edge && last == before-1 {
			out = append(out, k)
		}
	}
	return out
}

// extent gives the first and last token of a phrase, marks at its ends left out.
func (t *tree) extent(i int) (first, last int) {
	first, last = i, i
	for queue, n := t.kids[i], 0; len(queue) > 0 && n < 256; n++ {
		k := queue[0]
		queue = queue[1:]
		if t.tag(k) != "PUNCT" {
			first, last = min(first, k), max(last, k)
		}
		queue = append(queue[:len(queue):len(queue)], t.kids[k]...)
	}
	return first, last
}
