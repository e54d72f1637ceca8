package facts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A reader reads nodes of one view and remembers what it has read. It belongs
// to one goroutine and lives as long as one question.
type reader struct {
	ctx   context.Context
	view  graph.Dataset
	model *schema.Model // may be nil: then types are shown by their names

	mostEvidence int // reports read of each fact; 0 for all
	context      int // code points read on either side of a sentence

	ids       map[string]graph.ID
	terms     map[graph.ID]graph.Term
	nodes     map[nodeKey]*node
	refs      map[graph.ID]Ref
	documents map[graph.ID]Document
	sentences map[nodeKey]Sentence
	texts     map[graph.ID][]rune // of documents
}

type nodeKey struct{ id, graph graph.ID }

func newReader(ctx context.Context, view graph.Dataset, model *schema.Model) *reader {
	return &reader{
		ctx: ctx, view: view, model: model,
		ids: map[string]graph.ID{}, terms: map[graph.ID]graph.Term{}, nodes: map[nodeKey]*node{},
		refs: map[graph.ID]Ref{}, documents: map[graph.ID]Document{}, sentences: map[nodeKey]Sentence{},
		texts: map[graph.ID][]rune{},
	}
}

// A value is the object of a quad.
type value struct {
	id   graph.ID
	term graph.Term
}

// A node is what one graph says of a subject, by predicate IRI.
type node struct {
	id    graph.ID
	graph graph.ID
	iri   string
	props map[string][]value
}

func (n *node) first(predicate string) (value, bool) {
	if vs := n.props[predicate]; len(vs) > 0 {
		return vs[0], true
	}
	return value{}, false
}

func (n *node) text(predicate string) string {
	v, _ := n.first(predicate)
	return v.term.Value
}

func (n *node) texts(predicate string) []string {
	var out []string
	for _, v := range n.props[predicate] {
		out = append(out, v.term.Value)
	}
	return out
}

func (n *node) is(class string) bool {
	return slices.ContainsFunc(n.props[schema.Type], func(v value) bool { return v.term.Value == class })
}

// isTrue reports whether the property is the boolean true.
func (n *node) isTrue(predicate string) bool {
	return slices.ContainsFunc(n.props[predicate], func(v value) bool { return v.term.Value == "true" || v.term.Value == "1" })
}

// id returns the id of an IRI, and graph.Any where the graph does not have it.
func (r *reader) id(iri string) (graph.ID, error) {
	if id, known := r.ids[iri]; known {
		return id, nil
	}
	id, ok, err := r.view.ID(r.ctx, graph.IRI(iri))
	if err != nil {
		return graph.Any, fmt.Errorf("facts: looking up %s: %w", iri, err)
	}
	if !ok {
		id = graph.Any
	}
	r.ids[iri] = id
	return id, nil
}

func (r *reader) term(id graph.ID) (graph.Term, error) {
	if t, known := r.terms[id]; known {
		return t, nil
	}
	t, err := r.view.Term(r.ctx, id)
	if err != nil {
		return graph.Term{}, fmt.Errorf("facts: %w", err)
	}
	r.terms[id] = t
	return t, nil
}

// scan collects the quads that match a pattern, in an order that is the same every time.
func (r *reader) scan(p graph.Pattern) ([]graph.Encoded, error) {
	var out []graph.Encoded
	for batch, err := range r.view.Scan(r.ctx, p, graph.Unordered) {
		if err != nil {
			return nil, fmt.Errorf("facts: %w", err)
		}
		out = append(out, batch...)
	}
	return out, nil
}

// node reads what one graph says of a subject; nil where it says nothing.
func (r *reader) node(id, in graph.ID) (*node, error) {
	key := nodeKey{id, in}
	if n, known := r.nodes[key]; known {
		return n, nil
	}
	quads, err := r.scan(graph.Pattern{Subject: id, Graph: in})
	if err != nil {
		return nil, err
	}
	r.nodes[key] = nil
	if len(quads) == 0 {
		return nil, nil
	}
	t, err := r.term(id)
	if err != nil {
		return nil, err
	}
	n := &node{id: id, graph: in, iri: t.Value, props: map[string][]value{}}
	for _, q := range quads {
		p, err := r.term(q.Predicate)
		if err != nil {
			return nil, err
		}
		o, err := r.term(q.Object)
		if err != nil {
			return nil, err
		}
		n.props[p.Value] = append(n.props[p.Value], value{q.Object, o})
	}
	n.sort()
	r.nodes[key] = n
	return n, nil
}

// sort orders the values of each property, so that they are the same every time.
func (n *node) sort() {
	for _, vs := range n.props {
		slices.SortFunc(vs, func(a, b value) int { return strings.Compare(a.term.Value, b.term.Value) })
	}
}

// concluded reads a node of the default graph by its IRI; nil where there is none.
func (r *reader) concluded(iri string) (*node, error) {
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return nil, err
	}
	return r.node(id, graph.DefaultGraph)
}

// ref names a node of the default graph, or a literal.
func (r *reader) ref(v value) (Ref, error) {
	if v.term.Kind == graph.KindLiteral {
		return Ref{Label: v.term.Value}, nil
	}
	if ref, known := r.refs[v.id]; known {
		return ref, nil
	}
	n, err := r.node(v.id, graph.DefaultGraph)
	if err != nil {
		return Ref{}, err
	}
	ref := Ref{IRI: v.term.Value, Label: schema.Compact(v.term.Value)}
	if n != nil {
		ref.Label = firstOf(n.text(schema.Label), n.text(schema.Named), ref.Label)
		ref.Class = r.classOf(n)
	}
	r.refs[v.id] = ref
	return ref, nil
}

// classOf returns the id of the narrowest class of a thing.
func (r *reader) classOf(n *node) string {
	best := ""
	for _, v := range n.props[schema.Type] {
		id, ours := strings.CutPrefix(v.term.Value, schema.NS)
		switch {
		case !ours || r.model != nil && r.model.Class(id) == nil:
		case best == "" || r.model != nil && r.model.IsSubclass(id, best):
			best = id
		}
	}
	return best
}

// entityRef names the thing that an entity of a document refers to, or else
// the entity itself.
func (r *reader) entityRef(v value, in graph.ID) (Ref, error) {
	if v.term.Kind == graph.KindLiteral {
		return Ref{Label: v.term.Value}, nil
	}
	n, err := r.node(v.id, in)
	if err != nil {
		return Ref{}, err
	}
	if n == nil {
		return r.ref(v)
	}
	if thing, ok := n.first(schema.RefersTo); ok {
		return r.ref(thing)
	}
	ref := Ref{IRI: n.iri, Label: firstOf(n.text(schema.Label), schema.Compact(n.iri))}
	ref.Class = strings.TrimPrefix(n.text(schema.ClassOf), schema.NS)
	return ref, nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
