package graph

import (
	"context"
	"errors"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
)

// ErrLocked is wrapped by the error of opening a store that another process has open.
var ErrLocked = errors.New("graph is in use by another process")

// ErrNoStore is wrapped by the error of opening a store read-only where none is.
var ErrNoStore = errors.New("no graph here yet")

// ErrStoreExists is wrapped by the error of restoring a store where one is already.
var ErrStoreExists = errors.New("there is a graph already")

// A Change is one atomic, idempotent step: after it the store holds
// (before − Remove) ∪ Add. Removing what is absent and adding what is present
// are not errors. DropGraphs removes whole named graphs first; CreateGraphs
// makes named graphs that may stay empty. Records are side notes that the
// store keeps by key beside the quads, invisible to queries and dumps, under
// the same atomicity; a nil value deletes.
type Change struct {
	DropGraphs   []Term
	Remove       []Quad
	Add          []Quad
	CreateGraphs []Term
	Records      map[string][]byte
}

// Applied counts what a Change did.
type Applied struct{ Added, Removed int64 }

// A Store keeps quads durably. All methods may be called at once from several goroutines.
type Store interface {
	// View returns a snapshot: later changes do not show in it. The caller closes it.
	View() (View, error)

	// Apply makes the change durable as a whole, or not at all, before it returns.
	Apply(ctx context.Context, c Change) (Applied, error)

	// Cayley returns the store as a live Cayley store, for tools and
	// conformance suites; queries use the one of a View.
	Cayley() cayley.QuadStore

	// Close releases the store. Views must be closed before.
	Close() error
}

// A View is a Dataset over a snapshot of a Store.
type View interface {
	Dataset

	// Cayley returns the snapshot as a read-only Cayley store that implements shape.Optimizer.
	Cayley() cayley.QuadStore

	// Record returns a side note, and false where there is none.
	Record(ctx context.Context, key string) ([]byte, bool, error)

	// Records yields the side notes whose key has the prefix, by key.
	Records(ctx context.Context, prefix string) iter.Seq2[Record, error]

	Close() error
}

// A Record is a side note of a store.
type Record struct {
	Key   string
	Value []byte
}
