package importers

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/ententegraph/entente/nlp/timex"
)

//go:embed codes/states.tsv
var stateTable string

//go:embed codes/organizations.tsv
var organizationTable string

// organizationCodes gives our codes of organizations that a data set calls otherwise, by its acronym in capitals.
var organizationCodes = sync.OnceValues(func() (map[string]string, error) {
	out := map[string]string{}
	n := 0
	for line := range strings.Lines(organizationTable) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		theirs, ours, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if !ok || theirs == "" || ours == "" {
			return nil, fmt.Errorf("importers: codes/organizations.tsv:%d: two columns are needed", n)
		}
		out[theirs] = ours
	}
	return out, nil
})

// A tableState is the state that a numeric code stands for in some years.
type tableState struct {
	id, name    string
	from, until int // years; 0 where it has always stood or still stands for it
}

// stateCodes gives the states of each numeric code, in order of time.
var stateCodes = sync.OnceValues(func() (map[string][]tableState, error) {
	out := map[string][]tableState{}
	for i, line := range strings.Split(strings.TrimSuffix(stateTable, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 5 {
			return nil, fmt.Errorf("importers: codes/states.tsv:%d: %d columns, want 5", i+1, len(c))
		}
		s := tableState{id: c[1], name: c[2]}
		for to, text := range map[*int]string{&s.from: c[3], &s.until: c[4]} {
			if text == "" {
				continue
			}
			n, err := strconv.Atoi(text)
			if err != nil {
				return nil, fmt.Errorf("importers: codes/states.tsv:%d: %q is no year", i+1, text)
			}
			*to = n
		}
		out[c[0]] = append(out[c[0]], s)
	}
	return out, nil
})

// A stateSpell is a part of a row's time in which its code stands for one state.
type stateSpell struct {
	state       tableState
	from, until timex.Date
}

// stateSpells gives the states that a code stands for between two dates; the
// time is parted where one state follows another. Without an end the row
// reaches to the last year of the data set, and says nothing of later ones.
func stateSpells(r row, column string, from, until timex.Date, last int) ([]stateSpell, error) {
	codes, err := stateCodes()
	if err != nil {
		return nil, err
	}
	states, ok := codes[r.values[column]]
	if !ok {
		return nil, r.fail("%s is %q: no state has this number", column, r.values[column])
	}
	end := until.Year
	if until.IsZero() {
		end = last
	}
	var out []stateSpell
	for _, s := range states {
		if s.until > 0 && from.Year >= s.until || s.from > end {
			continue
		}
		x := stateSpell{s, from, until}
		if s.from > from.Year {
			x.from = timex.Date{Year: s.from}
		}
		if s.until > 0 && end > s.until {
			x.until = timex.Date{Year: s.until}
		}
		out = append(out, x)
	}
	return out, nil
}
