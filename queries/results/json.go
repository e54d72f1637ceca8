package results

import (
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
)

// jsonEncoder writes SPARQL 1.1 Query Results JSON.
type jsonEncoder struct{}

func (jsonEncoder) head(b []byte, vars []string) []byte {
	b = append(b, `{"head":{"vars":[`...)
	for i, v := range vars {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSONString(b, v)
	}
	return append(b, `]},"results":{"bindings":[`...)
}

func (jsonEncoder) row(b []byte, vars []string, row []graph.Term, first bool) ([]byte, error) {
	if !first {
		b = append(b, ',')
	}
	b = append(b, '\n', '{')
	separate := false
	for i, t := range row {
		if t.Kind == graph.KindNone {
			continue
		}
		if separate {
			b = append(b, ',')
		}
		separate = true
		b = append(appendJSONString(b, vars[i]), ':')
		b = appendJSONTerm(b, t)
	}
	return append(b, '}'), nil
}

func (jsonEncoder) end(b []byte) []byte { return append(b, "\n]}}\n"...) }

func (jsonEncoder) boolean(b []byte, value bool) []byte {
	if value {
		return append(b, `{"head":{},"boolean":true}`+"\n"...)
	}
	return append(b, `{"head":{},"boolean":false}`+"\n"...)
}

func (jsonEncoder) abort(b []byte, message string) []byte {
	return append(append(append(b, "\n# error: "...), message...), '\n')
}

func appendJSONTerm(b []byte, t graph.Term) []byte {
	switch t.Kind {
	case graph.KindIRI:
		b = appendJSONString(append(b, `{"type":"uri","value":`...), t.Value)
	case graph.KindBlank:
		b = appendJSONString(append(b, `{"type":"bnode","value":`...), t.Value)
	case graph.KindTriple:
		s, p, o, _ := t.Triple()
		b = appendJSONTerm(append(b, `{"type":"triple","value":{"subject":`...), s)
		b = appendJSONTerm(append(b, `,"predicate":`...), p)
		b = append(appendJSONTerm(append(b, `,"object":`...), o), '}')
	default:
		b = appendJSONString(append(b, `{"type":"literal","value":`...), t.Value)
		if t.Datatype != "" {
			b = appendJSONString(append(b, `,"datatype":`...), t.Datatype)
		}
		if language, direction := t.LanguageAndDirection(); language != "" {
			b = appendJSONString(append(b, `,"xml:lang":`...), language)
			if direction != "" {
				b = appendJSONString(append(b, `,"its:dir":`...), direction)
			}
		}
	}
	return append(b, '}')
}

// appendJSONString writes a string without the escapes for HTML that
// encoding/json makes, and without its detours.
func appendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 { // no term has it; JSON must be UTF-8
				b = append(append(b, s[from:i]...), "\ufffd"...)
				from = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7F {
			i++
			continue
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(b, s[from:]...), '"')
}
