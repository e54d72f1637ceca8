package graph

import (
	"strconv"
	"strings"
	"time"
)

// Ids of four bits of tag and sixty of payload. Datasets that have no inline
// ids keep to the tag 0.
//
//	tag  term                                          payload
//	0    by dictionary                                 its number there
//	1    kept for triple terms (RDF 1.2)
//	2    of datasets that are laid over another: terms that only they have
//	4    xsd:integer                                   value + 2^59
//	5    xsd:decimal of up to 8 digits behind the point  value * 10^8 + 2^59
//	6    xsd:boolean                                   0, 1
//	7    xsd:date without a time zone                  days since 0001-01-01
//	8    xsd:date in UTC                               days since 0001-01-01
//	9    xsd:dateTime without a time zone              microseconds since 0001-01-01T00:00:00
//	10   xsd:dateTime in UTC                           microseconds since 0001-01-01T00:00:00
//
// Within a tag, ids are in the order of values, and equal ids are equal values.
const (
	tagDictionary ID = iota << tagShift
	tagTriple
	_
	_
	tagInteger
	tagDecimal
	tagBoolean
	tagDate
	tagDateUTC
	tagDateTime
	tagDateTimeUTC

	tagShift    = 60
	payloadMask = 1<<tagShift - 1
	zero        = 1 << (tagShift - 1) // the payload of the number 0

	decimalDigits = 8
	decimalScale  = 100_000_000
)

const (
	xsdDecimal = xsd + "decimal"
	xsdDate    = xsd + "date"

	dateLayout     = "2006-01-02"
	dateTimeLayout = "2006-01-02T15:04:05.999999"
)

func (id ID) tag() ID { return id &^ payloadMask }

// IsInline reports whether an id carries its term.
func (id ID) IsInline() bool { return id.tag() > tagTriple }

// Inline returns the id that carries a literal: integers, decimals, booleans,
// and dates and dateTimes of the years 1 to 9999 without a time zone or in UTC
// ("Z"), if they are not too large or fine for it, and only in canonical form
// (XSD 1.1 part 2, appendix E), so that [InlineTerm] gives the same literal back.
// It depends on nothing but the term.
//
// A dataset is free to use inline ids or not: ask [Dataset.ID] for the id of a term.
func Inline(t Term) (ID, bool) {
	if t.Kind != KindLiteral || t.Language != "" {
		return 0, false
	}
	var id ID
	var ok bool
	switch t.Datatype {
	case xsdInteger:
		id, ok = inlineInteger(t.Value)
	case xsdDecimal:
		id, ok = inlineDecimal(t.Value)
	case xsdBoolean:
		id, ok = tagBoolean, t.Value == "false"
		if t.Value == "true" {
			id, ok = tagBoolean|1, true
		}
	case xsdDate:
		id, ok = inlineTime(t.Value, dateLayout, tagDate, 86400e6)
	case xsdDateTime:
		id, ok = inlineTime(t.Value, dateTimeLayout, tagDateTime, 1)
	}
	if !ok {
		return 0, false
	}
	if back, _ := InlineTerm(id); back.Value != t.Value {
		return 0, false
	}
	return id, true
}

func inlineInteger(lexical string) (ID, bool) {
	if len(lexical) > 19 {
		return 0, false
	}
	n, err := strconv.ParseInt(lexical, 10, 64)
	return tagInteger | ID(n+zero), err == nil && -zero <= n && n < zero
}

func inlineDecimal(lexical string) (ID, bool) {
	whole, fraction, _ := strings.Cut(lexical, ".")
	if len(whole) > 12 || len(fraction) > decimalDigits {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+fraction+"00000000"[len(fraction):], 10, 64)
	return tagDecimal | ID(n+zero), err == nil && -zero <= n && n < zero
}

// inlineTime reads a time with the layout, and an id of the tag, or of the one behind it for times in UTC.
func inlineTime(lexical, layout string, tag ID, unit int64) (ID, bool) {
	if len(lexical) > len(dateTimeLayout)+1 {
		return 0, false
	}
	local, utc := strings.CutSuffix(lexical, "Z")
	t, err := time.Parse(layout, local)
	if err != nil || t.Year() < 1 {
		return 0, false
	}
	if utc {
		tag += 1 << tagShift
	}
	return tag | ID((t.UnixMicro()-yearOne)/unit), true
}

// yearOne is the start of the year 1, in microseconds of Unix time.
var yearOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()

// InlineTerm returns the literal that an id carries, and false where it carries none.
func InlineTerm(id ID) (Term, bool) {
	payload := int64(id & payloadMask)
	literal := func(lexical, datatype string) (Term, bool) {
		return Term{Kind: KindLiteral, Value: lexical, Datatype: datatype}, true
	}
	at := func(unit int64) time.Time { return time.UnixMicro(payload*unit + yearOne).UTC() }
	switch id.tag() {
	case tagInteger:
		return literal(strconv.FormatInt(payload-zero, 10), xsdInteger)
	case tagDecimal:
		return literal(decimalText(payload-zero), xsdDecimal)
	case tagBoolean:
		if payload <= 1 {
			return literal(strconv.FormatBool(payload == 1), xsdBoolean)
		}
	case tagDate, tagDateUTC:
		if payload <= lastDay {
			return literal(at(86400e6).Format(dateLayout)+zone(id), xsdDate)
		}
	case tagDateTime, tagDateTimeUTC:
		if payload <= lastMicrosecond {
			return literal(at(1).Format(dateTimeLayout)+zone(id), xsdDateTime)
		}
	}
	return Term{}, false
}

// The largest payloads of dates and dateTimes: the end of the year 9999.
const (
	lastDay         = 3652058
	lastMicrosecond = (lastDay+1)*86400e6 - 1
)

func zone(id ID) string {
	if tag := id.tag(); tag == tagDateUTC || tag == tagDateTimeUTC {
		return "Z"
	}
	return ""
}

// decimalText writes a decimal as its canonical mapping does: without a point where the value is whole.
func decimalText(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatInt(n/decimalScale, 10)
	if fraction := n % decimalScale; fraction != 0 {
		digits := strconv.FormatInt(decimalScale+fraction, 10)[1:]
		text += "." + strings.TrimRight(digits, "0")
	}
	return text
}
