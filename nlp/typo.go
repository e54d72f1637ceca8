package nlp

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// oneSlip reports whether two words differ by one letter too many, missing or
// wrong, or by two neighbours in the wrong order.
func oneSlip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return slices.Equal(x[i:], y[i+1:])
	}
	if slices.Equal(x[i+1:], y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}

// alike reports whether two names, given as spelledWords, have the same words but for one slip in one of them.
func alike(x, y []string) bool {
	if len(x) != len(y) {
		return false
	}
	slips := 0
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if slips++; slips > 1 || utf8.RuneCountInString(x[i]) < 5 || !oneSlip(x[i], y[i]) {
			return false
		}
	}
	return slips == 1
}

// spelledWords returns the folded words of a name in the American spelling.
func spelledWords(name string) []string {
	words := phraseWords(name)
	for i := range words {
		words[i] = respell(words[i])
	}
	return words
}

// respell brings a word to the American spelling.
func respell(w string) string {
	for _, pair := range [][2]string{{"isation", "ization"}, {"centre", "center"}, {"defence", "defense"}, {"programme", "program"}, {"labour", "labor"}} {
		w = strings.ReplaceAll(w, pair[0], pair[1])
	}
	return w
}

// mistypedAcronym returns the organization whose acronym an unknown one is one
// slip away from: an acronym of the document, or, when it is long, any known one.
func (l *linker) mistypedAcronym(i int) int {
	c := &l.found[i]
	text := l.Text[c.Start:c.End]
	letters := utf8.RuneCountInString(text)
	if letters < 3 {
		return -1
	}
	for _, e := range l.named.codes.near(text) {
		d := &l.entities[e]
		if d.Class != classOrganization || !oneSlip(text, d.Code) {
			continue
		}
		// Of short acronyms only a swap of neighbours is a likely slip.
		if letters >= 5 || sameLetters(text, d.Code) {
			c.confidence, c.class = 0.7, d.Class
			c.note = "read as " + d.Code + " (" + d.Name + "), of which the document speaks: one slip apart"
			return e
		}
	}
	if letters < 5 {
		return -1
	}
	for k := range l.lex.organizations {
		o := &l.lex.organizations[k]
		if oneSlip(text, o.Code) && utf8.RuneCountInString(o.Code) >= 5 {
			c.confidence, c.class, c.org = 0.6, classOrganization, o
			c.note = "read as " + o.Code + " (" + o.Name + "): one slip apart"
			return l.linkOrganization(o)
		}
	}
	return -1
}

func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// mistypedPerson returns the person of the document whose surname a longer
// single name is one slip away from, or -1.
func (l *linker) mistypedPerson(i int) int {
	c := &l.found[i]
	parts := nameParts(l.Text[c.Start:c.End])
	last := parts[len(parts)-1]
	if utf8.RuneCountInString(last) < 6 {
		return -1
	}
	for _, e := range l.persons.slips.near(last) {
		d, known := &l.entities[e], l.persons.parts[e]
		if !oneSlip(last, known[len(known)-1]) || len(parts) > 1 && parts[0] != known[0] || last[0] != known[len(known)-1][0] {
			continue
		}
		c.confidence = 0.7
		c.note = "read as " + d.Name + ": one slip apart"
		return e
	}
	return -1
}

// mistyped returns the entity of a state or organization whose name an unknown
// one is one slip away from, or -1.
func (l *linker) mistyped(i int) int {
	c := &l.found[i]
	text := l.Text[c.Start:c.End]
	words := c.to - c.from
	if words >= 3 && (c.class == classOrganization || c.class == classAgreement) {
		spelled := spelledWords(text)
		for k := range l.lex.organizations {
			if o := &l.lex.organizations[k]; alike(spelled, l.lex.spelled[k]) {
				c.class, c.org, c.confidence = classOrganization, o, 0.8
				c.note = "read as " + o.Name + ": one slip apart"
				return l.linkOrganization(o)
			}
		}
	}
	return -1
}
