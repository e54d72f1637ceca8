package graph

import (
	"context"
	"fmt"
)

// A Supposition is what a view would have to be otherwise: it holds
// (before − Remove − Without) ∪ Add.
type Supposition struct {
	Add     []Quad
	Remove  []Quad
	Without []Encoded // quads that the view gave out
}

// A Supposer is a view that can show what it would be if it were otherwise.
// Nothing is stored.
type Supposer interface {
	// Suppose returns the other view. It takes the view over: to close it closes
	// both. After an error the view is still the caller's.
	Suppose(ctx context.Context, s Supposition) (View, error)
}

// Suppose returns the view that v would be under a supposition; see [Supposer].
func Suppose(ctx context.Context, v View, s Supposition) (View, error) {
	if len(s.Add)+len(s.Remove)+len(s.Without) == 0 {
		return v, nil
	}
	supposer, ok := v.(Supposer)
	if !ok {
		return nil, fmt.Errorf("graph: a view of type %T cannot be supposed otherwise", v)
	}
	return supposer.Suppose(ctx, s)
}
