package background

import (
	"cmp"
	"embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/importers"
)

//go:embed compare/*.tsv
var comparing embed.FS

// A Difference is a state and a run of years in which one side has a
// membership, or an office, and the other has not.
type Difference struct {
	About       string // organization or state, by our code
	State       string // the member; of an office who holds it
	First, Last int    // years
	Ours        bool   // we have it and they have not
	Reason      string // from the file of explained differences, or ""
}

func (d Difference) String() string {
	side := "only theirs"
	if d.Ours {
		side = "only ours"
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", d.About, d.State, span(d.First, d.Last), side, d.Reason)
}

func span(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d-%d", first, last)
}

// An Agreement is how far two sources say the same about one organization.
type Agreement struct {
	About       string
	Compared    int // pairs of state and year that either side has
	Same        int
	Explained   int // of those that differ
	Differences []Difference
}

// Raw is the share that is the same, from 0 to 1.
func (a Agreement) Raw() float64 { return share(a.Same, a.Compared) }

// Accounted is the share that is the same or whose difference has a reason.
func (a Agreement) Accounted() float64 { return share(a.Same+a.Explained, a.Compared) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Unexplained lists the differences without a reason.
func (a Agreement) Unexplained() []Difference {
	return slices.DeleteFunc(slices.Clone(a.Differences), func(d Difference) bool { return d.Reason != "" })
}

// years are the years in which a state belonged to an organization.
type years map[int]bool

// membershipYears gives for each organization and member, by code, the years of
// full membership to the last one. A membership whose beginning is not known counts in the last year.
func membershipYears(docs []importers.Document, last int) map[string]map[string]years {
	out := map[string]map[string]years{}
	for _, d := range docs {
		for _, r := range d.Said.Relations {
			if r.Type != "member-of" || d.Said.Entities[r.From].Class != "State" {
				continue
			}
			of, state := d.Said.Entities[r.To].Code, d.Said.Entities[r.From].Code
			first, end := r.ValidFrom.Date.Year, last
			if first == 0 {
				first = last
			}
			if u := r.Until.Date; !u.IsZero() {
				end = min(end, u.Year)
				if u.Month == 1 && u.Day == 1 && u.Year == end { // over before the year began
					end--
				}
			}
			if out[of] == nil {
				out[of] = map[string]years{}
			}
			if out[of][state] == nil {
				out[of][state] = years{}
			}
			for y := first; y <= end; y++ {
				out[of][state][y] = true
			}
		}
	}
	return out
}

// CompareMemberships compares our memberships with those of the Correlates of
// War project (documents of the format csv), organization by organization, in
// the years in which that data set has the organization and knows the state.
func CompareMemberships(ours, theirs []importers.Document) ([]Agreement, error) {
	const last = 2014 // of the data set
	pairs, err := table("compare/organizations.tsv", 3)
	if err != nil {
		return nil, err
	}
	reasons, err := readReasons("compare/memberships.tsv", " ")
	if err != nil {
		return nil, err
	}
	mine, other := membershipYears(ours, last), membershipYears(theirs, last)
	exists := map[string]years{} // in which the other side knows a state at all
	for _, members := range other {
		for state, in := range members {
			if exists[state] == nil {
				exists[state] = years{}
			}
			maps.Copy(exists[state], in)
		}
	}
	var out []Agreement
	for _, p := range pairs {
		code := p[0]
		if mine[code] == nil || other[code] == nil {
			return nil, fmt.Errorf("background: compare/organizations.tsv: %s is not in both sources", code)
		}
		covered := years{}
		for _, in := range other[code] {
			maps.Copy(covered, in)
		}
		from, _ := strconv.Atoi(p[1])
		until, _ := strconv.Atoi(p[2])
		a := Agreement{About: code}
		for _, state := range slices.Sorted(maps.Keys(both(mine[code], other[code]))) {
			for y := max(from, 1815); y <= cmp.Or(until, last); y++ {
				if covered[y] && exists[state][y] {
					a.count(code, state, y, mine[code][state][y], other[code][state][y], reasons)
				}
			}
		}
		out = append(out, a)
	}
	return out, nil
}

func both[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// count compares one year of one state.
func (a *Agreement) count(about, state string, year int, ours, theirs bool, reasons []reason) {
	if !ours && !theirs {
		return
	}
	a.Compared++
	if ours == theirs {
		a.Same++
		return
	}
	why := explain(reasons, about, state, year, ours)
	if why != "" {
		a.Explained++
	}
	if n := len(a.Differences); n > 0 {
		d := &a.Differences[n-1]
		if d.State == state && d.Last == year-1 && d.Ours == ours && d.Reason == why {
			d.Last = year
			return
		}
	}
	a.Differences = append(a.Differences, Difference{about, state, year, year, ours, why})
}

// A reason explains differences: about what, of which states (none: of all), in which years, on which side.
type reason struct {
	about       string
	states      []string
	first, last int
	side        string // ours, theirs, or "" for both
	text        string
}

func explain(reasons []reason, about, state string, year int, ours bool) string {
	side := map[bool]string{true: "ours", false: "theirs"}[ours]
	for _, r := range reasons {
		if (r.about == about || r.about == "*") && (len(r.states) == 0 || slices.Contains(r.states, state)) &&
			r.first <= year && year <= r.last && (r.side == "" || r.side == side) {
			return r.text
		}
	}
	return ""
}

// readReasons reads a file of explained differences: about, states or leaders
// (with the separator between them) or *, years or *, side (ours: only we have it; theirs; or *), and the reason.
func readReasons(file, separator string) ([]reason, error) {
	rows, err := table(file, 5)
	if err != nil {
		return nil, err
	}
	var out []reason
	for _, c := range rows {
		r := reason{about: c[0], first: 0, last: 9999, text: c[4]}
		if c[1] != "*" {
			r.states = strings.Split(c[1], separator)
		}
		if c[2] != "*" {
			first, last, ranged := strings.Cut(c[2], "-")
			if r.first, err = strconv.Atoi(first); err != nil {
				return nil, fmt.Errorf("background: %s: years %q of %s: %w", file, c[2], c[0], err)
			}
			r.last = r.first
			if ranged {
				if r.last, err = strconv.Atoi(last); err != nil {
					return nil, fmt.Errorf("background: %s: years %q of %s: %w", file, c[2], c[0], err)
				}
			}
		}
		switch c[3] {
		case "ours", "theirs":
			r.side = c[3]
		case "*":
		default:
			return nil, fmt.Errorf("background: %s: %s: side is %q; ours, theirs or * is needed", file, c[0], c[3])
		}
		if r.text == "" {
			return nil, fmt.Errorf("background: %s: %s %s: no reason", file, c[0], c[1])
		}
		out = append(out, r)
	}
	return out, nil
}

// table reads an embedded file of cells between tabs.
func table(file string, columns int) ([][]string, error) {
	text, err := comparing.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("background: %w", err)
	}
	var out [][]string
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("background: %s:%d: %d cells, %d are needed", file, n, len(cells), columns)
		}
		out = append(out, cells)
	}
	return out, nil
}
