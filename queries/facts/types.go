package facts

// A Ref names a node of the graph for people. A value that is a text and not
// a node has an empty IRI.
type Ref struct {
	IRI   string `json:"iri,omitempty"`
	Label string `json:"label"`
	Class string `json:"class,omitempty"` // class id, as in the schema: State, Person, Event; "" when unknown
}

// A Date is a date as it was read: an ISO 8601 day, month or year (2025-08-31,
// 2025-08, 2025), or "" where none is known.
type Date struct {
	Text      string   `json:"text"`
	Precision string   `json:"precision,omitempty"` // day, month, year, before, after, since, about, latest, unknown
	Others    []string `json:"others,omitempty"`    // later dates that other documents give for the same
}

// A Kind tells what sort of node states a fact.
type Kind string

// The kinds of fact.
const (
	Tenure   Kind = "tenure"
	Relation Kind = "relation"
	Event    Kind = "event"
)

// A Part is what somebody or something does in a fact. Role is the local name
// of the property that leads there: holder, position, onBehalfOf,
// accreditedTo; subject, object, about; actor, recipient, signatory, mediator,
// topic, …. Event is set where the part is played by another event.
type Part struct {
	Role string `json:"role"`
	Ref
}

// A Fact is a tenure, a relation or an event: one that follows from the
// documents, or (in a [Reported]) one that a document merely speaks of.
type Fact struct {
	IRI      string     `json:"iri"`
	Kind     Kind       `json:"kind"`
	Type     string     `json:"type"`  // id in the schema: member-of, sign-agreement; "tenure"
	Label    string     `json:"label"` // the type for people: "member of", "Signing of an agreement"
	Title    string     `json:"title"` // one line that says it all: "Armenia and Pakistan signed …"
	Parts    []Part     `json:"parts"`
	Place    *Ref       `json:"place,omitempty"`
	Date     Date       `json:"date,omitzero"`  // of an event
	From     Date       `json:"from,omitzero"`  // of a tenure or relation
	Until    Date       `json:"until,omitzero"` // of a tenure or relation
	Former   bool       `json:"former,omitempty"`
	Acting   bool       `json:"acting,omitempty"`
	Standing string     `json:"standing,omitempty"` // as of a date: "possibly" where its dates leave open whether it was so
	Plover   string     `json:"plover,omitempty"`
	Cameo    string     `json:"cameo,omitempty"`
	Evidence []Evidence `json:"evidence"`
	More     int        `json:"moreEvidence,omitempty"` // reports that are left out of Evidence
}

// Evidence is a report in a document on which a fact rests.
type Evidence struct {
	Report     string     `json:"report"` // IRI
	Document   Document   `json:"document"`
	Sentences  []Sentence `json:"sentences"`
	Speakers   []Ref      `json:"speakers,omitempty"` // whose words these are, when not the document's own
	Polarity   string     `json:"polarity,omitempty"`
	Modality   string     `json:"modality,omitempty"`
	Assertion  string     `json:"assertion,omitempty"`
	Confidence float64    `json:"confidence,omitempty"` // 0 when not stated
}

// A Sentence is a sentence of a document. Start and End count code points from
// the start of the document's text, half-open.
type Sentence struct {
	IRI   string `json:"iri"`
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`

	Before string `json:"before,omitempty"` // what stands around it, where that was asked for
	After  string `json:"after,omitempty"`
}

// A Document is a document that was loaded.
type Document struct {
	IRI       string `json:"iri"`
	Title     string `json:"title,omitempty"`
	Source    string `json:"source,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Author    string `json:"author,omitempty"`
	Published string `json:"published,omitempty"` // ISO 8601 date, month or year
	Language  string `json:"language,omitempty"`
	Recorded  string `json:"recorded,omitempty"` // ISO 8601 date and time of loading
	Import    string `json:"import,omitempty"`   // IRI of the import
}

// A Reported is a report that is no fact, and why.
type Reported struct {
	Fact
	Why      string `json:"why"`                // "negative", "conditional, claimed by Qasim Mohiuddin", …
	ClosedBy *Ref   `json:"closedBy,omitempty"` // the fact that put an end to what the report says
}

// A Thing is what the graph describes: a state, a person, an organization ….
type Thing struct {
	Ref
	Names   []string `json:"names,omitempty"` // every name it goes by, the label first
	Codes   []string `json:"codes,omitempty"`
	Country *Ref     `json:"country,omitempty"`
}

// A Group holds the relations of a thing of one type and direction.
type Group struct {
	Type  string `json:"type"`  // id of the relation in the schema
	Label string `json:"label"` // read from the thing: "member of", "has as member"
	Facts []Fact `json:"facts"`
}

// A Description is what the graph says about a thing.
type Description struct {
	Thing
	Positions []Fact     `json:"positions,omitempty"` // tenures of a person, or of those who act for a state or organization
	Relations []Group    `json:"relations,omitempty"`
	Events    []Fact     `json:"events,omitempty"` // by date
	Reported  []Reported `json:"reported,omitempty"`
	Documents []Document `json:"documents,omitempty"` // that mention it
}

// An Edge of a [Neighbourhood] leads from one node to another.
type Edge struct {
	From     string `json:"from"` // IRI
	To       string `json:"to"`   // IRI
	Label    string `json:"label"`
	Kind     Kind   `json:"kind"`
	Type     string `json:"type"`            // as of the fact
	Fact     string `json:"fact"`            // IRI of the tenure, relation, event or report
	Start    string `json:"start,omitempty"` // ISO date from which it holds, or of the event
	Until    string `json:"until,omitempty"` // ISO date until which it holds, or of the event
	Mutual   bool   `json:"mutual,omitempty"`
	Ended    bool   `json:"ended,omitempty"`    // former, or over by today
	Reported bool   `json:"reported,omitempty"` // no fact: negative, conditional, claimed …
	Negative bool   `json:"negative,omitempty"` // of a reported one: said not to be
	Why      string `json:"why,omitempty"`      // of a reported one

	Documents []string `json:"documents,omitempty"` // IRIs of those that say so
}

// A Neighbourhood is what lies around a thing. Cut counts the nodes that were
// left out because of the limit.
type Neighbourhood struct {
	Nodes []Ref  `json:"nodes"` // the thing itself first
	Edges []Edge `json:"edges"`
	Cut   int    `json:"cut,omitempty"`
}

// A Text is a document with its text, in pieces that make up the whole.
type Text struct {
	Document
	Pieces []Piece `json:"pieces"`
}

// A Piece is a sentence, or what stands between two. Start and End count code points.
type Piece struct {
	Text     string `json:"text"`
	Sentence bool   `json:"sentence,omitempty"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
}

// An Entry is one line of a timeline.
type Entry struct {
	Fact
	When     Date   `json:"when,omitzero"`
	What     string `json:"what,omitempty"`     // begins, ends, or "" for an event
	Reported bool   `json:"reported,omitempty"` // no fact
	Why      string `json:"why,omitempty"`
}
