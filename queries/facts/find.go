package facts

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// notThings are the classes of nodes that say something of things.
var notThings = []string{
	schema.ClassDocument, schema.ClassSentence, schema.ClassEntity, schema.ClassMention, schema.ClassNote,
	schema.ClassTenureReport, schema.ClassRelationReport, schema.ClassEventReport,
	schema.ClassTenure, schema.ClassRelation, schema.ClassEvent,
}

// Find returns the things that a text names: by IRI, with or without angle
// brackets, by prefixed name (state:ARM), by code or by any of their names.
// Letter case and accents do not count, and exact spelling wins over another.
// Where no name is the text, things whose names contain all its words are
// found; a word that ends in "*" stands for all that begin so. An ambiguous text finds all that it may mean, sorted by label.
func Find(ctx context.Context, view graph.Dataset, text string) ([]Thing, error) {
	r := newReader(ctx, view, nil)
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	for _, iri := range []string{schema.Expand(strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">")), text} {
		n, err := r.standing(iri)
		if err != nil {
			return nil, err
		}
		if n != nil && isThing(n) {
			t, err := r.thing(n)
			return []Thing{t}, err
		}
	}
	exact, err := r.exactlyNamed(text)
	if err != nil || len(exact) > 0 {
		return exact, err
	}
	return r.named(text)
}

// standing reads the node of an IRI, or of the thing that it was judged to be the same as.
func (r *reader) standing(iri string) (*node, error) {
	n, err := r.concluded(iri)
	if err != nil || n == nil {
		return nil, err
	}
	same, ok := n.first(schema.SameAs)
	if !ok || isThing(n) {
		return n, nil
	}
	return r.concluded(same.term.Value)
}

// Refs names nodes of the graph for people, by their IRIs, in that order. What
// the graph does not have is called by its prefixed name.
func Refs(ctx context.Context, view graph.Dataset, model *schema.Model, iris []string) ([]Ref, error) {
	r := newReader(ctx, view, model)
	out := make([]Ref, 0, len(iris))
	for _, iri := range iris {
		id, err := r.id(iri)
		if err != nil {
			return nil, err
		}
		ref := Ref{IRI: iri, Label: schema.Compact(iri)}
		if id != graph.Any {
			if ref, err = r.ref(value{id, graph.IRI(iri)}); err != nil {
				return nil, err
			}
			if ref.Label == schema.Compact(iri) { // the default graph has no name for documents
				d, err := r.document(id)
				if err != nil {
					return nil, err
				}
				ref.Label = firstOf(d.Name(), ref.Label)
			}
		}
		out = append(out, ref)
	}
	return out, nil
}

// Things lists all things, sorted by label.
func Things(ctx context.Context, view graph.Dataset) ([]Thing, error) {
	r := newReader(ctx, view, nil)
	label, err := r.id(schema.Label)
	if err != nil || label == graph.Any {
		return nil, err
	}
	quads, err := r.scan(graph.Pattern{Predicate: label, Graph: graph.DefaultGraph})
	if err != nil {
		return nil, err
	}
	ids := make([]graph.ID, len(quads))
	for i, q := range quads {
		ids[i] = q.Subject
	}
	return r.things(ids)
}

func isThing(n *node) bool {
	if len(n.props[schema.Type]) == 0 {
		return false
	}
	return !slices.ContainsFunc(notThings, n.is)
}

// things reads those of the nodes that are things, each once, sorted by label.
func (r *reader) things(ids []graph.ID) ([]Thing, error) {
	slices.Sort(ids)
	var out []Thing
	for _, id := range slices.Compact(ids) {
		n, err := r.node(id, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		if n == nil || !isThing(n) {
			continue
		}
		t, err := r.thing(n)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Thing) int {
		if c := strings.Compare(fold(a.Label), fold(b.Label)); c != 0 {
			return c
		}
		return strings.Compare(a.IRI, b.IRI)
	})
	return out, nil
}

func (r *reader) thing(n *node) (Thing, error) {
	ref, err := r.ref(value{n.id, graph.IRI(n.iri)})
	if err != nil {
		return Thing{}, err
	}
	t := Thing{Ref: ref, Names: []string{ref.Label}, Codes: n.texts(schema.Code)}
	for _, name := range n.texts(schema.Named) {
		if !slices.Contains(t.Names, name) {
			t.Names = append(t.Names, name)
		}
	}
	if country, ok := n.first(schema.Country); ok {
		ref, err := r.ref(country)
		if err != nil {
			return Thing{}, err
		}
		t.Country = &ref
	}
	return t, nil
}

// naming lists the properties whose values name things.
func naming() []string { return []string{schema.Label, schema.Named, schema.Code} }

func (r *reader) exactlyNamed(text string) ([]Thing, error) {
	id, ok, err := r.view.ID(r.ctx, graph.String(text))
	if err != nil || !ok {
		return nil, err
	}
	var ids []graph.ID
	for _, property := range naming() {
		p, err := r.id(property)
		if err != nil {
			return nil, err
		}
		if p == graph.Any {
			continue
		}
		quads, err := r.scan(graph.Pattern{Predicate: p, Object: id, Graph: graph.DefaultGraph})
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			ids = append(ids, q.Subject)
		}
	}
	return r.things(ids)
}

// fewNames is up to how many literals are looked for in the index of quads one
// by one; of more, the names are gone through.
const fewNames = 512

// named looks for names with all words of the text: for those that sound like
// it, and where nothing is called so, for all others. Among the codes only the
// former count.
func (r *reader) named(text string) ([]Thing, error) {
	hits, err := graph.FindText(r.ctx, r.view, text, 0)
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	found := make(map[graph.ID]bool, len(hits))
	for _, hit := range hits {
		found[hit.ID] = true
	}
	want := fold(text)
	var same, partly []graph.ID
	for _, property := range naming() {
		quads, err := r.naming(property, found)
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			t, err := r.term(q.Object)
			if err != nil {
				return nil, err
			}
			switch {
			case fold(t.Value) == want:
				same = append(same, q.Subject)
			case property != schema.Code:
				partly = append(partly, q.Subject)
			}
		}
	}
	things, err := r.things(same)
	if err != nil || len(things) > 0 {
		return things, err
	}
	return r.things(partly)
}

// naming returns the quads that give something one of the names by a property.
func (r *reader) naming(property string, names map[graph.ID]bool) ([]graph.Encoded, error) {
	p, err := r.id(property)
	if err != nil || p == graph.Any {
		return nil, err
	}
	if len(names) > fewNames {
		quads, err := r.scan(graph.Pattern{Predicate: p, Graph: graph.DefaultGraph})
		return slices.DeleteFunc(quads, func(q graph.Encoded) bool { return !names[q.Object] }), err
	}
	var out []graph.Encoded
	for name := range names {
		quads, err := r.scan(graph.Pattern{Predicate: p, Object: name, Graph: graph.DefaultGraph})
		if err != nil {
			return nil, err
		}
		out = append(out, quads...)
	}
	return out, nil
}

// fold makes names equal that differ in letter case, accents, the form of
// apostrophes and hyphens, and spaces only.
func fold(text string) string {
	text = cases.Fold().String(norm.NFD.String(text))
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '’' || r == '‘' || r == '`' || r == 'ʼ':
			return '\''
		case unicode.Is(unicode.Pd, r), unicode.IsSpace(r), r == '_':
			return ' '
		case r == 'ı':
			return 'i'
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
