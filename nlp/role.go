package nlp

import (
	"strings"
)

// A position is a title with the words around it that say whose it is and who
// holds it: "Pakistan’s Deputy Prime Minister and Foreign Minister".
type position struct {
	from, to   int // pieces of the whole phrase, determiner and complement included
	titles     []title
	owners     []int // candidates: states and organizations on whose behalf it is held
	accredited int   // candidate: the host of an ambassador or envoy; -1
	noun       int   // piece of a noun that names the owner ("spokesperson of the Ministry"), or -1
	elsewhere  bool  // held of something that is no state or organization: president of the conference
	superior   int   // candidate: the person whose minister it is ("Petro's foreign minister"), or -1
	pronoun    int   // piece of a possessive pronoun that stands for the owner ("his foreign secretary"), or -1
	holders    []int // candidates: persons
	plural     bool
	definite   bool // begins with "the", a possessive, or a demonym
	pieceRange      // its sentence
}

// A title names one position.
type title struct {
	from, to       int // pieces
	text           string
	former, acting bool
}

// findPositions reads the positions of a sentence.
func (r *reading) findPositions(s pieceRange) {
	for i := s.first; i < s.last; {
		p, ok := r.position(s, i)
		if !ok {
			i++
			continue
		}
		r.holders(s, &p)
		r.positions = append(r.positions, p)
		i = max(p.to, i+1)
	}
}

// officeAt returns the number of pieces of the office that begins at i, 0 when none does.
func (r *reading) officeAt(s pieceRange, i int) (n int, plural bool) {
	n = r.lex.words.at(r.pieces[i:s.last], func(n int, values []wordClass) bool {
		return mergeClasses(values).has(office) && (n > 1 || r.pieces[i].class.has(office))
	})
	for k := min(3, s.last-i); k > n; k-- {
		last := r.pieces[i+k-1]
		singular := strings.TrimSuffix(last.key, "s")
		if singular == last.key {
			continue
		}
		words := append([]piece(nil), r.pieces[i:i+k]...)
		words[k-1].key = singular
		m := r.lex.words.at(words, func(n int, values []wordClass) bool { return n == k && mergeClasses(values).has(office) })
		if m == k {
			return k, true
		}
		if k == 3 && i+2 < s.last { // heads of state
			words[k-1].key = last.key
		}
	}
	return n, false
}

// title reads one title at i: adjectives, then an office, perhaps more of both.
func (r *reading) titleAt(s pieceRange, i int) (t title, plural, ok bool) {
	t.from = i
	end := 0
	for j := i; j < s.last; {
		if r.covered(j) && !r.has(s, j, officeAdjective) {
			break
		}
		if n, many := r.officeAt(s, j); n > 0 {
			// "party leader Smith" but not "the general said": a plain office ends the title.
			if end > 0 && !r.pieces[j].capital && r.pieces[end-1].capital && !r.is(s, end-1, "deputy", "vice", "assistant") {
				break
			}
			j += n
			end, plural = j, many
			if many {
				break
			}
			continue
		}
		if !r.pieces[j].class.has(officeAdjective | formerOffice | actingOffice) {
			break
		}
		if end > 0 && !r.pieces[j].joined && !r.officeFollows(s, j) {
			break
		}
		j++
	}
	if end == 0 {
		return t, false, false
	}
	for t.from < end && r.pieces[t.from].class.has(formerOffice|actingOffice) || t.from < end && r.is(s, t.from, "new", "newly", "current", "outgoing", "incoming", "visiting", "elected", "appointed", "top", "long-time", "longtime") {
		t.former = t.former || r.pieces[t.from].class.has(formerOffice)
		t.acting = t.acting || r.pieces[t.from].class.has(actingOffice)
		t.from++
	}
	t.to = end
	if t.from >= end {
		return t, false, false
	}
	t.text = r.text(t.from, t.to)
	return t, plural, true
}

func (r *reading) covered(i int) bool { return r.covering[i] >= 0 }

// officeFollows reports whether the adjectives from i on lead to an office.
func (r *reading) officeFollows(s pieceRange, i int) bool {
	for ; i < s.last && r.pieces[i].class.has(officeAdjective); i++ {
		if n, _ := r.officeAt(s, i); n > 0 {
			return true
		}
	}
	if i >= s.last {
		return false
	}
	n, _ := r.officeAt(s, i)
	return n > 0
}

// position reads the position whose first title begins at i.
func (r *reading) position(s pieceRange, i int) (position, bool) {
	if r.covered(i) && !r.coveredByNominal(i) {
		return position{}, false
	}
	t, plural, ok := r.titleAt(s, i)
	if !ok {
		return position{}, false
	}
	p := position{from: i, to: t.to, titles: []title{t}, accredited: -1, pronoun: -1, noun: -1, superior: -1, plural: plural, pieceRange: s}
	r.complement(s, &p)
	for r.is(s, p.to, "and") && p.to+1 < s.last && !p.plural {
		t2, many, ok := r.titleAt(s, p.to+1)
		if !ok || many {
			break
		}
		p.titles = append(p.titles, t2)
		p.to = t2.to
		r.complement(s, &p)
	}
	r.before(s, &p)
	return p, r.meansOffice(s, p)
}

func (r *reading) coveredByNominal(i int) bool { return r.found[r.covering[i]].kind == Nominal }

// meansOffice refuses words that are titles only in some places: head, chief, general, the verb to chair.
func (r *reading) meansOffice(s pieceRange, p position) bool {
	t := p.titles[0]
	if len(p.titles) > 1 || t.to-t.from > 1 || p.plural {
		return true
	}
	switch r.pieces[t.from].key {
	case "head", "chief", "chair", "leader", "deputy", "general", "major", "representative", "judge", "justice", "dean", "captain", "executive", "marshal", "founder", "lawyer", "politician", "inspector", "publisher", "editor", "whip", "ruler", "diplomat", "fm", "pm", "imam", "minister", "secretary", "director", "speaker":
		return len(p.owners) > 0 || p.pronoun >= 0 || p.to > t.to || p.definite && !r.is(s, t.from, "head", "chair", "major", "general") || r.pieces[t.from].capital
	}
	return true
}

// complement reads what follows a title: its portfolio, its owner, its host.
func (r *reading) complement(s pieceRange, p *position) {
	t := &p.titles[len(p.titles)-1]
	envoy := r.isEnvoy(t)
	for {
		i := p.to
		if i+1 >= s.last || !r.is(s, i, "of", "for", "to", "at", "in", "from", "on") {
			return
		}
		j := i + 1
		if r.is(s, j, "the", "its", "a") {
			j++
		}
		if j >= s.last {
			return
		}
		owners, end := r.ownersAt(s, j)
		switch {
		case len(owners) > 0 && r.is(s, i, "from") && envoy && r.is(s, t.from-1, "its", "their", "his", "her"): // recalled its envoy from Turkey
			p.accredited, p.to = owners[0], end
			return
		case len(owners) > 0 && r.is(s, i, "to", "in") && envoy, len(owners) > 0 && r.is(s, i, "for") && envoy && len(owners) == 1:
			if p.accredited >= 0 {
				return
			}
			p.accredited = owners[0]
			p.to = end
		case len(owners) > 0 && r.is(s, i, "of", "for", "at", "from") && len(p.owners) == 0:
			if r.possessive(s, end) { // the president of Cambodia's Senate
				if !r.houseOf(s, p, t, i, end, owners) {
					return
				}
				continue
			}
			p.owners = owners
			p.to = end
			if len(owners) == 1 && r.is(s, i, "of", "for") {
				r.lowerPortfolio(s, p, t, i)
			}
		case r.is(s, i, "of", "for", "on") && (t.to == i || r.is(s, i, "for") && r.pieces[t.to-1].capital):
			end := r.portfolio(s, j, t)
			if end == j {
				if t.to == i {
					r.nounOwner(s, p, i)
				}
				return
			}
			if t.to == i {
				t.to = end
				t.text = r.text(t.from, t.to)
			} else { // High Representative of the EU for Foreign Affairs
				t.text += " " + r.text(i, end)
			}
			p.to = end
		case envoy && r.is(s, i, "to", "with") && j > i+1 && !r.covered(j) && (r.pieces[j].class.has(organizationNoun) || r.is(s, j+1, ",")): // the envoy to the union, X
			p.to = j + 1
			return
		default:
			return
		}
	}
}

// houseOf reads an owner that itself is owned: Cambodia's Senate.
func (r *reading) houseOf(s pieceRange, p *position, t *title, prep, end int, owners []int) bool {
	house := end + 1
	if house >= s.last {
		return false
	}
	if c := r.covering[house]; c >= 0 && r.found[c].class == classOrganization {
		p.owners, p.to = []int{c}, r.found[c].to
		return true
	}
	if !r.pieces[house].class.has(organizationHead | organizationNoun | officeAdjective) {
		return false
	}
	to := house + 1
	for to < s.last && r.pieces[to].class.has(organizationHead|organizationNoun) {
		to++
	}
	t.text += " " + r.pieces[prep].key + " " + r.text(house, to)
	p.owners, p.to = owners, to
	return true
}

// nounOwner notes an owner that only a noun names: spokesperson of the Ministry. Of
// another noun it is no state's office: president of the conference.
func (r *reading) nounOwner(s pieceRange, p *position, prep int) {
	j := prep + 1
	if !r.is(s, j, "the", "this", "that", "its") || j+1 >= s.last || !r.isWord(j+1) || r.covered(j+1) {
		return
	}
	noun := r.pieces[j+1]
	switch {
	case noun.class.has(organizationNoun | organizationHead | stateNoun):
		p.noun, p.to = j+1, j+2
	case r.tag(j+1) == "NOUN" || r.tag(j+1) == "PROPN":
		p.elsewhere = true
	}
}

func (r *reading) isEnvoy(t *title) bool {
	for i := t.from; i < t.to; i++ {
		switch r.pieces[i].key {
		case "ambassador", "ambassadors", "envoy", "envoys", "representative", "commissioner", "consul", "nuncio", "observer", "charge", "attache", "counsellor", "delegate", "mediator", "coordinator", "co-ordinator", "emissary":
			return true
		}
	}
	return false
}

// ownersAt returns the states and organizations that are named from piece i
// on, coordinated ones included, and the piece after them.
func (r *reading) ownersAt(s pieceRange, i int) ([]int, int) {
	var out []int
	end := i
	for i < s.last && r.covering[i] >= 0 {
		c := r.covering[i]
		f := r.found[c]
		if f.from != i || f.kind == Demonym && !r.nameLike(f) || f.class == classPerson || f.class == classOccasion || f.class == classAgreement {
			break
		}
		out = append(out, c)
		end = f.to
		i = f.to
		if r.is(s, i, "(") && i+2 < s.last && r.is(s, i+2, ")") { // the United Arab Emirates (UAE)
			i += 3
			end = i
		}
		if r.is(s, i, "and", ",") && i+1 < s.last {
			i++
			if r.is(s, i, "and") {
				i++
			}
			if r.is(s, i, "the") {
				i++
			}
			continue
		}
		break
	}
	return out, end
}

func (r *reading) nameLike(f candidate) bool { return f.class == classOrganization }

// lowerPortfolio extends a title over nouns after the owner: head of UN peacekeeping.
func (r *reading) lowerPortfolio(s pieceRange, p *position, t *title, prep int) {
	end := p.to
	for end < s.last && r.isWord(end) && !r.pieces[end].capital && (r.tag(end) == "NOUN" || r.pieces[end].class.has(officeAdjective|organizationNoun)) && !r.actsAfterStrict(s, end) {
		end++
	}
	if end == p.to {
		return
	}
	t.text = r.text(t.from, t.to) + " " + r.pieces[prep].key + " " + r.text(p.to, end)
	p.to = end
}

func (r *reading) actsAfterStrict(s pieceRange, i int) bool {
	return r.tag(i) == "VERB" || r.tag(i) == "AUX"
}

// portfolio returns the end of the words for a field of duty that begin at j:
// Foreign Affairs and International Cooperation.
func (r *reading) portfolio(s pieceRange, j int, t *title) int {
	lowerTitle := !r.pieces[t.to-1].capital
	word := func(i int) bool {
		if i >= s.last || !r.isWord(i) || r.covered(i) && r.found[r.covering[i]].class == classPerson {
			return false
		}
		p := r.pieces[i]
		if p.class.has(calendar) {
			return false
		}
		return p.class.has(officeAdjective) || p.capital && !(r.covered(i) && r.found[r.covering[i]].class == classState) && !lowerTitle || p.joined
	}
	end := j
	for word(end) {
		end++
		if r.is(s, end, "and", "&", ",") && word(end+1) && !r.officeStarts(s, end+1) {
			if r.is(s, end, ",") && !r.listGoesOn(s, end+1, word) {
				break
			}
			end++
		}
	}
	return end
}

// officeStarts reports whether a new title begins at i: "and Foreign Minister".
func (r *reading) officeStarts(s pieceRange, i int) bool {
	_, _, ok := r.titleAt(s, i)
	return ok
}

// listGoesOn reports whether a list of fields goes on with "and" after the comma.
func (r *reading) listGoesOn(s pieceRange, i int, word func(int) bool) bool {
	for word(i) {
		i++
	}
	return r.is(s, i, "and", "&") && word(i+1)
}

// before reads what stands before a title: its owner, a determiner, "former".
func (r *reading) before(s pieceRange, p *position) {
	t := &p.titles[0]
	i := t.from - 1
	p.from = t.from
	flags := func() {
		for i >= s.first && r.pieces[i].class.has(formerOffice|actingOffice) || r.is(s, i, "new", "newly", "current", "outgoing", "visiting", "also") {
			for k := range p.titles {
				p.titles[k].former = p.titles[k].former || r.pieces[i].class.has(formerOffice)
				p.titles[k].acting = p.titles[k].acting || r.pieces[i].class.has(actingOffice)
			}
			i--
		}
	}
	flags()
	ownerEnd := i + 1
	possessed := false
	if r.possessive(s, i) {
		ownerEnd = i
		possessed = true
		if c := r.covering[i-1]; c >= 0 && r.found[c].class == classPerson && r.found[c].to == i {
			p.superior, p.from, p.definite = c, r.found[c].from, true
			for p.from > s.first && r.has(s, p.from-1, honorific) && !r.covered(p.from-1) {
				p.from--
			}
			return
		}
		if r.has(s, i-1, stateNoun) && !r.covered(i-1) { // the country's prime minister
			p.pronoun, p.from, p.definite = i-1, i-1, true
			if r.is(s, i-2, "the", "this", "that") {
				p.from = i - 2
			}
			return
		}
		if r.has(s, i-1, organizationNoun) && !r.covered(i-1) && r.is(s, i-2, "the", "this") && len(p.owners) == 0 { // the bloc's executive secretary
			p.noun, p.from, p.definite = i-1, i-2, true
			return
		}
	}
	if owners, from := r.ownersBefore(s, ownerEnd, possessed); len(owners) > 0 && len(p.owners) == 0 {
		p.owners = owners
		p.from = from
		i = from - 1
		p.definite = true
		flags()
		if i > s.first && (r.tag(i) == "ADJ" || r.tag(i) == "VERB") && !r.covered(i) && r.is(s, i-1, "the", "a", "an") { // the exiled Belarusian opposition leader
			i--
		}
		if p.elsewhere {
			p.owners = nil
		}
	} else if i >= s.first && r.is(s, i, "his", "her", "its", "their", "our") {
		p.pronoun = i
		p.from = i
		p.definite = true
		i--
		flags()
	}
	if r.is(s, i, "the") {
		p.from, p.definite = i, true
	} else if r.is(s, i, "a", "an", "both", "all", "several") {
		p.from = i
	}
	// then Niger's president; "then" may stand before the owner
	if p.from-1 >= s.first && r.is(s, p.from-1, "then") {
		for k := range p.titles {
			p.titles[k].former = true
		}
	}
}

// ownersBefore returns the states or organizations named right before piece
// end, coordinated ones included, and the piece where they begin.
func (r *reading) ownersBefore(s pieceRange, end int, possessed bool) ([]int, int) {
	var out []int
	from := end
	for i := end - 1; i >= s.first && r.covering[i] >= 0; {
		c := r.covering[i]
		f := r.found[c]
		owner := f.class == classState || f.class == classOrganization || f.class == classPlace && possessed
		if f.to != i+1 || !owner {
			break
		}
		out = append([]int{c}, out...)
		from = f.from
		i = f.from - 1
		if (r.is(s, i, "and") || r.is(s, i, ",")) && f.kind == Demonym || r.is(s, i, "and") && possessed {
			if r.is(s, i, ",") && len(out) < 2 {
				break
			}
			i--
			if r.possessive(s, i) {
				i--
			}
			continue
		}
		break
	}
	return out, from
}
