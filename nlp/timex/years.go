package timex

// yearlong reads years and what is made of them: the year 1991, 2021/22,
// FY2019, the 1990s, the 19th century, and the quarters and halves of a year.
func (p *parser) yearlong(i int) (meaning, int) {
	for _, read := range []func(int) (meaning, int){p.namedYear, p.decade, p.centuryOf, p.quarterOf, p.season, p.yearSpan, p.bareYear} {
		if m, j := read(i); j != none {
			return m, j
		}
	}
	return nil, none
}

// namedYear reads a year behind the word for it, or FY.
func (p *parser) namedYear(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	blurred := false
	if p.tag(j) == tagFiscal && p.tag(j+1) == tagYearWord {
		blurred = !p.same(j, "calendar")
		j++
	}
	switch {
	case p.tag(j) == tagYearWord:
		j = p.skipTag(j+1, tagOf)
	case p.same(j, "fy") || p.same(j, "cy"):
		blurred = p.same(j, "fy")
		j++
		if t := p.at(j); t.kind == numberToken && (t.digits() == 4 || t.digits() == 2) && p.edgeBehind(j+1) {
			y := t.value
			if t.digits() == 2 {
				y = fullYear(y)
			}
			return blur(fixed{years(y, y)}, blurred), j + 1
		}
		return nil, none
	default:
		return nil, none
	}
	if m, end := p.yearSpan(j); end != none {
		return blur(m, blurred), end
	}
	y, end := p.year(j)
	if end == none {
		y, end = p.cardinal(j)
	}
	if end == none || y < 100 || y > 2999 || p.tag(end) == tagQuantity {
		return nil, none
	}
	return blur(p.era(y, end, &end), blurred), end
}

func blur(m meaning, yes bool) meaning {
	if yes {
		return roughly{m}
	}
	return m
}

// era gives the meaning of a year, and steps over AD or BC.
func (p *parser) era(y, j int, end *int) meaning {
	switch {
	case p.same(j, "ad") && p.at(j).capital, p.same(j, "ce") && p.at(j).capital:
		*end = j + 1
	case (p.same(j, "bc") || p.same(j, "bce")) && p.at(j).capital:
		*end = j + 1
		return never{}
	}
	return fixed{years(y, y)}
}

// decade reads the 1990s, the '90s, the nineties, the nineteen seventies.
func (p *parser) decade(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	article := j > i
	quote := p.skip(j, '\'')
	if t := p.at(quote); t.kind == numberToken && (t.digits() == 4 || t.digits() == 2) && t.value%10 == 0 {
		end := p.skip(quote+1, '\'')
		if !p.same(end, "s") || !p.at(end).glued && !article && t.digits() == 2 || t.glued && quote == j {
			return nil, none
		}
		switch {
		case t.digits() == 4 && t.value >= 1000 && t.value < 2200:
			return fixed{years(t.value, t.value+9)}, end + 1
		case t.digits() == 2 && (article || quote > j || p.tag(i-1) == tagIn || p.tag(i-1) == tagMid || p.tag(i-1) == tagEarly || p.tag(i-1) == tagLate || p.mark(i-1) == '-'):
			return decadeOf{t.value}, end + 1
		}
		return nil, none
	}
	if p.tag(i-1) == tagPossessive { // in his seventies
		return nil, none
	}
	w := p.at(j).word
	switch {
	case w != nil && w.decade != 0:
		return decadeOf{w.decade}, j + 1
	case p.same(j, "noughties"):
		return fixed{years(2000, 2009)}, j + 1
	case w != nil && w.cardinal >= 17 && w.cardinal <= 20:
		k := p.skip(j+1, '-')
		if d := p.at(k).word; d != nil && d.decade != 0 {
			return fixed{years(w.cardinal*100+d.decade, w.cardinal*100+d.decade+9)}, k + 1
		}
		if p.same(k, "tens") {
			return fixed{years(w.cardinal*100+10, w.cardinal*100+19)}, k + 1
		}
	case article && w != nil && w.cardinal == 2 && p.same(j+1, "thousands"):
		return fixed{years(2000, 2009)}, j + 2
	case article && w != nil && w.cardinal == 2 && p.same(j+1, "thousand") && p.tag(j+2) == tagAnd && p.same(j+3, "tens"):
		return fixed{years(2010, 2019)}, j + 4
	}
	return nil, none
}

// decadeOf is a decade without its century: the last one of its kind.
type decadeOf struct{ tens int }

func (decadeOf) anchor() Anchor { return AnchorPublished }
func (decadeOf) floating() bool { return false }

func (m decadeOf) resolve(c *context) (period, bool) {
	if c.written.Year == 0 {
		return period{}, false
	}
	y := c.written.Year/100*100 + m.tens
	if y > c.written.Year {
		y -= 100
	}
	return years(y, y+9), true
}

// centuryOf reads the 19th century.
func (p *parser) centuryOf(i int) (meaning, int) {
	n, j := p.ordinal(p.skipTag(i, tagThe))
	if j == none || n < 1 || n > 30 {
		return nil, none
	}
	j = p.skip(j, '-')
	if w := p.at(j).word; w == nil || w.unit != UnitCentury {
		return nil, none
	}
	end := j + 1
	if _, before := p.era(1, end, &end).(never); before {
		return never{}, end
	}
	return fixed{years(max((n-1)*100, 1), n*100-1)}, end
}

// quarterOf reads quarters and halves: Q3 2016, 2017-Q1, the third quarter of last year, H1 2024.
func (p *parser) quarterOf(i int) (meaning, int) {
	if y, j := p.rawYear(i); j != none {
		k := p.skip(j, '-')
		k = p.skipTag(k, tagThe)
		if each, end := p.quarterName(k); end != none {
			q, ok := each(y)
			return fixed{q}, ifOK(ok, end)
		}
		return nil, none
	}
	j := p.skipTag(i, tagThe)
	each, end := p.quarterName(j)
	if end == none {
		return nil, none
	}
	if p.tag(end) == tagOf && p.tag(end+1) == tagThe && p.tag(end+2) == tagYearWord {
		return inYear{each, unitShift{UnitYear, 0, AnchorPublished}}, end + 3
	}
	if y, of, behind := p.yearBehind(end); behind != none {
		if of != nil {
			return inYear{each, of}, behind
		}
		q, ok := each(y)
		return fixed{q}, ifOK(ok, behind)
	}
	if p.at(j).kind == wordToken && p.at(j+1).glued && p.same(j, "q") || j > i && p.tag(i-1) == tagIn {
		return annual{each: each}, end
	}
	return nil, none
}

func ifOK(ok bool, end int) int {
	if ok {
		return end
	}
	return none
}

// rawYear reads four digits to which a letter may be glued: 2016H2.
func (p *parser) rawYear(i int) (int, int) {
	t := p.at(i)
	if t.kind != numberToken || t.digits() != 4 || t.value < 1000 || t.value >= 2200 || t.glued && p.at(i-1).kind != markToken {
		return 0, none
	}
	return t.value, i + 1
}

// quarterName reads Q3, H1, third quarter.
func (p *parser) quarterName(j int) (yearly, int) {
	months := func(first, n int) yearly {
		return func(y int) (period, bool) { return monthsFrom(y, first, n), y >= minYear }
	}
	if t := p.at(j + 1); t.kind == numberToken && t.glued && t.digits() == 1 && p.edgeBehind(j+2) {
		switch {
		case p.same(j, "q") && t.value >= 1 && t.value <= 4:
			return months(3*t.value-2, 3), j + 2
		case p.same(j, "h") && t.value >= 1 && t.value <= 2:
			return months(6*t.value-5, 6), j + 2
		}
		return nil, none
	}
	n, k := p.ordinal(j)
	if k == none && p.tag(j) == tagLast {
		n, k = 4, j+1
	}
	if w := p.at(k).word; k != none && w != nil && w.unit == UnitQuarter && !w.plural && n >= 1 && n <= 4 {
		return months(3*n-2, 3), k + 1
	}
	return nil, none
}

// season reads spring 2019, the winter of 2021/22, summer.
func (p *parser) season(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	s, end := p.seasonPart(j)
	if end == none {
		return nil, none
	}
	if t := p.at(j); t.capital && (p.at(i-1).capital && p.tag(i-1) == notag || p.at(end).capital && !p.at(end).word.timeWord()) {
		return nil, none // the Prague Spring, Fall River
	}
	k := p.skipTag(end, tagOf)
	if m, behind := p.yearSpan(k); behind != none {
		return seasonSpan{s, m}, behind
	}
	if y, of, behind := p.yearBehind(end); behind != none {
		if of != nil {
			return inYear{s.each, of}, behind
		}
		q, ok := s.each(y)
		return fixed{q}, ifOK(ok, behind)
	}
	switch w := p.at(j).word; {
	case w.risky && !(p.tag(i-1) == tagIn && j > i && p.tag(end) != tagOf):
		return nil, none // the fall of Goma
	case p.tag(end) == tagOf, p.mark(end) == '-' && p.at(end).glued:
		return nil, none
	}
	switch p.tag(i - 1) {
	case tagIn, tagDuring, tagBy, tagUntil, tagSince, tagOf, tagFrom, tagTo, tagBefore, tagAfter, tagOver, tagEarly, tagLate, tagMid, tagBetween, tagForSpan:
		return s, end
	}
	if p.mark(i-1) == '-' && p.tag(i-2) == tagMid {
		return s, end
	}
	return nil, none
}

// seasonSpan is a winter over the turn of a year.
type seasonSpan struct {
	season annual
	years  meaning
}

func (seasonSpan) anchor() Anchor { return AnchorNone }
func (seasonSpan) floating() bool { return false }

func (m seasonSpan) resolve(c *context) (period, bool) {
	span, ok := m.years.resolve(c)
	if !ok {
		return period{}, false
	}
	return m.season.each(span.from.date().Year)
}

// seasonPart reads the name of a season, as of the northern half of the earth. Winter is of the year in which it begins.
func (p *parser) seasonPart(i int) (annual, int) {
	w := p.at(i).word
	if w == nil || w.season == 0 {
		return annual{}, none
	}
	first := 3 * w.season
	return annual{each: func(y int) (period, bool) {
		q := monthsFrom(y, first, 3)
		q.about = true
		return q, y >= minYear
	}}, i + 1
}

// yearSpan reads two years: 2021/22, 2021-22, 1991–1995.
func (p *parser) yearSpan(i int) (meaning, int) {
	a, b := p.at(i), p.at(i+2)
	sep := p.mark(i + 1)
	if t := p.tag(i + 1); t == tagTo || t == tagUntil { // 1991 to 1995
		from, _ := p.numeralYear(i)
		if to, end := p.numeralYear(i + 2); end != none && from >= 1500 && to > from && p.countsNothing(to, end) {
			return stretch{fixed{years(from, from)}, fixed{years(to, to)}}, end
		}
		return nil, none
	}
	if a.kind != numberToken || a.digits() != 4 || a.value < 1000 || a.value >= 2200 || b.kind != numberToken || !p.edgeBefore(i) || !p.edgeBehind(i+3) {
		return nil, none
	}
	glued := p.at(i+1).glued && b.glued
	if sep != '/' && sep != '-' && sep != '~' || !glued && sep != '-' {
		return nil, none
	}
	to := b.value
	switch {
	case b.digits() == 4 && to > a.value && to < 2200 && p.mark(i+3) != '-':
	case b.digits() == 2 && glued && to > a.value%100 && (to == a.value%100+1 && sep == '/' || to > 12 && sep == '-'):
		to += a.value / 100 * 100
	default:
		return nil, none
	}
	if !p.countsNothing(a.value, i+3) {
		return nil, none
	}
	return stretch{fixed{years(a.value, a.value)}, fixed{years(to, to)}}, i + 3
}

// bareYear reads a year by itself where the words around it show that it is one.
func (p *parser) bareYear(i int) (meaning, int) {
	y, j := p.numeralYear(i)
	if j == none {
		if y, j = p.spokenYear(i); j == none || p.tag(i-1) != tagIn && p.tag(i-1) != tagSince && p.tag(i-1) != tagFrom && p.tag(i-1) != tagUntil && p.tag(i-1) != tagTo && p.tag(i-1) != tagAnd && p.tag(i-1) != tagOf {
			return nil, none
		}
	}
	if !p.countsNothing(y, j) || p.at(j).glued && (p.mark(j) == '-' || p.mark(j) == '/') && p.at(j+1).kind == numberToken && p.at(j+1).glued || !p.edgeBefore(i) {
		return nil, none
	}
	end := j
	m := p.era(y, j, &end)
	if end > j {
		return m, end
	}
	if !p.yearPlaced(y, i, j) {
		return nil, none
	}
	return m, j
}

// oldest is the first year that is believed where the number might count something.
const oldest = 1500

// yearPlaced reports whether the words around the number [i, j) make it a year.
func (p *parser) yearPlaced(y, i, j int) bool {
	_, open := p.openEnd(j)
	described := p.at(j).kind == wordToken && p.tag(j) != tagNameHead // the noun that the year dates
	switch p.tag(i - 1) {
	case tagIn:
		return p.tag(i-2) != tagHedge
	case tagBetween: // not: between 2000 and 3000 troops
		_, end := p.numeralYear(j + 1)
		return p.tag(j) != tagAnd || p.at(j+1).kind != numberToken || p.at(j+1).digits() < 4 || end != none && p.countsNothing(0, end)
	case tagSince, tagUntil, tagBefore, tagAfter, tagDuring, tagEarly, tagLate, tagMid, tagBy, tagEarlier:
		return true
	case tagFrom, tagOf, tagTo:
		return y >= oldest
	case tagThan:
		return y >= oldest && !p.lowerWord(j)
	case tagAnd, tagOr:
		return p.yearAt(i-2) || open != none
	case tagAbout:
		return p.tag(i-2) == tagIn || p.same(i-1, "circa")
	case tagThe, tagPossessive, tagA:
		return y >= oldest && described && (p.at(j).word == nil || p.tag(j) == notag) || open != none
	}
	if open != none { // 2018 or later
		return y >= oldest
	}
	switch p.mark(i - 1) {
	case '(':
		return p.mark(j) == ')' || p.mark(j) == ',' || p.mark(j) == ';'
	case ',':
		return p.yearAt(i - 2)
	case '=', '<', '>':
		return true
	case '-': // end-2024
		return p.tag(i-2) == tagMid || p.tag(i-2) == tagEnding || p.tag(i-2) == tagEarly || p.tag(i-2) == tagLate
	case '\'':
		return y >= oldest && described
	}
	if p.same(i-1, "s") && p.mark(i-2) == '\'' { // Georgia's 2024 election
		return y >= oldest && described
	}
	return p.at(i-1).kind == endToken && y >= 1900 && (p.at(j).kind == endToken || p.mark(j) == ',' || p.mark(j) == ':')
}

// yearAt reports whether a bare year was accepted at the token.
func (p *parser) yearAt(i int) bool {
	_, j := p.numeralYear(i)
	if j == none {
		return false
	}
	_, k := p.point(i)
	return k != none
}

// countsNothing reports whether nothing behind the number shows that it counts something.
func (p *parser) countsNothing(y, j int) bool {
	switch {
	case p.tag(j) == tagQuantity && !p.at(j).capital, p.tag(j) == tagNameHead && p.at(j).capital:
		return false
	case p.at(j).word != nil && p.at(j).word.unit != 0:
		return false
	case y%100 == 0 && p.lowerWord(j) && p.at(j).end-p.at(j).start > 3 && p.text[p.at(j).end-1] == 's':
		return false
	}
	return p.mark(j) != '%'
}
