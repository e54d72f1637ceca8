package nlp_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// TestEvents reads the sentences of testdata/events. A case is a sentence,
// ----, and one line for each expectation:
//
//	TYPE ACTORS > RECIPIENTS @DATE : STANDING   such an event, a fact where no standing is given
//	relation TYPE FROM > TO @DATE : STANDING    such a relation
//	part PART TYPE ENTITY                       a participant of an event of this type, in this part
//	place TYPE PLACE                            where such an event took place
//	about TYPE ENTITY                           the third end of such a relation
//	no TYPE                                     no fact of this type
//	no relation TYPE FROM > TO                  no such relation
//	no facts                                    no event is a fact, no relation but where things lie and what is part of what
//	no facts but TYPE, TYPE                     the same, with exceptions
//	FAILS WHY                                   the case may come out wrong; it is kept to see when it no longer does
func TestEvents(t *testing.T) {
	files, err := filepath.Glob("testdata/events/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata/events: no files (%v)", err)
	}
	pipeline := english(t)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range sentenceCases(string(text)) {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(file), ".txt"), c.line), func(t *testing.T) {
				d := &nlp.Doc{ID: "case", Text: c.text, Language: "en", Published: timex.Date{Year: 2024, Month: 5, Day: 14}}
				if err := pipeline.Annotate(context.Background(), d); err != nil {
					t.Fatal(err)
				}
				problems := c.problems(d)
				switch {
				case c.fails != "" && len(problems) == 0:
					t.Logf("%s:%d: %q comes out right now: take away FAILS", file, c.line, c.text)
				case c.fails == "" && len(problems) > 0:
					t.Errorf("%s:%d: %q\n%s\nread:\n%s", file, c.line, c.text, strings.Join(problems, "\n"), reading(d))
				}
			})
		}
	}
}

type sentenceCase struct {
	line  int
	text  string
	wants []string
	fails string
}

func sentenceCases(text string) []sentenceCase {
	var out []sentenceCase
	var c sentenceCase
	behind := false
	flush := func() {
		if c.text != "" {
			out = append(out, c)
		}
		c, behind = sentenceCase{}, false
	}
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			flush()
		case line == "----":
			behind = true
		case !behind:
			if c.text == "" {
				c.line = i + 1
			} else {
				c.text += "\n"
			}
			c.text += line
		case strings.HasPrefix(line, "FAILS "):
			c.fails = strings.TrimPrefix(line, "FAILS ")
		default:
			c.wants = append(c.wants, line)
		}
	}
	flush()
	return out
}

// passing lists relations that grammar expresses in passing and that no case is about.
var passing = []string{"located-in", "part-of", "leads", "capital-of"}

func (c sentenceCase) problems(d *nlp.Doc) []string {
	var out []string
	for _, want := range c.wants {
		ok := false
		if none, found := strings.CutPrefix(want, "no "); found && strings.HasPrefix(none, "relation ") {
			ok = !slices.ContainsFunc(lines(d), func(have string) bool { return meets(have, none) })
		} else if found {
			ok = !holdsFact(d, none)
		} else {
			ok = slices.ContainsFunc(lines(d), func(have string) bool { return meets(have, want) })
		}
		if !ok {
			out = append(out, "  "+want)
		}
	}
	return out
}

func holdsFact(d *nlp.Doc, what string) bool {
	but, general := strings.CutPrefix(what, "facts")
	allowed := strings.FieldsFunc(strings.TrimPrefix(but, " but "), func(r rune) bool { return r == ',' || r == ' ' })
	counts := func(typ string) bool {
		if general {
			return !slices.Contains(allowed, typ)
		}
		return typ == what
	}
	return slices.ContainsFunc(d.Events, func(v nlp.Event) bool { return v.Fact() && counts(v.Type) }) ||
		slices.ContainsFunc(d.Relations, func(r nlp.Relation) bool {
			return r.Fact() && counts(r.Type) && !slices.Contains(passing, r.Type)
		})
}

// lines writes what was read in the form of the expectations.
func lines(d *nlp.Doc) []string {
	ids := func(entities []int) string {
		var out []string
		for _, e := range entities {
			out = append(out, d.Entities[e].ID)
		}
		slices.Sort(out)
		return strings.Join(out, "+")
	}
	standing := func(s nlp.Statement) string {
		if s.Fact() {
			return ""
		}
		return " : " + strings.Join([]string{s.Polarity, s.Modality, s.Assertion, ids(s.AttributedTo)}, " ")
	}
	var out []string
	add := func(head string, from, to []int, date timex.Value, s nlp.Statement) {
		line := head + " " + ids(from)
		if len(to) > 0 {
			line += " > " + ids(to)
		}
		if date.Known() {
			line += " @" + date.Date.String()
		}
		out = append(out, line+standing(s))
	}
	for _, v := range d.Events {
		add(v.Type, v.Actors, v.Recipients, v.Date, v.Statement)
		for _, p := range v.Participants {
			if p.Entity >= 0 {
				out = append(out, "part "+p.Part+" "+v.Type+" "+d.Entities[p.Entity].ID)
			}
		}
		if v.Place >= 0 {
			out = append(out, "place "+v.Type+" "+d.Entities[v.Place].ID)
		}
	}
	for _, r := range d.Relations {
		add("relation "+r.Type, []int{r.From}, []int{r.To}, r.ValidFrom, r.Statement)
		if r.About >= 0 {
			out = append(out, "about "+r.Type+" "+d.Entities[r.About].ID)
		}
	}
	return out
}

// meets reports whether a line that was read has all that is wanted; a date or
// a standing that is not asked for may be there, but an unwanted standing is none.
func meets(have, want string) bool {
	haveHead, haveStanding, haveAny := strings.Cut(have, " : ")
	wantHead, wantStanding, wantAny := strings.Cut(want, " : ")
	if haveAny != wantAny {
		return false
	}
	for _, w := range strings.Fields(wantStanding) {
		if !slices.Contains(strings.Fields(haveStanding), w) {
			return false
		}
	}
	haveHead, haveDate, _ := strings.Cut(haveHead, " @")
	wantHead, wantDate, dated := strings.Cut(wantHead, " @")
	if dated && haveDate != wantDate {
		return false
	}
	if !strings.Contains(wantHead, ">") {
		haveHead, _, _ = strings.Cut(haveHead, " >")
	}
	return sorted(haveHead) == sorted(wantHead)
}

// sorted orders the actors and recipients in a line.
func sorted(line string) string {
	fields := strings.Fields(line)
	for i, f := range fields {
		parts := strings.Split(f, "+")
		slices.Sort(parts)
		fields[i] = strings.Join(parts, "+")
	}
	return strings.Join(fields, " ")
}

// reading shows what was read, and the parse that it rests on.
func reading(d *nlp.Doc) string {
	var out strings.Builder
	for _, l := range lines(d) {
		fmt.Fprintln(&out, "  ", l)
	}
	for _, n := range d.Notes {
		fmt.Fprintf(&out, "   note %q: %s\n", d.Text[n.Start:n.End], n.Text)
	}
	for i, tok := range d.Tokens {
		fmt.Fprintf(&out, "   %d %s/%s/%s %s(%d)", i, d.Text[tok.Start:tok.End], tok.Lemma, tok.Tag, tok.Relation, tok.Head)
		for _, m := range d.Mentions {
			if m.Head == i {
				fmt.Fprintf(&out, " [%s %s %s]", d.Text[m.Start:m.End], m.Kind, d.Entities[m.Entity].ID)
			}
		}
		fmt.Fprintln(&out)
	}
	return out.String()
}
