package value

import "github.com/cockroachdb/apd/v3"

// A Part names a component of times and dates (section 17.4.5).
type Part uint8

// The parts.
const (
	Year Part = iota
	Month
	Day
	Hours
	Minutes
	Seconds
)

const (
	errNoPart = Error("no time, or one without that part")
	errNoZone = Error("a time without a time zone")
)

// Component returns a part of a time in its own time zone: an xsd:integer, and
// for Seconds an xsd:decimal. The recommendation has dateTimes only; every kind
// of time that has the part is taken.
func Component(v Value, part Part) (Value, error) {
	if !v.isMoment() {
		return Value{}, errNoPart
	}
	m := v.ref.(*moment)
	n, has := int64(0), false
	switch part {
	case Year:
		n, has = m.year, v.kind == KindDateTime || v.kind == KindDate || v.kind == KindYear || v.kind == KindYearMonth
	case Month:
		n, has = int64(m.month), v.kind != KindTime && v.kind != KindYear && v.kind != KindDay
	case Day:
		n, has = int64(m.day), v.kind == KindDateTime || v.kind == KindDate || v.kind == KindMonthDay || v.kind == KindDay
	case Hours:
		n, has = int64(m.hour), v.kind == KindDateTime || v.kind == KindTime
	case Minutes:
		n, has = int64(m.minute), v.kind == KindDateTime || v.kind == KindTime
	case Seconds:
		if v.kind == KindDateTime || v.kind == KindTime {
			d := apd.New(int64(m.second), 0)
			if m.fraction != 0 {
				d = apd.New(m.fraction, -18)
				if _, err := exact.Add(d, d, apd.New(int64(m.second), 0)); err != nil {
					return Value{}, errTooLong
				}
			}
			return decimal(d), nil
		}
	}
	if !has {
		return Value{}, errNoPart
	}
	return Integer(n), nil
}

// Zone returns the time zone of a time: as a duration and as it is written,
// which is "" where it has none.
func Zone(v Value) (offset Value, text string, err error) {
	if !v.isMoment() {
		return Value{}, "", errNoPart
	}
	m := v.ref.(*moment)
	return DayTime(int64(m.zone) * 60), m.zoneText(), nil
}

// Adjust returns a time at another offset from UTC: the same instant where it
// has a zone, and the same clock where it had none (fn:adjust-dateTime-to-timezone).
// Only dateTimes, dates and times can be adjusted.
func Adjust(v, offset Value) (Value, error) {
	if offset.kind != KindDayTimeDuration || v.kind != KindDateTime && v.kind != KindDate && v.kind != KindTime {
		return Value{}, errOperands
	}
	d := offset.ref.(*duration)
	if d.seconds%60 != 0 || d.fraction != 0 || d.seconds > 14*3600 || d.seconds < -14*3600 {
		return Value{}, errOverflow
	}
	m := *v.ref.(*moment)
	zone := int16(d.seconds / 60)
	if m.zoned {
		m = m.at(m.days, m.secondsInZone+int64(zone-m.zone)*60)
	}
	m.zoned, m.zone = true, zone
	switch v.kind {
	case KindTime:
		m.year, m.month, m.day = blank.year, blank.month, blank.day
	case KindDate:
		m.hour, m.minute, m.second, m.fraction = 0, 0, 0, 0
	}
	m.locate()
	return Value{kind: v.kind, ref: &m}, nil
}
