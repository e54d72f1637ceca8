package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// phrases maps phrases of one or more words to what is known of them. Words
// are compared without regard to case, diacritics, full stops and hyphens.
type phrases[T any] struct {
	values  map[string][]T
	longest map[string]int // first word → words of the longest phrase that begins with it
}

// newPhrases makes an empty map with room for so many phrases.
func newPhrases[T any](n int) phrases[T] {
	return phrases[T]{values: make(map[string][]T, n), longest: make(map[string]int, n)}
}

func (p *phrases[T]) add(phrase string, value T) {
	words := phraseWords(phrase)
	if len(words) == 0 {
		return
	}
	key := words[0]
	if len(words) > 1 {
		key = strings.Join(words, " ")
	}
	p.values[key] = append(p.values[key], value)
	p.longest[words[0]] = max(p.longest[words[0]], len(words))
}

// at calls match for each phrase that begins at words[0], the longest first,
// until match accepts one; it returns its number of words, or 0 (of no words too).
func (p *phrases[T]) at(words []piece, match func(n int, values []T) bool) int {
	if len(words) == 0 {
		return 0
	}
	var buf [96]byte
	for n := min(p.longest[words[0].key], len(words)); n > 0; n-- {
		key := buf[:0]
		for i, w := range words[:n] {
			if i > 0 {
				key = append(key, ' ')
			}
			key = append(key, w.key...)
		}
		if values := p.values[string(key)]; len(values) > 0 && match(n, values) {
			return n
		}
	}
	return 0
}

// word returns what is known of a single word.
func (p *phrases[T]) word(key string) []T { return p.values[key] }

// phraseWords splits a phrase as texts are split into pieces, and folds them.
func phraseWords(phrase string) []string {
	var out []string
	word := func(w string) {
		if i := strings.LastIndexFunc(w, isApostrophe); i > 0 && strings.TrimFunc(w[i:], isApostrophe) == "s" {
			out = append(out, fold(w[:i]), "'s")
		} else if w != "" {
			out = append(out, fold(w))
		}
	}
	start := 0
	for i, r := range phrase {
		n := utf8.RuneLen(r)
		switch {
		case unicode.IsSpace(r), isHyphen(r), r == '–':
			word(phrase[start:i])
			start = i + n
		case strings.ContainsRune(",()/&", r) && !(r == '&' && i > start):
			word(phrase[start:i])
			out = append(out, string(r))
			start = i + n
		}
	}
	word(phrase[start:])
	return out
}

// fold brings a word to the form in which words are compared: lower case, no
// diacritics, no full stops, one kind of apostrophe.
func fold(w string) string {
	ascii, plain := true, true
	for i := range len(w) {
		c := w[i]
		ascii = ascii && c < utf8.RuneSelf
		plain = plain && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	}
	if plain {
		return w
	}
	if !ascii {
		w = norm.NFD.String(w)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.' && len(w) > 1, unicode.Is(unicode.Mn, r):
			return -1
		case isApostrophe(r) || r == '‘':
			return '\''
		case r == 'ł' || r == 'Ł':
			return 'l'
		case r == 'ø' || r == 'Ø':
			return 'o'
		case r == 'đ' || r == 'Đ':
			return 'd'
		case r == 'ı':
			return 'i'
		}
		return unicode.ToLower(r)
	}, w)
}

// isAcronym reports whether a name is written in capitals: US, U.S., ZANU-PF.
// Plain words that organizations write so (BRICS) count as acronyms too.
func isAcronym(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			letters++
		case !unicode.IsDigit(r) && !strings.ContainsRune(".-+/&", r):
			return false
		}
	}
	return letters > 0 && utf8.RuneCountInString(name) > 1
}

// plainAcronym drops the stops and marks of an acronym.
func plainAcronym(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// slug makes an identifier of a name: lower-case letters, digits and single hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, w := range phraseWords(name) {
		if w == "'s" {
			continue
		}
		w = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, w)
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(w)
	}
	return b.String()
}
