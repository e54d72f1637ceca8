package nlp

import (
	"sort"
	"strings"
)

// pronoun resolves the pronoun at piece i, where that is safe; it returns the
// number of pieces that it took, 0 when there is no pronoun.
func (a *antecedents) pronoun(s pieceRange, sentence, i int) int {
	p := a.pieces[i]
	if a.covering[i] >= 0 || p.joined || p.caps {
		return 0
	}
	e, confidence := -1, 0.0
	switch p.key {
	case "he", "she", "his", "him", "her", "himself", "herself":
		e, confidence = a.person(sentence, i)
	case "it", "its", "itself":
		if p.key == "it" && (a.expletive(s, i) || a.Tokens[p.token].Relation == "obj" || a.quoted(p.Start)) {
			return 1
		}
		if e, confidence = a.treaty(i); e < 0 {
			e, confidence = a.thing(sentence, i)
		}
	case "they", "their", "themselves":
		e, confidence = a.several(sentence, i)
	default:
		return 0
	}
	if e >= 0 {
		a.refer(i, i+1, Pronoun, e, confidence)
	}
	return 1
}

// person finds the person a pronoun refers to: the subject of its sentence
// before it, else of the sentence before, else the person named last.
func (a *antecedents) person(sentence, i int) (int, float64) {
	at := a.pieces[i].Start
	female := strings.HasPrefix(a.pieces[i].key, "she") || strings.HasPrefix(a.pieces[i].key, "her")
	fits := func(e int) bool {
		return a.class(e) == classPerson && (a.entities[e].gender == "" || (a.entities[e].gender == "f") == female)
	}
	found := func(e int, confidence float64) (int, float64) {
		if a.entities[e].gender = "m"; female {
			a.entities[e].gender = "f"
		}
		return e, confidence
	}
	object := a.pieces[i].key == "him" || a.pieces[i].key == "her" && a.Tokens[a.pieces[i].token].Relation != "nmod:poss"
	own := a.subject(sentence, at, fits)
	if own >= 0 && !object {
		return found(own, 0.85)
	}
	for back := 0; back <= 2 && back <= sentence; back++ {
		if back > 0 {
			if e := a.subject(sentence-back, at, fits); e >= 0 && e != own {
				return found(e, 0.8-0.1*float64(back))
			}
		}
		if e := a.lastIn(sentence-back, at, func(e int) bool { return fits(e) && (!object || e != own) }); e >= 0 {
			return found(e, 0.7-0.1*float64(back))
		}
	}
	return -1, 0
}

// lastIn returns the entity mentioned last in a sentence before the offset, or -1.
func (a *antecedents) lastIn(sentence, before int, accept func(e int) bool) int {
	best, at := -1, -1
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		c := a.found[a.history[k]]
		if c.Start < before && c.Start > at && a.sentenceAt(c.Start) == sentence && accept(c.entity) {
			best, at = c.entity, c.Start
		}
	}
	return best
}

// expletive reports whether "it" refers to nothing: it was decided that, it is clear.
func (a *antecedents) expletive(s pieceRange, i int) bool {
	t := a.Tokens[a.pieces[i].token]
	if strings.HasPrefix(t.Relation, "expl") {
		return true
	}
	j := i + 1
	if !a.is(s, j, "is", "was", "'s", "seems", "appears", "remains", "became", "will", "would", "has") {
		return false
	}
	for k := j; k < min(j+6, s.last); k++ {
		if a.is(s, k, "that", "to", "whether", "why", "how") && k > j+1 && a.tag(k-1) != "VERB" || a.is(s, k, "that") {
			return true
		}
	}
	return false
}

// thing finds the state or organization that "it" or "its" refers to: the
// nearest subject before it, in its sentence or the one before.
func (a *antecedents) thing(sentence, i int) (int, float64) {
	at := a.pieces[i].Start
	fits := func(e int) bool {
		c := a.class(e)
		return c == classState || c == classOrganization && (a.entities[e].org == nil || a.entities[e].org.Kind != "platform")
	}
	own := a.nearestSubject(sentence, at, fits)
	if a.pieces[i].key == "it" && a.Tokens[a.pieces[i].token].Relation == "obl" {
		if e := a.lastIn(sentence, at, func(e int) bool { return e != own && fits(e) }); e >= 0 {
			return e, 0.6
		}
	}
	// "Algeria, its neighbour": not Algeria's own
	apposed := -1
	if i > 1 && a.pieces[i].key == "its" && a.pieces[i-1].key == "," && a.covering[i-2] >= 0 {
		apposed = a.found[a.covering[i-2]].entity
	}
	if own >= 0 && own != apposed {
		return own, 0.75
	}
	if apposed >= 0 {
		if e := a.last(at, 1, func(e int) bool { return fits(e) && e != apposed }); e >= 0 {
			return e, 0.55
		}
		return -1, 0
	}
	if e := a.ownsSubject(sentence, at, fits); e >= 0 && e != apposed {
		return e, 0.65
	}
	if e := a.only(sentence, at, fits); e >= 0 {
		return e, 0.6
	}
	if sentence == 0 || a.Sentences[sentence-1].Heading {
		return -1, 0
	}
	if e := a.subject(sentence-1, at, fits); e >= 0 {
		return e, 0.65
	}
	if e := a.only(sentence-1, at, fits); e >= 0 {
		return e, 0.5
	}
	return -1, 0
}

// quoted reports whether the offset lies in somebody's words, whose "it" may be anything.
func (a *antecedents) quoted(offset int) bool {
	first := sort.Search(len(a.Quotations), func(i int) bool { return a.Quotations[i].End > offset })
	for _, q := range a.Quotations[first:] {
		if q.Start > offset {
			return false
		}
		if offset < q.End {
			return true
		}
	}
	return false
}

// treaty returns the agreement that "it" means as the subject of signing,
// ratifying or entering into force, or -1.
func (a *antecedents) treaty(i int) (int, float64) {
	t := a.Tokens[a.pieces[i].token]
	if a.pieces[i].key != "it" || !strings.HasPrefix(t.Relation, "nsubj") || t.Head < 0 {
		return -1, 0
	}
	verb := a.Tokens[t.Head]
	if !(t.Relation == "nsubj:pass" && signing[verb.Lemma] || verb.Lemma == "enter" && t.Head+2 < len(a.Tokens) && a.Text[a.Tokens[t.Head+2].Start:a.Tokens[t.Head+2].End] == "force") {
		return -1, 0
	}
	e := a.last(a.pieces[i].Start, 1, func(e int) bool { return a.class(e) == classAgreement })
	return e, 0.7
}

// nearestSubject returns the entity that is the last subject of the sentence before the offset, or -1.
func (a *antecedents) nearestSubject(sentence, before int, accept func(e int) bool) int {
	best, at := -1, -1
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		i := a.history[k]
		c := a.found[i]
		if a.sentenceAt(c.Start) == sentence && c.Start < before && c.Start > at && accept(c.entity) && a.isSubject(i) {
			best, at = c.entity, c.Start
		}
	}
	return best
}

// ownsSubject returns the entity that owns the subject of the sentence before
// the offset, or -1: "Somalia’s cabinet recalled its ambassador".
func (a *antecedents) ownsSubject(sentence, before int, accept func(e int) bool) int {
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		c := a.found[a.history[k]]
		if a.sentenceAt(c.Start) != sentence || c.Start >= before || !accept(c.entity) {
			continue
		}
		tok := a.Tokens[a.headOf(c)]
		if tok.Head >= 0 && (tok.Relation == "nmod:poss" || tok.Relation == "amod" || tok.Relation == "compound") && strings.HasPrefix(a.Tokens[tok.Head].Relation, "nsubj") {
			return c.entity
		}
	}
	return -1
}

// only returns the one entity of the sentence before the offset that fits, -1 when there are none or several.
func (a *antecedents) only(sentence, before int, accept func(e int) bool) int {
	one := -1
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		c := a.found[a.history[k]]
		if a.sentenceAt(c.Start) != sentence || c.Start >= before || !accept(c.entity) {
			continue
		}
		if one >= 0 && one != c.entity {
			return -1
		}
		one = c.entity
	}
	return one
}

// several finds the group that "they" refers to: one mentioned in this
// sentence or the last, or names coordinated there as a subject.
func (a *antecedents) several(sentence, i int) (int, float64) {
	at := a.pieces[i].Start
	isGroup := func(e int) bool { return a.class(e) == classGroup }
	for back := 0; back <= 1 && back <= sentence; back++ {
		k := sentence - back
		if e := a.subject(k, at, isGroup); e >= 0 {
			return e, 0.75
		}
		for _, class := range []string{classState, classPerson, classOrganization} {
			lists := a.seriesBefore(at, class)
			if n := len(lists); n > 0 && lists[n-1].subject && a.sentenceAt(lists[n-1].start) == k {
				return a.group(lists[n-1].entities, ""), 0.7
			}
		}
		if e := a.lastIn(k, at, isGroup); e >= 0 {
			return e, 0.6
		}
	}
	return -1, 0
}
