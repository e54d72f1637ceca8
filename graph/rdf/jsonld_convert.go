package rdf

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
)

// A jsonConversion makes quads of a node map (JSON-LD 1.1 API, section 7.1).
// It is ours because the library's own drops IRIs that it takes for wrong, and
// gives blank nodes other labels each time.
type jsonConversion struct {
	issuer *ld.IdentifierIssuer
	quads  []graph.Quad
	graph  graph.Term
	err    error
}

// convert adds the quads of one graph. What RDF does not have, such as a
// relative IRI, is passed over, as the recommendation says.
func (c *jsonConversion) convert(name string, nodes map[string]any) {
	c.graph = graph.Term{}
	if name != "@default" {
		var ok bool
		if c.graph, ok = nodeTerm(name); !ok {
			return
		}
	}
	for _, id := range slices.Sorted(maps.Keys(nodes)) {
		subject, ok := nodeTerm(id)
		if !ok {
			continue
		}
		node := nodes[id].(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(node)) {
			values, isArray := node[key].([]any)
			predicate, ok := nodeTerm(key)
			if key == "@type" {
				predicate, ok = rdfType, true
			}
			if !isArray || !ok || predicate.Kind == graph.KindBlank {
				continue
			}
			for _, v := range values {
				if object, ok := c.object(v); ok {
					c.add(subject, predicate, object)
				}
			}
		}
	}
}

func (c *jsonConversion) add(subject, predicate, object graph.Term) {
	c.quads = append(c.quads, graph.Quad{Subject: subject, Predicate: predicate, Object: object, Graph: c.graph})
}

// nodeTerm gives the IRI or blank node of an id, and false for what is neither.
func nodeTerm(id string) (graph.Term, bool) {
	if label, ok := strings.CutPrefix(id, "_:"); ok {
		t := graph.Blank(label)
		return t, t.Check() == nil
	}
	return graph.IRI(id), iri.Check(id) == nil
}

func (c *jsonConversion) object(v any) (graph.Term, bool) {
	o, isMap := v.(map[string]any)
	if !isMap {
		id, _ := v.(string)
		return nodeTerm(id)
	}
	if list, ok := o["@list"].([]any); ok {
		return c.list(list), true
	}
	if value, ok := o["@value"]; ok {
		return c.literal(o, value)
	}
	id, _ := o["@id"].(string)
	return nodeTerm(id)
}

func (c *jsonConversion) list(items []any) graph.Term {
	head, last := rdfNil, graph.Term{}
	for _, item := range items {
		object, ok := c.object(item)
		if !ok {
			continue
		}
		cell := graph.Blank(strings.TrimPrefix(c.issuer.GetId(""), "_:"))
		if last.IsZero() {
			head = cell
		} else {
			c.add(last, rdfRest, cell)
		}
		c.add(cell, rdfFirst, object)
		last = cell
	}
	if !last.IsZero() {
		c.add(last, rdfRest, rdfNil)
	}
	return head
}

// literal converts a value object (section 7.2.2).
func (c *jsonConversion) literal(o map[string]any, value any) (graph.Term, bool) {
	datatype, _ := o["@type"].(string)
	language, _ := o["@language"].(string)
	var t graph.Term
	switch v := value.(type) {
	case string:
		t = graph.Typed(v, datatype)
	case bool:
		t = graph.Typed(strconv.FormatBool(v), orElse(datatype, xsd+"boolean"))
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e21 && datatype != xsd+"double" {
			t = graph.Typed(strconv.FormatFloat(v, 'f', 0, 64), orElse(datatype, xsd+"integer"))
		} else {
			t = graph.Typed(jsonDouble(v), orElse(datatype, xsd+"double"))
		}
	}
	switch {
	case datatype == "@json":
		text, err := canonicalJSON(value)
		if err != nil {
			c.err = err
			return graph.Term{}, false
		}
		t = graph.Typed(text, rdfNS+"JSON")
	case datatype != "" && iri.Check(datatype) != nil:
		return graph.Term{}, false
	case language != "":
		t = graph.LangTagged(t.Value, language)
	}
	return t, t.Check() == nil
}

func orElse(datatype, usual string) string {
	if datatype == "" {
		return usual
	}
	return datatype
}

var doubleZeros = regexp.MustCompile(`(\.\d+?)0*E\+?(-?)0*(\d)`)

// jsonDouble writes a double as section 8.6 wants it: 15 digits at most, such as 5.3E0.
func jsonDouble(f float64) string {
	return doubleZeros.ReplaceAllString(fmt.Sprintf("%1.15E", f), "${1}E${2}${3}")
}

// canonicalJSON writes a JSON literal in the form of RFC 8785: keys sorted, no space.
func canonicalJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	text := strings.TrimSuffix(b.String(), "\n")
	return strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(text), nil
}
