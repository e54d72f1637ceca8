package nlp

import (
	"slices"
	"strconv"
	"strings"
)

// An unnamedParty is a person, group or site that takes part in what is told
// but has no name: "the rebels", "three farmers", "a military base". Its entity
// enters the document only where something is told of it, so that the plain nouns
// of a text do not crowd those that it is about.
type unnamedParty struct {
	entity   int
	noun     string // singular
	phrase   string // without its article, in lower case
	mentions []Mention
}

// unnamedAt gives the entity of the plain noun at a head, made where there is
// none yet; -1 where the noun names neither people nor a site.
func (r *analysis) unnamedAt(h int) int {
	for _, k := range r.all(h, "compound", "nmod", "amod", "flat", "appos") {
		if m := r.mentionAt(k); k < h && m >= 0 && r.doc.Mentions[m].Kind != Demonym && r.class(r.doc.Mentions[m].Entity) != "State" {
			return r.doc.Mentions[m].Entity // "the M23 group"
		}
	}
	class := ""
	if r.covering[h] < 0 && (r.tag(h) == "NOUN" || r.tag(h) == "PROPN") {
		class = r.unnamedClass(h)
	}
	if class == "" {
		return -1
	}
	span := r.phrase(h)
	name := r.doc.Text[span.Start:span.End]
	for _, article := range []string{"the ", "a ", "an ", "The ", "A ", "An "} {
		name = strings.TrimPrefix(name, article)
	}
	e := r.enter(h, span, class, name)
	if of := r.owners(h); len(of) == 1 && r.class(of[0]) == "State" && r.doc.Entities[e].Country == "" {
		r.doc.Entities[e].Country = r.doc.Entities[of[0]].Code // "the Greek opposition" is of Greece without acting for it
	} else if len(of) == 0 && r.doc.Entities[e].Country == "" && class != "Place" {
		for _, m := range r.mentionsBeside(h) { // "activists in Argentina"
			if m.Class == "State" && m.Kind != Pronoun && span.Contains(m.Span) && m.Entity < r.named {
				r.doc.Entities[e].Country = r.doc.Entities[m.Entity].Code
			}
		}
	}
	return e
}

// regionAt gives the entity of a part of a state or place at a head, as
// "northern Mali", which is not the whole of it; or -1.
func (r *analysis) regionAt(h int) int {
	m := r.mentionAt(h)
	if m < 0 || r.doc.Mentions[m].Kind != Name || r.doc.Mentions[m].Class != "State" && r.doc.Mentions[m].Class != "Place" {
		return -1
	}
	name := r.doc.Mentions[m]
	for _, k := range r.all(h, "amod", "compound", "nmod") {
		word := strings.ReplaceAll(r.word(k), "-", "")
		direction := strings.TrimSuffix(word, "ern")
		if k < h && r.covering[k] < 0 && r.doc.Tokens[k].End+1 == name.Start && slices.Contains(directions, direction) && word != direction {
			span := Span{r.doc.Tokens[k].Start, name.End}
			e := r.enter(h, span, "Place", r.doc.Text[span.Start:span.End])
			if s := r.doc.Entities[name.Entity]; s.Class == "State" {
				r.doc.Entities[e].Country = s.Code
			}
			return e
		}
	}
	return -1
}

var directions = []string{"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}

// enter gives the unnamed party of a phrase, made where there is none yet.
func (r *analysis) enter(h int, span Span, class, name string) int {
	p := r.unnamedCalled(h, name)
	if p == nil {
		r.unnamed = append(r.unnamed, unnamedParty{entity: len(r.doc.Entities), noun: singularNoun(r.word(h)), phrase: strings.ToLower(name)})
		p = &r.unnamed[len(r.unnamed)-1]
		r.called[p.phrase], r.ofNoun[p.noun] = len(r.unnamed)-1, len(r.unnamed)-1
		r.doc.Entities = append(r.doc.Entities, Entity{ID: r.freeID(slug(name)), Class: class, Name: name, Confidence: unnamedConfidence})
	}
	if !slices.ContainsFunc(p.mentions, func(m Mention) bool { return m.Head == h }) {
		p.mentions = append(p.mentions, Mention{
			Span: span, Kind: Nominal, Class: class, Head: h, Sentence: r.doc.Tokens[h].Sentence, Entity: p.entity, Confidence: unnamedConfidence,
		})
	}
	return p.entity
}

const unnamedConfidence = 0.6

// unnamedCalled gives the party that the phrase at a head means: one called
// the same, or for a bare "the rebels" the last one of that noun.
func (r *analysis) unnamedCalled(h int, name string) *unnamedParty {
	bare := strings.EqualFold(name, r.word(h)) && r.definite(h)
	last, found := r.called[strings.ToLower(name)]
	if bare {
		if i, ok := r.ofNoun[singularNoun(r.word(h))]; ok && (!found || i > last) {
			last, found = i, true
		}
	}
	if !found {
		return nil
	}
	return &r.unnamed[last]
}

// unnamedClass gives the class of what a plain noun names, or "".
func (r *analysis) unnamedClass(h int) string {
	word := r.word(h)
	one := singularNoun(word)
	switch {
	case slices.Contains(siteNouns, one):
		return "Place"
	case slices.Contains(crowdNouns, one):
		return "Group"
	case slices.Contains(quantities, one) && slices.ContainsFunc(r.oblique(h, "of"), func(o int) bool { return r.peopleOf(o) || r.unnamedClass(o) == "Group" }):
		return "Group"
	case slices.Contains(unnamedBodies, word):
		return "Organization"
	case personNoun(one) && !slices.Contains(peopleNouns, one) && r.definite(h):
		return "" // "the minister" is somebody of whom the text has spoken
	case !personNoun(one) && !slices.Contains(peopleNouns, one) && !strings.HasSuffix(one, "woman") && !(strings.HasSuffix(one, "man") && len(one) > 4):
		return ""
	case one != word || strings.Contains(r.tokens[h].Features, "Number=Plur"):
		return "Group"
	}
	return "Person"
}

// peopleOf reports whether a noun names the people of a state ("Georgians"), not the state.
func (r *analysis) peopleOf(h int) bool {
	m := r.covering[h]
	return m >= 0 && r.doc.Mentions[m].Kind == Demonym && r.doc.Mentions[m].Class == "State" && (r.tag(h) == "PROPN" || r.tag(h) == "NOUN") && strings.HasSuffix(r.word(h), "s")
}

// singularNoun gives the singular of a regular plural, and of one in -men.
func singularNoun(word string) string {
	if s, ok := strings.CutSuffix(word, "men"); ok && len(s) > 1 {
		return s + "man"
	}
	if s, ok := strings.CutSuffix(word, "ies"); ok && len(s) > 2 {
		return s + "y"
	}
	return singular(word)
}

// phrase gives the words around a noun: what stands before it, and the name
// that says whose or where it is ("teachers of Zimbabwe", "rebels in Darfur").
func (r *analysis) phrase(h int) Span {
	first, last := h, h
	for first > 0 && r.within(first-1, h) && slices.Contains([]string{"DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV"}, r.tag(first-1)) && !r.is(first-1, "appos", "conj") {
		first--
	}
	if k := h + 2; k < len(r.tokens) && r.tag(h+1) == "ADP" && slices.Contains([]string{"of", "from", "in"}, r.word(h+1)) {
		if r.word(k) == "the" && k+1 < len(r.tokens) {
			k++
		}
		if m := r.covering[k]; m >= 0 && r.within(r.doc.Mentions[m].Head, h) && (r.doc.Mentions[m].Kind == Name || r.peopleOf(k)) {
			return Span{r.doc.Tokens[first].Start, r.doc.Mentions[m].End}
		}
	}
	return Span{r.doc.Tokens[first].Start, r.doc.Tokens[last].End}
}

// freeID makes an entity's id one that no other has.
func (r *analysis) freeID(id string) string {
	out := id
	for n := max(2, r.ids[id]); out == "" || r.ids[out] > 0; n++ {
		out = id + "-" + strconv.Itoa(n)
		r.ids[id] = n
	}
	r.ids[out] = max(r.ids[out], 1)
	return out
}

// isUnnamed reports whether an entity was made for a plain noun.
func (r *analysis) isUnnamed(entity int) bool { return entity >= r.named }

// identified reports whether one of the entities has a name, or is described by one ("rebels in Darfur", "its opposition").
func (r *analysis) identified(entities ...int) bool {
	return slices.ContainsFunc(entities, func(e int) bool {
		if e < 0 || !r.isUnnamed(e) || r.doc.Entities[e].Country != "" {
			return e >= 0
		}
		for _, m := range r.unnamed[e-r.named].mentions {
			if slices.ContainsFunc(r.in.mentions[m.Sentence], func(o Mention) bool { return m.Contains(o.Span) }) {
				return true
			}
		}
		return false
	})
}

// keepUnnamed leaves of the unnamed parties those that an event or relation tells of.
func (r *analysis) keepUnnamed() {
	d := r.doc
	place := map[int]int{} // old index → new
	keep := func(entities []int) {
		for i, e := range entities {
			if !r.isUnnamed(e) {
				continue
			}
			to, ok := place[e]
			if !ok {
				to = r.named + len(place)
				place[e] = to
			}
			entities[i] = to
		}
	}
	one := func(e *int) {
		list := []int{*e}
		keep(list)
		*e = list[0]
	}
	for i := range d.Events {
		v := &d.Events[i]
		v.Actors, v.Recipients, v.AttributedTo = slices.Clone(v.Actors), slices.Clone(v.Recipients), slices.Clone(v.AttributedTo)
		v.Participants = slices.Clone(v.Participants)
		keep(v.Actors)
		keep(v.Recipients)
		keep(v.AttributedTo)
		for p := range v.Participants {
			one(&v.Participants[p].Entity)
		}
	}
	for i := range d.Relations {
		v := &d.Relations[i]
		v.AttributedTo = slices.Clone(v.AttributedTo)
		one(&v.From)
		one(&v.To)
		one(&v.About)
		keep(v.AttributedTo)
	}
	kept := make([]Entity, len(place))
	from := make([]int, len(place))
	for old, to := range place {
		kept[to-r.named] = d.Entities[old]
		from[to-r.named] = old
	}
	for i, old := range from {
		for _, m := range r.unnamed[old-r.named].mentions {
			m.Entity = r.named + i
			kept[i].Mentions = append(kept[i].Mentions, len(d.Mentions))
			d.Mentions = append(d.Mentions, m)
		}
	}
	d.Entities = append(d.Entities[:r.named], kept...)
}
