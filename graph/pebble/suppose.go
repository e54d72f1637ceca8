package pebble

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"github.com/ententegraph/entente/graph"
)

// staged are terms that only a supposed view has. Their ids are those that the
// store would give out next.
type staged struct {
	first graph.ID
	terms []graph.Term
	ids   map[graph.Term]graph.ID
}

// id returns the id of a staged term.
func (s *staged) id(t graph.Term) (graph.ID, bool) {
	if s == nil {
		return 0, false
	}
	id, ok := s.ids[t]
	return id, ok
}

// holds reports whether an id is not one of the dictionary.
func (s *staged) holds(id graph.ID) bool { return s != nil && id >= s.first && !id.IsInline() }

func (s *staged) term(id graph.ID) (graph.Term, error) {
	if n := int(id - s.first); n < len(s.terms) {
		return s.terms[n], nil
	}
	return graph.Term{}, errNoTerm
}

// intern returns the id of a term, which it stages where it is not.
func (s *staged) intern(t graph.Term) graph.ID {
	id, ok := s.ids[t]
	if !ok {
		id = s.first + graph.ID(len(s.terms))
		s.terms = append(s.terms, t)
		s.ids[t] = id
	}
	return id
}

var _ graph.Supposer = (*view)(nil)

// Suppose implements [graph.Supposer]: one more layer, in memory, over those of
// the view. Numbers of nodes stay those of the view below.
func (v *view) Suppose(ctx context.Context, s graph.Supposition) (graph.View, error) {
	if err := v.ready(ctx); err != nil {
		return nil, err
	}
	below := v.version
	terms := &staged{first: below.state.next, ids: map[graph.Term]graph.ID{}}
	if v.staged != nil {
		terms = &staged{first: v.staged.first, terms: slices.Clone(v.staged.terms), ids: maps.Clone(v.staged.ids)}
	}
	will := map[graph.Encoded]bool{}
	trusted := make(map[graph.Encoded]bool, len(s.Without)) // to be there
	for _, e := range s.Without {
		will[e], trusted[e] = false, true
	}
	for n, q := range s.Remove {
		if n%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e, known, err := v.encode(ctx, q, nil)
		if err != nil {
			return nil, err
		}
		if known {
			will[e] = false
		}
	}
	for n, q := range s.Add {
		if n%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := q.Check(); err != nil {
			return nil, fmt.Errorf("pebble: supposed quad %d (%s): %w", n+1, q, err)
		}
		e, _, err := v.encode(ctx, q, terms)
		if err != nil {
			return nil, err
		}
		will[e] = true
	}
	var added, removed []graph.Encoded
	for e, stays := range will {
		if trusted[e] {
			if !stays {
				removed = append(removed, e)
			}
			continue
		}
		there, err := has(below.layers, e)
		if err != nil {
			return nil, fmt.Errorf("pebble: supposing: %w", err)
		}
		switch {
		case stays && !there:
			added = append(added, e)
		case !stays && there:
			removed = append(removed, e)
		}
	}
	state := below.state
	state.quads += uint64(len(added)) - uint64(len(removed))
	state.next = terms.first + graph.ID(len(terms.terms))
	out := &view{store: v.store, snapshot: v.snapshot, below: v}
	out.dataset = v.dataset
	out.closed = func() bool { return out.over.Load() || v.closed() }
	out.staged = terms
	out.version = newVersion(append([]*run{newRun(added, removed)}, below.fresh...), below.frozen, below.segments, state)
	return out, nil
}

// encode gives the ids of a quad. A term that nobody has makes it unknown, or is staged.
func (v *view) encode(ctx context.Context, q graph.Quad, stage *staged) (e graph.Encoded, known bool, err error) {
	for place, t := range [...]graph.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		id, ok := graph.ID(0), false
		if stage != nil {
			id, ok = stage.id(t)
		}
		if !ok {
			if id, ok, err = v.ID(ctx, t); err != nil {
				return e, false, err
			}
		}
		if !ok {
			if stage == nil {
				return e, false, nil
			}
			if id, ok = graph.Inline(t); !ok {
				id = stage.intern(t)
			}
		}
		e = e.With(graph.Place(place), id)
	}
	return e, true, nil
}

// used reports whether a supposed view has a term: in a quad, or as the name of an empty graph.
func (d *dataset) used(v *version, id graph.ID) (bool, error) {
	used, err := v.inQuads(id)
	if used || err != nil {
		return used, err
	}
	_, err = get(d.r, keyOfID(rowGraph, id))
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// supposedText completes what the index of words gives: without the literals
// that the supposition takes away, and with those that it brings, whose words
// count as if no other text had them.
func (d *dataset) supposedText(ctx context.Context, v *version, q graph.TextQuery, hits []graph.TextHit) ([]graph.TextHit, error) {
	kept := hits[:0]
	for n, hit := range hits {
		if n%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		used, err := v.inQuads(hit.ID)
		if err != nil {
			return nil, err
		}
		if used {
			kept = append(kept, hit)
		}
	}
	for n, t := range d.staged.terms {
		if !t.HasText() {
			continue
		}
		uses, all := q.Uses(t.Value)
		if !all {
			continue
		}
		hit := graph.TextHit{ID: d.staged.first + graph.ID(n)}
		if used, err := v.inQuads(hit.ID); err != nil || !used {
			if err != nil {
				return nil, err
			}
			continue
		}
		for _, use := range uses {
			hit.Score += use.Score(1)
		}
		kept = append(kept, hit)
	}
	return kept, nil
}
