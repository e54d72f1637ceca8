package ties

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// joined makes a projection of edges of weight 1.
func joined(size int, edges [][2]int) *projection {
	near := make([]map[int]bool, size)
	for _, e := range edges {
		for _, d := range [2][2]int{e, {e[1], e[0]}} {
			if near[d[0]] == nil {
				near[d[0]] = map[int]bool{}
			}
			if d[0] != d[1] {
				near[d[0]][d[1]] = true
			}
		}
	}
	p := &projection{starts: make([]int32, size+1)}
	for i := range size {
		for j := range size {
			if near[i][j] {
				p.to, p.weights = append(p.to, int32(j)), append(p.weights, 1)
			}
		}
		p.starts[i+1] = int32(len(p.to))
	}
	return p
}

func random(seed uint64, size, edges int) *projection {
	r := rand.New(rand.NewPCG(seed, 2))
	var all [][2]int
	for range edges {
		all = append(all, [2]int{r.IntN(size), r.IntN(size)})
	}
	return joined(size, all)
}

// waysThrough counts all shortest ways by walking them.
func waysThrough(p *projection) []float64 {
	size := p.size()
	out := make([]float64, size)
	for a := range size {
		for b := range size {
			if a == b {
				continue
			}
			var ways [][]int
			for length := 1; length < size && len(ways) == 0; length++ {
				var walk func(way []int)
				walk = func(way []int) {
					last := way[len(way)-1]
					if len(way) == length+1 {
						if last == b {
							ways = append(ways, slices.Clone(way))
						}
						return
					}
					to, _ := p.of(last)
					for _, j := range to {
						if !slices.Contains(way, int(j)) {
							walk(append(way, int(j)))
						}
					}
				}
				walk([]int{a})
			}
			for _, way := range ways {
				for _, i := range way[1 : len(way)-1] {
					out[i] += 1 / float64(len(ways)) / float64((size-1)*(size-2))
				}
			}
		}
	}
	return out
}

func TestBetweenness(t *testing.T) {
	for seed := range uint64(20) {
		p := random(seed, 8, 11)
		got, sources, err := p.between(t.Context(), 100)
		if err != nil || sources != 8 {
			t.Fatal(sources, err)
		}
		for i, want := range waysThrough(p) {
			if math.Abs(got[i]-want) > 1e-9 {
				t.Errorf("seed %d: the betweenness of %d is %g, want %g", seed, i, got[i], want)
			}
		}
	}
	// The middle of a star is on every way; of a chain of many the middle of it is central even by estimate.
	star := joined(9, [][2]int{{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 8}})
	if got, _, _ := star.between(t.Context(), 100); math.Abs(got[0]-1) > 1e-9 {
		t.Errorf("the middle of a star has the betweenness %g", got[0])
	}
	var chain [][2]int
	for i := range 999 {
		chain = append(chain, [2]int{i, i + 1})
	}
	got, sources, err := joined(1000, chain).between(t.Context(), 50)
	if err != nil || sources != 50 || got[500] < got[100] || got[500] < 0.4 || got[500] > 0.6 {
		t.Errorf("the middle of a chain has the betweenness %g by %d sources; error %v", got[500], sources, err)
	}
}

// A rank is what it follows from the ranks of the neighbours.
func TestRank(t *testing.T) {
	for seed := range uint64(10) {
		p := random(seed, 30, 40)
		rank, err := p.rank(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		sum, lost := 0.0, 0.0
		for i, r := range rank {
			sum += r
			if to, _ := p.of(i); len(to) == 0 {
				lost += r
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("seed %d: ranks sum to %g", seed, sum)
		}
		for i := range rank {
			want := (1 - damping + damping*lost) / 30
			for j := range rank {
				to, _ := p.of(j)
				if slices.Contains(to, int32(i)) {
					want += damping * rank[j] / float64(len(to))
				}
			}
			if math.Abs(rank[i]-want) > 1e-6 {
				t.Errorf("seed %d: the rank of %d is %g, want %g", seed, i, rank[i], want)
			}
		}
	}
}

func TestCommunities(t *testing.T) {
	// Three crowds that know each other, with one bridge between each two.
	var edges [][2]int
	for c := range 3 {
		for i := range 6 {
			for j := range i {
				edges = append(edges, [2]int{6*c + i, 6*c + j})
			}
		}
		edges = append(edges, [2]int{6 * c, 6*((c+1)%3) + 1})
	}
	p := joined(18, edges)
	of, err := p.communities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range of {
		if c != of[i/6*6] || i >= 6 && c == of[0] {
			t.Fatalf("the communities are %v", of)
		}
	}
	// Random networks are parted better than chance would, and always the same.
	for seed := range uint64(10) {
		p := random(seed, 40, 70)
		of, err := p.communities(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again, _ := p.communities(t.Context())
		if !slices.Equal(of, again) {
			t.Errorf("seed %d: two answers: %v and %v", seed, of, again)
		}
		if q := p.modularity(of); q < 0.2 || q > 1 {
			t.Errorf("seed %d: the modularity is %g", seed, q)
		}
		whole := make([]int32, 40)
		if q := p.modularity(whole); math.Abs(q) > 1e-9 {
			t.Errorf("seed %d: the modularity of the whole is %g", seed, q)
		}
	}
}
