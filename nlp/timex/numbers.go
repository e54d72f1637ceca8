package timex

// integer reads a number in digits that stands alone: not part of 1,000 or
// 6.45, not glued to letters, not an amount of money or a percentage.
func (p *parser) integer(i int) (int, bool) {
	t := p.at(i)
	if t.kind != numberToken || t.value < 0 {
		return 0, false
	}
	if t.glued {
		before := p.at(i - 1)
		switch {
		case before.kind == wordToken, before.kind == markToken && (before.value == '$' || before.value == '€' || before.value == '£' || before.value == '#'):
			return 0, false
		case (before.value == ',' || before.value == '.') && before.glued && p.at(i-2).kind == numberToken:
			return 0, false
		}
	}
	switch after := p.at(i + 1); {
	case after.glued && after.kind == wordToken && p.tag(i+1) != tagSuffix && !p.same(i+1, "s"):
		return 0, false
	case after.kind == markToken && after.value == '%':
		return 0, false
	case after.glued && (after.value == ',' || after.value == '.') && after.kind == markToken && p.at(i+2).kind == numberToken && p.at(i+2).glued:
		return 0, false
	}
	if p.mark(i-1) == '$' || p.mark(i-1) == '€' || p.mark(i-1) == '£' {
		return 0, false
	}
	return t.value, true
}

// cardinal reads a number in digits or words: 21, twenty-one, one hundred and five.
func (p *parser) cardinal(i int) (int, int) {
	if n, ok := p.integer(i); ok {
		return n, i + 1
	}
	return p.spelled(i)
}

// spelled reads a number in words.
func (p *parser) spelled(i int) (int, int) {
	total, n, end := 0, 0, none
	for {
		j := i
		if end != none { // between words: a hyphen, or "and" after hundreds
			switch {
			case p.mark(j) == '-' && p.at(j).glued && p.at(j+1).glued:
				j++
			case p.tag(j) == tagAnd && (n%100 == 0):
				j++
			}
		}
		w := p.at(j).word
		switch {
		case w == nil:
			return total + n, end
		case w.cardinal >= 20 && n%100 == 0, w.cardinal >= 10 && n%100 == 0, w.cardinal > 0 && w.cardinal < 10 && n%10 == 0 && (n%100 == 0 || n%100 >= 20):
			n += w.cardinal
		case w.scale == 100 && n > 0 && n < 100 && end != none:
			n *= 100
		case w.scale == 1000 && n > 0 && total == 0 && end != none:
			total, n = n*1000, 0
		default:
			return total + n, end
		}
		i = j + 1
		end = i
	}
}

// ordinal reads 15th, fifteenth, twenty-first or twenty first.
func (p *parser) ordinal(i int) (int, int) {
	t := p.at(i)
	if t.kind == numberToken {
		if after := p.at(i + 1); after.glued && p.tag(i+1) == tagSuffix {
			if n, ok := p.integer(i); ok {
				return n, i + 2
			}
		}
		return 0, none
	}
	w := t.word
	switch {
	case w == nil:
		return 0, none
	case w.ordinal > 0:
		return w.ordinal, i + 1
	case w.cardinal >= 20 && w.cardinal%10 == 0:
		j := p.skip(i+1, '-')
		if u := p.at(j).word; u != nil && u.ordinal > 0 && u.ordinal < 10 {
			return w.cardinal + u.ordinal, j + 1
		}
	}
	return 0, none
}

// dayNumber reads the number of a day of a month: 5, 05, 5th, fifth or, spoken, twenty nine.
func (p *parser) dayNumber(i int) (int, int) {
	n, j := p.ordinal(i)
	if j == none {
		if v, ok := p.integer(i); ok && p.at(i).digits() <= 2 {
			n, j = v, i+1
		} else if p.at(i).kind == wordToken {
			n, j = p.spelled(i)
		}
	}
	if j == none || n < 1 || n > 31 {
		return 0, none
	}
	return n, j
}

// numeralYear reads a year of four digits.
func (p *parser) numeralYear(i int) (int, int) {
	if n, ok := p.integer(i); ok && p.at(i).digits() == 4 && n >= 1000 && n < 2200 && p.tag(i+1) != tagSuffix && !(p.same(i+1, "s") && p.at(i+1).glued) {
		return n, i + 1
	}
	return 0, none
}

// spokenYear reads a year in words: nineteen ninety-six, nineteen zero one,
// nineteen hundred ninety three, two thousand and five, twenty twenty-four.
func (p *parser) spokenYear(i int) (int, int) {
	w := p.at(i).word
	if w == nil || w.cardinal == 0 {
		return 0, none
	}
	if c := w.cardinal; c >= 10 && c <= 21 {
		j := p.skip(i+1, '-')
		if h := p.at(j).word; h != nil && h.scale == 100 {
			rest, k := p.spelled(p.skipTag(j+1, tagAnd))
			if k == none || rest >= 100 {
				rest, k = 0, j+1
			}
			return c*100 + rest, k
		}
		if z := p.at(j).word; z != nil && z.zero {
			if u := p.at(j + 1).word; u != nil && u.cardinal > 0 && u.cardinal < 10 {
				return c*100 + u.cardinal, j + 2
			}
		}
		if rest, k := p.spelled(j); k != none && rest >= 10 && rest < 100 {
			return c*100 + rest, k
		}
	}
	if n, j := p.spelled(i); j != none && n >= 1000 && n < 2200 {
		return n, j
	}
	return 0, none
}

// year reads a year where nothing else can stand, as behind a day and a month.
func (p *parser) year(i int) (int, int) {
	if n, j := p.numeralYear(i); j != none {
		return n, j
	}
	if p.mark(i) == '\'' && p.at(i+1).glued && p.at(i+1).digits() == 2 {
		if n, ok := p.integer(i + 1); ok {
			return fullYear(n), i + 2
		}
	}
	return p.spokenYear(i)
}

// fullYear completes a year of two digits: those of forty and later are of the twentieth century.
func fullYear(yy int) int {
	if yy < 40 {
		return 2000 + yy
	}
	return 1900 + yy
}

// count reads how many: a cardinal, "a", "a few", "several", "a couple of".
// vague says that the number is not known exactly.
func (p *parser) count(i int) (n, next int, vague bool) {
	switch p.tag(i) {
	case tagA:
		switch p.tag(i + 1) {
		case tagFew:
			return 3, i + 2, true
		case tagCouple:
			return 2, p.skipTag(i+2, tagOf), true
		}
		if p.same(i+1, "dozen") {
			return 12, i + 2, true
		}
		if w := p.at(i + 1).word; w != nil && w.scale > 0 {
			return w.scale, i + 2, false
		}
		return 1, i + 1, false
	case tagFew:
		return 3, i + 1, true
	case tagCouple:
		return 2, p.skipTag(i+1, tagOf), true
	}
	n, next = p.cardinal(i)
	return n, next, false
}
