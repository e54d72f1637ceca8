package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/ententegraph/entente/graph"
)

// readJSON reads the head, and the rows as they are wanted. The members of a
// JSON object have no order: where the rows come before the head they are kept until it is known.
func readJSON(r io.Reader) (*Results, error) {
	d := json.NewDecoder(r)
	if err := wantDelim(d, '{'); err != nil {
		return nil, err
	}
	var head struct {
		Vars []string `json:"vars"`
	}
	var answer Results
	hasHead := false
	var early json.RawMessage
	for d.More() {
		name, err := memberName(d)
		if err != nil {
			return nil, err
		}
		switch name {
		case "head":
			if err := d.Decode(&head); err != nil {
				return nil, fmt.Errorf("the head: %w", err)
			}
			hasHead = true
		case "boolean":
			if err := d.Decode(&answer.Boolean); err != nil {
				return nil, fmt.Errorf("the boolean: %w", err)
			}
			answer.IsBoolean = true
		case "results":
			if !hasHead {
				if err := d.Decode(&early); err != nil {
					return nil, fmt.Errorf("the results: %w", err)
				}
				continue
			}
			answer.Vars = head.Vars
			answer.Rows = jsonRows(d, head.Vars, true)
			return &answer, nil
		default:
			var other json.RawMessage
			if err := d.Decode(&other); err != nil {
				return nil, err
			}
		}
	}
	if err := endOfDocument(d); err != nil {
		return nil, err
	}
	switch {
	case answer.IsBoolean:
		return &answer, nil
	case early == nil || !hasHead:
		return nil, errors.New(`expected a "head" with a "boolean" or "results"`)
	}
	answer.Vars = head.Vars
	answer.Rows = jsonRows(json.NewDecoder(bytes.NewReader(early)), head.Vars, false)
	return &answer, nil
}

// jsonRows yields the rows of the object that comes next, and reads to the end
// of the document where the object stands in it.
func jsonRows(d *json.Decoder, vars []string, inDocument bool) func(func([]graph.Term, error) bool) {
	return func(yield func([]graph.Term, error) bool) {
		n := 1
		fail := func(err error) { yield(nil, failing(JSON, n, err)) }
		if err := wantDelim(d, '{'); err != nil {
			fail(err)
			return
		}
		places := make(map[string]int, len(vars))
		for i, v := range vars {
			places[v] = i
		}
		row := make([]graph.Term, len(vars))
		for d.More() {
			name, err := memberName(d)
			if err != nil {
				fail(err)
				return
			}
			if name != "bindings" {
				var other json.RawMessage
				if err := d.Decode(&other); err != nil {
					fail(err)
					return
				}
				continue
			}
			if err := wantDelim(d, '['); err != nil {
				fail(err)
				return
			}
			for d.More() {
				var binding map[string]jsonTerm
				if err := d.Decode(&binding); err != nil {
					fail(err)
					return
				}
				clear(row)
				for name, t := range binding {
					i, ok := places[name]
					if !ok {
						fail(fmt.Errorf("the variable %q is not in the head", name))
						return
					}
					if row[i], err = t.term(0); err != nil {
						fail(fmt.Errorf("?%s: %w", name, err))
						return
					}
				}
				if !yield(row, nil) {
					return
				}
				n++
			}
			if err := wantDelim(d, ']'); err != nil {
				fail(err)
				return
			}
		}
		if err := wantDelim(d, '}'); err != nil {
			fail(err)
			return
		}
		if !inDocument {
			return
		}
		for d.More() {
			var other json.RawMessage
			if _, err := memberName(d); err != nil {
				fail(err)
				return
			}
			if err := d.Decode(&other); err != nil {
				fail(err)
				return
			}
		}
		if err := endOfDocument(d); err != nil {
			fail(err)
		}
	}
}

// jsonTerm is a term as the format has it.
type jsonTerm struct {
	Type      string          `json:"type"`
	Value     json.RawMessage `json:"value"`
	Language  string          `json:"xml:lang"`
	Direction string          `json:"its:dir"`
	Datatype  string          `json:"datatype"`
}

func (j jsonTerm) term(depth int) (graph.Term, error) {
	if j.Type == "triple" {
		if depth == deepest {
			return graph.Term{}, errTooDeep
		}
		var parts struct{ Subject, Predicate, Object jsonTerm }
		if err := json.Unmarshal(j.Value, &parts); err != nil {
			return graph.Term{}, fmt.Errorf("a triple term: %w", err)
		}
		return triple(func(i int) (graph.Term, error) {
			return [...]jsonTerm{parts.Subject, parts.Predicate, parts.Object}[i].term(depth + 1)
		})
	}
	var text *string
	if err := json.Unmarshal(j.Value, &text); err != nil || text == nil {
		return graph.Term{}, fmt.Errorf("a term of type %q needs a string as its value", j.Type)
	}
	switch j.Type {
	case "uri":
		return graph.IRI(*text), nil
	case "bnode":
		return graph.Blank(*text), nil
	case "literal", "typed-literal":
		return literal(*text, j.Language, j.Direction, j.Datatype)
	}
	return graph.Term{}, fmt.Errorf("%q is no type of term", j.Type)
}

// literal makes a literal of what a document says of it.
func literal(text, language, direction, datatype string) (graph.Term, error) {
	switch {
	case language == "" && direction != "":
		return graph.Term{}, errors.New("a literal with a base direction needs a language")
	case direction != "" && direction != graph.LeftToRight && direction != graph.RightToLeft:
		return graph.Term{}, fmt.Errorf("%q is no base direction", direction)
	case direction != "":
		return graph.DirTagged(text, language, direction), nil
	case language != "":
		return graph.LangTagged(text, language), nil
	}
	return graph.Typed(text, datatype), nil
}

// triple makes a triple term of its three parts.
func triple(part func(i int) (graph.Term, error)) (graph.Term, error) {
	var parts [3]graph.Term
	for i := range parts {
		t, err := part(i)
		if err != nil {
			return graph.Term{}, err
		}
		if err := checkPart(t); err != nil {
			return graph.Term{}, fmt.Errorf("a part of a triple term: %w", err)
		}
		parts[i] = t
	}
	return graph.TripleTerm(parts[0], parts[1], parts[2]), nil
}

// checkPart refuses terms that would not come back out of a triple term.
func checkPart(t graph.Term) error {
	if t.Kind == graph.KindTriple {
		return nil // its parts were checked
	}
	t.Language, _ = t.LanguageAndDirection() // stores, which Check speaks for, have no directions yet
	return t.Check()
}

func wantDelim(d *json.Decoder, want json.Delim) error {
	token, err := d.Token()
	if err != nil {
		return unexpectedEnd(err)
	}
	if token != want {
		return fmt.Errorf("expected %s at byte %d", want, d.InputOffset())
	}
	return nil
}

func memberName(d *json.Decoder) (string, error) {
	token, err := d.Token()
	if err != nil {
		return "", unexpectedEnd(err)
	}
	name, ok := token.(string)
	if !ok {
		return "", fmt.Errorf("expected the name of a member at byte %d", d.InputOffset())
	}
	return name, nil
}

func endOfDocument(d *json.Decoder) error {
	if err := wantDelim(d, '}'); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("expected the end of the document at byte %d", d.InputOffset())
	}
	return nil
}

// unexpectedEnd says that a document is cut off rather than that there is nothing more.
func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
