package queries

import (
	"context"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

// Cayley's iterators for unique, order, recursion, save and intersection hold
// without bound, stop without saying so, or lose combinations of tags: two
// saves of two values each give three rows there, not four. The shapes of this
// file take their place; see docs/queries-gizmo.md.

// An entry is a node with the tags of each path that leads to it.
type entry struct {
	ref   cayley.Ref
	paths []map[string]cayley.Ref
}

func (e entry) bytes() int64 {
	n := int64(96)
	for _, tags := range e.paths {
		n += 48 + 64*int64(len(tags))
	}
	return n
}

// optimized optimizes a source shape; ok is false where it is empty.
func optimized(from shape.Shape, r shape.Optimizer) (sh shape.Shape, changed, ok bool) {
	if shape.IsNull(from) {
		return nil, true, false
	}
	sh, changed = from.Optimize(r)
	return sh, changed, !shape.IsNull(sh)
}

// source builds a shape as a new-style iterator.
func source(sh shape.Shape, qs cayley.QuadStore) cayley.IteratorShape {
	return cayley.AsShape(sh.BuildIterator(qs))
}

// uniqueShape keeps the first path to each node.
type uniqueShape struct {
	from   shape.Shape
	budget *budget
}

func (s uniqueShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(uniqueIterator{passing{source(s.from, qs)}, s.budget})
}

func (s uniqueShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	from, changed, ok := optimized(s.from, r)
	if !ok {
		return nil, true
	}
	s.from = from
	return s, changed
}

// passing is an iterator with one source, whose costs it passes on.
type passing struct{ from cayley.IteratorShape }

func (p passing) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	costs, err := p.from.Stats(ctx)
	costs.Size.Exact = false
	return costs, err
}

func (p passing) SubIterators() []cayley.IteratorShape { return []cayley.IteratorShape{p.from} }

type uniqueIterator struct {
	passing
	budget *budget
}

func (u uniqueIterator) String() string { return "Unique" }

func (u uniqueIterator) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	from, changed := u.from.Optimize(ctx)
	u.from = from
	return u, changed
}

func (u uniqueIterator) Iterate() cayley.Scanner {
	return &uniqueScanner{Scanner: u.from.Iterate(), budget: u.budget, seen: map[any]bool{}}
}

func (u uniqueIterator) Lookup() cayley.Index { return firstPath{u.from.Lookup()} }

type uniqueScanner struct {
	cayley.Scanner
	budget *budget
	seen   map[any]bool
}

func (u *uniqueScanner) Next(ctx context.Context) bool {
	for u.Scanner.Next(ctx) {
		key := cayley.ToKey(u.Scanner.Result())
		if u.seen[key] {
			continue
		}
		u.seen[key] = true
		return u.budget.hold(64)
	}
	return false
}

func (u *uniqueScanner) NextPath(context.Context) bool { return false }

func (u *uniqueScanner) Close() error {
	u.budget.release(64 * int64(len(u.seen)))
	u.seen = nil
	return u.Scanner.Close()
}

// firstPath is an index that knows one path to each node.
type firstPath struct{ cayley.Index }

func (firstPath) NextPath(context.Context) bool { return false }

// sortedShape orders nodes by their terms (see compareTerms).
type sortedShape struct {
	from   shape.Shape
	budget *budget
	term   func(cayley.Ref) (graph.Term, error)
}

func (s sortedShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(&listIterator{name: "Sort", from: source(s.from, qs), budget: s.budget, load: s.load})
}

func (s sortedShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	from, changed, ok := optimized(s.from, r)
	if !ok {
		return nil, true
	}
	s.from = from
	return s, changed
}

func (s sortedShape) load(ctx context.Context, from cayley.Scanner) ([]entry, error) {
	entries, err := readEntries(ctx, from, s.budget)
	if err != nil {
		return nil, err
	}
	terms := make([]graph.Term, len(entries))
	for i, e := range entries {
		if s.budget.stopped() {
			return nil, errStopped
		}
		if terms[i], err = s.term(e.ref); err != nil {
			return nil, err
		}
	}
	return sortEntries(entries, terms, s.budget)
}

// readEntries reads a scanner to its end, with all paths to each result.
func readEntries(ctx context.Context, from cayley.Scanner, b *budget) ([]entry, error) {
	var out []entry
	for from.Next(ctx) {
		e := entry{ref: from.Result()}
		for more := true; more; more = from.NextPath(ctx) {
			tags := map[string]cayley.Ref{}
			from.TagResults(tags)
			e.paths = append(e.paths, tags)
			if b.stopped() {
				return nil, errStopped
			}
			if len(e.paths)%1024 == 0 && !b.hold(1024*112) {
				return nil, errStopped
			}
		}
		if !b.hold(e.bytes()) {
			return nil, errStopped
		}
		out = append(out, e)
	}
	if b.stopped() {
		return nil, errStopped
	}
	return out, from.Err()
}

// recursiveShape repeats a path from each start, breadth first, and gives each
// node that it meets once, with the tags of its start, of the last step, and
// the number of steps under depthTags.
type recursiveShape struct {
	from      shape.Shape
	step      path
	maxDepth  int // negative: no limit
	depthTags []string
	store     guardedStore
}

const recursionBase = "\x00base" // no tag of a query begins with NUL

func (s recursiveShape) BuildIterator(qs cayley.QuadStore) cayley.Iterator {
	return cayley.AsLegacy(&listIterator{name: "Recursive", from: source(s.from, qs), budget: s.store.budget, load: s.load})
}

func (s recursiveShape) Optimize(r shape.Optimizer) (shape.Shape, bool) {
	from, changed, ok := optimized(s.from, r)
	if !ok {
		return nil, true
	}
	s.from = from
	return s, changed
}

func (s recursiveShape) load(ctx context.Context, from cayley.Scanner) ([]entry, error) {
	starts, err := readEntries(ctx, from, s.store.budget)
	if err != nil {
		return nil, err
	}
	startPaths := make(map[any][]map[string]cayley.Ref, len(starts))
	origin := make(map[any]any, len(starts)) // node → its start
	var frontier []cayley.Ref
	for _, e := range starts {
		key := cayley.ToKey(e.ref)
		if _, known := startPaths[key]; !known {
			frontier = append(frontier, e.ref)
		}
		startPaths[key] = append(startPaths[key], e.paths...)
	}
	var out []entry
	for depth := 1; len(frontier) > 0 && (s.maxDepth < 0 || depth <= s.maxDepth); depth++ {
		level, next, err := s.level(ctx, frontier, origin, startPaths, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, level...)
		frontier = next
	}
	return out, nil
}

// level takes one step from every node of the frontier.
func (s recursiveShape) level(ctx context.Context, frontier []cayley.Ref, origin map[any]any,
	startPaths map[any][]map[string]cayley.Ref, depth int) (found []entry, next []cayley.Ref, err error) {
	from := shape.Save{From: shape.Fixed(frontier), Tags: []string{recursionBase}}
	it, _ := cayley.AsShape(s.store.build(s.step.shapeFrom(from))).Optimize(ctx)
	scan := it.Iterate()
	defer func() { err = errors.Join(err, scan.Close()) }()
	for scan.Next(ctx) {
		if s.store.budget.stopped() {
			return nil, nil, errStopped
		}
		ref := scan.Result()
		key := cayley.ToKey(ref)
		if _, seen := origin[key]; seen {
			continue
		}
		tags := map[string]cayley.Ref{}
		scan.TagResults(tags)
		start := cayley.ToKey(tags[recursionBase])
		delete(tags, recursionBase)
		if depth > 1 {
			start = origin[start]
		}
		origin[key] = start
		for _, tag := range s.depthTags {
			tags[tag] = cayley.PreFetched(quad.Int(depth))
		}
		e := entry{ref: ref}
		for _, startTags := range startPaths[start] {
			e.paths = append(e.paths, merged(startTags, tags))
		}
		if !s.store.budget.hold(e.bytes() + 64) {
			return nil, nil, errStopped
		}
		found = append(found, e)
		next = append(next, ref)
	}
	if s.store.budget.stopped() {
		return nil, nil, errStopped
	}
	return found, next, scan.Err()
}

func merged(a, b map[string]cayley.Ref) map[string]cayley.Ref {
	out := make(map[string]cayley.Ref, len(a)+len(b))
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		out[k] = v
	}
	return out
}

// listIterator gives the entries that load makes of a source, once they are wanted.
type listIterator struct {
	name   string
	from   cayley.IteratorShape
	budget *budget
	load   func(context.Context, cayley.Scanner) ([]entry, error)
}

func (l *listIterator) String() string { return l.name }

func (l *listIterator) SubIterators() []cayley.IteratorShape { return []cayley.IteratorShape{l.from} }

func (l *listIterator) Stats(ctx context.Context) (cayley.IteratorCosts, error) {
	costs, err := l.from.Stats(ctx)
	costs.Size.Exact = false
	costs.ContainsCost = costs.NextCost + 1 // once loaded, a look into a map
	return costs, err
}

func (l *listIterator) Optimize(ctx context.Context) (cayley.IteratorShape, bool) {
	from, changed := l.from.Optimize(ctx)
	out := *l
	out.from = from
	return &out, changed
}

func (l *listIterator) Iterate() cayley.Scanner { return &listScanner{list: list{source: l}} }

func (l *listIterator) Lookup() cayley.Index { return &listIndex{list: list{source: l}} }

// list is what the scanner and the index of a listIterator share.
type list struct {
	source  *listIterator
	entries []entry
	loaded  bool
	held    int64
	err     error
	at      int // entry
	path    int
}

func (l *list) ready(ctx context.Context) bool {
	if l.loaded {
		return l.err == nil
	}
	l.loaded = true
	before := l.source.budget.held.Load()
	scan := l.source.from.Iterate()
	l.entries, l.err = l.source.load(ctx, scan)
	if err := scan.Close(); l.err == nil {
		l.err = err
	}
	l.held = l.source.budget.held.Load() - before
	return l.err == nil
}

func (l *list) String() string { return l.source.name }

func (l *list) Err() error { return l.err }

func (l *list) Close() error {
	l.source.budget.release(l.held)
	l.entries, l.held = nil, 0
	return nil
}

func (l *list) current() (entry, bool) {
	if l.at < 0 || l.at >= len(l.entries) {
		return entry{}, false
	}
	return l.entries[l.at], true
}

func (l *list) Result() cayley.Ref {
	e, _ := l.current()
	return e.ref
}

func (l *list) TagResults(tags map[string]cayley.Ref) {
	e, _ := l.current()
	if l.path < len(e.paths) {
		for tag, ref := range e.paths[l.path] {
			tags[tag] = ref
		}
	}
}

func (l *list) NextPath(context.Context) bool {
	e, _ := l.current()
	if l.path+1 >= len(e.paths) || l.source.budget.stopped() {
		return false
	}
	l.path++
	return true
}

type listScanner struct {
	list
	begun bool
}

func (l *listScanner) Next(ctx context.Context) bool {
	if !l.ready(ctx) || l.source.budget.stopped() {
		return false
	}
	if l.begun {
		l.at++
	}
	l.begun = true
	l.path = 0
	return l.at < len(l.entries)
}

type listIndex struct {
	list
	byKey map[any]int
}

func (l *listIndex) Contains(ctx context.Context, v cayley.Ref) bool {
	if !l.ready(ctx) || l.source.budget.stopped() {
		return false
	}
	if l.byKey == nil {
		l.byKey = make(map[any]int, len(l.entries))
		for i, e := range l.entries {
			l.join(i, e)
		}
	}
	at, ok := l.byKey[cayley.ToKey(v)]
	if !ok {
		return false
	}
	l.at, l.path = at, 0
	return true
}

// join puts the paths of equal nodes together.
func (l *listIndex) join(i int, e entry) {
	key := cayley.ToKey(e.ref)
	if first, ok := l.byKey[key]; ok {
		l.entries[first].paths = append(l.entries[first].paths, e.paths...)
		return
	}
	l.byKey[key] = i
}

// termOfRef returns the term of a node.
func (s guardedStore) termOfRef(ref cayley.Ref) (graph.Term, error) {
	if ref == nil {
		return graph.Term{}, nil
	}
	var v quad.Value
	if p, ok := ref.(cayley.PreFetchedValue); ok {
		v = p.NameOf()
	} else {
		v = s.NameOf(ref)
	}
	if t, ok := graph.TermOf(v); ok {
		return t, nil
	}
	if s.budget.stopped() {
		return graph.Term{}, errStopped
	}
	return graph.Term{}, fmt.Errorf("queries: the store does not know its own node %v", ref)
}
