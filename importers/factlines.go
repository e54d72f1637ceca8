package importers

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp/timex"
)

// Files of facts are tables that people write: five cells a line, with tabs
// between them, after a head of "# field: value" lines (title, source,
// published):
//
//	about   what   since   until   rest
//
// "CSTO, member, 1994-04-20, , ARM KAZ". Lines about the same stand together
// and make one document, a sentence for each.
type factFile struct {
	name  string                                                 // of the format and of its files' extension
	check func(g *gazetteer, r factRow) error                    // says what is wrong in a line
	write func(g *gazetteer, rows []factRow) (*statement, error) // makes the document of rows about one thing
}

var factFiles = []factFile{
	{"memberships", checkMembership, membershipDocument},
	{"agreements", checkAgreement, agreementDocument},
	{"tenures", checkTenure, tenureDocument},
	{"states", checkState, stateDocument},
}

func init() {
	for _, f := range factFiles {
		register(Format{Name: f.name, Ext: []string{"." + f.name}, Lines: true, Read: f.read})
	}
}

// A factRow is a line of a file of facts.
type factRow struct {
	about, what  string
	since, until timex.Date
	rest         string
}

// codes are the words of the last cell.
func (r factRow) codes() []string { return strings.Fields(r.rest) }

// parts are the parts of the last cell, between semicolons.
func (r factRow) parts() []string { return splitList(r.rest, ";") }

func splitList(s, separator string) []string {
	var out []string
	for p := range strings.SplitSeq(s, separator) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func parseFact(line string) (factRow, error) {
	cells := strings.Split(line, "\t")
	if len(cells) != 5 {
		return factRow{}, fmt.Errorf("%d cells where five belong: about, what, since, until, and the rest, with tabs between them", len(cells))
	}
	r := factRow{about: cells[0], what: cells[1], rest: cells[4]}
	if r.about == "" {
		return r, fmt.Errorf("the first cell is empty: it says whom or what the line is about")
	}
	var err error
	if r.since, err = optionalDate(cells[2]); err != nil {
		return r, err
	}
	if r.until, err = optionalDate(cells[3]); err != nil {
		return r, err
	}
	if !r.until.IsZero() && !r.since.IsZero() && r.until.String() < r.since.String()[:min(len(r.since.String()), len(r.until.String()))] {
		return r, fmt.Errorf("%s: %s ends on %s before it begins on %s", r.about, r.what, r.until, r.since)
	}
	return r, nil
}

func optionalDate(s string) (timex.Date, error) {
	if s == "" {
		return timex.Date{}, nil
	}
	return ParseDate(s)
}

// read yields a document for each thing that the lines are about. A line that
// is wrong is an error of its own, and reading goes on after it.
func (f factFile) read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		g, err := loadGazetteer()
		if err != nil {
			yield(Document{}, err)
			return
		}
		meta := metadata{}
		var rows []factRow
		done := map[string]bool{}
		flush := func() bool {
			if len(rows) == 0 {
				return true
			}
			about := rows[0].about
			d, err := f.document(g, in, meta, rows)
			rows = nil
			if done[about] {
				err = fmt.Errorf("lines of %s stand in two places; bring them together", about)
			}
			done[about] = true
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
			row, err := parseFact(line)
			if err == nil {
				err = f.check(g, row)
			}
			if err != nil {
				if !yield(Document{}, fmt.Errorf("line %d: %w", n, err)) {
					return
				}
				continue
			}
			if len(rows) > 0 && rows[0].about != row.about && !flush() {
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

func (f factFile) document(g *gazetteer, in Input, meta metadata, rows []factRow) (Document, error) {
	st, err := f.write(g, rows)
	if err != nil {
		return Document{}, err
	}
	d := st.document("", 0)
	d.Source, d.Published = in.Name+"#"+rows[0].about, timex.Date{}
	if in.Key != "" {
		d.Key = in.Key + "#" + rows[0].about
	}
	about := metadata{}
	for _, field := range []string{"source", "publisher", "author", "published", "url"} {
		about[field] = meta[field]
	}
	return d, about.fill(&d)
}

// known reports whether a word is among those of a cell, and else names them.
func known[T any](r factRow, words map[string]T) error {
	if _, ok := words[r.what]; !ok {
		return fmt.Errorf("%q is nothing that a line about %s can say; known: %s", r.what, r.about, strings.Join(slices.Sorted(maps.Keys(words)), ", "))
	}
	return nil
}

// states checks that the last cell has codes of states and nothing else.
func (r factRow) states(g *gazetteer) error {
	if len(r.codes()) == 0 {
		return fmt.Errorf("no states in the fifth cell")
	}
	for _, code := range r.codes() {
		if _, err := g.state(code); err != nil {
			return err
		}
	}
	return nil
}

// cityAndState parts "Geneva, CHE".
func cityAndState(g *gazetteer, s string) (city, state string, err error) {
	i := strings.LastIndex(s, ", ")
	if i < 0 {
		return "", "", fmt.Errorf("%q is no city with its state; write it as Geneva, CHE", s)
	}
	_, err = g.state(s[i+2:])
	return s[:i], s[i+2:], err
}

// been writes the verb that says when something held: is, have been, were.
func (r factRow) been(several bool) string {
	words := [2]string{" has been ", " have been "}
	switch {
	case !r.until.IsZero():
		words = [2]string{" was ", " were "}
	case r.since.IsZero():
		words = [2]string{" is ", " are "}
	}
	if several {
		return words[1]
	}
	return words[0]
}
