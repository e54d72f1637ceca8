package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp/timex"
)

// Whose minister Haavisto is stands nowhere in the sentence that names him.
const doubtful = `Finland joined NATO on Tuesday. Foreign Minister Pekka Haavisto handed the document to the United States in Brussels.`

func form(t *testing.T, address string, fields url.Values) (status int, location string) {
	t.Helper()
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := stay.PostForm(address, fields)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode, r.Header.Get("Location")
}

func questionsOf(t *testing.T, site string) (list []importers.Question) {
	t.Helper()
	a := get(t, site+"/review.json")
	if err := json.Unmarshal([]byte(a.body), &list); err != nil {
		t.Fatal(err, a.body)
	}
	return list
}

func TestReview(t *testing.T) {
	s := siteOf(t, importers.Bytes("finland.txt", []byte(doubtful)), timex.Date{Year: 2023, Month: 4, Day: 5})
	list := questionsOf(t, s.URL)
	if len(list) == 0 {
		t.Fatal("nothing is doubtful")
	}
	q := list[0]
	page := get(t, s.URL+"/review?at="+q.ID)
	for _, w := range []string{"<mark class=\"sentence\">", `action="/review/` + q.ID + `"`, `data-key="1 a"`, `data-key="2 r"`, "Correct it"} {
		if !strings.Contains(page.body, w) {
			t.Errorf("the page lacks %s:\n%s", w, page.body)
		}
	}
	positions := func() string { return get(t, s.URL+"/e/person:pekka-haavisto.json?tab=relations").body }
	before := positions()

	status, to := form(t, s.URL+"/review/"+q.ID, url.Values{"choice": {"0"}, "next": {"/review"}})
	if status != http.StatusSeeOther || !strings.HasPrefix(to, "/review?done=j-") {
		t.Fatalf("an answer gives %d %s", status, to)
	}
	if left := questionsOf(t, s.URL); len(left) != len(list)-1 {
		t.Errorf("%d questions are left of %d", len(left), len(list))
	}
	if q.Kind == importers.AskTitle && positions() == before {
		t.Error("what was accepted is no fact")
	}
	id := strings.TrimPrefix(to, "/review?done=")
	if a := get(t, s.URL+to); !strings.Contains(a.body, "/judgements/"+id+"/undo") {
		t.Errorf("the answer cannot be undone:\n%s", a.body)
	}
	if status, to := form(t, s.URL+"/judgements/"+id+"/undo", url.Values{"back": {"/review?at=" + q.ID}}); status != http.StatusSeeOther || !strings.Contains(to, "undone="+id) {
		t.Errorf("undoing gives %d %s", status, to)
	}
	if left := questionsOf(t, s.URL); len(left) != len(list) || positions() != before {
		t.Errorf("after undoing %d questions are asked, not %d", len(left), len(list))
	}
	for _, c := range []struct {
		path   string
		fields url.Values
		status int
	}{
		{"/review/r-none", url.Values{"choice": {"0"}}, 404},
		{"/review/" + q.ID, url.Values{"choice": {"99"}}, 400},
		{"/review/" + q.ID, url.Values{"choice": {"x"}}, 400},
		{"/judgements/j-99/undo", nil, 404},
		{"/judgements", url.Values{"verdict": {"perhaps"}, "subject": {"state:FIN"}}, 409},
		{"/judgements", url.Values{"verdict": {"same"}, "subject": {"state:FIN"}, "object": {"nobody knows"}}, 400},
	} {
		if status, _ := form(t, s.URL+c.path, c.fields); status != c.status {
			t.Errorf("%s %v: %d, want %d", c.path, c.fields, status, c.status)
		}
	}
}

func TestMergeOnThePage(t *testing.T) {
	s := site(t)
	status, to := form(t, s.URL+"/judgements", url.Values{"verdict": {"same"}, "subject": {"person:rogelio-mayta"}, "object": {"Téte António"}, "reason": {"a test"}, "back": {"/e/person:rogelio-mayta"}})
	if status != http.StatusSeeOther || !strings.HasPrefix(to, "/e/person:rogelio-mayta?done=m-") {
		t.Fatalf("merging gives %d %s", status, to)
	}
	names := func() []string {
		var thing struct{ Names []string }
		a := get(t, s.URL+"/e/person:rogelio-mayta.json")
		if err := json.Unmarshal([]byte(a.body), &thing); err != nil {
			t.Fatal(err, a.body)
		}
		return thing.Names
	}
	if got := names(); !slices.Contains(got, "Rogelio Mayta") || !slices.Contains(got, "Téte António") {
		t.Errorf("the two are not one, but %q", got)
	}
	if a := get(t, s.URL+"/judgements"); !strings.Contains(a.body, "a test") {
		t.Errorf("the judgement is not listed:\n%s", a.body)
	}
	_, id, _ := strings.Cut(to, "done=")
	if status, _ := form(t, s.URL+"/judgements/"+id+"/undo", nil); status != http.StatusSeeOther {
		t.Errorf("undoing gives %d", status)
	}
	if got := names(); slices.Contains(got, "Téte António") {
		t.Errorf("the two are still one: %q", got)
	}
}

func TestAddressesToGoBackTo(t *testing.T) {
	for back, want := range map[string]string{
		"/review?at=r-1&done=j-1": "/review?at=r-1&done=j-2", "": "/judgements?done=j-2", "https://evil.example/": "/judgements?done=j-2",
		"//evil.example": "/judgements?done=j-2", `/\evil.example`: "/judgements?done=j-2", "javascript:alert(1)": "/judgements?done=j-2",
	} {
		if got := ownAddress(back, "done", "j-2"); got != want {
			t.Errorf("%q leads back to %s, want %s", back, got, want)
		}
	}
}
