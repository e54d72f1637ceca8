package importers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// agreementLines are what a line about an agreement says: when and where it was
// signed and by whom ("Washington, USA: RUS USA"), from when until when it has
// been in force, who is or was a party, and its other names.
var agreementLines = map[string]bool{"signed": true, "adopted": true, "in force": true, "party": true, "also": true}

func checkAgreement(g *gazetteer, r factRow) error {
	if err := known(r, agreementLines); err != nil {
		return err
	}
	switch r.what {
	case "signed", "adopted":
		if r.since.IsZero() {
			return fmt.Errorf("%s: the day on which it was %s is missing", r.about, r.what)
		}
		_, err := parseSigning(g, r)
		return err
	case "party":
		return r.states(g)
	case "also":
		if len(r.parts()) == 0 {
			return fmt.Errorf("%s: the other names are missing", r.about)
		}
	}
	return nil
}

// A signing is where an agreement was signed, and by which states.
type signing struct {
	city, state string
	parties     []string
}

func parseSigning(g *gazetteer, r factRow) (s signing, err error) {
	place, codes, _ := strings.Cut(r.rest, ":")
	if place = strings.TrimSpace(place); place != "" {
		if s.city, s.state, err = cityAndState(g, place); err != nil {
			return s, err
		}
	}
	s.parties = strings.Fields(codes)
	for _, code := range s.parties {
		if _, err := g.state(code); err != nil {
			return s, err
		}
	}
	return s, nil
}

// agreementDocument says when an agreement was made, by whom, and for how long it held.
func agreementDocument(g *gazetteer, rows []factRow) (*statement, error) {
	st := &statement{key: rows[0].about, title: rows[0].about, entities: map[string]int{}}
	e := nlp.Entity{ID: slug(rows[0].about), Class: "Agreement", Name: rows[0].about}
	for _, r := range rows {
		switch r.what {
		case "also":
			e.Aliases = append(e.Aliases, r.parts()...)
		case "in force":
			if !r.until.IsZero() {
				e.Until = valueOf(r.until)
			}
		}
	}
	agreement := st.entity(e)
	for _, r := range rows {
		switch r.what {
		case "signed", "adopted":
			s, err := parseSigning(g, r)
			if err != nil {
				return nil, err
			}
			if err := st.signed(g, agreement, r, s); err != nil {
				return nil, err
			}
		case "in force":
			st.inForce(agreement, r)
		case "party":
			parties, err := st.statesOf(g, r.codes())
			if err != nil {
				return nil, err
			}
			verb := r.been(len(parties) > 1) + map[bool]string{true: "parties", false: "a party"}[len(parties) > 1]
			st.sentence(slices.Concat(st.list(parties), []any{verb + " to the ", st.name(agreement), during(r.since, r.until) + "."})...)
			for _, p := range parties {
				st.relation("party-to", p, agreement, r.since, r.until)
			}
		}
	}
	return st, nil
}

func (s *statement) statesOf(g *gazetteer, codes []string) ([]int, error) {
	var out []int
	for _, code := range codes {
		e, err := g.state(code)
		if err != nil {
			return nil, err
		}
		out = append(out, s.entity(e))
	}
	return out, nil
}

// signed writes the signing, or the adoption where nobody is said to have signed.
func (s *statement) signed(g *gazetteer, agreement int, r factRow, by signing) error {
	parties, err := s.statesOf(g, by.parties)
	if err != nil {
		return err
	}
	v := nlp.Event{
		Type: "sign-agreement", Plover: "SUPPORT", Cameo: "057", Actors: parties, Place: -1, Date: valueOf(r.since),
		Participants: []nlp.Participant{{Entity: agreement, Event: -1, Part: "object"}},
	}
	var pieces []any
	if len(parties) > 0 {
		pieces = append(s.list(parties), " signed the ", s.name(agreement))
	} else {
		pieces = []any{"The ", s.name(agreement), " was " + r.what}
	}
	if by.city != "" {
		v.Place = s.entity(nlp.Entity{ID: slug(by.city) + "." + by.state, Class: "Place", Name: by.city, Country: by.state})
		pieces = append(pieces, " in ", s.name(v.Place))
	}
	s.sentence(append(pieces, on(r.since)+".")...)
	s.event(v)
	return nil
}

func (s *statement) inForce(agreement int, r factRow) {
	if r.since.IsZero() && r.until.IsZero() {
		s.sentence("The ", s.name(agreement), " has not entered into force.")
		return
	}
	if !r.since.IsZero() {
		s.sentence("The ", s.name(agreement), " entered into force"+on(r.since)+".")
		s.event(nlp.Event{
			Type: "enter-into-force", Place: -1, Date: valueOf(r.since),
			Participants: []nlp.Participant{{Entity: agreement, Event: -1, Part: "object"}},
		})
	}
	if !r.until.IsZero() {
		s.sentence("The ", s.name(agreement), " ceased to be in force"+on(r.until)+".")
	}
}

// event adds what the sentence written last reports.
func (s *statement) event(v nlp.Event) {
	v.Statement = nlp.Statement{Polarity: "positive", Modality: "realis", Assertion: "asserted", Evidence: s.evidence(), Confidence: 1}
	s.doc.Events = append(s.doc.Events, v)
}

// on writes when something happened: on 31 August 2025, in August 2025.
func on(d timex.Date) string {
	if d.Day > 0 {
		return " on " + longDate(d)
	}
	return " in " + longDate(d)
}
