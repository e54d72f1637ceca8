// Package facts reads what the graph says about a thing as Go values: its
// names, positions, relations and events, each with the sentences it rests on,
// and what documents say about it that is not a fact. Pages, pictures and the
// commands show, timeline and why are made of it.
//
//	found, err := facts.Find(ctx, view, "armenia")
//	d, err := facts.Describe(ctx, view, model, found[0].IRI)
//	for _, f := range d.Events {
//		fmt.Println(f.Date, f.Title, f.Evidence[0].Sentences[0].Text)
//	}
//
// All functions read one view and may be called at once from several goroutines.
package facts
