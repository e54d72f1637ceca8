// Package timex finds time expressions in English text and resolves them, with
// precision, against a reference date (after TIMEX3).
//
// [Find] gives the [Expression]s of a text: dates, ranges, durations and sets,
// each with the role that its preposition gives it ("since", "by") and the
// kind of anchor that it needs. [Resolve] turns one into a [Value]:
//
//	for _, e := range timex.Find("They met on August 31.", timex.Options{}) {
//		v := timex.Resolve(e, timex.Reference{Published: timex.Date{Year: 2025, Month: 9, Day: 1}})
//		fmt.Println(v.Date, v.Precision) // 2025-08-31 day
//	}
//
// The grammar is written out as functions over tokens that fill a chart: a
// reading of each expression by where it begins. What a reading yields is a
// meaning, which knows how to find its period once the day of writing is known.
package timex

import "fmt"

// A Date is a calendar date of the proleptic Gregorian calendar, known to the
// day, the month (Day 0) or the year (Month 0). The zero Date is unknown. A
// Date with a month and no year is one whose year could not be told; years
// before 1 are counted as in ISO 8601, but 1 BC cannot be written.
type Date struct{ Year, Month, Day int }

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// String gives ISO 8601: 2025-08-31, 2025-08, 2025, --08-31 where the year
// could not be told, or "" when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	year := fmt.Sprintf("%04d", d.Year)
	switch {
	case d.Year < 0:
		year = fmt.Sprintf("-%04d", -d.Year)
	case d.Year == 0:
		year = "-"
	}
	switch {
	case d.Month == 0:
		return year
	case d.Day == 0:
		return fmt.Sprintf("%s-%02d", year, d.Month)
	}
	return fmt.Sprintf("%s-%02d-%02d", year, d.Month, d.Day)
}

// The precisions of a Value, as extraction/1 names them.
const (
	Day     = "day"
	Month   = "month"
	Year    = "year"
	Before  = "before"
	After   = "after"
	Since   = "since"
	About   = "about"
	Unknown = "unknown"
)

// A Value is a resolved date, or a range where End is known, with its precision.
// Both dates of a range are inclusive and given to the unit that was named: a
// quarter is 2016-07 to 2016-09, a week two days. Before and After leave open
// whether the date itself is meant too.
type Value struct {
	Date      Date
	End       Date   // of a range or period, inclusive; else zero
	Precision string // one of the constants; "" counts as unknown
}

// Known reports whether the value says when.
func (v Value) Known() bool {
	return v.Precision != "" && v.Precision != Unknown && v.Date.Year != 0
}

// Single gives the one date and precision that stand best for the value where
// a range cannot be kept, as in extraction/1: a range within a month or year is
// that month, or about that year; a longer one is about its first year.
func (v Value) Single() (Date, string) {
	from, to := v.Date, v.End
	switch {
	case to.IsZero() || to == from || !v.Known():
		return from, v.Precision
	case v.Precision != Day && v.Precision != Month && v.Precision != Year && v.Precision != About:
		return from, v.Precision
	case from.Year == to.Year && from.Month == to.Month && from.Month != 0:
		return Date{Year: from.Year, Month: from.Month}, Month
	}
	return Date{Year: from.Year}, About
}
