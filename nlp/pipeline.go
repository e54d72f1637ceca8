package nlp

import (
	"context"
	"fmt"
	"slices"
)

// A Layer is a part of a Doc that components read and write.
type Layer string

// The layers, in the order in which the default pipeline fills them.
const (
	LayerSentences  Layer = "sentences"
	LayerTokens     Layer = "tokens"
	LayerTags       Layer = "tags"
	LayerSyntax     Layer = "syntax" // lemmas, features, heads
	LayerTimes      Layer = "times"
	LayerQuotations Layer = "quotations"
	LayerMentions   Layer = "mentions"
	LayerEntities   Layer = "entities"
	LayerTenures    Layer = "tenures"
	LayerEvents     Layer = "events" // events and relations
	LayerStatus     Layer = "status" // polarity, modality, attribution, dates and places of events
)

// A Component annotates one or more layers. Annotate may be called for
// different documents at once.
type Component struct {
	Name     string
	Requires []Layer
	Provides []Layer
	Annotate func(context.Context, *Doc) error
}

// A Pipeline is a list of components, each of which finds the layers it requires.
type Pipeline struct{ components []Component }

// NewPipeline checks that every component's required layers are provided before it.
func NewPipeline(components ...Component) (*Pipeline, error) {
	var have []Layer
	for _, c := range components {
		for _, need := range c.Requires {
			if !slices.Contains(have, need) {
				return nil, fmt.Errorf("nlp: component %s requires the layer %s, which nothing before it provides", c.Name, need)
			}
		}
		have = append(have, c.Provides...)
	}
	return &Pipeline{components: slices.Clone(components)}, nil
}

// Without returns the pipeline without the component of a name, which no other requires.
func (p *Pipeline) Without(name string) *Pipeline {
	return &Pipeline{slices.DeleteFunc(slices.Clone(p.components), func(c Component) bool { return c.Name == name })}
}

// Annotate runs all components over the document. They see its text without what
// does not show (zero-width marks, decomposed letters, HTML's character
// references); what they find has its offsets in the text as it was given.
func (p *Pipeline) Annotate(ctx context.Context, d *Doc) error {
	clean, needed := cleanText(d.Text)
	if !needed {
		return p.run(ctx, d)
	}
	given := d.Text
	d.Text = clean.text
	err := p.run(ctx, d)
	clean.restore(d, given)
	return err
}

func (p *Pipeline) run(ctx context.Context, d *Doc) error {
	for _, c := range p.components {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.Annotate(ctx, d); err != nil {
			return fmt.Errorf("nlp: %s: %w", c.Name, err)
		}
	}
	return nil
}
