package ties

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/ententegraph/entente/queries/facts"
)

// A Standing says how central a thing is.
type Standing struct {
	Thing facts.Ref `json:"thing"`
	// Rank is its PageRank: the share of time that somebody spends with it who
	// walks from thing to thing along what joins them, and now and then starts anew.
	Rank float64 `json:"rank"`
	// Between is its betweenness: the share of shortest ways between two others that lead through it.
	Between    float64 `json:"between"`
	Ties       int     `json:"ties"`       // statements in which it takes part
	Neighbours int     `json:"neighbours"` // other things with which these join it
}

// Central is who stands in the middle of a network.
type Central struct {
	Standings []Standing `json:"standings"` // the highest rank first
	Things    int        `json:"things"`
	// Sources is of how many things the ways were followed for the betweenness,
	// which is exact where these are all, and an estimate else.
	Sources int `json:"sources"`
}

// mostSources bounds of how many things all shortest ways are followed.
const mostSources = 128

// Central returns the things of highest PageRank, at most so many (0: all).
// Betweenness breaks ties.
func (n *Network) Central(ctx context.Context, most int) (*Central, error) {
	p, err := n.project(ctx)
	if err != nil {
		return nil, err
	}
	rank, err := p.rank(ctx)
	if err != nil {
		return nil, err
	}
	between, sources, err := p.between(ctx, mostSources)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(n.things))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank[b], rank[a]), cmp.Compare(between[b], between[a]), cmp.Compare(n.things[a], n.things[b]))
	})
	if most > 0 {
		order = order[:min(most, len(order))]
	}
	out := &Central{Standings: []Standing{}, Things: len(n.things), Sources: sources}
	reader := facts.NewReader(n.view, n.model)
	for _, i := range order {
		ref, err := reader.Ref(ctx, n.things[i])
		if err != nil {
			return nil, err
		}
		neighbours, _ := p.of(i)
		out.Standings = append(out.Standings, Standing{ref, rank[i], between[i], n.degree(int32(i)), len(neighbours)})
	}
	return out, nil
}

// The damping of PageRank as its authors set it, and how near ranks must come to their limit.
const (
	damping   = 0.85
	tolerance = 1e-9
)

// rank returns the PageRank of each thing: weights of edges count, and things without any pass on to all.
func (p *projection) rank(ctx context.Context) ([]float64, error) {
	size := p.size()
	if size == 0 {
		return nil, nil
	}
	out := make([]float64, size) // weight of what leads away
	for i := range size {
		_, weights := p.of(i)
		for _, w := range weights {
			out[i] += w
		}
	}
	rank, next := make([]float64, size), make([]float64, size)
	for i := range rank {
		rank[i] = 1 / float64(size)
	}
	for range 200 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		lost := 0.0
		for i, r := range rank {
			if out[i] == 0 {
				lost += r
			}
		}
		base := (1 - damping + damping*lost) / float64(size)
		for i := range next {
			next[i] = base
		}
		for i, r := range rank {
			to, weights := p.of(i)
			for k, j := range to {
				next[j] += damping * r * weights[k] / out[i]
			}
		}
		change := 0.0
		for i := range rank {
			change += math.Abs(next[i] - rank[i])
		}
		rank, next = next, rank
		if change < tolerance {
			break
		}
	}
	return rank, nil
}

// between returns the betweenness of each thing, by the algorithm of Brandes
// (2001), from all things, or where they are many from evenly spread ones.
func (p *projection) between(ctx context.Context, most int) (between []float64, sources int, err error) {
	size := p.size()
	between = make([]float64, size)
	sources = min(size, most)
	far, ways, share := make([]int32, size), make([]float64, size), make([]float64, size)
	reached := make([]int32, 0, size)
	for k := range sources {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		source := k * size / sources
		for i := range far {
			far[i], ways[i], share[i] = -1, 0, 0
		}
		far[source], ways[source] = 0, 1
		reached = append(reached[:0], int32(source))
		for at := 0; at < len(reached); at++ {
			i := reached[at]
			to, _ := p.of(int(i))
			for _, j := range to {
				if far[j] < 0 {
					far[j] = far[i] + 1
					reached = append(reached, j)
				}
				if far[j] == far[i]+1 {
					ways[j] += ways[i]
				}
			}
		}
		for _, i := range slices.Backward(reached[1:]) {
			to, _ := p.of(int(i))
			for _, j := range to {
				if far[j] == far[i]-1 {
					share[j] += ways[j] / ways[i] * (1 + share[i])
				}
			}
			between[i] += share[i]
		}
	}
	if size > 2 {
		pairs := float64(sources) / float64(size) * float64(size-1) * float64(size-2)
		for i := range between {
			between[i] /= pairs
		}
	}
	return between, sources, nil
}
