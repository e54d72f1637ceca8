package timex

import (
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	endToken tokenKind = iota // beyond either end of the text
	wordToken
	numberToken
	markToken
)

// A token is a run of letters, a run of digits, or one other rune: finer than
// a word, so that "31.08.2025", "Q3" and "15th" can be read piece by piece.
type token struct {
	start, end int
	kind       tokenKind
	glued      bool // no blank stands between it and the token before
	newline    bool // a line ended between the two
	capital    bool
	value      int // of a number, or -1 when it is too long to count; of a mark its rune: dashes are '-', apostrophes '\''
	word       *word
}

func (t token) digits() int { return t.end - t.start }

const longestWord = 16

// lex cuts text into tokens, with a token of kind endToken at the end.
func lex(text string) []token {
	out := make([]token, 0, len(text)/5+8)
	glued, newline := false, false
	var lower [longestWord]byte
	for at := 0; at < len(text); {
		t := token{start: at, glued: glued, newline: newline}
		c := text[at]
		switch {
		case c == '\n' || c == '\r':
			newline, glued = true, false
			at++
			continue
		case c == ' ' || c == '\t':
			glued = false
			at++
			continue
		case isLetter(c):
			t.kind, t.capital = wordToken, c <= 'Z'
			for at < len(text) && isLetter(text[at]) {
				if n := at - t.start; n < longestWord {
					lower[n] = text[at] | 0x20
				}
				at++
			}
			if at < len(text) && text[at] >= utf8.RuneSelf && letterAt(text, at) {
				at = letters(text, at) // a word with other letters is none of ours
			} else if n := at - t.start; n <= longestWord {
				t.word = words[string(lower[:n])]
			}
		case c >= '0' && c <= '9':
			t.kind = numberToken
			for at < len(text) && text[at] >= '0' && text[at] <= '9' {
				t.value = t.value*10 + int(text[at]-'0')
				at++
				if at-t.start > 9 {
					t.value = -1
					for at < len(text) && text[at] >= '0' && text[at] <= '9' {
						at++
					}
				}
			}
		case c < utf8.RuneSelf:
			t.kind, t.value = markToken, int(c)
			at++
		default:
			r, n := utf8.DecodeRuneInString(text[at:])
			switch {
			case r == '\u2028' || r == '\u2029' || r == '\u0085':
				newline, glued = true, false
				at += n
				continue
			case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
				glued = false
				at += n
				continue
			case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
				t.kind, t.capital = wordToken, unicode.IsUpper(r)
				at = letters(text, at)
			default:
				t.kind, t.value = markToken, int(plainMark(r))
				at += n
			}
		}
		t.end = at
		out = append(out, t)
		glued, newline = true, false
	}
	return append(out, token{start: len(text), end: len(text)})
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func letterAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r)
}

// letters returns the end of the run of letters that holds at.
func letters(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			break
		}
		at += n
	}
	return at
}

func plainMark(r rune) rune {
	switch r {
	case '–', '—', '‐', '‑', '‒', '−':
		return '-'
	case '’', '‘', 'ʼ':
		return '\''
	}
	return r
}

// parser reads the grammar over the tokens of one text. Its methods take the
// index of a token and return a meaning with the index behind it, or fail with
// an index of none.
type parser struct {
	text   string
	tokens []token
	order  DateOrder
	chart  []reading
	depth  int
}

const none = -1

// at gives the token of an index, or one of kind endToken beyond the ends.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.tokens) {
		return token{}
	}
	return p.tokens[i]
}

// tag gives the grammatical part of a word, or notag.
func (p *parser) tag(i int) tag {
	if w := p.at(i).word; w != nil {
		return w.tag
	}
	return notag
}

func (p *parser) mark(i int) rune {
	if t := p.at(i); t.kind == markToken {
		return rune(t.value)
	}
	return 0
}

// skip steps over the mark if it is there.
func (p *parser) skip(i int, mark rune) int {
	if p.mark(i) == mark {
		return i + 1
	}
	return i
}

// skipTag steps over a word of the tag if it is there.
func (p *parser) skipTag(i int, t tag) int {
	if p.tag(i) == t {
		return i + 1
	}
	return i
}

// same reports whether the text of a token is s, which must be in lower case.
func (p *parser) same(i int, s string) bool {
	t := p.at(i)
	if t.kind != wordToken || t.end-t.start != len(s) {
		return false
	}
	for k := range len(s) {
		if p.text[t.start+k]|0x20 != s[k] {
			return false
		}
	}
	return true
}

// lowerWord reports whether the token is a word in lower case that the grammar has no use for: a noun or verb.
func (p *parser) lowerWord(i int) bool {
	t := p.at(i)
	return t.kind == wordToken && !t.capital && (t.word == nil || t.word.tag == notag && !t.word.timeWord())
}
