package results

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// xmlReader reads the elements of a results document one after the other.
type xmlReader struct{ d *xml.Decoder }

// readXML reads up to the first row; the rows as they are wanted.
func readXML(in io.Reader) (*Results, error) {
	r := xmlReader{xml.NewDecoder(in)}
	root, err := r.element("")
	switch {
	case err != nil:
		return nil, err
	case root == nil || root.Name.Local != "sparql" || root.Name.Space != resultsNamespace:
		return nil, fmt.Errorf("expected the element sparql of %s", resultsNamespace)
	}
	var answer Results
	for {
		start, err := r.element("sparql")
		switch {
		case err != nil:
			return nil, err
		case start == nil:
			return nil, errors.New("expected the element boolean or results")
		case start.Name.Local == "head":
			if answer.Vars, err = r.head(); err != nil {
				return nil, err
			}
		case start.Name.Local == "boolean":
			text, err := r.text("boolean")
			if err != nil {
				return nil, err
			}
			answer.IsBoolean, answer.Boolean = true, strings.TrimSpace(text) == "true"
			if !answer.Boolean && strings.TrimSpace(text) != "false" {
				return nil, fmt.Errorf("%q is no boolean", text)
			}
			return &answer, r.end()
		case start.Name.Local == "results":
			answer.Rows = r.rows(answer.Vars)
			return &answer, nil
		default:
			return nil, r.unexpected(start)
		}
	}
}

func (r xmlReader) head() (vars []string, err error) {
	vars = []string{}
	for {
		start, err := r.element("head")
		switch {
		case err != nil:
			return nil, err
		case start == nil:
			return vars, nil
		case start.Name.Local == "variable":
			vars = append(vars, attribute(start, "", "name"))
		}
		if err := r.d.Skip(); err != nil { // links, and what others add
			return nil, err
		}
	}
}

// end reads the end of the document.
func (r xmlReader) end() error {
	start, err := r.element("sparql")
	if err == nil && start != nil {
		err = r.unexpected(start)
	}
	if err != nil {
		return err
	}
	if _, err := r.element(""); !errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("expected the end of the document")
	}
	return nil
}

func (r xmlReader) rows(vars []string) func(func([]graph.Term, error) bool) {
	return func(yield func([]graph.Term, error) bool) {
		places := make(map[string]int, len(vars))
		for i, v := range vars {
			places[v] = i
		}
		row := make([]graph.Term, len(vars))
		for n := 1; ; n++ {
			start, err := r.element("results")
			if err == nil && start == nil {
				if err = r.end(); err == nil {
					return
				}
			} else if err == nil {
				err = r.row(start, places, row)
			}
			if err != nil {
				yield(nil, failing(XML, n, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (r xmlReader) row(start *xml.StartElement, places map[string]int, row []graph.Term) error {
	if start.Name.Local != "result" {
		return r.unexpected(start)
	}
	clear(row)
	for {
		binding, err := r.element("result")
		if err != nil || binding == nil {
			return err
		}
		name := attribute(binding, "", "name")
		i, known := places[name]
		switch {
		case binding.Name.Local != "binding":
			return r.unexpected(binding)
		case !known:
			return fmt.Errorf("the variable %q is not in the head", name)
		}
		if row[i], err = r.term("binding", 0); err != nil {
			return fmt.Errorf("?%s: %w", name, err)
		}
	}
}

// term reads the one term in an element, and the element's end. An empty
// element has none: that is how older documents write an unbound variable.
func (r xmlReader) term(within string, depth int) (graph.Term, error) {
	start, err := r.element(within)
	if err != nil || start == nil {
		return graph.Term{}, err
	}
	var t graph.Term
	if start.Name.Local == "triple" {
		if depth == deepest {
			return graph.Term{}, errTooDeep
		}
		t, err = r.triple(depth)
	} else if start.Name.Local == "unbound" {
		err = r.d.Skip()
	} else {
		var text string
		if text, err = r.text(start.Name.Local); err != nil {
			return graph.Term{}, err
		}
		switch start.Name.Local {
		case "uri":
			t = graph.IRI(text)
		case "bnode":
			t = graph.Blank(text)
		case "literal":
			t, err = literal(text, attribute(start, xmlNamespace, "lang"), attribute(start, itsNamespace, "dir"), attribute(start, "", "datatype"))
		default:
			err = r.unexpected(start)
		}
	}
	if err != nil {
		return graph.Term{}, err
	}
	if more, err := r.element(within); err != nil || more != nil {
		if err == nil {
			err = r.unexpected(more)
		}
		return graph.Term{}, err
	}
	return t, nil
}

func (r xmlReader) triple(depth int) (graph.Term, error) {
	t, err := triple(func(i int) (graph.Term, error) {
		name := [...]string{"subject", "predicate", "object"}[i]
		start, err := r.element("triple")
		if err != nil {
			return graph.Term{}, err
		}
		if start == nil || start.Name.Local != name {
			return graph.Term{}, fmt.Errorf("expected the element %s in a triple", name)
		}
		return r.term(name, depth+1)
	})
	if err != nil {
		return graph.Term{}, err
	}
	if more, err := r.element("triple"); err != nil || more != nil {
		if err == nil {
			err = r.unexpected(more)
		}
		return graph.Term{}, err
	}
	return t, nil
}

// element returns the next element, or nil at the end of the one that it stands
// in. Between elements there is nothing but white space and comments.
func (r xmlReader) element(within string) (*xml.StartElement, error) {
	for {
		token, err := r.d.Token()
		if err != nil {
			return nil, unexpectedEnd(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			return &token, nil
		case xml.EndElement:
			return nil, nil
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" {
				return nil, fmt.Errorf("unexpected text %.40q in %s, line %d", text, within, r.line())
			}
		}
	}
}

// text reads the text of an element that has nothing else, and its end.
func (r xmlReader) text(of string) (string, error) {
	var b strings.Builder
	for {
		token, err := r.d.Token()
		if err != nil {
			return "", unexpectedEnd(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			return "", fmt.Errorf("unexpected element %s in %s, line %d", token.Name.Local, of, r.line())
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

func (r xmlReader) line() int {
	line, _ := r.d.InputPos()
	return line
}

func (r xmlReader) unexpected(start *xml.StartElement) error {
	return fmt.Errorf("unexpected element %s, line %d", start.Name.Local, r.line())
}

func attribute(e *xml.StartElement, space, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == space {
			return a.Value
		}
	}
	return ""
}
