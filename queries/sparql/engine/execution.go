package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/functions"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// ErrMemory is wrapped by the error of a query that would hold more memory than it may.
var ErrMemory = errors.New("the query needs more memory than it may have")

// A row holds an id for every slot of the plan, and at least one; [graph.Any] is unbound.
type row = []graph.ID

// A batch is rows one behind the other. It belongs to the operator that gave
// it, and is valid until that is asked again.
type batch struct {
	width int
	ids   []graph.ID
}

// batchRows is how many rows operators gather before they hand them on.
const batchRows = 1024

func (b *batch) len() int { return len(b.ids) / b.width }

func (b *batch) row(i int) row { return b.ids[i*b.width : (i+1)*b.width : (i+1)*b.width] }

func (b *batch) reset() { b.ids = b.ids[:0] }

// add appends a copy of a row, and returns it to be changed in place.
func (b *batch) add(r row) row {
	n := len(b.ids)
	b.ids = append(b.ids, r...)
	return b.ids[n : n+b.width : n+b.width]
}

// drop takes the last row back.
func (b *batch) drop() { b.ids = b.ids[:len(b.ids)-b.width] }

// An execution is one run of a plan: the dataset, what the run holds, and the
// terms that it made. It belongs to one goroutine.
type execution struct {
	dataset graph.Dataset
	graphs  *graphs
	env     *functions.Env
	service ServiceFunc
	width   int // slots of a row
	*holdings
}

// holdings are what an execution shares with those of patterns inside of it.
type holdings struct {
	limit int64 // bytes that may be held
	held  int64

	local    []graph.Term // terms that the dataset has no id for
	localIDs map[graph.Term]graph.ID
	known    map[graph.Term]graph.ID // looked up in the dataset before
	values   map[graph.ID]value.Value
	blanks   map[string]graph.Term // of BNODE, by label, within a solution
	asked    map[question]serviceAnswer
}

// localTag marks ids of terms that only this run knows; no dataset gives such ids out.
const localTag graph.ID = 0xF << 60

// slot makes rows wider by a slot, while operators are made.
func (x *execution) slot() int {
	x.width++
	return x.width - 1
}

// hold accounts for bytes that the run keeps, and fails where they are too many.
func (x *execution) hold(bytes int) error {
	if x.held += int64(bytes); x.limit > 0 && x.held > x.limit {
		return fmt.Errorf("sparql: at the limit of %d bytes: %w; narrow the query, or ask for less at once", x.limit, ErrMemory)
	}
	return nil
}

func (x *execution) release(bytes int) { x.held -= int64(bytes) }

// id returns the id of a term: that of the dataset, or one of this run.
func (x *execution) id(ctx context.Context, t graph.Term) (graph.ID, error) {
	if t.IsZero() {
		return graph.Any, nil
	}
	if id, ok := x.known[t]; ok && id != graph.Any {
		return id, nil
	}
	if id, ok := x.localIDs[t]; ok {
		return id, nil
	}
	id, ok, err := x.dataset.ID(ctx, t)
	if err != nil {
		return graph.Any, err
	}
	if ok {
		if len(x.known) < cacheSize {
			x.known[t] = id
		}
		return id, nil
	}
	id = localTag | graph.ID(len(x.local))
	if err := x.hold(len(t.Value) + len(t.Datatype) + len(t.Language) + 2*termSize); err != nil {
		return graph.Any, err
	}
	x.local = append(x.local, t)
	x.localIDs[t] = id
	return id, nil
}

const (
	// cacheSize bounds caches: they save work and do not hold the graph.
	cacheSize = 1 << 16
	termSize  = 64 // of a term without its text, in bytes, about
	idSize    = 8
)

// term returns the term of an id.
func (x *execution) term(ctx context.Context, id graph.ID) (graph.Term, error) {
	if id&localTag == localTag {
		return x.local[id&^localTag], nil
	}
	return x.dataset.Term(ctx, id)
}

// value returns what the term of an id denotes.
func (x *execution) value(ctx context.Context, id graph.ID) (value.Value, error) {
	if v, ok := x.values[id]; ok {
		return v, nil
	}
	t, err := x.term(ctx, id)
	if err != nil {
		return value.Value{}, err
	}
	v := value.FromTerm(t)
	if len(x.values) >= cacheSize {
		clear(x.values)
	}
	x.values[id] = v
	return v, nil
}

// terms puts the terms of ids into out; Any gives the zero Term.
func (x *execution) terms(ctx context.Context, ids []graph.ID, out []graph.Term) error {
	asked := make([]graph.ID, 0, len(ids))
	at := make([]int, 0, len(ids))
	for i, id := range ids {
		switch {
		case id == graph.Any:
			out[i] = graph.Term{}
		case id&localTag == localTag:
			out[i] = x.local[id&^localTag]
		default:
			asked, at = append(asked, id), append(at, i)
		}
	}
	got := make([]graph.Term, len(asked))
	if err := graph.Terms(ctx, x.dataset, asked, got); err != nil {
		return err
	}
	for j, i := range at {
		out[i] = got[j]
	}
	return nil
}

// An operator gives batches of rows until it has no more, which a nil batch
// says. It is closed when it is wanted no more, at its end too.
type operator interface {
	next(ctx context.Context) (*batch, error)
	close()
}

// each hands over the rows of an operator until fn says stop.
func each(ctx context.Context, op operator, fn func(r row) (more bool, err error)) error {
	for {
		b, err := op.next(ctx)
		if err != nil || b == nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range b.len() {
			if more, err := fn(b.row(i)); err != nil || !more {
				return err
			}
		}
	}
}
