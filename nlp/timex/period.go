package timex

// A period is a stretch of whole days, its ends known to a unit of a day, a month or a year.
type period struct {
	from, to daynum
	unit     Unit // UnitDay, UnitMonth or UnitYear
	endUnit  Unit // of the end, where it differs from that of the beginning
	about    bool // the ends are approximate
}

func (p period) valid() bool {
	return p.from <= p.to && p.from >= dayOf(1, 1, 1) && p.to <= dayOf(9999, 12, 31)
}

// known is the period of a date, which must have a year.
func (d Date) known() period { return period{from: d.first(), to: d.last(), unit: d.unit()} }

func monthsFrom(year, month, n int) period {
	year, month = year+floorDiv(month-1, 12), (month-1)%12+1
	if month < 1 {
		month += 12
	}
	from := Date{Year: year, Month: month}
	to := from.Add(n-1, UnitMonth)
	return period{from: from.first(), to: to.last(), unit: UnitMonth}
}

func years(from, to int) period {
	return period{from: dayOf(from, 1, 1), to: dayOf(to, 12, 31), unit: UnitYear}
}

// around gives the whole unit of the calendar that holds day, moved by shift units.
func around(day daynum, u Unit, shift int) period {
	d := day.date()
	switch u {
	case UnitDay, UnitHour:
		day += daynum(shift)
		return period{from: day, to: day, unit: UnitDay}
	case UnitBusinessDay:
		day = addBusinessDays(day, shift)
		return period{from: day, to: day, unit: UnitDay}
	case UnitWeek:
		day = day.monday() + daynum(7*shift)
		return period{from: day, to: day + 6, unit: UnitDay}
	case UnitWeekend:
		day = day.monday() + daynum(7*shift) + 5
		return period{from: day, to: day + 1, unit: UnitDay}
	case UnitFortnight:
		day = day.monday() + daynum(14*shift)
		return period{from: day, to: day + 13, unit: UnitDay}
	case UnitMonth, UnitQuarter, UnitSeason, UnitHalf:
		n := u.months()
		return monthsFrom(d.Year, (d.Month-1)/n*n+1+shift*n, n)
	}
	n := u.months() / 12
	year := floorDiv(d.Year, n)*n + shift*n
	return years(year, year+n-1)
}

// dates gives the ends to the units in which they are known.
func (p period) dates() (from, to Date) {
	end := p.unit
	if p.endUnit != UnitNone {
		end = p.endUnit
	}
	return p.from.date().upTo(p.unit), p.to.date().upTo(end)
}

// upTo leaves out what is smaller than the unit.
func (d Date) upTo(u Unit) Date {
	switch u {
	case UnitMonth:
		d.Day = 0
	case UnitYear:
		d.Month, d.Day = 0, 0
	}
	return d
}

// value writes the period as a value.
func (p period) value() Value {
	from, to := p.dates()
	v := Value{Date: from, Precision: precisions[p.unit]}
	if to != from {
		v.End = to
	}
	if p.about {
		v.Precision = About
	}
	return v
}

var precisions = map[Unit]string{UnitDay: Day, UnitMonth: Month, UnitYear: Year}
