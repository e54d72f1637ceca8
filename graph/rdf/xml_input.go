package rdf

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/ententegraph/entente/graph"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// An element is a start tag with its namespaces known, and the base and
// language that hold within it.
type element struct {
	name       xmlName
	attributes []attribute
	scope      *scope
	base, lang string
	version    string // rdf:version, inherited: without it the document is RDF 1.1
	dir        string // its:dir, inherited; it counts with a version
	at         place
}

type xmlName struct{ prefix, space, local string }

func (n xmlName) iri() string { return n.space + n.local }

// written gives the name as it stands in the document.
func (n xmlName) written() string {
	if n.prefix == "" {
		return n.local
	}
	return n.prefix + ":" + n.local
}

type attribute struct {
	name  xmlName
	value string
}

// A scope holds the namespaces that one element declares, inside those of its parent.
type scope struct {
	parent   *scope
	declared map[string]string // by prefix; "" is the default namespace
}

func (s *scope) namespace(prefix string) (string, bool) {
	for ; s != nil; s = s.parent {
		if ns, ok := s.declared[prefix]; ok {
			return ns, true
		}
	}
	return "", false
}

// An xmlInput gives the tokens of an XML document with names in their
// namespaces, and sees to what xml.Decoder's RawToken leaves open: that tags
// match, prefixes are declared and no attribute stands twice. It uses RawToken
// because XML literals must keep their prefixes. Its methods panic with the
// error that ends the reading.
type xmlInput struct {
	ctx    context.Context
	d      *xml.Decoder
	name   string
	open   []xml.Name
	at     place // where the last token began
	tokens int
}

func newXMLInput(ctx context.Context, r io.Reader, name string) *xmlInput {
	in := bufio.NewReaderSize(r, 1<<16)
	head, _ := in.Peek(3)
	r = in
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		in.Discard(3)
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		r = transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return input, nil // decoded already, or the label could not have been read
		}
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("the encoding %q is not known", label)
		}
		return transform.NewReader(input, enc.NewDecoder()), nil
	}
	return &xmlInput{ctx: ctx, d: d, name: name}
}

// token gives the next token, or nil at the end of the document.
func (x *xmlInput) token() xml.Token {
	if x.tokens++; x.tokens%512 == 0 {
		if err := x.ctx.Err(); err != nil {
			panic(err)
		}
	}
	x.at.line, x.at.column = x.d.InputPos()
	t, err := x.d.RawToken()
	if err == io.EOF {
		if len(x.open) > 0 {
			x.failAt(x.at, "expected </%s> before the end of the file", rawName(x.open[len(x.open)-1]))
		}
		return nil
	}
	var bad *xml.SyntaxError
	switch {
	case errors.As(err, &bad):
		line, column := x.d.InputPos()
		x.failAt(place{line: line, column: max(column, 1)}, "expected well-formed XML: %s", bad.Msg)
	case err != nil && strings.HasPrefix(err.Error(), "xml:"): // a declaration that cannot be followed
		x.failAt(x.at, "expected XML that can be read: %s", strings.TrimPrefix(err.Error(), "xml: "))
	case err != nil:
		panic(fmt.Errorf("rdf: reading %s: %w", x.name, err))
	}
	switch t := t.(type) {
	case xml.StartElement:
		x.open = append(x.open, t.Name)
		if len(x.open) > deepest {
			x.failAt(x.at, "expected at most %d elements within each other", deepest)
		}
	case xml.EndElement:
		n := len(x.open) - 1
		if n < 0 || x.open[n] != t.Name {
			x.failAt(x.at, "</%s> closes no element that is open here", rawName(t.Name))
		}
		x.open = x.open[:n]
	case xml.Directive:
		x.doctype(string(t))
	}
	return t
}

func rawName(n xml.Name) string { return xmlName{prefix: n.Space, local: n.Local}.written() }

func (x *xmlInput) fail(format string, a ...any) { x.failAt(x.at, format, a...) }

func (x *xmlInput) failAt(at place, format string, a ...any) {
	panic(&graph.SyntaxError{Name: x.name, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, a...), Text: at.text})
}

// entityDeclaration is one internal general entity in a document type declaration.
var entityDeclaration = regexp.MustCompile(`<!ENTITY\s+([\pL_][\pL\pN_.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// reference is a reference to a character or an entity.
var reference = regexp.MustCompile(`&(#[0-9]+|#x[0-9A-Fa-f]+|[\pL_][\pL\pN_.-]*);`)

// longestEntity bounds the text of one entity, so that entities made of
// entities cannot fill the memory.
const longestEntity = 1 << 16

// doctype learns the entities that a document declares for itself, as RDF/XML
// does to shorten IRIs. External ones are never fetched.
func (x *xmlInput) doctype(text string) {
	if !strings.HasPrefix(text, "DOCTYPE") {
		return
	}
	entities := map[string]string{"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": `"`}
	for _, m := range entityDeclaration.FindAllStringSubmatch(text, -1) {
		value := reference.ReplaceAllStringFunc(m[2]+m[3], func(ref string) string {
			name := ref[1 : len(ref)-1]
			if digits, ok := strings.CutPrefix(name, "#"); ok {
				base := 10
				if hex, ok := strings.CutPrefix(digits, "x"); ok {
					digits, base = hex, 16
				}
				n, err := strconv.ParseUint(digits, base, 21)
				if err != nil {
					return ref
				}
				return string(rune(n))
			}
			if v, ok := entities[name]; ok {
				return v
			}
			return ref
		})
		if len(value) > longestEntity {
			x.fail("expected entities of at most %d KiB; %s is longer", longestEntity>>10, m[1])
		}
		if _, known := entities[m[1]]; !known { // the first declaration binds
			entities[m[1]] = value
		}
	}
	x.d.Entity = entities
}

// element puts the names of a start tag into their namespaces.
func (x *xmlInput) element(t xml.StartElement, outer *element) *element {
	e := &element{at: x.at}
	e.at.text = "<" + rawName(t.Name)
	if outer != nil {
		e.scope, e.base, e.lang, e.version, e.dir = outer.scope, outer.base, outer.lang, outer.version, outer.dir
	}
	declared := map[string]string{}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			if a.Value == "" || a.Name.Local == "xmlns" {
				x.failAt(e.at, "expected a namespace for the prefix %s", a.Name.Local)
			}
			declared[a.Name.Local] = a.Value
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			declared[""] = a.Value
		}
	}
	if len(declared) > 0 {
		e.scope = &scope{parent: e.scope, declared: declared}
	}
	e.name = x.resolve(t.Name, e, true)
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		name := x.resolve(a.Name, e, false)
		for _, other := range e.attributes {
			if other.name.space == name.space && other.name.local == name.local {
				x.failAt(e.at, "the attribute %s stands twice", name.written())
			}
		}
		e.attributes = append(e.attributes, attribute{name, inAttribute.Replace(a.Value)})
	}
	return e
}

// inAttribute makes spaces of white space, as parsers of XML do (XML 1.0, section 3.3.3).
var inAttribute = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func (x *xmlInput) resolve(n xml.Name, e *element, isElement bool) xmlName {
	name := xmlName{prefix: n.Space, local: n.Local}
	if name.local == "" || strings.Contains(name.local, ":") {
		x.failAt(e.at, "%s is not a name: expected prefix:name", name.written())
	}
	if n.Space == "xml" {
		name.space = xmlNS
		return name
	}
	if n.Space == "" && !isElement {
		return name
	}
	ns, ok := e.scope.namespace(n.Space)
	if !ok && n.Space != "" {
		x.failAt(e.at, "the prefix %s is not declared: expected xmlns:%[1]s=\"…\"", n.Space)
	}
	name.space = ns
	return name
}
