package nlp

import (
	"strings"
	"unicode/utf8"
)

// weights gathers evidence for the class of a name.
type weights struct{ person, organization, place float64 }

func (w weights) best() (string, float64) {
	top, class := w.person, classPerson
	if w.organization > top {
		top, class = w.organization, classOrganization
	}
	if w.place > top {
		top, class = w.place, classPlace
	}
	if top <= 0 {
		return "", 0
	}
	rest := w.person + w.organization + w.place - top
	return class, min(0.95, 0.5+0.1*(top-max(rest, 0)))
}

// classify weighs what stands in and around an unknown name. It returns ""
// where nothing speaks for any class; the whole document may tell later.
func (n namer) classify(from, to int) (string, float64) {
	var w weights
	n.weighForm(&w, from, to)
	n.weighBefore(&w, from, to)
	n.weighAfter(&w, from, to)
	n.weighModel(&w, from, to)
	return w.best()
}

// weighModel lets the trained model vote on a name that it found too, as far as it is sure.
func (n namer) weighModel(w *weights, from, to int) {
	first, last := n.pieces[from].token, n.pieces[to-1].token+1
	for _, span := range n.modelNames(n.Tokens[first].Sentence) {
		if span.Last <= first || span.First >= last {
			continue
		}
		vote := 2 * span.Score
		if span.First != first || span.Last != last {
			vote /= 2
		}
		switch span.Type {
		case "PER":
			w.person += vote
		case "ORG":
			w.organization += vote
		case "LOC":
			w.place += vote
		}
	}
}

// A modelName is a name that the trained model found: tokens [First, Last) of the document.
type modelName struct {
	First, Last int
	Type        string
	Score       float64
}

// modelNames runs the trained model on a sentence, once, and only where a name is in doubt.
func (r *reading) modelNames(sentence int) []modelName {
	if r.model == nil || r.modeled[sentence] {
		return r.votes[sentence]
	}
	r.modeled[sentence] = true
	s := r.Sentences[sentence]
	var forms, tags []string
	for _, t := range r.Tokens[s.First:s.Last] {
		forms = append(forms, r.Text[t.Start:t.End])
		tags = append(tags, t.Tag)
	}
	for _, span := range r.model.Names(forms, tags) {
		r.votes[sentence] = append(r.votes[sentence], modelName{s.First + span.First, s.First + span.Last, span.Type, span.Score})
	}
	return r.votes[sentence]
}

func (n namer) weighForm(w *weights, from, to int) {
	given, particles, initials, words := 0, 0, 0, 0
	for i := from; i < to; i++ {
		p := n.pieces[i]
		words++
		switch {
		case n.isGiven(i):
			given++
		case p.class.has(particle) && i > from:
			particles++
		case isInitial(n.text(i, i+1)):
			initials++
		}
	}
	first := n.pieces[from]
	switch {
	case given > 0 && n.isGiven(from):
		w.person += 2
	case given > 0 && words > 1:
		w.person++
	}
	if particles > 0 {
		w.person += 1.5
	}
	if initials > 0 && words > 1 {
		w.person += 2
	}
	if words >= 2 && words <= 4 {
		w.person += 0.8
	}
	if words == 1 && n.looksAcronym(from) {
		w.organization += 3
		w.person -= 2
	}
	text := n.text(from, to)
	if i := strings.IndexByte(text, '.'); i > 1 && i+1 < len(text) && text[i+1] != ' ' && words == 1 && !strings.Contains(text[i+1:], ".") {
		w.organization += 3 // Report.az
	}
	if words == 1 && !first.caps && strings.ToLower(text[1:]) != text[1:] {
		w.organization += 1.5 // SpaceX
	}
	if words >= 2 {
		allCaps := true
		for i := from; i < to; i++ {
			allCaps = allCaps && n.pieces[i].caps
		}
		if allCaps {
			w.organization++
		}
	}
}

func (n namer) weighBefore(w *weights, from, to int) {
	i := from - 1
	if i < n.s.first {
		return
	}
	before := n.pieces[i]
	switch {
	case before.class.has(office|honorific) && n.isWord(i) && !n.is(n.s, i, "he", "head", "chief", "general") || n.is(n.s, i, "general") && before.capital:
		w.person += 3.5
	case n.is(n.s, i, ",") && n.officeBefore(i):
		w.person += 2
	case n.possessive(n.s, i) && to-from >= 2 && n.stateAt(i-1):
		w.person += 1.5
	case n.is(n.s, i, "in", "near", "at", "outside", "inside", "around", "across", "throughout"):
		w.place += 2.2
	case n.is(n.s, i, "to", "from", "into", "towards", "of", "between", "through", "via") && to-from <= 2:
		w.place += 0.8
	case n.is(n.s, i, "shelled", "bombed", "captured", "seized", "struck", "besieged", "reached", "entered", "left", "bombing", "shelling", "retook", "stormed"):
		w.place += 1.5
	case n.is(n.s, i, "the"):
		if n.is(n.s, i-1, "in", "near", "at", "around", "across", "outside") {
			w.place++
		}
		w.organization += 1.2
		w.person -= 1.5
	case n.is(n.s, i, "by", "with") && to-from >= 2:
		w.person += 0.5
	case n.is(n.s, i, "as") && n.is(n.s, i-1, "known"):
		w.person += 1
	}
	// The first conjunct tells what the second is.
	if n.is(n.s, i, "and", ",") && i-1 >= n.s.first && n.covering[i-1] >= 0 {
		switch n.found[n.covering[i-1]].class {
		case classPerson:
			w.person++
		case classPlace:
			if to-from == 1 {
				w.place++
			}
		case classOrganization:
			w.organization += 0.5
		}
	}
}

// officeBefore reports whether an office ends shortly before the comma at i: "the President of Chad, X".
func (n namer) officeBefore(i int) bool {
	for j := i - 1; j >= max(n.s.first, i-9); j-- {
		switch {
		case n.is(n.s, j, ",", ";", ".", ":"):
			return false
		case n.has(n.s, j, office):
			return true
		}
	}
	return false
}

func (n namer) stateAt(i int) bool {
	return i >= n.s.first && n.covering[i] >= 0 && (n.found[n.covering[i]].class == classState || n.found[n.covering[i]].class == classOrganization || n.found[n.covering[i]].class == classPlace)
}

func (n namer) weighAfter(w *weights, from, to int) {
	if to >= n.s.last {
		return
	}
	switch after := n.pieces[to]; {
	case n.is(n.s, to, ","):
		n.weighApposition(w, to+1)
	case after.class.has(saying):
		w.person += 0.8
		w.organization += 0.2
	case n.is(n.s, to, "who", "whose"):
		w.person += 2.5
	case n.is(n.s, to, "which"):
		w.organization++
	case n.is(n.s, to, "of") && to-from >= 2 && n.stateSense(to+1):
		w.person++
	case after.joined && n.is(n.s, to, "based"):
		w.place += 2
	case after.class.has(minorPlace) && !after.capital && to-from <= 2:
		w.place += 1.5
	case n.is(n.s, to, "and") && n.coordinatedPlace(to+1):
		w.place += 2
	}
	if after := n.pieces[to]; after.class.has(organizationNoun) && !after.capital && n.isWord(to) {
		w.organization += 2 // the M23 rebels, a Fano militia
	}
}

func (n namer) stateSense(i int) bool {
	if i >= n.s.last {
		return false
	}
	a, ok := n.lexiconAtom(n.s, i)
	return ok && a.kind == atomState
}

// coordinatedPlace reports whether a capitalised word and the noun of places follow: [Kyzyl-Bel and] Kairagach crossings.
func (n namer) coordinatedPlace(i int) bool {
	for j := i; j < min(i+4, n.s.last); j++ {
		if !n.pieces[j].capital {
			return j > i && n.pieces[j].class.has(minorPlace)
		}
	}
	return false
}

// weighApposition reads what follows the comma after a name: "the prime
// minister", "an opposition party", "a town near …", a state.
func (n namer) weighApposition(w *weights, i int) {
	if a, ok := n.lexiconAtom(n.s, i); ok && a.kind == atomState && !n.possessive(n.s, a.to) {
		w.place += 2
		return
	}
	start := i
	for j := i; j < min(i+8, n.s.last); j++ {
		p := n.pieces[j]
		switch {
		case !n.isWord(j) && !n.possessive(n.s, j), n.is(n.s, j, "who", "which", "of", "said", "and") && j > start:
			return
		case p.class.has(office) && !p.class.has(organizationNoun), n.namesOffice(j):
			w.person += 2.5
			return
		case p.class.has(organizationNoun) && (n.has(n.s, j+1, office) && !n.pieces[j+1].class.has(organizationNoun) || n.possessive(n.s, j+1)): // a ministry spokeswoman, the council's chairwoman
		case n.is(n.s, start, "a", "an", "the", "its", "one") && p.class.has(organizationNoun):
			w.organization += 3
			return
		case n.is(n.s, start, "a", "an", "the") && p.class.has(placeNoun):
			w.place += 2.5
			return
		}
	}
}

// namesOffice reports whether an office of several words begins at i: foreign policy chief.
func (n namer) namesOffice(i int) bool {
	k, _ := n.officeAt(n.s, i)
	return k > 1
}

// settleNames decides on names that their sentences left open, by what the
// whole document says: a surname used alone, a name met in a clearer place.
func (r *reading) settleNames() {
	surnames := map[string]bool{}
	classes := map[string]string{}
	for _, c := range r.found {
		if c.kind != Name || c.class == "" {
			continue
		}
		if c.class == classPerson {
			for _, part := range strings.Fields(c.name) {
				surnames[fold(part)] = true
			}
		}
		if c.confidence >= 0.6 {
			classes[fold(c.name)] = c.class
		}
	}
	kept := r.found[:0]
	renumbered := make([]int, len(r.found))
	for i, c := range r.found {
		text := r.Text[c.Start:c.End]
		key := fold(text)
		single := c.to-c.from == 1
		if c.class == "" || c.confidence < 0.75 && c.kind == Name && c.state == nil && c.org == nil {
			switch class := classes[key]; {
			case class != "":
				c.class, c.confidence = class, 0.75
			case single && surnames[key]:
				c.class, c.confidence = classPerson, 0.8
			case c.class == "" && !single:
				c.class, c.confidence = classPerson, 0.5
			}
		} else if c.class == classPlace && single && surnames[key] && c.state == nil && !r.inPlace(c.from) {
			c.class, c.confidence = classPerson, 0.8 // a surname that is a town's name too
		}
		if c.class == "" {
			if !single || utf8.RuneCountInString(text) < 4 {
				renumbered[i] = -1
				continue
			}
			c.class, c.confidence = classPerson, 0.4
		}
		renumbered[i] = len(kept)
		kept = append(kept, c)
	}
	r.found = kept
	for i := range r.found {
		if o := r.found[i].owner; o >= 0 {
			r.found[i].owner = renumbered[o]
		}
	}
	for i, o := range r.covering {
		if o >= 0 {
			r.covering[i] = renumbered[o]
		}
	}
}

func (r *reading) inPlace(i int) bool {
	if i == 0 {
		return false
	}
	switch r.pieces[i-1].key {
	case "in", "near", "at", "outside", "around":
		return true
	}
	return false
}
