package score

import (
	"math"

	"github.com/ententegraph/entente/nlp"
)

// chains are the coreferent named and nominal mentions of a document: for each entity its spans. An entity of one
// mention is a chain as well, for gold marks them. A span belongs to the first entity that has it.
type chains struct {
	lists [][]span
	of    map[span]int
}

func chainsOf(x nlp.Extraction) chains {
	out := chains{of: map[span]int{}}
	for _, e := range x.Entities {
		var list []span
		for _, m := range e.Mentions {
			if _, taken := out.of[m.ExtractedSpan]; taken || m.Kind == nlp.Pronoun {
				continue
			}
			out.of[m.ExtractedSpan] = len(out.lists)
			list = append(list, m.ExtractedSpan)
		}
		if list != nil {
			out.lists = append(out.lists, list)
		}
	}
	return out
}

// coreferences measures how the mentions are joined to entities, by the three measures whose mean CoNLL's shared tasks report.
func (c *comparison) coreferences() Figures {
	gold, system := chainsOf(c.gold), chainsOf(c.system)
	return Figures{muc(gold, system), bCubed(gold, system), ceaf(gold, system)}
}

const (
	mucName   = "coreference.muc"
	cubedName = "coreference.bcubed"
	ceafName  = "coreference.ceafe"
)

// coreference is the mean of the three measures' F1.
func (f Figures) coreference() (Value, bool) {
	out := Value{Name: "coreference.conll", Kind: Overlap, Known: true}
	n := 0
	for _, x := range f {
		switch x.Name {
		case mucName, cubedName, ceafName:
			v := x.f1()
			out.Value += v.Value / 3
			out.Known = out.Known && v.Known
			n++
		}
	}
	return out, n == 3
}

// muc counts the links that hold the chains together (Vilain et al. 1995).
func muc(gold, system chains) Figure {
	links := func(of, in chains) (held, all float64) {
		for _, chain := range of.lists {
			parts := set[int]{}
			alone := 0
			for _, m := range chain {
				if k, ok := in.of[m]; ok {
					parts.add(k)
				} else {
					alone++
				}
			}
			held += float64(len(chain) - len(parts) - alone)
			all += float64(len(chain) - 1)
		}
		return held, all
	}
	f := Figure{Name: mucName}
	f.Recalled, f.Wanted = links(gold, system)
	f.Precise, f.Found = links(system, gold)
	return f
}

// bCubed asks of each mention which share of its chain is right (Bagga and Baldwin 1998).
func bCubed(gold, system chains) Figure {
	right := func(of, in chains) (right, all float64) {
		for _, chain := range of.lists {
			common := map[int]int{}
			for _, m := range chain {
				if k, ok := in.of[m]; ok {
					common[k]++
				}
				all++
			}
			for _, n := range common {
				right += float64(n) * float64(n) / float64(len(chain))
			}
		}
		return right, all
	}
	f := Figure{Name: cubedName}
	f.Recalled, f.Wanted = right(gold, system)
	f.Precise, f.Found = right(system, gold)
	return f
}

// ceaf pairs the chains one to one so that they agree best, each pair by the share of their mentions that both have
// (Luo 2005, with the measure φ4).
func ceaf(gold, system chains) Figure {
	agreement := make([][]float64, len(gold.lists))
	for i, chain := range gold.lists {
		agreement[i] = make([]float64, len(system.lists))
		for _, m := range chain {
			if j, ok := system.of[m]; ok {
				agreement[i][j] += 2 / float64(len(chain)+len(system.lists[j]))
			}
		}
	}
	best := bestPairing(agreement, len(system.lists))
	return Figure{Name: ceafName, Precise: best, Found: float64(len(system.lists)), Recalled: best, Wanted: float64(len(gold.lists))}
}

// bestPairing returns the largest sum of values of pairs of a row and a column, each in one pair at most (the Hungarian
// method with potentials, in time rows² · columns).
func bestPairing(value [][]float64, columns int) float64 {
	if len(value) > columns { // the method wants no fewer columns than rows
		turned := make([][]float64, columns)
		for j := range turned {
			turned[j] = make([]float64, len(value))
			for i := range value {
				turned[j][i] = value[i][j]
			}
		}
		value, columns = turned, len(value)
	}
	rowPrice, columnPrice := make([]float64, len(value)+1), make([]float64, columns+1)
	rowOf := make([]int, columns+1) // the row paired with a column, from 1; 0 for none
	for i := 1; i <= len(value); i++ {
		from := make([]int, columns+1)
		slack := make([]float64, columns+1)
		for j := range slack {
			slack[j] = math.Inf(1)
		}
		seen := make([]bool, columns+1)
		rowOf[0] = i
		at := 0
		for rowOf[at] != 0 {
			seen[at] = true
			row, next, least := rowOf[at], 0, math.Inf(1)
			for j := 1; j <= columns; j++ {
				if seen[j] {
					continue
				}
				if cost := -value[row-1][j-1] - rowPrice[row] - columnPrice[j]; cost < slack[j] {
					slack[j], from[j] = cost, at
				}
				if slack[j] < least {
					least, next = slack[j], j
				}
			}
			for j := range seen {
				if seen[j] {
					rowPrice[rowOf[j]] += least
					columnPrice[j] -= least
				} else {
					slack[j] -= least
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[from[at]]
			at = from[at]
		}
	}
	sum := 0.0
	for j := 1; j <= columns; j++ {
		if rowOf[j] > 0 {
			sum += value[rowOf[j]-1][j-1]
		}
	}
	return sum
}
