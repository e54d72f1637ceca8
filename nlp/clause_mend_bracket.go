package nlp

import (
	"slices"
	"strings"
)

// Verbs that the tagger took for something else, and subjects parted from their verb by commas.

// mendUnseenVerb makes the verb of a clause without one of the word behind the
// name that opens it: "Fiji and Samoa welcome the pact", "the Emirates denies having paid".
func (t *tree) mendUnseenVerb(s Sentence) {
	if s.Heading {
		return
	}
	first := s.First
	for i := s.First; i < s.Last; i++ {
		if t.word(i) == ";" || i == s.Last-1 {
			t.unseenVerb(first, i+1)
			first = i + 1
		}
	}
}

func (t *tree) unseenVerb(first, last int) {
	v := -1
	for i := first; i < last; i++ {
		switch {
		case t.tag(i) == "VERB" && (t.finiteVerb(i) || v < 0), t.tag(i) == "AUX" && !strings.Contains(t.tokens[i].Features, "VerbForm=Ger"),
			v < 0 && (t.tag(i) == "PUNCT" && t.word(i) != "," && t.word(i) != "“" && t.word(i) != "\""):
			return
		case v < 0 && i > first && t.behindName(i) && t.verbUnseen(i, last), v < 0 && t.pastUnseen(i, first, last):
			v = i
		}
	}
	if v < 0 {
		return
	}
	subject := -1
	if t.pastUnseen(v, first, last) {
		subject = v - 1
	}
	for i := v - 1; i >= first && subject < 0; i-- {
		for _, m := range t.mentionsBeside(i) {
			if m.Contains(t.tokens[v-1].Span) && (m.Kind == Name || m.Kind == Acronym || m.Kind == Metonym) {
				subject = m.Head
			}
		}
	}
	if subject < 0 {
		return
	}
	for n := 0; n < deepest && t.is(subject, "conj") && t.head(subject) >= first && t.head(subject) < v; n++ {
		subject = t.head(subject)
	}
	object := t.nounRun(v+1, last)
	if object >= 0 && t.tag(v+1) == "VERB" {
		object = -1
	}
	t.tokens[v].Tag, t.tokens[v].Features = "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
	if past := irregularVerbs[t.word(v)]; past != "" && past != t.word(v) {
		t.tokens[v].Features, t.tokens[v].Lemma = "Mood=Ind|Tense=Past|VerbForm=Fin", past
	} else if strings.HasSuffix(t.word(v), "ed") {
		t.tokens[v].Features, t.tokens[v].Lemma = "Mood=Ind|Tense=Past|VerbForm=Fin", pastLemma(t.word(v))
	} else if s, ok := strings.CutSuffix(t.word(v), "ies"); ok {
		t.tokens[v].Lemma = s + "y"
	} else if t.word(v) != t.lemma(v) {
		t.tokens[v].Lemma = singular(t.word(v))
	}
	t.predicateAt(v, first, last, subject, object)
}

// pastUnseen reports whether a word in -ed behind the plural noun that opens a
// clause without a verb is its verb, though taken for an adjective: "rebels abducted miners".
func (t *tree) pastUnseen(i, first, last int) bool {
	if i <= first || i > first+3 || i+1 >= last || t.tag(i) != "ADJ" || !strings.HasSuffix(t.word(i), "ed") || t.head(i) <= i || t.tag(i-1) != "NOUN" ||
		!strings.Contains(t.tokens[i-1].Features, "Number=Plur") {
		return false
	}
	for k := first; k < i-1; k++ {
		if !slices.Contains([]string{"DET", "ADJ", "NUM", "NOUN", "PROPN"}, t.tag(k)) {
			return false
		}
	}
	return t.nounRun(i+1, last) >= 0
}

// behindName reports whether a state's or body's name ends right before the token.
func (t *tree) behindName(i int) bool {
	return slices.ContainsFunc(t.mentionsBeside(i-1), func(m Mention) bool {
		return (m.Kind == Name || m.Kind == Acronym || m.Kind == Metonym) && (m.Class == "State" || m.Class == "Organization") && m.End == t.tokens[i-1].End
	})
}

// verbUnseen reports whether a word that was taken for a noun can be a finite verb where it stands.
func (t *tree) verbUnseen(i, last int) bool {
	word := t.doc.Text[t.tokens[i].Start:t.tokens[i].End]
	if !slices.Contains([]string{"NOUN", "INTJ", "ADJ"}, t.tag(i)) || word != strings.ToLower(word) || i+2 >= last {
		return false
	}
	past := irregularVerbs[word] != "" && irregularVerbs[word] != word
	next := t.tag(i+1) == "DET" || t.tag(i+1) == "PRON" || t.word(i+1) == "that" || t.tag(i+1) == "VERB" && t.form(i+1) == gerund ||
		t.tag(i+1) == "AUX" && strings.HasSuffix(t.word(i+1), "ing")
	switch {
	case past:
		return next || t.tag(i+1) == "NOUN" || t.tag(i+1) == "ADJ" || t.partOfName(i+1)
	case strings.HasSuffix(word, "s") && word != t.lemma(i):
		return next
	case word == t.lemma(i): // after several names only: "Oman and Qatar welcome the pact"
		return next && i >= 2 && t.word(i-2) == "and" && verbEffects[word] != neutral
	}
	return false
}

// mendBracket gives a verb behind a comma the subject before the participle that
// a pair of commas sets apart: "negotiators, meeting in Oslo, agreed".
func (t *tree) mendBracket(v int, s Sentence) {
	if v < s.First+4 || t.tag(v) != "VERB" || !t.finiteVerb(v) || t.kid(v, "cc") >= 0 {
		return
	}
	comma := v - 1
	for comma > s.First && (t.tag(comma) == "AUX" || t.tag(comma) == "ADV") {
		comma--
	}
	if t.word(comma) != "," {
		return
	}
	open := comma - 1
	for open > s.First && t.word(open) != "," {
		if t.tag(open) == "VERB" && t.finiteVerb(open) || t.tag(open) == "AUX" {
			return
		}
		open--
	}
	p := open + 1
	if open <= s.First || t.tag(p) != "VERB" || t.form(p) == finite || t.form(p) == infinitive {
		return
	}
	noun := open - 1
	if t.tag(noun) != "NOUN" && t.tag(noun) != "PROPN" {
		return
	}
	for n := 0; n < deepest; n++ {
		up := t.head(noun)
		if up < s.First || up >= open || t.timed(up) || t.tag(up) != "NOUN" && t.tag(up) != "PROPN" {
			break
		}
		noun = up
	}
	old := t.ownSubject(v)
	if old == noun || old >= 0 && old < open {
		return
	}
	if root := t.root(v); !t.verbal(root) || root == p {
		if root == v || !t.moveUp(v, -1, "root") {
			return
		}
		t.move(root, v, "obl")
	} else if t.within(v, noun) {
		return
	}
	for _, k := range slices.Clone(t.kids[v]) {
		if k > open && k < comma {
			relation := "obl"
			if t.tag(k) == "ADP" {
				continue
			}
			t.move(k, p, relation)
		}
	}
	t.move(p, noun, "acl")
	t.move(noun, v, "nsubj")
}

// mendSplitName puts a verb above the name that is its subject where the parser
// made one word of the name the top and another the subject: "Georgian Dream denies …".
func (t *tree) mendSplitName(v int) {
	top, subject := t.head(v), t.ownSubject(v)
	if top < 0 || t.head(top) >= 0 || subject < 0 || top >= v || subject >= v || !verbalTag(t.tag(v)) || verbalTag(t.tag(top)) {
		return
	}
	for _, m := range t.mentionsBeside(subject) {
		if m.Kind != Name || !m.Contains(t.tokens[top].Span) || !m.Contains(t.tokens[subject].Span) || top == subject {
			continue
		}
		t.moveUp(v, -1, "root")
		for _, k := range slices.Clone(t.kids[top]) {
			if k > v {
				t.move(k, v, t.tokens[k].Relation)
			}
		}
		if m.Head == top {
			t.move(subject, top, "flat")
			t.move(top, v, "nsubj")
		} else {
			t.move(top, subject, "flat")
		}
		return
	}
}

// bareNouns stand behind "to" without an article and are no verbs there: "took Togo to court".
var bareNouns = []string{"court", "trial", "justice", "arbitration", "task", "war", "power", "market", "safety", "jail", "prison", "hospital"}

// mendBareNoun makes a goal of a noun that was taken for an infinitive.
func (t *tree) mendBareNoun(n int) {
	if n < 2 || n+1 >= len(t.tokens) || !t.is(n, "xcomp", "advcl", "acl") || t.word(n-1) != "to" || !slices.Contains(bareNouns, t.word(n)) || t.kid(n, "obj", "xcomp", "ccomp", "nsubj") >= 0 {
		return
	}
	v := t.verbAbove(t.head(n))
	if v < 0 || v > n || !slices.Contains([]string{"take", "bring", "go", "haul", "drag", "return", "send", "come", "rise", "escape", "flee", "carry"}, t.lemma(v)) || !t.move(n, v, "obl") {
		return
	}
	t.tokens[n].Tag, t.tokens[n].Features = "NOUN", "Number=Sing"
	t.tokens[n-1].Tag, t.tokens[n-1].Relation = "ADP", "case"
}

// mendTopNoun puts a finite verb right behind the noun that opens a sentence above it: "Georgians rallied".
func (t *tree) mendTopNoun(v int) {
	n := t.head(v)
	if n < 0 || n != v-1 || t.head(n) >= 0 || t.tag(v) != "VERB" || !t.finiteVerb(v) || !t.is(v, "acl") || t.is(v, "acl:relcl") || t.kid(v, "nsubj", "mark", "aux") >= 0 ||
		t.tag(n) != "NOUN" && t.tag(n) != "PROPN" || t.kid(n, "cop", "nsubj") >= 0 || t.passiveForm(v) && t.kid(v, "obl:agent") >= 0 {
		return
	}
	t.moveUp(v, -1, "root")
	for _, k := range slices.Clone(t.kids[n]) {
		if k > v {
			t.move(k, v, t.tokens[k].Relation)
		}
	}
	t.move(n, v, "nsubj")
}

// relativeVerbs take an object; behind a noun and "that" they have it in the noun.
var relativeVerbs = strings.Fields(`sign ratify conclude adopt seize hold propose reject approve negotiate impose launch build host sponsor
	draft order issue control claim broker announce oppose support back buy supply fire release detain expel occupy annex own fund
	finance run lead found`)

// mendThatWhich makes a relative clause of one that was taken for the content of a
// noun: "a pact that the two states had signed".
func (t *tree) mendThatWhich(v int) {
	n := t.head(v)
	if n < 0 || n > v || !t.is(v, "acl") || t.is(v, "acl:relcl") || !slices.Contains(relativeVerbs, t.lemma(v)) || t.kid(v, "obj", "ccomp", "xcomp") >= 0 || t.passive(v) {
		return
	}
	that := t.kid(v, "mark")
	if s := t.ownSubject(v); that < 1 || t.word(that) != "that" || s < that || t.word(that-1) == "condition" || slices.Contains([]string{"claim", "report", "fact", "statement", "allegation", "rumour", "rumor", "news"}, t.lemma(n)) {
		return
	}
	t.tokens[v].Relation = "acl:relcl"
	t.tokens[that].Relation, t.tokens[that].Tag = "obj", "PRON"
}

// calling lists verbs that say of their object what it is.
var calling = []string{"call", "label", "brand", "term", "deem", "dub", "declare", "consider", "find", "judge"}

// mendCalled tells the object of a verb of calling from what it is called where
// both were taken for one noun: "called the veto shameful".
func (t *tree) mendCalled(v int) {
	o := t.kid(v, "obj")
	if o <= v || t.tag(v) != "VERB" || !slices.Contains(calling, t.lemma(v)) || !t.evaluates(t.word(o)) {
		return
	}
	k := o - 1
	for k > v && t.tag(k) == "PUNCT" {
		k--
	}
	if k <= v || t.head(k) != o || !t.is(k, "compound", "amod") || t.tag(k) != "NOUN" && t.tag(k) != "PROPN" {
		return
	}
	if !t.move(k, v, "obj") {
		return
	}
	for _, d := range slices.Clone(t.kids[o]) {
		if d < k {
			t.move(d, k, t.tokens[d].Relation)
		}
	}
	t.tokens[o].Relation, t.tokens[o].Tag = "xcomp", "ADJ"
}

// evaluates reports whether a word has the form of an adjective that judges.
func (t *tree) evaluates(word string) bool {
	for _, end := range []string{"ful", "able", "ible", "ous", "ive", "less", "ary", "ical", "ish", "ising", "izing", "ified", "unded", "ventional"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return slices.Contains([]string{"illegal", "unlawful", "unjust", "unfair", "absurd", "invalid", "void", "historic", "welcome", "brave", "wise", "unwise", "premature"}, word)
}
