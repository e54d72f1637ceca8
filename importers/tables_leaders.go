package importers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// A reignRow is what a row of a table of leaders says of one state.
type reignRow struct {
	name string
	stateSpell
}

// longestAbsence is for how many years a leader can be away and come back. Of
// two rows of one name with more between them, the later one is of another person.
const longestAbsence = 25

// leaders reads who led a state, a document for each.
func leaders(rows []row, last int) ([]*statement, error) {
	states := map[string][]reignRow{} // by id
	for _, r := range rows {
		name := strings.Join(strings.Fields(r.values["leader"]), " ")
		if name == "" {
			return nil, r.fail("the column leader is empty")
		}
		if family, given, ok := strings.Cut(name, ", "); ok {
			name = given + " " + family
		}
		from, until, err := r.years("startdate", "enddate", last)
		if err != nil {
			return nil, err
		}
		spells, err := stateSpells(r, "gwcode", from, until, last)
		if err != nil {
			return nil, err
		}
		for _, x := range spells {
			states[x.state.id] = append(states[x.state.id], reignRow{name, x})
		}
	}
	by := map[string]*statement{}
	for id, reigns := range states {
		slices.SortStableFunc(reigns, func(a, b reignRow) int {
			return cmp.Or(strings.Compare(a.from.String(), b.from.String()), strings.Compare(a.name, b.name))
		})
		s := grouped(by, id, "Leaders of "+reigns[0].state.name)
		for i, apart := range tellApart(reigns) {
			r := reigns[i]
			person, state := s.person(r.name, apart), s.state(r.state)
			verb := " led "
			if r.until.IsZero() {
				verb = " has led "
			}
			s.sentence(s.name(person), verb, s.name(state), " "+spellText(r.from, r.until, last)+".")
			s.doc.Tenures = append(s.doc.Tenures, nlp.Tenure{
				Person: person, Position: "leader", Of: state, AccreditedTo: -1,
				From: valueOf(r.from), Until: valueOf(r.until), Evidence: s.evidence(),
			})
		}
	}
	return sortedStatements(by), nil
}

// tellApart gives for each reign, in order of time, the year that tells its
// leader from others of the state: those of the same name long before or after,
// and those whose name is a part of this one or the other way round (Bush and
// G. W. Bush), which elsewhere would be forms of one name. "" where none is needed.
func tellApart(reigns []reignRow) []string {
	told := make([]string, len(reigns))
	first := make([]int, len(reigns)) // the reign in which the person appears first
	parted := map[string]bool{}       // by slug of the name
	latest := map[string]int{}
	for i, r := range reigns {
		first[i] = i
		name := slug(r.name)
		if before, ok := latest[name]; ok {
			if end := reigns[before].until; end.IsZero() || r.from.Year-end.Year <= longestAbsence {
				first[i] = first[before]
			} else {
				parted[name] = true
			}
		}
		latest[name] = i
	}
	for a := range latest {
		for b := range latest {
			if within(a, b) {
				parted[a], parted[b] = true, true
			}
		}
	}
	for i, r := range reigns {
		if parted[slug(r.name)] {
			told[i] = strconv.Itoa(reigns[first[i]].from.Year)
		}
	}
	return told
}
