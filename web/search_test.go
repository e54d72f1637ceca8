package web

import (
	"encoding/json"
	"net/http"
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
		{"/search?q=a", "", "text/html", 200},
		{"/search?q=a", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8", "text/html", 200},
		{"/search?q=a", "application/json", "application/json", 200},
		{"/search?q=a", "text/csv", "text/csv", 200},
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
