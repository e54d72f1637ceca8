package importers

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

func init() {
	register(Format{
		Name:  "memberships",
		Ext:   []string{".memberships"},
		Lines: true,
		Read:  readMemberships,
	})
}

// standings are the ways of belonging to an organization, and the relation that each is.
var standings = map[string]string{
	"member": "member-of", "associate member": "associate-of", "observer": "observer-of",
	"partner": "partner-of", "dialogue partner": "partner-of", "candidate": "applied-to-join",
}

// A membershipRow is a line of a file of memberships: five cells with tabs between them.
type membershipRow struct {
	organization, standing string
	since, until           timex.Date
	states                 []string
}

// readMemberships reads who belonged to which organization and when: lines of
// organization, standing, since, until and states (by code), with tabs between
// them, after a head of "# field: value" lines (title, source, published). It
// yields a document for each organization; lines of one stand together.
func readMemberships(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		g, err := loadGazetteer()
		if err != nil {
			yield(Document{}, err)
			return
		}
		meta := metadata{}
		var rows []membershipRow
		done := map[string]bool{}
		flush := func() bool {
			if len(rows) == 0 {
				return true
			}
			name := rows[0].organization
			d, err := membershipDocument(g, in, meta, rows)
			rows = nil
			if done[name] {
				err = fmt.Errorf("lines of %s stand in two places; bring them together", name)
			}
			done[name] = true
			return yield(d, err)
		}
		lines := bufio.NewScanner(in.Reader)
		for n := 1; lines.Scan(); n++ {
			if err := ctx.Err(); err != nil {
				yield(Document{}, err)
				return
			}
			line := strings.TrimRight(lines.Text(), "\r")
			if comment, ok := strings.CutPrefix(line, "#"); ok {
				if field, value, ok := strings.Cut(comment, ":"); ok {
					meta[strings.ToLower(strings.TrimSpace(field))] = strings.TrimSpace(value)
				}
				continue
			}
			if line == "" {
				continue
			}
			row, err := parseMembership(g, line)
			if err != nil {
				if !yield(Document{}, fmt.Errorf("line %d: %w", n, err)) {
					return
				}
				continue
			}
			if len(rows) > 0 && rows[0].organization != row.organization && !flush() {
				return
			}
			rows = append(rows, row)
		}
		if err := lines.Err(); err != nil {
			yield(Document{}, err)
			return
		}
		flush()
	}
}

func parseMembership(g *gazetteer, line string) (membershipRow, error) {
	cells := strings.Split(line, "\t")
	if len(cells) != 5 {
		return membershipRow{}, fmt.Errorf("%d cells where five belong: organization, standing, since, until, states, with tabs between them", len(cells))
	}
	r := membershipRow{organization: cells[0], standing: cells[1], states: strings.Fields(cells[4])}
	if standings[r.standing] == "" {
		return r, fmt.Errorf("%q is no standing; known: associate member, candidate, dialogue partner, member, observer, partner", r.standing)
	}
	var err error
	if r.since, err = optionalDate(cells[2]); err != nil {
		return r, err
	}
	if r.until, err = optionalDate(cells[3]); err != nil {
		return r, err
	}
	if !r.until.IsZero() && !r.since.IsZero() && r.until.Compare(r.since) < 0 {
		return r, fmt.Errorf("%s ends on %s before it begins on %s", r.organization, r.until, r.since)
	}
	if len(r.states) == 0 {
		return r, fmt.Errorf("no states in the fifth cell")
	}
	for _, code := range r.states {
		if _, err := g.state(code); err != nil {
			return r, err
		}
	}
	return r, nil
}

func optionalDate(s string) (timex.Date, error) {
	if s == "" {
		return timex.Date{}, nil
	}
	return ParseDate(s)
}

func membershipDocument(g *gazetteer, in Input, meta metadata, rows []membershipRow) (Document, error) {
	code := rows[0].organization
	body, ok := g.organizations[code]
	if !ok {
		body = nlp.Entity{ID: slug(code), Class: "Organization", Name: code, Code: code}
	}
	st := &statement{key: code, title: "Members of the " + strings.TrimPrefix(body.Name, "the "), entities: map[string]int{}}
	organization := st.entity(body)
	for _, r := range rows {
		var states []int
		for _, c := range r.states {
			e, err := g.state(c)
			if err != nil {
				return Document{}, err
			}
			states = append(states, st.entity(e))
		}
		st.sentence(slices.Concat(st.list(states), []any{
			standingVerb(r, len(states) > 1), st.name(organization), during(r.since, r.until) + ".",
		})...)
		for _, s := range states {
			st.relation(standings[r.standing], s, organization, r.since, r.until)
		}
	}
	d := st.document("", 0)
	d.Source, d.Published = in.Name+"#"+code, timex.Date{}
	if in.Key != "" {
		d.Key = in.Key + "#" + code
	}
	about := metadata{}
	for _, field := range []string{"source", "publisher", "author", "published", "url"} {
		about[field] = meta[field]
	}
	if err := about.fill(&d); err != nil {
		return d, err
	}
	return d, nil
}

// standingVerb writes "has been a member of the" and the like.
func standingVerb(r membershipRow, several bool) string {
	verb := " has been "
	switch {
	case !r.until.IsZero() && several:
		verb = " were "
	case !r.until.IsZero():
		verb = " was "
	case several:
		verb = " have been "
	}
	noun := r.standing
	switch {
	case several:
		noun += "s"
	case slices.Contains([]byte("aeio"), noun[0]):
		noun = "an " + noun
	default:
		noun = "a " + noun
	}
	if r.standing == "candidate" {
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
