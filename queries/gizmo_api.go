package queries

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nearest"
)

// What scripts hold of ours: opaque objects whose methods are on prototypes.
type (
	pathValue struct {
		path
		morphism bool // begun by M(): a path without a start
	}
	termValue   struct{ graph.Term }
	filterValue struct{ termFilter }
)

// A method is a function of paths: what it does, given the path and arguments.
type method func(s *session, p pathValue, args []goja.Value) (any, error)

// methods are the functions of paths; each is there in both letter cases.
// What they return is a path, or a value for the script.
var methods = map[string]method{
	"out":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.move(p, a, false) },
	"in":   func(s *session, p pathValue, a []goja.Value) (any, error) { return s.move(p, a, true) },
	"both": both,
	"is":   is,
	"has":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.has(p, a, false) },
	"hasR": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.has(p, a, true) },

	"tag": tag, "as": tag, "back": back,
	"save":     func(s *session, p pathValue, a []goja.Value) (any, error) { return s.save(p, a, false, false) },
	"saveR":    func(s *session, p pathValue, a []goja.Value) (any, error) { return s.save(p, a, true, false) },
	"saveOpt":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.save(p, a, false, true) },
	"saveOptR": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.save(p, a, true, true) },

	"intersect": intersect, "and": intersect, "union": union, "or": union, "except": except, "difference": except,
	"filter": filter, "follow": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.follow(p, a, false) },
	"followR":         func(s *session, p pathValue, a []goja.Value) (any, error) { return s.follow(p, a, true) },
	"followRecursive": followRecursive,

	"unique": func(s *session, p pathValue, a []goja.Value) (any, error) {
		return s.plainStep(p, a, uniqueStep(s.budget))
	},
	"order": func(s *session, p pathValue, a []goja.Value) (any, error) {
		return s.plainStep(p, a, orderStep(s.store))
	},
	"labels": func(s *session, p pathValue, a []goja.Value) (any, error) {
		return s.plainStep(p, a, labelsStep(s.budget))
	},
	"inPredicates": func(s *session, p pathValue, a []goja.Value) (any, error) {
		return s.plainStep(p, a, predicatesStep(true, s.budget))
	},
	"outPredicates": func(s *session, p pathValue, a []goja.Value) (any, error) {
		return s.plainStep(p, a, predicatesStep(false, s.budget))
	},
	"saveInPredicates":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.savePredicates(p, a, true) },
	"saveOutPredicates": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.savePredicates(p, a, false) },
	"labelContext":      labelContext,
	"limit":             func(s *session, p pathValue, a []goja.Value) (any, error) { return s.page(p, a, false) },
	"skip":              func(s *session, p pathValue, a []goja.Value) (any, error) { return s.page(p, a, true) },

	"all": all, "getLimit": getLimit, "count": count,
	"toArray":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.toArray(p, a, false) },
	"tagArray": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.toArray(p, a, true) },
	"toValue":  func(s *session, p pathValue, a []goja.Value) (any, error) { return s.toValue(p, a, false) },
	"tagValue": func(s *session, p pathValue, a []goja.Value) (any, error) { return s.toValue(p, a, true) },
	"forEach":  forEach, "map": forEach,
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// install puts the API into the interpreter.
func (s *session) install(params map[string]any) error {
	s.pathProto, s.termProto = s.vm.NewObject(), s.vm.NewObject()
	for name, m := range methods {
		f := s.function(name, func(call goja.FunctionCall) (any, error) {
			p, ok := exported[*pathValue](call.This)
			if !ok {
				return nil, fmt.Errorf("%s is called on something that is not a path", name)
			}
			return m(s, *p, call.Arguments)
		})
		if err := errors.Join(s.pathProto.Set(name, f), s.pathProto.Set(upperFirst(name), f)); err != nil {
			return err
		}
		s.pathMethods = append(s.pathMethods, name)
	}
	text := s.function("toString", func(call goja.FunctionCall) (any, error) {
		t, ok := exported[*termValue](call.This)
		if !ok {
			return nil, errors.New("toString is called on something that is not a term")
		}
		return s.toScript(t.Term), nil
	})
	if err := errors.Join(s.termProto.Set("toString", text), s.termProto.Set("toJSON", text)); err != nil {
		return err
	}

	g := s.vm.NewObject()
	for name, f := range s.graphFunctions() {
		fn := s.function(name, f)
		lower := name
		if r, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(r) && name != "V" && name != "M" && name != "IRI" {
			lower = strings.ToLower(name[:1]) + name[1:]
		}
		names := []string{name, lower, upperFirst(name)}
		if name == "V" || name == "M" || name == "IRI" {
			names = []string{name, strings.ToLower(name)}
		}
		slices.Sort(names)
		for _, n := range slices.Compact(names) {
			if err := g.Set(n, fn); err != nil {
				return err
			}
		}
		s.graphMethods = append(s.graphMethods, name)
	}
	global := s.vm.GlobalObject()
	for name, f := range s.globalFunctions() {
		if err := global.Set(name, s.function(name, f)); err != nil {
			return err
		}
	}
	bound := s.vm.NewObject()
	for name, v := range params {
		value, err := s.bind(v)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", name, err)
		}
		if err := bound.DefineDataProperty(name, value, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE); err != nil {
			return err
		}
	}
	return errors.Join(global.Set("graph", g), global.Set("g", g), global.Set("params", bound))
}

// function makes a function of the interpreter. Its errors are thrown there.
// It fails when the query is stopped, so that no loop of built-ins that calls
// it goes on.
func (s *session) function(name string, f func(goja.FunctionCall) (any, error)) goja.Value {
	fn := s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if s.budget.stopped() {
			panic(s.vm.NewGoError(errStopped))
		}
		out, err := f(call)
		if err != nil {
			var thrown *goja.Exception
			if errors.As(err, &thrown) {
				panic(thrown)
			}
			var interrupted *goja.InterruptedError
			if errors.As(err, &interrupted) {
				panic(interrupted)
			}
			var overflow *goja.StackOverflowError
			if errors.As(err, &overflow) {
				panic(overflow)
			}
			panic(s.vm.NewGoError(fmt.Errorf("%s: %w", name, err)))
		}
		return s.wrap(out)
	}).(*goja.Object)
	return fn
}

// exported returns what of ours an object holds. It asks for the type first:
// exporting a script's own objects would run its getters.
func exported[T any](v goja.Value) (T, bool) {
	var none T
	o, ok := v.(*goja.Object)
	if !ok || o.ExportType() != reflect.TypeFor[T]() {
		return none, false
	}
	t, ok := o.Export().(T)
	return t, ok
}

// wrap gives one of our values to the script.
func (s *session) wrap(v any) goja.Value {
	switch v := v.(type) {
	case nil:
		return goja.Undefined()
	case goja.Value:
		return v
	case pathValue:
		o := s.vm.ToValue(&v).(*goja.Object)
		if err := o.SetPrototype(s.pathProto); err != nil {
			panic(s.vm.NewGoError(err))
		}
		return o
	case graph.Term:
		o := s.vm.ToValue(&termValue{v}).(*goja.Object)
		if err := o.SetPrototype(s.termProto); err != nil {
			panic(s.vm.NewGoError(err))
		}
		return o
	case termFilter:
		return s.vm.ToValue(&filterValue{v})
	}
	return s.vm.ToValue(v)
}

// didYouMean words the name of the function that was probably meant.
func (s *session) didYouMean(name string) string {
	known := append(slices.Clone(s.pathMethods), s.graphMethods...)
	slices.Sort(known)
	if likely, ok := nearest.Name(name, known); ok && !strings.EqualFold(likely, name) {
		return "; did you mean " + likely + "?"
	}
	return ""
}

func (s *session) plainStep(p pathValue, args []goja.Value, st step) (any, error) {
	if len(args) > 0 {
		return nil, wantArguments(0, len(args))
	}
	return p.extended(st)
}

func (p pathValue) extended(st step) (any, error) {
	next, err := p.then(st)
	return pathValue{next, p.morphism}, err
}

func (s *session) move(p pathValue, args []goja.Value, in bool) (any, error) {
	via, tags, err := s.viaAndTags(args)
	if err != nil {
		return nil, err
	}
	return p.extended(moveStep(via, p.labels, tags, in))
}

func both(s *session, p pathValue, args []goja.Value) (any, error) {
	via, tags, err := s.viaAndTags(args)
	if err != nil {
		return nil, err
	}
	return p.extended(bothStep(via, p.labels, tags))
}

func is(s *session, p pathValue, args []goja.Value) (any, error) {
	if len(args) == 0 {
		return nil, wantArguments(1, 0)
	}
	nodes, err := s.nodeSet(args, false)
	if err != nil {
		return nil, err
	}
	return p.extended(isStep(nodes))
}

func (s *session) has(p pathValue, args []goja.Value, reverse bool) (any, error) {
	if len(args) == 0 {
		return nil, wantArguments(2, 0)
	}
	via, err := s.predicateSet(args[0])
	if err != nil {
		return nil, err
	}
	nodes := allNodes()
	if len(args) > 1 {
		filters, err := s.filters(args[1:])
		if err != nil {
			return nil, err
		}
		if filters != nil {
			nodes = set{shape.Filter{From: shape.AllNodes{}, Filters: filters}, len(filters)}
		} else if nodes, err = s.nodeSet(args[1:], false); err != nil {
			return nil, err
		}
	}
	return p.extended(hasStep(via, nodes, p.labels, reverse))
}

func tag(s *session, p pathValue, args []goja.Value) (any, error) {
	tags, err := s.tagNames(args)
	if err != nil {
		return nil, err
	}
	if len(tags) == 0 {
		return nil, wantArguments(1, 0)
	}
	return p.extended(tagStep(tags))
}

func back(s *session, p pathValue, args []goja.Value) (any, error) {
	name, err := s.oneText(args)
	if err != nil {
		return nil, err
	}
	next, err := p.back(name, s.budget)
	return pathValue{next, p.morphism}, err
}

func (s *session) save(p pathValue, args []goja.Value, reverse, optional bool) (any, error) {
	if n := len(args); n != 1 && n != 2 {
		return nil, wantArguments(2, n)
	}
	via, err := s.predicateSet(args[0])
	if err != nil {
		return nil, err
	}
	name := ""
	if len(args) == 2 {
		if name, err = s.oneText(args[1:]); err != nil {
			return nil, err
		}
	}
	if name == "" {
		switch written := args[0].(type) {
		case goja.String:
			name = written.String()
		default:
			t, err := s.term(written)
			if err != nil {
				return nil, errors.New("a path needs a tag to be saved under")
			}
			name = nquads(t)
		}
	}
	return p.extended(saveStep(via, p.labels, name, reverse, optional, s.store))
}

func (s *session) savePredicates(p pathValue, args []goja.Value, in bool) (any, error) {
	name, err := s.oneText(args)
	if err != nil {
		return nil, err
	}
	return p.extended(savePredicatesStep(in, name))
}

func intersect(s *session, p pathValue, args []goja.Value) (any, error) {
	with, err := s.onePath(args)
	if err != nil {
		return nil, err
	}
	return p.extended(andStep(with, s.budget))
}

func union(s *session, p pathValue, args []goja.Value) (any, error) {
	with, err := s.onePath(args)
	if err != nil {
		return nil, err
	}
	return p.extended(orStep(with))
}

func except(s *session, p pathValue, args []goja.Value) (any, error) {
	with, err := s.onePath(args)
	if err != nil {
		return nil, err
	}
	return p.extended(exceptStep(with))
}

func filter(s *session, p pathValue, args []goja.Value) (any, error) {
	filters, err := s.filters(args)
	if err != nil {
		return nil, err
	}
	if filters == nil {
		return nil, errors.New("a filter is one of lt, lte, gt, gte, regex, like, as in .filter(gt(\"2025\"))")
	}
	return p.extended(filterStep(filters))
}

func (s *session) follow(p pathValue, args []goja.Value, reverse bool) (any, error) {
	with, err := s.onePath(args)
	if err != nil {
		return nil, err
	}
	if reverse {
		if with, err = with.reversed(); err != nil {
			return nil, err
		}
	}
	next, err := p.path.follow(with)
	return pathValue{next, p.morphism}, err
}

// Cayley's limit of steps where a script gives none.
const defaultDepth = 50

func followRecursive(s *session, p pathValue, args []goja.Value) (any, error) {
	if len(args) == 0 {
		return nil, errors.New("give the path or predicate to follow")
	}
	var via path
	if with, ok := exported[*pathValue](args[0]); ok {
		via = with.path
	} else {
		predicates, err := s.predicateSet(args[0])
		if err != nil {
			return nil, err
		}
		if predicates.all() {
			return nil, errors.New("give the path or predicate to follow")
		}
		if via, err = (path{}).then(moveStep(predicates, p.labels, nil, false)); err != nil {
			return nil, err
		}
	}
	depth, rest := int64(defaultDepth), args[1:]
	if len(rest) > 0 {
		v, err := s.value(rest[0])
		if err != nil {
			return nil, err
		}
		switch n := v.(type) {
		case int64:
			depth, rest = n, rest[1:]
		case float64:
			return nil, fmt.Errorf("the depth is a whole number, not %v", n)
		case nil:
			rest = rest[1:]
		}
		if depth == 0 {
			depth = defaultDepth
		}
	}
	tags, err := s.tagNames(rest)
	if err != nil {
		return nil, err
	}
	const deepest = 1 << 20
	st, err := recursiveStep(via, int(min(depth, deepest)), tags, s.store)
	if err != nil {
		return nil, err
	}
	return p.extended(st)
}

func labelContext(s *session, p pathValue, args []goja.Value) (any, error) {
	via, tags, err := s.viaAndTags(args)
	if err != nil {
		return nil, err
	}
	p.labels = nil
	if !via.all() || len(tags) > 0 {
		p.labels = shape.Save{From: via.Shape, Tags: tags}
		p.size += via.size + 1
	}
	return p, nil
}

func (s *session) page(p pathValue, args []goja.Value, skip bool) (any, error) {
	n, err := s.oneCount(args)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return p, nil
	}
	if skip {
		return p.extended(pageStep(n, 0))
	}
	return p.extended(pageStep(0, n))
}

// runnable refuses to run a path without a start.
func (p pathValue) runnable() error {
	if p.morphism {
		return errors.New("a morphism has no start: begin the path with g.V(…), or follow the morphism from one")
	}
	return nil
}

func all(s *session, p pathValue, args []goja.Value) (any, error) {
	if len(args) > 0 {
		return nil, wantArguments(0, len(args))
	}
	if err := p.runnable(); err != nil {
		return nil, err
	}
	return nil, s.sendAll(p.path, -1)
}

func getLimit(s *session, p pathValue, args []goja.Value) (any, error) {
	if err := p.runnable(); err != nil {
		return nil, err
	}
	if len(args) != 1 {
		return nil, wantArguments(1, len(args))
	}
	v, err := s.value(args[0])
	if err != nil {
		return nil, err
	}
	n, ok := v.(int64)
	if !ok {
		return nil, fmt.Errorf("the limit is %s, not a whole number", describe(v))
	}
	if n <= 0 {
		n = -1
	}
	return nil, s.sendAll(p.path, n)
}

func count(s *session, p pathValue, args []goja.Value) (any, error) {
	if len(args) > 0 {
		return nil, wantArguments(0, len(args))
	}
	if err := p.runnable(); err != nil {
		return nil, err
	}
	var n int64
	err := s.each(p.path, true, func(cayley.Scanner) (bool, error) {
		n++
		return true, nil
	})
	return n, err
}
