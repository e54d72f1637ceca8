// Package nearest finds the name that somebody probably meant, for messages
// that end in "did you mean …?".
//
//	if name, ok := nearest.Name("store.pathh", settings); ok { … }
package nearest

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Name returns the candidate with the smallest edit distance to word, letter
// case aside, and false when none is near enough to be a slip of the pen: at
// most a third of the word's letters, and at least one. Of equally near
// candidates the first wins.
func Name(word string, candidates []string) (string, bool) {
	best, distance := "", len([]rune(word))/3+1
	if len([]rune(word)) < 3 {
		distance = 2
	}
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); d < distance {
			best, distance = c, d
		}
	}
	return best, best != ""
}
