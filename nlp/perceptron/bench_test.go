package perceptron

import (
	"strings"
	"testing"
)

// A page of prose, of the kind that is read, in tokens separated by spaces.
const page = `The foreign ministers of the two countries met on Tuesday in the capital for a second round of talks about the disputed border .
After three hours behind closed doors , they told reporters that they had agreed to reopen the crossing at Velden , which has been closed since 2019 , and to exchange prisoners before the end of the month .
" This is a small step , but it is the first one in five years , " said Ana Kovel , who leads the delegation of the northern neighbour and served as ambassador to the United Nations until last spring .
Her counterpart , Deputy Prime Minister Joren Halvik , called the meeting useful and said that his government would not withdraw its troops unless both parliaments ratified the treaty .
Opposition leaders accused him of giving in to pressure from abroad .
The European Union , which mediated the talks , welcomed the announcement and promised 40 million euros in aid for the villages along the river .
A spokeswoman for the State Department said that Washington had been informed and hoped that sanctions imposed after the incident could be lifted soon .
Observers from the Organization for Security and Co-operation in Europe will be sent to the region next week , according to a statement published late on Wednesday .
`

func BenchmarkAnnotate(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	var sentences [][]string
	tokens := 0
	for line := range strings.Lines(page) {
		sentences = append(sentences, strings.Fields(line))
		tokens += len(strings.Fields(line))
	}
	tags := make([][]string, len(sentences))
	for i, s := range sentences {
		for _, a := range m.Annotate(s) {
			tags[i] = append(tags[i], a.Tag)
		}
	}
	perToken := func(b *testing.B) {
		b.ReportMetric(float64(b.N*tokens)/b.Elapsed().Seconds(), "tokens/s")
	}
	b.Run("tag", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, s := range sentences {
				m.tagger.tag(words(s, plainCase))
			}
		}
		perToken(b)
	})
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, s := range sentences {
				m.Annotate(s)
			}
		}
		perToken(b)
	})
	b.Run("names", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i, s := range sentences {
				m.Names(s, tags[i])
			}
		}
		perToken(b)
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
