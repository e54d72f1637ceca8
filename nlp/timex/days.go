package timex

// daynum counts days from 1970-01-01 of the proleptic Gregorian calendar.
type daynum int

// dayOf gives the number of a full date (after Hinnant's days_from_civil).
func dayOf(year, month, day int) daynum {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	mp := (month + 9) % 12
	doy := (153*mp+2)/5 + day - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return daynum(era*146097 + doe - 719468)
}

// date is the inverse of dayOf.
func (n daynum) date() Date {
	z := int(n) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d := Date{Year: yoe + era*400, Month: (mp+2)%12 + 1, Day: doy - (153*mp+2)/5 + 1}
	if d.Month <= 2 {
		d.Year++
	}
	return d
}

// weekday is 1 for Monday to 7 for Sunday.
func (n daynum) weekday() int { return int((n+3)%7+7)%7 + 1 }

// monday is the first day of the week that holds n.
func (n daynum) monday() daynum { return n - daynum(n.weekday()-1) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// first and last are the outermost days of a date known to the day, month or year.
func (d Date) first() daynum { return dayOf(d.Year, max(d.Month, 1), max(d.Day, 1)) }

func (d Date) last() daynum {
	month := d.Month
	if month == 0 {
		month = 12
	}
	if d.Day != 0 {
		return dayOf(d.Year, month, d.Day)
	}
	return dayOf(d.Year, month, daysIn(d.Year, month))
}

// unit is the precision to which the date is known.
func (d Date) unit() Unit {
	switch {
	case d.Year == 0:
		return UnitNone
	case d.Month == 0:
		return UnitYear
	case d.Day == 0:
		return UnitMonth
	}
	return UnitDay
}

// Add moves the date by n units. A month or year moves to the same day of
// another month, or its last one where it is shorter. The result is no more
// precise than d, and than months and years where those are the unit and d is
// known to them only; shorter units than d's own cannot move it: then it is zero.
func (d Date) Add(n int, u Unit) Date {
	if d.Year == 0 {
		return Date{}
	}
	switch u {
	case UnitHour:
		return d
	case UnitDay, UnitWeekend, UnitWeek, UnitFortnight, UnitBusinessDay:
		if d.Day == 0 {
			return Date{}
		}
		day := d.first()
		switch u {
		case UnitDay:
			return (day + daynum(n)).date()
		case UnitBusinessDay:
			return addBusinessDays(day, n).date()
		case UnitFortnight:
			return (day + daynum(14*n)).date()
		}
		return (day + daynum(7*n)).date()
	}
	if months := u.months(); months < 12 && d.Month == 0 {
		return Date{}
	}
	month := d.Year*12 + max(d.Month, 1) - 1 + n*u.months()
	out := Date{Year: floorDiv(month, 12)}
	if d.Month != 0 {
		out.Month = month - out.Year*12 + 1
	}
	if d.Day != 0 {
		out.Day = min(d.Day, daysIn(out.Year, out.Month))
	}
	return out
}

// months is the length of the units that are whole months.
func (u Unit) months() int {
	switch u {
	case UnitMonth:
		return 1
	case UnitQuarter, UnitSeason:
		return 3
	case UnitHalf:
		return 6
	case UnitYear:
		return 12
	case UnitDecade:
		return 120
	case UnitCentury:
		return 1200
	}
	return 0
}

func addBusinessDays(day daynum, n int) daynum {
	step := daynum(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day += step
		if day.weekday() <= 5 {
			n--
		}
	}
	return day
}

// easter is Easter Sunday after the Gregorian computus (Meeus, Jones, Butcher).
func easter(year int) daynum {
	a := year % 19
	b, c := year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return dayOf(year, month, day)
}

// Compare orders dates by their first day: negative where d is before e.
func (d Date) Compare(e Date) int { return int(d.first() - e.first()) }
