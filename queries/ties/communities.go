package ties

import (
	"cmp"
	"context"
	"slices"

	"github.com/ententegraph/entente/queries/facts"
)

// A Community is a set of things that are joined with each other more than with others.
type Community struct {
	Members []facts.Ref `json:"members"` // those with the most ties first, as many as were asked for
	Size    int         `json:"size"`
	Inside  float64     `json:"inside"` // the share of their ties that stays among them
}

// Communities is how a network falls apart.
type Communities struct {
	Communities []Community `json:"communities"` // the largest first
	Modularity  float64     `json:"modularity"`  // how much more is tied inside than chance would have it, up to 1
}

// Communities parts the network by the method of Louvain (Blondel and others,
// 2008), which is the same every time; of each part at most so many members are named (0: all).
func (n *Network) Communities(ctx context.Context, members int) (*Communities, error) {
	p, err := n.project(ctx)
	if err != nil {
		return nil, err
	}
	of, err := p.communities(ctx)
	if err != nil {
		return nil, err
	}
	parts := map[int32][]int{}
	for thing, c := range of {
		parts[c] = append(parts[c], thing)
	}
	out := &Communities{Communities: []Community{}, Modularity: p.modularity(of)}
	reader := facts.NewReader(n.view, n.model)
	var sorted [][]int
	for _, part := range parts {
		slices.SortFunc(part, func(a, b int) int {
			return cmp.Or(cmp.Compare(n.degree(int32(b)), n.degree(int32(a))), cmp.Compare(n.things[a], n.things[b]))
		})
		sorted = append(sorted, part)
	}
	slices.SortFunc(sorted, func(a, b []int) int { return cmp.Or(len(b)-len(a), cmp.Compare(n.things[a[0]], n.things[b[0]])) })
	for _, part := range sorted {
		c := Community{Size: len(part), Members: []facts.Ref{}}
		inside, all := 0.0, 0.0
		for _, thing := range part {
			to, weights := p.of(thing)
			for k, j := range to {
				all += weights[k]
				if of[j] == of[thing] {
					inside += weights[k]
				}
			}
		}
		if all > 0 {
			c.Inside = inside / all
		}
		named := part
		if members > 0 {
			named = part[:min(members, len(part))]
		}
		for _, thing := range named {
			ref, err := reader.Ref(ctx, n.things[thing])
			if err != nil {
				return nil, err
			}
			c.Members = append(c.Members, ref)
		}
		out.Communities = append(out.Communities, c)
	}
	return out, nil
}

// communities numbers the community of each thing: things move to the neighbours
// with whom they are joined best, until none gains by it; then communities are
// taken for things, and it begins again.
func (p *projection) communities(ctx context.Context) ([]int32, error) {
	of := make([]int32, p.size())
	for i := range of {
		of[i] = int32(i)
	}
	level := p
	loops := make([]float64, p.size()) // weight inside of what was put together
	for {
		moved, part, err := level.move(ctx, loops)
		if err != nil || !moved {
			return of, err
		}
		for i := range of {
			of[i] = part[of[i]]
		}
		level, loops = level.shrink(part, loops)
	}
}

// move parts a level; it reports whether anything moved, and numbers the parts from 0.
func (p *projection) move(ctx context.Context, loops []float64) (bool, []int32, error) {
	size := p.size()
	of, weight, total := make([]int32, size), make([]float64, size), make([]float64, size)
	all := 0.0
	for i := range size {
		of[i] = int32(i)
		_, weights := p.of(i)
		for _, w := range weights {
			weight[i] += w
		}
		weight[i] += loops[i]
		total[i] = weight[i]
		all += weight[i]
	}
	moved := false
	joined := map[int32]float64{}
	for changed, pass := true, 0; changed && pass < 50; pass++ {
		changed = false
		for i := range size {
			if i%1024 == 0 && ctx.Err() != nil {
				return false, nil, ctx.Err()
			}
			clear(joined)
			to, weights := p.of(i)
			for k, j := range to {
				joined[of[j]] += weights[k]
			}
			old := of[i]
			total[old] -= weight[i]
			best, most := old, joined[old]-total[old]*weight[i]/all
			for c, w := range joined {
				gain := w - total[c]*weight[i]/all
				if gain > most+1e-12 || gain > most-1e-12 && best != old && c < best {
					best, most = c, gain
				}
			}
			total[best] += weight[i]
			if best != old {
				of[i], changed, moved = best, true, true
			}
		}
	}
	number := map[int32]int32{}
	for i, c := range of {
		if _, known := number[c]; !known {
			number[c] = int32(len(number))
		}
		of[i] = number[c]
	}
	return moved, of, nil
}

// shrink makes one thing of each part.
func (p *projection) shrink(part []int32, loops []float64) (*projection, []float64) {
	size := int(slices.Max(part)) + 1
	joined := make([]map[int32]float64, size)
	inside := make([]float64, size)
	for i := range p.size() {
		a := part[i]
		inside[a] += loops[i]
		to, weights := p.of(i)
		for k, j := range to {
			if b := part[j]; a == b {
				inside[a] += weights[k]
			} else {
				if joined[a] == nil {
					joined[a] = map[int32]float64{}
				}
				joined[a][b] += weights[k]
			}
		}
	}
	out := &projection{starts: make([]int32, size+1)}
	for a, edges := range joined {
		var to []int32
		for b := range edges {
			to = append(to, b)
		}
		slices.Sort(to)
		for _, b := range to {
			out.to, out.weights = append(out.to, b), append(out.weights, edges[b])
		}
		out.starts[a+1] = int32(len(out.to))
	}
	return out, inside
}

// modularity says how good a partition is (Newman and Girvan, 2004).
func (p *projection) modularity(of []int32) float64 {
	total, inside, all := map[int32]float64{}, 0.0, 0.0
	for i := range p.size() {
		to, weights := p.of(i)
		for k, j := range to {
			all += weights[k]
			total[of[i]] += weights[k]
			if of[i] == of[j] {
				inside += weights[k]
			}
		}
	}
	if all == 0 {
		return 0
	}
	q := inside / all
	for _, t := range total {
		q -= t / all * t / all
	}
	return q
}
