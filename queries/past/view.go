package past

import (
	"context"
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Possibly is the ent:standing of what may or may not have been so.
const Possibly = "possibly"

// standing is how a statement stood in a period.
type standing uint8

const (
	later    standing = iota // not begun, not happened
	possibly                 // its dates leave it open
	holds                    // begun and not ended; happened
	ended                    // over
)

// in tells how a statement stood in a period.
func (s *statement) in(p Period) standing {
	switch {
	case s.begin.First > p.Last:
		return later
	case s.event && s.begin.Last <= p.Last:
		return holds
	case s.event:
		return possibly
	case s.end.Last < p.First:
		return ended
	case s.begin.Last <= p.Last && s.end.First >= p.First:
		return holds
	}
	return possibly
}

// scanAll is from how many statements that are not there yet one reading of the
// whole default graph finds their quads faster than looking for each.
const scanAll = 2000

// At returns the graph of a view of the timetable's snapshot as it stood in a
// period. It takes the view over: to close what it returns closes both.
func (t *Timetable) At(ctx context.Context, view graph.View, p Period) (*View, error) {
	c := &changes{t: t, p: p, hidden: map[graph.ID]bool{}, stands: map[graph.Encoded]bool{}, changed: map[graph.Encoded]bool{}}
	for i := range t.statements {
		c.enter(&t.statements[i])
	}
	s, err := c.supposition(ctx, view)
	if err != nil {
		return nil, fmt.Errorf("past: the graph as of %s: %w", p.Text, err)
	}
	out, err := graph.Suppose(ctx, view, s)
	if err != nil {
		return nil, fmt.Errorf("past: the graph as of %s: %w", p.Text, err)
	}
	return &View{graph.Forwarded{View: out}, p}, nil
}

// changes are what a period makes otherwise than it is today.
type changes struct {
	t        *Timetable
	p        Period
	hidden   map[graph.ID]bool
	ongoing  []graph.ID             // had not ended, though they have since
	open     []graph.ID             // possibly
	followed []*statement           // ended by a successor
	stands   map[graph.Encoded]bool // plain triples: whether they held
	changed  map[graph.Encoded]bool // plain triples that may be otherwise than today
}

func (c *changes) enter(s *statement) {
	now := s.in(c.p)
	switch now {
	case later:
		c.hidden[s.id] = true
	case possibly:
		c.open = append(c.open, s.id)
	}
	if now != later && s.over && (s.end.First > c.p.Last || now == holds && s.end.Last > c.p.Last) {
		c.ongoing = append(c.ongoing, s.id)
	}
	if now == ended && s.successor != graph.Any {
		c.followed = append(c.followed, s)
	}
	for _, triple := range s.plain {
		c.stands[triple] = c.stands[triple] || now == holds
		if s.over == (now == holds) {
			c.changed[triple] = true
		}
	}
}

func (c *changes) supposition(ctx context.Context, view graph.Dataset) (graph.Supposition, error) {
	var s graph.Supposition
	collect := func(p graph.Pattern, want func(graph.Encoded) bool) error {
		for batch, err := range view.Scan(ctx, p, graph.Unordered) {
			if err != nil {
				return err
			}
			for _, e := range batch {
				if want == nil || want(e) {
					s.Without = append(s.Without, e)
				}
			}
		}
		return nil
	}
	if err := c.hide(collect); err != nil {
		return s, err
	}
	for _, id := range c.ongoing {
		for _, property := range []string{schema.Until, schema.UntilPrecision, schema.Former} {
			if predicate := c.t.ids[property]; predicate != graph.Any {
				if err := collect(graph.Pattern{Subject: id, Predicate: predicate, Graph: graph.DefaultGraph}, nil); err != nil {
					return s, err
				}
			}
		}
	}
	decode := decoder{ctx, view}
	for triple := range c.changed {
		stood := c.stands[triple]
		n, _, err := view.Estimate(ctx, triple)
		if err != nil {
			return s, err
		}
		switch {
		case !stood && n > 0:
			s.Without = append(s.Without, triple)
		case stood && n == 0:
			q, err := decode.quad(triple)
			if err != nil {
				return s, err
			}
			s.Add = append(s.Add, q)
		}
	}
	say := func(id graph.ID, property string, value graph.Term) error {
		subject, err := view.Term(ctx, id)
		s.Add = append(s.Add, graph.Quad{Subject: subject, Predicate: graph.IRI(property), Object: value})
		return err
	}
	for _, id := range c.open {
		if err := say(id, schema.Standing, graph.String(Possibly)); err != nil {
			return s, err
		}
	}
	for _, f := range c.followed {
		if err := say(f.id, schema.Until, graph.Typed(f.end.Last, schema.XSD+"date")); err != nil {
			return s, err
		}
		if err := say(f.id, schema.UntilPrecision, graph.String("latest")); err != nil {
			return s, err
		}
	}
	return s, nil
}

// hide collects all quads of the default graph that have a hidden statement.
func (c *changes) hide(collect func(graph.Pattern, func(graph.Encoded) bool) error) error {
	has := func(e graph.Encoded) bool { return c.hidden[e.Subject] || c.hidden[e.Object] }
	if len(c.hidden) > scanAll {
		return collect(graph.Pattern{Graph: graph.DefaultGraph}, has)
	}
	for id := range c.hidden {
		if err := collect(graph.Pattern{Subject: id, Graph: graph.DefaultGraph}, nil); err != nil {
			return err
		}
		if err := collect(graph.Pattern{Object: id, Graph: graph.DefaultGraph}, func(e graph.Encoded) bool { return !c.hidden[e.Subject] }); err != nil {
			return err
		}
	}
	return nil
}

// decoder turns ids into terms.
type decoder struct {
	ctx  context.Context
	view graph.Dataset
}

func (d decoder) quad(e graph.Encoded) (graph.Quad, error) {
	var terms [4]graph.Term
	for i := range terms {
		t, err := d.view.Term(d.ctx, e.At(graph.Place(i)))
		if err != nil {
			return graph.Quad{}, err
		}
		terms[i] = t
	}
	return graph.Quad{Subject: terms[0], Predicate: terms[1], Object: terms[2], Graph: terms[3]}, nil
}
