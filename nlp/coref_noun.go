package nlp

import (
	"slices"
	"strings"
)

// refersTo returns the entity that a noun phrase means, -1 when that is not
// safe to say, with the confidence.
func (a *antecedents) refersTo(np *nounPhrase) (int, float64) {
	owners := a.ownersOf(np)
	start := a.pieces[np.from].Start
	if np.class.has(forceNoun) && len(owners) > 0 {
		return a.body(np, owners)
	}
	if np.class.has(partyNoun) && np.plural && np.number >= 2 && np.determiner != "a" && len(owners) == 0 {
		if m := a.summed(start, np.number, np.word); m != nil {
			return a.group(m, ""), 0.7
		}
	}
	if np.class.has(peopleNoun) && np.plural {
		if e := a.people(np, owners); e >= 0 {
			return e, 0.7
		}
	}
	definite := np.determiner == "the" || np.determiner == "this" || np.determiner == "that" || np.determiner == "'s"
	switch {
	case np.plural && !np.class.has(organizationNoun|agreementNoun):
		return -1, 0
	case np.class.has(stateNoun) && definite && len(owners) == 0 && np.to == np.end && a.bare(np):
		meant := a.stateMeant
		if np.word == "government" || np.word == "authorities" || np.word == "regime" {
			meant = a.bodyOwner
		}
		if e := meant(start); e >= 0 {
			return e, 0.65
		}
	case np.class.has(stateNoun) && len(owners) == 1 && a.class(owners[0]) == classState && (np.word == "government" || np.word == "authorities" || np.word == "regime"):
		return owners[0], 0.9
	}
	if np.class.has(agreementNoun) {
		if e := a.agreement(np, definite); e >= 0 {
			return e, 0.7
		}
	}
	if np.class.has(organizationNoun) && definite && len(owners) == 0 {
		if e := a.organization(np); e >= 0 {
			return e, 0.75
		}
	}
	if np.class.has(forceNoun) && definite && len(owners) == 0 && a.bare(np) && (np.word == "army" || np.word == "military" || np.word == "police" || np.word == "parliament" || np.word == "presidential guard" || np.word == "foreign ministry") {
		if state := a.bodyOwner(start); state >= 0 {
			e, _ := a.body(np, []int{state})
			if d := &a.entities[e]; d.org == nil && !strings.Contains(d.Name, " of ") && strings.HasPrefix(d.Name, np.word) {
				d.Name += " of " + a.entities[state].Name
				d.ID = slug(d.Name)
			}
			return e, 0.6
		}
	}
	if np.class.has(placeNoun) && definite && len(owners) == 0 && np.to == np.end && a.bare(np) {
		if e := a.place(np, start); e >= 0 {
			return e, 0.6
		}
	}
	return -1, 0
}

// bare reports whether no adjective stands between the determiner and the noun:
// "the country", not "the poorest country".
func (a *antecedents) bare(np *nounPhrase) bool { return np.noun-np.from <= 1 }

func (a *antecedents) ownersOf(np *nounPhrase) []int {
	var out []int
	for _, o := range np.owners {
		if e := a.found[o].entity; e >= 0 && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// body returns the entity of an armed or state body named by whose it is:
// Armenian forces, the Sudanese army, Peru's embassy. A government is its state.
func (a *antecedents) body(np *nounPhrase, owners []int) (int, float64) {
	for _, o := range owners {
		if c := a.class(o); c != classState && c != classPlace {
			return -1, 0
		}
	}
	switch np.word {
	case "government", "authorities":
		if len(owners) == 1 {
			return owners[0], 0.85
		}
		return -1, 0
	case "mission", "delegation", "guards", "intelligence", "opposition", "security":
		if np.determiner != "the" && np.determiner != "'s" {
			return -1, 0
		}
	}
	if e := a.knownBody(np, owners); e >= 0 {
		return e, 0.85
	}
	key := "body " + np.word
	for _, o := range owners {
		key += " " + a.entities[o].ID
	}
	name := a.text(np.from, np.to)
	if np.determiner == "the" {
		name = a.text(np.from+1, np.to)
	}
	e := a.create(key, classOrganization, name, 0.75)
	a.entities[e].noun = np.word
	if len(owners) == 1 && a.class(owners[0]) == classState {
		a.entities[e].Country = a.entities[owners[0]].Code
	}
	return e, 0.75
}

// knownBody returns the ministry of a state, or the army that the lexicon knows, or -1.
func (a *antecedents) knownBody(np *nounPhrase, owners []int) int {
	if len(owners) != 1 || a.entities[owners[0]].state == nil {
		return -1
	}
	state := a.entities[owners[0]].state
	if field := ministryField(strings.Fields(np.word)); field != "" {
		return a.ministryOf(field, state)
	}
	if np.word == "army" || np.word == "military" || np.word == "armed forces" {
		for i := range a.lex.organizations {
			if o := &a.lex.organizations[i]; o.Kind == "military" && o.PartOf == state.Code && (strings.Contains(o.Name, "Armed Forces") || strings.Contains(o.Name, "Army") || strings.Contains(o.Name, "Defense")) {
				return a.linkOrganization(o)
			}
		}
	}
	return -1
}

// people returns the group that a plural means: "six Indian diplomats",
// "protesters", "the Bahraini side" has its own noun.
func (a *antecedents) people(np *nounPhrase, owners []int) int {
	if np.class.has(stateNoun) || np.number >= 2 && len(owners) == 0 && np.class.has(partyNoun) {
		return -1
	}
	bareKinds := map[string]bool{"protesters": true, "protestors": true, "demonstrators": true, "mediators": true, "officials": true, "traders": true, "lawmakers": true}
	named := len(owners) > 0 || np.to > np.end
	if named && (!a.subjectOrObject(np) || a.byMetonym(np)) {
		return -1
	}
	if !(np.quantified && !np.class.has(stateNoun) && a.subjectOrObject(np)) && !named && !(np.determiner == "" && bareKinds[np.word] && a.subjectOrObject(np)) {
		return -1
	}
	if np.word == "people" || np.word == "members" && !named || np.word == "two" || np.word == "three" || np.word == "powers" {
		return -1
	}
	name := a.text(np.from, np.to)
	return a.create("people "+fold(name), classGroup, name, 0.6)
}

// byMetonym reports whether the noun's owner is but a capital in front of it: "Khartoum sides with …".
func (a *antecedents) byMetonym(np *nounPhrase) bool {
	return len(np.owners) == 1 && a.found[np.owners[0]].kind == Metonym && np.determiner == ""
}

// subjectOrObject reports whether the noun takes part in what is said, rather than in a circumstance.
func (a *antecedents) subjectOrObject(np *nounPhrase) bool {
	switch rel := a.Tokens[a.pieces[np.end-1].token].Relation; {
	case rel == "", strings.HasPrefix(rel, "nsubj"), rel == "obj", rel == "iobj":
		return true
	}
	return false
}

// stateMeant returns the state that "the country" or "the government" means:
// the one spoken of last, by name or through a person who acts for it.
func (a *antecedents) stateMeant(at int) int {
	here := a.sentenceAt(at)
	best, where := -1, -1
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		c := a.found[a.history[k]]
		if c.Start >= at || c.End > at-3 || a.sentenceAt(c.Start) < here-2 || c.Start < where {
			continue
		}
		e := -1
		switch a.class(c.entity) {
		case classState:
			// "US respect for the country": whose respect it is, is not the country
			if a.sentenceAt(c.Start) == here && c.to < len(a.pieces) && a.tag(c.to) == "NOUN" && a.pieces[c.to-1].token+4 >= a.tokenAt(at) {
				continue
			}
			e = c.entity
		case classPerson:
			e = a.stateOfPerson(c.entity)
		}
		if e >= 0 {
			best, where = e, c.Start
		}
	}
	if best >= 0 {
		return best
	}
	return a.stateBefore(at, -1)
}

func (a *antecedents) tokenAt(offset int) int {
	s := a.sentences[a.sentenceAt(offset)]
	for i := s.first; i < s.last; i++ {
		if a.pieces[i].End > offset {
			return a.pieces[i].token
		}
	}
	return 0
}

// organizationKinds tells which nouns refer back to which kinds of organization.
var organizationKinds = map[string]string{
	"bloc": "bloc igo alliance", "regional bloc": "bloc igo", "grouping": "bloc igo alliance", "alliance": "alliance bloc", "military alliance": "alliance",
	"organization": "igo bloc agency alliance ngo", "organisation": "igo bloc agency alliance ngo", "body": "igo council agency court commission bloc",
	"union": "bloc igo", "community": "bloc igo", "group": "armed-group bloc party group", "rebels": "armed-group", "rebel group": "armed-group", "armed group": "armed-group",
	"militia": "armed-group", "insurgents": "armed-group", "militants": "armed-group", "movement": "armed-group party", "paramilitaries": "armed-group military", "paramilitary": "armed-group", "faction": "armed-group party",
	"army": "military", "party": "party", "ruling party": "party", "court": "court", "tribunal": "court", "bank": "bank", "lender": "bank", "fund": "bank",
	"agency": "agency medium", "news agency": "medium", "newspaper": "medium", "paper": "medium", "broadcaster": "medium", "council": "council", "commission": "commission",
	"committee": "committee", "company": "company", "firm": "company", "parliament": "parliament assembly", "assembly": "assembly parliament", "legislature": "parliament assembly",
	"chamber": "parliament", "senate": "parliament", "mission": "mission", "watchdog": "agency", "ministry": "ministry", "platform": "platform", "network": "medium",
	"league": "bloc", "forum": "bloc", "institution": "bank igo bloc court", "secretariat": "agency", "embassy": "embassy", "front": "", "federation": "", "confederation": "", "administration": "",
}

// organization returns the organization mentioned last that the noun can mean, by its kind or the words of its name.
func (a *antecedents) organization(np *nounPhrase) int {
	head := a.pieces[np.end-1].key
	kinds := strings.Fields(organizationKinds[np.word])
	at := a.pieces[np.from].Start
	if e := a.last(at, 12, func(e int) bool {
		d := &a.entities[e]
		return d.Class == classOrganization && (d.org != nil && d.org.Kind == head || d.noun == np.word || d.noun == "" && slices.Contains(phraseWords(d.Name), head))
	}); e >= 0 {
		return e
	}
	return a.last(at, 6, func(e int) bool {
		d := &a.entities[e]
		if d.Class != classOrganization || d.noun != "" {
			return false
		}
		if d.org != nil && slices.Contains(kinds, d.org.Kind) {
			return true
		}
		words := phraseWords(d.Name)
		// A name whose head word the noun paraphrases: the movement for a Front.
		for _, w := range words {
			for _, k := range kinds {
				if d.org == nil && (w == k || k == "party" && w == "party" || k == "armed-group" && (w == "army" || w == "front" || w == "forces")) {
					return true
				}
			}
		}
		return d.org == nil && d.described == np.word
	})
}

// agreement returns the agreement that the noun means: one of that head word,
// or for general words the one mentioned last; a new one where the text
// introduces it as the object of signing or adopting.
func (a *antecedents) agreement(np *nounPhrase, definite bool) int {
	head := a.pieces[np.end-1].key
	at := a.pieces[np.from].Start
	general := slices.Contains([]string{"document", "text", "agreement", "pact", "deal", "accord"}, head)
	if definite && len(np.owners) == 0 {
		if e := a.last(at, 8, func(e int) bool {
			d := &a.entities[e]
			return d.Class == classAgreement && (general && !isLaw(d.Name) || slices.Contains(phraseWords(d.Name), head) || d.noun == head)
		}); e >= 0 {
			return e
		}
	}
	if np.class.has(stateNoun|organizationNoun) || head == "statement" && !a.signed(np) || np.plural && !np.class.has(agreementNoun) {
		return -1
	}
	if np.determiner == "a" || np.determiner == "an" || np.to > np.end && definite {
		if !a.signed(np) && np.to == np.end {
			return -1
		}
		name := a.text(np.from, np.to)
		_, name, _ = strings.Cut(name, " ")
		e := a.create("agreement "+fold(name), classAgreement, name, 0.6)
		a.entities[e].noun = head
		return e
	}
	return -1
}

// isLaw reports whether an agreement is of the kind that one refers to, not the news itself.
func isLaw(name string) bool {
	for _, w := range phraseWords(name) {
		if w == "charter" || w == "constitution" || w == "convention" {
			return true
		}
	}
	return false
}

// signed reports whether the phrase is an object of signing, adopting or concluding.
func (a *antecedents) signed(np *nounPhrase) bool {
	for t := a.pieces[np.from].token - 1; t >= a.Sentences[a.Tokens[a.pieces[np.from].token].Sentence].First; t-- {
		tok := a.Tokens[t]
		if tok.Tag != "VERB" {
			continue
		}
		return signing[tok.Lemma]
	}
	noun := a.Tokens[a.pieces[np.end-1].token]
	return noun.Relation == "nsubj:pass" && noun.Head >= 0 && signing[a.Tokens[noun.Head].Lemma]
}

// signing holds the verbs that make, or pass judgement on, an agreement.
var signing = map[string]bool{
	"sign": true, "adopt": true, "conclude": true, "ratify": true, "agree": true, "approve": true, "reach": true, "initial": true,
	"ink": true, "negotiate": true, "prepare": true, "pass": true, "draft": true, "seal": true, "endorse": true, "announce": true,
	"propose": true, "reject": true, "veto": true, "finalise": true, "finalize": true,
}

// place returns the region, city or territory that the noun means, or -1.
func (a *antecedents) place(np *nounPhrase, at int) int {
	region := np.word == "region" || np.word == "territory" || np.word == "area" || np.word == "enclave" || np.word == "peninsula" || np.word == "province" || np.word == "strait"
	return a.last(at, 2, func(e int) bool {
		d := &a.entities[e]
		if d.Class != classPlace {
			return false
		}
		isRegion := false
		isCity := false
		for _, m := range a.lex.names.word(strings.Join(phraseWords(d.Name), " ")) {
			isRegion = isRegion || m.kind == senseRegion
			isCity = isCity || m.kind == senseCity || m.kind == senseCapital
		}
		return region && isRegion || (np.word == "city" || np.word == "town") && isCity
	})
}
