package perceptron

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// grammar makes sentences of a small language: a subject with adjectives, a verb, an
// object with a prepositional phrase.
func grammar(n int, seed uint64) []Sentence {
	draw := random(seed)
	pick := func(list ...string) string { return list[draw.below(len(list))] }
	var out []Sentence
	for range n {
		var s Sentence
		add := func(form, tag, fine, lemma string, head int, relation string) int {
			s.Forms = append(s.Forms, form)
			s.Words = append(s.Words, Annotation{Tag: tag, Fine: fine, Lemma: lemma, Head: head, Relation: relation})
			return len(s.Forms) - 1
		}
		phrase := func() int {
			first := add(pick("the", "a"), "DET", "DT", "the", 0, "det")
			for range draw.below(3) {
				add(pick("old", "new", "northern"), "ADJ", "JJ", "old", 0, "amod")
			}
			noun := pick("port", "river", "envoy", "treaty")
			last := add(noun+"s", "NOUN", "NNS", noun, 0, "")
			for i := first; i < last; i++ {
				s.Words[i].Head = last
			}
			return last
		}
		subject := phrase()
		verb := add(pick("crossed", "opened", "signed"), "VERB", "VBD", "cross", -1, "root")
		s.Words[subject].Head, s.Words[subject].Relation = verb, "nsubj"
		object := phrase()
		s.Words[object].Head, s.Words[object].Relation = verb, "obj"
		if draw.below(2) == 0 {
			in := add("in", "ADP", "IN", "in", 0, "case")
			place := phrase()
			s.Words[in].Head = place
			s.Words[place].Head, s.Words[place].Relation = object, "nmod"
		}
		add(".", "PUNCT", ".", ".", verb, "punct")
		out = append(out, s)
	}
	return out
}

var small = Training{TaggerPasses: 3, ParserPasses: 4, TaggerUpdates: 1, ParserUpdates: 1}

func smallModels(t *testing.T) *Models {
	t.Helper()
	m, err := Read(TrainSyntax(grammar(200, 1), small), nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTrainingIsRepeatable(t *testing.T) {
	a, b := TrainSyntax(grammar(120, 1), small), TrainSyntax(grammar(120, 1), small)
	if !bytes.Equal(a, b) {
		t.Error("two trainings on the same sentences gave different bytes")
	}
}

func TestSmallLanguageIsLearned(t *testing.T) {
	m := smallModels(t)
	wrong, n := 0, 0
	for _, s := range grammar(100, 2) {
		for i, a := range m.Annotate(s.Forms) {
			n++
			if a.Head != s.Words[i].Head || a.Relation != s.Words[i].Relation || a.Tag != s.Words[i].Tag {
				wrong++
			}
		}
	}
	if wrong*50 > n {
		t.Errorf("%d of %d tokens are wrong", wrong, n)
	}
}

// checkTree checks that there is one root, that every other token leads to it,
// and that no two arcs cross.
func checkTree(out []Annotation) error {
	roots := 0
	for i, a := range out {
		if a.Head == -1 {
			roots++
			if a.Relation != "root" {
				return fmt.Errorf("token %d is the root as %s", i, a.Relation)
			}
			continue
		}
		if a.Relation == "root" || a.Relation == "" || a.Tag == "" {
			return fmt.Errorf("token %d: %+v", i, a)
		}
		steps := 0
		for at := i; at != -1; at = out[at].Head {
			if at < 0 || at >= len(out) || steps > len(out) {
				return fmt.Errorf("token %d does not lead to the root", i)
			}
			steps++
		}
		low, high := min(i, a.Head), max(i, a.Head)
		for j := low + 1; j < high; j++ {
			if h := out[j].Head; h < low || h > high {
				return fmt.Errorf("the arcs of tokens %d and %d cross", i, j)
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d roots", roots)
	}
	return nil
}

func TestTreesAreTrees(t *testing.T) {
	embedded, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := strings.Fields(`the of to and in a is that for It was on be by with Minister minister
		envoy said , , . . : ; " “ ” ( ) - — 's n't not who which U.S.-led 2010-2015 Ürümqi NATO will would has have
		signed recalled treaty 5 % $ ? ! … 안녕 ОБСЕ é 😀`)
	draw := random(11)
	for _, m := range []*Models{embedded, smallModels(t)} {
		for range 400 {
			forms := make([]string, 1+draw.below(30))
			for i := range forms {
				forms[i] = vocabulary[draw.below(len(vocabulary))]
			}
			if err := checkTree(m.Annotate(forms)); err != nil {
				t.Fatalf("%q: %v", forms, err)
			}
		}
	}
}

func TestOddSentences(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	long := make([]string, 450)
	for i := range long {
		long[i] = strings.Fields("the envoy , who said that she left ,")[i%9]
	}
	for _, forms := range [][]string{{}, {"Signed"}, {"."}, {""}, {"", ""}, {"\xff\xfe", "x"}, {strings.Repeat("ж", 5000)}, long} {
		out := m.Annotate(forms)
		if len(out) != len(forms) {
			t.Fatalf("%d annotations for %d tokens", len(out), len(forms))
		}
		if len(forms) == 0 {
			continue
		}
		if err := checkTree(out); err != nil {
			t.Errorf("%.40q: %v", forms, err)
		}
	}
}

func TestAtOnce(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	forms := strings.Fields("The two ministers met in the capital and signed a treaty .")
	want := fmt.Sprint(m.Annotate(forms))
	results := make(chan string)
	for range 8 {
		go func() { results <- fmt.Sprint(m.Annotate(forms)) }()
	}
	for range 8 {
		if got := <-results; got != want {
			t.Errorf("at once: %s\nalone: %s", got, want)
		}
	}
}

func TestDamagedModelFile(t *testing.T) {
	whole := TrainSyntax(grammar(30, 1), small)
	for _, n := range []int{0, 5, len(magic), len(whole) / 2, len(whole) - 1} {
		if _, err := Read(whole[:n], nil); err == nil {
			t.Errorf("%d of %d bytes were read without an error", n, len(whole))
		}
	}
}
