package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nearest"
)

// An Explanation says in words what a class, relation or event type means and
// how it is found in texts.
type Explanation struct {
	ID              string
	Kind            string // class, relation, event type
	Name            string // prefixed name of its IRI: ent:SignAgreement
	Label           string
	Definition      string
	Properties      []Line // codes, ends, mappings, …, in order
	Triggers        []string
	Examples        []string
	Counterexamples []string
	Origin          Origin
}

// A Line is a named line of an explanation.
type Line struct{ Name, Text string }

// Explain describes the class, relation or event type of the id. An unknown id
// is an error that names what was probably meant.
func (m *Model) Explain(id string) (*Explanation, error) {
	switch {
	case m.Event(id) != nil:
		return m.explainEvent(m.Event(id))
	case m.Relation(id) != nil:
		return explainRelation(m.Relation(id)), nil
	case m.Class(id) != nil:
		return m.explainClass(m.Class(id)), nil
	}
	hint := "list them with: entente schema"
	if near := nearby(id, m.IDs()); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return nil, fmt.Errorf("schema: there is no class, relation or event type %q; %s", id, hint)
}

// nearby gives up to three ids that may have been meant: that which is spelled
// most alike, and those that contain the word or one of its parts.
func nearby(id string, known []string) []string {
	var out []string
	if n, ok := nearest.Name(id, known); ok {
		out = append(out, n)
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(id), func(r rune) bool { return r == '-' || r == ' ' || r == '_' }) {
		for _, k := range known {
			if len(word) > 3 && slices.Contains(strings.Split(strings.ToLower(k), "-"), word) && !slices.Contains(out, k) && len(out) < 3 {
				out = append(out, k)
			}
		}
	}
	return out
}

func (m *Model) explainEvent(e *EventType) (*Explanation, error) {
	t, err := tables()
	if err != nil {
		return nil, err
	}
	x := &Explanation{ID: e.ID, Kind: "event type", Name: Compact(e.IRI()), Label: e.Label, Definition: e.Definition, Origin: e.Origin}
	root, _ := t.root(e.Plover)
	x.line("PLOVER", strings.TrimSpace(e.Plover+" "+e.Mode))
	if root.Short != "" {
		x.line("", root.Short+" ("+root.Quad+")")
	}
	for i, code := range e.Cameo {
		c, _ := t.code(code)
		name := ""
		if i == 0 {
			name = "CAMEO"
		}
		x.line(name, code+" "+c.Short)
	}
	if e.Mutual {
		x.line("between equals", "all who take part are actors")
	}
	x.line("those who act for an actor", e.ActorPart)
	x.line("begins", strings.Join(e.Starts, ", "))
	x.line("ends", strings.Join(e.Ends, ", "))
	x.mappings(e.Mappings)
	x.found(e.Triggers, e.Examples, "actor", "recipient")
	return x, nil
}

func explainRelation(r *Relation) *Explanation {
	x := &Explanation{ID: r.ID, Kind: "relation", Name: Compact(r.IRI()), Label: r.Label, Definition: r.Definition, Origin: r.Origin}
	x.line("from", strings.Join(r.Domain, ", "))
	x.line("to", strings.Join(r.Range, ", "))
	if r.Symmetric {
		x.line("both ways", "what holds from one to the other holds back")
	} else {
		x.line("read backwards", r.Inverse)
	}
	if r.Functional {
		x.line("at one time", "at most one object")
	}
	x.line("cannot hold beside", strings.Join(r.Excludes, ", "))
	x.mappings(r.Mappings)
	x.found(r.Triggers, r.Examples, "from", "to")
	return x
}

func (m *Model) explainClass(c *Class) *Explanation {
	x := &Explanation{ID: c.ID, Kind: "class", Name: Compact(c.IRI()), Label: c.Label, Definition: c.Definition, Origin: c.Origin}
	x.line("is a", c.Extends)
	var narrower []string
	for _, other := range m.Classes {
		if other.Extends == c.ID {
			narrower = append(narrower, other.ID)
		}
	}
	x.line("narrower", strings.Join(narrower, ", "))
	x.mappings(c.Mappings)
	x.line("in pictures", c.Shape+" "+c.Color)
	return x
}

// line adds a line that has a text.
func (x *Explanation) line(name, text string) {
	if text != "" {
		x.Properties = append(x.Properties, Line{name, text})
	}
}

func (x *Explanation) mappings(mappings map[string]string) {
	for _, predicate := range sortedKeys(mappings) {
		x.line(predicate, mappings[predicate])
	}
}

// found adds the triggers and examples.
func (x *Explanation) found(triggers []Trigger, examples []Example, from, to string) {
	for _, t := range triggers {
		x.Triggers = append(x.Triggers, t.describe(from, to))
	}
	for _, e := range examples {
		switch {
		case e.None:
			x.Counterexamples = append(x.Counterexamples, e.Text+" (nothing)")
		case e.NotFact:
			x.Counterexamples = append(x.Counterexamples, e.Text+" (no fact)")
		default:
			x.Examples = append(x.Examples, e.Text)
		}
	}
}

// describe writes a trigger as a line: verb expel, … where object is diplomat, …; actor: subject.
func (t Trigger) describe(from, to string) string {
	var b strings.Builder
	for _, words := range []struct {
		kind   string
		lemmas []string
	}{{"verb", t.Verb}, {"noun", t.Noun}, {"adjective", t.Adjective}} {
		if words.lemmas != nil {
			fmt.Fprintf(&b, "%s %s", words.kind, strings.Join(words.lemmas, ", "))
		}
	}
	conditions := func(word string, with map[string][]string, any string) {
		for _, place := range sortedKeys(with) {
			is := "is " + strings.Join(with[place], ", ")
			if slices.Contains(with[place], "*") {
				is = any
			}
			fmt.Fprintf(&b, "; %s %s %s", word, place, is)
		}
	}
	conditions("where", t.With, "is given")
	conditions("not where", t.Without, "is given")
	for _, ends := range []struct {
		name   string
		places []string
	}{{from, t.Actor}, {to, t.Recipient}, {"about", t.About}} {
		if len(ends.places) > 0 {
			fmt.Fprintf(&b, "; %s: %s", ends.name, strings.Join(ends.places, ", "))
		}
	}
	for _, part := range sortedKeys(t.Parts) {
		fmt.Fprintf(&b, "; %s: %s", part, strings.Join(t.Parts[part], ", "))
	}
	if t.Cameo != "" {
		fmt.Fprintf(&b, "; CAMEO %s", t.Cameo)
	}
	if t.Negative {
		b.WriteString("; says that it is not so")
	}
	if t.Modality != "" {
		fmt.Fprintf(&b, "; %s", t.Modality)
	}
	return b.String()
}

// String writes the explanation as a page of text.
func (x *Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s — %s (%s, %s)\n%s\n", x.ID, x.Label, x.Kind, x.Name, x.Definition)
	if len(x.Properties) > 0 {
		width := 0
		for _, l := range x.Properties {
			width = max(width, len(l.Name))
		}
		b.WriteString("\n")
		for _, l := range x.Properties {
			fmt.Fprintf(&b, "  %-*s  %s\n", width, l.Name, l.Text)
		}
	}
	for _, list := range []struct {
		title string
		lines []string
	}{{"Triggers", x.Triggers}, {"Examples", x.Examples}, {"Counterexamples", x.Counterexamples}} {
		if len(list.lines) > 0 {
			fmt.Fprintf(&b, "\n%s\n  %s\n", list.title, strings.Join(list.lines, "\n  "))
		}
	}
	fmt.Fprintf(&b, "\nDefined in %s.\n", x.Origin.File)
	return b.String()
}
