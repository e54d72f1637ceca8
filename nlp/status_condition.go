package nlp

// consequent applies a condition that hangs on the clause of the word.
func (w *walk) consequent(i int) {
	if w.reach == nothing || !w.verbal(i) {
		return
	}
	for _, k := range w.kids[i] {
		if !w.is(k, "advcl", "obl", "nmod") {
			continue
		}
		in := w.introducer(k)
		switch {
		case introduced(in) == conditional && w.saidBefore(i, k): // "said that it would leave if …"
		case introduced(in) == conditional && in != "whenever" && in != "wherever":
			w.mood("conditional")
		case w.is(k, "advcl") && w.inverted(k):
			w.mood("conditional")
		case w.modality != "intention":
		case in == "until" && w.timed(k): // "will stay until 2028"
		case in == "until" || in == "unless", in == "after" && w.hasLemma(k, []string{"advmod", "cc"}, "only"):
			w.modality = "conditional" // "will not flow until …", "will come only after …"
		}
	}
}

// saidBefore reports whether a verb tells that something was said, and the
// condition behind it can only be one of what was said.
func (r *analysis) saidBefore(v, condition int) bool {
	said := r.all(v, "ccomp")
	return r.speaks(v) && r.past(v) && len(said) > 0 && said[0] > v && said[0] < condition
}

// inverted reports whether a clause is a condition without "if": had they signed, were they to sign, should they sign.
func (r *analysis) inverted(k int) bool {
	if r.kid(k, "mark") >= 0 {
		return false
	}
	for _, a := range r.all(k, "aux", "cop") {
		if r.inversion(a) && r.ownSubject(k) > a {
			return true
		}
	}
	return false
}

// inversion reports whether a word opens a condition by standing before its
// subject. The parser knows few of these, so the order of the words decides.
func (r *analysis) inversion(a int) bool {
	switch r.word(a) {
	case "had", "were", "should":
	default:
		return false
	}
	s := r.doc.Sentences[r.doc.Tokens[a].Sentence]
	if r.word(s.Last-1) == "?" || a+1 >= s.Last {
		return false
	}
	if a > s.First {
		switch r.word(a - 1) {
		case ",", ":", ";", "—", "–", "-", "“", "\"", "(", "•", "and", "but":
		default:
			return false
		}
	}
	switch r.tag(a + 1) {
	case "DET", "PROPN", "PRON", "NOUN", "ADJ":
		return a == s.First || r.tag(a+1) != "ADJ"
	}
	return false
}

// condition looks for the words of a condition in the sentence itself, for
// the parse of a clause that opens with one is often wrong: what stands between
// the word and the next comma is conditional, and so is what is not told as done elsewhere in the sentence.
func (w *walk) condition(s Sentence) {
	for i := s.First; i < s.Last; i++ {
		if w.quoted[i] != w.quoted[w.word] || !w.opensCondition(i, s) {
			continue
		}
		end := i + 1
		for end < s.Last && w.tree.word(end) != "," && w.tree.word(end) != ";" {
			end++
		}
		if i < w.word && w.word < end || w.modality == "intention" || w.modality == "hypothetical" {
			w.mood("conditional")
			if w.modality == "intention" {
				w.modality = "conditional"
			}
		}
	}
}

// opensCondition reports whether a condition begins at the word.
func (r *analysis) opensCondition(i int, s Sentence) bool {
	after := ""
	if i+1 < s.Last {
		after = r.word(i + 1)
	}
	switch r.word(i) {
	case "unless":
		return true
	case "if":
		return after != "not" && after != "any" && after != "so" && (i == s.First || r.word(i-1) != "as" && !(verbalTag(r.tag(i-1)) && r.speaks(i-1)))
	case "provided", "providing", "assuming", "supposing":
		return after == "that"
	case "condition":
		return after == "that" || i > s.First && r.word(i-1) == "on"
	}
	return false
}
