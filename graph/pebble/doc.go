// Package pebble is a durable [graph.Store] on CockroachDB's Pebble, an
// ordered key-value store. It keeps terms to the letter in a dictionary and
// every quad in four sorted indexes, so that any pattern is one range of keys,
// and it serves Cayley's query machinery from the same keys.
//
//	store, err := pebble.Open("data/graph", pebble.Options{})
//	defer store.Close()
//	_, err = store.Apply(ctx, graph.Change{Add: quads})
//
// # Keys
//
// Ids are eight bytes, big-endian, so that keys sort as ids do. The same table
// stands as data in keys.go.
//
//	key                            value
//	!format                        version of this layout, decimal
//	!state                         next id, number of quads, number of nodes (eight bytes each)
//	t TERM                         id of a term, for encodings of up to 256 bytes
//	h SHA-256(TERM)                id of a longer term
//	i ID                           TERM: its encoding (see appendTerm)
//	u ID                           how often a term is subject, predicate, object, graph name, created graph (uvarints)
//	g ID                           named graph that was created, and may be empty
//	1 SUBJECT PREDICATE OBJECT GRAPH    nothing; SPOG
//	2 PREDICATE OBJECT SUBJECT GRAPH    nothing; POSG
//	3 OBJECT SUBJECT PREDICATE GRAPH    nothing; OSPG
//	4 GRAPH SUBJECT PREDICATE OBJECT    nothing; GSPO
//	r KEY                          a record: a side note, outside the quads
//
// The row u makes sizes of patterns with one bound position exact, and says
// when a term is used no more: then t or h, i and u go, and the id is never used again.
package pebble
