// Package pebble is a durable [graph.Store] on sorted columns and CockroachDB's
// Pebble, an ordered key-value store. Quads of ids lie in nine permutations in
// immutable files of package columns (segments); what was changed since lies in
// memory over them, and in a journal in Pebble, beside the dictionary of terms,
// which are kept to the letter. Any pattern is one range of one permutation, and
// its size a difference of two row numbers. The same layers serve Cayley's
// query machinery.
//
//	store, err := pebble.Open("data/graph", pebble.Options{})
//	defer store.Close()
//	_, err = store.Apply(ctx, graph.Change{Add: quads})
//
// # Versions
//
// A change makes one layer, of the quads that it adds and takes away, and
// publishes a version: a list of layers, newest first. Versions are immutable,
// so a view is a version and a snapshot of Pebble's. Small layers are merged in
// memory as changes come; when they have grown, a goroutine writes them to a
// segment, and merges segments of like size. The list of segments is a row of
// Pebble's, replaced in the same batch that deletes the rows of the journal that
// they stand for: after a crash there is either the one or the other.
//
// # Keys
//
// Ids are eight bytes, big-endian, so that keys sort as ids do.
//
//	key           value
//	!format       version of this layout, decimal
//	!state        next id, number of quads, number of nodes (eight bytes each)
//	!manifest     the segments, newest first: JSON
//	!bulk         while a Bulk is under way: key of the first term that it enters, name of the list that it keeps
//	!sweep        while the dictionary may have terms that no quad has
//	t TERM        id of a term, for encodings of up to 256 bytes
//	h SHA-256(TERM)   id of a longer term
//	i ID          TERM: its encoding (see appendTerm)
//	w WORD 0 ID   use of a word in a literal: how often, and of how many words
//	l NAME 0 QUAD some quads of a list that a load has kept (see list.go)
//	g ID          named graph that was created, and may be empty
//	j NUMBER      what one change added and took away (see run.encode)
//	r KEY         a record: a side note, outside the quads
//
// Terms with inline ids (see [graph.Inline]) are not in the dictionary. When no
// quad has a term any more and no graph that was created has the name, its rows
// go, and the id is never used again.
//
// The folder columns holds the segments: NUMBER.ORDER for quads that a segment
// adds, and NUMBER.ORDER-removed for those it takes away.
package pebble
