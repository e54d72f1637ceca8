package pebble

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"

	"github.com/ententegraph/entente/graph"
)

// Cayley does not close every iterator that it opens. None of these therefore
// keeps a version of the store between two calls, unless a view keeps it already.

// leaf is what the iterators over stored rows share: no tags, no second path to
// a result, and an error that stays.
type leaf struct {
	qs     *quadStore
	result cayley.Ref
	err    error
}

func (l *leaf) TagResults(map[string]cayley.Ref)  {}
func (l *leaf) Result() cayley.Ref                { return l.result }
func (l *leaf) NextPath(ctx context.Context) bool { l.alive(ctx); return false }
func (l *leaf) Err() error                        { return l.err }
func (l *leaf) Close() error                      { return nil }

// alive reports whether the iterator may go on, and keeps the error if not.
func (l *leaf) alive(ctx context.Context) bool {
	if l.err == nil {
		l.err = l.qs.ready(ctx)
	}
	return l.err == nil
}

// rangeShape selects the quads that match a pattern.
type rangeShape struct {
	qs      *quadStore
	pattern row
	size    *cayley.Size // once it was asked for
}

func (s *rangeShape) String() string                                        { return fmt.Sprintf("Range(%v)", s.pattern) }
func (s *rangeShape) Iterate() cayley.Scanner                               { return newRangeScan(s.qs, s.pattern) }
func (s *rangeShape) Lookup() cayley.Index                                  { return &rangeIndex{leaf{qs: s.qs}, s.pattern} }
func (s *rangeShape) SubIterators() []cayley.IteratorShape                  { return nil }
func (s *rangeShape) Optimize(context.Context) (cayley.IteratorShape, bool) { return s, false }

func (s *rangeShape) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	if s.size == nil {
		size, err := s.qs.size(ctx, s.pattern)
		if err != nil {
			return cayley.IteratorCosts{}, err
		}
		s.size = &size
	}
	return cayley.IteratorCosts{ContainsCost: 1, NextCost: 2, Size: *s.size}, nil
}

// rangeScan lists the quads that match a pattern.
type rangeScan struct {
	leaf
	pattern row
	scanner *scanner
	rows    []graph.Encoded
	at      int
	more    bool // the store may hold rows behind those read
}

func newRangeScan(qs *quadStore, pattern row) *rangeScan {
	return &rangeScan{leaf: leaf{qs: qs}, pattern: pattern, more: true}
}

func (it *rangeScan) String() string { return fmt.Sprintf("RangeScan(%v)", it.pattern) }

func (it *rangeScan) Next(ctx context.Context) bool {
	if !it.alive(ctx) {
		return false
	}
	if it.at == len(it.rows) {
		if !it.more || !it.read(ctx) {
			return false
		}
	}
	it.result = quadRef(it.rows[it.at])
	it.at++
	return true
}

// read gets the next chunk, and reports whether it has rows.
func (it *rangeScan) read(ctx context.Context) bool {
	if it.rows == nil || it.qs.live != nil { // a version that is not pinned may be gone at the next call
		v := it.qs.pin()
		defer it.qs.unpin(v)
		var last *graph.Encoded
		if n := len(it.rows); n > 0 {
			last = &it.rows[n-1]
		}
		c, err := newScanner(it.qs.dataset, v.layers, accessOf(it.pattern.encoded(), graph.Unordered))
		if err != nil {
			it.err = fmt.Errorf("pebble: scanning: %w", err)
			return false
		}
		if last != nil {
			_, behind, _ := access{order: c.order, pattern: *last, bound: 4}.bounds()
			if it.err = c.Seek(ctx, behind); it.err != nil {
				return false
			}
			c.chunk = min(4*len(it.rows), fullBatch)
		}
		it.scanner = c
	}
	it.at = 0
	it.rows, it.err = it.scanner.Next(ctx)
	it.more = len(it.rows) > 0
	return it.more
}

// rangeIndex tells whether a quad of the store matches a pattern.
type rangeIndex struct {
	leaf
	pattern row
}

func (it *rangeIndex) String() string { return fmt.Sprintf("RangeIndex(%v)", it.pattern) }

func (it *rangeIndex) Contains(ctx context.Context, ref cayley.Ref) bool {
	if !it.alive(ctx) {
		return false
	}
	r, ok := ref.(quadRef)
	if !ok || !matches(it.pattern, rowOf(graph.Encoded(r))) {
		return false
	}
	it.result = ref
	return true
}

// nodesShape selects all nodes: the terms that quads have.
type nodesShape struct{ qs *quadStore }

func (s *nodesShape) String() string                                        { return "Nodes" }
func (s *nodesShape) Iterate() cayley.Scanner                               { return &nodesScan{leaf: leaf{qs: s.qs}, more: true} }
func (s *nodesShape) Lookup() cayley.Index                                  { return &nodesIndex{leaf{qs: s.qs}} }
func (s *nodesShape) SubIterators() []cayley.IteratorShape                  { return nil }
func (s *nodesShape) Optimize(context.Context) (cayley.IteratorShape, bool) { return s, false }

func (s *nodesShape) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	st, err := s.qs.Stats(ctx, true)
	return cayley.IteratorCosts{ContainsCost: 1, NextCost: 2, Size: st.Nodes}, err
}

// nodesScan lists all nodes by id.
type nodesScan struct {
	leaf
	ids  []graph.ID
	at   int
	last graph.ID // the last id that was looked at
	more bool
}

func (it *nodesScan) String() string { return "NodesScan" }

func (it *nodesScan) Next(ctx context.Context) bool {
	for it.alive(ctx) {
		if it.at < len(it.ids) {
			it.result = nodeRef(it.ids[it.at])
			it.at++
			return true
		}
		if !it.more {
			return false
		}
		if it.err = it.read(ctx); it.err != nil {
			return false
		}
	}
	return false
}

func (it *nodesScan) read(ctx context.Context) error {
	chunk := firstBatch
	if len(it.ids) > 0 {
		chunk = fullBatch
	}
	v := it.qs.pin()
	defer it.qs.unpin(v)
	ids, err := it.qs.nodes(ctx, v, max(it.last, graph.DefaultGraph)+1, make([]graph.ID, 0, chunk))
	if err != nil {
		if ctx.Err() == nil {
			err = fmt.Errorf("pebble: listing nodes: %w", err)
		}
		return err
	}
	it.ids, it.at, it.more = ids, 0, len(ids) == chunk
	if len(ids) > 0 {
		it.last = ids[len(ids)-1]
	}
	return nil
}

// nodesIndex tells whether a reference is one to a node.
type nodesIndex struct{ leaf }

func (it *nodesIndex) String() string { return "NodesIndex" }

func (it *nodesIndex) Contains(ctx context.Context, ref cayley.Ref) bool {
	if !it.alive(ctx) {
		return false
	}
	if _, ok := ref.(nodeRef); !ok {
		return false
	}
	it.result = ref
	return true
}
