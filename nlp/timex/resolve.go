package timex

// Resolve gives the date or period that an expression means. Yearless dates
// and bare weekdays are the last ones before ref.Published, itself included,
// as news has it, and the next ones where ref.Direction is Future or the
// expression's own role says so ("by Friday"). What ref does not tell is not
// guessed: the precision is then Unknown, and of a date without a year only
// the month and day are given.
func Resolve(e Expression, ref Reference) Value {
	if e.meaning == nil || e.Kind == KindDuration || e.Kind == KindSet {
		return Value{Precision: Unknown}
	}
	c := context{written: ref.Published, narrative: ref.Anchor, direction: ref.Direction}
	switch e.Role {
	case RoleSince:
		c.direction = Past
	case RoleWithin:
		c.direction = Future
	case RoleUntil, RoleBy:
		if c.direction == Unclear {
			c.direction = Future
		}
	}
	p, ok := e.meaning.resolve(&c)
	if !ok {
		return Value{Date: c.partial, Precision: Unknown}
	}
	from, to := told(e.meaning, p)
	switch e.Role {
	case RoleSince:
		return Value{Date: from, Precision: Since}
	case RoleBefore:
		return Value{Date: from, Precision: Before}
	case RoleUntil, RoleBy, RoleWithin:
		return Value{Date: to, Precision: Before}
	case RoleAfter:
		return Value{Date: to, Precision: After}
	}
	return p.value()
}

// told gives the ends of a period as they are named in an open range: by the
// end of 2028 is before 2028 is over, since early May is since May.
func told(m meaning, p period) (from, to Date) {
	from, to = p.dates()
	if _, ok := m.(partOf); !ok || !p.about {
		return from, to
	}
	switch {
	case p.unit == UnitDay && from.Month == to.Month && p.to-p.from > 6:
		from.Day, to.Day = 0, 0
	case p.unit == UnitMonth && from.Year == to.Year && to.Month-from.Month == 3: // of a year, not of a quarter
		from.Month, to.Month = 0, 0
	}
	return from, to
}
