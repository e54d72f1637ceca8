// Package overlay lays a change that is being put together over a dataset, so
// that the steps of the change see each other before any of it is stored.
//
//	o := overlay.New(view)
//	o.Add(ctx, quad)
//	… // o is a graph.Dataset with the quad
//	_, err := store.Apply(ctx, o.Change())
package overlay

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/ententegraph/entente/graph"
)

// stagedTag marks the ids of terms that only the overlay has. No dataset below gives such ids out.
const stagedTag graph.ID = 2 << 60

// An Overlay is a [graph.Dataset] of what another one holds, with a change over
// it. It may be read from several goroutines at once, but not while it is changed.
type Overlay struct {
	base    graph.Dataset
	terms   []graph.Term // staged, by id
	ids     map[graph.Term]graph.ID
	added   map[graph.Encoded]struct{} // none is in base
	removed map[graph.Encoded]struct{} // all are in base
	created map[graph.ID]bool          // named graphs: true to exist though empty, false to be dropped

	fresh, gone map[graph.ID]int64 // how many of added and of removed lie in a graph
}

var _ graph.Dataset = (*Overlay)(nil)

// New lays an empty change over a dataset, which must not change meanwhile.
func New(base graph.Dataset) *Overlay {
	return &Overlay{
		base: base, ids: map[graph.Term]graph.ID{},
		added: map[graph.Encoded]struct{}{}, removed: map[graph.Encoded]struct{}{}, created: map[graph.ID]bool{},
		fresh: map[graph.ID]int64{}, gone: map[graph.ID]int64{},
	}
}

// intern gives the id of a term, a new one where nobody has it.
func (o *Overlay) intern(ctx context.Context, t graph.Term) (graph.ID, error) {
	id, ok, err := o.ID(ctx, t)
	if err != nil || ok {
		return id, err
	}
	id = stagedTag | graph.ID(len(o.terms))
	o.terms = append(o.terms, t)
	o.ids[t] = id
	return id, nil
}

func (o *Overlay) encode(ctx context.Context, q graph.Quad) (e graph.Encoded, err error) {
	for i, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		id, err := o.intern(ctx, t)
		if err != nil {
			return e, err
		}
		e = e.With(graph.Place(i), id)
	}
	return e, nil
}

// inBase reports whether the dataset below has a quad.
func (o *Overlay) inBase(ctx context.Context, e graph.Encoded) (bool, error) {
	for i := range graph.GraphName + 1 {
		if e.At(i)&^(1<<60-1) == stagedTag {
			return false, nil
		}
	}
	for batch, err := range o.base.Scan(ctx, e, graph.Unordered) {
		if err != nil || len(batch) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// Add adds a quad.
func (o *Overlay) Add(ctx context.Context, q graph.Quad) error {
	e, err := o.encode(ctx, q)
	if err != nil {
		return err
	}
	if _, ok := o.removed[e]; ok {
		delete(o.removed, e)
		o.gone[e.Graph]--
		return nil
	}
	there, err := o.inBase(ctx, e)
	if err != nil {
		return err
	}
	if _, again := o.added[e]; !there && !again {
		o.added[e] = struct{}{}
		o.fresh[e.Graph]++
	}
	return nil
}

// Remove removes a quad, where it is there.
func (o *Overlay) Remove(ctx context.Context, q graph.Quad) error {
	e, err := o.encode(ctx, q)
	if err != nil {
		return err
	}
	if _, ok := o.added[e]; ok {
		delete(o.added, e)
		o.fresh[e.Graph]--
		return nil
	}
	there, err := o.inBase(ctx, e)
	if err != nil {
		return err
	}
	if there {
		o.take(e)
	}
	return nil
}

// take removes a quad of the dataset below.
func (o *Overlay) take(e graph.Encoded) {
	if _, again := o.removed[e]; !again {
		o.removed[e] = struct{}{}
		o.gone[e.Graph]++
	}
}

// Clear removes all quads of a graph, the default graph for the zero Term. A
// named graph that was there stays, empty.
func (o *Overlay) Clear(ctx context.Context, name graph.Term) error {
	id, err := o.intern(ctx, name)
	if err != nil {
		return err
	}
	there, err := o.HasGraph(ctx, name)
	if err != nil {
		return err
	}
	for batch, err := range o.base.Scan(ctx, graph.Pattern{Graph: id}, graph.Unordered) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			o.take(e)
		}
	}
	if o.fresh[id] > 0 {
		maps.DeleteFunc(o.added, func(e graph.Encoded, _ struct{}) bool { return e.Graph == id })
		o.fresh[id] = 0
	}
	if there && !name.IsZero() {
		o.created[id] = true
	}
	return nil
}

// Drop removes a named graph.
func (o *Overlay) Drop(ctx context.Context, name graph.Term) error {
	if err := o.Clear(ctx, name); err != nil {
		return err
	}
	id, err := o.intern(ctx, name)
	if err == nil && !name.IsZero() {
		o.created[id] = false
	}
	return err
}

// Create makes a named graph, which may stay empty.
func (o *Overlay) Create(ctx context.Context, name graph.Term) error {
	id, err := o.intern(ctx, name)
	if err == nil {
		o.created[id] = true
	}
	return err
}

// HasGraph reports whether there is a named graph; the default graph always is.
func (o *Overlay) HasGraph(ctx context.Context, name graph.Term) (bool, error) {
	if name.IsZero() {
		return true, nil
	}
	id, ok, err := o.ID(ctx, name)
	if err != nil || !ok {
		return false, err
	}
	if o.created[id] || o.fresh[id] > 0 {
		return true, nil
	}
	left, err := o.left(ctx, id)
	if err != nil || left > 0 {
		return err == nil, err
	}
	if _, dropped := o.created[id]; dropped || o.gone[id] > 0 {
		return false, nil
	}
	for g, err := range o.base.Graphs(ctx) { // an empty one that was created
		if err != nil || g == id {
			return err == nil, err
		}
	}
	return false, nil
}

// Change gives the change.
func (o *Overlay) Change(ctx context.Context) (graph.Change, error) {
	var c graph.Change
	var err error
	if c.Add, err = o.decode(ctx, o.added); err != nil {
		return c, err
	}
	if c.Remove, err = o.decode(ctx, o.removed); err != nil {
		return c, err
	}
	for id, stays := range o.created {
		name, err := o.Term(ctx, id)
		if err != nil {
			return c, err
		}
		if stays {
			c.CreateGraphs = append(c.CreateGraphs, name)
			continue
		}
		// Quads of a dropped graph that came back are not removed, and must not go with it.
		left, err := o.left(ctx, id)
		if err != nil {
			return c, err
		}
		if left == 0 {
			c.DropGraphs = append(c.DropGraphs, name)
		}
	}
	return c, nil
}

func (o *Overlay) decode(ctx context.Context, set map[graph.Encoded]struct{}) ([]graph.Quad, error) {
	out := make([]graph.Quad, 0, len(set))
	for e := range set {
		var terms [4]graph.Term
		for i := range terms {
			t, err := o.Term(ctx, e.At(graph.Place(i)))
			if err != nil {
				return nil, err
			}
			terms[i] = t
		}
		out = append(out, graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Graph: terms[3]})
	}
	return out, nil
}

// Scan implements [graph.Dataset].
func (o *Overlay) Scan(ctx context.Context, p graph.Pattern, order graph.Order) iter.Seq2[[]graph.Encoded, error] {
	return func(yield func([]graph.Encoded, error) bool) {
		var fresh []graph.Encoded
		for e := range o.added {
			if p.Matches(e) {
				fresh = append(fresh, e)
			}
		}
		slices.SortFunc(fresh, order.Compare)
		var out []graph.Encoded
		for batch, err := range o.base.Scan(ctx, p, order) {
			if err != nil {
				yield(nil, err)
				return
			}
			out = out[:0]
			for _, e := range batch {
				if _, gone := o.removed[e]; gone {
					continue
				}
				for order != graph.Unordered && len(fresh) > 0 && order.Compare(fresh[0], e) < 0 {
					out, fresh = append(out, fresh[0]), fresh[1:]
				}
				out = append(out, e)
			}
			if len(out) > 0 && !yield(out, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
			return
		}
		for batch := range slices.Chunk(fresh, 4096) {
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// Estimate implements [graph.Dataset]. It is exact where the dataset below is.
func (o *Overlay) Estimate(ctx context.Context, p graph.Pattern) (int64, bool, error) {
	n, exact, err := o.base.Estimate(ctx, p)
	if err != nil {
		return 0, false, err
	}
	for e := range o.added {
		if p.Matches(e) {
			n++
		}
	}
	for e := range o.removed {
		if p.Matches(e) {
			n--
		}
	}
	return max(n, 0), exact, nil
}

// ID implements [graph.Dataset].
func (o *Overlay) ID(ctx context.Context, t graph.Term) (graph.ID, bool, error) {
	if id, ok := o.ids[t]; ok {
		return id, true, nil
	}
	return o.base.ID(ctx, t)
}

// Term implements [graph.Dataset].
func (o *Overlay) Term(ctx context.Context, id graph.ID) (graph.Term, error) {
	if id&^(1<<60-1) != stagedTag {
		return o.base.Term(ctx, id)
	}
	n := int(id &^ stagedTag)
	if n >= len(o.terms) {
		return graph.Term{}, fmt.Errorf("overlay: no term has the id %d", id)
	}
	return o.terms[n], nil
}

// Graphs implements [graph.Dataset].
func (o *Overlay) Graphs(ctx context.Context) iter.Seq2[graph.ID, error] {
	return func(yield func(graph.ID, error) bool) {
		there := map[graph.ID]bool{}
		for id, err := range o.base.Graphs(ctx) {
			if err != nil {
				yield(0, err)
				return
			}
			there[id] = true
			if left, err := o.left(ctx, id); err != nil {
				yield(0, err)
				return
			} else if left == 0 && o.gone[id] > 0 {
				there[id] = false // like a store, the overlay forgets a graph with its last quad
			}
		}
		for id, stays := range o.created {
			left, err := o.left(ctx, id)
			if err != nil {
				yield(0, err)
				return
			}
			there[id] = stays || left > 0
		}
		for id, n := range o.fresh {
			if n > 0 && id != graph.DefaultGraph {
				there[id] = true
			}
		}
		var ids []graph.ID
		for id, is := range there {
			if is {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		for _, id := range ids {
			if !yield(id, nil) {
				return
			}
		}
	}
}

// left counts the quads of a graph below that the change leaves there.
func (o *Overlay) left(ctx context.Context, id graph.ID) (int64, error) {
	if id&^(1<<60-1) == stagedTag {
		return 0, nil
	}
	n, _, err := o.base.Estimate(ctx, graph.Pattern{Graph: id})
	return n - o.gone[id], err
}
