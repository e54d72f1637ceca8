package perceptron

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A feature is the hash of a template's number and the values it combines.
type feature = uint64

const (
	hashSeed  = 0x9E3779B97F4A7C15
	hashPrime = 0xD6E8FEB86659FD93
)

func mix(h, v uint64) uint64 {
	h = (h ^ v) * hashPrime
	return h ^ h>>29
}

func feature1(template, a uint64) feature { return mix(mix(hashSeed+template, a), 0) }

func feature2(template, a, b uint64) feature { return mix(mix(mix(hashSeed+template, a), b), 0) }

func feature3(template, a, b, c uint64) feature {
	return mix(mix(mix(mix(hashSeed+template, a), b), c), 0)
}

// hashText hashes a string (FNV-1a, then mixed).
func hashText(s string) uint64 {
	h := uint64(0xCBF29CE484222325)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001B3
	}
	return mix(h, uint64(len(s)))
}

// bucket spreads a feature over n buckets by its upper bits; the lower bits tell
// features of one bucket apart.
func bucket(f feature, n int) int {
	high, _ := bits.Mul64(f, uint64(n))
	return int(high)
}

// sameMark maps marks that writers use for one another to one of them.
var sameMark = strings.NewReplacer(
	"’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'",
	"“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "''", `"`, "``", `"`,
	"–", "-", "—", "-", "―", "-", "−", "-", "‐", "-", "‑", "-", "--", "-", "---", "-",
	"…", "...", "\u00a0", " ", "\u00ad", "",
)

// normalize gives the form that features are computed from.
func normalize(form string) string {
	for i := 0; i < len(form); i++ {
		if c := form[i]; c >= utf8.RuneSelf || c == '\'' || c == '`' || c == '-' {
			return sameMark.Replace(form)
		}
	}
	return form
}

// A word is a form with the values that features are built from.
type word struct {
	form    uint64 // the form, marks made equal
	lower   uint64 // in lower case, digits made equal
	shape   uint64 // classes of characters, runs shortened, with the case of the sentence
	suffix  [4]uint64
	prefix  [3]uint64
	traits  uint64 // bits: has a digit, a hyphen, an upper-case letter inside
	text    string // in lower case, digits kept
	capital bool   // begins with an upper-case letter
}

// The ways in which a sentence can be written as regards case. Upper-case
// letters tell names only where they are not on every word.
const (
	plainCase uint64 = iota
	titleCase
	upperCase
)

func sentenceCase(forms []string) uint64 {
	var lower, capital, long, upper int
	for _, f := range forms {
		first, size := utf8.DecodeRuneInString(f)
		switch {
		case unicode.IsLower(first):
			if len(f) > 3 {
				long++
			}
			lower++
		case unicode.IsUpper(first):
			capital++
			if rest := f[size:]; rest != "" && strings.ToUpper(rest) == rest {
				upper++
			}
		}
	}
	switch {
	case capital < 3:
		return plainCase
	case lower == 0 && upper*5 >= capital*4:
		return upperCase
	case long*5 <= capital:
		return titleCase
	}
	return plainCase
}

// words computes the values of features for the forms of a sentence.
func words(forms []string, mode uint64) []word {
	out := make([]word, len(forms))
	for i, f := range forms {
		out[i] = newWord(f, mode)
	}
	return out
}

func newWord(form string, mode uint64) word {
	norm := normalize(form)
	low := strings.ToLower(norm)
	w := word{form: hashText(norm), text: low, capital: isCapital(form)}
	var shape [16]byte
	n := 0
	digits := false
	for i, r := range norm {
		var c byte
		switch {
		case r >= '0' && r <= '9' || unicode.IsDigit(r):
			c = 'd'
			digits = true
			w.traits |= 1
		case unicode.IsUpper(r):
			c = 'X'
			if i > 0 {
				w.traits |= 4
			}
		case unicode.IsLetter(r):
			c = 'x'
		case r == '-':
			c = '-'
			w.traits |= 2
		case r == '.' || r == ',':
			c = '.'
		case r == '\'':
			c = '\''
		default:
			c = '#'
		}
		// A run of one class counts up to two.
		if n >= 2 && shape[n-1] == c && shape[n-2] == c {
			continue
		}
		if n < len(shape) {
			shape[n] = c
			n++
		}
	}
	w.shape = mix(hashText(string(shape[:n])), mode)
	masked := low
	if digits {
		masked = maskDigits(low)
	}
	w.lower = hashText(masked)
	for i, end, k := 0, len(masked), 0; k < len(w.suffix); k++ {
		if end > 0 {
			_, size := utf8.DecodeLastRuneInString(masked[:end])
			end -= size
		}
		w.suffix[k] = hashText(masked[end:])
		if k < len(w.prefix) {
			if i < len(masked) {
				_, size := utf8.DecodeRuneInString(masked[i:])
				i += size
			}
			w.prefix[k] = hashText(masked[:i])
		}
	}
	return w
}

func maskDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

func isCapital(form string) bool {
	first, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(first)
}
