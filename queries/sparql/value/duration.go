package value

import (
	"math"
	"strconv"
	"strings"
)

// A duration is months and seconds, of one sign (XSD 1.1 part 2, section 3.3.6.1).
type duration struct {
	months   int64
	seconds  int64
	fraction int64 // attoseconds, of the sign of the seconds
}

const (
	maxMonths  = maxYear * 12
	maxSeconds = maxYear * 366 * daySecond
)

// parseDuration returns the reader of the lexical forms of a kind of duration.
func parseDuration(kind Kind) func(string) (Value, bool) {
	return func(s string) (Value, bool) {
		body, negative := strings.CutPrefix(s, "-")
		body, ok := strings.CutPrefix(body, "P")
		date, clock, hasClock := strings.Cut(body, "T")
		if !ok || body == "" || hasClock && clock == "" {
			return Value{}, false
		}
		var d duration
		parts := &parts{rest: date}
		if kind != KindDayTimeDuration {
			d.months = parts.take('Y', maxYear)*12 + parts.take('M', maxMonths)
		}
		if kind != KindYearMonthDuration {
			d.seconds = parts.take('D', maxYear*366) * daySecond
			if parts.rest == "" {
				parts.rest = clock
				d.seconds += parts.take('H', maxYear*366*24)*3600 + parts.take('M', maxYear*366*1440)*60
				d.seconds += parts.seconds(&d.fraction)
			}
		} else if hasClock {
			return Value{}, false
		}
		if parts.failed || parts.rest != "" || d.months > maxMonths || d.seconds > maxSeconds {
			return Value{}, false
		}
		if negative {
			d = duration{-d.months, -d.seconds, -d.fraction}
		}
		return Value{kind: kind, ref: &d}, true
	}
}

// parts are the numbers and letters of a duration.
type parts struct {
	rest   string
	failed bool
}

// take reads a number before a letter, if it stands next, and otherwise nothing.
func (p *parts) take(letter byte, limit int64) int64 {
	end := digits(p.rest, 0)
	if end == 0 || end == len(p.rest) || p.rest[end] != letter {
		return 0
	}
	n, err := strconv.ParseInt(p.rest[:end], 10, 64)
	if err != nil || n > limit {
		p.failed = true
		return 0
	}
	p.rest = p.rest[end+1:]
	return n
}

// seconds reads whole seconds and their fraction.
func (p *parts) seconds(fraction *int64) int64 {
	end := digits(p.rest, 0)
	if end > 0 && end < len(p.rest) && p.rest[end] == '.' {
		point := end
		end = digits(p.rest, point+1)
		if end == point+1 || end == len(p.rest) || p.rest[end] != 'S' {
			return 0
		}
		*fraction = fractionOf(p.rest[point+1 : end])
		p.rest = p.rest[:point] + p.rest[end:]
	}
	return p.take('S', maxSeconds)
}

// text writes a duration of a kind.
func (d *duration) text(kind Kind) string {
	months, seconds, fraction := d.months, d.seconds, d.fraction
	b := make([]byte, 0, 24)
	if months < 0 || seconds < 0 || fraction < 0 {
		b = append(b, '-')
		months, seconds, fraction = -months, -seconds, -fraction
	}
	b = append(b, 'P')
	part := func(n int64, letter byte) {
		if n != 0 {
			b = append(strconv.AppendInt(b, n, 10), letter)
		}
	}
	part(months/12, 'Y')
	part(months%12, 'M')
	part(seconds/daySecond, 'D')
	if rest := seconds % daySecond; rest != 0 || fraction != 0 {
		b = append(b, 'T')
		part(rest/3600, 'H')
		part(rest/60%60, 'M')
		if rest%60 != 0 || fraction != 0 {
			b = strconv.AppendInt(b, rest%60, 10)
			b = append(appendFraction(b, fraction), 'S')
		}
	}
	if b[len(b)-1] == 'P' {
		if kind == KindYearMonthDuration {
			return "P0M"
		}
		return "PT0S"
	}
	return string(b)
}

func (v Value) isDuration() bool { return KindDuration <= v.kind && v.kind <= KindDayTimeDuration }

// DayTime returns the xsd:dayTimeDuration of some seconds.
func DayTime(seconds int64) Value {
	return Value{kind: KindDayTimeDuration, ref: &duration{seconds: seconds}}
}

// plus adds n seconds and a fraction, with the carry that keeps one sign.
func sumOf(seconds, fraction int64) (int64, int64) {
	seconds += fraction / atto
	fraction %= atto
	switch {
	case seconds > 0 && fraction < 0:
		return seconds - 1, fraction + atto
	case seconds < 0 && fraction > 0:
		return seconds + 1, fraction - atto
	}
	return seconds, fraction
}

// addDuration adds or subtracts (sign −1) a duration to a duration or a moment
// (XPath Functions 3.1 sections 8.4 and 9.7, XSD 1.1 part 2 appendix E.3.3).
func addDuration(a, b Value, sign int64) (Value, error) {
	add := b.ref.(*duration)
	if a.isDuration() {
		base := a.ref.(*duration)
		z := duration{months: base.months + sign*add.months}
		z.seconds, z.fraction = sumOf(base.seconds+sign*add.seconds, base.fraction+sign*add.fraction)
		kind := KindDuration
		if a.kind == b.kind {
			kind = a.kind
		}
		if z.months > 0 && (z.seconds < 0 || z.fraction < 0) || z.months < 0 && (z.seconds > 0 || z.fraction > 0) {
			return Value{}, Error("a duration of months and seconds with two signs")
		}
		return newDuration(kind, z)
	}
	switch a.kind {
	case KindTime, KindDateTime, KindDate:
	default:
		return Value{}, errOperands
	}
	if a.kind == KindTime && add.months != 0 {
		return Value{}, errOperands
	}
	m := *a.ref.(*moment)
	if a.kind != KindTime {
		months := m.year*12 + int64(m.month-1) + sign*add.months
		m.year, m.month = floorDiv(months, 12), uint8(months-floorDiv(months, 12)*12+1)
		m.day = min(m.day, monthDays(m.year, m.month))
		m.locate()
	}
	fraction := m.fraction + sign*add.fraction
	carry := floorDiv(fraction, atto)
	m.fraction = fraction - carry*atto
	m = m.at(m.days, m.secondsInZone+sign*add.seconds+carry)
	switch {
	case m.year >= maxYear || m.year <= -maxYear:
		return Value{}, errOverflow
	case a.kind == KindTime:
		m.year, m.month, m.day = blank.year, blank.month, blank.day
		m.locate()
	case a.kind == KindDate:
		m.hour, m.minute, m.second, m.fraction = 0, 0, 0, 0
		m.locate()
	}
	return Value{kind: a.kind, ref: &m}, nil
}

// between is the time from b to a, where both have a zone or neither has.
func between(a, b Value) (Value, error) {
	switch a.kind {
	case KindTime, KindDateTime, KindDate:
	default:
		return Value{}, errOperands
	}
	x, y := a.ref.(*moment), b.ref.(*moment)
	if x.zoned != y.zoned {
		return Value{}, errUndetermined
	}
	var d duration
	d.seconds, d.fraction = sumOf(x.instant()-y.instant(), x.fraction-y.fraction)
	return newDuration(KindDayTimeDuration, d)
}

// scaleDuration multiplies a duration, and rounds months to whole ones.
func scaleDuration(a Value, by float64) (Value, error) {
	d := *a.ref.(*duration)
	if by == -1 {
		return newDuration(a.kind, duration{-d.months, -d.seconds, -d.fraction})
	}
	months := math.Floor(float64(d.months)*by + 0.5)
	seconds := (float64(d.seconds) + float64(d.fraction)/atto) * by
	if !(math.Abs(months) <= maxMonths && math.Abs(seconds) <= maxSeconds) {
		return Value{}, errOverflow
	}
	whole, part := math.Modf(seconds)
	return newDuration(a.kind, duration{int64(months), int64(whole), int64(math.Round(part*1e9)) * 1e9})
}

func newDuration(kind Kind, d duration) (Value, error) {
	d.seconds, d.fraction = sumOf(d.seconds, d.fraction)
	if d.months > maxMonths || d.months < -maxMonths || d.seconds > maxSeconds || d.seconds < -maxSeconds {
		return Value{}, errOverflow
	}
	return Value{kind: kind, ref: &d}, nil
}
