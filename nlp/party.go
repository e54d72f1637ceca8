package nlp

import (
	"slices"
	"strings"
)

// A party is an entity in a grammatical place, and the state or body that acts in it.
type party struct {
	entity int
	acting []int // the entity itself, the state it acts for, or the members of a group
}

// parties gives who stands at the heads: the entities, or for plain nouns of
// persons and bodies ("Iranian officials") those whose they are.
func (r *analysis) parties(heads []int) []party {
	var out []party
	seen := map[int]bool{}
	for _, h := range heads {
		for _, p := range r.partiesAt(h, 0) {
			if !seen[p.entity] {
				seen[p.entity] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// unnamedParties gives the plain nouns of people among the heads that stand for
// nobody with a name. Sites are parties of relations only.
func (r *analysis) unnamedParties(heads []int) []party {
	var out []party
	for _, h := range heads {
		if len(r.partiesAt(h, 0)) > 0 {
			continue
		}
		if e := r.unnamedAt(h); e >= 0 && !slices.ContainsFunc(out, func(p party) bool { return p.entity == e }) {
			out = append(out, party{e, []int{e}})
		}
	}
	return out
}

func (r *analysis) partiesAt(h, depth int) []party {
	var out []party
	if tok := r.doc.Tokens[h].Span; len(r.headed[h]) > 1 { // "Bahraini-Qatari": two mentions in one token
		for _, m := range r.headed[h] {
			if tok.Contains(r.doc.Mentions[m].Span) && tok != r.doc.Mentions[m].Span {
				out = append(out, r.party(r.doc.Mentions[m].Entity))
			}
		}
		if len(out) > 1 {
			return out
		}
		out = nil
	}
	e := r.entityAt(h)
	if e >= 0 && r.is(h, "obj", "iobj", "obl") && (r.tag(h) == "PRON" && !strings.Contains(r.word(h), "sel") || r.nominalAt(h)) {
		for _, s := range r.surfaceSubject(r.predicate(h)) {
			if r.entityAt(s) == e { // what is no reflexive is not the subject
				e = -1
				break
			}
		}
	}
	if e < 0 && depth == 0 {
		if several := r.pronounAt(h); len(several) > 1 {
			for _, e := range several {
				out = append(out, r.party(e))
			}
			return out
		} else if len(several) == 1 {
			e = several[0]
		}
	}
	if e >= 0 {
		p := r.party(e)
		if r.class(e) == "Group" && len(p.acting) == 1 && p.acting[0] == e || r.class(e) == "Person" && p.acting[0] == e {
			noun := h
			if m := r.mentionAt(h); m >= 0 {
				noun = r.doc.Mentions[m].Head
			}
			states := r.owners(h) // "Iranian officials"
			if len(states) == 0 {
				states = r.owners(noun)
			}
			if m := r.mentionAt(h); m >= 0 && len(states) == 0 && r.class(e) == "Person" && r.doc.Mentions[m].Kind == Nominal {
				for _, o := range r.doc.Mentions { // "the US Secretary of state", however it was parsed
					if o.Class == "State" && o.Entity != e && o.Entity < r.named && o.Start <= r.doc.Mentions[m].Start+4 && r.doc.Mentions[m].Contains(o.Span) {
						states = r.actsFor(o.Entity, 0)
					}
				}
			}
			if r.class(e) == "Group" && r.tag(noun) == "NOUN" && !actingNoun(r.lemma(noun)) && !actingNoun(singularNoun(r.word(noun))) {
				states = slices.DeleteFunc(states, func(s int) bool { return r.class(s) == "State" }) // "fighters from Chad", "Kenyan activists"
			}
			if len(states) > 0 {
				p.acting = states
			}
		}
		return []party{p}
	}
	if other := r.otherOne(h); depth == 0 && other >= 0 {
		return []party{r.party(other)}
	}
	if both := r.bothOfThem(h); depth == 0 && both != nil {
		for _, e := range both {
			out = append(out, r.party(e))
		}
		return out
	}
	if depth <= 3 && (slices.Contains(quantities, r.lemma(h)) || slices.Contains(shares, r.lemma(h)) || r.tag(h) == "NUM") {
		for _, o := range r.oblique(h, "of") {
			if !r.peopleOf(o) {
				out = append(out, r.partiesAt(o, depth+1)...)
			}
		}
		return out
	}
	irregular := slices.Contains(irregulars, singularNoun(r.word(h)))
	if depth > 3 || !irregular && !actingNoun(r.lemma(h)) {
		return nil
	}
	for _, o := range r.ownerHeads(h) {
		found := r.partiesAt(o, depth+1)
		for n := 0; found == nil && n < 3; n++ { // "the ministry of defence of Peru"
			deeper := r.possessor(o)
			if len(deeper) == 0 {
				break
			}
			o = deeper[0]
			found = r.partiesAt(o, depth+1)
		}
		if irregular { // rebels from Chad do not act for Chad
			found = slices.DeleteFunc(found, func(p party) bool {
				return slices.ContainsFunc(p.acting, func(e int) bool { return r.class(e) == "State" || r.class(e) == "Place" })
			})
		}
		out = append(out, found...)
	}
	return out
}

// nominalAt reports whether the head is that of a description of no person: "the country".
func (r *analysis) nominalAt(h int) bool {
	m := r.mentionAt(h)
	return m >= 0 && r.doc.Mentions[m].Kind == Nominal && r.doc.Mentions[m].Head == h && r.doc.Mentions[m].Class != "Person"
}

// pronounAt gives the entities that a personal pronoun without a mention stands
// for: the subject of the nearest clause around it that fits ("Norway said
// that it was leaving"), or nil.
func (r *analysis) pronounAt(h int) []int {
	if r.tag(h) != "PRON" {
		return nil
	}
	if q := r.quoted[h]; q >= 0 && slices.Contains([]string{"we", "us", "our", "ours", "i", "my", "me"}, r.word(h)) {
		if speaker := r.doc.Quotations[q].Speaker; speaker >= 0 {
			return []int{speaker}
		}
		return nil
	}
	var fits func(class string, n int) bool
	switch r.word(h) {
	case "it", "its", "itself":
		fits = func(class string, n int) bool { return n == 1 && (class == "State" || class == "Organization") }
	case "they", "their", "them", "themselves":
		fits = func(class string, n int) bool { return n > 1 || class == "Group" || class == "Organization" }
	case "he", "she", "his", "her", "him", "himself", "herself":
		fits = func(class string, n int) bool { return n == 1 && class == "Person" }
	default:
		return nil
	}
	v := r.predicate(h)
	for n := 0; n < deepest; n++ {
		heads := r.surfaceSubject(v)
		object := n == 0 && r.is(h, "obj", "obl", "iobj") && !strings.Contains(r.word(h), "sel")
		if !object && len(heads) > 0 && heads[0] < h && !slices.Contains(heads, h) {
			if e := r.entityAt(heads[0]); e >= 0 && fits(r.class(e), len(heads)) {
				out := []int{e}
				for _, other := range heads[1:] {
					if e := r.entityAt(other); e >= 0 && !slices.Contains(out, e) {
						out = append(out, e)
					}
				}
				return out
			}
		}
		up := r.head(v)
		if up < 0 {
			return nil
		}
		if n == 0 && object && r.parallel(v, h) {
			return nil // "Peru opposes it; Chile supports it": neither is the other
		}
		own := heads // a pronoun is not the subject of its own clause
		v = r.predicate(up)
		if !object {
			continue
		}
		doer := -1
		if len(own) > 0 {
			doer = r.entityAt(own[0])
		}
		for _, c := range append(r.logicalObject(v), r.deepObliques(v)...) {
			if e := r.entityAt(c); c < h && e >= 0 && e != doer && fits(r.class(e), 1) {
				return []int{e}
			}
		}
	}
	return nil
}

// parallel reports whether the clause that a clause goes on from has the same pronoun as its object.
func (r *analysis) parallel(v, pronoun int) bool {
	up := r.head(v)
	if up < 0 || !r.is(v, "conj", "parataxis") {
		return false
	}
	return slices.ContainsFunc(r.all(up, "obj"), func(o int) bool { return r.tag(o) == "PRON" && r.word(o) == r.word(pronoun) })
}

// deepObliques gives what prepositions tie to a verb or to its object.
func (r *analysis) deepObliques(v int) []int {
	out := r.all(v, "obl")
	for _, o := range r.all(v, "obj", "obl") {
		out = append(out, r.all(o, "nmod")...)
	}
	return out
}

// ownerHeads gives the phrases that say whose a person or body is.
func (r *analysis) ownerHeads(h int) []int {
	if o := r.nationality(h); len(o) > 0 {
		return o
	}
	if o := r.possessor(h); len(o) > 0 {
		return o
	}
	for _, prep := range []string{"from", "for"} {
		if o := r.oblique(h, prep); len(o) > 0 {
			return o
		}
	}
	if slices.Contains(homeNouns, singularNoun(r.word(h))) {
		return slices.DeleteFunc(r.oblique(h, "in"), func(o int) bool { return r.classAt(o) != "State" })
	}
	return nil
}

// owners gives the states whose people or bodies stand at the head.
func (r *analysis) owners(h int) []int {
	var out []int
	for _, o := range r.ownerHeads(h) {
		if e := r.entityAt(o); e >= 0 && (r.class(e) == "State" || r.class(e) == "Organization" || r.class(e) == "Group") {
			for _, a := range r.actsFor(e, 0) {
				if !slices.Contains(out, a) && r.class(a) != "Group" {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// party says for whom an entity acts.
func (r *analysis) party(e int) party { return party{e, r.actsFor(e, 0)} }

func (r *analysis) actsFor(e, depth int) []int {
	if depth > 4 {
		return []int{e}
	}
	switch r.class(e) {
	case "Person":
		if of := r.employer(e); of >= 0 {
			return r.actsFor(of, depth+1)
		}
		if of := r.led(e); of >= 0 {
			return []int{of}
		}
		if of := r.describedAs(e, depth); len(of) > 0 {
			return of
		}
	case "Organization":
		var out []int
		for _, s := range r.organs[e] {
			out = append(out, r.actsFor(s, depth+1)...)
		}
		if len(out) > 0 {
			return out
		}
	case "Group":
		var out []int
		for _, m := range r.doc.Entities[e].Members {
			for _, a := range r.actsFor(m, depth+1) {
				if !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
		if members := r.doc.Entities[e].Members; len(members) > 1 && !slices.ContainsFunc(members, func(m int) bool { return r.class(m) != "Organization" }) {
			if states := slices.DeleteFunc(slices.Clone(out), func(m int) bool { return r.class(m) != "State" }); len(states) < len(members) {
				return members // the army and the rebels that it fights
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return []int{e}
}

// describedAs gives for whom somebody without a name acts, where any of the words for them says so: "the minister of Gambia".
func (r *analysis) describedAs(person, depth int) []int {
	if depth > 0 || len(r.holders[person]) > 0 {
		return nil
	}
	for _, m := range r.doc.Entities[person].Mentions {
		mention := r.doc.Mentions[m]
		if mention.Kind == Name {
			return nil
		}
		if mention.Kind == Nominal && actingNoun(r.lemma(mention.Head)) {
			if of := r.owners(mention.Head); len(of) > 0 {
				return of
			}
		}
	}
	return nil
}

// employer gives the state or organization on whose behalf a person holds a
// position, the present one before a former one; or -1.
func (r *analysis) employer(person int) int {
	for _, i := range r.holders[person] {
		t := r.doc.Tenures[i]
		if t.Of < 0 || r.opposes(t) {
			continue
		}
		if !t.Former {
			return t.Of
		}
	}
	return -1
}

// opposes reports whether the holder of a position speaks against the state, not for it.
func (r *analysis) opposes(t Tenure) bool {
	first, _, _ := strings.Cut(strings.ToLower(t.Position), " ")
	return r.class(t.Of) == "State" && slices.Contains([]string{"opposition", "rebel", "separatist", "protest", "militia", "exiled", "dissident"}, first)
}
