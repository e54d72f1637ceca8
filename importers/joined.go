package importers

import (
	"maps"
	"slices"
	"strings"
)

// A joining says under which IRI things stand that judgements call the same.
type joining struct {
	set   map[string]string   // a node of each set for its nodes
	order map[string][]string // for the node of a set: its nodes, the one to keep first
	there map[string]bool     // nodes that are IRIs of things that are there
}

// joinThings joins what judgements call the same. find gives the IRI that a
// thing has by what documents say, or "" where none speaks of it now.
func joinThings(rules []ruling, find func(candidate) string) joining {
	j := joining{set: map[string]string{}, order: map[string][]string{}, there: map[string]bool{}}
	node := func(c candidate) string {
		n := find(c)
		if n == "" {
			n = absent + c.Thing
		} else {
			j.there[n] = true
		}
		if j.set[n] == "" {
			j.set[n], j.order[n] = n, []string{n}
		}
		return n
	}
	for _, r := range rules {
		if r.Verdict != Same {
			continue
		}
		a, b := j.set[node(r.Things["subject"])], j.set[node(r.Things["object"])]
		if a == b {
			continue
		}
		j.order[b] = append(j.order[b], j.order[a]...)
		for _, n := range j.order[a] {
			j.set[n] = b
		}
		delete(j.order, a)
	}
	return j
}

// absent marks nodes that stand for things of which no document speaks.
const absent = "absent "

// final gives the IRI under which a thing stands.
func (j joining) final(iri string) string {
	set, ok := j.set[iri]
	if !ok {
		return iri
	}
	for _, n := range j.order[set] {
		if j.there[n] {
			return n
		}
	}
	return iri
}

// finalOf gives the IRI under which the thing of a judgement stands, or "" where it is not there.
func (j joining) finalOf(c candidate, find func(candidate) string) string {
	n := find(c)
	if n == "" {
		n = absent + c.Thing
	}
	return strings.TrimPrefix(j.final(n), absent)
}

// standsFor gives the IRI under which a thing stands that has a fixed IRI of its own.
func (d *draft) standsFor(iri string) (string, error) {
	to := iri
	_, err := d.getJSON("alias/"+iri, &to)
	return to, err
}

func aliasesKey(id string) string { return "aliases/" + id }

func targetKey(id, part string) string { return "target/" + id + "/" + part }

// putAliases keeps which IRIs lead to which things by judgements, and has
// documents linked anew whose things stand elsewhere now.
func (d *draft) putAliases(rules []ruling, inForce map[string]bool, joined joining, find func(candidate) string, documents map[string]*storedDocument, touched map[string]bool) error {
	was, is := map[string]string{}, map[string]string{}
	fixed := map[string]bool{} // IRIs that entities have without a family
	for _, r := range rules {
		if r.Verdict != Same {
			continue
		}
		var old map[string]string
		if _, err := d.getJSON(aliasesKey(r.ID), &old); err != nil {
			return err
		}
		maps.Copy(was, old)
		now := map[string]string{}
		for _, part := range []string{"subject", "object"} {
			c := r.Things[part]
			if c.Slug == "" {
				fixed[c.Thing] = true
			}
			if !inForce[r.ID] {
				continue
			}
			to := joined.finalOf(c, find)
			for _, iri := range []string{c.Thing, find(c)} {
				if iri != "" && iri != to {
					now[iri] = to
				}
			}
		}
		if len(now) == 0 {
			d.drop(aliasesKey(r.ID))
		} else if err := d.putJSON(aliasesKey(r.ID), now); err != nil {
			return err
		}
		maps.Copy(is, now)
	}
	for _, iri := range slices.Sorted(maps.Keys(was)) {
		if is[iri] == "" {
			d.drop("alias/" + iri)
		}
	}
	for iri, to := range is {
		if err := d.putJSON("alias/"+iri, to); err != nil {
			return err
		}
	}
	moved := maps.Clone(was)
	maps.Copy(moved, is)
	for _, iri := range slices.Sorted(maps.Keys(moved)) {
		if was[iri] == is[iri] {
			continue
		}
		touched["thing:"+iri] = true
		if !fixed[iri] {
			continue
		}
		at := was[iri]
		if at == "" {
			at = iri
		}
		if err := d.relinkNaming(at, iri, documents, touched); err != nil {
			return err
		}
	}
	return nil
}

func orAbsent(c candidate, find func(candidate) string) string {
	if n := find(c); n != "" {
		return n
	}
	return absent + c.Thing
}

// relinkNaming relinks the documents that speak of a thing and have an entity
// whose own IRI is the given one.
func (d *draft) relinkNaming(thing, own string, documents map[string]*storedDocument, touched map[string]bool) error {
	speaking, err := d.group("unit/thing:"+thing+sep, false)
	if err != nil {
		return err
	}
	for _, r := range speaking {
		_, id, _ := strings.Cut(r.Key, sep)
		s, err := d.document(id)
		if err != nil {
			return err
		}
		if s == nil || !slices.ContainsFunc(s.Reports.Entities, func(e entityReport) bool {
			c, family := candidateOf(id, e)
			return !family && c.Thing == own
		}) {
			continue
		}
		if err := d.relink(id, documents, touched); err != nil {
			return err
		}
	}
	return nil
}

// putTargets keeps which things judgements name now, and has the documents
// linked anew that they speak of.
func (d *draft) putTargets(rules []ruling, inForce map[string]bool, joined joining, natural map[string]string, find func(candidate) string, documents map[string]*storedDocument, touched map[string]bool) error {
	taken := map[string]bool{}
	for _, iri := range natural {
		taken[iri] = true
	}
	for _, r := range rules {
		for _, part := range slices.Sorted(maps.Keys(r.Things)) {
			if r.Verdict == Same || r.Verdict == Different {
				continue
			}
			key := targetKey(r.ID, part)
			var was, is string
			if _, err := d.getJSON(key, &was); err != nil {
				return err
			}
			if inForce[r.ID] {
				c := r.Things[part]
				if is = joined.final(orAbsent(c, find)); strings.HasPrefix(is, absent) {
					// No document speaks of it but by this judgement.
					if is = c.Thing; taken[is] {
						is = ""
					}
				}
			}
			if was == is {
				continue
			}
			if is == "" {
				d.drop(key)
			} else if err := d.putJSON(key, is); err != nil {
				return err
			}
			for _, k := range r.Reports {
				if err := d.relinkIfThere(k.Document, documents, touched); err != nil {
					return err
				}
			}
			directed, err := d.group("directed/"+r.ID+sep, false)
			if err != nil {
				return err
			}
			for _, record := range directed {
				_, id, _ := strings.Cut(record.Key, sep)
				if err := d.relink(id, documents, touched); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// relinkIfThere relinks a document that a judgement names, which may be gone.
func (d *draft) relinkIfThere(id string, documents map[string]*storedDocument, touched map[string]bool) error {
	if _, there, err := d.record("document/" + id); err != nil || !there {
		return err
	}
	return d.relink(id, documents, touched)
}
