package graph

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A TextIndex is a dataset that finds literals by their words without looking
// through them. Use [FindText], which works on every dataset.
type TextIndex interface {
	Dataset

	// FindText returns the literals that a query finds, in any order.
	FindText(ctx context.Context, q TextQuery) ([]TextHit, error)
}

// A TextQuery asks for the strings, with or without a language tag, that have all its words.
type TextQuery struct {
	Words []TextWord
}

// A TextWord is a word as [Words] writes it, or the beginning of one.
type TextWord struct {
	Word   string
	Prefix bool
}

// A TextHit is a literal that was found. A larger score is a better hit: rare words
// count more than common ones, and short texts more than long ones.
type TextHit struct {
	ID    ID
	Score float64
}

// ParseTextQuery reads words between spaces, of which all must occur; a word
// that ends in "*" stands for all that begin so. Letter case, accents and
// punctuation do not matter.
func ParseTextQuery(text string) TextQuery {
	var q TextQuery
	for field := range strings.FieldsSeq(text) {
		words := Words(field)
		for i, w := range words {
			word := TextWord{w, i == len(words)-1 && strings.HasSuffix(field, "*")}
			if !slices.Contains(q.Words, word) {
				q.Words = append(q.Words, word)
			}
		}
	}
	return q
}

// FindText returns the literals of a dataset that a query finds (see
// [ParseTextQuery]), the best first, and at most so many where limit is not 0.
// A query without words finds nothing. Where the dataset is no [TextIndex], it
// reads every literal.
func FindText(ctx context.Context, d Dataset, query string, limit int) ([]TextHit, error) {
	q := ParseTextQuery(query)
	if err := ctx.Err(); err != nil || len(q.Words) == 0 {
		return nil, err
	}
	var hits []TextHit
	var err error
	if index, ok := d.(TextIndex); ok {
		hits, err = index.FindText(ctx, q)
	} else {
		hits, err = scanText(ctx, d, q)
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hits, func(a, b TextHit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	return hits, nil
}

// scanText is the plain reading of a TextQuery, which indexes are compared with.
func scanText(ctx context.Context, d Dataset, q TextQuery) ([]TextHit, error) {
	seen := map[ID]bool{}
	found := map[ID][]WordUse{}
	frequency := make([]int, len(q.Words))
	for rows, err := range d.Scan(ctx, Pattern{}, Unordered) {
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if seen[row.Object] {
				continue
			}
			seen[row.Object] = true
			t, err := d.Term(ctx, row.Object)
			if err != nil {
				return nil, err
			}
			if !t.HasText() {
				continue
			}
			uses, all := q.Uses(t.Value)
			for i, use := range uses {
				if use.Count > 0 {
					frequency[i]++
				}
			}
			if all {
				found[row.Object] = uses
			}
		}
	}
	hits := make([]TextHit, 0, len(found))
	for id, uses := range found {
		hit := TextHit{ID: id}
		for i, use := range uses {
			hit.Score += use.Score(frequency[i])
		}
		hits = append(hits, hit)
	}
	return hits, nil
}

// HasText reports whether a term is one of those that texts are found in:
// strings with or without a language tag.
func (t Term) HasText() bool { return t.Kind == KindLiteral && t.Datatype == "" }

// Uses tells how a text uses each word of the query, and whether it has them all.
func (q TextQuery) Uses(text string) (uses []WordUse, all bool) {
	words := Words(text)
	uses = make([]WordUse, len(q.Words))
	all = len(q.Words) > 0
	for i, want := range q.Words {
		uses[i].Length = len(words)
		for _, w := range words {
			if w == want.Word || want.Prefix && strings.HasPrefix(w, want.Word) {
				uses[i].Count++
			}
		}
		all = all && uses[i].Count > 0
	}
	return uses, all
}

// WordUse is how a text uses a word.
type WordUse struct {
	Count  int // how often
	Length int // of the text, in words
}

// TextFrequencyCap is the number of texts beyond which a word counts as no more common.
const TextFrequencyCap = 1 << 14

// Score weighs the use of a word that so many texts have, in the manner of
// BM25. Texts are not compared with their mean length but with that of a short
// sentence, so that a score does not change when other texts come.
func (u WordUse) Score(texts int) float64 {
	const k, b, typical = 1.2, 0.75, 12
	count := float64(u.Count)
	rarity := 1 / math.Log(math.E+float64(min(texts, TextFrequencyCap)))
	return rarity * count * (k + 1) / (count + k*(1-b+b*float64(u.Length)/typical))
}

// longestWord bounds words, in bytes; what is longer is cut, in texts and in queries.
const longestWord = 64

// Words returns the words of a text in the form in which they are compared: in
// one letter case, without accents, and with letters and digits only. A
// character of Chinese or Japanese writing is a word.
func Words(text string) []string {
	var words []string
	start := -1
	text = foldText(text)
	end := func(at int) {
		if start >= 0 {
			words = append(words, cutWord(text[start:at]))
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf && ('a' <= r && r <= 'z' || '0' <= r && r <= '9'):
			if start < 0 {
				start = i
			}
		case r < utf8.RuneSelf:
			end(i)
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			end(i)
			words = append(words, string(r))
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mc, r):
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	return words
}

func cutWord(word string) string {
	if len(word) <= longestWord {
		return word
	}
	end := longestWord
	for !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// plainLetters are letters that people leave marks away from and that Unicode does not take apart.
var plainLetters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i", "æ", "ae", "œ", "oe", "ð", "d", "þ", "th", "ŧ", "t")

// foldText makes equal what differs in letter case and accents only.
func foldText(text string) string {
	ascii := true
	for i := 0; i < len(text) && ascii; i++ {
		ascii = text[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(text)
	}
	text = cases.Fold().String(norm.NFKD.String(text))
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, text)
	return plainLetters.Replace(text)
}
