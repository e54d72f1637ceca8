package facts_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// world opens a view of the small world that the tests of queries share: two
// documents about three states, as the importers would keep them.
func world(t testing.TB) graph.View {
	t.Helper()
	f, err := os.Open("../testdata/world.nq")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var change graph.Change
	for q, err := range graph.ReadNQuads(t.Context(), f, graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		change.Add = append(change.Add, q)
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { view.Close() })
	return view
}

// model is a schema of the tests' own, so that their golden files do not
// change with the words of the real one. Types that it lacks have their bare names.
func model(t testing.TB) *schema.Model {
	t.Helper()
	files := fstest.MapFS{}
	add := func(path string, lines ...string) {
		files[path+".yaml"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	for _, c := range []string{"State", "Person", "Organization", "Place", "Agreement", "Occasion", "Position"} {
		add("classes/"+c, "id: "+c, "label: "+strings.ToLower(c), "plural: "+strings.ToLower(c)+"s", "definition: A "+c+".", "shape: box", "color: \"#56B4E9\"")
	}
	for id, words := range map[string][4]string{
		"diplomatic-relations": {"diplomaticRelationsWith", "has relations with", "has relations with", "true"},
		"member-of":            {"memberOf", "is a member of", "has as a member", "false"},
		"opposes-membership":   {"opposesMembershipIn", "opposes membership in", "is kept from others by", "false"},
		"party-to":             {"partyTo", "is a party to", "has as a party", "false"},
		"supports":             {"supports", "supports", "is supported by", "false"},
		"recognises":           {"recognises", "recognises", "is recognised by", "false"},
		"occupies":             {"occupies", "occupies", "is occupied by", "false"},
		"at-peace-with":        {"atPeaceWith", "is at peace with", "is at peace with", "true"},
	} {
		add("relations/"+id, "id: "+id, "property: "+words[0], "label: "+words[1], "inverse: "+words[2], "symmetric: "+words[3],
			"definition: It "+words[1]+" it.", "domain: [State, Organization, Agreement, Place]", "range: [State, Organization, Agreement, Place]")
	}
	m, err := schema.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update rewrites it):\n%s", path, got)
	}
}

func TestFind(t *testing.T) {
	view := world(t)
	for text, want := range map[string][]string{
		"state:AVE":                            {"state:AVE"},
		"<state:AVE>":                          {"state:AVE"},
		schema.ID + "person/ana-pell":          {"person:ana-pell"},
		"<" + schema.ID + "person/ana-pell>":   {"person:ana-pell"},
		"BRE":                                  {"state:BRE"},
		"kingdom  of brelland":                 {"state:BRE"},
		"Republic of Averna":                   {"state:AVE"},
		"Averna":                               {"place:averna-us", "state:AVE"}, // two things are called so
		"AVERNA":                               {"place:averna-us", "state:AVE"},
		"avérna":                               {"place:averna-us", "state:AVE"}, // accents do not count
		"Avérna":                               {"state:AVE"},                    // but exact spelling wins
		"marrow":                               {"person:ilse-marrow"},
		"lund":                                 {"person:odo-lund"}, // a word of the name
		"Foreign Minister of Averna":           {"position:AVE.foreign-minister"},
		"Averna and Brelland met":              nil, // an event is no thing
		"corrin":                               {"place:corrin"},
		"aver*":                                {"place:averna-us", "position:AVE.foreign-minister", "state:AVE"},
		"'foreign' minister (averna)":          {"position:AVE.foreign-minister"},
		"nobody":                               nil,
		"":                                     nil,
		"tenure:odo-lund.AVE.foreign-minister": nil,
	} {
		found, err := facts.Find(t.Context(), view, text)
		if err != nil {
			t.Errorf("Find(%q): %v", text, err)
			continue
		}
		var got []string
		for _, thing := range found {
			got = append(got, schema.Compact(thing.IRI))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("Find(%q) = %v; want %v", text, got, want)
		}
	}
}

func writeFact(w io.Writer, f facts.Fact) {
	fmt.Fprintf(w, "  %s %s [%s: %s] %s %s\n", f.Kind, f.Title, f.Type, f.Label, f.Date, f.Span())
	for _, p := range f.Parts {
		fmt.Fprintf(w, "    %s %s (%s)\n", p.Role, p.Label, p.Class)
	}
	if f.Place != nil {
		fmt.Fprintf(w, "    in %s\n", f.Place.Label)
	}
	for _, e := range f.Evidence {
		fmt.Fprintf(w, "    %s, %s: %s %s %s %.1f", e.Document.Title, e.Document.Published, e.Polarity, e.Modality, e.Assertion, e.Confidence)
		for _, s := range e.Speakers {
			fmt.Fprintf(w, ", said by %s", s.Label)
		}
		fmt.Fprintln(w)
		for _, s := range e.Sentences {
			fmt.Fprintf(w, "      %d-%d %s\n", s.Start, s.End, s.Text)
		}
	}
}

func TestDescribe(t *testing.T) {
	view, m := world(t), model(t)
	for _, id := range []string{"state:AVE", "person:ana-pell", "organization:LEAGUE"} {
		d, err := facts.Describe(t.Context(), view, m, schema.Expand(id))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s, a %s: %s %v\n", d.Label, d.Class, strings.Join(d.Names, " | "), d.Codes)
		fmt.Fprintln(&b, "positions")
		for _, f := range d.Positions {
			writeFact(&b, f)
		}
		for _, g := range d.Relations {
			fmt.Fprintf(&b, "%s (%s)\n", g.Label, g.Type)
			for _, f := range g.Facts {
				writeFact(&b, f)
			}
		}
		fmt.Fprintln(&b, "events")
		for _, f := range d.Events {
			writeFact(&b, f)
		}
		fmt.Fprintln(&b, "reported")
		for _, r := range d.Reported {
			writeFact(&b, r.Fact)
			fmt.Fprintf(&b, "    no fact: %s", r.Why)
			if r.ClosedBy != nil {
				fmt.Fprintf(&b, "; closed by %s", r.ClosedBy.Label)
			}
			fmt.Fprintln(&b)
		}
		fmt.Fprintln(&b, "documents")
		for _, doc := range d.Documents {
			fmt.Fprintf(&b, "  %s %s, %s\n", doc.Published, doc.Title, doc.Publisher)
		}
		golden(t, "describe-"+strings.ReplaceAll(id, ":", "-")+".golden", b.String())
	}
	if d, err := facts.Describe(t.Context(), view, m, schema.Expand("state:XXX")); d != nil || err != nil {
		t.Errorf("an unknown thing is described: %v, %v", d, err)
	}
	if d, err := facts.Describe(t.Context(), view, nil, schema.Expand("state:AVE")); err != nil || len(d.Events) == 0 {
		t.Errorf("without a model: %v", err)
	}
}

func TestTimeline(t *testing.T) {
	view, m := world(t), model(t)
	for name, o := range map[string]facts.TimelineOptions{
		"all":         {},
		"with-league": {With: schema.Expand("organization:LEAGUE")},
		"from-2017":   {From: "2017"},
		"until-2016":  {Until: "2016"},
		"april-2024":  {From: "2024-04", Until: "2024-04"},
	} {
		entries, err := facts.Timeline(t.Context(), view, m, schema.Expand("state:AVE"), o)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, e := range entries {
			remark := "stated"
			if e.Reported {
				remark = "reported: " + e.Why
			}
			fmt.Fprintf(&b, "%-14s %-7s %s | %s\n", e.When, e.What, e.Title, remark)
		}
		golden(t, "timeline-"+name+".golden", b.String())
	}
}

func TestWhy(t *testing.T) {
	view, m := world(t), model(t)
	var b strings.Builder
	for _, id := range []string{"event:sign", "relation:dr.AVE.BRE", "tenure:odo-lund.AVE.foreign-minister", "doc:corrin#event-3", "doc:corrin#relation-2"} {
		f, err := facts.Why(t.Context(), view, m, schema.Expand(id))
		if err != nil || f == nil {
			t.Fatalf("%s: %v, %v", id, f, err)
		}
		writeFact(&b, *f)
	}
	golden(t, "why.golden", b.String())
	for _, id := range []string{"state:AVE", "event:none"} {
		if f, err := facts.Why(t.Context(), view, m, schema.Expand(id)); f != nil || err != nil {
			t.Errorf("%s is a statement: %v, %v", id, f, err)
		}
	}
}

func TestDocuments(t *testing.T) {
	view := world(t)
	list, err := facts.Documents(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].Title != "The League at forty" || list[0].Published != "2024-06" || list[1].Publisher != "Harbour Post" {
		t.Errorf("documents: %+v", list)
	}
	text, err := facts.ReadText(t.Context(), view, list[1].IRI)
	if err != nil {
		t.Fatal(err)
	}
	var whole strings.Builder
	sentences := 0
	for _, p := range text.Pieces {
		whole.WriteString(p.Text)
		if p.Sentence {
			sentences++
		}
		if n := len([]rune(p.Text)); p.End-p.Start != n {
			t.Errorf("piece %q has %d code points, not %d", p.Text, n, p.End-p.Start)
		}
	}
	if sentences != 8 || !strings.HasSuffix(whole.String(), "occupied the Salt Islands.") || !strings.Contains(whole.String(), "Brelland’s ambassador") {
		t.Errorf("%d sentences, text %q", sentences, whole.String())
	}
}

func TestAround(t *testing.T) {
	view, m := world(t), model(t)
	for _, c := range []struct {
		name string
		id   string
		o    facts.AroundOptions
	}{
		{"averna", "state:AVE", facts.AroundOptions{}},
		{"marrow-2", "person:ilse-marrow", facts.AroundOptions{Depth: 2}},
		{"averna-cut", "state:AVE", facts.AroundOptions{Limit: 3}},
	} {
		n, err := facts.Around(t.Context(), view, m, schema.Expand(c.id), c.o)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, node := range n.Nodes {
			fmt.Fprintf(&b, "%s (%s)\n", node.Label, node.Class)
		}
		for _, e := range n.Edges {
			arrow, style := "→", ""
			if e.Mutual {
				arrow = "–"
			}
			if e.Reported {
				style = " reported: " + e.Why
			}
			if e.Ended {
				style += " ended"
			}
			if e.Label == "" {
				t.Errorf("%s: an edge without a label: %+v", c.name, e)
			}
			fmt.Fprintf(&b, "%s %s %s: %s%s\n", schema.Compact(e.From), arrow, schema.Compact(e.To), e.Label, style)
		}
		fmt.Fprintf(&b, "cut %d\n", n.Cut)
		golden(t, "around-"+c.name+".golden", b.String())
	}
}

func TestNothing(t *testing.T) {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	ctx := t.Context()
	found, err1 := facts.Find(ctx, view, "Averna")
	things, err2 := facts.Things(ctx, view)
	list, err3 := facts.Documents(ctx, view)
	entries, err4 := facts.Timeline(ctx, view, nil, "x", facts.TimelineOptions{})
	n, err5 := facts.Around(ctx, view, nil, "x", facts.AroundOptions{})
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Error(err)
	}
	if len(found)+len(things)+len(list)+len(entries)+len(n.Nodes) > 0 {
		t.Error("an empty graph says something")
	}
}

func TestCancelled(t *testing.T) {
	view, m := world(t), model(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err1 := facts.Find(ctx, view, "averna")
	_, err2 := facts.Describe(ctx, view, m, schema.Expand("state:AVE"))
	_, err3 := facts.Timeline(ctx, view, m, schema.Expand("state:AVE"), facts.TimelineOptions{})
	_, err4 := facts.Documents(ctx, view)
	_, err5 := facts.Around(ctx, view, m, schema.Expand("state:AVE"), facts.AroundOptions{})
	for i, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("function %d goes on without its context: %v", i+1, err)
		}
	}
}
