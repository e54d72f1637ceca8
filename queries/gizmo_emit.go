package queries

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ententegraph/entente/graph"
)

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
