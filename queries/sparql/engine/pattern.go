package engine

import (
	"context"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

// A place of a compiled pattern: a slot, a fixed id, or the triple that a triple term must be.
type place struct {
	slot  int // -1 where fixed
	fixed graph.ID
	inner *[3]place
}

// A pattern is a triple pattern with slots.
type pattern struct {
	places [3]place
	area   area
	source algebra.Triple
	empty  bool            // a term of it is not in the dataset
	ranges []graph.IDRange // that objects must be in, for filters; nil for all
}

// bound returns the pattern of ids that a row makes of p.
func (p *pattern) bound(r row) graph.Pattern {
	at := func(i int) graph.ID {
		if pl := p.places[i]; pl.slot >= 0 {
			return r[pl.slot]
		}
		return p.places[i].fixed
	}
	return graph.Pattern{Subject: at(0), Predicate: at(1), Object: at(2)}
}

// constant returns the pattern with only its fixed ids.
func (p *pattern) constant() graph.Pattern {
	return graph.Pattern{Subject: p.places[0].fixed, Predicate: p.places[1].fixed, Object: p.places[2].fixed}
}

// bind puts what a quad binds into a row, and reports whether it fits there.
func (x *execution) bind(ctx context.Context, p *pattern, e graph.Encoded, r row) (bool, error) {
	for i := range p.places {
		pl := &p.places[i]
		id := e.At(graph.Place(i))
		switch {
		case pl.inner != nil:
			if ok, err := x.bindTriple(ctx, pl.inner, id, r); err != nil || !ok {
				return false, err
			}
		case pl.slot < 0:
		case r[pl.slot] == graph.Any:
			r[pl.slot] = id
		case r[pl.slot] != id:
			return false, nil
		}
	}
	if p.area.each {
		if at := &r[p.area.slot]; *at == graph.Any {
			*at = e.Graph
		} else if *at != e.Graph {
			return false, nil
		}
	}
	return true, nil
}

func (x *execution) bindTriple(ctx context.Context, places *[3]place, id graph.ID, r row) (bool, error) {
	t, err := x.term(ctx, id)
	if err != nil {
		return false, err
	}
	s, p, o, ok := t.Triple()
	if !ok {
		return false, nil
	}
	for i, part := range []graph.Term{s, p, o} {
		id, err := x.id(ctx, part)
		if err != nil {
			return false, err
		}
		pl := &places[i]
		switch {
		case pl.inner != nil:
			if ok, err := x.bindTriple(ctx, pl.inner, id, r); err != nil || !ok {
				return false, err
			}
		case pl.slot < 0:
			if pl.fixed != id {
				return false, nil
			}
		case r[pl.slot] == graph.Any:
			r[pl.slot] = id
		case r[pl.slot] != id:
			return false, nil
		}
	}
	return true, nil
}

// A lookup extends each row of its input by the matches of a pattern: the join
// by nested loops over an index. A slot that a row leaves unbound is bound by
// the match, which is what compatibility asks for.
type lookup struct {
	x       *execution
	input   operator
	pattern *pattern
	out     batch
	in      *batch
	at      int // behind the row that is being matched
	matches matches
	open    bool // matches has more
	rows    []graph.Encoded
	once    bool // one match of a row is enough
	full    int  // rows of the next batch, few at first: they may be all that is wanted
}

// firstRows is how many rows the first batch of a look-up has.
const firstRows = 32

func (l *lookup) next(ctx context.Context) (*batch, error) {
	l.out.width = l.x.width
	l.out.reset()
	l.full = min(batchRows, max(firstRows, 4*l.full))
	for l.out.len() < l.full {
		if len(l.rows) > 0 {
			if err := l.take(ctx); err != nil {
				return nil, err
			}
			continue
		}
		if l.open {
			var err error
			if l.rows, err = l.matches.next(ctx); err != nil {
				return nil, err
			}
			l.open = len(l.rows) > 0
			continue
		}
		if l.in == nil || l.at == l.in.len() {
			if l.out.len() > 0 {
				break // rows that wait would keep what reads them waiting
			}
			var err error
			if l.in, err = l.input.next(ctx); err != nil || l.in == nil {
				return nil, err
			}
			l.at = 0
		}
		l.begin()
	}
	return &l.out, ctx.Err()
}

// begin starts the matches of the next row.
func (l *lookup) begin() {
	r := l.in.row(l.at)
	l.at++
	p := l.pattern.bound(r)
	for i := range graph.Place(3) {
		if id := p.At(i); id&localTag == localTag {
			return // no quad has a term that only this run knows
		}
	}
	name := graph.Any
	if l.pattern.area.each {
		if name = r[l.pattern.area.slot]; name&localTag == localTag {
			return
		}
	}
	l.matches.open(l.x.dataset, p, l.x.graphs.read(l.pattern.area, name), l.pattern.ranges)
	l.open = true
}

// take joins the row with rows of its matches.
func (l *lookup) take(ctx context.Context) error {
	from := l.in.row(l.at - 1)
	for n, e := range l.rows {
		fits, err := l.x.bind(ctx, l.pattern, e, l.out.add(from))
		if err != nil {
			return err
		}
		if fits && l.once {
			l.rows, l.open = nil, false
			l.matches.close()
			return nil
		}
		if !fits {
			l.out.drop()
		} else if l.out.len() >= l.full {
			l.rows = l.rows[n+1:]
			return nil
		}
	}
	l.rows = nil
	return nil
}

func (l *lookup) close() {
	l.matches.close()
	l.input.close()
}
