package importers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/nlp"
)

func TestLoadGoesOnAfterFailures(t *testing.T) {
	w := newWorld(t)
	lines := source("news.jsonl", `{"title": "One", "text": "entity a State \"Norway\" code=NOR", "published": "2024-03-05"}
not json
{"title": "Two", "text": "entity b State \"Chile\" code=CHL", "date": "2024"}`)
	got := w.load(Options{Jobs: 3},
		source("a.txt", "entity a State \"Peru\" code=PER"),
		source("b.txt", "Norv\xe8ge."),
		source("b.utf16", "\xff\xfeN\x00o"),
		source("c.html", "<html><body></body></html>"),
		lines,
		source("d.txt", `fail "a reason"`),
		source("e.txt", "Nothing is said here."))
	var text strings.Builder
	imports := map[string]bool{}
	for _, o := range got {
		fmt.Fprintf(&text, "%s %s %s\n", o.Source, o.Status, o.Reason)
		if o.Import != "" {
			imports[o.Import] = true
		}
		if o.Status == Failed && o.Err == nil {
			t.Errorf("%s: no error", o.Source)
		}
	}
	want := `a.txt new 
b.txt failed not UTF-8 at byte 4; try --encoding windows-1252
b.utf16 failed not utf-16: character 2 cannot be read; try another --encoding
c.html failed no text found: <body> is empty (JavaScript page?)
news.jsonl:1 new 
news.jsonl failed line 2: not a JSON object: invalid character 'o' in literal null (expecting 'u')
news.jsonl:3 new 
d.txt failed nlp: notation: line 1: a reason
e.txt new 
`
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", text.String(), want)
	}
	if len(imports) != 1 {
		t.Errorf("one call of Load made the imports %v", imports)
	}
	before := newWorld(t).dump()
	for id := range imports {
		if _, err := w.im.Undo(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	if w.dump() != before {
		t.Error("undoing the import left something behind")
	}
}

func TestOptionsWin(t *testing.T) {
	w := newWorld(t)
	o := w.load(Options{Published: date("2025-09-01").Date, Publisher: "P", Title: "T", Language: "en"},
		source("a.md", "---\ntitle: Other\ndate: 2020-01-01\npublisher: Other\n---\nText."))[0]
	v := w.view()
	defer v.Close()
	found, err := findDocument(context.Background(), v, o.Document)
	if err != nil {
		t.Fatal(err)
	}
	if d := found.Document; d.Published.String() != "2025-09-01" || d.Publisher != "P" || d.Title != "T" {
		t.Errorf("got %+v", d)
	}
}

// TestStopping cancels while a document is read: it is stored, no other is, and the error says so.
func TestStopping(t *testing.T) {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ctx, cancel := context.WithCancel(context.Background())
	slow, err := nlp.NewPipeline(nlp.Component{Name: "slow", Annotate: func(context.Context, *nlp.Doc) error {
		cancel()
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	im := &Importer{Store: store, Model: testModel(t), Pipeline: slow}
	var sources []Source
	for i := range 20 {
		sources = append(sources, source(fmt.Sprintf("%d.txt", i), fmt.Sprintf("Text %d.", i)))
	}
	stored := 0
	var last error
	for o, err := range im.Load(ctx, sourcesOf(sources...), Options{Jobs: 1}) {
		if last = err; err == nil && o.Status == New {
			stored++
		}
	}
	if !errors.Is(last, context.Canceled) || stored == 0 || stored > 3 {
		t.Errorf("stored %d, ended with %v", stored, last)
	}
}

func TestBreakingOff(t *testing.T) {
	w := newWorld(t)
	var sources []Source
	for i := range 10 {
		sources = append(sources, source(fmt.Sprintf("%d.txt", i), fmt.Sprintf("Text %d.", i)))
	}
	for range w.im.Load(context.Background(), sourcesOf(sources...), Options{}) {
		break
	}
	if n := strings.Count(w.dump(), "#Document>"); n != 1 {
		t.Errorf("%d documents were stored after the loop was left at the first", n)
	}
}

// TestLoadsAtOnce loads the same and different documents from several
// goroutines, and expects what loading them one by one gives.
func TestLoadsAtOnce(t *testing.T) {
	w := newWorld(t)
	text := func(i int) string {
		return fmt.Sprintf("entity a State \"Armenia\" code=ARM\nentity p Person \"Ararat Mirzoyan\"\ntenure p \"Minister %d\" of=a\n", i)
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 6 {
				for o, err := range w.im.Load(context.Background(), sourcesOf(source(fmt.Sprintf("%d.txt", (i+g)%6), text((i+g)%6))), Options{}) {
					if err != nil || o.Status == Failed {
						t.Errorf("%v %s", err, o.Reason)
					}
				}
			}
		}()
	}
	wg.Wait()
	plain := newWorld(t)
	for i := range 6 {
		plain.load(Options{}, source(fmt.Sprintf("%d.txt", i), text(i)))
	}
	if diff := difference(contents(plain.dump()), contents(w.dump())); diff != "" {
		t.Error(diff)
	}
}

func TestListings(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.load(Options{}, source("a.txt", "One."), source("b.txt", "Two."))
	if _, err := w.im.Remove(ctx, "a.txt"); err != nil {
		t.Fatal(err)
	}
	v := w.view()
	defer v.Close()
	documents, err := Documents(ctx, v)
	if err != nil || len(documents) != 1 || documents[0].Document.Source != "b.txt" || documents[0].Document.Text != "" {
		t.Errorf("documents: %+v, %v", documents, err)
	}
	imports, err := Imports(ctx, v)
	if err != nil || len(imports) != 2 || imports[0].Kind != Removing || imports[1].New != 2 {
		t.Errorf("imports: %+v, %v", imports, err)
	}
	graphs := 0
	for _, err := range v.Graphs(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		graphs++
	}
	if graphs != 1 {
		t.Errorf("%d graphs, want 1: that of a removed document goes with it", graphs)
	}
}
