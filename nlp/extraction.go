package nlp

import (
	"strconv"
	"unicode/utf8"

	"github.com/ententegraph/entente/nlp/timex"
)

// ExtractionSchema names the wire format of an [Extraction].
const ExtractionSchema = "extraction/1"

// An Extraction is what was read in one document, in the wire format
// extraction/1: offsets count code points, ends are named by entity ids.
type Extraction struct {
	Schema    string              `json:"schema"`
	Document  ExtractedDocument   `json:"document"`
	Entities  []ExtractedEntity   `json:"entities"`
	Tenures   []ExtractedTenure   `json:"tenures"`
	Relations []ExtractedRelation `json:"relations"`
	Events    []ExtractedEvent    `json:"events"`
}

// An ExtractedDocument identifies the text.
type ExtractedDocument struct {
	ID        string  `json:"id"`
	Title     *string `json:"title"`
	Published *string `json:"published"`
	Language  string  `json:"language"`
}

// An ExtractedSpan is a range [Start, End) of code points.
type ExtractedSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// An ExtractedEntity is a thing of the document with its mentions.
type ExtractedEntity struct {
	ID       string             `json:"id"`
	Type     string             `json:"type"`
	Name     string             `json:"name"`
	Code     *string            `json:"code"`
	Aliases  []string           `json:"aliases"`
	Members  []string           `json:"members,omitempty"`
	Mentions []ExtractedMention `json:"mentions"`
}

// An ExtractedMention is a span that refers to an entity.
type ExtractedMention struct {
	ExtractedSpan
	Text string `json:"text"`
	Kind string `json:"kind"`
	Note string `json:"note,omitempty"`
}

// An ExtractedTenure is a person's holding of a position.
type ExtractedTenure struct {
	Person       string          `json:"person"`
	Position     string          `json:"position"`
	Of           *string         `json:"of"`
	AccreditedTo *string         `json:"accreditedTo"`
	From         *string         `json:"from"`
	Until        *string         `json:"until"`
	Former       bool            `json:"former"`
	Acting       bool            `json:"acting,omitempty"`
	Evidence     []ExtractedSpan `json:"evidence"`
}

// An ExtractedRelation is a lasting state of affairs.
type ExtractedRelation struct {
	Type       string          `json:"type"`
	From       string          `json:"from"`
	To         string          `json:"to"`
	About      *string         `json:"about,omitempty"`
	ValidFrom  *string         `json:"validFrom"`
	ValidUntil *string         `json:"validUntil"`
	Polarity   string          `json:"polarity"`
	Modality   string          `json:"modality,omitempty"`
	Assertion  string          `json:"assertion"`
	ClaimedBy  []string        `json:"claimedBy"`
	Evidence   []ExtractedSpan `json:"evidence"`
}

// An ExtractedEvent is something that happens at a time.
type ExtractedEvent struct {
	ID            string                 `json:"id"`
	Type          string                 `json:"type"`
	Plover        *string                `json:"plover"`
	Cameo         *string                `json:"cameo"`
	Actors        []string               `json:"actors"`
	Recipients    []string               `json:"recipients"`
	Participants  []ExtractedParticipant `json:"participants"`
	Place         *string                `json:"place"`
	Date          *string                `json:"date"`
	DatePrecision string                 `json:"datePrecision"`
	Polarity      string                 `json:"polarity"`
	Modality      string                 `json:"modality"`
	Assertion     string                 `json:"assertion"`
	AttributedTo  []string               `json:"attributedTo"`
	Trigger       *ExtractedSpan         `json:"trigger"`
	Evidence      []ExtractedSpan        `json:"evidence"`
}

// An ExtractedParticipant names an entity, or another event, and its part.
type ExtractedParticipant struct {
	Entity string `json:"entity"`
	Part   string `json:"part"`
}

// Extraction returns what was read in the wire format extraction/1.
func (d *Doc) Extraction() Extraction {
	w := extractionWriter{doc: d, points: codePoints(d.Text)}
	language := d.Language
	if language == "" {
		language = "und"
	}
	return Extraction{
		Schema: ExtractionSchema,
		Document: ExtractedDocument{
			ID: d.ID, Title: orNull(d.Title), Published: orNull(d.Published.String()), Language: language,
		},
		Entities:  each(d.Entities, w.entity),
		Tenures:   each(d.Tenures, w.tenure),
		Relations: each(d.Relations, w.relation),
		Events:    w.events(),
	}
}

// relationAssertion gives the assertion of a relation, for which the format has
// no modality: what would be, may be or is wanted is not asserted.
func relationAssertion(s Statement) string {
	if s.Modality != "realis" && (s.Assertion == "asserted" || s.Assertion == "presupposed") {
		return "conditional"
	}
	return s.Assertion
}

type extractionWriter struct {
	doc    *Doc
	points []int32
}

// codePoints returns, for each byte offset of text, how many code points begin before it.
func codePoints(text string) []int32 {
	out := make([]int32, len(text)+1)
	n := int32(0)
	for i := range len(text) {
		out[i] = n
		if i+1 == len(text) || utf8.RuneStart(text[i+1]) {
			n++
		}
	}
	out[len(text)] = n
	return out
}

func (w extractionWriter) span(s Span) ExtractedSpan {
	return ExtractedSpan{int(w.points[s.Start]), int(w.points[s.End])}
}

func (w extractionWriter) entity(e Entity) ExtractedEntity {
	return ExtractedEntity{
		ID: e.ID, Type: e.Class, Name: e.Name, Code: orNull(e.Code),
		Aliases: each(e.Aliases, func(a string) string { return a }),
		Members: w.ids(e.Members),
		Mentions: each(e.Mentions, func(i int) ExtractedMention {
			m := w.doc.Mentions[i]
			return ExtractedMention{w.span(m.Span), w.doc.Text[m.Start:m.End], m.Kind, m.Note}
		}),
	}
}

func (w extractionWriter) tenure(t Tenure) ExtractedTenure {
	return ExtractedTenure{
		Person: *w.id(t.Person), Position: t.Position, Of: w.id(t.Of), AccreditedTo: w.id(t.AccreditedTo),
		From: date(t.From), Until: date(t.Until), Former: t.Former, Acting: t.Acting,
		Evidence: each(t.Evidence, w.span),
	}
}

func (w extractionWriter) relation(r Relation) ExtractedRelation {
	out := ExtractedRelation{
		Type: r.Type, From: *w.id(r.From), To: *w.id(r.To), About: w.id(r.About),
		ValidFrom: date(r.ValidFrom), ValidUntil: date(r.Until),
		Polarity: r.Polarity, Assertion: relationAssertion(r.Statement), ClaimedBy: w.ids(r.AttributedTo),
		Evidence: each(r.Evidence, w.span),
	}
	if r.Modality != "realis" {
		out.Modality = r.Modality
	}
	return out
}

func (w extractionWriter) events() []ExtractedEvent {
	out := make([]ExtractedEvent, 0, len(w.doc.Events))
	for i, v := range w.doc.Events {
		e := w.event(v)
		e.ID = eventID(i)
		out = append(out, e)
	}
	return out
}

func (w extractionWriter) event(v Event) ExtractedEvent {
	out := ExtractedEvent{
		Type: v.Type, Plover: orNull(v.Plover), Cameo: orNull(v.Cameo),
		Actors: w.ids(v.Actors), Recipients: w.ids(v.Recipients), Place: w.id(v.Place),
		Participants: each(v.Participants, func(p Participant) ExtractedParticipant {
			if p.Entity >= 0 {
				return ExtractedParticipant{*w.id(p.Entity), p.Part}
			}
			return ExtractedParticipant{eventID(p.Event), p.Part}
		}),
		Date: date(v.Date), DatePrecision: timex.Unknown,
		Polarity: v.Polarity, Modality: v.Modality, Assertion: v.Assertion, AttributedTo: w.ids(v.AttributedTo),
		Evidence: each(v.Evidence, w.span),
	}
	if v.Date.Known() {
		_, out.DatePrecision = v.Date.Single()
	}
	if v.Trigger.Start < v.Trigger.End {
		s := w.span(v.Trigger)
		out.Trigger = &s
	}
	return out
}

func eventID(i int) string { return "v" + strconv.Itoa(i+1) }

func (w extractionWriter) id(entity int) *string {
	if entity < 0 {
		return nil
	}
	return &w.doc.Entities[entity].ID
}

func (w extractionWriter) ids(entities []int) []string {
	return each(entities, func(i int) string { return w.doc.Entities[i].ID })
}

// date writes one date for a value; one whose year is not known is left out.
func date(v timex.Value) *string {
	if !v.Known() {
		return nil
	}
	single, _ := v.Single()
	return orNull(single.String())
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// each maps a list; the result is never nil, so that it is written as [].
func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}
