package protocol_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
)

// ask sends a GET to the endpoint of queries.
func ask(t *testing.T, server, params string, headers ...string) (*http.Response, string) {
	t.Helper()
	return send(t, http.MethodGet, server+"/sparql?"+params, "", headers...)
}

func send(t *testing.T, method, address, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(data)
}

func query(text string) string { return "query=" + url.QueryEscape(text) }

func TestNegotiation(t *testing.T) {
	server := serve(t, options(open(t))).URL
	for _, c := range []struct {
		query, accept, want string
		status              int
	}{
		{"SELECT (1 AS ?x) {}", "", "application/sparql-results+json", 200},
		{"SELECT (1 AS ?x) {}", "*/*", "application/sparql-results+json", 200},
		{"SELECT (1 AS ?x) {}", "text/csv", "text/csv; charset=utf-8", 200},
		{"SELECT (1 AS ?x) {}", "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", 200},
		{"SELECT (1 AS ?x) {}", "text/*;q=0.3, text/tab-separated-values;q=0.8, application/json;q=0", "text/tab-separated-values; charset=utf-8", 200},
		{"SELECT (1 AS ?x) {}", "image/png", "application/problem+json", 406},
		{"CONSTRUCT { <a> <b> 1 } {}", "", "text/turtle; charset=utf-8", 200},
		{"CONSTRUCT { <a> <b> 1 } {}", "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml", 200},
		{"CONSTRUCT { <a> <b> 1 } {}", "application/sparql-results+json", "application/problem+json", 406},
	} {
		resp, body := ask(t, server, query(c.query), "Accept", c.accept)
		if got := resp.Header.Get("Content-Type"); got != c.want || resp.StatusCode != c.status {
			t.Errorf("%s, Accept: %s: %d %s, want %d %s\n%s", c.query, c.accept, resp.StatusCode, got, c.status, c.want, body)
		}
	}
	if resp, body := ask(t, server, query("SELECT (1 AS ?x) {}")+"&format=tsv"); resp.Header.Get("Content-Type") != "text/tab-separated-values; charset=utf-8" || !strings.HasPrefix(body, "?x\n") {
		t.Errorf("format=tsv: %s %q", resp.Header.Get("Content-Type"), body)
	}
}

// fill puts numbered quads into a store.
func fill(t *testing.T, store graph.Store, n int) {
	t.Helper()
	var quads []graph.Quad
	for i := range n {
		quads = append(quads, graph.Quad{
			Subject: graph.IRI("http://example.org/" + strings.Repeat("x", i%7) + string(rune('a'+i%26))), Predicate: graph.IRI("http://example.org/p"),
			Object: graph.Typed(string(rune('0'+i%10))+strings.Repeat("1", i/10), "http://www.w3.org/2001/XMLSchema#integer"),
		})
	}
	if _, err := store.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
		t.Fatal(err)
	}
}

// endless has more solutions than any time is enough for.
const endless = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . FILTER(?a != ?a || ?d != ?e) }"

func TestOutOfTime(t *testing.T) {
	store := open(t)
	fill(t, store, 100)
	server := serve(t, options(store)).URL
	// Nothing was sent when the time is up: the status tells.
	start := time.Now()
	resp, body := ask(t, server, query("SELECT (COUNT(*) AS ?n) "+endless)+"&timeout=100ms")
	var p struct {
		Title, Detail string
		Status        int
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil || resp.StatusCode != http.StatusServiceUnavailable || p.Status != 503 {
		t.Errorf("%d: %s", resp.StatusCode, body)
	}
	if !strings.Contains(p.Detail, "0 rows found (incomplete)") {
		t.Errorf("it does not say how far it came: %s", p.Detail)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %s to stop after 100ms", took)
	}
	// The answer has begun: the document stays open and a trailer tells.
	resp, body = ask(t, server, query("SELECT * "+endless)+"&timeout=300ms&format=json")
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(body, "{") {
		t.Fatalf("%d: %.200s", resp.StatusCode, body)
	}
	if json.Valid([]byte(body)) {
		t.Error("a document that was cut short is whole")
	}
	if got := resp.Trailer.Get("Entente-Error"); !strings.Contains(got, "rows found (incomplete)") {
		t.Errorf("trailer: %q", got)
	}
}

func TestOutOfMemory(t *testing.T) {
	store := open(t)
	fill(t, store, 200)
	o := options(store)
	o.Memory = 1 << 20
	resp, body := ask(t, serve(t, o).URL, query("SELECT (GROUP_CONCAT(STR(?c)) AS ?all) (COUNT(DISTINCT ?i) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?c ?d ?f ?g"))
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "out of memory") {
		t.Errorf("%d: %.300s", resp.StatusCode, body)
	}
}

func TestSyntaxError(t *testing.T) {
	resp, body := ask(t, serve(t, options(open(t))).URL, query("SELECT ?s {\n ?s ?p }"))
	var p struct {
		Detail       string
		Line, Column int
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil || resp.StatusCode != 400 || p.Line != 2 || p.Column != 8 {
		t.Errorf("%d: %s", resp.StatusCode, body)
	}
}

func TestWritingIsRefused(t *testing.T) {
	o := options(open(t))
	o.Update = nil
	server := serve(t, o).URL
	for _, c := range []struct{ method, path, body, media string }{
		{"POST", "/sparql", "INSERT DATA { <http://e/a> <http://e/b> 1 }", "application/sparql-update"},
		{"PUT", "/graphs?default", "<http://e/a> <http://e/b> 1 .", "text/turtle"},
		{"POST", "/graphs?default", "<http://e/a> <http://e/b> 1 .", "text/turtle"},
		{"DELETE", "/graphs?default", "", ""},
	} {
		resp, body := send(t, c.method, server+c.path, c.body, "Content-Type", c.media)
		if resp.StatusCode != http.StatusForbidden || !strings.Contains(body, `"title":"read-only"`) {
			t.Errorf("%s %s: %d %s", c.method, c.path, resp.StatusCode, body)
		}
	}
}

func TestUnionDefaultGraph(t *testing.T) {
	store := open(t)
	a := graph.IRI("http://example.org/a")
	if _, err := store.Apply(t.Context(), graph.Change{Add: []graph.Quad{{Subject: a, Predicate: a, Object: a, Graph: a}}}); err != nil {
		t.Fatal(err)
	}
	server := serve(t, options(store)).URL
	for params, want := range map[string]string{"": "false", "&union-default-graph=true": "true", "&union-default-graph=false": "false"} {
		if _, body := ask(t, server, query("ASK { ?s ?p ?o }")+params); !strings.Contains(body, want) {
			t.Errorf("%s: %s", params, body)
		}
	}
	if resp, _ := ask(t, server, query("ASK {}")+"&union-default-graph=maybe"); resp.StatusCode != 400 {
		t.Errorf("maybe: %d", resp.StatusCode)
	}
}

func TestGzip(t *testing.T) {
	server := serve(t, options(open(t))).URL
	resp, body := ask(t, server, query("SELECT (1 AS ?x) {}")+"&format=csv", "Accept-Encoding", "gzip")
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("it is not packed")
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(z); err != nil || string(data) != "x\r\n1\r\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestOtherOrigins(t *testing.T) {
	o := options(open(t))
	o.Origins = []string{"https://maps.example"}
	server := serve(t, o).URL
	for origin, want := range map[string]string{"https://maps.example": "https://maps.example", "https://other.example": ""} {
		resp, _ := send(t, http.MethodOptions, server+"/sparql", "", "Origin", origin)
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != want || resp.StatusCode != http.StatusNoContent {
			t.Errorf("%s: %d, allowed %q", origin, resp.StatusCode, got)
		}
	}
	if resp, _ := send(t, http.MethodPatch, server+"/sparql", ""); resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") == "" {
		t.Errorf("PATCH: %d", resp.StatusCode)
	}
}

func TestExplain(t *testing.T) {
	server := serve(t, options(open(t))).URL
	for stage, want := range map[string]string{"parsed": "SELECT", "algebra": "(project", "plan": "rows", "analyze": "in truth"} {
		if resp, body := ask(t, server, query("SELECT ?s { ?s ?p ?o }")+"&explain="+stage); resp.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", stage, resp.StatusCode, body)
		}
	}
	if resp, _ := ask(t, server, query("ASK {}")+"&explain=magic"); resp.StatusCode != 400 {
		t.Errorf("magic: %d", resp.StatusCode)
	}
}

func TestTooLarge(t *testing.T) {
	o := options(open(t))
	o.MaxBody = 100
	server := serve(t, o).URL
	if resp, body := send(t, "PUT", server+"/graphs?default", strings.Repeat("# comment\n", 100), "Content-Type", "text/turtle"); resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if resp, _ := send(t, "POST", server+"/sparql", strings.Repeat("# comment\n", 100)+"ASK {}", "Content-Type", "application/sparql-query"); resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestBadGraph(t *testing.T) {
	server := serve(t, options(open(t))).URL
	for _, c := range []struct {
		path, body, media string
		status            int
	}{
		{"/graphs?default", "<a> <b> .", "text/turtle", 400},
		{"/graphs?default", "<a> <b> <c> .", "text/unknown", 415},
		{"/graphs?default", "<http://e/g> { <http://e/a> <http://e/b> 1 }", "application/trig", 400},
		{"/graphs?default&graph=http://e/g", "<a> <b> <c> .", "text/turtle", 400},
		{"/graphs", "<a> <b> <c> .", "text/turtle", 400},
	} {
		if resp, body := send(t, "PUT", server+c.path, c.body, "Content-Type", c.media); resp.StatusCode != c.status {
			t.Errorf("%s %s: %d, want %d\n%s", c.path, c.body, resp.StatusCode, c.status, body)
		}
		if _, body := ask(t, server, query("ASK { ?s ?p ?o }")); strings.Contains(body, "true") {
			t.Fatalf("%s %s left something", c.path, c.body)
		}
	}
}
