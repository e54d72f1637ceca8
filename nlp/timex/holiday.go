package timex

// holidayPart reads the name of a holiday.
func (p *parser) holidayPart(i int) (annual, int) {
	t := p.at(i)
	if t.kind != wordToken {
		return annual{}, none
	}
	best, end := holiday{}, none
	for _, h := range p.holidaysAt(i) {
		if j := p.words(i, h.words); j > end {
			best, end = h, j
		}
	}
	if end == none {
		return annual{}, none
	}
	if p.mark(end) == '\'' && p.same(end+1, "s") && p.same(end+2, "day") {
		end += 2
	}
	if p.same(end, "day") && p.at(end).capital || p.same(end, "sunday") && best.words[0] == "easter" {
		end++
	}
	return annual{each: best.each}, end
}

// holidaysAt gives the holidays whose name may begin with the word at i.
func (p *parser) holidaysAt(i int) []holiday {
	t := p.at(i)
	if t.end-t.start > longestWord {
		return nil
	}
	var b [longestWord]byte
	n := copy(b[:], p.text[t.start:t.end])
	for k := range n {
		if c := b[k]; c >= 'A' && c <= 'Z' {
			b[k] = c | 0x20
		}
	}
	return holidays[string(b[:n])]
}

// words matches words one after another, without regard to case, hyphens and the possessive s.
func (p *parser) words(i int, list []string) int {
	for k, w := range list {
		if k > 0 {
			i = p.skip(i, '-')
			if p.mark(i) == '\'' {
				i++
				if p.same(i, "s") {
					i++
				}
			}
		}
		if !p.same(i, w) {
			return none
		}
		i++
	}
	return i
}

// holiday reads a holiday with its year if one follows.
func (p *parser) holiday(i int) (meaning, int) {
	h, j := p.holidayPart(p.skipTag(i, tagThe))
	if j == none || p.tag(j) == tagNameHead && p.at(j).capital {
		return nil, none
	}
	if y, of, end := p.yearBehind(j); end != none {
		if of != nil {
			return inYear{h.each, of}, end
		}
		q, ok := h.each(y)
		return fixed{q}, ifOK(ok, end)
	}
	return h, j
}

// A holiday is a day, or more, that comes once a year, with the words of its name.
type holiday struct {
	words []string
	each  yearly
}

// holidays by first word. Only those are here that are meant in the same way
// everywhere; an independence day is not.
var holidays = holidayTable()

func holidayTable() map[string][]holiday {
	out := make(map[string][]holiday)
	add := func(each yearly, names ...[]string) {
		for _, w := range names {
			out[w[0]] = append(out[w[0]], holiday{w, each})
		}
	}
	on := func(month, day int, names ...[]string) { add(dayEachYear(month, day), names...) }
	easterly := func(offset int, names ...[]string) {
		add(func(y int) (period, bool) {
			n := easter(y) + daynum(offset)
			return period{from: n, to: n, unit: UnitDay}, y > 1582
		}, names...)
	}
	nthWeekday := func(n, weekday, month, offset int, names ...[]string) {
		m := nth{n: n, count: 1, weekday: weekday}
		add(func(y int) (period, bool) {
			q, ok := m.within(monthsFrom(y, month, 1))
			q.from, q.to = q.from+daynum(offset), q.to+daynum(offset)
			return q, ok
		}, names...)
	}
	islamic := func(month, day, length int, names ...[]string) {
		add(func(y int) (period, bool) { return islamicIn(y, month, day, length) }, names...)
	}
	n := func(words ...string) []string { return words }
	on(1, 1, n("new", "year"), n("new", "years"))
	on(12, 31, n("new", "year", "eve"), n("new", "years", "eve"))
	on(12, 24, n("christmas", "eve"))
	on(12, 25, n("christmas"))
	on(12, 26, n("boxing", "day"))
	on(1, 6, n("epiphany"))
	on(1, 7, n("orthodox", "christmas"))
	on(2, 14, n("valentine", "day"), n("valentines", "day"))
	on(3, 8, n("international", "women", "day"), n("women", "day"))
	on(3, 17, n("saint", "patrick"), n("st", "patrick"))
	on(3, 20, n("nowruz"))
	on(4, 22, n("earth", "day"))
	on(5, 1, n("may", "day"), n("labour", "day"), n("international", "workers", "day"))
	on(5, 9, n("victory", "day"), n("europe", "day"))
	on(6, 19, n("juneteenth"))
	on(7, 14, n("bastille", "day"))
	on(10, 24, n("united", "nations", "day"))
	on(10, 31, n("halloween"))
	on(11, 1, n("all", "saints", "day"))
	on(11, 11, n("armistice", "day"), n("remembrance", "day"), n("veterans", "day"))
	on(12, 10, n("human", "rights", "day"))
	easterly(-46, n("ash", "wednesday"))
	easterly(-7, n("palm", "sunday"))
	easterly(-3, n("maundy", "thursday"))
	easterly(-2, n("good", "friday"))
	easterly(0, n("easter"))
	easterly(1, n("easter", "monday"))
	easterly(39, n("ascension", "day"))
	easterly(49, n("pentecost"))
	nthWeekday(3, 1, 1, 0, n("martin", "luther", "king"))
	nthWeekday(-1, 1, 5, 0, n("memorial", "day"))
	nthWeekday(1, 1, 9, 0, n("labor", "day"))
	nthWeekday(2, 1, 10, 0, n("columbus", "day"))
	nthWeekday(4, 4, 11, 0, n("thanksgiving"))
	nthWeekday(4, 4, 11, 1, n("black", "friday"))
	islamic(9, 1, 29, n("ramadan"))
	islamic(10, 1, 1, n("eid", "al", "fitr"), n("eid", "ul", "fitr"))
	islamic(12, 10, 1, n("eid", "al", "adha"), n("eid", "ul", "adha"))
	islamic(1, 10, 1, n("ashura"))
	return out
}

// islamicIn finds a day of the tabular Islamic calendar in a Gregorian year;
// what is observed may differ by a day or two.
func islamicIn(year, month, day, length int) (period, bool) {
	for h := (year-622)*33/32 - 1; h <= (year-622)*33/32+2; h++ {
		// Days since the epoch, 16 July 622 (Julian), in the thirty-year cycle with leap years 2, 5, 7, 10 ….
		n := daynum((month-1)*29+month/2+day-1+(h-1)*354+(3+11*h)/30) + dayOf(622, 7, 19)
		if n.date().Year == year {
			return period{from: n, to: n + daynum(length-1), unit: UnitDay, about: true}, h > 0
		}
	}
	return period{}, false
}
