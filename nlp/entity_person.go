package nlp

import (
	"slices"
	"strings"
)

// linkPerson links a person's name to the person who bears it: the same name,
// a shorter or longer one ("Ishaq Dar", "Mohammad Ishaq Dar"), a surname alone.
func (l *linker) linkPerson(i int) {
	c := &l.found[i]
	parts := nameParts(l.Text[c.Start:c.End])
	best := l.knownAs(i)
	if best < 0 {
		best = l.persons.bearer(parts)
	}
	if best < 0 {
		best = l.mistypedPerson(i)
	}
	if best < 0 {
		name := l.Text[c.Start:c.End]
		l.entities = append(l.entities, draft{Entity: Entity{ID: slug(name), Class: classPerson, Name: name, Confidence: c.confidence}})
		best = len(l.entities) - 1
		l.persons.enter(best, name)
	}
	c.entity = best
	d := &l.entities[best]
	if text := l.Text[c.Start:c.End]; len(parts) > len(l.persons.parts[best]) && c.note == "" {
		l.alias(best, i)
		d.Aliases = slices.DeleteFunc(d.Aliases, func(a string) bool { return a == text })
		if len(l.persons.parts[best]) > 0 {
			d.Aliases = append(d.Aliases, d.Name)
		}
		d.Name, d.ID = text, slug(text)
		l.persons.enter(best, text)
		return
	}
	l.alias(best, i)
}

// knownAs returns the person whose other name this is: "X, better known as Y"; or -1.
func (l *linker) knownAs(i int) int {
	c := l.found[i]
	s := l.sentences[l.sentenceAt(c.Start)]
	if !l.is(s, c.from-1, "as") || !l.is(s, c.from-2, "known") {
		return -1
	}
	for k := c.from - 3; k >= max(s.first, c.from-6); k-- {
		if o := l.covering[k]; o >= 0 && l.found[o].class == classPerson {
			return l.found[o].entity
		}
	}
	return -1
}

// nameParts returns the folded words of a person's name.
func nameParts(name string) []string {
	return phraseWords(name)
}

// samePerson reports whether one name is the other with parts left out, or an
// initial for a part, while the surname stays: the last word, or of a single
// word any of the longer name's.
func samePerson(a, b []string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 0 {
		return false
	}
	if len(b) == 1 {
		return slices.Contains(a, b[0]) && len(b[0]) > 1
	}
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	if a[len(a)-1] != b[len(b)-1] && !(a[0] == b[0] && len(b) == len(a)-1 && slices.Equal(a[:len(b)], b)) {
		return false
	}
	i := 0
	for _, w := range a {
		if i < len(b) && (w == b[i] || len(b[i]) == 1 && strings.HasPrefix(w, b[i])) {
			i++
		}
	}
	return i == len(b)
}

// linkHolders makes tenures of the positions whose holders are named: first of
// those that say on whose behalf, which tell the owner of others.
func (l *linker) linkHolders() {
	for pi, p := range l.positions {
		if len(p.holders) > 0 {
			l.held[p.holders[0]] = append(l.held[p.holders[0]], pi)
			for _, o := range p.owners {
				l.owning[o] = true
			}
		}
	}
	for _, pass := range []holding{explicit, implied, counterpart} {
		for pi := range l.positions {
			p := &l.positions[pi]
			owners := l.ownerEntities(p)
			if l.holding(p, owners) != pass || p.elsewhere && len(owners) == 0 {
				continue
			}
			for hi, h := range p.holders {
				owner, confidence := -1, 0.95
				switch {
				case len(owners) == len(p.holders):
					owner = owners[hi]
				case len(owners) > 0:
					owner = owners[0]
				case p.noun >= 0:
					owner, confidence = l.nounOwner(p), 0.8
				default:
					owner, confidence = l.impliedOwner(p, h)
				}
				for _, t := range p.titles {
					l.addTenure(p, t, l.found[h].entity, owner, confidence)
				}
			}
		}
	}
	l.mergeTenures()
	l.tenures = indexTenures(l.Tenures)
	for i := range l.Tenures {
		slices.SortFunc(l.Tenures[i].Evidence, func(a, b Span) int { return a.Start - b.Start })
	}
}

// A holding tells how a position says on whose behalf it is held.
type holding int

const (
	explicit    holding = iota // the Peruvian foreign minister
	implied                    // Foreign Minister X
	counterpart                // his Chilean counterpart: the title is another's
	style                      // …, Ambassador X: a form of address after the position proper
)

func (l *linker) holding(p *position, owners []int) holding {
	switch {
	case strings.EqualFold(p.titles[0].text, "counterpart"):
		return counterpart
	case len(owners) > 0 || p.noun >= 0:
		return explicit
	}
	if len(p.holders) == 0 || len(p.titles) != 1 || p.titles[0].to-p.titles[0].from != 1 {
		return implied
	}
	for _, k := range l.held[p.holders[0]] {
		if q := &l.positions[k]; q.to < p.from && p.from-q.to <= 2 {
			return style
		}
	}
	return implied
}

func (l *linker) ownerEntities(p *position) []int {
	var out []int
	for _, o := range p.owners {
		if e := l.found[o].entity; e >= 0 {
			out = append(out, e)
		}
	}
	return out
}

// addTenure adds a tenure, or evidence to one known already.
func (l *linker) addTenure(p *position, t title, person, owner int, confidence float64) {
	if person < 0 || l.isRank(p, t) && (len(p.owners) == 0 || l.isCalling(t)) {
		return
	}
	name := l.titleText(p, t)
	if name == "" {
		return
	}
	sentence := l.Sentences[l.Tokens[l.pieces[p.from].token].Sentence].Span
	held := l.termOf(p)
	t.former = t.former || held.over(l.Published)
	accredited := -1
	if p.accredited >= 0 {
		accredited = l.found[p.accredited].entity
	}
	for _, i := range l.tenures.of[person] {
		u := &l.Tenures[i]
		if confidence < 0.7 && shortened(name, u.Position) { // Minister Mirzoyan
			l.tenures.see(i, sentence, u)
			return
		}
		if sameTitle(u.Position, name) && (u.Of == owner || owner < 0 || u.Of < 0 || confidence < 0.7) && u.Former == t.former {
			if owner >= 0 && (u.Of < 0 || u.Confidence < confidence) {
				l.tenures.give(u, owner)
			}
			u.Confidence = max(u.Confidence, confidence)
			if u.AccreditedTo < 0 {
				u.AccreditedTo = accredited
			}
			l.tenures.see(i, sentence, u)
			u.complete(held)
			return
		}
	}
	l.Tenures = append(l.Tenures, Tenure{
		Person: person, Position: name, Of: owner, AccreditedTo: accredited,
		Former: t.former, Acting: t.acting, Confidence: confidence,
	})
	u := &l.Tenures[len(l.Tenures)-1]
	u.complete(held)
	l.tenures.enter(len(l.Tenures)-1, u)
	l.tenures.see(len(l.Tenures)-1, sentence, u)
}

// isRank reports whether a title alone, with nobody on whose behalf, is a rank, a style or a calling.
func (l *linker) isRank(p *position, t title) bool {
	if t.to-t.from != 1 {
		return l.pieces[t.to-1].key == "general" && l.pieces[t.from].key != "attorney" && l.pieces[t.from].key != "secretary" && l.pieces[t.from].key != "director" && l.pieces[t.from].key != "governor"
	}
	switch l.pieces[t.from].key {
	case "general", "gen", "colonel", "col", "major", "captain", "lieutenant", "sergeant", "brigadier", "admiral", "marshal", "prince", "princess", "sheikh", "imam", "ayatollah", "lawyer", "politician", "diplomat", "judge", "lawmaker", "bishop", "archbishop", "cardinal", "patriarch", "dictator", "strongman", "warlord", "founder", "counterpart", "mp", "leader":
		return true
	}
	return false
}

// isCalling reports whether a title says what somebody is like or lives by, not what is held.
func (l *linker) isCalling(t title) bool {
	if t.to-t.from != 1 {
		return false
	}
	switch l.pieces[t.from].key {
	case "dictator", "strongman", "warlord", "lawyer", "politician", "diplomat", "lawmaker", "ruler", "founder":
		return true
	}
	return false
}

// titleText returns the wording of a position; a plural is put in the singular,
// a counterpart bears the title of the person whose counterpart he is.
func (l *linker) titleText(p *position, t title) string {
	text := t.text
	if strings.EqualFold(text, "counterpart") {
		if i, ok := l.tenures.told[l.Sentences[l.Tokens[l.pieces[p.from].token].Sentence].Span]; ok {
			return l.Tenures[i].Position
		}
		return ""
	}
	if p.plural {
		if strings.ToUpper(text) == text { // a headline in capitals
			text = strings.ToLower(text)
		}
		text = strings.TrimSuffix(text, "s")
		if words := strings.Fields(text); len(words) > 2 && words[1] == "of" {
			text = strings.TrimSuffix(words[0], "s") + " " + strings.Join(words[1:], " ")
		}
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// mergeTenures drops a short title that is said of a person beside the full
// one: Secretary Rubio, the Secretary of State.
func (l *linker) mergeTenures() {
	var kept []int
	for i := range l.Tenures {
		t := &l.Tenures[i]
		own := l.tenures.of[t.Person]
		k := slices.IndexFunc(own, func(k int) bool {
			u := &l.Tenures[k]
			return u.Former == t.Former && shortened(t.Position, u.Position) && (t.Of < 0 || t.Of == u.Of || t.Confidence < 0.7)
		})
		if k < 0 || own[k] == i {
			kept = append(kept, i)
			continue
		}
		whole := &l.Tenures[own[k]]
		for _, s := range t.Evidence {
			if !slices.Contains(whole.Evidence, s) {
				whole.Evidence = append(whole.Evidence, s)
			}
		}
	}
	for to, i := range kept {
		l.Tenures[to] = l.Tenures[i]
	}
	l.Tenures = l.Tenures[:len(kept)]
}

// sameTitle reports whether two wordings name the same position.
func sameTitle(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	return slices.Equal(titleWords(a), titleWords(b))
}

// shortened reports whether a title is the last word of a longer one.
func shortened(short, long string) bool {
	short, long = strings.ToLower(short), strings.ToLower(long)
	return !strings.Contains(short, " ") && (strings.HasSuffix(long, " "+short) || strings.HasPrefix(long, short+" "))
}

func titleWords(s string) []string {
	var out []string
	for _, w := range phraseWords(s) {
		switch w {
		case "of", "for", "the", "affairs":
			continue
		case "defense":
			w = "defence"
		case "external":
			w = "foreign"
		}
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// stateOfPerson returns the state for which a person acts, or -1.
func (l *linker) stateOfPerson(person int) int {
	own := l.tenures.of[person]
	for k := len(own) - 1; k >= 0; k-- {
		t := l.Tenures[own[k]]
		if t.Of < 0 {
			continue
		}
		if l.entities[t.Of].Class == classState {
			return t.Of
		}
		if code := l.entities[t.Of].Country; code != "" {
			if e, ok := l.byKey["state "+code]; ok {
				return e
			}
		}
	}
	return -1
}
