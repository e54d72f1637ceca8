package facts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A ClassCount says how many things of a class there are.
type ClassCount struct {
	Class string `json:"class"` // id in the schema
	Count int64  `json:"count"`
}

// Counts counts the things of each class of the model that has some, the events and the documents, by class.
func Counts(ctx context.Context, view graph.Dataset, model *schema.Model) ([]ClassCount, error) {
	r := newReader(ctx, view, model)
	out := []ClassCount{}
	for _, c := range model.Classes {
		iri := schema.NS + c.ID
		in := graph.DefaultGraph
		switch {
		case iri == schema.ClassDocument:
			in = graph.Any
		case iri != schema.ClassEvent && slices.Contains(notThings, iri):
			continue
		}
		n, err := r.count(schema.Type, iri, in)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, ClassCount{c.ID, n})
		}
	}
	return out, nil
}

// CountOf counts the quads of a graph, or of all (graph.Any), that have a property with an object.
func CountOf(ctx context.Context, view graph.Dataset, property, object string, in graph.ID) (int64, error) {
	return newReader(ctx, view, nil).count(property, object, in)
}

// count counts the quads with a property and an object.
func (r *reader) count(property, object string, in graph.ID) (int64, error) {
	p, err := r.id(property)
	if err != nil || p == graph.Any {
		return 0, err
	}
	o, err := r.id(object)
	if err != nil || o == graph.Any {
		return 0, err
	}
	n, _, err := r.view.Estimate(r.ctx, graph.Pattern{Predicate: p, Object: o, Graph: in})
	return n, err
}

// A Spoken is a thing with the number of statements and other things that lead to it.
type Spoken struct {
	Ref
	Count int64 `json:"count"`
}

// rankedThings is up to how many things of a class are ordered; more come as they were loaded.
const rankedThings = 2000

// ThingsOf lists things of a class, those that most is said of first, and how many there are.
func ThingsOf(ctx context.Context, view graph.Dataset, model *schema.Model, class string, w Window) ([]Spoken, int, error) {
	r := newReader(ctx, view, model)
	list, err := r.spoken(class)
	if err != nil {
		return nil, 0, err
	}
	out := []Spoken{}
	for _, s := range in(w, list) {
		t, err := r.term(s.id)
		if err != nil {
			return nil, 0, err
		}
		ref, err := r.ref(value{s.id, t})
		if err != nil {
			return nil, 0, err
		}
		if s.count < 0 {
			if s.count, err = r.said(s.id); err != nil {
				return nil, 0, err
			}
		}
		out = append(out, Spoken{ref, s.count})
	}
	return out, len(list), nil
}

type spokenOf struct {
	id    graph.ID
	count int64 // -1 where it was not counted
}

func (r *reader) spoken(class string) ([]spokenOf, error) {
	quads, err := r.instances(schema.NS + class)
	if err != nil {
		return nil, err
	}
	quads = slices.DeleteFunc(quads, func(q graph.Encoded) bool { return q.Graph != graph.DefaultGraph })
	out := make([]spokenOf, len(quads))
	for i, q := range quads {
		out[i] = spokenOf{q.Subject, -1}
		if len(quads) <= rankedThings {
			if out[i].count, err = r.said(q.Subject); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(out, func(a, b spokenOf) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.id, b.id)) })
	return out, nil
}

func (r *reader) said(id graph.ID) (int64, error) {
	n, _, err := r.view.Estimate(r.ctx, graph.Pattern{Object: id, Graph: graph.DefaultGraph})
	return n, err
}

// LatestDocuments lists documents, the latest published first, and how many there are.
func LatestDocuments(ctx context.Context, view graph.Dataset, w Window) ([]Document, int, error) {
	r := newReader(ctx, view, nil)
	quads, err := r.instances(schema.ClassDocument)
	if err != nil {
		return nil, 0, err
	}
	var list []filed
	for _, q := range quads {
		if q.Graph == q.Subject {
			list = append(list, filed{id: q.Subject})
		}
	}
	if err := r.order(list, schema.Issued, graph.Any); err != nil {
		return nil, 0, err
	}
	return (&Dossier{r: r, documents: list}).Documents(w)
}

// LatestEvents lists events that have a date, the latest first, each with
// little of its evidence, and how many there are.
func LatestEvents(ctx context.Context, view graph.Dataset, model *schema.Model, w Window) ([]Fact, int, error) {
	r := newReader(ctx, view, model)
	r.mostEvidence = 1
	p, err := r.id(schema.Date)
	if err != nil || p == graph.Any {
		return nil, 0, err
	}
	quads, err := r.scan(graph.Pattern{Predicate: p, Graph: graph.DefaultGraph})
	if err != nil {
		return nil, 0, err
	}
	var list []filed
	seen := make(map[graph.ID]bool, len(quads))
	for _, q := range quads {
		t, err := r.term(q.Object)
		if err != nil {
			return nil, 0, err
		}
		if !seen[q.Subject] {
			seen[q.Subject] = true
			list = append(list, filed{id: q.Subject, when: t.Value})
		}
	}
	slices.SortFunc(list, func(a, b filed) int { return cmp.Or(strings.Compare(b.when, a.when), cmp.Compare(a.id, b.id)) })
	out, err := (&Dossier{r: r}).facts(list, w)
	return out, len(list), err
}
