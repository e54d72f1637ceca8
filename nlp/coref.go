package nlp

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// antecedents is what a nominal or pronoun can refer back to: the mentions
// before it, by place.
type antecedents struct {
	*linker
	history []int // candidates that begin before the present place and have an entity
	next    int   // in linker.order, the next name to enter the history
}

// resolve finds the nominals and pronouns of the document and what they refer to.
func (l *linker) resolve() {
	a := &antecedents{linker: l}
	names := slices.Clone(l.order)
	l.order = names
	position := 0
	title := 0 // pieces before this one belong to the titles of a position
	for si, s := range l.sentences {
		for i := s.first; i < s.last; {
			a.advance(l.pieces[i].Start)
			for position < len(l.positions) && l.positions[position].from < i {
				position++
			}
			if position < len(l.positions) && l.positions[position].from == i {
				p := &l.positions[position]
				position++
				if p.pronoun == i {
					a.pronoun(s, si, i)
				}
				if len(p.holders) > 0 || a.titled(s, p) {
					title = p.titles[len(p.titles)-1].to
				}
				i++
				continue
			}
			if i < title {
				i++
				continue
			}
			if n := a.pronoun(s, si, i); n > 0 {
				i += n
				continue
			}
			i += max(a.nominal(s, i), 1)
		}
	}
}

// advance lets the names that begin before the offset enter the history.
func (a *antecedents) advance(offset int) {
	for a.next < len(a.order) && a.found[a.order[a.next]].Start < offset {
		if a.found[a.order[a.next]].entity >= 0 {
			a.history = append(a.history, a.order[a.next])
		}
		a.next++
	}
}

// refer adds a nominal or pronoun as a mention of an entity.
func (a *antecedents) refer(from, to int, kind string, entity int, confidence float64) {
	c := candidate{
		Span: Span{a.pieces[from].Start, a.pieces[to-1].End}, from: from, to: to,
		kind: kind, class: a.entities[entity].Class, state: a.entities[entity].state, entity: entity, owner: -1, confidence: confidence,
	}
	for k := len(a.history) - 1; k >= 0 && a.found[a.history[k]].End > c.Start; k-- {
		if f := a.found[a.history[k]]; f.Span == c.Span && f.kind == kind {
			return
		}
	}
	a.found = append(a.found, c)
	a.history = append(a.history, len(a.found)-1)
}

// create adds an entity that has no name, once for each key.
func (a *antecedents) create(key, class, name string, confidence float64) int {
	return a.entity(key, func() draft {
		return draft{Entity: Entity{ID: slug(name), Class: class, Name: name, Confidence: confidence}}
	})
}

// last returns the entity mentioned last before the present place that the
// function accepts, at most so many sentences back; or -1.
func (a *antecedents) last(at, sentences int, accept func(e int) bool) int {
	here := a.sentenceAt(at)
	for k := len(a.history) - 1; k >= 0; k-- {
		c := a.found[a.history[k]]
		if a.sentenceAt(c.Start) < here-sentences {
			// nominals enter late, so that the order is not quite that of the text
			if k < len(a.history)-40 {
				break
			}
			continue
		}
		if accept(c.entity) {
			return c.entity
		}
	}
	return -1
}

// subject returns the entity, accepted by the function, that is the first
// subject of the sentence before the offset, or -1.
func (a *antecedents) subject(sentence, before int, accept func(e int) bool) int {
	best, at := -1, 0
	for k := len(a.history) - 1; k >= 0 && k > len(a.history)-80; k-- {
		i := a.history[k]
		c := a.found[i]
		if a.sentenceAt(c.Start) != sentence || c.Start >= before || !accept(c.entity) || !a.isSubject(i) {
			continue
		}
		if best < 0 || c.Start < at {
			best, at = c.entity, c.Start
		}
	}
	return best
}

func (a *antecedents) class(e int) string { return a.entities[e].Class }

// group returns the entity of a group with the members, made where there is none.
func (a *antecedents) group(members []int, name string) int {
	sorted := slices.Clone(members)
	slices.Sort(sorted)
	key := "group"
	for _, m := range sorted {
		key += " " + strconv.Itoa(m)
	}
	if name == "" {
		name = a.joined(members)
	}
	e := a.create(key, classGroup, name, 0.8)
	a.entities[e].Members = slices.Clone(members)
	return e
}

// joined lists the names of entities: A, B and C.
func (a *antecedents) joined(members []int) string {
	var names []string
	for _, m := range members {
		names = append(names, a.entities[m].Name)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// A series is a list of coordinated names of one class: "Burkina Faso, Mali and Niger".
type series struct {
	entities []int
	start    int
	subject  bool
}

// seriesBefore returns the lists of coordinated names of the class that begin before the offset, by place.
func (a *antecedents) seriesBefore(offset int, class string) []series {
	var out []series
	names := a.outerNames(offset)
	for k := 0; k < len(names); {
		c := a.found[names[k]]
		list := series{entities: []int{c.entity}, start: c.Start, subject: a.isSubject(names[k])}
		j := k + 1
		for j < len(names) {
			b, d := a.found[names[j-1]], a.found[names[j]]
			if d.class != class || b.class != class || !a.coordinated(b, d) {
				break
			}
			if !slices.Contains(list.entities, d.entity) {
				list.entities = append(list.entities, d.entity)
			}
			j++
		}
		if c.class == class && len(list.entities) > 1 {
			out = append(out, list)
		}
		k = j
	}
	return out
}

// remembered is how many names back a reader still knows who "they" are.
const remembered = 150

// outerNames returns the last names before the offset that lie in no other name, by place.
func (a *antecedents) outerNames(offset int) []int {
	var out []int
	end := 0
	last := sort.Search(len(a.order), func(k int) bool { return a.found[a.order[k]].Start >= offset })
	for _, i := range a.order[max(0, last-remembered):last] {
		c := a.found[i]
		if c.entity < 0 || c.Start < end || c.kind == Nominal || c.kind == Pronoun {
			continue
		}
		if c.class == classPlace && c.kind == Name && a.covering[c.from] != i {
			continue
		}
		end = c.End
		out = append(out, i)
	}
	return out
}

// coordinated reports whether only "and", commas, articles, titles and brackets stand between two names.
func (a *antecedents) coordinated(b, c candidate) bool {
	if c.from < b.to || c.from-b.to > 6 {
		return false
	}
	linked := false
	for i := b.to; i < c.from; i++ {
		p := a.pieces[i]
		switch {
		case p.key == "and" || p.key == ",":
			linked = true
		case p.key == "the" || p.key == "(" || p.key == ")" || p.class.has(honorific) && p.capital || a.covering[i] >= 0 && a.found[a.covering[i]].kind == Acronym:
		default:
			return false
		}
	}
	if !linked && c.from == b.to && a.pieces[c.from].joined { // Bahraini-Qatari
		return true
	}
	return linked
}
