package score

import (
	"cmp"
	"math"
	"slices"

	"github.com/ententegraph/entente/nlp"
)

// A candidate is a pair of a gold and a system thing that may be the same, with what speaks for it, the weightiest first.
type candidate struct {
	rank         []float64
	gold, system int
}

// greedy pairs the candidates one to one, best first; of equal ones the first.
func greedy(list []candidate) map[int]int {
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(-slices.Compare(a.rank, b.rank), a.gold-b.gold, a.system-b.system)
	})
	out, used := map[int]int{}, set[int]{}
	for _, c := range list {
		if _, ok := out[c.gold]; !ok && !used[c.system] {
			out[c.gold] = c.system
			used.add(c.system)
		}
	}
	return out
}

func inverse(pairs map[int]int) map[int]int {
	out := make(map[int]int, len(pairs))
	for g, s := range pairs {
		out[s] = g
	}
	return out
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

type span = nlp.ExtractedSpan

// iou is the share of the code points of either span that both have.
func iou(a, b span) float64 {
	inner := min(a.End, b.End) - max(a.Start, b.Start)
	if inner <= 0 {
		return 0
	}
	return float64(inner) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}

// chars counts the code points that spans cover.
func chars(spans []span) int {
	sorted := slices.SortedFunc(slices.Values(spans), func(a, b span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	n, last := 0, 0
	for _, s := range sorted {
		if start := max(s.Start, last); s.End > start {
			n += s.End - start
			last = s.End
		}
	}
	return n
}

// shared is the share of the smaller evidence that lies in the other.
func shared(a, b []span) float64 {
	var inner []span
	for _, x := range a {
		for _, y := range b {
			if s := (span{Start: max(x.Start, y.Start), End: min(x.End, y.End)}); s.End > s.Start {
				inner = append(inner, s)
			}
		}
	}
	if inner == nil {
		return 0
	}
	return float64(chars(inner)) / float64(min(chars(a), chars(b)))
}

// entityAlignment says which entities of the two are the same, and how many of each are torn apart in the other.
type entityAlignment struct {
	system, gold   map[int]int // by the index of the gold, the system entity
	splits, merges int
}

func alignEntities(gold, system []nlp.ExtractedEntity) entityAlignment {
	var list []candidate
	for i, g := range gold {
		for j, s := range system {
			o := 0.0
			for _, a := range g.Mentions {
				o += bestOverlap(a.ExtractedSpan, s.Mentions)
			}
			same := names(g).meets(names(s)) || g.Code != nil && s.Code != nil && *g.Code == *s.Code
			if o > 0 || same && g.Type == s.Type && (len(g.Mentions) == 0 || len(s.Mentions) == 0) {
				list = append(list, candidate{
					[]float64{math.Round(o*1e9) / 1e9, yes(same), yes(g.Type == s.Type), yes(g.ID == s.ID)}, i, j,
				})
			}
		}
	}
	out := entityAlignment{system: greedy(list)}
	out.gold = inverse(out.system)
	out.splits = scattered(gold, system, out.system)
	out.merges = scattered(system, gold, out.gold)
	return out
}

func bestOverlap(a span, mentions []nlp.ExtractedMention) float64 {
	best := 0.0
	for _, b := range mentions {
		if v := iou(a, b.ExtractedSpan); v >= 0.5 {
			best = max(best, v)
		}
	}
	return best
}

// scattered counts the entities of mine whose mentions lie in several of theirs; each mention goes to its best match,
// of equal ones to the partner.
func scattered(mine, theirs []nlp.ExtractedEntity, partner map[int]int) int {
	n := 0
	for i, e := range mine {
		hit := set[int]{}
		for _, a := range e.Mentions {
			best, at := []float64{0, 0}, -1
			for j, t := range theirs {
				p, paired := partner[i]
				rank := []float64{bestOverlap(a.ExtractedSpan, t.Mentions), yes(paired && p == j)}
				if rank[0] > 0 && slices.Compare(rank, best) > 0 {
					best, at = rank, j
				}
			}
			if at >= 0 {
				hit.add(at)
			}
		}
		if len(hit) > 1 {
			n++
		}
	}
	return n
}
