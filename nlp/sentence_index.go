package nlp

import "sort"

// inSentences lists what was found in a document by the sentence that it stands
// in, so that a long text costs no more by the word than a short one.
type inSentences struct {
	mentions [][]Mention
	numbers  [][]int // of the same mentions in Doc.Mentions
	times    [][]Time
}

func indexSentences(d *Doc) inSentences {
	in := inSentences{make([][]Mention, len(d.Sentences)), make([][]int, len(d.Sentences)), make([][]Time, len(d.Sentences))}
	for i, m := range d.Mentions {
		in.mentions[m.Sentence] = append(in.mentions[m.Sentence], m)
		in.numbers[m.Sentence] = append(in.numbers[m.Sentence], i)
	}
	for _, t := range d.Times {
		in.times[t.Sentence] = append(in.times[t.Sentence], t)
	}
	return in
}

// mentionsBeside returns the mentions in the sentence of a token.
func (t *tree) mentionsBeside(i int) []Mention { return t.in.mentions[t.tokens[i].Sentence] }

// timesBeside returns the time expressions in the sentence of a token.
func (t *tree) timesBeside(i int) []Time { return t.in.times[t.tokens[i].Sentence] }

// sentencesAt returns the sentences that a span touches, as a range of their numbers.
func (d *Doc) sentencesAt(s Span) (first, end int) {
	first = sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > s.Start })
	for end = first; end < len(d.Sentences) && d.Sentences[end].Start < s.End; end++ {
	}
	return first, end
}
