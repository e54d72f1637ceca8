package schema

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
)

//go:embed codes/offices.tsv
var officesTable string

// offices tells titles of offices that one person holds at a time.
type offices struct{ one, several []string }

func readOffices() (offices, error) {
	var o offices
	var unknown string
	err := eachRow(officesTable, 2, func(c []string) {
		switch c[0] {
		case "one":
			o.one = append(o.one, c[1])
		case "several":
			o.several = append(o.several, c[1])
		default:
			unknown = c[0]
		}
	})
	if err == nil && unknown != "" {
		err = fmt.Errorf("%q is neither one nor several", unknown)
	}
	if err != nil {
		return o, fmt.Errorf("schema: codes/offices.tsv: %w", err)
	}
	return o, nil
}

// SingleHolder reports whether one person at a time holds a position with a
// title ("Foreign Minister"), of one state or organization, and of an
// ambassador to one host. It is false where that is not known. The title
// minister, by itself, does not say of what.
func (m *Model) SingleHolder(title string) bool {
	title = strings.ToLower(strings.TrimSpace(title))
	if title == "minister" || title == "secretary" {
		return false
	}
	has := func(words []string) bool {
		for _, w := range words {
			if hasWords(title, w) {
				return true
			}
		}
		return false
	}
	return has(m.offices.one) && !has(m.offices.several)
}

// hasWords reports whether a text has the words of another one next to each other.
func hasWords(text, words string) bool {
	letter := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	for at := 0; ; at++ {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		at += i
		before, after := text[:at], text[at+len(words):]
		if (before == "" || strings.LastIndexFunc(before, letter) != lastRune(before)) && (after == "" || strings.IndexFunc(after, letter) != 0) {
			return true
		}
	}
}

// lastRune returns where the last character of a text begins.
func lastRune(text string) int {
	at := 0
	for i := range text {
		at = i
	}
	return at
}
