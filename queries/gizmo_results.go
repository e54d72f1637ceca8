package queries

import (
	"errors"
	"fmt"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
)

// toScript turns a term into a value of the script, from which parse makes the
// same term again.
func (s *session) toScript(t graph.Term) any {
	v := jsonValue(t)
	if text, ok := v.(string); ok && t.Kind == graph.KindLiteral && s.parse(text) != t {
		return nquads(t)
	}
	return v
}

const rdfsLabel = "http://www.w3.org/2000/01/rdf-schema#label"

// label returns what a node is called: its rdfs:label, that of the default
// graph first, or else its prefixed name. The label of a literal is its text.
func (s *session) label(v goja.Value) (any, error) {
	x, err := s.value(v)
	if err != nil || x == nil {
		return nil, err
	}
	t, err := s.termFrom(x)
	if err != nil {
		return nil, err
	}
	if t.Kind == graph.KindLiteral {
		return t.Value, nil
	}
	ctx := s.budget.ctx
	predicate, known, err := s.view.ID(ctx, graph.IRI(rdfsLabel))
	if err != nil {
		return nil, err
	}
	subject, there, err := s.view.ID(ctx, t)
	if err != nil {
		return nil, err
	}
	if known && there {
		for _, in := range []graph.ID{graph.DefaultGraph, graph.Any} {
			for batch, err := range s.view.Scan(ctx, graph.Pattern{Subject: subject, Predicate: predicate, Graph: in}, graph.Unordered) {
				if err != nil {
					return nil, err
				}
				name, err := s.view.Term(ctx, batch[0].Object)
				return name.Value, err
			}
		}
	}
	if name := s.engine.Vocabulary[t.Value]; t.Kind == graph.KindIRI && name != "" {
		return name, nil
	}
	return display(t, s.prefixes), nil
}

// bind turns a parameter into a value of the script.
func (s *session) bind(v any) (goja.Value, error) {
	switch v := v.(type) {
	case nil:
		return goja.Undefined(), nil
	case string, bool, int, int64, float64:
		return s.vm.ToValue(v), nil
	case graph.Term:
		return s.wrap(v), nil
	case []any:
		list := make([]any, len(v))
		for i, element := range v {
			bound, err := s.bind(element)
			if err != nil {
				return nil, err
			}
			list[i] = bound
		}
		return s.vm.NewArray(list...), nil
	}
	return nil, fmt.Errorf("a %T cannot be given to a script", v)
}

func (s *session) tagsToScript(scan cayley.Scanner) (goja.Value, error) {
	terms, err := s.tags(scan)
	if err != nil {
		return nil, err
	}
	o := s.vm.NewObject()
	names := make([]string, 0, len(terms))
	for name := range terms {
		names = append(names, name)
	}
	slices.SortFunc(names, compareTags)
	for _, name := range names {
		if err := o.DefineDataProperty(name, s.vm.ToValue(s.toScript(terms[name])), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// collect runs a path and returns up to limit results as values of the script.
func (s *session) collect(p pathValue, withTags bool, limit int64) ([]any, error) {
	if err := p.runnable(); err != nil {
		return nil, err
	}
	var out []any
	if limit == 0 {
		return out, nil
	}
	err := s.each(p.path, withTags, func(scan cayley.Scanner) (bool, error) {
		var v any
		if withTags {
			o, err := s.tagsToScript(scan)
			if err != nil {
				return false, err
			}
			v = o
		} else {
			t, err := s.store.termOfRef(scan.Result())
			if err != nil {
				return false, err
			}
			v = s.toScript(t)
		}
		if !s.budget.hold(256) {
			return false, errStopped
		}
		out = append(out, v)
		if len(out) >= maxArray {
			return false, fmt.Errorf("more than %s results do not fit into an array; give it a limit, or use forEach", thousands(maxArray))
		}
		return limit < 0 || int64(len(out)) < limit, nil
	})
	return out, err
}

func (s *session) toArray(p pathValue, args []goja.Value, withTags bool) (any, error) {
	limit := int64(-1)
	if len(args) > 0 {
		v, err := s.value(args[0])
		if err != nil {
			return nil, err
		}
		switch n := v.(type) {
		case nil:
		case int64:
			limit = n
		default:
			return nil, fmt.Errorf("the limit is %s, not a whole number", describe(v))
		}
	}
	list, err := s.collect(p, withTags, limit)
	if err != nil {
		return nil, err
	}
	return s.vm.NewArray(list...), nil
}

func (s *session) toValue(p pathValue, args []goja.Value, withTags bool) (any, error) {
	if len(args) > 0 {
		return nil, wantArguments(0, len(args))
	}
	list, err := s.collect(p, withTags, 1)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return goja.Null(), nil
	}
	return s.vm.ToValue(list[0]), nil
}

func forEach(s *session, p pathValue, args []goja.Value) (any, error) {
	if n := len(args); n != 1 && n != 2 {
		return nil, wantArguments(1, n)
	}
	if err := p.runnable(); err != nil {
		return nil, err
	}
	limit := int64(-1)
	if len(args) == 2 {
		v, err := s.value(args[0])
		if err != nil {
			return nil, err
		}
		n, ok := v.(int64)
		if !ok {
			return nil, fmt.Errorf("the limit is %s, not a whole number", describe(v))
		}
		if n >= 0 {
			limit = n
		}
	}
	call, ok := goja.AssertFunction(args[len(args)-1])
	if !ok {
		return nil, errors.New("the last argument is no function")
	}
	var n int64
	err := s.each(p.path, true, func(scan cayley.Scanner) (bool, error) {
		if limit >= 0 && n >= limit {
			return false, nil
		}
		n++
		tags, err := s.tagsToScript(scan)
		if err != nil {
			return false, err
		}
		if _, err := call(goja.Undefined(), tags); err != nil {
			return false, err
		}
		return true, nil
	})
	return nil, err
}
