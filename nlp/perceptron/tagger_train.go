package perceptron

// trainTagger trains on sentences with their numbers of tags, for so many
// passes in an order drawn from the seed.
func trainTagger(sentences [][]word, gold [][]uint8, tags int, lexicon lexicon, passes int, seed uint64) *learner {
	l := newLearner(tags)
	t := &tagger{scorer: l, lexicon: lexicon, tags: tags}
	draw := random(seed)
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	for range passes {
		draw.shuffle(order)
		for _, s := range order {
			g := t.begin(sentences[s])
			for i := range g.words {
				g.extract(i)
				l.score(g.scores, g.features)
				guess, right := best(g.scores), int(gold[s][i])
				if guess != right {
					l.update(g.features, right, 1)
					l.update(g.features, guess, -1)
				}
				l.step++
				g.tags[i] = uint8(guess)
			}
		}
	}
	return l
}

// random is a generator of pseudo-random numbers (splitmix64) that gives the
// same numbers for a seed for ever.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below gives a number of 0 to n-1.
func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

func (r *random) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		j := r.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
