package perceptron

import "math"

// A learner holds the weights of a model while it is trained: an averaged
// perceptron (Freund and Schapire 1999; Collins 2002) whose rows hold only the
// classes that were ever updated.
type learner struct {
	classes int
	keys    []feature // open addressing; zero is free
	places  []int32   // index of the key's row
	rows    []row
	step    int32 // examples seen
}

type row struct {
	key     feature
	updates int32
	cells   []cell
}

// A cell is the weight of a feature for a class. Its average over all steps is
// (weight × steps − lag) / steps.
type cell struct {
	class  uint8
	weight int32
	lag    float64
}

func newLearner(classes int) *learner {
	const room = 1 << 16
	return &learner{classes: classes, keys: make([]feature, room), places: make([]int32, room)}
}

func (l *learner) find(f feature) int {
	mask := uint64(len(l.keys) - 1)
	i := f & mask
	for l.keys[i] != 0 && l.keys[i] != f {
		i = (i + 1) & mask
	}
	return int(i)
}

func (l *learner) score(scores []int32, features []feature) {
	clear(scores)
	for _, f := range features {
		i := l.find(f)
		if l.keys[i] == 0 {
			continue
		}
		for _, c := range l.rows[l.places[i]].cells {
			scores[c.class] += c.weight
		}
	}
}

// update adds delta to the weights of the features for a class.
func (l *learner) update(features []feature, class int, delta int32) {
	for _, f := range features {
		i := l.find(f)
		if l.keys[i] == 0 {
			if len(l.rows)*2 > len(l.keys) {
				l.grow()
				i = l.find(f)
			}
			l.keys[i], l.places[i] = f, int32(len(l.rows))
			l.rows = append(l.rows, row{key: f})
		}
		r := &l.rows[l.places[i]]
		r.updates++
		c := r.cell(uint8(class))
		c.weight += delta
		c.lag += float64(delta) * float64(l.step)
	}
}

func (r *row) cell(class uint8) *cell {
	for i := range r.cells {
		if r.cells[i].class == class {
			return &r.cells[i]
		}
	}
	r.cells = append(r.cells, cell{class: class})
	return &r.cells[len(r.cells)-1]
}

func (l *learner) grow() {
	l.keys = make([]feature, 2*len(l.keys))
	l.places = make([]int32, len(l.keys))
	for n := range l.rows {
		i := l.find(l.rows[n].key)
		l.keys[i], l.places[i] = l.rows[n].key, int32(n)
	}
}

// A pruning says which weights are worth keeping.
type pruning struct {
	updates int32   // features updated fewer times are dropped
	weight  float64 // averaged weights that are smaller are dropped
}

// pack gives the averaged weights in packed form.
func (l *learner) pack(p pruning) []byte {
	var kept []trained
	for _, r := range l.rows {
		if r.updates < p.updates {
			continue
		}
		t := trained{feature: r.key}
		for _, c := range r.cells {
			average := float64(c.weight) - c.lag/float64(max(1, l.step))
			if math.Abs(average) >= p.weight && average != 0 {
				t.weights = append(t.weights, classWeight{c.class, average})
			}
		}
		if len(t.weights) > 0 {
			kept = append(kept, t)
		}
	}
	return packWeights(l.classes, kept)
}
