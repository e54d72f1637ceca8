package value

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/ententegraph/entente/graph"
)

const errCast = Error("no value of the wanted datatype")

// Castable reports whether there is a constructor function for a datatype (section 17.5).
func Castable(datatype string) bool {
	_, ok := parsers[datatype]
	return ok || datatype == graph.XSDString
}

// Cast is the constructor function of a datatype (section 17.5, and XPath
// Functions 3.1 section 19 for what may become what): of a plain string it
// reads the lexical form without the white space around it.
func Cast(v Value, datatype string) (Value, error) {
	switch {
	case !v.Bound():
		return Value{}, errUnbound
	case datatype == graph.XSDString:
		return castString(v)
	case v.kind == KindString:
		return read(strings.Trim(v.term.Value, " \t\r\n"), datatype)
	case !v.IsLiteral() || v.kind == KindOther || v.kind == KindLangString:
		return Value{}, errCast
	}
	switch datatype {
	case XSD + "boolean":
		if v.kind == KindBoolean || v.IsNumeric() {
			b, err := v.Effective()
			return Boolean(b), err
		}
	case XSD + "double":
		f, ok := v.number()
		return Double(f), failUnless(ok)
	case XSD + "float":
		f, ok := v.number()
		return Float(float32(f)), failUnless(ok)
	case XSD + "decimal":
		return castDecimal(v)
	case XSD + "dateTimeStamp":
		at, err := Cast(v, XSD+"dateTime")
		if err != nil {
			return Value{}, err
		}
		return read(at.canonical(), datatype)
	}
	if numericTypes[datatype] {
		n, err := castInteger(v)
		if err != nil || datatype == XSD+"integer" {
			return n, err
		}
		return read(n.canonical(), datatype)
	}
	kind := momentKind(datatype)
	switch {
	case v.isDuration():
		return castDuration(v, datatype)
	case v.isMoment() && (v.kind == kind || v.kind == KindDateTime || v.kind == KindDate && kind != KindTime):
		return castMoment(v, kind)
	}
	return Value{}, errCast
}

func failUnless(ok bool) error {
	if ok {
		return nil
	}
	return errCast
}

// read returns the value of a lexical form, in its canonical form.
func read(lexical, datatype string) (Value, error) {
	parse, ok := parsers[datatype]
	if !ok {
		return Value{}, errCast
	}
	v, ok := parse(lexical)
	if !ok {
		return Value{}, errCast
	}
	if v.kind == KindDecimal {
		v = decimal(pointed(v.decimal()))
	}
	if datatypes[v.kind] != datatype {
		return FromTerm(graph.Typed(v.canonical(), datatype)), nil
	}
	return v, nil
}

// castString writes a value as XPath does, which is not always its canonical form.
func castString(v Value) (Value, error) {
	switch v.kind {
	case KindBlank, KindTriple:
		return Value{}, errCast
	case KindIRI, KindString, KindLangString, KindOther:
		return String(v.term.Value), nil
	case KindDecimal:
		return String(strings.TrimSuffix(decimalText(pointed(v.decimal())), ".0")), nil
	case KindFloat:
		return String(floatText(v.float(), 32)), nil
	case KindDouble:
		return String(floatText(v.float(), 64)), nil
	}
	return String(v.canonical()), nil
}

// floatText writes numbers of middling size without an exponent (XPath Functions 3.1 section 19.1.2.2).
func floatText(f float64, bits int) string {
	if abs := math.Abs(f); f == 0 || 1e-6 <= abs && abs < 1e6 {
		return strconv.FormatFloat(f, 'f', -1, bits)
	}
	return graph.CanonicalFloat(f, bits)
}

// number returns a number, or that of a boolean.
func (v Value) number() (float64, bool) {
	if v.kind == KindBoolean {
		return float64(v.bits), true
	}
	return v.float(), v.IsNumeric()
}

func castDecimal(v Value) (Value, error) {
	switch v.kind {
	case KindBoolean:
		return decimal(pointed(apd.New(int64(v.bits), 0))), nil
	case KindInteger, KindDecimal:
		d := new(apd.Decimal)
		d.Reduce(v.decimal())
		return decimal(pointed(d)), nil
	case KindFloat, KindDouble:
		f := v.float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Value{}, errCast
		}
		bits := 64
		if v.kind == KindFloat {
			bits = 32
		}
		// The shortest decimal that is rounded to f: 0.1 of a double becomes 0.1.
		return read(strconv.FormatFloat(f, 'f', -1, bits), XSD+"decimal")
	}
	return Value{}, errCast
}

// castInteger cuts the fraction off.
func castInteger(v Value) (Value, error) {
	switch v.kind {
	case KindBoolean:
		return Integer(int64(v.bits)), nil
	case KindInteger:
		return Value{kind: KindInteger, bits: v.bits, ref: v.ref}, nil
	case KindDecimal:
		d := new(apd.Decimal)
		context := *rounding
		context.Rounding = apd.RoundDown
		if _, err := context.Quantize(d, v.decimal(), 0); err != nil {
			return Value{}, errTooLong
		}
		n := d.Coeff.MathBigInt()
		if d.Negative {
			n.Neg(n)
		}
		return bigInteger(n), nil
	case KindFloat, KindDouble:
		f := v.float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Value{}, errCast
		}
		n, _ := new(big.Float).SetFloat64(f).Int(nil)
		return bigInteger(n), nil
	}
	return Value{}, errCast
}

// momentKind returns the kind of a datatype of times, and KindUnbound for all others.
func momentKind(datatype string) Kind {
	for kind := KindDateTime; kind <= KindDay; kind++ {
		if datatypes[kind] == datatype {
			return kind
		}
	}
	return KindUnbound
}

// castMoment takes a part of a time, or the midnight at which a date begins.
func castMoment(v Value, kind Kind) (Value, error) {
	if kind == KindUnbound {
		return Value{}, errCast
	}
	m := *v.ref.(*moment)
	z := blank
	z.zoned, z.zone = m.zoned, m.zone
	z.year, z.month, z.day = m.year, m.month, m.day
	z.hour, z.minute, z.second, z.fraction = m.hour, m.minute, m.second, m.fraction
	text := z.text(kind) // which writes no more than the kind has
	return read(text, datatypes[kind])
}

// castDuration drops what a kind of duration lacks.
func castDuration(v Value, datatype string) (Value, error) {
	d := *v.ref.(*duration)
	switch datatype {
	case datatypes[KindDuration]:
		return newDuration(KindDuration, d)
	case datatypes[KindYearMonthDuration]:
		return newDuration(KindYearMonthDuration, duration{months: d.months})
	case datatypes[KindDayTimeDuration]:
		return newDuration(KindDayTimeDuration, duration{seconds: d.seconds, fraction: d.fraction})
	}
	return Value{}, errCast
}
