package timex

// A determiner says which unit is meant, counted from a date.
type determiner struct {
	shift int
	near  bool // the closest one, or a run of units up to now: the past week, this coming Friday
	plain bool // this
	from  Anchor
}

// determiner reads this, last, the next, the previous, the following, that, the same, this past …
func (p *parser) determiner(i int) (determiner, int) {
	j := p.skipTag(i, tagThe)
	article := j > i
	if p.tag(j) == tagThis && (p.tag(j+1) == tagPast || p.tag(j+1) == tagComing || p.tag(j+1) == tagLast || p.tag(j+1) == tagNext) {
		j++
	}
	d := determiner{from: AnchorPublished}
	switch p.tag(j) {
	case tagThis:
		d.plain = true
	case tagLast:
		d.shift = -1
	case tagPast:
		d.shift, d.near = -1, true
	case tagPrevious:
		d.shift = -1
		if article {
			d.from = AnchorNarrative
		}
	case tagNext:
		d.shift = 1
	case tagComing:
		d.shift, d.near = 1, true
	case tagFollowing:
		d.shift, d.from = 1, AnchorNarrative
	case tagThat:
		if article {
			return d, none
		}
		d.plain, d.from = true, AnchorNarrative
		if p.tag(j+1) == tagSameAs {
			j++
		}
	case tagSameAs:
		d.plain, d.from = true, AnchorNarrative
	default:
		return d, none
	}
	return d, j + 1
}

// relative reads a determiner with what it determines: last month, the past
// three weeks, next Friday, this May, the same day, last night.
func (p *parser) relative(i int) (meaning, int) {
	d, j := p.determiner(i)
	if j == none {
		if m, end := p.bareWeekend(i); end != none {
			return m, end
		}
		return p.countedRun(i)
	}
	w := p.at(j).word
	if w == nil {
		if m, end := p.dated(d, j); end != none {
			return m, end
		}
		return p.run(d, j)
	}
	switch {
	case w.unit != 0 && !w.plural:
		return p.unitOf(d, i, j)
	case w.tag == tagFiscal && p.at(j+1).word != nil && p.at(j+1).word.unit == UnitYear:
		m := unitShift{UnitYear, d.shift, d.from}
		if p.same(j, "calendar") {
			return m, j + 2
		}
		return roughly{m}, j + 2
	case w.tag == tagDayPart:
		if d.near {
			return nil, none
		}
		if d.shift > 0 && p.tag(i) == tagThe {
			d.from = AnchorNarrative
		}
		return unitShift{UnitDay, d.shift, d.from}, j + 1
	}
	if m, end := p.dated(d, j); end != none {
		return m, end
	}
	return p.run(d, j)
}

// bareWeekend reads the weekend, at weekend.
func (p *parser) bareWeekend(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	w := p.at(j).word
	if w == nil || w.unit != UnitWeekend || w.plural || p.tag(j+1) == tagOf || j == i && p.tag(i-1) != tagOn && p.tag(i-1) != tagAtPlace && p.tag(i-1) != tagOver {
		return nil, none
	}
	return theWeekend{}, j + 1
}

// roughly blurs the ends of a period: a fiscal year, a season.
type roughly struct{ of meaning }

func (m roughly) anchor() Anchor { return m.of.anchor() }
func (m roughly) floating() bool { return m.of.floating() }

func (m roughly) resolve(c *context) (period, bool) {
	p, ok := m.of.resolve(c)
	p.about = true
	return p, ok
}

// unitOf is the meaning of a determiner with a unit, which stands at j.
func (p *parser) unitOf(d determiner, i, j int) (meaning, int) {
	u := p.at(j).word.unit
	article := p.tag(i) == tagThe
	switch {
	case u == UnitHour:
		return nil, none
	case u == UnitDay && d.shift != 0 && d.from == AnchorPublished:
		if p.tag(j-1) == tagLast {
			return nil, none // the last day is of something
		}
		if article {
			d.from = AnchorNarrative // the next day
		}
	case d.near && d.shift < 0 && u != UnitWeekend && u != UnitDay, article && p.tag(j-1) == tagLast && u >= UnitWeek && u < UnitCentury && u != UnitQuarter && d.from == AnchorPublished && p.runBefore(i):
		return unitRun{Offset{-1, u}, d.from}, j + 1
	case u == UnitWeekend && d.near && d.shift < 0:
		return pastWeekend{}, j + 1
	}
	end := j + 1
	m := unitShift{u, d.shift, d.from}
	if u == UnitWeek { // next week on Friday, this week Friday
		k := p.skip(end, '-')
		k = p.skipTag(k, tagOn)
		if w, after := p.weekdayWord(k); after != none && (k > end || !p.at(k).newline) {
			return weekdayIn{w, m}, after
		}
	}
	return m, end
}

// pastWeekend is the weekend that has just passed.
type pastWeekend struct{}

func (pastWeekend) anchor() Anchor { return AnchorPublished }
func (pastWeekend) floating() bool { return false }

func (pastWeekend) resolve(c *context) (period, bool) {
	c.direction = Past
	return theWeekend{}.resolve(c)
}

// runBefore reports whether the words before i make "the last year" twelve months rather than the calendar's.
func (p *parser) runBefore(i int) bool {
	switch p.tag(i - 1) {
	case tagOver, tagDuring, tagForSpan, tagIn, tagWithin:
		return true
	}
	return false
}

// relativeUnit reads a determiner with a single unit: last year, the following month.
func (p *parser) relativeUnit(i int) (meaning, int) {
	d, j := p.determiner(i)
	if j == none || p.at(j).word == nil || p.at(j).word.unit == 0 || p.at(j).word.plural {
		return nil, none
	}
	return p.unitOf(d, i, j)
}

// theUnit reads a unit by itself, which is the current one: the end of the year.
func (p *parser) theUnit(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	if j == i {
		j = p.skipTag(i, tagPossessive)
	}
	if w := p.at(j).word; w != nil && w.unit >= UnitWeek && !w.plural {
		if y, end := p.numeralYear(j + 1); w.unit == UnitYear && end != none {
			return fixed{years(y, y)}, end
		}
		return unitShift{w.unit, 0, AnchorPublished}, j + 1
	}
	return nil, none
}

// dated reads what recurs behind a determiner: a weekday, a month, a day, a season, a holiday.
func (p *parser) dated(d determiner, j int) (meaning, int) {
	which := thisOne
	if d.shift < 0 {
		which = lastOne
	} else if d.shift > 0 {
		which = nextOne
	}
	if w, end := p.weekdayWord(j); end != none {
		if m, long := p.weekdayDate(w, j, end); long > end {
			if an, ok := m.(annual); ok { // this Friday, 5 December
				an.which = which
				return an, long
			}
		}
		return p.weekdayOf(d, w, j, end)
	}
	if d.plain && d.from == AnchorNarrative {
		if m, end := p.seasonPart(j); end != none { // that summer
			return inYear{m.each, unitShift{UnitYear, 0, AnchorNarrative}}, end
		}
		return nil, none
	}
	m, end := p.recurring(j)
	if end == none {
		return nil, none
	}
	m.which, m.after = which, d.from == AnchorNarrative
	return m, end
}

// recurring reads a part of the year without a year.
func (p *parser) recurring(j int) (annual, int) {
	if m, end := p.numericDate(j, 1); end != none {
		an, ok := m.(annual)
		an.weekday = 0
		if ok {
			return an, end
		}
		return annual{}, none
	}
	if m, end := p.dayMonth(j, 0); end != none {
		an, ok := m.(annual)
		if ok {
			return an, end
		}
		return annual{}, none
	}
	if m, end := p.monthWord(j, true); end != none && (p.at(j).capital || p.at(j).word.short || !p.at(j).word.risky || !p.lowerWord(end)) {
		return annual{each: monthEachYear(m), part: Date{Month: m}}, end
	}
	if m, end := p.seasonPart(j); end != none {
		return m, end
	}
	return p.holidayPart(j)
}

// weekdayOf is the meaning of a determiner with a weekday: last Friday is that
// of last week, since for a day of this week news has its bare name.
func (p *parser) weekdayOf(d determiner, w, j, end int) (meaning, int) {
	switch {
	case d.from == AnchorNarrative && d.shift == 0:
		return nil, none // said that Friday's vote
	case d.near || d.from == AnchorNarrative:
		return nearWeekday{w, d.shift > 0, d.from}, end
	}
	if p.at(j).word.risky && p.at(end).capital {
		return nil, none // the last Sun King
	}
	return weekdayIn{w, unitShift{UnitWeek, d.shift, AnchorPublished}}, end
}

// run reads a number of units behind a determiner: the past three weeks, the coming years.
func (p *parser) run(d determiner, j int) (meaning, int) {
	if d.shift == 0 {
		return nil, none
	}
	by, vague, end := p.amount(j)
	if t := p.tag(max(end, 0)); len(by) > 1 && (t == tagAgo || t == tagEarlier || t == tagLater) { // the last 3 months, and 2 days ago they
		_, k, _ := p.count(j)
		by, end = by[:1], k+1
	}
	if end == none {
		if w := p.at(j).word; w != nil && w.unit > UnitHour && w.plural {
			return never{d.from}, j + 1
		}
		return nil, none
	}
	return p.runOf(by, vague, d.shift, d.from), end
}

func (p *parser) runOf(by []Offset, vague bool, shift int, from Anchor) meaning {
	for _, o := range by {
		if o.Unit == UnitHour || o.Count == 0 {
			return never{from}
		}
	}
	if len(by) == 1 {
		by[0].Count *= shift
		var m meaning = unitRun{by[0], from}
		if vague {
			m = roughly{m}
		}
		return m
	}
	return stretchFrom(by, shift, from)
}

// stretchFrom is the time between a date and the one that lies a compound amount away.
func stretchFrom(by []Offset, shift int, from Anchor) meaning {
	now := unitShift{UnitDay, 0, from}
	away := shifted{by: signed(by, shift), of: now}
	if shift < 0 {
		return stretch{away, now}
	}
	return stretch{now, away}
}

func signed(by []Offset, sign int) []Offset {
	out := make([]Offset, len(by))
	for i, o := range by {
		out[i] = Offset{o.Count * sign, o.Unit}
	}
	return out
}

// countedRun reads the number before the determiner: the 5 upcoming years, three past weeks.
func (p *parser) countedRun(i int) (meaning, int) {
	j := p.skipTag(i, tagThe)
	n, k, vague := p.count(j)
	if k == none || p.tag(j) == tagA {
		return nil, none
	}
	shift := 0
	switch p.tag(k) {
	case tagLast, tagPast, tagPrevious:
		shift = -1
	case tagNext, tagComing, tagFollowing:
		shift = 1
	}
	w := p.at(k + 1).word
	if shift == 0 || w == nil || w.unit <= UnitHour || !w.plural {
		return nil, none
	}
	return p.runOf([]Offset{{n, w.unit}}, vague, shift, AnchorPublished), k + 2
}

// amount reads how long: three weeks, 2 years 1 month and 21 days, a few
// months, and with a count of 0 the bare "decades".
func (p *parser) amount(i int) (by []Offset, vague bool, end int) {
	end = none
	j := i
	if w := p.at(j).word; w != nil && w.unit != 0 && w.plural {
		return []Offset{{0, w.unit}}, true, j + 1
	}
	for {
		n, k, rough := p.count(j)
		if k == none || n == 0 || n > 100_000 {
			return by, vague, end
		}
		k = p.skip(k, '-')
		unit := p.at(k).word
		business := p.same(k, "business") || p.same(k, "working")
		if business {
			unit = p.at(k + 1).word
			k++
		}
		if unit == nil || unit.unit == 0 || n > 999 && !unit.plural { // the 2021 weekend
			return by, vague, end
		}
		u := unit.unit
		if business {
			if u != UnitDay {
				return by, vague, end
			}
			u = UnitBusinessDay
		}
		by, vague, end = append(by, Offset{n, u}), vague || rough, k+1
		j = p.skip(end, ',')
		j = p.skipTag(j, tagAnd)
		if p.at(j).kind != numberToken && (p.at(j).word == nil || p.at(j).word.cardinal == 0) {
			return by, vague, end
		}
	}
}

// deictic reads the days around the time of writing.
func (p *parser) deictic(i int) (meaning, int) {
	day := func(n, end int) (meaning, int) {
		if p.tag(end) == tagDayPart {
			end++
		}
		return unitShift{UnitDay, n, AnchorPublished}, end
	}
	switch p.tag(i) {
	case tagToday, tagTonight:
		return day(0, i+1)
	case tagYesterday:
		return day(-1, i+1)
	case tagTomorrow:
		return day(1, i+1)
	}
	return nil, none
}
