package ties

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
)

// PathOptions bound a search for paths; zero fields mean the defaults.
type PathOptions struct {
	Steps int // the longest path, in steps; 4
	Paths int // the most paths; 10
	Facts int // the most facts that are told of one step; 3
}

// The defaults of [PathOptions].
const (
	DefaultSteps = 4
	DefaultPaths = 10
	DefaultFacts = 3
)

// A Step joins two things by what is known of both.
type Step struct {
	From  facts.Ref    `json:"from"`
	To    facts.Ref    `json:"to"`
	Leads string       `json:"leads"` // of the first fact: forward, backward, or both where the two are equals
	Facts []facts.Fact `json:"facts"` // lasting ones first, each with its evidence
	More  int          `json:"more,omitempty"`
}

// A Path leads from one thing to another.
type Path struct {
	Steps      []Step  `json:"steps"`
	Confidence float64 `json:"confidence"` // that the readings of its best facts are right, from 0 to 1
}

// Paths is an answer.
type Paths struct {
	Paths []Path `json:"paths"`
	// More says that there are other paths of the length of the last one.
	More bool `json:"more,omitempty"`
	// Sources is the number of documents on which the facts of the paths rest.
	Sources int `json:"sources"`
}

// mostRoutes bounds how many routes of one length are looked at.
const mostRoutes = 20_000

// mostRanked bounds of how many routes the facts are read to tell how sure they are.
const mostRanked = 60

// A route is a path as it is found: its things, and how crowded they are.
type route struct {
	things  []int32
	crowded float64
}

// Paths returns the shortest paths between two things, by IRI: the shortest
// first, of equal length those first that lead through what has few ties, then
// the surest. A path passes no thing twice. No thing of an unknown IRI is joined with any.
func (n *Network) Paths(ctx context.Context, a, b string, o PathOptions) (*Paths, error) {
	o = PathOptions{cmp.Or(max(o.Steps, 0), DefaultSteps), cmp.Or(max(o.Paths, 0), DefaultPaths), cmp.Or(max(o.Facts, 0), DefaultFacts)}
	out := &Paths{Paths: []Path{}}
	start, ok, err := n.thing(ctx, a)
	if err != nil || !ok {
		return out, err
	}
	goal, ok, err := n.thing(ctx, b)
	if err != nil || !ok || start == goal {
		return out, err
	}
	s := &search{ctx: ctx, n: n, goal: goal}
	if err := s.distances(o.Steps); err != nil {
		return nil, err
	}
	t := newTeller(ctx, n, o.Facts)
	for steps := int(s.far[start]); s.far[start] >= 0 && steps <= o.Steps && len(out.Paths) < o.Paths; steps++ {
		routes, err := s.routes(start, steps)
		if err != nil {
			return nil, err
		}
		wanted := o.Paths - len(out.Paths)
		slices.SortStableFunc(routes, func(x, y route) int {
			return cmp.Or(cmp.Compare(x.crowded, y.crowded), slices.Compare(x.things, y.things))
		})
		// Routes of which some could come before others by how sure they are.
		ranked := min(len(routes), max(mostRanked, wanted))
		paths := make([]Path, ranked)
		for i, r := range routes[:ranked] {
			if paths[i].Confidence, err = t.confidence(r); err != nil {
				return nil, err
			}
		}
		order := make([]int, ranked)
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(x, y int) int {
			return cmp.Or(cmp.Compare(crowd(routes[x]), crowd(routes[y])), cmp.Compare(paths[y].Confidence, paths[x].Confidence))
		})
		for _, i := range order[:min(wanted, ranked)] {
			if paths[i].Steps, err = t.steps(routes[i]); err != nil {
				return nil, err
			}
			out.Paths = append(out.Paths, paths[i])
		}
		out.More = len(routes) > wanted
	}
	out.Sources = len(t.documents)
	return out, nil
}

// crowd is how crowded a route is, in steps that make a difference to people.
func crowd(r route) float64 { return math.Round(r.crowded / 2) }

func (n *Network) thing(ctx context.Context, iri string) (int32, bool, error) {
	id, ok, err := n.view.ID(ctx, graph.IRI(iri))
	if err != nil {
		return 0, false, fmt.Errorf("ties: looking up %s: %w", iri, err)
	}
	at, known := n.place[id]
	return at, ok && known, nil
}

// search looks for routes to a goal.
type search struct {
	ctx  context.Context
	n    *Network
	goal int32
	far  []int8 // steps from each thing to the goal; -1 where that is too far
	work int
}

// alive looks at the context now and then.
func (s *search) alive() error {
	if s.work++; s.work%1024 == 0 {
		return s.ctx.Err()
	}
	return nil
}

// distances finds how far things are from the goal, up to the most steps. The
// walks from the start are led by them: they enter nothing from which the goal is too far.
func (s *search) distances(most int) error {
	n := s.n
	s.far = make([]int8, len(n.things))
	for i := range s.far {
		s.far[i] = -1
	}
	s.far[s.goal] = 0
	told := make([]bool, len(n.statements))
	frontier := []int32{s.goal}
	for step := 1; step <= most && len(frontier) > 0; step++ {
		var next []int32
		for _, t := range frontier {
			for _, statement := range n.of(t) {
				if err := s.alive(); err != nil {
					return err
				}
				if told[statement] {
					continue
				}
				told[statement] = true
				for _, other := range n.in(statement) {
					if s.far[other] < 0 {
						s.far[other] = int8(min(step, math.MaxInt8))
						next = append(next, other)
					}
				}
			}
		}
		frontier = next
	}
	return s.ctx.Err()
}

// routes returns the routes of exactly so many steps; of very many those through what has few ties.
func (s *search) routes(start int32, steps int) ([]route, error) {
	var out []route
	things := []int32{start}
	var walk func(crowded float64) error
	walk = func(crowded float64) error {
		at, left := things[len(things)-1], steps-len(things)+1
		if left == 0 {
			out = append(out, route{slices.Clone(things), crowded})
			return nil
		}
		next, err := s.neighbours(at, left-1)
		if err != nil {
			return err
		}
		for _, other := range next {
			if len(out) >= mostRoutes {
				return nil
			}
			if slices.Contains(things, other) {
				continue
			}
			more := 0.0
			if other != s.goal {
				more = math.Log2(float64(1 + s.n.degree(other)))
			}
			things = append(things, other)
			err := walk(crowded + more)
			things = things[:len(things)-1]
			if err != nil {
				return err
			}
		}
		return nil
	}
	return out, walk(0)
}

// neighbours returns the things next to one from which the goal can be reached
// in so many steps: those with few ties first.
func (s *search) neighbours(of int32, left int) ([]int32, error) {
	var out []int32
	seen := map[int32]bool{of: true}
	for _, statement := range s.n.of(of) {
		if err := s.alive(); err != nil {
			return nil, err
		}
		for _, other := range s.n.in(statement) {
			if far := s.far[other]; !seen[other] && far >= 0 && int(far) <= left && (other != s.goal || left == 0) {
				seen[other] = true
				out = append(out, other)
			}
		}
	}
	slices.SortFunc(out, func(a, b int32) int { return cmp.Or(s.n.degree(a)-s.n.degree(b), int(a-b)) })
	return out, nil
}
