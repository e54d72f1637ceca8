package nlp

import "slices"

// What the text itself calls untrue, nearly so, or a story.

// falsities say of what they are told of that it is not so.
var falsities = []string{
	"false", "wrong", "untrue", "baseless", "unfounded", "groundless", "fabricated", "fictitious", "bogus", "fake", "unsubstantiated",
	"myth", "hoax", "lie", "fabrication", "fiction", "legend", "nonsense", "invention", "canard", "misunderstanding", "falsehood", "error",
}

// fictions are works and games that tell of what did not happen.
var fictions = []string{
	"film", "movie", "novel", "fiction", "simulation", "scenario", "dream", "drama", "comedy", "thriller", "satire", "parody",
	"hypothesis", "allegory", "sitcom", "screenplay",
}

// untrue applies what a predicate around the word says of its truth: "rumours of an attack proved wrong",
// "it is a myth that …", and what a story tells.
func (w *walk) untrue(at, up int) {
	if w.is(at, "conj", "parataxis", "advcl", "list") || w.reach == nothing && !w.speechless() {
		return
	}
	if w.reach != nothing && w.generic(up) {
		w.mood("hypothetical")
	}
	predicate := slices.Contains(falsities, w.lemma(up)) && w.kid(up, "cop") >= 0
	for _, k := range w.all(up, "xcomp", "obj", "obl") {
		if slices.Contains([]string{"prove", "turn", "call"}, w.lemma(up)) && slices.Contains(falsities, w.lemma(k)) {
			predicate = true
		}
		if w.lemma(up) == "turn" && slices.ContainsFunc(w.all(k, "xcomp", "conj"), func(c int) bool { return slices.Contains(falsities, w.lemma(c)) }) {
			predicate = true
		}
	}
	if predicate && !w.negated(up) {
		if w.reach == all {
			w.deny()
		} else {
			w.mood("hypothetical")
		}
	}
	if w.is(at, "nsubj") && w.brokenOff(up) {
		w.deny()
	}
	if s := w.ownSubject(up); s >= 0 && s != w.word && slices.Contains(fictions, w.lemma(s)) {
		w.mood("hypothetical")
	}
}

// brokenOff reports whether what a verb tells of came to nothing before it came about: "collapsed before they began".
func (r *analysis) brokenOff(v int) bool {
	return slices.ContainsFunc(r.all(v, "advcl"), func(k int) bool {
		s := r.ownSubject(k)
		return r.introducer(k) == "before" && s >= 0 && r.tag(s) == "PRON" && slices.Contains([]string{"begin", "start", "open", "materialise", "materialize"}, r.lemma(k))
	})
}

// speechless reports whether nothing has yet been said of who says so.
func (w *walk) speechless() bool { return w.assertion == "" && len(w.by) == 0 }

// staged reports whether a clause is told of a story: "in the film, …".
func (r *analysis) staged(v int) bool {
	return slices.ContainsFunc(r.all(v, "obl"), func(k int) bool {
		return slices.Contains(fictions, r.lemma(k)) && r.introducedBy(k, "in", "under", "throughout")
	})
}

// nearMiss reports whether a gerund stands behind words that say it was not
// quite, or not at all, so: "close to severing", "far from recognising", "on the brink of signing".
func (r *analysis) nearMiss(v int) bool {
	if !verbalTag(r.tag(v)) || v < 2 {
		return false
	}
	i := v - 1
	for i > 1 && (r.tag(i) == "ADV" || r.tag(i) == "AUX") {
		i--
	}
	switch r.word(i) {
	case "from":
		return r.word(i-1) == "far"
	case "to":
		return r.form(v) == gerund && (r.word(i-1) == "close" || r.word(i-1) == "closer" || r.word(i-1) == "near")
	case "of":
		return slices.Contains([]string{"short", "brink", "verge", "cusp", "edge"}, r.word(i-1))
	}
	return false
}

// notYet reports whether a verb stands behind "have yet to" or "be yet to".
func (r *analysis) notYet(v int) bool {
	i := v - 1
	for i > 1 && r.tag(i) == "ADV" && r.word(i) != "yet" {
		i--
	}
	return i > 1 && verbalTag(r.tag(v)) && r.word(i) == "to" && r.word(i-1) == "yet" && slices.Contains([]string{"have", "be", "remain"}, r.lemma(i-2))
}
