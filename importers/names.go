package importers

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/ententegraph/entente/schema"
)

// letters that have no decomposition in Unicode and are written otherwise where they are missing.
var plainLetters = strings.NewReplacer(
	"ı", "i", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ə", "a",
	"'", "", "’", "", "ʼ", "", "ʻ", "", "`", "", ".", " ",
)

// slug writes a name in lower case, without marks on letters, with hyphens
// between its words. Names that differ in these only have the same slug.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(plainLetters.Replace(strings.ToLower(name))) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return b.String()
}

// spellings are differences between ways of writing English in the names of organizations.
var spellings = strings.NewReplacer("organisation", "organization", "defence", "defense", "centre", "center", "labour", "labor")

// kinds maps classes of things to the folders of their IRIs where these are not the class in lower case.
func kindOf(class string) string { return strings.ToLower(class) }

func thingIRI(kind, local string) string { return schema.ID + kind + "/" + local }

// docID is the local name of a document's IRI.
func docID(iri string) string { return strings.TrimPrefix(iri, schema.ID+"doc/") }

// localName names a thing inside the IRI of something about it: states by
// code, organizations in lower case, which no state's code is in, and other
// things with their kind.
func localName(iri string) string {
	kind, local, _ := strings.Cut(strings.TrimPrefix(iri, schema.ID), "/")
	switch kind {
	case "state":
		return local
	case "organization":
		return strings.ToLower(local)
	}
	return kind + "-" + local
}

// within reports whether the words of a shorter name stand in a longer one, in
// the same order: "ishaq-dar" in "mohammad-ishaq-dar".
func within(short, long string) bool {
	words := strings.Split(long, "-")
	n := 0
	for _, w := range strings.Split(short, "-") {
		for n < len(words) && words[n] != w {
			n++
		}
		if n == len(words) {
			return false
		}
		n++
	}
	return len(short) < len(long)
}
