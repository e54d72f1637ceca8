package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/importers"
)

// TestDialogue answers the questions of a review as on a terminal: help, an
// undo, an answer, another thing, and a question that is skipped.
func TestDialogue(t *testing.T) {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	im, err := importer(store, &settings{})
	if err != nil {
		t.Fatal(err)
	}
	im.By = "anna"
	text := "TIANJIN - Armenian Foreign Minister Ararat Mirzoyan met his Chinese counterpart on Sunday on the sidelines of the CSO summit.\n\n" +
		"Leaders of the Shanghai Cooperation Organization (SCO) gathered in Tianjin. Armenia is a member of the Collective Security Treaty Organization (CSTO).\n"
	ctx := context.Background()
	sources := func(yield func(importers.Source, error) bool) {
		yield(importers.Bytes("cso.txt", []byte(text)), nil)
	}
	for outcome, err := range im.Load(ctx, sources, importers.Options{}) {
		if err != nil || outcome.Err != nil {
			t.Fatal(err, outcome.Err)
		}
	}
	var out bytes.Buffer
	answers := "?\n9\n1\nu\n= nobody at all\n= csto\ns\ns\ns\ns\ns\ns\nq\n"
	r := &reviewing{options: importers.ReviewOptions{Below: 0.95}, app: &app{stdin: strings.NewReader(answers), stdout: &out}}
	if err := r.dialogue(ctx, im); err != nil {
		t.Fatal(err)
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	judgements, err := importers.Judgements(ctx, view)
	if err != nil {
		t.Fatal(err)
	}
	if len(judgements) != 2 || judgements[0].Undone.IsZero() || judgements[0].UndoneBy != "anna" ||
		judgements[1].Verdict != importers.Link || !strings.HasSuffix(judgements[1].Object, "organization/CSTO") || judgements[1].Author != "anna" {
		t.Errorf("judged %+v\n%s", judgements, out.String())
	}
	for _, want := range []string{"What is meant by “CSO”?", "always read it so", "undid  j-1", `nothing in the graph is named "nobody at all"`, "done: 1 decided"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said:\n%s", want, out.String())
		}
	}
}
