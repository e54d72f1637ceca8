package nlp

import (
	"slices"
	"strings"
)

// titled resolves a position that no name stands beside: "Armenia’s Foreign
// Minister", "the premier", "The Foreign Ministers of Armenia and Pakistan".
//
// It reports whether the title's words are spoken for.
func (a *antecedents) titled(s pieceRange, p *position) bool {
	last := a.Tokens[a.pieces[p.to-1].token]
	if last.Relation == "compound" && !a.pieces[p.to-1].capital && p.to < s.last && a.isWord(p.to) && a.tag(p.to) == "NOUN" {
		return true // "party leader elections"
	}
	owners := a.ownerEntities(p)
	if p.plural {
		return a.titledGroup(s, p, owners)
	}
	if !p.definite || p.titles[0].former {
		return true
	}
	owner := -1
	switch {
	case len(owners) > 0:
		owner = owners[0]
	case p.superior >= 0:
		owner = a.found[p.superior].entity
	case p.pronoun >= 0:
		owner = a.possessor(p)
	}
	start := a.pieces[p.from].Start
	if e := a.holderOf(p, owner, start); e >= 0 {
		a.refer(p.from, p.to, Nominal, e, 0.8)
		return true
	}
	if owner < 0 || a.isRank(p, p.titles[0]) && p.pronoun < 0 {
		return true
	}
	name := a.titleText(p, p.titles[0])
	if name == "" {
		return true
	}
	e := a.create("titled "+strings.ToLower(name)+" "+a.entities[owner].ID, classPerson, name+" of "+a.entities[owner].Name, 0.7)
	a.refer(p.from, p.to, Nominal, e, 0.7)
	return true
}

// possessor returns the entity that the pronoun or noun before a title stands for, or -1.
func (a *antecedents) possessor(p *position) int {
	at := a.pieces[p.pronoun]
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-10; k-- {
		if c := a.found[a.history[k]]; c.from == p.pronoun {
			return c.entity
		}
	}
	if at.class.has(stateNoun) {
		return a.stateBefore(at.Start, -1)
	}
	return -1
}

// holderOf returns the person who holds the position by a tenure of the
// document and was mentioned last, or -1.
func (a *antecedents) holderOf(p *position, owner, at int) int {
	name := strings.ToLower(a.text(p.titles[0].from, p.titles[0].to))
	state := owner
	if owner >= 0 && a.class(owner) == classPerson {
		return -1 // his spokesperson is none of those named
	}
	holds := func(e int) bool {
		for _, i := range a.tenures.of[e] {
			t := &a.Tenures[i]
			if t.Former || state >= 0 && t.Of >= 0 && t.Of != state && a.stateOfPerson(e) != state {
				continue
			}
			if refersBack(name, t.Position) {
				return true
			}
		}
		return false
	}
	if e := a.last(at, 8, holds); e >= 0 {
		return e
	}
	// The titles of others come later in the text: a headline's President X.
	if owner < 0 {
		return -1
	}
	for _, i := range a.tenures.onBehalf[owner] {
		if e := a.Tenures[i].Person; holds(e) {
			return e
		}
	}
	return -1
}

// refersBack reports whether a title used alone can mean a position: "the
// minister" a foreign minister, "the leader" a president, "the envoy" an ambassador.
func refersBack(short, position string) bool {
	long := strings.ToLower(position)
	if sameTitle(short, long) || shortened(short, long) {
		return true
	}
	kinds := map[string][]string{
		"leader":     {"president", "prime minister", "premier", "king", "emir", "sultan", "chancellor", "taoiseach", "supreme leader", "crown prince"},
		"ruler":      {"emir", "sultan", "king"},
		"monarch":    {"king", "queen", "emir", "sultan", "emperor"},
		"premier":    {"prime minister"},
		"envoy":      {"ambassador", "envoy", "representative"},
		"diplomat":   {"ambassador", "envoy", "foreign minister", "foreign secretary", "minister of foreign affairs", "chargé", "representative"},
		"spokesman":  {"spokesperson"},
		"politician": {"leader", "senator", "mp", "minister"},
	}
	for _, k := range kinds[short] {
		if strings.Contains(long, k) {
			return true
		}
	}
	return false
}

// titledGroup resolves a plural title: its holders where they are known.
func (a *antecedents) titledGroup(s pieceRange, p *position, owners []int) bool {
	title := a.titleText(p, p.titles[0])
	singular := strings.ToLower(title)
	if singular == "diplomat" || singular == "lawyer" || singular == "politician" || singular == "lawmaker" || singular == "judge" {
		return false // callings rather than offices: counted, not held
	}
	start := a.pieces[p.from].Start
	from := p.from
	n := 0
	if from-1 >= s.first && numbers[a.pieces[from-1].key] > 0 {
		from--
		n = numbers[a.pieces[from].key]
	} else if numbers[a.pieces[from].key] > 0 {
		n = numbers[a.pieces[from].key]
	}
	if from-1 >= s.first && a.is(s, from-1, "the", "these") {
		from--
	}
	if len(owners) == 0 {
		if n >= 2 {
			if m := a.persons(start, n); m != nil {
				a.refer(from, p.to, Nominal, a.group(m, ""), 0.7)
			}
		}
		return true
	}
	var members []int
	for _, o := range owners {
		for own := a.tenures.onBehalf[o]; len(own) > 0; own = own[:len(own)-1] {
			t := a.Tenures[own[len(own)-1]]
			if !t.Former && refersBack(strings.ToLower(title), t.Position) && !slices.Contains(members, t.Person) {
				members = append(members, t.Person)
				break
			}
		}
	}
	name := title + "s of " + a.joined(owners)
	if len(members) == len(owners) && len(members) > 1 {
		a.refer(from, p.to, Nominal, a.group(members, name), 0.85)
		return true
	}
	// Nobody is named: the group stands for those on whose behalf its members act.
	e := a.create("titles "+strings.ToLower(name), classGroup, name, 0.7)
	if len(owners) > 1 {
		a.entities[e].Members, a.entities[e].noun = owners, "titles"
	}
	a.refer(from, p.to, Nominal, e, 0.75)
	return true
}
