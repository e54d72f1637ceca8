package queries_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries"
)

const ns = "https://ententegraph.github.io/ns#"
const id = "https://ententegraph.github.io/id/"

var prefixes = map[string]string{
	"": ns, "ent": ns, "state": id + "state/", "person": id + "person/", "organization": id + "organization/", "doc": id + "doc/",
	"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}

// A small world of trading towns. <trades> and <near> lead between towns;
// towns have a <size>, a <motto> and an <founded> year; some statements stand
// in the graph <ledger>.
const towns = `
<aster> <trades> <birch> .
<birch> <trades> <cedar> .
<cedar> <trades> <aster> .
<cedar> <trades> <dogwood> .
<dogwood> <trades> <elm> .
<fir> <trades> <birch> .
<aster> <near> <cedar> .
<elm> <near> <fir> .
<birch> <motto> "salt" .
<dogwood> <motto> "wool" .
<elm> <motto> "wool" <ledger> .
<fir> <motto> "Ice and fire" <ledger> .
<fir> <motto> "glace"@fr .
<aster> <size> "10"^^<http://www.w3.org/2001/XMLSchema#integer> .
<birch> <size> "9"^^<http://www.w3.org/2001/XMLSchema#integer> .
<cedar> <size> "200"^^<http://www.w3.org/2001/XMLSchema#integer> .
<elm> <founded> "1204"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<fir> <founded> "1310-05-02"^^<http://www.w3.org/2001/XMLSchema#date> .
<fir> <open> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<https://ententegraph.github.io/id/state/ARM> <https://ententegraph.github.io/ns#name> "Armenia" .
<https://ententegraph.github.io/id/state/ARM> <https://ententegraph.github.io/ns#memberOf> <https://ententegraph.github.io/id/organization/CSTO> .
<https://ententegraph.github.io/id/state/BLR> <https://ententegraph.github.io/ns#memberOf> <https://ententegraph.github.io/id/organization/CSTO> .
`

func engineOver(t testing.TB, nquads string) *queries.Engine {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var change graph.Change
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader(nquads), graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		change.Add = append(change.Add, q)
	}
	if _, err := store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	return &queries.Engine{Views: store.View, Prefixes: prefixes}
}

func run(t testing.TB, e *queries.Engine, text string) (*queries.Result, error) {
	t.Helper()
	return e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text})
}

// rows writes rows as sorted lines of JSON.
func rows(t testing.TB, r *queries.Result) []string {
	t.Helper()
	var b strings.Builder
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, `{"result"`) || line == "]}" || !strings.HasPrefix(b.String(), `{"result": [`) {
			continue
		}
		if line == "" || strings.HasPrefix(line, `]`) || strings.HasPrefix(line, `"warnings"`) || strings.HasPrefix(line, `"total"`) {
			continue
		}
		out = append(out, strings.TrimSuffix(line, ","))
	}
	slices.Sort(out)
	return out
}

func TestGizmo(t *testing.T) {
	e := engineOver(t, towns)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{`g.V("<aster>").out("<trades>").all()`, []string{`{"id":"<birch>"}`}},
		{`graph.Vertex("<fir>").Out("<open>").All()`, []string{`{"id":true}`}},
		{`g.V().has("<trades>","<birch>").tag("x").out("<trades>").all()`, []string{`{"id":"<birch>","x":"<aster>"}`, `{"id":"<birch>","x":"<fir>"}`}},
		{`g.V("state:ARM").Out("memberOf").All()`, []string{`{"id":"<https://ententegraph.github.io/id/organization/CSTO>"}`}},
		{`g.V("<aster>").followRecursive(g.M().out("<trades>"), 2, "d").all()`, []string{`{"id":"<birch>","d":1}`, `{"id":"<cedar>","d":2}`}},
		{`g.emit({a:1,b:[iri("x"),str("<y>")]})`, []string{`{"a":1,"b":["<x>","\"<y>\""]}`}},
	} {
		r, err := run(t, e, c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := rows(t, r); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.query, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestErrors(t *testing.T) {
	e := engineOver(t, towns)
	for _, c := range []struct {
		query string
		kind  queries.Kind
		place string
	}{
		{"a = ", queries.KindSyntax, "1:5"},
		{"var x = 1;\nx.y.z", queries.KindRuntime, "2:5"},
		{"while(true){}", queries.KindTime, "1:1"},
		{"for (;;) g.emit(1)", queries.KindTime, "1:"},
		{"function f(){ f() }\nf()", queries.KindRuntime, "1:16"},
	} {
		_, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: c.query, Limits: queries.Limits{Timeout: 200 * time.Millisecond}})
		var failure *queries.Error
		if !errors.As(err, &failure) || failure.Kind != c.kind || !strings.HasPrefix(fmt.Sprintf("%d:%d", failure.Line, failure.Column), c.place) {
			t.Errorf("%s: %#v; want %s at %s", c.query, err, c.kind, c.place)
		}
	}
}

func TestHints(t *testing.T) {
	e := engineOver(t, towns)
	for query, want := range map[string]string{
		`g.V("Armenia").Out("memberOf").All()`:    `0 rows. "Armenia" is a text here; the thing is state:ARM. Try g.V("state:ARM").`,
		`g.V("state:ARM").Out("membersOf").All()`: `0 rows. No statement uses ent:membersOf; did you mean ent:memberOf (2 statements)?`,
		`g.V("state:ARM").Out("memberOf")`:        `The path was not run. End it with .all(), .count() or .toArray().`,
	} {
		r, err := run(t, e, query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		} else if !slices.Contains(r.Warnings, want) {
			t.Errorf("%s: %q; want %q", query, r.Warnings, want)
		}
	}
}
