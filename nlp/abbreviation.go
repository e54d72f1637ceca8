package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations knows which words keep their full stop, and whether a sentence may end with it.
type abbreviations struct {
	before   map[string]bool // a name follows: Mr, Gen
	number   map[string]bool // so where a figure follows: No, Art
	closing  map[string]bool // may end a sentence: Inc, etc, p.m
	starters map[string]bool // capitalised function words, which begin a sentence
}

func newAbbreviations(rows [][]string) *abbreviations {
	a := &abbreviations{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	kinds := map[string]map[string]bool{"before": a.before, "number": a.number, "closing": a.closing, "starter": a.starters}
	for _, row := range rows {
		for _, w := range row[1:] {
			kinds[row[0]][w] = true
		}
	}
	return a
}

// keepsStop reports whether the word, given with its full stop, is one token:
// an abbreviation, an initial, or letters with stops between them (U.S.). next
// is the character after it and a blank, if any.
func (a *abbreviations) keepsStop(word string, next rune) bool {
	w := strings.TrimSuffix(word, ".")
	return a.before[w] || a.closing[w] || a.number[w] && unicode.IsDigit(next) || isInitial(word) || isDotted(word)
}

// joins reports whether a sentence goes on after a word that ends in a full
// stop, given the word that follows.
func (a *abbreviations) joins(word, next string, alone bool) bool {
	w := strings.TrimSuffix(word, ".")
	switch {
	case alone && strings.Trim(w, "0123456789") == "" && len(w) <= 2: // the number of a list's item
		return true
	case a.before[w], a.number[w] && next == "":
		return true
	case a.closing[w], isDotted(word), isInitial(word):
		return !a.starters[next]
	}
	return false
}

// isInitial reports whether the word is a capital with a full stop: J.
func isInitial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && word[n:] == "."
}

// isDotted reports whether the word is of one or two letters between stops: U.S., Ph.D., e.g.
func isDotted(word string) bool {
	if !strings.HasSuffix(word, ".") {
		return false
	}
	parts := strings.Split(word[:len(word)-1], ".")
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if n := utf8.RuneCountInString(p); n == 0 || n > 2 || strings.IndexFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) >= 0 {
			return false
		}
	}
	return true
}
