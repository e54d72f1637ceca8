package nlp

// holders finds the persons of whom a position is said: beside the title, in
// apposition to it, or by a copula.
func (r *reading) holders(s pieceRange, p *position) {
	if after := r.personsAfter(s, p.to, len(p.owners), p.plural); len(after) > 0 {
		p.holders = after
		return
	}
	if c := r.personBefore(s, p); c >= 0 {
		p.holders = []int{c}
	}
}

// personsAfter returns the persons named right after a title: "President X",
// "the presidents of A and B, X and Y", "his foreign secretary, X,".
func (r *reading) personsAfter(s pieceRange, i, owners int, plural bool) []int {
	comma := r.is(s, i, ",")
	if comma {
		i++
	}
	// "…, H.E. Mr X", "…, Ambassador X": a style before the name
	for i < s.last && !r.covered(i) && (r.pieces[i].class.has(honorific) || comma && r.pieces[i].class.has(office) && r.pieces[i].capital || r.is(s, i, "(")) {
		i++
	}
	var out []int
	for i < s.last && r.covering[i] >= 0 {
		c := r.covering[i]
		f := r.found[c]
		if f.class != classPerson || f.from != i || f.kind != Name {
			break
		}
		out = append(out, c)
		i = f.to
		if !plural {
			break
		}
		for i < s.last && (r.is(s, i, "and", ",") || r.pieces[i].class.has(honorific) && !r.covered(i)) {
			i++
		}
	}
	if comma && len(out) == 1 && !plural && !r.closesApposition(s, r.found[out[0]].to) {
		return nil
	}
	return out
}

// closesApposition reports whether a name after a title and a comma is in
// apposition to it, rather than the subject of a clause that begins there.
func (r *reading) closesApposition(s pieceRange, i int) bool {
	return i >= s.last || !r.isWord(i) || r.is(s, i, "and", "in", "on", "at", "with", "over", "after", "during", "as", "for", "to", "said", "who", "by")
}

// personBefore returns the person of whom a phrase after a comma, a copula or
// an opening bracket says the position, or -1.
func (r *reading) personBefore(s pieceRange, p *position) int {
	i := p.from - 1
	for i >= s.first && (r.is(s, i, "also", "now", "currently", "still", "then", "himself", "herself", "once", "formerly", "previously", "until") || r.has(s, i, honorific) && !r.covered(i)) {
		if r.is(s, i, "then", "once", "formerly", "previously", "until") {
			p.former(true)
		}
		i--
	}
	copula := false
	if r.is(s, i, "is", "was", "as", "became", "remains", "been") {
		copula = true
		p.former(p.titles[0].former || r.is(s, i, "was") && r.overAfter(s, p.to))
		i--
		for r.is(s, i, "has", "had", "who", ",", "also") {
			i--
		}
	}
	if !copula {
		switch {
		case r.is(s, i, ",", "(", "—", "–"):
			i--
		case r.is(s, i, "and") && i-1 >= s.first:
			// X, minister of A and head of B: the phrase before has the person.
			if n := len(r.positions); n > 0 && r.positions[n-1].to == i && len(r.positions[n-1].holders) == 1 {
				return r.positions[n-1].holders[0]
			}
			return -1
		default:
			return -1
		}
	}
	if i < s.first || r.covering[i] < 0 {
		return -1
	}
	c := r.covering[i]
	f := r.found[c]
	if f.class != classPerson || f.to != i+1 || f.kind != Name || p.plural {
		return -1
	}
	return c
}

// overAfter reports whether words after a position in the past tense say that it is over: "until last month".
func (r *reading) overAfter(s pieceRange, i int) bool {
	return r.is(s, i, "until", "till", "before", "from") || r.is(s, i, "at") && r.is(s, i+1, "the")
}

func (p *position) former(over bool) {
	for i := range p.titles {
		p.titles[i].former = p.titles[i].former || over
	}
}
