package nlp

import (
	"context"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// Tagging gives each token its tag, features, lemma, head and relation.
func Tagging(m *perceptron.Models) Component {
	return Component{
		Name:     "tagging",
		Requires: []Layer{LayerSentences, LayerTokens},
		Provides: []Layer{LayerSyntax},
		Annotate: func(ctx context.Context, d *Doc) error {
			var forms []string
			for _, s := range d.Sentences {
				if err := ctx.Err(); err != nil {
					return err
				}
				tokens := d.Tokens[s.First:s.Last]
				forms = forms[:0]
				for _, t := range tokens {
					forms = append(forms, d.Text[t.Start:t.End])
				}
				for i, a := range m.Annotate(forms) {
					t := &tokens[i]
					t.Tag, t.Features, t.Lemma, t.Relation = a.Tag, a.Features, a.Lemma, a.Relation
					t.Head = -1
					if a.Head >= 0 {
						t.Head = s.First + a.Head
					}
				}
			}
			return nil
		},
	}
}
