package nlp

import (
	"cmp"
	"slices"
	"strings"
)

// nounOwner returns the organization or state that a noun in a title means:
// "spokesperson of the Ministry"; or -1.
func (l *linker) nounOwner(p *position) int {
	noun := l.pieces[p.noun]
	named := l.before(noun.Start)
	for k := len(named) - 1; k >= 0; k-- {
		c := l.found[named[k]]
		if c.class == classOrganization && c.entity >= 0 && slices.Contains(l.wordsOf(c.entity), noun.key) {
			return c.entity
		}
	}
	for k := len(named) - 1; k >= 0; k-- {
		if c := l.found[named[k]]; c.org != nil && c.entity >= 0 && slices.Contains(kindsCalled[noun.key], c.org.Kind) {
			return c.entity
		}
	}
	if noun.class.has(stateNoun) {
		return l.stateBefore(noun.Start, -1)
	}
	return -1
}

// kindsCalled gives the kinds of organizations that a noun can stand for.
var kindsCalled = map[string][]string{
	"bloc": {"bloc", "igo"}, "alliance": {"alliance", "bloc"}, "organization": {"igo", "bloc", "alliance"}, "organisation": {"igo", "bloc", "alliance"},
	"body": {"igo", "bloc"}, "grouping": {"bloc", "igo"}, "group": {"bloc", "igo"},
}

// impliedOwner returns the state on whose behalf a title is held when nobody
// is named beside it, or -1: the one named after the person; the state of the
// pronoun; the person's own, known from elsewhere; else the state that the
// sentence, the sentence before and the document speak most of, among those that have the title.
func (l *linker) impliedOwner(p *position, holder int) (owner int, confidence float64) {
	s := p.pieceRange
	if after := l.found[holder].to; l.is(s, after, "of", "from") {
		from := after + 1
		if l.is(s, from, "the") {
			from++
		}
		if owners, _ := l.ownersAt(s, from); len(owners) > 0 {
			return l.found[owners[0]].entity, 0.9
		}
	}
	if p.pronoun >= 0 {
		return l.stateOfPronoun(p), 0.75
	}
	if own := l.stateOfPerson(l.found[holder].entity); own >= 0 {
		return own, 0.8
	}
	if l.isOrganizations(p.titles[0].text) {
		return l.mainOrganization(), 0.75
	}
	if p.superior >= 0 {
		return l.stateOfPerson(l.found[p.superior].entity), 0.75
	}
	return l.likeliestOwner(p, holder)
}

// likeliestOwner weighs the states of the document. The reading is doubtful
// where another state is almost as likely.
func (l *linker) likeliestOwner(p *position, holder int) (owner int, confidence float64) {
	if code := l.lex.leaders.stateOf(l.Text[l.found[holder].Start:l.found[holder].End], l.Published); code != "" && l.Published.Year != 0 {
		if e, ok := l.byKey["state "+code]; ok && l.titleFits(p.titles[0].text, code) > -100 {
			return e, 0.85 // who leads which state is known of those whom news names without it
		}
	}
	scores := l.ownerScores(p)
	switch state, known := l.stateAfter(p.pieceRange, l.found[holder].to); {
	case state >= 0:
		scores[state] += 3
	case known && !l.isSubject(holder):
		return -1, 0 // "was received by President X in Lusaka", which lies in no state that the text names
	}
	best := -1
	for e, score := range scores {
		if score > 0 && (best < 0 || cmp.Or(cmp.Compare(score, scores[best]), cmp.Compare(best, e)) > 0) {
			best = e
		}
	}
	for e, score := range scores {
		if e != best && score > scores[best]-clearly {
			return best, 0.5
		}
	}
	return best, 0.7
}

// clearly is by how much a state must outweigh any other to have a title that the text gives to nobody.
const clearly = 3

// isOrganizations reports whether only organizations have the title: Secretary-General.
func (l *linker) isOrganizations(title string) bool {
	have, ok := l.lex.titles[strings.Join(phraseWords(strings.ToLower(title)), " ")]
	return ok && slices.Contains(have.states, "-")
}

// mainOrganization returns the body of states that the document names most, or -1.
func (l *linker) mainOrganization() int {
	if l.main != nil {
		return *l.main
	}
	counts := map[int]int{}
	best := -1
	for _, i := range l.order {
		c := l.found[i]
		if c.entity < 0 || c.org == nil || !l.isBodyOfStates(c.org) {
			continue
		}
		counts[c.entity]++
		if best < 0 || counts[c.entity] > counts[best] {
			best = c.entity
		}
	}
	l.main = &best
	return best
}

// stateAfter returns the state of the city in which a person is said to be ("President X in Abidjan"), or -1,
// and whether it is known in which state the city lies.
func (l *linker) stateAfter(s pieceRange, i int) (int, bool) {
	if !l.is(s, i, "in") || i+1 >= s.last || l.covering[i+1] < 0 {
		return -1, false
	}
	c := l.found[l.covering[i+1]]
	if c.class != classPlace || c.home == "" {
		return -1, false
	}
	if e, ok := l.byKey["state "+c.home]; ok {
		return e, true
	}
	return -1, true
}

// stateOfPronoun returns the state that "its", "his" or "the country's" before
// a title stands for: that of the person meant, the first one of the sentence, the one spoken of before; or -1.
func (l *linker) stateOfPronoun(p *position) int {
	at := l.pieces[p.pronoun].Start
	if l.is(p.pieceRange, p.pronoun, "his", "her") {
		named := l.before(at)
		for k := len(named) - 1; k >= 0; k-- {
			i := named[k]
			c := l.found[i]
			if l.sentenceAt(c.Start) < l.sentenceAt(at)-1 {
				break
			}
			if c.class != classPerson || c.entity < 0 {
				continue
			}
			if e := l.stateOfPerson(c.entity); e >= 0 && l.isSubject(i) {
				return e
			}
		}
	}
	first := -1
	for _, i := range l.inside(Span{l.offset(p.first), at}) {
		c := l.found[i]
		if c.state == nil || c.entity < 0 {
			continue
		}
		if l.isSubject(i) {
			return c.entity
		}
		if first < 0 {
			first = c.entity
		}
	}
	if first >= 0 {
		return first
	}
	// "Kaja Kallas, its foreign policy chief": a body of states spoken of in the sentence before
	named := l.before(at)
	for k := len(named) - 1; k >= 0 && l.is(p.pieceRange, p.pronoun, "its"); k-- {
		c := l.found[named[k]]
		if c.entity < 0 || c.class != classState && c.class != classOrganization {
			continue
		}
		if l.sentenceAt(c.Start) < l.sentenceAt(at)-1 || c.class == classState {
			break
		}
		if c.org != nil && l.isBodyOfStates(c.org) {
			return c.entity
		}
	}
	return l.stateBefore(at, -1)
}

func (l *linker) isBodyOfStates(o *Organization) bool {
	return o.Kind == "bloc" || o.Kind == "igo" || o.Kind == "alliance"
}

// ownerScores weighs the states of the document as owners of a title.
func (l *linker) ownerScores(p *position) map[int]float64 {
	s := p.pieceRange
	at := l.pieces[p.from].Start
	sentence := l.sentenceAt(at)
	scores := map[int]float64{}
	counts := map[int]float64{}
	subject := -1 // the state of the person who is the subject: it meets other states' presidents
	named := false
	for _, i := range l.around(at) {
		c := l.found[i]
		if c.entity < 0 {
			continue
		}
		here := c.from >= s.first && c.from < p.from
		switch {
		case c.class == classPerson && here && subject < 0 && l.isSubject(i):
			subject = l.stateOfPerson(c.entity)
		case c.class == classPlace && c.home != "" && c.from == s.first && c.Start < at || c.class == classPlace && c.home != "" && l.Sentences[l.sentenceAt(c.Start)].Start == c.Start:
			if e, ok := l.byKey["state "+c.home]; ok { // a dateline
				scores[e] += 2
			}
		case c.state == nil:
		case here:
			w := 2.0
			if !named && !l.titled(i) && !l.subordinate(s, c.from, p.from) {
				w = 4 // the first one named is what the sentence is about
				named = true
			}
			if l.is(s, p.from-1, "with") && l.isSubject(i) {
				w = -5 // nobody signs with his own president
			}
			scores[c.entity] += w
		case c.Start < at && l.sentenceAt(c.Start) == sentence-1 && l.isSubject(i):
			scores[c.entity] += 1.5
			fallthrough
		default:
			counts[c.entity] += 0.5
		}
		if c.class == classPerson && here {
			if e := l.stateOfPerson(c.entity); e >= 0 && !named {
				scores[e]++
			}
		}
	}
	for e, n := range counts {
		scores[e] += min(n, 2.5)
	}
	if subject >= 0 {
		if named && l.others(s, p.from, subject) {
			scores[subject] = 0
		} else {
			scores[subject] += 2
		}
	}
	name := p.titles[0].text
	for e := range scores {
		scores[e] += l.titleFits(name, l.entities[e].Code)
		if !p.titles[0].former {
			scores[e] -= 3 * float64(l.tenures.filled[post{e, titleKey(name)}]) // held by somebody else
		}
	}
	return scores
}

// subordinate reports whether a piece stands in a clause that opens the sentence but is not its main one.
func (l *linker) subordinate(s pieceRange, i, before int) bool {
	if !slices.Contains(subordinators, l.pieces[s.first].key) || i == s.first {
		return false
	}
	comma := slices.IndexFunc(l.pieces[s.first:before], func(p piece) bool { return p.key == "," })
	return comma >= 0 && i < s.first+comma
}

// others reports whether the sentence names another state before the piece.
func (l *linker) others(s pieceRange, before, except int) bool {
	for _, i := range l.inside(Span{l.offset(s.first), l.offset(before)}) {
		if c := l.found[i]; c.state != nil && c.entity != except {
			return true
		}
	}
	return false
}

// titleFits weighs a title against a state: for it when few have the title and
// the state is one of them, against it when the state does not have it.
func (l *linker) titleFits(name, code string) float64 {
	key := strings.ToLower(name)
	key = strings.TrimPrefix(strings.TrimSuffix(key, "-elect"), "deputy ")
	key = strings.Join(phraseWords(key), " ")
	have, ok := l.lex.titles[key]
	if !ok {
		return 0
	}
	has := slices.Contains(have.states, code)
	switch {
	case have.except && has, !have.except && !has:
		return -100
	case have.except:
		return 0
	}
	return 3
}

// titled reports whether a candidate is the owner in somebody's title.
func (l *linker) titled(i int) bool { return l.owning[i] }

// stateBefore returns the state that the text spoke of last before an offset
// as a subject, else the one that it names most before it; or -1.
func (l *linker) stateBefore(offset, except int) int {
	counts := map[int]int{}
	subject := -1
	for _, i := range l.before(offset) {
		c := l.found[i]
		if c.state == nil || c.entity == except {
			continue
		}
		counts[c.entity]++
		if l.isSubject(i) {
			subject = c.entity
		}
	}
	if subject >= 0 && l.near(offset, subject) {
		return subject
	}
	best := -1
	for e, n := range counts {
		if best < 0 || n > counts[best] || n == counts[best] && e < best {
			best = e
		}
	}
	return best
}

// near reports whether the entity is mentioned in the sentence of the offset or the one before it.
func (l *linker) near(offset, e int) bool {
	sentence := l.sentenceAt(offset)
	named := l.before(offset)
	for k := len(named) - 1; k >= 0; k-- {
		c := l.found[named[k]]
		if l.sentenceAt(c.Start) < sentence-1 {
			return false
		}
		if c.entity == e {
			return true
		}
	}
	return false
}

func (l *linker) sentenceAt(offset int) int {
	i, ok := slices.BinarySearchFunc(l.Sentences, offset, func(s Sentence, at int) int { return s.Start - at })
	if !ok {
		i--
	}
	return max(i, 0)
}

// isSubject reports whether a candidate is the subject of a clause.
func (l *linker) isSubject(i int) bool {
	switch rel := l.Tokens[l.head(i)].Relation; {
	case strings.HasPrefix(rel, "nsubj"):
		return true
	case rel != "":
		return false
	}
	c := l.found[i]
	s := l.sentences[l.sentenceAt(c.Start)]
	return l.actsAfter(s, c.to) && (c.from == s.first || !l.is(s, c.from-1, "of", "in", "with", "to", "by", "from"))
}
