package remote_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/remote"
)

const ex = "http://example.org/"

// endpoint answers queries over a few triples, in a format.
func endpoint(t *testing.T, format results.Format) *httptest.Server {
	data := memory.New([]graph.Quad{
		{Subject: graph.IRI(ex + "a"), Predicate: graph.IRI(ex + "knows"), Object: graph.Blank("x")},
		{Subject: graph.IRI(ex + "b"), Predicate: graph.IRI(ex + "age"), Object: graph.Term{Kind: graph.KindLiteral, Value: "07", Datatype: "http://www.w3.org/2001/XMLSchema#integer"}},
	}, nil)
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		query, err := sparql.Prepare(r.PostFormValue("query"), sparql.Options{})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		found, err := query.Run(r.Context(), data)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", format.MediaType())
		out := results.NewWriter(w, format)
		if err := out.Head(found.Vars); err != nil {
			t.Error(err)
		}
		for row, err := range found.Rows {
			if err == nil {
				err = out.Row(row)
			}
			if err != nil {
				t.Error(err)
			}
		}
		if err := out.Close(); err != nil {
			t.Error(err)
		}
	})
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

// ask runs a query over no data and gives its solutions as lines.
func ask(ctx context.Context, text string, o remote.Options) ([]string, error) {
	query, err := sparql.Prepare(text, sparql.Options{Prefixes: map[string]string{"": ex}, Service: remote.New(o).Service})
	if err != nil {
		return nil, err
	}
	found, err := query.Run(ctx, memory.New(nil, nil))
	if err != nil {
		return nil, err
	}
	var lines []string
	for row, err := range found.Rows {
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprint(row))
	}
	return lines, nil
}

func TestServiceAnswers(t *testing.T) {
	for _, format := range []results.Format{results.JSON, results.XML} {
		server := endpoint(t, format)
		allowed := remote.Options{Endpoints: []string{server.URL + "/sparql"}}
		got, err := ask(t.Context(), "SELECT ?s ?o { SERVICE <"+server.URL+`/sparql> { ?s :age ?o FILTER(?o = 7) OPTIONAL { [] :knows ?s } } }`, allowed)
		want := `[<http://example.org/b> "07"^^<http://www.w3.org/2001/XMLSchema#integer>]`
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, %v, want %s", format, got, err, want)
		}
		got, err = ask(t.Context(), "SELECT ?o { SERVICE <"+server.URL+"/sparql> { :a :knows ?o } }", allowed)
		if err != nil || len(got) != 1 || got[0] == "[_:x]" || !strings.HasPrefix(got[0], "[_:") {
			t.Errorf("%s: a blank node comes as %v, %v, not as one of its own", format, got, err)
		}
	}
}

func TestServiceFailures(t *testing.T) {
	good := endpoint(t, results.JSON)
	broken := serve(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "out of order", http.StatusBadGateway) })
	slow := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server notices that the client leaves once the body is read
		<-r.Context().Done()
	})
	large := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", results.JSON.MediaType())
		fmt.Fprintf(w, `{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"%s"}}]}}`, strings.Repeat("a", 5000))
	})
	page := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<p>hello</p>")
	})
	leading := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, good.URL+"/other", http.StatusTemporaryRedirect)
	})
	for _, test := range []struct{ name, endpoint, want string }{
		{"refused", good.URL + "/elsewhere", "not among those that are allowed"},
		{"no web address", "file:///etc/hosts", "only addresses of http and https"},
		{"status", broken.URL, "502 Bad Gateway: \"out of order"},
		{"slow", slow.URL, "did not answer within"},
		{"large", large.URL, "more than 2000 bytes"},
		{"page", page.URL, `"text/html"`},
		{"redirected", leading.URL, "redirected to " + good.URL + "/other"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			o := remote.Options{MaxBody: 2000, Endpoints: []string{good.URL, broken.URL, slow.URL, large.URL, page.URL, leading.URL}}
			_, err := ask(ctx, "SELECT * { SERVICE <"+test.endpoint+"> { ?s ?p ?o } }", o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			again, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			got, err := ask(again, "SELECT * { SERVICE SILENT <"+test.endpoint+"> { ?s ?p ?o } }", o)
			if err != nil || len(got) != 1 || got[0] != fmt.Sprint(make([]graph.Term, 3)) {
				t.Errorf("SILENT gives %q, %v, want one solution that binds nothing", got, err)
			}
		})
	}
}

// TestServiceOnce: inside EXISTS the same question is not asked for each row.
func TestServiceOnce(t *testing.T) {
	asked := 0
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Type", results.JSON.MediaType())
		fmt.Fprint(w, `{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"2"}}]}}`)
	})
	got, err := ask(t.Context(), `SELECT ?n { VALUES ?n { "1" "2" "3" } FILTER EXISTS { SERVICE <`+server.URL+`> { ?s :p ?n } } }`,
		remote.Options{Endpoints: []string{server.URL}})
	if err != nil || len(got) != 1 || got[0] != `["2"]` || asked != 1 {
		t.Errorf("%v, %v after %d questions", got, err, asked)
	}
}

func TestLoad(t *testing.T) {
	var accept string
	elsewhere := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "secret") })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		accept = r.Header.Get("Accept")
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case "/near":
			http.Redirect(w, r, "/doc", http.StatusFound)
		default:
			w.Header().Set("Content-Type", "text/turtle; charset=utf-8")
			fmt.Fprint(w, "<a> <b> <c> .")
		}
	})
	client := remote.New(remote.Options{Hosts: []string{strings.TrimPrefix(server.URL, "http://")}, MaxBody: 13})
	for _, path := range []string{"/doc", "/near"} {
		body, media, err := client.Load(t.Context(), server.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err != nil || string(text) != "<a> <b> <c> ." || media != "text/turtle; charset=utf-8" {
			t.Errorf("%s: %q, %q, %v", path, text, media, err)
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(accept, "text/turtle") || !strings.Contains(accept, "application/ld+json") {
		t.Errorf("Accept: %s", accept)
	}
	for _, iri := range []string{elsewhere.URL, server.URL + "/away", "file:///etc/hosts", "http://127.0.0.1/doc"} {
		if _, _, err := client.Load(t.Context(), iri); err == nil {
			t.Errorf("%s is fetched", iri)
		}
	}
	body, _, err := remote.New(remote.Options{Hosts: []string{strings.TrimPrefix(server.URL, "http://")}, MaxBody: 12}).Load(t.Context(), server.URL+"/doc")
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if text, err := io.ReadAll(body); err == nil || len(text) != 12 {
		t.Errorf("a document that is too large is read: %q", text)
	}
}
