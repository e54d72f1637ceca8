package perceptron

import (
	"math"
	"testing"
)

func TestWeightsRoundTrip(t *testing.T) {
	draw := random(3)
	var features []trained
	sums := make(map[feature][]float64)
	for range 3000 {
		f := trained{feature: draw.next()}
		sums[f.feature] = make([]float64, 40)
		for class := range 40 {
			if draw.below(8) == 0 {
				w := float64(draw.below(2000)-1000) / 37
				f.weights = append(f.weights, classWeight{uint8(class), w})
				sums[f.feature][class] = w
			}
		}
		features = append(features, f)
	}
	w, err := readWeights(packWeights(40, features))
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]int32, 40)
	for f, want := range sums {
		w.score(scores, []feature{f})
		for class, s := range scores {
			if got := float64(s) / codeScale; math.Abs(got-want[class]) > 0.05+math.Abs(want[class])*0.03 {
				t.Fatalf("weight %v of class %d is read as %v", want[class], class, got)
			}
		}
	}
	unseen := 0
	for range 3000 {
		w.score(scores, []feature{draw.next()})
		for _, s := range scores {
			if s != 0 {
				unseen++
				break
			}
		}
	}
	if unseen > 3 {
		t.Errorf("%d of 3000 unseen features have weights", unseen)
	}
}

func TestDamagedWeights(t *testing.T) {
	whole := packWeights(5, []trained{{7 << 40, []classWeight{{1, 2}, {4, -1}}}, {9 << 50, []classWeight{{0, 1}}}})
	for n := range whole {
		if w, err := readWeights(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes were read as %d classes", n, len(whole), w.classes)
		}
	}
	draw := random(1)
	scores := make([]int32, 5)
	for range 2000 {
		bad := append([]byte(nil), whole...)
		bad[draw.below(len(bad))] = byte(draw.next())
		if w, err := readWeights(bad); err == nil {
			w.score(scores[:min(w.classes, 5)], []feature{7 << 40, 9 << 50, draw.next()})
		}
	}
}

// The learner's averages are those of the weights after every step.
func TestLearnerAverages(t *testing.T) {
	l := newLearner(2)
	draw := random(5)
	sum, current := make(map[feature]float64), make(map[feature]float64)
	for range 500 {
		f := feature(1 + draw.below(90000)%7*1000003)
		if draw.below(2) == 0 {
			l.update([]feature{f}, 1, 1)
			current[f]++
		}
		l.step++
		for k, v := range current {
			sum[k] += v
		}
	}
	for _, r := range l.rows {
		average := float64(r.cells[0].weight) - r.cells[0].lag/float64(l.step)
		if want := sum[r.key] / float64(l.step); math.Abs(average-want) > 1e-9 {
			t.Errorf("average %v, want %v", average, want)
		}
	}
}
