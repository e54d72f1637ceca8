package perceptron

import (
	"fmt"
	"math"
	"strings"
)

// A NameSpan is a name found in a sentence: its tokens [First, Last), its type (PER, ORG,
// LOC or MISC) and how sure the model is, as a probability.
type NameSpan struct {
	First, Last int
	Type        string
	Score       float64
}

// A namer finds names with a label for each token (first, inner, last token of a
// name of a type, single-token name, or none) and the best sequence of labels
// (structured averaged perceptron, Collins 2002).
type namer struct {
	scorer
	known       lexicon // names known from lists, with their kinds
	types       []string
	transitions []int32 // label × label, and from the start of the sentence as the last row
	spread      float64 // units of score that make one unit of log odds
}

// Labels: none, then for each type those of its tokens.
const (
	noName = 0
	single = iota
	first
	inner
	last
	labelsPerType = 4
)

func (n *namer) labels() int { return 1 + labelsPerType*len(n.types) }

func label(kind, part int) int { return labelsPerType*kind + part }

func labelType(l int) int { return (l - 1) / labelsPerType }
func labelPart(l int) int {
	if l == noName {
		return noName
	}
	return (l-1)%labelsPerType + 1
}

// follows reports whether label b may stand after label a; a is -1 at the start
// of a sentence, b at its end.
func follows(a, b int) bool {
	open := a >= 0 && (labelPart(a) == first || labelPart(a) == inner)
	continues := b >= 0 && (labelPart(b) == inner || labelPart(b) == last)
	if open || continues {
		return open && continues && labelType(a) == labelType(b)
	}
	return true
}

// A lattice is the scores of one sentence: tokens × labels.
type lattice struct {
	n, labels int
	scores    []int32
}

func (t *lattice) row(i int) []int32 { return t.scores[i*t.labels : (i+1)*t.labels] }

func (n *namer) lattice(g *naming) *lattice {
	t := &lattice{n: len(g.words), labels: n.labels(), scores: make([]int32, len(g.words)*n.labels())}
	for i := range t.n {
		g.extract(i)
		n.score(t.row(i), g.features)
	}
	return t
}

// step gives the transition's score, at the start of the sentence when a is -1.
func (n *namer) step(a, b int) int32 {
	if a < 0 {
		a = n.labels()
	}
	return n.transitions[a*n.labels()+b]
}

const impossible = math.MinInt32 / 2

// decode gives the best sequence of labels (Viterbi).
func (n *namer) decode(t *lattice) []uint8 {
	if t.n == 0 {
		return nil
	}
	here, before := make([]int32, t.labels), make([]int32, t.labels)
	back := make([]uint8, t.n*t.labels)
	for b := range here {
		here[b] = impossible
		if follows(-1, b) {
			here[b] = t.row(0)[b] + n.step(-1, b)
		}
	}
	for i := 1; i < t.n; i++ {
		here, before = before, here
		for b := range here {
			here[b] = impossible
			for a, s := range before {
				if s == impossible || !follows(a, b) {
					continue
				}
				if s += n.step(a, b) + t.row(i)[b]; s > here[b] {
					here[b], back[i*t.labels+b] = s, uint8(a)
				}
			}
		}
	}
	choice := noName
	for b, s := range here {
		if s > here[choice] && follows(b, -1) {
			choice = b
		}
	}
	out := make([]uint8, t.n)
	for i := t.n - 1; i >= 0; i-- {
		out[i] = uint8(choice)
		choice = int(back[i*t.labels+choice])
	}
	return out
}

// spans turns labels into spans.
func (n *namer) spans(labels []uint8) []NameSpan {
	var out []NameSpan
	start := 0
	for i, l := range labels {
		switch labelPart(int(l)) {
		case first:
			start = i
		case single:
			out = append(out, NameSpan{First: i, Last: i + 1, Type: n.types[labelType(int(l))]})
		case last:
			out = append(out, NameSpan{First: start, Last: i + 1, Type: n.types[labelType(int(l))]})
		}
	}
	return out
}

// chances are the probabilities of all paths through a lattice, taken as a
// linear-chain model whose scores are divided by the namer's spread.
type chances struct {
	n            *namer
	t            *lattice
	ahead, after []float64 // logarithms, tokens × labels
	total        float64
}

func (n *namer) chances(t *lattice) *chances {
	c := &chances{n: n, t: t, ahead: make([]float64, len(t.scores)), after: make([]float64, len(t.scores))}
	terms := make([]float64, 0, t.labels)
	for i := range t.n {
		for b := range t.labels {
			terms = terms[:0]
			if i == 0 && follows(-1, b) {
				terms = append(terms, c.edge(0, -1, b))
			}
			for a := 0; i > 0 && a < t.labels; a++ {
				if follows(a, b) {
					terms = append(terms, c.ahead[(i-1)*t.labels+a]+c.edge(i, a, b))
				}
			}
			c.ahead[i*t.labels+b] = logSum(terms)
		}
	}
	for i := t.n - 1; i >= 0; i-- {
		for a := range t.labels {
			terms = terms[:0]
			if i == t.n-1 && follows(a, -1) {
				terms = append(terms, 0)
			}
			for b := 0; i < t.n-1 && b < t.labels; b++ {
				if follows(a, b) {
					terms = append(terms, c.after[(i+1)*t.labels+b]+c.edge(i+1, a, b))
				}
			}
			c.after[i*t.labels+a] = logSum(terms)
		}
	}
	terms = terms[:0]
	for b := range t.labels {
		if follows(b, -1) {
			terms = append(terms, c.ahead[(t.n-1)*t.labels+b])
		}
	}
	c.total = logSum(terms)
	return c
}

// edge is the weight of going from label a to label b at token i.
func (c *chances) edge(i, a, b int) float64 {
	return float64(c.n.step(a, b)+c.t.row(i)[b]) / c.n.spread
}

// span gives the probability that just these tokens are a name of the type.
func (c *chances) span(labels []uint8, s NameSpan) float64 {
	at := func(i int) int { return i*c.t.labels + int(labels[i]) }
	sum := c.ahead[at(s.First)]
	for i := s.First + 1; i < s.Last; i++ {
		sum += c.edge(i, int(labels[i-1]), int(labels[i]))
	}
	return math.Exp(min(0, sum+c.after[at(s.Last-1)]-c.total))
}

func logSum(terms []float64) float64 {
	if len(terms) == 0 {
		return math.Inf(-1)
	}
	top := terms[0]
	for _, t := range terms {
		top = max(top, t)
	}
	if math.IsInf(top, -1) {
		return top
	}
	sum := 0.0
	for _, t := range terms {
		sum += math.Exp(t - top)
	}
	return top + math.Log(sum)
}

// findIn gives the names of a sentence with their scores.
func (n *namer) findIn(g *naming) []NameSpan {
	t := n.lattice(g)
	labels := n.decode(t)
	spans := n.spans(labels)
	if len(spans) == 0 {
		return nil
	}
	c := n.chances(t)
	for i := range spans {
		spans[i].Score = c.span(labels, spans[i])
	}
	return spans
}

func readNamer(data []byte) (*namer, error) {
	sections, err := readSections(data)
	if err != nil {
		return nil, err
	}
	n := &namer{types: readList(sections["types"])}
	w, err := readWeights(sections["weights"])
	if err != nil {
		return nil, err
	}
	if w.classes != n.labels() {
		return nil, fmt.Errorf("weights for %d labels, types for %d", w.classes, n.labels())
	}
	n.scorer = w
	if n.known, err = readLexicon(sections["known"]); err != nil {
		return nil, fmt.Errorf("known names: %w", err)
	}
	numbers, err := readNumbers(sections["transitions"], (n.labels()+1)*n.labels()+1)
	if err != nil {
		return nil, fmt.Errorf("transitions: %w", err)
	}
	n.transitions, n.spread = numbers[1:], math.Max(1, float64(numbers[0]))
	return n, nil
}

// universalTags are the tags of Universal Dependencies, in the order of their numbers as features.
var universalTags = strings.Fields("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X")

func tagNumbers(tags []string) []uint8 {
	out := make([]uint8, len(tags))
	for i, t := range tags {
		out[i] = noTag
		for k, u := range universalTags {
			if t == u {
				out[i] = uint8(k)
			}
		}
	}
	return out
}
