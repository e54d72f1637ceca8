package nlp

import "sort"

// recalled is how many names before and behind a place the reader weighs to
// say what it means: more than any article has between two mentions of a thing,
// and a bound on what a list of a hundred thousand names can cost.
const recalled = 400

// before returns the last names that begin before an offset, by place.
func (l *linker) before(offset int) []int {
	end := l.placeOf(offset)
	return l.order[max(0, end-recalled):end]
}

// around returns the names on both sides of an offset, by place.
func (l *linker) around(offset int) []int {
	at := l.placeOf(offset)
	return l.order[max(0, at-recalled):min(len(l.order), at+recalled)]
}

// inside returns the names that begin in the span, by place.
func (l *linker) inside(s Span) []int { return l.order[l.placeOf(s.Start):l.placeOf(s.End)] }

// placeOf gives the place in the order of the first name that begins at the offset or behind it.
func (l *linker) placeOf(offset int) int {
	return sort.Search(len(l.order), func(k int) bool { return l.found[l.order[k]].Start >= offset })
}

// offset gives where piece i begins; behind the last piece, the end of the text.
func (r *reading) offset(i int) int {
	if i < len(r.pieces) {
		return r.pieces[i].Start
	}
	return len(r.Text)
}
