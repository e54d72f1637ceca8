package nlp

import "slices"

// bodyOwner returns the state whose body a bare "the foreign ministry" or "the
// government" is, or -1 when that is not safe to say. Such a body speaks of what
// its own state does: "Norway expelled two Russian diplomats, the foreign
// ministry said". So it belongs to the state that acts in its sentence or, where
// none does, in one of the two before; else to the one that the text is dated
// from. A state that is only acted upon says nothing of whose body it is.
func (a *antecedents) bodyOwner(at int) int {
	written := a.writtenIn()
	here := a.sentenceAt(at)
	for sentence := here; sentence >= max(0, here-2); sentence-- {
		actors, speaking := a.actingStates(sentence, at)
		switch {
		case len(actors) == 0:
			continue
		case len(actors) > 1 && slices.Contains(actors, written):
			return written
		case len(actors) > 1, written >= 0 && written != actors[0] && !(speaking && sentence == here):
			return -1 // either can have said it
		}
		return actors[0]
	}
	if written >= 0 {
		return written
	}
	return a.onlyState(at)
}

// actingStates returns the states that are the subject of the first clause of a
// sentence before the offset, by name, by one who acts for them or by a body of
// theirs: several where they are coordinated. It also reports whether it is one
// of its people, who means his own: "the Chilean minister said the government …".
func (a *antecedents) actingStates(sentence, before int) (states []int, person bool) {
	first := -1
	for k := len(a.history) - 1; k >= 0; k-- {
		i := a.history[k]
		c := a.found[i]
		if a.sentenceAt(c.Start) < sentence-1 {
			break
		}
		if a.sentenceAt(c.Start) != sentence || c.Start >= before || a.actsFor(i) < 0 {
			continue
		}
		if first < 0 || c.Start < a.found[first].Start {
			first = i
		}
	}
	if first < 0 {
		return nil, false
	}
	states = []int{a.actsFor(first)}
	for _, list := range a.seriesBefore(before, classState) {
		if list.start == a.found[first].Start {
			states = list.entities
		}
	}
	return states, a.class(a.found[first].entity) == classPerson
}

// actsFor returns the state that a mention acts for as the subject of an active
// clause; -1 for other mentions, and for what a text brings in as someone from
// elsewhere: "a Turkish delegation".
func (a *antecedents) actsFor(i int) int {
	c := a.found[i]
	if a.Tokens[a.head(i)].Relation == "nsubj:pass" || a.pieces[c.from].class.has(determiner) && a.pieces[c.from].key != "the" || !a.isSubject(i) {
		return -1
	}
	e := &a.entities[c.entity]
	switch {
	case e.Class == classState && c.kind != Demonym:
		return c.entity
	case e.Class == classPerson:
		return a.stateOfPerson(c.entity)
	case e.Class == classOrganization && e.Country != "":
		return a.stateNamed(e.Country)
	}
	return -1
}

// writtenIn returns the state of the place that the text is dated from, or -1.
func (a *antecedents) writtenIn() int {
	if a.dated == nil {
		state := a.findWrittenIn()
		a.dated = &state
	}
	return *a.dated
}

func (a *antecedents) findWrittenIn() int {
	line, dated := FindDateline(a.Text)
	if !dated {
		return -1
	}
	for _, i := range a.order {
		switch c := a.found[i]; {
		case c.Start > line.End:
			return -1
		case !line.Contains(c.Span):
		case c.class == classState && c.entity >= 0:
			return c.entity
		case c.home != "" && a.isCapital(i):
			return a.linkState(&a.lex.states[a.lex.stateOf[c.home]])
		case c.home != "":
			return a.stateNamed(c.home)
		}
	}
	return -1
}

// isCapital reports whether a place is the capital of a state.
func (a *antecedents) isCapital(i int) bool {
	state, _ := a.seatOf(a.found[i])
	return state != nil && state.Code == a.found[i].home
}

// stateNamed returns the entity of a state that the text names, or -1.
func (a *antecedents) stateNamed(code string) int {
	if e, ok := a.byKey["state "+code]; ok {
		return e
	}
	return -1
}

// onlyState returns the one state spoken of in the sentence of the offset and
// the two before, where it is named and not just an adjective; or -1.
func (a *antecedents) onlyState(at int) int {
	here := a.sentenceAt(at)
	only, named := -1, false
	for k := len(a.history) - 1; k >= 0; k-- {
		c := a.found[a.history[k]]
		if a.sentenceAt(c.Start) < here-3 {
			break
		}
		if c.Start >= at || a.sentenceAt(c.Start) < here-2 || c.class != classState {
			continue
		}
		if only >= 0 && c.entity != only {
			return -1
		}
		only = c.entity
		named = named || c.kind == Name
	}
	if !named {
		return -1
	}
	return only
}
