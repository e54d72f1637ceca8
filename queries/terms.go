package queries

import (
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
)

const (
	xsd        = "http://www.w3.org/2001/XMLSchema#"
	xsdInteger = xsd + "integer"
	xsdBoolean = xsd + "boolean"
)

// jsonValue writes a term as a JSON value from which it can be read back:
//
//	IRI               "<https://example.org/a>"
//	blank node        "_:b0"
//	xsd:string        its text; in N-Quads form ("\"<a>\"") where the text begins with < or " or _:
//	xsd:integer       a number, where it is in canonical form and below 2^53
//	xsd:boolean       true, false
//	other literals    in N-Quads form: "\"2025-08-31\"^^<…#date>", "\"chat\"@fr"
func jsonValue(t graph.Term) any {
	switch t.Kind {
	case graph.KindIRI:
		return "<" + t.Value + ">"
	case graph.KindBlank:
		return "_:" + t.Value
	case graph.KindLiteral:
		switch {
		case t.Language == "" && t.Datatype == "":
			if strings.HasPrefix(t.Value, "<") || strings.HasPrefix(t.Value, "_:") || strings.HasPrefix(t.Value, `"`) {
				return nquads(t)
			}
			return t.Value
		case t.Datatype == xsdInteger:
			if n, err := strconv.ParseInt(t.Value, 10, 64); err == nil && strconv.FormatInt(n, 10) == t.Value && n > -1<<53 && n < 1<<53 {
				return n
			}
		case t.Datatype == xsdBoolean && (t.Value == "true" || t.Value == "false"):
			return t.Value == "true"
		}
		return nquads(t)
	}
	return nil
}

// nquads writes a term as N-Quads has it.
func nquads(t graph.Term) string { return string(graph.AppendTerm(nil, t)) }

// parseTerm reads what jsonValue writes as a string; text that is none of the
// marked forms is the string itself.
func parseTerm(s string) graph.Term {
	switch {
	case len(s) > 2 && s[0] == '<' && s[len(s)-1] == '>':
		return graph.IRI(s[1 : len(s)-1])
	case len(s) > 2 && strings.HasPrefix(s, "_:") && !strings.ContainsAny(s, " \t\n"):
		return graph.Blank(s[2:])
	case len(s) > 1 && s[0] == '"':
		if t, ok := parseLiteral(s); ok {
			return t
		}
	}
	return graph.String(s)
}

// parseLiteral reads a literal in N-Quads form.
func parseLiteral(s string) (graph.Term, bool) {
	end := -1
	for i := 1; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '"' {
			end = i
			break
		}
	}
	if end < 0 {
		return graph.Term{}, false
	}
	text, ok := unescape(s[1:end])
	if !ok {
		return graph.Term{}, false
	}
	switch tail := s[end+1:]; {
	case tail == "":
		return graph.String(text), true
	case len(tail) > 1 && tail[0] == '@':
		return graph.LangTagged(text, tail[1:]), true
	case len(tail) > 4 && strings.HasPrefix(tail, "^^<") && tail[len(tail)-1] == '>':
		return graph.Typed(text, tail[3:len(tail)-1]), true
	}
	return graph.Term{}, false
}

// unescape resolves the escapes of N-Quads (STRING_LITERAL_QUOTE).
func unescape(s string) (string, bool) {
	if !strings.Contains(s, `\`) {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", false
		}
		digits := 0
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'b':
			b.WriteByte('\b')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 'f':
			b.WriteByte('\f')
		case '"', '\'', '\\':
			b.WriteByte(s[i])
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		default:
			return "", false
		}
		if digits > 0 {
			if i+digits >= len(s) {
				return "", false
			}
			n, err := strconv.ParseUint(s[i+1:i+1+digits], 16, 32)
			if err != nil || n > 0x10FFFF {
				return "", false
			}
			b.WriteRune(rune(n))
			i += digits
		}
	}
	return b.String(), true
}

// display writes a term for people: the text of a literal, an IRI with its
// prefix where one is known.
func display(t graph.Term, prefixes map[string]string) string {
	if t.Kind == graph.KindIRI {
		return compact(t.Value, prefixes)
	}
	if t.Kind == graph.KindBlank {
		return "_:" + t.Value
	}
	return t.Value
}
