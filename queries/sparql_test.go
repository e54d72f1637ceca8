package queries_test

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/queries"
)

func sparql(t testing.TB, e *queries.Engine, r queries.Request) (*queries.Result, error) {
	t.Helper()
	r.Language = "sparql"
	return e.Run(t.Context(), r)
}

var shortIRI = regexp.MustCompile(`<([a-z]+)>`)

// absolute makes the IRIs of the small world such as SPARQL has.
func absolute(text string) string {
	return shortIRI.ReplaceAllString(text, "<https://towns.example/$1>")
}

func TestSPARQL(t *testing.T) {
	e := engineOver(t, absolute(towns))
	for _, test := range []struct {
		text    string
		params  map[string]any
		columns string
		want    []string
	}{
		{"SELECT ?to { <aster> <trades>+ ?to } ORDER BY ?to LIMIT 2", nil, "to", []string{`{"to":"<aster>"}`, `{"to":"<birch>"}`}},
		{"SELECT ?town ?size { ?town <size> ?size FILTER(?size > 9) }", nil, "town size", []string{`{"size":10,"town":"<aster>"}`, `{"size":200,"town":"<cedar>"}`}},
		{"SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <motto> ?o } }", nil, "n", []string{`{"n":2}`}},
		{"SELECT ?s { ?s :memberOf organization:CSTO }", nil, "s", []string{`{"s":"<https://ententegraph.github.io/id/state/ARM>"}`, `{"s":"<https://ententegraph.github.io/id/state/BLR>"}`}},
		{"ASK { <fir> <open> true }", nil, "value", []string{"true"}},
		{"CONSTRUCT { ?b <buys> ?a } WHERE { ?a <trades> ?b . ?a <near> ?c }", nil, "subject predicate object",
			[]string{`{"object":"<aster>","predicate":"<buys>","subject":"<birch>"}`}},
		{"SELECT ?town { ?town <motto> ?motto }", map[string]any{"motto": "wool"}, "town", []string{`{"town":"<dogwood>"}`}},
		{"SELECT ?town { ?town <size> ?n }", map[string]any{"n": []any{int64(9), 200.0}}, "town", []string{`{"town":"<birch>"}`, `{"town":"<cedar>"}`}},
	} {
		for i, line := range test.want {
			test.want[i] = absolute(line)
		}
		r, err := sparql(t, e, queries.Request{Text: absolute(test.text), Params: test.params})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := rows(t, r); !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.text, got, test.want)
		}
		if got := strings.Join(r.Columns, " "); got != test.columns {
			t.Errorf("%s: columns %s, want %s", test.text, got, test.columns)
		}
	}
}

func TestSPARQLErrors(t *testing.T) {
	e := engineOver(t, absolute(towns))
	_, err := sparql(t, e, queries.Request{Text: "SELECT ?s {\n  ?s ent:trades }"})
	var failure *queries.Error
	if !errors.As(err, &failure) || failure.Kind != queries.KindSyntax || failure.Line != 2 || failure.Column == 0 || strings.HasPrefix(failure.Message, "2:") {
		t.Errorf("a syntax error: %#v", failure)
	}
	_, err = sparql(t, e, queries.Request{Text: "SELECT ?s { ?s ent:trades ?o }", Params: map[string]any{"s": struct{}{}}})
	if !errors.As(err, &failure) || failure.Kind != queries.KindRequest {
		t.Errorf("a parameter that is no term: %v", err)
	}
}

// TestSPARQLLimits stops a product that would never end, in each of the ways in which queries are stopped.
func TestSPARQLLimits(t *testing.T) {
	var data strings.Builder
	for i := range 300 {
		data.WriteString("<s:" + strings.Repeat("x", i) + "> <p:p> <o:o> .\n")
	}
	e := engineOver(t, data.String())
	const endless = "SELECT (COUNT(*) AS ?n) { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f . ?g ?p4 ?h FILTER(?a != ?h) }"
	const wide = "SELECT * { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f . ?g ?p4 ?h } ORDER BY ?a"
	var failure *queries.Error

	began := time.Now()
	_, err := sparql(t, e, queries.Request{Text: endless, Limits: queries.Limits{Timeout: 100 * time.Millisecond}})
	if !errors.As(err, &failure) || failure.Kind != queries.KindTime {
		t.Errorf("out of time: %v", err)
	}
	if late := time.Since(began) - 100*time.Millisecond; late > time.Second {
		t.Errorf("it was stopped %s late", late)
	}

	_, err = sparql(t, e, queries.Request{Text: wide, Limits: queries.Limits{Memory: 4 << 20}})
	if !errors.As(err, &failure) || failure.Kind != queries.KindMemory {
		t.Errorf("out of memory: %v", err)
	}

	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, leave)
	_, err = e.Run(ctx, queries.Request{Language: "sparql", Text: endless})
	if !errors.As(err, &failure) || failure.Kind != queries.KindCancelled {
		t.Errorf("the caller left: %v", err)
	}

	r, err := sparql(t, e, queries.Request{Text: "SELECT * { ?s ?p ?o }", Limits: queries.Limits{Rows: 10}})
	if err != nil || r.Count != 10 || r.Total != 300 || r.More {
		t.Errorf("cut: %+v, %v", r, err)
	}
	enough := errors.New("enough")
	if _, err := e.Each(t.Context(), queries.Request{Language: "sparql", Text: wide}, func(queries.Row) error { return enough }); !errors.As(err, &failure) && err != enough {
		t.Errorf("the receiver wants no more: %v", err)
	}
	if _, err := e.Each(t.Context(), queries.Request{Language: "sparql", Text: "SELECT * { ?s ?p ?o }"}, func(queries.Row) error { return enough }); err != enough {
		t.Errorf("the receiver wants no more: %v", err)
	}
}

func TestHintsOfSPARQL(t *testing.T) {
	e := engineOver(t, absolute(towns))
	const (
		member  = ". No statement uses ent:membersOf; did you mean ent:memberOf (2 statements)?"
		armenia = `. "Armenia" is a text here; the thing is state:ARM. Write state:ARM for it.`
	)
	for _, test := range []struct {
		text   string
		params map[string]any
		want   []string
	}{
		{"SELECT ?o { state:ARM :membersOf ?o }", nil, []string{"0 rows" + member}},
		{"SELECT ?o { state:ARM (:memberOf/:membersOf)+ ?o }", nil, []string{"0 rows" + member}},
		{"ASK { state:ARM :membersOf ?o }", nil, []string{"false" + member}},
		{"CONSTRUCT { ?o :has ?s } WHERE { ?s :membersOf ?o }", nil, []string{"0 rows" + member}},
		{"SELECT ?s { ?s :memberOf \"Armenia\" }", nil, []string{"0 rows" + armenia}},
		{"SELECT ?o { VALUES ?s { \"Armenia\" } ?s :memberOf ?o }", nil, []string{"0 rows" + armenia}},
		{"SELECT ?o { ?s :memberOf ?o FILTER(?s = \"Armenia\") }", nil, []string{"0 rows" + armenia}},
		{"SELECT ?o { ?state :memberOf ?o }", map[string]any{"state": "Armenia"}, []string{"0 rows" + armenia}},
		{"SELECT ?s { ?s :name \"Armenien\" }", nil, nil},
		{"SELECT ?s { ?s :name \"Armenia\" ; :memberOf state:ARM }", nil, nil},
		{"SELECT ?s { ?s :memberOf ?o OPTIONAL { ?s :membersOf ?p } FILTER(?o = state:ARM) }", nil, nil},
		{"SELECT ?s { ?s :memberOf ?o FILTER NOT EXISTS { ?s :memberOf ?o } }", nil, nil},
		{"SELECT ?s { state:ARM :memberOf ?s }", nil, nil},
	} {
		r, err := sparql(t, e, queries.Request{Text: test.text, Params: test.params})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		} else if !slices.Equal(r.Warnings, test.want) {
			t.Errorf("%s: %q; want %q", test.text, r.Warnings, test.want)
		}
	}
}

// TestHintOfGraphs asks the default graph for what documents say.
func TestHintOfGraphs(t *testing.T) {
	e := engineOver(t, `<https://x.example/r> <https://x.example/polarity> "negative" <https://x.example/doc> .`)
	const want = "0 rows. <https://x.example/polarity> stands in named graphs only (1 statements): what documents say. Ask GRAPH ?doc { … }."
	r, err := sparql(t, e, queries.Request{Text: "SELECT ?r { ?r <https://x.example/polarity> ?p }"})
	if err != nil || !slices.Equal(r.Warnings, []string{want}) {
		t.Errorf("%q, %v; want %q", r.Warnings, err, want)
	}
	r, err = sparql(t, e, queries.Request{Text: "SELECT ?r { GRAPH ?doc { ?r <https://x.example/polarity> ?p } }"})
	if err != nil || r.Count != 1 || len(r.Warnings) > 0 {
		t.Errorf("%d rows, %q, %v", r.Count, r.Warnings, err)
	}
}

func TestExplain(t *testing.T) {
	e := engineOver(t, absolute(towns))
	plan, err := e.Explain(t.Context(), queries.Request{Language: "sparql", Text: "SELECT ?s { ?s ?p ?o . ?s ?q ?o }"})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Operator == "" || plan.Rows == 0 || plan.Time <= 0 {
		t.Errorf("the plan says %+v", plan)
	}
	_, err = e.Explain(t.Context(), queries.Request{Language: "sparql", Text: "SELECT ?s {\n ?s }"})
	wrong, ok := errors.AsType[*queries.Error](err)
	if !ok || wrong.Kind != queries.KindSyntax || wrong.Line != 2 {
		t.Errorf("the error of a bad text is %v", err)
	}
	if _, err = e.Explain(t.Context(), queries.Request{Language: "gizmo", Text: "g.V().All()"}); err == nil {
		t.Error("a script has a plan")
	}
}
