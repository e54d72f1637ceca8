package facts

import (
	"context"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Reader reads single facts and things of one view by their ids, and
// remembers what it has read. It belongs to one goroutine.
type Reader struct{ r *reader }

// NewReader returns a reader of a view.
func NewReader(view graph.Dataset, model *schema.Model) *Reader {
	return &Reader{newReader(context.Background(), view, model)}
}

// Fact reads a tenure, relation or event with its evidence; nil where the node is none.
func (r *Reader) Fact(ctx context.Context, id graph.ID) (*Fact, error) {
	r.r.ctx = ctx
	n, err := r.r.node(id, graph.DefaultGraph)
	if err != nil || n == nil {
		return nil, err
	}
	s, err := r.r.fact(n)
	if err != nil || s == nil {
		return nil, err
	}
	return &s.Fact, nil
}

// Ref names a node.
func (r *Reader) Ref(ctx context.Context, id graph.ID) (Ref, error) {
	r.r.ctx = ctx
	t, err := r.r.term(id)
	if err != nil {
		return Ref{}, err
	}
	return r.r.ref(value{id, t})
}
