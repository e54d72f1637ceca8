package facts

import (
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// Describe returns what the graph says about a thing, with the sentences, or
// nil where nothing has the IRI. The IRI of a thing that was judged to be another gives that one. The model names types and directions; without
// one (nil) they have their bare names.
func Describe(ctx context.Context, view graph.Dataset, model *schema.Model, iri string) (*Description, error) {
	r := newReader(ctx, view, model)
	n, err := r.standing(iri)
	if err != nil || n == nil || !isThing(n) {
		return nil, err
	}
	t, err := r.thing(n)
	if err != nil {
		return nil, err
	}
	d := &Description{Thing: t}
	statements, err := r.about(n.id, r.fact)
	if err != nil {
		return nil, err
	}
	groups := map[string]*Group{}
	for _, s := range statements {
		switch s.Kind {
		case Tenure:
			d.Positions = append(d.Positions, s.Fact)
		case Event:
			d.Events = append(d.Events, s.Fact)
		case Relation:
			label := r.direction(s, n.iri)
			key := s.Type + " " + label
			if groups[key] == nil {
				groups[key] = &Group{Type: s.Type, Label: label}
			}
			groups[key].Facts = append(groups[key].Facts, s.Fact)
		}
	}
	sortByTime(d.Positions)
	sortByTime(d.Events)
	for _, key := range sortedKeys(groups) {
		sortByTime(groups[key].Facts)
		d.Relations = append(d.Relations, *groups[key])
	}
	if d.Reported, err = r.reportedOn(n.id, true); err != nil {
		return nil, err
	}
	if d.Documents, err = r.mentioning(n); err != nil {
		return nil, err
	}
	return d, nil
}

func sortedKeys(groups map[string]*Group) []string {
	var keys []string
	for key := range groups {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// about reads the tenures, relations and events of the default graph in which
// a thing takes part, each once, by IRI.
func (r *reader) about(id graph.ID, read func(*node) (*statement, error)) ([]*statement, error) {
	quads, err := r.scan(graph.Pattern{Object: id, Graph: graph.DefaultGraph})
	if err != nil {
		return nil, err
	}
	var ids []graph.ID
	for _, q := range quads {
		ids = append(ids, q.Subject)
	}
	slices.Sort(ids)
	var out []*statement
	for _, subject := range slices.Compact(ids) {
		n, err := r.node(subject, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		s, err := read(n)
		if err != nil {
			return nil, err
		}
		if s != nil {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b *statement) int { return strings.Compare(a.IRI, b.IRI) })
	return out, nil
}

// direction words a relation as read from one of its ends.
func (r *reader) direction(s *statement, from string) string {
	has := func(role string) bool {
		return slices.ContainsFunc(s.all(role), func(ref Ref) bool { return ref.IRI == from })
	}
	switch {
	case has("subject"):
		return s.Label
	case has("object"):
		if r.model != nil && r.model.Relation(s.Type) != nil && r.model.Relation(s.Type).Inverse != "" {
			return r.model.Relation(s.Type).Inverse
		}
		return s.Label + " (of others)"
	}
	return s.Label + " (concerning it)"
}

// reportedOn reads the reports that concern a thing and are no facts. saidBy
// adds those of what the thing itself says of others.
func (r *reader) reportedOn(id graph.ID, saidBy bool) ([]Reported, error) {
	refersTo, err := r.id(schema.RefersTo)
	if err != nil || refersTo == graph.Any {
		return nil, err
	}
	entities, err := r.scan(graph.Pattern{Predicate: refersTo, Object: id})
	if err != nil {
		return nil, err
	}
	attributed, err := r.id(schema.AttributedTo)
	if err != nil {
		return nil, err
	}
	seen := map[nodeKey]bool{}
	var out []Reported
	for _, e := range entities {
		if e.Graph == graph.DefaultGraph {
			continue
		}
		quads, err := r.scan(graph.Pattern{Object: e.Subject, Graph: e.Graph})
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			key := nodeKey{q.Subject, q.Graph}
			if seen[key] || !saidBy && q.Predicate == attributed {
				continue
			}
			seen[key] = true
			report, ok, err := r.unconcluded(key)
			if err != nil {
				return nil, err
			}
			if ok && !r.later(report.Fact) {
				out = append(out, report)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Reported) int { return compareFacts(a.Fact, b.Fact) })
	return out, nil
}

// later reports whether a report is of what came after the time of which the
// graph is shown. (Facts of later are not in such a view.)
func (r *reader) later(f Fact) bool { return r.laterThan(f.when()) }

func (r *reader) laterThan(d Date) bool {
	period, ok := past.Of(r.view)
	first, _ := d.span()
	return ok && first > period.Last
}

// unconcluded reads a report; ok is false for a node that is none, or that a fact rests on.
func (r *reader) unconcluded(key nodeKey) (report Reported, ok bool, err error) {
	n, err := r.node(key.id, key.graph)
	if err != nil || n == nil {
		return Reported{}, false, err
	}
	if _, isReport, statement := kindOf(n); !statement || !isReport {
		return Reported{}, false, nil
	}
	rests, err := r.supports(n.id)
	if err != nil || rests {
		return Reported{}, false, err
	}
	s, err := r.fact(n)
	if err != nil || s == nil {
		return Reported{}, false, err
	}
	report, err = r.reported(s)
	return report, err == nil, err
}

// supports reports whether a fact rests on a report.
func (r *reader) supports(report graph.ID) (bool, error) {
	evidence, err := r.id(schema.Evidence)
	if err != nil || evidence == graph.Any {
		return false, err
	}
	quads, err := r.scan(graph.Pattern{Predicate: evidence, Object: report, Graph: graph.DefaultGraph})
	return len(quads) > 0, err
}

// mentioning lists the documents that mention a thing.
func (r *reader) mentioning(n *node) ([]Document, error) {
	var out []Document
	for _, v := range n.props[schema.MentionedIn] {
		d, err := r.document(v.id)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	sortDocuments(out)
	return out, nil
}

// Why returns one statement with its evidence, by the IRI of a tenure, relation
// or event, or of a report, which is its own evidence; nil where it is none.
func Why(ctx context.Context, view graph.Dataset, model *schema.Model, iri string) (*Fact, error) {
	r := newReader(ctx, view, model)
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return nil, err
	}
	graphs, err := r.graphsOf(id)
	if err != nil {
		return nil, err
	}
	for _, in := range append([]graph.ID{graph.DefaultGraph}, graphs...) {
		n, err := r.node(id, in)
		if err != nil {
			return nil, err
		}
		if n == nil {
			continue
		}
		s, err := r.fact(n)
		if err != nil {
			return nil, err
		}
		if s != nil {
			return &s.Fact, nil
		}
	}
	return nil, nil
}
