package nlp

import (
	"slices"
	"sort"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
)

// A term is how long a position is held, as far as the text says so right
// behind it: "until last month", "since 2019", "from 2012 to 2016".
type term struct {
	from, until timex.Value
	times       []Span // the expressions that say so
}

// termOf reads the times that follow a position.
func (l *linker) termOf(p *position) term {
	var out term
	end := l.pieces[p.to-1].End
	sentence := l.Tokens[l.pieces[p.from].token].Sentence
	first := sort.Search(len(l.Times), func(i int) bool { return l.Times[i].Start >= end })
	for _, t := range l.Times[first:] {
		if t.Sentence != sentence {
			break
		}
		words := strings.Fields(strings.ToLower(l.Text[end:t.Span.Start]))
		if len(words) == 0 || len(words) > 3 || slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(termWords, w) }) {
			break
		}
		switch {
		case !t.Known():
			return out
		case t.Expression.Kind == timex.KindRange && (words[0] == "from" || words[0] == "between"):
			out.from, out.until = bound(t.Date), bound(t.Value.End)
		case t.Expression.Role == timex.RoleSince:
			out.from = bound(t.Date)
		case t.Expression.Role == timex.RoleUntil:
			out.until = bound(t.Date)
		default:
			return out
		}
		out.times = append(out.times, t.Span)
		end = t.Span.End
	}
	return out
}

var termWords = []string{"since", "from", "between", "until", "till", "through", "and", "up", "to", "the", "early", "mid", "late"}

// bound makes a value of a date, as fine as it is.
func bound(d timex.Date) timex.Value {
	switch {
	case d.IsZero():
		return timex.Value{}
	case d.Day != 0:
		return timex.Value{Date: d, Precision: timex.Day}
	case d.Month != 0:
		return timex.Value{Date: d, Precision: timex.Month}
	}
	return timex.Value{Date: d, Precision: timex.Year}
}

// over reports whether the term ended before the day.
func (t term) over(day timex.Date) bool {
	return t.until.Known() && !day.IsZero() && earlier(t.until, timex.Value{Date: day, Precision: timex.Day})
}

// complete adds to a tenure what a term says that was not known of it.
func (t *Tenure) complete(of term) {
	if !t.From.Known() {
		t.From = of.from
	}
	if !t.Until.Known() {
		t.Until = of.until
	}
	t.Terms = append(t.Terms, of.times...)
}
