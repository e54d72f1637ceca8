package nlp

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// A piece is a token, or a part of a hyphenated token: names are looked for in
// pieces ("Moscow" in "Moscow-backed").
type piece struct {
	Span
	token   int
	key     string // folded, for look-up
	class   wordClass
	capital bool // begins with a capital or holds one after a small prefix
	caps    bool // capitals only, two or more
	joined  bool // a hyphen stands before it
	glued   bool // a hyphen stands after it
}

// A candidate is a name, or another group of words that refers, before it is
// known which entity it belongs to.
type candidate struct {
	Span
	from, to   int // pieces
	kind       string
	class      string
	name       string        // fullest form known: of the lexicon, or the words themselves
	state      *State        // the state meant, or nil
	org        *Organization // the organization meant, or nil
	home       string        // of a place: the code of its state
	place      string        // of a region: the name under which the lexicon lists it
	owner      int           // candidate that it belongs to ("Kenyan Foreign Ministry"), or -1
	confidence float64
	note       string
	entity     int // set when entities are made; -1 before
}

// reading is the state of reading the names of one document.
type reading struct {
	*Doc
	lex       *Lexicon
	pieces    []piece
	sentences []pieceRange // pieces of each sentence
	found     []candidate
	covering  []int // for each piece the candidate of the outermost name over it, or -1
	positions []position
	model     *perceptron.Models
	votes     map[int][]modelName // by sentence
	modeled   map[int]bool
	titleCase bool // the sentence being read is a headline in capitals
	met       metBefore
}

type pieceRange struct{ first, last int }

// namesComponent finds the names of a document, parses its sentences with them, makes entities of them and reads tenures off them.
func namesComponent(lex *Lexicon, model *perceptron.Models) Component {
	return Component{
		Name:     "names",
		Requires: []Layer{LayerTags, LayerQuotations},
		Provides: []Layer{LayerMentions, LayerSyntax, LayerEntities, LayerTenures},
		Annotate: func(ctx context.Context, d *Doc) error {
			r := newReading(d, lex)
			r.model, r.votes, r.modeled = model, map[int][]modelName{}, map[int]bool{}
			for i, s := range r.sentences {
				if err := ctx.Err(); err != nil {
					return err
				}
				if !r.isTitleCase(s, d.Sentences[i].Heading) {
					r.names(s, false)
				}
			}
			// Capitals say little in a headline that is written in them: its names are known from the text.
			for i, s := range r.sentences {
				if r.isTitleCase(s, d.Sentences[i].Heading) {
					r.names(s, true)
				}
			}
			r.settleNames()
			if err := parseSentences(ctx, model, d, r.found); err != nil {
				return err
			}
			for _, s := range r.sentences {
				r.findPositions(s)
			}
			r.settleMetonyms()
			r.link()
			return nil
		},
	}
}

func newReading(d *Doc, lex *Lexicon) *reading {
	r := &reading{Doc: d, lex: lex, pieces: make([]piece, 0, len(d.Tokens)+len(d.Tokens)/8), met: newMetBefore()}
	for _, s := range d.Sentences {
		first := len(r.pieces)
		for t := s.First; t < s.Last; t++ {
			r.addPieces(t)
		}
		r.sentences = append(r.sentences, pieceRange{first, len(r.pieces)})
	}
	for i := range r.pieces {
		if p := &r.pieces[i]; !p.capital {
			r.met.lower[p.key] = true
		}
	}
	r.covering = make([]int, len(r.pieces))
	for i := range r.covering {
		r.covering[i] = -1
	}
	return r
}

// addPieces splits a token at its hyphens and at dashes between words.
func (r *reading) addPieces(t int) {
	tok := r.Tokens[t]
	w := r.Text[tok.Start:tok.End]
	first := len(r.pieces)
	start := 0
	cut := func(end int) {
		p := piece{Span: Span{tok.Start + start, tok.Start + end}, token: t, joined: len(r.pieces) > first}
		if p.joined {
			r.pieces[len(r.pieces)-1].glued = true
		}
		r.describe(&p)
		r.pieces = append(r.pieces, p)
	}
	for i, c := range w {
		if (isHyphen(c) || c == '–') && i > start && i+utf8.RuneLen(c) < len(w) {
			cut(i)
			start = i + utf8.RuneLen(c)
		}
	}
	cut(len(w))
}

func (r *reading) describe(p *piece) {
	w := r.Text[p.Start:p.End]
	p.key = fold(w)
	p.class = mergeClasses(r.lex.words.word(p.key))
	if p.class.has(needsStop) && !strings.HasSuffix(w, ".") && !strings.HasSuffix(w, "s") {
		p.class &^= office | honorific
	}
	upper, lower := 0, 0
	for i, c := range w {
		if unicode.IsUpper(c) || unicode.IsTitle(c) {
			if i == 0 || upper+lower <= 2 {
				p.capital = true
			}
			upper++
		} else if unicode.IsLower(c) {
			lower++
		}
	}
	p.caps = upper >= 2 && lower == 0
}

// text returns the words of the pieces [from, to) as they stand.
func (r *reading) text(from, to int) string { return r.Text[r.pieces[from].Start:r.pieces[to-1].End] }

func (r *reading) tag(i int) string { return r.Tokens[r.pieces[i].token].Tag }

// is reports whether piece i exists inside the range and has one of the keys.
func (r *reading) is(s pieceRange, i int, keys ...string) bool {
	if i < s.first || i >= s.last {
		return false
	}
	for _, k := range keys {
		if r.pieces[i].key == k {
			return true
		}
	}
	return false
}

// has reports whether piece i exists inside the range and plays one of the parts.
func (r *reading) has(s pieceRange, i int, class wordClass) bool {
	return i >= s.first && i < s.last && r.pieces[i].class.has(class)
}

// possessive reports whether piece i is a possessive clitic.
func (r *reading) possessive(s pieceRange, i int) bool {
	return r.is(s, i, "'s", "'") && i > s.first && r.pieces[i-1].End == r.pieces[i].Start
}

func (r *reading) isWord(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.Text[r.pieces[i].Start:])
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}

// add appends a candidate and marks its pieces as covered; it returns its index.
func (r *reading) add(c candidate) int {
	c.Span = Span{r.pieces[c.from].Start, r.pieces[c.to-1].End}
	if c.name == "" {
		c.name = r.Text[c.Start:c.End]
	}
	if c.confidence == 0 {
		c.confidence = 1
	}
	c.entity, c.owner = -1, -1
	r.found = append(r.found, c)
	n := len(r.found) - 1
	r.meet(n)
	for i := c.from; i < c.to; i++ {
		if o := r.covering[i]; o < 0 || r.found[o].to-r.found[o].from <= c.to-c.from {
			r.covering[i] = n
		}
	}
	return n
}
