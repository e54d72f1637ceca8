package graph

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check reports what is wrong with the form of a term, so that nothing gets
// into a store that could not be written to a quad file and read again.
func (t Term) Check() error {
	if !utf8.ValidString(t.Value) {
		return fmt.Errorf("%q is not UTF-8", t.Value)
	}
	switch t.Kind {
	case KindNone:
		return errors.New("a term is missing")
	case KindIRI:
		return checkIRI(t.Value)
	case KindBlank:
		if !validLabel(t.Value) {
			return fmt.Errorf("%q is not a blank node label", t.Value)
		}
		return nil
	case KindLiteral:
		switch {
		case t.Language != "" && t.Datatype != "":
			return fmt.Errorf("literal %q has both a language and a datatype", t.Value)
		case t.Language != "" && !validLanguage(t.Language):
			return fmt.Errorf("%q is not a language tag", t.Language)
		case t.Datatype == XSDString:
			return fmt.Errorf("literal %q has the datatype xsd:string, which is written as no datatype", t.Value)
		case needsLanguage(t.Datatype):
			return fmt.Errorf("literal %q has the datatype %s and no language", t.Value, t.Datatype)
		case t.Datatype != "":
			return checkIRI(t.Datatype)
		}
		return nil
	case KindTriple:
		return errors.New("triple terms (RDF 1.2) cannot be kept in a store")
	}
	return fmt.Errorf("terms of kind %d cannot be kept", t.Kind)
}

// Check reports what is wrong with a quad: terms that are malformed, or in a
// place where RDF does not have them (RDF 1.1, section 3.1 and section 4).
func (q Quad) Check() error {
	for _, place := range []struct {
		name string
		term Term
		ok   bool
	}{
		{"subject", q.Subject, q.Subject.Kind != KindLiteral},
		{"predicate", q.Predicate, q.Predicate.Kind != KindLiteral && q.Predicate.Kind != KindBlank},
		{"object", q.Object, true},
		{"graph name", q.Graph, q.Graph.Kind != KindLiteral},
	} {
		if place.name == "graph name" && place.term.IsZero() {
			continue
		}
		if err := place.term.Check(); err != nil {
			return fmt.Errorf("%s: %w", place.name, err)
		}
		if !place.ok {
			return fmt.Errorf("%s: %s cannot stand there", place.name, place.term)
		}
	}
	return nil
}

func checkIRI(iri string) error {
	if iri == "" {
		return errors.New("an IRI is empty")
	}
	if !utf8.ValidString(iri) {
		return fmt.Errorf("IRI %q is not UTF-8", iri)
	}
	if i := firstNotInIRI(iri); i >= 0 {
		r, _ := utf8.DecodeRuneInString(iri[i:])
		return fmt.Errorf("IRI %q holds %q, which must be percent-encoded", iri, r)
	}
	return nil
}

// notInIRI reports the characters that the production IRIREF leaves out.
func notInIRI(r rune) bool {
	return r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r)
}

// firstNotInIRI returns where the first such character is, or -1.
func firstNotInIRI(iri string) int {
	for i := range len(iri) {
		if c := iri[i]; c < utf8.RuneSelf && barred[c] {
			return i
		}
	}
	return -1
}

// absolute reports whether an IRI begins with a scheme (RFC 3986, section 3.1).
func absolute(iri string) bool {
	scheme, _, found := strings.Cut(iri, ":")
	if !found || scheme == "" || !isLetter(rune(scheme[0])) {
		return false
	}
	return strings.IndexFunc(scheme, func(r rune) bool {
		return !isLetter(r) && !isDigit(r) && !strings.ContainsRune("+-.", r)
	}) < 0
}

// validLabel reports whether a label fits the production BLANK_NODE_LABEL.
func validLabel(label string) bool {
	return label != "" && labelEnd(label) == len(label)
}

// labelEnd returns where the longest blank node label at the start of s ends, or 0.
func labelEnd(s string) int {
	end := 0
	for i, r := range s {
		first := i == 0
		switch {
		case nameStart(r), isDigit(r):
		case !first && (r == '-' || r == '.' || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040):
		default:
			return end
		}
		if r != '.' { // a label does not end in a dot
			end = i + utf8.RuneLen(r)
		}
	}
	return end
}

// nameStart is the production PN_CHARS_U. It admits the colon, as its first
// publication did and as old quad files use it.
func nameStart(r rune) bool {
	switch {
	case isLetter(r), r == '_', r == ':':
		return true
	case r < 0xC0:
		return false
	}
	return r <= 0xD6 || 0xD8 <= r && r <= 0xF6 || 0xF8 <= r && r <= 0x2FF ||
		0x370 <= r && r <= 0x37D || 0x37F <= r && r <= 0x1FFF || r == 0x200C || r == 0x200D ||
		0x2070 <= r && r <= 0x218F || 0x2C00 <= r && r <= 0x2FEF || 0x3001 <= r && r <= 0xD7FF ||
		0xF900 <= r && r <= 0xFDCF || 0xFDF0 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0xEFFFF
}

// validLanguage reports whether a language tag is well formed: fits the
// production LANGTAG, with subtags of at most eight characters (BCP 47, section 2.1).
// A base direction may follow (RDF 1.2 Turtle, production LANG_DIR).
func validLanguage(tag string) bool {
	tag, direction, directed := strings.Cut(tag, "--")
	if directed && direction != LeftToRight && direction != RightToLeft {
		return false
	}
	if tag == "" || languageEnd(tag) != len(tag) {
		return false
	}
	for subtag := range strings.SplitSeq(tag, "-") {
		if len(subtag) > 8 {
			return false
		}
	}
	return true
}

// needsLanguage reports the datatypes that literals have by their language tag
// (RDF 1.1, section 3.3; RDF 1.2 for the second), and never alone.
func needsLanguage(datatype string) bool {
	return datatype == LangString || datatype == DirLangString
}

// languageEnd returns where the language tag at the start of s ends, or 0 (production LANGTAG).
func languageEnd(s string) int {
	end, first := 0, true
	for {
		i := end
		if !first {
			i++ // the hyphen
		}
		from := i
		for i < len(s) && (isLetter(rune(s[i])) || !first && isDigit(rune(s[i]))) {
			i++
		}
		if i == from {
			return end
		}
		end, first = i, false
		if end == len(s) || s[end] != '-' {
			return end
		}
	}
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
