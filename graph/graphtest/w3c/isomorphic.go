package w3c

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// Isomorphic tells whether two sets of quads are the same dataset: equal after
// some one-to-one renaming of blank nodes, graph names among them (RDF 1.1,
// section 3.6 and section 4.1). Quads given twice count once.
func Isomorphic(a, b []graph.Quad) bool {
	a, b = distinct(a), distinct(b)
	if len(a) != len(b) {
		return false
	}
	return match(a, b, map[graph.Term]uint64{}, map[graph.Term]uint64{}, 1)
}

func distinct(quads []graph.Quad) []graph.Quad {
	seen := make(map[graph.Quad]bool, len(quads))
	var out []graph.Quad
	for _, q := range quads {
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out
}

// match colours the blank nodes of both sides by what stands around them until
// no colour tells more; where several nodes share a colour it takes one of a's
// and tries each of b's as its partner. Colours are only a guide: what is
// compared in the end are the quads themselves.
func match(a, b []graph.Quad, ca, cb map[graph.Term]uint64, fresh uint64) bool {
	ca, cb = refine(a, ca), refine(b, cb)
	ga, gb := byColour(ca), byColour(cb)
	if len(ga) != len(gb) {
		return false
	}
	var shared []graph.Term
	var candidates []graph.Term
	for colour, nodes := range ga {
		others := gb[colour]
		if len(nodes) != len(others) {
			return false
		}
		if len(nodes) > 1 && (shared == nil || len(nodes) < len(shared) || len(nodes) == len(shared) && nodes[0].Value < shared[0].Value) {
			shared, candidates = nodes, others
		}
	}
	if shared == nil {
		return equalUnder(a, b, ga, gb)
	}
	for _, partner := range candidates {
		na, nb := copied(ca), copied(cb)
		na[shared[0]], nb[partner] = fresh, fresh
		if match(a, b, na, nb, fresh+1) {
			return true
		}
	}
	return false
}

func copied(m map[graph.Term]uint64) map[graph.Term]uint64 {
	out := make(map[graph.Term]uint64, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

var seed = maphash.MakeSeed()

// refine gives each blank node the colour of its surroundings, again and again
// until the number of colours stays.
func refine(quads []graph.Quad, colours map[graph.Term]uint64) map[graph.Term]uint64 {
	colours = copied(colours)
	for _, q := range quads {
		for _, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
			for _, n := range blanks(t) {
				if _, ok := colours[n]; !ok {
					colours[n] = 0
				}
			}
		}
	}
	before := 0
	for {
		around := make(map[graph.Term][]uint64, len(colours))
		for _, q := range quads {
			places := [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph}
			for i, t := range places {
				for j, n := range blanks(t) {
					around[n] = append(around[n], colourOf(q, colours, n, i*1000+j))
				}
			}
		}
		next := make(map[graph.Term]uint64, len(colours))
		distinctColours := map[uint64]bool{}
		for n, hashes := range around {
			slices.Sort(hashes)
			var h maphash.Hash
			h.SetSeed(seed)
			maphash.WriteComparable(&h, colours[n])
			for _, x := range hashes {
				maphash.WriteComparable(&h, x)
			}
			next[n] = h.Sum64()
			distinctColours[next[n]] = true
		}
		colours = next
		if len(distinctColours) == before || len(distinctColours) == len(colours) {
			return colours
		}
		before = len(distinctColours)
	}
}

// colourOf hashes a quad as one of its blank nodes sees it.
func colourOf(q graph.Quad, colours map[graph.Term]uint64, self graph.Term, place int) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	maphash.WriteComparable(&h, place)
	colour := func(t graph.Term) graph.Term {
		if t == self {
			return graph.Blank("self")
		}
		return graph.Term{Kind: graph.KindBlank, Value: string(appendUint(nil, colours[t]))}
	}
	for _, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		maphash.WriteComparable(&h, renamed(t, colour))
	}
	return h.Sum64()
}

func appendUint(b []byte, n uint64) []byte {
	for ; n > 0; n >>= 5 {
		b = append(b, 'a'+byte(n&31))
	}
	return append(b, 'z')
}

func byColour(colours map[graph.Term]uint64) map[uint64][]graph.Term {
	groups := map[uint64][]graph.Term{}
	for n, c := range colours {
		groups[c] = append(groups[c], n)
	}
	for _, g := range groups {
		slices.SortFunc(g, func(a, b graph.Term) int { return cmp.Compare(a.Value, b.Value) })
	}
	return groups
}

// equalUnder renames the nodes of a to those of b that have their colour, and
// compares.
func equalUnder(a, b []graph.Quad, ga, gb map[uint64][]graph.Term) bool {
	to := map[graph.Term]graph.Term{}
	for colour, nodes := range ga {
		to[nodes[0]] = gb[colour][0]
	}
	want := make(map[graph.Quad]bool, len(b))
	for _, q := range b {
		want[q] = true
	}
	for _, q := range a {
		name := func(t graph.Term) graph.Term { return to[t] }
		q = graph.Quad{Subject: renamed(q.Subject, name), Predicate: renamed(q.Predicate, name), Object: renamed(q.Object, name), Graph: renamed(q.Graph, name)}
		if !want[q] {
			return false
		}
	}
	return true
}

// renamed gives the term with its blank nodes renamed, within triple terms too.
func renamed(t graph.Term, name func(graph.Term) graph.Term) graph.Term {
	if t.Kind == graph.KindBlank {
		return name(t)
	}
	if s, p, o, ok := t.Triple(); ok {
		return graph.TripleTerm(renamed(s, name), renamed(p, name), renamed(o, name))
	}
	return t
}

// blanks gives the blank nodes of a term, each time that they stand in it.
func blanks(t graph.Term) []graph.Term {
	if t.Kind == graph.KindBlank {
		return []graph.Term{t}
	}
	if s, p, o, ok := t.Triple(); ok {
		return slices.Concat(blanks(s), blanks(p), blanks(o))
	}
	return nil
}
