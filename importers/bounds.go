package importers

import (
	"cmp"
	"slices"
	"strings"
)

// exact reports whether the bound is a date, to whatever precision.
func (b bound) exact() bool { return b.Date != "" && !vague(b.Precision) }

// day reports whether the date is known to the day.
func (b bound) day() bool { return len(b.Date) == len("2006-01-02") }

// agrees reports whether two exact dates can be the same: one is within the other.
func agrees(a, b string) bool { return inside(a, b) || inside(b, a) }

// inside reports whether a date is another one or lies in that month or year.
func inside(date, in string) bool {
	return date == in || strings.HasPrefix(date, in+"-")
}

// mergeBounds gives the dates that several statements of one bound come to: a
// month gives way to a day in it, a vague date to an exact one. What is left
// is one date, or the dates that documents disagree about, sorted.
func mergeBounds(all []bound) []bound {
	var exact, vagueOnes []bound
	for _, b := range all {
		switch {
		case b.exact():
			exact = append(exact, bound{Date: b.Date})
		case b.Date != "":
			vagueOnes = append(vagueOnes, b)
		}
	}
	chosen := exact
	if len(exact) == 0 {
		chosen = vagueOnes
	}
	slices.SortFunc(chosen, func(a, b bound) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Precision, b.Precision))
	})
	chosen = slices.Compact(chosen)
	return slices.DeleteFunc(slices.Clone(chosen), func(b bound) bool {
		return slices.ContainsFunc(chosen, func(o bound) bool { return o != b && o.Precision == b.Precision && inside(o.Date, b.Date) })
	})
}

// A spell is a time for which something held without a break.
type spell[T any] struct {
	from    []bound
	members []T
}

// spellsByStart parts what is said to have begun at dates that do not agree.
// Members without a date of beginning belong to the spell that pick chooses.
func spellsByStart[T any](members []T, start func(T) bound, pick func(T, []spell[T]) int) []spell[T] {
	var starts []bound
	for _, m := range members {
		if start(m).exact() {
			starts = append(starts, start(m))
		}
	}
	var out []spell[T]
	for _, b := range mergeBounds(starts) {
		out = append(out, spell[T]{from: []bound{b}})
	}
	if len(out) == 0 {
		var from []bound
		for _, m := range members {
			from = append(from, start(m))
		}
		return []spell[T]{{from: mergeBounds(from), members: members}}
	}
	for _, m := range members {
		i := -1
		if b := start(m); b.exact() {
			i = slices.IndexFunc(out, func(s spell[T]) bool { return agrees(s.from[0].Date, b.Date) })
		}
		if i < 0 {
			i = pick(m, out)
		}
		out[i].members = append(out[i].members, m)
	}
	return out
}
