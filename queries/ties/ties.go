// Package ties reads the facts of a graph as one network of things, in memory:
// which things take part in which relations, tenures and events. Questions of
// the whole network are asked of it: what joins two things ([Network.Paths]),
// who stands in its middle ([Network.Central]), which things keep to each other
// ([Network.Communities]).
//
//	n, err := ties.Read(ctx, view, model, ties.Options{By: []string{"member-of"}})
//	paths, err := n.Paths(ctx, "https://ententegraph.github.io/id/state/PAK", "https://ententegraph.github.io/id/organization/CSTO", ties.PathOptions{})
//
// Dates, classes and places join nothing: that two events were in one year or
// one town is no tie between those who took part.
package ties

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nearest"
	"github.com/ententegraph/entente/schema"
)

// Options narrow what is read; the zero Options read everything.
type Options struct {
	By  []string // only statements of these types: ids of the schema (member-of, meet), tenure, relation, event
	Not []string // none of these types
	// Classes, when it is not empty, keeps things of these classes only, and of narrower ones.
	Classes []string
	// From and Until, when they are not "", keep what may have been at some time between these days.
	From, Until string
}

// A Network is a set of things with the statements in which they take part. It
// does not change, and may be asked from several goroutines at once.
type Network struct {
	view  graph.Dataset
	model *schema.Model

	things []graph.ID
	place  map[graph.ID]int32 // of a thing in things

	statements []graph.ID
	kinds      []kind
	// The things of the statement s are members[ends[s]:ends[s+1]], with their
	// parts in it; the statements of the thing t are ties[starts[t]:starts[t+1]].
	members []int32
	parts   []part
	ends    []int32
	ties    []int32
	starts  []int32
}

// A kind of statement, in the order in which one of several is preferred to tell of a step.
type kind uint8

const (
	relation kind = iota
	tenure
	event
	over // a relation or tenure that has ended
)

// A part says from where to where a statement leads.
type part uint8

const (
	from  part = iota // subject, holder, actor
	to                // object, what the tenure is of, recipient
	other             // who else takes part
)

// roles are the properties by which things take part in statements.
var roles = []struct {
	property string
	part     part
}{
	{schema.Subject, from}, {schema.Object, to}, {schema.About, other},
	{schema.Holder, from}, {schema.OnBehalfOf, to}, {schema.AccreditedTo, to},
	{schema.Actor, from}, {schema.Recipient, to}, {schema.Participant, other},
}

// Things returns how many things there are, and Statements how many statements join them.
func (n *Network) Things() int     { return len(n.things) }
func (n *Network) Statements() int { return len(n.statements) }

// of returns the statements of a thing.
func (n *Network) of(thing int32) []int32 { return n.ties[n.starts[thing]:n.starts[thing+1]] }

// in returns the things of a statement.
func (n *Network) in(statement int32) []int32 {
	return n.members[n.ends[statement]:n.ends[statement+1]]
}

// degree returns in how many statements a thing takes part.
func (n *Network) degree(thing int32) int { return int(n.starts[thing+1] - n.starts[thing]) }

// Read reads the network of a view. It fails for types and classes that the schema does not have.
func Read(ctx context.Context, view graph.Dataset, model *schema.Model, o Options) (*Network, error) {
	r := &reading{ctx: ctx, view: view, model: model, options: o, n: &Network{view: view, model: model, place: map[graph.ID]int32{}}}
	if err := r.choose(); err != nil {
		return nil, err
	}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("ties: reading the network: %w", err)
	}
	return r.n, nil
}

// TypesOf returns the types of statements that words name: ids of the schema,
// names of properties and classes (memberOf), labels, what events are told with
// ("met"), and tenure, relation and event for all of that kind.
func TypesOf(model *schema.Model, words []string) ([]string, error) {
	var out []string
	for _, word := range words {
		found := typesOf(model, word)
		if len(found) == 0 {
			message := fmt.Sprintf("ties: no relation or type of event is called %q", word)
			if likely, ok := nearest.Name(word, model.IDs()); ok {
				message += "; did you mean " + likely + "?"
			}
			return nil, fmt.Errorf("%s; entente schema lists them", message)
		}
		out = append(out, found...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func typesOf(model *schema.Model, word string) (found []string) {
	same := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return name != "" && strings.EqualFold(name, word) })
	}
	if same("tenure") {
		return []string{"tenure"}
	}
	for _, r := range model.Relations {
		if same("relation", r.ID, r.Property, "ent:"+r.Property, r.Label, r.Inverse) {
			found = append(found, r.ID)
		}
	}
	for _, e := range model.Events {
		if same("event", e.ID, e.Class, "ent:"+e.Class, e.Label, e.Verb) {
			found = append(found, e.ID)
		}
	}
	return found
}
