package network

import (
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

// A Network is what a view shows.
type Network struct {
	picture.Picture
	Things  []Choice   `json:"things"` // what stands in the middle, by id
	Facets  Facets     `json:"facets"`
	Hidden  []Choice   `json:"hidden,omitempty"` // nodes that the view leaves out
	Path    *Path      `json:"path,omitempty"`
	Cut     int        `json:"cut,omitempty"`     // nodes left out because of limits
	Undated int        `json:"undated,omitempty"` // edges left out because no date is known
	Times   [2]string  `json:"times"`             // first and last day of what is shown, before At counts; "" where nothing is dated
	Unknown []string   `json:"unknown,omitempty"` // what names nothing
	Unclear []Question `json:"unclear,omitempty"` // what names several things
}

// A Question lists what a name may mean.
type Question struct {
	Name    string   `json:"name"`
	Choices []Choice `json:"choices"`
}

// A Choice is a value that a filter may have.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
	On    bool   `json:"on,omitempty"` // the view has it
}

// Facets are what there is to filter by, with the number of nodes or edges that have it.
type Facets struct {
	Classes    []Choice `json:"classes"`
	Relations  []Choice `json:"relations"`
	Assertions []Choice `json:"assertions"`
	Sources    []Choice `json:"sources"`
}

// frontier bounds the nodes from which a second step is taken.
const frontier = 500

// Read gives what a view shows. address gives the page of a node, or is nil.
func Read(ctx context.Context, view graph.Dataset, model *schema.Model, v View, address func(iri string) string) (*Network, error) {
	r := reading{ctx: ctx, view: view, model: model, asked: v, n: &Network{Things: []Choice{}}, union: newUnion()}
	if err := r.collect(); err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	if err := r.sources(); err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	r.facets()
	r.filter()
	r.hide()
	r.cut()
	r.n.Picture = picture.Of(model, r.title(), &facts.Neighbourhood{Nodes: r.union.nodes, Edges: r.union.edges}, address)
	r.n.Layout = v.Layout
	for i, e := range r.union.edges {
		r.n.Edges[i].Sources = r.publishers(e)
	}
	pins := map[string]Pin{}
	for _, p := range v.Pinned {
		pins[p.Node] = p
	}
	for i, node := range r.n.Nodes {
		r.n.Nodes[i].Center = r.centers[node.IRI]
		if p, ok := pins[node.ID]; ok {
			r.n.Nodes[i].Pin = &[2]float64{float64(p.X), float64(p.Y)}
		}
	}
	return r.n, nil
}

// reading is a network as it is being made.
type reading struct {
	ctx     context.Context
	view    graph.Dataset
	model   *schema.Model
	asked   View
	n       *Network
	union   *union
	centers map[string]bool           // IRIs of the things asked for
	labels  []string                  // of these
	source  map[string]facts.Document // by IRI
}

func (r *reading) title() string {
	if len(r.labels) == 0 {
		return "The whole graph"
	}
	return schema.Names(r.labels)
}

// collect reads all that lies around the things and expansions.
func (r *reading) collect() error {
	r.centers = map[string]bool{}
	for _, name := range r.asked.Things {
		t, ok, err := r.thing(name)
		if err != nil {
			return err
		}
		if !ok || r.centers[t.IRI] {
			continue
		}
		r.centers[t.IRI] = true
		r.labels = append(r.labels, t.Label)
		r.n.Things = append(r.n.Things, Choice{Value: schema.Compact(t.IRI), Label: t.Label, On: true})
		r.union.node(t.Ref)
		o := facts.AroundOptions{Depth: r.asked.Depth}
		if o.Depth > 1 {
			o.Limit = frontier
		}
		around, err := facts.Around(r.ctx, r.view, r.model, t.IRI, o)
		if err != nil {
			return err
		}
		r.n.Cut += around.Cut
		r.union.add(around, func(facts.Edge) bool { return true })
	}
	if err := r.path(); err != nil {
		return err
	}
	if len(r.asked.Things) == 0 && len(r.asked.Expand) == 0 && r.asked.Path == [2]string{} {
		whole, err := facts.Whole(r.ctx, r.view, r.model, 0)
		if err != nil {
			return err
		}
		r.union.add(whole, func(facts.Edge) bool { return true })
	}
	for _, e := range r.asked.Expand {
		if err := r.expand(e); err != nil {
			return err
		}
	}
	return nil
}

// thing finds what a name means; it notes names that mean nothing, or several things.
func (r *reading) thing(name string) (facts.Thing, bool, error) {
	found, err := facts.Find(r.ctx, r.view, name)
	switch {
	case err != nil:
		return facts.Thing{}, false, err
	case len(found) == 1:
		return found[0], true, nil
	case len(found) == 0:
		r.n.Unknown = append(r.n.Unknown, name)
		return facts.Thing{}, false, nil
	}
	q := Question{Name: name}
	for _, t := range found[:min(len(found), 20)] {
		q.Choices = append(q.Choices, Choice{Value: schema.Compact(t.IRI), Label: t.Label})
	}
	r.n.Unclear = append(r.n.Unclear, q)
	return facts.Thing{}, false, nil
}

// expand adds what lies around a further thing.
func (r *reading) expand(e Expansion) error {
	t, ok, err := r.thing(e.Thing)
	if err != nil || !ok {
		return err
	}
	around, err := facts.Around(r.ctx, r.view, r.model, t.IRI, facts.AroundOptions{Depth: 1})
	if err != nil {
		return err
	}
	r.union.node(t.Ref)
	added := 0
	r.union.addUpTo(around, func(edge facts.Edge) bool { return e.Relation == "" || edge.Type == e.Relation }, func() bool {
		added++
		if added > ExpandLimit {
			r.n.Cut++
		}
		return added <= ExpandLimit
	})
	return nil
}

// sources reads the documents that the edges rest on.
func (r *reading) sources() error {
	var iris []string
	r.source = map[string]facts.Document{}
	for _, e := range r.union.edges {
		for _, iri := range e.Documents {
			if _, seen := r.source[iri]; !seen {
				r.source[iri] = facts.Document{}
				iris = append(iris, iri)
			}
		}
	}
	documents, err := facts.ReadDocuments(r.ctx, r.view, iris)
	for _, d := range documents {
		r.source[d.IRI] = d
	}
	return err
}

// Surroundings counts what lies around a thing by type of relation: the nodes
// that an expansion by it would show. The first choice, without a value, is all of it.
func Surroundings(ctx context.Context, view graph.Dataset, model *schema.Model, iri string) ([]Choice, error) {
	around, err := facts.Around(ctx, view, model, iri, facts.AroundOptions{Depth: 1})
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	all := Choice{Label: "everything", Count: max(0, len(around.Nodes)-1)}
	ends := map[string]map[string]bool{}
	for _, e := range around.Edges {
		if ends[e.Type] == nil {
			ends[e.Type] = map[string]bool{}
		}
		for _, end := range []string{e.From, e.To} {
			if end != iri {
				ends[e.Type][end] = true
			}
		}
	}
	out := []Choice{}
	for kind, nodes := range ends {
		out = append(out, Choice{Value: kind, Label: typeLabel(model, kind), Count: len(nodes)})
	}
	slices.SortFunc(out, byCount)
	return append([]Choice{all}, out...), nil
}
