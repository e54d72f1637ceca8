package schema

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// A definition is a file's class, relation or event type with the lines of its
// keys, so that later checks can point at them.
type definition[T any] struct {
	of    T
	file  string
	lines map[string]int
}

// at is the place of a key, or of the whole definition where the key is not given.
func (d *definition[T]) at(key string) Origin {
	return Origin{File: d.file, Line: max(d.lines[key], 1)}
}

// begin notes the lines of a definition's keys.
func begin[T any](s *source, n *yaml.Node) *definition[T] {
	d := &definition[T]{file: s.name, lines: map[string]int{}}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			d.lines[n.Content[i].Value] = n.Content[i].Line
		}
	}
	return d
}

func (s *source) class(n *yaml.Node) *definition[*Class] {
	d := begin[*Class](s, n)
	c := &Class{Origin: s.at(n)}
	d.of = c
	s.mapping(n, "a class", keys{
		"id": s.text(&c.ID), "label": s.text(&c.Label), "plural": s.text(&c.Plural), "definition": s.text(&c.Definition),
		"extends": s.text(&c.Extends), "mappings": s.mappings(&c.Mappings),
		"shape": s.oneOf(&c.Shape, Shapes()), "color": s.color(&c.Color),
	}, "id", "label", "plural", "definition", "shape", "color")
	return d
}

func (s *source) relation(n *yaml.Node) *definition[*Relation] {
	d := begin[*Relation](s, n)
	r := &Relation{Origin: s.at(n)}
	d.of = r
	ends := exampleEnds{actor: "from", recipient: "to"}
	s.mapping(n, "a relation", keys{
		"id": s.text(&r.ID), "property": s.text(&r.Property), "label": s.text(&r.Label), "inverse": s.text(&r.Inverse),
		"definition": s.text(&r.Definition), "domain": s.texts(&r.Domain), "range": s.texts(&r.Range),
		"symmetric": s.flag(&r.Symmetric), "functional": s.flag(&r.Functional), "excludes": s.texts(&r.Excludes),
		"mappings": s.mappings(&r.Mappings), "triggers": s.triggers(&r.Triggers, ends),
		"examples": s.examples(&r.Examples, ends, false), "counterexamples": s.examples(&r.Examples, ends, true),
	}, "id", "property", "label", "inverse", "definition", "domain", "range")
	return d
}

func (s *source) event(n *yaml.Node) *definition[*EventType] {
	d := begin[*EventType](s, n)
	e := &EventType{Origin: s.at(n), ActorPart: "participant", RecipientPart: "object"}
	d.of = e
	ends := exampleEnds{actor: "actor", recipient: "recipient"}
	s.mapping(n, "an event type", keys{
		"id": s.text(&e.ID), "class": s.text(&e.Class), "label": s.text(&e.Label), "verb": s.text(&e.Verb),
		"definition": s.text(&e.Definition), "plover": s.text(&e.Plover), "mode": s.text(&e.Mode), "cameo": s.codes(&e.Cameo),
		"mutual": s.flag(&e.Mutual), "starts": s.texts(&e.Starts), "ends": s.texts(&e.Ends),
		"actorPart": s.oneOf(&e.ActorPart, partNames()), "recipientPart": s.oneOf(&e.RecipientPart, partNames()),
		"mappings": s.mappings(&e.Mappings),
		"triggers": s.triggers(&e.Triggers, ends),
		"examples": s.examples(&e.Examples, ends, false), "counterexamples": s.examples(&e.Examples, ends, true),
	}, "id", "label", "verb", "definition", "triggers", "examples", "counterexamples")
	if e.Class == "" {
		e.Class = upperCamel(e.ID)
	}
	return d
}

// exampleEnds are the keys under which triggers and examples name their two
// ends: actor and recipient of events, from and to of relations.
type exampleEnds struct{ actor, recipient string }

func (s *source) triggers(to *[]Trigger, ends exampleEnds) reader {
	return s.each(func(n *yaml.Node) {
		t := Trigger{Origin: s.at(n)}
		known := keys{
			"verb": s.lemmas(&t.Verb), "noun": s.lemmas(&t.Noun), "adjective": s.lemmas(&t.Adjective),
			"with": s.table(&t.With, s.place), "without": s.table(&t.Without, s.place),
			ends.actor: s.places(&t.Actor), ends.recipient: s.places(&t.Recipient), "parts": s.parts(&t.Parts),
			"cameo": s.code(&t.Cameo), "negative": s.flag(&t.Negative),
			"modality": s.oneOf(&t.Modality, Modalities()),
		}
		if ends.actor == "from" {
			known["about"] = s.places(&t.About)
		}
		s.mapping(n, "a trigger", known)
		given := 0
		for _, lemmas := range [][]string{t.Verb, t.Noun, t.Adjective} {
			if lemmas != nil {
				given++
			}
		}
		if given != 1 && n.Kind == yaml.MappingNode {
			s.fail(n, "a trigger has exactly one of verb, noun, adjective, not %d; write a trigger for each", given)
		}
		if t.Noun == nil {
			for _, place := range slices.Concat(t.Actor, t.Recipient) {
				if place == "possessor" || place == "nationality" {
					s.fail(n, "%s is a place of nouns; a verb or adjective has a subject and an object", place)
				}
			}
		}
		*to = append(*to, t)
	})
}

// lemmas reads a list of lemmas, which are in lower case.
func (s *source) lemmas(to *[]string) reader {
	return func(n *yaml.Node) {
		s.texts(to)(n)
		for _, lemma := range *to {
			if lemma != strings.ToLower(lemma) {
				s.fail(n, "the lemma %q has capitals; write it in lower case", lemma)
			}
		}
		if *to == nil {
			*to = []string{} // given, though wrong: one problem is enough
		}
	}
}

// places reads a list of grammatical places.
func (s *source) places(to *[]string) reader {
	return func(n *yaml.Node) {
		s.texts(to)(n)
		for i, p := range *to {
			item := n
			if n.Kind == yaml.SequenceNode && len(n.Content) == len(*to) {
				item = n.Content[i]
			}
			s.checkPlace(item, p)
		}
	}
}

// place checks a key that names a place.
func (s *source) place(key *yaml.Node) { s.checkPlace(key, key.Value) }

func (s *source) checkPlace(n *yaml.Node, place string) {
	steps := strings.Split(place, ".")
	if len(steps) > 3 {
		s.fail(n, "%s has more than three steps; a place is sought at most at the head of another, and that at the head of a third", place)
		return
	}
	for _, step := range steps {
		if !slices.Contains(placeNames(), step) && !slices.Contains(Prepositions(), step) {
			s.fail(n, "%s is no grammatical place%s", place, meant(step, slices.Concat(placeNames(), Prepositions())))
			return
		}
	}
}

// placeNames lists the places that are not prepositions; see [Trigger].
func placeNames() []string {
	return []string{"subject", "object", "indirect", "possessor", "nationality", "modifier", "complement"}
}

// parts reads part → places.
func (s *source) parts(to *map[string][]string) reader {
	return func(n *yaml.Node) {
		s.table(to, func(key *yaml.Node) {
			if !slices.Contains(partNames(), key.Value) {
				s.fail(key, "%s is no part of an event%s", key.Value, meant(key.Value, partNames()))
			}
		})(n)
		for _, part := range sortedKeys(*to) {
			for _, p := range (*to)[part] {
				s.checkPlace(n, p)
			}
		}
	}
}

func (s *source) examples(to *[]Example, ends exampleEnds, counter bool) reader {
	what := "an example"
	if counter {
		what = "a counterexample"
	}
	return s.each(func(n *yaml.Node) {
		x := Example{Origin: s.at(n)}
		known := keys{
			"text": s.text(&x.Text), "published": s.date(&x.Published), ends.actor: s.texts(&x.Actor), ends.recipient: s.texts(&x.Recipient),
			"date": s.date(&x.Date), "polarity": s.oneOf(&x.Polarity, Polarities()),
			"modality": s.oneOf(&x.Modality, Modalities()), "assertion": s.oneOf(&x.Assertion, Assertions()),
		}
		if ends.actor == "from" {
			known["about"] = s.texts(&x.About)
		}
		if counter {
			known["none"], known["notFact"] = s.flag(&x.None), s.flag(&x.NotFact)
		}
		s.mapping(n, what, known, "text")
		switch {
		case n.Kind != yaml.MappingNode:
		case counter && x.None == x.NotFact:
			s.fail(n, "a counterexample says either none: true (nothing of this type comes out) or notFact: true (it comes out, but not as a fact)")
		case x.None && (x.Actor != nil || x.Recipient != nil):
			s.fail(n, "a counterexample with none: true has nobody who takes part; leave %s and %s out", ends.actor, ends.recipient)
		case !counter && x.Actor == nil && x.Recipient == nil:
			s.fail(n, "an example names at least its %s or its %s; add the key", ends.actor, ends.recipient)
		}
		*to = append(*to, x)
	})
}

// oneOf reads one of the known texts.
func (s *source) oneOf(to *string, known []string) reader {
	return func(n *yaml.Node) {
		v, ok := s.scalar(n, "a text", "!!str")
		if ok && !slices.Contains(known, v) {
			s.fail(n, "%q is not known here%s", v, meant(v, known))
			return
		}
		if ok {
			*to = v
		}
	}
}

var hexColor = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

func (s *source) color(to *string) reader {
	return func(n *yaml.Node) {
		s.text(to)(n)
		if *to != "" && !hexColor.MatchString(*to) {
			s.fail(n, "%q is no colour; write #rrggbb in quotes", *to)
		}
	}
}

// mappings reads mapping property → prefixed name, both of declared prefixes.
func (s *source) mappings(to *map[string]string) reader {
	return func(n *yaml.Node) {
		if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
			s.fail(n, "mappings are pairs such as skos:closeMatch: schema:Person, not %s", form(n))
			return
		}
		*to = map[string]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			s.prefixed(key)
			if v, ok := s.scalar(value, "a prefixed name", "!!str"); ok {
				s.prefixed(value)
				(*to)[key.Value] = v
			}
		}
	}
}

// prefixed checks that a name has a prefix that is known.
func (s *source) prefixed(n *yaml.Node) {
	prefix, local, ok := strings.Cut(n.Value, ":")
	if !ok || local == "" {
		s.fail(n, "%q is no prefixed name such as skos:closeMatch", n.Value)
	} else if _, known := Prefixes()[prefix]; !known {
		s.fail(n, "the prefix %s: is not known%s", prefix, meant(prefix, sortedKeys(Prefixes())))
	}
}

// upperCamel turns sign-agreement into SignAgreement.
func upperCamel(id string) string {
	var b strings.Builder
	for _, word := range strings.Split(id, "-") {
		r := []rune(word)
		if len(r) > 0 {
			b.WriteRune(unicode.ToUpper(r[0]))
			b.WriteString(string(r[1:]))
		}
	}
	return b.String()
}
