package nlp

// inSentences lists what was found in a document by the sentence that it stands
// in, so that a long text costs no more by the word than a short one.
type inSentences struct {
	mentions [][]Mention
	times    [][]Time
}

func indexSentences(d *Doc) inSentences {
	in := inSentences{make([][]Mention, len(d.Sentences)), make([][]Time, len(d.Sentences))}
	for _, m := range d.Mentions {
		in.mentions[m.Sentence] = append(in.mentions[m.Sentence], m)
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
