package results

import (
	"fmt"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
)

const (
	resultsNamespace = "http://www.w3.org/2005/sparql-results#"
	itsNamespace     = "http://www.w3.org/2005/11/its"
	xmlNamespace     = "http://www.w3.org/XML/1998/namespace"
)

// xmlEncoder writes the SPARQL Query Results XML Format (second edition).
type xmlEncoder struct{}

const xmlStart = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<sparql xmlns="` + resultsNamespace + `">` + "\n"

func (xmlEncoder) head(b []byte, vars []string) []byte {
	b = append(b, xmlStart+"<head>"...)
	for _, v := range vars {
		b, _ = appendXML(append(b, `<variable name="`...), v) // the names of variables are letters and digits
		b = append(b, `"/>`...)
	}
	return append(b, "</head>\n<results>\n"...)
}

func (xmlEncoder) row(b []byte, vars []string, row []graph.Term, _ bool) ([]byte, error) {
	b = append(b, "<result>"...)
	var err error
	for i, t := range row {
		if t.Kind == graph.KindNone {
			continue
		}
		b, _ = appendXML(append(b, `<binding name="`...), vars[i])
		if b, err = appendXMLTerm(append(b, `">`...), t); err != nil {
			return nil, fmt.Errorf("?%s: %w", vars[i], err)
		}
		b = append(b, "</binding>"...)
	}
	return append(b, "</result>\n"...), nil
}

func (xmlEncoder) end(b []byte) []byte { return append(b, "</results>\n</sparql>\n"...) }

func (xmlEncoder) boolean(b []byte, value bool) []byte {
	return fmt.Appendf(b, "%s<head></head>\n<boolean>%t</boolean>\n</sparql>\n", xmlStart, value)
}

func (xmlEncoder) abort(b []byte, message string) []byte {
	b = append(b, "\n# error: "...)
	text, err := appendXML(nil, message)
	if err != nil {
		text = []byte("the results are cut off here")
	}
	return append(append(b, text...), '\n')
}

func appendXMLTerm(b []byte, t graph.Term) ([]byte, error) {
	element := ""
	var err error
	switch t.Kind {
	case graph.KindIRI:
		element = "uri"
		b = append(b, "<uri>"...)
	case graph.KindBlank:
		element = "bnode"
		b = append(b, "<bnode>"...)
	case graph.KindTriple:
		parts := [3]graph.Term{}
		parts[0], parts[1], parts[2], _ = t.Triple()
		b = append(b, "<triple>"...)
		for i, name := range [...]string{"subject", "predicate", "object"} {
			b = append(append(append(b, '<'), name...), '>')
			if b, err = appendXMLTerm(b, parts[i]); err != nil {
				return nil, err
			}
			b = append(append(append(b, "</"...), name...), '>')
		}
		return append(b, "</triple>"...), nil
	default:
		element = "literal"
		b = append(b, "<literal"...)
		if t.Datatype != "" {
			if b, err = appendXML(append(b, ` datatype="`...), t.Datatype); err != nil {
				return nil, err
			}
			b = append(b, '"')
		}
		if language, direction := t.LanguageAndDirection(); language != "" {
			b = append(append(append(b, ` xml:lang="`...), language...), '"')
			if direction != "" {
				b = append(b, ` xmlns:its="`+itsNamespace+`" its:version="2.0" its:dir="`+direction+`"`...)
			}
		}
		b = append(b, '>')
	}
	if b, err = appendXML(b, t.Value); err != nil {
		return nil, err
	}
	return append(append(append(b, "</"...), element...), '>'), nil
}

// appendXML writes text or the value of an attribute. Characters that XML 1.0
// cannot have even escaped (production Char) are an error: leaving them out would be another term.
func appendXML(b []byte, s string) ([]byte, error) {
	from := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		escape := ""
		switch {
		case r == '&':
			escape = "&amp;"
		case r == '<':
			escape = "&lt;"
		case r == '>':
			escape = "&gt;"
		case r == '"':
			escape = "&#34;"
		case r == '\r': // a reader would make a line feed of it
			escape = "&#13;"
		case r == '\n':
			escape = "&#10;"
		case r == '\t':
			escape = "&#9;"
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError && size == 1:
			return nil, fmt.Errorf("the character U+%04X cannot be written in XML; JSON can have it", r)
		}
		i += size
		if escape != "" {
			b = append(append(b, s[from:i-size]...), escape...)
			from = i
		}
	}
	return append(b, s[from:]...), nil
}
