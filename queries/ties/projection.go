package ties

import (
	"context"
	"slices"
)

// crowdSize is from how many things on a statement joins nobody with anybody in
// particular: a vote of an assembly makes no friends.
const crowdSize = 50

// A projection joins things directly: with a weight for all statements in which
// both take part, each of which counts the less the more things take part in it.
type projection struct {
	starts  []int32
	to      []int32
	weights []float64
}

func (p *projection) size() int { return len(p.starts) - 1 }

// of returns the neighbours of a thing, by number, and the weights of the edges to them.
func (p *projection) of(thing int) ([]int32, []float64) {
	a, b := p.starts[thing], p.starts[thing+1]
	return p.to[a:b], p.weights[a:b]
}

func (n *Network) project(ctx context.Context) (*projection, error) {
	type edge struct {
		pair   uint64
		weight float64
	}
	var edges []edge
	for s := range n.statements {
		if s%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		members := n.in(int32(s))
		if len(members) > crowdSize {
			continue
		}
		weight := 1 / float64(len(members)-1)
		for _, a := range members {
			for _, b := range members {
				if a != b {
					edges = append(edges, edge{uint64(a)<<32 | uint64(b), weight})
				}
			}
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		switch {
		case a.pair < b.pair:
			return -1
		case a.pair > b.pair:
			return 1
		}
		return 0
	})
	p := &projection{starts: make([]int32, len(n.things)+1)}
	for i, e := range edges {
		if i > 0 && edges[i-1].pair == e.pair {
			p.weights[len(p.weights)-1] += e.weight
			continue
		}
		p.to, p.weights = append(p.to, int32(e.pair)), append(p.weights, e.weight)
		p.starts[e.pair>>32+1]++
	}
	for i := range n.things {
		p.starts[i+1] += p.starts[i]
	}
	return p, ctx.Err()
}
