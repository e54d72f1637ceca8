package value

import (
	"math"
	"math/big"

	"github.com/cockroachdb/apd/v3"
)

// The causes of failure of arithmetic.
const (
	errOperands = Error("operands that the operator is not defined for")
	errZero     = Error("division by zero")
	errTooLong  = Error("a number of more digits than can be kept")
	errOverflow = Error("out of the range of times and durations")
)

// fractionDigits is how many digits behind the point a quotient has at least, if it has no end.
const fractionDigits = 18

var (
	exact = &apd.Context{Precision: maxDigits, MaxExponent: apd.MaxExponent, MinExponent: apd.MinExponent,
		Traps: apd.DefaultTraps | apd.Inexact, Rounding: apd.RoundHalfEven}
	rounding = &apd.Context{Precision: 2 * maxDigits, MaxExponent: apd.MaxExponent, MinExponent: apd.MinExponent,
		Traps: apd.DefaultTraps, Rounding: apd.RoundHalfEven}
)

// operation is an arithmetic operator in each of its types.
type operation struct {
	small   func(a, b int64) (int64, bool) // false on overflow
	big     func(z, a, b *big.Int) *big.Int
	decimal func(z, a, b *apd.Decimal) error
	float   func(a, b float64) float64
}

var (
	addition = operation{
		func(a, b int64) (int64, bool) { c := a + b; return c, (c > a) == (b > 0) },
		(*big.Int).Add,
		func(z, a, b *apd.Decimal) error { _, err := exact.Add(z, a, b); return err },
		func(a, b float64) float64 { return a + b },
	}
	subtraction = operation{
		func(a, b int64) (int64, bool) { c := a - b; return c, (c < a) == (b > 0) },
		(*big.Int).Sub,
		func(z, a, b *apd.Decimal) error { _, err := exact.Sub(z, a, b); return err },
		func(a, b float64) float64 { return a - b },
	}
	multiplication = operation{
		func(a, b int64) (int64, bool) {
			if a == 0 || b == 0 {
				return 0, true
			}
			c := a * b
			return c, c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
		},
		(*big.Int).Mul,
		func(z, a, b *apd.Decimal) error { _, err := exact.Mul(z, a, b); return err },
		func(a, b float64) float64 { return a * b },
	}
)

// numeric applies an operator after promotion of its operands to one type
// (XPath 3.1 appendix B.1).
func (op operation) numeric(a, b Value) (Value, error) {
	switch max(a.kind, b.kind) {
	case KindInteger:
		if a.ref == nil && b.ref == nil {
			if n, ok := op.small(int64(a.bits), int64(b.bits)); ok {
				return Integer(n), nil
			}
		}
		n := op.big(new(big.Int), a.integer(), b.integer())
		if n.BitLen() > maxDigits*3 { // a digit takes more than three bits
			return Value{}, errTooLong
		}
		return bigInteger(n), nil
	case KindDecimal:
		d := new(apd.Decimal)
		if err := op.decimal(d, a.decimal(), b.decimal()); err != nil {
			return Value{}, errTooLong
		}
		return decimal(pointed(d)), nil
	case KindFloat:
		return Float(float32(op.float(a.float(), b.float()))), nil
	}
	return Double(op.float(a.float(), b.float())), nil
}

// pointed gives a whole decimal one digit behind the point.
func pointed(d *apd.Decimal) *apd.Decimal {
	if d.Exponent < 0 {
		return d
	}
	z := new(apd.Decimal)
	if _, err := rounding.Quantize(z, d, -1); err != nil {
		return d // too long to write otherwise
	}
	return z
}

// Add is the operator + (section 17.3): of numbers, of durations, and of a time and a duration.
func Add(a, b Value) (Value, error) {
	switch {
	case a.IsNumeric() && b.IsNumeric():
		return addition.numeric(a, b)
	case b.isDuration() && (a.isDuration() || a.isMoment()):
		return addDuration(a, b, 1)
	case a.isDuration() && b.isMoment():
		return addDuration(b, a, 1)
	}
	return Value{}, undefined(a, b)
}

// Subtract is the operator −: of numbers, of durations, of a time and a
// duration, and of two times, which gives an xsd:dayTimeDuration.
func Subtract(a, b Value) (Value, error) {
	switch {
	case a.IsNumeric() && b.IsNumeric():
		return subtraction.numeric(a, b)
	case b.isDuration() && (a.isDuration() || a.isMoment()):
		return addDuration(a, b, -1)
	case a.isMoment() && a.kind == b.kind:
		return between(a, b)
	}
	return Value{}, undefined(a, b)
}

// Multiply is the operator × of numbers, and of a duration and a number.
func Multiply(a, b Value) (Value, error) {
	switch {
	case a.IsNumeric() && b.IsNumeric():
		return multiplication.numeric(a, b)
	case a.isDuration() && b.IsNumeric():
		return scaleDuration(a, b.float())
	case a.IsNumeric() && b.isDuration():
		return scaleDuration(b, a.float())
	}
	return Value{}, undefined(a, b)
}

// Divide is the operator ÷ of numbers, and of a duration and a number. The
// quotient of integers is a decimal.
func Divide(a, b Value) (Value, error) {
	switch {
	case a.isDuration() && b.IsNumeric():
		return scaleDuration(a, 1/b.float())
	case !a.IsNumeric() || !b.IsNumeric():
		return Value{}, undefined(a, b)
	}
	switch max(a.kind, b.kind) {
	case KindFloat:
		return Float(float32(a.float()) / float32(b.float())), nil
	case KindDouble:
		return Double(a.float() / b.float()), nil
	}
	x, y := a.decimal(), b.decimal()
	if y.IsZero() {
		return Value{}, errZero
	}
	return quotient(x, y)
}

// quotient divides, and rounds an endless fraction half to even.
func quotient(x, y *apd.Decimal) (Value, error) {
	scale := max(fractionDigits, -int64(x.Exponent), -int64(y.Exponent))
	whole := max(0, x.NumDigits()+int64(x.Exponent)-y.NumDigits()-int64(y.Exponent)+1)
	if whole+scale > maxDigits {
		return Value{}, errTooLong
	}
	context := *rounding
	context.Precision = uint32(whole + scale + 2)
	d := new(apd.Decimal)
	if _, err := context.Quo(d, x, y); err != nil {
		return Value{}, errTooLong
	}
	if int64(d.Exponent) < -scale {
		if _, err := rounding.Quantize(d, d, int32(-scale)); err != nil {
			return Value{}, errTooLong
		}
	}
	d.Reduce(d)
	return decimal(pointed(d)), nil
}

// Negate is the unary operator −.
func Negate(a Value) (Value, error) {
	switch {
	case a.kind == KindFloat:
		return Float(float32(-a.float())), nil
	case a.kind == KindDouble:
		return Double(-a.float()), nil
	case a.isDuration():
		return scaleDuration(a, -1)
	}
	return Subtract(Integer(0), a)
}

// Plus is the unary operator +.
func Plus(a Value) (Value, error) {
	if !a.IsNumeric() {
		return Value{}, undefined(a, a)
	}
	return a, nil
}

func undefined(a, b Value) error {
	if !a.Bound() || !b.Bound() {
		return errUnbound
	}
	return errOperands
}

// The rounding functions (section 17.4.4).

// Abs returns the absolute value of a number.
func Abs(a Value) (Value, error) {
	switch {
	case !a.IsNumeric():
		return Value{}, undefined(a, a)
	case a.kind == KindDecimal && a.decimal().Negative, a.kind == KindInteger && compareNumbers(a, Integer(0)) < 0:
		return Negate(a)
	case a.kind == KindFloat:
		return Float(float32(math.Abs(a.float()))), nil
	case a.kind == KindDouble:
		return Double(math.Abs(a.float())), nil
	}
	return a, nil
}

// Ceil returns the smallest whole number that is not smaller than a number.
func Ceil(a Value) (Value, error) {
	return whole(a, math.Ceil, func(z, d *apd.Decimal) { rounding.Ceil(z, d) })
}

// Floor returns the largest whole number that is not larger than a number.
func Floor(a Value) (Value, error) {
	return whole(a, math.Floor, func(z, d *apd.Decimal) { rounding.Floor(z, d) })
}

// Round returns the nearest whole number, and of two the larger one (fn:round).
func Round(a Value) (Value, error) {
	half := apd.New(5, -1)
	return whole(a,
		func(f float64) float64 {
			if math.Abs(f) >= 1<<52 {
				return f // whole already; adding a half would round
			}
			down := math.Floor(f)
			if f-down >= 0.5 {
				return math.Copysign(down+1, f)
			}
			return down
		},
		func(z, d *apd.Decimal) {
			rounding.Add(z, d, half)
			rounding.Floor(z, z)
		})
}

// whole applies one of two functions that make numbers whole.
func whole(a Value, float func(float64) float64, dec func(z, d *apd.Decimal)) (Value, error) {
	switch a.kind {
	case KindInteger:
		return a, nil
	case KindDecimal:
		d := new(apd.Decimal)
		dec(d, a.decimal())
		return decimal(d), nil
	case KindFloat:
		return Float(float32(float(a.float()))), nil
	case KindDouble:
		return Double(float(a.float())), nil
	}
	return Value{}, undefined(a, a)
}
