package schema

import (
	"slices"
	"strings"
)

// index answers the model's lookups.
type index struct {
	class    map[string]*Class
	relation map[string]*Relation
	event    map[string]*EventType
	byIRI    map[string]any
}

func newIndex(m *Model) index {
	x := index{map[string]*Class{}, map[string]*Relation{}, map[string]*EventType{}, map[string]any{}}
	for _, c := range m.Classes {
		x.class[c.ID], x.byIRI[c.IRI()] = c, c
	}
	for _, r := range m.Relations {
		x.relation[r.ID], x.byIRI[r.IRI()] = r, r
	}
	for _, e := range m.Events {
		x.event[e.ID], x.byIRI[e.IRI()] = e, e
	}
	return x
}

// IRI is the class's name in the graph: ent:State.
func (c *Class) IRI() string { return NS + c.ID }

// IRI is the relation's property: ent:memberOf.
func (r *Relation) IRI() string { return NS + r.Property }

// IRI is the event type's class: ent:SignAgreement for sign-agreement.
func (e *EventType) IRI() string { return NS + e.Class }

// Class returns the class of the id (State), or nil.
func (m *Model) Class(id string) *Class { return m.index.class[id] }

// Relation returns the relation of the id (member-of), or nil.
func (m *Model) Relation(id string) *Relation { return m.index.relation[id] }

// Event returns the event type of the id (sign-agreement), or nil.
func (m *Model) Event(id string) *EventType { return m.index.event[id] }

// ClassOf returns the class of the IRI, or nil.
func (m *Model) ClassOf(iri string) *Class { return lookup[*Class](m, iri) }

// RelationOf returns the relation whose property the IRI is, or nil.
func (m *Model) RelationOf(iri string) *Relation { return lookup[*Relation](m, iri) }

// EventOf returns the event type whose class the IRI is, or nil.
func (m *Model) EventOf(iri string) *EventType { return lookup[*EventType](m, iri) }

func lookup[T any](m *Model, iri string) T {
	t, _ := m.index.byIRI[iri].(T)
	return t
}

// TypeIRI returns what ent:type has for the id of a relation or event type, and
// false when there is none.
func (m *Model) TypeIRI(id string) (string, bool) {
	if r := m.Relation(id); r != nil {
		return r.IRI(), true
	}
	if e := m.Event(id); e != nil {
		return e.IRI(), true
	}
	return "", false
}

// TypeID returns the id of the class, relation or event type that the IRI
// stands for, and false when there is none.
func (m *Model) TypeID(iri string) (string, bool) {
	switch t := m.index.byIRI[iri].(type) {
	case *Class:
		return t.ID, true
	case *Relation:
		return t.ID, true
	case *EventType:
		return t.ID, true
	}
	return "", false
}

// IsSubclass reports whether a class is another one or narrower than it, by their ids.
func (m *Model) IsSubclass(id, of string) bool {
	for c := m.Class(id); c != nil; c = m.Class(c.Extends) {
		if c.ID == of {
			return true
		}
	}
	return false
}

// Admits reports whether the relation may lead from a thing of one class to a
// thing of another, by the ids of the classes.
func (m *Model) Admits(relation, from, to string) bool {
	r := m.Relation(relation)
	within := func(class string, allowed []string) bool {
		return slices.ContainsFunc(allowed, func(a string) bool { return m.IsSubclass(class, a) })
	}
	return r != nil && within(from, r.Domain) && within(to, r.Range)
}

// An Exclusion is a relation, or its negation, that cannot hold while another does.
type Exclusion struct {
	Relation string // id
	Negative bool   // what cannot hold is that the relation does not hold
}

// Exclusions returns what cannot be true at the same time between the same two
// things as the relation (negative: as that it does not hold), its own
// contrary first, then in order of ids. Where one of the two is
// symmetric, "the same two things" means in either order, else from and to in the same places.
func (m *Model) Exclusions(id string, negative bool) []Exclusion {
	out := []Exclusion{{Relation: id, Negative: !negative}}
	for _, r := range m.Relations {
		for _, x := range r.Excludes {
			other, otherNegative := strings.CutPrefix(x, "not ")
			switch {
			case r.ID == id && !negative:
				out = append(out, Exclusion{other, otherNegative})
			case other == id && otherNegative == negative && otherNegative:
				out = append(out, Exclusion{r.ID, false})
			}
		}
	}
	slices.SortStableFunc(out[1:], func(a, b Exclusion) int { return strings.Compare(a.Relation, b.Relation) })
	return out
}

// IDs lists the ids of all classes, relations and event types, sorted, each once.
func (m *Model) IDs() []string {
	var out []string
	for _, c := range m.Classes {
		out = append(out, c.ID)
	}
	for _, r := range m.Relations {
		out = append(out, r.ID)
	}
	for _, e := range m.Events {
		out = append(out, e.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
