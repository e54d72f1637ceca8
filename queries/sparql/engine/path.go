package engine

import (
	"context"
	"errors"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// A step is a property path with ids.
type step interface {
	// reach hands over the ends of the paths from a node, or to it where back
	// is set, as often as section 18.4 counts them. Where a path has no step,
	// a node that is no end given as a term must be in the graph.
	reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error
	// starts hands over nodes of which all paths but those of no step start, or
	// end where back is set; some may repeat, some may lead nowhere.
	starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error
	// zero reports whether a path of no step fits.
	zero() bool
}

// ends tell of a node that a part of a path leads from whether the query gives
// it as a term, and whether the part is the one that leads to the path's other end.
type ends struct{ term, last bool }

// A walker follows paths in one graph.
type walker struct {
	x       *execution
	reading reading
	to      graph.ID // the other end, where the query gives it as a term
}

// stays reports whether a path of no step leads from a node to itself.
func (w *walker) stays(ctx context.Context, id graph.ID, is ends) (bool, error) {
	if is.term || is.last && id == w.to {
		return true, nil
	}
	for _, p := range []graph.Pattern{{Subject: id}, {Object: id}} {
		found := false
		err := w.scan(ctx, p, func(graph.Encoded) error { found = true; return errEnough })
		if found {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// errEnough ends a scan of which the rest is not wanted.
var errEnough = errors.New("engine: enough")

func (w *walker) scan(ctx context.Context, p graph.Pattern, emit func(graph.Encoded) error) error {
	if (p.Subject|p.Object|p.Predicate)&localTag == localTag && (w.isLocal(p.Subject) || w.isLocal(p.Object) || w.isLocal(p.Predicate)) {
		return nil
	}
	var m matches
	defer m.close()
	m.open(w.x.dataset, p, w.reading, nil)
	for {
		rows, err := m.next(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, e := range rows {
			if err := emit(e); err != nil {
				return err
			}
		}
	}
}

func (w *walker) isLocal(id graph.ID) bool { return id&localTag == localTag }

// link is one predicate; Any stands for one that the dataset does not have.
type link struct{ predicate graph.ID }

func (s link) zero() bool { return false }

func (s link) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	if s.predicate == graph.Any {
		return nil
	}
	if back {
		return w.scan(ctx, graph.Pattern{Predicate: s.predicate, Object: from}, func(e graph.Encoded) error { return emit(e.Subject) })
	}
	return w.scan(ctx, graph.Pattern{Subject: from, Predicate: s.predicate}, func(e graph.Encoded) error { return emit(e.Object) })
}

func (s link) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	if s.predicate == graph.Any {
		return nil
	}
	return w.scan(ctx, graph.Pattern{Predicate: s.predicate}, func(e graph.Encoded) error {
		if back {
			return emit(e.Object)
		}
		return emit(e.Subject)
	})
}

// negated is one predicate that is not in the set.
type negated struct{ not map[graph.ID]bool }

func (s negated) zero() bool { return false }

func (s negated) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	p := graph.Pattern{Subject: from}
	if back {
		p = graph.Pattern{Object: from}
	}
	return w.scan(ctx, p, func(e graph.Encoded) error {
		switch {
		case s.not[e.Predicate]:
			return nil
		case back:
			return emit(e.Subject)
		}
		return emit(e.Object)
	})
}

func (s negated) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	return w.scan(ctx, graph.Pattern{}, func(e graph.Encoded) error {
		switch {
		case s.not[e.Predicate]:
			return nil
		case back:
			return emit(e.Object)
		}
		return emit(e.Subject)
	})
}

type inverse struct{ step }

func (s inverse) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	return s.step.reach(ctx, w, from, !back, is, emit)
}

func (s inverse) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	return s.step.starts(ctx, w, !back, emit)
}

type sequence struct{ first, second step }

func (s sequence) zero() bool { return s.first.zero() && s.second.zero() }

func (s sequence) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	first, second := s.first, s.second
	if back {
		first, second = second, first
	}
	return first.reach(ctx, w, from, back, ends{term: is.term}, func(id graph.ID) error {
		return second.reach(ctx, w, id, back, ends{last: is.last}, emit)
	})
}

func (s sequence) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	first, second := s.first, s.second
	if back {
		first, second = second, first
	}
	if err := first.starts(ctx, w, back, emit); err != nil || !first.zero() {
		return err
	}
	return second.starts(ctx, w, back, emit)
}

type alternative struct{ first, second step }

func (s alternative) zero() bool { return s.first.zero() || s.second.zero() }

func (s alternative) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	if err := s.first.reach(ctx, w, from, back, is, emit); err != nil {
		return err
	}
	return s.second.reach(ctx, w, from, back, is, emit)
}

func (s alternative) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	if err := s.first.starts(ctx, w, back, emit); err != nil {
		return err
	}
	return s.second.starts(ctx, w, back, emit)
}

// repeated is path?, path* or path+: each end once.
type repeated struct {
	step       step
	none, more bool // no step is enough; many are allowed
}

func (s repeated) zero() bool { return s.none || s.step.zero() }

func (s repeated) reach(ctx context.Context, w *walker, from graph.ID, back bool, is ends, emit func(graph.ID) error) error {
	seen := map[graph.ID]struct{}{}
	var waiting []graph.ID
	defer func() { w.x.release(len(seen) * 4 * idSize) }()
	visit := func(id graph.ID) error {
		if _, ok := seen[id]; ok {
			return nil
		}
		seen[id] = struct{}{}
		if err := w.x.hold(4 * idSize); err != nil {
			return err
		}
		if s.more {
			waiting = append(waiting, id)
		}
		return emit(id)
	}
	if s.zero() {
		stays, err := w.stays(ctx, from, is)
		if err != nil || !stays {
			return err // what is not in the graph leads nowhere
		}
	}
	if s.none {
		if err := visit(from); err != nil {
			return err
		}
		waiting = waiting[:0]
	}
	inside := ends{term: true, last: is.last && !s.more}
	if !s.more {
		inside.term = is.term
	}
	if err := s.step.reach(ctx, w, from, back, inside, visit); err != nil {
		return err
	}
	for len(waiting) > 0 {
		id := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.step.reach(ctx, w, id, back, inside, visit); err != nil {
			return err
		}
	}
	return nil
}

func (s repeated) starts(ctx context.Context, w *walker, back bool, emit func(graph.ID) error) error {
	return s.step.starts(ctx, w, back, emit)
}

// compilePath looks up the predicates of a path.
func (c *compiler) compilePath(p algebra.PathExpr) (step, error) {
	switch p := p.(type) {
	case algebra.Link:
		id, _, err := c.dataset.ID(c.ctx, p.Predicate)
		return link{id}, err
	case algebra.Negated:
		not := map[graph.ID]bool{}
		for _, t := range p.Predicates {
			id, ok, err := c.dataset.ID(c.ctx, t)
			if err != nil {
				return nil, err
			}
			not[id] = not[id] || ok
		}
		return negated{not}, nil
	case algebra.Inverse:
		s, err := c.compilePath(p.Path)
		return inverse{s}, err
	case algebra.Sequence:
		first, second, err := c.compilePaths(p.First, p.Second)
		return sequence{first, second}, err
	case algebra.Alternative:
		first, second, err := c.compilePaths(p.First, p.Second)
		return alternative{first, second}, err
	case algebra.ZeroOrOne:
		s, err := c.compilePath(p.Path)
		return repeated{step: s, none: true}, err
	case algebra.ZeroOrMore:
		s, err := c.compilePath(p.Path)
		return repeated{step: s, none: true, more: true}, err
	case algebra.OneOrMore:
		s, err := c.compilePath(p.Path)
		return repeated{step: s, more: true}, err
	}
	return nil, unknownOperator(p)
}

func (c *compiler) compilePaths(a, b algebra.PathExpr) (step, step, error) {
	first, err := c.compilePath(a)
	if err != nil {
		return nil, nil, err
	}
	second, err := c.compilePath(b)
	return first, second, err
}

// A pathJoin extends each row of its input by the ends of a path. It walks
// from the end that the row binds, from the subject where it binds both, and
// from every node where it binds none.
type pathJoin struct {
	x       *execution
	input   operator
	pattern *pattern // whose predicate is not looked at
	step    step
	out     batch
	waiting batch // what is behind the rows that were given out
	given   int
	bytes   int // held for what is waiting
	in      *batch
	at      int
}

// next gathers all ends of a row before it hands them on.
func (j *pathJoin) next(ctx context.Context) (*batch, error) {
	width := j.x.width
	j.out.width, j.waiting.width = width, width
	for j.given == j.waiting.len() {
		j.waiting.reset()
		j.x.release(j.bytes)
		j.given, j.bytes = 0, 0
		for j.waiting.len() < batchRows {
			if j.in == nil || j.at == j.in.len() {
				if j.waiting.len() > 0 {
					break
				}
				var err error
				if j.in, err = j.input.next(ctx); err != nil || j.in == nil {
					return nil, err
				}
				j.at = 0
			}
			r := j.in.row(j.at)
			j.at++
			if err := j.walk(ctx, r); err != nil {
				return nil, err
			}
		}
	}
	n := min(batchRows, j.waiting.len()-j.given)
	j.out.ids = j.waiting.ids[j.given*width : (j.given+n)*width]
	j.given += n
	return &j.out, nil
}

// walk gathers the rows that one row makes, in each graph that it may be in.
func (j *pathJoin) walk(ctx context.Context, r row) error {
	area := j.pattern.area
	if !area.each {
		return j.walkIn(ctx, r, j.x.graphs.read(area, graph.Any))
	}
	names := []graph.ID{r[area.slot]}
	if names[0] == graph.Any {
		var err error
		if names, err = j.x.names(ctx); err != nil {
			return err
		}
	} else if ok, err := j.x.hasGraph(ctx, names[0]); err != nil || !ok {
		return err
	}
	for _, name := range names {
		inGraph := append(row(nil), r...)
		inGraph[area.slot] = name
		if err := j.walkIn(ctx, inGraph, j.x.graphs.read(area, name)); err != nil {
			return err
		}
	}
	return nil
}

func (j *pathJoin) walkIn(ctx context.Context, r row, in reading) error {
	w := &walker{x: j.x, reading: in}
	bound := j.pattern.bound(r)
	from, to := bound.Subject, bound.Object
	fromTerm, toTerm := j.pattern.places[0].fixed != graph.Any, j.pattern.places[2].fixed != graph.Any
	pairs := func(from, to graph.ID) error {
		if err := j.x.hold(len(r) * idSize); err != nil {
			return err
		}
		j.bytes += len(r) * idSize
		joined := j.waiting.add(r)
		// The graph of the quad is the row's own, so that only the ends are bound.
		e := graph.Encoded{Subject: from, Object: to}
		if j.pattern.area.each {
			e.Graph = joined[j.pattern.area.slot]
		}
		fits, err := j.x.bind(ctx, j.pattern, e, joined)
		if !fits {
			j.waiting.drop()
		}
		return err
	}
	switch {
	case from != graph.Any:
		if toTerm {
			w.to = to
		}
		return j.step.reach(ctx, w, from, false, ends{term: fromTerm, last: true}, func(end graph.ID) error {
			if to != graph.Any && end != to {
				return nil
			}
			return pairs(from, end)
		})
	case to != graph.Any:
		return j.step.reach(ctx, w, to, true, ends{term: toTerm, last: true}, func(end graph.ID) error { return pairs(end, to) })
	}
	return j.eachStart(ctx, w, func(start graph.ID) error {
		return j.step.reach(ctx, w, start, false, ends{}, func(end graph.ID) error { return pairs(start, end) })
	})
}

// eachStart hands over, each once, the nodes that paths may start from: those
// that the first step has, and all nodes of the graph where no step is a path.
func (j *pathJoin) eachStart(ctx context.Context, w *walker, fn func(graph.ID) error) error {
	seen := map[graph.ID]struct{}{}
	var starts []graph.ID
	defer func() { j.x.release(len(seen) * 5 * idSize) }()
	add := func(id graph.ID) error {
		if _, ok := seen[id]; ok {
			return nil
		}
		seen[id] = struct{}{}
		starts = append(starts, id)
		return j.x.hold(5 * idSize)
	}
	var err error
	if j.step.zero() {
		err = w.scan(ctx, graph.Pattern{}, func(e graph.Encoded) error {
			if err := add(e.Subject); err != nil {
				return err
			}
			return add(e.Object)
		})
	} else {
		err = j.step.starts(ctx, w, false, add)
	}
	if err != nil {
		return err
	}
	for _, id := range starts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(id); err != nil {
			return err
		}
	}
	return nil
}

func (j *pathJoin) close() {
	j.x.release(j.bytes)
	j.bytes = 0
	j.input.close()
}
