package nlp

import (
	"slices"
	"strings"
)

// The parser is greedy and errs most where clauses meet. What grammar or the
// names found in the text make certain is mended before anything is read off the tree.

// mend corrects the parse of every sentence.
func (t *tree) mend() {
	names := map[int]Mention{} // by the token before which a sentence may have taken a verb for a noun
	for _, m := range t.doc.Mentions {
		if m.Kind == Name || m.Kind == Metonym || m.Kind == Acronym {
			names[m.Head] = m
		}
	}
	t.mendLists()
	for _, s := range t.doc.Sentences {
		t.mendHeadlineVerb(s, names)
		for i := s.First; i < s.Last; i++ {
			t.mendAuxiliary(i)
			t.mendName(i, names)
			t.mendParticiple(i)
			t.mendPerfect(i)
			t.mendGerund(i)
			t.mendInfinitive(i)
			t.mendThat(i)
			t.mendSubject(i, s)
		}
		t.mendSubordinate(s)
		for i := s.First; i < s.Last; i++ {
			t.mendConjunct(i)
		}
	}
}

// move hangs a token on another governor, unless that would close a circle.
func (t *tree) move(i, head int, relation string) bool {
	if head == i || head >= 0 && t.within(head, i) {
		return false
	}
	if old := t.tokens[i].Head; old >= 0 {
		t.kids[old] = slices.DeleteFunc(t.kids[old], func(k int) bool { return k == i })
	}
	t.tokens[i].Head, t.tokens[i].Relation = head, relation
	if head >= 0 {
		t.kids[head] = append(t.kids[head], i)
		slices.Sort(t.kids[head])
	}
	return true
}

// mendLists coordinates names of one kind in a row that ends with "and" or
// "or": "Saudi Arabia, the UAE, Bahrain and Egypt".
func (t *tree) mendLists() {
	mentions := slices.Clone(t.doc.Mentions)
	mentions = slices.DeleteFunc(mentions, func(m Mention) bool { return m.Kind == Nominal || m.Kind == Pronoun || m.Kind == Demonym })
	slices.SortStableFunc(mentions, func(a, b Mention) int { return a.Start - b.Start })
	for i := 0; i < len(mentions); i++ {
		row := []Mention{mentions[i]}
		closed := false
		for k := i + 1; k < len(mentions) && !closed; k++ {
			last, m := row[len(row)-1], mentions[k]
			if m.Start < last.End || m.Class != row[0].Class || m.Sentence != last.Sentence {
				break
			}
			switch strings.Join(strings.Fields(strings.ToLower(t.doc.Text[last.End:m.Start])), " ") {
			case ",", ", the":
				row = append(row, m)
				continue
			case "and", "or", ", and", ", or", "and the", ", and the", "as well as":
				row = append(row, m)
				closed = true
			}
			break
		}
		if !closed || len(row) < 3 {
			continue
		}
		t.mendList(row)
		i += len(row) - 1
	}
}

// mendList hangs the names of a row on the one of them that is tied to the rest
// of the sentence: a verb for choice.
func (t *tree) mendList(row []Mention) {
	inRow := func(i int) bool { return slices.ContainsFunc(row, func(m Mention) bool { return m.Head == i }) }
	tie := -1
	for _, m := range row {
		if h := t.head(m.Head); h < 0 || !inRow(h) {
			if tie < 0 || t.is(m.Head, "nsubj", "obj", "obl") && t.is(tie, "appos", "conj", "dep", "nmod", "compound", "list") {
				tie = m.Head
			}
		}
	}
	first := row[0].Head
	if tie < 0 {
		return
	}
	if last := row[len(row)-1].Head; t.is(last, "nsubj") && tie == last && t.head(first) >= 0 && t.is(first, "obj", "obl", "nmod") {
		return // "left Mali, and Chad stayed" is two clauses
	}
	if tie != first {
		head, relation := t.head(tie), t.tokens[tie].Relation
		t.move(tie, first, "conj")
		if head < 0 || !t.within(head, first) {
			if head < 0 {
				return
			}
			t.move(first, head, relation)
		}
	}
	for _, m := range row[1:] {
		t.move(m.Head, first, "conj")
	}
}

// mendHeadlineVerb sees a verb in the plural noun that heads a line after the
// name of a state or body: "Quito cuts ties", "Mali plans to leave".
func (t *tree) mendHeadlineVerb(s Sentence, names map[int]Mention) {
	for i := s.First + 1; i < s.Last; i++ {
		if t.head(i) >= 0 || t.tag(i) != "NOUN" || t.word(i) == t.lemma(i) || t.kid(i, "cop", "nsubj") >= 0 {
			continue
		}
		name, ok := names[i-1]
		if !ok || t.head(i-1) != i || i+1 >= s.Last || name.Class == "Person" {
			continue
		}
		switch next := t.tag(i + 1); {
		case next == "ADP" && t.word(i+1) != "to", next == "PUNCT", next == "CCONJ":
			continue
		}
		t.tokens[i].Tag, t.tokens[i].Features = "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
		t.tokens[i-1].Relation = "nsubj"
		for _, k := range slices.Clone(t.kids[i]) {
			switch {
			case k > i && t.is(k, "acl") && t.form(k) == infinitive:
				t.tokens[k].Relation = "xcomp"
			case k > i && t.is(k, "nmod", "appos", "dep", "nmod:unmarked") && t.introducer(k) == "":
				t.tokens[k].Relation = "obj"
			case k > i && t.is(k, "nmod"):
				t.tokens[k].Relation = "obl"
			}
		}
	}
}

// mendAuxiliary makes an auxiliary of a "have" that was taken for the main verb
// of a participle, and a complement of a clause that hangs on a verb like on a noun.
func (t *tree) mendAuxiliary(v int) {
	u := t.head(v)
	if u < 0 || u > v || t.tag(v) != "VERB" || !verbalTag(t.tag(u)) {
		return
	}
	if t.is(v, "acl") && !t.is(v, "acl:relcl") {
		t.tokens[v].Relation = "xcomp"
	}
	if t.lemma(u) != "have" || !t.is(v, "ccomp", "xcomp") || t.form(v) != participle || t.kid(v, "mark", "nsubj", "aux") >= 0 || t.kid(u, "obj") >= 0 {
		return
	}
	relation := t.tokens[u].Relation
	if !t.moveUp(v, t.head(u), relation) {
		return
	}
	for _, k := range slices.Clone(t.kids[u]) {
		t.move(k, v, t.tokens[k].Relation)
	}
	t.move(u, v, "aux")
	t.tokens[u].Tag = "AUX"
}

// moveUp puts a token in the place of its governor.
func (t *tree) moveUp(v, head int, relation string) bool {
	if head >= 0 {
		return t.move(v, head, relation)
	}
	u := t.tokens[v].Head
	t.kids[u] = slices.DeleteFunc(t.kids[u], func(k int) bool { return k == v })
	t.tokens[v].Head, t.tokens[v].Relation = -1, "root"
	return true
}

// mendName gives a verb without a subject the name before it that was taken for an adverb.
func (t *tree) mendName(i int, names map[int]Mention) {
	v := t.head(i)
	if _, ok := names[i]; !ok || v < i || !t.is(i, "advmod", "discourse", "vocative", "mark") || t.tag(v) != "VERB" || t.ownSubject(v) >= 0 {
		return
	}
	t.tokens[i].Relation, t.tokens[i].Tag = "nsubj", "PROPN"
}

// mendParticiple makes a clause of a noun and a "participle" with an object of
// its own: "after police arrested the envoy" is no "police arrested".
func (t *tree) mendParticiple(v int) {
	n := t.head(v)
	if n < 0 || n > v || !t.is(v, "acl") || t.is(v, "acl:relcl") || t.tag(v) != "VERB" || t.form(v) != participle ||
		t.kid(v, "obj") < v || t.kid(v, "mark", "aux", "nsubj", "obl:agent") >= 0 {
		return
	}
	up := t.head(n)
	if up >= 0 && t.ownSubject(up) == n {
		return
	}
	t.tokens[v].Features = "Mood=Ind|Tense=Past|VerbForm=Fin"
	if up < 0 { // "The president congratulated Chad" as a mere name of a president
		t.moveUp(v, -1, "root")
		t.move(n, v, "nsubj")
		return
	}
	marks := t.all(n, "case")
	if len(marks) == 0 {
		if t.is(n, "obj", "nsubj:pass") && t.tag(up) == "VERB" && t.is(n, "obj") { // "said police arrested the envoy"
			t.move(v, up, "ccomp")
			t.move(n, v, "nsubj")
		}
		return
	}
	switch t.word(marks[0]) {
	case "after", "before", "since", "until", "as", "for", "than", "but":
	default:
		return
	}
	for n2 := 0; !verbalTag(t.tag(up)) && t.head(up) >= 0 && n2 < deepest; n2++ {
		up = t.head(up)
	}
	if !t.move(v, up, "advcl") {
		return
	}
	t.move(n, v, "nsubj")
	for _, k := range marks {
		t.move(k, v, "mark")
	}
}

// mendPerfect makes a verb of a participle with auxiliaries that was hung on
// its object: "of having attacked fishermen".
func (t *tree) mendPerfect(v int) {
	n := t.head(v)
	if n < v || !t.is(v, "amod") || t.tag(v) != "VERB" || t.kid(v, "aux") < 0 {
		return
	}
	up, rel := t.head(n), "advcl"
	if up < 0 {
		return
	}
	if !t.move(v, up, rel) || !t.move(n, v, "obj") {
		return
	}
	for _, k := range slices.Clone(t.kids[n]) {
		if k < v && t.is(k, "case", "mark") {
			t.move(k, v, "mark")
		}
	}
}

// mendGerund hangs "of …ing", "from …ing" and "for …ing" behind a named object
// on the verb: "accused Angola of shelling a village".
func (t *tree) mendGerund(v int) {
	n := t.head(v)
	if n < 0 || !t.is(v, "acl") || t.tag(v) != "VERB" || t.form(v) != gerund || t.tag(n) != "PROPN" && t.tag(n) != "PRON" {
		return
	}
	up := t.head(n)
	switch t.introducer(v) {
	case "of", "from", "for", "into":
		if up >= 0 && verbalTag(t.tag(up)) && t.is(n, "obj", "nsubj:pass", "obl") {
			t.move(v, up, "advcl")
		}
	}
}

// mendInfinitive hangs an infinitive on the noun right before it that takes
// one: "abandoned plans to expel diplomats".
func (t *tree) mendInfinitive(v int) {
	up := t.head(v)
	if up < 0 || !t.is(v, "xcomp", "advcl") || t.form(v) != infinitive || !verbalTag(t.tag(up)) {
		return
	}
	first := t.kid(v, "mark")
	if first < 0 || first > v || first == 0 {
		return
	}
	n := first - 1
	if t.head(n) == up && t.is(n, "obj") && t.tag(n) == "NOUN" && nounEffects[t.lemma(n)] != neutral && nounEffects[t.lemma(n)] != factive {
		t.move(v, n, "acl")
	}
}

// mendThat makes the content of a noun out of a relative clause that lacks
// nothing: "on condition that Greece agrees", "claims that it attacked".
func (t *tree) mendThat(v int) {
	n := t.head(v)
	if n < 0 || n > v || !t.is(v, "acl:relcl") || nounEffects[t.lemma(n)] == neutral || nounEffects[t.lemma(n)] == factive || t.lemma(n) == "statement" {
		return
	}
	if n+1 >= len(t.tokens) || t.word(n+1) != "that" || t.head(n+1) != v || !t.is(n+1, "obj", "mark", "advmod", "obl") {
		return
	}
	if s := t.ownSubject(v); s < 0 || s == n+1 || slices.Contains([]string{"make", "issue", "raise", "put", "set", "hear", "send", "receive"}, t.lemma(v)) {
		return
	}
	t.tokens[v].Relation = "acl"
	t.tokens[n+1].Relation, t.tokens[n+1].Tag, t.tokens[n+1].Lemma = "mark", "SCONJ", "that"
}

// mendSubject gives a finite verb without a subject the noun phrase between
// the comma and the verb, which was taken for something else: "By signing the
// pact, Oman and Kuwait ended …".
func (t *tree) mendSubject(v int, s Sentence) {
	if t.tag(v) != "VERB" || !t.finiteVerb(v) || t.kid(v, "nsubj", "csubj", "expl", "cc", "mark") >= 0 || t.is(v, "acl:relcl") {
		return
	}
	end := v // of the phrase
	for end > s.First && t.head(end-1) == v && t.is(end-1, "aux", "advmod") {
		end--
	}
	start := end
	for start > s.First && slices.Contains([]string{"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "CCONJ", "PART"}, t.tag(start-1)) {
		start--
	}
	if start == end || start <= s.First || t.word(start-1) != "," || t.tag(start) == "CCONJ" {
		return
	}
	top := -1
	for i := start; i < end; i++ {
		if h := t.head(i); h >= start && h < end || h == v {
			continue
		}
		switch {
		case t.tag(i) != "NOUN" && t.tag(i) != "PROPN" && t.tag(i) != "PRON":
			return
		case top < 0 && t.is(i, "appos", "conj", "dep", "list", "parataxis", "nmod", "obl", "obj"):
			top = i
		case top < 0 || !t.is(i, "conj"):
			return
		}
	}
	if top < 0 {
		return
	}
	if g := t.head(v); g >= 0 && g < start && t.is(v, "advcl", "ccomp", "parataxis", "dep", "conj", "acl") && t.head(g) < 0 && t.form(g) == gerund && t.kid(g, "mark") == s.First {
		t.moveUp(v, -1, "root")
		t.move(g, v, "advcl")
	}
	if t.within(v, top) {
		return
	}
	first := top
	t.move(first, v, "nsubj")
	for i := start; i < end; i++ {
		if h := t.head(i); i != first && (h < start || h >= end) && h != v {
			t.move(i, first, "conj")
		}
	}
}

// finiteVerb reports whether the verb is tagged as a past or present form, or has an auxiliary that is.
func (t *tree) finiteVerb(v int) bool {
	if strings.Contains(t.tokens[v].Features, "VerbForm=Fin") {
		return true
	}
	for _, a := range t.all(v, "aux") {
		if strings.Contains(t.tokens[a].Features, "VerbForm=Fin") {
			return true
		}
	}
	return false
}

// subordinators begin a clause that depends on another one.
var subordinators = []string{"if", "unless", "although", "though", "while", "because", "after", "when", "since", "as", "before", "once", "until", "whereas"}

// mendSubordinate puts the main clause above a subordinate one that opens the
// sentence and was taken for the root: "If Serbia agrees, Russia will object."
func (t *tree) mendSubordinate(s Sentence) {
	for v := s.First; v < s.Last; v++ {
		if t.head(v) >= 0 || !t.verbal(v) {
			continue
		}
		mark := t.kid(v, "mark")
		if mark < 0 || mark > v || !slices.Contains(subordinators, t.word(mark)) {
			return
		}
		for _, k := range t.all(v, "parataxis", "ccomp", "conj", "dep", "advcl") {
			if k > v && t.verbal(k) && t.ownSubject(k) >= 0 && t.kid(k, "mark") < 0 && t.kid(k, "cc") < 0 {
				t.moveUp(k, -1, "root")
				t.move(v, k, "advcl")
				return
			}
		}
		return
	}
}

// mendConjunct hangs a coordinated verb on the nearest clause before it where
// no comma says that it goes back further: "after police entered the embassy and arrested him".
func (t *tree) mendConjunct(v int) {
	u := t.head(v)
	cc := t.kid(v, "cc")
	if u < 0 || cc < 1 || !t.is(v, "conj") || t.tag(v) != "VERB" || t.ownSubject(v) >= 0 || t.word(cc-1) == "," || !t.finiteVerb(v) {
		return
	}
	near := -1
	for _, k := range t.kids[u] {
		if k > u && k < v && t.is(k, "advcl", "ccomp") && t.finiteVerb(k) && t.ownSubject(k) >= 0 && t.tag(k) == "VERB" {
			near = k
		}
	}
	if near >= 0 && t.kid(v, "aux") < 0 {
		t.move(v, near, "conj")
	}
}
