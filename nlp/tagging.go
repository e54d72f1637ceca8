package nlp

import (
	"context"

	"github.com/ententegraph/entente/nlp/perceptron"
)

// tagging gives each token its tag. Names are found by it; heads follow when it
// is known what the names are.
func tagging(m *perceptron.Models) Component {
	return Component{
		Name:     "tagging",
		Requires: []Layer{LayerSentences, LayerTokens},
		Provides: []Layer{LayerTags},
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
				for i, tag := range m.Tags(forms) {
					tokens[i].Tag = tag
				}
			}
			return nil
		},
	}
}
