package facts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Dossier gives what is known of one thing part by part, so that a part costs
// about the same however much there is in all. It belongs to one goroutine and
// reads the view that it was opened with.
type Dossier struct {
	Thing
	r  *reader
	id graph.ID

	tenures, relations, events []filed // the latest first
	documents                  []filed
}

// filed is a statement or document, with what is needed to find and order it.
type filed struct {
	id    graph.ID
	group RelationKind // of a relation
	when  string       // ISO 8601, "" where unknown
}

// A Window is a part of a list: at most Limit of its items, from the one with the number Skip on.
type Window struct{ Skip, Limit int }

func in[T any](w Window, list []T) []T {
	from := min(max(w.Skip, 0), len(list))
	if w.Limit <= 0 {
		return list[from:]
	}
	return list[from:min(from+w.Limit, len(list))]
}

// A RelationKind is a type of relation as read from one of its ends.
type RelationKind struct {
	Type string `json:"type"` // id in the schema
	End  string `json:"end"`  // what the thing is in it: subject, object, about
}

// A RelationCount says how many relations of a kind a thing has.
type RelationCount struct {
	RelationKind
	Label string `json:"label"`
	Count int    `json:"count"`
}

// OpenDossier opens the dossier of a thing; nil where nothing has the IRI.
func OpenDossier(ctx context.Context, view graph.Dataset, model *schema.Model, iri string) (*Dossier, error) {
	r := newReader(ctx, view, model)
	n, err := r.standing(iri)
	if err != nil || n == nil || !isThing(n) {
		return nil, err
	}
	d := &Dossier{r: r, id: n.id}
	r.mostEvidence, r.context = shownEvidence, shownContext
	if d.Thing, err = r.thing(n); err != nil {
		return nil, err
	}
	if err := d.file(); err != nil {
		return nil, err
	}
	for _, v := range n.props[schema.MentionedIn] {
		d.documents = append(d.documents, filed{id: v.id})
	}
	if err := r.order(d.documents, schema.Issued, graph.Any); err != nil {
		return nil, err
	}
	return d, nil
}

// How much of its evidence a fact is shown with, and how many code points around a sentence.
const (
	shownEvidence = 3
	shownContext  = 200
)

// Brief makes the dossier give one source of each fact from now on, and nothing around its sentence.
func (d *Dossier) Brief() { d.r.mostEvidence, d.r.context = 1, 0 }

// file finds the tenures, relations and events in which the thing takes part.
func (d *Dossier) file() error {
	quads, err := d.r.scan(graph.Pattern{Object: d.id, Graph: graph.DefaultGraph})
	if err != nil {
		return err
	}
	events, err := d.r.id(schema.ClassEvent)
	if err != nil {
		return err
	}
	typed, err := d.r.id(schema.Type)
	if err != nil {
		return err
	}
	seen := map[filed]bool{}
	once := func(list *[]filed, f filed) {
		if !seen[f] {
			seen[f] = true
			*list = append(*list, f)
		}
	}
	for _, q := range quads {
		p, err := d.r.term(q.Predicate)
		if err != nil {
			return err
		}
		switch p.Value {
		case schema.Holder, schema.PositionHeld, schema.OnBehalfOf, schema.AccreditedTo:
			once(&d.tenures, filed{id: q.Subject})
			continue
		}
		if !eventParts[p.Value] && p.Value != schema.Subject && p.Value != schema.Object && p.Value != schema.About {
			continue
		}
		event := eventParts[p.Value]
		if event && p.Value == schema.Object { // which relations have too
			n, _, err := d.r.view.Estimate(d.r.ctx, graph.Pattern{Subject: q.Subject, Predicate: typed, Object: events, Graph: graph.DefaultGraph})
			if err != nil {
				return err
			}
			event = n > 0
		}
		if event {
			once(&d.events, filed{id: q.Subject})
		} else if p.Value == schema.Subject || p.Value == schema.Object || p.Value == schema.About {
			f := filed{id: q.Subject, group: RelationKind{End: strings.TrimPrefix(p.Value, schema.NS)}}
			if f.group.Type, err = d.r.relationType(q.Subject); err != nil {
				return err
			}
			if f.group.End == "object" && d.r.symmetric(f.group.Type) {
				f.group.End = "subject" // both ends are the same
			}
			once(&d.relations, f)
		}
	}
	if err := d.r.order(d.tenures, schema.From, graph.DefaultGraph); err != nil {
		return err
	}
	if err := d.r.order(d.relations, schema.From, graph.DefaultGraph); err != nil {
		return err
	}
	return d.r.order(d.events, schema.Date, graph.DefaultGraph)
}

// eventParts are the properties that lead from an event to who and what takes part in it.
var eventParts = func() map[string]bool {
	out := map[string]bool{schema.Actor: true, schema.Recipient: true, schema.Participant: true, schema.PlaceOf: true}
	for _, p := range schema.Parts() {
		out[p.IRI()] = true
	}
	return out
}()

func (r *reader) relationType(id graph.ID) (string, error) {
	p, err := r.id(schema.StatedType)
	if err != nil || p == graph.Any {
		return "", err
	}
	quads, err := r.scan(graph.Pattern{Subject: id, Predicate: p, Graph: graph.DefaultGraph})
	if err != nil || len(quads) == 0 {
		return "", err
	}
	t, err := r.term(quads[0].Object)
	if err != nil {
		return "", err
	}
	if r.model != nil && r.model.RelationOf(t.Value) != nil {
		return r.model.RelationOf(t.Value).ID, nil
	}
	return spelled(strings.TrimPrefix(t.Value, schema.NS), "-"), nil
}

func (r *reader) symmetric(relation string) bool {
	return r.model != nil && r.model.Relation(relation) != nil && r.model.Relation(relation).Symmetric
}

// fewLookups is up to how many values are looked up one by one; for more, all
// quads of the property are gone through.
const fewLookups = 500

// valuesOf returns the smallest value of a property for each of the subjects that has one.
func (r *reader) valuesOf(subjects []filed, property string, in graph.ID) (map[graph.ID]string, error) {
	out := make(map[graph.ID]string, len(subjects))
	p, err := r.id(property)
	if err != nil || p == graph.Any {
		return out, err
	}
	take := func(quads []graph.Encoded, wanted map[graph.ID]bool) error {
		for _, q := range quads {
			if wanted != nil && !wanted[q.Subject] {
				continue
			}
			t, err := r.term(q.Object)
			if err != nil {
				return err
			}
			if old, known := out[q.Subject]; !known || t.Value < old {
				out[q.Subject] = t.Value
			}
		}
		return nil
	}
	if len(subjects) <= fewLookups {
		for _, s := range subjects {
			quads, err := r.scan(graph.Pattern{Subject: s.id, Predicate: p, Graph: in})
			if err != nil {
				return nil, err
			}
			if err := take(quads, nil); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	wanted := make(map[graph.ID]bool, len(subjects))
	for _, s := range subjects {
		wanted[s.id] = true
	}
	for batch, err := range r.view.Scan(r.ctx, graph.Pattern{Predicate: p, Graph: in}, graph.Unordered) {
		if err != nil {
			return nil, err
		}
		if err := take(batch, wanted); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// order puts the latest by a date property first; those without come last.
func (r *reader) order(list []filed, property string, in graph.ID) error {
	dates, err := r.valuesOf(list, property, in)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].when = dates[list[i].id]
	}
	slices.SortFunc(list, func(a, b filed) int {
		return cmp.Or(strings.Compare(b.when, a.when), cmp.Compare(a.id, b.id))
	})
	return nil
}

// facts reads the statements of a window.
func (d *Dossier) facts(list []filed, w Window) ([]Fact, error) {
	out := []Fact{}
	for _, f := range in(w, list) {
		n, err := d.r.node(f.id, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		if n == nil {
			continue
		}
		s, err := d.r.fact(n)
		if err != nil {
			return nil, err
		}
		if s != nil {
			out = append(out, s.Fact)
		}
	}
	return out, nil
}

// Events returns events in which the thing takes part, the latest first, and
// how many there are. From and until (ISO 8601, or "") narrow them to what may have been then.
func (d *Dossier) Events(from, until string, w Window) ([]Fact, int, error) {
	list := d.events
	if from != "" || until != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(f filed) bool {
			return f.when == "" || from != "" && lastDay(f.when) < firstDay(from) || until != "" && firstDay(f.when) > lastDay(until)
		})
	}
	out, err := d.facts(list, w)
	return out, len(list), err
}

// Lasting returns the positions and relations of which is known since or until
// when they hold, and that may have held between two days, the latest begun
// first, and how many there are. A day that is "" is no bound.
func (d *Dossier) Lasting(from, until string, w Window) ([]Fact, int, error) {
	all := slices.Concat(d.tenures, d.relations)
	ends, err := d.r.valuesOf(all, schema.Until, graph.DefaultGraph)
	if err != nil {
		return nil, 0, err
	}
	list := slices.DeleteFunc(all, func(f filed) bool {
		end := ends[f.id]
		return f.when == "" && end == "" ||
			from != "" && end != "" && lastDay(end) < firstDay(from) || until != "" && f.when != "" && firstDay(f.when) > lastDay(until)
	})
	slices.SortFunc(list, func(a, b filed) int { return cmp.Or(strings.Compare(b.when, a.when), cmp.Compare(a.id, b.id)) })
	out, err := d.facts(list, w)
	return out, len(list), err
}

// Kinds counts the relations of the thing by type and direction, by label.
// AsOf, when it is not "", counts those only that hold on that day.
func (d *Dossier) Kinds(asOf string) ([]RelationCount, error) {
	held, err := d.holding(d.relations, asOf)
	if err != nil {
		return nil, err
	}
	counts := map[RelationKind]int{}
	for _, f := range held {
		counts[f.group]++
	}
	var out []RelationCount
	for kind, n := range counts {
		out = append(out, RelationCount{kind, d.r.kindLabel(kind), n})
	}
	slices.SortFunc(out, func(a, b RelationCount) int {
		return cmp.Or(strings.Compare(a.Label, b.Label), strings.Compare(a.Type, b.Type), strings.Compare(a.End, b.End))
	})
	return out, nil
}

func (r *reader) kindLabel(kind RelationKind) string {
	label, inverse := strings.ReplaceAll(kind.Type, "-", " "), ""
	if r.model != nil && r.model.Relation(kind.Type) != nil {
		label, inverse = r.model.Relation(kind.Type).Label, r.model.Relation(kind.Type).Inverse
	}
	switch kind.End {
	case "subject":
		return label
	case "object":
		return firstOf(inverse, label+" (of others)")
	}
	return label + " (concerning it)"
}

// Relations returns relations of a kind, the latest begun first, and how many there are.
func (d *Dossier) Relations(kind RelationKind, asOf string, w Window) ([]Fact, int, error) {
	list := slices.DeleteFunc(slices.Clone(d.relations), func(f filed) bool { return f.group != kind })
	return d.held(list, asOf, w)
}

// Positions returns the tenures of the thing, or of those who act for it, the
// latest begun first, and how many there are; with asOf those only that hold on that day.
func (d *Dossier) Positions(asOf string, w Window) ([]Fact, int, error) {
	return d.held(d.tenures, asOf, w)
}

func (d *Dossier) held(list []filed, asOf string, w Window) ([]Fact, int, error) {
	list, err := d.holding(list, asOf)
	if err != nil {
		return nil, 0, err
	}
	out, err := d.facts(list, w)
	return out, len(list), err
}

// holding leaves those tenures and relations that may hold on a day.
func (d *Dossier) holding(list []filed, day string) ([]filed, error) {
	if day == "" {
		return list, nil
	}
	ends, err := d.r.valuesOf(list, schema.Until, graph.DefaultGraph)
	if err != nil {
		return nil, err
	}
	former, err := d.r.valuesOf(list, schema.Former, graph.DefaultGraph)
	if err != nil {
		return nil, err
	}
	var out []filed
	for _, f := range list {
		end, over := ends[f.id], former[f.id] == "true"
		switch {
		case f.when != "" && firstDay(f.when) > lastDay(day):
		case end != "" && lastDay(end) < firstDay(day):
		case end == "" && over:
		default:
			out = append(out, f)
		}
	}
	return out, nil
}
