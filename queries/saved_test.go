package queries_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// worldEngine has the small world of testdata, wired as the program wires it.
func worldEngine(t testing.TB) *queries.Engine {
	t.Helper()
	data, err := os.ReadFile("testdata/world.nq")
	if err != nil {
		t.Fatal(err)
	}
	e := engineOver(t, string(data))
	e.Prefixes = schema.Prefixes()
	e.Vocabulary = map[string]string{schema.NS + "memberOf": "is a member of", schema.NS + "supports": "supports", schema.NS + "partyTo": "is a party to"}
	e.Lookup = func(ctx context.Context, view graph.View, name string) ([]graph.Term, error) {
		found, err := facts.Find(ctx, view, name)
		var out []graph.Term
		for _, t := range found {
			out = append(out, graph.IRI(t.IRI))
		}
		return out, err
	}
	if e.Saved, err = queries.ReadLibrary(nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// calls are what the golden file of saved queries asks; every saved query is in it.
var calls = []struct {
	name string
	args map[string]string
}{
	{"who-signed", map[string]string{"agreement": "Treaty of Corrin", "for": "AVE"}},
	{"who-signed", map[string]string{"since": "2025"}},
	{"positions-of", map[string]string{"person": "Odo Lund"}},
	{"positions-of", map[string]string{"person": "Odo Lund", "current": "yes"}},
	{"positions-in", map[string]string{"of": "state:AVE", "title": "foreign"}},
	{"ambassadors", map[string]string{"to": "Dunmar", "from": "BRE"}},
	{"events-of", map[string]string{"thing": "LEAGUE"}},
	{"events-of", map[string]string{"from": "2024-05", "until": "2024"}},
	{"events-between", map[string]string{"a": "Teo Brand", "b": "Ilse Marrow"}},
	{"met-whom", map[string]string{"who": "Ilse Marrow", "whom": "Teo Brand"}},
	{"meeting-days", map[string]string{"a": "Ilse Marrow", "b": "Teo Brand"}},
	{"members-of", map[string]string{"organization": "LEAGUE"}},
	{"members-of", map[string]string{"organization": "LEAGUE", "at": "1999"}},
	{"memberships-of", map[string]string{"thing": "BRE"}},
	{"requests-to-join", map[string]string{"organization": "LEAGUE", "applicant": "Brelland"}},
	{"opposition", map[string]string{"of": "BRE", "about": "LEAGUE"}},
	{"relations-of", map[string]string{"thing": "AVE", "with": "BRE", "at": "2024-05-03"}},
	{"relations-of", map[string]string{"thing": "AVE", "with": "BRE", "at": "2024-05-01"}},
	{"allied-with", map[string]string{"state": "DUN", "at": "1955-05"}},
	{"allied-with", map[string]string{"state": "DUN", "at": "1962"}},
	{"allied-with", map[string]string{"state": "AVE", "at": "1949"}},
	{"allied-with", map[string]string{"state": "AVE"}},
	{"established-relations", map[string]string{"a": "AVE", "b": "BRE"}},
	{"agreements-of", map[string]string{"thing": "BRE"}},
	{"parties-to", map[string]string{"agreement": "Treaty of Corrin"}},
	{"co-signatories", map[string]string{"who": "Ilse Marrow"}},
	{"summits", map[string]string{"place": "Corrin", "at": "2024-05-02"}},
	{"who-claims", map[string]string{"about": "Salt Islands", "type": "ent:occupies"}},
	{"who-claims", map[string]string{"speaker": "Marrow"}},
	{"conditions", map[string]string{"actor": "BRE", "towards": "AVE", "type": "ent:Recognise"}},
	{"not-recognised", map[string]string{"state": "AVE"}},
	{"mentions-of", map[string]string{"thing": "LEAGUE"}},
	{"shared-organizations", map[string]string{"a": "AVE"}},
	{"connections", map[string]string{"from": "Teo Brand", "to": "BRE"}},
	{"recognised-by", map[string]string{"state": "AVE"}},
	{"relations-with", map[string]string{"state": "AVE"}},
	{"relations-with", map[string]string{"state": "BRE", "at": "2024-05-01"}},
	{"relations-with", map[string]string{"state": "BRE", "at": "2024"}},
	{"no-relations-with", map[string]string{"state": "AVE"}},
	{"no-relations-with", map[string]string{"state": "AVE", "at": "2024-05-01"}},
	{"common-memberships", map[string]string{"a": "AVE", "b": "BRE"}},
	{"common-allies", map[string]string{"a": "AVE", "b": "BRE", "at": "1955"}},
	{"defence-chains", map[string]string{"state": "DUN"}},
	{"meetings", map[string]string{"from": "2024-04-30", "until": "2024"}},
	{"meetings", map[string]string{"who": "LEAGUE"}},
	{"contacts-of", map[string]string{"who": "Ilse Marrow"}},
	{"contacts-of", map[string]string{"who": "AVE", "until": "2023"}},
	{"said-about", map[string]string{"speaker": "Marrow"}},
	{"said-about", map[string]string{"about": "Salt Islands"}},
	{"connections", map[string]string{"from": "DUN", "to": "Treaty of Corrin"}},
}

func TestSavedQueries(t *testing.T) {
	e := worldEngine(t)
	var b strings.Builder
	asked := map[string]bool{}
	for _, c := range calls {
		asked[c.name] = true
		fmt.Fprintf(&b, "# %s", c.name)
		for _, name := range slices.Sorted(maps.Keys(c.args)) {
			fmt.Fprintf(&b, " %s=%q", name, c.args[name])
		}
		b.WriteString("\n")
		r, err := e.RunSaved(t.Context(), c.name, c.args, queries.Limits{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, w := range r.Warnings {
			fmt.Fprintf(&b, "warning: %s\n", w)
		}
		if err := r.WriteTable(&b); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n")
	}
	for _, s := range e.Saved.List() {
		if !asked[s.Name] {
			t.Errorf("the saved query %s is not tested", s.Name)
		}
		if s.Description == "" {
			t.Errorf("the saved query %s does not describe itself", s.Name)
		}
		for _, p := range s.Params {
			if p.Description == "" {
				t.Errorf("%s: the parameter %s is not described", s.Name, p.Name)
			}
		}
	}
	path := filepath.Join("testdata", "saved.golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs (go test -update rewrites it):\n%s", path, b.String())
	}
}

func TestSavedArguments(t *testing.T) {
	e := worldEngine(t)
	for _, c := range []struct {
		name string
		args map[string]string
		want string
	}{
		{"who-sined", nil, `no saved query is called "who-sined"; did you mean who-signed?`},
		{"positions-of", nil, "positions-of: the parameter person is missing: the person"},
		{"positions-of", map[string]string{"persn": "x"}, "positions-of: it has no parameter persn; did you mean person?; the parameter person is missing: the person"},
		{"positions-of", map[string]string{"person": "Nobody At All"}, `positions-of: person: nothing in the graph is named "Nobody At All"`},
		{"memberships-of", map[string]string{"thing": "Averna"}, `memberships-of: thing: "Averna" names 2 things: <` + schema.ID + `place/averna-us>, <` + schema.ID + `state/AVE>. Use the id.`},
		{"members-of", map[string]string{"organization": "LEAGUE", "at": "last year"}, `members-of: at: "last year" is no date; write a year, month or day, as 2025, 2025-08 or 2025-08-31`},
		{"members-of", map[string]string{"organization": "LEAGUE", "at": "2024-02-30"}, `members-of: at: "2024-02-30" is no date; write a year, month or day, as 2025, 2025-08 or 2025-08-31`},
		{"positions-of", map[string]string{"person": "Odo Lund", "current": "perhaps"}, `positions-of: current: "perhaps" is neither true nor false`},
	} {
		_, err := e.RunSaved(t.Context(), c.name, c.args, queries.Limits{})
		var failure *queries.Error
		want := strings.NewReplacer("<"+schema.ID+"place/averna-us>", "place:averna-us", "<"+schema.ID+"state/AVE>", "state:AVE").Replace(c.want)
		if !errors.As(err, &failure) || failure.Kind != queries.KindRequest || failure.Message != want {
			t.Errorf("%s %v:\n got %v\nwant %s", c.name, c.args, err, want)
		}
	}
}

// An argument is a value: text that is code is not run.
func TestArgumentsAreValues(t *testing.T) {
	e := worldEngine(t)
	e.Saved, _ = queries.ReadLibrary(fstest.MapFS{"echo.gizmo": {Data: []byte("// title: Echo\n// param words text required: what to say\n// param times number = 2: how often\ng.Emit({words: str(params.words), times: params.times})")}})
	for _, words := range []string{`"); g.V().All(); ("`, "state:AVE", "<state:AVE>", "`${1+1}`", "é\u2028", `"quoted"@en`} {
		r, err := e.RunSaved(t.Context(), "echo", map[string]string{"words": words}, queries.Limits{})
		if err != nil {
			t.Errorf("%q: %v", words, err)
			continue
		}
		object, ok := r.Rows[0].Value.(queries.Object)
		if !ok || len(r.Rows) != 1 || object[0].Value != graph.String(words) || object[1].Value != int64(2) {
			t.Errorf("%q came back as %#v", words, r.Rows)
		}
	}
}

// In SPARQL too an argument is the value of a variable, whatever it looks like.
func TestArgumentsAreTerms(t *testing.T) {
	e := worldEngine(t)
	e.Saved, _ = queries.ReadLibrary(fstest.MapFS{"echo.rq": {Data: []byte("# title: Echo it's\n# param words text required: what to say\n# param times number = 2: how often\n# param other text: more\nSELECT ?words ?times ?other {}")}})
	for _, words := range []string{`"} DROP ALL #`, "state:AVE", "<state:AVE>", "?x", "é\u2028", `"quoted"@en`, "a' . ?s ?p ?o . '"} {
		r, err := e.RunSaved(t.Context(), "echo", map[string]string{"words": words}, queries.Limits{})
		if err != nil {
			t.Errorf("%q: %v", words, err)
			continue
		}
		if len(r.Rows) != 1 || r.Rows[0].Terms["words"] != graph.String(words) || r.Rows[0].Terms["times"].Value != "2" || !r.Rows[0].Terms["other"].IsZero() {
			t.Errorf("%q came back as %#v", words, r.Rows)
		}
	}
	for file, want := range map[string]string{
		"# title: x\nSELECT ?x {":                                 "bad.rq:2:12: expected",
		"# title: x\n# param p text: c\nSELECT ?x { ?x ?y ?z }":   "bad.rq:1: the query has no variable ?p for the parameter p",
		"// title: x\nSELECT ?x { ?x ?y ?z }":                     "bad.rq:1: a saved query begins with a line # title: …",
		"# title: x\n# param p\nSELECT ?x { ?x ?y ?z }":           "bad.rq:2: a parameter is written as: # param NAME",
		"# title: x\n# param p text: c\nSELECT * { ?x nope:y ?p}": `bad.rq:3:15: prefix "nope:" is not declared`,
	} {
		if _, err := queries.ReadLibrary(fstest.MapFS{"bad.rq": {Data: []byte(file)}}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v; want %s", file, err, want)
		}
	}
	both := fstest.MapFS{"same.rq": {Data: []byte("# title: x\nASK {}")}, "same.gizmo": {Data: []byte("// title: x\n")}}
	if _, err := queries.ReadLibrary(both); err == nil || !strings.Contains(err.Error(), "same.rq: the name of the query is that of same.gizmo") {
		t.Errorf("two queries of one name: %v", err)
	}
}

func TestReadLibrary(t *testing.T) {
	for text, want := range map[string]string{
		"g.V().All()":                                      "bad.gizmo:1: a saved query begins with a line // title: …",
		"// title: x\n// param p\n":                        "bad.gizmo:2: a parameter is written as: // param NAME TYPE required: what it is   (or = DEFAULT in place of required)",
		"// title: x\n// param p colour: c\n":              "bad.gizmo:2: colour is no type of parameter; known: thing, text, date, number, flag",
		"// title: x\n// param p text: c\n// param p text": "bad.gizmo:3: the parameter p is there twice",
		"// title: x\n// param n number = many: c\n":       `bad.gizmo:2: the default of n: "many" is no number`,
		"// title: x\ng.V(":                                "bad.gizmo:2:5: Unexpected end of input",
	} {
		_, err := queries.ReadLibrary(fstest.MapFS{"bad.gizmo": {Data: []byte(text)}})
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v; want %s", text, err, want)
		}
	}
	l, err := queries.ReadLibrary(fstest.MapFS{"who-signed.gizmo": {Data: []byte("// title: Mine\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := l.Get("who-signed"); err != nil || s.Title != "Mine" {
		t.Errorf("the user's file does not replace ours: %+v, %v", s, err)
	}
	if n := len(l.List()); n < 12 {
		t.Errorf("only %d saved queries", n)
	}
}
