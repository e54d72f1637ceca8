package nlp

import (
	"slices"
	"strings"
)

// metBefore remembers which words and names the document has, for what their
// place leaves open: a surname used alone, a capital that opens a sentence.
type metBefore struct {
	lower   map[string]bool  // words that it has in lower case
	persons map[string][]int // word → names of two words or more that have it and were read as a person's
	endings map[string]bool  // what names are and what they end with
	states  map[*State]bool  // named by name or demonym
	spelled map[*State]bool  // whether the text has an unambiguous name of the state; absent when not looked for
}

func newMetBefore() metBefore {
	return metBefore{map[string]bool{}, map[string][]int{}, map[string]bool{}, map[*State]bool{}, map[*State]bool{}}
}

// meet notes candidate n.
func (r *reading) meet(n int) {
	c := &r.found[n]
	if c.state != nil {
		r.met.states[c.state] = true
	}
	if c.class == classPerson && c.to-c.from > 1 {
		for k := c.from; k < c.to; k++ {
			r.met.persons[r.pieces[k].key] = append(r.met.persons[r.pieces[k].key], n)
		}
	}
	if c.kind != Name {
		return
	}
	for rest, more := c.name, true; more; _, rest, more = strings.Cut(rest, " ") {
		r.met.endings[rest] = true
	}
}

// surname reports whether a person named before has the word in the name.
func (r *reading) surname(key string) bool {
	return slices.ContainsFunc(r.met.persons[key], func(n int) bool { return r.found[n].class == classPerson })
}

// seenLower reports whether the document has the word in lower case too.
func (r *reading) seenLower(key string) bool { return r.met.lower[key] }

// seen reports whether the words are named elsewhere in the document already.
func (r *reading) seen(from, to int) bool { return r.met.endings[r.text(from, to)] }

// namesState reports whether the document names the state itself, by name or demonym.
func (r *reading) namesState(s *State) bool { return r.met.states[s] }

// mentionsState reports whether the text has an unambiguous name of the state.
func (r *reading) mentionsState(s *State) bool {
	found, known := r.met.spelled[s]
	if !known {
		found = r.spellsState(s)
		r.met.spelled[s] = found
	}
	return found
}
