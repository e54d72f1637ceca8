package nlp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// A lexeme is one trigger word or group of words of the schema.
type lexeme struct {
	words    []string
	anchor   int // the word of the group that carries the grammar
	kind     lexemeKind
	trigger  *schema.Trigger
	event    *schema.EventType // or nil
	relation *schema.Relation  // or nil
	order    int               // in the schema
}

type lexemeKind uint8

const (
	verbLexeme lexemeKind = iota
	nounLexeme
	adjectiveLexeme
)

// id names the type that the lexeme is a trigger of.
func (l *lexeme) id() string {
	if l.event != nil {
		return l.event.ID
	}
	return l.relation.ID
}

// conditioned says how narrow the trigger is: a place that must hold one of some
// words counts twice one that must only be filled.
func (l *lexeme) conditioned() int {
	n := 0
	for _, words := range l.trigger.With {
		n += 2
		if slices.Contains(words, "*") {
			n--
		}
	}
	return n
}

// A lexicon finds the triggers of a schema by the lemma of their anchor.
type lexicon map[string][]*lexeme

func newLexicon(m *schema.Model) lexicon {
	x := lexicon{}
	order := 0
	add := func(t *schema.Trigger, e *schema.EventType, r *schema.Relation) {
		for kind, lemmas := range [][]string{verbLexeme: t.Verb, nounLexeme: t.Noun, adjectiveLexeme: t.Adjective} {
			for _, lemma := range lemmas {
				order++
				l := &lexeme{words: strings.Fields(strings.ToLower(lemma)), kind: lexemeKind(kind), trigger: t, event: e, relation: r, order: order}
				if len(l.words) == 0 {
					continue
				}
				if l.kind != verbLexeme {
					l.anchor = nounAnchor(l.words)
				}
				x[l.words[l.anchor]] = append(x[l.words[l.anchor]], l)
			}
		}
	}
	for _, e := range m.Events {
		for i := range e.Triggers {
			add(&e.Triggers[i], e, nil)
		}
	}
	for _, r := range m.Relations {
		for i := range r.Triggers {
			add(&r.Triggers[i], nil, r)
		}
	}
	for _, ls := range x {
		slices.SortStableFunc(ls, narrowerFirst)
	}
	return x
}

func narrowerFirst(a, b *lexeme) int {
	return cmp.Or(b.conditioned()-a.conditioned(), len(b.words)-len(a.words), a.order-b.order)
}

// of gives the lexemes whose anchor a word may be: by its lemma or, for
// participles that have become adjectives ("allied"), its form.
func (x lexicon) of(r *analysis, i int) []*lexeme {
	found := x[r.lemma(i)]
	if form := x[r.word(i)]; r.word(i) != r.lemma(i) && len(form) > 0 {
		found = slices.Concat(found, form)
		slices.SortStableFunc(found, narrowerFirst)
	}
	if len(found) == 0 && r.tag(i) == "VERB" {
		found = x[irregularVerbs[r.word(i)]]
	}
	if len(found) == 0 {
		found = x[singular(r.lemma(i))]
	}
	return found
}

// nounAnchor gives the head of a noun group: the last word, or the one before its first preposition.
func nounAnchor(words []string) int {
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "of", "for", "to", "in", "on", "with":
			return i - 1
		}
	}
	return len(words) - 1
}

// A match is a lexeme found in the text.
type match struct {
	*lexeme
	word  int   // the anchor
	words []int // all its words, by place
	taken []int // heads that its conditions name: they are part of the same trigger
	noun  int   // of a light verb the noun that says what is done, or -1
}

// span gives the trigger as it stands in the text: the words of the group where they stand together, else the anchor.
func (r *analysis) span(m match) Span {
	first, last := m.word, m.word
	if n := m.noun; n >= 0 { // "held a phone call"
		first, last = n, n
		for first > m.word+1 && r.head(first-1) == n && r.is(first-1, "compound") {
			first--
		}
		return Span{r.doc.Tokens[first].Start, r.doc.Tokens[last].End}
	}
	for i := len(m.words) - 1; i >= 0; i-- {
		if w := m.words[i]; w == first-1 {
			first = w
		}
	}
	for _, w := range m.words {
		if w == last+1 {
			last = w
		}
	}
	return Span{r.doc.Tokens[first].Start, r.doc.Tokens[last].End}
}

// fits reports whether the word can be what the lexeme asks for.
func (l *lexeme) fits(r *analysis, i int) bool {
	tag := r.tag(i)
	switch l.kind {
	case verbLexeme:
		return tag == "VERB" || tag == "AUX" && l.words[0] == "be" || tag == "ADJ" && r.participial(i)
	case nounLexeme:
		return tag == "NOUN" || tag == "PROPN"
	}
	return tag == "ADJ" || tag == "VERB" && r.form(i) == participle || tag == "ADV" && r.kid(i, "cop") >= 0
}

// participial reports whether an adjective is a participle ("aligned with").
func (r *analysis) participial(i int) bool {
	return strings.Contains(r.tokens[i].Features, "VerbForm=Part") || strings.HasSuffix(r.word(i), "ed")
}

// locate finds the words of the lexeme around its anchor.
func (l *lexeme) locate(r *analysis, anchor int) ([]int, bool) {
	if len(l.words) == 1 {
		return []int{anchor}, true
	}
	words := []int{anchor}
	at := anchor
	for i := l.anchor - 1; i >= 0; i-- {
		at--
		if at < 0 || r.lemma(at) != l.words[i] && r.word(at) != l.words[i] {
			return nil, false
		}
		words = append([]int{at}, words...)
	}
	at = anchor
	for _, want := range l.words[l.anchor+1:] {
		next := -1
		reach := 1
		if l.kind == verbLexeme {
			reach = 9 // "put the plan on hold"
		}
		for k := at + 1; k <= at+reach && k < len(r.doc.Tokens) && r.doc.Tokens[k].Sentence == r.doc.Tokens[anchor].Sentence; k++ {
			if (r.lemma(k) == want || r.word(k) == want) && (k == at+1 || r.hangsOn(k, anchor)) {
				next = k
				break
			}
		}
		if next < 0 {
			return nil, false
		}
		words, at = append(words, next), next
	}
	return words, true
}

// hangsOn reports whether the word belongs to the phrase or a direct complement of the verb.
func (r *analysis) hangsOn(k, verb int) bool {
	for n := 0; n < 3 && k >= 0; n++ {
		if k == verb {
			return true
		}
		if r.clausal(k) && k != verb {
			return false
		}
		k = r.head(k)
	}
	return k == verb
}

// A refusal says why a trigger yields nothing.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

// match tests the lexemes of a word: of those of the wanted kind that hold, the
// one with the most conditions is right, then the one with more words, then the
// one that leaves fewer of its places empty. Where none holds, it says why the first one failed.
func (x lexicon) match(r *analysis, i int, wanted func(*lexeme) bool) (*match, error) {
	var best *match
	var first error
	bestEmpty := 0
	for _, l := range x.of(r, i) {
		if !wanted(l) || !l.fits(r, i) {
			continue
		}
		if best != nil && (l.conditioned() < best.conditioned() || len(l.words) < len(best.words)) {
			break
		}
		words, ok := l.locate(r, i)
		if !ok {
			continue
		}
		m := &match{lexeme: l, word: i, words: words, noun: -1}
		if err := m.conditions(r); err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if empty := m.empty(r); best == nil || empty < bestEmpty {
			best, bestEmpty = m, empty
		}
	}
	if best != nil {
		return best, nil
	}
	return nil, first
}

// empty counts which of actor and recipient the trigger asks for in vain.
func (m *match) empty(r *analysis) int {
	n := 0
	for _, places := range [][]string{m.trigger.Actor, m.trigger.Recipient} {
		if len(places) > 0 && !slices.ContainsFunc(places, func(p string) bool { return len(r.at(m.word, p)) > 0 }) {
			n++
		}
	}
	return n
}

// conditions tests what With and Without of the trigger ask.
func (m *match) conditions(r *analysis) error {
	for _, place := range sortedKeys(m.trigger.With) {
		lemmas := m.trigger.With[place]
		heads := r.at(m.word, place)
		if slices.Contains(lemmas, "*") {
			if len(heads) == 0 {
				return &refusal{fmt.Sprintf("%s: nothing stands at %s", m.id(), place)}
			}
			continue
		}
		found := false
		for _, h := range heads {
			t := r.names(h, lemmas)
			if t < 0 && m.event != nil && r.people(h, lemmas) {
				t = h
			}
			if t >= 0 {
				found = true
				if m.swallows(r, place) {
					m.taken = append(m.taken, t)
				}
				if place == "object" && m.noun < 0 && r.tag(t) == "NOUN" && m.kind == verbLexeme && slices.Contains(lightVerbs, r.lemma(m.word)) {
					m.noun = t
				}
			}
		}
		if !found {
			return &refusal{fmt.Sprintf("%s: %s is %s, not one of %s", m.id(), place, r.quote(heads), strings.Join(lemmas, ", "))}
		}
	}
	for _, place := range sortedKeys(m.trigger.Without) {
		lemmas := m.trigger.Without[place]
		for _, h := range r.at(m.word, place) {
			if slices.Contains(lemmas, "*") || r.names(h, lemmas) >= 0 {
				return &refusal{fmt.Sprintf("%s: %s is %q", m.id(), place, r.word(h))}
			}
		}
	}
	return nil
}

// swallows reports whether a word that a condition names is part of the same
// report, and tells of nothing beside it: "held talks", "refused to recognise";
// but a demand is one thing and the release that it asks for another.
func (m *match) swallows(r *analysis, place string) bool {
	if place == "complement" {
		return m.event != nil && m.event.Plover == "REJECT"
	}
	return m.kind == verbLexeme && slices.Contains(lightVerbs, r.lemma(m.word))
}

// quantities lists nouns that count what follows "of".
var quantities = []string{"number", "dozen", "hundred", "thousand", "group", "series", "round", "set", "pair", "couple", "majority", "kind", "form", "total"}

// singular takes the ending off nouns that the treebanks keep in the plural: troops, talks.
func singular(lemma string) string {
	if len(lemma) > 4 && !strings.HasSuffix(lemma, "ss") {
		return strings.TrimSuffix(lemma, "s")
	}
	return lemma
}

// names gives the word in a phrase that is one of the lemmas: its head, what it
// counts, its title, or, for a class of the schema, the head of a mention of that class; or -1.
func (r *analysis) names(h int, lemmas []string) int {
	is := func(i int) bool {
		return slices.Contains(lemmas, r.lemma(i)) || slices.Contains(lemmas, r.word(i)) || slices.Contains(lemmas, singular(r.lemma(i)))
	}
	if is(h) {
		return h
	}
	e := r.entityAt(h)
	if e < 0 {
		if meant := r.pronounAt(h); len(meant) > 0 {
			e = meant[0]
		}
	}
	if e >= 0 {
		if slices.Contains(lemmas, r.class(e)) {
			return h
		}
		for _, i := range r.holders[e] {
			for _, w := range strings.Fields(strings.ToLower(r.doc.Tenures[i].Position)) {
				if slices.Contains(lemmas, w) {
					return h
				}
			}
		}
	}
	for _, k := range r.kids[h] {
		if r.is(k, "nmod:desc", "flat", "appos") && is(k) {
			return k
		}
		if k < h && r.is(k, "compound") && is(k) && r.classAt(h) == "Person" {
			return k
		}
		if r.is(k, "amod", "conj") && r.tag(k) == "ADJ" && is(k) { // "called it an authoritarian act", "mean, nasty and cynical"
			return k
		}
	}
	if slices.Contains(quantities, r.lemma(h)) || r.tag(h) == "NUM" {
		for _, o := range r.oblique(h, "of") {
			if is(o) {
				return o
			}
		}
	}
	return -1
}

// people reports whether the lemmas ask for persons and people without a name
// stand at the head: "the mayor", "two farmers". They take part in events; lasting relations are of those that have names.
func (r *analysis) people(h int, lemmas []string) bool {
	return (r.tag(h) == "NOUN" && r.entityAt(h) < 0 && namesPerson(singularNoun(r.word(h))) || r.peopleOf(h)) &&
		(slices.Contains(lemmas, "Person") || slices.Contains(lemmas, "Group"))
}

// classAt gives the class of the entity at a head, or "".
func (r *analysis) classAt(h int) string {
	if e := r.entityAt(h); e >= 0 {
		return r.class(e)
	}
	return ""
}

// quote shows heads for a message.
func (r *analysis) quote(heads []int) string {
	if len(heads) == 0 {
		return "empty"
	}
	words := make([]string, len(heads))
	for i, h := range heads {
		words[i] = r.doc.Text[r.doc.Tokens[h].Start:r.doc.Tokens[h].End]
	}
	return fmt.Sprintf("%q", strings.Join(words, ", "))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
