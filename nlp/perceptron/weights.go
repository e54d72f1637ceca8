package perceptron

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A scorer adds up the weights of features for every class.
type scorer interface {
	// score sets scores, one per class, to the sums over the features.
	score(scores []int32, features []feature)
}

// weights are the trained weights of a model, read in place from its packed
// form: nothing is built when they are loaded, so that the pages of the file
// which are never needed are never read.
//
//	classes   uint32
//	buckets   uint32
//	values    256 × int32        what a weight's code stands for
//	starts    (buckets+1) × uint32   offsets into records
//	records   per feature: lower 16 bits of its hash, number of weights (uint8), (class, code) × number
type weights struct {
	classes int
	buckets int
	values  [256]int32
	starts  []byte
	records []byte
}

const weightsHeader = 8 + 256*4

func readWeights(data []byte) (*weights, error) {
	if len(data) < weightsHeader {
		return nil, errors.New("weights are cut short")
	}
	w := &weights{classes: int(binary.LittleEndian.Uint32(data)), buckets: int(binary.LittleEndian.Uint32(data[4:]))}
	for i := range w.values {
		w.values[i] = int32(binary.LittleEndian.Uint32(data[8+4*i:]))
	}
	data = data[weightsHeader:]
	if w.classes < 1 || w.classes > 256 || w.buckets < 1 || w.buckets > len(data)/4 || len(data) < 4*(w.buckets+1) {
		return nil, fmt.Errorf("weights have a bad header: %d classes, %d buckets", w.classes, w.buckets)
	}
	w.starts, w.records = data[:4*(w.buckets+1)], data[4*(w.buckets+1):]
	return w, w.check()
}

// check makes sure that no look-up leaves the data, however the file was damaged.
func (w *weights) check() error {
	at := 0
	for b := range w.buckets {
		start, end := w.bounds(b)
		if start != at || end < start || end > len(w.records) {
			return fmt.Errorf("weights: bucket %d lies at %d to %d of %d bytes", b, start, end, len(w.records))
		}
		at = end
	}
	if at != len(w.records) {
		return fmt.Errorf("weights: %d bytes after the last bucket", len(w.records)-at)
	}
	return nil
}

func (w *weights) bounds(b int) (int, int) {
	return int(binary.LittleEndian.Uint32(w.starts[4*b:])), int(binary.LittleEndian.Uint32(w.starts[4*b+4:]))
}

// atOnce is how many features are looked up together. Their first records are read
// before any is looked at, so that the processor waits for many lines of memory
// at a time instead of for one after the other.
const atOnce = 64

func (w *weights) score(scores []int32, features []feature) {
	clear(scores)
	var starts, ends [atOnce]int
	var sizes [atOnce]uint8
	for len(features) > 0 {
		some := features[:min(atOnce, len(features))]
		features = features[len(some):]
		for k, f := range some {
			starts[k], ends[k] = w.bounds(bucket(f, w.buckets))
		}
		for k := range some {
			if starts[k]+2 < ends[k] {
				sizes[k] = w.records[starts[k]+2]
			}
		}
		for k, f := range some {
			if starts[k] < ends[k] {
				w.add(scores, f, w.records[starts[k]:ends[k]], sizes[k])
			}
		}
	}
}

// add adds the weights of a feature that may be among the records of its bucket,
// of which the first has so many.
func (w *weights) add(scores []int32, f feature, records []byte, size uint8) {
	low, high := byte(f), byte(f>>8)
	for len(records) >= 3 {
		n := 3 + 2*int(size)
		if records[0] == low && records[1] == high && n <= len(records) {
			for r := records[3:n]; len(r) >= 2; r = r[2:] {
				if c := int(r[0]); c < len(scores) {
					scores[c] += w.values[r[1]]
				}
			}
			return
		}
		if records = records[min(n, len(records)):]; len(records) >= 3 {
			size = records[2]
		}
	}
}

// A trained feature is one with its weights that are not zero, by class.
type trained struct {
	feature
	weights []classWeight
}

type classWeight struct {
	class  uint8
	weight float64
}

// Weights are kept as codes of one byte: sign and magnitude on a scale that is
// finer for small weights, as most are.
const (
	codeBend  = 0.04 // each step is this much larger than the one before
	codeScale = 256  // fixed-point units of a score per unit of weight
)

func codeValues(largest float64) [256]float64 {
	var values [256]float64
	top := math.Pow(1+codeBend, 127) - 1
	for c := 1; c < 128; c++ {
		v := largest * (math.Pow(1+codeBend, float64(c)) - 1) / top
		values[c], values[256-c] = v, -v
	}
	return values
}

func packWeights(classes int, features []trained) []byte {
	largest := 0.0
	for _, f := range features {
		for _, cw := range f.weights {
			largest = max(largest, math.Abs(cw.weight))
		}
	}
	values := codeValues(largest)
	buckets := max(1, len(features)/2)
	slices.SortFunc(features, func(a, b trained) int {
		switch {
		case a.feature < b.feature:
			return -1
		case a.feature > b.feature:
			return 1
		}
		return 0
	})
	data := binary.LittleEndian.AppendUint32(nil, uint32(classes))
	data = binary.LittleEndian.AppendUint32(data, uint32(buckets))
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, uint32(int32(math.Round(v*codeScale))))
	}
	starts := make([]uint32, buckets+1)
	var records []byte
	at := 0
	for _, f := range features {
		for b := bucket(f.feature, buckets); at <= b; at++ {
			starts[at] = uint32(len(records))
		}
		n := len(records)
		records = append(records, byte(f.feature), byte(f.feature>>8), 0)
		for _, cw := range f.weights {
			if code := nearestCode(&values, cw.weight); code != 0 {
				records = append(records, cw.class, code)
				records[n+2]++
			}
		}
		if records[n+2] == 0 {
			records = records[:n]
		}
	}
	for ; at <= buckets; at++ {
		starts[at] = uint32(len(records))
	}
	for _, s := range starts {
		data = binary.LittleEndian.AppendUint32(data, s)
	}
	return append(data, records...)
}

func nearestCode(values *[256]float64, weight float64) byte {
	size := math.Abs(weight)
	code, _ := slices.BinarySearch(values[:128], size)
	code = min(code, 127)
	if code > 0 && size-values[code-1] < values[code]-size {
		code--
	}
	if weight < 0 {
		return byte(-code)
	}
	return byte(code)
}
