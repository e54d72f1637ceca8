package w3c

import "github.com/ententegraph/entente/graph"

// Triples answers simple questions about what a manifest says.
type Triples struct {
	objects  map[edge][]graph.Term
	subjects map[edge][]graph.Term
}

type edge struct {
	node      graph.Term
	predicate string
}

// NewTriples indexes quads; their graph names do not count.
func NewTriples(quads []graph.Quad) *Triples {
	t := &Triples{objects: map[edge][]graph.Term{}, subjects: map[edge][]graph.Term{}}
	for _, q := range quads {
		out, in := edge{q.Subject, q.Predicate.Value}, edge{q.Object, q.Predicate.Value}
		t.objects[out] = append(t.objects[out], q.Object)
		t.subjects[in] = append(t.subjects[in], q.Subject)
	}
	return t
}

// Objects gives the objects of a subject and a predicate's IRI, in the order of the document.
func (t *Triples) Objects(subject graph.Term, predicate string) []graph.Term {
	return t.objects[edge{subject, predicate}]
}

// Object gives the first of Objects, or the zero Term.
func (t *Triples) Object(subject graph.Term, predicate string) graph.Term {
	if all := t.Objects(subject, predicate); len(all) > 0 {
		return all[0]
	}
	return graph.Term{}
}

// Subjects gives the subjects of a predicate's IRI and an object.
func (t *Triples) Subjects(predicate string, object graph.Term) []graph.Term {
	return t.subjects[edge{object, predicate}]
}

// List gives the members of the RDF collection that begins at head. A list
// that runs into itself ends there.
func (t *Triples) List(head graph.Term) []graph.Term {
	var members []graph.Term
	seen := map[graph.Term]bool{}
	for ; !seen[head]; head = t.Object(head, RDF+"rest") {
		seen[head] = true
		if first := t.Object(head, RDF+"first"); !first.IsZero() {
			members = append(members, first)
		}
	}
	return members
}
