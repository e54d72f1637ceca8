package rdf

import (
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
)

// iriRef reads IRIREF: an IRI in angle brackets, resolved against the base.
func (p *turtle) iriRef() string {
	at := p.here()
	ref := p.iriText()
	resolved, err := iri.Resolve(p.base, ref)
	if err != nil {
		p.failAt(at, "%s", strings.TrimPrefix(err.Error(), "iri: "))
	}
	return resolved
}

func (p *turtle) iriText() string {
	p.expect('<')
	b := p.scratch[:0]
	for p.c != '>' {
		at, c := p.here(), p.c
		switch {
		case c == endOfFile:
			p.fail("expected > to close the IRI")
		case c == '\\':
			c = p.escape(false)
		default:
			p.next()
		}
		if iri.Forbidden(c) {
			p.failAt(at, "%q may not stand in an IRI: expected it percent-encoded, or > before it", c)
		}
		b = utf8.AppendRune(b, c)
	}
	p.next()
	p.scratch = b
	return string(b)
}

// escape reads UCHAR, and ECHAR where characters may be named.
func (p *turtle) escape(named bool) rune {
	at := p.here()
	p.next()
	digits := 0
	switch c := p.c; {
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case named && c > 0 && c < utf8.RuneSelf:
		if i := strings.IndexByte(`tbnrf"'\`, byte(c)); i >= 0 {
			p.next()
			return rune("\t\b\n\r\f\"'\\"[i])
		}
	}
	if digits == 0 {
		also := ""
		if named {
			also = ` or \t \b \n \r \f \" \' \\`
		}
		p.failAt(at, `expected an escape: \uXXXX, \UXXXXXXXX%s`, also)
	}
	p.next()
	var n rune
	for range digits {
		d := hexDigit(p.c)
		if d < 0 {
			p.failAt(at, "expected %d hexadecimal digits", digits)
		}
		if n = n<<4 | d; n > utf8.MaxRune {
			p.failAt(at, "expected a Unicode character, at most U+10FFFF")
		}
		p.next()
	}
	if !utf8.ValidRune(n) {
		p.failAt(at, "expected a Unicode character; U+%04X is none", n)
	}
	return n
}

func hexDigit(c rune) rune {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}

// word reads a run of name characters (PN_PREFIX, or a keyword); it may be
// empty. Dots belong to it only where a name character follows.
func (p *turtle) word() string {
	b := p.scratch[:0]
	for {
		switch {
		case nameCharacter(p.c) && (len(b) > 0 || nameBase(p.c)):
		case p.c == '.' && len(b) > 0 && p.dotsBefore(nameCharacter):
		default:
			p.scratch = b
			return string(b)
		}
		b = utf8.AppendRune(b, p.c)
		p.next()
	}
}

// dotsBefore says whether the dots that stand next lead to a character that ok takes.
func (p *turtle) dotsBefore(ok func(rune) bool) bool {
	for n := 0; ; n++ {
		if c := p.runeAhead(n); c != '.' {
			return ok(c)
		}
	}
}

// prefixed reads the rest of a prefixed name, from the colon on (PNAME_NS, PNAME_LN).
func (p *turtle) prefixed(at place, prefix string) string {
	namespace, ok := p.prefixes[prefix]
	if !ok {
		p.failAt(at, "the prefix %s: is not declared: expected @prefix %s: <…> . before it", prefix, prefix)
	}
	p.expect(':')
	b := append(p.scratch[:0], namespace...)
	first := true
	for ; ; first = false {
		switch {
		case p.c == '%':
			hex := p.ahead(2)
			if len(hex) < 2 || hexDigit(rune(hex[0])) < 0 || hexDigit(rune(hex[1])) < 0 {
				p.fail("expected two hexadecimal digits after %%")
			}
			b = append(b, '%', hex[0], hex[1])
			p.next()
			p.next()
		case p.c == '\\':
			p.next()
			if p.c <= 0 || !strings.ContainsRune("_~.-!$&'()*+,;=/?#@%", p.c) {
				p.fail(`expected one of _~.-!$&'()*+,;=/?#@%% after \`)
			}
			b = append(b, byte(p.c))
		case nameStart(p.c) || isDigit(p.c) || p.c == ':' || !first && nameCharacter(p.c),
			p.c == '.' && !first && p.dotsBefore(func(c rune) bool { return nameCharacter(c) || c == ':' || c == '%' || c == '\\' }):
			b = utf8.AppendRune(b, p.c)
		default:
			p.scratch = b
			return string(b)
		}
		p.next()
	}
}

// blankLabel reads BLANK_NODE_LABEL.
func (p *turtle) blankLabel() graph.Term {
	p.expect('_')
	p.expect(':')
	b := p.scratch[:0]
	for {
		switch {
		case nameStart(p.c) || isDigit(p.c) || len(b) > 0 && nameCharacter(p.c):
		case p.c == '.' && len(b) > 0 && p.dotsBefore(nameCharacter):
		default:
			if len(b) == 0 {
				p.fail("expected the label of a blank node after _:")
			}
			p.scratch = b
			return p.labelled(string(b))
		}
		b = utf8.AppendRune(b, p.c)
		p.next()
	}
}

// number reads INTEGER, DECIMAL or DOUBLE.
func (p *turtle) number() graph.Term {
	at := p.here()
	b := p.scratch[:0]
	take := func() {
		b = append(b, byte(p.c))
		p.next()
	}
	digits := func() (n int) {
		for ; isDigit(p.c); n++ {
			take()
		}
		return n
	}
	if p.c == '+' || p.c == '-' {
		take()
	}
	n, datatype := digits(), "integer"
	if p.c == '.' {
		after := p.ahead(3)
		if len(after) > 0 && isDigit(rune(after[0])) || n > 0 && exponentStart(after) {
			take()
			n += digits()
			datatype = "decimal"
		}
	}
	if n == 0 {
		p.failAt(at, "expected a number")
	}
	if p.c == 'e' || p.c == 'E' {
		take()
		if p.c == '+' || p.c == '-' {
			take()
		}
		if digits() == 0 {
			p.fail("expected the digits of an exponent, found %s", p.found())
		}
		datatype = "double"
	}
	p.scratch = b
	return graph.Typed(string(b), xsd+datatype)
}

func exponentStart(b []byte) bool {
	if len(b) == 0 || b[0] != 'e' && b[0] != 'E' {
		return false
	}
	b = b[1:]
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = b[1:]
	}
	return len(b) > 0 && isDigit(rune(b[0]))
}

// quoted reads a string in any of the four kinds of quotes.
func (p *turtle) quoted() string {
	at, quote := p.here(), p.c
	p.next()
	long := false
	if p.c == quote {
		p.next()
		if p.c != quote {
			return ""
		}
		p.next()
		long = true
	}
	b := p.scratch[:0]
	for {
		switch c := p.c; {
		case c == endOfFile:
			p.failAt(at, "expected %q to close the string", quote)
		case c == quote && !long:
			p.next()
			p.scratch = b
			return string(b)
		case c == quote:
			if after := p.ahead(2); len(after) == 2 && rune(after[0]) == quote && rune(after[1]) == quote {
				p.next()
				p.next()
				p.next()
				p.scratch = b
				return string(b)
			}
		case c == '\\':
			b = utf8.AppendRune(b, p.escape(true))
			continue
		case !long && (c == '\n' || c == '\r'):
			p.failAt(at, "expected %q to close the string on its line; longer ones stand in three quotes", quote)
		}
		b = utf8.AppendRune(b, p.c)
		p.next()
	}
}

// literal reads a string with what follows it: a language, a datatype or nothing.
func (p *turtle) literal() graph.Term {
	lexical := p.quoted()
	p.space()
	at := p.here()
	var t graph.Term
	switch p.c {
	case '@':
		p.next()
		t = graph.LangTagged(lexical, p.language())
	case '^':
		p.next()
		p.expect('^')
		p.space()
		at = p.here()
		t = graph.Typed(lexical, p.iri("a datatype"))
	default:
		return graph.String(lexical)
	}
	if err := t.Check(); err != nil {
		p.failAt(at, "%s", err)
	}
	return t
}

// language reads LANG_DIR after the @.
func (p *turtle) language() string {
	b := p.scratch[:0]
	for isLetter(p.c) || len(b) > 0 && (isDigit(p.c) || p.c == '-') {
		b = append(b, byte(p.c))
		p.next()
	}
	p.scratch = b
	if len(b) == 0 {
		p.fail("expected a language tag, such as en or pt-BR")
	}
	return string(b)
}
