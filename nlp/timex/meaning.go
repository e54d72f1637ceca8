package timex

// A meaning is what an expression says before it is known when it was written.
type meaning interface {
	// resolve gives the period that is meant in a context, or false where the
	// context lacks what it takes.
	resolve(*context) (period, bool)
	// anchor is the kind of date that the meaning is counted from.
	anchor() Anchor
	// floating reports whether the meaning recurs, as a bare weekday or a day
	// without a year: which one is meant depends on the direction.
	floating() bool
}

// A context is what meanings are resolved in.
type context struct {
	written   Date // the day, month or year in which the text was written; zero when unknown
	narrative Date
	direction Direction
	partial   Date // set by a meaning whose year cannot be told
}

// day is the day of writing.
func (c *context) day() (daynum, bool) {
	if c.written.unit() != UnitDay {
		return 0, false
	}
	return c.written.first(), true
}

// at gives a context written on day, which looks in the given direction.
func (c *context) at(day daynum, dir Direction) *context {
	return &context{written: day.date(), narrative: c.narrative, direction: dir}
}

// fixed is a period that needs no context: 31 August 2025, the 1990s.
type fixed struct{ period }

func (f fixed) resolve(*context) (period, bool) { return f.period, f.valid() }
func (fixed) anchor() Anchor                    { return AnchorNone }
func (fixed) floating() bool                    { return false }

// never is a meaning without a date: a duration, a set, "decades ago".
type never struct{ needs Anchor }

func (never) resolve(*context) (period, bool) { return period{}, false }
func (n never) anchor() Anchor                { return n.needs }
func (never) floating() bool                  { return false }

// yearly is something that comes once a year; false where that year has none, as 29 February.
type yearly func(year int) (period, bool)

// which of its kind a recurring thing is, where a word says so.
type which int

const (
	unsaid  which = iota // June: the direction tells
	thisOne              // this June
	lastOne              // last June
	nextOne              // next June
)

// annual is a recurring part of a year whose year is not given.
type annual struct {
	each    yearly
	which   which
	weekday int  // of a single day, where said: it helps to choose the year
	part    Date // month and day, for the case that nothing tells the year
	after   bool // "the following May": counted from the time last spoken of
}

func (a annual) anchor() Anchor {
	if a.after {
		return AnchorNarrative
	}
	return AnchorPublished
}

func (a annual) floating() bool { return a.which == unsaid }

func (a annual) resolve(c *context) (period, bool) {
	now, _ := c.base(a.anchor())
	if now.Year == 0 || now.Month == 0 && a.which != thisOne {
		c.partial = a.part
		return period{}, false
	}
	first, last := now.first(), now.last()
	if a.which == thisOne {
		return a.each(now.Year)
	}
	// The margin: what begins after `last` has not come yet, what ends before `first` is over.
	come := func(y int) (period, bool) {
		p, ok := a.each(y)
		return p, ok && (a.which == unsaid && p.from <= last || a.which == lastOne && p.to < first)
	}
	due := func(y int) (period, bool) {
		p, ok := a.each(y)
		return p, ok && (a.which == unsaid && p.to >= first || a.which == nextOne && p.from > last)
	}
	back := func() (period, bool) { return search(now.Year+1, -1, come) }
	ahead := func() (period, bool) { return search(now.Year-1, +1, due) }
	if a.which == lastOne {
		return back()
	}
	if a.which == nextOne {
		return ahead()
	}
	find, other := back, ahead
	if c.direction == Future {
		find, other = ahead, back
	}
	p, ok := find()
	if a.weekday != 0 && ok && p.from.weekday() != a.weekday {
		if q, ok := other(); ok && q.from.weekday() == a.weekday {
			return q, true
		}
	}
	return p, ok
}

// search looks for the first year with a period that will do. Leap days are at most eight years apart.
func search(year, step int, ok func(int) (period, bool)) (period, bool) {
	for range 12 {
		if p, found := ok(year); found {
			return p, true
		}
		year += step
	}
	return period{}, false
}

// inYear is a recurring part of a year that is told in some other way: "June of last year".
type inYear struct {
	each yearly
	of   meaning
}

func (m inYear) anchor() Anchor { return m.of.anchor() }
func (inYear) floating() bool   { return false }

func (m inYear) resolve(c *context) (period, bool) {
	year, ok := m.of.resolve(c)
	if !ok {
		return period{}, false
	}
	return m.each(year.from.date().Year)
}

// monthly is a day of the month, alone ("the 15th") or with its weekday.
type monthly struct{ day, weekday int }

func (monthly) anchor() Anchor { return AnchorPublished }
func (monthly) floating() bool { return true }

func (m monthly) resolve(c *context) (period, bool) {
	now, ok := c.day()
	if !ok {
		return period{}, false
	}
	step := -1
	if c.direction == Future {
		step = 1
	}
	for k, month := 0, (Date{Year: c.written.Year, Month: c.written.Month}); k < 48; k++ {
		if m.day <= daysIn(month.Year, month.Month) {
			day := dayOf(month.Year, month.Month, m.day)
			if (m.weekday == 0 || day.weekday() == m.weekday) && (day-now)*daynum(step) >= 0 {
				return period{from: day, to: day, unit: UnitDay}, true
			}
		}
		month = month.Add(step, UnitMonth)
	}
	return period{}, false
}

// dayIn is a day of a month that is told in some other way: "the 20th of next month".
type dayIn struct {
	day int
	of  meaning
}

func (m dayIn) anchor() Anchor { return m.of.anchor() }
func (dayIn) floating() bool   { return false }

func (m dayIn) resolve(c *context) (period, bool) {
	month, ok := m.of.resolve(c)
	day := month.from + daynum(m.day-1)
	if !ok || day > month.to {
		return period{}, false
	}
	return period{from: day, to: day, unit: UnitDay}, true
}

// weekday is a bare weekday: the last one, today included, or with the
// direction of the future the next one.
type weekday struct{ day int }

func (weekday) anchor() Anchor { return AnchorPublished }
func (weekday) floating() bool { return true }

func (m weekday) resolve(c *context) (period, bool) {
	now, ok := c.day()
	if !ok {
		return period{}, false
	}
	return nearest(now, m.day, c.direction == Future), true
}

// nearest is the weekday on or before the day, or with ahead on or after it.
func nearest(day daynum, weekday int, ahead bool) period {
	step := daynum(-1)
	if ahead {
		step = 1
	}
	for day.weekday() != weekday {
		day += step
	}
	return period{from: day, to: day, unit: UnitDay}
}

// nearWeekday is the one strictly before or after a date: "this past Friday", "the following Monday".
type nearWeekday struct {
	day   int
	ahead bool
	from  Anchor
}

func (m nearWeekday) anchor() Anchor { return m.from }
func (nearWeekday) floating() bool   { return false }

func (m nearWeekday) resolve(c *context) (period, bool) {
	now, ok := c.base(m.from)
	if !ok || now.unit() != UnitDay {
		return period{}, false
	}
	if m.ahead {
		return nearest(now.last()+1, m.day, true), true
	}
	return nearest(now.first()-1, m.day, false), true
}

// base is the date that an anchor of the kind stands for.
func (c *context) base(a Anchor) (Date, bool) {
	d := c.narrative
	if a == AnchorPublished {
		d = c.written
	}
	return d, d.Year != 0
}

// weekdayIn is the weekday of a week: "Friday next week", "last Friday" (of the last week).
type weekdayIn struct {
	day int
	of  meaning
}

func (m weekdayIn) anchor() Anchor { return m.of.anchor() }
func (weekdayIn) floating() bool   { return false }

func (m weekdayIn) resolve(c *context) (period, bool) {
	week, ok := m.of.resolve(c)
	if !ok || week.unit != UnitDay {
		return period{}, false
	}
	return nearest(week.from, m.day, true), true
}

// nth is the n-th unit or weekday within a longer period: the third week of
// April, the last Friday of May, the first two months of 2021. Negative counts are from the end.
type nth struct {
	n, count int // count units from the n-th, 1 when a single one
	unit     Unit
	weekday  int
	of       meaning
}

func (m nth) anchor() Anchor { return m.of.anchor() }
func (m nth) floating() bool { return m.of.floating() }

func (m nth) resolve(c *context) (period, bool) {
	whole, ok := m.of.resolve(c)
	if !ok {
		c.partial = Date{}
		return period{}, false
	}
	p, ok := m.within(whole)
	p.about = p.about || whole.about
	return p, ok
}

func (m nth) within(whole period) (period, bool) {
	steps := m.n - 1
	if m.n < 0 {
		steps = m.n + 1 - (m.count - 1)
	}
	var p period
	switch {
	case m.weekday != 0 && m.n > 0:
		p = nearest(whole.from, m.weekday, true)
		p.from += daynum(7 * steps)
		p.to = p.from
	case m.weekday != 0:
		p = nearest(whole.to, m.weekday, false)
		p.from += daynum(7 * steps)
		p.to = p.from
	case m.unit == UnitWeek:
		// A week is of the month or year that its Thursday is in (ISO 8601).
		thursday := nearest(whole.from, 4, true).from
		if m.n < 0 {
			thursday = nearest(whole.to, 4, false).from
		}
		thursday += daynum(7 * steps)
		if thursday < whole.from || thursday > whole.to {
			return period{}, false
		}
		return period{from: thursday - 3, to: thursday + 3 + daynum(7*(m.count-1)), unit: UnitDay}, true
	case m.n > 0:
		p = around(whole.from, m.unit, steps)
		p.to = around(p.from, m.unit, m.count-1).to
	default:
		p = around(whole.to, m.unit, steps)
		p.to = around(p.from, m.unit, m.count-1).to
	}
	return p, p.from >= whole.from && p.to <= whole.to
}

// weekOf is the week, month or weekend that holds a date: "the week of 10 April".
type weekOf struct {
	unit Unit
	of   meaning
}

func (m weekOf) anchor() Anchor { return m.of.anchor() }
func (m weekOf) floating() bool { return m.of.floating() }

func (m weekOf) resolve(c *context) (period, bool) {
	p, ok := m.of.resolve(c)
	c.partial = Date{}
	if !ok {
		return period{}, false
	}
	return around(p.from, m.unit, 0), true
}
