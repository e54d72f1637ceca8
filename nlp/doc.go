// Package nlp annotates a text with sentences, tokens, time expressions,
// mentions, entities, tenures, relations and events. It knows neither quads
// nor the store. A [Pipeline] of [Component]s fills a [Doc] layer by layer; the
// text is never rewritten, and all offsets are bytes of [Doc.Text].
package nlp

import (
	"github.com/ententegraph/entente/nlp/timex"
)

// A Span is a half-open range of byte offsets in Doc.Text.
type Span struct{ Start, End int }

// Contains reports whether s lies around t or equals it.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A Doc is one text with all that was read in it.
type Doc struct {
	ID        string
	Title     string
	Text      string
	Published timex.Date // zero when unknown
	Language  string     // BCP 47, as detected or given; "" when unknown

	Sentences  []Sentence
	Tokens     []Token
	Quotations []Quotation
	Times      []Time
	Mentions   []Mention
	Entities   []Entity
	Tenures    []Tenure
	Relations  []Relation
	Events     []Event
	Notes      []Note
}

// A Sentence is a run of tokens [First, Last).
type Sentence struct {
	Span
	First, Last int
	Heading     bool // a headline, caption or list label rather than prose
}

// A Token is a word or punctuation mark, after Universal Dependencies.
type Token struct {
	Span
	Lemma    string
	Tag      string // UPOS
	Features string // morphological features as in CoNLL-U, or ""
	Head     int    // index in Doc.Tokens; -1 for the root of a sentence
	Relation string // dependency relation to Head
	Sentence int
}

// A Quotation is text between quotation marks.
type Quotation struct {
	Span         // without the marks
	Speaker int  // entity, or -1
	Scare   bool // too short to be speech: a word the author keeps at a distance
}

// A Time is a time expression with what it resolves to. Its value is unknown
// where the anchor that Expression.Anchor asks for is not: with the date of the
// event that it is told beside, timex.Resolve can resolve it.
type Time struct {
	Span // without the preposition
	timex.Value
	Expression timex.Expression
	Sentence   int
}

// The kinds of mention, as extraction/1 names them.
const (
	Name    = "name"
	Acronym = "acronym"
	Demonym = "demonym"
	Metonym = "metonym"
	Nominal = "nominal"
	Pronoun = "pronoun"
)

// A Mention is a span that refers to an entity.
type Mention struct {
	Span
	Kind       string
	Class      string // class of what is mentioned: Person, State, …
	Head       int    // index of the head token
	Sentence   int
	Entity     int     // index in Doc.Entities
	Confidence float64 // that the mention belongs to the entity
	Note       string  // why it is doubtful, or ""
}

// An Entity is what coreferent mentions of one document are about.
type Entity struct {
	ID         string // unique within the document: the code in lower case or a slug of the name; states by code (ARM)
	Class      string // Person, Group, State, Organization, Place, Agreement, Occasion
	Name       string // fullest name
	Code       string // ISO 3166-1 alpha-3 of a state, usual acronym of an organization, or ""
	Aliases    []string
	Mentions   []int  // indexes in Doc.Mentions, by place
	Members    []int  // of a group with known members ("the two sides"): entities
	Country    string // of a place or organization, where known: the code of its state
	Apart      string // what tells a person from others of the name, where the source does so: "1989"; or ""
	Confidence float64

	// What a data set says of the thing itself.
	Kind        string      // of an organization: alliance, agency, court, …
	From, Until timex.Value // of a state, organization or agreement: when it came to be and ceased to be
}

// A Tenure is a person's holding of a position.
type Tenure struct {
	Person       int // entity
	Position     string
	Of           int // entity, or -1
	AccreditedTo int // entity, or -1
	From, Until  timex.Value
	Terms        []Span // the time expressions that From and Until were read from
	Former       bool
	Acting       bool
	Guessed      bool // the document does not say on whose behalf, and its context leaves a doubt
	Evidence     []Span
	Confidence   float64
}

// Fact reports whether the tenure may be concluded: the document says, or its
// context leaves no doubt, on whose behalf the position is held.
func (t Tenure) Fact() bool { return !t.Guessed }

// Statement is what a relation and an event share: whether it holds, and who says so.
type Statement struct {
	Polarity     string // positive, negative
	Modality     string // realis, conditional, intention, hedged, demanded, hypothetical
	Assertion    string // asserted, claimed, presupposed, conditional, denied, opinion
	AttributedTo []int  // entities whose words these are, when not the document's own
	Evidence     []Span // sentences
	Confidence   float64
}

// Fact reports whether the statement may be concluded: positive, realis, and
// asserted or presupposed by the document itself.
func (s Statement) Fact() bool {
	return s.Polarity == "positive" && s.Modality == "realis" && (s.Assertion == "asserted" || s.Assertion == "presupposed")
}

// A Relation is a lasting state of affairs, of a type of the schema.
type Relation struct {
	Type             string
	From, To         int
	About            int // entity, or -1
	ValidFrom, Until timex.Value
	Trigger          Span
	Statement
}

// An Event is something that happens at a time, of a type of the schema.
type Event struct {
	Type         string
	Plover       string
	Cameo        string
	Trigger      Span
	Actors       []int
	Recipients   []int
	Participants []Participant
	Place        int // entity, or -1
	Date         timex.Value
	Statement
}

// A Participant plays a part in an event: an entity, or another event.
type Participant struct {
	Entity int // index in Doc.Entities, or -1
	Event  int // index in Doc.Events, or -1
	Part   string
}

// A Note says something to the reader about a span: a doubtful reading, a
// typing error that was seen through, a trigger that yielded nothing and why.
type Note struct {
	Span
	Layer   string // the component that says so
	Refused bool   // a trigger that yielded nothing
	Text    string
}
