package nlp

import "slices"

// Memberships and candidacies whose body, or whose members, stand elsewhere in the text.

// among enters those whom a text counts among the members: "five members of
// the Union, Spain among them", "members of the pact including Chad and Mali".
func (b *relationBook) among(i int) {
	if b.word(i) != "members" || b.tag(i) != "NOUN" || b.covering[i] >= 0 && b.doc.Mentions[b.covering[i]].Kind == Name || b.emptyPhrase(i) {
		return
	}
	for k := i - 1; k >= max(0, i-3); k-- {
		if slices.Contains(noMembers, b.lemma(k)) {
			return
		}
	}
	bodies := b.bodiesOfMember(i)
	if len(bodies) == 0 {
		for _, h := range b.possessor(i) {
			if e := b.entityAt(h); e >= 0 && b.class(e) == "Organization" {
				bodies = append(bodies, e)
			}
		}
	}
	if len(bodies) == 0 {
		return
	}
	s := b.doc.Sentences[b.doc.Tokens[i].Sentence]
	var found []int
	for k := i + 1; k < s.Last; k++ {
		switch {
		case b.word(k) == "among" && k+1 < s.Last && b.word(k+1) == "them":
			for at := k - 1; at > i && (b.listWord(at) || b.stateNamed(at) >= 0); at-- {
				if m := b.stateNamed(at); m >= 0 && !slices.Contains(found, m) {
					found = append(found, m)
				}
			}
		case b.word(k) == "including" && b.within(k, i), b.word(k) == ":" && k > i && b.listClosing(k+1, s):
			for at := k + 1; at < s.Last && (b.listWord(at) || b.stateNamed(at) >= 0); at++ {
				if m := b.stateNamed(at); m >= 0 && !slices.Contains(found, m) {
					found = append(found, m)
				}
			}
		}
	}
	for _, m := range found {
		for _, body := range bodies {
			b.asserted("member-of", b.doc.Mentions[m].Entity, body, m)
		}
	}
}

// listWord reports whether a token only joins the names of a list.
func (t *tree) listWord(i int) bool {
	return slices.Contains([]string{",", "and", "the", "or"}, t.word(i))
}

// listClosing reports whether nothing but names of states stands from a token to the end of the
// sentence, and the words before the colon do not count what the list names as their object.
func (t *tree) listClosing(from int, s Sentence) bool {
	named := 0
	for i := from; i < s.Last; i++ {
		switch {
		case t.stateNamed(i) >= 0:
			named++
		case t.listWord(i), i == s.Last-1 && t.tag(i) == "PUNCT":
		default:
			return false
		}
	}
	before := from - 2
	return named > 0 && before >= s.First && (t.tag(before) == "PRON" || t.partOfName(before) || t.tag(before) == "VERB" ||
		t.tag(before) == "NOUN" && t.word(before) == t.lemma(before) && t.hasLemma(before, []string{"det"}, "the", "this", "that"))
}

// stateNamed gives the mention by which a state is named at a token, or -1.
func (t *tree) stateNamed(i int) int {
	for n, m := range t.doc.Mentions {
		if m.Class == "State" && (m.Kind == Name || m.Kind == Acronym || m.Kind == Metonym) && m.Contains(t.tokens[i].Span) {
			return n
		}
	}
	return -1
}

// mendListed gives a verb those as subject whom a colon at the end names:
// "Two members do not recognise it: Spain and Greece".
func (t *tree) mendListed(s Sentence) {
	colon := -1
	for i := s.First + 3; i < s.Last-1; i++ {
		if t.word(i) == ":" {
			colon = i
		}
	}
	if colon < 0 || !t.listClosing(colon+1, s) {
		return
	}
	v := t.root(s.First)
	if v < s.First || v >= colon || t.tag(v) != "VERB" {
		return
	}
	subject := t.ownSubject(v)
	if subject < 0 || subject > v || t.partOfName(subject) ||
		t.tag(subject) != "NUM" && !slices.Contains([]string{"member", "state", "country", "nation", "government", "party", "signatory", "ally", "neighbour", "neighbor", "capital", "group", "number", "handful"}, singularNoun(t.lemma(subject))) {
		return
	}
	first := -1
	for i := colon + 1; i < s.Last; i++ {
		m := t.stateNamed(i)
		if m < 0 {
			continue
		}
		h := t.doc.Mentions[m].Head
		switch {
		case first < 0:
			if !t.move(h, v, t.tokens[subject].Relation) {
				return
			}
			first = h
		case h != first && h == i:
			t.move(h, first, "conj")
		}
	}
	if first >= 0 {
		t.move(subject, first, "appos")
	}
}

// bare enters a membership whose body the text has just named: "Nigeria, which chairs the bloc, remains a member".
func (b *relationBook) bare(i int) {
	if b.word(i) != "member" || b.tag(i) != "NOUN" || b.kid(i, "nmod", "compound", "amod", "nmod:poss") >= 0 {
		return
	}
	predicate := b.kid(i, "cop") >= 0 || b.is(i, "xcomp", "obj") && b.head(i) >= 0 && slices.Contains([]string{"remain", "stay"}, b.lemma(b.head(i)))
	body := b.bodyBefore(i)
	if !predicate || body < 0 {
		return
	}
	known := b.finder.known["member-of"]
	for _, p := range b.parties(b.at(i, "subject")) {
		if known == nil || b.class(p.entity) != "State" {
			continue
		}
		st := b.standing(matter{word: i, acting: p.acting}).statement()
		st.Evidence = []Span{b.doc.Sentences[b.doc.Tokens[i].Sentence].Span}
		st.Confidence = 0.6
		b.add(Relation{Type: "member-of", From: p.entity, To: body, About: -1, Trigger: b.doc.Tokens[i].Span, Statement: st})
	}
}

// candidate enters who a text calls a candidate in passing, where it has just
// said of what: "Georgia, a candidate since 2023, left the talks with the Union".
func (b *relationBook) candidate(i int) {
	if w := b.word(i); w != "candidate" && w != "candidates" || b.tag(i) != "NOUN" || !b.is(i, "appos") || b.head(i) < 0 ||
		b.kid(i, "compound", "amod", "nmod:poss") >= 0 {
		return
	}
	body := b.bodyBefore(i)
	if body < 0 {
		body = b.bodyIn(b.doc.Tokens[i].Sentence, len(b.tokens))
	}
	if body < 0 {
		return
	}
	for _, h := range b.conjuncts(b.head(i)) {
		if m := b.stateNamed(h); m >= 0 {
			b.asserted("applied-to-join", b.doc.Mentions[m].Entity, body, m)
		}
	}
}

// bodyBefore gives the only organization of states that the sentence names
// before a token, or else the sentence before it; or -1.
func (b *relationBook) bodyBefore(i int) int {
	here := b.doc.Tokens[i].Sentence
	if e := b.bodyIn(here, i); e != -1 || here == 0 {
		return max(e, -1)
	}
	return max(b.bodyIn(here-1, len(b.tokens)), -1)
}

// bodyIn gives the only organization mentioned in a sentence before a token; -1 for none, -2 for several.
func (b *relationBook) bodyIn(sentence, before int) int {
	out := -1
	for _, m := range b.doc.Mentions {
		if m.Sentence != sentence || m.Class != "Organization" || m.Head >= before || m.Entity < 0 || len(b.organs[m.Entity]) > 0 || b.doc.Entities[m.Entity].Country != "" {
			continue
		}
		if out >= 0 && out != m.Entity {
			return -2
		}
		out = m.Entity
	}
	return out
}
