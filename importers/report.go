package importers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// A Version is one state of a document in the graph: what it is, and how it came in.
type Version struct {
	IRI      string    `json:"iri"`
	Document Document  `json:"document"` // without its text
	Hash     string    `json:"hash"`     // of text and metadata
	Import   string    `json:"import"`   // i-7f3a
	Recorded time.Time `json:"recorded"`
}

// Report states what a document says, in the graph that the document names,
// as docs/graph-model.md has it. The result is in reading order and depends on
// the arguments alone; offsets count code points. Links from entities to
// things are not in it: they depend on what other documents say.
func Report(model *schema.Model, v Version, d *nlp.Doc) []graph.Quad {
	return newReporter(model, v, d).quads
}

func newReporter(model *schema.Model, v Version, d *nlp.Doc) *reporter {
	w := &reporter{model: model, doc: d, iri: v.IRI, points: codePoints(d.Text), said: map[graph.Quad]bool{}}
	w.document(v, d)
	for i := range d.Sentences {
		w.sentence(i)
	}
	w.nameEntities()
	for i := range d.Entities {
		w.entity(i)
	}
	for i := range d.Mentions {
		w.mention(d.Mentions[i])
	}
	for i := range d.Tenures {
		w.tenure(i)
	}
	for i := range d.Relations {
		w.relation(i)
	}
	for i := range d.Events {
		w.event(i)
	}
	for i := range d.Notes {
		w.note(i)
	}
	return w
}

// A reporter collects the quads of one document's graph.
type reporter struct {
	model    *schema.Model
	doc      *nlp.Doc
	iri      string
	points   []int32
	entities []string // IRIs of the entity nodes
	quads    []graph.Quad
	said     map[graph.Quad]bool
}

// say adds a quad, once.
func (w *reporter) say(subject, predicate string, object graph.Term) {
	q := graph.Quad{Subject: graph.IRI(subject), Predicate: graph.IRI(predicate), Object: object, Graph: graph.IRI(w.iri)}
	if !w.said[q] {
		w.said[q] = true
		w.quads = append(w.quads, q)
	}
}

func (w *reporter) link(subject, predicate, object string) {
	if object != "" {
		w.say(subject, predicate, graph.IRI(object))
	}
}

func (w *reporter) text(subject, predicate, text string) {
	if text != "" {
		w.say(subject, predicate, graph.String(text))
	}
}

func (w *reporter) document(v Version, d *nlp.Doc) {
	w.link(w.iri, schema.Type, schema.ClassDocument)
	w.text(w.iri, schema.Title, v.Document.Title)
	if t, ok := dateTerm(v.Document.Published); ok {
		w.say(w.iri, schema.Issued, t)
	}
	if v.Document.URL != "" {
		w.text(w.iri, schema.Source, v.Document.URL)
	} else {
		w.text(w.iri, schema.Source, v.Document.Source)
	}
	w.text(w.iri, schema.Publisher, v.Document.Publisher)
	w.text(w.iri, schema.Creator, v.Document.Author)
	w.text(w.iri, schema.Language, d.Language)
	w.text(w.iri, schema.ContentHash, v.Hash)
	if v.Import != "" {
		w.link(w.iri, schema.Import, schema.ID+"import/"+v.Import)
	}
	if !v.Recorded.IsZero() {
		w.say(w.iri, schema.Recorded, graph.Typed(v.Recorded.UTC().Format("2006-01-02T15:04:05Z"), schema.XSD+"dateTime"))
	}
	w.text(w.iri, schema.Text, d.Text)
}

// span states the place and text of a node and returns its IRI (RFC 5147).
func (w *reporter) span(s nlp.Span) string {
	start, end := w.points[s.Start], w.points[s.End]
	iri := fmt.Sprintf("%s#char=%d,%d", w.iri, start, end)
	w.place(iri, s)
	w.text(iri, schema.Text, w.doc.Text[s.Start:s.End])
	return iri
}

func (w *reporter) place(iri string, s nlp.Span) {
	w.say(iri, schema.Start, integer(int(w.points[s.Start])))
	w.say(iri, schema.End, integer(int(w.points[s.End])))
}

func (w *reporter) sentence(i int) string {
	iri := w.span(w.doc.Sentences[i].Span)
	w.link(iri, schema.Type, schema.ClassSentence)
	w.link(iri, schema.Of, w.iri)
	return iri
}

// nameEntities mints the IRIs of the entity nodes, each once.
func (w *reporter) nameEntities() {
	taken := map[string]bool{}
	for _, e := range w.doc.Entities {
		name := iriSafe(e.ID)
		if name == "" {
			name = "x"
		}
		for n := 2; taken[name]; n++ {
			name = iriSafe(e.ID) + "-" + strconv.Itoa(n)
		}
		taken[name] = true
		w.entities = append(w.entities, w.iri+"#entity-"+name)
	}
}

func (w *reporter) entity(i int) {
	e, iri := w.doc.Entities[i], w.entities[i]
	w.link(iri, schema.Type, schema.ClassEntity)
	w.text(iri, schema.Label, e.Name)
	w.link(iri, schema.ClassOf, schema.NS+e.Class)
	w.text(iri, schema.Code, e.Code)
	for _, a := range e.Aliases {
		w.text(iri, schema.Alias, a)
	}
	w.text(iri, schema.MentionKind, e.Kind)
	w.date(iri, schema.From, e.From)
	w.date(iri, schema.Until, e.Until)
	w.confidence(iri, e.Confidence)
	for _, m := range e.Members {
		w.end(iri, schema.Member, m)
	}
}

func (w *reporter) mention(m nlp.Mention) {
	if m.Entity < 0 || m.Entity >= len(w.entities) {
		return // refers to nothing that was kept
	}
	iri := w.span(m.Span)
	w.link(iri, schema.Type, schema.ClassMention)
	w.end(iri, schema.MentionOf, m.Entity)
	w.text(iri, schema.MentionKind, m.Kind)
	for _, s := range w.sentencesOf(m.Span) {
		w.link(iri, schema.InSentence, s)
	}
	w.confidence(iri, m.Confidence)
	w.text(iri, schema.NoteText, m.Note)
}

func (w *reporter) tenure(i int) {
	t, iri := w.doc.Tenures[i], w.node("tenure", i)
	w.link(iri, schema.Type, schema.ClassTenureReport)
	w.end(iri, schema.Holder, t.Person)
	w.text(iri, schema.PositionHeld, t.Position)
	w.end(iri, schema.OnBehalfOf, t.Of)
	w.end(iri, schema.AccreditedTo, t.AccreditedTo)
	w.date(iri, schema.From, t.From)
	w.date(iri, schema.Until, t.Until)
	w.flag(iri, schema.Former, t.Former)
	w.flag(iri, schema.Acting, t.Acting)
	// A title beside a name is the document's own word; for whom it is held may be a guess.
	modality := "realis"
	if !t.Fact() {
		modality = "hedged"
	}
	w.statement(iri, nlp.Statement{
		Polarity: "positive", Modality: modality, Assertion: "asserted",
		Evidence: t.Evidence, Confidence: t.Confidence,
	})
}

func (w *reporter) relation(i int) {
	r, iri := w.doc.Relations[i], w.node("relation", i)
	w.link(iri, schema.Type, schema.ClassRelationReport)
	w.stated(iri, r.Type)
	w.end(iri, schema.Subject, r.From)
	w.end(iri, schema.Object, r.To)
	w.end(iri, schema.About, r.About)
	w.date(iri, schema.From, r.ValidFrom)
	w.date(iri, schema.Until, r.Until)
	w.trigger(iri, r.Trigger)
	w.statement(iri, r.Statement)
}

func (w *reporter) event(i int) {
	v, iri := w.doc.Events[i], w.node("event", i)
	w.link(iri, schema.Type, schema.ClassEventReport)
	w.stated(iri, v.Type)
	w.text(iri, schema.Plover, v.Plover)
	w.text(iri, schema.Cameo, v.Cameo)
	for _, a := range v.Actors {
		w.end(iri, schema.Actor, a)
	}
	for _, r := range v.Recipients {
		w.end(iri, schema.Recipient, r)
	}
	for _, p := range v.Participants {
		part := schema.NS + p.Part
		if p.Part == "" {
			part = schema.Participant
		}
		switch {
		case p.Entity >= 0 && p.Entity < len(w.entities):
			w.end(iri, schema.Participant, p.Entity)
			w.end(iri, part, p.Entity)
		case p.Event >= 0 && p.Event < len(w.doc.Events):
			w.link(iri, part, w.node("event", p.Event))
		}
	}
	w.end(iri, schema.PlaceOf, v.Place)
	if date, precision := v.Date.Single(); v.Date.Known() {
		if t, ok := dateTerm(date); ok {
			w.say(iri, schema.Date, t)
		}
		w.text(iri, schema.Precision, precision)
		if v.Date.End != (timex.Date{}) && v.Date.End != v.Date.Date {
			w.bound(iri, schema.From, v.Date.Date)
			w.bound(iri, schema.Until, v.Date.End)
		}
	} else {
		w.text(iri, schema.Precision, timex.Unknown)
	}
	w.trigger(iri, v.Trigger)
	w.statement(iri, v.Statement)
}

func (w *reporter) note(i int) {
	n, iri := w.doc.Notes[i], w.node("note", i)
	w.link(iri, schema.Type, schema.ClassNote)
	w.text(iri, schema.Text, n.Text)
	w.place(iri, n.Span)
	w.text(iri, schema.Layer, n.Layer)
	w.flag(iri, schema.Refused, n.Refused)
}

// statement says whether a report holds and who says so.
func (w *reporter) statement(iri string, s nlp.Statement) {
	w.text(iri, schema.Polarity, s.Polarity)
	w.text(iri, schema.Modality, s.Modality)
	w.text(iri, schema.Assertion, s.Assertion)
	for _, e := range s.AttributedTo {
		w.end(iri, schema.AttributedTo, e)
	}
	for _, span := range s.Evidence {
		for _, sentence := range w.sentencesOf(span) {
			w.link(iri, schema.Evidence, sentence)
		}
	}
	w.confidence(iri, s.Confidence)
}

func (w *reporter) stated(iri, id string) {
	if t, ok := w.model.TypeIRI(id); ok {
		w.link(iri, schema.StatedType, t)
	}
}

func (w *reporter) trigger(iri string, s nlp.Span) {
	if s.End > s.Start {
		w.link(iri, schema.TriggerSpan, w.span(s))
	}
}

// end links to an entity; negative numbers stand for none.
func (w *reporter) end(subject, predicate string, entity int) {
	if entity >= 0 && entity < len(w.entities) {
		w.link(subject, predicate, w.entities[entity])
	}
}

// date states a bound of valid time, and its precision where the date does not show it.
func (w *reporter) date(iri, predicate string, v timex.Value) {
	if !v.Known() {
		return
	}
	date, precision := v.Single()
	w.bound(iri, predicate, date)
	if vague(precision) {
		w.text(iri, precisionOf(predicate), precision)
	}
}

func (w *reporter) bound(iri, predicate string, date timex.Date) {
	if t, ok := dateTerm(date); ok {
		w.say(iri, predicate, t)
	}
}

// vague reports whether a precision says more than the form of the date.
func vague(precision string) bool {
	return precision == timex.Before || precision == timex.After || precision == timex.About
}

func precisionOf(bound string) string {
	if bound == schema.From {
		return schema.FromPrecision
	}
	return schema.UntilPrecision
}

func (w *reporter) flag(iri, predicate string, set bool) {
	if set {
		w.say(iri, predicate, graph.Typed("true", schema.XSD+"boolean"))
	}
}

func (w *reporter) confidence(iri string, c float64) {
	if c > 0 {
		w.say(iri, schema.Confidence, decimal(c))
	}
}

func (w *reporter) node(kind string, i int) string {
	return w.iri + "#" + kind + "-" + strconv.Itoa(i+1)
}

// sentencesOf gives the sentence nodes that a span touches.
func (w *reporter) sentencesOf(s nlp.Span) []string {
	var out []string
	first, _ := slices.BinarySearchFunc(w.doc.Sentences, s.Start, func(x nlp.Sentence, at int) int {
		if x.End <= at {
			return -1
		}
		return 1
	})
	for _, x := range w.doc.Sentences[first:] {
		if !x.Span.Overlaps(s) {
			break
		}
		out = append(out, fmt.Sprintf("%s#char=%d,%d", w.iri, w.points[x.Start], w.points[x.End]))
	}
	return out
}

// codePoints maps byte offsets of a text, its end included, to code points.
func codePoints(text string) []int32 {
	out := make([]int32, len(text)+1)
	n := int32(-1)
	for i := range len(text) {
		if text[i]&0xC0 != 0x80 { // not a continuation byte
			n++
		}
		out[i] = n
	}
	out[len(text)] = n + 1
	return out
}

func integer(n int) graph.Term { return graph.Typed(strconv.Itoa(n), schema.XSD+"integer") }

// decimal writes a number in the canonical form of xsd:decimal, to a thousandth.
func decimal(x float64) graph.Term {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 3, 64), "0")
	if strings.HasSuffix(s, ".") {
		s += "0"
	}
	return graph.Typed(s, schema.XSD+"decimal")
}

// dateTerm writes a date with the datatype of its precision.
func dateTerm(d timex.Date) (graph.Term, bool) {
	if d.Year == 0 {
		return graph.Term{}, false
	}
	return dateLiteral(d.String()), true
}

// dateLiteral types an ISO 8601 date, month or year.
func dateLiteral(iso string) graph.Term {
	types := []string{"gYear", "gYearMonth", "date"}
	return graph.Typed(iso, schema.XSD+types[min(2, strings.Count(strings.TrimPrefix(iso, "-"), "-"))])
}

// iriSafe keeps the characters of a name that an IRI may have as they are.
func iriSafe(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '-'
	}, s), "-")
}
