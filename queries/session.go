package queries

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"sync/atomic"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
)

// How far the rows of a path are counted beyond the limit.
const (
	countRows = 100_000
	countTime = 500 * time.Millisecond
)

// A session is one run of one script. It belongs to the goroutine of the run,
// except for its channel of rows and its atomic fields.
type session struct {
	engine   *Engine
	view     graph.View
	store    guardedStore
	budget   *budget
	vm       *goja.Runtime
	prefixes map[string]string

	rows chan Row
	kept int64       // rows handed over
	more atomic.Bool // counting stopped before the end

	pathMethods  []string // that scripts may call
	graphMethods []string
	pathProto    *goja.Object
	termProto    *goja.Object

	ran      bool         // a path was run or a value emitted
	asked    []graph.Term // predicates that paths asked for
	texts    []graph.Term // plain texts where paths begin
	warnings []string
}

func newSession(e *Engine, view graph.View, b *budget) *session {
	s := &session{
		engine: e, view: view, budget: b,
		store:    guardedStore{view.Cayley(), b},
		prefixes: map[string]string{},
		rows:     make(chan Row, 64),
	}
	maps.Copy(s.prefixes, e.Prefixes)
	return s
}

// full reports whether the limit of rows is reached.
func (s *session) full() bool {
	limit := s.budget.limits.Rows
	return limit >= 0 && s.kept >= int64(limit)
}

// send hands a row over, or only counts it where enough were handed over. It
// fails when the query is stopped.
func (s *session) send(row Row, bytes int64) error {
	s.ran = true
	s.budget.found.Add(1)
	if s.full() {
		if s.budget.stopped() {
			return errStopped
		}
		return nil
	}
	s.kept++
	if !s.budget.hold(bytes) {
		return errStopped
	}
	select {
	case s.rows <- row:
		return nil
	case <-s.budget.ctx.Done():
		return errStopped
	}
}

// each runs a path and calls visit at each of its results until visit says
// false. withPaths asks for every path to a node, not only for the first.
func (s *session) each(p path, withPaths bool, visit func(cayley.Scanner) (bool, error)) error {
	s.ran = true
	var scan cayley.Scanner
	if err := guardedCall(func() error {
		it, _ := cayley.AsShape(s.store.build(shape.Save{From: p.shape(), Tags: []string{"id"}})).Optimize(s.budget.ctx)
		scan = it.Iterate()
		return nil
	}); err != nil {
		return err
	}
	defer guardedCall(scan.Close)

	advance := func(next func(context.Context) bool) (ok bool, err error) {
		err = guardedCall(func() error {
			if ok = next(s.budget.ctx); !ok {
				return scan.Err()
			}
			return nil
		})
		if s.budget.stopped() {
			return false, errStopped // the end of data may be none
		}
		return ok, err
	}
	for {
		ok, err := advance(scan.Next)
		if err != nil || !ok {
			return err
		}
		for ok {
			more, err := visit(scan)
			if err != nil || !more {
				return err
			}
			if !withPaths {
				break
			}
			if ok, err = advance(scan.NextPath); err != nil {
				return err
			}
		}
	}
}

// guardedCall turns a panic of the query machinery into an error.
func guardedCall(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("internal failure: %v", x)
			if cause, ok := x.(error); ok {
				err = fmt.Errorf("internal failure: %w\n%s", cause, debug.Stack())
			}
		}
	}()
	return f()
}

// tags reads the terms that are tagged at the current result.
func (s *session) tags(scan cayley.Scanner) (map[string]graph.Term, error) {
	refs := map[string]cayley.Ref{}
	scan.TagResults(refs)
	terms := make(map[string]graph.Term, len(refs))
	for tag, ref := range refs {
		t, err := s.store.termOfRef(ref)
		if err != nil {
			return nil, err
		}
		if !t.IsZero() { // the label of a quad in the default graph
			terms[tag] = t
		}
	}
	return terms, nil
}

func termsBytes(terms map[string]graph.Term) int64 {
	n := int64(64)
	for tag, t := range terms {
		n += 112 + int64(len(tag)+len(t.Value)+len(t.Datatype)+len(t.Language))
	}
	return n
}

// sendAll runs a path and sends its results as rows; limit < 0 is none.
func (s *session) sendAll(p path, limit int64) error {
	var sent int64
	var fullSince time.Time
	return s.each(p, true, func(scan cayley.Scanner) (bool, error) {
		if limit >= 0 && sent >= limit {
			return false, nil
		}
		sent++
		if s.full() {
			if fullSince.IsZero() {
				fullSince = time.Now()
			}
			beyond := s.budget.found.Add(1) - s.kept
			if beyond >= countRows || beyond%1000 == 0 && time.Since(fullSince) > countTime {
				s.more.Store(true)
				return false, nil
			}
			return true, nil
		}
		terms, err := s.tags(scan)
		if err != nil {
			return false, err
		}
		return true, s.send(Row{Terms: terms}, termsBytes(terms))
	})
}
