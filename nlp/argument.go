package nlp

import (
	"slices"
	"sort"
	"strings"
)

// An analysis is a document on its way to events: its parse, and which entity
// stands where.
type analysis struct {
	*tree
	headed   map[int][]int // token → mentions that have it as head, longest first
	covering []int         // token → the longest mention around it, or -1
	organs   map[int][]int // organization → the state that it is part of, or the states of several
	holders  map[int][]int // person → tenures
	states   map[string]int
	quoted   []int // token → quotation around it, or -1
	notes    []Note
	world    *Lexicon // or nil
	named    int      // how many entities the document had: those from there on are unnamed parties
	unnamed  []unnamedParty
	called   map[string]int // phrase → the last unnamed party called so
	ofNoun   map[string]int // noun → the last unnamed party called by it
	ids      map[string]int // ids of entities; the number last tried behind one that was taken
	dated    *int           // the place that the text is dated from, or -1; nil until asked for
}

func newAnalysis(d *Doc) *analysis {
	r := &analysis{
		tree: newTree(d), headed: map[int][]int{}, covering: make([]int, len(d.Tokens)), organs: map[int][]int{},
		holders: map[int][]int{}, states: map[string]int{}, quoted: make([]int, len(d.Tokens)), named: len(d.Entities),
		called: map[string]int{}, ofNoun: map[string]int{}, ids: make(map[string]int, len(d.Entities)),
	}
	for i := range r.covering {
		r.covering[i], r.quoted[i] = -1, -1
	}
	for m := range d.Mentions {
		mention := &d.Mentions[m]
		if mention.Entity < 0 || mention.Entity >= len(d.Entities) {
			continue
		}
		r.headed[mention.Head] = append(r.headed[mention.Head], m)
		for i := mention.Head; i >= 0 && d.Tokens[i].End > mention.Start; i-- {
			r.cover(i, m)
		}
		for i := mention.Head + 1; i < len(d.Tokens) && d.Tokens[i].Start < mention.End; i++ {
			r.cover(i, m)
		}
	}
	for _, ms := range r.headed {
		slices.SortStableFunc(ms, func(a, b int) int { return r.length(b) - r.length(a) })
	}
	for e := range d.Entities {
		r.ids[d.Entities[e].ID] = 1
		if d.Entities[e].Class == "State" && d.Entities[e].Code != "" {
			r.states[d.Entities[e].Code] = e
		}
	}
	for i, t := range d.Tenures {
		r.holders[t.Person] = append(r.holders[t.Person], i)
	}
	for q, quotation := range d.Quotations {
		first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= quotation.Start })
		for i := first; i < len(d.Tokens) && d.Tokens[i].End <= quotation.End; i++ {
			r.quoted[i] = q // the innermost of nested quotations comes last
		}
	}
	for e := range d.Entities {
		r.settle(e)
	}
	return r
}

// settle says of which state a group without a name is, without acting for it: "Georgian demonstrators".
func (r *analysis) settle(e int) {
	entity := &r.doc.Entities[e]
	if entity.Class != "Group" || entity.Country != "" || len(entity.Members) > 0 {
		return
	}
	for _, m := range entity.Mentions {
		if mention := r.doc.Mentions[m]; mention.Kind == Nominal {
			if of := r.owners(mention.Head); len(of) == 1 && r.class(of[0]) == "State" {
				entity.Country = r.doc.Entities[of[0]].Code
				return
			}
		}
	}
}

func (r *analysis) length(m int) int { return r.doc.Mentions[m].End - r.doc.Mentions[m].Start }

func (r *analysis) cover(i, m int) {
	if old := r.covering[i]; old < 0 || r.length(m) > r.length(old) {
		r.covering[i] = m
	}
}

// mentionAt gives the mention that a phrase head belongs to, or -1. A mention
// that is only a part of the token ("Moscow-backed") does not count.
func (r *analysis) mentionAt(head int) int {
	tok := r.doc.Tokens[head].Span
	for _, m := range r.headed[head] {
		if !tok.Contains(r.doc.Mentions[m].Span) || tok == r.doc.Mentions[m].Span {
			return m
		}
	}
	if m := r.covering[head]; m >= 0 && r.doc.Mentions[m].Contains(tok) && (r.doc.Mentions[m].Kind != Nominal || tok.End == r.doc.Mentions[m].End) {
		return m
	}
	if m := r.classified(head); m >= 0 {
		return m
	}
	// A title as head of its name ("President, Faure Gnassingbé"), or the parser's wrong end of a name.
	for _, k := range r.kids[head] {
		if !r.is(k, "flat", "appos", "nmod:desc", "compound") {
			continue
		}
		if m := r.covering[k]; m >= 0 && r.is(k, "appos") && r.doc.Mentions[m].Start == tok.End+1 && r.doc.Mentions[m].Kind == Name {
			return m // "the movement Hezbollah"
		}
		for _, m := range r.headed[k] {
			if r.doc.Mentions[m].Class == "Person" && (!r.is(k, "compound") || personNoun(r.lemma(head))) {
				return m
			}
		}
	}
	return -1
}

// classified gives the mention of an organization that stands before the noun saying
// what it is ("the BRICS bloc", "the CARICOM trade alliance"), or -1.
func (r *analysis) classified(noun int) int {
	class := "Organization"
	switch {
	case slices.Contains(leagues, r.lemma(noun)):
	case slices.Contains(lands, r.lemma(noun)):
		class = "Place"
	default:
		return -1
	}
	for i := noun - 1; i >= 0 && r.within(i, noun) && i > noun-4; i-- {
		if m := r.covering[i]; m >= 0 && r.doc.Mentions[m].Class == class && r.doc.Mentions[m].Kind != Nominal && r.doc.Mentions[m].Kind != Demonym && !r.compounded(m) && r.is(r.doc.Mentions[m].Head, "compound", "nmod", "amod") {
			return m
		}
		if r.tag(i) != "ADJ" && r.tag(i) != "NOUN" {
			return -1
		}
	}
	return -1
}

// lands lists nouns that say of a place what it is.
var lands = []string{"island", "islet", "reef", "shoal", "atoll", "archipelago", "peninsula", "valley", "enclave", "exclave", "islands", "region", "province", "triangle", "heights", "plateau"}

// leagues lists nouns that say of an organization of states what it is.
var leagues = []string{"alliance", "bloc", "organisation", "organization", "grouping", "union", "pact", "cartel", "federation", "confederation"}

// entityAt gives the entity that a phrase head stands for, or -1.
func (r *analysis) entityAt(head int) int {
	if m := r.mentionAt(head); m >= 0 {
		return r.doc.Mentions[m].Entity
	}
	return -1
}

func (r *analysis) class(entity int) string { return r.doc.Entities[entity].Class }

// at gives the heads that stand in a grammatical place of a trigger, as [schema.Trigger] names them.
func (r *analysis) at(p int, place string) []int {
	first, rest, dotted := strings.Cut(place, ".")
	var heads []int
	verb := r.tag(p) == "VERB" || r.tag(p) == "AUX"
	switch first {
	case "subject":
		if verb {
			heads = r.logicalSubject(p)
		} else {
			heads = r.nounSubject(p)
		}
	case "object":
		heads = r.logicalObject(p)
		if !verb && r.is(p, "amod") && r.head(p) >= 0 {
			heads = []int{r.head(p)}
		}
	case "indirect":
		heads = r.indirect(p)
	case "possessor":
		if heads = r.possessor(p); heads == nil && !verb {
			heads = r.bearerOf(p)
		}
	case "nationality":
		heads = r.nationality(p)
	case "modifier":
		for _, k := range r.all(p, "amod", "compound", "nmod:desc") {
			if k < p {
				heads = append(heads, k)
			}
		}
	case "complement":
		heads = r.complements(p)
	case "as":
		heads = r.secondary(p)
	default:
		heads = slices.DeleteFunc(r.prepositional(p, first, verb), r.timed) // "on 3 May" is no "on Mali"
	}
	if !dotted {
		return heads
	}
	var out []int
	for _, h := range heads {
		switch {
		case rest == "possessor":
			out = append(out, r.nationality(h)...)
		case rest == "subject" && r.verbal(h):
			if s := r.logicalSubject(h); s != nil {
				out = append(out, s...)
			} else {
				out = append(out, r.surfaceSubject(h)...)
			}
			continue
		}
		out = append(out, r.at(h, rest)...)
	}
	return out
}

// bearerOf gives who has or does what a noun names where its verb tells:
// the subject of a light verb ("held talks") or of one that wants or spurns it
// ("hopes for peace"), or who is charged with it ("accused Hungary of blackmail").
func (r *analysis) bearerOf(n int) []int {
	if v := r.lightVerb(n); v >= 0 {
		return r.logicalSubject(v)
	}
	v := r.head(n)
	if v < 0 || r.tag(v) != "VERB" || r.definite(n) {
		return nil
	}
	switch in := r.introducer(n); {
	case in == "of" && r.is(n, "obl") && slices.Contains(charging, r.lemma(v)):
		return r.logicalObject(v)
	case in == "" && r.is(n, "obj", "nsubj:pass") || in == "for" && r.is(n, "obl"):
		if slices.Contains(wanting, r.lemma(v)) {
			return r.logicalSubject(v)
		}
	}
	return nil
}

var (
	charging = []string{"accuse", "suspect", "convict", "acquit", "clear", "absolve"}
	wanting  = []string{"want", "seek", "hope", "plan", "desire", "wish", "reject", "refuse", "decline", "pursue", "consider", "contemplate", "accept", "prepare"}
)

// secondary gives what the object is called or held to be: the as-phrase, or
// the secondary predicate ("called it a breach").
func (r *analysis) secondary(v int) []int {
	var out []int
	for _, k := range r.kids[v] {
		switch {
		case r.is(k, "obl", "advcl", "nmod") && r.introducer(k) == "as":
			out = append(out, r.conjuncts(k)...)
		case r.is(k, "xcomp") && r.secondaryPredicate(v, k):
			out = append(out, r.conjuncts(k)...)
		}
	}
	return out
}

// prepositional gives the phrases with the preposition, also where English
// leaves open whether they belong to the verb or to its object ("signed a pact with Chad").
func (r *analysis) prepositional(p int, prep string, verb bool) []int {
	heads := r.oblique(p, prep)
	if prep == "of" && heads == nil && verb {
		heads = r.oblique(p, "out of")
	}
	if prep == "between" && heads == nil && !verb {
		for _, k := range r.all(p, "nmod") { // "the treaty on extradition between Chad and Mali"
			if k > p && heads == nil {
				heads = r.oblique(k, prep)
			}
		}
	}
	if prep == "between" && len(heads) == 1 {
		heads = append(heads, r.other(heads[0])...)
	}
	if heads != nil || slices.Contains([]string{"of", "in", "at", "as"}, prep) || verb && prep == "by" {
		return heads
	}
	if !verb {
		for _, o := range r.oblique(p, "of") {
			if near := r.oblique(o, prep); near != nil {
				return near // "the extradition of the banker to Mali"
			}
		}
	}
	if !verb && prep == "by" && heads == nil && r.head(p) >= 0 && !r.passive(r.head(p)) {
		for _, h := range r.oblique(r.head(p), "by") {
			if h > p {
				heads = append(heads, h)
			}
		}
		return heads
	}
	if verb {
		for _, o := range append(r.logicalObject(p), r.all(p, "obl")...) {
			if o > p {
				heads = append(heads, r.oblique(o, prep)...)
			}
		}
		for _, o := range r.logicalObject(p) {
			for _, k := range r.all(o, "nmod") {
				if heads == nil && k > p && !r.partOfName(k) {
					heads = append(heads, r.oblique(k, prep)...) // "an embargo on arms for Chad"
				}
			}
		}
		return heads
	}
	v := r.lightVerb(p)
	near := false // of another verb only the phrase right behind the noun: "cancelled a visit to Romania"
	if v < 0 && r.is(p, "obj", "nsubj:pass") {
		v, near = r.head(p), true
	}
	if v >= 0 {
		for _, h := range r.oblique(v, prep) {
			if h > p && (!near || p+1 < len(r.tokens) && r.within(p+1, h)) {
				heads = append(heads, h)
			}
		}
	}
	return heads
}

// other gives the second party of "between A … and B" where the parser lost it
// among the modifiers of A: the next phrase behind an "and" that can act.
func (r *analysis) other(first int) []int {
	in := r.doc.Sentences[r.doc.Tokens[first].Sentence]
	for i := first + 1; i < in.Last && i < first+14; i++ {
		if r.tag(i) == "VERB" && r.finiteVerb(i) {
			return nil
		}
		if r.word(i) != "and" {
			continue
		}
		for k := i + 1; k < in.Last && k < i+6; k++ {
			for _, m := range r.headed[k] {
				switch r.doc.Mentions[m].Class {
				case "State", "Organization", "Group":
					if !r.compounded(m) && r.doc.Mentions[m].Kind != Demonym && r.entityAt(first) != r.doc.Mentions[m].Entity {
						return []int{k}
					}
				}
			}
		}
		return nil
	}
	return nil
}

// lightVerbs lend a noun their subject and say nothing more than that it takes
// place ("held talks", "paid a visit", "launched an attack").
var lightVerbs = []string{
	"hold", "have", "make", "conduct", "pay", "give", "take", "issue", "launch", "stage", "carry", "begin", "start", "open",
	"resume", "continue", "undertake", "engage", "lodge", "file", "send", "submit", "voice", "express", "offer", "extend",
	"convey", "deliver", "wage", "mount", "organize", "organise", "perform", "complete", "conclude", "finish", "place", "put",
	"exchange", "reach", "do", "declare", "impose", "commit", "enter", "establish", "keep", "lead",
}

// lightVerb gives the light verb whose object the noun is, or -1.
func (r *analysis) lightVerb(n int) int {
	n = r.firstConjunct(n)
	if r.is(n, "obj", "nsubj:pass") || r.is(n, "obl") && r.introducedBy(n, "in", "into", "on", "out") {
		if v := r.head(n); v >= 0 && slices.Contains(lightVerbs, r.lemma(v)) {
			return v
		}
	}
	return -1
}

// nounSubject gives who is, or does, what a noun or adjective says: the
// subject of its copula, what it stands in apposition to, or the subject of its light verb.
func (r *analysis) nounSubject(n int) []int {
	switch {
	case r.kid(n, "cop") >= 0 || r.ownSubject(n) >= 0:
		return r.surfaceSubject(n)
	case r.is(n, "appos") && r.head(n) >= 0:
		return []int{r.head(n)}
	case r.is(n, "xcomp"), r.is(n, "conj") && r.kid(r.firstConjunct(n), "cop") >= 0:
		return r.surfaceSubject(n)
	case r.is(n, "amod") && r.head(n) >= 0:
		return []int{r.head(n)}
	}
	if v := r.lightVerb(n); v >= 0 {
		return r.logicalSubject(v)
	}
	if v := r.head(n); v >= 0 && r.is(n, "obj") && r.tag(v) == "VERB" && r.lemma(v) == "remain" {
		return r.logicalSubject(v)
	}
	return nil
}

// nationality gives the states, demonyms and organizations that stand as
// modifiers before a noun ("Russian and Turkish troops", "the EU sanctions").
func (r *analysis) nationality(n int) []int {
	var out []int
	for _, k := range r.kids[n] {
		if k > n || !r.is(k, "amod", "compound", "nmod") || r.is(k, "nmod:poss") {
			continue
		}
		found := false
		for _, c := range r.conjuncts(k) {
			if c < n && r.mentionNear(c) >= 0 {
				out, found = append(out, c), true
			}
		}
		if !found && r.tag(k) == "NOUN" && r.covering[k] < 0 { // "Israeli tank shelling"
			for _, deep := range r.all(k, "amod") {
				if m := r.mentionNear(deep); m >= 0 && r.doc.Mentions[m].Kind == Demonym {
					out = append(out, deep)
				}
			}
		}
	}
	if first := r.head(n); out == nil && r.is(n, "conj") && first >= 0 && r.kid(n, "det", "amod", "compound", "nmod", "nummod") < 0 && r.tag(n) == r.tag(first) {
		for _, k := range r.all(first, "amod") { // "Israeli troops and police"
			if m := r.mentionNear(k); k < first && m >= 0 && r.doc.Mentions[m].Kind == Demonym {
				out = append(out, k)
			}
		}
	}
	return out
}

// mentionNear gives the mention with its head at the token, parts of the token included, of something that can act; or -1.
func (r *analysis) mentionNear(i int) int {
	for _, m := range r.headed[i] {
		if r.compounded(m) && len(r.headed[i]) == 1 {
			continue // "Moscow-backed" says nothing of nationality
		}
		switch r.doc.Mentions[m].Class {
		case "State", "Organization", "Place", "Group":
			return m
		}
	}
	return -1
}

// compounded reports whether a mention is only a part of its token.
func (r *analysis) compounded(m int) bool {
	tok, s := r.doc.Tokens[r.doc.Mentions[m].Head].Span, r.doc.Mentions[m].Span
	return tok.Contains(s) && tok != s
}
