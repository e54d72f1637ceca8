package graph

import "cmp"

// A Place is a position in a quad.
type Place uint8

// The places of a quad.
const (
	Subject Place = iota
	Predicate
	Object
	GraphName
)

// At returns the id in a place.
func (e Encoded) At(p Place) ID {
	switch p {
	case Subject:
		return e.Subject
	case Predicate:
		return e.Predicate
	case Object:
		return e.Object
	}
	return e.Graph
}

// With returns the quad with another id in a place.
func (e Encoded) With(p Place, id ID) Encoded {
	switch p {
	case Subject:
		e.Subject = id
	case Predicate:
		e.Predicate = id
	case Object:
		e.Object = id
	default:
		e.Graph = id
	}
	return e
}

// Matches reports whether a quad matches the pattern e.
func (e Encoded) Matches(q Encoded) bool {
	return (e.Subject == Any || e.Subject == q.Subject) && (e.Predicate == Any || e.Predicate == q.Predicate) &&
		(e.Object == Any || e.Object == q.Object) && (e.Graph == Any || e.Graph == q.Graph)
}

// An Order names the permutation in which a scan returns its rows. Every
// dataset gives all of them; one that keeps no such permutation sorts.
type Order uint8

// The orders; Unordered lets the dataset choose the index with the longest
// bound prefix. There are all orders of a triple with the graph behind, and
// for every place one that follows the graph.
const (
	Unordered Order = iota
	SPOG
	POSG
	OSPG
	GSPO
	SOPG
	PSOG
	OPSG
	GPOS
	GOSP

	orderCount
)

// Orders are all orders but Unordered.
func Orders() []Order {
	out := make([]Order, 0, orderCount-1)
	for o := SPOG; o < orderCount; o++ {
		out = append(out, o)
	}
	return out
}

var orderPlaces = [orderCount][4]Place{
	Unordered: {Subject, Predicate, Object, GraphName},
	SPOG:      {Subject, Predicate, Object, GraphName},
	POSG:      {Predicate, Object, Subject, GraphName},
	OSPG:      {Object, Subject, Predicate, GraphName},
	GSPO:      {GraphName, Subject, Predicate, Object},
	SOPG:      {Subject, Object, Predicate, GraphName},
	PSOG:      {Predicate, Subject, Object, GraphName},
	OPSG:      {Object, Predicate, Subject, GraphName},
	GPOS:      {GraphName, Predicate, Object, Subject},
	GOSP:      {GraphName, Object, Subject, Predicate},
}

var orderNames = [orderCount]string{"unordered", "spog", "posg", "ospg", "gspo", "sopg", "psog", "opsg", "gpos", "gosp"}

// Places returns the places of a quad in the sequence in which the order
// compares them; those of Unordered are those of SPOG.
func (o Order) Places() [4]Place { return orderPlaces[o] }

// String returns the order's name in small letters.
func (o Order) String() string { return orderNames[o] }

// Compare tells how two quads follow each other in the order; Unordered
// compares like SPOG.
func (o Order) Compare(a, b Encoded) int {
	for _, p := range orderPlaces[o] {
		if c := cmp.Compare(a.At(p), b.At(p)); c != 0 {
			return c
		}
	}
	return 0
}
