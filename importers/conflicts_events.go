package importers

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/schema"
)

// sameAct is the number of days within which two tellings of an act that
// happens once are taken for one, told with different dates.
const sameAct = 14

// events looks at reports of one type and date for places that differ, and
// collects acts that happen once.
func (c *contradictions) events(_ string, from []contribution) error {
	var all []told
	for _, one := range from {
		for _, v := range one.Events {
			all = append(all, tell(v))
		}
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.Date.day() && a.Place.IRI != "" && b.Place.IRI != "" && a.Place.IRI != b.Place.IRI && a.document() != b.document() && sameParties(a, b) {
				c.add(PlacesDiffer, c.happened(a)+": where", []Claim{c.eventClaim(a), c.eventClaim(b)})
			}
		}
	}
	for _, t := range all {
		if key := c.once(t); key != "" {
			c.acts[key] = append(c.acts[key], t)
		}
	}
	return nil
}

func sameParties(a, b told) bool { return len(a.parties) > 1 && maps.Equal(a.parties, b.parties) }

// once names what happens between the same parties only once in a while: the
// signing of one agreement, and the beginning or end of a relation.
func (c *contradictions) once(t told) string {
	event := c.f.model.Event(t.Type)
	if len(t.parties) < 2 || !t.Date.day() || vague(t.Date.Precision) {
		return ""
	}
	about := ""
	for _, iri := range t.parts["object"] {
		if strings.HasPrefix(iri, schema.ID+"agreement/") {
			about = iri
		}
	}
	if about == "" && len(event.Starts)+len(event.Ends) == 0 {
		return ""
	}
	return strings.Join(append(slices.Sorted(maps.Keys(t.parties)), t.Type, about), " ")
}

// sameActTwice looks for acts that are told with different dates.
func (c *contradictions) sameActTwice() {
	for _, key := range slices.Sorted(maps.Keys(c.acts)) {
		all := slices.SortedStableFunc(slices.Values(c.acts[key]), func(a, b told) int { return strings.Compare(a.Date.Date, b.Date.Date) })
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && daysBetween(all[to-1].Date.Date, all[to].Date.Date) <= sameAct {
				to++
			}
			if all[from].Date.Date != all[to-1].Date.Date {
				var claims []Claim
				for _, t := range all[from:to] {
					claims = append(claims, c.eventClaim(t))
				}
				c.add(DatesDiffer, c.happened(all[from])+": when", claims)
			}
			from = to
		}
	}
}

// daysBetween counts the days from one date to a later one.
func daysBetween(a, b string) int {
	x, errA := time.Parse(time.DateOnly, a)
	y, errB := time.Parse(time.DateOnly, b)
	if errA != nil || errB != nil {
		return sameAct + 1
	}
	return int(y.Sub(x).Hours() / 24)
}

func (c *contradictions) happened(t told) string {
	return occurrence{[]told{t}}.title(c.f.model.Event(t.Type))
}

func (c *contradictions) eventClaim(t told) Claim {
	says := c.happened(t)
	if t.Date.Date != "" {
		says += ", " + t.Date.Date
	}
	if t.Place.Name != "" {
		says += ", in " + t.Place.Name
	}
	return Claim{Says: says, Report: t.Report}
}
