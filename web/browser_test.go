package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/web/ui"
)

// A window is a page of a browser that resolves no name, so that whatever a page
// asked of another host would fail; that, and every error of a script or of
// the policy of pages, fails the test.
type window struct {
	t    *testing.T
	ctx  context.Context
	site string
}

// chromium finds the browser, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are not short")
	}
	if path := os.Getenv("ENTENTE_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium: apt-get install chromium, or set ENTENTE_CHROMIUM")
	return ""
}

// built skips the test where the client was not built.
func built(t *testing.T) {
	t.Helper()
	client, err := ui.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if client.Files() == nil {
		t.Skip("the client of the pages is not built: make client")
	}
}

// seeded serves the sample text of the pages.
func seeded(t *testing.T) *httptest.Server {
	t.Helper()
	text, err := os.ReadFile("testdata/tianjin.md")
	if err != nil {
		t.Fatal(err)
	}
	return siteOf(t, importers.Bytes("tianjin.md", text), timex.Date{Year: 2025, Month: 9, Day: 1})
}

// browse opens a browser for one test.
func browse(t *testing.T, site string) *window {
	t.Helper()
	path := chromium(t)
	b := &window{t: t, site: site}
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithListener(b.watch), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
	))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	b.ctx = ctx
	b.do(chromedp.EmulateViewport(1280, 900))
	return b
}

// watch reports what pages complain about.
func (b *window) watch(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		detail := e.ExceptionDetails.Text
		if o := e.ExceptionDetails.Exception; o != nil {
			detail += " " + o.Description
		}
		b.t.Errorf("a script failed: %s", detail)
	case *log.EventEntryAdded:
		// A refused query and a missing page are failed requests that pages show.
		shown := strings.HasPrefix(e.Entry.Text, "Failed to load resource") && (strings.Contains(e.Entry.URL, "/query") || strings.Contains(e.Entry.URL, "state:XXX"))
		if e.Entry.Level == log.EntryLevelError && !shown {
			b.t.Errorf("the browser says: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	}
}

func (b *window) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, a := range actions {
		if err := chromedp.Do(b.ctx, a); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *window) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site + path))
}

// eval evaluates an expression of JavaScript; a promise is waited for.
func eval[T any](b *window, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to be true.
func (b *window) until(what, expression string) {
	b.t.Helper()
	for range 200 {
		if eval[bool](b, "!!("+expression+")") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.shot("failed")
	b.t.Fatalf("it did not come to it that %s: %s; the page is %s", what, expression, eval[string](b, "location.href"))
}

// text is the text of what a selector finds.
func (b *window) text(selector string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf("document.querySelector(%q)?.innerText ?? ''", selector))
}

// keys presses keys, one after another.
func (b *window) keys(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}

// tabTo presses Tab until a selector has the focus.
func (b *window) tabTo(selector string) {
	b.t.Helper()
	for range 150 {
		if eval[bool](b, fmt.Sprintf("document.activeElement?.matches(%q) ?? false", selector)) {
			return
		}
		b.keys(kb.Tab)
	}
	b.shot("failed")
	b.t.Fatalf("Tab does not lead to %s", selector)
}

// shot keeps a picture of the page in the folder of screenshots.
func (b *window) shot(name string) {
	b.t.Helper()
	image, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	keepShot(b.t, name, image)
}

func keepShot(t *testing.T, name string, image []byte) {
	t.Helper()
	folder := filepath.Join("ui", "screenshots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), image, 0o644); err != nil {
		t.Fatal(err)
	}
}

// dark sets the colours that the system asks for.
func (b *window) dark(on bool) {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// downloads lets the browser keep files in a folder.
func (b *window) downloads(folder string) {
	_, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
	})
	if err != nil {
		b.t.Fatal(err)
	}
}
