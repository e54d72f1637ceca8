package queries

import (
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

// hint says what probably went wrong with a query that found nothing.
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
	for _, t := range s.asked {
		if w := s.predicateHint(t); w != "" {
			s.warnings = append(s.warnings, w)
		}
	}
	for _, t := range s.texts {
		if w := s.textHint(t); w != "" {
			s.warnings = append(s.warnings, w)
		}
	}
}

// predicateHint looks for the predicate that was probably meant by one that
// no quad has.
func (s *session) predicateHint(t graph.Term) string {
	if t.Kind != graph.KindIRI {
		return ""
	}
	if n, err := s.quads(t); err != nil || n > 0 {
		return ""
	}
	hint := "0 rows. No statement uses " + compact(t.Value, s.prefixes)
	used := s.predicates()
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
	n, err := s.quads(graph.IRI(byName[likely]))
	if err != nil {
		return hint + "."
	}
	return fmt.Sprintf("%s; did you mean %s (%s statements)?", hint, compact(byName[likely], s.prefixes), thousands(n))
}

// quads counts the quads with a predicate.
func (s *session) quads(predicate graph.Term) (int64, error) {
	id, ok, err := s.view.ID(s.budget.ctx, predicate)
	if err != nil || !ok {
		return 0, err
	}
	n, _, err := s.view.Estimate(s.budget.ctx, graph.Pattern{Predicate: id})
	return n, err
}

// predicates lists the predicates in use: those of the vocabulary, and those
// that a bounded look at the quads shows.
func (s *session) predicates() []string {
	ctx := s.budget.ctx
	var out []string
	for iri := range s.engine.Vocabulary {
		if n, err := s.quads(graph.IRI(iri)); err == nil && n > 0 {
			out = append(out, iri)
		}
	}
	seen := map[graph.ID]bool{}
	rows := 0
	for batch, err := range s.view.Scan(ctx, graph.Pattern{}, graph.Unordered) {
		if err != nil || rows > hintRows {
			break
		}
		rows += len(batch)
		for _, q := range batch {
			if seen[q.Predicate] {
				continue
			}
			seen[q.Predicate] = true
			if t, err := s.view.Term(ctx, q.Predicate); err == nil && t.Kind == graph.KindIRI && !slices.Contains(out, t.Value) {
				out = append(out, t.Value)
			}
		}
	}
	return out
}

// textHint says which things a text names, where a path began at the text.
func (s *session) textHint(t graph.Term) string {
	var things []string
	add := func(found graph.Term) {
		if found.Kind == graph.KindIRI && len(things) <= hintNames {
			if name := compact(found.Value, s.prefixes); !slices.Contains(things, name) {
				things = append(things, name)
			}
		}
	}
	if s.engine.Lookup != nil {
		found, err := s.engine.Lookup(s.budget.ctx, s.view, t.Value)
		if err == nil {
			for _, f := range found {
				add(f)
			}
		}
	}
	if len(things) == 0 {
		s.subjectsOf(t, add)
	}
	switch {
	case len(things) == 0:
		return ""
	case len(things) > hintNames:
		return fmt.Sprintf("0 rows. %s is a text here; several things are called so: %s …", quote(t.Value), strings.Join(things[:hintNames], ", "))
	}
	return fmt.Sprintf("0 rows. %s is a text here; the thing is %s. Try g.V(%q).", quote(t.Value), strings.Join(things, " or "), things[0])
}

// subjectsOf looks in the default graph for what has the text as a value.
func (s *session) subjectsOf(t graph.Term, add func(graph.Term)) {
	ctx := s.budget.ctx
	id, ok, err := s.view.ID(ctx, t)
	if err != nil || !ok {
		return
	}
	for batch, err := range s.view.Scan(ctx, graph.Pattern{Object: id, Graph: graph.DefaultGraph}, graph.Unordered) {
		if err != nil {
			return
		}
		for _, q := range batch {
			if subject, err := s.view.Term(ctx, q.Subject); err == nil {
				add(subject)
			}
		}
		return // the first batch is enough
	}
}
