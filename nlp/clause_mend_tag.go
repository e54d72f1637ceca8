package nlp

import (
	"slices"
	"strings"
)

// mendTag sets the words of speech that close a sentence apart from what is said:
// "Togo will close the border, the president warned on Monday".
func (t *tree) mendTag(s Sentence) {
	comma := s.Last - 1
	for comma > s.First && t.word(comma) != "," {
		comma--
	}
	v := comma + 1
	if v < s.Last && slices.Contains([]string{"which", "who", "whom", "whose", "that", "where"}, t.word(v)) {
		return
	}
	for v < s.Last && t.tag(v) != "VERB" {
		switch t.tag(v) {
		case "NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "ADP", "PART":
		default:
			return
		}
		v++
	}
	if comma == s.First || v >= s.Last || v == comma+1 || !reporting(t.lemma(v)) && !slices.Contains(alsoSpeech, t.lemma(v)) || t.form(v) == gerund || t.form(v) == infinitive {
		return
	}
	for i := v + 1; i < s.Last; i++ {
		if verbalTag(t.tag(i)) || t.tag(i) == "SCONJ" || t.tag(i) == "CCONJ" || slices.Contains([]string{"by", "of", "as", "for", "with", ","}, t.word(i)) {
			return // "a former minister accused of fraud"
		}
	}
	root := t.root(v)
	if root == v { // what was said is no circumstance of saying it
		for _, k := range t.all(v, "advcl") {
			if k < comma && t.finiteVerb(k) && t.introducer(k) == "" && t.ownSubject(k) >= 0 && t.ownSubject(v) > comma {
				t.tokens[k].Relation = "ccomp"
			}
		}
		return
	}
	subject := -1
	for i := comma + 1; i < v; i++ {
		if h := t.head(i); (h <= comma || h >= v) && t.tag(i) != "ADP" && t.tag(i) != "DET" {
			subject = i
			break
		}
	}
	if root >= comma || root < s.First || !t.verbal(root) || subject < 0 || t.tag(comma+1) == "ADP" || !t.canSay(subject, comma+1) {
		return
	}
	t.move(v, root, "parataxis")
	t.move(subject, v, "nsubj")
	for i := comma + 1; i < s.Last; i++ {
		if h := t.head(i); i != v && i != subject && h < comma && t.tag(i) != "PUNCT" {
			t.move(i, v, "obl")
		}
	}
	if !t.finiteVerb(v) {
		t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
	}
}

// canSay reports whether the phrase that begins at first and is headed by the noun names somebody.
func (t *tree) canSay(noun, first int) bool {
	if t.tag(noun) == "PRON" || actingNoun(t.lemma(noun)) || slices.Contains(tellers, t.lemma(noun)) {
		return true
	}
	return slices.ContainsFunc(t.mentionsBeside(noun), func(m Mention) bool {
		return (m.Head == noun || m.Start == t.tokens[first].Start) && m.Class != classAgreement && m.Class != classOccasion
	})
}

// tellers are nouns of persons and media that news quotes, beside those who act for a state.
var tellers = strings.Fields(`source witness expert analyst observer resident activist lawyer relative newspaper paper daily
	magazine website site agency television tv radio broadcaster station channel report statement police scholar historian
	monitor researcher expatriate scientist doctor medic blogger survivor economist`)

// reporting reports whether a verb puts what somebody says into the clause it takes.
func reporting(lemma string) bool {
	return verbEffects[lemma] == claimed || verbEffects[lemma] == announced || clauseEffects[lemma] == claimed
}

// mendLateTime gives the last of two coordinated verbs the time behind it where
// the first has a time of its own: "arrived this morning and will leave tomorrow".
func (t *tree) mendLateTime(i int) {
	v := t.head(i)
	if v < 0 || !t.is(i, "obl", "advmod") || !t.timed(i) {
		return
	}
	last := -1
	for _, k := range t.all(v, "conj") {
		if k < i && t.tag(k) == "VERB" {
			last = k
		}
	}
	if last < 0 {
		return
	}
	for _, k := range t.all(v, "obl", "advmod") {
		if k < last && t.timed(k) {
			t.move(i, last, t.tokens[i].Relation)
			return
		}
	}
}

// mendEarlyTime gives a time that closes a clause to that clause, not to the one
// behind the "and": "joined in 1967, and Jamaica followed".
func (t *tree) mendEarlyTime(i int) {
	v := t.head(i)
	if v < i || !t.is(i, "obl", "nmod", "advmod") || !t.timed(i) {
		return
	}
	k := i + 1
	for k < v && t.timed(k) {
		k++
	}
	if t.word(k) != "," || t.word(k+1) != "and" && t.word(k+1) != "but" || t.ownSubject(v) <= k+1 {
		return
	}
	for u := i - 1; u >= 0 && t.tokens[u].Sentence == t.tokens[i].Sentence; u-- {
		if t.tag(u) == "VERB" && t.finiteVerb(u) {
			t.move(i, u, "obl")
			return
		}
	}
}

// mendFrontedTime gives a clause the time that opens it behind "and": "spoke in
// May, and in June the committee met".
func (t *tree) mendFrontedTime(time Time) {
	top := t.top(time.Span)
	if top < 0 {
		return
	}
	s := t.doc.Sentences[time.Sentence]
	first, last := top, top
	for first > s.First && (time.Contains(t.tokens[first-1].Span) || t.tag(first-1) == "ADP") {
		first--
	}
	for last+1 < s.Last && time.Contains(t.tokens[last+1].Span) {
		last++
	}
	if first <= s.First+1 || t.word(first-1) != "and" && t.word(first-1) != "but" && t.word(first-1) != ";" {
		return
	}
	v := last + 1
	for v < s.Last && slices.Contains([]string{"DET", "NOUN", "PROPN", "PRON", "ADJ", "AUX", "NUM"}, t.tag(v)) {
		v++
	}
	if v >= s.Last || t.tag(v) != "VERB" || t.ownSubject(v) <= last || !t.finiteVerb(v) || t.head(top) == v {
		return
	}
	if t.within(v, top) {
		up := t.head(top)
		for up >= 0 && !(t.tag(up) == "VERB" && up < first) {
			up = t.head(up)
		}
		if up < 0 || !t.move(v, up, "conj") {
			return
		}
	}
	t.move(top, v, "obl")
}
