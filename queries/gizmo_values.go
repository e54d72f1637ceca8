package queries

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
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

// emit adds a value to the rows. Undefined and null are passed over, as Cayley does.
func (s *session) emit(v goja.Value) error {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return nil
	}
	size := int64(64)
	value, err := s.plain(v, 0, &size, s.budget.memory)
	if err != nil {
		return err
	}
	return s.send(Row{Value: value}, size)
}

// plain turns a value of the script into nil, bool, int64, float64, string,
// graph.Term, []any or Object, counting its bytes.
func (s *session) plain(v goja.Value, depth int, size *int64, most int64) (any, error) {
	if s.budget.stopped() {
		return nil, errStopped
	}
	if depth > maxNesting {
		return nil, fmt.Errorf("the value is nested more than %d deep, or contains itself", maxNesting)
	}
	*size += 64
	if text, ok := v.(goja.String); ok {
		*size += int64(text.Length()) // at least
	}
	if *size > most {
		if most == s.budget.memory {
			s.budget.stop(errMemory)
			return nil, errStopped
		}
		return nil, fmt.Errorf("the value is larger than %s bytes", thousands(most))
	}
	o, isObject := v.(*goja.Object)
	if isObject && o.ClassName() == "Array" {
		n := o.Get("length").ToInteger()
		if n > maxArray {
			return nil, fmt.Errorf("the list has more than %s elements", thousands(maxArray))
		}
		list := []any{}
		for i := range n {
			element, err := s.plain(o.Get(strconv.FormatInt(i, 10)), depth+1, size, most)
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		return list, nil
	}
	x, err := s.valueAt(v, 0)
	if err != nil {
		return nil, err
	}
	switch x := x.(type) {
	case nil, bool, int64, string, graph.Term:
		return x, nil
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, nil
		}
		return x, nil
	case *goja.Object:
		if x.ClassName() == "Function" {
			return nil, errors.New("a function is no data")
		}
		object := Object{}
		for _, key := range x.Keys() {
			member, err := s.plain(x.Get(key), depth+1, size, most)
			if err != nil {
				return nil, err
			}
			*size += int64(len(key))
			object = append(object, Member{key, member})
		}
		return object, nil
	case *pathValue:
		return nil, errors.New("a path is no data; end it with .all(), .toArray() or .count()")
	}
	return nil, fmt.Errorf("%s is no data", describe(x))
}

// jsonStringify is JSON.stringify for scripts: values as emit writes them.
func (s *session) jsonStringify(call goja.FunctionCall) goja.Value {
	size := int64(0)
	value, err := s.plain(call.Argument(0), 0, &size, maxString)
	var b bytes.Buffer
	if err == nil {
		err = appendJSON(&b, jsonOf(value))
	}
	if err == nil && call.Argument(2).ToInteger() > 0 {
		var indented bytes.Buffer
		if err = json.Indent(&indented, b.Bytes(), "", "  "); err == nil {
			b = indented
		}
	}
	if err == nil && b.Len() > maxString {
		err = fmt.Errorf("the text is longer than %s characters", thousands(maxString))
	}
	if err != nil {
		panic(s.vm.NewGoError(fmt.Errorf("JSON.stringify: %w", err)))
	}
	return s.vm.ToValue(b.String())
}

// jsonParse is JSON.parse for scripts.
func (s *session) jsonParse(call goja.FunctionCall) goja.Value {
	text, err := s.oneText(call.Arguments[:min(1, len(call.Arguments))])
	var value goja.Value
	if err == nil {
		dec := json.NewDecoder(strings.NewReader(text))
		value, err = s.readJSON(dec, 0)
		if err == nil {
			if _, more := dec.Token(); more != io.EOF {
				err = errors.New("there is more text after the value")
			}
		}
	}
	if err != nil {
		panic(s.vm.NewGoError(fmt.Errorf("JSON.parse: %w", err)))
	}
	return value
}

func (s *session) readJSON(dec *json.Decoder, depth int) (goja.Value, error) {
	if s.budget.stopped() {
		return nil, errStopped
	}
	if depth > maxNesting {
		return nil, fmt.Errorf("nested more than %d deep", maxNesting)
	}
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case nil:
		return goja.Null(), nil
	case json.Delim:
		if token == '[' {
			var list []any
			for dec.More() {
				element, err := s.readJSON(dec, depth+1)
				if err != nil {
					return nil, err
				}
				list = append(list, element)
			}
			_, err = dec.Token()
			return s.vm.NewArray(list...), err
		}
		o := s.vm.NewObject()
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name, ok := key.(string)
			if !ok {
				return nil, fmt.Errorf("%v is no name", key)
			}
			member, err := s.readJSON(dec, depth+1)
			if err != nil {
				return nil, err
			}
			if err := o.DefineDataProperty(name, member, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE); err != nil {
				return nil, err
			}
		}
		_, err = dec.Token()
		return o, err
	}
	return s.vm.ToValue(token), nil
}
