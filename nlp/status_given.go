package nlp

import "slices"

// presuppose takes the word for granted: nothing that governs it changes that.
func (w *walk) presuppose() {
	if w.reach == all && w.assertion == "" && w.modality == "" && !w.negative {
		w.assertion = "presupposed"
	}
	w.limit(nothing)
}

// identifies reports whether a participle says which agreement is meant by its
// name: "the Lomé accord signed by Togo". Names are the writer's, and so is what
// tells the named thing apart, even where somebody else speaks of it.
func (w *walk) identifies(participle, noun int) bool {
	if w.modality != "" || w.negative || w.assertion != "" || w.kid(participle, "aux", "mark") >= 0 || !w.definite(noun) {
		return false
	}
	m := w.mentionAt(noun)
	return m >= 0 && w.doc.Mentions[m].Class == "Agreement" && w.doc.Mentions[m].Kind == Name && participle > noun
}

// doubt adds what an adjective says of the noun that a participle belongs to:
// of "the supposed accord signed by Togo" the signing is as doubtful as the accord.
func (w *walk) doubt(noun int) {
	for _, k := range w.all(noun, "amod") {
		e := adjectiveEffects[w.lemma(k)]
		if e == neutral {
			e = adjectiveEffects[w.tree.word(k)]
		}
		if w.reach == all && (e == claimed || e == hedged) {
			w.apply(e)
		}
	}
}

// petitions lists nouns of acts of asking: who answers one has received it.
var petitions = []string{"request", "application", "petition", "bid", "candidacy", "appeal", "plea"}

// answered reports whether a noun is what another has asked for, and the verb
// tells how that was received: "opposed Peru’s request" says that Peru made one.
func (w *walk) answered(noun, verb int) bool {
	if !slices.Contains(petitions, w.lemma(noun)) || !w.is(noun, "obj", "nsubj:pass") || w.unreal(verb) {
		return false
	}
	switch nominalEffects[w.lemma(verb)] {
	case hypothetical, ended, claimed, factive:
	default:
		if verbEffects[w.lemma(verb)] != refused && verbEffects[w.lemma(verb)] != denied {
			return false
		}
	}
	asking, answering := acting(w.parties(w.possessor(noun))), acting(w.parties(w.logicalSubject(verb)))
	return len(asking) > 0 && !slices.ContainsFunc(asking, func(e int) bool { return slices.Contains(answering, e) })
}

// unreal reports whether a verb stands under a modal, or is no finite verb that tells what was done.
func (w *walk) unreal(verb int) bool {
	for _, a := range w.all(verb, "aux") {
		switch w.lemma(a) {
		case "have", "do", "be":
		default:
			return true
		}
	}
	return w.form(verb) != finite && w.kid(verb, "aux") < 0
}
