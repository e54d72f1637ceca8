package queries

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nearest"
)

// How much is read for a hint.
const (
	hintRows  = 200_000
	hintNames = 3
)

// hinter says what probably went wrong with a query that found nothing.
type hinter struct {
	ctx      context.Context
	view     graph.View
	engine   *Engine
	prefixes map[string]string
	nothing  string // what the query came to: "0 rows", "false"
}

// hint adds the hints on a script that found nothing.
func (s *session) hint(last goja.Value) {
	if o, ok := last.(*goja.Object); ok && !s.ran {
		if _, isPath := exported[*pathValue](o); isPath {
			s.warnings = append(s.warnings, "The path was not run. End it with .all(), .count() or .toArray().")
			return
		}
	}
	if s.budget.found.Load() > 0 || !s.ran {
		return
	}
	h := hinter{s.budget.ctx, s.view, s.engine, s.prefixes, "0 rows"}
	for _, t := range s.asked {
		if w := h.predicate(t); w != "" {
			s.warnings = append(s.warnings, w)
		}
	}
	for _, t := range s.texts {
		if w := h.text(t, func(name string) string { return fmt.Sprintf("Try g.V(%q).", name) }); w != "" {
			s.warnings = append(s.warnings, w)
		}
	}
}

// predicate looks for the predicate that was probably meant by one that no quad has.
func (h hinter) predicate(t graph.Term) string {
	if t.Kind != graph.KindIRI {
		return ""
	}
	if n, err := h.quads(graph.Any, t, graph.Any); err != nil || n > 0 {
		return ""
	}
	hint := h.nothing + ". No statement uses " + compact(t.Value, h.prefixes)
	used := h.predicates()
	byName := map[string]string{}
	var names []string
	for _, iri := range slices.Sorted(slices.Values(used)) {
		name := localName(iri)
		if _, taken := byName[name]; !taken {
			byName[name] = iri
			names = append(names, name)
		}
	}
	likely, ok := nearest.Name(localName(t.Value), names)
	if !ok {
		return hint + "."
	}
	n, err := h.quads(graph.Any, graph.IRI(byName[likely]), graph.Any)
	if err != nil {
		return hint + "."
	}
	return fmt.Sprintf("%s; did you mean %s (%s statements)?", hint, compact(byName[likely], h.prefixes), thousands(n))
}

// quads counts the quads with a predicate, and an object and graph unless they are Any.
func (h hinter) quads(object graph.ID, predicate graph.Term, in graph.ID) (int64, error) {
	id, ok, err := h.view.ID(h.ctx, predicate)
	if err != nil || !ok {
		return 0, err
	}
	n, _, err := h.view.Estimate(h.ctx, graph.Pattern{Predicate: id, Object: object, Graph: in})
	return n, err
}

// predicates lists the predicates in use: those of the vocabulary, and those
// that a bounded look at the quads shows.
func (h hinter) predicates() []string {
	var out []string
	for iri := range h.engine.Vocabulary {
		if n, err := h.quads(graph.Any, graph.IRI(iri), graph.Any); err == nil && n > 0 {
			out = append(out, iri)
		}
	}
	seen := map[graph.ID]bool{}
	rows := 0
	for batch, err := range h.view.Scan(h.ctx, graph.Pattern{}, graph.Unordered) {
		if err != nil || rows > hintRows {
			break
		}
		rows += len(batch)
		for _, q := range batch {
			if seen[q.Predicate] {
				continue
			}
			seen[q.Predicate] = true
			if t, err := h.view.Term(h.ctx, q.Predicate); err == nil && t.Kind == graph.KindIRI && !slices.Contains(out, t.Value) {
				out = append(out, t.Value)
			}
		}
	}
	return out
}

// text says which things a text names that stands where a thing should; try
// words what to write instead.
func (h hinter) text(t graph.Term, try func(name string) string) string {
	var things []string
	add := func(found graph.Term) {
		if found.Kind == graph.KindIRI && len(things) <= hintNames {
			if name := compact(found.Value, h.prefixes); !slices.Contains(things, name) {
				things = append(things, name)
			}
		}
	}
	if h.engine.Lookup != nil {
		found, err := h.engine.Lookup(h.ctx, h.view, t.Value)
		if err == nil {
			for _, f := range found {
				add(f)
			}
		}
	}
	if len(things) == 0 {
		h.subjectsOf(t, add)
	}
	switch {
	case len(things) == 0:
		return ""
	case len(things) > hintNames:
		return fmt.Sprintf("%s. %s is a text here; several things are called so: %s …", h.nothing, quote(t.Value), strings.Join(things[:hintNames], ", "))
	}
	return fmt.Sprintf("%s. %s is a text here; the thing is %s. %s", h.nothing, quote(t.Value), strings.Join(things, " or "), try(things[0]))
}

// subjectsOf looks in the default graph for what has the text as a value.
func (h hinter) subjectsOf(t graph.Term, add func(graph.Term)) {
	id, ok, err := h.view.ID(h.ctx, t)
	if err != nil || !ok {
		return
	}
	for batch, err := range h.view.Scan(h.ctx, graph.Pattern{Object: id, Graph: graph.DefaultGraph}, graph.Unordered) {
		if err != nil {
			return
		}
		for _, q := range batch {
			if subject, err := h.view.Term(h.ctx, q.Subject); err == nil {
				add(subject)
			}
		}
		return // the first batch is enough
	}
}
