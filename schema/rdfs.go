package schema

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Terms that only the written schema uses: datatypes of codes, and what an
// event type does to relations.
const (
	cameoDatatype  = NS + "CameoCode"
	ploverDatatype = NS + "PloverCode"
	beginsRelation = NS + "beginsRelation"
	endsRelation   = NS + "endsRelation"
)

// WriteTurtle writes the schema as RDFS and OWL in Turtle (RDF 1.1 Turtle):
// the classes, the properties that every document and fact is written with,
// the relations and the event types, with their mappings to other vocabularies.
// The same model gives the same bytes.
func (m *Model) WriteTurtle(w io.Writer) error {
	t := &turtle{Writer: bufio.NewWriter(w)}
	t.prefixes()
	t.subject(strings.TrimSuffix(NS, "#"), "owl:Ontology",
		pair{"rdfs:label", english("entente")},
		pair{"rdfs:comment", english("What entente can say about diplomacy: things, relations that last, events that happen, and the documents that report them.")})

	t.section("Classes")
	for _, c := range m.Classes {
		t.class(m, c)
	}
	t.section("Datatypes of codes")
	t.subject(cameoDatatype, "rdfs:Datatype", pair{"rdfs:comment", english("event code of CAMEO")})
	t.subject(ploverDatatype, "rdfs:Datatype", pair{"rdfs:comment", english("event root of PLOVER, with its mode after a hyphen")})
	t.section("Properties of documents, reports and facts")
	for _, p := range Properties() {
		t.property(p)
	}
	t.subject(beginsRelation, "owl:AnnotationProperty", pair{"rdfs:comment", english("a relation that begins to hold by events of the class")})
	t.subject(endsRelation, "owl:AnnotationProperty", pair{"rdfs:comment", english("a relation that ceases to hold by events of the class")})
	t.section("Relations")
	for _, r := range m.Relations {
		t.relation(m, r)
	}
	t.section("Event types")
	for _, e := range m.Events {
		t.event(m, e)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("schema: write Turtle: %w", err)
	}
	return nil
}

// A pair is a predicate, as a prefixed name, and an object as Turtle has it.
type pair struct{ predicate, object string }

// turtle writes subjects with their pairs; errors wait in the buffered writer until Flush.
type turtle struct{ *bufio.Writer }

func (t *turtle) prefixes() {
	used := map[string]bool{"ent": true, "rdf": true, "rdfs": true, "xsd": true, "owl": true, "skos": true, "prov": true, "org": true, "schema": true, "sem": true}
	for _, p := range sortedKeys(Prefixes()) {
		if used[p] {
			fmt.Fprintf(t, "@prefix %s: <%s> .\n", p, Prefixes()[p])
		}
	}
	fmt.Fprintln(t)
}

func (t *turtle) section(title string) { fmt.Fprintf(t, "# %s\n\n", title) }

// subject writes one subject with its type and its pairs, each on a line;
// objects of one predicate stand together.
func (t *turtle) subject(iri, class string, pairs ...pair) {
	name := Compact(iri)
	if name == iri {
		name = "<" + iri + ">"
	}
	fmt.Fprintf(t, "%s\n    a %s", name, class)
	done := map[string]bool{}
	for _, p := range pairs {
		if done[p.predicate] {
			continue
		}
		done[p.predicate] = true
		var objects []string
		for _, q := range pairs {
			if q.predicate == p.predicate {
				objects = append(objects, q.object)
			}
		}
		fmt.Fprintf(t, " ;\n    %s %s", p.predicate, strings.Join(objects, ", "))
	}
	fmt.Fprint(t, " .\n\n")
}

func (t *turtle) class(m *Model, c *Class) {
	pairs := described(c.Label, c.Definition)
	if up := m.Class(c.Extends); up != nil {
		pairs = append(pairs, pair{"rdfs:subClassOf", Compact(up.IRI())})
	}
	t.subject(c.IRI(), "owl:Class", append(pairs, mapped(c.Mappings)...)...)
}

func (t *turtle) property(p Property) {
	kind := "owl:ObjectProperty"
	switch {
	case p.Literal:
		kind = "owl:DatatypeProperty"
	case p.IRI == PositionHeld || p.IRI == TriggerSpan || p.IRI == StatedType || p.IRI == ClassOf:
		kind = "rdf:Property" // leads to a literal in one graph and a node in another, or to a class
	}
	pairs := []pair{{"rdfs:comment", english(p.Comment)}}
	if p.Broader != "" {
		pairs = append(pairs, pair{"rdfs:subPropertyOf", Compact(p.Broader)})
	}
	if p.Domain != "" {
		pairs = append(pairs, pair{"rdfs:domain", Compact(p.Domain)})
	}
	if p.Range != "" {
		pairs = append(pairs, pair{"rdfs:range", Compact(p.Range)})
	}
	t.subject(p.IRI, kind, append(pairs, pair{"rdfs:isDefinedBy", defined})...)
}

func (t *turtle) relation(m *Model, r *Relation) {
	kind := "owl:ObjectProperty"
	if r.Symmetric {
		kind += ", owl:SymmetricProperty"
	}
	pairs := append(described(r.Label, r.Definition), pair{"rdfs:domain", union(r.Domain)}, pair{"rdfs:range", union(r.Range)})
	if !r.Symmetric {
		pairs = append(pairs, pair{"owl:inverseOf", "[ rdfs:label " + english(r.Inverse) + " ]"})
	}
	for _, x := range r.Excludes {
		if other := m.Relation(x); other != nil {
			pairs = append(pairs, pair{"owl:propertyDisjointWith", Compact(other.IRI())})
		}
	}
	pairs = append(pairs, pair{"skos:notation", quoted(r.ID)})
	t.subject(r.IRI(), kind, append(pairs, mapped(r.Mappings)...)...)
}

func (t *turtle) event(m *Model, e *EventType) {
	pairs := append(described(e.Label, e.Definition), pair{"rdfs:subClassOf", Compact(ClassEvent)}, pair{"skos:notation", quoted(e.ID)})
	if e.Plover != "" {
		code := e.Plover
		if e.Mode != "" {
			code += "-" + e.Mode
		}
		pairs = append(pairs, pair{"skos:notation", quoted(code) + "^^" + Compact(ploverDatatype)})
	}
	for _, code := range e.Cameo {
		pairs = append(pairs, pair{"skos:notation", quoted(code) + "^^" + Compact(cameoDatatype)})
	}
	for _, id := range e.Starts {
		pairs = append(pairs, pair{Compact(beginsRelation), Compact(m.Relation(id).IRI())})
	}
	for _, id := range e.Ends {
		pairs = append(pairs, pair{Compact(endsRelation), Compact(m.Relation(id).IRI())})
	}
	for _, x := range e.Examples {
		if !x.None && !x.NotFact {
			pairs = append(pairs, pair{"skos:example", english(x.Text)})
		}
	}
	t.subject(e.IRI(), "owl:Class", append(pairs, mapped(e.Mappings)...)...)
}

const defined = "<https://ententegraph.github.io/ns>"

func described(label, definition string) []pair {
	return []pair{{"rdfs:label", english(label)}, {"rdfs:comment", english(definition)}, {"rdfs:isDefinedBy", defined}}
}

func mapped(mappings map[string]string) []pair {
	var out []pair
	for _, predicate := range sortedKeys(mappings) {
		out = append(out, pair{predicate, mappings[predicate]})
	}
	return out
}

// union writes one class, or the class of all things of several.
func union(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = Compact(NS + id)
	}
	if len(names) == 1 {
		return names[0]
	}
	return "[ a owl:Class ; owl:unionOf ( " + strings.Join(names, " ") + " ) ]"
}

func english(text string) string { return quoted(text) + "@en" }

var turtleEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

func quoted(text string) string { return `"` + turtleEscapes.Replace(text) + `"` }
