package value

import (
	"cmp"
	"math"
	"math/big"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/ententegraph/entente/graph"
)

const (
	errUndetermined = Error("undetermined: one time has a zone and the other has none")
	errUnknownEqual = Error("different literals of which the value is not known")
	errUnordered    = Error("values without an order")
)

// SameTerm reports whether two values are the same RDF term (section 17.4.1.8).
func SameTerm(a, b Value) bool { return a.Term() == b.Term() }

// Equal is the operator = (section 17.3, RDFterm-equal in section 17.4.1.7).
// Different literals whose values are not both known are an error, and so are
// times of which one lacks a zone if that leaves it open; literals of
// different known types are unequal.
func Equal(a, b Value) (bool, error) {
	switch {
	case !a.Bound() || !b.Bound():
		return false, errUnbound
	case a.IsNumeric() && b.IsNumeric():
		return equalNumbers(a, b), nil
	case a.isDuration() && b.isDuration():
		return *a.ref.(*duration) == *b.ref.(*duration), nil
	case a.kind == KindOther || b.kind == KindOther:
		if SameTerm(a, b) {
			return true, nil
		}
		if a.IsLiteral() && b.IsLiteral() {
			return false, errUnknownEqual
		}
		return false, nil
	case a.kind != b.kind:
		return false, nil
	case a.isMoment():
		c, err := compareMoments(a, b)
		return c == 0, err
	case a.kind == KindBoolean:
		return a.bits == b.bits, nil
	case a.kind == KindLangString: // tags are compared without case (RDF 1.1 section 3.3)
		return a.term.Value == b.term.Value && strings.EqualFold(a.term.Language, b.term.Language), nil
	case a.kind == KindTriple:
		return equalTriples(a.term, b.term)
	}
	return a.term == b.term, nil
}

// Compare is the order of the operators <, <=, > and >= (section 17.3), which
// numbers, strings, booleans, times and durations have among themselves. With
// a NaN it is an error too: nothing is smaller or larger.
func Compare(a, b Value) (int, error) {
	switch {
	case a.IsNumeric() && b.IsNumeric():
		if math.IsNaN(a.float()) || math.IsNaN(b.float()) {
			return 0, errUnordered
		}
		return compareNumbers(a, b), nil
	case a.isDuration() && b.isDuration():
		return compareDurations(a.ref.(*duration), b.ref.(*duration))
	case a.kind != b.kind:
		return 0, unordered(a, b)
	case a.isMoment():
		return compareMoments(a, b)
	case a.kind == KindString:
		return strings.Compare(a.term.Value, b.term.Value), nil
	case a.kind == KindLangString && strings.EqualFold(a.term.Language, b.term.Language):
		return strings.Compare(a.term.Value, b.term.Value), nil
	case a.kind == KindBoolean:
		return cmp.Compare(a.bits, b.bits), nil
	}
	return 0, unordered(a, b)
}

func unordered(a, b Value) error {
	if !a.Bound() || !b.Bound() {
		return errUnbound
	}
	return errUnordered
}

// equalNumbers compares after promotion; NaN is not equal to itself.
func equalNumbers(a, b Value) bool {
	if max(a.kind, b.kind) >= KindFloat && (math.IsNaN(a.float()) || math.IsNaN(b.float())) {
		return false
	}
	return compareNumbers(a, b) == 0
}

// compareNumbers compares two numbers, none of them NaN, after promotion (XPath 3.1 appendix B.1).
func compareNumbers(a, b Value) int {
	switch max(a.kind, b.kind) {
	case KindInteger:
		if a.ref == nil && b.ref == nil {
			return cmp.Compare(int64(a.bits), int64(b.bits))
		}
		return a.integer().Cmp(b.integer())
	case KindDecimal:
		return a.decimal().Cmp(b.decimal())
	case KindFloat:
		return cmp.Compare(float32(a.float()), float32(b.float()))
	}
	return cmp.Compare(a.float(), b.float())
}

// compareMoments is the order of times, which is partial where only one has a
// zone: the other may be anywhere from −14:00 to +14:00 (XSD 1.1 part 2, appendix D.2.1).
func compareMoments(a, b Value) (int, error) {
	x, y := a.ref.(*moment), b.ref.(*moment)
	if x.zoned == y.zoned {
		return cmp.Or(cmp.Compare(x.instant(), y.instant()), cmp.Compare(x.fraction, y.fraction)), nil
	}
	const most = 14 * 3600
	low := cmp.Or(cmp.Compare(x.instant(), y.instant()+most), cmp.Compare(x.fraction, y.fraction))
	high := cmp.Or(cmp.Compare(x.instant(), y.instant()-most), cmp.Compare(x.fraction, y.fraction))
	if low != high || low == 0 {
		return 0, errUndetermined
	}
	return low, nil
}

// references are the four moments that tell whether durations of months and
// seconds have an order (XSD 1.1 part 2, section 3.3.6.1).
var references = [...]moment{
	{year: 1696, month: 9, day: 1}, {year: 1697, month: 2, day: 1},
	{year: 1903, month: 3, day: 1}, {year: 1903, month: 7, day: 1},
}

func compareDurations(a, b *duration) (int, error) {
	if a.months == b.months {
		return cmp.Or(cmp.Compare(a.seconds, b.seconds), cmp.Compare(a.fraction, b.fraction)), nil
	}
	result := 0
	for i, from := range references {
		x, y := after(from, a), after(from, b)
		c := cmp.Or(cmp.Compare(x, y), cmp.Compare(a.fraction, b.fraction))
		if i > 0 && c != result {
			return 0, errUnordered
		}
		result = c
	}
	return result, nil
}

// after returns the second at which a duration from a moment on ends.
func after(from moment, d *duration) int64 {
	months := from.year*12 + int64(from.month-1) + d.months
	return dayNumber(floorDiv(months, 12), uint8(months-floorDiv(months, 12)*12+1), from.day)*daySecond + d.seconds
}

// Order is the order of ORDER BY, MIN and MAX: total, with unbound before
// blank nodes before IRIs before literals before triple terms (section 15.1).
// It never contradicts [Compare], and is 0 for
// exactly equal values that are different terms, so that the next key decides. Literals of
// different types, which the recommendation leaves open, stand in groups by type:
// booleans, numbers (NaN first), strings (by text, then by language), times,
// durations, others (by datatype and lexical form).
func Order(a, b Value) int {
	if c := cmp.Compare(a.group(), b.group()); c != 0 {
		return c
	}
	switch {
	case a.IsNumeric():
		return orderNumbers(a, b)
	case a.kind == KindBoolean:
		return cmp.Compare(a.bits, b.bits)
	case a.isMoment():
		x, y := a.ref.(*moment), b.ref.(*moment)
		return cmp.Or(cmp.Compare(x.instant(), y.instant()), cmp.Compare(x.fraction, y.fraction))
	case a.isDuration():
		// A month is taken for the mean of the Gregorian calendar: within the bounds of every determined order.
		x, y := a.ref.(*duration), b.ref.(*duration)
		const month = 146097 * daySecond / 4800
		return cmp.Or(cmp.Compare(x.months*month+x.seconds, y.months*month+y.seconds), cmp.Compare(x.fraction, y.fraction),
			cmp.Compare(x.months, y.months))
	case a.kind == KindTriple:
		return orderTriples(a.term, b.term)
	case a.kind == KindUnbound:
		return 0
	}
	return cmp.Or(strings.Compare(a.term.Datatype, b.term.Datatype), strings.Compare(a.term.Value, b.term.Value),
		strings.Compare(strings.ToLower(a.term.Language), strings.ToLower(b.term.Language)))
}

// group numbers the values that are ordered among themselves.
func (v Value) group() Kind {
	switch {
	case v.IsNumeric():
		return KindInteger
	case v.kind == KindLangString:
		return KindString
	case v.isDuration():
		return KindDuration
	}
	return v.kind
}

// orderNumbers compares numbers of all types exactly: promotion would make
// three numbers of which the outer two differ equal in pairs. NaN comes first.
func orderNumbers(a, b Value) int {
	floating := a.kind >= KindFloat && b.kind >= KindFloat
	if floating || a.kind == b.kind || max(a.kind, b.kind) == KindDecimal {
		if floating {
			return cmp.Compare(a.float(), b.float()) // which has NaN first
		}
		return compareNumbers(a, b)
	}
	for _, side := range [...]struct {
		v    Value
		sign int
	}{{a, 1}, {b, -1}} {
		if f := side.v.float(); side.v.kind >= KindFloat && (math.IsNaN(f) || math.IsInf(f, 0)) {
			if f > 0 {
				return side.sign
			}
			return -side.sign
		}
	}
	return a.rational().Cmp(b.rational())
}

// rational returns a finite number exactly.
func (v Value) rational() *big.Rat {
	switch v.kind {
	case KindFloat, KindDouble:
		return new(big.Rat).SetFloat64(v.float())
	case KindInteger:
		return new(big.Rat).SetInt(v.integer())
	}
	d := v.ref.(*apd.Decimal)
	r := new(big.Rat).SetInt(d.Coeff.MathBigInt())
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exponent, -d.Exponent))), nil))
	if d.Negative {
		r.Neg(r)
	}
	if d.Exponent < 0 {
		return r.Quo(r, scale)
	}
	return r.Mul(r, scale)
}

// equalTriples compares triple terms by the values in their places (SPARQL 1.2 section 17.4.1).
func equalTriples(a, b graph.Term) (bool, error) {
	x, y := triple(a), triple(b)
	var failed error
	for i := range x {
		equal, err := Equal(x[i], y[i])
		switch {
		case err != nil:
			failed = err
		case !equal:
			return false, nil
		}
	}
	return failed == nil, failed
}

// orderTriples orders by subject, then predicate, then object.
func orderTriples(a, b graph.Term) int {
	x, y := triple(a), triple(b)
	return cmp.Or(Order(x[0], y[0]), Order(x[1], y[1]), Order(x[2], y[2]))
}

func triple(t graph.Term) [3]Value {
	s, p, o, _ := t.Triple()
	return [3]Value{FromTerm(s), FromTerm(p), FromTerm(o)}
}
