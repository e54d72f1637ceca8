package graphtest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
)

const (
	bob = "<x> <holds> <bob> .\n"
	amy = "<x> <holds> <amy> .\n"
	sue = "<x> <holds> <sue> .\n"
)

func testAddRemove(t *testing.T, s graph.Store) {
	for _, step := range []struct {
		name     string
		change   graph.Change
		done     graph.Applied
		contents string
	}{
		{"nothing", graph.Change{}, graph.Applied{}, ""},
		{"add", graph.Change{Add: quads(t, bob+amy)}, graph.Applied{Added: 2}, amy + bob},
		{"add again", graph.Change{Add: quads(t, bob+amy)}, graph.Applied{}, amy + bob},
		{"add one twice", graph.Change{Add: quads(t, sue+sue)}, graph.Applied{Added: 1}, amy + bob + sue},
		{"remove", graph.Change{Remove: quads(t, bob)}, graph.Applied{Removed: 1}, amy + sue},
		{"remove again", graph.Change{Remove: quads(t, bob)}, graph.Applied{}, amy + sue},
		{"remove the unknown", graph.Change{Remove: quads(t, "<x> <holds> <nobody> .")}, graph.Applied{}, amy + sue},
		{"remove and add the same", graph.Change{Remove: quads(t, amy), Add: quads(t, amy)}, graph.Applied{}, amy + sue},
		{"remove the absent and add it", graph.Change{Remove: quads(t, bob), Add: quads(t, bob)}, graph.Applied{Added: 1}, amy + bob + sue},
		{"remove all", graph.Change{Remove: quads(t, amy+bob+sue)}, graph.Applied{Removed: 3}, ""},
	} {
		if done := apply(t, s, step.change); done != step.done {
			t.Errorf("%s: got %+v, want %+v", step.name, done, step.done)
		}
		if got := dump(t, s); got != step.contents {
			t.Errorf("%s: the store holds\n%swant\n%s", step.name, got, step.contents)
		}
	}
}

// Cayley's key-value stores lose the subject when one change takes more of its quads than it adds.
func testMixedChange(t *testing.T, s graph.Store) {
	apply(t, s, graph.Change{Add: quads(t, amy+bob)})
	done := apply(t, s, graph.Change{Remove: quads(t, amy+bob), Add: quads(t, sue)})
	if want := (graph.Applied{Added: 1, Removed: 2}); done != want {
		t.Errorf("got %+v, want %+v", done, want)
	}
	expect(t, s, sue)
	v := view(t, s)
	checkDataset(t, v, quads(t, sue))
	checkNodes(t, v.Cayley(), quads(t, sue))
}

// Cayley's key-value stores keep the ids of a change that failed, and give them to other terms later.
func testFailedChange(t *testing.T, s graph.Store) {
	apply(t, s, graph.Change{Add: quads(t, bob), Records: map[string][]byte{"k": []byte("before")}})
	good := quads(t, "<a> <b> <c> <g> .\n<d> <e> <f> .")
	iri := graph.IRI("a")
	for name, bad := range map[string]graph.Change{
		"literal subject":   {Add: append(slices.Clone(good), graph.Quad{Subject: graph.String("x"), Predicate: iri, Object: iri})},
		"missing object":    {Add: append(slices.Clone(good), graph.Quad{Subject: iri, Predicate: iri})},
		"broken text":       {Add: append(slices.Clone(good), graph.Quad{Subject: iri, Predicate: iri, Object: graph.String("\xff")})},
		"triple term":       {Add: append(slices.Clone(good), graph.Quad{Subject: iri, Predicate: iri, Object: graph.Term{Kind: graph.KindTriple}})},
		"created literal":   {Add: good, CreateGraphs: []graph.Term{graph.String("g")}},
		"created nothing":   {Add: good, CreateGraphs: []graph.Term{{}}},
		"dropped default":   {Add: good, DropGraphs: []graph.Term{{}}},
		"removed and wrong": {Remove: quads(t, bob), Add: append(slices.Clone(good), graph.Quad{Subject: iri, Predicate: graph.Blank("p"), Object: iri})},
	} {
		bad.Records = map[string][]byte{"k": []byte("after"), "l": []byte("new")}
		if _, err := s.Apply(t.Context(), bad); err == nil {
			t.Errorf("%s: no error", name)
		}
		expect(t, s, bob)
	}
	v := view(t, s)
	if value, ok, err := v.Record(t.Context(), "k"); string(value) != "before" || !ok || err != nil {
		t.Errorf("the record is %q, %v, %v", value, ok, err)
	}
	checkDataset(t, v, quads(t, bob))

	apply(t, s, graph.Change{Add: quads(t, "<c> <p> <d> .\n<x> <p> <z> .")})
	expect(t, s, "<c> <p> <d> .\n"+bob+"<x> <p> <z> .\n")
}

func testCancelledChange(t *testing.T, s graph.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []graph.Change{
		{Add: quads(t, bob)},
		{Records: map[string][]byte{"k": []byte("v")}},
		{CreateGraphs: []graph.Term{graph.IRI("g")}},
	} {
		if _, err := s.Apply(ctx, c); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	expect(t, s, "")
	if _, ok, _ := view(t, s).Record(t.Context(), "k"); ok {
		t.Error("the record was written")
	}
}

func testManyGraphs(t *testing.T, s graph.Store) {
	const one, two, none = "<x> <holds> <bob> <g1> .\n", "<x> <holds> <bob> <g2> .\n", bob
	apply(t, s, graph.Change{Add: quads(t, one+two+none)})
	expect(t, s, none+one+two)
	v := view(t, s)
	if n := len(scan(t, v, graph.Pattern{Subject: id(t, v, graph.IRI("x"))}, graph.Unordered)); n != 3 {
		t.Errorf("%d rows, want 3: one for each graph", n)
	}
	checkDataset(t, v, quads(t, one+two+none))
	apply(t, s, graph.Change{Remove: quads(t, two)})
	expect(t, s, none+one)
	apply(t, s, graph.Change{Remove: quads(t, none)})
	expect(t, s, one)
	checkDataset(t, view(t, s), quads(t, one))
}

func testNamedGraphs(t *testing.T, s graph.Store) {
	names := func(want ...string) {
		t.Helper()
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if got := graphNames(t, v); !slices.Equal(got, want) {
			t.Errorf("graphs are %v, want %v", got, want)
		}
		for _, name := range want {
			term := graph.IRI(strings.Trim(name, "<>"))
			if strings.HasPrefix(name, "_:") {
				term = graph.Blank(name[2:])
			}
			id(t, v, term)
		}
	}
	empty, full := graph.IRI("empty"), graph.IRI("full")
	apply(t, s, graph.Change{CreateGraphs: []graph.Term{empty, graph.Blank("g")}, Add: quads(t, "<a> <b> <c> <full> .")})
	names("<empty>", "<full>", "_:g")
	apply(t, s, graph.Change{CreateGraphs: []graph.Term{empty}})
	names("<empty>", "<full>", "_:g")
	expect(t, s, "<a> <b> <c> <full> .\n")
	checkNodes(t, view(t, s).Cayley(), quads(t, "<a> <b> <c> <full> ."))

	// A graph that was created stays when its quads go; one that was not goes with its last quad.
	apply(t, s, graph.Change{Add: quads(t, "<a> <b> <c> <empty> .")})
	apply(t, s, graph.Change{Remove: quads(t, "<a> <b> <c> <empty> .\n<a> <b> <c> <full> .")})
	names("<empty>", "_:g")
	apply(t, s, graph.Change{DropGraphs: []graph.Term{empty, full, graph.Blank("g"), graph.IRI("unknown")}})
	names()
	if v := view(t, s); hasID(t, v, empty) {
		t.Error("the name of a dropped graph has an id still")
	}
	apply(t, s, graph.Change{DropGraphs: []graph.Term{empty}, CreateGraphs: []graph.Term{empty}})
	names("<empty>")
}

func testDropGraphs(t *testing.T, s graph.Store) {
	var many []graph.Quad
	for _, q := range manyQuads() {
		q.Graph = graph.IRI("big")
		many = append(many, q)
	}
	apply(t, s, graph.Change{Add: append(many, quads(t, bob+"<big> <b> <c> <g> .")...)})
	count := int64(len(many))
	done := apply(t, s, graph.Change{
		DropGraphs: []graph.Term{graph.IRI("big")},
		Remove:     many[:10],
		Add:        append(quads(t, "<a> <b> <c> <big> ."), many[0]),
	})
	if want := (graph.Applied{Added: 1, Removed: count - 1}); done != want {
		t.Errorf("got %+v, want %+v", done, want)
	}
	rest := append(quads(t, bob+"<big> <b> <c> <g> .\n<a> <b> <c> <big> ."), many[0])
	v := view(t, s)
	checkDataset(t, v, rest)
	checkNodes(t, v.Cayley(), rest)
}

func testRecords(t *testing.T, s graph.Store) {
	list := func(prefix string) string {
		t.Helper()
		v, err := s.View()
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		var out []string
		for r, err := range v.Records(t.Context(), prefix) {
			if err != nil {
				t.Fatal(err)
			}
			value, ok, err := v.Record(t.Context(), r.Key)
			if err != nil || !ok || string(value) != string(r.Value) {
				t.Errorf("record %q is %q in the list and %q (%v, %v) alone", r.Key, r.Value, value, ok, err)
			}
			out = append(out, r.Key+"="+string(r.Value))
		}
		return strings.Join(out, " ")
	}
	apply(t, s, graph.Change{Records: map[string][]byte{"import/2": []byte("two"), "import/1": []byte("one"), "merge/1": {}, "\xff": []byte("end"), "": []byte("none")}})
	for prefix, want := range map[string]string{
		"": "=none import/1=one import/2=two merge/1= \xff=end", "import/": "import/1=one import/2=two", "merge/": "merge/1=", "\xff": "\xff=end", "x": "",
	} {
		if got := list(prefix); got != want {
			t.Errorf("records under %q are %q, want %q", prefix, got, want)
		}
	}
	apply(t, s, graph.Change{Records: map[string][]byte{"import/1": nil, "import/2": []byte("2"), "unknown": nil}})
	if got, want := list("import/"), "import/2=2"; got != want {
		t.Errorf("records are %q, want %q", got, want)
	}
	v := view(t, s)
	if _, ok, err := v.Record(t.Context(), "import/1"); ok || err != nil {
		t.Errorf("a deleted record is there (%v, %v)", ok, err)
	}
	expect(t, s, "")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := v.Record(over, "merge/1"); !errors.Is(err, context.Canceled) {
		t.Errorf("record: error %v", err)
	}
	var last error
	for _, err := range v.Records(over, "") {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("records: error %v", last)
	}
}

func testSnapshots(t *testing.T, s graph.Store) {
	apply(t, s, graph.Change{Add: quads(t, amy+bob), Records: map[string][]byte{"k": []byte("1")}})
	before := view(t, s)
	qs := before.Cayley()
	amyID := id(t, before, graph.IRI("amy"))
	apply(t, s, graph.Change{
		Remove: quads(t, amy), Add: quads(t, sue), CreateGraphs: []graph.Term{graph.IRI("g")},
		Records: map[string][]byte{"k": []byte("2")},
	})
	if got := dumpOf(t, before); got != amy+bob {
		t.Errorf("the view changed: it holds\n%s", got)
	}
	checkDataset(t, before, quads(t, amy+bob))
	checkNodes(t, qs, quads(t, amy+bob))
	if term, err := before.Term(t.Context(), amyID); err != nil || term != graph.IRI("amy") {
		t.Errorf("the view lost a term: %s, %v", term, err)
	}
	if value, _, _ := before.Record(t.Context(), "k"); string(value) != "1" {
		t.Errorf("the view shows the record %q", value)
	}
	expect(t, s, bob+sue)
}

// Ids of terms that went must not come back for others: an old view, or a
// query that keeps ids, would mix them up.
func testUnusedTerms(t *testing.T, s graph.Store) {
	apply(t, s, graph.Change{Add: quads(t, amy+bob)})
	before := view(t, s)
	gone := id(t, before, graph.IRI("amy"))
	apply(t, s, graph.Change{Remove: quads(t, amy)})
	v := view(t, s)
	if hasID(t, v, graph.IRI("amy")) {
		t.Error("a term that no quad has has an id")
	}
	checkNodes(t, v.Cayley(), quads(t, bob))
	apply(t, s, graph.Change{Add: quads(t, sue)})
	if id(t, view(t, s), graph.IRI("sue")) == gone {
		t.Error("the id of a term that went was given to another")
	}
	apply(t, s, graph.Change{Add: quads(t, amy), Remove: quads(t, bob+sue)})
	v = view(t, s)
	checkDataset(t, v, quads(t, amy))
	checkNodes(t, v.Cayley(), quads(t, amy))
}

// exactTerms are different, though some have the same value, or begin alike.
func exactTerms() []graph.Term {
	long := strings.Repeat("long ", 50_000)
	name := "http://example.org/" + strings.Repeat("x", 300)
	const xsd = "http://www.w3.org/2001/XMLSchema#"
	return []graph.Term{
		graph.IRI("1"), graph.Blank("1"), graph.String("1"), graph.Typed("1", xsdInteger), graph.Typed("01", xsdInteger),
		graph.Typed("1", xsd+"int"), graph.Typed("1.0", xsd+"decimal"), graph.Typed("1.0E0", xsd+"double"), graph.Typed("1", xsd+"double"),
		graph.LangTagged("1", "en"), graph.LangTagged("1", "EN"), graph.LangTagged("1", "en-GB"),
		graph.Typed("true", xsd+"boolean"), graph.Typed("1", xsd+"boolean"),
		graph.Typed("2025-08-31T10:00:00.1Z", xsd+"dateTime"), graph.Typed("2025-08-31T10:00:00.9Z", xsd+"dateTime"),
		graph.Typed("2025-08-31T12:00:00.9+02:00", xsd+"dateTime"), graph.Typed("2025-08-31", xsd+"date"),
		graph.String(""), graph.String("\x00"), graph.String("\x00\x00"), graph.String("é"), graph.String("e\u0301"),
		graph.IRI(name), graph.IRI(name + "1"), graph.IRI(name + "2"), graph.String(name),
		graph.String(long), graph.String(long + "."), graph.LangTagged(long, "en"), graph.Typed(long, name),
	}
}

func testExactTerms(t *testing.T, s graph.Store) {
	var added []graph.Quad
	for _, term := range exactTerms() {
		added = append(added, graph.Quad{Subject: graph.IRI("s"), Predicate: graph.IRI("p"), Object: term})
	}
	if done := apply(t, s, graph.Change{Add: added}); done.Added != int64(len(added)) {
		t.Errorf("%d of %d quads were added", done.Added, len(added))
	}
	v := view(t, s)
	checkDataset(t, v, added)
	checkDataset(t, graph.FromCayley(v.Cayley()), added)
}

func testDump(t *testing.T, s graph.Store) {
	all := someQuads()
	apply(t, s, graph.Change{Add: all})
	first := dump(t, s)
	lines := strings.SplitAfter(strings.TrimSuffix(first, "\n"), "\n")
	if !slices.IsSorted(lines) || len(lines) != len(all) {
		t.Errorf("the dump has %d lines for %d quads, or they are not sorted", len(lines), len(all))
	}
	apply(t, s, graph.Change{Remove: all})
	slices.Reverse(all)
	for batch := range slices.Chunk(all, 7) {
		apply(t, s, graph.Change{Add: batch})
	}
	if dump(t, s) != first {
		t.Error("the same quads dump other bytes after they came in another order")
	}
}

func testReopen(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	all := someQuads()
	apply(t, s, graph.Change{Add: all, CreateGraphs: []graph.Term{graph.IRI("empty")}, Records: map[string][]byte{"k": []byte("v")}})
	before := dump(t, s)
	closed(t, s)
	s = open(t, dir)
	expect(t, s, before)
	apply(t, s, graph.Change{Add: quads(t, bob)})
	apply(t, s, graph.Change{Remove: quads(t, bob)})
	closed(t, s)
	s = open(t, dir)
	defer closed(t, s)
	expect(t, s, before)
	v, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if value, ok, err := v.Record(t.Context(), "k"); string(value) != "v" || !ok || err != nil {
		t.Errorf("the record is %q, %v, %v", value, ok, err)
	}
	if names := graphNames(t, v); !slices.Contains(names, "<empty>") {
		t.Errorf("the empty graph went: %v", names)
	}
	checkPatterns(t, v, all, len(all))
	checkNodes(t, v.Cayley(), all)
}
