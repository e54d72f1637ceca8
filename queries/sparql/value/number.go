package value

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// maxDigits bounds integers and decimals, so that no chain of products can
// fill the memory. Longer numbers have no value here.
const maxDigits = 4096

func parseBoolean(s string) (Value, bool) {
	switch s {
	case "true", "1":
		return Boolean(true), true
	case "false", "0":
		return Boolean(false), true
	}
	return Value{}, false
}

// digits returns the end of the run of digits that starts at i.
func digits(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// unsigned returns s behind its sign.
func unsigned(s string) string {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		return s[1:]
	}
	return s
}

func parseInteger(s string) (Value, bool) {
	n := unsigned(s)
	if n == "" || digits(n, 0) != len(n) || len(n) > maxDigits {
		return Value{}, false
	}
	if small, err := strconv.ParseInt(s, 10, 64); err == nil {
		return Integer(small), true
	}
	large, ok := new(big.Int).SetString(s, 10)
	if !ok {
		return Value{}, false
	}
	return bigInteger(large), true
}

// integerFrom reads integers between two ends, where there are ends.
func integerFrom(hasLow bool, low int64, hasHigh bool, high int64) func(string) (Value, bool) {
	return func(s string) (Value, bool) {
		v, ok := parseInteger(s)
		if !ok || hasLow && compareNumbers(v, Integer(low)) < 0 || hasHigh && compareNumbers(v, Integer(high)) > 0 {
			return Value{}, false
		}
		return v, true
	}
}

func parseUnsignedLong(s string) (Value, bool) {
	v, ok := parseInteger(s)
	return v, ok && v.integer().IsUint64()
}

func parseDecimal(s string) (Value, bool) {
	n := unsigned(s)
	whole := digits(n, 0)
	end, count := whole, whole
	if whole < len(n) && n[whole] == '.' {
		end = digits(n, whole+1)
		count += end - whole - 1
	}
	if end != len(n) || count == 0 || count > maxDigits {
		return Value{}, false
	}
	d, _, err := apd.NewFromString(s)
	if err != nil {
		return Value{}, false
	}
	return decimal(d), true
}

func decimal(d *apd.Decimal) Value {
	if d.IsZero() {
		d.Negative = false // XSD's decimals have one zero
	}
	return Value{kind: KindDecimal, ref: d}
}

func parseDouble(s string) (Value, bool) {
	f, ok := parseFloating(s, 64)
	return Double(f), ok
}

func parseFloat(s string) (Value, bool) {
	f, ok := parseFloating(s, 32)
	return Float(float32(f)), ok
}

// parseFloating reads what floatRep and the special values allow (XSD 1.1 part 2,
// section 3.3.4.2); strconv alone reads more.
func parseFloating(s string, bits int) (float64, bool) {
	switch s {
	case "INF", "+INF":
		return math.Inf(1), true
	case "-INF":
		return math.Inf(-1), true
	case "NaN":
		return math.NaN(), true
	}
	n := unsigned(s)
	end := digits(n, 0)
	count := end
	if end < len(n) && n[end] == '.' {
		from := end + 1
		end = digits(n, from)
		count += end - from
	}
	if count == 0 {
		return 0, false
	}
	if end < len(n) && (n[end] == 'e' || n[end] == 'E') {
		exponent := unsigned(n[end+1:])
		if exponent == "" || digits(exponent, 0) != len(exponent) {
			return 0, false
		}
		end = len(n)
	}
	if end != len(n) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, bits)
	return f, err == nil || errors.Is(err, strconv.ErrRange) // out of range is infinite, or zero
}

// integer returns an integer of any size. The result may be v's own: it is not to be changed.
func (v Value) integer() *big.Int {
	if n, ok := v.ref.(*big.Int); ok {
		return n
	}
	return big.NewInt(int64(v.bits))
}

// decimal returns an integer or decimal. The result may be v's own: it is not to be changed.
func (v Value) decimal() *apd.Decimal {
	switch n := v.ref.(type) {
	case *apd.Decimal:
		return n
	case *big.Int:
		return apd.NewWithBigInt(new(apd.BigInt).SetMathBigInt(n), 0)
	}
	return apd.New(int64(v.bits), 0)
}

// float returns any number as a double.
func (v Value) float() float64 {
	switch v.kind {
	case KindInteger:
		if v.ref == nil {
			return float64(int64(v.bits))
		}
		f, _ := new(big.Float).SetInt(v.integer()).Float64()
		return f
	case KindDecimal:
		f, _ := strconv.ParseFloat(v.ref.(*apd.Decimal).Text('E'), 64) // beyond a double's range it is infinite
		return f
	case KindFloat, KindDouble:
		return math.Float64frombits(v.bits)
	}
	return math.NaN()
}

// decimalText writes a computed decimal: without needless zeros, and with a
// digit behind the point. Decimals that rounding made whole have an exponent of
// zero and are written without a point, as SECONDS and CEIL are expected to.
func decimalText(d *apd.Decimal) string {
	text := d.Text('f')
	if d.Exponent == 0 {
		return text
	}
	if !strings.Contains(text, ".") {
		return text + ".0"
	}
	text = strings.TrimRight(text, "0")
	if strings.HasSuffix(text, ".") {
		text += "0"
	}
	return text
}
