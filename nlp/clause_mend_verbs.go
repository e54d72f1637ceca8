package nlp

import (
	"slices"
	"strings"
)

// Sentences whose verb the parser did not find or did not give what belongs to it.

// mendNounVerb sees a verb in the noun at the top of a sentence that has a
// subject but no copula: "the minister plans to visit Peru", "Uganda shelters refugees".
func (t *tree) mendNounVerb(i int) {
	n := t.ownSubject(i)
	if t.tag(i) != "NOUN" || n < 0 || n > i || !t.is(i, "root", "ccomp", "parataxis") && !(t.is(i, "conj") && t.kid(i, "cc") >= 0 && t.kid(i, "cc") < n) || t.kid(i, "cop", "aux", "det", "case", "nmod:poss") >= 0 ||
		!strings.HasSuffix(t.word(i), "s") || t.word(i) == t.lemma(i) || slices.ContainsFunc(t.kids[i], func(k int) bool { return k > n && k < i && !t.is(k, "advmod") }) {
		return
	}
	t.tokens[i].Tag, t.tokens[i].Features = "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
	for _, k := range t.all(i, "acl", "nmod") {
		switch {
		case k < i:
		case t.is(k, "nmod"):
			t.tokens[k].Relation = "obl"
		case t.form(k) != finite:
			t.tokens[k].Relation = "xcomp"
		}
	}
}

// mendVerbless makes the main verb of a sentence without one of the past form
// or the "have" that stands behind its first words: "The army seized power".
func (t *tree) mendVerbless(s Sentence) {
	if s.Heading || s.Last-s.First < 4 || t.word(s.Last-1) != "." {
		return
	}
	v := -1
	for i := s.First; i < s.Last; i++ {
		named := t.partOfName(i)
		switch {
		case named:
		case t.tag(i) == "AUX" && t.lemma(i) != "have", t.tag(i) == "VERB" && t.finiteVerb(i), t.tag(i) == "PUNCT" && i < s.Last-1 && v < 0:
			return
		case t.tag(i) == "AUX" && v < 0:
			v = i
		case t.tag(i) == "NOUN" && v < 0 && i > s.First && t.partOfName(i-1) && irregularVerbs[t.word(i)] != "" && irregularVerbs[t.word(i)] != t.word(i):
			v = i // "Iran shot down a drone"
			t.tokens[i].Lemma = irregularVerbs[t.word(i)]
			if t.tag(i+1) == "ADP" && t.tag(i+2) == "DET" && slices.Contains([]string{"down", "up", "out", "off", "back"}, t.word(i+1)) {
				t.move(i+1, i, "compound:prt")
			}
			for _, k := range t.all(i, "nmod") {
				if t.introducer(k) == "" {
					t.tokens[k].Relation = "obj"
				}
			}
		case t.tag(i) == "VERB" && v < 0:
			if t.form(i) != participle || t.word(i) == t.lemma(i) || t.word(i+1) == "by" || t.kid(i, "obl:agent") >= 0 {
				return
			}
			v = i
		case t.tag(i) == "VERB" && t.tag(v) == "AUX":
			return
		}
	}
	if v < 0 {
		return
	}
	subject, object := t.nounRun(s.First, v), t.nounRun(v+1, s.Last)
	if subject < 0 || object < 0 && t.tag(v) == "AUX" {
		return
	}
	t.tokens[v].Tag, t.tokens[v].Features = "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"
	t.predicateAt(v, s.First, s.Last, subject, object)
}

// predicateAt makes a word the verb of the clause [first, last) with the subject and object given, or -1.
func (t *tree) predicateAt(v, first, last, subject, object int) {
	root := v
	for n := 0; n < deepest && t.head(root) >= first && t.head(root) < last; n++ {
		root = t.head(root)
	}
	if root != v {
		if !t.moveUp(v, t.head(root), t.tokens[root].Relation) {
			return
		}
		relation := "dep"
		if root > v && t.tag(root) == "VERB" && !t.finiteVerb(root) {
			relation = "xcomp" // "denies having paid"
		}
		t.move(root, v, relation)
	}
	for i := first; i < last; i++ { // what hung across the verb now hangs on it
		h := t.head(i)
		if i == v || i == root || h < first || h == v || i < v == (h < v) {
			continue
		}
		switch {
		case t.kid(i, "case") >= 0:
			t.move(i, v, "obl")
		case t.tag(i) == "PUNCT":
			t.move(i, v, "punct")
		case i < v && t.partOfName(i) && i != subject:
			t.move(i, subject, "flat")
		default:
			t.move(i, v, "dep")
		}
	}
	t.move(subject, v, "nsubj")
	if object >= 0 && !t.is(object, "xcomp") {
		t.move(object, v, "obj")
	}
	for _, k := range slices.Clone(t.kids[v]) {
		if k > v && t.kid(k, "case") >= 0 {
			t.tokens[k].Relation = "obl"
		}
	}
}

// nounRun gives the head of the noun phrase that begins at a token, or -1.
func (t *tree) nounRun(first, end int) int {
	head := -1
	for i := first; i < end && slices.Contains([]string{"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"}, t.tag(i)) && !t.timed(i); i++ {
		for _, m := range t.mentionsBeside(i) {
			if m.Kind != Nominal && m.Kind != Demonym && m.Contains(t.tokens[i].Span) && m.Head >= first && m.Head < end {
				return m.Head
			}
		}
		if t.tag(i) == "NOUN" || t.tag(i) == "PROPN" || t.tag(i) == "PRON" {
			head = i
		}
	}
	return head
}

// partOfName reports whether a token is part of a name.
func (t *tree) partOfName(i int) bool {
	return slices.ContainsFunc(t.mentionsBeside(i), func(m Mention) bool {
		return (m.Kind == Name || m.Kind == Acronym || m.Kind == Metonym) && m.Contains(t.tokens[i].Span)
	})
}

// mendPredicate puts an adjective above the noun that was given its copula:
// "the parliament is due to vote".
func (t *tree) mendPredicate(a int) {
	c := t.head(a)
	if c < 0 || c > a || t.tag(a) != "ADJ" || !t.is(c, "cop") {
		return
	}
	n := t.head(c)
	if n < 0 || n > c || t.kid(n, "nsubj") >= 0 {
		return
	}
	t.tokens[a].Head = n // past the copula, which is to hang on it
	t.kids[c] = slices.DeleteFunc(t.kids[c], func(k int) bool { return k == a })
	t.kids[n] = append(t.kids[n], a)
	if !t.moveUp(a, t.head(n), t.tokens[n].Relation) {
		return
	}
	t.move(n, a, "nsubj")
	t.move(c, a, "cop")
	for _, k := range slices.Clone(append(slices.Clone(t.kids[n]), t.kids[c]...)) {
		if k > c && k != a {
			t.move(k, a, t.tokens[k].Relation)
		}
	}
}

// mendDate hangs a time on the verb where its preposition was taken for a
// governor, or a name or predicate before it: "met Donald Tusk on 9 May", "became a member in 2013".
func (t *tree) mendDate(i int) {
	h := t.head(i)
	if h < 0 || h > i || !t.timed(i) || t.timed(h) {
		return
	}
	switch {
	case t.tag(h) == "ADP" && !t.is(h, "case", "mark", "fixed", "compound:prt") && t.head(h) >= 0:
		if v := t.verbAbove(t.head(h)); v >= 0 && v < i && t.move(i, v, "obl") {
			t.move(h, i, "case")
		}
	case t.is(i, "nmod") && t.kid(i, "case") >= 0 && (t.partOfName(h) || t.nominalPredicate(h)):
		for _, m := range t.mentionsBeside(h) {
			if m.Head == h && (m.Class == "Agreement" || m.Class == "Occasion") {
				return
			}
		}
		if v := t.verbAbove(h); v >= 0 && v < i {
			t.move(i, v, "obl")
		}
	}
}

// verbAbove gives the verb of the clause that a token stands in, or -1.
func (t *tree) verbAbove(i int) int {
	for n := 0; i >= 0 && n < deepest; n++ {
		if t.tag(i) == "VERB" {
			return i
		}
		i = t.head(i)
	}
	return -1
}

// mendTwoObjects tells the receiver from the gift where the parser has two
// objects: "denied the rapper a visa", "grant him asylum".
func (t *tree) mendTwoObjects(v int) {
	if t.tag(v) != "VERB" || t.kid(v, "iobj") >= 0 || !slices.Contains(ditransitives, t.lemma(v)) {
		return
	}
	if o := t.kid(v, "obj"); o > v && t.partOfName(o) {
		for _, k := range t.all(v, "obl") { // "lent Sri Lanka a billion dollars"
			if k > o && t.tag(k) == "NOUN" && t.kid(k, "case") < 0 && !t.timed(k) && t.kid(v, "iobj") < 0 {
				t.tokens[o].Relation, t.tokens[k].Relation = "iobj", "obj"
				return
			}
		}
	}
	objects := t.all(v, "obj")
	if len(objects) == 1 && t.tag(objects[0]) == "PRON" {
		for _, k := range t.all(v, "xcomp") {
			if k > objects[0] && t.tag(k) == "NOUN" && t.kid(k, "mark", "case", "cop") < 0 {
				t.tokens[k].Relation = "obj"
				objects = append(objects, k)
			}
		}
	}
	if len(objects) == 2 && objects[0] > v {
		t.tokens[objects[0]].Relation = "iobj"
	}
}

// separable lists verbs with particles that may stand before the object and
// then look like prepositions: "handed over its weapons".
var separable = []string{
	"hand over", "take over", "turn over", "give up", "call off", "put off", "lay down", "break off", "cut off", "bring back", "pull out",
	"carry out", "set up", "step up", "draw up", "shut down", "turn down", "rule out", "kick out", "throw out", "send back", "win over",
	"hold back", "bring down", "shoot down", "gun down", "scale back", "scale down", "hand in", "ward off", "fend off", "pay off",
	"write off", "wipe out", "hammer out", "round up", "lock up", "blow up", "build up", "hold up", "bail out", "back up", "seal off",
}

// mendParticle gives a verb its particle that was taken for a preposition.
func (t *tree) mendParticle(p int) {
	n := t.head(p)
	if p < 1 || n < p || t.tag(p) != "ADP" || !t.is(p, "case") || t.tag(p-1) != "VERB" || t.head(n) != p-1 || t.kid(p-1, "obj") >= 0 && t.kid(p-1, "obj") != n {
		return
	}
	if !slices.Contains(separable, t.lemma(p-1)+" "+t.word(p)) || !t.is(n, "obl", "obj", "nmod") {
		return
	}
	t.move(p, p-1, "compound:prt")
	t.tokens[n].Relation = "obj"
}

// mendSubjects coordinates two subjects of one verb with an "and" between them:
// "Chad and the rebels declared …".
func (t *tree) mendSubjects(v int) {
	subjects := t.all(v, "nsubj")
	if len(subjects) != 2 || t.tag(v) != "VERB" || subjects[1] > v {
		return
	}
	cc := t.kid(subjects[1], "cc")
	if k := t.kid(v, "cc"); cc < 0 && k > subjects[0] && k < subjects[1] { // "Chad’s government and the rebels signed": the "and" on the verb
		cc = k
		t.move(k, subjects[1], "cc")
	}
	if cc > subjects[0] && cc < subjects[1] {
		t.move(subjects[1], subjects[0], "conj")
	}
}

// countWords are numbers that parsers take for other words.
var countWords = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")

// mendCount makes a number of what was taken for a preposition: "deported forty migrants".
func (t *tree) mendCount(i int) {
	n := t.head(i)
	if n < i || !t.is(i, "case") || !slices.Contains(countWords, t.word(i)) {
		return
	}
	t.tokens[i].Tag, t.tokens[i].Relation = "NUM", "nummod"
	if v := t.head(n); v >= 0 && v < i && t.is(n, "obl") && t.tag(v) == "VERB" && t.kid(v, "obj") < 0 && t.kid(n, "case") < 0 {
		t.tokens[n].Relation = "obj"
	}
}

// mendToVerb makes an infinitive of a bare noun between "to" and an article:
// "attempts to broker a ceasefire".
func (t *tree) mendToVerb(n int) {
	if n < 2 || n+2 >= len(t.tokens) || t.tag(n) != "NOUN" || t.word(n-1) != "to" || t.head(n-1) != n || t.word(n) != t.lemma(n) {
		return
	}
	if t.tag(n+1) != "DET" || !slices.Contains([]string{"a", "an", "the", "any"}, t.word(n+1)) || t.head(n+1) <= n {
		return
	}
	up, object := t.head(n), t.head(n+1)
	if up < 0 || !slices.Contains([]string{"NOUN", "VERB", "ADJ"}, t.tag(up)) {
		return
	}
	if verbalTag(t.tag(up)) && (t.kid(up, "obj") < 0 || t.kid(up, "obj") > n) && verbEffects[t.lemma(up)] == neutral {
		return // "added to the list"
	}
	relation := "xcomp"
	if t.tag(up) == "NOUN" {
		relation = "acl"
	}
	if !t.move(object, n, "obj") {
		return
	}
	t.tokens[n].Tag, t.tokens[n].Relation, t.tokens[n].Features = "VERB", relation, "VerbForm=Inf"
	t.tokens[n-1].Tag, t.tokens[n-1].Relation = "PART", "mark"
}
