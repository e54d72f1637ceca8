// Package graph keeps quads and answers quad patterns. It is the one place,
// with the packages below it, that speaks the storage API of Cayley.
//
// A [Store] holds quads of exact RDF [Term]s. A [View] of it is a consistent,
// read-only [Dataset]: patterns are scanned in batches of [ID]s, and ids are
// turned into terms late. The same view serves Cayley's query machinery
// through [View.Cayley].
//
//	view, err := store.View()
//	defer view.Close()
//	p, ok, err := view.ID(ctx, graph.IRI("http://example.org/memberOf"))
//	for batch, err := range view.Scan(ctx, graph.Pattern{Predicate: p}, graph.POSG) { … }
package graph

import (
	"context"
	"iter"
)

// A Quad states a triple in a graph; the zero Graph is the default graph.
type Quad struct{ Subject, Predicate, Object, Graph Term }

// An ID is a term's number inside one Store. It is stable as long as a quad has
// the term, or a named graph that name, and is never given to another term:
// equal ids mean the same term. Some ids carry their term themselves, in the
// order of its values; see [Inline].
type ID uint64

// Reserved ids: Any leaves a position of a pattern unbound; DefaultGraph is
// the graph position of quads in the default graph.
const (
	Any          ID = 0
	DefaultGraph ID = 1
)

// Encoded is a quad of ids.
type Encoded struct{ Subject, Predicate, Object, Graph ID }

// A Pattern is an Encoded in which Any matches everything. Graph == Any
// includes the default graph.
type Pattern = Encoded

// A Dataset is a consistent read-only view. It is the least that a query needs;
// [OpenCursor], [Terms], [StatisticsOf] and [ScanRange] do more with any dataset,
// and do it fast where it implements [Seeker], [TermReader] or [Counter]. All methods may be called from
// several goroutines at once. They fail with the context's error, never with
// a silent end of data, once the context is done.
type Dataset interface {
	// Scan yields the quads that match the pattern, each once, in batches of
	// up to a few thousand rows. A batch belongs to the callee and is valid
	// until the next one is asked for. With an order other than Unordered,
	// rows come sorted by ids in that order.
	Scan(ctx context.Context, p Pattern, o Order) iter.Seq2[[]Encoded, error]

	// Estimate returns the number of quads that match, and whether it is exact.
	Estimate(ctx context.Context, p Pattern) (n int64, exact bool, err error)

	// ID returns the id of a term, and false where no quad has it and no named
	// graph is called so. The zero Term has the id DefaultGraph.
	ID(ctx context.Context, t Term) (ID, bool, error)

	// Term returns the term of an id that this dataset gave out.
	Term(ctx context.Context, id ID) (Term, error)

	// Graphs yields the names of the named graphs, each once, by id: those that
	// have quads, and the empty ones that a Change created and none dropped.
	Graphs(ctx context.Context) iter.Seq2[ID, error]
}
