package perceptron

import (
	"cmp"
	"maps"
	"slices"
)

// Training says how long to train.
type Training struct {
	TaggerPasses  int
	ParserPasses  int
	TaggerUpdates int          // features of the tagger that training touched fewer times are dropped
	ParserUpdates int          // the same of the parser
	Lemmas        []Lemma      // known for certain, beside those of the sentences
	Progress      func(string) // told what is done; may be nil
}

// A corpus is sentences with the numbers of their tags and relations.
type corpus struct {
	words     [][]word
	tags      [][]uint8
	trees     []goldTree
	tagNames  []string
	relations []string
}

// names numbers the values that occur at least atLeast times, most frequent first.
func frequent(counts map[string]int, atLeast int) []string {
	list := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return slices.DeleteFunc(list, func(s string) bool { return counts[s] < atLeast })
}

const rareTag = 5 // tags seen fewer times become the usual one of their universal tag

func newCorpus(sentences []Sentence) *corpus {
	c := new(corpus)
	tags, relations := make(map[string]int), make(map[string]int)
	for _, s := range sentences {
		for _, w := range s.Words {
			tags[w.Tag+" "+w.Fine]++
			relations[w.Relation]++
		}
	}
	c.tagNames = frequent(tags, rareTag)
	c.relations = append([]string{"root"}, slices.DeleteFunc(frequent(relations, 1), func(s string) bool { return s == "root" })...)
	tagOf := numbers(c.tagNames)
	relationOf := numbers(c.relations)
	for _, s := range sentences {
		tree := goldTree{heads: make([]int, len(s.Words)), relations: make([]uint8, len(s.Words))}
		nums := make([]uint8, len(s.Words))
		for i, w := range s.Words {
			n, ok := tagOf[w.Tag+" "+w.Fine]
			if !ok {
				n = tagOf[c.usual(w.Tag)]
			}
			nums[i] = n
			tree.relations[i] = relationOf[w.Relation]
			tree.heads[i] = w.Head
			if w.Head < 0 {
				tree.heads[i] = len(s.Words)
			}
		}
		c.words = append(c.words, words(s.Forms, sentenceCase(s.Forms)))
		c.tags = append(c.tags, nums)
		c.trees = append(c.trees, tree)
	}
	return c
}

// usual gives the most frequent tag with a universal part.
func (c *corpus) usual(universal string) string {
	for _, name := range c.tagNames {
		if len(name) > len(universal) && name[:len(universal)+1] == universal+" " {
			return name
		}
	}
	return c.tagNames[0]
}

func numbers(list []string) map[string]uint8 {
	m := make(map[string]uint8, len(list))
	for i, s := range list {
		m[s] = uint8(i)
	}
	return m
}

// lexiconOf counts over the sentences for which use holds.
func (c *corpus) lexiconOf(use func(int) bool) []byte {
	counts := make(map[uint64]map[int]int)
	for s, ws := range c.words {
		if !use(s) {
			continue
		}
		for i, w := range ws {
			if counts[w.lower] == nil {
				counts[w.lower] = make(map[int]int)
			}
			counts[w.lower][int(c.tags[s][i])]++
		}
	}
	return packLexicon(counts, 4)
}

const folds = 5

// TrainSyntax trains tagger and parser and gives the bytes of a model file: the
// same ones for the same sentences. The parser learns from tags as the tagger
// gives them for text it has not seen, not from the right ones.
func TrainSyntax(sentences []Sentence, t Training) []byte {
	say := func(s string) {
		if t.Progress != nil {
			t.Progress(s)
		}
	}
	c := newCorpus(sentences)
	guessed := make([][]uint8, len(c.words))
	jackknife := func(fold int) {
		var ws [][]word
		var tags [][]uint8
		in := func(s int) bool { return s%folds != fold }
		for s := range c.words {
			if in(s) {
				ws, tags = append(ws, c.words[s]), append(tags, c.tags[s])
			}
		}
		lex := lexicon{c.lexiconOf(in)}
		l := trainTagger(ws, tags, len(c.tagNames), lex, max(1, t.TaggerPasses/2), 7)
		w, _ := readWeights(l.pack(pruning{}))
		tg := &tagger{scorer: w, lexicon: lex, tags: len(c.tagNames)}
		for s := fold; s < len(c.words); s += folds {
			guessed[s] = tg.tag(c.words[s])
		}
	}
	for fold := range folds {
		jackknife(fold)
		say("jackknife")
	}
	lex := c.lexiconOf(func(int) bool { return true })
	tagger := trainTagger(c.words, c.tags, len(c.tagNames), lexicon{lex}, t.TaggerPasses, 7)
	say("tagger")
	parser := trainParser(c.words, guessed, c.trees, len(c.relations), t.ParserPasses, 7)
	say("parser")
	lemmas, features := trainMorphology(sentences, t.Lemmas)
	return packSections([]section{
		{"tags", packList(c.tagNames)},
		{"relations", packList(c.relations)},
		{"lexicon", lex},
		{"lemmas", lemmas.pack()},
		{"features", features.pack()},
		{"tagger", tagger.pack(pruning{updates: int32(t.TaggerUpdates), weight: 0.1})},
		{"parser", parser.pack(pruning{updates: int32(t.ParserUpdates), weight: 0.3})},
	})
}
