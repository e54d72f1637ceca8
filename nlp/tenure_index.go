package nlp

import (
	"slices"
	"strings"
)

// tenureIndex finds the tenures of a document by who holds them, on whose
// behalf, and by the sentence that tells of them.
type tenureIndex struct {
	of       map[int][]int // person → tenures
	onBehalf map[int][]int // state or organization → tenures
	told     map[Span]int  // sentence → the last tenure entered that it is evidence of
	filled   map[post]int
}

// A post is a position of a state or organization; filled counts who holds it now.
type post struct {
	of    int
	title string // as titleKey gives it
}

// titleKey brings wordings that name the same position to one, as sameTitle does.
func titleKey(title string) string { return strings.Join(titleWords(title), " ") }

func newTenureIndex() tenureIndex {
	return tenureIndex{map[int][]int{}, map[int][]int{}, map[Span]int{}, map[post]int{}}
}

func indexTenures(tenures []Tenure) tenureIndex {
	x := newTenureIndex()
	for i := range tenures {
		x.enter(i, &tenures[i])
		for _, s := range tenures[i].Evidence {
			x.told[s] = max(x.told[s], i)
		}
	}
	for i, t := range tenures {
		x.onBehalf[t.Of] = append(x.onBehalf[t.Of], i)
	}
	return x
}

// enter lists a tenure under the person who holds it.
func (x tenureIndex) enter(i int, t *Tenure) {
	x.of[t.Person] = append(x.of[t.Person], i)
	x.fill(t, 1)
}

// give makes a state or organization the one on whose behalf a tenure is held.
func (x tenureIndex) give(t *Tenure, owner int) {
	x.fill(t, -1)
	t.Of = owner
	x.fill(t, 1)
}

func (x tenureIndex) fill(t *Tenure, by int) {
	if !t.Former && t.Of >= 0 {
		x.filled[post{t.Of, titleKey(t.Position)}] += by
	}
}

// see notes a sentence that tells of a tenure.
func (x tenureIndex) see(i int, sentence Span, t *Tenure) {
	if !slices.Contains(t.Evidence, sentence) {
		t.Evidence = append(t.Evidence, sentence)
	}
	x.told[sentence] = max(x.told[sentence], i)
}
