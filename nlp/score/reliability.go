package score

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// A Reliability tells how far confidence can be trusted: of readings with a
// confidence of 0.8, four in five should be right.
type Reliability struct {
	Kind    string   `json:"kind"`
	Count   int      `json:"count"`
	Right   int      `json:"right"`
	Brier   float64  `json:"brier"` // mean of the squared difference between confidence and 1 for right, 0 for wrong
	ECE     float64  `json:"ece"`   // expected calibration error: mean over readings of how far their bucket's confidence lies from its share right
	Buckets []Bucket `json:"buckets"`
}

// A Bucket holds readings of like confidence, from a tenth of 1 up to the next.
type Bucket struct {
	From       float64 `json:"from"`
	Count      int     `json:"count"`
	Right      int     `json:"right"`
	Confidence float64 `json:"confidence"` // their mean
}

// Reliabilities tells of each kind of reading, in the order in which they are read, how far its confidence can be trusted.
func Reliabilities(judged []Judged) []Reliability {
	var out []Reliability
	for _, kind := range []string{nlp.ReadMention, nlp.ReadTenure, nlp.ReadRelation, nlp.ReadEvent} {
		r := Reliability{Kind: kind}
		buckets := make([]Bucket, 10)
		for i := range buckets {
			buckets[i].From = float64(i) / 10
		}
		for _, j := range judged {
			if j.Kind != kind {
				continue
			}
			b := &buckets[min(int(j.Confidence*10), 9)]
			b.Count++
			b.Confidence += j.Confidence
			r.Count++
			hit := 0.0
			if j.Right {
				b.Right++
				r.Right++
				hit = 1
			}
			r.Brier += (j.Confidence - hit) * (j.Confidence - hit)
		}
		if r.Count == 0 {
			continue
		}
		r.Brier /= float64(r.Count)
		for i := range buckets {
			b := &buckets[i]
			if b.Count == 0 {
				continue
			}
			r.ECE += math.Abs(b.Confidence-float64(b.Right)) / float64(r.Count)
			b.Confidence /= float64(b.Count)
		}
		r.Buckets = slices.DeleteFunc(buckets, func(b Bucket) bool { return b.Count == 0 })
		out = append(out, r)
	}
	return out
}

// ReliabilityTable shows how far confidence can be trusted, a line for each kind and below it one for each bucket.
func ReliabilityTable(list []Reliability) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%-18s %6s %7s %7s %7s %7s\n", "confidence", "count", "said", "right", "brier", "ece")
	for _, r := range list {
		said := 0.0
		for _, b := range r.Buckets {
			said += b.Confidence * float64(b.Count)
		}
		fmt.Fprintf(&out, "%-18s %6d %7.3f %7.3f %7.3f %7.3f\n", r.Kind, r.Count, said/float64(r.Count), float64(r.Right)/float64(r.Count), r.Brier, r.ECE)
		for _, b := range r.Buckets {
			fmt.Fprintf(&out, "  %.1f to %.1f       %6d %7.3f %7.3f\n", b.From, b.From+0.1, b.Count, b.Confidence, float64(b.Right)/float64(b.Count))
		}
	}
	return out.String()
}
