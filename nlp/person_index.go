package nlp

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// personIndex finds among the persons of a document those who may bear a name,
// so that a list of ten thousand people costs no more by the name than one of ten.
type personIndex struct {
	parts  map[int][]string // person → folded words of the name
	listed map[string][]int // key → persons, ascending
	slips  slipIndex        // of surnames
}

func newPersonIndex() personIndex {
	return personIndex{map[int][]string{}, map[string][]int{}, slipIndex{}}
}

// enter lists a person under a name, which replaces an earlier one. What the
// earlier name was listed under stays; readers compare with the name that holds.
func (x personIndex) enter(person int, name string) {
	parts := nameParts(name)
	x.parts[person] = parts
	for _, key := range enteredKeys(parts) {
		list := x.listed[key]
		if at, found := slices.BinarySearch(list, person); !found {
			x.listed[key] = slices.Insert(list, at, person)
		}
	}
	if len(parts) > 0 {
		x.slips.enter(parts[len(parts)-1], person)
	}
}

// enteredKeys are what a name is listed under: each word of it; its last word,
// its beginning and the whole run together, for names of several words.
func enteredKeys(parts []string) []string {
	if len(parts) == 0 {
		return nil
	}
	keys := []string{"joined " + strings.Join(parts, "")}
	for _, p := range parts {
		keys = append(keys, "part "+p)
	}
	if len(parts) == 1 {
		return append(keys, "alone "+parts[0])
	}
	return append(keys, "last "+parts[len(parts)-1], "whole "+strings.Join(parts, " "), "begins "+strings.Join(parts[:len(parts)-1], " "))
}

// bearer returns the person entered last who is the same person as one of the name's words, or -1.
func (x personIndex) bearer(parts []string) int {
	var keys []string
	switch len(parts) {
	case 0:
		return -1
	case 1:
		keys = []string{"part " + parts[0], "joined " + parts[0]}
	default:
		keys = []string{
			"joined " + strings.Join(parts, ""), "last " + parts[len(parts)-1],
			"begins " + strings.Join(parts, " "), "whole " + strings.Join(parts[:len(parts)-1], " "),
		}
		for _, p := range parts {
			keys = append(keys, "alone "+p)
		}
	}
	best := -1
	for _, key := range keys {
		list := x.listed[key]
		for k := len(list) - 1; k >= 0 && list[k] > best; k-- {
			if samePerson(x.parts[list[k]], parts) {
				best = list[k]
			}
		}
	}
	return best
}

// slipIndex finds words that are one slip apart: both lose a letter and are the same then.
type slipIndex map[string][]int

func (x slipIndex) enter(word string, of int) {
	for _, w := range withoutOne(word) {
		if list := x[w]; len(list) == 0 || list[len(list)-1] != of {
			x[w] = append(list, of)
		}
	}
}

// near returns what was entered under words that may be one slip apart from a word, ascending.
func (x slipIndex) near(word string) []int {
	var out []int
	for _, w := range withoutOne(word) {
		out = append(out, x[w]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withoutOne returns a word and all that is left of it without one of its letters.
func withoutOne(word string) []string {
	out := []string{word}
	for i := 0; i < len(word); {
		_, n := utf8.DecodeRuneInString(word[i:])
		out = append(out, word[:i]+word[i+n:])
		i += n
	}
	return out
}
