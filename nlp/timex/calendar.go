package timex

// calendarDate reads a date of the calendar that has at least a month or a
// weekday: 31 August 2025, Aug. 31, Wed, 22 of Jan, June next year, Thursday the 21st.
func (p *parser) calendarDate(i int) (meaning, int) {
	if m, j := p.numericDate(i, 0); j != none {
		return m, j
	}
	if w, j := p.weekdayWord(i); j != none {
		return p.weekdayDate(w, i, j)
	}
	if m, j := p.dayMonth(i, 0); j != none {
		return m, j
	}
	if m, j := p.dayOfMonth(i); j != none {
		return m, j
	}
	return p.monthYear(i)
}

// weekdayDate reads what follows a weekday.
func (p *parser) weekdayDate(w, i, j int) (meaning, int) {
	k := p.skip(j, '.')
	for _, mark := range []rune{',', '-', '('} {
		if p.mark(k) == mark {
			k++
			break
		}
	}
	if m, end := p.numericDate(k, w); end != none {
		return m, p.skip(end, ')')
	}
	if m, end := p.dayMonth(k, w); end != none {
		return m, p.skip(end, ')')
	}
	if m, end := p.dayOfMonth(k); end != none {
		return m, end
	}
	k = p.skipTag(j, tagThe)
	if d, end := p.dayNumber(k); end != none && (k > j || p.at(k).kind == numberToken) && p.standsAlone(end) {
		return monthly{day: d, weekday: w}, end
	}
	// Friday next week, Tuesday of last week
	if m, end := p.relativeUnit(p.skipTag(j, tagOf)); end != none {
		if u, ok := m.(unitShift); ok && u.unit == UnitWeek {
			return weekdayIn{w, u}, end
		}
	}
	if m, end := p.offset(p.skip(j, ',')); end != none && m.anchor() == AnchorPublished { // Monday two weeks from now
		if away, ok := m.(shifted); ok {
			return onWeekday{w, away}, end
		}
	}
	if !p.weekdayAccepted(i) {
		return nil, none
	}
	return weekday{w}, j
}

// weekdayWord reads the name of a weekday, short or long.
func (p *parser) weekdayWord(i int) (int, int) {
	w := p.at(i).word
	if w == nil || w.weekday == 0 || w.plural {
		return 0, none
	}
	return w.weekday, i + 1
}

// weekdayAccepted reports whether a bare weekday is one, not a verb or a newspaper.
func (p *parser) weekdayAccepted(i int) bool {
	t := p.at(i)
	switch p.tag(i - 1) {
	case tagOn, tagLast, tagNext, tagThis, tagUntil, tagBy, tagSince, tagBefore, tagAfter, tagBetween, tagFrom, tagTo, tagOr, tagEarly, tagLate:
		return !t.word.risky || t.capital && !p.at(i+1).capital || p.tag(i-1) != tagTo && p.tag(i-1) != tagAfter && !t.capital
	}
	if p.at(i-1).capital && (p.same(i-1, "bloody") || p.same(i-1, "black") || p.same(i-1, "super") || p.same(i-1, "holy")) {
		return false
	}
	if p.tag(i-1) == tagAnd && !t.word.risky {
		return true
	}
	return !t.word.short
}

// dayMonth reads a day with its month in either order, and the year if one follows.
func (p *parser) dayMonth(i, weekday int) (meaning, int) {
	k := p.skipTag(i, tagThe)
	if d, j := p.dayNumber(k); j != none {
		ordinal := p.at(j-1).kind == wordToken && (p.tag(j-1) == tagSuffix || p.at(j-1).word.ordinal > 0)
		if ordinal && p.same(j, "day") {
			j++
		}
		if p.at(j).glued && (p.mark(j) == '-' || p.mark(j) == '/') {
			j++
		} else {
			j = p.skipTag(j, tagOf)
		}
		if m, end := p.monthWord(j, true); end != none && (p.at(k).kind == numberToken || p.at(j).capital || p.tag(j-1) == tagOf || ordinal) {
			return p.withYear(m, d, weekday, end)
		}
	}
	m, j := p.monthWord(i, true)
	if j == none {
		return nil, none
	}
	if y, k := p.numeralYear(j + 1); k != none && p.at(j).glued && p.at(j+1).glued && (p.mark(j) == '-' || p.mark(j) == '/') { // September-2020-23
		if d, end := p.dayNumber(k + 1); end != none && p.at(k).glued && p.mark(k) == p.mark(j) {
			return fullDate(y, m, d), end
		}
	}
	k = j
	if p.at(j).glued && (p.mark(j) == '-' || p.mark(j) == '/') {
		k++
	} else if p.mark(j) == ',' {
		if _, ordinal := p.ordinal(j + 1); ordinal != none {
			k++
		}
	}
	k = p.skipTag(k, tagThe)
	d, end := p.dayNumber(k)
	if glued := p.at(k); end == none && glued.kind == numberToken && glued.glued && k == j && glued.value >= 1 && glued.value <= 31 { // Oct2
		d, end = glued.value, k+1
	}
	if end == none || !p.dayAccepted(i, k, end) {
		return nil, none
	}
	return p.withYear(m, d, weekday, end)
}

// dayAccepted reports whether the number behind a month is a day of it and
// does not count something: In May 20 people died.
func (p *parser) dayAccepted(i, k, end int) bool {
	switch {
	case p.tag(end) == tagQuantity:
		return false
	case p.mark(end) == ':' && p.at(end).glued && p.at(end+1).glued:
		return false
	case p.at(end-1).kind == wordToken && p.at(end-1).word.ordinal > 0:
		return true
	case p.at(k).kind == wordToken || p.tag(i-1) == tagIn:
		return !p.lowerWord(end)
	}
	return true
}

// monthWord reads the name of a month, with the stop of an abbreviation.
// Beside a day or year, a word such as "may" needs less to be believed.
func (p *parser) monthWord(i int, beside bool) (int, int) {
	t := p.at(i)
	w := t.word
	if w == nil || w.month == 0 || w.risky && !w.short && !t.capital && (p.tag(i-1) == tagThis || p.tag(i-1) == tagThat) { // this may not be
		return 0, none
	}
	j := i + 1
	if p.mark(j) == '.' && p.at(j).glued && (w.short || p.at(j+1).glued || p.at(j+1).kind == numberToken) {
		j++
	}
	if beside && w.risky && !t.capital && !w.short {
		// 5 may: a month if no verb follows
		if p.lowerWord(j) || p.at(j).kind == wordToken && p.tag(j) == notag && !p.at(j).word.timeWord() {
			return 0, none
		}
	}
	return w.month, j
}

// withYear completes a day and month with the year that follows them.
func (p *parser) withYear(month, day, weekday, j int) (meaning, int) {
	each := dayEachYear(month, day)
	if y, of, end := p.yearBehind(j); end != none {
		if of != nil {
			return inYear{each, of}, end
		}
		return fullDate(y, month, day), end
	}
	return annual{each: each, weekday: weekday, part: Date{Month: month, Day: day}}, j
}

// fullDate is a date with its year, or one that no calendar has.
func fullDate(year, month, day int) meaning {
	p, ok := dayEachYear(month, day)(year)
	if !ok {
		return never{}
	}
	return fixed{p}
}

func dayEachYear(month, day int) yearly {
	return func(y int) (period, bool) {
		if y < minYear || month < 1 || month > 12 || day < 1 || day > daysIn(y, month) {
			return period{}, false
		}
		n := dayOf(y, month, day)
		return period{from: n, to: n, unit: UnitDay}, true
	}
}

// minYear is the first that the resolver speaks of.
const minYear = 1

func monthEachYear(month int) yearly {
	return func(y int) (period, bool) { return monthsFrom(y, month, 1), y >= minYear }
}

// yearBehind reads the year behind a day or month: 2025, of 2025, '25, of last year.
func (p *parser) yearBehind(j int) (year int, of meaning, end int) {
	k := j
	bound := false
	switch {
	case p.mark(k) == ',':
		k++
	case p.at(k).glued && (p.mark(k) == '-' || p.mark(k) == '/'):
		k++
		if !p.at(k).glued {
			return 0, nil, none
		}
	case p.tag(k) == tagOf || p.tag(k) == tagIn:
		k++
		bound = true
	}
	if y, end := p.year(k); end != none {
		if p.at(k).kind == numberToken && !p.countsNothing(y, end) {
			return 0, nil, none
		}
		return y, nil, end
	}
	if n, ok := p.integer(k); ok && p.at(k).digits() == 2 && (bound || n > 31) && p.mark(k-1) != ',' && !p.lowerWord(k+1) && p.tag(k+1) != tagQuantity && p.tag(k+1) != tagSuffix {
		return fullYear(n), nil, k + 1
	}
	if p.mark(j) == '-' || p.mark(j) == '/' {
		return 0, nil, none
	}
	if m, end := p.relativeUnit(k); end != none {
		if u, ok := m.(unitShift); ok && u.unit == UnitYear {
			return 0, u, end
		}
	}
	return 0, nil, none
}

// dayOfMonth reads a day of a month told in some other way: the 20th of next month.
func (p *parser) dayOfMonth(i int) (meaning, int) {
	k := p.skipTag(i, tagThe)
	d, j := p.dayNumber(k)
	if j == none {
		return nil, none
	}
	if p.at(j-1).kind == wordToken && p.same(j, "day") {
		j++
	}
	of := p.tag(j) == tagOf || p.tag(j) == tagIn
	if of {
		j++
	}
	m, end := p.relativeUnit(j)
	if end == none && of && p.at(j-2).kind == wordToken {
		m, end = p.theUnit(j)
	}
	if u, ok := m.(unitShift); ok && u.unit == UnitMonth && end != none {
		return dayIn{d, u}, end
	}
	// on the 15th
	if k > i && p.at(k).kind == numberToken && p.tag(k+1) == tagSuffix && p.dayBefore(i) && p.standsAlone(j) {
		return monthly{day: d}, j
	}
	return nil, none
}

// dayBefore reports whether a preposition for days stands before i.
func (p *parser) dayBefore(i int) bool {
	switch p.tag(i - 1) {
	case tagOn, tagBy, tagUntil, tagSince, tagFrom, tagTo, tagBefore, tagAfter, tagBetween, tagForSpan, tagAnd, tagOf:
		return true
	}
	return false
}

// standsAlone reports whether nothing follows that a number before it would count or order.
func (p *parser) standsAlone(j int) bool {
	t := p.at(j)
	switch {
	case t.kind == markToken:
		return !(t.value == ':' || t.value == '%' || t.value == '-' || t.value == '/') || !t.glued
	case t.kind == numberToken:
		return false
	}
	return t.kind == endToken || t.word != nil && t.word.tag != notag && t.word.tag != tagQuantity
}

// monthYear reads a month, with its year if one is said: May 1975, June of last year, 2016 November.
func (p *parser) monthYear(i int) (meaning, int) {
	if y, j := p.numeralYear(i); j != none {
		if p.at(j).glued && (p.mark(j) == '-' || p.mark(j) == '/') {
			j++
		}
		if m, end := p.monthWord(j, true); end != none && (p.at(j).capital || !p.at(j).word.risky || !p.lowerWord(end)) {
			if _, k := p.dayNumber(end); k == none {
				return fixed{monthsFrom(y, m, 1)}, end
			}
		}
		return nil, none
	}
	m, j := p.monthWord(i, true)
	if j == none {
		if m, j = p.monthWord(i, false); j == none {
			return nil, none
		}
	}
	if y, of, end := p.yearBehind(j); end != none {
		if of != nil {
			return inYear{monthEachYear(m), of}, end
		}
		return fixed{monthsFrom(y, m, 1)}, end
	}
	if !p.monthAccepted(i, j) {
		return nil, none
	}
	return annual{each: monthEachYear(m), part: Date{Month: m}}, j
}

// monthAccepted reports whether a bare month is one: not the verb may, a
// march, or Ms May.
func (p *parser) monthAccepted(i, j int) bool {
	t := p.at(i)
	w := t.word
	before := p.tag(i - 1)
	if before == tagCourtesy || w.risky && t.capital && before == notag && p.at(i-1).capital && !p.at(i-1).word.timeWord() {
		return false
	}
	placed := false
	switch before {
	case tagIn, tagSince, tagUntil, tagBy, tagBefore, tagAfter, tagDuring, tagFrom, tagBetween, tagOf, tagEarly, tagLate, tagMid, tagLast, tagNext, tagThis, tagPrevious, tagEvery, tagFollowing:
		placed = true
	case tagTo, tagAnd, tagOr:
		placed = p.monthBefore(i - 2)
	case tagAbout, tagForSpan:
		placed = t.capital
	case tagThe, tagPossessive:
		placed = t.capital && p.lowerWord(j)
	}
	if k := p.joint(i, j); k != none && p.at(k).kind == wordToken && p.monthBefore(k) { // May to March
		return true
	}
	if p.mark(i-1) == '-' || p.mark(i-1) == ',' && (t.capital || !w.risky) {
		placed = p.monthBefore(i-2) || p.tag(i-2) == tagMid
	}
	if placed || w.risky || w.short {
		return placed
	}
	return !p.at(j).capital || p.at(j).word != nil || p.at(j).newline
}

// monthBefore reports whether the token is a month, or the year or day of one.
func (p *parser) monthBefore(i int) bool {
	t := p.at(i)
	if t.kind == numberToken {
		return true
	}
	return t.word != nil && t.word.month != 0
}
