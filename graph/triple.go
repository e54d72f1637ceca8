package graph

import (
	"strconv"
	"strings"
)

// The base directions of RDF 1.2, as DirTagged takes them.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// TripleTerm returns the term that stands for a triple (RDF 1.2, section 3.6).
// Its Value is the triple in canonical N-Triples, without a dot, so that equal
// triples are equal terms.
func TripleTerm(subject, predicate, object Term) Term {
	text := append(AppendTerm(nil, subject), ' ')
	text = append(AppendTerm(text, predicate), ' ')
	return Term{Kind: KindTriple, Value: string(AppendTerm(text, object))}
}

// Triple returns the parts of a triple term, and false for all other terms.
func (t Term) Triple() (subject, predicate, object Term, ok bool) {
	if t.Kind != KindTriple {
		return Term{}, Term{}, Term{}, false
	}
	rest, okay := t.Value, true
	for _, to := range []*Term{&subject, &predicate, &object} {
		*to, rest, okay = cutTerm(strings.TrimPrefix(rest, " "))
		if !okay {
			return Term{}, Term{}, Term{}, false
		}
	}
	return subject, predicate, object, rest == ""
}

// RenameBlanks returns the term with other labels for its blank nodes: for the
// term itself, or for those inside a triple term. Documents have labels of their
// own, which must not meet those of others.
func RenameBlanks(t Term, label func(string) string) Term {
	if t.Kind == KindBlank {
		return Blank(label(t.Value))
	}
	if s, p, o, ok := t.Triple(); ok {
		return TripleTerm(RenameBlanks(s, label), p, RenameBlanks(o, label))
	}
	return t
}

// DirTagged returns a string with a language tag and a base direction, "ltr"
// or "rtl" (RDF 1.2, section 3.3). Its Language is the two as Turtle writes
// them: "ar--rtl".
func DirTagged(lexical, language, direction string) Term {
	return LangTagged(lexical, language+"--"+direction)
}

// LanguageAndDirection returns the language tag of a literal, and its base
// direction or "".
func (t Term) LanguageAndDirection() (language, direction string) {
	language, direction, _ = strings.Cut(t.Language, "--")
	return language, direction
}

// cutTerm reads a term in the form that AppendTerm writes from the start of s.
func cutTerm(s string) (t Term, rest string, ok bool) {
	switch {
	case strings.HasPrefix(s, "<<( "):
		s = s[len("<<( "):]
		rest = s
		for range 3 {
			if _, rest, ok = cutTerm(rest); !ok {
				return Term{}, "", false
			}
			rest = strings.TrimPrefix(rest, " ")
		}
		inner := s[:len(s)-len(rest)]
		rest, ok = strings.CutPrefix(rest, ")>>")
		return Term{Kind: KindTriple, Value: strings.TrimSuffix(inner, " ")}, rest, ok
	case strings.HasPrefix(s, "<"):
		iri, rest, ok := strings.Cut(s[1:], ">")
		return IRI(unescape(iri)), rest, ok
	case strings.HasPrefix(s, "_:"):
		label, _, _ := strings.Cut(s[2:], " ")
		return Blank(label), s[2+len(label):], label != ""
	case strings.HasPrefix(s, `"`):
		end := 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			return Term{}, "", false
		}
		lexical, rest := unescape(s[1:end]), s[end+1:]
		if datatype, found := strings.CutPrefix(rest, "^^<"); found {
			datatype, rest, ok = strings.Cut(datatype, ">")
			return Typed(lexical, unescape(datatype)), rest, ok
		}
		if tag, found := strings.CutPrefix(rest, "@"); found {
			tag, _, _ = strings.Cut(tag, " ")
			return LangTagged(lexical, tag), rest[1+len(tag):], tag != ""
		}
		return String(lexical), rest, true
	}
	return Term{}, "", false
}

// unescape takes back the escapes that AppendTerm makes.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'u' && i+5 <= len(s) {
			n, _ := strconv.ParseUint(s[i+1:i+5], 16, 16)
			b.WriteRune(rune(n))
			i += 4
		} else if j := strings.IndexByte(names, s[i]); j >= 0 {
			b.WriteByte(named[j])
		}
	}
	return b.String()
}
