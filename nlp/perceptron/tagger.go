package perceptron

// A tagger gives each word one of a list of tags, from left to right, each
// seeing the tags before it. A tag is the universal one with the finer
// one of the Penn Treebank, which tells verb forms apart: "VERB VBD".
type tagger struct {
	scorer
	lexicon lexicon
	tags    int
}

const taggerFeatures = 48

// Values that stand for positions outside of the sentence.
var outside = word{form: 1, lower: 1, shape: 1}

const noTag = 255

// wordAt gives the word at i, or the one that stands for the outside.
func wordAt(ws []word, i int) *word {
	if i < 0 || i >= len(ws) {
		return &outside
	}
	return &ws[i]
}

// tagging is the work space for one sentence.
type tagging struct {
	words    []word
	classes  []uint64
	tags     []uint8
	features []feature
	scores   []int32
}

func (t *tagger) begin(ws []word) *tagging {
	g := &tagging{
		words: ws, classes: make([]uint64, len(ws)), tags: make([]uint8, len(ws)),
		features: make([]feature, 0, taggerFeatures), scores: make([]int32, t.tags),
	}
	for i := range ws {
		g.classes[i] = t.lexicon.class(ws[i].lower)
	}
	return g
}

// tag gives the numbers of the tags of a sentence.
func (t *tagger) tag(ws []word) []uint8 {
	g := t.begin(ws)
	for i := range ws {
		g.extract(i)
		t.score(g.scores, g.features)
		g.tags[i] = uint8(best(g.scores))
	}
	return g.tags
}

func best(scores []int32) int {
	b := 0
	for c, s := range scores {
		if s > scores[b] {
			b = c
		}
	}
	return b
}

func (g *tagging) class(i int) uint64 {
	if i < 0 || i >= len(g.classes) {
		return 1 << 20
	}
	return g.classes[i]
}

func (g *tagging) tagAt(i int) uint64 {
	if i < 0 {
		return noTag
	}
	return uint64(g.tags[i])
}

// extract computes the features of word i.
func (g *tagging) extract(i int) {
	w := &g.words[i]
	w1, w2 := wordAt(g.words, i-1), wordAt(g.words, i-2)
	n1, n2 := wordAt(g.words, i+1), wordAt(g.words, i+2)
	t1, t2 := g.tagAt(i-1), g.tagAt(i-2)
	c, c1, d1, d2 := g.class(i), g.class(i-1), g.class(i+1), g.class(i+2)
	start := uint64(0)
	if i == 0 {
		start = 1
	}
	g.features = append(g.features[:0],
		feature1(0, 0),
		feature1(1, w.lower),
		feature1(2, w.form),
		feature1(3, w.suffix[0]),
		feature1(4, w.suffix[1]),
		feature1(5, w.suffix[2]),
		feature1(6, w.suffix[3]),
		feature1(7, w.prefix[0]),
		feature1(8, w.prefix[1]),
		feature1(9, w.prefix[2]),
		feature2(10, w.shape, start),
		feature1(11, t1),
		feature2(12, t1, t2),
		feature1(13, w1.lower),
		feature1(14, n1.lower),
		feature1(15, w2.lower),
		feature1(16, n2.lower),
		feature2(17, w1.lower, w.lower),
		feature2(18, w.lower, n1.lower),
		feature2(19, t1, w.lower),
		feature1(20, w1.suffix[2]),
		feature1(21, n1.suffix[2]),
		feature1(22, n2.suffix[2]),
		feature2(23, w.shape, n1.shape),
		feature2(24, w.shape, w1.shape),
		feature1(25, c),
		feature1(26, d1),
		feature1(27, d2),
		feature2(28, t1, c),
		feature2(29, c, d1),
		feature3(30, t1, c, d1),
		feature3(31, t1, t2, c),
		feature3(32, t1, w.lower, d1),
		feature2(33, w1.lower, n1.lower),
		feature2(34, d1, d2),
		feature3(35, c, d1, d2),
		feature2(36, w.suffix[2], t1),
		feature2(37, w.suffix[2], d1),
		feature2(38, w.suffix[1], n1.suffix[1]),
		feature2(39, w.traits, w.suffix[2]),
		feature2(40, c1, w.shape),
		feature3(41, w1.lower, w.lower, n1.lower),
		feature3(42, w2.lower, w1.lower, w.lower),
		feature2(43, w.lower, d1),
		feature2(44, t1, n1.lower),
		feature2(45, w.shape, t1),
	)
}
