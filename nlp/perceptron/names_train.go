package perceptron

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// A NamedSentence is the forms and universal tags of a sentence with its names,
// which do not overlap.
type NamedSentence struct {
	Forms []string
	Tags  []string
	Names []NameSpan // scores are not looked at
}

// nameTypes are the types of names in the order of their labels.
var nameTypes = []string{"PER", "ORG", "LOC", "MISC"}

// goldLabels gives the labels of a sentence's names.
func goldLabels(s *NamedSentence) []uint8 {
	out := make([]uint8, len(s.Forms))
	for _, n := range s.Names {
		kind := slices.Index(nameTypes, n.Type)
		if kind < 0 {
			continue
		}
		for i := n.First; i < n.Last; i++ {
			part := inner
			switch {
			case n.Last-n.First == 1:
				part = single
			case i == n.First:
				part = first
			case i == n.Last-1:
				part = last
			}
			out[i] = uint8(label(kind, part))
		}
	}
	return out
}

// namesLearner is a learner for the weights of features and for the transitions.
type namesLearner struct {
	*learner
	namer namer
	lag   []float64 // of the transitions
}

// NamesTraining says how to train the namer.
type NamesTraining struct {
	Passes       int
	LeastUpdates int // features that training touched fewer times are dropped
	DomainWeight int // how often a sentence of the domain counts
	Known        []KnownName
	Progress     func(string) // told what is done; may be nil
}

// margin is by how much, in units of one update, a right label must win in training.
const margin = 20

// TrainNames trains the namer on sentences of all kinds together with those of
// the domain that it is meant for, and gives the bytes of a model file: the same
// ones for the same sentences. How sure the model may be is found by a model
// that has not seen the domain, on the domain: it will read texts it has not
// seen either.
func TrainNames(general, domain []NamedSentence, t NamesTraining) []byte {
	say := func(s string) {
		if t.Progress != nil {
			t.Progress(s)
		}
	}
	known := lexicon{packKnown(t.Known)}
	stranger := trainNamer(general, known, t, 7)
	say("names: model for calibration")
	spread := stranger.calibrate(domain, known)
	all := slices.Clone(general)
	for range t.DomainWeight {
		all = append(all, domain...)
	}
	n := trainNamer(all, known, t, 7)
	say("names")
	return packSections([]section{
		{"types", packList(nameTypes)},
		{"transitions", packNumbers(append([]int32{spread}, n.transitions...))},
		{"known", known.slots},
		{"weights", n.packed},
	})
}

// A trainedNamer is a namer with its packed weights.
type trainedNamer struct {
	namer
	packed []byte
}

func trainNamer(sentences []NamedSentence, known lexicon, t NamesTraining, seed uint64) *trainedNamer {
	l := &namesLearner{namer: namer{types: nameTypes, known: known}}
	labels := l.namer.labels()
	l.learner = newLearner(labels)
	l.namer.scorer = l.learner
	l.namer.transitions = make([]int32, (labels+1)*labels)
	l.lag = make([]float64, len(l.namer.transitions))
	l.namer.spread = codeScale
	l.namer.prepare()
	draw := random(seed)
	order := make([]int, len(sentences))
	gold := make([][]uint8, len(sentences))
	namings := make([]*naming, len(sentences))
	for i := range sentences {
		order[i], gold[i] = i, goldLabels(&sentences[i])
		namings[i] = sentences[i].naming(known)
	}
	for range t.Passes {
		draw.shuffle(order)
		for _, at := range order {
			g := namings[at]
			scores := l.namer.lattice(g)
			for i := range scores.n {
				for b := range scores.labels {
					if b != int(gold[at][i]) {
						scores.row(i)[b] += margin
					}
				}
			}
			l.correct(g, gold[at], l.namer.decode(scores))
			l.step++
		}
	}
	return l.finish(t.LeastUpdates)
}

func (s *NamedSentence) naming(known lexicon) *naming {
	return newNaming(words(s.Forms, sentenceCase(s.Forms)), tagNumbers(s.Tags), known)
}

// finish averages the weights and packs them.
func (l *namesLearner) finish(leastUpdates int) *trainedNamer {
	n := &trainedNamer{namer: l.namer, packed: l.pack(pruning{updates: int32(leastUpdates), weight: 0.05})}
	w, err := readWeights(n.packed)
	if err != nil {
		panic("perceptron: weights just packed cannot be read: " + err.Error())
	}
	n.scorer = w
	n.transitions = make([]int32, len(l.lag))
	for k, weight := range l.namer.transitions {
		average := float64(weight) - l.lag[k]/float64(max(1, l.step))
		n.transitions[k] = int32(math.Round(average * codeScale))
	}
	return n
}

// calibrate gives the spread with which the scores of the names found are the
// likeliest, given which of them are right.
func (n *trainedNamer) calibrate(sentences []NamedSentence, known lexicon) int32 {
	best, least := int32(codeScale), math.Inf(1)
	for spread := int32(codeScale); spread <= 128*codeScale; spread += spread / 4 {
		n.spread = float64(spread)
		n.prepare()
		loss := 0.0
		for i := range sentences {
			s := &sentences[i]
			for _, span := range n.findIn(s.naming(known)) {
				p := min(max(span.Score, 0.001), 0.999)
				if !slices.ContainsFunc(s.Names, func(g NameSpan) bool {
					return g.First == span.First && g.Last == span.Last && g.Type == span.Type
				}) {
					p = 1 - p
				}
				loss -= math.Log(p)
			}
		}
		if loss < least {
			best, least = spread, loss
		}
	}
	return best
}

// correct moves the weights from the guessed labels to the right ones.
func (l *namesLearner) correct(g *naming, gold, guess []uint8) {
	before, guessed := -1, -1
	for i := range gold {
		right, wrong := int(gold[i]), int(guess[i])
		if right != wrong {
			g.extract(i)
			l.update(g.features, right, 1)
			l.update(g.features, wrong, -1)
		}
		if right != wrong || before != guessed {
			l.move(before, right, 1)
			l.move(guessed, wrong, -1)
		}
		before, guessed = right, wrong
	}
}

func (l *namesLearner) move(a, b int, delta int32) {
	if a < 0 {
		a = l.classes
	}
	k := a*l.classes + b
	l.namer.transitions[k] += delta
	l.lag[k] += float64(delta) * float64(l.step)
}

func packNumbers(list []int32) []byte {
	var data []byte
	for _, v := range list {
		data = binary.LittleEndian.AppendUint32(data, uint32(v))
	}
	return data
}

func readNumbers(data []byte, n int) ([]int32, error) {
	if len(data) != 4*n {
		return nil, errors.New("not as many numbers as there must be")
	}
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return out, nil
}

// A KnownName is a name from a list, as its tokens, with the list's kind (1 to 255).
type KnownName struct {
	Forms []string
	Kind  int
}

// packKnown keeps for each name the kind that comes first.
func packKnown(names []KnownName) []byte {
	seen := make(map[uint64]bool)
	var entries []lexiconEntry
	for _, n := range names {
		if len(n.Forms) == 0 || len(n.Forms) > longestKnown {
			continue
		}
		h := uint64(0)
		for _, w := range words(n.Forms, plainCase) {
			h = phrase(h, w.lower)
		}
		if !seen[h] {
			seen[h] = true
			entries = append(entries, lexiconEntry{h, uint16(n.Kind)})
		}
	}
	slices.SortFunc(entries, func(a, b lexiconEntry) int { return cmp.Compare(a.word, b.word) })
	return packEntries(entries)
}
