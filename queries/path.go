package queries

import (
	"fmt"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// A path is a chain of steps that turns into one of Cayley's shapes when it is
// run. It is a value: adding a step makes a new path. Unlike Cayley's own it
// can be reversed at every step, knows its size, and puts in the shapes of
// this package where Cayley's fall short.
type path struct {
	steps  []step
	labels shape.Shape // graphs that the following steps keep to; nil: all
	size   int         // number of nodes of the shape, roughly
}

// maxPathSize bounds the tree that a path becomes: optimizing is not
// interruptible, and a loop of both() doubles the tree at each turn.
const maxPathSize = 1000

type step struct {
	apply   func(shape.Shape) shape.Shape
	reverse func() step
	tags    []string // set by tag, which back can return to
	labels  shape.Shape
	size    int
	doubles bool // the tree before it appears twice
}

func (p path) then(s step) (path, error) {
	size := p.size + s.size + 1
	if s.doubles {
		size += p.size
	}
	if size > maxPathSize {
		return path{}, fmt.Errorf("the path has more than %d steps, those of the paths inside it included", maxPathSize)
	}
	s.labels = p.labels
	p.steps = append(p.steps[:len(p.steps):len(p.steps)], s)
	p.size = size
	return p, nil
}

func (p path) shape() shape.Shape { return p.shapeFrom(shape.AllNodes{}) }

func (p path) shapeFrom(from shape.Shape) shape.Shape {
	for _, s := range p.steps {
		from = s.apply(from)
	}
	return from
}

// reversed turns the path around: it leads from the ends to the starts.
func (p path) reversed() (path, error) {
	out := path{}
	var err error
	for i := len(p.steps) - 1; i >= 0; i-- {
		if out, err = out.then(p.steps[i].reverse()); err != nil {
			return path{}, err
		}
	}
	return out, nil
}

// sameBackwards makes a step that is its own reverse.
func sameBackwards(size int, apply func(shape.Shape) shape.Shape) step {
	s := step{apply: apply, size: size}
	s.reverse = func() step { return sameBackwards(size, apply) }
	return s
}

// A set is a set of nodes that an argument means: a shape and its size.
type set struct {
	shape.Shape
	size int
}

func allNodes() set { return set{shape.AllNodes{}, 0} }

func (s set) all() bool {
	_, all := s.Shape.(shape.AllNodes)
	return all
}

func isStep(nodes set) step {
	return sameBackwards(nodes.size, func(in shape.Shape) shape.Shape {
		if nodes.all() {
			return in
		}
		return shape.IntersectShapes(in, nodes.Shape)
	})
}

func moveStep(via set, labels shape.Shape, tags []string, in bool) step {
	return step{
		size: via.size + 2,
		apply: func(from shape.Shape) shape.Shape {
			if in {
				return shape.In(from, via.Shape, labels, tags...)
			}
			return shape.Out(from, via.Shape, labels, tags...)
		},
		reverse: func() step { return moveStep(via, labels, tags, !in) },
	}
}

func bothStep(via set, labels shape.Shape, tags []string) step {
	s := sameBackwards(2*via.size+5, func(from shape.Shape) shape.Shape {
		return shape.Union{
			shape.In(from, via.Shape, labels, tags...),
			shape.Out(from, via.Shape, labels, tags...),
		}
	})
	s.doubles = true
	reverse := s.reverse
	s.reverse = func() step { r := reverse(); r.doubles = true; return r }
	return s
}

func hasStep(via, nodes set, labels shape.Shape, reverse bool) step {
	return sameBackwards(via.size+nodes.size+3, func(from shape.Shape) shape.Shape {
		start, goal := quad.Subject, quad.Object
		if reverse {
			start, goal = goal, start
		}
		var quads shape.Quads
		for _, f := range []shape.QuadFilter{{Dir: goal, Values: nodes.Shape}, {Dir: quad.Predicate, Values: via.Shape}, {Dir: quad.Label, Values: labels}} {
			if _, all := f.Values.(shape.AllNodes); f.Values != nil && !all {
				quads = append(quads, f)
			}
		}
		return shape.IntersectShapes(from, shape.NodesFrom{Quads: quads, Dir: start})
	})
}

func filterStep(filters []shape.ValueFilter) step {
	return sameBackwards(len(filters), func(from shape.Shape) shape.Shape { return shape.AddFilters(from, filters...) })
}

func tagStep(tags []string) step {
	s := sameBackwards(1, func(from shape.Shape) shape.Shape { return shape.Save{From: from, Tags: tags} })
	s.tags = tags
	reverse := s.reverse
	s.reverse = func() step { r := reverse(); r.tags = tags; return r }
	return s
}

func saveStep(via set, labels shape.Shape, tag string, reverse, optional bool, store guardedStore) step {
	return sameBackwards(via.size+4, func(from shape.Shape) shape.Shape {
		if _, all := from.(shape.AllNodes); all && !optional {
			// A scan of the quads with the predicate beats a look from every node.
			return shape.SaveViaLabels(from, via.Shape, labels, tag, reverse, false)
		}
		return saveShape{from: from, via: via.Shape, labels: labels, tag: tag, reverse: reverse, optional: optional, store: store}
	})
}

func predicatesStep(in bool, b *budget) step {
	dir := quad.Subject
	if in {
		dir = quad.Object
	}
	return step{
		size: 3,
		apply: func(from shape.Shape) shape.Shape {
			return uniqueShape{from: shape.NodesFrom{Quads: shape.Quads{{Dir: dir, Values: from}}, Dir: quad.Predicate}, budget: b}
		},
		reverse: func() step {
			return oneWay(shape.NodesFrom{Dir: dir}, quad.Predicate, b, predicatesStep(in, b))
		},
	}
}

func labelsStep(b *budget) step {
	return step{
		size: 5,
		apply: func(from shape.Shape) shape.Shape {
			quads := func(d quad.Direction) shape.Shape {
				return shape.NodesFrom{Quads: shape.Quads{{Dir: d, Values: from}, {Dir: quad.Label, Values: shape.AllNodes{}}}, Dir: quad.Label}
			}
			return uniqueShape{from: shape.Union{quads(quad.Subject), quads(quad.Object)}, budget: b}
		},
		doubles: true,
		reverse: func() step {
			return step{
				size:    5,
				doubles: true,
				apply: func(from shape.Shape) shape.Shape {
					quads := shape.Quads{{Dir: quad.Label, Values: from}}
					return uniqueShape{from: shape.Union{
						shape.NodesFrom{Quads: quads, Dir: quad.Subject},
						shape.NodesFrom{Quads: quads, Dir: quad.Object},
					}, budget: b}
				},
				reverse: func() step { return labelsStep(b) },
			}
		},
	}
}

// oneWay leads from nodes that stand at one place of quads to those at another.
func oneWay(to shape.NodesFrom, at quad.Direction, b *budget, back step) step {
	return step{
		size: 3,
		apply: func(from shape.Shape) shape.Shape {
			to.Quads = shape.Quads{{Dir: at, Values: from}}
			return uniqueShape{from: to, budget: b}
		},
		reverse: func() step { return back },
	}
}

func savePredicatesStep(in bool, tag string) step {
	return sameBackwards(3, func(from shape.Shape) shape.Shape { return shape.SavePredicates(from, in, tag) })
}

func andStep(with path, b *budget) step {
	return sameBackwards(with.size, func(from shape.Shape) shape.Shape {
		return joinShape{a: from, b: with.shape(), budget: b}
	})
}

func orStep(with path) step {
	return sameBackwards(with.size, func(from shape.Shape) shape.Shape { return shape.Union{from, with.shape()} })
}

func exceptStep(with path) step {
	return sameBackwards(with.size+1, func(from shape.Shape) shape.Shape {
		return shape.IntersectShapes(from, shape.Except{From: shape.AllNodes{}, Exclude: with.shape()})
	})
}

func uniqueStep(b *budget) step {
	return sameBackwards(1, func(from shape.Shape) shape.Shape { return uniqueShape{from: from, budget: b} })
}

func orderStep(store guardedStore) step {
	return sameBackwards(1, func(from shape.Shape) shape.Shape {
		return sortedShape{from: from, budget: store.budget, term: store.termOfRef}
	})
}

func pageStep(skip, limit int64) step {
	return sameBackwards(1, func(from shape.Shape) shape.Shape { return shape.Page{From: from, Skip: skip, Limit: limit} })
}

func recursiveStep(via path, maxDepth int, depthTags []string, store guardedStore) (step, error) {
	back, err := via.reversed()
	if err != nil {
		return step{}, err
	}
	var make func(there, back path) step
	make = func(there, back path) step {
		return step{
			size: there.size + 1,
			apply: func(from shape.Shape) shape.Shape {
				return recursiveShape{from: from, step: there, maxDepth: maxDepth, depthTags: depthTags, store: store}
			},
			reverse: func() step { return make(back, there) },
		}
	}
	return make(via, back), nil
}

// follow appends the steps of another path.
func (p path) follow(other path) (path, error) {
	labels := p.labels
	var err error
	for _, s := range other.steps {
		if p, err = p.then(s); err != nil {
			return path{}, err
		}
	}
	p.labels = labels
	return p, nil
}

// back returns to the node that was tagged, keeping what was asked since.
func (p path) back(tag string, b *budget) (path, error) {
	for i := len(p.steps) - 1; i >= 0; i-- {
		for _, t := range p.steps[i].tags {
			if t != tag {
				continue
			}
			since, err := path{steps: p.steps[i+1:]}.reversed()
			if err != nil {
				return path{}, err
			}
			head := path{labels: p.steps[i].labels}
			for _, s := range p.steps[:i+1] {
				if head, err = head.then(s); err != nil {
					return path{}, err
				}
			}
			return head.then(andStep(since, b))
		}
	}
	return path{}, fmt.Errorf("no tag %s earlier in this path", quote(tag))
}
