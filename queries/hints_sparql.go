package queries

import (
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// mostHints bounds how many terms of a query are looked at for hints.
const mostHints = 32

// asked is what a SPARQL query asks for, as far as hints need it.
type asked struct {
	predicates []graph.Term     // in their order
	plain      []algebra.Triple // patterns outside of GRAPH
	patterns   []algebra.Triple
	subjects   algebra.VarSet          // variables that stand for subjects
	texts      map[string][]graph.Term // that variables are given or compared with
}

// sparql says what probably went wrong with a SPARQL query that found nothing:
// predicates that no statement has, or none outside of named graphs, and
// texts where things are meant.
func (h hinter) sparql(q *algebra.Query) []string {
	a := asked{subjects: algebra.VarSet{}, texts: map[string][]graph.Term{}}
	a.collect(q.Op, q.Dataset != nil)
	var hints []string
	add := func(hint string) {
		if hint != "" && !slices.Contains(hints, hint) {
			hints = append(hints, hint)
		}
	}
	for _, p := range a.predicates[:min(len(a.predicates), mostHints)] {
		add(h.predicate(p))
	}
	for _, t := range a.plain[:min(len(a.plain), mostHints)] {
		add(h.inGraphs(t.Predicate.Term))
	}
	text := func(t graph.Term) {
		add(h.text(t, func(name string) string { return fmt.Sprintf("Write %s for it.", name) }))
	}
	for _, t := range a.patterns[:min(len(a.patterns), mostHints)] {
		if t.Subject.Term.Kind == graph.KindLiteral {
			text(t.Subject.Term)
		}
		if o := t.Object.Term; o.HasText() && h.without(t.Predicate.Term, o) {
			text(o)
		}
	}
	for _, name := range a.subjects.Sorted() {
		for _, t := range a.texts[name] {
			text(t)
		}
	}
	return hints
}

// inGraphs says that statements with a predicate stand in named graphs only.
func (h hinter) inGraphs(p graph.Term) string {
	if p.Kind != graph.KindIRI {
		return ""
	}
	if n, err := h.quads(graph.Any, p, graph.DefaultGraph); err != nil || n > 0 {
		return ""
	}
	n, err := h.quads(graph.Any, p, graph.Any)
	if err != nil || n == 0 {
		return ""
	}
	return fmt.Sprintf("%s. %s stands in named graphs only (%s statements): what documents say. Ask GRAPH ?doc { … }.",
		h.nothing, compact(p.Value, h.prefixes), thousands(n))
}

// without reports whether no statement has a predicate, which others have, with the object.
func (h hinter) without(p, object graph.Term) bool {
	if n, err := h.quads(graph.Any, p, graph.Any); err != nil || n == 0 {
		return false // which the hint on the predicate says
	}
	id, ok, err := h.view.ID(h.ctx, object)
	if err != nil || !ok {
		return err == nil
	}
	n, err := h.quads(id, p, graph.Any)
	return err == nil && n == 0
}

// collect goes through an operator and those below it.
func (a *asked) collect(op algebra.Op, inGraph bool) {
	switch op := op.(type) {
	case algebra.BGP:
		for _, t := range op.Patterns {
			a.pattern(t, inGraph)
		}
	case algebra.Path:
		a.path(op.Path)
		a.subject(op.Subject)
	case algebra.Graph:
		inGraph = true
	case algebra.Service:
		return
	case algebra.Filter:
		a.expr(op.Expr, inGraph)
	case algebra.LeftJoin:
		a.collect(op.Left, inGraph) // what OPTIONAL lacks takes no rows away
		return
	case algebra.Minus:
		a.collect(op.Left, inGraph)
		return
	case algebra.Table:
		for i, name := range op.Vars {
			for _, row := range op.Rows {
				a.given(name, row[i])
			}
		}
	}
	for _, in := range algebra.Inputs(op) {
		a.collect(in, inGraph)
	}
}

func (a *asked) pattern(t algebra.Triple, inGraph bool) {
	a.subject(t.Subject)
	if t.Predicate.Term.Kind != graph.KindIRI {
		return
	}
	a.patterns = append(a.patterns, t)
	a.predicates = append(a.predicates, t.Predicate.Term)
	if !inGraph {
		a.plain = append(a.plain, t)
	}
}

func (a *asked) subject(n algebra.Node) {
	if n.Var != "" {
		a.subjects[n.Var] = struct{}{}
	}
}

// given notes a text that a variable is bound to or compared with.
func (a *asked) given(name string, t graph.Term) {
	if t.HasText() && len(a.texts[name]) < mostHints {
		a.texts[name] = append(a.texts[name], t)
	}
}

func (a *asked) path(p algebra.PathExpr) {
	switch p := p.(type) {
	case algebra.Link:
		a.predicates = append(a.predicates, p.Predicate)
	case algebra.Inverse:
		a.path(p.Path)
	case algebra.Sequence:
		a.path(p.First)
		a.path(p.Second)
	case algebra.Alternative:
		a.path(p.First)
		a.path(p.Second)
	case algebra.OneOrMore:
		a.path(p.Path)
	case algebra.ZeroOrMore:
		a.path(p.Path)
	case algebra.ZeroOrOne:
		a.path(p.Path)
	}
}

// expr looks for variables that must equal a text, and into EXISTS.
func (a *asked) expr(e algebra.Expr, inGraph bool) {
	switch e := e.(type) {
	case algebra.Exists:
		if !e.Not {
			a.collect(e.Input, inGraph)
		}
	case algebra.Call:
		if e.Function == "=" || e.Function == "IN" {
			if name, ok := e.Args[0].(algebra.Var); ok {
				for _, arg := range e.Args[1:] {
					if c, ok := arg.(algebra.Const); ok {
						a.given(string(name), c.Term)
					}
				}
			}
		}
		if e.Function == "&&" {
			for _, arg := range e.Args {
				a.expr(arg, inGraph)
			}
		}
	}
}
