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
	named := t.namesOf()
	t.mendLists()
	t.mendTitled()
	for _, s := range t.doc.Sentences {
		t.mendHeadlineVerb(s, names)
		t.mendVerbless(s)
		t.mendUnseenVerb(s)
		for i := s.First; i < s.Last; i++ {
			t.mendNounVerb(i)
			t.mendToVerb(i)
			t.mendWanted(i)
			t.mendPredicate(i)
			t.mendParticle(i)
			t.mendBareTime(i)
			t.mendDate(i)
			t.mendTwoObjects(i)
			t.mendSubjects(i)
			t.mendCount(i)
			t.mendAuxiliary(i)
			t.mendHaveDone(i)
			t.mendHadItselfDone(i)
			t.mendWhichDenies(i, named)
			t.mendFlat(i)
			t.mendUnwelcome(i)
			t.mendName(i, names)
			t.mendTime(i, names)
			t.mendGift(i, names)
			t.mendBare(i)
			t.mendWhose(i)
			t.mendMark(i)
			t.mendPassiveCopula(i)
			t.mendSharedVerb(i)
			t.mendVerbBeside(i)
			t.mendPassive(i)
			t.mendParticiple(i)
			t.mendPerfect(i)
			t.mendGerund(i)
			t.mendInfinitive(i)
			t.mendBidden(i)
			t.mendRelative(i, named)
			t.mendReduced(i, named)
			t.mendThat(i)
			t.mendThatWhich(i)
			t.mendSplitName(i)
			t.mendBareNoun(i)
			t.mendTopNoun(i)
			t.mendCalled(i)
			t.mendBracket(i, s)
			t.mendSubject(i, s)
		}
		for i := s.First; i < s.Last; i++ {
			if t.word(i) == ";" {
				t.mendSemicolon(i, s)
			}
		}
		t.mendTag(s)
		t.mendRoot(s)
		t.mendInterrupted(s)
		t.mendSubordinate(s)
		t.mendListed(s)
		for i := s.First; i < s.Last; i++ {
			t.mendEarlyTime(i)
			t.mendLateTime(i)
			t.mendConjunct(i)
			t.mendFronted(i)
		}
	}
	for _, time := range t.doc.Times {
		t.mendFrontedTime(time)
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

// mendHeadlineVerb sees a verb in the noun that heads a line behind the name
// of a state or body: "Quito cuts ties", "Mali plans to leave", "the minister plans to visit Peru".
func (t *tree) mendHeadlineVerb(s Sentence, names map[int]Mention) {
	for i := s.First + 1; i+1 < s.Last; i++ {
		if t.tag(i) != "NOUN" || t.kid(i, "cop", "nsubj") >= 0 || t.hasVerb(s) {
			continue
		}
		before := i - 1
		top := t.firstConjunct(before) // "Peru and Ecuador plan to sign"
		rooted := t.head(i) < 0 && t.head(top) == i
		if t.head(i) == before && t.head(before) < 0 {
			rooted = true // "Djibouti hosts a base" with the name on top
		}
		name, named := names[before]
		named = named && name.Class != "Person"
		toVerb := t.word(i+1) == "to" && i+2 < s.Last && t.tag(i+2) == "VERB"
		switch next := t.tag(i + 1); {
		case !rooted || !named && !(toVerb && actingNoun(t.lemma(before))):
			continue
		case toVerb, next == "DET":
		case next == "ADP" || next == "PUNCT" || next == "CCONJ" || next == "PART":
			continue
		case t.word(i) == t.lemma(i): // "Houthis control Sanaa": only between two names
			if _, ok := names[i+1]; !ok {
				continue
			}
		}
		if t.head(before) < 0 {
			t.moveUp(i, -1, "root")
			t.move(before, i, "nsubj")
		}
		t.tokens[i].Tag, t.tokens[i].Features = "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
		t.tokens[top].Relation = "nsubj"
		for _, k := range slices.Clone(t.kids[i]) {
			switch {
			case k > i && t.is(k, "acl") && t.form(k) == infinitive:
				t.tokens[k].Relation = "xcomp"
			case k > i && t.is(k, "nmod", "appos", "dep", "flat") && t.introducer(k) == "":
				t.tokens[k].Relation = "obj"
			case k > i && t.is(k, "nmod"):
				t.tokens[k].Relation = "obl"
			case k < before && k != top && t.is(k, "det", "amod", "nmod:poss", "compound"):
				t.move(k, before, t.tokens[k].Relation)
			}
		}
		return
	}
}

// hasVerb reports whether a finite verb heads the sentence or stands beside its head.
func (t *tree) hasVerb(s Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if t.head(i) < 0 {
			return t.tag(i) == "VERB" || t.kid(i, "cop") >= 0
		}
	}
	return false
}

// ditransitives take a person and a thing.
var ditransitives = []string{"give", "grant", "offer", "award", "lend", "promise", "send", "hand", "deny", "pay", "provide", "accord", "sell", "owe"}

// mendGift tells the receiver of a gift from the gift: "granted Malawi a loan", "gave Singapore observer status".
func (t *tree) mendGift(v int, names map[int]Mention) {
	if t.tag(v) != "VERB" || t.kid(v, "iobj") >= 0 || !slices.Contains(ditransitives, t.lemma(v)) {
		return
	}
	o := t.kid(v, "obj")
	if o < v {
		return
	}
	if _, ok := names[o]; ok {
		if gift := t.kid(v, "obl:unmarked"); gift > o && t.tag(gift) == "NOUN" && !t.timed(gift) {
			t.tokens[o].Relation, t.tokens[gift].Relation = "iobj", "obj"
		}
		return
	}
	if k := v + 1; k < o && t.head(k) == o && t.is(k, "compound", "nmod") {
		if name, ok := names[k]; ok && name.Kind == Name && name.Class == "State" {
			t.move(k, v, "iobj")
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

// mendFlat sees a verb in the word that was taken for the end of a name before
// it: "Germany froze aid". What is written small is no name.
func (t *tree) mendFlat(v int) {
	n := t.head(v)
	if n != v-1 || n < 0 || t.head(n) >= 0 || t.tag(v) != "PROPN" || !t.is(v, "flat", "compound", "appos") {
		return
	}
	form := t.doc.Text[t.tokens[v].Start:t.tokens[v].End]
	if form != strings.ToLower(form) || len(form) < 3 || strings.ContainsAny(form, "0123456789-.") ||
		slices.ContainsFunc(t.mentionsBeside(v), func(m Mention) bool { return m.Contains(t.tokens[v].Span) && m.Kind != Nominal }) {
		return
	}
	t.tokens[v].Tag, t.tokens[v].Features, t.tokens[v].Lemma = "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin", form
	t.moveUp(v, -1, "root")
	t.move(n, v, "nsubj")
	object := false
	for _, k := range slices.Clone(t.kids[n]) {
		if k < v {
			continue
		}
		switch {
		case !object && t.is(k, "appos", "nmod", "flat", "dep", "conj") && t.introducer(k) == "" && t.kid(k, "cc") < 0:
			t.move(k, v, "obj")
			object = true
		case t.is(k, "nmod"):
			t.move(k, v, "obl")
		case t.is(k, "punct"):
			t.move(k, v, "punct")
		}
	}
}

// mendName gives a verb without a subject the name before it that was taken for an adverb.
func (t *tree) mendName(i int, names map[int]Mention) {
	v := t.head(i)
	if _, ok := names[i]; !ok || v < i || !t.is(i, "advmod", "discourse", "vocative", "mark") || t.tag(v) != "VERB" || t.ownSubject(v) >= 0 {
		return
	}
	t.tokens[i].Relation, t.tokens[i].Tag = "nsubj", "PROPN"
}

// mendTime parts a name from the time before it: "On Tuesday Washington asked …".
func (t *tree) mendTime(i int, names map[int]Mention) {
	h := t.head(i)
	if _, ok := names[i]; !ok || h < 0 || h > i || !t.is(i, "flat", "compound", "appos", "nmod") || !t.timed(h) || t.timed(i) || t.kid(i, "case") >= 0 {
		return
	}
	v := t.head(h)
	if v < i || t.tag(v) != "VERB" || t.ownSubject(v) >= 0 && t.ownSubject(v) != h {
		return
	}
	t.move(i, v, "nsubj")
	t.tokens[h].Relation = "obl"
	for _, k := range t.all(v, "mark") {
		if k < h && (t.word(k) == "on" || t.word(k) == "in" || t.word(k) == "at") {
			t.move(k, h, "case")
		}
	}
}

// root gives the head of the sentence that a token stands in.
func (t *tree) root(i int) int {
	for n := 0; t.head(i) >= 0 && n < deepest; n++ {
		i = t.head(i)
	}
	return i
}
