package background

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// A Problem is something in the files that cannot be so.
type Problem struct {
	Where string // the document: background/memberships/un.memberships#UN
	What  string
}

func (p Problem) String() string { return p.Where + ": " + p.What }

// Check reads all files and lists what is wrong in them: lines that cannot be
// read (unknown codes, dates in the wrong order, a seat in no known state), a
// member twice at one time, a member of what did not exist yet or not any more,
// a state that was a member before it existed (unless compare/early.tsv says
// why), two persons in an office that one holds, and names that reading would
// take for one person's. The documents come back in the order of the files.
func Check(ctx context.Context) ([]importers.Document, []Problem, error) {
	var docs []importers.Document
	var problems []Problem
	for s, err := range Sources() {
		if err != nil {
			return nil, nil, err
		}
		for d, err := range s.Documents(ctx, importers.Reading{}) {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			if err != nil {
				where := s.Name
				if f, ok := errors.AsType[*importers.FileError](err); ok {
					err = f.Err
				}
				problems = append(problems, Problem{where, err.Error()})
				continue
			}
			docs = append(docs, d)
		}
	}
	more, err := CheckDocuments(docs)
	return docs, append(problems, more...), err
}

// CheckDocuments lists what is wrong in documents of facts, each by itself and
// with what the others say of states and organizations.
func CheckDocuments(docs []importers.Document) ([]Problem, error) {
	early, err := readReasons("compare/early.tsv", " ")
	if err != nil {
		return nil, err
	}
	c := &checker{early: early, life: map[string]spell{}, titles: map[string]string{}}
	for _, d := range docs {
		for _, e := range d.Said.Entities {
			if e.Code != "" && (e.From.Known() || e.Until.Known()) {
				c.life[e.Class+" "+e.Code] = spell{e.From.Date, e.Until.Date}
			}
		}
	}
	for _, d := range docs {
		c.document(d)
	}
	return c.problems, nil
}

// A spell is a time with a first and a last day, either unknown.
type spell struct{ from, until timex.Date }

type checker struct {
	early    []reason
	life     map[string]spell  // of states and organizations, by class and code
	titles   map[string]string // of documents: where it stands
	problems []Problem
}

func (c *checker) fail(d importers.Document, format string, a ...any) {
	c.problems = append(c.problems, Problem{d.Source, fmt.Sprintf(format, a...)})
}

func (c *checker) document(d importers.Document) {
	if d.Publisher == "" || d.Published.IsZero() {
		c.fail(d, "the file says no source or no date of publication")
	}
	if other, ok := c.titles[d.Title]; ok {
		c.fail(d, "%q stands in %s too", d.Title, other)
	}
	c.titles[d.Title] = d.Source
	c.memberships(d)
	c.tenures(d)
}

func (c *checker) memberships(d importers.Document) {
	spells := map[string][]spell{}
	for _, r := range d.Said.Relations {
		from, to := d.Said.Entities[r.From], d.Said.Entities[r.To]
		s := spell{r.ValidFrom.Date, r.Until.Date}
		key := r.Type + "\x00" + from.Class + from.ID + "\x00" + to.Class + to.ID
		for _, o := range spells[key] {
			if overlap(s, o) {
				c.fail(d, "%s is twice %s %s: %s and %s", from.Name, r.Type, to.Name, o, s)
			}
		}
		spells[key] = append(spells[key], s)
		if r.Type != "member-of" && r.Type != "observer-of" && r.Type != "associate-of" {
			continue
		}
		if body, ok := c.life["Organization "+to.Code]; ok {
			if earlier(s.from, body.from) {
				c.fail(d, "%s belongs to it since %s, and it exists since %s", from.Name, s.from, body.from)
			}
			if !body.until.IsZero() && (s.until.IsZero() || earlier(body.until, s.until)) {
				c.fail(d, "%s belongs to it longer than it existed, to %s", from.Name, body.until)
			}
		}
		state, ok := c.life["State "+from.Code]
		if !ok || r.Type != "member-of" {
			continue
		}
		if earlier(s.from, state.from) && explain(c.early, to.Code, from.Code, s.from.Year, true) == "" {
			c.fail(d, "%s is a member since %s, and a state since %s (compare/early.tsv can say why)", from.Name, s.from, state.from)
		}
		if !state.until.IsZero() && (s.until.IsZero() || earlier(state.until, s.until)) && s.until.Year != state.until.Year {
			c.fail(d, "%s is a member longer than it existed, to %s", from.Name, state.until)
		}
	}
}

// shared are the beginnings of offices that several hold at a time.
var shared = []string{"Vice ", "Deputy "}

func (c *checker) tenures(d importers.Document) {
	byOffice := map[string][]nlp.Tenure{}
	var names []string
	for _, e := range d.Said.Entities {
		if e.Class == "Person" {
			names = append(names, e.Name)
		}
	}
	for i, a := range names {
		for _, b := range names[i+1:] {
			if inside(a, b) || inside(b, a) {
				c.fail(d, "%s and %s would be taken for one person; write the names out", a, b)
			}
		}
	}
	for _, t := range d.Said.Tenures {
		s := spell{t.From.Date, t.Until.Date}
		if !slices.ContainsFunc(shared, func(p string) bool { return strings.HasPrefix(t.Position, p) }) {
			for _, o := range byOffice[t.Position] {
				if overlap(s, spell{o.From.Date, o.Until.Date}) {
					c.fail(d, "%s and %s are %s at one time: from %s and from %s",
						d.Said.Entities[o.Person].Name, d.Said.Entities[t.Person].Name, t.Position, o.From.Date, t.From.Date)
				}
			}
		}
		byOffice[t.Position] = append(byOffice[t.Position], t)
	}
}

func (s spell) String() string {
	return fmt.Sprintf("%s to %s", orOpen(s.from), orOpen(s.until))
}

func orOpen(d timex.Date) string {
	if d.IsZero() {
		return "…"
	}
	return d.String()
}

// earlier reports whether a lies before b for certain, as precisely as both are known.
func earlier(a, b timex.Date) bool {
	if a.IsZero() || b.IsZero() {
		return false
	}
	x, y := a.String(), b.String()
	n := min(len(x), len(y))
	return x[:n] < y[:n]
}

// overlap reports whether two times have more in common than the day on which
// one follows the other; where a beginning and an end are not known, they do.
func overlap(a, b spell) bool {
	apart := func(x, y spell) bool { return !x.until.IsZero() && !y.from.IsZero() && !earlier(y.from, x.until) }
	return !apart(a, b) && !apart(b, a)
}

// inside reports whether the words of one name stand in another, in order.
func inside(short, long string) bool {
	a, b := strings.Fields(short), strings.Fields(long)
	n := 0
	for _, w := range b {
		if n < len(a) && a[n] == w {
			n++
		}
	}
	return n == len(a) && len(a) < len(b)
}
