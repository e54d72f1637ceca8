package web

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest/diplomacy"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/schema"
)

// crowded serves a graph with thousands of things.
func crowded(t *testing.T) *httptest.Server {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	var quads []graph.Quad
	for q, err := range diplomacy.Quads(1, 150_000) {
		if err != nil {
			t.Fatal(err)
		}
		quads = append(quads, q)
	}
	if _, err := store.Apply(t.Context(), graph.Change{Add: quads}); err != nil {
		t.Fatal(err)
	}
	handler, err := New(Options{Store: store, Model: model, Engine: &queries.Engine{Views: func() (graph.View, error) { return store.View() }, Prefixes: schema.Prefixes()}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// TestManyElements measures what a network of two thousand elements takes from
// the answer of the server until it can be used, without a GPU: the processor's
// time of the page, which a busy machine does not stretch.
func TestManyElements(t *testing.T) {
	built(t)
	site := crowded(t).URL
	b := browse(t, site)
	if _, err := chromedp.Call(b.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		t.Fatal(err)
	}
	b.open("/graph?limit=2000")
	b.until("the picture is drawn", `performance.getEntriesByName("network-drawn").length > 0`)
	metrics, err := chromedp.Call(b.ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	took := 0.0
	for _, m := range metrics.Metrics {
		if m.Name == "TaskDuration" {
			took = m.Value
		}
	}
	elements := eval[int](b, `document.querySelector("#network-canvas").canvas.cy.elements().length`)
	answered := eval[float64](b, `performance.getEntriesByType("navigation")[0].responseStart`)
	drawn := eval[float64](b, `performance.getEntriesByName("network-drawn")[0].startTime`)
	t.Logf("%d elements: %.2f s of the processor until they are drawn; answered after %.0f ms, drawn after %.0f ms by the clock", elements, took, answered, drawn)
	if elements < 1800 {
		t.Errorf("only %d elements", elements)
	}
	if took > 1.5 {
		t.Errorf("a network of %d elements takes %.2f s of the processor", elements, took)
	}
}
