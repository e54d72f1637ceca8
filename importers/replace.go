package importers

import (
	"bytes"
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
	Parted  []parted `json:",omitempty"`
}

// A parted mention is of another thing than its entity, by a judgement.
type parted struct{ Mention, Thing string }

// Records of documents: document/ID is the Version, reading/ID the rest,
// doubt/ID what a person should look at; hash/HASH\0ID finds documents by
// content. What they say is found by family (see families.go) and by unit:
// unit/UNIT\0ID (see conclude). sum/UNIT counts what many documents say alike,
// facts/UNIT is what is concluded from a unit, as N-Quads.

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
		Parted  []parted `json:",omitempty"`
	}{s.Reports, s.Things, s.Keys, s.Parted})
}

// replace enters replacements of documents and all that follows from them: the
// documents' graphs, what entities of all documents now are, and the facts. It
// returns the things that no document spoke of before.
func (d *draft) replace(model *schema.Model, all []replacement) (fresh map[string]bool, err error) {
	c := &consequences{d: d, model: model, families: map[string]bool{}, touched: map[string]bool{}, documents: map[string]*storedDocument{}}
	for _, r := range all {
		if r.before != nil {
			if err := c.takeOut(r); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range all {
		if r.after != nil {
			if err := c.enter(r); err != nil {
				return nil, err
			}
		}
	}
	return c.draw(nil)
}

// consequences collects what has to be thought over again after a change of documents or judgements.
type consequences struct {
	d         *draft
	model     *schema.Model
	families  map[string]bool            // that have candidates which they had not, or the reverse
	touched   map[string]bool            // units
	documents map[string]*storedDocument // whose entities have to be linked anew
}

// draw draws them. given are the judgements that were made or undone.
func (c *consequences) draw(given []ruling) (fresh map[string]bool, err error) {
	d := c.d
	if err := d.settleFamilies(c.families, given, c.documents, c.touched); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(c.documents)) {
		if err := d.contribute(c.model, c.documents[id], c.touched); err != nil {
			return nil, err
		}
	}
	fresh = map[string]bool{}
	for _, unit := range slices.Sorted(maps.Keys(c.touched)) {
		if err := d.ctx.Err(); err != nil {
			return nil, err
		}
		isNew, err := d.concludeUnit(c.model, unit)
		if err != nil {
			return nil, err
		}
		if iri, ok := strings.CutPrefix(unit, "thing:"); ok && isNew {
			fresh[iri] = true
		}
	}
	return fresh, d.settle()
}

// takeOut removes a document's graph and records.
func (c *consequences) takeOut(r replacement) error {
	d := c.d
	quads, err := d.ownQuads(r.before.IRI)
	if err != nil {
		return err
	}
	for _, q := range quads {
		d.removeQuad(q)
	}
	d.drop("document/" + r.id)
	d.drop("reading/" + r.id)
	d.drop("hash/" + r.before.Hash + sep + r.id)
	return c.withdraw(r.before)
}

// withdraw takes back what others find a document by.
func (c *consequences) withdraw(s *storedDocument) error {
	c.d.unlink(s)
	keys, err := c.d.leaveUnits(s.Keys, c.touched)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if strings.HasPrefix(key, "like/") {
			err = c.d.leaveFamily(key, c.families)
		} else {
			c.d.drop(key)
		}
		if err != nil {
			return err
		}
	}
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
		s, found, err := d.statedBy(q)
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
func (c *consequences) enter(r replacement) error {
	for _, q := range r.quads {
		c.d.addQuad(q)
	}
	c.d.put("hash/"+r.after.Hash+sep+r.id, []byte{})
	return c.present(r.after)
}

// present makes a document found by what its entities may be.
func (c *consequences) present(s *storedDocument) error {
	id := docID(s.IRI)
	c.documents[id] = s
	s.Things, s.Keys, s.Parted = nil, nil, nil
	rules, err := c.d.rules()
	if err != nil {
		return err
	}
	keep := func(key string, value []byte) {
		if !slices.Contains(s.Keys, key) {
			s.Keys = append(s.Keys, key)
			c.d.put(key, value)
		}
	}
	for i, e := range s.Reports.Entities {
		if r := rules.directing(e); r != nil {
			keep("directed/"+r.ID+sep+id, []byte{})
			continue
		}
		for _, r := range rules.parting(e) {
			keep("directed/"+r.ID+sep+id, []byte{})
		}
		if of, family := candidateOf(id, e); family {
			if err := c.d.joinFamily(s, i, of, c.families); err != nil {
				return err
			}
		}
	}
	if len(s.Reports.Doubts) > 0 {
		doubts, err := json.Marshal(s.Reports.Doubts)
		if err != nil {
			return fmt.Errorf("importers: doubts of %s: %w", s.IRI, err)
		}
		keep("doubt/"+id, doubts)
	}
	return nil
}

// again has what a document says read in the light of other judgements.
func (c *consequences) again(id string) error {
	if c.documents[id] != nil {
		return nil
	}
	s, err := c.d.document(id)
	if err != nil || s == nil {
		return err
	}
	if err := c.withdraw(s); err != nil {
		return err
	}
	return c.present(s)
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
	for _, p := range s.Parted {
		thing, document := graph.IRI(p.Thing), graph.IRI(s.IRI)
		out = append(out,
			graph.Quad{Subject: graph.IRI(p.Mention), Predicate: graph.IRI(schema.RefersTo), Object: thing, Graph: document},
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
func (d *draft) contribute(model *schema.Model, s *storedDocument, touched map[string]bool) (err error) {
	if s.Things, err = d.thingsOf(s); err != nil {
		return err
	}
	if s.Parted, err = d.partedOf(s); err != nil {
		return err
	}
	for _, q := range s.links() {
		d.addQuad(q)
	}
	reports, things, err := d.judged(s)
	if err != nil {
		return err
	}
	given := contributions(model, reports, things)
	for _, unit := range slices.Sorted(maps.Keys(given)) {
		key := "unit/" + unit + sep + docID(s.IRI)
		s.Keys = append(s.Keys, key)
		touched[unit] = true
		if err := d.putJSON(key, given[unit]); err != nil {
			return err
		}
		if err := d.count(unit, given[unit], 1); err != nil {
			return err
		}
	}
	return d.putDocument(s)
}

// leaveUnits takes back what a document contributes; it returns its other keys.
func (d *draft) leaveUnits(keys []string, touched map[string]bool) ([]string, error) {
	var others []string
	for _, key := range keys {
		unit, ok := unitOf(key)
		if !ok {
			others = append(others, key)
			continue
		}
		touched[unit] = true
		if counted(unit) {
			var c contribution
			if _, err := d.getJSON(key, &c); err != nil {
				return nil, err
			}
			if err := d.count(unit, c, -1); err != nil {
				return nil, err
			}
		}
		d.drop(key)
	}
	return others, nil
}

func unitOf(key string) (string, bool) {
	unit, ok := strings.CutPrefix(key, "unit/")
	unit, _, _ = strings.Cut(unit, sep)
	return unit, ok
}

// counted reports whether of a unit it is kept only how often what is said:
// what it is called does not depend on who says so.
func counted(unit string) bool {
	return strings.HasPrefix(unit, "thing:") || strings.HasPrefix(unit, "position:")
}

// count adds a contribution to the counts of a unit, or takes it away.
func (d *draft) count(unit string, c contribution, by int) error {
	if !counted(unit) {
		return nil
	}
	key := "sum/" + unit
	counts := map[string]int{}
	if _, err := d.getJSON(key, &counts); err != nil {
		return err
	}
	add := func(view contribution) error {
		said, err := json.Marshal(view)
		if err != nil {
			return fmt.Errorf("importers: what a document says of %s: %w", unit, err)
		}
		if counts[string(said)] += by; counts[string(said)] == 0 {
			delete(counts, string(said))
		}
		return nil
	}
	for _, v := range c.Things {
		if err := add(contribution{Things: []thingView{v}}); err != nil {
			return err
		}
	}
	for _, v := range c.Positions {
		if err := add(contribution{Positions: []positionView{v}}); err != nil {
			return err
		}
	}
	if len(counts) == 0 {
		d.drop(key)
		return nil
	}
	return d.putJSON(key, counts)
}

// contributed returns what documents contribute to a unit.
func (d *draft) contributed(unit string) ([]contribution, error) {
	var out []contribution
	if counted(unit) {
		counts := map[string]int{}
		if _, err := d.getJSON("sum/"+unit, &counts); err != nil {
			return nil, err
		}
		for _, said := range slices.Sorted(maps.Keys(counts)) {
			c := contribution{Times: counts[said]}
			if err := json.Unmarshal([]byte(said), &c); err != nil {
				return nil, fmt.Errorf("importers: record \"sum/%s\": %w", unit, err)
			}
			out = append(out, c)
		}
		return out, nil
	}
	records, err := d.group("unit/"+unit+sep, false)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		var c contribution
		if err := json.Unmarshal(r.Value, &c); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		out = append(out, c)
	}
	return out, nil
}

// concludeUnit puts what follows now in place of what followed before, and
// reports whether nothing contributed to the unit before.
func (d *draft) concludeUnit(model *schema.Model, unit string) (fresh bool, err error) {
	key := "facts/" + unit
	was, had, err := d.record(key)
	if err != nil {
		return false, err
	}
	from, err := d.contributed(unit)
	if err != nil {
		return false, err
	}
	var quads []graph.Quad
	if len(from) > 0 {
		quads = conclude(model, unit, from)
	} else if thing, ok := strings.CutPrefix(unit, "thing:"); ok {
		if quads, err = d.leadsTo(thing); err != nil {
			return false, err
		}
	}
	if err := d.instead(was, quads); err != nil {
		return false, err
	}
	if len(quads) == 0 {
		d.drop(key)
		return false, nil
	}
	d.put(key, formatQuads(quads))
	return !had && len(from) > 0, nil
}

// instead puts quads in place of those that were kept as N-Quads before. Most
// stay as they are, and are compared as they are written.
func (d *draft) instead(was []byte, quads []graph.Quad) error {
	fresh := make(map[string]graph.Quad, len(quads))
	for _, q := range quads {
		fresh[string(graph.AppendQuad(nil, q))] = q
	}
	var gone []byte
	for line := range bytes.Lines(was) {
		text := string(bytes.TrimSuffix(line, []byte("\n")))
		if _, stays := fresh[text]; stays {
			delete(fresh, text)
		} else {
			gone = append(gone, line...)
		}
	}
	old, err := parseQuads(d.ctx, gone)
	if err != nil {
		return err
	}
	for _, q := range old {
		d.removeQuad(q)
	}
	for _, q := range fresh {
		d.addQuad(q)
	}
	return nil
}

// leadsTo states of a thing that no document names so any more which one it is.
func (d *draft) leadsTo(thing string) ([]graph.Quad, error) {
	to, err := d.standsFor(thing)
	if err != nil || to == thing {
		return nil, err
	}
	return []graph.Quad{{Subject: graph.IRI(thing), Predicate: graph.IRI(schema.SameAs), Object: graph.IRI(to)}}, nil
}
