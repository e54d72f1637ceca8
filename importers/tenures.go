package importers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// A line of a file of tenures says who held an office of a state or of an
// organization, from when until when: "ARM, Prime Minister, 2018-05-08, ,
// Nikol Pashinyan". The person may have other names behind "=". An office that
// begins with "acting" was held for the time being.
//
// An organization that the lexicon has no code for is named in a line of its
// own: "EUCO, organization, , , European Council".
func checkTenure(_ *gazetteer, r factRow) error {
	if r.what == "organization" {
		if len(splitList(r.rest, "=")) == 0 {
			return fmt.Errorf("%s: the name of the organization in the fifth cell is missing", r.about)
		}
		return nil
	}
	if office, _ := office(r.what); office == "" {
		return fmt.Errorf("%s: the office in the second cell is missing", r.about)
	}
	if len(splitList(r.rest, "=")) == 0 {
		return fmt.Errorf("%s: the person in the fifth cell is missing", r.about)
	}
	if r.since.IsZero() && r.until.IsZero() {
		return fmt.Errorf("%s: of %s's time as %s neither beginning nor end is given", r.about, r.rest, r.what)
	}
	return nil
}

// office parts what the second cell says into the office and whether it was held for the time being.
func office(what string) (name string, acting bool) {
	name, acting = strings.CutPrefix(what, "acting ")
	return strings.TrimSpace(name), acting
}

// ownerOf gives the state or organization whose offices the rows are about.
func ownerOf(g *gazetteer, rows []factRow) (nlp.Entity, error) {
	code := rows[0].about
	if e, err := g.state(code); err == nil {
		return e, nil
	}
	e := g.organization(code)
	for _, r := range rows {
		if r.what == "organization" {
			names := splitList(r.rest, "=")
			e.Name, e.Aliases = names[0], names[1:]
			return e, nil
		}
	}
	if _, ok := g.organizations[code]; !ok {
		return e, fmt.Errorf("there is no state and no organization with the code %q", code)
	}
	return e, nil
}

// tenureDocument says who held the offices of a state or organization.
func tenureDocument(g *gazetteer, rows []factRow) (*statement, error) {
	owner, err := ownerOf(g, rows)
	if err != nil {
		return nil, err
	}
	st := &statement{key: rows[0].about, title: "Offices of " + owner.Name, entities: map[string]int{}}
	of := st.entity(owner)
	for _, r := range rows {
		if r.what == "organization" {
			continue
		}
		position, acting := office(r.what)
		names := splitList(r.rest, "=")
		person := st.person(names[0], "")
		p := &st.doc.Entities[person]
		for _, n := range names[1:] {
			if !slices.Contains(p.Aliases, n) {
				p.Aliases = append(p.Aliases, n)
			}
		}
		join := " of "
		if owner.Class == "Organization" {
			join = " of the "
		}
		st.sentence(st.name(person), r.been(false)+r.what+join, st.name(of), during(r.since, r.until)+".")
		st.doc.Tenures = append(st.doc.Tenures, nlp.Tenure{
			Person: person, Position: position, Of: of, AccreditedTo: -1, Acting: acting,
			From: valueOf(r.since), Until: valueOf(r.until), Evidence: st.evidence(),
		})
	}
	return st, nil
}
