package timex

// A DateOrder says how a date such as 3/4/2025 is read, where both readings are possible.
type DateOrder int

// The orders of day and month. Dates with stops, as 3.4.2025, always have the day first.
const (
	MonthFirst DateOrder = iota // 4 March
	DayFirst                    // 3 April
)

// numericDate reads dates in digits: 2025-08-31, 31.08.2025, 8/31/25, 2019-sep-1,
// 2025-08, 11/2016, 20250831, and after a weekday or "on" 8/31.
func (p *parser) numericDate(i, weekday int) (meaning, int) {
	t := p.at(i)
	if t.kind != numberToken || t.value < 0 || !p.edgeBefore(i) {
		return nil, none
	}
	if t.digits() == 8 && p.edgeBehind(i+1) {
		return p.full(t.value/10000, t.value/100%100, t.value%100, i+1, true)
	}
	sep := p.mark(i + 1)
	if sep != '-' && sep != '/' && sep != '.' {
		return p.spaced(i)
	}
	if !p.at(i+1).glued || !p.at(i+2).glued {
		return p.spaced(i)
	}
	second := p.at(i + 2)
	month := 0
	if second.kind == wordToken && second.word != nil {
		month = second.word.month
	}
	if second.kind != numberToken && month == 0 {
		return nil, none
	}
	third := p.at(i + 4)
	three := third.kind == numberToken && third.glued && p.at(i+3).glued && (p.mark(i+3) == sep || p.mark(i+3) == ',' && sep == '/')
	switch {
	case three && p.edgeBehind(i+5):
		if month != 0 {
			if t.digits() == 4 {
				return p.full(t.value, month, third.value, i+5, true)
			}
			return nil, none // 31-Aug-2025 is read by dayMonth
		}
		return p.threeNumbers(t, second, third, sep, i+5)
	case third.kind == wordToken && third.glued && third.word != nil && third.word.month != 0 && p.mark(i+3) == sep && sep != '.':
		return p.yearBetween(t, second, third, i+5)
	case month == 0 && p.edgeBehind(i+3):
		return p.twoNumbers(t, second, sep, i, weekday)
	}
	return nil, none
}

// yearBetween reads 2020/23/Sep and 23-2020-September.
func (p *parser) yearBetween(first, second, third token, end int) (meaning, int) {
	switch {
	case first.digits() == 4 && second.digits() <= 2:
		return p.full(first.value, third.word.month, second.value, end, true)
	case second.digits() == 4 && first.digits() <= 2:
		return p.full(second.value, third.word.month, first.value, end, true)
	}
	return nil, none
}

func (p *parser) threeNumbers(a, b, c token, sep rune, end int) (meaning, int) {
	if b.digits() > 2 {
		return nil, none
	}
	if a.digits() == 4 && c.digits() <= 2 {
		return p.full(a.value, b.value, c.value, end, true)
	}
	year := c.value
	switch {
	case a.digits() > 2:
		return nil, none
	case c.digits() == 2 && (sep != '.' || a.digits() == 2 && b.digits() == 2):
		year = fullYear(year)
	case c.digits() != 4:
		return nil, none
	}
	day, month := a.value, b.value
	switch monthFirst := sep != '.' && p.order == MonthFirst; {
	case a.value > 12 && b.value > 12, a.value == 0, b.value == 0:
		return nil, none
	case b.value > 12, monthFirst && a.value <= 12:
		day, month = b.value, a.value
	}
	return p.full(year, month, day, end, c.digits() == 4)
}

// full is a complete date. One that no calendar has is still a date, without a
// value, where its form leaves no doubt.
func (p *parser) full(year, month, day, end int, certain bool) (meaning, int) {
	if year < 1000 || year >= 2200 || month > 12 || month == 0 || day == 0 || day > 31 {
		return nil, none
	}
	if !certain && day > daysIn(year, month) {
		return nil, none
	}
	return fullDate(year, month, day), end
}

// twoNumbers reads a year with a month, or a day with a month.
func (p *parser) twoNumbers(a, b token, sep rune, i, weekday int) (meaning, int) {
	end := i + 3
	switch {
	case a.digits() == 4 && b.digits() <= 2 && sep != '.':
		if b.value >= 1 && b.value <= 12 && a.value >= 1000 && a.value < 2200 && !(sep == '/' && b.digits() == 2 && b.value == (a.value+1)%100) {
			return fixed{monthsFrom(a.value, b.value, 1)}, end
		}
		return nil, none
	case b.digits() == 4 && a.digits() <= 2 && sep != '.':
		if a.value >= 1 && a.value <= 12 && b.value >= 1000 && b.value < 2200 {
			return fixed{monthsFrom(b.value, a.value, 1)}, end
		}
		return nil, none
	case a.digits() > 2 || b.digits() > 2 || a.value == 0 || b.value == 0 || a.value > 12 && b.value > 12 || a.value > 31 || b.value > 31:
		return nil, none
	}
	day, month := a.value, b.value
	if b.value > 12 || a.value <= 12 && p.order == MonthFirst {
		day, month = b.value, a.value
	}
	// Fractions, scores and sizes look the same: it takes a sign of a date.
	sure := weekday != 0 || sep == '/' && (p.dayBefore(i) || p.tag(i-1) == tagThis || p.tag(i-1) == tagNext || p.rangeOfSlashes(i)) || p.tag(i-1) == tagOn && p.standsAlone(end)
	if !sure && (sep != '/' || day < 13 || p.tag(end) == tagOf || p.at(i-1).kind == numberToken || p.lowerWord(end)) {
		return nil, none
	}
	if p.tag(end) == tagQuantity || day > daysIn(2000, month) {
		return nil, none
	}
	if y, of, behind := p.yearBehind(end); behind != none && of == nil && p.mark(end) == ',' && p.at(end+1).digits() == 4 { // 5/7, 2020
		return fullDate(y, month, day), behind
	}
	return annual{each: dayEachYear(month, day), weekday: weekday, part: Date{Month: month, Day: day}}, end
}

// rangeOfSlashes reports whether 10/1 is the end of a range such as 10/1-11/7.
func (p *parser) rangeOfSlashes(i int) bool {
	slashed := func(k int) bool {
		return p.at(k).kind == numberToken && p.mark(k+1) == '/' && p.at(k+2).kind == numberToken
	}
	return p.mark(i+3) == '-' && slashed(i+4) || p.mark(i-1) == '-' && slashed(i-4)
}

// spaced reads 2016 10 16, and 2016 / 11.
func (p *parser) spaced(i int) (meaning, int) {
	a, b, c := p.at(i), p.at(i+1), p.at(i+2)
	if a.digits() == 4 && b.kind == numberToken && b.digits() == 2 && c.kind == numberToken && c.digits() == 2 && p.edgeBehind(i+3) {
		return p.full(a.value, b.value, c.value, i+3, false)
	}
	sep := p.mark(i + 1)
	if sep != '-' && sep != '/' || c.kind != numberToken || !p.edgeBehind(i+3) {
		return nil, none
	}
	y, m := a, c
	if c.digits() == 4 {
		y, m = c, a
	}
	if y.digits() == 4 && m.digits() == 2 && m.value >= 1 && m.value <= 12 && y.value >= 1000 && y.value < 2200 {
		return fixed{monthsFrom(y.value, m.value, 1)}, i + 3
	}
	return nil, none
}

// edgeBefore reports whether no longer number or word reaches up to the token.
func (p *parser) edgeBefore(i int) bool {
	t := p.at(i)
	if !t.glued {
		return true
	}
	b := p.at(i - 1)
	if b.kind != markToken {
		return false
	}
	switch b.value {
	case '.', ',', '-', '/', ':':
		digit := b.glued && p.at(i-2).kind == numberToken
		return !digit || b.value == '-' && p.rangeOfSlashes(i)
	case '$', '€', '£', '#', '+', '@':
		return false
	}
	return true
}

// edgeBehind reports whether the number before j ends there. A time of day may follow.
func (p *parser) edgeBehind(j int) bool {
	t := p.at(j)
	if !t.glued {
		return !(p.mark(j) == '%')
	}
	switch t.kind {
	case wordToken:
		return p.same(j, "t") && p.at(j+1).kind == numberToken
	case numberToken:
		return false
	case markToken:
		next := p.at(j + 1)
		if next.glued && next.kind == numberToken {
			switch t.value {
			case '.', ',', '/':
				return false
			case '-':
				return p.rangeEnd(j + 1)
			}
		}
		return t.value != '%'
	}
	return true
}

// rangeEnd reports whether a date in digits begins at j, behind the hyphen of a range.
func (p *parser) rangeEnd(j int) bool {
	return p.mark(j+1) == p.mark(j-3) && p.mark(j+1) != 0 && p.mark(j+1) != ',' ||
		p.mark(j+1) == '/' && p.at(j+2).kind == numberToken ||
		p.mark(j+1) == '-' && p.mark(j+3) == '-' && p.at(j+4).kind == numberToken
}
