package schema

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// check looks at what the definitions say about each other and about the codes.
func (l *loaded) check() {
	classIDs := ids(l.classes, func(c *Class) string { return c.ID })
	relationIDs := ids(l.relations, func(r *Relation) string { return r.ID })
	l.checkClasses(classIDs)
	l.checkRelations(classIDs, relationIDs)
	l.checkEvents(classIDs, relationIDs)
	l.checkNames()
}

func ids[T any](definitions []*definition[T], id func(T) string) []string {
	var out []string
	for _, d := range definitions {
		out = append(out, id(d.of))
	}
	return out
}

var (
	kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	camel = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	upper = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
)

// checkID checks the form of an id, and that the file is called like it; two
// definitions of one id are therefore impossible in one folder.
func (l *loaded) checkID(at Origin, id string, shape *regexp.Regexp, like string) {
	if id == "" {
		return // already reported
	}
	if !shape.MatchString(id) {
		l.problems.add(at, "the id %q is not written like %s", id, like)
	}
	if want := strings.TrimSuffix(path.Base(at.File), ".yaml"); id != want {
		l.problems.add(at, "the id is %s, but the file is called %s.yaml; make them equal", id, want)
	}
}

// reference checks that ids name what exists.
func (l *loaded) reference(at Origin, what string, names, known []string) {
	for _, name := range names {
		if !slices.Contains(known, name) {
			l.problems.add(at, "there is no %s %s%s", what, name, meant(name, known))
		}
	}
}

func (l *loaded) checkClasses(classIDs []string) {
	extends := map[string]string{}
	for _, d := range l.classes {
		extends[d.of.ID] = d.of.Extends
	}
	for _, d := range l.classes {
		c := d.of
		l.checkID(d.at("id"), c.ID, upper, "TenureReport")
		if c.Extends == "" {
			continue
		}
		l.reference(d.at("extends"), "class", []string{c.Extends}, classIDs)
		chain := []string{c.ID}
		for up := c.Extends; up != ""; up = extends[up] {
			chain = append(chain, up)
			if up == c.ID {
				l.problems.add(d.at("extends"), "a class cannot extend itself: %s", strings.Join(chain, " → "))
			}
			if len(chain) > len(l.classes)+1 || up == c.ID {
				break
			}
		}
	}
}

func (l *loaded) checkRelations(classIDs, relationIDs []string) {
	byID := map[string]*Relation{}
	for _, d := range l.relations {
		byID[d.of.ID] = d.of
	}
	for _, d := range l.relations {
		r := d.of
		l.checkID(d.at("id"), r.ID, kebab, "member-of")
		if r.Property != "" && !camel.MatchString(r.Property) {
			l.problems.add(d.at("property"), "the property %q is not written like memberOf", r.Property)
		}
		l.reference(d.at("domain"), "class", r.Domain, classIDs)
		l.reference(d.at("range"), "class", r.Range, classIDs)
		if r.Symmetric {
			if !slices.Equal(sorted(r.Domain), sorted(r.Range)) {
				l.problems.add(d.at("range"), "a symmetric relation has equal domain and range, not %v and %v", r.Domain, r.Range)
			}
			if r.Label != r.Inverse {
				l.problems.add(d.at("inverse"), "a symmetric relation reads the same both ways, not %q and %q", r.Label, r.Inverse)
			}
		} else if r.Label == r.Inverse && r.Label != "" {
			l.problems.add(d.at("inverse"), "label and inverse are both %q; make the relation symmetric or say how it reads from to to from", r.Label)
		}
		for _, x := range r.Excludes {
			other, negated := strings.CutPrefix(x, "not ")
			l.reference(d.at("excludes"), "relation", []string{other}, relationIDs)
			if o := byID[other]; o != nil && !negated && !slices.Contains(o.Excludes, r.ID) {
				l.problems.add(d.at("excludes"), "%s excludes %s, but not the other way round; add %s to the excludes of relations/%s.yaml", r.ID, other, r.ID, other)
			}
			if other == r.ID && !negated {
				l.problems.add(d.at("excludes"), "%s cannot exclude itself; take it out", r.ID)
			}
		}
		l.checkTriggers(r.Triggers, classIDs)
		if len(r.Triggers) > 0 && !slices.ContainsFunc(r.Examples, func(x Example) bool { return !x.None && !x.NotFact }) {
			l.problems.add(d.at("triggers"), "a relation with triggers has at least one example; its examples are its tests")
		}
	}
}

func (l *loaded) checkEvents(classIDs, relationIDs []string) {
	for _, d := range l.events {
		e := d.of
		l.checkID(d.at("id"), e.ID, kebab, "sign-agreement")
		if !upper.MatchString(e.Class) && e.ID != "" {
			l.problems.add(d.at("class"), "the class %q is not written like SignAgreement", e.Class)
		}
		l.checkCodes(d)
		l.reference(d.at("starts"), "relation", e.Starts, relationIDs)
		l.reference(d.at("ends"), "relation", e.Ends, relationIDs)
		l.checkTriggers(e.Triggers, classIDs)
		if len(e.Triggers) == 0 && d.lines["triggers"] > 0 {
			l.problems.add(d.at("triggers"), "an event type has at least one trigger")
		}
		positive := slices.ContainsFunc(e.Examples, func(x Example) bool { return !x.None && !x.NotFact })
		counter := slices.ContainsFunc(e.Examples, func(x Example) bool { return x.None || x.NotFact })
		if !positive && d.lines["examples"] > 0 {
			l.problems.add(d.at("examples"), "an event type has at least one example; its examples are its tests")
		}
		if !counter && d.lines["counterexamples"] > 0 {
			l.problems.add(d.at("counterexamples"), "an event type has at least one counterexample: a sentence like its examples in which it did not happen")
		}
		if e.Mutual {
			for _, t := range e.Triggers {
				if len(t.Recipient) > 0 {
					l.problems.add(t.Origin, "%s is mutual: all who take part are actors; move the places of recipient to actor", e.ID)
				}
			}
		}
	}
}

// checkCodes holds an event type's codes against the tables of PLOVER and CAMEO.
func (l *loaded) checkCodes(d *definition[*EventType]) {
	e := d.of
	root, known := l.tables.root(e.Plover)
	known = known || e.Plover == ""
	if !known {
		l.problems.add(d.at("plover"), "%q is no root of PLOVER%s", e.Plover, meant(e.Plover, l.tables.rootNames()))
	}
	if known && e.Mode != "" && !slices.Contains(root.Modes, e.Mode) {
		hint := meant(e.Mode, root.Modes)
		if len(root.Modes) == 0 {
			hint = "; it has none"
		}
		l.problems.add(d.at("mode"), "%q is no mode of %s%s", e.Mode, orNone(e.Plover), hint)
	}
	for _, code := range e.Cameo {
		if c, ok := l.code(d.at("cameo"), code); ok && known && c.Root != e.Plover {
			l.problems.add(d.at("cameo"), "the CAMEO code %s (%s) comes under %s, not %s; change one of them", code, c.Short, c.Root, orNone(e.Plover))
		}
	}
	if e.Plover == "STATEMENT" && len(e.Cameo) == 0 {
		l.problems.add(d.at("plover"), "STATEMENT stands for CAMEO codes 010 to 019; add the key cameo")
	}
	for i, t := range e.Triggers {
		if c, ok := l.code(t.Origin, t.Cameo); ok {
			e.Triggers[i].Plover = c.Root
		}
	}
}

// code looks a code up, and reports it when it is given and unknown.
func (l *loaded) code(at Origin, code string) (CameoCode, bool) {
	c, ok := l.tables.code(code)
	if !ok && code != "" {
		l.problems.add(at, "%q is no code of CAMEO%s", code, meant(code, l.tables.codeNames()))
	}
	return c, ok
}

func orNone(root string) string {
	if root == "" {
		return "an event without a PLOVER root"
	}
	return root
}

// checkTriggers checks the conditions of triggers: lemmas in lower case, classes by their id.
func (l *loaded) checkTriggers(triggers []Trigger, classIDs []string) {
	for _, t := range triggers {
		for _, conditions := range []map[string][]string{t.With, t.Without} {
			for _, place := range sortedKeys(conditions) {
				for _, word := range conditions[place] {
					if unicode.IsUpper([]rune(word)[0]) {
						l.reference(t.Origin, "class", []string{word}, classIDs)
					}
				}
			}
		}
	}
}

// checkNames makes sure that no two terms share an IRI.
func (l *loaded) checkNames() {
	first := map[string]string{}
	claim := func(at Origin, name, what string) {
		if other, taken := first[name]; taken && name != "" {
			l.problems.add(at, "ent:%s would be %s and also %s; give one of them another name", name, what, other)
			return
		}
		first[name] = what
	}
	for _, p := range Properties() {
		claim(Origin{}, strings.TrimPrefix(p.IRI, NS), "a property of every schema")
	}
	for _, d := range l.classes {
		claim(d.at("id"), d.of.ID, fmt.Sprintf("the class of classes/%s.yaml", d.of.ID))
	}
	for _, d := range l.relations {
		claim(d.at("property"), d.of.Property, fmt.Sprintf("the property of relations/%s.yaml", d.of.ID))
	}
	for _, d := range l.events {
		if slices.ContainsFunc(l.relations, func(r *definition[*Relation]) bool { return r.of.ID == d.of.ID }) {
			l.problems.add(d.at("id"), "%s is also the id of a relation; give one of them another", d.of.ID)
		}
		at := d.at("class")
		if d.lines["class"] == 0 {
			at = d.at("id")
		}
		claim(at, d.of.Class, fmt.Sprintf("the class of events/%s.yaml", d.of.ID))
	}
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}
