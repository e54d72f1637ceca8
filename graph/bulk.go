package graph

import (
	"context"
	"iter"
)

// A BulkLoader is a Store that takes very many quads at once, faster than
// Apply, and without holding them in memory. Its Views implement [Lists].
type BulkLoader interface {
	// BulkLoad adds all quads in one durable step, or none of them after an
	// error, of quads too, or a crash. Repeated ones count once. Other changes
	// wait for its end; views do not. A batch must stay valid until the next one is asked for.
	BulkLoad(ctx context.Context, quads iter.Seq2[[]Quad, error], o BulkOptions) (Applied, error)

	// BulkRemove takes a list that a load has kept out of the store, and the
	// quads in it but for those that o.Keep keeps, in one durable step like BulkLoad.
	BulkRemove(ctx context.Context, list string, o BulkRemoval) (Applied, error)
}

// BulkOptions say how to load; the zero value will do.
type BulkOptions struct {
	// Memory bounds what the load holds, in bytes; 0 for 512 MiB. What does not
	// fit goes through files beside the store.
	Memory int64
	// Progress, when set, is told how far the load is. It is not called at once from several goroutines.
	Progress func(BulkProgress)
	// OwnBlank, when set, gives another label to blank nodes of the load whose label the
	// store has; without it, they are the store's nodes.
	OwnBlank func(label string) string
	// List, when set, is the name, without zero bytes, under which the store keeps which
	// quads the load had, whether the store had them before or not. It must be unused.
	List string
	// Held, when set, is asked for each quad that the store had before whether the list
	// shall mark it as held. It may open views, which show the store before the load, and must not change the store.
	Held func(Encoded) (bool, error)
	// Records, when set, gives the side notes to keep with the quads (see
	// Change), by the number of quads that are new. Its error gives the load up.
	Records func(added int64) (map[string][]byte, error)
}

// BulkProgress is how far a load is.
type BulkProgress struct {
	Read    int64   // quads
	Written float64 // of what is written when all are read: from 0 to 1
}

// BulkRemoval says what to remove.
type BulkRemoval struct {
	Memory int64 // see BulkOptions
	// Keep is asked, in SPOG order, for each quad of the list that the store still has. It may
	// open views, which show the store before the removal, and must not change the store.
	Keep func(Listed) (bool, error)
	// Records, when set, gives the side notes to keep with the step, by the
	// number of quads that go. Its error gives the removal up.
	Records func(removed int64) (map[string][]byte, error)
}

// A Listed quad is one of a list.
type Listed struct {
	Quad Encoded
	Held bool // see BulkOptions
}

// Lists are the lists of quads that loads have kept. A list may name quads
// that are not in the store any more.
type Lists interface {
	// Listed looks a quad up in a list, and returns false where it is not in it, or there is no such list.
	Listed(ctx context.Context, list string, q Encoded) (Listed, bool, error)
}
