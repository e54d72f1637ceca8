package importers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// The cast is all things with the evidence about them, gathered once to find
// what names may mean and which things may be one.
type cast struct {
	d      *draft
	things map[string]*member
	words  map[string][]string // things by a word of one of their names
	coded  []string            // things that have a code
	labels map[string]string
}

// A member of the cast is a thing as documents know it.
type member struct {
	iri, kind    string
	names        []string // slugs
	codes        []string
	states       map[string]bool
	posts        map[string]bool
	count        int // entities that are it
	distinctions map[string]bool
	apart        map[string]bool // what a source tells it from others of the name by
}

func (d *draft) readCast() (*cast, error) {
	c := &cast{d: d, things: map[string]*member{}, words: map[string][]string{}, labels: map[string]string{}}
	for r, err := range d.view.Records(d.ctx, "name/") {
		if err != nil {
			return nil, err
		}
		var e familyEntry
		if err := json.Unmarshal(r.Value, &e); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		m := c.things[e.Thing]
		if m == nil {
			m = &member{iri: e.Thing, kind: e.Kind, states: map[string]bool{}, posts: map[string]bool{}, distinctions: map[string]bool{}, apart: map[string]bool{}}
			c.things[e.Thing] = m
		}
		if n := bareName(e.candidate); !slices.Contains(m.names, n) {
			m.names = append(m.names, n)
		}
		if e.Code != "" && !slices.Contains(m.codes, e.Code) {
			m.codes = append(m.codes, e.Code)
		}
		if _, year, told := strings.Cut(e.Slug, "."); told && e.Kind == "person" {
			m.apart[year] = true
		}
		m.count += e.Count
		for _, s := range append(slices.Clone(e.States), single(e.Country)...) {
			m.states[s] = true
		}
		for _, p := range e.Posts {
			m.posts[p] = true
		}
		for _, x := range slices.Concat(e.Years, e.Parties) {
			m.distinctions[x] = true
		}
	}
	for _, iri := range slices.Sorted(maps.Keys(c.things)) {
		m := c.things[iri]
		told := map[string]bool{}
		for _, n := range m.names {
			for _, w := range nameWords(n) {
				for _, key := range []string{w, soundOf(w)} {
					if !told[key] {
						told[key] = true
						c.words[key] = append(c.words[key], iri)
					}
				}
			}
		}
		if len(m.codes) > 0 {
			c.coded = append(c.coded, iri)
		}
	}
	return c, nil
}

// bareName is the slug of a name without what tells it from others: the state
// of an organization, the year of a person.
func bareName(c candidate) string {
	before, after, told := strings.Cut(c.Slug, ".")
	if told && c.Kind == "organization" {
		return after
	}
	return before
}

// oneSlip reports whether a letter too many, too few, wrong or in its
// neighbour's place makes one acronym of the other.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case a == b || len(a) < 3:
		return false
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// label names a thing: its acronym or code first.
func (c *cast) label(iri, otherwise string) string {
	if name, ok := c.labels[iri]; ok {
		return name
	}
	name, err := c.d.label(iri)
	if err != nil || name == "" {
		name = cmp.Or(otherwise, schema.Compact(iri))
	}
	if m := c.things[iri]; m != nil && len(m.codes) == 1 && m.codes[0] != name {
		name = m.codes[0] + "  " + name
	}
	c.labels[iri] = name
	return name
}

// A possibility is a thing that a name may mean.
type possibility struct {
	thing   string
	score   float64
	reasons []Reason
}

// mostPossible is how many are offered beside the reading.
const mostPossible = 4

// like finds the things of a kind that a text may name, the likeliest first,
// with what the document has to say for them.
func (c *cast) like(text, kind string, s *storedDocument) []possibility {
	name := slug(text)
	found := map[string]bool{}
	for _, w := range strings.Split(name, "-") {
		for _, key := range []string{w, soundOf(w)} {
			for _, iri := range c.words[key] {
				found[iri] = true
			}
		}
	}
	for _, iri := range c.coded {
		found[iri] = true
	}
	var out []possibility
	for _, iri := range slices.Sorted(maps.Keys(found)) {
		m := c.things[iri]
		if m.kind != kind {
			continue
		}
		p := possibility{thing: iri}
		for _, n := range m.names {
			score, why := 0.0, ""
			switch how := compareNames(name, n); {
			case how == identical:
				score, why = 0.6, "of this name"
			case how == reordered:
				score, why = 0.5, "of this name in another order"
			case how == respelled:
				score, why = 0.45, "of a name that sounds like it"
			case how == shortened:
				score, why = 0.35, "of a longer or shorter name"
			}
			if score > p.score {
				p.score, p.reasons = score, []Reason{{true, why + ": " + strings.ReplaceAll(n, "-", " ")}}
			}
		}
		for _, code := range m.codes {
			if oneSlip(name, strings.ToLower(code)) && p.score < 0.3 {
				p.score, p.reasons = 0.3, []Reason{{true, "one letter from " + code}}
			}
		}
		if p.score == 0 {
			continue
		}
		for _, r := range c.reasons(iri, s) {
			p.reasons = append(p.reasons, r)
			if r.For {
				p.score += 0.15
			}
		}
		p.score = min(0.9, math.Round(p.score*100)/100)
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b possibility) int { return cmp.Compare(b.score, a.score) })
	return out[:min(len(out), mostPossible)]
}

// reasons says what ties a thing to the others that a document speaks of.
func (c *cast) reasons(iri string, s *storedDocument) []Reason {
	var out []Reason
	seen := map[string]bool{iri: true}
	for i, thing := range s.Things {
		if seen[thing] || !s.Reports.Entities[i].Named {
			continue
		}
		seen[thing] = true
		ties, err := c.d.tiesBetween(iri, thing)
		if err != nil || len(ties) == 0 {
			continue
		}
		if out = append(out, Reason{true, ties[0]}); len(out) == 2 {
			break
		}
	}
	return out
}

// tiesBetween gives the labels of facts between two things.
func (d *draft) tiesBetween(a, b string) ([]string, error) {
	data, found, err := d.record("facts/" + pairUnit(a, b))
	if err != nil || !found {
		return nil, err
	}
	quads, err := parseQuads(d.ctx, data)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, q := range quads {
		if q.Predicate == graph.IRI(schema.Label) {
			out = append(out, q.Object.Value)
		}
	}
	return out, nil
}
