package importers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// stateLines are what a line about a state, or a territory that governs itself, says.
var stateLines = map[string]bool{
	"existed":             true, // since when it has been a state, or from when until when it was one
	"named":               true, // how it was called, for a time
	"capital":             true, // a city
	"claimed by":          true, // states that regard it as theirs
	"recognised by":       true, // states, where not most do
	"not recognised by":   true,
	"limited recognition": true, // in words: what is particular about its standing
	"territory":           true, // code of the state that it belongs to under the law of most others
}

func checkState(g *gazetteer, r factRow) error {
	if err := known(r, stateLines); err != nil {
		return err
	}
	switch r.what {
	case "existed":
		if r.since.IsZero() && r.until.IsZero() {
			return fmt.Errorf("%s: neither beginning nor end of the state is given", r.about)
		}
	case "claimed by", "recognised by", "not recognised by", "territory":
		return r.states(g)
	default:
		if len(r.parts()) == 0 {
			return fmt.Errorf("%s: the fifth cell is empty", r.about)
		}
	}
	return nil
}

// stateDocument says what a state is called, where it is governed from, since
// when it exists, and who disputes it. What has no code is a place.
func stateDocument(g *gazetteer, rows []factRow) (*statement, error) {
	e, err := g.state(rows[0].about)
	if err != nil {
		e = nlp.Entity{ID: slug(rows[0].about), Class: "Place", Name: rows[0].about}
	}
	e.Aliases = slices.Clone(e.Aliases)
	for _, r := range rows {
		switch r.what {
		case "existed":
			e.From, e.Until = valueOf(r.since), valueOf(r.until)
		case "territory":
			e.Country = r.codes()[0]
		case "named":
			for _, n := range r.parts() {
				if n != e.Name && !slices.Contains(e.Aliases, n) {
					e.Aliases = append(e.Aliases, n)
				}
			}
		}
	}
	st := &statement{key: rows[0].about, title: e.Name, entities: map[string]int{}}
	state := st.entity(e)
	for _, r := range rows {
		if err := st.stateLine(g, state, r); err != nil {
			return nil, err
		}
	}
	return st, nil
}

func (s *statement) stateLine(g *gazetteer, state int, r factRow) error {
	when := during(r.since, r.until)
	switch r.what {
	case "existed":
		what := map[bool]string{true: " has existed", false: " existed"}[r.until.IsZero()] + " as a state"
		if s.doc.Entities[state].Class == "Place" {
			what = map[bool]string{true: " has governed", false: " governed"}[r.until.IsZero()] + " itself"
		}
		s.sentence(s.name(state), what+when+".")
	case "named":
		s.sentence(s.name(state), r.been(false)+"called "+strings.Join(r.parts(), ", also ")+when+".")
	case "capital":
		for _, name := range r.parts() {
			city := s.entity(nlp.Entity{ID: slug(name) + "." + r.about, Class: "Place", Name: name, Country: s.doc.Entities[state].Code})
			s.sentence(s.name(city), r.been(false)+"the capital of ", s.name(state), when+".")
			s.relation("capital-of", city, state, r.since, r.until)
		}
	case "limited recognition":
		s.sentence(s.name(state), " "+r.rest+when+".")
	case "territory":
		of, err := s.statesOf(g, r.codes())
		if err != nil {
			return err
		}
		s.sentence("To most states ", s.name(state), " is a part of ", s.name(of[0]), ".")
		s.relation("part-of", state, of[0], timex.Date{}, timex.Date{})
	default:
		others, err := s.statesOf(g, r.codes())
		if err != nil {
			return err
		}
		s.sentence(slices.Concat(s.list(others), []any{recognising(r, len(others) > 1), s.name(state), when + "."})...)
		for _, o := range others {
			switch r.what {
			case "claimed by":
				s.relation("claims", o, state, r.since, r.until)
			default:
				s.relation("recognises", o, state, r.since, r.until)
				if r.what == "not recognised by" {
					s.doc.Relations[len(s.doc.Relations)-1].Polarity = "negative"
				}
			}
		}
	}
	return nil
}

// recognising writes the verb of a line that says who recognises or claims.
func recognising(r factRow, several bool) string {
	past, perfect := " recognised ", " has recognised "
	switch r.what {
	case "claimed by":
		past, perfect = " claimed ", " has claimed "
	case "not recognised by":
		past, perfect = " did not recognise ", " has not recognised "
	}
	switch {
	case !r.until.IsZero():
		return past
	case several:
		return strings.Replace(perfect, "has", "have", 1)
	}
	return perfect
}
