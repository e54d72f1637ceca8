package timex

// stretch is the time between two dates: from May to Oct 2020, June 3–5, between Monday and now.
type stretch struct{ from, to meaning }

func (m stretch) anchor() Anchor {
	if a := m.from.anchor(); a == AnchorEvent || a == AnchorNarrative || m.to.anchor() == AnchorNone {
		return a
	}
	return m.to.anchor()
}

func (m stretch) floating() bool { return m.from.floating() && m.to.floating() }

// resolve settles the end that stands firm and looks from there for the
// other: "Nov to Feb 2017" began in 2016, "from next Monday to Friday" ends four days later.
func (m stretch) resolve(c *context) (period, bool) {
	var from, to period
	var ok bool
	switch {
	case !m.to.floating() && m.from.floating(), m.floating() && (c.direction == Future || isBareDay(m.from) && !isBareDay(m.to)):
		if to, ok = m.to.resolve(c); ok {
			back := c.at(to.to, Past)
			from, ok = m.from.resolve(back)
		}
	case m.to.floating():
		if from, ok = m.from.resolve(c); ok {
			to, ok = m.to.resolve(c.at(from.from, Future))
		}
	default:
		if from, ok = m.from.resolve(c); ok {
			to, ok = m.to.resolve(c)
		}
	}
	if !ok || from.from > to.to {
		return period{}, false
	}
	return period{from: from.from, to: to.to, unit: from.unit, endUnit: to.unit, about: from.about || to.about}, true
}

// isBareDay reports whether the meaning is a day that takes its month from the other end.
func isBareDay(m meaning) bool {
	_, ok := m.(monthly)
	return ok
}
