package nlp

import (
	"strings"
	"unicode"
)

// The classes of things, as extraction/1 names them.
const (
	classPerson       = "Person"
	classGroup        = "Group"
	classState        = "State"
	classOrganization = "Organization"
	classPlace        = "Place"
	classAgreement    = "Agreement"
	classOccasion     = "Occasion"
)

// anyHead are the parts of the words that head names of things other than persons.
const anyHead = organizationHead | agreementHead | occasionHead | placeHead | thingHead

// namer reads the names of one sentence off its atoms.
type namer struct {
	*reading
	s     pieceRange
	atoms []atom
}

// names finds the names of a sentence.
func (r *reading) names(s pieceRange, titleCase bool) {
	r.titleCase = titleCase
	n := namer{r, s, r.atoms(s)}
	for a := n.dateline(); a < len(n.atoms); {
		if !n.starts(a) {
			a++
			continue
		}
		b := n.runEnd(a)
		a = n.run(a, b)
	}
}

// starts reports whether a name can begin with the atom.
func (n namer) starts(a int) bool {
	t := n.atoms[a]
	if !t.named() {
		return n.startsWithParticle(a)
	}
	first := t.from == n.s.first || n.opensSentence(t.from)
	if first && (n.surname(n.pieces[t.from].key) || n.pieces[t.from].class.has(agreementHead) && t.to < n.s.last && unicode.IsDigit(firstLetter(n.pieces[t.to].key))) {
		return true
	}
	return !first || t.known() || !n.plainFirstWord(t)
}

// startsWithParticle accepts a particle in lower case before a name: al-Burhan, de Gaulle.
func (n namer) startsWithParticle(a int) bool {
	p := n.pieces[n.atoms[a].from]
	return p.class.has(particle) && p.glued && a+1 < len(n.atoms) && n.atoms[a+1].named() && len(p.key) == 2
}

// opensSentence reports whether only quotation marks and brackets stand before piece i, or a colon.
func (n namer) opensSentence(i int) bool {
	for j := i - 1; j >= n.s.first; j-- {
		if n.isWord(j) {
			return false
		}
		if n.is(n.s, j, ":") {
			return true
		}
	}
	return true
}

// plainFirstWord reports whether the capital of a sentence's first word is due to its place.
func (n namer) plainFirstWord(t atom) bool {
	p := n.pieces[t.from]
	if p.class.has(stopword|determiner) && !p.caps {
		return true
	}
	if p.caps && len(p.key) > 1 {
		return false
	}
	switch tag := n.tag(t.from); tag {
	case "":
		return n.seenLower(p.key)
	case "PROPN":
		return false
	default:
		// The tagger errs on rare names: a name that follows, or a given name, overrules it.
		return len(t.senses) == 0 && (n.seenLower(p.key) || !n.followedByCapital(n.s, t.from) || p.class.has(anyHead|office))
	}
}

// runEnd returns the end of the run of named atoms that begins at a, with the
// particles, hyphenated parts and numbers that lie inside it.
func (n namer) runEnd(a int) int {
	b := a + 1
	for b < len(n.atoms) {
		t := n.atoms[b]
		p := n.pieces[t.from]
		next := b+1 < len(n.atoms) && n.atoms[b+1].named()
		switch {
		case t.named():
		case p.joined && n.isWord(t.from) && (next || n.pieces[t.from-1].capital) && !strings.HasSuffix(p.key, "ed") && p.key != "based":
			// Follow-up Committee, but not Moscow-backed
			if !next && !n.joinsOn(b) {
				return b
			}
		case n.is(n.s, t.from, "and", "&") && n.abstractPair(b):
		case p.class.has(particle) && !p.capital && n.particleJoins(b):
		case p.key == "'s" && n.properPossessive(b), p.key == "'" && n.properPossessive(b):
		case unicode.IsDigit(firstLetter(p.key)) && n.numbered(b):
			return b + 1
		default:
			return b
		}
		b++
	}
	return b
}

// joinsOn reports whether a word in lower case after a hyphen ends a given name: Jae-myung, Jean-marie.
// The United Nations are no "un".
func (n namer) joinsOn(b int) bool {
	p := n.pieces[n.atoms[b].from]
	return !n.pieces[n.atoms[b].from-1].class.has(calendar) && n.atoms[b-1].kind == atomCapital && !p.glued && (p.key == "un" || !p.class.has(officeAdjective|motion|placeNoun|orgAny)) && len(p.key) <= 6 && len(n.pieces[n.atoms[b].from-1].key) <= 6 && b >= 2 && n.atoms[b-2].kind == atomCapital
}

const orgAny = organizationNoun | organizationHead

// abstractPair reports whether "and" joins two abstract words of one name:
// Peace and Friendship Treaty, Truth and Reconciliation Commission.
func (n namer) abstractPair(b int) bool {
	if b+2 >= len(n.atoms) || n.atoms[b-1].kind != atomCapital || !n.pieces[n.atoms[b-1].from].class.has(abstract) || n.atoms[b+1].kind != atomCapital {
		return false
	}
	for c := b + 1; c < min(b+4, len(n.atoms)) && n.atoms[c].kind == atomCapital; c++ {
		if n.pieces[n.atoms[c].from].class.has(agreementHead | organizationHead) {
			return true
		}
	}
	return false
}

// particleJoins reports whether a particle stands between parts of a name.
func (n namer) particleJoins(b int) bool {
	switch p := n.pieces[n.atoms[b].from]; p.key {
	case "as", "an", "ad", "ash", "do":
		if !p.glued {
			return false // known as Hemedti
		}
	}
	for c := b; c < len(n.atoms) && c < b+3; c++ {
		p := n.pieces[n.atoms[c].from]
		if n.atoms[c].named() {
			return n.atoms[c].kind == atomCapital || len(n.atoms[c].senses) > 0 && n.pieces[n.atoms[b].from].class.has(particle)
		}
		if !p.class.has(particle) {
			return false
		}
	}
	return false
}

// properPossessive reports whether a possessive lies inside a name, after a
// plural or a common noun: Workers' Party, People's Assembly.
func (n namer) properPossessive(b int) bool {
	if b+1 >= len(n.atoms) || n.atoms[b-1].kind != atomCapital || n.atoms[b+1].kind != atomCapital {
		return false
	}
	owner := n.pieces[n.atoms[b-1].from]
	switch owner.key {
	case "people", "workers", "women", "children", "farmers", "peoples", "citizens", "teachers", "miners", "men", "veterans", "lawyers", "students", "youth", "lord", "king", "queen", "mothers", "writers", "journalists", "soldiers", "peasants", "traders", "employers":
		return true
	}
	return false
}

// numbered reports whether a number belongs to the name before it: Resolution 1701, Nord Stream 2.
func (n namer) numbered(b int) bool {
	before := n.pieces[n.atoms[b-1].from]
	return before.class.has(agreementHead) && before.capital || n.pieces[n.atoms[b].from].joined
}

// run reads the atoms [a, b) as one or more names; it returns the atom to go on from.
func (n namer) run(a, b int) int {
	if n.mistypedRun(a, b) {
		return b
	}
	if h := n.head(a, b); h >= 0 {
		if end := n.headed(a, h, b); end > 0 {
			return max(end, a+1)
		}
	}
	if end := n.minorHeaded(a, b); end > 0 {
		return end
	}
	n.plain(a, b)
	return b
}

// mistypedRun reads a run as an organization of the lexicon whose name has one slip here.
func (n namer) mistypedRun(a, b int) bool {
	from, to := n.atoms[a].from, n.atoms[b-1].to
	if to-from < 3 || b-a == 1 {
		return false
	}
	spelled := spelledWords(n.text(from, to))
	for i := range n.lex.organizations {
		o := &n.lex.organizations[i]
		if alike(spelled, n.lex.spelled[i]) {
			n.add(candidate{
				from: from, to: to, kind: Name, class: classOrganization, name: o.Name, org: o, confidence: 0.8,
				note: "read as " + o.Name + ": one slip apart",
			})
			return true
		}
	}
	return false
}

// head returns the last atom of the run that is the head word of a name, or -1.
func (n namer) head(a, b int) int {
	for h := b - 1; h >= a; h-- {
		t := n.atoms[h]
		p := n.pieces[t.from]
		if n.foreignTo(a, h) {
			return h
		}
		if t.kind != atomCapital || !p.class.has(anyHead) {
			continue
		}
		if h == a && b-a > 1 && !(n.pieces[n.atoms[a+1].from].key != "" && p.class.has(agreementHead) && unicode.IsDigit(firstLetter(n.pieces[n.atoms[a+1].from].key))) {
			continue // Park Geun-hye
		}
		// Prime Minister Phil Lake, Foreign Minister Qin Gang
		if b-a == 2 && h == a+1 && n.atoms[a].kind == atomCapital && n.afterTitle(a) {
			continue
		}
		return h
	}
	return -1
}

// foreignTo reports whether a name of the lexicon is but the end of a longer
// one, another body's: Ukrainian Security Council, Maldivian Democratic Party.
func (n namer) foreignTo(a, h int) bool {
	t := n.atoms[h]
	if h == a || t.kind != atomOrg || !n.pieces[t.to-1].class.has(organizationHead) || n.atoms[h-1].to != t.from {
		return false
	}
	m, ok := t.sense(senseOrganization)
	if !ok {
		return false
	}
	o := &n.lex.organizations[m.index]
	if before, ok := n.atoms[h-1].sense(senseDemonym, senseState); ok {
		return o.PartOf != n.lex.states[before.index].Code
	}
	// The Supreme National Security Council is not the Security Council.
	before := n.atoms[h-1]
	return before.kind == atomCapital && before.from > n.s.first && len(before.senses) == 0 &&
		!n.pieces[before.from].class.has(calendar|office|honorific|anyHead) && n.text(t.from, t.to) != o.Name
}

func (n namer) afterTitle(a int) bool {
	return a > 0 && (n.atoms[a-1].kind == atomOffice || n.atoms[a-1].kind == atomHonorific || n.pieces[n.atoms[a-1].from].class.has(office|honorific) && n.isWord(n.atoms[a-1].from))
}

// headClass tells what a name with this head word is.
func headClass(c wordClass) string {
	switch {
	case c.has(agreementHead) && !c.has(organizationHead):
		return classAgreement
	case c.has(occasionHead) && !c.has(organizationHead):
		return classOccasion
	case c.has(organizationHead):
		return classOrganization
	case c.has(placeHead):
		return classPlace
	}
	return ""
}

// headed reads a name that ends in, or goes on from, the head word at atom h.
// It returns the atom after it, or 0 when there is no name.
func (n namer) headed(a, h, b int) int {
	head := n.pieces[n.atoms[h].to-1]
	class := headClass(head.class)
	from, to := n.atoms[a].from, n.atoms[h].to
	end := h + 1
	if h+1 < b && unicode.IsDigit(firstLetter(n.pieces[n.atoms[h+1].from].key)) {
		to, end = n.atoms[h+1].to, h+2
	}
	if class == "" {
		n.nested(a, h)
		return end
	}
	ext := to
	if end == h+1 {
		ext = n.extension(to, head)
	}
	if a == h && ext == to && end == h+1 {
		// A head word alone names nothing; the nominals may know it: the Council.
		return h + 1
	}
	if a == h && n.opensSentence(from) && n.seenLower(head.key) && class != classAgreement {
		return h + 1
	}
	if n.titleCase && !n.seen(from, max(to, ext)) && a != h {
		n.nested(a, h)
		return end
	}
	if class == classPlace && ext > to && head.class.has(organizationOfHead) { // House of Commons
		class = classOrganization
	}
	c := candidate{from: from, to: max(to, ext), kind: Name, class: class, confidence: 0.9}
	outer := n.add(c)
	if class == classOrganization {
		n.nested(a, h)
	} else {
		n.nestedOwners(a, h)
	}
	for end < len(n.atoms) && n.atoms[end].from < ext {
		if t := n.atoms[end]; t.kind == atomOrg || t.kind == atomState {
			n.known(t)
		}
		end++
	}
	n.ownerOf(outer, a)
	return end
}

// extension returns the end of what follows a head word with "of", "on" or
// "for": Ministry [of Foreign Affairs], Treaty [on the State Border].
func (n namer) extension(i int, head piece) int {
	end := i
	for {
		j := end
		prep := ""
		switch {
		case n.is(n.s, j, "of", "for") && head.class.has(organizationOfHead|agreementHead|occasionHead), n.is(n.s, j, "on", "against", "concerning") && head.class.has(agreementHead|organizationOfHead):
			prep = n.pieces[j].key
		case head.key == "mission" && n.is(n.s, j, "to", "in"):
			prep = "of"
		case end > i && n.is(n.s, j, "and") && head.class.has(organizationOfHead|agreementHead):
			prep = "and"
		default:
			return end
		}
		j++
		if n.is(n.s, j, "the") && prep != "and" {
			j++
		}
		k := j
		for k < n.s.last && n.pieces[k].capital && n.isWord(k) && !n.pieces[k].class.has(calendar) {
			k++
			if n.possessive(n.s, k) && k+1 < n.s.last && n.pieces[k+1].capital && n.pieces[k-1].class.has(peopleNoun) {
				k++
			}
		}
		if k == j {
			return end
		}
		a := n.atomAt(j)
		switch {
		case n.atoms[a].kind == atomOffice || n.atoms[a].kind == atomHonorific:
			return end
		case prep == "and" && (n.atoms[a].kind != atomCapital || len(n.atoms[a].senses) > 0):
			return end
		case (prep == "on" || prep == "for") && n.atoms[a].kind != atomCapital && !head.class.has(agreementHead):
			return end
		case prep == "of" && head.key == "government" && (n.atoms[a].kind == atomState || n.atoms[a].kind == atomPlace):
			return end // the Government of Chad is Chad
		}
		end = k
	}
}

// atomAt returns the atom that covers piece i.
func (n namer) atomAt(i int) int {
	for a := range n.atoms {
		if n.atoms[a].from <= i && i < n.atoms[a].to {
			return a
		}
	}
	return len(n.atoms) - 1
}

// nested adds the names of the lexicon among the atoms [a, b) as mentions inside a longer name.
func (n namer) nested(a, b int) {
	for ; a < b; a++ {
		if t := n.atoms[a]; t.known() {
			n.known(t)
		} else if t.kind == atomCapital && n.looksAcronym(t.from) {
			n.add(candidate{from: t.from, to: t.to, kind: Acronym, class: classOrganization, confidence: 0.6})
		}
	}
}

// nestedOwners adds the states and organizations among the atoms [a, b), but
// not the places: a Vienna Convention is named after the city, and says nothing of it.
func (n namer) nestedOwners(a, b int) {
	for ; a < b; a++ {
		water := b < len(n.atoms) && n.is(n.s, n.atoms[b].from, "sea", "ocean", "gulf", "channel", "current") // the Norwegian Sea is nobody's
		if n.atoms[a].kind != atomPlace && !water {
			n.nested(a, a+1)
		}
	}
}

func (r *reading) looksAcronym(i int) bool {
	p := r.pieces[i]
	return p.caps && len(p.key) >= 2 && len(p.key) <= 8 && !p.joined && !p.class.has(honorific)
}

// ownerOf notes to which state or organization a named organization belongs,
// where it says so in front: Kenyan Foreign Ministry, Kenya's Ministry of Defence.
func (n namer) ownerOf(c, a int) {
	i := n.atoms[a].from
	if o := n.innerOwner(c); o >= 0 {
		n.found[c].owner = o
		return
	}
	if n.possessive(n.s, i-1) && n.covering[max(i-2, 0)] >= 0 {
		n.found[c].owner = n.covering[i-2]
	}
}

func (n namer) innerOwner(c int) int {
	for k := c + 1; k < len(n.found); k++ {
		if f := n.found[k]; f.from >= n.found[c].from && f.to <= n.found[c].to && (f.class == classState || f.org != nil) {
			return k
		}
	}
	return -1
}
