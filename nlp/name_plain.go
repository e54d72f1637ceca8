package nlp

import (
	"strings"
	"unicode/utf8"
)

// plain reads the atoms [a, b), among which is no head word, as names of the
// lexicon and of persons, places and organizations that it does not know.
func (n namer) plain(a, b int) {
	for i := a; i < b; {
		t := n.atoms[i]
		if t.known() && !n.beginsPerson(i, b) {
			n.known(t)
			i++
			continue
		}
		j := i + 1
		for j < b && (!n.atoms[j].known() || n.continuesPerson(i, j, b)) {
			j++
		}
		n.unknown(i, j)
		i = j
	}
}

// beginsPerson reports whether a name of the lexicon is a given name here: Israel Katz, Chad Mitchell.
func (n namer) beginsPerson(i, b int) bool {
	t := n.atoms[i]
	if t.to-t.from != 1 || t.kind == atomDemonym || t.kind == atomOrg && n.pieces[t.from].caps {
		return false
	}
	given, ok := atomGiven(n.lex, n.pieces[t.from].key)
	if ok && i+1 < b && (n.atoms[i+1].kind == atomCapital || n.atoms[i+1].kind == atomPlace && n.atoms[i+1].to-n.atoms[i+1].from == 1) {
		_, next := atomGiven(n.lex, n.pieces[n.atoms[i+1].from].key)
		return !next || t.kind == atomPlace && len(given) > 0 && n.afterTitle(i)
	}
	// "Mr Paris", "Foreign Minister Santos"; a state behind an office is the office's
	return t.kind == atomPlace && n.afterTitle(i) && b-i == 1 && n.atoms[i-1].to == t.from &&
		(n.atoms[i-1].kind == atomHonorific || n.atoms[i-1].kind == atomOffice && n.pieces[n.atoms[i-1].from].capital)
}

// continuesPerson reports whether a name of the lexicon is part of a person's
// name that began at atom i: Michael Jordan, Jack London Smith.
func (n namer) continuesPerson(i, j, b int) bool {
	t := n.atoms[j]
	if t.to-t.from != 1 || t.kind == atomDemonym && j+1 < b || t.kind == atomOrg && n.pieces[t.from].caps {
		return false
	}
	first := n.atoms[i]
	if _, given := atomGiven(n.lex, n.pieces[first.from].key); given {
		return true
	}
	if n.pieces[t.from].glued && first.kind == atomCapital && j == i+1 && j+1 < b && n.atoms[j+1].kind == atomCapital { // Denzel Washington-Price
		return n.atoms[j+1].from == t.to && len(n.pieces[t.to].key) > 2
	}
	return n.afterTitle(i) || n.pieces[t.from-1].class.has(particle) || n.pieces[t.from].joined
}

// known adds what the lexicon says of the atom; it returns the candidate, or -1.
func (n namer) known(t atom) int {
	c := candidate{from: t.from, to: t.to, kind: Name}
	if p := n.pieces[t.from]; p.key == "the" && !p.capital && t.to-t.from > 1 { // the article is no part of a name
		c.from++
	}
	switch t.kind {
	case atomState:
		m, _ := t.sense(senseState, senseStateAcronym)
		if m.exact != "" {
			c.kind = Acronym
		}
		c.class, c.state = classState, n.pickState(t, senseState, senseStateAcronym)
		if home := n.regionBehindCity(t); home != "" {
			c.class, c.state, c.home = classPlace, nil, home
		}
	case atomDemonym:
		if n.isLanguage(t) {
			return -1
		}
		c.kind, c.class, c.state = Demonym, classState, n.pickState(t, senseDemonym)
	case atomOrg:
		m, _ := t.sense(senseOrganization, senseAcronym)
		if m.kind == senseAcronym {
			c.kind = Acronym
		}
		c.class, c.org = classOrganization, &n.lex.organizations[m.index]
	case atomSeat:
		m, _ := t.sense(senseSeat, senseOrganizationSeat)
		c.kind, c.confidence = Metonym, 0.9
		if m.kind == senseSeat {
			c.class, c.state = classState, &n.lex.states[m.index]
		} else {
			c.class, c.org = classOrganization, &n.lex.organizations[m.index]
		}
	default:
		c.class = classPlace
		c.home = n.homeOf(t)
		if m, ok := t.sense(senseRegion); ok {
			c.place = n.lex.regions[m.index]
		}
	}
	switch {
	case c.state != nil:
		c.name = c.state.Name
	case c.org != nil:
		c.name = c.org.Name
	}
	i := n.add(c)
	n.leadingName(t)
	return i
}

// regionBehindCity returns the code of the state that has a region of a state's
// name where a city of that state stands before it: Atlanta, [Georgia]; else "".
func (n namer) regionBehindCity(t atom) string {
	m, ok := t.sense(senseRegion)
	if !ok || m.home == "" || !n.is(n.s, t.from-1, ",") || t.from-2 < n.s.first {
		return ""
	}
	if o := n.covering[t.from-2]; o < 0 || n.found[o].class != classPlace || n.found[o].home != m.home {
		return ""
	}
	return m.home
}

// leadingName adds the state or organization with which a longer name of the
// lexicon begins: [UN] Security Council, [Georgian] Dream.
func (n namer) leadingName(t atom) {
	if t.kind != atomOrg || t.to-t.from < 2 {
		return
	}
	m, _ := t.sense(senseOrganization)
	n.trailingState(t)
	for k := t.to - 1; k > t.from; k-- {
		a, ok := n.lexiconAtom(pieceRange{t.from, k}, t.from)
		if !ok || a.to != k || a.kind != atomOrg && a.kind != atomState && a.kind != atomDemonym {
			continue
		}
		if inner, ok := a.sense(senseOrganization, senseAcronym); ok && inner.index == m.index {
			continue
		}
		n.known(a)
		return
	}
}

// trailingState adds the state with which a longer name of the lexicon ends:
// Democratic Forces for the Liberation of [Rwanda].
func (n namer) trailingState(t atom) {
	for k := t.from + 2; k < t.to; k++ {
		if !n.is(n.s, k-1, "of", "in", "for", "the") {
			continue
		}
		if a, ok := n.lexiconAtom(pieceRange{k, t.to}, k); ok && a.to == t.to && a.kind == atomState {
			n.known(a)
			return
		}
	}
}

// pickState chooses among states that share a name or demonym the one that the document names otherwise.
func (n namer) pickState(t atom, kinds ...senseKind) *State {
	var first *State
	for _, m := range t.senses {
		for _, k := range kinds {
			if m.kind != k {
				continue
			}
			s := &n.lex.states[m.index]
			if first == nil {
				first = s
			} else if n.mentionsState(s) && !n.mentionsState(first) {
				first = s
			}
		}
	}
	return first
}

func (r *reading) spellsState(s *State) bool {
	for _, name := range append(append([]string{s.Name}, s.Capitals...), s.Aliases...) {
		unique := 0
		for _, m := range r.lex.names.word(strings.Join(phraseWords(name), " ")) {
			if m.kind <= senseDemonym {
				unique++
			}
		}
		if unique <= 1 && containsWord(r.Text, name) {
			return true
		}
	}
	return false
}

func containsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if (i == 0 || !isWordRune(before)) && !isWordRune(after) && !strings.HasSuffix(text[:i], "of ") {
			return true
		}
		from = i + len(word)
	}
}

// isLanguage reports whether a demonym names a language: "speaks French", "in Arabic".
func (n namer) isLanguage(t atom) bool {
	return n.is(n.s, t.from-1, "in", "speak", "speaks", "spoke", "speaking", "fluent") && (t.to >= n.s.last || !n.isWord(t.to) || n.is(n.s, t.to, "and", "on", "that", "as")) && !strings.HasSuffix(n.pieces[t.from].key, "s")
}

// homeOf returns the code of the state in which a place lies, where only one has a place of the name.
func (r *reading) homeOf(t atom) string {
	home := ""
	for _, m := range t.senses {
		switch {
		case m.kind == senseCapital:
			return m.home
		case m.kind == senseRegion:
			return m.home
		case m.kind == senseCity && home != "" && home != m.home:
			return ""
		case m.kind == senseCity:
			home = m.home
		}
	}
	return home
}

// unknown adds a name that the lexicon does not explain, classified by what stands in and around it.
func (n namer) unknown(a, b int) {
	from, to := n.atoms[a].from, n.atoms[b-1].to
	for to > from && !n.pieces[to-1].capital && !n.pieces[to-1].joined { // a particle at the end
		to--
	}
	for from < to && n.pieces[from].class.has(noName) && !(n.isGiven(from) && to-from > 1) && (to-from == 1 || !n.pieces[from].class.has(placeFirst)) {
		from++ // the Kurdish Masoud Barzani
	}
	if from == to || b-a == 1 && n.regionAdjective(n.s, from) > 0 || n.has(n.s, from, stopword) && n.is(n.s, to, ":") {
		return
	}
	first := n.pieces[from]
	if first.class.has(officeAdjective|stopword) && b-a > 1 && !n.isGiven(from) && !first.caps && n.opensSentence(from) {
		n.plain(a+1, b)
		return
	}
	if k := n.behindDuty(a, b); k > a {
		n.unknown(k, b)
		return
	}
	if to-from == 1 && !n.worthName(from) || n.isTitle(from, to) {
		return
	}
	class, confidence := n.classify(from, to)
	if n.titleCase && (class != classPerson || !n.seen(from, to)) && !n.afterTitle(a) && !n.seen(from, to) {
		return
	}
	kind := Name
	if class == classOrganization && to-from == 1 && n.looksAcronym(from) {
		kind = Acronym
	}
	if n.glue(from, to) {
		return
	}
	n.add(candidate{from: from, to: to, kind: kind, class: class, confidence: confidence})
}

// glue reports whether a capitalised part of a hyphenated word is no name of its own: anti-X, T-shirt.
func (n namer) glue(from, to int) bool {
	if to-from == 1 && n.pieces[from].joined && n.pieces[from-1].caps { // FARC-EP
		return true
	}
	return to-from == 1 && (n.pieces[from].joined || n.pieces[from].glued) && len(n.pieces[from].key) == 1
}

// behindDuty returns the atom with which a person's name begins behind the
// field of duty of the office before it: Minister of Defence [Antti Virtanen].
// It returns a where no name follows.
func (n namer) behindDuty(a, b int) int {
	if !n.opensDuty(n.atoms[a].from) || n.isGiven(n.atoms[a].from) {
		return a
	}
	for k := a + 1; k+1 < b; k++ {
		if n.isGiven(n.atoms[k].from) && n.pieces[n.atoms[k].from].capital {
			return k
		}
	}
	last := n.pieces[n.atoms[b-1].to-1].token + 1
	for _, span := range n.modelNames(n.Tokens[last-1].Sentence) {
		for k := a + 1; k+1 < b; k++ {
			if span.Type == "PER" && span.Last == last && n.pieces[n.atoms[k].from].token == span.First {
				return k
			}
		}
	}
	// The words for a field of duty, then two or three that are none.
	k := b
	for k > a && !n.dutyWord(n.atoms[k-1].from) {
		k--
	}
	if k > a && (b-k == 2 || b-k == 3) {
		return k
	}
	return a
}

// opensDuty reports whether the field of duty of an office begins at i, or goes on there after "and".
func (n namer) opensDuty(i int) bool {
	for n.is(n.s, i-1, "and", "&") && i-2 > n.s.first && n.pieces[i-2].capital && n.isWord(i-2) {
		for i -= 2; i-1 > n.s.first && n.pieces[i-1].capital && n.isWord(i-1); {
			i--
		}
	}
	return n.is(n.s, i-1, "of", "for") && n.has(n.s, i-2, office|officeAdjective)
}

// dutyWord reports whether a word may stand for a field of duty: Trade, Law, Natural Resources.
func (n namer) dutyWord(i int) bool {
	return n.pieces[i].class.has(officeAdjective | abstract | anyHead | organizationNoun | peopleNoun)
}

// isTitle reports whether capitalised words are a title or a field of duty
// rather than a name: Foreign Ministers, Political Affairs, Mines and Steel after "Minister of".
func (n namer) isTitle(from, to int) bool {
	if (n.is(n.s, from-1, "of", "for") || n.is(n.s, from-1, "and") && n.has(n.s, from-2, officeAdjective)) && n.has(n.s, from-2, office|officeAdjective) && !n.isGiven(from) {
		return true
	}
	for i := from; i < to; i++ {
		p := n.pieces[i]
		if p.class.has(officeAdjective | office | peopleNoun | stateNoun | honorific | agreementNoun) {
			continue
		}
		if k, many := n.officeAt(n.s, i); k > 0 && many {
			continue
		}
		return false
	}
	return true
}

func (n namer) isGiven(i int) bool {
	_, ok := atomGiven(n.lex, n.pieces[i].key)
	return ok
}

// worthName refuses single capitalised words that are no names: "I", a title's "Foreign".
func (n namer) worthName(i int) bool {
	p := n.pieces[i]
	if utf8.RuneCountInString(p.key) == 1 || p.class.has(officeAdjective|stopword|calendar|determiner) && !p.caps {
		return false
	}
	if n.surname(p.key) {
		return true
	}
	if n.text(i, i+1) != strings.ToUpper(n.text(i, i+1)) && n.tag(i) != "" && n.tag(i) != "PROPN" && n.opensSentence(i) {
		return false
	}
	return !isDotted(n.text(i, i+1)) || p.caps
}
