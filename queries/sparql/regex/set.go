package regex

import (
	"fmt"
	"slices"
	"strings"
)

// A set is characters as pairs of ends, first and last. Sets that finish
// returned are sorted and without overlaps.
type set []rune

// finish sorts and merges s, and turns it into what it lacks where it is negated.
func (s set) finish(negated bool) set {
	pairs := make([][2]rune, 0, len(s)/2)
	for i := 0; i < len(s); i += 2 {
		pairs = append(pairs, [2]rune{s[i], s[i+1]})
	}
	slices.SortFunc(pairs, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	merged := make(set, 0, len(s))
	for _, p := range pairs {
		if n := len(merged); n > 0 && p[0] <= merged[n-1]+1 {
			merged[n-1] = max(merged[n-1], p[1])
		} else {
			merged = append(merged, p[0], p[1])
		}
	}
	if !negated {
		return merged
	}
	var rest set
	from := rune(0)
	for i := 0; i < len(merged); i += 2 {
		if from < merged[i] {
			rest = append(rest, from, merged[i]-1)
		}
		from = merged[i+1] + 1
	}
	if from <= lastRune {
		rest = append(rest, from, lastRune)
	}
	return rest
}

// minus returns the characters of s that are not in t.
func (s set) minus(t set) set {
	return append(s.finish(true), t...).finish(true)
}

// String writes the set as a class of Go's expressions.
func (s set) String() string {
	if len(s) == 0 {
		return `[^\x{0}-\x{10FFFF}]`
	}
	var b strings.Builder
	b.WriteByte('[')
	for i := 0; i < len(s); i += 2 {
		fmt.Fprintf(&b, `\x{%X}`, s[i])
		if s[i+1] > s[i] {
			fmt.Fprintf(&b, `-\x{%X}`, s[i+1])
		}
	}
	b.WriteByte(']')
	return b.String()
}
