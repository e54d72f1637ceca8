package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is the kind of a token.
type kind uint8

const (
	tokEnd      kind = iota
	tokWord          // a bare word: a keyword, "a", true, the name of a function
	tokIRI           // <…>; value is what stands between
	tokPrefixed      // prefix:local; value is the local part with its escapes undone
	tokBlank         // _:label
	tokVar           // ?name
	tokLang          // @en
	tokInteger
	tokDecimal
	tokDouble
	tokString // value is the string with its escapes undone
	tokSign   // punctuation, operators
)

// A token is a word of the text. Its text is as written.
type token struct {
	kind
	text       string
	value      string
	prefix     string // of tokPrefixed
	long       bool   // of tokString: three quotation marks
	start, end int    // bytes
}

// A lexer cuts the text into tokens (section 19.8, productions 139 and following).
type lexer struct {
	name string
	text string
	at   int

	counted int // byte whose place is known
	place   Pos
}

// codepoint undoes a codepoint escape at the beginning of s: \uXXXX or
// \UXXXXXXXX. SPARQL 1.2 (section 19.2) has them in IRIs and strings only, and
// what they stand for never ends these.
func codepoint(s string) (r rune, size int, ok bool) {
	switch {
	case strings.HasPrefix(s, `\u`):
		size = 6
	case strings.HasPrefix(s, `\U`):
		size = 10
	}
	if size == 0 || len(s) < size {
		return 0, 0, false
	}
	n, err := strconv.ParseUint(s[2:size], 16, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, 0, false
	}
	return rune(n), size, true
}

// pos gives line and column of a byte of the text. It counts on from the place
// that it was asked for last: texts are long, and their places asked for in order.
func (l *lexer) pos(at int) Pos {
	if at < l.counted || l.place.Line == 0 {
		l.counted, l.place = 0, Pos{1, 1}
	}
	for _, r := range l.text[l.counted:at] {
		if l.place.Column++; r == '\n' {
			l.place = Pos{l.place.Line + 1, 1}
		}
	}
	l.counted = at
	return l.place
}

// fault gives an error with a message about a byte of the text.
func (l *lexer) fault(at int, message string) *Error {
	pos := l.pos(at)
	return &Error{Name: l.name, Pos: pos, Message: message, Line: l.line(pos.Line)}
}

func (l *lexer) line(n int) string {
	rest := l.text
	for ; n > 1; n-- {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimRight(line, "\r")
}

// next gives the next token.
func (l *lexer) next() (token, error) {
	l.skip()
	if l.at >= len(l.text) {
		return token{start: l.at, end: l.at}, nil
	}
	t := token{start: l.at}
	var err error
	switch c := l.text[l.at]; {
	case c == '<':
		l.angle(&t)
	case c == '"' || c == '\'':
		err = l.quoted(&t)
	case c == '?' || c == '$':
		if n := nameLength(l.text[l.at+1:], varFirst, varRest, false); n > 0 {
			t.kind, t.value = tokVar, l.text[l.at+1:l.at+1+n]
			l.at += 1 + n
		} else if c == '?' {
			l.sign(&t, 1)
		} else {
			err = l.fault(l.at, `a variable needs a name behind "$"`)
		}
	case c == '@':
		n := languageLength(l.text[l.at+1:])
		if n == 0 {
			return t, l.fault(l.at, `a language tag needs letters behind "@"`)
		}
		t.kind, t.value = tokLang, l.text[l.at+1:l.at+1+n]
		l.at += 1 + n
	case c >= '0' && c <= '9' || c == '.' && l.at+1 < len(l.text) && isDigit(l.text[l.at+1]):
		l.number(&t)
	case strings.HasPrefix(l.text[l.at:], "_:"):
		n := nameLength(l.text[l.at+2:], varFirst, pnChars, true)
		if n == 0 {
			return t, l.fault(l.at, `a blank node needs a label behind "_:"`)
		}
		t.kind, t.value = tokBlank, l.text[l.at+2:l.at+2+n]
		l.at += 2 + n
	default:
		err = l.wordOrSign(&t)
	}
	t.end = l.at
	t.text = l.text[t.start:t.end]
	return t, err
}

// skip passes over blank space and comments.
func (l *lexer) skip() {
	for l.at < len(l.text) {
		switch l.text[l.at] {
		case ' ', '\t', '\r', '\n':
			l.at++
		case '#':
			for l.at < len(l.text) && l.text[l.at] != '\n' && l.text[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// signs are the punctuation marks of more than one character, the longest first.
var signs = []string{"^^", "&&", "||", "!=", "<=", ">=", "<<", ">>", "{|", "|}"}

func (l *lexer) sign(t *token, n int) {
	t.kind = tokSign
	l.at += n
}

// angle reads an IRI, or an operator where no IRI begins.
func (l *lexer) angle(t *token) {
	rest := l.text[l.at+1:]
	if iri, n, ok := iriBody(rest); ok {
		t.kind, t.value = tokIRI, iri
		l.at += n + 2
		return
	}
	switch {
	case strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "<"):
		l.sign(t, 2)
	default:
		l.sign(t, 1)
	}
}

// iriBody reads an IRI up to ">", and reports false where there is none.
func iriBody(s string) (iri string, size int, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '>' {
			return b.String(), i, true
		}
		if r == '\\' {
			if r, n, ok = codepoint(s[i:]); !ok {
				return "", 0, false
			}
		}
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			return "", 0, false
		}
		b.WriteRune(r)
		i += n
	}
	return "", 0, false
}

func (l *lexer) wordOrSign(t *token) error {
	rest := l.text[l.at:]
	n := nameLength(rest, pnBase, pnChars, true)
	if strings.HasPrefix(rest[n:], ":") {
		return l.prefixed(t, n)
	}
	if n > 0 {
		// A word has no dots in it: "a." is a word and a full stop.
		if dot := strings.IndexByte(rest[:n], '.'); dot >= 0 {
			n = dot
		}
		t.kind, t.value = tokWord, rest[:n]
		l.at += n
		return nil
	}
	for _, s := range signs {
		if strings.HasPrefix(rest, s) {
			l.sign(t, len(s))
			return nil
		}
	}
	if strings.IndexByte("{}()[].,;*/+-=!|^>~&", rest[0]) >= 0 {
		l.sign(t, 1)
		return nil
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return l.fault(l.at, strconv.Quote(string(r))+" begins nothing that SPARQL knows")
}

// prefixed reads the local part of a name whose prefix has n bytes.
func (l *lexer) prefixed(t *token, n int) error {
	t.kind, t.prefix = tokPrefixed, l.text[l.at:l.at+n]
	i := l.at + n + 1
	var local strings.Builder
	end, length := i, 0 // where the local part ends when dots at its end are left out
	for i < len(l.text) {
		c := l.text[i]
		switch {
		case c == '\\':
			if i+1 >= len(l.text) || strings.IndexByte("_~.-!$&'()*+,;=/?#@%", l.text[i+1]) < 0 {
				return l.fault(i, `"\" stands before one of _~.-!$&'()*+,;=/?#@% in a prefixed name`)
			}
			local.WriteByte(l.text[i+1])
			i += 2
			end, length = i, local.Len()
			continue
		case c == '%':
			if i+2 >= len(l.text) || !isHex(l.text[i+1]) || !isHex(l.text[i+2]) {
				return l.fault(i, `"%" stands before two hexadecimal digits in a prefixed name`)
			}
			local.WriteString(l.text[i : i+3])
			i += 3
			end, length = i, local.Len()
			continue
		case c == '.':
			if local.Len() == 0 {
				break
			}
			local.WriteByte(c)
			i++
			continue
		case c == ':':
			local.WriteByte(c)
			i++
			end, length = i, local.Len()
			continue
		}
		r, size := utf8.DecodeRuneInString(l.text[i:])
		if local.Len() == 0 && !varFirst(r) || !pnChars(r) {
			break
		}
		local.WriteString(l.text[i : i+size])
		i += size
		end, length = i, local.Len()
	}
	t.value = local.String()[:length]
	l.at = end
	return nil
}

func (l *lexer) number(t *token) {
	digits := func() {
		for l.at < len(l.text) && isDigit(l.text[l.at]) {
			l.at++
		}
	}
	t.kind = tokInteger
	digits()
	if l.at < len(l.text) && l.text[l.at] == '.' {
		after := l.at + 1
		if after < len(l.text) && isDigit(l.text[after]) {
			l.at = after
			digits()
			t.kind = tokDecimal
		} else if n := exponentLength(l.text[after:]); n > 0 {
			l.at = after
		}
	}
	if n := exponentLength(l.text[l.at:]); n > 0 {
		l.at += n
		t.kind = tokDouble
	}
}

func exponentLength(s string) int {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0
	}
	i := 1
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	first := i
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == first {
		return 0
	}
	return i
}

// quoted reads a string of one or three quotation marks.
func (l *lexer) quoted(t *token) error {
	t.kind = tokString
	start := l.at
	quote := l.text[l.at : l.at+1]
	if strings.HasPrefix(l.text[l.at:], strings.Repeat(quote, 3)) {
		t.long = true
		quote = strings.Repeat(quote, 3)
	}
	l.at += len(quote)
	var b strings.Builder
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		switch c := rest[0]; {
		case strings.HasPrefix(rest, quote):
			l.at += len(quote)
			t.value = b.String()
			return nil
		case c == '\\':
			if len(rest) < 2 {
				return l.fault(start, "the string is not closed")
			}
			if r, size, ok := codepoint(rest); ok {
				b.WriteRune(r)
				l.at += size
				continue
			}
			i := strings.IndexByte(`tbnrf\"'`, rest[1])
			if i < 0 {
				return l.fault(l.at, strconv.Quote(rest[:2])+` is no escape; known: \t \b \n \r \f \\ \" \' \uXXXX \UXXXXXXXX`)
			}
			b.WriteByte("\t\b\n\r\f\\\"'"[i])
			l.at += 2
		case !t.long && (c == '\n' || c == '\r'):
			return l.fault(start, "the string is not closed on its line; strings of several lines stand between \"\"\" and \"\"\"")
		default:
			b.WriteByte(c)
			l.at++
		}
	}
	return l.fault(start, "the string is not closed")
}

// languageLength gives the length of a language tag, with its base direction (en-GB, ar--rtl).
func languageLength(s string) int {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	if i == 0 {
		return 0
	}
	for i < len(s) && s[i] == '-' {
		j := i + 1
		if j < len(s) && s[j] == '-' { // a base direction ends the tag
			k := j + 1
			for k < len(s) && isLetter(s[k]) {
				k++
			}
			if k > j+1 {
				i = k
			}
			return i
		}
		for j < len(s) && (isLetter(s[j]) || isDigit(s[j])) {
			j++
		}
		if j == i+1 {
			return i
		}
		i = j
	}
	return i
}
