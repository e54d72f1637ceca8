package score

import (
	_ "embed"
	"regexp"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/ententegraph/entente/nlp"
)

//go:embed national.txt
var nationalText string

// nationals returns the adjectives of nationality that belong to no title.
func nationals() set[string] {
	out := set[string]{}
	for line := range strings.Lines(nationalText) {
		if !strings.HasPrefix(line, "#") {
			out.add(strings.Fields(line)...)
		}
	}
	return out
}

var (
	wordRuns    = regexp.MustCompile(`[\p{L}\p{N}_]+`)
	possessives = strings.NewReplacer("’s", "", "'s", "")
)

// plain returns the words of s without case, accents, possessives and articles.
func plain(s string) []string {
	s = cases.Fold().String(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		if norm.NFKD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, s)
	var out []string
	for _, w := range wordRuns.FindAllString(possessives.Replace(s), -1) {
		if w != "the" && w != "a" && w != "an" {
			out = append(out, w)
		}
	}
	return out
}

// names returns what an entity is called, in plain words.
func names(e nlp.ExtractedEntity) set[string] {
	out := set[string]{}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if w := plain(n); len(w) > 0 {
			out.add(strings.Join(w, " "))
		}
	}
	if e.Code != nil {
		out.add(cases.Fold().String(*e.Code))
	}
	return out
}

// position returns the words of a title that tell positions apart.
func position(title string, national set[string]) set[string] {
	out := set[string]{}
	for _, w := range plain(title) {
		if w != "of" && !national[w] {
			out.add(w)
		}
	}
	return out
}

// A set holds each member once.
type set[T comparable] map[T]bool

func (s set[T]) add(members ...T) {
	for _, m := range members {
		s[m] = true
	}
}

func (s set[T]) meets(t set[T]) bool {
	for m := range s {
		if t[m] {
			return true
		}
	}
	return false
}

func (s set[T]) equal(t set[T]) bool { return len(s) == len(t) && s.common(t) == len(s) }

func (s set[T]) common(t set[T]) int {
	n := 0
	for m := range s {
		if t[m] {
			n++
		}
	}
	return n
}

// jaccard is the share of the members of either that both have.
func jaccard[T comparable](s, t set[T]) float64 {
	both := s.common(t)
	if either := len(s) + len(t) - both; either > 0 {
		return float64(both) / float64(either)
	}
	return 0
}
