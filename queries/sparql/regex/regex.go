// Package regex matches the regular expressions of XPath (XPath Functions 3.1
// section 5.6, XML Schema 1.1 part 2 appendix G) in time linear in the text, by
// translating them to those of Go.
//
//	p, err := regex.Compile(`^\i\c*-[\p{L}-[aeiou]]+$`, "i")
//	p.Match("Ärger-Bcd")
//	p, err = regex.Compile(`(\d+)-(\d+)`, "")
//	s, err := p.Replace("1990-1999", "$2 to $1")
//
// Back-references are the one part that no linear matcher has; [Compile]
// refuses them with a message that says so.
package regex

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Pattern is a regular expression that was compiled. Several goroutines may use it at once.
type Pattern struct {
	re      *regexp.Regexp
	literal bool // flag q: the replacement has no special characters either
}

// An Error says what is wrong with a pattern, and where.
type Error struct {
	Pattern string
	Offset  int // in bytes
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("regex: %q, character %d: %s", e.Pattern, utf8.RuneCountInString(e.Pattern[:e.Offset])+1, e.Message)
}

// longest bounds the length of a pattern in bytes.
const longest = 1 << 16

// Compile translates a pattern with flags, each of "s", "m", "i", "x" and "q"
// (section 5.6.2). Its error is an [*Error] where the pattern is wrong.
func Compile(pattern, flags string) (*Pattern, error) {
	t := translator{pattern: pattern}
	for _, flag := range flags {
		switch flag {
		case 's':
			t.dotAll = true
		case 'm':
			t.lines = true
		case 'i':
			t.fold = true
		case 'x':
			t.spaced = true
		case 'q':
			t.quoted = true
		default:
			return nil, fmt.Errorf("regex: %q is not a flag; the flags are s, m, i, x and q", flag)
		}
	}
	if len(pattern) > longest {
		return nil, fmt.Errorf("regex: a pattern of %d bytes; at most %d are read", len(pattern), longest)
	}
	if !utf8.ValidString(pattern) {
		return nil, fmt.Errorf("regex: pattern %q is not UTF-8", pattern)
	}
	source, err := t.translate()
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, &Error{Pattern: pattern, Message: strings.TrimPrefix(err.Error(), "error parsing regexp: ")}
	}
	return &Pattern{re: re, literal: t.quoted}, nil
}

// Match reports whether the pattern matches somewhere in s (fn:matches).
func (p *Pattern) Match(s string) bool { return p.re.MatchString(s) }

// MatchesEmpty reports whether the pattern matches the empty string.
func (p *Pattern) MatchesEmpty() bool { return p.re.MatchString("") }

// Replace replaces every match (fn:replace, section 5.6.4): in the replacement
// $N stands for what group N matched, \$ and \\ for themselves. It fails for
// a pattern that matches the empty string, and for other uses of $ and \.
func (p *Pattern) Replace(s, replacement string) (string, error) {
	if p.MatchesEmpty() {
		return "", fmt.Errorf("regex: the pattern to replace matches the empty string")
	}
	parts, err := p.parts(replacement)
	if err != nil {
		return "", err
	}
	matches := p.re.FindAllStringSubmatchIndex(s, -1)
	if matches == nil {
		return s, nil
	}
	var b strings.Builder
	end := 0
	for _, m := range matches {
		b.WriteString(s[end:m[0]])
		for _, part := range parts {
			if part.group < 0 {
				b.WriteString(part.text)
			} else if m[2*part.group] >= 0 {
				b.WriteString(s[m[2*part.group]:m[2*part.group+1]])
			}
		}
		end = m[1]
	}
	b.WriteString(s[end:])
	return b.String(), nil
}

// part is a piece of a replacement: a text, or a group where that is not negative.
type part struct {
	text  string
	group int
}

func (p *Pattern) parts(replacement string) ([]part, error) {
	if p.literal || !strings.ContainsAny(replacement, `$\`) {
		return []part{{replacement, -1}}, nil
	}
	var parts []part
	groups := p.re.NumSubexp()
	for i := 0; i < len(replacement); {
		special := strings.IndexAny(replacement[i:], `$\`)
		if special != 0 {
			end := len(replacement)
			if special > 0 {
				end = i + special
			}
			parts = append(parts, part{replacement[i:end], -1})
			i = end
			continue
		}
		if i+1 == len(replacement) {
			return nil, fmt.Errorf(`regex: the replacement %q ends in %q, which is written \%[2]s`, replacement, replacement[i:])
		}
		next := replacement[i+1]
		switch {
		case replacement[i] == '\\' && (next == '\\' || next == '$'):
			parts = append(parts, part{string(next), -1})
			i += 2
		case replacement[i] == '$' && '0' <= next && next <= '9':
			// As many digits as make the number of a group; of one digit it may be of none.
			end, n := i+2, int(next-'0')
			for end < len(replacement) && '0' <= replacement[end] && replacement[end] <= '9' && n*10+int(replacement[end]-'0') <= groups {
				n = n*10 + int(replacement[end]-'0')
				end++
			}
			if n <= groups {
				parts = append(parts, part{"", n})
			}
			i = end
		default:
			return nil, fmt.Errorf(`regex: the replacement %q has %q, but %q stands before a digit or as \$, and \ before $ or \ only`,
				replacement, replacement[i:i+1], "$")
		}
	}
	return parts, nil
}

// translator reads a pattern by XPath's grammar and writes Go's.
type translator struct {
	pattern                             string
	at                                  int
	out                                 strings.Builder
	dotAll, lines, fold, spaced, quoted bool
}

func (t *translator) fail(at int, format string, args ...any) error {
	return &Error{Pattern: t.pattern, Offset: at, Message: fmt.Sprintf(format, args...)}
}

// peek returns the next character, and -1 at the end; with the flag x it skips white space.
func (t *translator) peek() rune {
	for t.spaced && t.at < len(t.pattern) && strings.IndexByte(" \t\r\n", t.pattern[t.at]) >= 0 {
		t.at++
	}
	if t.at == len(t.pattern) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(t.pattern[t.at:])
	return r
}

func (t *translator) next() rune {
	r := t.peek()
	if r >= 0 {
		t.at += utf8.RuneLen(r)
	}
	return r
}

func (t *translator) translate() (string, error) {
	flags := ""
	if t.fold {
		flags += "i"
	}
	if t.lines && !t.quoted {
		flags += "m"
	}
	if flags != "" {
		t.out.WriteString("(?" + flags + ")")
	}
	if t.quoted {
		t.out.WriteString(regexp.QuoteMeta(t.pattern))
		return t.out.String(), nil
	}
	if err := t.alternatives(0); err != nil {
		return "", err
	}
	if t.at < len(t.pattern) {
		return "", t.fail(t.at, "no ( is open that this ) would close")
	}
	return t.out.String(), nil
}

// deepest bounds how deep groups may stand in each other.
const deepest = 200

// alternatives reads branches up to the end or a closing parenthesis.
func (t *translator) alternatives(depth int) error {
	if depth > deepest {
		return t.fail(t.at, "more than %d groups stand in each other", deepest)
	}
	for {
		switch t.peek() {
		case -1, ')':
			return nil
		case '|':
			t.next()
			t.out.WriteByte('|')
		default:
			if err := t.piece(depth); err != nil {
				return err
			}
		}
	}
}

// piece reads an atom and its quantifier.
func (t *translator) piece(depth int) error {
	t.peek()
	start := t.at
	switch r := t.next(); r {
	case '(':
		t.out.WriteByte('(')
		if t.peek() == '?' {
			if !strings.HasPrefix(t.pattern[t.at:], "?:") {
				return t.fail(t.at, "expected ?: behind (; XPath has no other groups that begin with (?")
			}
			t.at += 2
			t.out.WriteString("?:")
		}
		if err := t.alternatives(depth + 1); err != nil {
			return err
		}
		if t.next() != ')' {
			return t.fail(start, "expected ) to close the group that begins here")
		}
		t.out.WriteByte(')')
	case '[':
		s, err := t.class(0)
		if err != nil {
			return err
		}
		t.out.WriteString(s.String())
	case '.':
		if t.dotAll {
			t.out.WriteString("(?s:.)")
		} else {
			t.out.WriteString(`[^\n\r]`)
		}
	case '^', '$':
		t.out.WriteRune(r)
		return nil
	case '\\':
		s, err := t.escape(start, false)
		if err != nil {
			return err
		}
		t.out.WriteString(s.String())
	case '*', '+', '?':
		return t.fail(start, "%c repeats nothing; write \\%[1]c for the character", r)
	case '{', '}', ']':
		return t.fail(start, "unexpected %c; write \\%[1]c for the character", r)
	default:
		t.out.WriteString(regexp.QuoteMeta(string(r)))
	}
	return t.quantifier()
}

// mostRepeats is the largest count that Go's expressions repeat.
const mostRepeats = 1000

// quantifier reads what may stand behind an atom.
func (t *translator) quantifier() error {
	switch r := t.peek(); r {
	case '*', '+', '?':
		t.next()
		t.out.WriteRune(r)
	case '{':
		start := t.at
		t.next()
		end := strings.IndexByte(t.pattern[t.at:], '}')
		if end < 0 {
			return t.fail(start, "expected } behind the count that begins here")
		}
		count := t.pattern[t.at : t.at+end]
		if t.spaced {
			count = strings.Map(func(r rune) rune {
				if strings.ContainsRune(" \t\r\n", r) {
					return -1
				}
				return r
			}, count)
		}
		low, high, ranged := strings.Cut(count, ",")
		least, ok := repeats(low)
		if !ok {
			return t.fail(start, "expected a count such as {2}, {2,} or {2,5}")
		}
		if ranged && high != "" {
			most, ok := repeats(high)
			if !ok || most < least {
				return t.fail(start, "expected a count such as {2}, {2,} or {2,5}, the smaller number first")
			}
			least = most
		}
		if least > mostRepeats {
			return t.fail(start, "at most %d repetitions can be counted", mostRepeats)
		}
		t.at += end + 1
		t.out.WriteString("{" + count + "}")
	default:
		return nil
	}
	if t.peek() == '?' {
		t.next()
		t.out.WriteByte('?')
	}
	return nil
}

func repeats(digits string) (int, bool) {
	if digits == "" || len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}
