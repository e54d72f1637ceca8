package nlp

import (
	"slices"
	"strings"
)

// climb goes from a word to its governor and applies what the governor says about it.
func (w *walk) climb(at, up int) {
	w.skip = false
	in := w.introducer(at)
	w.untrue(at, up)
	switch w.relation(at) {
	case "conj":
		w.skip = !w.sharesAuxiliary(at)
		return
	case "parataxis", "discourse", "vocative", "dislocated", "list":
		w.limit(nothing)
	case "advcl":
		w.adverbial(at, up, in)
	case "acl":
		if w.form(at) == participle && in == "" {
			w.doubt(up)
		}
		switch {
		case w.form(at) == participle && in == "" && w.identifies(at, up):
			w.presuppose()
			w.given = true
		case w.is(at, "acl:relcl"), w.form(at) == participle && in == "":
			if w.hasLemma(up, []string{"det"}, "any", "whichever", "whatever") {
				w.mood("hypothetical")
			}
			w.limit(nothing)
		case w.form(at) == gerund && in == "":
			w.limit(moodOnly)
		default:
			w.complementOf(at, up)
		}
	case "xcomp", "ccomp", "csubj":
		w.complementOf(at, up)
	case "obj", "nsubj", "obl", "nmod", "iobj", "compound":
		w.nominal(at, up, in)
	}
}

func (w *walk) limit(r reach) { w.reach = min(w.reach, r) }

func verbalTag(tag string) bool { return tag == "VERB" || tag == "AUX" }

// adverbial applies what the conjunction of an adverbial clause says.
func (w *walk) adverbial(at, up int, in string) {
	e := introduced(in)
	switch {
	case w.inverted(at):
		w.mood("conditional")
		w.limit(nothing)
	case e == factive && in == "after" && !w.past(at) && w.form(at) != gerund && !w.past(up):
		w.mood("conditional") // "takes effect after both have ratified it"
		w.limit(nothing)
	case e == factive:
		w.limit(nothing)
	case e == conditional, e == refused, e == hypothetical, e == intended:
		if w.reach != nothing {
			w.apply(e)
		}
		w.limit(nothing)
	case in == "before" || in == "until" || in == "till" || in == "once" || in == "when" || in == "as" || in == "as soon as" || in == "by the time":
		// Of a time that came, the clause tells what happened; of a time to come, what is awaited.
		if !w.past(at) {
			w.mood("hypothetical")
		}
		w.limit(nothing)
	case w.form(at) == infinitive && (w.effectOn(at, up) == neutral || w.effectOn(at, up) == factive):
		w.mood("intention") // of purpose
	case w.form(at) == infinitive || slices.Contains([]string{"of", "from", "for", "into", "against", "about", "on", "in", "to", "at"}, in) && w.effectOn(at, up) != neutral:
		w.complementOf(at, up)
	case in == "by" || in == "in" || in == "":
		w.limit(moodOnly) // "…, cutting all ties", "by signing"
	default:
		w.limit(moodOnly)
	}
}

// past reports whether a finite clause tells of the past.
func (r *analysis) past(v int) bool {
	if r.form(v) != finite && r.kid(v, "aux") < 0 {
		return false
	}
	features := r.tokens[v].Features
	for _, k := range r.all(v, "aux", "cop") {
		switch r.word(k) {
		case "had", "was", "were", "did":
			return true
		}
	}
	if strings.Contains(features, "Tense=Past") && r.kid(v, "aux") < 0 {
		return true
	}
	return features == "" && r.word(v) != r.lemma(v) && !strings.HasSuffix(r.word(v), "s") && r.kid(v, "aux") < 0
}

// complementOf applies what a verb, adjective or noun says about the clause that it takes.
func (w *walk) complementOf(at, up int) {
	if w.given || w.reach == nothing && !w.speech(at, up) {
		return
	}
	e := w.effectOn(at, up)
	switch e {
	case factive:
		if w.assertion == "" {
			w.assertion = "presupposed"
		}
		w.limit(nothing)
	case claimed, denied:
		w.say(map[effect]string{claimed: "claimed", denied: "denied"}[e], w.speakers(up))
		w.apart = true
	case announced:
		if !w.ownDeed(at, up) {
			w.say("claimed", w.speakers(up))
		}
		w.apart = true
	case demanded:
		if w.modality == "" && w.assertion == "" {
			w.by = w.speakers(up)
		}
		w.mood("demanded")
		w.apart = true
	case hedged:
		if w.firstPerson(up) {
			w.say("opinion", nil)
		}
		w.mood("hedged")
		if l := w.lemma(up); l == "unlikely" || l == "doubt" {
			w.deny()
		}
		w.apart = true
	case hypothetical, conditional:
		w.apply(e)
		w.apart = true
	default:
		w.apply(e)
	}
}

// speech reports whether the governor is a word of speech: who says it counts
// also for what the clause takes for granted.
func (r *analysis) speech(at, up int) bool {
	e := r.effectOn(at, up)
	return e == claimed || e == announced || e == denied
}

// ownDeed reports whether the speakers announce what they themselves did or are doing.
func (w *walk) ownDeed(at, up int) bool {
	if w.modality != "" || len(w.acting) == 0 {
		return false
	}
	for _, s := range w.parties(w.voices(up)) {
		for _, a := range s.acting {
			if slices.Contains(w.acting, a) {
				return true
			}
		}
	}
	return false
}

// firstPerson reports whether the author speaks for themselves: I or we, outside quotations.
func (r *analysis) firstPerson(v int) bool {
	s := r.ownSubject(v)
	return s >= 0 && r.quoted[s] < 0 && (r.word(s) == "i" || r.word(s) == "we")
}

// effectOn gives what a governor says about the clause that depends on it.
func (r *analysis) effectOn(at, up int) effect {
	lemma := r.lemma(up)
	plain := r.form(at) != finite && r.verbal(at)
	switch {
	case r.nominalPredicate(at):
		return transparent
	case r.introducer(at) == "whether" || r.introducer(at) == "if" && r.is(at, "ccomp"):
		return hypothetical
	case r.tag(up) == "ADJ" || r.tag(up) == "VERB" && adjectiveEffects[lemma] != neutral && r.kid(up, "cop") >= 0:
		if e, ok := adjectiveEffects[lemma]; ok {
			return e
		}
		if plain {
			return hypothetical
		}
		return hedged
	case verbalTag(r.tag(up)):
		if p := r.kid(up, "compound:prt"); p >= 0 {
			if e, ok := particleEffects[lemma+" "+r.lemma(p)]; ok {
				return e
			}
		}
		if !plain {
			if e, ok := clauseEffects[lemma]; ok {
				return e
			}
		}
		if e, ok := verbEffects[lemma]; ok {
			if e == claimed && plain && r.form(at) == infinitive && r.is(at, "xcomp", "advcl") && r.passive(up) {
				return claimed // "is said to have …"
			}
			return e
		}
		switch {
		case r.is(at, "advcl"):
			return neutral
		case !plain && r.is(at, "ccomp"):
			return claimed
		case r.is(at, "csubj") && r.form(at) == gerund:
			return factive
		case r.form(at) == infinitive && r.is(at, "xcomp"):
			return intended
		}
		return hypothetical
	}
	if plain && r.form(at) == infinitive && (lemma == "time" || lemma == "moment") && r.kid(up, "cop") >= 0 {
		return demanded // "it is time to …"
	}
	if e, ok := nounEffects[lemma]; ok {
		return e
	}
	if plain && r.form(at) == infinitive && r.ranked(up) {
		return factive // "the first state to recognise it"
	}
	switch {
	case plain && r.form(at) == infinitive:
		return intended
	case plain:
		return hypothetical
	}
	return claimed
}

// ranked reports whether a noun is said to be the first, last or only one.
func (t *tree) ranked(n int) bool {
	return t.hasLemma(n, []string{"amod", "nummod", "advmod"}, "first", "second", "third", "fourth", "fifth", "last", "latest", "only", "sole")
}

// occurs lists verbs that say of their subject that it takes place.
var occurs = []string{
	"take", "happen", "occur", "begin", "start", "come", "continue", "resume", "follow", "ensue", "erupt", "break", "open", "be", "go",
	"proceed", "unfold", "last", "remain",
}

// depicting lists verbs whose as-phrase is what their subject makes of the
// matter: described as an invasion, it need be none.
var depicting = []string{
	"describe", "regard", "view", "see", "portray", "depict", "characterise", "characterize", "denounce", "condemn", "decry",
	"dismiss", "brand", "label", "present", "interpret", "treat", "perceive", "represent", "hail", "criticise", "criticize",
}

// nominal applies what governs a noun that reports something.
func (w *walk) nominal(at, up int, in string) {
	if w.reach == nothing {
		return
	}
	if w.open(at, up) {
		w.mood("hypothetical")
		return
	}
	known := w.definite(at)
	loose := moodOnly // what is not taken for granted stays as open as its clause
	if known && !w.gentle {
		loose = nothing
	}
	if in == "as" && w.is(at, "obl") && slices.Contains(depicting, w.lemma(up)) {
		w.say("claimed", w.speakers(up))
		w.limit(nothing)
		return
	}
	if e := introduced(in); e != neutral && w.is(at, "obl", "nmod") {
		switch {
		case e == factive && w.gentle:
			w.limit(moodOnly)
		case e == factive:
			w.limit(nothing)
		case e == hypothetical && known: // "voted against the invasion"
			w.limit(loose)
		default:
			w.apply(e)
			w.limit(nothing)
		}
		return
	}
	if w.is(at, "compound") && w.tag(up) != "VERB" || w.is(at, "nmod") {
		e := nounEffects[w.lemma(up)]
		if w.is(at, "nmod:poss") {
			e = factive
		}
		switch {
		case e == factive, e == neutral:
			w.limit(loose)
		default:
			w.complementOf(at, up)
		}
		return
	}
	if !verbalTag(w.tag(up)) {
		if e := adjectiveEffects[w.lemma(up)]; e == conditional || e == hypothetical || e == intended || e == demanded || e == hedged {
			w.complementOf(at, up) // "contingent on the withdrawal", "a ceasefire is needed"
			return
		}
		w.limit(loose)
		return
	}
	lemma := w.lemma(up)
	e, listed := nominalEffects[lemma]
	if prep := w.is(at, "obl"); !listed || prep {
		e = verbEffects[lemma]
		if prep && !slices.Contains([]string{"for", "of", "to", "on", "upon", "in", "from", "with", "about", "into", "at"}, in) {
			e = neutral
		}
		if prep && (in == "at" && lemma != "aim" && lemma != "hint" || in == "in" && w.gentle && (e == intended || e == demanded || e == claimed)) {
			e = neutral // "agreed at a summit" names the occasion
		}
	}
	if p := w.kid(up, "compound:prt"); p >= 0 {
		if pe, ok := particleEffects[lemma+" "+w.lemma(p)]; ok {
			e = pe
		}
	}
	switch {
	case w.is(at, "nsubj") && !w.passive(up):
		if !slices.Contains(occurs, lemma) {
			w.limit(loose)
		}
	case w.answered(at, up):
		w.presuppose()
	case e == ended && w.violent:
		w.limit(loose)
	case e == ended:
		w.deny()
	case e == transparent:
	case e == factive:
		if w.assertion == "" {
			w.assertion = "presupposed"
		}
		w.limit(loose)
	case e == neutral && !known && (w.is(at, "obj", "nsubj:pass")):
		w.mood("hedged") // "slashed aid", "torpedoed talks": the verb may undo what the noun names
		w.limit(loose)
	case e == neutral:
		w.limit(loose)
	case e == announced:
		if !w.ownDeed(at, up) {
			w.say("claimed", w.speakers(up))
		}
	default:
		w.effectOfVerb(e, up)
	}
}

// open reports whether a noun names only a kind of event, of which the clause
// says no more than whether it is on hand ("recognition by Serbia is not on the
// agenda") or spoken of ("mentioned recognition of Taiwan").
func (w *walk) open(at, up int) bool {
	bare := !w.definite(at) && w.kid(at, "det", "amod", "nummod", "compound") < 0 && !strings.Contains(w.tokens[at].Features, "Number=Plur")
	switch {
	case w.is(at, "nsubj") && w.kid(up, "cop") >= 0:
		return bare && w.negated(up) || slices.Contains(prospects, w.lemma(up))
	case w.is(at, "obj"):
		return bare && (w.lemma(up) == "mention" || nominalEffects[w.lemma(up)] == factive && w.negated(up))
	case w.is(at, "obl", "nmod") && bare:
		return w.introducer(at) == "about" || w.introducer(at) == "on"
	}
	return false
}

// prospects lists nouns that say of their subject that it may come, or may not.
var prospects = []string{
	"agenda", "table", "cards", "question", "possibility", "option", "prospect", "goal", "aim", "objective", "condition", "precondition",
	"prerequisite", "dream", "hope", "aspiration", "taboo", "priority", "matter", "impossibility",
}

// effectOfVerb applies the effect of a verb on its nominal object.
func (w *walk) effectOfVerb(e effect, up int) {
	switch e {
	case claimed:
		w.say("claimed", w.speakers(up))
	case denied:
		w.say("denied", w.speakers(up))
	case demanded:
		if w.modality == "" && w.assertion == "" {
			w.by = w.speakers(up)
		}
		w.mood("demanded")
	default:
		w.apply(e)
	}
	w.apart = w.apart || e != refused && e != intended
}

// definite reports whether a noun takes it for granted that what it names exists:
// with "the", "this", a possessor, or a date.
func (r *analysis) definite(n int) bool {
	if r.hasLemma(n, []string{"det"}, "the", "this", "that", "these", "those", "both") || r.kid(n, "nmod:poss") >= 0 {
		return true
	}
	return r.tag(n) == "PROPN"
}
