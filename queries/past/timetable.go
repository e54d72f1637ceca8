package past

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A statement is an event, relation or tenure of the default graph.
type statement struct {
	id    graph.ID
	event bool
	// begin is when it began, end when it ended; of an event begin is when it happened.
	begin, end Span
	dated      bool            // the date of its beginning is stated, and open to neither side
	closed     bool            // the same of its end
	over       bool            // an end is stated
	successor  graph.ID        // the tenure whose beginning ends this one, or Any
	plain      []graph.Encoded // the plain triples that stand for it as long as it holds
}

// A Timetable knows the times of the statements of one snapshot. It does not
// change, and may be used from several goroutines at once.
type Timetable struct {
	statements []statement
	at         map[graph.ID]int // place in statements
	ids        names
}

// names are the ids of terms in the snapshot; Any where it does not have one.
type names map[string]graph.ID

// terms lists the terms that a timetable is read by.
var terms = []string{
	schema.Type, schema.ClassEvent, schema.ClassRelation, schema.ClassTenure, schema.StatedType, schema.Polarity,
	schema.Date, schema.Precision, schema.From, schema.FromPrecision, schema.Until, schema.UntilPrecision, schema.Former,
	schema.Subject, schema.Object, schema.Holder, schema.PositionHeld, schema.OnBehalfOf, schema.Holds, schema.ActsFor,
	schema.Evidence, schema.Issued, schema.Recorded, schema.JobTitle, schema.AccreditedTo, schema.ClosedBy,
}

// Read reads the timetable of a snapshot. The model says which relations are
// symmetric, what ends them, and which offices one person holds at a time.
func Read(ctx context.Context, view graph.Dataset, model *schema.Model) (*Timetable, error) {
	r := &reading{ctx: ctx, view: view, model: model, ids: names{}, texts: map[graph.ID]string{}}
	for _, iri := range terms {
		id, ok, err := view.ID(ctx, graph.IRI(iri))
		if err != nil {
			return nil, fmt.Errorf("past: %w", err)
		}
		if ok {
			r.ids[iri] = id
		}
	}
	t := &Timetable{at: map[graph.ID]int{}, ids: r.ids}
	if err := r.read(t); err != nil {
		return nil, fmt.Errorf("past: reading when what was: %w", err)
	}
	return t, nil
}

// reading reads a timetable: whole predicates at a time, each once.
type reading struct {
	ctx   context.Context
	view  graph.Dataset
	model *schema.Model
	ids   names
	texts map[graph.ID]string
}

// objects are the values of one property, by subject.
type objects map[graph.ID][]graph.ID

// first returns the first value, or Any.
func (o objects) first(of graph.ID) graph.ID {
	if values := o[of]; len(values) > 0 {
		return values[0]
	}
	return graph.Any
}

// each calls do for the quads with a predicate, and an object where it is not
// "", of the default graph or (anywhere) of all graphs.
func (r *reading) each(predicate, object string, anywhere bool, do func(graph.Encoded)) error {
	p := graph.Pattern{Predicate: r.ids[predicate]}
	if object != "" {
		if p.Object = r.ids[object]; p.Object == graph.Any {
			return nil
		}
	}
	if !anywhere {
		p.Graph = graph.DefaultGraph
	}
	if p.Predicate == graph.Any {
		return nil
	}
	for batch, err := range r.view.Scan(r.ctx, p, graph.Unordered) {
		if err != nil {
			return err
		}
		for _, e := range batch {
			do(e)
		}
	}
	return nil
}

// property reads the values of a property in the default graph.
func (r *reading) property(predicate string) (objects, error) {
	out := objects{}
	err := r.each(predicate, "", false, func(e graph.Encoded) { out[e.Subject] = append(out[e.Subject], e.Object) })
	return out, err
}

func (r *reading) text(id graph.ID) (string, error) {
	if id == graph.Any {
		return "", nil
	}
	if t, known := r.texts[id]; known {
		return t, nil
	}
	t, err := r.view.Term(r.ctx, id)
	if err != nil {
		return "", err
	}
	r.texts[id] = t.Value
	return t.Value, nil
}

// span reads a date of a statement.
func (r *reading) span(dates []graph.ID, precision graph.ID) (Span, error) {
	all := make([]string, len(dates))
	for i, d := range dates {
		text, err := r.text(d)
		if err != nil {
			return Span{}, err
		}
		all[i] = text
	}
	slices.Sort(all)
	word, err := r.text(precision)
	return SpanOf(word, all...), err
}

// stated is what the default graph says of statements, by property.
type stated map[string]objects

func (r *reading) read(t *Timetable) error {
	facts := stated{}
	for _, property := range []string{
		schema.Date, schema.Precision, schema.From, schema.FromPrecision, schema.Until, schema.UntilPrecision, schema.Former,
		schema.StatedType, schema.Subject, schema.Object, schema.Holder, schema.PositionHeld, schema.OnBehalfOf, schema.AccreditedTo, schema.JobTitle,
	} {
		values, err := r.property(property)
		if err != nil {
			return err
		}
		facts[property] = values
	}
	told, err := r.evidence()
	if err != nil {
		return err
	}
	var failure error
	for _, class := range []string{schema.ClassEvent, schema.ClassRelation, schema.ClassTenure} {
		err := r.each(schema.Type, class, false, func(e graph.Encoded) {
			if _, again := t.at[e.Subject]; again || failure != nil {
				return
			}
			s := statement{id: e.Subject, event: class == schema.ClassEvent}
			if failure = r.times(&s, facts, told[s.id]); failure == nil && !s.event {
				failure = r.plain(&s, class, facts)
			}
			t.at[s.id] = len(t.statements)
			t.statements = append(t.statements, s)
		})
		if err = cmp.Or(err, failure); err != nil {
			return err
		}
	}
	return r.successions(t, facts, told)
}

// times sets when a statement began and ended.
func (r *reading) times(s *statement, facts stated, told evidence) (err error) {
	begins, precision := facts[schema.From][s.id], facts[schema.FromPrecision].first(s.id)
	if s.event {
		begins, precision = facts[schema.Date][s.id], facts[schema.Precision].first(s.id)
	}
	if s.begin, err = r.span(begins, precision); err != nil {
		return err
	}
	s.dated = s.begin.First != NoBeginning && s.begin.Last != NoEnd
	// What a document says to hold, or to have happened, did so when it was published.
	by := told.first
	if s.event {
		by = told.any
	}
	if by != "" && s.begin.First <= by && by < s.begin.Last {
		s.begin.Last = by
	}
	s.end = Span{NoEnd, NoEnd}
	if until := facts[schema.Until][s.id]; len(until) > 0 {
		s.over = true
		if s.end, err = r.span(until, facts[schema.UntilPrecision].first(s.id)); err != nil {
			return err
		}
		s.closed = s.end.First != NoBeginning && s.end.Last != NoEnd
	} else if len(facts[schema.Former][s.id]) > 0 {
		s.over = true
		s.end = Span{NoBeginning, cmp.Or(told.ended, told.last, NoEnd)}
		s.end.First = min(told.last, s.end.Last)
	}
	s.end.First = max(s.end.First, s.begin.First)
	s.end.Last = max(s.end.Last, s.end.First)
	return nil
}

// plain sets the plain triples that stand for a relation or tenure.
func (r *reading) plain(s *statement, class string, facts stated) error {
	add := func(from, property, to graph.ID) {
		if from != graph.Any && property != graph.Any && to != graph.Any {
			s.plain = append(s.plain, graph.Encoded{Subject: from, Predicate: property, Object: to, Graph: graph.DefaultGraph})
		}
	}
	if class == schema.ClassRelation {
		from, to, property := facts[schema.Subject].first(s.id), facts[schema.Object].first(s.id), facts[schema.StatedType].first(s.id)
		add(from, property, to)
		iri, err := r.text(property)
		if err != nil {
			return err
		}
		if relation := r.model.RelationOf(iri); relation != nil && relation.Symmetric {
			add(to, property, from)
		}
		return nil
	}
	holder := facts[schema.Holder].first(s.id)
	add(holder, r.ids[schema.Holds], facts[schema.PositionHeld].first(s.id))
	for _, of := range facts[schema.OnBehalfOf][s.id] {
		iri, err := r.text(of)
		if err != nil {
			return err
		}
		switch schema.KindOf(iri) {
		case "state", "organization":
			add(holder, r.ids[schema.ActsFor], of)
		}
	}
	return nil
}

// Outside returns the statements that cannot have been at any time of a period:
// events that happened before or after it, relations and tenures that had ended or had not begun.
func (t *Timetable) Outside(p Period) map[graph.ID]bool {
	out := map[graph.ID]bool{}
	for i := range t.statements {
		s := &t.statements[i]
		if now := s.in(p); now == later || now == ended || s.event && s.begin.Last < p.First {
			out[s.id] = true
		}
	}
	return out
}

// Ended returns the relations and tenures that were over in a period.
func (t *Timetable) Ended(p Period) map[graph.ID]bool {
	out := map[graph.ID]bool{}
	for i := range t.statements {
		if s := &t.statements[i]; s.in(p) == ended {
			out[s.id] = true
		}
	}
	return out
}

// A Change is the beginning or end of a relation or tenure, or an event, in some period.
type Change struct {
	ID       graph.ID // of the statement
	Ends     bool     // it ended; else it began, or happened
	Possibly bool     // its date leaves open whether that was in the period
}

// Changes returns what changed in a period, by the dates that are stated. What
// may have been at any time is left out.
func (t *Timetable) Changes(p Period) []Change {
	var out []Change
	enter := func(id graph.ID, s Span, ends bool) {
		if s.First <= p.Last && s.Last >= p.First {
			out = append(out, Change{id, ends, s.First < p.First || s.Last > p.Last})
		}
	}
	for i := range t.statements {
		s := &t.statements[i]
		if s.dated {
			enter(s.id, s.begin, false)
		}
		if s.closed {
			enter(s.id, s.end, true)
		}
	}
	return out
}
