package main

import (
	"context"
	"slices"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/score"
)

// What is learned on our own articles can be trusted on one that it was not
// learned on, and is learned again to the byte.
func TestCalibrate(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the articles")
	}
	texts, err := score.Texts("../../nlp/testdata/articles")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := readCases(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	var unseen []score.Judged
	for i := range texts {
		own, others := split(cases, i)
		unseen = append(unseen, judge(own, learn(others))...)
	}
	for _, r := range score.Reliabilities(unseen) {
		share := float64(r.Right) / float64(r.Count)
		if r.Brier > share*(1-share)+0.05 || r.Count >= 200 && r.ECE > 0.15 {
			t.Errorf("%s: expected calibration error %.3f, Brier score %.3f with %.3f right", r.Kind, r.ECE, r.Brier, share)
		}
	}
	if learn(cases).String() != learn(slices.Clone(cases)).String() {
		t.Error("learning again gave other weights")
	}
}

// A sign that goes with wrong readings weighs against them, one that goes with right ones for them.
func TestLearn(t *testing.T) {
	var cases []readingCase
	for i := range 40 {
		sign := []string{"good", "bad"}[i%2]
		cases = append(cases, readingCase{nlp.Reading{Kind: nlp.ReadEvent, Signs: []string{"any event", sign}}, 0, (i%2 == 0) != (i%10 < 2)})
	}
	w := learn(cases)
	good := w.Confidence(nlp.Reading{Kind: nlp.ReadEvent, Signs: []string{"any event", "good"}})
	bad := w.Confidence(nlp.Reading{Kind: nlp.ReadEvent, Signs: []string{"any event", "bad"}})
	if good < 0.65 || good > 0.85 || bad < 0.15 || bad > 0.35 {
		t.Errorf("of four in five right: %.2f; of one in five right: %.2f", good, bad)
	}
}
