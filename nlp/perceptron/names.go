package perceptron

import (
	"fmt"
	"math"
	"slices"
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

	before  [][]uint8 // for each label, those that may stand before it
	weights []float64 // transitions as factors of probability, 0 for those that may not be
}

// prepare fills in what follows from the other fields.
func (n *namer) prepare() {
	labels := n.labels()
	n.before = make([][]uint8, labels)
	n.weights = make([]float64, (labels+1)*labels)
	for b := range labels {
		for a := range labels {
			if follows(a, b) {
				n.before[b] = append(n.before[b], uint8(a))
				n.weights[a*labels+b] = math.Exp(float64(n.step(a, b)) / n.spread)
			}
		}
		if follows(-1, b) {
			n.weights[labels*labels+b] = math.Exp(float64(n.step(-1, b)) / n.spread)
		}
	}
}

// weight is the factor of a transition, at the start of the sentence when a is -1.
func (n *namer) weight(a, b int) float64 {
	if a < 0 {
		a = n.labels()
	}
	return n.weights[a*n.labels()+b]
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
			for _, a := range n.before[b] {
				if s := before[a] + n.step(int(a), b); s > here[b] {
					here[b], back[i*t.labels+b] = s, a
				}
			}
			here[b] = max(impossible, here[b]+t.row(i)[b])
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
// linear-chain model whose scores are divided by the namer's spread. They are
// scaled at each token so that they do not vanish (Rabiner 1989).
type chances struct {
	n     *namer
	t     *lattice
	odds  []float64 // of the labels by their scores alone, tokens × labels
	ahead []float64 // of ending in a label, given the tokens so far; tokens × labels
	after []float64 // of the tokens that follow
	scale []float64 // by token
	total float64
}

func (n *namer) chances(t *lattice) *chances {
	size := len(t.scores)
	room := make([]float64, 3*size+t.n)
	c := &chances{n: n, t: t, odds: room[:size], ahead: room[size : 2*size], after: room[2*size : 3*size], scale: room[3*size:]}
	for i := range t.n {
		top := slices.Max(t.row(i))
		for b, s := range t.row(i) {
			c.odds[i*t.labels+b] = math.Exp(float64(s-top) / n.spread)
		}
	}
	c.forward()
	c.backward()
	return c
}

func (c *chances) forward() {
	labels := c.t.labels
	for i := range c.t.n {
		here, sum := c.ahead[i*labels:(i+1)*labels], 0.0
		for b := range here {
			if i == 0 {
				here[b] = c.n.weight(-1, b)
			} else {
				for _, a := range c.n.before[b] {
					here[b] += c.ahead[(i-1)*labels+int(a)] * c.n.weight(int(a), b)
				}
			}
			here[b] *= c.odds[i*labels+b]
			sum += here[b]
		}
		c.scale[i] = max(sum, math.SmallestNonzeroFloat64)
		for b := range here {
			here[b] /= c.scale[i]
		}
	}
	for b, p := range c.ahead[(c.t.n-1)*labels:] {
		if follows(b, -1) {
			c.total += p
		}
	}
}

func (c *chances) backward() {
	labels, last := c.t.labels, c.t.n-1
	for a := range labels {
		if follows(a, -1) {
			c.after[last*labels+a] = 1
		}
	}
	for i := last; i > 0; i-- {
		for b := range labels {
			p := c.after[i*labels+b] * c.odds[i*labels+b] / c.scale[i]
			for _, a := range c.n.before[b] {
				c.after[(i-1)*labels+int(a)] += c.n.weight(int(a), b) * p
			}
		}
	}
}

// span gives the probability that just these tokens are a name of the type.
func (c *chances) span(path []uint8, s NameSpan) float64 {
	at := func(i int) int { return i*c.t.labels + int(path[i]) }
	p := c.ahead[at(s.First)]
	for i := s.First + 1; i < s.Last; i++ {
		p *= c.n.weight(int(path[i-1]), int(path[i])) * c.odds[at(i)] / c.scale[i]
	}
	return min(1, p*c.after[at(s.Last-1)]/max(c.total, math.SmallestNonzeroFloat64))
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
	n.prepare()
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
