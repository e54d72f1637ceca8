package diplomacy

import (
	"strconv"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// titles are the positions that each state has.
var titles = []string{"President", "Prime Minister", "Foreign Minister", "Defence Minister", "Spokesperson", "Ambassador"}

// world states what the documents are about, in the default graph.
func (g *generator) world() {
	for i := range g.Organizations {
		o := organization(i)
		g.add(o, schema.Type, ours("Organization"))
		g.add(o, schema.Label, label("Organization %d", i))
		g.add(o, schema.Named, label("O%d", i))
	}
	for i := range g.States {
		g.state(i)
	}
	for i := range g.Persons {
		g.person(i)
	}
}

// state states a state, its positions, its memberships, and its relations with
// the states before it: some sixth of all pairs have diplomatic relations.
func (g *generator) state(i int) {
	s := State(i)
	code := s.Value[len(s.Value)-3:]
	g.add(s, schema.Type, ours("State"))
	g.add(s, schema.Label, label("State %s", code))
	g.add(s, schema.Named, label("Republic of %s", code))
	g.add(s, schema.Code, graph.String(code))
	for t, title := range titles {
		p := position(i, t)
		g.add(p, schema.Type, graph.IRI(schema.ClassPosition))
		g.add(p, schema.Label, label("%s of %s", title, code))
		g.add(p, schema.JobTitle, graph.String(title))
		g.add(p, schema.PositionOf, s)
	}
	for o := range g.Organizations {
		if g.IntN(2+o/4) == 0 {
			g.relation(s, "memberOf", organization(o), code+".member-of.O"+strconv.Itoa(o))
		}
	}
	for before := range i {
		if g.IntN(6) == 0 {
			other := State(before)
			g.relation(s, "diplomaticRelationsWith", other, code+".diplomatic-relations."+other.Value[len(other.Value)-3:])
			g.add(other, schema.NS+"diplomaticRelationsWith", s)
		}
	}
}

func position(state, title int) graph.Term {
	s := State(state)
	return thing("position", s.Value[len(s.Value)-3:]+"."+strconv.Itoa(title))
}

// relation states a relation since some day, and the plain triple beside it.
func (g *generator) relation(subject graph.Term, property string, object graph.Term, name string) {
	r := thing("relation", name)
	g.add(r, schema.Type, graph.IRI(schema.ClassRelation))
	g.add(r, schema.StatedType, ours(property))
	g.add(r, schema.Subject, subject)
	g.add(r, schema.Object, object)
	g.add(r, schema.From, g.date())
	g.add(subject, schema.NS+property, object)
}

// person states a person and a tenure; two of three tenures are over.
func (g *generator) person(i int) {
	p, t := person(i), thing("tenure", "p"+strconv.Itoa(i))
	state, title := int(g.states.Uint64()), g.IntN(len(titles))
	g.add(p, schema.Type, ours("Person"))
	g.add(p, schema.Label, label("Person %d", i))
	g.add(p, schema.Named, label("P. %d", i))
	g.add(t, schema.Type, graph.IRI(schema.ClassTenure))
	g.add(t, schema.Label, label("Person %d, %s", i, titles[title]))
	g.add(t, schema.Holder, p)
	g.add(t, schema.PositionHeld, position(state, title))
	g.add(t, schema.OnBehalfOf, State(state))
	g.add(t, schema.From, g.date())
	if g.IntN(3) > 0 {
		g.add(t, schema.Until, g.date())
		return
	}
	g.add(p, schema.Holds, position(state, title))
	g.add(p, schema.ActsFor, State(state))
}
