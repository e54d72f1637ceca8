package graph

import (
	"context"
	"iter"
	"math/big"
	"regexp"
	"strings"
	"time"
)

// An IDRange is the ids from Low to High, both included.
type IDRange struct {
	Low, High ID

	// Check is set where the range also holds ids of terms that do not compare
	// as asked: their terms must be looked at.
	Check bool
}

// A Comparison is an operator between two values.
type Comparison uint8

// The comparisons.
const (
	Less Comparison = iota
	LessOrEqual
	Equal
	GreaterOrEqual
	Greater
)

// Ranges returns where to look for the ids of the terms that are less than,
// equal to or greater than a value, as SPARQL compares values (SPARQL 1.1,
// section 17.3): ranges of inline ids that compare so, and ranges with Check set,
// among them that of the dictionary, in which others may. They are sorted and do
// not overlap. No other id can compare so.
//
// Values are integers, decimals, booleans, dates and dateTimes in any valid
// lexical form. It reports false for all others: every id may compare so then.
func Ranges(op Comparison, value Term) ([]IDRange, bool) {
	if value.Kind != KindLiteral || value.Language != "" {
		return nil, false
	}
	dictionary := IDRange{DefaultGraph + 1, tagTriple - 1, true}
	switch value.Datatype {
	case xsdInteger, xsdDecimal:
		n, ok := parseDecimal(value.Value)
		if !ok {
			return nil, false
		}
		scaled := new(big.Rat).Mul(n, big.NewRat(decimalScale, 1))
		return joined(dictionary, payloads(tagInteger, op, n, zero, payloadMask), payloads(tagDecimal, op, scaled, zero, payloadMask)), true
	case xsdBoolean:
		var n int64
		switch value.Value {
		case "true", "1":
			n = 1
		case "false", "0":
		default:
			return nil, false
		}
		return joined(dictionary, payloads(tagBoolean, op, big.NewRat(n, 1), 0, 1)), true
	case xsdDate:
		t, utc, ok := parseTime(value.Value, dateLayout)
		if !ok {
			return nil, false
		}
		return timeRanges(dictionary, op, t, utc, tagDate, 86400e6, lastDay), true
	case xsdDateTime:
		t, utc, ok := parseTime(value.Value, "2006-01-02T15:04:05.999999999")
		if !ok {
			return nil, false
		}
		return timeRanges(dictionary, op, t, utc, tagDateTime, 1, lastMicrosecond), true
	}
	return nil, false
}

// timeRanges returns the ranges of times. Whether a time with a zone is before
// one without depends on the zone that is taken for granted.
func timeRanges(dictionary IDRange, op Comparison, t time.Time, utc bool, tag ID, unit, last int64) []IDRange {
	micros := new(big.Rat).SetFrac(big.NewInt(int64(t.Nanosecond())), big.NewInt(1000))
	micros.Add(micros, new(big.Rat).SetInt64(t.Unix()*1e6-yearOne))
	value := micros.Quo(micros, new(big.Rat).SetInt64(unit))
	local, inUTC := tag, tag+1<<tagShift
	if utc {
		return joined(dictionary, []IDRange{{local, local | ID(last), true}}, payloads(inUTC, op, value, 0, last))
	}
	return joined(dictionary, payloads(local, op, value, 0, last), []IDRange{{inUTC, inUTC | ID(last), true}})
}

func joined(first IDRange, more ...[]IDRange) []IDRange {
	out := []IDRange{first}
	for _, r := range more {
		out = append(out, r...)
	}
	return out
}

// payloads returns the ids of a tag whose payload, less the offset, compares with a value, if there are any.
func payloads(tag ID, op Comparison, value *big.Rat, offset, last int64) []IDRange {
	value = new(big.Rat).Add(value, new(big.Rat).SetInt64(offset))
	floor := new(big.Int).Div(value.Num(), value.Denom()) // rounds down, as the denominator is positive
	low, high := big.NewInt(0), big.NewInt(last)
	below, above := floor, new(big.Int).Add(floor, big.NewInt(1))
	if value.IsInt() && (op == Less || op == GreaterOrEqual) {
		below, above = new(big.Int).Sub(floor, big.NewInt(1)), floor
	}
	switch op {
	case Less, LessOrEqual:
		high = smaller(high, below)
	case Greater, GreaterOrEqual:
		low = larger(low, above)
	default:
		if !value.IsInt() {
			return nil
		}
		low, high = larger(low, floor), smaller(high, floor)
	}
	if low.Cmp(high) > 0 {
		return nil
	}
	return []IDRange{{Low: tag | ID(low.Uint64()), High: tag | ID(high.Uint64())}}
}

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

var decimalForm = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)

func parseDecimal(lexical string) (*big.Rat, bool) {
	lexical = strings.Trim(lexical, " \t\r\n")
	if len(lexical) > 1000 || !decimalForm.MatchString(lexical) {
		return nil, false
	}
	return new(big.Rat).SetString(strings.TrimSuffix(lexical, "."))
}

// timeForm keeps out what package time reads beyond XSD.
var timeForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$`)

// parseTime reads a time with the layout, and whether it has a time zone.
func parseTime(lexical, layout string) (time.Time, bool, bool) {
	lexical = strings.Trim(lexical, " \t\r\n")
	if !timeForm.MatchString(lexical) {
		return time.Time{}, false, false
	}
	if t, err := time.Parse(layout, lexical); err == nil {
		return t, false, true
	}
	t, err := time.Parse(layout+"Z07:00", lexical)
	return t, true, err == nil
}

// ScanRange yields the quads that match a pattern, which leaves the object
// unbound, and whose object has an id in the range. Each comes once, by object
// where an order of the dataset allows it. Batches are as those of [Dataset.Scan].
func ScanRange(ctx context.Context, d Dataset, p Pattern, r IDRange) iter.Seq2[[]Encoded, error] {
	return func(yield func([]Encoded, error) bool) {
		if err := scanRange(ctx, d, p, r, yield); err != nil {
			yield(nil, err)
		}
	}
}

func scanRange(ctx context.Context, d Dataset, p Pattern, r IDRange, yield func([]Encoded, error) bool) error {
	order, sorted := objectOrder(p)
	c, err := OpenCursor(ctx, d, p, order)
	if err != nil {
		return err
	}
	defer c.Close()
	if sorted {
		if err := c.Seek(ctx, Encoded{Object: r.Low}); err != nil {
			return err
		}
	}
	var inside []Encoded
	for {
		rows, err := c.Next(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		inside = inside[:0]
		for _, e := range rows {
			if r.Low <= e.Object && e.Object <= r.High {
				inside = append(inside, e)
			}
		}
		if len(inside) > 0 && !yield(inside, nil) {
			return nil
		}
		if sorted && rows[len(rows)-1].Object > r.High {
			return nil
		}
	}
}

// objectOrder returns an order in which the rows of a pattern are sorted by
// object, and false where none of the orders gives that.
func objectOrder(p Pattern) (Order, bool) {
	for _, o := range []Order{OSPG, POSG, SOPG, SPOG, GOSP, GPOS, GSPO} {
		for _, place := range o.Places() {
			if p.At(place) != Any {
				continue
			}
			if place == Object {
				return o, true
			}
			break
		}
	}
	return SPOG, false
}
