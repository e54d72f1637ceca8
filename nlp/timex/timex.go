// Package timex finds time expressions in English text and resolves them, with
// precision, against a reference date (after TIMEX3).
package timex

import "fmt"

// A Date is a calendar date of the proleptic Gregorian calendar, known to the
// day, the month (Day 0) or the year (Month 0). The zero Date is unknown.
type Date struct{ Year, Month, Day int }

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// String gives ISO 8601: 2025-08-31, 2025-08, 2025, or "" when unknown.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
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
type Value struct {
	Date      Date
	End       Date   // of a range or period, inclusive; else zero
	Precision string // one of the constants; "" counts as unknown
}
