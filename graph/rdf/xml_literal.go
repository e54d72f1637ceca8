package rdf

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
)

// xmlLiteral reads the content of an element as an XML literal and gives it in
// exclusive canonical form with comments (RDF 1.1 XML Syntax, section 7.2.17;
// Exclusive XML Canonicalization 1.0): each namespace is declared where it is
// first used, attributes are sorted, empty elements have an end tag.
func (x *xmlInput) xmlLiteral(outer *element) string {
	var b strings.Builder
	x.canonical(&b, outer, map[string]string{})
	return b.String()
}

// canonical writes what stands up to the end of the element; shown are the
// namespaces that the output declares so far.
func (x *xmlInput) canonical(b *strings.Builder, outer *element, shown map[string]string) {
	for {
		switch t := x.token().(type) {
		case nil, xml.EndElement:
			return
		case xml.CharData:
			canonicalText.WriteString(b, string(t)) // a strings.Builder never fails
		case xml.Comment:
			b.WriteString("<!--" + string(t) + "-->")
		case xml.ProcInst:
			b.WriteString("<?" + t.Target)
			if len(t.Inst) > 0 {
				b.WriteString(" " + string(t.Inst))
			}
			b.WriteString("?>")
		case xml.StartElement:
			e := x.element(t, outer)
			x.canonical(b, e, startTag(b, e, shown))
			b.WriteString("</" + e.name.written() + ">")
		}
	}
}

// startTag writes a start tag and gives the namespaces that are shown within it.
func startTag(b *strings.Builder, e *element, shown map[string]string) map[string]string {
	used := map[string]string{e.name.prefix: e.name.space}
	for _, a := range e.attributes {
		if a.name.prefix != "" && a.name.space != xmlNS {
			used[a.name.prefix] = a.name.space
		}
	}
	within := map[string]string{}
	var prefixes []string
	for prefix, ns := range shown {
		within[prefix] = ns
	}
	for prefix, ns := range used {
		if shown[prefix] != ns && prefix != "xml" {
			within[prefix] = ns
			prefixes = append(prefixes, prefix)
		}
	}
	slices.Sort(prefixes)
	b.WriteString("<" + e.name.written())
	for _, prefix := range prefixes {
		b.WriteString(" xmlns")
		if prefix != "" {
			b.WriteString(":" + prefix)
		}
		b.WriteString(`="`)
		canonicalValue.WriteString(b, within[prefix])
		b.WriteString(`"`)
	}
	attributes := slices.Clone(e.attributes)
	slices.SortFunc(attributes, func(a, b attribute) int {
		return cmp.Or(cmp.Compare(a.name.space, b.name.space), cmp.Compare(a.name.local, b.name.local))
	})
	for _, a := range attributes {
		b.WriteString(" " + a.name.written() + `="`)
		canonicalValue.WriteString(b, a.value)
		b.WriteString(`"`)
	}
	b.WriteString(">")
	return within
}

var (
	canonicalText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	canonicalValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)
