package web

import (
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// shown lists the pages that are looked at, with a name for the file of each.
func shown(t *testing.T, site string) map[string]string {
	t.Helper()
	found := map[string]string{}
	pages := map[string]string{
		"home": "/", "thing": "/e/state:ARM", "person": "/e/person:ararat-mirzoyan", "search": "/search?q=arm", "network": "/graph?thing=state:ARM",
		"network-whole": "/graph", "network-layers": "/graph?thing=state:ARM&depth=2&layout=layers", "network-rings": "/graph?thing=state:ARM&depth=2&layout=concentric",
		"network-table": "/graph?thing=state:ARM&tab=table", "timeline": "/timeline/state:ARM", "query": "/query", "query-saved": "/query?saved=relations-of&p.thing=armenia",
		"query-wrong": "/query?language=sparql&text=" + url.QueryEscape("SELECT ?state {\n  ?state a :State .\n  ?state :memberOf\n}"),
		"missing":     "/e/state:XXX",
	}
	for _, show := range []string{"table", "network", "timeline", "explain"} {
		text := "SELECT ?event ?date ?actor {\n  ?event a :Event ; :date ?date ; :actor ?actor\n}\nORDER BY STR(?date)"
		pages["query-"+show] = "/query?" + url.Values{"language": {"sparql"}, "text": {text}, "show": {show}}.Encode()
	}
	// What other pages lead to: a document, a statement and the pages of the frame.
	for _, from := range []string{"/", "/e/state:ARM"} {
		for _, part := range strings.Split(get(t, site+from).body, ` href="`)[1:] {
			link, _, _ := strings.Cut(part, `"`)
			link, _, _ = strings.Cut(link, "#")
			kind, _, _ := strings.Cut(strings.TrimPrefix(link, "/"), "/")
			kind, _, _ = strings.Cut(kind, "?")
			if strings.HasPrefix(link, "/") && kind != "" && !strings.ContainsAny(kind, ".:") && pages[kind] == "" && found[kind] == "" &&
				kind != "e" && kind != "graph" && kind != "static" && kind != "ui" && !strings.Contains(link, ".") {
				found[kind] = strings.ReplaceAll(link, "&amp;", "&")
			}
		}
	}
	for kind, link := range found {
		pages[kind] = link
	}
	return pages
}

// TestLooks keeps pictures of every page, light and dark, wide and narrow, and
// lets axe-core look for what would keep people out.
func TestLooks(t *testing.T) {
	built(t)
	site := seeded(t).URL
	b := browse(t, site)
	axe, err := os.ReadFile(filepath.Join("ui", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("no axe-core: make client")
	}
	pages := shown(t, site)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		t.Run(name, func(t *testing.T) {
			page := *b
			page.t = t
			for _, look := range []struct {
				name  string
				dark  bool
				width int64
			}{{"light", false, 1280}, {"dark", true, 1280}, {"narrow", false, 390}} {
				page.dark(look.dark)
				page.do(chromedp.EmulateViewport(look.width, 900))
				page.open(pages[name])
				page.until("the picture is there", `[...document.querySelectorAll(".canvas:not([hidden])")].every(c => c.querySelector("canvas"))`)
				image, err := chromedp.Run(page.ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				keepShot(t, name+"-"+look.name, image)
				if wide := eval[int](&page, "document.documentElement.scrollWidth"); wide > int(look.width) {
					t.Errorf("%s: the page is %d pixels wide in a window of %d", look.name, wide, look.width)
				}
				for _, wrong := range violations(&page, string(axe)) {
					t.Errorf("%s: %s", look.name, wrong)
				}
			}
		})
	}
}

// violations lists what axe-core finds wrong with a page.
func violations(b *window, axe string) []string {
	b.t.Helper()
	eval[any](b, axe+";null")
	return eval[[]string](b, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 120) + " " + (n.any[0]?.message ?? "")).join(" | ")))`)
}
