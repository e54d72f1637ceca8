package importers

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nearest"
	"github.com/ententegraph/entente/schema"
)

// prepare checks a judgement and ties it to what documents say.
func (d *draft) prepare(im *Importer, j Judgement) (ruling, error) {
	j.ID, j.Undone, j.UndoneBy = "", time.Time{}, ""
	j.Text = strings.Join(strings.Fields(j.Text), " ")
	r := ruling{Judgement: j, Things: map[string]candidate{}}
	if j.Author == "" {
		return r, invalid("a judgement has an author; say who judges")
	}
	thing := func(part, iri string) error {
		c, err := d.anchor(iri)
		r.Things[part] = c
		return err
	}
	var err error
	switch j.Verdict {
	case Same, Different:
		if err = errors.Join(thing("subject", j.Subject), thing("object", j.Object)); err == nil {
			err = d.distinct(&r)
		}
	case ReadAs:
		if j.Text == "" {
			return r, invalid("the name that is to be read is missing")
		}
		err = thing("object", j.Object)
	case Link:
		err = d.prepareLink(&r)
	case Accept, Reject, Correct:
		if r.Reports, err = d.reportsUnder(j.Subject); err == nil && j.Verdict == Correct {
			err = d.prepareCorrection(im.Model, &r)
		}
	default:
		err = invalid("%q is no verdict; known: same, different, read-as, link, accept, reject, correct", j.Verdict)
	}
	return r, err
}

// distinct checks that a judgement speaks of two things that may be, or may be mistaken for, one.
func (d *draft) distinct(r *ruling) error {
	a, b := r.Things["subject"], r.Things["object"]
	kind := func(c candidate) string { return classOf(c.Thing, "") }
	if kind(a) != kind(b) {
		return invalid("%s is of the class %s and %s of the class %s; only things of one class can be the same or be mistaken for each other",
			schema.Compact(a.Thing), kind(a), schema.Compact(b.Thing), kind(b))
	}
	if a.signature() == b.signature() && a.Thing == b.Thing {
		return invalid("%s is one thing; two are needed", schema.Compact(a.Thing))
	}
	rules, err := d.rules()
	if err != nil {
		return err
	}
	opposite := map[Verdict]Verdict{Same: Different, Different: Same}[r.Verdict]
	for _, other := range rules.all {
		x, y := other.Things["subject"].Thing, other.Things["object"].Thing
		if other.Verdict == opposite && (x == a.Thing && y == b.Thing || x == b.Thing && y == a.Thing) {
			return invalid("%s says of both that they are %s; undo it first", other.ID, opposite)
		}
	}
	return nil
}

// anchor finds the evidence that documents give of a thing, by which a judgement knows it again.
func (d *draft) anchor(iri string) (candidate, error) {
	iri, err := d.standsFor(iri)
	if err != nil {
		return candidate{}, err
	}
	kind, local, _ := strings.Cut(strings.TrimPrefix(iri, schema.ID), "/")
	speaking, err := d.group("unit/thing:"+iri+sep, true)
	if err != nil {
		return candidate{}, err
	}
	families := map[string]bool{}
	var fixed, judged candidate
	for _, record := range speaking {
		_, id, _ := strings.Cut(record.Key, sep)
		s, err := d.document(id)
		if err != nil || s == nil {
			return candidate{}, err
		}
		rules, err := d.rules()
		if err != nil {
			return candidate{}, err
		}
		for i, e := range s.Reports.Entities {
			if s.Things[i] != iri {
				continue
			}
			if r := rules.directing(e); r != nil {
				judged = r.Things["object"]
				continue
			}
			c, family := candidateOf(id, e)
			switch {
			case family:
				families[c.family()] = true
			case c.Thing == iri:
				fixed = candidate{Kind: c.Kind, Thing: iri}
			}
		}
		if fixed.Thing != "" || families[kind+"/"+local] {
			break
		}
	}
	if len(speaking) == 0 { // the name of a family, whose things have other names
		families[kind+"/"+local] = true
	}
	var out candidate
	switch name, err := d.label(iri); {
	case err != nil:
		return candidate{}, err
	case fixed.Thing != "":
		out = fixed
		out.Name = name
	case len(families) == 0:
		out = judged
	default:
		if out, err = d.familyAnchor(iri, local, families, len(speaking) > 0); err != nil {
			return candidate{}, err
		}
		out.Name = name
	}
	if out.Thing == "" {
		return out, fmt.Errorf("%s: %w; no document speaks of it", schema.Compact(iri), ErrUnknown)
	}
	return out, nil
}

// familyAnchor gathers the evidence of a thing in the family whose name it bears.
func (d *draft) familyAnchor(iri, local string, families map[string]bool, there bool) (candidate, error) {
	named := func(family string) int { // how much of the thing's name the family's is
		_, name, _ := strings.Cut(family, "/")
		if local == name || strings.HasPrefix(local, name+".") || strings.HasPrefix(local, name+"-") {
			return len(name)
		}
		return 0
	}
	best := slices.MinFunc(slices.Collect(maps.Keys(families)), func(a, b string) int {
		return cmp.Or(named(b)-named(a), cmp.Compare(a, b))
	})
	members, err := d.family(best, true)
	if err != nil {
		return candidate{}, err
	}
	var out candidate
	for _, m := range members {
		if there && m.Thing != iri {
			continue
		}
		out.Kind, out.Slug, out.Thing = m.Kind, m.Slug, iri
		out.Code, out.Country = cmp.Or(out.Code, m.Code), cmp.Or(out.Country, m.Country)
		for _, list := range []struct {
			to   *[]string
			from []string
		}{{&out.Years, m.Years}, {&out.Parties, m.Parties}, {&out.States, m.States}, {&out.Posts, m.Posts}} {
			*list.to = slices.Compact(slices.Sorted(slices.Values(slices.Concat(*list.to, list.from))))
		}
	}
	return out, nil
}

func (d *draft) label(iri string) (string, error) {
	found, err := d.objects(iri, schema.Label, graph.DefaultGraph)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Value, nil
}

// objects lists what a property of a node leads to, in a graph.
func (d *draft) objects(subject, property string, in graph.ID) ([]graph.Term, error) {
	p := graph.Pattern{Graph: in}
	for _, place := range []struct {
		to  *graph.ID
		iri string
	}{{&p.Subject, subject}, {&p.Predicate, property}} {
		id, ok, err := d.view.ID(d.ctx, graph.IRI(place.iri))
		if err != nil || !ok {
			return nil, err
		}
		*place.to = id
	}
	var out []graph.Term
	for q, err := range graph.Quads(d.ctx, d.view, p) {
		if err != nil {
			return nil, err
		}
		out = append(out, q.Object)
	}
	return out, nil
}

// prepareLink finds the entity that a judgement links, and what it is linked to.
func (d *draft) prepareLink(r *ruling) error {
	var words []graph.Term
	if !strings.Contains(r.Subject, "#entity-") { // a mention
		of, err := d.objects(r.Subject, schema.MentionOf, graph.Any)
		if err != nil {
			return err
		}
		if len(of) == 0 {
			return fmt.Errorf("mention %s: %w", schema.Compact(r.Subject), ErrUnknown)
		}
		if words, err = d.objects(r.Subject, schema.Text, graph.Any); err != nil {
			return err
		}
		r.Subject = of[0].Value
	}
	document, _, _ := strings.Cut(r.Subject, "#")
	s, err := d.document(docID(document))
	if err != nil {
		return err
	}
	at := -1
	if s != nil {
		at = slices.IndexFunc(s.Reports.Entities, func(e entityReport) bool { return e.IRI == r.Subject })
	}
	if at < 0 {
		return fmt.Errorf("entity %s: %w", schema.Compact(r.Subject), ErrUnknown)
	}
	e := s.Reports.Entities[at]
	switch {
	case len(e.Places) == 0: // it has one name
		r.Text = ""
	case r.Text == "" && len(words) > 0:
		r.Text = words[0].Value
	}
	if r.Text != "" && !slices.Contains(e.Called, r.Text) {
		return invalid("the document does not call %s “%s”; it calls it “%s”", schema.Compact(r.Subject), r.Text, strings.Join(e.Called, "”, “"))
	}
	if r.Object != "" {
		c, err := d.anchor(r.Object)
		r.Things["object"] = c
		return err
	}
	kind := kindOf(e.Class)
	name := cmp.Or(r.Text, e.Name)
	own := thingIRI(kind, docID(s.IRI)+"-"+cmp.Or(slug(name), "x"))
	r.Things["object"] = candidate{Kind: kind, Thing: own, Name: name}
	return nil
}

// reportsUnder finds a report, or the reports that a fact rests on.
func (d *draft) reportsUnder(iri string) ([]reportKey, error) {
	places := []string{iri}
	if !strings.Contains(iri, "#") {
		evidence, err := d.objects(iri, schema.Evidence, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		places = nil
		for _, e := range evidence {
			places = append(places, e.Value)
		}
	}
	var out []reportKey
	for _, place := range places {
		document, _, _ := strings.Cut(place, "#")
		s, err := d.document(docID(document))
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		if key := s.Reports.keyAt(place); key != "" {
			out = append(out, reportKey{docID(document), key})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("report or fact %s: %w", schema.Compact(iri), ErrUnknown)
	}
	return out, nil
}

// keyAt gives the key of the report with an IRI, or "".
func (r reports) keyAt(iri string) string {
	for _, t := range r.Tenures {
		if t.IRI == iri {
			return t.Key
		}
	}
	for _, x := range r.Relations {
		if x.IRI == iri {
			return x.Key
		}
	}
	for _, x := range r.Events {
		if x.IRI == iri {
			return x.Key
		}
	}
	return ""
}

// prepareCorrection checks what a judgement sets.
func (d *draft) prepareCorrection(model *schema.Model, r *ruling) error {
	if len(r.Set) == 0 {
		return invalid("nothing is said that is to be corrected; give properties and their values, as from=2016")
	}
	known := slices.Sorted(maps.Keys(corrections))
	for _, part := range slices.Sorted(maps.Keys(r.Set)) {
		value := r.Set[part]
		what, ok := corrections[part]
		switch {
		case !ok:
			hint := "; known: " + strings.Join(known, ", ")
			if near, ok := nearest.Name(part, known); ok {
				hint = "; did you mean " + near + "?"
			}
			return invalid("%s cannot be corrected%s", part, hint)
		case what == aDate:
			if _, err := ParseDate(value); err != nil {
				return invalid("%s: %v", part, err)
			}
		case what == aType && model.Event(value) == nil && model.Relation(value) == nil:
			return invalid("%s: there is no event or relation %q in the schema", part, value)
		case what == aThing:
			c, err := d.anchor(schema.Expand(value))
			if err != nil {
				return err
			}
			r.Things[part] = c
			r.Set[part] = c.Thing
		case value == "":
			return invalid("%s: a value is missing", part)
		}
	}
	return nil
}
