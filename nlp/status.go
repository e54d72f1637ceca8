package nlp

import (
	"slices"
	"strings"
)

// A standing is what the text says about whether something happened, gathered
// from the word outwards: from its auxiliaries and adverbs to the clauses that
// hold it. Where the parse is doubtful the standing that is no fact is taken.
type standing struct {
	negative  bool
	modality  string // "" while realis
	assertion string // "" while asserted
	by        []int  // entities that say so
}

// unreal reports whether it did not happen, or not yet, whoever says so.
func (s standing) unreal() bool { return s.negative || s.modality != "" }

func (s standing) statement() Statement {
	out := Statement{Polarity: "positive", Modality: "realis", Assertion: "asserted", AttributedTo: s.by}
	if s.negative {
		out.Polarity = "negative"
	}
	if s.modality != "" {
		out.Modality = s.modality
	}
	if s.assertion != "" {
		out.Assertion = s.assertion
	}
	return out
}

// mood adds a modality from further outside. What is nearest to the word wins,
// but a condition or hypothesis holds for everything inside it.
func (s *standing) mood(m string) {
	if s.modality == "" || s.modality == "hedged" || (m == "conditional" || m == "hypothetical") && s.modality != "conditional" {
		s.modality = m
	}
}

// say adds who says so. The innermost speaker is kept, for it is their claim that is reported.
func (s *standing) say(assertion string, by []int) {
	if s.assertion == "" || s.assertion == "presupposed" {
		s.assertion = assertion
		s.by = by
	} else if s.assertion == assertion && len(s.by) == 0 {
		s.by = by
	}
}

// A subject of judgement: the word, and who acts in it.
type matter struct {
	word     int
	acting   []int
	particle bool // the particle of the verb is part of what is told: "broke off relations"
	violent  bool // of a kind that does harm
	gentle   bool // of a kind that its own actors may report without boasting or accusing: talks, visits, agreements
}

// A reach says how much of what a governor says of itself holds for the word inside it.
type reach uint8

const (
	nothing  reach = iota // the word is taken for granted, or stands apart
	moodOnly              // a plan stays a plan, but "did not end the war" leaves the war
	all
)

// standing computes what the text says about the matter.
func (r *analysis) standing(m matter) standing {
	w := &walk{analysis: r, matter: m, reach: all}
	at := m.word
	if p := r.kid(at, "compound:prt"); p == at+1 && !m.particle && particleEffects[r.lemma(at)+" "+r.lemma(p)] == refused {
		w.deny() // "called off a strike"
	}
	for n := 0; n < deepest; n++ {
		if !w.skip {
			w.local(at)
			w.consequent(at)
		}
		w.attribution(at)
		up := r.head(at)
		if up < 0 {
			break
		}
		w.climb(at, up)
		at = up
	}
	w.sentence()
	return w.standing
}

// A walk climbs from a word to the root of its sentence.
type walk struct {
	*analysis
	matter
	standing
	reach reach
	given bool // the text itself says so in passing, whoever speaks of it
	apart bool // a clause lies between that negation does not cross: "did not say that …"
	skip  bool // the next word is passed by: a conjunct's neighbour does not govern it
}

// deny negates the matter, or leaves it open where it is denied twice or from too far.
func (w *walk) deny() {
	switch {
	case w.reach != all:
	case w.apart || w.negative:
		w.mood("hypothetical")
	default:
		w.negative = true
	}
}

// predicated reports whether the sentence has a finite verb or a copula.
func (r *analysis) predicated(s Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if r.tag(i) == "AUX" || r.tag(i) == "VERB" && r.form(i) == finite {
			return true
		}
	}
	return false
}

// local applies what stands beside the word itself: negation, auxiliaries, adverbs, adjectives.
func (w *walk) local(i int) {
	if w.reach == nothing {
		return
	}
	verbal := w.verbal(i)
	if w.negated(i) || w.nearMiss(i) || w.notYet(i) {
		w.deny()
	}
	if verbal && (w.hasLemma(i, []string{"mark"}, "whether") || w.staged(i) || w.generic(i)) {
		w.mood("hypothetical")
	}
	for _, k := range w.kids[i] {
		lemma := w.lemma(k)
		switch {
		case w.is(k, "aux"):
			w.auxiliary(i, lemma)
		case w.is(k, "advmod"):
			w.apply(adverbEffects[lemma])
		case i != w.word:
		case !verbal && w.is(k, "amod", "compound"):
			e := adjectiveEffects[lemma]
			if e == neutral {
				e = adjectiveEffects[w.tree.word(k)]
			}
			w.apply(e)
		case !verbal && w.is(k, "det") && lemma == "any":
			w.mood("hypothetical")
		}
	}
	if !verbalTag(w.tag(i)) || w.form(i) != infinitive {
		return
	}
	switch {
	case w.hasLemma(i, []string{"aux", "cop"}, "be") && w.hasLemma(i, []string{"mark"}, "to"): // "is to meet"
		w.mood("intention")
	case w.head(i) < 0 && w.hasLemma(i, []string{"mark"}, "to"): // a headline: "Bahrain to resume relations"
		w.mood("intention")
	}
}

// generic reports whether the subject of a predicate is any of a kind: "any member that leaves …".
func (r *analysis) generic(v int) bool {
	return slices.ContainsFunc(r.all(v, "nsubj"), func(s int) bool {
		return r.hasLemma(s, []string{"det"}, "any", "whichever") || slices.Contains([]string{"whoever", "anyone", "anybody", "whichever"}, r.lemma(s))
	})
}

// apply adds an effect that needs no speaker from the parse.
func (w *walk) apply(e effect) {
	switch e {
	case refused:
		w.deny()
	case intended:
		w.mood("intention")
	case demanded:
		w.mood("demanded")
	case hedged:
		w.mood("hedged")
	case hypothetical:
		w.mood("hypothetical")
	case conditional:
		w.mood("conditional")
	case claimed, announced:
		w.say("claimed", nil)
	case denied:
		w.say("denied", nil)
	}
}

// auxiliary applies a modal verb.
func (w *walk) auxiliary(i int, lemma string) {
	switch lemma {
	case "will", "shall", "’ll", "'ll", "wo":
		w.mood("intention")
	case "would", "’d", "'d":
		switch {
		case lemma != "would" && w.form(i) == participle: // "they’d signed"
		case w.hasLemma(i, []string{"aux"}, "have") || !w.reported(i):
			w.mood("hypothetical")
		default:
			w.mood("intention")
		}
	case "may", "might", "could", "can", "ca":
		w.mood("hypothetical")
	case "must", "should", "ought", "need":
		w.mood("demanded")
	}
}

// reported reports whether a clause depends on a word of speech, so that its "would" is a future of the past.
func (r *analysis) reported(i int) bool {
	for n := 0; n < deepest && r.head(i) >= 0; n++ {
		up := r.head(i)
		if r.is(i, "ccomp", "acl") && !r.is(i, "acl:relcl") {
			e := r.effectOn(i, up)
			return e == claimed || e == announced || e == denied
		}
		if r.speechTag(i) >= 0 || !r.is(i, "conj", "xcomp") {
			break
		}
		i = up
	}
	return r.speechTag(i) >= 0 || r.quoted[i] >= 0
}

// negated reports whether the word, or for a predicate its clause, is negated.
func (r *analysis) negated(i int) bool {
	for _, k := range r.kids[i] {
		w := r.lemma(k)
		switch {
		case r.is(k, "advmod", "cc", "det", "discourse", "aux") && slices.Contains(negators, w):
			if w == "not" && slices.Contains([]string{"only", "just", "merely", "least"}, r.next(k)) || r.is(k, "cc") && k > i {
				continue // "not only"; a "nor" behind the word negates the next conjunct
			}
			return true
		case r.is(k, "advmod") && (r.word(k) == "longer" || r.word(k) == "more") && r.hasLemma(k, []string{"advmod", "det"}, "no"):
			return true
		case r.is(k, "det", "advmod") && w == "no":
			return true
		case r.verbal(i) && r.is(k, "nsubj", "obj", "obl", "iobj") && r.emptyPhrase(k):
			return true
		}
	}
	return false
}

// emptyPhrase reports whether a phrase says "no X": no country, none of them, neither side.
func (r *analysis) emptyPhrase(k int) bool {
	return slices.Contains(negatedQuantities, r.lemma(k)) || r.hasLemma(k, []string{"det", "advmod", "cc"}, "no", "neither")
}

func (r *analysis) next(i int) string {
	if i+1 < len(r.doc.Tokens) {
		return r.word(i + 1)
	}
	return ""
}

// sharesAuxiliary reports whether a coordinated verb goes on under the
// auxiliaries of the one before ("will sign and ratify", "did not sign or ratify").
func (r *analysis) sharesAuxiliary(i int) bool {
	h := r.head(i)
	if h < 0 || r.relation(i) != "conj" || r.ownSubject(i) >= 0 || r.kid(i, "aux", "mark") >= 0 || r.tag(i) != "VERB" ||
		r.hasLemma(i, []string{"cc"}, "but", "nor") {
		return false
	}
	if r.kid(h, "aux") < 0 && r.introducer(h) != "to" {
		return r.sharesAuxiliary(h)
	}
	return r.word(i) == r.lemma(i) || !strings.Contains(r.tokens[i].Features, "VerbForm=Fin")
}

// toldBeside reports whether the word stands in a clause of its own behind a
// condition and its consequence, that tells what had been done: "had Mali not
// signed, nobody would speak of it, and Chad had itself withdrawn".
func (w *walk) toldBeside(condition int) bool {
	v := w.word
	for n := 0; n < 3 && w.head(v) >= 0 && w.is(v, "xcomp", "obj", "obl"); n++ {
		v = w.head(v)
	}
	up := w.head(v)
	if w.relation(v) != "conj" || up < condition || w.ownSubject(v) < 0 || !w.hasLemma(v, []string{"cc"}, "and", "but") || !w.past(v) && w.tree.word(v) != "had" {
		return false
	}
	return w.hasLemma(up, []string{"aux"}, "would", "could", "might")
}

// sentence applies what holds for the whole sentence, and what quotation marks say.
func (w *walk) sentence() {
	d := w.doc
	s := d.Sentences[d.Tokens[w.word].Sentence]
	if s.Last > s.First && w.tree.word(s.Last-1) == "?" && w.quoted[w.word] < 0 {
		w.mood("hypothetical")
	}
	for i := s.First; i < s.Last; i++ {
		if w.tree.word(i) == ";" && i > w.word {
			break
		}
		if w.quoted[i] == w.quoted[w.word] && w.inversion(i) && (i < w.word || w.modality != "") && !w.toldBeside(i) {
			w.mood("conditional")
		}
	}
	w.condition(s)
	w.accordingTo(s)
	if !s.Heading && w.tag(w.word) == "NOUN" && !w.predicated(s) {
		w.mood("hedged") // a sentence whose verb was not found may say anything of the noun
	}
	if q := w.quoted[w.word]; q >= 0 {
		var by []int
		if speaker := d.Quotations[q].Speaker; speaker >= 0 {
			by = []int{speaker}
		}
		w.say("claimed", by)
	}
}
