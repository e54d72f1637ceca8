package rdf

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
)

// xmlWriter writes RDF/XML: an rdf:Description for each run of quads with one subject.
type xmlWriter struct {
	out      *bufio.Writer
	prefixes map[string]string // by namespace
	subject  graph.Term
}

func writeRDFXML(out *bufio.Writer, prefixes map[string]string) writer {
	x := &xmlWriter{out: out, prefixes: map[string]string{rdfNS: "rdf"}}
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"" + rdfNS + "\"")
	for _, p := range slices.Sorted(maps.Keys(prefixes)) {
		ns := prefixes[p]
		if _, known := x.prefixes[ns]; known || p == "rdf" || !isNCName(p) || strings.HasPrefix(strings.ToLower(p), "xml") || ns == "" || !isXML(ns) {
			continue
		}
		x.prefixes[ns] = p
		fmt.Fprintf(out, "\n    xmlns:%s=\"%s\"", p, canonicalValue.Replace(ns))
	}
	out.WriteString(">\n")
	return x
}

func (x *xmlWriter) quad(q graph.Quad) error {
	property, declaration, err := x.name(q.Predicate.Value)
	if err != nil {
		return err
	}
	value, err := x.value(q.Object)
	if err != nil {
		return err
	}
	if q.Subject != x.subject {
		about, err := named(q.Subject, "rdf:about")
		if err != nil {
			return err
		}
		x.closeSubject()
		x.subject = q.Subject
		fmt.Fprintf(x.out, "  <rdf:Description%s>\n", about)
	}
	fmt.Fprintf(x.out, "    <%s%s%s", property, declaration, value)
	if !strings.HasSuffix(value, "/>") {
		fmt.Fprintf(x.out, "</%s>", property)
	}
	return x.out.WriteByte('\n')
}

func (x *xmlWriter) closeSubject() {
	if !x.subject.IsZero() {
		x.out.WriteString("  </rdf:Description>\n")
	}
}

func (x *xmlWriter) end() error {
	x.closeSubject()
	_, err := x.out.WriteString("</rdf:RDF>\n")
	return err
}

// name gives the element of a predicate, and the namespace that it must declare.
func (x *xmlWriter) name(iri string) (name, declaration string, err error) {
	cut := len(iri)
	for cut > 0 {
		c, size := utf8.DecodeLastRuneInString(iri[:cut])
		if !nameCharacter(c) && c != '.' {
			break
		}
		cut -= size
	}
	for cut < len(iri) && !isNCName(iri[cut:]) {
		_, size := utf8.DecodeRuneInString(iri[cut:])
		cut += size
	}
	ns, local := iri[:cut], iri[cut:]
	if local == "" || ns == "" {
		return "", "", errors.New("the predicate does not end in a name, which an XML element needs")
	}
	if ns == rdfNS && (slices.Contains(coreTerms, local) || slices.Contains(oldTerms, local) || local == "Description" || local == "li") {
		return "", "", fmt.Errorf("rdf:%s cannot be a property in RDF/XML", local)
	}
	if prefix, ok := x.prefixes[ns]; ok {
		return prefix + ":" + local, "", nil
	}
	return "p:" + local, ` xmlns:p="` + canonicalValue.Replace(ns) + `"`, nil
}

// value gives what follows the name of a property: attributes, and either "/>" or ">" and text.
func (x *xmlWriter) value(t graph.Term) (string, error) {
	if t.Kind != graph.KindLiteral {
		to, err := named(t, "rdf:resource")
		return to + "/>", err
	}
	if !isXML(t.Value) {
		return "", errors.New("the literal holds a character that XML does not have")
	}
	attributes := ""
	switch lang, dir := t.LanguageAndDirection(); {
	case dir != "":
		return "", errors.New("RDF/XML has no base direction")
	case lang != "":
		attributes = ` xml:lang="` + lang + `"`
	case t.Datatype != "":
		attributes = ` rdf:datatype="` + canonicalValue.Replace(t.Datatype) + `"`
	}
	return attributes + ">" + canonicalText.Replace(t.Value), nil
}

// named gives the attribute that names a resource.
func named(t graph.Term, attribute string) (string, error) {
	switch t.Kind {
	case graph.KindBlank:
		return ` rdf:nodeID="` + safeLabel(t.Value) + `"`, nil
	case graph.KindTriple:
		return "", errors.New("triple terms need RDF 1.2, and RDF/XML is written as in RDF 1.1")
	}
	return " " + attribute + `="` + canonicalValue.Replace(t.Value) + `"`, nil
}

// isXML tells whether XML 1.0 can hold a text (section 2.2, production Char).
func isXML(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF
	})
}
