package timex

// unitShift is a unit of the calendar counted from a date: this week, last
// month, yesterday, that year, the following day.
type unitShift struct {
	unit  Unit
	shift int
	from  Anchor
}

func (m unitShift) anchor() Anchor { return m.from }
func (unitShift) floating() bool   { return false }

func (m unitShift) resolve(c *context) (period, bool) {
	base, ok := c.base(m.from)
	if !ok {
		return period{}, false
	}
	switch u := base.unit(); {
	case m.unit < UnitMonth && u != UnitDay, m.unit < UnitYear && u == UnitYear:
		return period{}, false // "yesterday" in a text of which only the month is known
	}
	p := around(base.first(), m.unit, m.shift)
	return p, p.valid()
}

// theWeekend is the weekend in passing, the last or with the direction of the future the next one.
type theWeekend struct{}

func (theWeekend) anchor() Anchor { return AnchorPublished }
func (theWeekend) floating() bool { return true }

func (theWeekend) resolve(c *context) (period, bool) {
	now, ok := c.day()
	if !ok {
		return period{}, false
	}
	p := around(now, UnitWeekend, 0)
	if c.direction != Future && now < p.from {
		p = around(now, UnitWeekend, -1)
	}
	return p, true
}

// unitRun is a number of units up to or from a date: the past three weeks, the next five years.
type unitRun struct {
	offset Offset // negative for the past
	from   Anchor
}

func (m unitRun) anchor() Anchor { return m.from }
func (unitRun) floating() bool   { return false }

func (m unitRun) resolve(c *context) (period, bool) {
	base, ok := c.base(m.from)
	if !ok {
		return period{}, false
	}
	u, n := m.offset.Unit, m.offset.Count
	if u == UnitQuarter || u == UnitDecade || u == UnitCentury || u == UnitWeekend { // whole ones, not counted from the day
		near, far := around(base.first(), u, sign(n)), around(base.first(), u, n)
		return period{from: min(near.from, far.from), to: max(near.to, far.to), unit: far.unit}, true
	}
	end := base.Add(n, u)
	if end.IsZero() {
		return period{}, false
	}
	p := period{from: end.first(), to: base.first() - 1, unit: unitOfOffset(u)}
	switch {
	case p.unit != UnitDay: // the months and years that they lie in
		p.from, p.to = min(end.first(), base.first()), max(end.last(), base.last())
	case n > 0:
		p.from, p.to = base.last()+1, end.last()
	}
	return p, p.valid()
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

func abs(n int) int { return max(n, -n) }

// unitOfOffset is the unit to which a date is known that lies some of u away from a known one.
func unitOfOffset(u Unit) Unit {
	switch u.months() {
	case 0:
		return UnitDay
	case 1, 3, 6:
		return UnitMonth
	}
	return UnitYear
}

// shifted is some way off a date: two weeks ago, three days after Christmas, a day earlier.
type shifted struct {
	by    []Offset
	vague bool
	from  Anchor  // where of is nil
	of    meaning // the date that it is counted from, where that is told
}

func (m shifted) anchor() Anchor {
	if m.of != nil {
		return m.of.anchor()
	}
	return m.from
}

func (m shifted) floating() bool { return false }

func (m shifted) resolve(c *context) (period, bool) {
	base, ok := m.base(c)
	if !ok {
		return period{}, false
	}
	from, to := base.dates()
	for _, o := range m.by {
		if o.Unit < UnitMonth && from.unit() != UnitDay { // two weeks since 2011: since its first day
			from, to = base.from.date(), base.from.date()
		} else if o.Unit < UnitYear && from.unit() == UnitYear {
			from, to = Date{Year: from.Year, Month: 1}, Date{Year: from.Year, Month: 1}
		}
		from, to = from.Add(o.Count, o.Unit), to.Add(o.Count, o.Unit)
	}
	if from.Year < 1 || to.Year > 9999 {
		return period{}, false
	}
	p := period{from: from.first(), to: to.last(), unit: from.unit(), about: m.vague || base.about}
	if m.of == nil && len(m.by) == 1 {
		p = p.loosened(m.by[0])
	}
	return p, p.valid()
}

func (m shifted) base(c *context) (period, bool) {
	if m.of != nil {
		return m.of.resolve(c)
	}
	d, ok := c.base(m.from)
	if !ok {
		return period{}, false
	}
	return d.known(), true
}

// loosened is the period known to no more than the distance that led to it:
// what is said in weeks or months is rarely meant to the day. A year ago is
// still told by its month.
func (p period) loosened(o Offset) period {
	unit := unitOfOffset(o.Unit)
	if o.Unit == UnitYear && abs(o.Count) == 1 {
		unit = UnitMonth
	}
	p.unit = max(p.unit, unit)
	p.about = p.about || o.Unit > UnitBusinessDay
	return p
}

// weekdaysAway counts weekdays: two Sundays from now.
type weekdaysAway struct{ day, count int }

func (weekdaysAway) anchor() Anchor { return AnchorPublished }
func (weekdaysAway) floating() bool { return false }

func (m weekdaysAway) resolve(c *context) (period, bool) {
	now, ok := c.day()
	if !ok {
		return period{}, false
	}
	s := daynum(sign(m.count))
	p := nearest(now+s, m.day, s > 0)
	p.from += 7 * (daynum(m.count) - s)
	p.to = p.from
	return p, true
}

// A part is a part of a longer period.
type part int

const (
	early part = iota
	middle
	late
	earlier // this month, up to now
	later   // this month, from now
	firstHalf
	secondHalf
)

// partOf is a part of a period: early May, the end of 2028, later this year.
type partOf struct {
	part part
	of   meaning
}

func (m partOf) anchor() Anchor { return m.of.anchor() }
func (m partOf) floating() bool { return m.of.floating() }

func (m partOf) resolve(c *context) (period, bool) {
	p, ok := m.of.resolve(c)
	c.partial = Date{}
	if !ok {
		return period{}, false
	}
	if m.part != earlier && m.part != later {
		return p.cut(m.part), true
	}
	now, ok := c.base(m.anchor())
	if !ok || p.from == p.to || now.first() < p.from || now.last() > p.to {
		return p, true // earlier that day, later in 1991
	}
	if m.part == earlier {
		p.to = now.last()
	} else {
		p.from = now.first()
	}
	switch {
	case p.unit == UnitYear:
		p.unit = UnitMonth
	case p.unit == UnitMonth && p.from.date().Month == p.to.date().Month:
		p.unit = UnitDay
	}
	return p, true
}

// cut gives a part of the period in the next smaller unit: early, middle and
// late are thirds, and of a week Monday to Wednesday, Tuesday to Friday, Thursday to Sunday.
func (p period) cut(part part) period {
	from := p.from.date()
	out := p
	out.about = part != firstHalf && part != secondHalf
	days := int(p.to-p.from) + 1
	switch {
	case days == 1:
		return p // late on Friday
	case p.unit == UnitDay && days == 7:
		lo, hi := cutWeek(part)
		out.from, out.to = p.from+daynum(lo), p.from+daynum(hi)
	case p.unit == UnitDay || p.unit == UnitMonth && days <= 31:
		lo, hi := cutCount(part, min(days, 30))
		out.from, out.unit = p.from+daynum(lo), UnitDay
		if hi != min(days, 30)-1 {
			out.to = p.from + daynum(hi)
		}
	case p.unit == UnitMonth, days <= 366:
		end := p.to.date()
		n := (end.Year-from.Year)*12 + end.Month - from.Month + 1
		lo, hi := cutCount(part, n)
		out = monthsFrom(from.Year, from.Month+lo, hi-lo+1)
		out.about = part != firstHalf && part != secondHalf
	default:
		n := p.to.date().Year - from.Year + 1
		lo, hi := cutCount(part, n)
		out.from, out.to = dayOf(from.Year+lo, 1, 1), dayOf(from.Year+hi, 12, 31)
	}
	return out
}

func cutWeek(part part) (lo, hi int) {
	switch part {
	case early, firstHalf:
		return 0, 2
	case middle:
		return 1, 4
	}
	return 3, 6
}

// cutCount gives the first and last of n that are in the part.
func cutCount(part part, n int) (lo, hi int) {
	third := func(k int) int { return (k*n + 1) / 3 }
	switch part {
	case early:
		return 0, max(third(1)-1, 0)
	case middle:
		lo = min(third(1), n-1)
		return lo, max(third(2)-1, lo)
	case late:
		return min(third(2), n-1), n - 1
	case firstHalf:
		return 0, max((n+1)/2-1, 0)
	}
	return min((n+1)/2, n-1), n - 1
}
