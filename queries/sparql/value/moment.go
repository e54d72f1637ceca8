package value

import (
	"strconv"
	"strings"
	"time"
)

// A moment is a point of time or a part of one, as XSD 1.1 part 2, appendix D.2.1
// has it: parts that a kind lacks have the value that its comparison wants.
type moment struct {
	year                int64 // 0 is the year before 1
	month, day          uint8
	hour, minute        uint8
	second              uint8
	fraction            int64 // of a second, in attoseconds
	zoned               bool
	zone                int16 // minutes east of UTC
	days, secondsInZone int64 // day number since 1970-01-01, and the second of it, both as written
}

const (
	atto      = 1_000_000_000_000_000_000
	maxYear   = 1_000_000_000 // so that seconds fit an int64
	daySecond = 86400
)

// blank is a moment with the parts that a kind may lack: those of XSD's
// reference (appendix E.3.4), a leap year so that --02-29 is a day.
var blank = moment{year: 1972, month: 12, day: 31}

// parseMoment returns the reader of a kind's lexical forms.
func parseMoment(kind Kind) func(string) (Value, bool) {
	return func(s string) (Value, bool) {
		m := blank
		switch kind {
		case KindMonth, KindYear, KindYearMonth:
			m.day = 1
		}
		if kind == KindYear {
			m.month = 1
		}
		r := &reading{rest: s}
		hasYear := kind == KindDateTime || kind == KindDate || kind == KindYear || kind == KindYearMonth
		hasMonth := kind == KindDateTime || kind == KindDate || kind == KindYearMonth || kind == KindMonth || kind == KindMonthDay
		hasDay := kind == KindDateTime || kind == KindDate || kind == KindMonthDay || kind == KindDay
		if hasYear {
			m.year = r.year()
		} else if kind != KindTime {
			r.want("-")
		}
		if hasMonth || kind == KindDay {
			r.want("-")
		}
		if hasMonth {
			m.month = r.two(1, 12)
		}
		if hasDay {
			r.want("-")
			m.day = r.two(1, 31)
		}
		if kind == KindDateTime {
			r.want("T")
		}
		if kind == KindDateTime || kind == KindTime {
			r.clock(&m)
		}
		r.timezone(&m)
		if r.failed || r.rest != "" || m.day > monthDays(m.year, m.month) {
			return Value{}, false
		}
		m.locate()
		if m.hour == 24 { // midnight at the end of a day is the start of the next
			m = m.at(m.days, m.secondsInZone)
			if kind == KindTime {
				m.year, m.month, m.day = blank.year, blank.month, blank.day
				m.locate()
			}
		}
		return Value{kind: kind, ref: &m}, true
	}
}

func parseStamp(s string) (Value, bool) {
	v, ok := parseMoment(KindDateTime)(s)
	return v, ok && v.ref.(*moment).zoned
}

// reading is a lexical form that is being read from its start.
type reading struct {
	rest   string
	failed bool
}

func (r *reading) want(text string) {
	rest, ok := strings.CutPrefix(r.rest, text)
	r.rest, r.failed = rest, r.failed || !ok
}

// two reads a number of two digits.
func (r *reading) two(low, high uint8) uint8 {
	if r.failed || len(r.rest) < 2 || digits(r.rest[:2], 0) != 2 {
		r.failed = true
		return low
	}
	n := (r.rest[0]-'0')*10 + r.rest[1] - '0'
	r.rest = r.rest[2:]
	r.failed = n < low || n > high
	return n
}

// year reads a year of four digits, or of more if the first is not 0.
func (r *reading) year() int64 {
	from := 0
	if strings.HasPrefix(r.rest, "-") {
		from = 1
	}
	end := digits(r.rest, from)
	count := end - from
	n, err := strconv.ParseInt(r.rest[:end], 10, 64)
	r.failed = count < 4 || count > 4 && r.rest[from] == '0' || err != nil || n >= maxYear || n <= -maxYear
	r.rest = r.rest[end:]
	return n
}

// clock reads hours, minutes and seconds; 24:00:00 is a time.
func (r *reading) clock(m *moment) {
	m.hour = r.two(0, 24)
	r.want(":")
	m.minute = r.two(0, 59)
	r.want(":")
	m.second = r.two(0, 59)
	if strings.HasPrefix(r.rest, ".") {
		end := digits(r.rest, 1)
		m.fraction = fractionOf(r.rest[1:end])
		r.failed = r.failed || end == 1
		r.rest = r.rest[end:]
	}
	if m.hour == 24 && (m.minute != 0 || m.second != 0 || m.fraction != 0) {
		r.failed = true
	}
}

// fractionOf returns attoseconds; finer digits are cut (XSD 1.1 part 2, section 5.4 lets us).
func fractionOf(digits string) int64 {
	if len(digits) > 18 {
		digits = digits[:18]
	}
	n, _ := strconv.ParseInt(digits+strings.Repeat("0", 18-len(digits)), 10, 64)
	return n
}

func (r *reading) timezone(m *moment) {
	if r.failed || r.rest == "" {
		return
	}
	m.zoned = true
	sign := int16(1)
	switch r.rest[0] {
	case 'Z':
		r.rest = r.rest[1:]
		return
	case '-':
		sign = -1
	case '+':
	default:
		r.failed = true
		return
	}
	r.rest = r.rest[1:]
	hours := r.two(0, 14)
	r.want(":")
	minutes := r.two(0, 59)
	m.zone = sign * (int16(hours)*60 + int16(minutes))
	r.failed = r.failed || m.zone > 14*60 || m.zone < -14*60
}

func leap(year int64) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func monthDays(year int64, month uint8) uint8 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	}
	return 31
}

// locate fills in the day and the second of it.
func (m *moment) locate() {
	m.days = dayNumber(m.year, m.month, m.day)
	m.secondsInZone = int64(m.hour)*3600 + int64(m.minute)*60 + int64(m.second)
	if m.hour == 24 {
		m.days++
		m.secondsInZone = 0
	}
}

// dayNumber counts days since 1970-01-01 in the proleptic Gregorian calendar.
// It puts the leap day at the end of a year that begins in March.
func dayNumber(year int64, month, day uint8) int64 {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*int64((month+9)%12)+2)/5 + int64(day) - 1
	return era*146097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719468
}

// at returns the moment of a day number and a second, in m's zone and with its fraction.
func (m moment) at(days, seconds int64) moment {
	days += floorDiv(seconds, daySecond)
	seconds -= floorDiv(seconds, daySecond) * daySecond
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yearOfEra := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	dayOfYear := doe - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month := (5*dayOfYear + 2) / 153
	m.day = uint8(dayOfYear - (153*month+2)/5 + 1)
	m.month = uint8((month+2)%12 + 1)
	m.year = yearOfEra + era*400
	if m.month <= 2 {
		m.year++
	}
	m.hour, m.minute, m.second = uint8(seconds/3600), uint8(seconds/60%60), uint8(seconds%60)
	m.days, m.secondsInZone = days, seconds
	return m
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// instant is the second since 1970 of a moment, taken for UTC where it has no zone.
func (m *moment) instant() int64 {
	return m.days*daySecond + m.secondsInZone - int64(m.zone)*60
}

// text writes a moment of a kind.
func (m *moment) text(kind Kind) string {
	b := make([]byte, 0, 32)
	pair := func(n uint8) { b = append(b, '0'+n/10, '0'+n%10) }
	year := func() {
		y := m.year
		if y < 0 {
			b = append(b, '-')
			y = -y
		}
		text := strconv.FormatInt(y, 10)
		for range 4 - len(text) {
			b = append(b, '0')
		}
		b = append(b, text...)
	}
	switch kind {
	case KindDateTime, KindDate, KindYear, KindYearMonth:
		year()
	case KindMonth, KindMonthDay, KindDay:
		b = append(b, '-')
	}
	switch kind {
	case KindDateTime, KindDate, KindYearMonth, KindMonth, KindMonthDay:
		b = append(b, '-')
		pair(m.month)
	case KindDay:
		b = append(b, '-')
	}
	switch kind {
	case KindDateTime, KindDate, KindMonthDay, KindDay:
		b = append(b, '-')
		pair(m.day)
	}
	if kind == KindDateTime {
		b = append(b, 'T')
	}
	if kind == KindDateTime || kind == KindTime {
		pair(m.hour)
		b = append(b, ':')
		pair(m.minute)
		b = append(b, ':')
		pair(m.second)
		b = appendFraction(b, m.fraction)
	}
	return string(append(b, m.zoneText()...))
}

// appendFraction writes attoseconds behind a point, if there are any.
func appendFraction(b []byte, fraction int64) []byte {
	if fraction == 0 {
		return b
	}
	text := strconv.FormatInt(atto+fraction, 10)[1:]
	return append(append(b, '.'), strings.TrimRight(text, "0")...)
}

// zoneText writes a time zone: "Z", "+05:00", or "" where there is none.
func (m *moment) zoneText() string {
	if !m.zoned {
		return ""
	}
	if m.zone == 0 {
		return "Z"
	}
	sign, z := byte('+'), m.zone
	if z < 0 {
		sign, z = '-', -z
	}
	return string([]byte{sign, '0' + byte(z/600), '0' + byte(z/60%10), ':', '0' + byte(z%60/10), '0' + byte(z%10)})
}

// DateTime returns the xsd:dateTime of a time, in its zone.
func DateTime(t time.Time) Value {
	_, offset := t.Zone()
	m := moment{zoned: true, zone: int16(offset / 60), fraction: int64(t.Nanosecond()) * 1_000_000_000}
	m = m.at(0, t.Unix()+int64(m.zone)*60)
	return Value{kind: KindDateTime, ref: &m}
}

func (v Value) isMoment() bool { return KindDateTime <= v.kind && v.kind <= KindDay }
