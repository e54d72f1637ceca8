package queries

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
)

func wantArguments(want, got int) error {
	return fmt.Errorf("takes %d arguments, not %d", want, got)
}

// value reads an argument: nil, bool, int64, float64, string, graph.Term,
// termFilter, *pathValue, []any, or the goja.Value where it is none of these.
func (s *session) value(v goja.Value) (any, error) { return s.valueAt(v, 0) }

func (s *session) valueAt(v goja.Value, depth int) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case goja.String:
		if v.Length() > maxString {
			return nil, fmt.Errorf("the text is longer than %s characters", thousands(maxString))
		}
		return v.String(), nil
	case *goja.Symbol:
		return v, nil
	case *goja.Object:
		return s.objectValue(v, depth)
	}
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return nil, nil
	}
	switch x := v.Export().(type) {
	case bool, int64:
		return x, nil
	case float64:
		if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			return int64(x), nil
		}
		return x, nil
	}
	return v, nil
}

func (s *session) objectValue(o *goja.Object, depth int) (any, error) {
	switch o.ExportType() {
	case reflect.TypeFor[*pathValue]():
		return o.Export(), nil
	case reflect.TypeFor[*termValue]():
		return o.Export().(*termValue).Term, nil
	case reflect.TypeFor[*filterValue]():
		return o.Export().(*filterValue).termFilter, nil
	case reflect.TypeFor[time.Time]():
		if t, ok := o.Export().(time.Time); ok {
			return graph.Typed(t.UTC().Format("2006-01-02T15:04:05.999Z"), xsd+"dateTime"), nil
		}
		return nil, errors.New("the date is not valid")
	}
	if o.ClassName() != "Array" {
		return o, nil
	}
	if depth > 1 {
		return nil, errors.New("the list is nested too deeply")
	}
	n := o.Get("length").ToInteger()
	if n > maxArray {
		return nil, fmt.Errorf("the list has more than %s elements", thousands(maxArray))
	}
	out := make([]any, 0, min(n, 1024))
	for i := range n {
		if s.budget.stopped() {
			return nil, errStopped
		}
		element, err := s.valueAt(o.Get(strconv.FormatInt(i, 10)), depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, element)
	}
	return out, nil
}

// describe names a value for a message.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "undefined"
	case string:
		return "the text " + quote(v)
	case bool, int64, float64:
		return fmt.Sprint(v)
	case graph.Term:
		return nquads(v)
	case *pathValue:
		return "a path"
	case termFilter:
		return "a filter"
	case []any:
		return "a list"
	case *goja.Symbol:
		return "a symbol"
	case *goja.Object:
		if v.ClassName() == "Function" {
			return "a function"
		}
		return "an object"
	}
	return fmt.Sprintf("a %T", v)
}

// termFrom reads a node: a text in one of the written forms, a number, a
// boolean or a term.
func (s *session) termFrom(v any) (graph.Term, error) {
	switch v := v.(type) {
	case graph.Term:
		return v, nil
	case string:
		return s.parse(v), nil
	case bool:
		return graph.Typed(strconv.FormatBool(v), xsdBoolean), nil
	case int64:
		return graph.Typed(strconv.FormatInt(v, 10), xsdInteger), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return graph.Term{}, fmt.Errorf("%v is no node", v)
		}
		t, _ := graph.TermOf(quad.Float(v))
		return t, nil
	}
	return graph.Term{}, fmt.Errorf("%s is no node: give a text, a number, true or false, or iri(…)", describe(v))
}

func (s *session) term(v goja.Value) (graph.Term, error) {
	x, err := s.value(v)
	if err != nil {
		return graph.Term{}, err
	}
	return s.termFrom(x)
}

// parse reads a text as a term: "<iri>", "<state:ARM>", "_:b0", a literal in
// N-Quads form, "state:ARM" where the prefix is known; else it is a text.
func (s *session) parse(text string) graph.Term {
	t := parseTerm(text)
	if t.Kind == graph.KindIRI {
		return s.iri(t.Value)
	}
	if t == graph.String(text) {
		if iri, ok := expand(text, s.prefixes); ok {
			return graph.IRI(iri)
		}
	}
	return t
}

// iri reads an IRI, with or without angle brackets or a known prefix.
func (s *session) iri(text string) graph.Term {
	if len(text) > 2 && text[0] == '<' && text[len(text)-1] == '>' {
		text = text[1 : len(text)-1]
	}
	if iri, ok := expand(text, s.prefixes); ok {
		return graph.IRI(iri)
	}
	return graph.IRI(text)
}

// predicate reads a predicate or the name of a graph: as a node, but a bare
// word is an IRI: of the namespace of the empty prefix, unless only the
// relative IRI is in the graph.
func (s *session) predicate(v any) (graph.Term, error) {
	t, err := s.termFrom(v)
	text, isText := v.(string)
	if err != nil || !isText || t != graph.String(text) || text == "" {
		return t, err
	}
	own := graph.IRI(s.prefixes[""] + text)
	relative := graph.IRI(text)
	if own == relative {
		return relative, nil
	}
	for _, candidate := range []graph.Term{own, relative} {
		_, known, err := s.view.ID(s.budget.ctx, candidate)
		if err != nil {
			return graph.Term{}, err
		}
		if known {
			return candidate, nil
		}
	}
	return own, nil
}

// lookup finds the nodes of terms, each once. It is done here and not by the
// optimizer, which would not stop.
func (s *session) lookup(terms []graph.Term) (set, error) {
	var refs shape.Fixed
	seen := make(map[any]bool, len(terms))
	for _, t := range terms {
		if s.budget.stopped() {
			return set{}, errStopped
		}
		ref := s.store.ValueOf(graph.CayleyValue(t))
		if ref == nil || seen[ref.Key()] {
			continue
		}
		seen[ref.Key()] = true
		refs = append(refs, ref)
	}
	if len(refs) == 0 {
		return set{shape.Null{}, 0}, nil
	}
	return set{refs, 1}, nil
}

// nodeSet reads the nodes that arguments mean. No arguments mean all nodes, an
// empty list means none. start says that a path begins here.
func (s *session) nodeSet(args []goja.Value, start bool) (set, error) {
	if len(args) == 0 {
		return allNodes(), nil
	}
	var terms []graph.Term
	var add func(v any) error
	add = func(v any) error {
		if list, ok := v.([]any); ok {
			for _, element := range list {
				if err := add(element); err != nil {
					return err
				}
			}
			return nil
		}
		t, err := s.termFrom(v)
		if err != nil {
			return err
		}
		if start && t.Kind == graph.KindLiteral && len(s.texts) < 16 {
			s.texts = append(s.texts, t)
		}
		terms = append(terms, t)
		return nil
	}
	for _, arg := range args {
		v, err := s.value(arg)
		if err != nil {
			return set{}, err
		}
		if p, ok := v.(*pathValue); ok {
			if len(args) > 1 {
				return set{}, errors.New("give one path, or nodes")
			}
			return set{p.shape(), p.size}, nil
		}
		if err := add(v); err != nil {
			return set{}, err
		}
	}
	return s.lookup(terms)
}

// predicateSet reads what a predicate argument means: nothing means all, a
// text or term one, a list several, a path the nodes at its end.
func (s *session) predicateSet(arg goja.Value) (set, error) {
	v, err := s.value(arg)
	if err != nil {
		return set{}, err
	}
	var list []any
	switch v := v.(type) {
	case nil:
		return allNodes(), nil
	case *pathValue:
		return set{v.shape(), v.size}, nil
	case []any:
		list = v
	default:
		list = []any{v}
	}
	terms := make([]graph.Term, len(list))
	for i, element := range list {
		if terms[i], err = s.predicate(element); err != nil {
			return set{}, err
		}
		if len(s.asked) < 64 && !slices.Contains(s.asked, terms[i]) {
			s.asked = append(s.asked, terms[i])
		}
	}
	return s.lookup(terms)
}

func (s *session) viaAndTags(args []goja.Value) (via set, tags []string, err error) {
	if len(args) == 0 {
		return allNodes(), nil, nil
	}
	if via, err = s.predicateSet(args[0]); err != nil {
		return set{}, nil, err
	}
	tags, err = s.tagNames(args[1:])
	return via, tags, err
}

// tagNames reads tags: texts, or lists of texts.
func (s *session) tagNames(args []goja.Value) ([]string, error) {
	var tags []string
	for _, arg := range args {
		v, err := s.value(arg)
		if err != nil {
			return nil, err
		}
		list, isList := v.([]any)
		if !isList {
			list = []any{v}
		}
		for _, element := range list {
			switch tag := element.(type) {
			case nil:
				if isList {
					return nil, errors.New("a tag is undefined")
				}
			case string:
				if strings.HasPrefix(tag, "\x00") || tag == "" {
					return nil, errors.New("a tag is empty")
				}
				tags = append(tags, tag)
			default:
				return nil, fmt.Errorf("a tag is %s, not a text", describe(element))
			}
		}
	}
	if len(tags) > 256 {
		return nil, errors.New("more than 256 tags")
	}
	return tags, nil
}

// filters reads arguments that are all filters, and nil where the first is none.
func (s *session) filters(args []goja.Value) ([]shape.ValueFilter, error) {
	var out []shape.ValueFilter
	for i, arg := range args {
		v, err := s.value(arg)
		if err != nil {
			return nil, err
		}
		list, isList := v.([]any)
		if !isList {
			list = []any{v}
		}
		for _, element := range list {
			f, ok := element.(termFilter)
			switch {
			case ok:
				out = append(out, f)
			case i == 0 && len(out) == 0:
				return nil, nil
			default:
				return nil, fmt.Errorf("%s is no filter", describe(element))
			}
		}
	}
	return out, nil
}

func (s *session) onePath(args []goja.Value) (path, error) {
	if len(args) != 1 {
		return path{}, fmt.Errorf("takes a path, not %d arguments", len(args))
	}
	v, err := s.value(args[0])
	if err != nil {
		return path{}, err
	}
	p, ok := v.(*pathValue)
	if !ok {
		return path{}, fmt.Errorf("%s is not a path", describe(v))
	}
	return p.path, nil
}

func (s *session) oneCount(args []goja.Value) (int64, error) {
	if len(args) != 1 {
		return 0, wantArguments(1, len(args))
	}
	v, err := s.value(args[0])
	if err != nil {
		return 0, err
	}
	n, ok := v.(int64)
	if !ok || n < 0 {
		return 0, fmt.Errorf("%s is not a whole number from 0 on", describe(v))
	}
	return n, nil
}

func (s *session) textList(args []goja.Value, n int) ([]string, error) {
	if len(args) != n {
		return nil, wantArguments(n, len(args))
	}
	out := make([]string, n)
	for i, arg := range args {
		v, err := s.value(arg)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case string:
			out[i] = v
		case graph.Term:
			out[i] = v.Value
		default:
			return nil, fmt.Errorf("%s is not a text", describe(v))
		}
	}
	return out, nil
}

func (s *session) oneText(args []goja.Value) (string, error) {
	texts, err := s.textList(args, 1)
	if err != nil {
		return "", err
	}
	return texts[0], nil
}
