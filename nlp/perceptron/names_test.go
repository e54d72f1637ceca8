package perceptron

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

// randomNamer has random weights for transitions; its lattices are random too.
func randomNamer(draw *random, types int) *namer {
	n := &namer{types: nameTypes[:types], spread: 300}
	n.transitions = make([]int32, (n.labels()+1)*n.labels())
	for i := range n.transitions {
		n.transitions[i] = int32(draw.below(2000) - 1000)
	}
	n.prepare()
	return n
}

// everySequence calls visit with each allowed sequence of labels and its score.
func everySequence(n *namer, t *lattice, visit func(labels []uint8, score int32)) {
	labels := make([]uint8, t.n)
	var extend func(i, before int, score int32)
	extend = func(i, before int, score int32) {
		if i == t.n {
			if follows(before, -1) {
				visit(labels, score)
			}
			return
		}
		for b := range t.labels {
			if follows(before, b) {
				labels[i] = uint8(b)
				extend(i+1, b, score+t.row(i)[b]+n.step(before, b))
			}
		}
	}
	extend(0, -1, 0)
}

// Decoding and probabilities are those of trying all sequences.
func TestDecodeAgainstEverySequence(t *testing.T) {
	draw := random(9)
	for range 40 {
		n := randomNamer(&draw, 1+draw.below(2))
		l := &lattice{n: 1 + draw.below(5), labels: n.labels()}
		l.scores = make([]int32, l.n*l.labels)
		for i := range l.scores {
			l.scores[i] = int32(draw.below(3000) - 1500)
		}
		top, total := int32(math.MinInt32), 0.0
		var want []uint8
		bySpan := make(map[NameSpan]float64)
		everySequence(n, l, func(labels []uint8, score int32) {
			if score > top {
				top, want = score, slices.Clone(labels)
			}
			p := math.Exp(float64(score) / n.spread)
			total += p
			for _, s := range n.spans(labels) {
				bySpan[s] += p
			}
		})
		got := n.decode(l)
		if !slices.Equal(got, want) {
			t.Fatalf("decoded %v, best of all is %v", got, want)
		}
		c := n.chances(l)
		for _, s := range n.spans(got) {
			if p := c.span(got, s); math.Abs(p-bySpan[s]/total) > 1e-9 {
				t.Errorf("probability %v of %v, counted %v", p, s, bySpan[s]/total)
			}
		}
	}
}

// namedSentences are of a small language: people meet in places.
func namedSentences(n int, seed uint64) []NamedSentence {
	draw := random(seed)
	pick := func(list ...string) string { return list[draw.below(len(list))] }
	var out []NamedSentence
	for range n {
		var s NamedSentence
		add := func(tag string, forms ...string) {
			for _, f := range forms {
				s.Forms, s.Tags = append(s.Forms, f), append(s.Tags, tag)
			}
		}
		name := func(kind string, forms ...string) {
			s.Names = append(s.Names, NameSpan{First: len(s.Forms), Last: len(s.Forms) + len(forms), Type: kind})
			add("PROPN", forms...)
		}
		name("PER", pick("Ada", "Otto", "Mira", "Ilja"), pick("Kern", "Soto", "Voss", "Lind"))
		add("VERB", pick("met", "saw"))
		name("PER", pick("Ada", "Otto", "Mira", "Ilja"))
		add("ADP", "in")
		name("LOC", pick("Torvik", "Malen", "Osk"))
		out = append(out, s)
	}
	return out
}

var smallNames = NamesTraining{Passes: 4, LeastUpdates: 1, DomainWeight: 1, Known: []KnownName{
	{[]string{"Torvik"}, 3}, {[]string{"New", "Malen"}, 3}, {[]string{"Torvik"}, 4},
}}

func TestNamesTraining(t *testing.T) {
	a := TrainNames(namedSentences(80, 1), namedSentences(20, 2), smallNames)
	if b := TrainNames(namedSentences(80, 1), namedSentences(20, 2), smallNames); !bytes.Equal(a, b) {
		t.Error("two trainings on the same sentences gave different bytes")
	}
	m, err := Read(TrainSyntax(grammar(30, 1), small), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range namedSentences(30, 3) {
		got := m.Names(s.Forms, s.Tags)
		for i := range got {
			if got[i].Score <= 0 || got[i].Score > 1 {
				t.Errorf("score %v is no probability", got[i].Score)
			}
			got[i].Score = 0
		}
		if !slices.Equal(got, s.Names) {
			t.Errorf("%v: %v, want %v", s.Forms, got, s.Names)
		}
	}
	for _, n := range []int{0, 30, len(a) / 2, len(a) - 1} {
		if _, err := readNamer(a[:n]); err == nil {
			t.Errorf("%d of %d bytes were read without an error", n, len(a))
		}
	}
}

func TestNames(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"Foreign Minister Mats Lindqvist flew from Oslo to Brazil on Friday .", "PER Mats Lindqvist, LOC Oslo, LOC Brazil"},
		{"The International Maritime Organization condemned the attack .", "ORG International Maritime Organization"},
		{"nothing of note happened .", ""},
	} {
		forms := strings.Fields(c.text)
		var tags []string
		for _, a := range m.Annotate(forms) {
			tags = append(tags, a.Tag)
		}
		var got []string
		for _, n := range m.Names(forms, tags) {
			got = append(got, n.Type+" "+strings.Join(forms[n.First:n.Last], " "))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, s, c.want)
		}
	}
}

// Whatever the tokens, names come in order and do not overlap.
func TestNamesAreApart(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := strings.Fields("The of and United Nations President Ada Osk , - U.S.-led NATO said Bank for Peace é Ürümqi ( ) 5 \xff")
	draw := random(4)
	for range 300 {
		forms := make([]string, draw.below(40))
		for i := range forms {
			forms[i] = vocabulary[draw.below(len(vocabulary))]
		}
		tags := make([]string, draw.below(len(forms)+1))
		at := 0
		for _, n := range m.Names(forms, tags) {
			if n.First < at || n.Last <= n.First || n.Last > len(forms) || !(n.Score >= 0 && n.Score <= 1) {
				t.Fatalf("%q: %+v", forms, n)
			}
			at = n.Last
		}
	}
}
