package facts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Suggestion is a thing whose name begins with, or contains, what somebody is typing.
type Suggestion struct {
	Ref
	Name string `json:"name,omitempty"` // the name that fits, where it is not the label
	fit  int
	said int64
}

// suggestedNames bounds how many names are looked at, the shortest with the rarest words first.
const suggestedNames = 400

// Suggest returns at most limit things that somebody who has typed the text so
// far may mean: those that have the id or a code or name with all its words, of
// which the last may be unfinished. What fits best comes first; of equals, what is said most of.
func Suggest(ctx context.Context, view graph.Dataset, model *schema.Model, text string, limit int) ([]Suggestion, error) {
	r := newReader(ctx, view, model)
	text = strings.TrimSpace(text)
	found := map[graph.ID]Suggestion{}
	if strings.Contains(text, ":") {
		n, err := r.concluded(schema.Expand(strings.Trim(text, "<>")))
		if err != nil {
			return nil, err
		}
		if n != nil && isThing(n) {
			found[n.id] = Suggestion{}
		}
	}
	var hits []graph.TextHit
	var err error
	if len([]rune(text)) > 1 { // a letter begins everything
		if hits, err = graph.FindText(ctx, view, text+"*", suggestedNames); err != nil {
			return nil, err
		}
	}
	for _, property := range naming() {
		p, err := r.id(property)
		if err != nil {
			return nil, err
		}
		if p == graph.Any {
			continue
		}
		for _, hit := range hits {
			if err := r.suggest(found, hit.ID, p, property, fold(text)); err != nil {
				return nil, err
			}
		}
	}
	return r.ranked(found, limit)
}

// suggest adds the things that a text names by a property.
func (r *reader) suggest(found map[graph.ID]Suggestion, name, p graph.ID, property, typed string) error {
	quads, err := r.scan(graph.Pattern{Predicate: p, Object: name, Graph: graph.DefaultGraph})
	if err != nil || len(quads) == 0 {
		return err
	}
	t, err := r.term(name)
	if err != nil {
		return err
	}
	fit, folded := 3, fold(t.Value)
	switch {
	case folded == typed:
		fit = 0
	case property == schema.Code:
		return nil // an unfinished code says nothing
	case strings.HasPrefix(folded, typed):
		fit = 1
		if property != schema.Label {
			fit = 2
		}
	}
	for _, q := range quads {
		if best, known := found[q.Subject]; !known || fit < best.fit {
			found[q.Subject] = Suggestion{Name: t.Value, fit: fit}
		}
	}
	return nil
}

// ranked names the things that were found and puts the best first.
func (r *reader) ranked(found map[graph.ID]Suggestion, limit int) ([]Suggestion, error) {
	out := make([]Suggestion, 0, len(found))
	for id, s := range found {
		n, err := r.node(id, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		if n == nil || !isThing(n) {
			continue
		}
		if s.Ref, err = r.ref(value{id, graph.IRI(n.iri)}); err != nil {
			return nil, err
		}
		if s.Name == s.Label {
			s.Name = ""
		}
		if s.said, _, err = r.view.Estimate(r.ctx, graph.Pattern{Object: id, Graph: graph.DefaultGraph}); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(a.fit-b.fit, cmp.Compare(b.said, a.said), strings.Compare(fold(a.Label), fold(b.Label)), strings.Compare(a.IRI, b.IRI))
	})
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}
