package timex

// reading is what the chart holds for the expression that begins at a token.
type reading struct {
	meaning meaning
	end     int
	done    bool
}

// deepest is how far expressions may nest: "the end of the first week of last May" is three.
const deepest = 8

// point reads one date or period that begins at i, the longest there is. Each
// token is read once, however often it is looked at.
func (p *parser) point(i int) (meaning, int) {
	if i < 0 || i >= len(p.tokens)-1 || !p.opens(i) || p.depth >= deepest {
		return nil, none
	}
	if p.chart == nil {
		p.chart = make([]reading, len(p.tokens))
	}
	if r := p.chart[i]; r.done {
		return r.meaning, r.end
	}
	p.depth++
	best := reading{end: none, done: true}
	for _, read := range []func(int) (meaning, int){p.partial, p.offset, p.nth, p.deictic, p.relative, p.calendarDate, p.holiday, p.yearlong} {
		if m, end := read(i); end > best.end {
			best.meaning, best.end = m, end
		}
	}
	p.depth--
	if best.end != none && p.isName(i, best.end) {
		best.meaning, best.end = nil, none
	}
	if best.end != none && p.tag(best.end) == tagDayPart && !p.at(best.end).capital && best.meaning.anchor() != AnchorNone && isDay(best.meaning) {
		best.end++ // Friday night
	}
	if p.depth < deepest-2 { // near the limit the reading may be cut short
		p.chart[i] = best
	}
	return best.meaning, best.end
}

func isDay(m meaning) bool {
	switch m := m.(type) {
	case weekday, weekdayIn, nearWeekday, monthly:
		return true
	case annual:
		return m.part.Day != 0
	case partOf:
		return isDay(m.of)
	}
	return false
}

// opens reports whether an expression may begin with the token.
func (p *parser) opens(i int) bool {
	t := p.at(i)
	switch t.kind {
	case numberToken:
		return true
	case markToken:
		return t.value == '\'' && p.at(i+1).kind == numberToken
	case wordToken:
		return t.word != nil || p.holidaysAt(i) != nil
	}
	return false
}

// isName reports whether the words are a name with what stands beside them:
// the 2030 Agenda, the Good Friday Agreement, Vision 2030, Theresa May.
func (p *parser) isName(i, j int) bool {
	next := p.at(j)
	return next.capital && p.tag(j) == tagNameHead && !next.newline && p.at(j-1).kind != markToken
}

// span reads a range, or else a point.
func (p *parser) span(i int) (meaning, int) {
	m, end := p.point(i)
	if r, j := p.rangeOf(i, m, end); j > end {
		return r, j
	}
	return m, end
}

// rangeOf reads a range of which the first end is m, or a bare number.
func (p *parser) rangeOf(i int, m meaning, end int) (meaning, int) {
	if r, j := p.dayRange(i); j != none {
		return r, j
	}
	if p.tag(i) == tagNow {
		m, end = unitShift{UnitDay, 0, AnchorPublished}, i+1
	}
	if end == none {
		return nil, none
	}
	if s, ok := m.(stretch); ok || m.anchor() == AnchorEvent {
		return s, none
	}
	k := p.joint(i, end)
	if k == none {
		return nil, none
	}
	if p.tag(k) == tagNow || p.same(k, "date") && p.tag(k-1) == tagTo {
		return stretch{m, unitShift{UnitDay, 0, AnchorPublished}}, k + 1
	}
	if p.tag(k) == tagThe && p.tag(k+1) == tagNow {
		return stretch{m, unitShift{UnitDay, 0, AnchorPublished}}, k + 2
	}
	if to, j := p.point(k); j != none {
		if _, ok := to.(stretch); !ok {
			return stretch{m, to}, j
		}
		return nil, none
	}
	if y, j := p.numeralYear(k); j != none && p.countsNothing(y, j) && m.anchor() == AnchorNone { // between May 2015 and 2018
		return stretch{m, fixed{years(y, y)}}, j
	}
	// June 3 to 5, April ninth through the seventeenth
	if _, ok := p.dayAt(m); ok {
		if d, j := p.dayNumber(p.skipTag(k, tagThe)); j != none && p.tag(j) != tagQuantity && !p.lowerWord(j) && p.edgeBehind(j) {
			return p.closeDays(m, d, j)
		}
	}
	return nil, none
}

// dayAt gives the month and day of a date without a year, or of one with it.
func (p *parser) dayAt(m meaning) (Date, bool) {
	switch m := m.(type) {
	case annual:
		return m.part, m.part.Day != 0
	case monthly:
		return Date{Day: m.day}, true
	case fixed:
		return m.from.date(), m.from == m.to
	}
	return Date{}, false
}

// closeDays ends a range of days with a bare number, and applies the year behind it to both.
func (p *parser) closeDays(m meaning, d, j int) (meaning, int) {
	from, _ := p.dayAt(m)
	if an, ok := m.(annual); ok && d > from.Day {
		if y, of, end := p.yearBehind(j); end != none {
			first, last := dayEachYear(from.Month, from.Day), dayEachYear(from.Month, d)
			if of != nil {
				return stretch{inYear{first, of}, inYear{last, of}}, end
			}
			return stretch{fullDate(y, from.Month, from.Day), fullDate(y, from.Month, d)}, end
		}
		an.weekday = 0
		m = an
	}
	return stretch{m, monthly{day: d}}, j
}

// dayRange reads a range that begins with a bare number: 3 to 5 June, 4-23 next month, the 27th to the third of April.
func (p *parser) dayRange(i int) (meaning, int) {
	k := p.skipTag(i, tagThe)
	d, j := p.dayNumber(k)
	if j == none || p.at(k).kind == wordToken && p.at(j-1).word.ordinal == 0 {
		return nil, none
	}
	if p.at(k).glued && p.at(k-1).kind == markToken && p.mark(k-1) != '(' {
		return nil, none
	}
	next := p.joint(i, j)
	if next == none {
		if p.tag(j) != tagAnd { // 18 and 19 June
			return nil, none
		}
		next = j + 1
	}
	to, end := p.calendarDay(next)
	if end == none {
		return nil, none
	}
	return stretch{monthly{day: d}, to}, end
}

// calendarDay reads a day that names its month.
func (p *parser) calendarDay(i int) (meaning, int) {
	if m, j := p.dayMonth(i, 0); j != none {
		return m, j
	}
	if w, j := p.weekdayWord(i); j != none {
		return p.dayMonth(p.skip(j, ','), w)
	}
	m, j := p.dayOfMonth(i)
	if _, ok := m.(dayIn); ok {
		return m, j
	}
	return nil, none
}

// joint steps over what joins the ends of a range that begins at i: to,
// until, a dash, and after "between" also "and".
func (p *parser) joint(i, j int) int {
	switch p.tag(j) {
	case tagTo, tagUntil:
		return j + 1
	case tagAnd:
		if p.tag(i-1) == tagBetween {
			return j + 1
		}
	}
	switch p.mark(j) {
	case '-', '~':
		if p.at(j).glued == p.at(j+1).glued {
			return j + 1
		}
	}
	return none
}
