package value_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	. "github.com/ententegraph/entente/queries/sparql/value"
)

// read makes a value of short text: 5, 1.5, 1e0, true, "text", "text"@en,
// lexical^datatype, <iri>, _:blank, and UNDEF.
func read(text string) Value {
	switch {
	case text == "UNDEF":
		return Value{}
	case strings.HasPrefix(text, "<"):
		return IRI(strings.Trim(text, "<>"))
	case strings.HasPrefix(text, "_:"):
		return FromTerm(graph.Blank(text[2:]))
	case strings.HasPrefix(text, `"`):
		lexical, language, _ := strings.Cut(text[1:], `"`)
		return LangString(lexical, strings.TrimPrefix(language, "@"))
	case strings.Contains(text, "^"):
		lexical, datatype, _ := strings.Cut(text, "^")
		return FromTerm(graph.Typed(lexical, XSD+datatype))
	case text == "true", text == "false":
		return FromTerm(graph.Typed(text, XSD+"boolean"))
	case strings.ContainsAny(text, "eE"):
		return FromTerm(graph.Typed(text, XSD+"double"))
	case strings.Contains(text, "."):
		return FromTerm(graph.Typed(text, XSD+"decimal"))
	}
	return FromTerm(graph.Typed(text, XSD+"integer"))
}

// show writes a value as read reads it, or its error.
func show(v Value, err error) string {
	if err != nil {
		return "error"
	}
	t := v.Term()
	switch datatype := strings.TrimPrefix(t.Datatype, XSD); {
	case !v.Bound():
		return "UNDEF"
	case t.Kind != graph.KindLiteral:
		return t.String()
	case t.Language != "":
		return `"` + t.Value + `"@` + t.Language
	case datatype == "":
		return `"` + t.Value + `"`
	default:
		return t.Value + "^" + datatype
	}
}

func TestLexicalFormsAreKept(t *testing.T) {
	for _, term := range []graph.Term{
		graph.Typed("01", XSD+"integer"), graph.Typed("+1.50", XSD+"decimal"), graph.Typed("1e0", XSD+"double"),
		graph.Typed("nonsense", XSD+"date"), graph.Typed("x", "http://example.org/type"), graph.LangTagged("a", "EN-us"),
		graph.IRI("http://example.org/"), graph.Blank("b"), graph.Typed("2024-01-01T24:00:00+05:00", XSD+"dateTime"),
		graph.TripleTerm(graph.IRI("s:s"), graph.IRI("p:p"), graph.Typed("01", XSD+"integer")), {},
	} {
		if back := FromTerm(term).Term(); back != term {
			t.Errorf("%v came back as %v", term, back)
		}
	}
}

func TestLexicalSpaces(t *testing.T) {
	good := []string{
		"+5^integer", "-0^integer", "99999999999999999999999999^integer", "127^byte", "18446744073709551615^unsignedLong",
		"1.^decimal", ".5^decimal", "-.5^decimal", "INF^double", "+INF^double", "NaN^float", "1E400^double", ".5e-3^double", "1.e1^float",
		"2024-02-29^date", "-0001-01-01^date", "0000-01-01Z^date", "12024-01-01^date", "2024-01-01T24:00:00^dateTime",
		"2024-01-01T00:00:00.123456789012345678901+14:00^dateTime", "23:59:59.5Z^time", "2024^gYear", "2024-12^gYearMonth", "--12^gMonth",
		"--02-29^gMonthDay", "---31^gDay", "P1Y2M3DT4H5M6.7S^duration", "-P1M^yearMonthDuration", "PT0.5S^dayTimeDuration", "P1D^dayTimeDuration",
		"2024-01-01T00:00:00Z^dateTimeStamp", "1^boolean",
	}
	bad := []string{
		"^integer", "+^integer", "1.0^integer", " 1^integer", "1_000^integer", "128^byte", "0^positiveInteger", "1^negativeInteger", "18446744073709551616^unsignedLong",
		".^decimal", "1e0^decimal", "1,5^decimal", "inf^double", "0x1p4^double", "1e^double", "Infinity^double", "nan^float", "1_0^double",
		"2023-02-29^date", "2024-13-01^date", "2024-00-01^date", "024-01-01^date", "02024-01-01^date", "2024-1-1^date", "2024-01-01T00:00:00^date",
		"2024-01-01T24:00:01^dateTime", "2024-01-01T00:60:00^dateTime", "2024-01-01T00:00:00.^dateTime", "2024-01-01T00:00:00+14:01^dateTime",
		"2024-01-01^dateTime", "24:30:00^time", "-12^gMonth", "--02-30^gMonthDay", "---32^gDay", "P^duration", "PT^duration", "P1^duration", "P1YT^duration",
		"P1M1Y^duration", "1Y^duration", "P1D^yearMonthDuration", "P1M^dayTimeDuration", "PT1.S^duration", "--P1Y^duration", "2024-01-01T00:00:00^dateTimeStamp", "TRUE^boolean",
		"P1DT^dayTimeDuration",
	}
	for _, text := range good {
		if read(text).Kind() == KindOther {
			t.Errorf("%s is not read", text)
		}
	}
	for _, text := range bad {
		if kind := read(text).Kind(); kind != KindOther {
			t.Errorf("%s is read as kind %d", text, kind)
		}
	}
}

func TestArithmetic(t *testing.T) {
	operators := map[string]func(a, b Value) (Value, error){"+": Add, "-": Subtract, "*": Multiply, "/": Divide}
	for _, test := range []string{
		"1 + 2 = 3^integer",
		"01 + 2 = 3^integer",
		"1^byte + 2^long = 3^integer",
		"9223372036854775807 + 1 = 9223372036854775808^integer",
		"-9223372036854775808 - 1 = -9223372036854775809^integer",
		"9223372036854775808 - 1 = 9223372036854775807^integer",
		"-9223372036854775808 * -1 = 9223372036854775808^integer",
		"4294967296 * 4294967296 = 18446744073709551616^integer",
		"1.0 + 2 = 3.0^decimal",
		"0.1 + 0.2 = 0.3^decimal",
		"1.50 + 1.50 = 3.0^decimal",
		"2.50 * 2 = 5.0^decimal",
		"1.0 - 1 = 0.0^decimal",
		"-0.0 + 0 = 0.0^decimal",
		"5^decimal + 5 = 10.0^decimal",
		"123456789012345678901234567890.5 + 1 = 123456789012345678901234567891.5^decimal",
		"6 / 2 = 3.0^decimal",
		"600 / 2 = 300.0^decimal",
		"1 / 3 = 0.333333333333333333^decimal",
		"2 / 3 = 0.666666666666666667^decimal",
		"1 / 8 = 0.125^decimal",
		"100000000000000000000 / 3 = 33333333333333333333.333333333333333333^decimal",
		"0.00000000000000000001 / 2 = 0.00000000000000000000^decimal",
		"1 / 0 = error",
		"1.0 / 0.0 = error",
		"1e0 / 0 = INF^double",
		"0e0 / 0 = NaN^double",
		"1.5 + 1e0 = 2.5E0^double",
		"1.5^float + 1 = 2.5E0^float",
		"1.5^float + 1e0 = 2.5E0^double",
		"0.1^float * 3 = 3.0E-1^float",
		`"1" + 1 = error`,
		"x^integer + 1 = error",
		"true + 1 = error",
		"UNDEF + 1 = error",
		"2024-01-31^date + P1M^yearMonthDuration = 2024-02-29^date",
		"2024-01-31Z^date - P1D^dayTimeDuration = 2024-01-30Z^date",
		"2024-02-28T23:59:59.5Z^dateTime + PT0.5S^dayTimeDuration = 2024-02-29T00:00:00Z^dateTime",
		"2024-03-01T00:00:00+05:00^dateTime - P1DT1S^duration = 2024-02-28T23:59:59+05:00^dateTime",
		"23:30:00^time + PT1H^dayTimeDuration = 00:30:00^time",
		"P1D^dayTimeDuration + 2024-12-31^date = 2025-01-01^date",
		"2024-03-01^date - 2024-02-28^date = P2D^dayTimeDuration",
		"2024-03-01T12:00:00Z^dateTime - 2024-03-01T12:00:00+02:00^dateTime = PT2H^dayTimeDuration",
		"2024-03-01Z^date - 2024-02-28^date = error",
		"2024-01-01^date + 1 = error",
		"PT1H^dayTimeDuration - PT90M^dayTimeDuration = -PT30M^dayTimeDuration",
		"P1Y^yearMonthDuration + P1D^dayTimeDuration = P1Y1D^duration",
		"P1Y^yearMonthDuration - P1D^dayTimeDuration = error",
		"P1M^yearMonthDuration * 2.5 = P3M^yearMonthDuration",
		"P1D^dayTimeDuration / 2 = PT12H^dayTimeDuration",
		"P1D^dayTimeDuration / 0 = error",
	} {
		fields := strings.Fields(test)
		got := show(operators[fields[1]](read(fields[0]), read(fields[2])))
		if got != fields[4] && !(fields[4] == "0.00000000000000000000^decimal" && got == "0.0^decimal") {
			t.Errorf("%s, not %s", test, got)
		}
	}
}

func TestNumbersCannotGrowForEver(t *testing.T) {
	for _, start := range []string{"123456789", "1234.56789"} {
		v := read(start)
		var err error
		for range 64 {
			if v, err = Multiply(v, v); err != nil {
				break
			}
		}
		if err == nil {
			t.Errorf("%s can be squared 64 times", start)
		}
	}
}

func TestComparison(t *testing.T) {
	// a operator b: = equal, < less, ~ unequal and without order, ~! unequal in an order, ? error of both
	for _, test := range []string{
		"1 = 01", "1 = 1.0", "1.0 = 1e0", "1 < 1.5", "1^byte < 2^unsignedLong", "-1 < 0.0", "9223372036854775808 < 9223372036854775809",
		"1e0 < INF^double", "NaN^double ~ NaN^double", "NaN^double ~ 1", "0.1^float = 0.1", "0.1^float ~! 0.1e0", "-0.0e0 = 0",
		`"a" < "b"`, `"a" ~ "a"@en`, `"a"@en = "a"@EN`, `"a"@en < "b"@en`, `"a"@en ~ "b"@fr`, `"a" ~ 1`,
		"false < true", "1^boolean = true", "<a:a> ~ <a:b>", `<a:a> ~ "a:a"`, "_:a ~ _:b", "_:a ~ <a:a>",
		"x^integer ? 1", "x^unknown ? y^unknown", `x^unknown ? "x"`, "x^unknown ~ <a:a>", "UNDEF ? 1",
		"2024-01-01T00:00:00Z^dateTime = 2024-01-01T02:00:00+02:00^dateTime", "2024-01-01T24:00:00Z^dateTime = 2024-01-02T00:00:00Z^dateTime",
		"2024-01-01T00:00:00^dateTime ? 2024-01-01T00:00:00Z^dateTime", "2024-01-01T00:00:00^dateTime < 2024-01-02T00:00:00Z^dateTime",
		"2024-01-01^date < 2024-01-02^date", "2006-08-23^date ? 2006-08-23Z^date", "2006-08-23^date < 2006-08-24Z^date", "2024-01-01^date ~ 2024-01-01T00:00:00^dateTime",
		"-0001-01-01^date < 0001-01-01^date", "10:00:00.1^time < 10:00:00.2^time", "2023^gYear < 2024^gYear", "--12^gMonth = --12^gMonth", "2024^gYear ~ 2024-01^gYearMonth",
		"P1Y^yearMonthDuration = P12M^duration", "P1D^dayTimeDuration = PT24H^dayTimeDuration", "P1M^duration < P32D^duration", "P27D^duration < P1M^duration",
		"P1M^duration ~ P30D^duration", "P1Y^duration ~ P365D^duration", "PT0S^dayTimeDuration = P0M^yearMonthDuration",
	} {
		fields := strings.Fields(test)
		a, b := read(fields[0]), read(fields[2])
		equal, equalErr := Equal(a, b)
		order, orderErr := Compare(a, b)
		mirrored, _ := Compare(b, a)
		var ok bool
		switch fields[1] {
		case "=":
			ok = equal && equalErr == nil && order == 0 && (orderErr == nil)
		case "<":
			ok = !equal && equalErr == nil && order < 0 && mirrored > 0 && orderErr == nil && Order(a, b) < 0 && Order(b, a) > 0
		case "~":
			ok = !equal && equalErr == nil && orderErr != nil
		case "~!":
			ok = !equal && equalErr == nil && orderErr == nil
		case "?":
			ok = equalErr != nil && orderErr != nil
		}
		if !ok {
			t.Errorf("%s does not hold: equal %t (%v), compared %d (%v), ordered %d", test, equal, equalErr, order, orderErr, Order(a, b))
		}
	}
}

// assorted are values of all kinds, for laws that hold for all.
var assorted = []string{
	"UNDEF", "_:a", "_:b", "<a:a>", "<a:b>", "true", "false", "NaN^double", "-INF^double", "-1", "0", "-0.0e0", "1", "01", "1.0", "1e0", "1.5^float",
	"0.1", "0.1^float", "0.1^double", "9007199254740993", "9007199254740992e0", "9007199254740992.5", "9223372036854775808", "INF^float",
	`""`, `"a"`, `"a"@en`, `"a"@EN`, `"a"@fr`, `"b"`, `"é"`, "2024-01-01T00:00:00^dateTime", "2024-01-01T00:00:00Z^dateTime", "2024-01-01T12:00:00^dateTime",
	"2024-01-01T13:00:00+14:00^dateTime", "2024-01-01^date", "2024-01-01Z^date", "10:00:00^time", "2024^gYear", "2024-02^gYearMonth", "--02^gMonth", "---03^gDay",
	"P1M^duration", "P30D^duration", "P31D^dayTimeDuration", "P1Y^yearMonthDuration", "P365D^duration", "x^integer", "x^unknown", "y^unknown",
}

func TestOrderIsTotal(t *testing.T) {
	values := make([]Value, 0, len(assorted)+2)
	for _, text := range assorted {
		values = append(values, read(text))
	}
	s, p := graph.IRI("s:s"), graph.IRI("p:p")
	values = append(values, FromTerm(graph.TripleTerm(s, p, graph.String("a"))), FromTerm(graph.TripleTerm(s, p, graph.String("b"))))
	sign := func(n int) int { return max(-1, min(1, n)) }
	for _, a := range values {
		for _, b := range values {
			ab := sign(Order(a, b))
			if ab != -sign(Order(b, a)) {
				t.Errorf("order of %s and %s depends on the side", show(a, nil), show(b, nil))
			}
			if c, err := Compare(a, b); err == nil && c != 0 && sign(c) != ab {
				t.Errorf("%s and %s compare as %d and order as %d", show(a, nil), show(b, nil), c, ab)
			}
			for _, c := range values {
				if ab <= 0 && Order(b, c) <= 0 && Order(a, c) > 0 {
					t.Errorf("%s ≤ %s ≤ %s, and yet the first is larger than the last", show(a, nil), show(b, nil), show(c, nil))
				}
			}
		}
	}
	if !slices.IsSortedFunc([]Value{values[0], values[1], values[3], values[5], values[len(values)-1]}, Order) {
		t.Error("unbound, blank node, IRI, literal, triple term are not in this order")
	}
}

func TestEffective(t *testing.T) {
	for text, want := range map[string]string{
		"true": "true", "false": "false", "0^boolean": "false", "x^boolean": "false", `""`: "false", `"false"`: "true", `""@en`: "false", `"a"@en`: "true",
		"0": "false", "0.0": "false", "0e0": "false", "NaN^double": "false", "INF^float": "true", "5": "true", "99999999999999999999": "true", "x^integer": "false",
		"<a:a>": "error", "_:b": "error", "UNDEF": "error", "2024-01-01^date": "error", "x^unknown": "error",
	} {
		b, err := read(text).Effective()
		got := strings.TrimSuffix(show(Boolean(b), err), "^boolean")
		if got != want {
			t.Errorf("the effective boolean value of %s is %s, not %s", text, got, want)
		}
	}
}

func TestRounding(t *testing.T) {
	for _, test := range []string{ // value, Round, Ceil, Floor, Abs
		"2.5 3^decimal 3^decimal 2^decimal 2.5^decimal",
		"-2.5 -2^decimal -2^decimal -3^decimal 2.5^decimal",
		"-0.4 0^decimal 0^decimal -1^decimal 0.4^decimal",
		"-7 -7^integer -7^integer -7^integer 7^integer",
		"-9223372036854775808 -9223372036854775808^integer -9223372036854775808^integer -9223372036854775808^integer 9223372036854775808^integer",
		"-2.5e0 -2.0E0^double -2.0E0^double -3.0E0^double 2.5E0^double",
		"0.49999999999999994e0 0.0E0^double 1.0E0^double 0.0E0^double 0.49999999999999994e0^double",
		"NaN^double NaN^double NaN^double NaN^double NaN^double",
		"1.5^float 2.0E0^float 2.0E0^float 1.0E0^float 1.5E0^float",
		`"1" error error error error`,
	} {
		fields := strings.Fields(test)
		v := read(fields[0])
		for i, f := range []func(Value) (Value, error){Round, Ceil, Floor, Abs} {
			got := show(f(v))
			if want := fields[i+1]; got != want && !(i == 3 && SameTermValue(got, want)) {
				t.Errorf("%d of %s: %s, want %s", i, fields[0], got, want)
			}
		}
	}
}

// SameTermValue reports whether two texts read as equal numbers of one type.
func SameTermValue(a, b string) bool {
	x, y := read(a), read(b)
	equal, err := Equal(x, y)
	return err == nil && equal && x.Kind() == y.Kind()
}

func TestDateTime(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(2024, 2, 29, 23, 59, 59, 120, time.UTC), time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", -8*3600)), time.Date(1969, 12, 31, 1, 0, 0, 0, time.FixedZone("", 19800)),
	} {
		if got := show(DateTime(at), nil); got != at.Format("2006-01-02T15:04:05.999999999Z07:00")+"^dateTime" {
			t.Errorf("%v is %s", at, got)
		}
	}
}

func TestCalendarAgreesWithTime(t *testing.T) {
	for day := -800000; day < 800000; day += 37 {
		want := time.Unix(int64(day)*86400, 0).UTC()
		got, err := Add(read("1970-01-01T00:00:00Z^dateTime"), DayTime(int64(day)*86400))
		if text := show(got, err); want.Year() > 0 && text != want.Format(time.RFC3339)+"^dateTime" {
			t.Fatalf("day %d is %s, not %v", day, text, want)
		}
	}
}

func TestAsFloat(t *testing.T) {
	for text, want := range map[string]float64{"1": 1, "99999999999999999999": 1e20, "-0.25": -0.25, "1e300": 1e300, "2^byte": 2} {
		if got, ok := read(text).AsFloat(); !ok || got != want {
			t.Errorf("%s is %g (%t)", text, got, ok)
		}
	}
	if _, ok := read(`"1"`).AsFloat(); ok {
		t.Error("a string is a number")
	}
	if f, _ := read("NaN^double").AsFloat(); !math.IsNaN(f) {
		t.Error("NaN is a number")
	}
}
