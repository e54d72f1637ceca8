package importers

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// How two names are alike. Names are slugs: words in lower case with hyphens between.

// A likeness says how one name may stand for the person of another.
type likeness int

const (
	unlike    likeness = iota
	shortened          // words are left out, or given by initials
	respelled          // a word is written in another way, as from another script
	reordered          // the same words in another order
	identical
)

// compareNames says how two names of persons are alike. Every word of the
// shorter must stand for one of the longer, and one of them be its last word or
// its first (where the family name is), in full.
func compareNames(a, b string) likeness {
	if a == b {
		return identical
	}
	short, long := nameWords(a), nameWords(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 {
		return unlike
	}
	taken := make([]bool, len(long))
	ordered, initials, spelled := true, false, false
	last := -1
	family := false
	for _, w := range short {
		at, how := -1, unlike
		for i, l := range long {
			if taken[i] {
				continue
			}
			if h := compareWords(w, l); h > how {
				at, how = i, h
			}
		}
		if at < 0 {
			return unlike
		}
		taken[at] = true
		ordered = ordered && at > last
		last = at
		initials = initials || how == shortened
		spelled = spelled || how == respelled
		if how >= respelled && (at == len(long)-1 || at == 0) {
			family = true
		}
	}
	switch {
	case !family:
		return unlike
	case len(short) < len(long) || initials:
		if spelled && len(short) < 2 {
			return unlike
		}
		return shortened
	case spelled:
		return respelled
	case !ordered:
		return reordered
	}
	return identical
}

// particles stand before family names and are left out at will.
var particles = []string{"al", "el", "bin", "ibn", "bint", "ben", "van", "von", "der", "den", "de", "del", "da", "di", "du", "la", "le", "dos", "ul", "ur", "y", "zu"}

// nameWords splits the slug of a name into its words, without particles.
func nameWords(slug string) []string {
	words := strings.Split(slug, "-")
	if kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(particles, w) }); len(kept) > 0 {
		return kept
	}
	return words
}

func compareWords(a, b string) likeness {
	switch {
	case a == b:
		return identical
	case utf8.RuneCountInString(a) == 1 && strings.HasPrefix(b, a), utf8.RuneCountInString(b) == 1 && strings.HasPrefix(a, b):
		return shortened
	case soundOf(a) == soundOf(b):
		return respelled
	}
	return unlike
}

// sounds are letters that stand for one another where names come from other scripts.
var sounds = strings.NewReplacer(
	"tsch", "c", "tch", "c", "ch", "c", "shch", "s", "sch", "s", "sh", "s", "zh", "j", "dzh", "j", "dj", "j", "kh", "h", "gh", "g",
	"ce", "se", "ci", "si", "ph", "f", "th", "t", "ck", "k", "qu", "k", "q", "k", "x", "ks", "w", "v", "tz", "z", "ts", "z",
	"ou", "u", "oo", "u", "ee", "i", "iy", "i", "yi", "i", "ii", "i", "ij", "i", "y", "i",
)

// soundOf makes equal what is the same word in other spellings: consonants as
// they sound, doubled ones once, and of vowels only that a word begins or ends with one.
func soundOf(word string) string {
	word = sounds.Replace(word)
	if n := len(word); n > 1 && word[n-1] == 'h' && strings.ContainsRune("aeiou", rune(word[n-2])) {
		word = word[:n-1] // Abdullah
	}
	var b strings.Builder
	var before rune
	for i, r := range word {
		vowel := strings.ContainsRune("aeiou", r)
		switch {
		case vowel && i == 0:
			b.WriteByte('_')
		case vowel, r == before:
		default:
			b.WriteRune(r)
		}
		before = r
	}
	if len(word) > 0 && strings.ContainsRune("ao", rune(word[len(word)-1])) {
		b.WriteByte('_') // Ivanova is not Ivanov
	}
	sound := b.String()
	if utf8.RuneCountInString(strings.Trim(sound, "_")) < 3 {
		return word // too little is left to tell words apart
	}
	return sound
}
