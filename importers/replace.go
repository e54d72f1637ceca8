package importers

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A stored document is a version with what is kept beside its quads.
type storedDocument struct {
	Version
	Reports reports
	Things  []string // what the entities are, in their order
	Keys    []string // of the records by which others find what it says
}

// Records of documents: document/ID is the Version, reading/ID the rest;
// hash/HASH\0ID finds documents by content. Others find what a document says by
// name/KIND/SLUG\0ID/ENTITY and post/POST\0SLUG\0ID/ENTITY (see resolve), and by
// unit/UNIT\0ID (see conclude). facts/UNIT is what is concluded from a unit, as N-Quads.

// A replacement puts a version of a document, or nothing, in place of another, or of nothing.
type replacement struct {
	id            string
	before, after *storedDocument
	quads         []graph.Quad // of after, without links to things
}

func (d *draft) document(id string) (*storedDocument, error) {
	var s storedDocument
	found, err := d.getJSON("document/"+id, &s.Version)
	if err != nil || !found {
		return nil, err
	}
	if _, err := d.getJSON("reading/"+id, &s); err != nil {
		return nil, err
	}
	return &s, nil
}

func (d *draft) putDocument(s *storedDocument) error {
	id := docID(s.IRI)
	if err := d.putJSON("document/"+id, s.Version); err != nil {
		return err
	}
	return d.putJSON("reading/"+id, struct {
		Reports reports
		Things  []string
		Keys    []string
	}{s.Reports, s.Things, s.Keys})
}

// replace enters replacements of documents and all that follows from them: the
// documents' graphs, what entities of all documents now are, and the facts. It
// returns the things that no document spoke of before.
func (d *draft) replace(model *schema.Model, all []replacement) (fresh map[string]bool, err error) {
	touched := map[string]bool{} // units
	families := map[string]bool{}
	for _, r := range all {
		for _, s := range []*storedDocument{r.before, r.after} {
			if s == nil {
				continue
			}
			for i, e := range s.Reports.Entities {
				if c, family := candidateOf(r.id, i, e); family {
					families[familyGroup(c.Kind, c.Slug)] = true
				}
			}
		}
		if r.before != nil {
			if err := d.takeOut(r, touched); err != nil {
				return nil, err
			}
		}
	}
	documents := map[string]*storedDocument{} // those whose entities have to be linked anew
	for _, r := range all {
		if r.after != nil {
			if err := d.enter(r); err != nil {
				return nil, err
			}
			documents[r.id] = r.after
		}
	}
	if err := d.resolveFamilies(families, documents, touched); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(documents)) {
		if err := d.contribute(model, documents[id], touched); err != nil {
			return nil, err
		}
	}
	fresh = map[string]bool{}
	for _, unit := range slices.Sorted(maps.Keys(touched)) {
		isNew, err := d.concludeUnit(model, unit)
		if err != nil {
			return nil, err
		}
		if iri, ok := strings.CutPrefix(unit, "thing:"); ok && isNew {
			fresh[iri] = true
		}
	}
	return fresh, d.settle()
}

func familyGroup(kind, slug string) string { return "name/" + kind + "/" + slug + sep }

// takeOut removes a document's graph and records.
func (d *draft) takeOut(r replacement, touched map[string]bool) error {
	quads, err := d.ownQuads(r.before.IRI)
	if err != nil {
		return err
	}
	for _, q := range quads {
		d.removeQuad(q)
	}
	d.unlink(r.before)
	for _, key := range r.before.Keys {
		d.drop(key)
		if unit, ok := unitOf(key); ok {
			touched[unit] = true
		}
	}
	d.drop("document/" + r.id)
	d.drop("reading/" + r.id)
	d.drop("hash/" + r.before.Hash + sep + r.id)
	return nil
}

// ownQuads returns the quads of a document's graph that the document put there.
func (d *draft) ownQuads(iri string) ([]graph.Quad, error) {
	quads, err := d.graphQuads(iri)
	if err != nil {
		return nil, err
	}
	var out []graph.Quad
	for _, q := range quads {
		var s stated
		found, err := d.getJSON(statedKey(q), &s)
		if err != nil {
			return nil, err
		}
		if !found || s.Reported {
			out = append(out, q)
		}
	}
	return out, nil
}

// enter adds a document's graph, and its entities to their families.
func (d *draft) enter(r replacement) error {
	for _, q := range r.quads {
		d.addQuad(q)
	}
	s := r.after
	s.Things, s.Keys = make([]string, len(s.Reports.Entities)), nil
	d.put("hash/"+s.Hash+sep+r.id, []byte{})
	for i, e := range s.Reports.Entities {
		c, family := candidateOf(r.id, i, e)
		if !family {
			s.Things[i] = c.Thing
			continue
		}
		key := fmt.Sprintf("%s%s/%d", familyGroup(c.Kind, c.Slug), r.id, i)
		s.Keys = append(s.Keys, key)
		if err := d.putJSON(key, c); err != nil {
			return err
		}
		if c.Kind != "person" {
			continue
		}
		for _, p := range c.Posts {
			key := fmt.Sprintf("post/%s%s%s%s%s/%d", p, sep, c.Slug, sep, r.id, i)
			s.Keys = append(s.Keys, key)
			d.put(key, []byte{})
		}
	}
	return nil
}

// resolveFamilies resolves the entities of families, and of persons' families
// that may share a person with them, and adds to documents those in which
// something is now taken for another thing.
func (d *draft) resolveFamilies(families map[string]bool, documents map[string]*storedDocument, touched map[string]bool) error {
	for _, before := range []bool{true, false} {
		if err := d.kin(families, before); err != nil {
			return err
		}
	}
	var all []candidate
	keys := map[ref]string{}
	for _, g := range slices.Sorted(maps.Keys(families)) {
		records, err := d.group(g, false)
		if err != nil {
			return err
		}
		for _, r := range records {
			var c candidate
			if err := json.Unmarshal(r.Value, &c); err != nil {
				return fmt.Errorf("importers: record %q: %w", r.Key, err)
			}
			all = append(all, c)
			keys[c.ref()] = r.Key
		}
	}
	things := resolve(all)
	for _, c := range all {
		if things[c.ref()] == c.Thing {
			continue
		}
		s, loaded := documents[c.Document]
		if !loaded {
			var err error
			if s, err = d.document(c.Document); err != nil {
				return err
			}
			if s == nil {
				return fmt.Errorf("importers: record %q is of a document that is not there", keys[c.ref()])
			}
			documents[c.Document] = s
			d.unlink(s)
			for _, key := range s.Keys {
				if unit, ok := unitOf(key); ok {
					touched[unit] = true
					d.drop(key)
				}
			}
			s.Keys = slices.DeleteFunc(s.Keys, func(k string) bool { return strings.HasPrefix(k, "unit/") })
		}
		c.Thing = things[c.ref()]
		s.Things[c.Entity] = c.Thing
		if err := d.putJSON(keys[c.ref()], c); err != nil {
			return err
		}
	}
	return nil
}

// kin adds to families those of persons with a longer or shorter form of a
// name in them, who hold the same position.
func (d *draft) kin(families map[string]bool, before bool) error {
	open := slices.Collect(maps.Keys(families))
	for len(open) > 0 {
		g := open[len(open)-1]
		open = open[:len(open)-1]
		name, person := strings.CutPrefix(strings.TrimSuffix(g, sep), "name/person/")
		if !person {
			continue
		}
		members, err := d.group(g, before)
		if err != nil {
			return err
		}
		posts := map[string]bool{}
		for _, r := range members {
			var c candidate
			if err := json.Unmarshal(r.Value, &c); err != nil {
				return fmt.Errorf("importers: record %q: %w", r.Key, err)
			}
			for _, p := range c.Posts {
				posts[p] = true
			}
		}
		for p := range posts {
			holders, err := d.group("post/"+p+sep, before)
			if err != nil {
				return err
			}
			for _, r := range holders {
				other := strings.Split(r.Key, sep)[1]
				if next := familyGroup("person", other); !families[next] && (within(name, other) || within(other, name)) {
					families[next] = true
					open = append(open, next)
				}
			}
		}
	}
	return nil
}

// links are the quads that lead from a document's entities to things, and from things to it.
func (s *storedDocument) links() []graph.Quad {
	var out []graph.Quad
	for i, e := range s.Reports.Entities {
		if s.Things[i] == "" {
			continue
		}
		thing, document := graph.IRI(s.Things[i]), graph.IRI(s.IRI)
		out = append(out,
			graph.Quad{Subject: graph.IRI(e.IRI), Predicate: graph.IRI(schema.RefersTo), Object: thing, Graph: document},
			graph.Quad{Subject: thing, Predicate: graph.IRI(schema.MentionedIn), Object: document})
	}
	return out
}

func (d *draft) unlink(s *storedDocument) {
	for _, q := range s.links() {
		d.removeQuad(q)
	}
}

// contribute enters what a document says, with its entities resolved.
func (d *draft) contribute(model *schema.Model, s *storedDocument, touched map[string]bool) error {
	for _, q := range s.links() {
		d.addQuad(q)
	}
	given := contributions(model, s.Reports, s.Things)
	for _, unit := range slices.Sorted(maps.Keys(given)) {
		key := "unit/" + unit + sep + docID(s.IRI)
		s.Keys = append(s.Keys, key)
		touched[unit] = true
		if err := d.putJSON(key, given[unit]); err != nil {
			return err
		}
	}
	return d.putDocument(s)
}

func unitOf(key string) (string, bool) {
	unit, ok := strings.CutPrefix(key, "unit/")
	unit, _, _ = strings.Cut(unit, sep)
	return unit, ok
}

// concludeUnit puts what follows now in place of what followed before, and
// reports whether nothing contributed to the unit before.
func (d *draft) concludeUnit(model *schema.Model, unit string) (fresh bool, err error) {
	key := "facts/" + unit
	was, had, err := d.record(key)
	if err != nil {
		return false, err
	}
	old, err := parseQuads(d.ctx, was)
	if err != nil {
		return false, err
	}
	for _, q := range old {
		d.removeQuad(q)
	}
	records, err := d.group("unit/"+unit+sep, false)
	if err != nil {
		return false, err
	}
	var from []contribution
	for _, r := range records {
		var c contribution
		if err := json.Unmarshal(r.Value, &c); err != nil {
			return false, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		from = append(from, c)
	}
	if len(from) == 0 {
		d.drop(key)
		return false, nil
	}
	quads := conclude(model, unit, from)
	for _, q := range quads {
		d.addQuad(q)
	}
	d.put(key, formatQuads(quads))
	return !had, nil
}
