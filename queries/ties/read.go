package ties

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// reading reads a network: whole predicates at a time.
type reading struct {
	ctx     context.Context
	view    graph.Dataset
	model   *schema.Model
	options Options
	n       *Network

	by, not map[string]bool // ids of types; by is nil where all are wanted
	isThing map[graph.ID]bool
}

func (r *reading) choose() error {
	set := func(words []string) (map[string]bool, error) {
		ids, err := TypesOf(r.model, words)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		out := map[string]bool{}
		for _, id := range ids {
			out[id] = true
		}
		return out, nil
	}
	var err error
	if r.by, err = set(r.options.By); err != nil {
		return err
	}
	if r.not, err = set(r.options.Not); err != nil {
		return err
	}
	for _, class := range r.options.Classes {
		if r.model.Class(class) == nil {
			return fmt.Errorf("ties: the schema has no class %q", class)
		}
	}
	return nil
}

// wanted reports whether statements of a type are.
func (r *reading) wanted(id string) bool { return (r.by == nil || r.by[id]) && !r.not[id] }

// each calls do for the quads of the default graph with a predicate and, where it is not "", an object.
func (r *reading) each(predicate, object string, do func(graph.Encoded)) error {
	p := graph.Pattern{Graph: graph.DefaultGraph}
	for _, place := range []struct {
		to  *graph.ID
		iri string
	}{{&p.Predicate, predicate}, {&p.Object, object}} {
		if place.iri == "" {
			continue
		}
		id, ok, err := r.view.ID(r.ctx, graph.IRI(place.iri))
		if err != nil || !ok {
			return err
		}
		*place.to = id
	}
	for batch, err := range r.view.Scan(r.ctx, p, graph.Unordered) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			do(e)
		}
	}
	return nil
}

// incidence says that a thing takes part in a statement.
type incidence struct {
	statement, thing graph.ID
	part             part
}

func (r *reading) read() error {
	kinds, err := r.statements()
	if err != nil {
		return err
	}
	if err := r.readThings(); err != nil {
		return err
	}
	var all []incidence
	for _, role := range roles {
		err := r.each(role.property, "", func(e graph.Encoded) {
			if _, known := kinds[e.Subject]; known && r.isThing[e.Object] {
				all = append(all, incidence{e.Subject, e.Object, role.part})
			}
		})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b incidence) int {
		return cmp.Or(cmp.Compare(a.statement, b.statement), cmp.Compare(a.thing, b.thing), cmp.Compare(a.part, b.part))
	})
	all = slices.CompactFunc(all, func(a, b incidence) bool { return a.statement == b.statement && a.thing == b.thing })
	r.build(all, kinds)
	return r.ctx.Err()
}

// statements returns the statements that are wanted.
func (r *reading) statements() (map[graph.ID]kind, error) {
	types := map[graph.ID]bool{} // wanted, by the id of the IRI
	for _, relation := range r.model.Relations {
		if err := r.addType(types, relation.ID, relation.IRI()); err != nil {
			return nil, err
		}
	}
	for _, e := range r.model.Events {
		if err := r.addType(types, e.ID, e.IRI()); err != nil {
			return nil, err
		}
	}
	outside, err := r.outside()
	if err != nil {
		return nil, err
	}
	typed := map[graph.ID]bool{} // statements of a type that is wanted
	err = r.each(schema.StatedType, "", func(e graph.Encoded) {
		if types[e.Object] || r.by == nil && r.not == nil {
			typed[e.Subject] = true
		}
	})
	if err != nil {
		return nil, err
	}
	out := map[graph.ID]kind{}
	for _, class := range []struct {
		iri  string
		kind kind
	}{{schema.ClassEvent, event}, {schema.ClassTenure, tenure}, {schema.ClassRelation, relation}} {
		err := r.each(schema.Type, class.iri, func(e graph.Encoded) {
			if !outside[e.Subject] && (class.kind == tenure && r.wanted("tenure") || class.kind != tenure && typed[e.Subject]) {
				out[e.Subject] = class.kind
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, property := range []string{schema.Until, schema.Former} {
		err := r.each(property, "", func(e graph.Encoded) {
			if kind, known := out[e.Subject]; known && kind != event {
				out[e.Subject] = over
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *reading) addType(types map[graph.ID]bool, id, iri string) error {
	if !r.wanted(id) {
		return nil
	}
	found, ok, err := r.view.ID(r.ctx, graph.IRI(iri))
	if ok {
		types[found] = true
	}
	return err
}

// outside returns the statements that cannot have been in the period that is
// asked for; of the graph of a date, those that had ended.
func (r *reading) outside() (map[graph.ID]bool, error) {
	asOf, dated := past.Of(r.view)
	if r.options.From == "" && r.options.Until == "" {
		if !dated {
			return nil, nil
		}
		t, err := past.Read(r.ctx, r.view, r.model)
		if err != nil {
			return nil, err
		}
		return t.Ended(asOf), nil
	}
	t, err := past.Read(r.ctx, r.view, r.model)
	if err != nil {
		return nil, err
	}
	period := past.Period{First: past.NoBeginning, Last: past.NoEnd}
	if r.options.From != "" {
		period.First = past.FirstDay(r.options.From)
	}
	if r.options.Until != "" {
		period.Last = past.LastDay(r.options.Until)
	}
	return t.Outside(period), nil
}

// readThings notes which nodes are things that are wanted.
func (r *reading) readThings() error {
	r.isThing = map[graph.ID]bool{}
	for _, class := range r.model.Classes {
		switch class.IRI() {
		case schema.ClassEvent, schema.ClassRelation, schema.ClassTenure, schema.ClassPosition, schema.ClassDocument, schema.ClassSentence,
			schema.ClassEntity, schema.ClassMention, schema.ClassNote, schema.ClassTenureReport, schema.ClassRelationReport, schema.ClassEventReport:
			continue
		}
		if len(r.options.Classes) > 0 && !slices.ContainsFunc(r.options.Classes, func(of string) bool { return r.model.IsSubclass(class.ID, of) }) {
			continue
		}
		if err := r.each(schema.Type, class.IRI(), func(e graph.Encoded) { r.isThing[e.Subject] = true }); err != nil {
			return err
		}
	}
	return nil
}

// build makes the network of sorted incidences. A statement of one thing joins nothing.
func (r *reading) build(all []incidence, kinds map[graph.ID]kind) {
	n := r.n
	n.ends = append(n.ends, 0)
	for len(all) > 0 {
		size := 1
		for size < len(all) && all[size].statement == all[0].statement {
			size++
		}
		if size > 1 {
			for _, x := range all[:size] {
				at, known := n.place[x.thing]
				if !known {
					at = int32(len(n.things))
					n.place[x.thing] = at
					n.things = append(n.things, x.thing)
				}
				n.members, n.parts = append(n.members, at), append(n.parts, x.part)
			}
			n.statements, n.kinds = append(n.statements, all[0].statement), append(n.kinds, kinds[all[0].statement])
			n.ends = append(n.ends, int32(len(n.members)))
		}
		all = all[size:]
	}
	n.starts = make([]int32, len(n.things)+1)
	for _, t := range n.members {
		n.starts[t+1]++
	}
	for i := range n.things {
		n.starts[i+1] += n.starts[i]
	}
	n.ties = make([]int32, len(n.members))
	next := slices.Clone(n.starts)
	for s := range n.statements {
		for _, t := range n.in(int32(s)) {
			n.ties[next[t]] = int32(s)
			next[t]++
		}
	}
}
