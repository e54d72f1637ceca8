package nlp

import "strings"

// settleMetonyms tells capitals that stand for a government ("Yerevan opposed
// it") from the cities themselves ("in Yerevan"), by their place in the sentence.
func (r *reading) settleMetonyms() {
	places := make([][]int, len(r.sentences))
	for i := range r.found {
		if c := &r.found[i]; c.class == classPlace && c.kind == Name {
			s := r.Tokens[r.pieces[c.from].token].Sentence
			places[s] = append(places[s], i)
		}
	}
	for si, s := range r.sentences {
		for _, i := range places[si] {
			c := &r.found[i]
			state, org := r.seatOf(*c)
			if state == nil && org == nil {
				continue
			}
			if !r.actsAsGovernment(s, i, r.Sentences[si].Heading) && !r.actsBeside(s, *c) {
				continue
			}
			c.kind, c.class, c.state, c.org, c.confidence = Metonym, classState, state, org, 0.85
			if state != nil {
				c.name = state.Name
				r.met.states[state] = true
			} else {
				c.class, c.name = classOrganization, org.Name
			}
		}
	}
}

// actsBeside reports whether a capital is coordinated with one before it that
// stands for its government: "Islamabad and [New Delhi] exchanged lists".
func (r *reading) actsBeside(s pieceRange, c candidate) bool {
	if !r.is(s, c.from-1, "and") || c.from-2 < s.first {
		return false
	}
	o := r.covering[c.from-2]
	return o >= 0 && r.found[o].kind == Metonym && r.found[o].to == c.from-1 && !r.is(s, r.found[o].from-1, "in", "near", "of")
}

// seatOf returns the state or organization that a place can stand for. A
// capital whose name is a plain word or shared counts only where the document
// speaks of its state.
func (r *reading) seatOf(c candidate) (*State, *Organization) {
	var state *State
	var org *Organization
	r.lex.names.at(r.pieces[c.from:c.to], func(n int, senses []sense) bool {
		if n != c.to-c.from {
			return false
		}
		for _, m := range senses {
			switch m.kind {
			case senseCapital:
				if s := &r.lex.states[m.index]; state == nil || r.mentionsState(s) {
					state = s
				}
			case senseOrganizationSeat:
				org = &r.lex.organizations[m.index]
			}
		}
		return true
	})
	if state != nil && r.pieces[c.from].class.has(ordinary) && !r.namesState(state) {
		return nil, nil
	}
	return state, org
}

// actsAsGovernment reports whether the capital at candidate i does or undergoes what governments do.
func (r *reading) actsAsGovernment(s pieceRange, i int, heading bool) bool {
	c := r.found[i]
	before, after := c.from-1, c.to
	if outer := r.covering[c.from]; outer != i && outer >= 0 { // Washington accords
		return false
	}
	if before < s.first && r.datelineEnd(s, after) > 0 && !heading {
		return false
	}
	// Baku's stance, but Baku's streets; Moscow-backed, but Nairobi-based.
	if r.possessive(s, after) {
		return !r.has(s, after+1, placeRelation|placeNoun)
	}
	if after < s.last && r.pieces[after].joined {
		return !r.is(s, after, "based", "born", "area", "style", "bound")
	}
	// Tianjin, China: the city with its state.
	if r.is(s, after, ",") && after+1 < s.last && r.covering[after+1] >= 0 {
		if next := r.found[r.covering[after+1]]; next.state != nil && next.kind != Demonym && next.state.Code == c.home || next.class == classPlace && next.kind == Name && next.home == c.home && next.home != "" && !r.is(s, next.to, "and", ",") {
			return false
		}
	}
	if r.isTown(s, after) { // "Dodoma is the capital"
		return false
	}
	if before < s.first {
		return heading || r.actsAfter(s, after) || after < s.last && r.isWord(after) && !r.pieces[after].capital && !r.has(s, after, placeNoun|placeRelation) && r.tag(after) != "ADP"
	}
	switch p := r.pieces[before]; p.key {
	case "in", "at", "near", "outside", "inside", "around", "across", "via", "through", "throughout", "into", "off", "over", "beyond":
		return false
	case "from":
		return !r.recent(s, before, motion|mobile, 4) && r.has(s, before-1, ^(motion|mobile)) && !r.is(s, before-1, "km", "miles", "kilometres", "kilometers", "away", "far", "reporting", "live")
	case "to":
		return !r.recent(s, before, motion|mobile, 3)
	case "of":
		return !r.has(s, before-1, placeRelation|placeNoun|placeHead) && !r.pieces[before-1].capital
	case "and", ",", "or":
		if r.actsAfter(s, after) && p.key == "," && !r.listed(s, before) {
			return true
		}
		if prior := r.conjunct(s, before); prior >= 0 {
			return r.found[prior].kind == Metonym || r.found[prior].class == classState
		}
		return r.actsAfter(s, after)
	case "if", "that", "when", "while", "because", "but", "as", "before", "since", "unless", "until", "whether", "although", "though", "where", "what", "which", "so", "than":
		return after < s.last && (r.is(s, after, ",") || r.isWord(after) && r.tag(after) != "ADP" && !r.has(s, after, placeNoun))
	case "between":
		return !r.recent(s, before, mobile, 2)
	case "the", "a", "an", "this", "downtown", "central", "northern", "southern", "eastern", "western", "greater", "nearby":
		return false
	}
	if r.has(s, before, motion) && !r.is(s, before, "invite", "invited", "head", "heads", "way", "stop", "stops", "hit", "send", "sent", "come", "brought", "bring", "taken", "strike", "struck", "delegation", "moved", "move") {
		return false
	}
	// A noun that the city qualifies: the Vienna talks, Kyiv suburb.
	if r.Tokens[r.pieces[c.to-1].token].Relation == "compound" && after < s.last && r.isWord(after) && !r.actsAfter(s, after) && !r.has(s, after, stopword|saying|determiner) && r.isNoun(after) {
		return r.has(s, after, stateNoun|forceNoun|peopleNoun) && !r.has(s, after, placeRelation)
	}
	return true
}

// isTown reports whether the pieces from i on say what kind of place the
// name before them is: a copula and a noun of places.
func (r *reading) isTown(s pieceRange, i int) bool {
	if !r.is(s, i, "is", "was", "became", "remains", "remained") {
		return false
	}
	for i++; i < s.last && (r.has(s, i, determiner) || r.tag(i) == "ADJ" || r.tag(i) == "DET" || r.is(s, i, "'s")) || r.possessive(s, i); i++ {
	}
	return r.is(s, i, "capital", "city", "town", "port", "seat", "village", "metropolis", "home") || r.has(s, i, placeNoun)
}

// listed reports whether the comma at i separates the items of a list of places.
func (r *reading) listed(s pieceRange, i int) bool {
	prior := r.conjunct(s, i)
	return prior >= 0 && r.found[prior].class == classPlace
}

// conjunct returns the candidate that ends before the conjunction or comma at i, or -1.
func (r *reading) conjunct(s pieceRange, i int) int {
	if i-1 < s.first {
		return -1
	}
	c := r.covering[i-1]
	if c < 0 && r.is(s, i-1, ",") && i-2 >= s.first {
		c = r.covering[i-2]
	}
	if c >= 0 && (r.found[c].class == classPlace || r.found[c].class == classState || r.found[c].kind == Metonym) && r.found[c].to == i {
		return c
	}
	return -1
}

// recent reports whether a word of the class stands among the n pieces before i.
func (r *reading) recent(s pieceRange, i int, class wordClass, n int) bool {
	for j := i - 1; j >= max(s.first, i-n); j-- {
		if r.has(s, j, class) {
			return true
		}
		if !r.isWord(j) {
			return false
		}
	}
	return false
}

// isNoun reports whether the word is a noun, by its tag, or by its ending where there are no tags.
func (r *reading) isNoun(i int) bool {
	if tag := r.tag(i); tag != "" {
		return tag == "NOUN" || tag == "ADJ"
	}
	return false
}

// actsAfter reports whether the pieces from i on begin a predicate.
func (r *reading) actsAfter(s pieceRange, i int) bool {
	if i >= s.last {
		return false
	}
	if r.is(s, i, "and") { // Kigali and Kinshasa agreed
		for j := i + 1; j < min(i+4, s.last); j++ {
			if !r.pieces[j].capital {
				return r.actsAfter(s, j)
			}
		}
	}
	for ; i < s.last && (r.tag(i) == "ADV" || strings.HasSuffix(r.pieces[i].key, "ly") || r.is(s, i, "also", "not", "never", "now", "still", "then", "again", "once")); i++ {
	}
	if i >= s.last {
		return false
	}
	switch tag := r.tag(i); tag {
	case "VERB", "AUX", "PART":
		return true
	case "":
		p := r.pieces[i]
		return p.class.has(saying) || r.is(s, i, "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "shall", "should", "did", "does", "do") ||
			strings.HasSuffix(p.key, "ed") || len(p.key) > 4 && strings.HasSuffix(p.key, "s") && !p.class.has(peopleNoun|forceNoun|organizationHead)
	}
	return false
}
