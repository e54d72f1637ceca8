package nlp

import (
	"fmt"
	"slices"

	"github.com/ententegraph/entente/nlp/timex"
)

// leaders says for which state a person acts whose office everybody knows, so
// that news names it not: "Putin said". By name; several terms of one name in order.
type leaders map[string][]reign

// A reign is a time in office, until a day of the future where none is given.
type reign struct {
	state       string // ISO 3166-1 alpha-3
	from, until timex.Date
}

func loadLeaders() (leaders, error) {
	rows, err := readRows("leaders.tsv")
	if err != nil {
		return nil, err
	}
	out := leaders{}
	for _, row := range rows {
		if len(row) < 3 {
			return nil, fmt.Errorf("leaders.tsv: %q: want a name, a state and when the office began", row)
		}
		t := reign{state: row[1], until: timex.Date{Year: 9999}}
		if _, err := fmt.Sscanf(row[2], "%d-%d-%d", &t.from.Year, &t.from.Month, &t.from.Day); err != nil {
			return nil, fmt.Errorf("leaders.tsv: %s: %w", row[0], err)
		}
		if len(row) > 3 && row[3] != "" {
			if _, err := fmt.Sscanf(row[3], "%d-%d-%d", &t.until.Year, &t.until.Month, &t.until.Day); err != nil {
				return nil, fmt.Errorf("leaders.tsv: %s: %w", row[0], err)
			}
		}
		for _, name := range list(row[0]) {
			out[name] = append(out[name], t)
		}
	}
	return out, nil
}

// stateOf gives the code of the state that a person of the name leads on the day, or "".
func (l leaders) stateOf(name string, on timex.Date) string {
	for _, t := range l[name] {
		if !before(on, t.from) && before(on, t.until) {
			return t.state
		}
	}
	return ""
}

func before(a, b timex.Date) bool {
	if a.Year != b.Year {
		return a.Year < b.Year
	}
	if a.Month != b.Month {
		return a.Month < b.Month
	}
	return a.Day < b.Day
}

// led gives the state that a person leads of whom the text says nothing else,
// entered where the text does not name it; or -1. What is known of today says
// nothing of a text without a date.
func (r *analysis) led(person int) int {
	if r.world == nil || r.doc.Published.Year == 0 || len(r.holders[person]) > 0 {
		return -1
	}
	code := r.world.leaders.stateOf(r.doc.Entities[person].Name, r.doc.Published)
	if code == "" {
		return -1
	}
	return r.state(code)
}

// state gives the entity of a state, entered where the text does not name it.
func (r *analysis) state(code string) int {
	if e, ok := r.states[code]; ok {
		return e
	}
	e := len(r.doc.Entities)
	r.unnamed = append(r.unnamed, unnamedParty{entity: e})
	r.doc.Entities = append(r.doc.Entities, Entity{ID: r.freeID(code), Class: "State", Name: r.world.states[r.world.stateOf[code]].Name, Code: code, Country: code, Confidence: unnamedConfidence})
	r.states[code] = e
	return e
}

// seatOf gives the code of the state whose capital the place is, by its name alone, or "".
func (r *analysis) seatOf(place int) string {
	if r.world == nil || r.class(place) != "Place" {
		return ""
	}
	code := ""
	for _, s := range r.world.states {
		if slices.Contains(s.Capitals, r.doc.Entities[place].Name) {
			if code != "" {
				return "" // several states have a capital of the name
			}
			code = s.Code
		}
	}
	return code
}

// governed gives for capitals among those who act the states that are governed
// from there: a city fires no shells.
func (r *analysis) governed(actors []int) []int {
	var out []int
	for _, e := range actors {
		if code := r.seatOf(e); code != "" {
			e = r.state(code)
		}
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}
