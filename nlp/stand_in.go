package nlp

import (
	"context"
	"sort"
	"strings"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// parseSentences gives each token its tag, features, lemma, head and relation.
// The treebanks know few of the names in the news, and a parser that takes
// "Honduras" for a verb or "withdrew" for a part of a name loses the sentence; it
// reads a sentence better with well-known names of the same kind and length
// standing in for those it has.
func parseSentences(ctx context.Context, models *perceptron.Models, d *Doc, names []candidate) error {
	forms := make([]string, len(d.Tokens))
	named := make([]bool, len(d.Tokens))
	for i, t := range d.Tokens {
		forms[i] = d.Text[t.Start:t.End]
	}
	for _, c := range names {
		first, last := tokensIn(d, c.Span)
		if stand := standIn(c.kind, c.class, forms[first:last]); stand != nil {
			copy(forms[first:last], stand)
			for i := first; i < last; i++ {
				named[i] = true
			}
		}
	}
	line, dated := FindDateline(d.Text)
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		body := s.First
		for dated && body < s.Last && line.Contains(d.Tokens[body].Span) {
			body++
		}
		if body == s.First || body == s.Last {
			parse(models, d, forms, named, s.First, s.Last)
			continue
		}
		// "QUITO, April 6 —" is no part of the sentence
		parse(models, d, forms, named, s.First, body)
		root := parse(models, d, forms, named, body, s.Last)
		for k := s.First; k < body; k++ {
			if d.Tokens[k].Head < 0 {
				d.Tokens[k].Head, d.Tokens[k].Relation = root, "parataxis"
			}
		}
	}
	return nil
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

// tokensIn gives the tokens [first, last) that lie in a span, none where it is a part of one.
func tokensIn(d *Doc, in Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= in.Start })
	for last = first; last < len(d.Tokens) && d.Tokens[last].End <= in.End; last++ {
	}
	return first, last
}

// standIn gives the names to parse in place of one of a kind and class, or nil to keep it.
func standIn(kind, class string, forms []string) []string {
	n := len(forms)
	if n == 0 {
		return nil
	}
	switch {
	case kind == Demonym && n == 1:
		if strings.HasSuffix(forms[0], "s") && class != "Person" && !strings.HasSuffix(forms[0], "ss") && len(forms[0]) > 4 {
			return []string{"Iraqis"}
		}
		return []string{"Iraqi"}
	case kind == Acronym && n == 1:
		return []string{"CIA"}
	case kind != Name && kind != Metonym:
		return nil
	case class == "Person":
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
	case (class == "State" || class == "Place") && n == 1:
		return []string{"Iraq"}
	case (class == "State" || class == "Place") && n == 2:
		return []string{"Saudi", "Arabia"}
	}
	return nil
}
