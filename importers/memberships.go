package importers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// standings are the ways of belonging to an organization, and the relation that each is.
var standings = map[string]string{
	"member": "member-of", "associate member": "associate-of", "observer": "observer-of",
	"partner": "partner-of", "dialogue partner": "partner-of", "candidate": "applied-to-join",
	// A suspended state is still a member: the sentence says what it may not do.
	"suspended": "",
	// What the organization is: "name = other names; kind; seat; part of".
	"organization": "",
}

// A body is what a line "organization" says: its names, kind, seat and what it is part of.
type body struct {
	names       []string
	kind        string
	city, state string // of the seat, or ""
	partOf      string // code of an organization, or ""
}

func parseBody(g *gazetteer, r factRow) (b body, err error) {
	cells := strings.Split(r.rest, ";")
	if len(cells) < 2 || len(cells) > 4 {
		return b, fmt.Errorf("%q is not: name = other names; kind; seat; part of", r.rest)
	}
	cells = append(cells, "", "")
	b = body{names: splitList(cells[0], "="), kind: strings.TrimSpace(cells[1]), partOf: strings.TrimSpace(cells[3])}
	if len(b.names) == 0 || b.kind == "" {
		return b, fmt.Errorf("%s: the name or the kind is missing", r.about)
	}
	if seat := strings.TrimSpace(cells[2]); seat != "" {
		b.city, b.state, err = cityAndState(g, seat)
	}
	return b, err
}

func checkMembership(g *gazetteer, r factRow) error {
	if _, ok := standings[r.what]; !ok {
		return known(r, standings)
	}
	if r.what == "organization" {
		_, err := parseBody(g, r)
		return err
	}
	return r.states(g)
}

// membershipDocument says what an organization is, and who belonged to it when.
func membershipDocument(g *gazetteer, rows []factRow) (*statement, error) {
	code := rows[0].about
	e := g.organization(code)
	st := &statement{key: code, entities: map[string]int{}}
	for _, r := range rows {
		if r.what != "organization" {
			continue
		}
		b, err := parseBody(g, r)
		if err != nil {
			return nil, err
		}
		e.Name, e.Kind, e.From, e.Until = b.names[0], b.kind, valueOf(r.since), valueOf(r.until)
		for _, n := range append([]string{code}, b.names[1:]...) {
			if n != e.Name && !slices.Contains(e.Aliases, n) {
				e.Aliases = append(e.Aliases, n)
			}
		}
		st.body(g, st.entity(e), b, r)
	}
	st.title = "Members of the " + strings.TrimPrefix(e.Name, "the ")
	organization := st.entity(e)
	for _, r := range rows {
		if r.what == "organization" {
			continue
		}
		var states []int
		for _, c := range r.codes() {
			state, err := g.state(c)
			if err != nil {
				return nil, err
			}
			states = append(states, st.entity(state))
		}
		st.sentence(slices.Concat(st.list(states), []any{
			standingVerb(r, len(states) > 1), st.name(organization), during(r.since, r.until) + ".",
		})...)
		for _, s := range states {
			if kind := standings[r.what]; kind != "" {
				st.relation(kind, s, organization, r.since, r.until)
			}
		}
	}
	return st, nil
}

// body writes what an organization is.
func (s *statement) body(g *gazetteer, organization int, b body, r factRow) {
	pieces := []any{"The ", s.name(organization), map[bool]string{true: " is ", false: " was "}[r.until.IsZero()] + article(b.kind)}
	whole := -1
	if b.partOf != "" {
		whole = s.entity(g.organization(b.partOf))
		pieces = append(pieces, " of the ", s.name(whole))
	}
	switch {
	case r.since.IsZero():
	case r.until.IsZero():
		pieces = append(pieces, ", which has existed since "+longDate(r.since))
	default:
		pieces = append(pieces, ", which existed"+during(r.since, r.until))
	}
	place := -1
	if b.city != "" {
		place = s.entity(nlp.Entity{ID: slug(b.city) + "." + b.state, Class: "Place", Name: b.city, Country: b.state})
		pieces = append(pieces, ", with its seat in ", s.name(place))
	}
	s.sentence(append(pieces, ".")...)
	if whole >= 0 {
		s.relation("part-of", organization, whole, r.since, r.until)
	}
	if place >= 0 {
		s.relation("located-in", organization, place, timex.Date{}, r.until)
	}
}

// article writes a noun with "a" or "an" before it.
func article(noun string) string {
	if strings.ContainsRune("aeio", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// standingVerb writes "has been a member of the" and the like.
func standingVerb(r factRow, several bool) string {
	verb := r.been(several)
	noun := r.what
	switch {
	case noun == "suspended":
		return verb + "suspended from the "
	case several:
		noun += "s"
	default:
		noun = article(noun)
	}
	if r.what == "candidate" {
		return verb + noun + " for membership of the "
	}
	return verb + noun + " of the "
}

// list writes entities one after the other: "A, B and C".
func (s *statement) list(entities []int) []any {
	var out []any
	for i, e := range entities {
		switch {
		case i > 0 && i == len(entities)-1:
			out = append(out, " and ")
		case i > 0:
			out = append(out, ", ")
		}
		out = append(out, s.name(e))
	}
	return out
}

// during writes when something held, to follow a verb.
func during(since, until timex.Date) string {
	switch {
	case since.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return " since " + longDate(since)
	case since.IsZero():
		return " until " + longDate(until)
	}
	return " from " + longDate(since) + " to " + longDate(until)
}

// longDate writes a date in words: 31 August 2025.
func longDate(d timex.Date) string {
	switch {
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%s %d", time.Month(d.Month), d.Year)
	}
	return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
}
