package importers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// The pipeline of the tests reads documents that say outright what is to be
// read in them, a line each:
//
//	entity ID Class "Name" [code=…] [country=…] [alias=…] [kind=nominal] [sure=0.5]
//	tenure PERSON "Position" [of=ID] [to=ID] [from=DATE] [until=DATE] [former]
//	relation TYPE FROM TO [about=ID] [from=DATE] [until=DATE] [negative] [claimed] [by=ID] [MODALITY]
//	event TYPE [actors=ID,ID] [recipients=ID] [PART=ID] [place=ID] [date=DATE] [negative] [claimed] …
//	note "Text"
//
// A word called=ID:NAME says that a sentence has another name for an entity.
//
// Other lines are prose. Every line is a sentence.

func testPipeline(t testing.TB) *nlp.Pipeline {
	t.Helper()
	p, err := nlp.NewPipeline(nlp.Component{Name: "notation", Annotate: annotateNotation})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func testModel(t testing.TB) *schema.Model {
	t.Helper()
	m, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func annotateNotation(_ context.Context, d *nlp.Doc) error {
	if d.Language == "" {
		d.Language = "en"
	}
	ids := map[string]int{}
	at := 0
	for line := range strings.SplitAfterSeq(d.Text, "\n") {
		span := nlp.Span{Start: at, End: at + len(strings.TrimRight(line, "\n"))}
		at += len(line)
		if span.Start == span.End {
			continue
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{Span: span})
		n := notation{d: d, ids: ids, span: span}
		if err := n.read(fields(strings.TrimSpace(line))); err != nil {
			return fmt.Errorf("line %d: %w", len(d.Sentences), err)
		}
	}
	return nil
}

// fields splits at spaces outside of quotation marks, which it drops.
func fields(line string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	for _, r := range line + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if b.Len() > 0 {
				out = append(out, b.String())
			}
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return out
}

type notation struct {
	d    *nlp.Doc
	ids  map[string]int
	span nlp.Span
}

func (n notation) id(s string) int {
	i, ok := n.ids[s]
	if !ok {
		panic("no entity " + s)
	}
	return i
}

func (n notation) list(s string) []int {
	var out []int
	for id := range strings.SplitSeq(s, ",") {
		out = append(out, n.id(id))
	}
	return out
}

func (n notation) read(words []string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	if len(words) == 0 {
		return nil
	}
	for _, w := range words {
		if id, name, ok := strings.Cut(strings.TrimPrefix(w, "called="), ":"); ok && strings.HasPrefix(w, "called=") {
			start := n.span.Start + strings.LastIndex(n.d.Text[n.span.Start:n.span.End], name)
			e := &n.d.Entities[n.id(id)]
			e.Mentions = append(e.Mentions, len(n.d.Mentions))
			n.d.Mentions = append(n.d.Mentions, nlp.Mention{
				Span: nlp.Span{Start: start, End: start + len(name)}, Kind: nlp.Name, Class: e.Class,
				Entity: n.id(id), Sentence: len(n.d.Sentences) - 1, Confidence: 0.6, Note: "doubtful",
			})
		}
	}
	switch words[0] {
	case "entity":
		n.entity(words[1:])
	case "tenure":
		t := nlp.Tenure{Person: n.id(words[1]), Position: words[2], Of: -1, AccreditedTo: -1, Evidence: []nlp.Span{n.span}, Confidence: 0.9}
		for _, w := range words[3:] {
			switch key, value, _ := strings.Cut(w, "="); key {
			case "of":
				t.Of = n.id(value)
			case "to":
				t.AccreditedTo = n.id(value)
			case "from":
				t.From = date(value)
			case "until":
				t.Until = date(value)
			case "sure":
				fmt.Sscan(value, &t.Confidence)
			case "former":
				t.Former = true
			}
		}
		n.d.Tenures = append(n.d.Tenures, t)
	case "relation":
		r := nlp.Relation{Type: words[1], From: n.id(words[2]), To: n.id(words[3]), About: -1, Statement: n.statement(words[4:])}
		for _, w := range words[4:] {
			switch key, value, _ := strings.Cut(w, "="); key {
			case "about":
				r.About = n.id(value)
			case "from":
				r.ValidFrom = date(value)
			case "until":
				r.Until = date(value)
			}
		}
		n.d.Relations = append(n.d.Relations, r)
	case "event":
		n.event(words[1:])
	case "note":
		n.d.Notes = append(n.d.Notes, nlp.Note{Span: n.span, Layer: "notation", Text: words[1]})
	case "fail":
		return fmt.Errorf("%s", words[1])
	}
	return nil
}

func (n notation) entity(words []string) {
	e := nlp.Entity{ID: words[0], Class: words[1], Name: words[2], Confidence: 1}
	m := nlp.Mention{Kind: nlp.Name, Class: e.Class, Entity: len(n.d.Entities), Sentence: len(n.d.Sentences) - 1, Confidence: 1}
	for _, w := range words[3:] {
		switch key, value, _ := strings.Cut(w, "="); key {
		case "code":
			e.Code = value
		case "country":
			e.Country = value
		case "alias":
			e.Aliases = append(e.Aliases, value)
		case "kind":
			m.Kind = value
		case "sure":
			fmt.Sscan(value, &m.Confidence)
			m.Note = "doubtful"
		}
	}
	start := n.span.Start + strings.Index(n.d.Text[n.span.Start:n.span.End], e.Name)
	m.Span = nlp.Span{Start: start, End: start + len(e.Name)}
	e.Mentions = []int{len(n.d.Mentions)}
	n.ids[e.ID] = len(n.d.Entities)
	n.d.Mentions = append(n.d.Mentions, m)
	n.d.Entities = append(n.d.Entities, e)
}

func (n notation) statement(words []string) nlp.Statement {
	s := nlp.Statement{Polarity: "positive", Modality: "realis", Assertion: "asserted", Evidence: []nlp.Span{n.span}, Confidence: 0.8}
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case w == "negative":
			s.Polarity = w
		case slices.Contains(schema.Modalities(), w):
			s.Modality = w
		case slices.Contains(schema.Assertions(), w):
			s.Assertion = w
		case key == "by":
			s.AttributedTo = n.list(value)
		case key == "sure":
			fmt.Sscan(value, &s.Confidence)
		}
	}
	return s
}

func (n notation) event(words []string) {
	v := nlp.Event{Type: words[0], Place: -1, Statement: n.statement(words[1:]), Trigger: nlp.Span{Start: n.span.Start, End: n.span.Start + len("event")}}
	if t, err := schema.Default(); err == nil && t.Event(v.Type) != nil {
		v.Plover = t.Event(v.Type).Plover
		if codes := t.Event(v.Type).Cameo; len(codes) > 0 {
			v.Cameo = codes[0]
		}
	}
	for _, w := range words[1:] {
		key, value, pair := strings.Cut(w, "=")
		switch {
		case !pair || key == "by" || key == "sure" || key == "called":
		case key == "actors":
			v.Actors = n.list(value)
		case key == "recipients":
			v.Recipients = n.list(value)
		case key == "place":
			v.Place = n.id(value)
		case key == "date":
			v.Date = date(value)
		default:
			for _, e := range n.list(value) {
				v.Participants = append(v.Participants, nlp.Participant{Entity: e, Event: -1, Part: key})
			}
		}
	}
	n.d.Events = append(n.d.Events, v)
}

// date reads 2025-08-31, 2025-08, 2025, and each with a precision: before:2025.
func date(s string) timex.Value {
	precision, iso, ok := strings.Cut(s, ":")
	if !ok {
		iso = s
		precision = []string{timex.Year, timex.Month, timex.Day}[strings.Count(s, "-")]
	}
	var d timex.Date
	fmt.Sscanf(iso, "%d-%d-%d", &d.Year, &d.Month, &d.Day)
	return timex.Value{Date: d, Precision: precision}
}
