package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSuggestions(t *testing.T) {
	s := site(t)
	for typed, first := range map[string]string{
		"ang": "state:AGO", "ANGOLA": "state:AGO", "ago": "state:AGO", "state:BOL": "state:BOL", "tete": "person:tete-antonio", "rogelio m": "person:rogelio-mayta", "luan": "place:luanda",
	} {
		var found []result
		a := get(t, s.URL+"/search.json?typing=1&q="+strings.ReplaceAll(typed, " ", "%20"))
		if err := json.Unmarshal([]byte(a.body), &found); err != nil || len(found) == 0 {
			t.Errorf("%q suggests %s (%v)", typed, a.body, err)
			continue
		}
		if found[0].ID != first || !strings.HasPrefix(found[0].Address, "/e/") {
			t.Errorf("%q suggests %+v first, want %s", typed, found[0], first)
		}
	}
	if a := get(t, s.URL+"/search.json?q=zzz"); strings.TrimSpace(a.body) != "[]" {
		t.Errorf("nothing found is %s", a.body)
	}
}

func TestSearchLeadsToTheOneThing(t *testing.T) {
	s := site(t)
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for query, to := range map[string]string{"angola": "/e/state:AGO", "BOL": "/e/state:BOL", "Luanda": "/e/place:luanda"} {
		r, err := stay.Get(s.URL + "/search?q=" + query)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusSeeOther || got != to {
			t.Errorf("%s leads to %q with %d, want %s", query, got, r.StatusCode, to)
		}
	}
}

func TestFormsOfPages(t *testing.T) {
	s := site(t)
	for _, c := range []struct {
		path, accept, kind string
		status             int
	}{
		{"/search?q=an", "", "text/html", 200},
		{"/search?q=an", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8", "text/html", 200},
		{"/search?q=an", "application/json", "application/json", 200},
		{"/search?q=an", "text/csv", "text/csv", 200},
		{"/search.csv?q=a", "text/html", "text/csv", 200},
		{"/e/state:AGO", "application/json", "application/json", 200},
		{"/e/state:XXX", "application/json", "application/problem+json", 404},
		{"/e/state:XXX.csv", "", "application/problem+json", 404},
		{"/e/state:XXX", "", "text/html", 404},
		{"/why/event:none", "text/csv", "application/problem+json", 404},
	} {
		request, err := http.NewRequest(http.MethodGet, s.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.accept != "" {
			request.Header.Set("Accept", c.accept)
		}
		r, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if a := read(t, r); a.status != c.status || !strings.HasPrefix(a.kind, c.kind) {
			t.Errorf("%s asked for as %q: %d %s, want %d %s", c.path, c.accept, a.status, a.kind, c.status, c.kind)
		}
	}
}

func TestQueriesInTheBox(t *testing.T) {
	for text, language := range map[string]string{
		"SELECT ?s { ?s ?p ?o }": "sparql", "select * where { ?s ?p ?o }": "sparql", "# who\nPREFIX a: <http://b/>\nASK { ?s a:p ?o }": "sparql",
		"ASK { state:ARM ?p ?o }": "sparql", "DESCRIBE state:ARM": "sparql", "CONSTRUCT WHERE { ?s ?p ?o }": "sparql", "SELECT (COUNT(*) AS ?n) {}": "sparql", "select distinct ?x {}": "sparql",
		`g.V("state:ARM").All()`: "gizmo", "graph.Vertex().All()": "gizmo", "// all\ng.V().All()": "gizmo",
		"Armenia": "", "Ask": "", "select committee": "", "Select": "", "G. V. Plekhanov": "", "Base of operations": "", "describe": "", "prefix": "", "G.V.": "", "Construct": "",
	} {
		if got := languageOf(text); got != language {
			t.Errorf("%q is in the language %q, want %q", text, got, language)
		}
	}
	s := site(t)
	if a := get(t, s.URL+"/search?q="+url.QueryEscape("SELECT ?s { ?s a :State }")); !strings.Contains(a.body, "SELECT ?s { ?s a :State }") || !strings.Contains(a.body, "<h1>Query") {
		t.Errorf("a query in the box leads to\n%.600s", a.body)
	}
}

func TestFirstPageProposesWhatHasAnswers(t *testing.T) {
	s := site(t)
	var home struct {
		Questions []example
		ToReview  int
	}
	if err := json.Unmarshal([]byte(get(t, s.URL+"/home.json").body), &home); err != nil {
		t.Fatal(err)
	}
	if len(home.Questions) != shownExamples {
		t.Errorf("the questions are %v", home.Questions)
	}
	for _, q := range home.Questions {
		if a := get(t, s.URL+q.Address); a.status != http.StatusOK || strings.Contains(a.body, ">0 rows") || !strings.Contains(a.body, "<td") {
			t.Errorf("%s has no answer:\n%s", q.Question, a.body)
		}
	}
}
