package perceptron

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// suffixRules give a word of a tag a value (a way to its lemma, features) by
// the longest ending that is known for the tag; a whole word is the longest
// ending of all. They are learned from words with their values.
type suffixRules map[string]string // tag, line feed, ending → value

const (
	longestEnding = 6
	wholeWord     = "^" // begins an ending that is all of a word
)

// find gives the value for a word in lower case.
func (r suffixRules) find(tag, word string) (string, bool) {
	key := make([]byte, 0, 64)
	key = append(append(key, tag...), '\n')
	n := len(key)
	if v, ok := r[string(append(append(key, wholeWord...), word...))]; ok {
		return v, true
	}
	for _, ending := range endings(word) {
		if v, ok := r[string(append(key[:n], ending...))]; ok {
			return v, true
		}
	}
	return "", false
}

// endings of a word, longest first, down to the empty one.
func endings(word string) []string {
	var list [longestEnding + 1]string
	n, at := 0, len(word)
	for {
		list[longestEnding-n] = word[at:]
		if at == 0 || n == longestEnding {
			return list[longestEnding-n:]
		}
		_, size := utf8.DecodeLastRuneInString(word[:at])
		at -= size
		n++
	}
}

// suffixCounts collect what suffixRules are learned from: tag → word → value → count.
type suffixCounts map[string]map[string]map[string]int

func (c suffixCounts) add(tag, word, value string, n int) {
	if c[tag] == nil {
		c[tag] = make(map[string]map[string]int)
	}
	if c[tag][word] == nil {
		c[tag][word] = make(map[string]int)
	}
	c[tag][word][value] += n
}

// rules keeps, from short endings to long ones, those that say something else
// than the shorter ending that would be found in their place.
func (c suffixCounts) rules() suffixRules {
	r := make(suffixRules)
	for _, tag := range slices.Sorted(maps.Keys(c)) {
		byEnding := make(map[string]map[string]int)
		for word, values := range c[tag] {
			for _, ending := range endings(word) {
				if byEnding[ending] == nil {
					byEnding[ending] = make(map[string]int)
				}
				byEnding[ending][mostly(values)]++ // each word once: new words are like rare ones
			}
		}
		list := slices.SortedFunc(maps.Keys(byEnding), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
		})
		for _, ending := range list {
			r.keep(tag, ending, "", mostly(byEnding[ending]))
		}
		for _, word := range slices.Sorted(maps.Keys(c[tag])) {
			r.keep(tag, word, wholeWord, mostly(c[tag][word]))
		}
	}
	return r
}

func (r suffixRules) keep(tag, ending, mark, value string) {
	shorter := ending
	if mark == "" && ending != "" {
		_, size := utf8.DecodeRuneInString(ending)
		shorter = ending[size:]
	}
	if v, ok := r.find(tag, shorter); !ok || v != value {
		r[tag+"\n"+mark+ending] = value
	}
}

func mostly(counts map[string]int) string {
	best := ""
	for v, n := range counts {
		if m := counts[best]; n > m || n == m && (m == 0 || v < best) {
			best = v
		}
	}
	return best
}

func (r suffixRules) pack() []byte {
	var data []byte
	for _, key := range slices.Sorted(maps.Keys(r)) {
		data = append(data, key+"\n"+r[key]+"\n"...)
	}
	return data
}

func readSuffixRules(data []byte) (suffixRules, error) {
	r := make(suffixRules, len(data)/16)
	for text := string(data); text != ""; {
		tag, rest, ok1 := strings.Cut(text, "\n")
		ending, rest, ok2 := strings.Cut(rest, "\n")
		value, rest, ok3 := strings.Cut(rest, "\n")
		if !ok1 || !ok2 || !ok3 {
			return nil, fmt.Errorf("rules for endings are cut short after %q", tag)
		}
		r[text[:len(tag)+1+len(ending)]] = value
		text = rest
	}
	return r, nil
}

// A way to a lemma is written "n+letters": drop n characters at the end and add
// the letters; "^" before it makes the first letter a capital.

// wayTo gives the way from a word to its lemma. The word is in the case that
// lemmaCase gives.
func wayTo(word, lemma string) string {
	capital := ""
	if first, _ := utf8.DecodeRuneInString(lemma); unicode.IsUpper(first) {
		if w, _ := utf8.DecodeRuneInString(word); w != first && unicode.ToUpper(w) == first {
			capital = "^"
			lemma = lowerFirst(lemma)
		}
	}
	same := 0
	for same < len(word) && same < len(lemma) && word[same] == lemma[same] {
		same++
	}
	for same > 0 && (same < len(word) && !utf8.RuneStart(word[same]) || same < len(lemma) && !utf8.RuneStart(lemma[same])) {
		same--
	}
	return fmt.Sprintf("%s%d+%s", capital, utf8.RuneCountInString(word[same:]), lemma[same:])
}

// follow goes the way from a word; a word that is too short stays as it is.
func follow(word, way string) string {
	way, capital := strings.CutPrefix(way, "^")
	drop, add, _ := strings.Cut(way, "+")
	end := len(word)
	for n := number(drop); n > 0; n-- {
		if end == 0 {
			return word
		}
		_, size := utf8.DecodeLastRuneInString(word[:end])
		end -= size
	}
	word = word[:end] + add
	if capital {
		first, size := utf8.DecodeRuneInString(word)
		word = string(unicode.ToUpper(first)) + word[size:]
	}
	return word
}

func number(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}
