package nlp

import "strings"

// minorHeaded reads a name whose head word is in lower case: CSO summit,
// Minsk agreements, Trump administration, Artsakh (Nagorno-Karabakh) conflict.
func (n namer) minorHeaded(a, b int) int {
	i := n.atoms[b-1].to // the piece after the run
	inner := -1
	if n.is(n.s, i, "(") && b+1 < len(n.atoms) && n.atoms[b+1].named() {
		c := n.runEnd(b + 1)
		if j := n.atoms[c-1].to; n.is(n.s, j, ")") && n.has(n.s, j+1, minorOccasion|minorAgreement) && !n.pieces[j+1].capital {
			inner, i = c, j+1
		}
	}
	if i >= n.s.last || n.pieces[i].capital || n.pieces[i].joined {
		return 0
	}
	head := n.pieces[i].class
	last := n.atoms[b-1]
	person := a < b && len(n.atoms[a].senses) > 0 && n.atoms[a].kind == atomCapital && n.afterTitle(a)
	switch {
	case n.titleCase || person || last.kind == atomDemonym || n.titledBefore(a):
		return 0
	case head.has(minorOccasion) && (b-a == 1 || last.kind != atomState):
		n.outer(a, b, inner, i+1, classOccasion, Name)
	case head.has(minorAgreement) && last.kind == atomState && b-a == 1 && inner < 0:
		n.add(candidate{from: n.atoms[a].from, to: i + 1, kind: Nominal, class: classAgreement, confidence: 0.7})
		n.nestedAll(a, b)
	case head.has(minorAgreement):
		n.outer(a, b, inner, i+1, classAgreement, Name)
	case head.has(minorOrganization) && last.kind == atomCapital && !n.pieces[last.from].caps:
		n.add(candidate{from: n.atoms[a].from, to: i + 1, kind: Name, class: classOrganization, confidence: 0.8})
		n.add(candidate{from: n.atoms[a].from, to: n.atoms[b-1].to, kind: Name, class: classPerson, confidence: 0.8})
	case head.has(minorPlace) && last.kind == atomCapital && !n.looksAcronym(last.from):
		n.add(candidate{from: n.atoms[a].from, to: n.atoms[b-1].to, kind: Name, class: classPlace, confidence: 0.8})
	default:
		return 0
	}
	return n.atomAt(i) + 1
}

// titledBefore reports whether the run is a person named with a title.
func (n namer) titledBefore(a int) bool { return a > 0 && n.atoms[a-1].kind == atomHonorific }

func (n namer) outer(a, b, inner, end int, class, kind string) {
	n.add(candidate{from: n.atoms[a].from, to: end, kind: kind, class: class, confidence: 0.8})
	n.nestedAll(a, b)
	if inner > 0 {
		n.nestedAll(b+1, inner)
	}
}

// nestedAll adds what the atoms [a, b) name, inside a longer name.
func (n namer) nestedAll(a, b int) {
	if b-a == 1 || n.atoms[b-1].known() {
		n.nested(a, b)
	}
}

// dateline reads the place of a dateline, and returns the atom after it.
func (n namer) dateline() int {
	if len(n.atoms) == 0 || !n.atoms[0].named() || n.pieces[n.atoms[0].from].class.has(stopword) {
		return 0
	}
	b := n.runEnd(0)
	last := n.atoms[b-1].to
	end := n.datelineEnd(n.s, last)
	if end == 0 || n.head(0, b) >= 0 {
		return 0
	}
	// A colon ends a dateline only where its place is known or written in capitals: "MANAMA: …", but "Background: …".
	capitals := n.text(n.atoms[0].from, last) == strings.ToUpper(n.text(n.atoms[0].from, last))
	if n.is(n.s, end-1, ":") && !capitals {
		return 0
	}
	if !capitals && n.atoms[0].kind != atomPlace {
		return 0
	}
	c := candidate{from: n.atoms[0].from, to: last, kind: Name, class: classPlace, confidence: 0.95}
	if m, ok := n.atoms[0].sense(senseCapital, senseCity); ok {
		c.home = m.home
	}
	if b == 1 && n.atoms[0].kind == atomState {
		return 0
	}
	n.add(c)
	for ; b < len(n.atoms) && n.atoms[b].from < end; b++ { // an agency, "Staff"
		if n.atoms[b].known() {
			n.known(n.atoms[b])
		}
	}
	return b
}
