package importers

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
)

func (r row) fail(format string, a ...any) error {
	return fmt.Errorf("line %d: %s", r.number, fmt.Sprintf(format, a...))
}

// date reads a year or a day.
func (r row) date(column string) (timex.Date, error) {
	text := r.values[column]
	var numbers []int
	for part := range strings.SplitSeq(text, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 {
			return timex.Date{}, r.fail("%s is %q: a year (1949) or a day (1949-08-24) is needed", column, text)
		}
		numbers = append(numbers, n)
	}
	switch {
	case len(numbers) == 1 && numbers[0] < 10000:
		return timex.Date{Year: numbers[0]}, nil
	case len(numbers) == 3 && len(text) == len("2006-01-02") && numbers[1] <= 12 && numbers[2] <= 31:
		return timex.Date{Year: numbers[0], Month: numbers[1], Day: numbers[2]}, nil
	}
	return timex.Date{}, r.fail("%s is %q: a year (1949) or a day (1949-08-24) is needed", column, text)
}

// years reads from when until when a row holds. What reaches to the last year
// of the data set has no end that is known.
func (r row) years(from, until string, last int) (a, b timex.Date, err error) {
	if a, err = r.date(from); err != nil {
		return
	}
	if b, err = r.date(until); err != nil {
		return
	}
	if a.String() > b.String() {
		return a, b, r.fail("%s %s comes after %s %s", from, a, until, b)
	}
	if r.open(b, last) {
		b = timex.Date{}
	}
	return a, b, nil
}

// open reports whether a row goes on where its data set stops. Leaders whose
// row says how they went are not in office any more, whatever the day.
func (r row) open(end timex.Date, last int) bool {
	if how := r.values["exit"]; how != "" {
		return how == "Still in Office"
	}
	return end.Year == last && (end.Day == 0 || end.Month == 12 && end.Day == 31)
}

func valueOf(d timex.Date) timex.Value {
	switch {
	case d.IsZero():
		return timex.Value{}
	case d.Day > 0:
		return timex.Value{Date: d, Precision: timex.Day}
	}
	return timex.Value{Date: d, Precision: timex.Year}
}

// spellText says from when until when in words. Without an end, the data stops before there is one.
func spellText(from, until timex.Date, last int) string {
	if until.IsZero() {
		return fmt.Sprintf("since %s, and still at the end of the data, %d", from, last)
	}
	return "from " + from.String() + " to " + until.String()
}

// memberships reads who belongs to an organization, a document for each.
func memberships(rows []row, last int) ([]*statement, error) {
	relations := map[string]string{"member": "member-of", "observer": "observer-of", "associate": "associate-of"}
	by := map[string]*statement{}
	for _, r := range rows {
		org := r.values["org"]
		if org == "" {
			return nil, r.fail("the column org is empty")
		}
		relation, ok := relations[r.values["status"]]
		if !ok {
			return nil, r.fail("status is %q: member, observer or associate is needed", r.values["status"])
		}
		from, until, err := r.years("first", "last", last)
		if err != nil {
			return nil, err
		}
		spells, err := stateSpells(r, "ccode", from, until, last)
		if err != nil {
			return nil, err
		}
		s := grouped(by, org, "Members of "+org)
		of, err := s.organization(org)
		if err != nil {
			return nil, err
		}
		for _, x := range spells {
			s.sentence(
				s.name(s.state(x.state)), " is listed as "+r.values["status"]+" of ", s.name(of), " "+spellText(x.from, x.until, last)+".")
			s.relation(relation, s.state(x.state), of, x.from, x.until)
		}
	}
	return sortedStatements(by), nil
}

// organizations reads how organizations are called, all in one document.
func organizations(rows []row, last int) ([]*statement, error) {
	by := map[string]*statement{}
	for _, r := range rows {
		if r.values["acronym"] == "" {
			return nil, r.fail("the column acronym is empty")
		}
		since, err := r.date("start")
		if err != nil {
			return nil, err
		}
		var until timex.Date
		if r.values["end"] != "" {
			if until, err = r.date("end"); err != nil {
				return nil, err
			}
		}
		s := grouped(by, "organizations", "Intergovernmental organizations")
		of, err := s.organization(r.values["acronym"])
		if err != nil {
			return nil, err
		}
		e := &s.doc.Entities[of]
		for _, column := range []string{"name", "longname"} {
			name, _, _ := strings.Cut(r.values[column], " (")
			if name != "" && name != e.Name && !slices.Contains(e.Aliases, name) {
				e.Aliases = append(e.Aliases, name)
			}
		}
		s.sentence(s.name(of), " stands for "+cmp.Or(r.values["longname"], r.values["name"])+", "+spellText(since, until, last)+".")
	}
	return sortedStatements(by), nil
}

// allianceKinds are the obligations that ATOP tells apart, and the relations that they are here.
var allianceKinds = map[string]struct{ relation, words string }{
	"defense":       {"defence-pact-with", "defence pact"},
	"offense":       {"offence-pact-with", "offence pact"},
	"neutrality":    {"neutrality-pact-with", "neutrality pact"},
	"nonaggression": {"non-aggression-pact-with", "non-aggression pact"},
	"consultation":  {"consultation-pact-with", "consultation pact"},
}

// alliances reads who is bound to whom by which obligations, a document for each first state.
func alliances(rows []row, last int) ([]*statement, error) {
	by := map[string]*statement{}
	for _, r := range rows {
		from, until, err := r.years("first", "last", last)
		if err != nil {
			return nil, err
		}
		ones, err := stateSpells(r, "ccode1", from, until, last)
		if err != nil {
			return nil, err
		}
		for _, one := range ones {
			others, err := stateSpells(r, "ccode2", one.from, one.until, last)
			if err != nil {
				return nil, err
			}
			s := grouped(by, one.state.id, "Alliances of "+one.state.name)
			for _, other := range others {
				kinds := strings.Fields(r.values["kinds"])
				if len(kinds) == 0 {
					return nil, r.fail("the column kinds is empty")
				}
				for _, kind := range kinds {
					k, ok := allianceKinds[kind]
					if !ok {
						return nil, r.fail("kind %q is not known: defense, offense, neutrality, nonaggression or consultation is needed", kind)
					}
					a, b := s.state(one.state), s.state(other.state)
					if a == b {
						return nil, r.fail("%s is allied with itself", one.state.name)
					}
					s.sentence(s.name(a), " and ", s.name(b), " have a "+k.words+" "+spellText(other.from, other.until, last)+".")
					s.relation(k.relation, a, b, other.from, other.until)
				}
			}
		}
	}
	return sortedStatements(by), nil
}

func grouped(by map[string]*statement, key, title string) *statement {
	s, ok := by[key]
	if !ok {
		s = &statement{key: key, title: title, entities: map[string]int{}}
		by[key] = s
	}
	return s
}

func sortedStatements(by map[string]*statement) []*statement {
	var out []*statement
	for _, s := range by {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *statement) int { return cmp.Compare(a.key, b.key) })
	return out
}
