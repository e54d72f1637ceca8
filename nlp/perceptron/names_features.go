package perceptron

import "strings"

// naming is the work space for the features of one sentence.
type naming struct {
	words    []word
	tags     []uint8  // universal tags
	known    []uint64 // for each token, the kind of a known name it stands in and where in it, 0 for none
	runs     []run    // for each token, the run of capitalized words it stands in
	features []feature
}

// A run is a sequence of capitalized words, with small ones between them ("of",
// "for the", "de la"): [first, last). What a name is often shows at its end.
type run struct{ first, last int }

// phrase extends the hash of a phrase by a word.
func phrase(before, word uint64) uint64 { return mix(before+1, word) }

const longestKnown = 6 // tokens of a name in the list of known ones

// markKnown marks the longest known names from left to right.
func (g *naming) markKnown(known lexicon) {
	for i := 0; i < len(g.words); {
		end, kind := i, uint64(0)
		for h, j := uint64(0), i; g.words[i].capital && j < min(len(g.words), i+longestKnown); j++ {
			h = phrase(h, g.words[j].lower)
			if k := known.class(h); k != 0 {
				end, kind = j+1, k
			}
		}
		for j := i; j < end; j++ {
			at := uint64(1)
			if j == i {
				at |= 2
			}
			if j == end-1 {
				at |= 4
			}
			g.known[j] = kind<<3 | at
		}
		i = max(end, i+1)
	}
}

func (g *naming) knownAt(i int) uint64 {
	if i < 0 || i >= len(g.known) {
		return 0
	}
	return g.known[i]
}

func newNaming(ws []word, tags []uint8, known lexicon) *naming {
	g := &naming{words: ws, tags: tags, known: make([]uint64, len(ws)), runs: make([]run, len(ws)), features: make([]feature, 0, 80)}
	g.markKnown(known)
	for i := 0; i < len(ws); {
		if !ws[i].capital {
			g.runs[i] = run{i, i}
			i++
			continue
		}
		end := i + 1
		for next := end; next < len(ws) && next < end+3; {
			if ws[next].capital {
				end = next + 1
				next = end
				continue
			}
			if !linksNames(ws[next].text) {
				break
			}
			next++
		}
		for k := i; k < end; k++ {
			g.runs[k] = run{i, end}
		}
		i = end
	}
	return g
}

// linksNames tells the small words that stand within names.
func linksNames(low string) bool {
	switch low {
	case "of", "the", "for", "and", "&", "de", "la", "le", "du", "des", "del", "da", "dos", "di",
		"van", "von", "der", "den", "bin", "ibn", "al", "el", "on", "in", "to", "y", "e", "-":
		return true
	}
	return false
}

func (g *naming) tagAt(i int) uint64 {
	if i < 0 || i >= len(g.tags) {
		return noTag + 1
	}
	return uint64(g.tags[i])
}

// part gives the part of a hyphenated word after its last hyphen, or before its first.
func parts(low string) (before, after string) {
	if i := strings.IndexByte(low, '-'); i > 0 && i < len(low)-1 {
		return low[:i], low[strings.LastIndexByte(low, '-')+1:]
	}
	return "", ""
}

// extract computes the features of token i.
func (g *naming) extract(i int) {
	w := &g.words[i]
	w1, w2 := wordAt(g.words, i-1), wordAt(g.words, i-2)
	n1, n2 := wordAt(g.words, i+1), wordAt(g.words, i+2)
	t, t1, u1 := g.tagAt(i), g.tagAt(i-1), g.tagAt(i+1)
	start := uint64(min(i, 1))
	g.features = append(g.features[:0],
		feature1(300, 0),
		feature1(301, w.lower), feature1(302, w.form),
		feature1(303, w1.lower), feature1(304, n1.lower),
		feature1(305, w2.lower), feature1(306, n2.lower),
		feature1(307, w1.form), feature1(308, n1.form),
		feature2(309, w1.lower, w.lower), feature2(310, w.lower, n1.lower),
		feature2(311, w2.lower, w1.lower), feature2(312, n1.lower, n2.lower),
		feature2(313, w.shape, start), feature1(314, w1.shape), feature1(315, n1.shape),
		feature2(316, w1.shape, w.shape), feature2(317, w.shape, n1.shape),
		feature3(318, w1.shape, w.shape, n1.shape),
		feature1(319, w.suffix[0]), feature1(320, w.suffix[1]), feature1(321, w.suffix[2]), feature1(322, w.suffix[3]),
		feature1(323, w.prefix[0]), feature1(324, w.prefix[1]), feature1(325, w.prefix[2]),
		feature1(326, w1.suffix[2]), feature1(327, n1.suffix[2]),
		feature1(328, t), feature1(329, t1), feature1(330, u1),
		feature2(331, t1, t), feature2(332, t, u1), feature3(333, t1, t, u1),
		feature2(334, t, w.shape), feature2(335, w.shape, w1.lower), feature2(336, w.shape, n1.lower),
		feature2(337, w.suffix[2], w.shape), feature2(338, t, w.suffix[2]),
		feature3(339, w1.lower, w.shape, n1.lower),
	)
	if k := g.known[i]; k != 0 {
		g.features = append(g.features, feature1(342, k), feature2(343, k, w.shape), feature2(344, k, w.lower),
			feature2(345, k, w1.lower), feature2(346, k, n1.lower), feature2(348, k>>3, t))
	}
	g.features = append(g.features, feature2(347, g.knownAt(i-1), g.knownAt(i+1)))
	if before, after := parts(w.text); after != "" {
		g.features = append(g.features, feature1(340, hashText(before)), feature1(341, hashText(after)))
	}
	r := g.runs[i]
	if r.first == r.last {
		g.features = append(g.features, feature1(350, 0))
		return
	}
	head, tail := &g.words[r.first], &g.words[r.last-1]
	place := uint64(min(i-r.first, 3))<<4 | uint64(min(r.last-1-i, 3))
	length := uint64(min(r.last-r.first, 5))
	before, behind := wordAt(g.words, r.first-1), wordAt(g.words, r.last)
	g.features = append(g.features,
		feature2(351, place, length),
		feature2(352, tail.lower, place&15), feature2(353, head.lower, place>>4),
		feature1(354, tail.lower), feature1(355, head.lower),
		feature2(356, before.lower, place>>4), feature2(357, behind.lower, place&15),
		feature1(358, before.lower), feature1(359, behind.lower),
		feature2(360, before.lower, behind.lower),
		feature1(361, tail.suffix[2]),
		feature2(362, tail.lower, w.lower), feature2(363, head.lower, w.lower),
		feature2(364, length, w.shape),
	)
}
