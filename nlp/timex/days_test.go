package timex

import (
	"testing"
	"time"
)

// TestDayNumbers compares the day arithmetic with package time's.
func TestDayNumbers(t *testing.T) {
	for n := -800_000; n < 3_000_000; n += 37 {
		want := time.Unix(int64(n)*86400, 0).UTC()
		d := daynum(n).date()
		if y, m, day := want.Date(); d != (Date{y, int(m), day}) {
			t.Fatalf("day %d: got %v, want %v", n, d, want)
		}
		if back := d.first(); back != daynum(n) {
			t.Fatalf("%v: got day %d, want %d", d, back, n)
		}
		if got, want := daynum(n).weekday(), (int(want.Weekday())+6)%7+1; got != want {
			t.Fatalf("%v: got weekday %d, want %d", d, got, want)
		}
	}
}

func TestEaster(t *testing.T) {
	for _, want := range []Date{{1961, 4, 2}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2019, 4, 21}, {2024, 3, 31}, {2025, 4, 20}, {2038, 4, 25}} {
		if got := easter(want.Year).date(); got != want {
			t.Errorf("%d: got %v, want %v", want.Year, got, want)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		unit Unit
		want string
	}{
		{"2024-02-28", 1, UnitDay, "2024-02-29"},
		{"2023-02-28", 1, UnitDay, "2023-03-01"},
		{"2025-01-01", -1, UnitDay, "2024-12-31"},
		{"2025-01-31", 1, UnitMonth, "2025-02-28"},
		{"2024-03-31", -1, UnitMonth, "2024-02-29"},
		{"2024-02-29", -1, UnitYear, "2023-02-28"},
		{"2025-01-15", -1, UnitMonth, "2024-12-15"},
		{"2025-11", 3, UnitMonth, "2026-02"},
		{"2025", -3, UnitDecade, "1995"},
		{"2025", 1, UnitMonth, ""},
		{"2025-11", 1, UnitWeek, ""},
		{"2025-11-14", 2, UnitBusinessDay, "2025-11-18"},
		{"2025-11-17", -1, UnitBusinessDay, "2025-11-14"},
		{"2025-11-17", 1, UnitFortnight, "2025-12-01"},
		{"2025-11-17", 5, UnitHour, "2025-11-17"},
		{"", 5, UnitDay, ""},
	} {
		if got := parseDate(c.from).Add(c.n, c.unit).String(); got != c.want {
			t.Errorf("%s + %d of unit %d: got %q, want %q", c.from, c.n, c.unit, got, c.want)
		}
	}
}

func TestSingle(t *testing.T) {
	for _, c := range []struct {
		from, to, precision string
		date, single        string
	}{
		{"2025-08-31", "", Day, "2025-08-31", Day},
		{"2025-06-16", "2025-06-22", Day, "2025-06", Month},
		{"2024-06-01", "2024-08-31", About, "2024", About},
		{"2024-12", "2025-02", Month, "2024", About},
		{"2028", "", Before, "2028", Before},
		{"1991", "", Since, "1991", Since},
		{"", "", "", "", ""},
	} {
		d, p := Value{parseDate(c.from), parseDate(c.to), c.precision}.Single()
		if d.String() != c.date || p != c.single {
			t.Errorf("%s/%s %s: got %s %s, want %s %s", c.from, c.to, c.precision, d, p, c.date, c.single)
		}
	}
}

func TestDateString(t *testing.T) {
	for want, d := range map[string]Date{
		"": {}, "2025": {Year: 2025}, "2025-08": {2025, 8, 0}, "2025-08-31": {2025, 8, 31},
		"--08-31": {0, 8, 31}, "--08": {0, 8, 0}, "0476": {Year: 476}, "-0043-03-15": {-43, 3, 15},
	} {
		if got := d.String(); got != want {
			t.Errorf("%#v: got %q, want %q", d, got, want)
		}
	}
}

// parseDate reads what Date.String writes, for tests.
func parseDate(s string) Date {
	var d Date
	at := 0
	for i, p := range []*int{&d.Year, &d.Month, &d.Day} {
		width := 2
		if i == 0 {
			width = 4
		}
		if at >= len(s) {
			break
		}
		for _, c := range s[at : at+width] {
			*p = *p*10 + int(c-'0')
		}
		at += width + 1
	}
	return d
}
