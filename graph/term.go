package graph

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// Kind tells what an RDF term is (RDF 1.1, section 3.1).
type Kind uint8

// The kinds of term. The zero Kind belongs to the zero Term, which as a graph
// name means the default graph. KindTriple is that of RDF 1.2 triple terms.
const (
	KindNone Kind = iota
	KindIRI
	KindBlank
	KindLiteral
	KindTriple
)

// Datatype IRIs that the term model itself must know.
const (
	XSDString     = xsd + "string"
	LangString    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
	DirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"

	xsd         = "http://www.w3.org/2001/XMLSchema#"
	xsdInteger  = xsd + "integer"
	xsdBoolean  = xsd + "boolean"
	xsdDouble   = xsd + "double"
	xsdDateTime = xsd + "dateTime"
)

// A Term is an RDF term kept to the letter: lexical forms, datatypes and
// language tags are never rewritten. Terms are comparable; two Terms are equal
// under == exactly when they are the same RDF term.
type Term struct {
	Kind     Kind
	Value    string // the IRI, the blank node label without "_:", the lexical form, or the triple (see TripleTerm)
	Datatype string // of a literal: the datatype IRI; "" stands for xsd:string, and for rdf:langString when Language is set
	Language string // of a literal: the language tag, or ""; with a base direction, "ar--rtl" (see DirTagged)
}

// IRI returns the IRI term for an absolute (or, as some quad files have it, relative) IRI.
func IRI(iri string) Term { return Term{Kind: KindIRI, Value: iri} }

// Blank returns the blank node with the label, given without "_:".
func Blank(label string) Term { return Term{Kind: KindBlank, Value: label} }

// String returns the literal with datatype xsd:string.
func String(lexical string) Term { return Term{Kind: KindLiteral, Value: lexical} }

// Typed returns a literal with a datatype; xsd:string is normalised to "".
func Typed(lexical, datatype string) Term {
	if datatype == XSDString {
		datatype = ""
	}
	return Term{Kind: KindLiteral, Value: lexical, Datatype: datatype}
}

// LangTagged returns a language-tagged string.
func LangTagged(lexical, language string) Term {
	return Term{Kind: KindLiteral, Value: lexical, Language: language}
}

// IsZero reports whether t is the zero Term (as a graph name: the default graph).
func (t Term) IsZero() bool { return t == Term{} }

// CayleyValue returns the term as Cayley's machinery sees it, and nil for the
// zero Term and for kinds that Cayley has no value for.
//
// Literals of xsd:integer, xsd:boolean, xsd:double and xsd:dateTime become
// Cayley's typed values, so that Gizmo compares them by value, where that loses
// nothing: where the lexical form is the canonical one (XSD 1.1 part 2; for
// dateTime in UTC and with at most nine digits of a second). All other literals
// keep their lexical form as String, TypedString or LangString.
// [TermOf] leads back to the same Term.
func CayleyValue(t Term) quad.Value {
	switch t.Kind {
	case KindIRI:
		return quad.IRI(t.Value)
	case KindBlank:
		return quad.BNode(t.Value)
	case KindLiteral:
	default:
		return nil
	}
	switch {
	case t.Language != "":
		return quad.LangString{Value: quad.String(t.Value), Lang: t.Language}
	case t.Datatype == "":
		return quad.String(t.Value)
	}
	if v := typedValue(t.Value, t.Datatype); v != nil {
		return v
	}
	return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(t.Datatype)}
}

// TermOf returns the term that a Cayley value stands for: typed values in
// their canonical lexical form, all others to the letter. It reports false for
// nil and for types of value that Cayley's quad package does not define.
func TermOf(v quad.Value) (Term, bool) {
	switch v := v.(type) {
	case quad.IRI:
		return IRI(string(v)), true
	case quad.BNode:
		return Blank(string(v)), true
	case quad.String:
		return String(string(v)), true
	case quad.LangString:
		return LangTagged(string(v.Value), v.Lang), true
	case quad.TypedString:
		return Typed(string(v.Value), string(v.Type)), true
	case quad.Int:
		return Typed(strconv.FormatInt(int64(v), 10), xsdInteger), true
	case quad.Bool:
		return Typed(strconv.FormatBool(bool(v)), xsdBoolean), true
	case quad.Float:
		return Typed(CanonicalFloat(float64(v), 64), xsdDouble), true
	case quad.Time:
		return Typed(time.Time(v).UTC().Format(time.RFC3339Nano), xsdDateTime), true
	}
	return Term{}, false
}

// typedValue returns the Cayley value of a literal in canonical form, and nil
// for every literal that would not come back from it as it was.
func typedValue(lexical, datatype string) quad.Value {
	var v quad.Value
	switch datatype {
	case xsdInteger:
		n, err := strconv.ParseInt(lexical, 10, 64)
		if err != nil {
			return nil
		}
		v = quad.Int(n)
	case xsdBoolean:
		v = quad.Bool(lexical == "true")
	case xsdDouble:
		f, err := parseDouble(lexical)
		if err != nil || math.IsNaN(f) { // a NaN is not equal to itself, also as a key of Cayley's maps
			return nil
		}
		v = quad.Float(f)
	case xsdDateTime:
		t, err := time.Parse(time.RFC3339Nano, lexical)
		if err != nil {
			return nil
		}
		v = quad.Time(t)
	default:
		return nil
	}
	if back, _ := TermOf(v); back.Value != lexical {
		return nil
	}
	return v
}

func parseDouble(lexical string) (float64, error) {
	switch lexical {
	case "INF":
		return math.Inf(1), nil
	case "-INF":
		return math.Inf(-1), nil
	}
	return strconv.ParseFloat(lexical, 64)
}

// CanonicalFloat writes an xsd:float (of 32 bits) or xsd:double (of 64) as XSD
// 1.1 part 2, sections 3.3.4.3 and 3.3.5.3 map it: a mantissa with one digit
// before the point, and an exponent without padding.
func CanonicalFloat(f float64, bits int) string {
	switch {
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	case math.IsNaN(f):
		return "NaN"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, bits), "E")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, _ := strconv.Atoi(exponent)
	return mantissa + "E" + strconv.Itoa(n)
}
