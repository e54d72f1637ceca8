// Package schema says what may be stated: classes of things, relations between
// them and types of events, read from YAML; it checks them, mints IRIs, and
// writes them as RDFS and OWL. See [Load] and [Default].
package schema

// A Model is a loaded and checked schema. It is immutable and safe for concurrent use.
type Model struct {
	Classes   []*Class     // in order of file and place
	Relations []*Relation  // by id
	Events    []*EventType // by id
}

// A Place of definition, for messages: file and line.
type Origin struct {
	File string
	Line int
}

// A Class of things, such as State or Tenure.
type Class struct {
	ID         string            // UpperCamel: State
	Label      string            // state
	Plural     string            // states
	Definition string            // one sentence
	Extends    string            // id of the broader class, or ""
	Mappings   map[string]string // mapping property (as rdfs:subClassOf, owl:equivalentClass, skos:closeMatch) → prefixed name of a standard vocabulary
	Shape      string            // of its node in pictures: ellipse, box, diamond, hexagon, …
	Color      string            // of its node in pictures, safe for colour-blind eyes: #rrggbb
	Origin     Origin
}

// A Relation is a lasting state of affairs between two things.
type Relation struct {
	ID         string // kebab-case, as in extraction/1: diplomatic-relations
	Property   string // lowerCamel local name of its plain triple: diplomaticRelationsWith
	Label      string // read from → to: "has diplomatic relations with"
	Inverse    string // label read to → from: "has diplomatic relations with", "has as member"
	Definition string
	Domain     []string // class ids
	Range      []string // class ids
	Symmetric  bool
	Functional bool     // at one time at most one object
	Excludes   []string // relation ids that cannot hold at the same time between the same two things; "not X" names the negation of X
	Mappings   map[string]string
	Triggers   []Trigger // From in Actor, To in Recipient
	Examples   []Example
	Origin     Origin
}

// An EventType is something that happens at a time.
type EventType struct {
	ID         string // kebab-case: expel-diplomats
	Label      string // "Expulsion of diplomats"
	Verb       string // phrase for titles, past tense: "expelled diplomats of"
	Definition string
	Plover     string   // root (SANCTION), STATEMENT, or "" for none
	Mode       string   // PLOVER mode or ""
	Cameo      []string // codes as text; the first is the default
	Mutual     bool     // between equals: all parties are actors
	Starts     []string // relation ids whose validity it begins (establish-relations: diplomatic-relations)
	Ends       []string // relation ids whose validity it ends (sever-relations: diplomatic-relations)
	Mappings   map[string]string
	Triggers   []Trigger
	Examples   []Example
	Origin     Origin
}

// A Trigger is a word or group of words that reports an event or a relation,
// with the grammatical places of those who take part in it. Exactly one of
// Verb, Noun, Adjective lists its lemmas; a lemma may carry a particle ("break off").
//
// Places are named as follows, tried in order; the first that is filled gives
// the participants (all conjuncts of it):
//
//	subject             logical subject (of a passive: the by-phrase)
//	object              logical object (of a passive: its subject)
//	indirect            indirect object
//	possessor           X's NOUN, NOUN of X
//	nationality         the demonym or state that modifies the noun (Russian NOUN)
//	object.possessor    possessor or nationality of the object ("Russian diplomats", "ties of X with Y")
//	object.with, …      prepositional dependent of the object
//	with, to, from, of, by, against, between, in, on, over, for, about, towards … a prepositional dependent of the trigger
//	clause.subject      subject of the trigger's complement clause
//	complement          the clause itself (an event)
type Trigger struct {
	Verb      []string
	Noun      []string
	Adjective []string
	// With narrows the trigger: place → lemmas of which the head word there
	// must be one ("object": [diplomat, ambassador]); "*" asks only that the place is filled.
	With map[string][]string
	// Without refuses the trigger where the place's head word is one of the lemmas ("*": where it is filled).
	Without   map[string][]string
	Actor     []string
	Recipient []string
	// Parts gives further participants: part (signatory, object, topic, mediator, …) → places.
	Parts map[string][]string
	// Cameo overrides the type's default code.
	Cameo string
	// Negative: the words themselves say that it is not so ("refuse to recognise").
	Negative bool
	// Modality that the trigger itself carries (desirous: intention); "" for realis.
	Modality string
	Origin   Origin
}

// An Example is a sentence with what it must yield; the examples of a schema are its tests.
type Example struct {
	Text      string
	Published string   // ISO date, when dates are checked
	None      bool     // counter-example: nothing of this type comes out
	NotFact   bool     // counter-example: it comes out, but not as a fact (negative, not realis, or not asserted)
	Actor     []string // names or codes of things; of a relation: from
	Recipient []string // of a relation: to
	Date      string
	Polarity  string // when given, checked
	Modality  string
	Assertion string
	Origin    Origin
}
