package importers

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A draft is a change of the store that is being put together: what the store
// holds, with what the change does to it laid over.
type draft struct {
	ctx     context.Context
	view    graph.View
	records map[string]map[string][]byte // by group, then key; nil deletes
	add     map[graph.Quad]bool
	remove  map[graph.Quad]bool
	ruled   *rulings // nil until read
	large   []string // see lists; nil when not known yet
}

func newDraft(ctx context.Context, view graph.View) *draft {
	return &draft{
		ctx: ctx, view: view,
		records: map[string]map[string][]byte{}, add: map[graph.Quad]bool{}, remove: map[graph.Quad]bool{},
	}
}

// sep ends the part of a key by which records are read together: their group.
const sep = "\x00"

func groupOf(key string) string {
	if i := strings.Index(key, sep); i >= 0 {
		return key[:i+1]
	}
	return ""
}

func (d *draft) put(key string, value []byte) {
	g := groupOf(key)
	if d.records[g] == nil {
		d.records[g] = map[string][]byte{}
	}
	d.records[g][key] = value
}

func (d *draft) drop(key string) { d.put(key, nil) }

// putJSON keeps a value; the types that are kept can always be written.
func (d *draft) putJSON(key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("importers: record %q: %w", key, err)
	}
	d.put(key, data)
	return nil
}

func (d *draft) record(key string) ([]byte, bool, error) {
	if value, ok := d.records[groupOf(key)][key]; ok {
		return value, value != nil, nil
	}
	return d.view.Record(d.ctx, key)
}

// getJSON reads a record into a value, and reports whether it is there.
func (d *draft) getJSON(key string, into any) (bool, error) {
	data, ok, err := d.record(key)
	if err != nil || !ok {
		return false, err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return false, fmt.Errorf("importers: record %q: %w", key, err)
	}
	return true, nil
}

// group returns the records of a group, by key: as they were before the change, or as they will be.
func (d *draft) group(g string, before bool) ([]graph.Record, error) {
	found := map[string][]byte{}
	for r, err := range d.view.Records(d.ctx, g) {
		if err != nil {
			return nil, err
		}
		found[r.Key] = r.Value
	}
	if !before {
		maps.Copy(found, d.records[g])
	}
	var out []graph.Record
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if found[key] != nil {
			out = append(out, graph.Record{Key: key, Value: found[key]})
		}
	}
	return out, nil
}

// Of several words about one quad the last counts.
func (d *draft) addQuad(q graph.Quad) {
	delete(d.remove, q)
	d.add[q] = true
}

func (d *draft) removeQuad(q graph.Quad) {
	delete(d.add, q)
	d.remove[q] = true
}

// change gives the change for the store.
func (d *draft) change() graph.Change {
	c := graph.Change{
		Add:     slices.SortedFunc(maps.Keys(d.add), compareQuads),
		Remove:  slices.SortedFunc(maps.Keys(d.remove), compareQuads),
		Records: map[string][]byte{},
	}
	for _, group := range d.records {
		maps.Copy(c.Records, group)
	}
	return c
}

// holds reports whether the store has the quad now.
func (d *draft) holds(q graph.Quad) (bool, error) {
	p, known, err := d.encode(q)
	if err != nil || !known {
		return false, err
	}
	for batch, err := range d.view.Scan(d.ctx, p, graph.Unordered) {
		if err != nil {
			return false, err
		}
		if len(batch) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// encode gives the ids of a quad, and false where the store does not know one of its terms.
func (d *draft) encode(q graph.Quad) (e graph.Encoded, known bool, err error) {
	for place, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		id, known, err := d.view.ID(d.ctx, t)
		if err != nil || !known {
			return e, false, err
		}
		e = e.With(graph.Place(place), id)
	}
	return e, true, nil
}

// decode gives the quad of ids.
func (d *draft) decode(e graph.Encoded) (graph.Quad, error) {
	var terms [4]graph.Term
	ids := [4]graph.ID{e.Subject, e.Predicate, e.Object, e.Graph}
	err := graph.Terms(d.ctx, d.view, ids[:], terms[:])
	return graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Graph: terms[3]}, err
}

// graphQuads returns the quads of a named graph.
func (d *draft) graphQuads(name string) ([]graph.Quad, error) {
	id, ok, err := d.view.ID(d.ctx, graph.IRI(name))
	if err != nil || !ok {
		return nil, err
	}
	var out []graph.Quad
	for q, err := range graph.Quads(d.ctx, d.view, graph.Pattern{Graph: id}) {
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}
