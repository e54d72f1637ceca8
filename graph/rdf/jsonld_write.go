package rdf

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"

	"github.com/ententegraph/entente/graph"
)

// jsonWriter writes JSON-LD in expanded form (JSON-LD 1.1, section 5.1), which
// needs no context and holds every term as it is: a node object for each run of
// quads with one subject, inside a graph object for each run with one name.
type jsonWriter struct {
	out     *bufio.Writer
	graph   graph.Term
	inGraph bool
	any     bool // an object stands before in this array
	anyTop  bool

	subject graph.Term
	order   []string // keys in the order in which they came
	values  map[string][]any
}

func writeJSONLD(out *bufio.Writer, _ map[string]string) writer {
	out.WriteString("[")
	return &jsonWriter{out: out}
}

type valueObject struct {
	Value     string `json:"@value"`
	Type      string `json:"@type,omitempty"`
	Language  string `json:"@language,omitempty"`
	Direction string `json:"@direction,omitempty"`
}

type nodeReference struct {
	ID string `json:"@id"`
}

func (j *jsonWriter) quad(q graph.Quad) error {
	if q.Object.Kind == graph.KindTriple {
		return errors.New("JSON-LD has no triple terms")
	}
	if q.Graph != j.graph {
		if err := j.closeGraph(); err != nil {
			return err
		}
		j.graph = q.Graph
	}
	if q.Subject != j.subject {
		if err := j.flush(); err != nil {
			return err
		}
		j.subject, j.values = q.Subject, map[string][]any{}
	}
	key, value := q.Predicate.Value, any(nodeReference{nodeID(q.Object)})
	switch {
	case q.Object.Kind == graph.KindLiteral:
		language, direction := q.Object.LanguageAndDirection()
		value = valueObject{q.Object.Value, q.Object.Datatype, language, direction}
	case q.Predicate == rdfType:
		key, value = "@type", nodeID(q.Object)
	}
	if _, known := j.values[key]; !known {
		j.order = append(j.order, key)
	}
	j.values[key] = append(j.values[key], value)
	return nil
}

func nodeID(t graph.Term) string {
	if t.Kind == graph.KindBlank {
		return "_:" + t.Value
	}
	return t.Value
}

// flush writes the node object of the subject before.
func (j *jsonWriter) flush() error {
	if j.subject.IsZero() {
		return nil
	}
	if !j.graph.IsZero() && !j.inGraph {
		j.next(&j.anyTop)
		j.out.WriteString(`{"@id":`)
		if err := j.json(nodeID(j.graph)); err != nil {
			return err
		}
		j.out.WriteString(`,"@graph":[`)
		j.inGraph, j.any = true, false
	}
	if j.inGraph {
		j.next(&j.any)
	} else {
		j.next(&j.anyTop)
	}
	j.out.WriteString(`{"@id":`)
	if err := j.json(nodeID(j.subject)); err != nil {
		return err
	}
	for _, key := range j.order {
		j.out.WriteString(",\n  ")
		if err := j.json(key); err != nil {
			return err
		}
		j.out.WriteString(": ")
		if err := j.json(j.values[key]); err != nil {
			return err
		}
	}
	j.out.WriteString("}")
	j.subject, j.order, j.values = graph.Term{}, nil, nil
	return nil
}

// next separates an object from the one before it.
func (j *jsonWriter) next(any *bool) {
	if *any {
		j.out.WriteString(",")
	}
	*any = true
	j.out.WriteString("\n")
}

func (j *jsonWriter) json(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := j.out.Write(bytes.TrimRight(b.Bytes(), "\n"))
	return err
}

func (j *jsonWriter) closeGraph() error {
	if err := j.flush(); err != nil {
		return err
	}
	if j.inGraph {
		j.out.WriteString("]}")
		j.inGraph = false
	}
	return nil
}

func (j *jsonWriter) end() error {
	if err := j.closeGraph(); err != nil {
		return err
	}
	_, err := j.out.WriteString("\n]\n")
	return err
}
