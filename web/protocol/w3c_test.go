package protocol_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/w3c"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql/syntax"
	"github.com/ententegraph/entente/queries/sparql/update"
	"github.com/ententegraph/entente/web/protocol"
)

const (
	ht  = "http://www.w3.org/2011/http#"
	cnt = "http://www.w3.org/2011/content#"
	sd  = "http://www.w3.org/ns/sparql-service-description#"
)

// options are those of a server that takes updates.
func options(store graph.Store) protocol.Options {
	return protocol.Options{
		Store: store, Timeout: 10 * time.Second, MaxBody: 1 << 20,
		Update: func(ctx context.Context, u *syntax.Update) error {
			_, err := update.Apply(ctx, store, u, update.Options{})
			return err
		},
	}
}

func open(t testing.TB) graph.Store {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func serve(t testing.TB, o protocol.Options) *httptest.Server {
	t.Helper()
	h := protocol.New(o)
	mux := http.NewServeMux()
	mux.Handle("/sparql", h.SPARQL())
	mux.Handle("/graphs", h.Graphs("/graphs"))
	mux.Handle("/graphs/", h.Graphs("/graphs"))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// TestW3C runs the protocol tests of the suite over HTTP.
func TestW3C(t *testing.T) {
	suite, err := w3c.Open("../../../shared/w3c")
	if err != nil {
		t.Skip("needs the W3C suites in ../shared/w3c")
	}
	for _, part := range []struct {
		manifest, kind string
		least          int
	}{
		{"protocol", "ProtocolTest", 34},
		{"graph-store-protocol", "GraphStoreProtocolTest", 13},
	} {
		t.Run(part.manifest, func(t *testing.T) {
			tests, err := suite.Tests(t.Context(), "sparql/sparql11/"+part.manifest+"/manifest.ttl")
			if err != nil {
				t.Fatal(err)
			}
			ran := 0
			for _, test := range tests {
				if test.Type != w3c.MF+part.kind {
					continue
				}
				ran++
				if err := conversation(t, suite, test); err != nil {
					t.Errorf("%s (%s): %v", test.IRI, test.Name, err)
				}
			}
			if ran < part.least {
				t.Errorf("only %d tests were found", ran)
			}
		})
	}
}

// conversation sends the requests of a test, one after the other, to a server of its own.
func conversation(t *testing.T, suite *w3c.Suite, test w3c.Test) error {
	m := test.Manifest
	store := open(t)
	for _, subject := range []graph.Term{graph.IRI(test.IRI), test.Action} {
		for _, g := range m.Objects(subject, w3c.UT+"graphData") {
			quads, err := suite.Read(t.Context(), m.Object(g, w3c.UT+"graph").Value)
			if err != nil {
				return err
			}
			for i := range quads {
				quads[i].Graph = graph.IRI(m.Object(g, w3c.RDFS+"label").Value)
			}
			if _, err := store.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
				return err
			}
		}
	}
	server := serve(t, options(store))
	location := ""
	for i, r := range m.List(m.Object(test.Action, ht+"requests")) {
		body := m.Object(m.Object(r, ht+"body"), cnt+"chars").Value
		if m.Object(m.Object(r, ht+"body"), cnt+"characterEncoding").Value == "UTF-16" {
			body = inUTF16(body)
		}
		path := m.Object(r, ht+"absolutePath").Value
		path = strings.ReplaceAll(path, "$LOCATION$", url.QueryEscape(location))
		path = strings.Replace(strings.Replace(path, "/sparql/", "/sparql", 1), "/gsp", "/graphs", 1)
		req, err := http.NewRequestWithContext(t.Context(), m.Object(r, ht+"methodName").Value, server.URL+path, strings.NewReader(body))
		if err != nil {
			return err
		}
		for _, h := range m.List(m.Object(r, ht+"headers")) {
			req.Header.Set(m.Object(h, ht+"fieldName").Value, m.Object(h, ht+"fieldValue").Value)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		got, err := io.ReadAll(resp.Body)
		if err := errors.Join(err, resp.Body.Close()); err != nil {
			return err
		}
		if l := resp.Header.Get("Location"); l != "" {
			location = l
		}
		if err := expect(m, m.Object(r, ht+"resp"), resp, got); err != nil {
			return fmt.Errorf("request %d, %s %s: %w\n%s", i+1, req.Method, path, err, got)
		}
	}
	return nil
}

func inUTF16(s string) string {
	var b bytes.Buffer
	b.WriteString("\xfe\xff")
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u >> 8), byte(u)})
	}
	return b.String()
}

// expect compares an answer with what the manifest wants.
func expect(m *w3c.Triples, want graph.Term, resp *http.Response, body []byte) error {
	names := map[string]func(int) bool{
		"StatusCode2xx": func(s int) bool { return s/100 == 2 }, "StatusCode3xx": func(s int) bool { return s/100 == 3 },
		"StatusCode4xx": func(s int) bool { return s/100 == 4 },
		"OK":            func(s int) bool { return s == 200 }, "Created": func(s int) bool { return s == 201 },
		"NoContent": func(s int) bool { return s == 204 }, "NotFound": func(s int) bool { return s == 404 },
	}
	var statuses []string
	ok := false
	for _, s := range m.Objects(want, w3c.MF+"expectedStatus") {
		_, name, _ := strings.Cut(s.Value, "#")
		statuses = append(statuses, name)
		is, known := names[name]
		if !known {
			return fmt.Errorf("the manifest wants a status that the test does not know: %s", name)
		}
		ok = ok || is(resp.StatusCode)
	}
	if !ok {
		return fmt.Errorf("status %d, want %v", resp.StatusCode, statuses)
	}
	media := resp.Header.Get("Content-Type")
	format, isResults := results.ByMediaType(media)
	_, isRDF := rdf.ByMedia(media)
	switch kind := m.Object(want, w3c.MF+"expectedFormat").Value; {
	case kind == "boolean" && !(isResults && (format == results.JSON || format == results.XML)),
		kind == "tabular" && !isResults, kind == "RDF" && !isRDF:
		return fmt.Errorf("%s where something %s is wanted", media, kind)
	}
	if b := m.Object(want, w3c.MF+"expectedBoolean"); !b.IsZero() {
		r, err := results.Read(bytes.NewReader(body), format)
		if err != nil {
			return err
		}
		if !r.IsBoolean || fmt.Sprint(r.Boolean) != b.Value {
			return fmt.Errorf("%v, want %s", r.Boolean, b.Value)
		}
	}
	for _, h := range m.List(m.Object(want, ht+"headers")) {
		if name, value := m.Object(h, ht+"fieldName").Value, m.Object(h, ht+"fieldValue").Value; resp.Header.Get(name) != value && value != "" {
			return fmt.Errorf("header %s is %q, want %q", name, resp.Header.Get(name), value)
		}
	}
	text := m.Object(m.Object(want, ht+"body"), cnt+"chars").Value
	if text == "" {
		return nil
	}
	wanted, err := turtle(text, "http://www.example/")
	if err != nil {
		return err
	}
	got, err := turtle(string(body), "http://www.example/")
	if err != nil {
		return err
	}
	if !w3c.Isomorphic(got, wanted) {
		return fmt.Errorf("another graph than\n%s", text)
	}
	return nil
}

func turtle(text, base string) ([]graph.Quad, error) {
	format, _ := rdf.ByName("ttl")
	var out []graph.Quad
	for q, err := range rdf.Read(context.Background(), strings.NewReader(text), format, rdf.Options{Base: base}) {
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// TestServiceDescription makes the three tests of the suite: RDF comes back, it
// names the endpoint, and it keeps to the schema of the recommendation.
func TestServiceDescription(t *testing.T) {
	server := serve(t, options(open(t)))
	resp, err := http.Get(server.URL + "/sparql")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := rdf.ByMedia(resp.Header.Get("Content-Type")); !ok || resp.StatusCode != 200 {
		t.Fatalf("%s %s", resp.Status, resp.Header.Get("Content-Type"))
	}
	quads, err := turtle(string(body), "")
	if err != nil {
		t.Fatal(err)
	}
	m := w3c.NewTriples(quads)
	services := m.Subjects(w3c.RDF+"type", graph.IRI(sd+"Service"))
	if len(services) != 1 {
		t.Fatalf("%d services in\n%s", len(services), body)
	}
	if !slices.Contains(m.Objects(services[0], sd+"endpoint"), graph.IRI(server.URL+"/sparql")) {
		t.Errorf("no endpoint in\n%s", body)
	}
	// The schema: what is known of the vocabulary, and of which kind each end is.
	iris := []string{"endpoint", "supportedLanguage", "feature", "resultFormat", "inputFormat", "languageExtension", "defaultEntailmentRegime"}
	for _, q := range quads {
		name, ours := strings.CutPrefix(q.Predicate.Value, sd)
		if !ours {
			continue
		}
		switch {
		case slices.Contains(iris, name):
			if q.Subject != services[0] || q.Object.Kind != graph.KindIRI {
				t.Errorf("%s: an IRI of the service is wanted", q)
			}
		case name == "defaultDataset":
			if m.Object(q.Object, w3c.RDF+"type") != graph.IRI(sd+"Dataset") {
				t.Errorf("%s: not a dataset", q)
			}
		case name == "defaultGraph":
			if m.Object(q.Object, w3c.RDF+"type") != graph.IRI(sd+"Graph") {
				t.Errorf("%s: not a graph", q)
			}
		default:
			t.Errorf("%s: the schema has no such property", q)
		}
	}
}
