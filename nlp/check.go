package nlp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// A Failure is an example of the schema that reading does not bear out.
type Failure struct {
	Origin schema.Origin
	Type   string // the event type or relation
	Text   string // of the example
	Want   string
	Got    string
}

// String gives file:line, the example, what was expected and what came out.
func (f Failure) String() string {
	return fmt.Sprintf("%s:%d: %s: %q: want %s; got %s", f.Origin.File, f.Origin.Line, f.Type, f.Text, f.Want, f.Got)
}

// Check reads every example and counter-example of the schema through the
// pipeline and gives those that come out otherwise, in order of the schema.
func Check(ctx context.Context, m *schema.Model, p *Pipeline) ([]Failure, error) {
	var out []Failure
	check := func(id string, examples []schema.Example, found func(*Doc) []report) error {
		for _, ex := range examples {
			published, err := isoDate(ex.Published)
			if err != nil {
				return fmt.Errorf("nlp: %s:%d: %w", ex.Origin.File, ex.Origin.Line, err)
			}
			d := &Doc{ID: "example", Text: ex.Text, Published: published, Language: "en"}
			if err := p.Annotate(ctx, d); err != nil {
				return fmt.Errorf("nlp: %s:%d: %w", ex.Origin.File, ex.Origin.Line, err)
			}
			if want, ok := bornOut(d, ex, found(d)); !ok {
				out = append(out, Failure{ex.Origin, id, ex.Text, want, gist(d, found(d))})
			}
		}
		return nil
	}
	for _, e := range m.Events {
		if err := check(e.ID, e.Examples, func(d *Doc) []report { return eventReports(d, e.ID) }); err != nil {
			return nil, err
		}
	}
	for _, r := range m.Relations {
		if err := check(r.ID, r.Examples, func(d *Doc) []report { return relationReports(d, r.ID, r.Symmetric) }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A report is what events and relations have in common here.
type report struct {
	actors, recipients, about []int
	date                      timex.Value
	symmetric                 bool // reads the same both ways
	Statement
}

func eventReports(d *Doc, id string) []report {
	var out []report
	for _, v := range d.Events {
		if v.Type == id {
			out = append(out, report{actors: v.Actors, recipients: v.Recipients, date: v.Date, Statement: v.Statement})
		}
	}
	return out
}

func relationReports(d *Doc, id string, symmetric bool) []report {
	var out []report
	for _, r := range d.Relations {
		if r.Type == id {
			one := report{actors: []int{r.From}, recipients: []int{r.To}, date: r.ValidFrom, symmetric: symmetric, Statement: r.Statement}
			if r.About >= 0 {
				one.about = []int{r.About}
			}
			out = append(out, one)
		}
	}
	return out
}

// bornOut reports whether the reports of a document are what the example asks for, and says what that is.
func bornOut(d *Doc, ex schema.Example, found []report) (want string, ok bool) {
	switch {
	case ex.None:
		return "nothing", len(found) == 0
	case ex.NotFact:
		return "no fact, but a report", len(found) > 0 && !slices.ContainsFunc(found, func(r report) bool { return r.Fact() })
	}
	want = expectation(ex)
	for _, r := range found {
		if named(d, ex.Actor, r.actors) && named(d, ex.Recipient, r.recipients) && named(d, ex.About, r.about) && bears(ex, r) {
			return want, true
		}
		if r.symmetric && named(d, ex.Actor, r.recipients) && named(d, ex.Recipient, r.actors) && bears(ex, r) {
			return want, true
		}
	}
	return want, false
}

// bears compares date and standing, as far as the example gives them; where it
// gives no standing, a fact is meant.
func bears(ex schema.Example, r report) bool {
	if ex.Date != "" && r.date.Date.String() != ex.Date {
		return false
	}
	if ex.Polarity == "" && ex.Modality == "" && ex.Assertion == "" {
		return r.Fact()
	}
	return (ex.Polarity == "" || ex.Polarity == r.Polarity) && (ex.Modality == "" || ex.Modality == r.Modality) &&
		(ex.Assertion == "" || ex.Assertion == r.Assertion)
}

// named reports whether each name is one of the entities and, where any is given, no entity goes unnamed.
func named(d *Doc, names []string, entities []int) bool {
	if len(names) == 0 {
		return true
	}
	for _, n := range names {
		if !slices.ContainsFunc(entities, func(e int) bool { return goesBy(d, e, n) }) {
			return false
		}
	}
	return len(entities) <= len(names)
}

func goesBy(d *Doc, entity int, name string) bool {
	e := d.Entities[entity]
	same := func(s string) bool { return strings.EqualFold(s, name) || strings.EqualFold("the "+s, name) }
	if same(e.Name) || same(e.Code) || same(e.ID) || slices.ContainsFunc(e.Aliases, same) {
		return true
	}
	return slices.ContainsFunc(e.Mentions, func(m int) bool { return same(d.Text[d.Mentions[m].Start:d.Mentions[m].End]) })
}

func expectation(ex schema.Example) string {
	out := strings.Join(ex.Actor, "+") + " → " + strings.Join(ex.Recipient, "+")
	for _, s := range []string{strings.Join(ex.About, "+"), ex.Date, ex.Polarity, ex.Modality, ex.Assertion} {
		if s != "" {
			out += " " + s
		}
	}
	if ex.Polarity == "" && ex.Modality == "" && ex.Assertion == "" {
		out += " as a fact"
	}
	return out
}

// gist writes the reports, or why there are none.
func gist(d *Doc, found []report) string {
	if len(found) == 0 {
		var why []string
		for _, n := range d.Notes {
			if n.Refused {
				why = append(why, fmt.Sprintf("%q: %s", d.Text[n.Start:n.End], n.Text))
			}
		}
		if len(why) == 0 {
			return "nothing, and no trigger was seen"
		}
		return "nothing (" + strings.Join(why, "; ") + ")"
	}
	var lines []string
	for _, r := range found {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s → %s %s %s %s %s", codes(d, r.actors), codes(d, r.recipients), r.date.Date, r.Polarity, r.Modality, r.Assertion)))
	}
	return strings.Join(lines, "; ")
}

func codes(d *Doc, entities []int) string {
	var out []string
	for _, e := range entities {
		out = append(out, d.Entities[e].ID)
	}
	return strings.Join(out, "+")
}

// isoDate reads a date of an example: a day, month or year, or nothing.
func isoDate(s string) (timex.Date, error) {
	var d timex.Date
	if s == "" {
		return d, nil
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return d, fmt.Errorf("%q is no ISO date", s)
	}
	for i, into := range []*int{&d.Year, &d.Month, &d.Day}[:len(parts)] {
		if _, err := fmt.Sscanf(parts[i], "%d", into); err != nil {
			return d, fmt.Errorf("%q is no ISO date", s)
		}
	}
	return d, nil
}
