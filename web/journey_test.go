package web

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// TestJourney goes from the first page to a kept drawing by the keyboard alone.
func TestJourney(t *testing.T) {
	built(t)
	b := browse(t, seeded(t).URL)
	folder := t.TempDir()
	b.downloads(folder)

	b.open("/")
	b.tabTo("#q")
	b.keys("Armenia", kb.Enter)
	b.until("the page of Armenia opens", `location.pathname === "/e/state:ARM"`)
	b.until("it shows a sentence", `document.body?.textContent.includes("Armenia and Pakistan established diplomatic relations on 31 August 2025.")`)

	b.open("/graph?thing=state:ARM")
	b.until("the picture is there", `document.querySelector("#network-canvas canvas")`)

	// Expand the CSTO by its members.
	b.tabTo("#network-canvas")
	b.find("Collective")
	b.until("the CSTO is selected", `document.querySelector("#network-card").innerText.includes("Collective Security")`)
	if b.text("#network-spoken") == "" {
		t.Error("what is selected is not read out")
	}
	b.until("its surroundings are listed", `document.querySelector("#network-card [data-expand=member-of]")`)
	before := eval[string](b, `JSON.stringify(document.querySelector("#network-canvas").canvas.cy.getElementById("state:PAK").position())`)
	b.keys(kb.Enter)
	b.until("its card has the focus", `document.activeElement.closest("#network-card")`)
	b.until("its surroundings are listed again", `document.querySelector("#network-card [data-expand=member-of]")`)
	b.tabTo("[data-expand=member-of]")
	b.keys(kb.Enter)
	b.until("Russia is seen to be a member", `document.querySelector("#network-canvas").canvas.cy.getElementById("organization:CSTO|state:RUS").nonempty()`)
	if after := eval[string](b, `JSON.stringify(document.querySelector("#network-canvas").canvas.cy.getElementById("state:PAK").position())`); after != before {
		t.Errorf("Pakistan moved from %s to %s because something was expanded", before, after)
	}
	b.shot("network-expanded")

	// Filter by date, and take that back.
	b.tabTo("input[name=until]")
	b.keys("2010", kb.Enter)
	b.until("only what had begun in 2010 is left", `new URLSearchParams(location.search).get("until") === "2010" && document.querySelector("#network-canvas").canvas.cy.getElementById("state:PAK").empty()`)
	if rows := b.text("#network-said"); !strings.Contains(rows, "without a date are left out") {
		t.Errorf("it is not said that undated relations are left out: %s", rows)
	}
	b.tabTo("#network-canvas")
	b.keys("z")
	b.until("Pakistan is back", `document.querySelector("#network-canvas").canvas.cy.getElementById("state:PAK").nonempty()`)

	// The path from Pakistan to the CSTO.
	b.tabTo("#network-canvas")
	b.find("Pakistan")
	b.keys("m")
	b.find("Collective")
	b.keys("m")
	b.until("the path is told", `document.querySelector("#network-said").innerText.includes("Shortest paths between Pakistan and Collective Security Treaty Organization: 1 step")`)
	if on := eval[string](b, `document.querySelector("#network-canvas").canvas.cy.edges(".path").map(e => e.data("text")).join()`); !strings.Contains(on, "applied to join") {
		t.Errorf("on the path is %q", on)
	}
	b.shot("network-path")

	// The table says the same as the picture.
	b.tabTo("#network-canvas")
	b.keys("t")
	b.until("the table is shown", `!document.querySelector("#network-table").hidden && document.querySelector("#network-canvas").hidden`)
	inTable := eval[int](b, `document.querySelectorAll("#network-table tr[data-edge]").length`)
	inPicture := eval[int](b, `document.querySelector("#network-canvas").canvas.cy.edges().map(e => e.data("edges").length).reduce((a, b) => a + b, 0)`)
	if inTable != inPicture || inTable == 0 {
		t.Errorf("the table has %d relations, the picture %d", inTable, inPicture)
	}

	// Keep it.
	for _, format := range []string{"gexf", "svg"} {
		b.tabTo("a[data-format=" + format + "]")
		b.keys(kb.Enter)
		data := waitFor(t, filepath.Join(folder, "network."+format))
		var doc struct {
			XMLName xml.Name
			Nodes   []struct {
				Label string `xml:"label,attr"`
			} `xml:"graph>nodes>node"`
		}
		if err := xml.Unmarshal(data, &doc); err != nil || doc.XMLName.Local != format {
			t.Errorf("the %s that was kept: %v, %s", format, err, doc.XMLName.Local)
		}
		if !strings.Contains(string(data), "Pakistan") || format == "gexf" && len(doc.Nodes) != eval[int](b, `document.querySelector("#network-canvas").canvas.cy.nodes().length`) {
			t.Errorf("the %s that was kept has %d nodes", format, len(doc.Nodes))
		}
	}

	// A saved query.
	b.open("/query?saved=requests-to-join")
	b.tabTo("#query-saved input:not([type=hidden])")
	b.keys("CSTO", kb.Enter)
	b.until("the answer names Pakistan", `document.querySelector("#query-answer").innerText.includes("Pakistan")`)
}

// find goes to a node of the picture by its name.
func (b *window) find(name string) {
	b.t.Helper()
	b.keys("f")
	// The browser of the test types the key into the box that it opens.
	eval[any](b, `(document.activeElement.select(), null)`)
	b.keys(name, kb.Enter)
}

// waitFor reads a file as soon as it is there.
func waitFor(t *testing.T, file string) []byte {
	t.Helper()
	for range 200 {
		if data, err := os.ReadFile(file); err == nil && len(data) > 0 {
			return data
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s was not kept", filepath.Base(file))
	return nil
}
