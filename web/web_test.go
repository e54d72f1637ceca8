package web

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/importers/importertest"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/loading"
)

const article = `Bolivia and Angola established diplomatic relations on 4 May 2021. The joint statement was signed in Luanda by Bolivian Foreign Minister Rogelio Mayta and Angolan Foreign Minister Téte António.

Mayta said that Bolivia would open an embassy in Luanda. <Chile> did not comment.`

// site serves a graph of one article; change is done to the options.
func site(t testing.TB, change ...func(*Options)) *httptest.Server {
	t.Helper()
	return siteOf(t, importers.Bytes("angola.txt", []byte(article)), timex.Date{Year: 2021, Month: 5, Day: 5}, change...)
}

// siteOf serves a graph of one document.
func siteOf(t testing.TB, source importers.Source, published timex.Date, change ...func(*Options)) *httptest.Server {
	t.Helper()
	im := importertest.New(t)
	im.By = "a tester"
	importertest.Load(t, im, source, published)
	library, err := queries.ReadLibrary(nil)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Store: im.Store, Model: im.Model, Version: map[string]string{"version": "test"},
		Engine:  &queries.Engine{Views: func() (graph.View, error) { return im.Store.View() }, Prefixes: schema.Prefixes(), Saved: library, Lookup: named},
		Loading: &Loading{Importer: im, MaxUpload: 1 << 20, Samples: []loading.File{{Name: "sample.txt", Data: []byte("Peru recognised Kosovo on 22 February 2008.")}}},
	}
	o.Handbook = os.DirFS("../docs")
	for _, f := range change {
		f(&o)
	}
	handler, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(handler.Close)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// named finds the things that a parameter of a saved query names.
func named(ctx context.Context, view graph.View, name string) ([]graph.Term, error) {
	found, err := facts.Find(ctx, view, name)
	var out []graph.Term
	for _, t := range found {
		out = append(out, graph.IRI(t.IRI))
	}
	return out, err
}

type answer struct {
	status int
	kind   string
	body   string
}

func get(t testing.TB, address string) answer {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, r)
}

func post(t testing.TB, address, body string, header map[string]string) answer {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		request.Header.Set(k, v)
	}
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, r)
}

func read(t testing.TB, r *http.Response) answer {
	t.Helper()
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Header.Get("Content-Security-Policy"); got == "" {
		t.Errorf("%s has no content security policy", r.Request.URL)
	}
	return answer{r.StatusCode, r.Header.Get("Content-Type"), string(body)}
}

func TestPages(t *testing.T) {
	s := site(t)
	for path, want := range map[string][]string{
		"/":             {"angola.txt", "Bolivia", "Angola", "Rogelio Mayta"},
		"/search?q=zzz": {"Nothing in the graph has this name"},
		"/?q=angola":    {"Angola", "established diplomatic relations"},
		"/e/state:BOL": {
			"Bolivia", "has diplomatic relations with",
			"<mark>Bolivia and Angola established diplomatic relations on 4 May 2021.</mark>", // facts show their sentence
			`href="/d/doc:`, "2021-05-05", "#char=0,66", // and where it stands
			"Foreign Minister of Bolivia", "Reported, not facts",
		},
		"/e/state:BOL?tab=relations":                                   {"since 2021-05-04", "has diplomatic relations with", "Source: angola.txt, 2021-05-05"},
		"/e/state:BOL?tab=relations&asof=2021-05-03":                   {"Foreign Minister of Bolivia"},
		"/e/state:BOL?tab=relations&kind=reported":                     {"would open an embassy", "intention"},
		"/e/state:BOL?tab=relations&kind=diplomatic-relations.subject": {"since 2021-05-04"},
		"/e/state:BOL?tab=network":                                     {"<svg", "has diplomatic relations with"}, // the picture names its edges
		"/e/state:BOL?tab=timeline":                                    {"2021-05-04"},
		"/e/state:BOL?tab=timeline&from=2022":                          {"Nothing in that time"},
		"/e/state:BOL?tab=documents":                                   {"angola.txt"},
		"/e/state:BOL?tab=history":                                     {"angola.txt", "i-"},
		"/d/doc:9b8788e6050068b3":                                      {"angola.txt", `id="char=0,66"`, `class="mention class-State ellipse`, "became facts", "would open an embassy", "&lt;", "intention"},
		"/schema":                                                      {"diplomatic relations", "Events"}, "/schema/member-of": {"member", "It is found in"}, "/schema/State": {"state"},
		"/status": {"quads", "None has taken"}, "/help": {"Pages as data", "<table>"}, "/help/decisions/0001-own-backend": {"<h1"},
		"/documents":          {"angola.txt"},
		"/things/State":       {"Bolivia", "Angola", "Chile"},
		"/timeline/state:BOL": {"2021-05-04", "<svg", "Bolivia"},
		"/timeline?thing=Bolivia&thing=state:AGO": {"2021-05-04", "<svg", "joint"},
		"/timeline":               {"2021-05-04", "The same as a list"},
		"/timeline?thing=Nowhere": {"Nothing in the graph is named"},
		"/timeline?thing=state:BOL&from=2019&until=2020": {"Nothing in that time"},
		"/static/style.css":   {"--ground"},
		"/static/picture.css": {".picture"},
	} {
		a := get(t, s.URL+path)
		if a.status != http.StatusOK {
			t.Errorf("%s: status %d", path, a.status)
		}
		for _, w := range want {
			if !strings.Contains(a.body, w) {
				t.Errorf("%s lacks %q:\n%s", path, w, a.body)
			}
		}
		if strings.Contains(a.body, "<Chile>") {
			t.Errorf("%s does not escape the text", path)
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	s := site(t)
	seen, queries := map[string]bool{}, map[string]int{}
	queue := []string{"/"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		a := get(t, s.URL+path)
		if a.status != http.StatusOK {
			t.Errorf("%s: status %d", path, a.status)
		}
		if !strings.HasPrefix(a.kind, "text/html") {
			continue
		}
		for _, part := range strings.Split(a.body, ` href="`)[1:] {
			link, _, _ := strings.Cut(part, `"`)
			link = html.UnescapeString(link)
			link, place, _ := strings.Cut(link, "#")
			if link == "" {
				if !strings.Contains(a.body, `id="`+place+`"`) {
					t.Errorf("%s links to #%s, which it has not", path, place)
				}
				continue
			}
			if !strings.HasPrefix(link, "/") {
				t.Errorf("%s links to %q, which is elsewhere", path, link)
			} else if path, _, _ := strings.Cut(link, "?"); !seen[link] && queries[path] < 40 { // times can be moved for ever
				seen[link] = true
				queries[path]++
				queue = append(queue, link)
			}
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d pages are linked", len(seen))
	}
}

func TestDataBehindPages(t *testing.T) {
	s := site(t)
	var thing struct {
		Label     string
		Relations []struct {
			Facts []struct {
				Evidence []struct{ Sentences []struct{ Text string } }
			}
		}
	}
	a := get(t, s.URL+"/e/state:AGO.json?tab=relations")
	if err := json.Unmarshal([]byte(a.body), &thing); err != nil {
		t.Fatal(err)
	}
	if thing.Label != "Angola" || len(thing.Relations) == 0 || len(thing.Relations[0].Facts[0].Evidence[0].Sentences[0].Text) == 0 {
		t.Errorf("Angola is %s", a.body)
	}
	for path, status := range map[string]int{
		"/e/state:XXX.json": 404, "/e/state:BOL?asof=soon": 400, "/e/state:BOL?tab=none": 400, "/e/state:BOL?skip=-1": 400, "/e/state:BOL?tab=relations&kind=none": 404,
		"/things/Nothing": 404, "/schema/nothing": 404, "/help/none": 404, "/help/../web": 404, "/schema.csv": 200, "/status.json": 200, "/help.json": 200, "/schema/member-of.json": 200, "/e/state:BOL.csv?tab=relations": 200, "/documents.csv": 200, "/home.json": 200, "/things/State.csv": 200, "/things/State.json": 200,
		"/e/state:XXX": 404, "/d/doc:none": 404, "/why/event:none": 404, "/why/event:none.json": 404,
		"/timeline?from=soon": 400, "/timeline?from=2022&until=2021": 400, "/timeline.json": 200, "/timeline.csv": 200, "/picture.svg?thing=nobody": 404, "/picture.svg?thing=state:BOL&depth=2": 200,
		"/healthz": 200, "/readyz": 200, "/version": 200, "/nowhere": 404,
	} {
		if a := get(t, s.URL+path); a.status != status {
			t.Errorf("%s: status %d, want %d", path, a.status, status)
		}
	}
}

func TestGizmo(t *testing.T) {
	s := site(t)
	const query = `g.V("state:BOL").Out("diplomaticRelationsWith").All()`
	const rows = `<https://ententegraph.github.io/id/state/AGO>`
	for address, body := range map[string]string{"/gizmo": query, "/api/v2/query?lang=gizmo": query} {
		a := post(t, s.URL+address, body, nil)
		if a.status != http.StatusOK || !strings.Contains(a.body, rows) {
			t.Errorf("%s: %d %s", address, a.status, a.body)
		}
	}
	if a := get(t, s.URL+"/api/v2/query?lang=gizmo&qu="+strings.NewReplacer("(", "%28", `"`, "%22").Replace(query)); !strings.Contains(a.body, rows) {
		t.Errorf("GET: %d %s", a.status, a.body)
	}
	for _, c := range []struct {
		address, body string
		status        int
		says          string
	}{
		{"/gizmo", "g.V(", 400, `"line":1`},
		{"/gizmo?timeout=200ms", "while(true){}", 503, "stopped after 200ms"},
		{"/gizmo?timeout=soon", "g.V()", 400, "duration"},
		{"/gizmo", strings.Repeat("x", maxQuery+1), 413, "too large"},
		{"/api/v2/query?lang=gizmo", "", 400, `{"error":"query is empty"}`},
		{"/api/v2/query", "g.V()", 400, "lang=gizmo"},
		{"/api/v2/query?lang=mql", "g.V()", 400, "unknown query language"},
		{"/api/v2/query?lang=gizmo&timeout=200ms", "while(true){}", 503, `{"error":`},
	} {
		if a := post(t, s.URL+c.address, c.body, nil); a.status != c.status || !strings.Contains(a.body, c.says) {
			t.Errorf("%s %.30q: %d %s, want %d with %q", c.address, c.body, a.status, a.body, c.status, c.says)
		}
	}
}

func TestOtherSitesMayNotReachIn(t *testing.T) {
	s := site(t)
	if a := post(t, s.URL+"/gizmo", "g.V().All()", map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}); a.status != http.StatusForbidden {
		t.Errorf("a cross-site request got %d", a.status)
	}
	request, err := http.NewRequest(http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "evil.example"
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if a := read(t, r); a.status != http.StatusMisdirectedRequest {
		t.Errorf("a foreign host name got %d", a.status)
	}
	for host, ok := range map[string]bool{"localhost": true, "localhost:1": true, "127.0.0.1:80": true, "[::1]:80": true, "[::1]": true, "10.0.0.1": false, "": false, "localhost.evil.example": false} {
		if loopbackHost(host) != ok {
			t.Errorf("loopbackHost(%q) = %t", host, !ok)
		}
	}
}

func TestPanicCostsOneRequest(t *testing.T) {
	s := &server{Options: Options{Log: slog.New(slog.DiscardHandler)}}
	handler := s.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "boom") {
		t.Errorf("a panic gives %d %s", w.Code, w.Body)
	}
}
