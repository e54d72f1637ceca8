package past_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// A world is written as lines of words: what the default graph says of a node,
// and (report) what a document of a date says that bears on it.
//
//	relation NAME TYPE FROM TO [since DATE] [until DATE] [former] [PRECISION of until]
//	tenure NAME HOLDER POSITION OF [since DATE] [until DATE] [former]
//	event NAME TYPE [date DATE]
//	report NAME PUBLISHED [former]
type world struct {
	t     *testing.T
	quads []graph.Quad
	n     int
}

func (w *world) add(s, p string, o graph.Term, in string) {
	q := graph.Quad{Subject: graph.IRI(s), Predicate: graph.IRI(p), Object: o}
	if in != "" {
		q.Graph = graph.IRI(in)
	}
	w.quads = append(w.quads, q)
}

func iri(name string) string { return schema.Expand(name) }

func date(text string) graph.Term {
	return graph.Typed(text, schema.XSD+[]string{"gYear", "gYearMonth", "date"}[strings.Count(text, "-")])
}

func (w *world) line(line string) {
	words := strings.Fields(line)
	node := iri(words[1])
	link := func(property, to string) { w.add(node, property, graph.IRI(iri(to)), "") }
	var rest []string
	isOver := strings.Contains(line, " until ") || strings.Contains(line, " former")
	switch words[0] {
	case "relation":
		link(schema.Type, "ent:Relation")
		link(schema.StatedType, "ent:"+words[2])
		link(schema.Subject, words[3])
		link(schema.Object, words[4])
		if !isOver {
			w.add(iri(words[3]), schema.NS+words[2], graph.IRI(iri(words[4])), "")
			if words[2] == "diplomaticRelationsWith" {
				w.add(iri(words[4]), schema.NS+words[2], graph.IRI(iri(words[3])), "")
			}
		}
		rest = words[5:]
	case "tenure":
		link(schema.Type, "ent:Tenure")
		link(schema.Holder, words[2])
		link(schema.PositionHeld, words[3])
		link(schema.OnBehalfOf, words[4])
		title := strings.ReplaceAll(words[3][strings.Index(words[3], ".")+1:], "-", " ")
		w.add(iri(words[3]), schema.JobTitle, graph.String(title), "")
		if !isOver {
			w.add(iri(words[2]), schema.Holds, graph.IRI(iri(words[3])), "")
			w.add(iri(words[2]), schema.ActsFor, graph.IRI(iri(words[4])), "")
		}
		rest = words[5:]
	case "event":
		link(schema.Type, "ent:Event")
		link(schema.StatedType, "ent:"+words[2])
		rest = words[3:]
	case "report":
		w.n++
		document := iri(fmt.Sprint("doc:", w.n))
		report := document + "#report-1"
		w.add(document, schema.Issued, date(words[2]), document)
		w.add(report, schema.Polarity, graph.String("positive"), document)
		w.add(node, schema.Evidence, graph.IRI(report), "")
		if len(words) > 3 {
			w.add(report, schema.Former, graph.Typed("true", schema.XSD+"boolean"), document)
		}
		return
	default:
		w.t.Fatalf("no line begins with %s", words[0])
	}
	for len(rest) > 0 {
		switch rest[0] {
		case "since", "until", "date":
			property := map[string]string{"since": schema.From, "until": schema.Until, "date": schema.Date}[rest[0]]
			w.add(node, property, date(rest[1]), "")
			rest = rest[2:]
		case "before", "after", "about":
			property := schema.FromPrecision
			if isOver {
				property = schema.UntilPrecision
			}
			w.add(node, property, graph.String(rest[0]), "")
			rest = rest[1:]
		case "former":
			w.add(node, schema.Former, graph.Typed("true", schema.XSD+"boolean"), "")
			rest = rest[1:]
		default:
			w.t.Fatalf("what is %s?", rest[0])
		}
	}
}

// stood says how the statement x stood: later, possibly, holds, "holds since D" (with
// what it says of its end), or over; and whether the plain triples agree.
func stood(t *testing.T, lines, day string) string {
	t.Helper()
	w := &world{t: t}
	for line := range strings.Lines(lines) {
		if strings.TrimSpace(line) != "" {
			w.line(strings.TrimSpace(line))
		}
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Apply(t.Context(), graph.Change{Add: w.quads}); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	p, err := past.ParsePeriod(day)
	if err != nil {
		t.Fatal(err)
	}
	v, err := past.At(t.Context(), view, model, p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	if got, ok := past.Of(v); !ok || got != p {
		t.Errorf("the view is of %v, want %v", got, p)
	}
	there := false
	var says []string
	plain := map[string]int{}
	for q, err := range graph.Quads(t.Context(), v, graph.Pattern{Graph: graph.DefaultGraph}) {
		if err != nil {
			t.Fatal(err)
		}
		local := strings.TrimPrefix(q.Predicate.Value, schema.NS)
		switch {
		case q.Subject.Value == iri("relation:x") && q.Predicate.Value == schema.Type:
			there = true
		case q.Subject.Value == iri("relation:x") && slices.Contains([]string{"until", "untilPrecision", "former", "standing"}, local):
			says = append(says, local+" "+q.Object.Value)
		case q.Subject.Value == iri("state:ARM") || q.Subject.Value == iri("person:a"):
			plain[local]++
		}
	}
	if !there {
		says = []string{"later"}
	}
	slices.Sort(says)
	for _, name := range []string{"memberOf", "diplomaticRelationsWith", "holds", "actsFor"} {
		if plain[name] > 0 {
			says = append(says, name)
		}
	}
	return strings.Join(says, ", ")
}

func TestStanding(t *testing.T) {
	const member = "relation relation:x memberOf state:ARM organization:CSTO"
	const minister = "tenure relation:x person:a position:ARM.foreign-minister state:ARM"
	for _, c := range []struct {
		name, lines string
		want        map[string]string // by date
	}{
		{"to the day", member + " since 1994-04-20 until 2012-12-19", map[string]string{
			"1994-04-19": "later", "1994-04-20": "memberOf", "1994-04": "memberOf", "2012-12-18": "memberOf",
			"2012-12-19": "until 2012-12-19, memberOf", "2012-12-20": "until 2012-12-19", "2012": "until 2012-12-19, memberOf", "2013": "until 2012-12-19",
		}},
		{"years only", member + " since 1994 until 2012", map[string]string{
			"1993-12-31": "later", "1994-06-01": "standing possibly", "1994": "memberOf", "1995-01-01": "memberOf", "2011": "memberOf",
			"2012-06-01": "standing possibly, until 2012", "2012": "until 2012, memberOf", "2013-01-01": "until 2012",
		}},
		{"an end that is not known", member + " since 1994", map[string]string{"1993": "later", "2030": "memberOf"}},
		{"an end that is about a year", member + " since 1994 until 2012 about", map[string]string{
			"2010-06-01": "memberOf", "2011-06-01": "standing possibly, until 2012, untilPrecision about",
			"2013-06-01": "standing possibly, until 2012, untilPrecision about", "2014-06-01": "until 2012, untilPrecision about",
		}},
		{"an end before a year", member + " since 1994 until 2012 before", map[string]string{
			"1994-06-01": "standing possibly, until 2012, untilPrecision before", "2011-12-31": "standing possibly, until 2012, untilPrecision before",
			"2012-02-01": "until 2012, untilPrecision before",
		}},
		{"over, not known since when", member + " since 1994 former\nreport relation:x 2001-05-01\nreport relation:x 2010-05-01 former", map[string]string{
			"2001-05-01": "memberOf", "2005": "former true, standing possibly", "2010-05-02": "former true",
		}},
		{"a beginning that is not known", member + "\nreport relation:x 2001-05-01\nreport relation:x 2011-05-01", map[string]string{
			"1999": "standing possibly", "2001-04-30": "standing possibly", "2001-05-01": "memberOf", "2020": "memberOf",
		}},
		{"no date at all", member, map[string]string{"1999": "standing possibly"}},
		{"both ways", "relation relation:x diplomaticRelationsWith state:PAK state:ARM since 2025-08-31", map[string]string{
			"2025-08-30": "later", "2025-09-01": "diplomaticRelationsWith",
		}},
		{"two periods", member + " since 1994 until 1999\nrelation relation:y memberOf state:ARM organization:CSTO since 2006", map[string]string{
			"1993": "later", "1995": "memberOf", "2000": "until 1999", "2007": "until 1999, memberOf",
		}},
		{"an event", "event relation:x SignAgreement date 2025-08", map[string]string{"2025-07": "later", "2025-08-10": "standing possibly", "2025-08": "", "2026": ""}},
		{"an event that was reported in its month", "event relation:x SignAgreement date 2025-08\nreport relation:x 2025-08-12", map[string]string{
			"2025-08-10": "standing possibly", "2025-08-12": "",
		}},
		{"an event without a date", "event relation:x SignAgreement\nreport relation:x 2025-08-12", map[string]string{"2025-08-10": "standing possibly", "2025-08-12": ""}},
		{"an office that one person holds", minister + "\nreport relation:x 2018-02-01\nreport relation:x 2019-02-01\n" +
			"tenure tenure:y person:b position:ARM.foreign-minister state:ARM since 2020-11-18", map[string]string{
			"2017": "standing possibly", "2018-02-01": "holds, actsFor", "2019-02-01": "holds, actsFor",
			"2020": "standing possibly", "2020-11-19": "until 2020-11-18, untilPrecision latest",
		}},
		{"an office that several hold", "tenure relation:x person:a position:ARM.deputy-minister state:ARM since 2018-02-01\n" +
			"tenure tenure:y person:b position:ARM.deputy-minister state:ARM since 2020-11-18", map[string]string{"2021": "holds, actsFor"}},
		{"a successor who came before", minister + "\nreport relation:x 2022-02-01\n" +
			"tenure tenure:y person:b position:ARM.foreign-minister state:ARM since 2020-11-18", map[string]string{"2023": "holds, actsFor"}},
		{"the same person again", minister + " since 2018\n" +
			"tenure tenure:y person:a position:ARM.foreign-minister state:ARM since 2020-11-18", map[string]string{"2021": "holds, actsFor"}},
	} {
		for day, want := range c.want {
			if got := stood(t, c.lines, day); got != want {
				t.Errorf("%s, as of %s: %q, want %q", c.name, day, got, want)
			}
		}
	}
}

func TestPeriods(t *testing.T) {
	for text, want := range map[string][2]string{
		"2024": {"2024-01-01", "2024-12-31"}, "2024-02": {"2024-02-01", "2024-02-29"}, "2024-02-29": {"2024-02-29", "2024-02-29"},
	} {
		if p, err := past.ParsePeriod(text); err != nil || p.First != want[0] || p.Last != want[1] {
			t.Errorf("%s is %v, want %v; error %v", text, p, want, err)
		}
	}
	for _, text := range []string{"", "last year", "2024-2-1", "2023-02-29", "24", "2024-13"} {
		if _, err := past.ParsePeriod(text); err == nil {
			t.Errorf("%q passes for a date", text)
		}
	}
}

// What is hidden when very much is hidden is the same as when little is.
func TestManyHidden(t *testing.T) {
	w := &world{t: t}
	for i := range 2500 {
		w.line(fmt.Sprintf("relation relation:r%d memberOf state:S%d organization:CSTO since %d", i, i, 1990+i%30))
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(t.Context(), graph.Change{Add: w.quads}); err != nil {
		t.Fatal(err)
	}
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[string]int{"1989": 0, "1990": 84, "2004": 1255, "2019": 2500} {
		view, err := store.View()
		if err != nil {
			t.Fatal(err)
		}
		p, _ := past.ParsePeriod(year)
		v, err := past.At(t.Context(), view, model, p)
		if err != nil {
			t.Fatal(err)
		}
		n, relations := 0, 0
		for q, err := range graph.Quads(t.Context(), v, graph.Pattern{}) {
			if err != nil {
				t.Fatal(err)
			}
			switch q.Predicate.Value {
			case schema.NS + "memberOf":
				n++
			case schema.Type:
				relations++
			}
		}
		if n != want || relations != want {
			t.Errorf("in %s there are %d memberships and %d relations, want %d", year, n, relations, want)
		}
		v.Close()
	}
}

func TestChanges(t *testing.T) {
	w := &world{t: t}
	for line := range strings.Lines(`relation relation:a memberOf state:ARM organization:CSTO since 1994-04-20 until 2012-12-19
relation relation:b memberOf state:AZE organization:CSTO since 1994 until 1999
relation relation:c memberOf state:GEO organization:CSTO
report relation:c 1994-05-01
event event:d SignAgreement date 1994-05
event event:e SignAgreement date 1991 after
tenure tenure:f person:a position:ARM.foreign-minister state:ARM since 1990-01-01
tenure tenure:g person:b position:ARM.foreign-minister state:ARM since 1994-06-01`) {
		w.line(strings.TrimSpace(line))
	}
	for i, q := range w.quads { // of an event the precision is that of its date
		if q.Subject.Value == iri("event:e") && q.Predicate.Value == schema.FromPrecision {
			w.quads[i].Predicate = graph.IRI(schema.Precision)
		}
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(t.Context(), graph.Change{Add: w.quads}); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	table, err := past.Read(t.Context(), view, model)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, until, want string }{
		{"1994-04-20", "1994-04-20", "a begins, b begins possibly"},
		{"1994-05-01", "1994-06-30", "b begins possibly, d begins, g begins"},
		{"1995-01-01", "1998-12-31", ""},
		{"1999-01-01", "2012-12-31", "a ends, b ends"},
	} {
		var got []string
		for _, change := range table.Changes(past.Period{First: c.from, Last: c.until}) {
			term, err := view.Term(t.Context(), change.ID)
			if err != nil {
				t.Fatal(err)
			}
			word := term.Value[strings.LastIndex(term.Value, "/")+1:] + map[bool]string{true: " ends", false: " begins"}[change.Ends]
			if change.Possibly {
				word += " possibly"
			}
			got = append(got, word)
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s to %s: %s; want %s", c.from, c.until, strings.Join(got, ", "), c.want)
		}
	}
}
