package graphtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
)

// CheckText compares what a dataset finds by words with what reading all its literals finds.
func CheckText(t testing.TB, d graph.Dataset, queries ...string) {
	t.Helper()
	for _, query := range queries {
		got, err := graph.FindText(t.Context(), d, query, 0)
		if err != nil {
			t.Fatal(err)
		}
		want, err := graph.FindText(t.Context(), struct{ graph.Dataset }{d}, query, 0) // which hides an index
		if err != nil {
			t.Fatal(err)
		}
		scores := map[graph.ID]float64{}
		for _, hit := range want {
			scores[hit.ID] = hit.Score
		}
		for _, hit := range got {
			if score, ok := scores[hit.ID]; !ok || math.Abs(score-hit.Score) > 1e-9 {
				t.Errorf("%q finds %d with score %g, want %g (%t)", query, hit.ID, hit.Score, score, ok)
			}
			delete(scores, hit.ID)
		}
		if len(scores) > 0 || len(got) != len(want) {
			t.Errorf("%q finds %d literals, want %d", query, len(got), len(want))
		}
	}
}

// testTexts changes literals at random, and searches in the newest view and in an older one.
func testTexts(t *testing.T, s graph.Store) {
	r := rand.New(rand.NewPCG(5, 6))
	vocabulary := strings.Fields("Armenia ARMENIAN arménie summit summits talks and and and the the Łódź 中国 G7")
	queries := []string{"armen*", "armenie", "and the", "the and summit*", "s* t* a*", "lodz", "中", "g7 talks", "nothing and", "*"}
	random := func() graph.Quad {
		var words []string
		for range 1 + r.IntN(6) {
			words = append(words, vocabulary[r.IntN(len(vocabulary))])
		}
		q := graph.Quad{
			Subject: graph.IRI(fmt.Sprint("s", r.IntN(5))), Predicate: graph.IRI("p"), Object: graph.String(strings.Join(words, " ")),
			Graph: graph.IRI(fmt.Sprint("g", r.IntN(4))),
		}
		switch r.IntN(4) {
		case 0:
			q.Object.Language = "en"
		case 1:
			q.Object.Datatype = "http://example.org/type"
		}
		return q
	}
	var there []graph.Quad
	older := view(t, s)
	for step := range 30 {
		var c graph.Change
		for range r.IntN(12) {
			q := random()
			c.Add = append(c.Add, q)
			there = append(there, q)
		}
		for range r.IntN(12) {
			if len(there) > 0 {
				c.Remove = append(c.Remove, there[r.IntN(len(there))])
			}
		}
		if step%10 == 9 {
			c.DropGraphs = []graph.Term{graph.IRI("g1")}
		}
		apply(t, s, c)
		CheckText(t, view(t, s), queries...)
		CheckText(t, older, queries...)
		if step%7 == 0 {
			older = view(t, s)
		}
	}
}
