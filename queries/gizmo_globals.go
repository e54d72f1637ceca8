package queries

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
)

func (s *session) graphFunctions() map[string]func(goja.FunctionCall) (any, error) {
	vertex := func(call goja.FunctionCall) (any, error) {
		nodes, err := s.nodeSet(call.Arguments, true)
		if err != nil {
			return nil, err
		}
		p, err := path{}.then(isStep(nodes))
		return pathValue{path: p}, err
	}
	morphism := func(call goja.FunctionCall) (any, error) {
		if len(call.Arguments) > 0 {
			return nil, errors.New("a morphism has no start; use follow() to give it one")
		}
		return pathValue{morphism: true}, nil
	}
	iri := func(call goja.FunctionCall) (any, error) {
		text, err := s.oneText(call.Arguments)
		if err != nil {
			return nil, err
		}
		return s.iri(text), nil
	}
	return map[string]func(goja.FunctionCall) (any, error){
		"V": vertex, "Vertex": vertex, "M": morphism, "Morphism": morphism, "IRI": iri, "Uri": iri,
		"Emit": func(call goja.FunctionCall) (any, error) { return nil, s.emit(call.Argument(0)) },
		"AddNamespace": func(call goja.FunctionCall) (any, error) {
			texts, err := s.textList(call.Arguments, 2)
			if err != nil {
				return nil, err
			}
			s.prefixes[strings.TrimSuffix(texts[0], ":")] = texts[1]
			return nil, nil
		},
		// The prefixes of the engine need no declaration.
		"AddDefaultNamespaces": func(goja.FunctionCall) (any, error) { return nil, nil },
		"LoadNamespaces":       func(goja.FunctionCall) (any, error) { return nil, s.loadNamespaces() },
	}
}

// loadNamespaces reads prefixes that Cayley stored in the graph.
func (s *session) loadNamespaces() error {
	ctx := s.budget.ctx
	predicate, ok, err := s.view.ID(ctx, graph.IRI("cayley:prefix"))
	if err != nil || !ok {
		return err
	}
	for batch, err := range s.view.Scan(ctx, graph.Pattern{Predicate: predicate}, graph.Unordered) {
		if err != nil {
			return err
		}
		for _, q := range batch {
			ns, err := s.view.Term(ctx, q.Subject)
			if err != nil {
				return err
			}
			prefix, err := s.view.Term(ctx, q.Object)
			if err != nil {
				return err
			}
			s.prefixes[strings.TrimSuffix(prefix.Value, ":")] = ns.Value
		}
	}
	return nil
}

func (s *session) globalFunctions() map[string]func(goja.FunctionCall) (any, error) {
	one := func(make func(string) (any, error)) func(goja.FunctionCall) (any, error) {
		return func(call goja.FunctionCall) (any, error) {
			text, err := s.oneText(call.Arguments)
			if err != nil {
				return nil, err
			}
			return make(text)
		}
	}
	two := func(make func(a, b string) any) func(goja.FunctionCall) (any, error) {
		return func(call goja.FunctionCall) (any, error) {
			texts, err := s.textList(call.Arguments, 2)
			if err != nil {
				return nil, err
			}
			return make(texts[0], texts[1]), nil
		}
	}
	compare := func(holds func(int) bool) func(goja.FunctionCall) (any, error) {
		return func(call goja.FunctionCall) (any, error) {
			if len(call.Arguments) != 1 {
				return nil, wantArguments(1, len(call.Arguments))
			}
			t, err := s.term(call.Argument(0))
			if err != nil {
				return nil, err
			}
			return comparison(holds, t), nil
		}
	}
	return map[string]func(goja.FunctionCall) (any, error){
		"iri":   one(func(t string) (any, error) { return s.iri(t), nil }),
		"bnode": one(func(t string) (any, error) { return graph.Blank(strings.TrimPrefix(t, "_:")), nil }),
		"raw":   one(func(t string) (any, error) { return parseTerm(t), nil }),
		"str":   one(func(t string) (any, error) { return graph.String(t), nil }),
		"lang":  two(func(t, language string) any { return graph.LangTagged(t, language) }),
		"typed": two(func(t, datatype string) any { return graph.Typed(t, s.iri(datatype).Value) }),
		"lt":    compare(func(o int) bool { return o < 0 }),
		"lte":   compare(func(o int) bool { return o <= 0 }),
		"gt":    compare(func(o int) bool { return o > 0 }),
		"gte":   compare(func(o int) bool { return o >= 0 }),
		"label": func(call goja.FunctionCall) (any, error) { return s.label(call.Argument(0)) },
		"text": func(call goja.FunctionCall) (any, error) {
			v, err := s.value(call.Argument(0))
			if err != nil || v == nil {
				return nil, err
			}
			t, err := s.termFrom(v)
			return t.Value, err
		},
		"like": one(func(t string) (any, error) { return like(t) }),
		"regex": func(call goja.FunctionCall) (any, error) {
			if n := len(call.Arguments); n != 1 && n != 2 {
				return nil, wantArguments(1, n)
			}
			pattern, err := s.value(call.Argument(0))
			if err != nil {
				return nil, err
			}
			refs, err := s.value(call.Argument(1))
			if err != nil {
				return nil, err
			}
			includeIRIs, isBool := refs.(bool)
			if refs != nil && !isBool {
				return nil, errors.New("the second argument, whether IRIs count, is true or false")
			}
			switch p := pattern.(type) {
			case string:
				return matching(p, includeIRIs)
			case graph.Term:
				if p.Kind != graph.KindLiteral && !includeIRIs {
					return nil, errors.New("to match IRIs, give true as the second argument")
				}
				return matching(p.Value, includeIRIs)
			}
			return nil, fmt.Errorf("the pattern is %s, not a text", describe(pattern))
		},
	}
}
