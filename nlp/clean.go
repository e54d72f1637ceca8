package nlp

import (
	"html"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cleaned is a text as it is read, with the way back to the text as it was
// given: marks that do not show are left out, letters composed (NFC), HTML's
// character references resolved. Offsets are given back in the text as it was given.
type cleaned struct {
	text  string
	moved []moved
}

// moved says that a clean text goes on at an offset where the original goes on at another; whole, that up to the next such
// place the two differ, so that no offset between has one in the other.
type moved struct {
	clean, original int
	whole           bool
}

// cleanText returns the text as it is read; ok is false when it is read as it stands.
func cleanText(text string) (c cleaned, ok bool) {
	if !needsCleaning(text) {
		return cleaned{}, false
	}
	var out strings.Builder
	out.Grow(len(text))
	jump := func(original int, whole bool) { c.moved = append(c.moved, moved{out.Len(), original, whole}) }
	for at := 0; at < len(text); {
		if value, n := characterReference(text[at:]); n > 0 {
			jump(at, true)
			out.WriteString(value)
			at += n
			jump(at, false)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			jump(at, true)
			out.WriteRune(utf8.RuneError)
			at++
			jump(at, false)
		case isInvisible(r):
			jump(at, false)
			at += size
			jump(at, false)
		case r < utf8.RuneSelf && (at+1 == len(text) || text[at+1] < utf8.RuneSelf):
			out.WriteByte(text[at])
			at++
		default:
			n := max(size, norm.NFC.NextBoundaryInString(text[at:], true))
			// No mark that is left out, and no reference, hides between a letter and its accents.
			if i := strings.IndexFunc(text[at+size:at+n], func(r rune) bool { return r == '&' || isInvisible(r) || r == utf8.RuneError }); i >= 0 {
				n = size + i
			}
			segment := text[at : at+n]
			composed := norm.NFC.String(segment)
			if composed != segment {
				jump(at, true)
			}
			out.WriteString(composed)
			at += n
			if composed != segment {
				jump(at, false)
			}
		}
	}
	c.text = out.String()
	return c, true
}

func needsCleaning(text string) bool {
	if !utf8.ValidString(text) || strings.IndexFunc(text, isInvisible) >= 0 || !norm.NFC.IsNormalString(text) {
		return true
	}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '&')
		if i < 0 {
			return false
		}
		at += i
		if _, n := characterReference(text[at:]); n > 0 {
			return true
		}
		at++
	}
}

// isInvisible reports whether a character neither shows nor parts words: soft
// hyphens, zero-width spaces and joiners, marks of the byte order and of direction.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\u034f' || r == '\u061c' || r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' ||
		r >= '\u2060' && r <= '\u2064' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff'
}

// longestReference is how many bytes a character reference may have.
const longestReference = 12

// characterReference returns what a reference such as &amp; or &#8217; at the start of s stands for, and its length, or 0.
func characterReference(s string) (value string, n int) {
	if s == "" || s[0] != '&' {
		return "", 0
	}
	end := strings.IndexByte(s[:min(len(s), longestReference)], ';')
	if end < 2 {
		return "", 0
	}
	reference := s[:end+1]
	value = html.UnescapeString(reference)
	if strings.HasSuffix(value, ";") || !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) || isInvisible(r) }) {
		return "", 0
	}
	return value, end + 1
}

// start gives the original offset at which what begins at a clean offset begins.
func (c cleaned) start(at int) int {
	i := sort.Search(len(c.moved), func(i int) bool { return c.moved[i].clean > at }) - 1
	switch {
	case i < 0:
		return at
	case c.moved[i].whole:
		return c.moved[i].original
	}
	return c.moved[i].original + at - c.moved[i].clean
}

// end gives the original offset at which what ends at a clean offset ends.
func (c cleaned) end(at int) int {
	i := sort.Search(len(c.moved), func(i int) bool { return c.moved[i].clean >= at })
	switch {
	case i < len(c.moved) && (c.moved[i].clean == at || i > 0 && c.moved[i-1].whole):
		return c.moved[i].original
	case i == 0:
		return at
	}
	return c.moved[i-1].original + at - c.moved[i-1].clean
}

func (c cleaned) span(s Span) Span {
	if s.Start >= s.End {
		at := c.start(s.Start)
		return Span{at, at}
	}
	return Span{c.start(s.Start), c.end(s.End)}
}

// restore gives the document its own text, and puts all offsets in it.
func (c cleaned) restore(d *Doc, text string) {
	d.Text = text
	move := func(s *Span) { *s = c.span(*s) }
	moveAll := func(list *[]Span) { // evidence may be shared
		out := make([]Span, len(*list))
		for i, s := range *list {
			out[i] = c.span(s)
		}
		*list = out
	}
	for i := range d.Sentences {
		move(&d.Sentences[i].Span)
	}
	for i := range d.Tokens {
		move(&d.Tokens[i].Span)
	}
	for i := range d.Quotations {
		move(&d.Quotations[i].Span)
	}
	for i := range d.Times {
		t := &d.Times[i]
		move(&t.Span)
		t.Expression.Start, t.Expression.End = c.start(t.Expression.Start), c.end(t.Expression.End)
	}
	for i := range d.Mentions {
		move(&d.Mentions[i].Span)
	}
	for i := range d.Tenures {
		moveAll(&d.Tenures[i].Terms)
		moveAll(&d.Tenures[i].Evidence)
	}
	for i := range d.Relations {
		move(&d.Relations[i].Trigger)
		moveAll(&d.Relations[i].Evidence)
	}
	for i := range d.Events {
		move(&d.Events[i].Trigger)
		moveAll(&d.Events[i].Evidence)
	}
	for i := range d.Notes {
		move(&d.Notes[i].Span)
	}
}
