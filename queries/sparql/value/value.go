// Package value knows what RDF terms denote, and what SPARQL's operators do
// with it (SPARQL 1.1 section 17, XML Schema 1.1 part 2, XPath Functions 3.1).
//
// A [Value] is a [graph.Term] together with the number, time, duration … that
// it stands for. Values that come from terms give the same term back, to the
// letter; computed ones get a lexical form when they are asked for it.
//
//	a := value.FromTerm(graph.Typed("01", value.XSD+"integer"))
//	b := value.Integer(1)
//	same, err := value.Equal(a, b)       // true: equal values
//	value.SameTerm(a, b)                 // false: other terms
//	sum, err := value.Add(a, b)          // "2"^^xsd:integer
//
// What an operator is not defined for is an [Error], which costs nothing to
// make: in SPARQL errors are ordinary results.
package value

import (
	"math"
	"math/big"
	"strconv"

	"github.com/cockroachdb/apd/v3"

	"github.com/ententegraph/entente/graph"
)

// An Error says why an expression has no value (section 17.3, "type error").
type Error string

func (e Error) Error() string { return "value: " + string(e) }

// Kind tells what a value is. Kinds that are compared with each other stand together.
type Kind uint8

// The kinds. Unbound belongs to the zero Value. Other is every literal whose
// value is not known: of a datatype that is not, or ill-typed.
const (
	KindUnbound Kind = iota
	KindBlank
	KindIRI
	KindBoolean
	KindInteger
	KindDecimal
	KindFloat
	KindDouble
	KindString
	KindLangString
	KindDateTime
	KindDate
	KindTime
	KindYear
	KindYearMonth
	KindMonth
	KindMonthDay
	KindDay
	KindDuration
	KindYearMonthDuration
	KindDayTimeDuration
	KindOther
	KindTriple
)

// A Value is what an expression comes to. The zero Value is unbound.
type Value struct {
	kind Kind
	bits uint64     // a boolean, an int64, or a float64
	ref  any        // *big.Int, *apd.Decimal, *moment or *duration
	term graph.Term // the term it came from; the zero Term where it was computed
}

// FromTerm returns the value of a term; of the zero Term it is unbound.
func FromTerm(t graph.Term) Value {
	v := Value{term: t}
	switch t.Kind {
	case graph.KindIRI:
		v.kind = KindIRI
	case graph.KindBlank:
		v.kind = KindBlank
	case graph.KindTriple:
		v.kind = KindTriple
	case graph.KindLiteral:
		v.kind = KindOther
		switch {
		case t.Language != "":
			v.kind = KindLangString
		case t.Datatype == "":
			v.kind = KindString
		default:
			if parse, ok := parsers[t.Datatype]; ok {
				if parsed, ok := parse(t.Value); ok {
					v.kind, v.bits, v.ref = parsed.kind, parsed.bits, parsed.ref
				}
			}
		}
	}
	return v
}

// Term returns the term that v came from, or the one that a computed value is
// written as. Of an unbound value it is the zero Term.
func (v Value) Term() graph.Term {
	if v.term.Kind != graph.KindNone || v.kind == KindUnbound {
		return v.term
	}
	return graph.Term{Kind: graph.KindLiteral, Value: v.canonical(), Datatype: datatypes[v.kind]}
}

// Kind tells what v is.
func (v Value) Kind() Kind { return v.kind }

// Bound reports whether v is a value at all.
func (v Value) Bound() bool { return v.kind != KindUnbound }

// IsLiteral reports whether v is a literal of any datatype.
func (v Value) IsLiteral() bool { return KindBoolean <= v.kind && v.kind <= KindOther }

// IsNumeric reports whether v is a number with a valid lexical form (section 17.4.2.4).
func (v Value) IsNumeric() bool { return KindInteger <= v.kind && v.kind <= KindDouble }

// IRI returns the value of an IRI.
func IRI(iri string) Value { return Value{kind: KindIRI, term: graph.IRI(iri)} }

// String returns the value of a plain string.
func String(s string) Value { return Value{kind: KindString, term: graph.String(s)} }

// LangString returns the value of a string with a language tag; without a tag it is a plain string.
func LangString(s, language string) Value {
	if language == "" {
		return String(s)
	}
	return Value{kind: KindLangString, term: graph.LangTagged(s, language)}
}

// Boolean returns the value of a boolean.
func Boolean(b bool) Value {
	if b {
		return Value{kind: KindBoolean, bits: 1}
	}
	return Value{kind: KindBoolean}
}

// Integer returns the value of an xsd:integer.
func Integer(n int64) Value { return Value{kind: KindInteger, bits: uint64(n)} }

// Double returns the value of an xsd:double.
func Double(f float64) Value { return Value{kind: KindDouble, bits: math.Float64bits(f)} }

// Float returns the value of an xsd:float.
func Float(f float32) Value { return Value{kind: KindFloat, bits: math.Float64bits(float64(f))} }

func bigInteger(n *big.Int) Value {
	if n.IsInt64() {
		return Integer(n.Int64())
	}
	return Value{kind: KindInteger, ref: n}
}

// AsBool returns the boolean that v is, and false where it is none.
func (v Value) AsBool() (b, ok bool) { return v.bits == 1, v.kind == KindBoolean }

// AsInt returns the integer that v is, and false where it is none or does not fit.
func (v Value) AsInt() (int64, bool) { return int64(v.bits), v.kind == KindInteger && v.ref == nil }

// AsFloat returns the number that v is as a float64, rounded where it must be.
func (v Value) AsFloat() (float64, bool) { return v.float(), v.IsNumeric() }

// AsString returns the text of a string, with its language tag if it has one,
// and false for everything else.
func (v Value) AsString() (text, language string, ok bool) {
	return v.term.Value, v.term.Language, v.kind == KindString || v.kind == KindLangString
}

// Effective returns the effective boolean value (section 17.2.2).
func (v Value) Effective() (bool, error) {
	switch v.kind {
	case KindBoolean:
		return v.bits == 1, nil
	case KindString, KindLangString:
		return v.term.Value != "", nil
	case KindInteger:
		return v.bits != 0 || v.ref != nil, nil
	case KindDecimal:
		return !v.ref.(*apd.Decimal).IsZero(), nil
	case KindFloat, KindDouble:
		f := v.float()
		return f != 0 && !math.IsNaN(f), nil
	case KindOther:
		// An invalid lexical form of a boolean or a number is false.
		if numericTypes[v.term.Datatype] || v.term.Datatype == XSD+"boolean" {
			return false, nil
		}
	case KindUnbound:
		return false, errUnbound
	}
	return false, errNoBoolean
}

const (
	errUnbound   = Error("unbound")
	errNoBoolean = Error("neither boolean, string nor number")
)

// canonical is the lexical form of a computed value (XSD 1.1 part 2, appendix E).
func (v Value) canonical() string {
	switch ref := v.ref.(type) {
	case *big.Int:
		return ref.String()
	case *apd.Decimal:
		return decimalText(ref)
	case *moment:
		return ref.text(v.kind)
	case *duration:
		return ref.text(v.kind)
	}
	switch v.kind {
	case KindBoolean:
		return strconv.FormatBool(v.bits == 1)
	case KindInteger:
		return strconv.FormatInt(int64(v.bits), 10)
	case KindFloat:
		return graph.CanonicalFloat(v.float(), 32)
	case KindDouble:
		return graph.CanonicalFloat(v.float(), 64)
	}
	return v.term.Value
}
