// Package facts reads what the graph says about a thing as Go values: its
// names, positions, relations and events, each with the sentences it rests on,
// and what documents say about it that is not a fact. Pages, pictures and the
// commands show, timeline and why are made of it.
//
// The functions are
//
//	Find(ctx, view, "armenia")                 ([]Thing, error)           by IRI, prefixed name, code or any name
//	Describe(ctx, view, model, iri)            (*Description, error)      what is said about a thing
//	Timeline(ctx, view, model, iri, options)   ([]Entry, error)           the same by valid time
//	Why(ctx, view, model, iri)                 (*Fact, error)             one statement with its evidence
//	Documents(ctx, view)                       ([]Document, error)        what was loaded
//	Around(ctx, view, model, iri, options)     (*Neighbourhood, error)    nodes and edges for pictures and exports
package facts
