package timex

// offset reads a date by its distance from another: three weeks ago, a day
// earlier, two days before the signing, four months from tomorrow, the week after next.
func (p *parser) offset(i int) (meaning, int) {
	if m, end := p.inAmount(i); end != none {
		return m, end
	}
	if m, end := p.weekdaysAway(i); end != none {
		return m, end
	}
	j := i
	var by []Offset
	var vague bool
	if p.tag(i) == tagThe { // the day before
		w := p.at(i + 1).word
		if w == nil || w.unit <= UnitHour || w.plural {
			return nil, none
		}
		by, j = []Offset{{1, w.unit}}, i+2
		if m, end := p.beforeLast(w.unit, j); end != none {
			return m, end
		}
		if p.tag(j) == tagEarlier || p.tag(j) == tagLater || p.tag(j) == tagAgo {
			return nil, none
		}
	} else {
		by, vague, j = p.amount(i)
		if j == none {
			return nil, none
		}
	}
	return p.away(by, vague, j)
}

// away reads which way and from where, behind an amount.
func (p *parser) away(by []Offset, vague bool, j int) (meaning, int) {
	shift := func(sign int, from Anchor, end int) (meaning, int) {
		if by[0].Count == 0 && by[0].Unit != UnitHour { // decades ago
			return never{from}, end
		}
		return shifted{by: signed(by, sign), vague: vague, from: from}, end
	}
	switch p.tag(j) {
	case tagAgo:
		return shift(-1, AnchorPublished, j+1)
	case tagHence:
		return shift(1, AnchorPublished, j+1)
	case tagEarlier:
		if p.same(j, "prior") && p.tag(j+1) == tagTo {
			return p.fromThere(by, vague, -1, j+2)
		}
		return shift(-1, AnchorNarrative, j+1)
	case tagLater:
		return shift(1, AnchorNarrative, j+1)
	case tagOn: // "five days on, the court ruled"
		if t := p.at(j + 1); t.kind == endToken || t.kind == markToken && (t.value == ',' || t.value == '.' || t.value == ';') {
			return shift(1, AnchorNarrative, j+1)
		}
	case tagBefore:
		return p.fromThere(by, vague, -1, j+1)
	case tagAfter, tagFollowing:
		return p.fromThere(by, vague, 1, j+1)
	case tagFrom, tagSince:
		if p.tag(j+1) == tagNow {
			return shift(1, AnchorPublished, j+2)
		}
		if m, end := p.point(j + 1); end != none {
			return p.counted(by, vague, 1, m), end
		}
	case tagIn:
		if p.tag(j+1) == tagThe && p.same(j+2, "future") {
			return shift(1, AnchorPublished, j+3)
		}
	}
	return nil, none
}

func (p *parser) counted(by []Offset, vague bool, sign int, of meaning) meaning {
	if by[0].Count == 0 {
		return never{of.anchor()}
	}
	return shifted{by: signed(by, sign), vague: vague, of: of}
}

// fromThere reads what an amount before or after counts from: a date, an
// event, or what was last spoken of.
func (p *parser) fromThere(by []Offset, vague bool, sign, j int) (meaning, int) {
	if m, end := p.point(j); end != none && (isDay(m) || !p.attributive(j, end)) {
		return p.counted(by, vague, sign, m), end
	}
	from := AnchorEvent
	switch t := p.at(j); {
	case t.kind == endToken, t.kind == markToken && t.value != '\'' && t.value != '"' && t.value != '“':
		from = AnchorNarrative
	case t.word != nil && (t.word.tag == tagAnd || t.word.tag == tagOr || t.word.tag == tagIn || t.word.tag == tagOn || t.word.tag == tagAtPlace || t.word.tag == tagBy || t.word.tag == tagTo):
		from = AnchorNarrative
	}
	if by[0].Count == 0 && by[0].Unit != UnitHour {
		return never{from}, j
	}
	return shifted{by: signed(by, sign), vague: vague, from: from}, j
}

// attributive reports whether the date at [i, j) only describes a noun: the day after the 2023 election.
func (p *parser) attributive(i, j int) bool {
	switch {
	case p.mark(j) == '\'' && p.at(j).glued:
		return true
	case p.tag(i) == tagThe && p.at(i+1).kind == numberToken && p.tag(i+2) != tagSuffix && p.at(j-1).word != nil && p.at(j-1).word.month != 0: // the 12 March vote
		return p.lowerWord(j)
	case p.tag(i-1) == tagThe:
		return p.lowerWord(j) || p.at(i).kind == numberToken && p.at(j).kind == wordToken && p.at(j).word == nil
	}
	return p.tag(i-1) == tagPossessive && p.lowerWord(j)
}

// beforeLast reads the week before last, the month after the next, the day before yesterday.
func (p *parser) beforeLast(u Unit, j int) (meaning, int) {
	k := p.skipTag(j+1, tagThe)
	switch {
	case p.tag(j) == tagBefore && p.tag(k) == tagLast && !p.unitAt(k+1):
		return unitShift{u, -2, AnchorPublished}, k + 1
	case p.tag(j) == tagAfter && p.tag(k) == tagNext && !p.unitAt(k+1):
		return unitShift{u, 2, AnchorPublished}, k + 1
	}
	return nil, none
}

func (p *parser) unitAt(i int) bool { return p.at(i).word.timeWord() }

// inAmount reads in two weeks, in a year's time, within three months.
func (p *parser) inAmount(i int) (meaning, int) {
	if p.tag(i) != tagIn && p.tag(i) != tagWithin || p.same(i-1, "time") {
		return nil, none
	}
	j := i + 1
	if p.tag(i) == tagWithin {
		j = p.skipTag(j, tagThe)
		if p.tag(j) == tagNext || p.tag(j) == tagComing {
			j++
		}
	}
	by, vague, end := p.amount(j)
	if end == none || by[0].Count == 0 {
		return nil, none
	}
	for _, o := range by {
		if o.Unit == UnitHour {
			return nil, none
		}
	}
	switch p.tag(end) {
	case tagAgo, tagEarlier, tagLater, tagBefore, tagAfter:
		return nil, none
	case tagOf: // in three days of talks, within a year of the accord
		if p.tag(i) == tagIn {
			return nil, none
		}
		return shifted{by: signed(by, 1), vague: vague, from: AnchorEvent}, end + 1
	case tagFrom, tagSince:
		if m, behind := p.away(by, vague, end); behind != none {
			return m, behind
		}
	}
	if p.mark(end) == '\'' {
		k := end + 1
		if p.same(k, "s") {
			k++
		}
		if p.same(k, "time") {
			end = k + 1
		}
	}
	if p.tag(end) == tagOn { // in 3 days on Friday
		if w, behind := p.weekdayWord(end + 1); behind != none {
			return onWeekday{w, shifted{by: signed(by, 1), vague: vague, from: AnchorPublished}}, behind
		}
	}
	return ahead{shifted{by: signed(by, 1), vague: vague, from: AnchorPublished}}, end
}

// ahead is a date in the future; told in the past, "in two weeks" says how long it took.
type ahead struct{ shifted }

func (m ahead) resolve(c *context) (period, bool) {
	if c.direction == Past {
		return period{}, false
	}
	return m.shifted.resolve(c)
}

// onWeekday is the weekday of the week that holds a date: two weeks from now on Monday.
type onWeekday struct {
	day int
	of  meaning
}

func (m onWeekday) anchor() Anchor { return m.of.anchor() }
func (onWeekday) floating() bool   { return false }

func (m onWeekday) resolve(c *context) (period, bool) {
	p, ok := m.of.resolve(c)
	if !ok {
		return period{}, false
	}
	return nearest(p.from.monday(), m.day, true), true
}

// weekdaysAway reads two Sundays from now, two Mondays ago.
func (p *parser) weekdaysAway(i int) (meaning, int) {
	n, j, _ := p.count(i)
	if j == none || n == 0 || n > 60 || p.at(j).word == nil || p.at(j).word.weekday == 0 {
		return nil, none
	}
	day := p.at(j).word.weekday
	switch {
	case p.tag(j+1) == tagAgo:
		return weekdaysAway{day, -n}, j + 2
	case p.tag(j+1) == tagLater, p.tag(j+1) == tagHence:
		return weekdaysAway{day, n}, j + 2
	case p.tag(j+1) == tagFrom && p.tag(j+2) == tagNow:
		return weekdaysAway{day, n}, j + 3
	}
	return nil, none
}

// partial reads a part of a period: early May, mid-2019, late on Friday, the
// end of 2028, earlier this year, the first half of the decade.
func (p *parser) partial(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	which, k := early, j+1
	switch p.tag(j) {
	case tagEarly:
	case tagLate:
		which = late
	case tagMid:
		which = middle
		k = p.skip(k, '-')
	case tagEarlier, tagLater:
		if p.same(j, "prior") {
			return nil, none
		}
		which = earlier
		if p.tag(j) == tagLater {
			which = later
		}
		if p.tag(k) == tagIn && p.tag(k+1) == tagThe { // earlier in the day
			if w := p.at(k + 2).word; w != nil && w.unit >= UnitDay && w.unit <= UnitYear && !w.plural && p.tag(k+3) != tagOf {
				if w.unit == UnitDay {
					return unitShift{UnitDay, 0, AnchorNarrative}, k + 3
				}
				return partOf{which, unitShift{w.unit, 0, AnchorPublished}}, k + 3
			}
		}
	case tagBeginning, tagMiddle, tagEnding:
		return p.edge(j)
	case tagRest:
		return p.whole(later, p.skipTag(k, tagOf))
	case tagYearWord: // year-end, the year's end
		if p.mark(k) == '\'' && p.same(k+1, "s") {
			k += 2
		} else {
			k = p.skip(k, '-')
		}
		if p.tag(k) == tagEnding && k > j+1 {
			return partOf{late, unitShift{UnitYear, 0, AnchorPublished}}, k + 1
		}
		return nil, none
	default:
		if half, end := p.half(j); end != none {
			return p.whole(half, end)
		}
		return nil, none
	}
	if w := p.at(k).word; w != nil && w.unit != 0 && w.plural && p.tag(k+1) == tagOf { // the early hours of Friday
		return p.whole(which, k+2)
	}
	if p.tag(k) == tagIn || p.tag(k) == tagOn || p.tag(k) == tagOf {
		return p.whole(which, k+1)
	}
	if p.at(k).newline {
		return nil, none
	}
	if m, end := p.point(k); end != none {
		return partOf{which, m}, end
	}
	return nil, none
}

// half reads first half of, second half of, latter half of.
func (p *parser) half(j int) (part, int) {
	if p.tag(j+1) != tagHalfPart || p.tag(j+2) != tagOf && !p.unitish(j+2) {
		return 0, none
	}
	end := p.skipTag(j+2, tagOf)
	n, k := p.ordinal(j)
	switch {
	case k == j+1 && n == 1, p.same(j, "former"):
		return firstHalf, end
	case k == j+1 && n == 2, p.same(j, "latter"):
		return secondHalf, end
	}
	return 0, none
}

func (p *parser) unitish(i int) bool {
	_, year := p.numeralYear(i)
	return year != none || p.tag(i) == tagThis || p.tag(i) == tagLast || p.tag(i) == tagNext
}

// edge reads the beginning, middle or end of something.
func (p *parser) edge(j int) (meaning, int) {
	which := map[tag]part{tagBeginning: early, tagMiddle: middle, tagEnding: late}[p.tag(j)]
	k := p.skip(j+1, '-')
	of := p.tag(k) == tagOf
	if !of && p.same(j, "start") && p.tag(j-1) != tagThe && p.tag(j-1) != tagBy { // they start next week
		return nil, none
	}
	if m, end := p.whole(which, p.skipTag(k, tagOf)); end != none && (of || !p.same(j, "close")) {
		return m, end
	}
	return nil, none
}

// whole reads the period of which a part is meant.
func (p *parser) whole(which part, k int) (meaning, int) {
	if m, end := p.point(k); end != none {
		return partOf{which, m}, end
	}
	if m, end := p.theUnit(k); end != none {
		return partOf{which, m}, end
	}
	return nil, none
}

// nth reads a unit or weekday counted within a longer period: the third week
// of April, the last Friday of May, the first two months of 2021, week 31.
func (p *parser) nth(i int) (meaning, int) {
	if m, end := p.weekNumber(i); end != none {
		return m, end
	}
	if m, end := p.weekWith(i); end != none {
		return m, end
	}
	j := p.skipTag(i, tagThe)
	n, k := p.ordinal(j)
	if k == none {
		switch {
		case p.tag(j) == tagLast || p.same(j, "final") || p.same(j, "closing"):
			n, k = -1, j+1
		case p.same(j, "opening"):
			n, k = 1, j+1
		default:
			return nil, none
		}
	}
	count := 1
	if c, after := p.cardinal(k); after != none {
		count, k = c, after
	}
	w := p.at(k).word
	if w == nil || w.unit <= UnitHour && w.weekday == 0 || count < 1 || count > 400 || abs(n) > 400 {
		return nil, none
	}
	m := nth{n: n, count: count, unit: w.unit, weekday: w.weekday}
	end := k + 1
	of := p.tag(end) == tagOf || p.tag(end) == tagIn
	if of {
		end++
	}
	base, behind := p.point(end)
	if behind == none && of {
		base, behind = p.theUnit(end)
	}
	if _, shift := base.(unitShift); behind == none || !of && !shift && w.unit != UnitQuarter {
		return nil, none
	}
	if w.unit == UnitCentury || w.unit == UnitWeekend {
		return nil, none
	}
	// the first Friday of July comes once a year
	if an, ok := base.(annual); ok {
		each := an.each
		an.each = func(y int) (period, bool) {
			whole, ok := each(y)
			if !ok {
				return period{}, false
			}
			return m.within(whole)
		}
		an.part = Date{}
		return p.weekdayBehind(an, w.unit, behind)
	}
	m.of = base
	return p.weekdayBehind(m, w.unit, behind)
}

// weekdayBehind adds the weekday that a week is followed by: the first week of October on Friday.
func (p *parser) weekdayBehind(m meaning, u Unit, j int) (meaning, int) {
	if u == UnitWeek && p.tag(p.skip(j, '.')) == tagOn {
		if w, end := p.weekdayWord(p.skip(j, '.') + 1); end != none {
			return weekdayIn{w, m}, end
		}
	}
	return m, j
}

// weekNumber reads week 31, week 3 of 2027.
func (p *parser) weekNumber(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	if w := p.at(j).word; w == nil || w.unit != UnitWeek || w.plural {
		return nil, none
	}
	n, ok := p.integer(j + 1)
	if !ok || n < 1 || n > 53 || p.at(j+1).glued || p.mark(j+2) == ':' {
		return nil, none
	}
	m := nth{n: n, count: 1, unit: UnitWeek, of: unitShift{UnitYear, 0, AnchorPublished}}
	if p.tag(j+2) == tagOf || p.tag(j+2) == tagIn {
		if of, end := p.point(j + 3); end != none {
			m.of = of
			return m, end
		}
	}
	return m, j + 2
}

// weekWith reads the week of 10 April, the week beginning 4 February.
func (p *parser) weekWith(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	w := p.at(j).word
	if w == nil || w.plural || w.unit != UnitWeek && w.unit != UnitWeekend && w.unit != UnitMonth {
		return nil, none
	}
	k := j + 2
	switch {
	case p.tag(j+1) == tagOf:
	case p.tag(j+1) == tagStarting || p.same(j+1, "beginning"):
		k = p.skipTag(k, tagOn)
	default:
		return nil, none
	}
	m, end := p.point(k)
	if end == none || p.isLong(m, w.unit) {
		return nil, none
	}
	return weekOf{w.unit, m}, end
}

// isLong reports whether the meaning is no day, so that "the week of" it says nothing.
func (p *parser) isLong(m meaning, u Unit) bool {
	switch m := m.(type) {
	case unitShift:
		return m.unit >= u
	case fixed:
		return m.from != m.to
	case annual:
		return m.part.Day == 0 && m.part.Month != 0
	case partOf, nth, stretch:
		return true
	}
	return false
}
