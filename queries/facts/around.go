package facts

import (
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// AroundOptions bound a neighbourhood.
type AroundOptions struct {
	Depth int // steps from the thing; 1 where it is not positive
	Limit int // nodes, the thing included; 0 means all
}

// starSize is the number of equal actors from which an event becomes a node of
// its own, instead of an edge between any two of them.
const starSize = 5

// Around returns what lies around a thing: the things that tenures, relations
// and events join it with, and those edges. Where the limit leaves nodes out,
// those with the most edges stay, facts before reports.
func Around(ctx context.Context, view graph.Dataset, model *schema.Model, iri string, o AroundOptions) (*Neighbourhood, error) {
	r := newReader(ctx, view, model)
	n, err := r.concluded(iri)
	if err != nil || n == nil {
		return &Neighbourhood{}, err
	}
	center, err := r.ref(value{n.id, graph.IRI(iri)})
	if err != nil {
		return nil, err
	}
	w := &network{nodes: []Ref{center}, level: map[string]int{iri: 0}, edges: map[edgeKey]bool{}, told: map[string]bool{}}
	depth := max(o.Depth, 1)
	for step := 1; step <= depth; step++ {
		var frontier []Ref
		for _, node := range w.nodes {
			if w.level[node.IRI] == step-1 && node.Class != "Event" {
				frontier = append(frontier, node)
			}
		}
		if o.Limit > 0 && step > 1 {
			frontier = frontier[:min(len(frontier), o.Limit)]
		}
		for _, node := range frontier {
			if err := r.edgesAt(w, node.IRI, step); err != nil {
				return nil, err
			}
		}
	}
	return w.within(1, o.Limit), nil
}

// Whole returns all things that tenures, relations and events join, and those
// edges. Where the limit leaves nodes out, those with the most edges stay; 0 means all.
func Whole(ctx context.Context, view graph.Dataset, model *schema.Model, limit int) (*Neighbourhood, error) {
	things, err := Things(ctx, view)
	if err != nil {
		return nil, err
	}
	r := newReader(ctx, view, model)
	w := &network{level: map[string]int{}, edges: map[edgeKey]bool{}, told: map[string]bool{}}
	for _, t := range things {
		if err := r.edgesAt(w, t.IRI, 1); err != nil {
			return nil, err
		}
	}
	return w.within(0, limit), nil
}

// edgeKey tells the edges of a network apart.
type edgeKey struct{ from, to, label, fact string }

// network collects nodes and edges.
type network struct {
	nodes []Ref // in order of discovery
	level map[string]int
	edges map[edgeKey]bool
	list  []Edge
	told  map[string]bool // statements whose edges are there
}

func (w *network) node(ref Ref, level int) bool {
	if ref.IRI == "" {
		return false
	}
	if _, known := w.level[ref.IRI]; !known {
		w.level[ref.IRI] = level
		w.nodes = append(w.nodes, ref)
	}
	return true
}

func (w *network) edge(from, to Ref, level int, e Edge) {
	if from.IRI == to.IRI || !w.node(from, level) || !w.node(to, level) {
		return
	}
	e.From, e.To = from.IRI, to.IRI
	if e.Mutual && e.From > e.To {
		e.From, e.To = e.To, e.From
	}
	key := edgeKey{e.From, e.To, e.Label, e.Fact}
	if !w.edges[key] {
		w.edges[key] = true
		w.list = append(w.list, e)
	}
}

// edgesAt adds the edges of all that is said about a thing.
func (r *reader) edgesAt(w *network, iri string, level int) error {
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return err
	}
	statements, err := r.about(id, r.statement)
	if err != nil {
		return err
	}
	for _, s := range statements {
		r.draw(w, s, level, Edge{Documents: documentsOf(s.node.texts(schema.Evidence))})
	}
	reports, err := r.reportedOn(id, false)
	if err != nil {
		return err
	}
	for _, report := range reports {
		r.drawReport(w, report, level)
	}
	return nil
}

// drawReport adds the edges of what is no fact.
func (r *reader) drawReport(w *network, report Reported, level int) {
	s := &statement{Fact: report.Fact, report: true}
	e := report.Evidence[0]
	switch {
	case e.Modality != "" && e.Modality != "realis":
		s.Label += " (" + e.Modality + ")"
	case e.Assertion != "" && e.Assertion != "asserted" && e.Assertion != "presupposed":
		s.Label += " (" + e.Assertion + ")"
	}
	negative := e.Polarity == "negative"
	if negative {
		s.Label = "not: " + s.Label
	}
	r.draw(w, s, level, Edge{Why: report.Why, Negative: negative, Documents: []string{e.Document.IRI}})
}

// documentsOf lists the documents in which reports stand; their IRIs are made from those of the documents.
func documentsOf(reports []string) []string {
	var out []string
	for _, report := range reports {
		document, _, _ := strings.Cut(report, "#")
		if !slices.Contains(out, document) {
			out = append(out, document)
		}
	}
	return out
}

// draw adds the edges of a statement, which have what e says already.
func (r *reader) draw(w *network, s *statement, level int, e Edge) {
	if w.told[s.IRI] {
		return
	}
	w.told[s.IRI] = true
	e.Label, e.Kind, e.Type, e.Fact = s.Label, s.Kind, s.Type, s.IRI
	e.Reported, e.Ended = s.report, s.Former || s.Until.Past()
	e.Start, e.Until = s.From.Text, s.Until.Text
	switch s.Kind {
	case Tenure:
		r.drawTenure(w, s, level, e)
	case Relation:
		if r.model != nil && r.model.Relation(s.Type) != nil {
			e.Mutual = r.model.Relation(s.Type).Symmetric
		}
		if about := s.with("about"); len(about) > 0 {
			e.Label += " (" + schema.Names(about) + ")"
		}
		for _, from := range s.all("subject") {
			for _, to := range s.all("object") {
				w.edge(from, to, level, e)
			}
		}
	case Event:
		e.Start, e.Until, e.Ended = s.Date.Text, s.Date.Text, false
		if e.Start != "" {
			e.Label += ", " + s.Date.String()
		}
		drawEvent(w, s, level, e)
	}
}

func (r *reader) drawTenure(w *network, s *statement, level int, e Edge) {
	e.Label = schema.Names(s.with("position"))
	for _, position := range s.all("position") {
		if n, err := r.concluded(position.IRI); err == nil && n != nil {
			e.Label = firstOf(n.text(schema.JobTitle), e.Label)
		}
	}
	for _, holder := range s.all("holder") {
		employers := s.all("onBehalfOf")
		if len(employers) == 0 {
			employers = s.all("position")
		}
		for _, employer := range employers {
			w.edge(holder, employer, level, e)
		}
		for _, host := range s.all("accreditedTo") {
			accredited := e
			accredited.Label += ", accredited"
			w.edge(holder, host, level, accredited)
		}
	}
}

// drawEvent joins those who take part: equals with each other, actors with
// recipients and with what is done; many equals with a node of the event.
func drawEvent(w *network, s *statement, level int, e Edge) {
	actors, recipients, objects := s.all("actor"), s.all("recipient"), s.all("object")
	if len(actors) >= starSize || len(recipients) >= starSize && len(actors) > 1 {
		event := Ref{IRI: s.IRI, Label: s.Title, Class: "Event"}
		for _, p := range s.Parts {
			part := e
			part.Label = p.Role
			w.edge(p.Ref, event, level, part)
		}
		return
	}
	if len(recipients) == 0 {
		pairs(w, actors, level, e)
	}
	across(w, actors, recipients, level, e)
	across(w, actors, objects, level, e)
	for _, role := range []string{"signatory", "participant", "mediator", "host"} {
		persons := s.all(role)
		pairs(w, persons, level, e)
		across(w, persons, objects, level, e)
	}
	speakers := s.all("speaker")
	across(w, speakers, s.all("addressee"), level, e)
	if len(actors) == 0 {
		across(w, speakers, recipients, level, e)
	}
}

func pairs(w *network, refs []Ref, level int, e Edge) {
	if len(refs) >= starSize {
		return
	}
	e.Mutual = true
	for i, a := range refs {
		for _, b := range refs[i+1:] {
			w.edge(a, b, level, e)
		}
	}
}

func across(w *network, from, to []Ref, level int, e Edge) {
	for _, a := range from {
		for _, b := range to {
			w.edge(a, b, level, e)
		}
	}
}

// within returns the network with at most limit nodes; the first ones stay where they are.
func (w *network) within(first, limit int) *Neighbourhood {
	weight := map[string]int{}
	for _, e := range w.list {
		worth := 4
		if e.Reported {
			worth = 1
		}
		weight[e.From] += worth
		weight[e.To] += worth
	}
	nodes := slices.Clone(w.nodes)
	others := nodes[first:]
	slices.SortStableFunc(others, func(a, b Ref) int {
		if c := w.level[a.IRI] - w.level[b.IRI]; c != 0 {
			return c
		}
		if c := weight[b.IRI] - weight[a.IRI]; c != 0 {
			return c
		}
		return strings.Compare(a.IRI, b.IRI)
	})
	out := &Neighbourhood{Nodes: nodes, Edges: []Edge{}}
	if limit > 0 && len(out.Nodes) > limit {
		out.Cut = len(out.Nodes) - limit
		out.Nodes = out.Nodes[:limit]
	}
	kept := map[string]bool{}
	for _, n := range out.Nodes {
		kept[n.IRI] = true
	}
	for _, e := range w.list {
		if kept[e.From] && kept[e.To] {
			out.Edges = append(out.Edges, e)
		}
	}
	return out
}
