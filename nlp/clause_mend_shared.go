package nlp

import (
	"slices"
	"strings"
)

// Verbs that share a subject or object with their neighbours, and times that stand among them.

// mendBareTime makes a time of a day's name that was taken for a subject or
// object beside the real one: "lawmakers Tuesday endorsed the pact", "left yesterday for Athens".
func (t *tree) mendBareTime(i int) {
	v := t.head(i)
	if v < 0 || t.tag(v) != "VERB" || !slices.Contains(dayWords, t.word(i)) || t.kid(i, "case", "det", "nmod:poss") >= 0 {
		return
	}
	switch {
	case t.is(i, "nsubj") && i < v && slices.ContainsFunc(t.kids[v], func(k int) bool { return k != i && k < v && t.is(k, "nsubj") }),
		t.is(i, "obj") && i > v:
		t.tokens[i].Relation = "obl:unmarked"
	}
}

var dayWords = []string{"yesterday", "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "overnight"}

// mendSharedVerb sees the second verb of two in a participle that was taken for
// an adjective behind the "and": "condemned the raid and promised aid to Togo".
func (t *tree) mendSharedVerb(v int) {
	n := t.head(v)
	if v < 2 || n <= v || t.word(v-1) != "and" || t.tag(v) != "VERB" || !t.is(v, "amod") || !t.is(n, "conj") || t.kid(n, "det", "case", "nmod:poss") >= 0 && t.kid(n, "det", "case", "nmod:poss") < v {
		return
	}
	first := t.head(n)
	if first < 0 || t.tag(first) != "VERB" || !t.finiteVerb(first) || !t.participleForm(v) {
		return
	}
	if !t.moveUp(v, first, "conj") {
		return
	}
	t.move(n, v, "obj")
	t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
	for _, k := range slices.Clone(t.kids[n]) {
		switch {
		case t.is(k, "cc"):
			t.move(k, v, "cc")
		case k < n && k > v:
		case k > n && t.is(k, "nmod") && !t.introducedBy(k, "of"):
			t.move(k, v, "obl")
		case k > n && t.is(k, "acl") && t.form(k) == infinitive:
			t.move(k, v, "xcomp")
		}
	}
}

// mendVerbBeside coordinates a verb behind "and" with the verb before it, not
// with that verb's object: "welcomed the rescue and promised fuel".
func (t *tree) mendVerbBeside(v int) {
	n := t.head(v)
	if n < 0 || n > v || v < 3 || t.tag(v) != "VERB" || !t.is(v, "conj") || t.tag(n) != "NOUN" && t.tag(n) != "PROPN" || t.kid(n, "cop") >= 0 || t.ownSubject(v) >= 0 || t.kid(v, "mark") >= 0 {
		return
	}
	u := t.head(n)
	if u < 0 || u > n || t.tag(u) != "VERB" || !t.is(n, "obj", "obl") || t.word(v-1) != "and" && t.word(v-1) != "but" || !t.finiteVerb(u) || t.form(v) == gerund {
		return
	}
	t.move(v, u, "conj")
	if t.form(v) == participle && t.participleForm(v) && t.kid(v, "obj") > v {
		t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
	}
}

// mendPassiveCopula makes the auxiliary of a passive of a "was" that was taken
// for a copula: "was heavily and unjustly criticised".
func (t *tree) mendPassiveCopula(v int) {
	c := t.kid(v, "cop")
	if c < 0 || c > v || t.tag(v) != "VERB" || t.lemma(c) != "be" || t.kid(v, "det", "case") >= 0 || t.form(v) == gerund || !t.participleForm(v) || strings.HasSuffix(t.word(v), "ing") {
		return
	}
	t.tokens[c].Relation, t.tokens[c].Tag = "aux:pass", "AUX"
	if s := t.ownSubject(v); s >= 0 {
		t.tokens[s].Relation = "nsubj:pass"
	}
}

// wanters take an infinitive: what follows their "to" is a verb, whatever it looks like.
var wanters = []string{
	"vow", "pledge", "promise", "threaten", "want", "plan", "agree", "decide", "refuse", "intend", "seek", "offer", "hope", "attempt",
	"try", "fail", "vote", "swear", "manage", "begin", "continue", "order", "urge", "ask", "prepare", "resolve", "determine",
}

// mendWanted makes an infinitive of a bare noun behind the "to" of a verb that
// asks for one: "vowed on Thursday to wage war".
func (t *tree) mendWanted(i int) {
	if i < 2 || i+1 >= len(t.tokens) || t.word(i-1) != "to" || t.tag(i) != "NOUN" || t.word(i) != t.lemma(i) || !slices.Contains(verbsToo, t.word(i)) {
		return
	}
	if prev := t.toVerbBefore(i); prev >= 0 {
		t.secondWanted(i, prev)
		return
	}
	v := t.verbAbove(t.head(i))
	if v < 0 || v > i-1 || !slices.Contains(wanters, t.lemma(v)) || t.kid(v, "xcomp") >= 0 {
		return
	}
	object := t.head(i)
	if object <= i || !t.is(i, "compound", "nmod", "amod") {
		object = -1
	}
	to := i - 1
	if !t.move(i, v, "xcomp") {
		return
	}
	t.move(to, i, "mark")
	t.tokens[i].Tag, t.tokens[i].Features, t.tokens[to].Tag = "VERB", "VerbForm=Inf", "PART"
	if object < 0 {
		return
	}
	t.move(object, i, "obj")
	for _, k := range slices.Clone(t.kids[object]) {
		if k > object && t.is(k, "nmod") && !t.introducedBy(k, "of") {
			t.move(k, i, "obl")
		}
	}
}

// toVerbBefore gives the infinitive that one behind "and to" goes on from: "agreed to reopen the bridge and to exchange envoys", or -1.
func (t *tree) toVerbBefore(i int) int {
	if t.word(i-2) != "and" && t.word(i-2) != "or" {
		return -1
	}
	for k := i - 3; k > 0 && t.tokens[k].Sentence == t.tokens[i].Sentence; k-- {
		if t.tag(k) == "VERB" {
			if t.word(k-1) == "to" && t.form(k) == infinitive {
				return k
			}
			return -1
		}
	}
	return -1
}

// secondWanted coordinates a bare noun behind "and to" with the infinitive before it.
func (t *tree) secondWanted(i, verb int) {
	object := t.nounRun(i+1, t.doc.Sentences[t.doc.Tokens[i].Sentence].Last)
	to := i - 1
	if object < 0 || t.within(verb, i) || t.within(verb, object) || !t.move(i, verb, "conj") {
		return
	}
	t.move(to, i, "mark")
	t.tokens[i].Tag, t.tokens[i].Features, t.tokens[to].Tag = "VERB", "VerbForm=Inf", "PART"
	t.move(object, i, "obj")
	for k := i + 1; k < object; k++ {
		if h := t.head(k); h < i || h == i {
			t.move(k, object, t.tokens[k].Relation)
		}
	}
}

// verbsToo are nouns that are verbs behind "to".
var verbsToo = strings.Fields(`wage host aid attack visit fund support protest strike boycott ban mediate broker block recall
	ally raid bomb shell halt end force question probe search veto vote shelter supply train arm back fight meet target blockade
	sanction restore exchange renew resume release review cut free deploy pardon jail exile`)
