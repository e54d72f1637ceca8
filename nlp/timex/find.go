package timex

// Options are choices that the text itself does not settle.
type Options struct {
	Order DateOrder // of day and month in 3/4/2025
}

// Find gives the time expressions of a text, in order and without overlap.
// Times of day are not among them.
func Find(text string, opts Options) []Expression {
	p := parser{text: text, tokens: lex(text), order: opts.Order}
	var out []Expression
	for i := 0; i < len(p.tokens)-1; {
		e, end := p.expression(i)
		if end == none {
			i++
			continue
		}
		out = append(out, e)
		i = end
	}
	return out
}

// expression reads the expression that begins at a token.
func (p *parser) expression(i int) (Expression, int) {
	if !p.opens(i) {
		return Expression{}, none
	}
	m, end := p.span(i)
	kind := KindDate
	if m != nil && isRange(m) {
		kind = KindRange
	}
	if s, j := p.set(i); j > end {
		m, end, kind = s, j, KindSet
	}
	length := Offset{}
	if o, j := p.duration(i); j > end {
		m, end, kind, length = never{}, j, KindDuration, o
	}
	if end == none {
		return Expression{}, none
	}
	if kind == KindDate && p.tag(i-1) == tagAbout && (p.same(i-1, "circa") || p.tag(i-2) != notag) {
		m = roughly{m}
	}
	e := Expression{Start: p.at(i).start, End: p.at(end - 1).end, Kind: kind, Anchor: m.anchor(), Offset: length, meaning: m}
	if kind == KindDate {
		e.Offset = offsetOf(m)
	}
	e.Role, end = p.role(i, end, kind, e.Offset.Count < 0)
	return e, end
}

func isRange(m meaning) bool {
	switch m := m.(type) {
	case stretch, unitRun:
		return true
	case roughly:
		return isRange(m.of)
	}
	return false
}

// offsetOf is the distance of a date from its anchor.
func offsetOf(m meaning) Offset {
	switch m := m.(type) {
	case shifted:
		if len(m.by) == 1 {
			return m.by[0]
		}
	case ahead:
		return offsetOf(m.shifted)
	case unitShift:
		if m.from == AnchorNarrative {
			return Offset{m.shift, m.unit}
		}
	case annual:
		if m.after { // the following May
			return Offset{0, UnitMonth}
		}
	case inYear: // June of that year
		return offsetOf(m.of)
	case dayIn:
		return offsetOf(m.of)
	case partOf:
		return offsetOf(m.of)
	case nth:
		return offsetOf(m.of)
	case weekdayIn:
		return offsetOf(m.of)
	}
	return Offset{}
}

// duration reads how long something lasts: three decades, a two-day visit, for years.
func (p *parser) duration(i int) (Offset, int) {
	w := p.at(i).word
	if w != nil && w.unit != 0 && w.plural {
		if w.unit == UnitHour || !p.lasting(i) && !(p.mark(i+1) == '-' && p.at(i+1).glued) {
			return Offset{}, none
		}
		return Offset{0, w.unit}, i + 1
	}
	by, _, end := p.amount(i)
	if end == none || p.tag(i) == tagA && p.at(end-1).word.unit == UnitQuarter {
		return Offset{}, none
	}
	if len(by) > 1 {
		return Offset{}, end
	}
	return by[0], end
}

// lasting reports whether a preposition of durations stands before i.
func (p *parser) lasting(i int) bool {
	switch p.tag(i - 1) {
	case tagForSpan, tagOver, tagAfter, tagDuring, tagIn, tagWithin:
		return true
	}
	return p.same(i-1, "many")
}

// set reads how often: every Friday, weekly, twice a year, on Mondays.
func (p *parser) set(i int) (meaning, int) {
	m := never{}
	w := p.at(i).word
	switch {
	case w == nil:
		return m, none
	case w.tag == tagEvery:
		j := i + 1
		if p.same(j, "other") {
			j++
		} else if _, k := p.ordinal(j); k != none {
			j = k
		} else if _, k := p.cardinal(j); k != none {
			j = k
		}
		if u := p.at(j).word; u != nil && (u.unit != 0 || u.weekday != 0 || u.month != 0 && p.at(j).capital || u.season != 0 || u.tag == tagDayPart) {
			return m, j + 1
		}
		if p.same(j, "weekday") {
			return m, j + 1
		}
	case w.tag == tagOften && !p.at(i).capital:
		return m, i + 1
	case w.weekday != 0 && w.plural && !w.risky:
		return m, i + 1
	case w.tag == tagOnce && (p.tag(i+1) == tagA || p.tag(i+1) == tagEvery):
		if u := p.at(i + 2).word; u != nil && u.unit != 0 && !u.plural {
			return m, i + 3
		}
	case w.cardinal != 0 && p.same(i+1, "times") && p.tag(i+2) == tagA:
		if u := p.at(i + 3).word; u != nil && u.unit != 0 {
			return m, i + 4
		}
	}
	return m, none
}
