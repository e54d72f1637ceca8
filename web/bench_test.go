package web

import (
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/schema"
)

var benchQuads = flag.Int("web.quads", 200_000, "`number` of quads of the generated graph that pages are measured on")

// BenchmarkPages measures pages of a generated graph of diplomacy, of the state
// that is in the news most often:
//
//	go test ./web -run '^$' -bench Pages -web.quads 2000000
func BenchmarkPages(b *testing.B) {
	store, err := pebble.Open(b.TempDir(), pebble.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	batches := func(yield func([]graph.Quad, error) bool) {
		var batch []graph.Quad
		for q, err := range diplomacy.Quads(1, *benchQuads) {
			if batch = append(batch, q); err != nil || len(batch) == 10_000 {
				if !yield(batch, err) {
					return
				}
				batch = nil
			}
		}
		yield(batch, nil)
	}
	if _, err := store.BulkLoad(b.Context(), batches, graph.BulkOptions{}); err != nil {
		b.Fatal(err)
	}
	model, err := schema.Default()
	if err != nil {
		b.Fatal(err)
	}
	site, err := New(Options{Store: store, Model: model, Engine: &queries.Engine{Views: func() (graph.View, error) { return store.View() }, Prefixes: schema.Prefixes()}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(site.Close)
	for _, path := range []string{
		"/", "/search?q=st", "/search.json?typing=1&q=st", "/documents", "/things/State", "/things/Person", "/things/Event",
		"/e/state:AAA", "/e/state:AAA?tab=relations", "/e/state:AAA?tab=network", "/e/state:AAA?tab=timeline", "/e/state:AAA?tab=documents",
		"/e/state:AAA?tab=history", "/e/person:p0", "/d/doc:d0", "/timeline?thing=state:AAA&thing=state:AAB", "/schema", "/status",
	} {
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			size := 0
			for b.Loop() {
				start := time.Now()
				w := httptest.NewRecorder()
				site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
				took = append(took, time.Since(start))
				if size = w.Body.Len(); w.Code != http.StatusOK {
					b.Fatalf("status %d: %s", w.Code, w.Body)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}

// The first page loads no more than 100 kB, its styles and scripts included,
// where the client was not built.
func TestFirstPageIsLight(t *testing.T) {
	s := site(t)
	page := get(t, s.URL+"/")
	sum := len(page.body)
	for _, mark := range []string{`href="/static/`, `src="/static/`} {
		for _, part := range strings.Split(page.body, mark)[1:] {
			name, _, _ := strings.Cut(part, `"`)
			r, err := http.Get(s.URL + "/static/" + name)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r.Body)
			r.Body.Close()
			if err != nil || r.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %v", name, r.StatusCode, err)
			}
			sum += len(body)
		}
	}
	if sum > 100_000 {
		t.Errorf("the first page loads %d bytes", sum)
	}
}
