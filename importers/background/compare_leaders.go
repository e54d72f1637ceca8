package background

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp/timex"
)

// heads are the offices whose holders can lead a state.
var heads = map[string]bool{
	"President": true, "Prime Minister": true, "Chancellor": true, "Taoiseach": true, "Premier": true, "King": true, "Queen": true,
	"Emir": true, "Sultan": true, "Prince": true, "Grand Duke": true, "Emperor": true, "Supreme Leader": true, "Leader": true,
	"General Secretary of the Communist Party": true, "State Counsellor": true, "Chief Adviser": true,
}

// A reign is who led a state from when until when.
type reign struct {
	name string
	spell
}

// on reports whether somebody led on a day.
func (r reign) on(day timex.Date) bool {
	return !earlier(day, r.from) && (r.until.IsZero() || !earlier(r.until, day))
}

// reigns gives by state those who held an office that wanted says.
func reigns(docs []importers.Document, wanted func(position string) bool) map[string][]reign {
	out := map[string][]reign{}
	for _, d := range docs {
		for _, t := range d.Said.Tenures {
			if !wanted(t.Position) || t.Of < 0 || d.Said.Entities[t.Of].Class != "State" {
				continue
			}
			p, of := d.Said.Entities[t.Person], d.Said.Entities[t.Of].Code
			s := spell{t.From.Date, t.Until.Date}
			for _, name := range append([]string{p.Name}, p.Aliases...) {
				out[of] = append(out[of], reign{name, s})
			}
		}
	}
	return out
}

// CompareLeaders compares who led each state at the middle of each year with
// the Archigos data set (a document of the format csv for each state), from 2000 or the
// year in which our list of heads of the state begins. Archigos names one
// leader where a state has a head of state and one of government: it agrees
// when either of ours bears the name.
func CompareLeaders(ours, theirs []importers.Document) ([]Agreement, error) {
	const last = 2015 // of the data set
	reasons, err := readReasons("compare/leaders.tsv", "; ")
	if err != nil {
		return nil, err
	}
	mine := reigns(ours, func(p string) bool {
		return heads[p] || strings.HasPrefix(p, "Chairman of the ") || strings.HasPrefix(p, "President of ")
	})
	other := reigns(theirs, func(string) bool { return true })
	var out []Agreement
	for _, state := range slices.Sorted(maps.Keys(mine)) {
		if other[state] == nil {
			continue
		}
		a := Agreement{About: state}
		for y := began(mine[state]); y <= last; y++ {
			day := timex.Date{Year: y, Month: 7, Day: 1}
			for _, r := range other[state] {
				if r.on(day) {
					found := slices.ContainsFunc(mine[state], func(m reign) bool { return m.on(day) && sameName(m.name, r.name) })
					a.count(state, r.name, y, found, true, reasons) // what Archigos does not say we do not miss
				}
			}
		}
		if a.Compared > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// began gives the year from which a list of heads is compared: our lists begin
// with who led at the turn of the century or later.
func began(list []reign) int {
	first := 9999
	for _, r := range list {
		if y := r.from.Year; y > 0 {
			first = min(first, y)
		}
	}
	return max(first, 2000)
}

// sameName reports whether the family name that a data set gives, perhaps with
// a given name or initial, is among the words of a full name.
func sameName(full, short string) bool {
	words := plainWords(full)
	found := 0
	for _, w := range plainWords(short) {
		if len(w) > 2 && slices.Contains(words, w) {
			found++
		}
	}
	return found > 0
}

// plainWords are the words of a name in small letters without marks.
func plainWords(name string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(name))
	plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ı", "i", "þ", "th", "ð", "d", "ß", "ss", "æ", "ae").Replace(plain)
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
