package iri

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check says why a text is not an absolute IRI, or nil: no scheme, no UTF-8, or
// one of the characters that may stand in no IRI (the production IRIREF of
// Turtle and SPARQL: C0 controls, space, <>"{}|^`\).
func Check(s string) error {
	if !IsAbsolute(s) {
		return fmt.Errorf("iri: <%s>: want an absolute IRI, with a scheme", s)
	}
	return CheckCharacters(s)
}

// CheckCharacters says which character may not stand in an IRI reference, or nil.
func CheckCharacters(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("iri: %q is not UTF-8", s)
	}
	for i := range len(s) {
		if c := s[i]; Forbidden(rune(c)) {
			return fmt.Errorf("iri: <%s>: %q may not stand in an IRI; percent-encoded it is %%%02X", s, c, c)
		}
	}
	return nil
}

// Forbidden says whether a character may not stand in an IRI.
func Forbidden(c rune) bool {
	return c <= ' ' || c < utf8.RuneSelf && strings.IndexByte("<>\"{}|^`\\", byte(c)) >= 0
}
