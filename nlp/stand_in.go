package nlp

import (
	"context"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// parseNames parses again, once it is known what the names are. The treebanks
// know few of the names in the news, and a parser that takes "Honduras" for a verb
// or "withdrew" for a part of a name loses the sentence; it reads a sentence
// better with well-known names of the same kind and length standing in for those it has.
func parseNames(models *perceptron.Models) Component {
	return Component{
		Name:     "parsing of names",
		Requires: []Layer{LayerSyntax, LayerMentions},
		Provides: []Layer{LayerSyntax},
		Annotate: func(ctx context.Context, d *Doc) error {
			forms := make([]string, len(d.Tokens))
			known := make([]bool, len(d.Sentences)) // sentences with a name that was replaced
			named := make([]bool, len(d.Tokens))
			for i, t := range d.Tokens {
				forms[i] = d.Text[t.Start:t.End]
			}
			for _, m := range d.Mentions {
				first, last := tokensIn(d, m)
				stand := standIn(m, forms[first:last])
				if stand == nil {
					continue
				}
				copy(forms[first:last], stand)
				known[m.Sentence] = true
				for i := first; i < last; i++ {
					named[i] = true
				}
			}
			line, dated := FindDateline(d.Text)
			for i, s := range d.Sentences {
				if err := ctx.Err(); err != nil {
					return err
				}
				body := s.First
				for dated && body < s.Last && line.Contains(d.Tokens[body].Span) {
					body++
				}
				switch {
				case body > s.First && body < s.Last: // "QUITO, April 6 —" is no part of the sentence
					parse(models, d, forms, named, s.First, body)
					root := parse(models, d, forms, named, body, s.Last)
					for k := s.First; k < body; k++ {
						if d.Tokens[k].Head < 0 {
							d.Tokens[k].Head, d.Tokens[k].Relation = root, "parataxis"
						}
					}
				case known[i]:
					parse(models, d, forms, named, s.First, s.Last)
				}
			}
			for m := range d.Mentions {
				d.Mentions[m].Head = headOf(d, d.Mentions[m])
			}
			return nil
		},
	}
}

// parse reads the tokens [first, last) with the forms that stand in for them, and gives their root.
func parse(models *perceptron.Models, d *Doc, forms []string, named []bool, first, last int) int {
	root := first
	for k, a := range models.Annotate(forms[first:last]) {
		t := &d.Tokens[first+k]
		t.Tag, t.Features, t.Relation, t.Lemma = a.Tag, a.Features, a.Relation, a.Lemma
		if named[first+k] {
			t.Lemma = d.Text[t.Start:t.End]
		}
		t.Head = -1
		if a.Head >= 0 {
			t.Head = first + a.Head
		} else {
			root = first + k
		}
	}
	return root
}

// tokensIn gives the tokens [first, last) that lie in a mention, none where it is a part of one.
func tokensIn(d *Doc, m Mention) (first, last int) {
	s := d.Sentences[m.Sentence]
	for first = s.First; first < s.Last && d.Tokens[first].Start < m.Start; first++ {
	}
	for last = first; last < s.Last && d.Tokens[last].End <= m.End; last++ {
	}
	return first, last
}

// headOf gives the token of a mention on which its others hang.
func headOf(d *Doc, m Mention) int {
	first, last := tokensIn(d, m)
	for i := first; i < last; i++ {
		if h := d.Tokens[i].Head; h < first || h >= last {
			return i
		}
	}
	return m.Head
}

// standIn gives the names to parse in place of a mention, or nil to keep it.
func standIn(m Mention, forms []string) []string {
	n := len(forms)
	if n == 0 {
		return nil
	}
	switch {
	case m.Kind == Demonym && n == 1:
		if strings.HasSuffix(forms[0], "s") && m.Class != "Person" && !strings.HasSuffix(forms[0], "ss") && len(forms[0]) > 4 {
			return []string{"Iraqis"}
		}
		return []string{"Iraqi"}
	case m.Kind == Acronym && n == 1:
		return []string{"CIA"}
	case m.Kind != Name && m.Kind != Metonym:
		return nil
	case m.Class == "Person":
		switch n {
		case 1:
			return []string{"Bush"}
		case 2:
			return []string{"George", "Bush"}
		}
		out := []string{"George"}
		for len(out) < n-1 {
			out = append(out, "W.")
		}
		return append(out, "Bush")
	case (m.Class == "State" || m.Class == "Place") && n == 1:
		return []string{"Iraq"}
	case (m.Class == "State" || m.Class == "Place") && n == 2:
		return []string{"Saudi", "Arabia"}
	}
	return nil
}
