package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An atom is a run of pieces that the grammar of names treats as one: a name of
// the lexicon, the title of an office, or a single word.
type atom struct {
	from, to int
	kind     atomKind
	senses   []sense
}

type atomKind uint8

const (
	atomOther     atomKind = iota // a word in lower case, a number, a mark
	atomCapital                   // a capitalised word that the lexicon does not explain
	atomState                     // a state
	atomDemonym                   // the adjective or people of a state
	atomPlace                     // a city, capital or region
	atomOrg                       // an organization
	atomSeat                      // a building or street that stands for a government or organization
	atomOffice                    // a title: Prime Minister, General
	atomHonorific                 // Mr, H.E.
)

// named reports whether the atom can be part of a name.
func (a atom) named() bool { return a.kind >= atomCapital && a.kind <= atomSeat }

// known reports whether the lexicon explains the atom.
func (a atom) known() bool { return a.kind >= atomState && a.kind <= atomSeat }

func (a atom) sense(kinds ...senseKind) (sense, bool) {
	for _, s := range a.senses {
		for _, k := range kinds {
			if s.kind == k {
				return s, true
			}
		}
	}
	return sense{}, false
}

// atoms reads a sentence as atoms.
func (r *reading) atoms(s pieceRange) []atom {
	out := make([]atom, 0, s.last-s.first)
	for i := s.first; i < s.last; {
		a := r.atom(s, i)
		out = append(out, a)
		i = a.to
	}
	for i := range out {
		if r.townInName(out, i) {
			out[i].kind = atomCapital
			out[i].senses, _ = atomGiven(r.lex, r.pieces[out[i].from].key)
		}
	}
	return out
}

// townInName reports whether a town's name is but a word of a longer name: López Obrador, Kyzyl-Bel.
func (r *reading) townInName(atoms []atom, i int) bool {
	a := atoms[i]
	if a.kind != atomPlace || a.to-a.from != 1 {
		return false
	}
	if _, ok := a.sense(senseCapital, senseRegion); ok {
		return r.pieces[a.from].joined
	}
	word := func(k int) bool {
		if k < 0 || k >= len(atoms) {
			return false
		}
		return (atoms[k].kind == atomCapital || atoms[k].kind == atomPlace) && atoms[k].to-atoms[k].from == 1 && !r.pieces[atoms[k].from].class.has(anyHead|stopword)
	}
	return word(i+1) || word(i-1) && !r.pieces[atoms[i-1].from].class.has(office)
}

func (r *reading) atom(s pieceRange, i int) atom {
	p := r.pieces[i]
	if r.is(s, i+1, "$") && r.pieces[i+1].Start == p.End { // NZ$5
		return atom{from: i, to: i + 1}
	}
	title := r.title(s, i)
	a, ok := r.lexiconAtom(s, i)
	if n := r.regionAdjective(s, i); n > 0 && !(ok && a.to-i > n) {
		return atom{from: i, to: i + n, kind: atomCapital}
	}
	if ok && a.to-i > title {
		return a
	}
	switch {
	case title > 0 && r.titleKind(s, i, title) != atomOther:
		return atom{from: i, to: i + title, kind: r.titleKind(s, i, title)}
	case r.titleCase && i > s.first && p.class.has(stopword) && !p.caps:
		return atom{from: i, to: i + 1}
	case !p.capital || !r.isWord(i) || p.class.has(calendar) && !r.possibleMay(s, i):
		return atom{from: i, to: i + 1}
	}
	given, _ := atomGiven(r.lex, p.key)
	return atom{from: i, to: i + 1, kind: atomCapital, senses: given}
}

// regionAdjective returns the number of pieces of the adjective of a region
// at i, which must not be taken for a demonym: Latin [American].
func (r *reading) regionAdjective(s pieceRange, i int) int {
	if !r.pieces[i].capital || i+1 >= s.last || !r.pieces[i+1].capital {
		return 0
	}
	return r.lex.words.at(r.pieces[i:min(i+2, s.last)], func(n int, values []wordClass) bool {
		return n == 2 && mergeClasses(values).has(regionAdjective)
	})
}

func atomGiven(lex *Lexicon, key string) ([]sense, bool) {
	for _, s := range lex.names.word(key) {
		if s.kind == senseGiven {
			return []sense{s}, true
		}
	}
	return nil, false
}

// possibleMay reports whether a capitalised month is a person's name: Theresa May.
func (r *reading) possibleMay(s pieceRange, i int) bool {
	if r.is(s, i, "jan") && !r.is(s, i-1, "in", "on", "since", "by", "until", "from", "last", "next", "late", "early", "of", "off", "near") { // Jan de Wit, but Jan 5
		k := i + 1
		for r.has(s, k, particle) && !r.pieces[k].capital {
			k++
		}
		return k < s.last && r.pieces[k].capital && !r.pieces[k].class.has(calendar) && r.pieces[k-1].End < r.pieces[k].Start
	}
	if !r.is(s, i, "may", "march", "april", "june", "august") || i == s.first || !r.pieces[i-1].capital {
		return false
	}
	_, given := atomGiven(r.lex, r.pieces[i-1].key)
	return given
}

// title returns the number of pieces of the office or honorific that begins at i, or 0.
func (r *reading) title(s pieceRange, i int) int {
	return r.lex.words.at(r.pieces[i:s.last], func(n int, values []wordClass) bool {
		return mergeClasses(values).has(office|honorific) && (n > 1 || r.pieces[i].class.has(office|honorific))
	})
}

// titleKind tells an office from an honorific, and both from words that only look like one.
func (r *reading) titleKind(s pieceRange, i, n int) atomKind {
	p := r.pieces[i]
	if !p.capital || r.text(i, i+n) == strings.ToUpper(r.text(i, i+n)) && n == 1 && !p.class.has(honorific) && len(p.key) > 3 {
		return atomOther
	}
	// "General Assembly", "Head Office": the name goes on to the head word of an organization.
	if n == 1 && i+1 < s.last && r.pieces[i+1].capital && r.pieces[i+1].class.has(organizationHead|placeHead|occasionHead) && !r.pieces[i+1].class.has(office) {
		return atomOther
	}
	if p.key == "general" && r.headFollows(s, i+1) {
		return atomOther
	}
	// Hassan Sheikh Mohamud: a title may be a name after a name.
	if n == 1 && p.class.has(honorific) && i > s.first && r.pieces[i-1].capital && !r.pieces[i-1].class.has(office|honorific|calendar) && i+1 < s.last && r.pieces[i+1].capital {
		return atomOther
	}
	class := wordClass(0)
	r.lex.words.at(r.pieces[i:i+n], func(_ int, values []wordClass) bool {
		class = mergeClasses(values)
		return true
	})
	if class.has(honorific) && !class.has(office) {
		if p.key == "he" || p.key == "st" || p.key == "u" || p.key == "don" {
			return r.abbreviatedHonorific(s, i)
		}
		return atomHonorific
	}
	return atomOffice
}

// headFollows reports whether capitalised words from i on, none of them a given
// name, lead to the head word of an organization: General [Border Committee].
func (r *reading) headFollows(s pieceRange, i int) bool {
	for j := i; j < min(i+4, s.last) && r.pieces[j].capital; j++ {
		if _, given := atomGiven(r.lex, r.pieces[j].key); given {
			return false
		}
		if r.pieces[j].class.has(organizationHead) {
			return true
		}
	}
	return false
}

// abbreviatedHonorific accepts H.E. but not the pronoun He.
func (r *reading) abbreviatedHonorific(s pieceRange, i int) atomKind {
	w := r.text(i, i+1)
	next := i+1 < s.last && r.pieces[i+1].capital
	if next && (strings.Contains(w, ".") || w == strings.ToUpper(w)) {
		return atomHonorific
	}
	return atomOther
}

// lexiconAtom returns the longest name of the lexicon that begins at i.
func (r *reading) lexiconAtom(s pieceRange, i int) (atom, bool) {
	a := atom{from: i}
	n := r.lex.names.at(r.pieces[i:s.last], func(n int, senses []sense) bool {
		a.to = i + n
		a.senses = a.senses[:0:0]
		for _, m := range senses {
			if r.fits(s, i, n, m) {
				a.senses = append(a.senses, m)
			}
		}
		a.kind = atomKindOf(a.senses)
		return a.kind != atomCapital
	})
	return a, n > 0
}

func atomKindOf(senses []sense) atomKind {
	best := atomCapital
	rank := 0
	for _, m := range senses {
		kind, n := atomCapital, 0
		switch m.kind {
		case senseState, senseStateAcronym:
			kind, n = atomState, 6
		case senseOrganization, senseAcronym:
			kind, n = atomOrg, 5
		case senseDemonym:
			kind, n = atomDemonym, 4
		case senseSeat, senseOrganizationSeat:
			kind, n = atomSeat, 2
		case senseCapital, senseRegion, senseCity:
			kind, n = atomPlace, 3
		}
		if n > rank {
			best, rank = kind, n
		}
	}
	return best
}

// fits reports whether the words at i, as they are written here, can have the sense.
func (r *reading) fits(s pieceRange, i, n int, m sense) bool {
	first, last := r.pieces[i], r.pieces[i+n-1]
	text := r.text(i, i+n)
	if m.exact != "" {
		if m.kind == senseAcronym && first.joined && i > s.first && r.pieces[i-1].caps { // FARC-EP
			return false
		}
		return plainAcronym(text) == m.exact || n > 1 && first.capital && m.kind != senseAcronym
	}
	if m.kind == senseGiven {
		return false
	}
	lowerFirst := (m.kind == senseOrganization || m.kind == senseState) && n > 1 && last.capital
	if !first.capital && !lowerFirst {
		return false
	}
	if n > 1 {
		return last.capital || m.kind == senseSeat || m.kind == senseRegion || m.kind == senseState || r.possessive(s, i+n-1) || unicode.IsDigit(rune(last.key[0])) ||
			m.kind == senseOrganization || m.kind == senseDemonym
	}
	if first.class.has(calendar) {
		return false
	}
	if first.class.has(stopword) && i == s.first && m.kind != senseState {
		return false
	}
	// A plain word that is a name too is one only where something beside it says so.
	if first.class.has(ordinary) && (m.kind == senseOrganization || m.kind == senseCity) {
		return r.fitsOrdinary(s, i, m)
	}
	if m.kind == senseCity && (i == s.first && !r.placed(s, i) || first.class.has(office|organizationHead|officeAdjective)) {
		return false
	}
	return true
}

// fitsOrdinary decides on names that are plain words: a platform after "on", a city after "in".
func (r *reading) fitsOrdinary(s pieceRange, i int, m sense) bool {
	if i == s.first {
		return false
	}
	if m.kind == senseCity {
		return r.placed(s, i)
	}
	if r.lex.organizations[m.index].Kind == "platform" {
		return r.is(s, i-1, "on", "via", "platform", "network") && !r.followedByCapital(s, i)
	}
	return !r.followedByCapital(s, i) && !r.pieces[i-1].capital
}

func (r *reading) followedByCapital(s pieceRange, i int) bool {
	return i+1 < s.last && r.pieces[i+1].capital && !r.pieces[i+1].class.has(calendar)
}

// placed reports whether what begins at i stands where a place does: after a
// preposition of place, or before a dateline's mark.
func (r *reading) placed(s pieceRange, i int) bool {
	if i > s.first {
		return r.is(s, i-1, "in", "at", "near", "to", "from", "around", "outside", "of", "between", "through", "via", "for", "into", "and", ",")
	}
	return r.datelineEnd(s, i+1) > 0
}

// datelineEnd returns the end of a dateline whose place ends at i ("QUITO, April 6 (Staff) —",
// "MANAMA:"), or 0.
func (r *reading) datelineEnd(s pieceRange, i int) int {
	const reach = 14
	for j := i; j < min(s.last, i+reach); j++ {
		w := r.text(j, j+1)
		switch {
		case w == "—" || w == "–" || w == "--" || w == "-" && r.pieces[j].Start > r.pieces[j-1].End:
			return j + 1
		case w == ":" && (j == i || r.pieces[j-1].class.has(calendar|number) || r.is(s, j-1, ")")):
			return j + 1
		case w == "," || w == "(" || w == ")" || w == "/" || w == ".":
		case r.pieces[j].capital, unicode.IsDigit(firstLetter(w)):
		default:
			return 0
		}
	}
	return 0
}

func firstLetter(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// isTitleCase reports whether the words of a headline are capitalised as a matter of style.
func (r *reading) isTitleCase(s pieceRange, heading bool) bool {
	if !heading {
		return false
	}
	if text := r.text(s.first, s.last); text == strings.ToUpper(text) {
		return true
	}
	words, capitals := 0, 0
	for i := s.first; i < s.last; i++ {
		p := r.pieces[i]
		if r.isWord(i) && (len(p.key) > 3 || p.capital) && !unicode.IsDigit(firstLetter(p.key)) {
			words++
			if p.capital {
				capitals++
			}
		}
	}
	return words >= 4 && capitals*10 >= words*8
}
