package pebble

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// none is above every id.
const none = ^graph.ID(0)

// byPlace are orders that begin with each place.
var byPlace = [4]graph.Order{graph.SPOG, graph.PSOG, graph.OSPG, graph.GSPO}

// distinct lists the different ids that quads have in a place.
type distinct struct {
	*scanner
	place graph.Place
}

func newDistinct(d *dataset, v *version, place graph.Place) (distinct, error) {
	s, err := newScanner(d, v.layers, access{order: byPlace[place]})
	return distinct{s, place}, err
}

// from returns the first id that is not below one, and none where there is none.
func (d distinct) from(ctx context.Context, id graph.ID) (graph.ID, error) {
	if err := d.Seek(ctx, graph.Encoded{}.With(d.place, id)); err != nil {
		return none, err
	}
	d.chunk = 1
	rows, err := d.Next(ctx)
	if err != nil || len(rows) == 0 {
		return none, err
	}
	return rows[0].At(d.place), nil
}

// Graphs implements [graph.Dataset].
func (d *dataset) Graphs(ctx context.Context) iter.Seq2[graph.ID, error] {
	return func(yield func(graph.ID, error) bool) {
		if err := d.graphs(ctx, func(id graph.ID) bool { return yield(id, nil) }); err != nil {
			yield(0, err)
		}
	}
}

// graphs merges two sorted lists: the graphs that quads have, and those that were created.
func (d *dataset) graphs(ctx context.Context, emit func(graph.ID) bool) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	v := d.pin()
	defer d.unpin(v)
	quads, err := newDistinct(d, v, graph.GraphName)
	if err != nil {
		return fmt.Errorf("pebble: listing graphs: %w", err)
	}
	made, err := d.r.NewIter(&pebble.IterOptions{LowerBound: []byte{rowGraph}, UpperBound: []byte{rowGraph + 1}})
	if err != nil {
		return fmt.Errorf("pebble: listing graphs: %w", err)
	}
	defer made.Close()
	created := func() graph.ID {
		if !made.Valid() {
			return none
		}
		return graph.ID(binary.BigEndian.Uint64(made.Key()[1:]))
	}
	made.First()
	used, err := quads.from(ctx, graph.DefaultGraph+1)
	for err == nil {
		id := min(used, created())
		if id == none {
			break
		}
		if created() == id {
			made.Next()
		}
		if !emit(id) {
			return nil
		}
		if used == id {
			used, err = quads.from(ctx, id+1)
		}
	}
	if err = errors.Join(err, made.Error()); err != nil && ctx.Err() == nil {
		err = fmt.Errorf("pebble: listing graphs: %w", err)
	}
	return err
}

// nodes appends ids of terms that quads have, from one on, until there are as many as fit.
func (d *dataset) nodes(ctx context.Context, v *version, from graph.ID, out []graph.ID) ([]graph.ID, error) {
	var lists [4]distinct
	var next [4]graph.ID
	for place := range lists {
		var err error
		if lists[place], err = newDistinct(d, v, graph.Place(place)); err != nil {
			return out, err
		}
		if next[place], err = lists[place].from(ctx, from); err != nil {
			return out, err
		}
	}
	for len(out) < cap(out) {
		id := min(next[0], next[1], next[2], next[3])
		if id == none {
			break
		}
		out = append(out, id)
		for place := range lists {
			if next[place] == id {
				var err error
				if next[place], err = lists[place].from(ctx, id+1); err != nil {
					return out, err
				}
			}
		}
	}
	return out, nil
}
