package facts

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// kindOf tells what sort of statement a node is: a fact of the default graph,
// or a report in the graph of a document.
func kindOf(n *node) (kind Kind, report, ok bool) {
	for _, class := range []struct {
		iri    string
		kind   Kind
		report bool
	}{
		{schema.ClassTenure, Tenure, false}, {schema.ClassRelation, Relation, false}, {schema.ClassEvent, Event, false},
		{schema.ClassTenureReport, Tenure, true}, {schema.ClassRelationReport, Relation, true}, {schema.ClassEventReport, Event, true},
	} {
		if n.is(class.iri) {
			return class.kind, class.report, true
		}
	}
	return "", false, false
}

// ends lists, for each kind, the properties that lead to who takes part, in the
// order in which they are told. Those of events are completed by the parts.
var ends = map[Kind][]string{
	Tenure:   {schema.Holder, schema.PositionHeld, schema.OnBehalfOf, schema.AccreditedTo},
	Relation: {schema.Subject, schema.Object, schema.About},
	Event:    {schema.Actor, schema.Recipient},
}

// notParts are the properties of events that lead elsewhere than to who takes part.
var notParts = map[string]bool{
	schema.Type: true, schema.StatedType: true, schema.Evidence: true, schema.PlaceOf: true, schema.AttributedTo: true,
	schema.TriggerSpan: true, schema.Participant: true, schema.ClosedBy: true, schema.MentionedIn: true,
}

// A statement is a fact or report as it is being read.
type statement struct {
	Fact
	node   *node
	report bool
	own    []Ref // speakers of a report
}

// statement reads a tenure, relation or event without its evidence; nil where
// the node is none.
func (r *reader) statement(n *node) (*statement, error) {
	kind, report, ok := kindOf(n)
	if !ok {
		return nil, nil
	}
	s := &statement{node: n, report: report}
	s.IRI, s.Kind = n.iri, kind
	s.Plover, s.Cameo = n.text(schema.Plover), n.text(schema.Cameo)
	s.Former, s.Acting = n.isTrue(schema.Former), n.isTrue(schema.Acting)
	s.Standing = n.text(schema.Standing)
	s.Date = date(n, schema.Date, schema.Precision)
	s.From = date(n, schema.From, schema.From+"Precision")
	s.Until = date(n, schema.Until, schema.Until+"Precision")
	r.name(s)

	for _, property := range r.partsOf(n, kind) {
		for _, v := range n.props[property] {
			ref, err := r.end(s, v)
			if err != nil {
				return nil, err
			}
			s.Parts = append(s.Parts, Part{strings.TrimPrefix(property, schema.NS), ref})
		}
	}
	// A participant is told again by its part, if it has one.
	for _, v := range n.props[schema.Participant] {
		ref, err := r.end(s, v)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(s.Parts, func(p Part) bool { return p.Ref == ref }) {
			s.Parts = append(s.Parts, Part{strings.TrimPrefix(schema.Participant, schema.NS), ref})
		}
	}
	if v, ok := n.first(schema.PlaceOf); ok {
		place, err := r.end(s, v)
		if err != nil {
			return nil, err
		}
		s.Place = &place
	}
	s.Title = firstOf(n.text(schema.Label), r.title(s))
	return s, nil
}

// partsOf lists the properties of a statement that lead to who takes part.
func (r *reader) partsOf(n *node, kind Kind) []string {
	properties := slices.Clone(ends[kind])
	if kind != Event {
		return properties
	}
	var others []string
	for property, values := range n.props {
		if strings.HasPrefix(property, schema.NS) && !notParts[property] && !slices.Contains(properties, property) &&
			values[0].term.Kind != graph.KindLiteral {
			others = append(others, property)
		}
	}
	order := func(property string) int {
		i := slices.IndexFunc(schema.Parts(), func(p schema.Part) bool { return p.IRI() == property })
		if i < 0 {
			return len(schema.Parts())
		}
		return i
	}
	slices.SortFunc(others, func(a, b string) int {
		if c := order(a) - order(b); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return append(properties, others...)
}

// end names who takes part: in a report an entity or another report of the document.
func (r *reader) end(s *statement, v value) (Ref, error) {
	if !s.report {
		return r.ref(v)
	}
	if v.term.Kind != graph.KindIRI && v.term.Kind != graph.KindBlank {
		return Ref{Label: v.term.Value}, nil
	}
	n, err := r.node(v.id, s.node.graph)
	if err != nil {
		return Ref{}, err
	}
	if n != nil && n != s.node {
		if _, isReport, ok := kindOf(n); ok && isReport {
			inner := &statement{node: n, report: true}
			r.name(inner)
			return Ref{IRI: n.iri, Label: inner.Label, Class: "Event"}, nil
		}
	}
	return r.entityRef(v, s.node.graph)
}

// name sets the type of a statement and its label.
func (r *reader) name(s *statement) {
	iri := s.node.text(schema.StatedType)
	local := strings.TrimPrefix(iri, schema.NS)
	s.Type, s.Label = spelled(local, "-"), spelled(local, " ")
	switch s.Kind {
	case Tenure:
		s.Type, s.Label = string(Tenure), string(Tenure)
	case Relation:
		if r.model != nil && r.model.RelationOf(iri) != nil {
			s.Type, s.Label = r.model.RelationOf(iri).ID, r.model.RelationOf(iri).Label
		}
	default:
		if r.model != nil && r.model.EventOf(iri) != nil {
			s.Type, s.Label = r.model.EventOf(iri).ID, r.model.EventOf(iri).Label
		}
	}
}

// spelled parts the words of a name in camel case: RefuseRecognition is refuse-recognition.
func spelled(camel, separator string) string {
	var b strings.Builder
	for i, c := range camel {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteString(separator)
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// date reads a date with its precision. Several dates are one that documents disagree about.
func date(n *node, property, precision string) Date {
	dates := n.texts(property)
	d := Date{Precision: n.text(precision)}
	if len(dates) == 0 {
		return Date{}
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	d.Text = dates[0]
	if len(dates) > 1 {
		d.Others = dates[1:]
	}
	if d.Precision == "" {
		d.Precision = []string{"year", "month", "day"}[min(2, strings.Count(strings.TrimPrefix(d.Text, "-"), "-"))]
	}
	return d
}

// with returns the labels of those who have one of the roles.
func (f Fact) with(roles ...string) []string {
	var out []string
	for _, p := range f.Parts {
		if slices.Contains(roles, p.Role) && !slices.Contains(out, p.Label) {
			out = append(out, p.Label)
		}
	}
	return out
}

// all returns those who have a role.
func (f Fact) all(role string) []Ref {
	var out []Ref
	for _, p := range f.Parts {
		if p.Role == role {
			out = append(out, p.Ref)
		}
	}
	return out
}

// title makes one line of a statement that has no label of its own.
func (r *reader) title(s *statement) string {
	var line string
	switch s.Kind {
	case Tenure:
		line = schema.Names(s.with("holder")) + ", " + schema.Names(s.with("position"))
		if of := s.with("onBehalfOf"); len(of) > 0 {
			line += " of " + schema.Names(of)
		}
		if to := s.with("accreditedTo"); len(to) > 0 {
			line += " to " + schema.Names(to)
		}
	case Relation:
		line = strings.Join(without([]string{schema.Names(s.with("subject")), s.Label, schema.Names(s.with("object"))}, ""), " ")
		if about := s.with("about"); len(about) > 0 {
			line += ", concerning " + schema.Names(about)
		}
	default:
		who := firstFilled(s.with("actor"), s.with("speaker", "signatory", "participant"))
		line = r.eventType(s).Sentence(who, s.with("recipient"), schema.Names(s.with("object", "topic")))
	}
	if s.node.text(schema.Polarity) == "negative" {
		line = "not: " + line
	}
	return line
}

func firstFilled(lists ...[]string) []string {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

func without(list []string, text string) []string {
	return slices.DeleteFunc(list, func(t string) bool { return t == text })
}

// eventType is the type of an event, or one that has but its label where the model does not know it.
func (r *reader) eventType(s *statement) *schema.EventType {
	if r.model != nil {
		if t := r.model.Event(s.Type); t != nil {
			return t
		}
	}
	return &schema.EventType{Label: s.Label, Verb: "– " + s.Label + " –"}
}

// evidenceOf reads the reports on which a fact rests.
func (r *reader) evidenceOf(n *node) ([]Evidence, error) {
	out := []Evidence{}
	reports := n.props[schema.Evidence]
	if r.mostEvidence > 0 {
		reports = reports[:min(r.mostEvidence, len(reports))]
	}
	for _, v := range reports {
		graphs, err := r.graphsOf(v.id)
		if err != nil {
			return nil, err
		}
		for _, in := range graphs {
			report, err := r.node(v.id, in)
			if err != nil {
				return nil, err
			}
			e, err := r.evidence(report)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Evidence) int {
		if c := strings.Compare(a.Document.Published, b.Document.Published); c != 0 {
			return c
		}
		if c := strings.Compare(a.Document.IRI, b.Document.IRI); c != 0 {
			return c
		}
		return firstStart(a) - firstStart(b)
	})
	return out, nil
}

func firstStart(e Evidence) int {
	if len(e.Sentences) == 0 {
		return 0
	}
	return e.Sentences[0].Start
}

// graphsOf lists the named graphs that say something of a subject.
func (r *reader) graphsOf(id graph.ID) ([]graph.ID, error) {
	quads, err := r.scan(graph.Pattern{Subject: id})
	if err != nil {
		return nil, err
	}
	var out []graph.ID
	for _, q := range quads {
		if q.Graph != graph.DefaultGraph && !slices.Contains(out, q.Graph) {
			out = append(out, q.Graph)
		}
	}
	return out, nil
}

// evidence reads a report as evidence.
func (r *reader) evidence(report *node) (Evidence, error) {
	e := Evidence{
		Report: report.iri, Sentences: []Sentence{},
		Polarity: report.text(schema.Polarity), Modality: report.text(schema.Modality), Assertion: report.text(schema.Assertion),
	}
	if c, err := strconv.ParseFloat(report.text(schema.Confidence), 64); err == nil {
		e.Confidence = c
	}
	var err error
	if e.Document, err = r.document(report.graph); err != nil {
		return Evidence{}, err
	}
	for _, v := range report.props[schema.Evidence] {
		s, err := r.sentence(v, report.graph)
		if err != nil {
			return Evidence{}, err
		}
		if s.Before, s.After, err = r.around(s, report.graph); err != nil {
			return Evidence{}, err
		}
		e.Sentences = append(e.Sentences, s)
	}
	slices.SortFunc(e.Sentences, func(a, b Sentence) int { return a.Start - b.Start })
	for _, v := range report.props[schema.AttributedTo] {
		ref, err := r.entityRef(v, report.graph)
		if err != nil {
			return Evidence{}, err
		}
		e.Speakers = append(e.Speakers, ref)
	}
	return e, nil
}

// fact reads a statement with its evidence.
func (r *reader) fact(n *node) (*statement, error) {
	s, err := r.statement(n)
	if err != nil || s == nil {
		return nil, err
	}
	if s.report {
		e, err := r.evidence(n)
		if err != nil {
			return nil, err
		}
		s.Evidence, s.own = []Evidence{e}, e.Speakers
		return s, nil
	}
	if s.Evidence, err = r.evidenceOf(n); err != nil {
		return nil, err
	}
	if r.mostEvidence > 0 {
		s.More = max(0, len(n.props[schema.Evidence])-r.mostEvidence)
	}
	return s, nil
}

// reported says why a report is no fact.
func (r *reader) reported(s *statement) (Reported, error) {
	n := s.node
	var why []string
	if n.text(schema.Polarity) == "negative" {
		why = append(why, "negative")
	}
	if m := n.text(schema.Modality); m != "" && m != "realis" {
		why = append(why, m)
	}
	assertion := n.text(schema.Assertion)
	speakers := []string{}
	for _, ref := range s.own {
		speakers = append(speakers, ref.Label)
	}
	switch {
	case assertion == "asserted" || assertion == "presupposed" || assertion == "":
		if len(why) > 0 && len(speakers) > 0 {
			why = append(why, "according to "+schema.Names(speakers))
		}
	case len(speakers) > 0:
		why = append(why, assertion+" by "+schema.Names(speakers))
	case !slices.Contains(why, assertion):
		why = append(why, assertion)
	}
	out := Reported{Fact: s.Fact, Why: strings.Join(why, ", ")}
	if out.Why == "" {
		out.Why = "not concluded"
	}
	conclusions, err := r.node(n.id, graph.DefaultGraph)
	if err != nil || conclusions == nil {
		return out, err
	}
	if closing, ok := conclusions.first(schema.ClosedBy); ok {
		ref, err := r.ref(closing)
		if err != nil {
			return Reported{}, err
		}
		out.ClosedBy = &ref
	}
	return out, nil
}
