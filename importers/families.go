package importers

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// Records of families: name/KIND/SLUG\0SIGNATURE is a candidate with how many
// entities it stands for, like/KIND/SLUG/SIGNATURE\0ID/ENTITY names them, and
// post/POST\0SLUG\0SIGNATURE finds persons by what they hold, sound/KEY\0SLUG\0SIGNATURE
// by how their names sound. alias/IRI is the
// thing under whose IRI another one stands by judgements, target/JUDGEMENT/PART
// the thing that a part of a judgement means now, and directed/JUDGEMENT\0ID
// names the documents in which a judgement says outright what an entity is.

// A familyEntry is a candidate as it is kept.
type familyEntry struct {
	candidate
	Count int
}

func familyGroup(family string) string { return "name/" + family + sep }

func (c candidate) entryKey() string { return familyGroup(c.family()) + c.signature() }

func (c candidate) likeGroup() string { return "like/" + c.family() + "/" + c.signature() + sep }

// kinKeys are the keys by which persons are found who may be the same.
func (c candidate) kinKeys() []string {
	if c.Kind != "person" {
		return nil
	}
	var out []string
	if key := soundKey(c.Slug); key != "" {
		out = append(out, "sound/"+key+sep+c.Slug+sep+c.signature())
	}
	for _, p := range c.Posts {
		out = append(out, "post/"+p+sep+c.Slug+sep+c.signature())
	}
	return out
}

// joinFamily adds an entity of a document to its family, and notes the family where it has a new candidate.
func (d *draft) joinFamily(s *storedDocument, i int, c candidate, families map[string]bool) error {
	var e familyEntry
	found, err := d.getJSON(c.entryKey(), &e)
	if err != nil {
		return err
	}
	if !found {
		e.candidate = c
		families[c.family()] = true
		for _, key := range c.kinKeys() {
			d.put(key, []byte{})
		}
	}
	e.Count++
	key := fmt.Sprintf("%s%s/%d", c.likeGroup(), docID(s.IRI), i)
	s.Keys = append(s.Keys, key)
	d.put(key, []byte{})
	return d.putJSON(c.entryKey(), e)
}

// leaveFamily is the way back, by the key that joinFamily kept.
func (d *draft) leaveFamily(key string, families map[string]bool) error {
	group, _, _ := strings.Cut(strings.TrimPrefix(key, "like/"), sep)
	cut := strings.LastIndexByte(group, '/')
	family := group[:cut]
	entry := familyGroup(family) + group[cut+1:]
	var e familyEntry
	found, err := d.getJSON(entry, &e)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("importers: record %q is missing", entry)
	}
	d.drop(key)
	if e.Count--; e.Count > 0 {
		return d.putJSON(entry, e)
	}
	families[family] = true
	d.drop(entry)
	for _, key := range e.kinKeys() {
		d.drop(key)
	}
	return nil
}

func (d *draft) family(family string, before bool) ([]familyEntry, error) {
	records, err := d.group(familyGroup(family), before)
	if err != nil {
		return nil, err
	}
	out := make([]familyEntry, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &out[i]); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
	}
	return out, nil
}

// kin adds to families those of persons with another spelling of a name in
// them, or with a longer or shorter form who hold the same position.
func (d *draft) kin(families map[string]bool, before bool) error {
	open := slices.Collect(maps.Keys(families))
	for len(open) > 0 {
		family := open[len(open)-1]
		open = open[:len(open)-1]
		name, person := strings.CutPrefix(family, "person/")
		if !person {
			continue
		}
		members, err := d.family(family, before)
		if err != nil {
			return err
		}
		groups := map[string]bool{"sound/" + soundKey(name) + sep: true}
		for _, c := range members {
			for _, p := range c.Posts {
				groups["post/"+p+sep] = true
			}
		}
		for g := range groups {
			found, err := d.group(g, before)
			if err != nil {
				return err
			}
			for _, r := range found {
				other := strings.Split(r.Key, sep)[1]
				if next := "person/" + other; !families[next] && (strings.HasPrefix(g, "sound/") || shortens(name, other) || shortens(other, name)) {
					families[next] = true
					open = append(open, next)
				}
			}
		}
	}
	return nil
}

// reach adds to families all that have to be resolved with them, because names
// or judgements tie them, and returns the judgements that bear on any of them.
// These may be judgements that were in force before.
func (d *draft) reach(families map[string]bool, given []ruling) ([]ruling, error) {
	rules, err := d.rules()
	if err != nil {
		return nil, err
	}
	in := map[string]ruling{}
	open := map[string]bool{} // what judgements are about
	for _, r := range given {
		in[r.ID] = r
		for _, c := range r.Things {
			open[aboutKey(c)] = true
		}
	}
	for seen := -1; seen != len(families)+len(open); {
		seen = len(families) + len(open)
		for key := range open {
			if family, ok := familyKey(key); ok {
				families[family] = true
			}
		}
		for _, before := range []bool{true, false} {
			if err := d.kin(families, before); err != nil {
				return nil, err
			}
		}
		for f := range families {
			open[f] = true
		}
		for key := range open {
			for _, i := range rules.about[key] {
				r := rules.all[i]
				in[r.ID] = r
				for _, c := range r.Things {
					open[aboutKey(c)] = true
				}
			}
		}
	}
	out := slices.Collect(maps.Values(in))
	slices.SortFunc(out, func(a, b ruling) int { return a.number() - b.number() })
	return out, nil
}

// familyKey reports whether what a judgement is about is a family, not an IRI.
func familyKey(key string) (string, bool) { return key, !strings.HasPrefix(key, schema.ID) }

// settleFamilies resolves families with all that hang together with them, and
// adds to documents those in which something is now taken for another thing.
// given are judgements that were made or undone with this change.
func (d *draft) settleFamilies(families map[string]bool, given []ruling, documents map[string]*storedDocument, touched map[string]bool) error {
	if len(families) == 0 && len(given) == 0 {
		return nil
	}
	bearing, err := d.reach(families, given)
	if err != nil {
		return err
	}
	members := map[string][]candidate{}
	var entries []familyEntry
	var all []candidate
	for _, f := range slices.Sorted(maps.Keys(families)) {
		found, err := d.family(f, false)
		if err != nil {
			return err
		}
		entries = append(entries, found...)
		for _, e := range found {
			members[f] = append(members[f], e.candidate)
			all = append(all, e.candidate)
		}
	}
	rules, err := d.rules()
	if err != nil {
		return err
	}
	inForce := map[string]bool{}
	for _, r := range rules.all {
		inForce[r.ID] = true
	}
	var different [][2]candidate
	for _, r := range bearing {
		if r.Verdict == Different && inForce[r.ID] {
			different = append(different, [2]candidate{r.Things["subject"], r.Things["object"]})
		}
	}
	natural := resolve(all, different)
	find := func(c candidate) string {
		if c.Slug == "" {
			return c.Thing
		}
		return locate(c, members[c.family()], func(m candidate) string { return natural[m.signature()] })
	}
	standing := slices.DeleteFunc(slices.Clone(bearing), func(r ruling) bool { return !inForce[r.ID] })
	joined := joinThings(standing, find)
	if err := d.putAliases(bearing, inForce, joined, find, documents, touched); err != nil {
		return err
	}
	if err := d.putTargets(bearing, inForce, joined, natural, find, documents, touched); err != nil {
		return err
	}
	for _, e := range entries {
		thing := joined.final(natural[e.signature()])
		if thing == e.Thing {
			continue
		}
		fresh := e.Thing == ""
		e.Thing = thing
		if err := d.putJSON(e.entryKey(), e); err != nil {
			return err
		}
		if fresh {
			continue // its documents are entered with this change
		}
		like, err := d.group(e.likeGroup(), false)
		if err != nil {
			return err
		}
		for _, r := range like {
			_, place, _ := strings.Cut(r.Key, sep)
			id, _, _ := strings.Cut(place, "/")
			if err := d.relink(id, documents, touched); err != nil {
				return err
			}
		}
	}
	return nil
}

// relink has the entities of a document linked to things anew.
func (d *draft) relink(id string, documents map[string]*storedDocument, touched map[string]bool) error {
	if documents[id] != nil {
		return nil
	}
	s, err := d.document(id)
	if err != nil {
		return err
	}
	if s == nil {
		return fmt.Errorf("importers: a record is of the document %s, which is not there", id)
	}
	documents[id] = s
	d.unlink(s)
	s.Keys, err = d.leaveUnits(s.Keys, touched)
	return err
}

// thingsOf says what the entities of a document are.
func (d *draft) thingsOf(s *storedDocument) ([]string, error) {
	rules, err := d.rules()
	if err != nil {
		return nil, err
	}
	out := make([]string, len(s.Reports.Entities))
	for i, e := range s.Reports.Entities {
		if r := rules.directing(e); r != nil {
			var iri string
			if _, err := d.getJSON(targetKey(r.ID, "object"), &iri); err != nil {
				return nil, err
			}
			if out[i] = iri; iri != "" {
				continue
			}
		}
		c, family := candidateOf(docID(s.IRI), e)
		if family {
			var entry familyEntry
			if found, err := d.getJSON(c.entryKey(), &entry); err != nil {
				return nil, err
			} else if found {
				out[i] = entry.Thing
				continue
			}
			// A judgement says what it is, and that is not there now.
			c.Thing = thingIRI(c.Kind, docID(s.IRI)+"-"+c.Slug)
		}
		if out[i], err = d.standsFor(c.Thing); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// partedOf says what mentions of a document are that are not what their entity is.
func (d *draft) partedOf(s *storedDocument) ([]parted, error) {
	rules, err := d.rules()
	if err != nil {
		return nil, err
	}
	var out []parted
	for _, e := range s.Reports.Entities {
		for _, r := range rules.parting(e) {
			var iri string
			if _, err := d.getJSON(targetKey(r.ID, "object"), &iri); err != nil {
				return nil, err
			}
			for _, p := range e.Places {
				if p.Text == r.Text && iri != "" {
					out = append(out, parted{p.IRI, iri})
				}
			}
		}
	}
	return out, nil
}
