package importers

import (
	"context"
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/ententegraph/entente/importers/articles"
	"github.com/ententegraph/entente/nlp"
)

var halves = flag.Int("halves", 40, "how many articles TestHalves loads, to remove every second one")

// TestHalves loads made-up articles through the whole reading, removes every
// second one, and expects exactly the graph of loading the others, in another order.
func TestHalves(t *testing.T) {
	news, err := articles.New(3)
	if err != nil {
		t.Fatal(err)
	}
	w, plain := newWorld(t), newWorld(t)
	pipeline, err := nlp.English(w.im.Model)
	if err != nil {
		t.Fatal(err)
	}
	w.im.Pipeline, plain.im.Pipeline = pipeline, pipeline
	var all, kept, gone []Source
	for n := range *halves {
		a := news.Article(n)
		s := source(a.Name, a.Text)
		all = append(all, s)
		if n%2 == 0 {
			kept = append(kept, s)
		} else {
			gone = append(gone, s)
		}
	}
	published := news.Article(0).Published // of all, so that events fall on the same days
	w.load(Options{Published: published}, all...)
	full := w.dump()
	for _, s := range gone {
		if _, err := w.im.Remove(context.Background(), s.Key); err != nil {
			t.Fatal(err)
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
	plain.load(Options{Published: published}, kept...)
	if len(full) < len(w.dump()) {
		t.Error("nothing went with the documents")
	}
	if diff := difference(contents(plain.dump()), contents(w.dump())); diff != "" {
		t.Errorf("what is left differs from what the others make:\n%.4000s", diff)
	}
}
