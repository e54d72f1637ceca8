package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestQueryPage(t *testing.T) {
	s := site(t)
	ask := func(language, text, show string) string {
		return "/query?" + url.Values{"language": {language}, "text": {text}, "show": {show}}.Encode()
	}
	states := "SELECT ?state ?other { ?state :diplomaticRelationsWith ?other } ORDER BY ?state"
	for _, c := range []struct {
		path   string
		status int
		want   []string
	}{
		{"/query", 200, []string{"<textarea", "SPARQL", "Gizmo", "Prefixes that need no declaration"}},
		{ask("sparql", states, ""), 200, []string{`<a href="/e/state:AGO">Angola</a>`, "&lt;https://ententegraph.github.io/id/state/AGO&gt;", "<strong>2</strong> rows", "data-binary"}},
		{ask("gizmo", `g.V("state:BOL").Out("diplomaticRelationsWith").All()`, "table"), 200, []string{`<a href="/e/state:AGO">Angola</a>`, "<strong>1</strong> row in"}},
		{ask("sparql", states, "network"), 200, []string{"<svg", "Angola", "Bolivia", "other<"}},
		{ask("sparql", "SELECT ?date ?event { ?event :date ?date }", "timeline"), 200, []string{"<time>2021-05-04</time>", "established diplomatic relations with"}},
		{ask("sparql", states, "raw"), 200, []string{"&#34;result&#34;"}},
		{ask("sparql", states, "explain"), 200, []string{"scan", "2 rows (about"}},
		{ask("sparql", "SELECT ?s {\n  ?s ?p }", ""), 400, []string{"Line 2, column", `data-line="2"`}},
		{ask("gizmo", "g.V(", ""), 400, []string{"Line 1"}},
		{ask("sparql", "SELECT ?s { ?s :memberOff ?o }", ""), 200, []string{"0</strong> rows", "No statement uses"}},
		{ask("cypher", "MATCH (n)", ""), 400, []string{"unknown query language"}},
	} {
		a := get(t, s.URL+c.path)
		if a.status != c.status {
			t.Errorf("%s: status %d, want %d", c.path, a.status, c.status)
		}
		for _, want := range c.want {
			if !strings.Contains(a.body, want) {
				t.Errorf("%s lacks %q:\n%s", c.path, want, a.body)
			}
		}
	}
}

func TestSavedQueriesHaveForms(t *testing.T) {
	s := site(t)
	form := get(t, s.URL+"/query?saved=relations-of")
	for _, want := range []string{`name="p.thing"`, "required", "Run"} {
		if !strings.Contains(form.body, want) {
			t.Errorf("the form lacks %q:\n%s", want, form.body)
		}
	}
	if strings.Contains(form.body, "rows in") {
		t.Error("the form was answered before it was filled in")
	}
	answer := get(t, s.URL+"/query?saved=relations-of&p.thing=angola")
	if answer.status != http.StatusOK || !strings.Contains(answer.body, "Bolivia") {
		t.Errorf("%d %s", answer.status, answer.body)
	}
	if wrong := get(t, s.URL+"/query?saved=relations-of&run=1"); wrong.status != http.StatusBadRequest || !strings.Contains(wrong.body, "is missing") {
		t.Errorf("%d %s", wrong.status, wrong.body)
	}
}

func TestAnswersAreKeptAsFiles(t *testing.T) {
	s := site(t)
	query := url.Values{"language": {"sparql"}, "text": {"SELECT ?state { ?state a :State } ORDER BY ?state"}}.Encode()
	for ending, want := range map[string]string{"csv": "state\r\nhttps://", "tsv": "?state\n<https://", "json": `{"result": [`} {
		a := get(t, s.URL+"/query."+ending+"?"+query)
		if a.status != http.StatusOK || !strings.HasPrefix(a.body, want) {
			t.Errorf("%s: %d %s", ending, a.status, a.body)
		}
	}
	if a := get(t, s.URL+"/query.csv"); a.status != http.StatusBadRequest {
		t.Errorf("no query: %d", a.status)
	}
}

func TestSnippetsQuoteTheQuery(t *testing.T) {
	text := "SELECT ?s { ?s rdfs:label \"it's `here`\\n\" }"
	for _, s := range snippets("http://localhost", "sparql", text) {
		want := map[string]string{
			"curl": `'SELECT ?s { ?s rdfs:label "it'\''s `, "Go": "\"SELECT ?s { ?s rdfs:label \\\"it's `here`\\\\n\\\" }\"", "Python": `"SELECT ?s { ?s rdfs:label \"it's `,
		}[s.Name]
		if !strings.Contains(s.Text, want) {
			t.Errorf("%s: %s lacks %s", s.Name, s.Text, want)
		}
	}
}
