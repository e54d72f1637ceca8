package background

import (
	"maps"
	"slices"
	"strconv"

	"github.com/ententegraph/entente/importers"
)

// CompareAlliances compares the alliances whose treaty binds each member to
// defend the others with the defence pacts between pairs of states that ATOP
// lists (documents of the format csv), from the first year of the alliance
// that compare/alliances.tsv gives: every two members have one.
func CompareAlliances(ours, theirs []importers.Document) ([]Agreement, error) {
	const last = 2018 // of the data set
	alliances, err := table("compare/alliances.tsv", 3)
	if err != nil {
		return nil, err
	}
	reasons, err := readReasons("compare/pacts.tsv", " ")
	if err != nil {
		return nil, err
	}
	mine := membershipYears(ours, last)
	pacts, known := map[[2]string]years{}, map[string]years{}
	for _, d := range theirs {
		for _, r := range d.Said.Relations {
			a, b := d.Said.Entities[r.From].Code, d.Said.Entities[r.To].Code
			end := last
			if u := r.Until.Date; !u.IsZero() {
				end = u.Year
			}
			for y := r.ValidFrom.Date.Year; y <= end; y++ {
				for _, s := range []string{a, b} {
					if known[s] == nil {
						known[s] = years{}
					}
					known[s][y] = true
				}
				if r.Type != "defence-pact-with" {
					continue
				}
				pair := [2]string{min(a, b), max(a, b)}
				if pacts[pair] == nil {
					pacts[pair] = years{}
				}
				pacts[pair][y] = true
			}
		}
	}
	var out []Agreement
	for _, row := range alliances {
		from, _ := strconv.Atoi(row[1])
		until, err := strconv.Atoi(row[2])
		if err != nil {
			until = last
		}
		a := Agreement{About: row[0]}
		members := slices.Sorted(maps.Keys(mine[row[0]]))
		for i, one := range members {
			for _, other := range members[i+1:] {
				for y := from; y <= min(until, last); y++ {
					if mine[row[0]][one][y] && mine[row[0]][other][y] && known[one][y] && known[other][y] {
						a.count(row[0], one+"–"+other, y, true, pacts[[2]string{min(one, other), max(one, other)}][y], either(reasons, row[0], one, other, y))
					}
				}
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// either gives the reasons that bear on one of two members, as said of the pair.
func either(reasons []reason, about, one, other string, year int) []reason {
	for _, state := range []string{one, other} {
		if text := explain(reasons, about, state, year, true); text != "" {
			return []reason{{about: about, last: 9999, text: text}}
		}
	}
	return nil
}
