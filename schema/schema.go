// Package schema says what may be stated: classes of things, relations between
// them and types of events, read from YAML; it checks them, mints IRIs, and
// writes them as RDFS and OWL. See [Load] and [Default].
package schema

// A Model is a loaded and checked schema. It is immutable and safe for concurrent use.
type Model struct {
	Classes   []*Class     // by id
	Relations []*Relation  // by id
	Events    []*EventType // by id

	index   index // for the lookups; built by Load
	offices offices
}

// An Origin is where something is defined, for messages: file and line.
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
	Excludes   []string // relation ids that cannot hold at the same time between the same two things; "not X" names the negation of X; see [Model.Exclusions]
	Mappings   map[string]string
	Triggers   []Trigger // From in Actor, To in Recipient
	Examples   []Example
	Origin     Origin
}

// An EventType is something that happens at a time.
type EventType struct {
	ID         string // kebab-case: expel-diplomats
	Class      string // UpperCamel local name of its class: ExpelDiplomats (of the id, unless the file gives another)
	Label      string // "Expulsion of diplomats"
	Verb       string // phrase for titles, past tense: "expelled diplomats of"
	Definition string
	Plover     string   // root (SANCTION), STATEMENT, or "" for none
	Mode       string   // PLOVER mode or ""
	Cameo      []string // codes as text; the first is the default
	Mutual     bool     // between equals: all parties are actors
	Starts     []string // relation ids whose validity it begins (establish-relations: diplomatic-relations)
	Ends       []string // relation ids whose validity it ends (sever-relations: diplomatic-relations)
	// ActorPart is the part of a person or body that acts for an actor
	// (signatory, speaker, participant), RecipientPart of one that the event
	// reaches for a recipient (addressee, object). Never empty after loading.
	ActorPart     string
	RecipientPart string
	Mappings      map[string]string
	Triggers      []Trigger
	Examples      []Example
	Origin        Origin
}

// A Trigger is a word or group of words that reports an event or a relation,
// with the grammatical places of those who take part in it. Exactly one of
// Verb, Noun, Adjective lists its lemmas, in lower case.
//
// A lemma of several words is a verb with its particle ("break off"), or a noun
// with the words around it ("phone call", "message of condolence", "at war"):
// its head is the word before an inner preposition, else the last. Every lemma of
// a list matches alone; conditions hold for all of the list. Where several
// triggers match one word, the one with the most places in With is right, where
// "*" counts half; of equals, the one whose lemma has more words, then the one
// that fills more of actor and recipient.
//
// Places are named as follows, tried in order; the first that holds a mention of
// an entity gives the participants (all conjuncts of it). In an event type that
// is Mutual every place of Actor counts, not only the first; a symmetric
// relation whose Recipient is left open holds among all of Actor:
//
//	subject             logical subject (of a passive: the by-phrase; of a participle: the noun or subject it hangs on)
//	object              logical object (of a passive: its subject)
//	indirect            indirect object
//	possessor           X's NOUN, NOUN of X; for a noun behind a light verb (held talks, offered its congratulations) the verb's subject
//	nationality         the demonym or state that modifies the noun (Russian NOUN, US-Russian NOUN)
//	modifier            any word before the noun: adjective or compound (phone in "phone call")
//	with, to, from, …   a prepositional dependent of the trigger; see [Prepositions]; for a noun behind a light verb also of the verb
//	complement          the trigger's complement clause (that …, to …, -ing): its head is the word it is about
//	as                  the as-phrase, or the secondary predicate of call, declare, label ("called it a breach")
//
// A place may be sought at the head of another, with a dot: object.possessor is
// the possessor or the nationality of the object ("Russian diplomats", "the
// ambassador of X"), object.with the with-phrase of the object ("ties with X"),
// complement.subject the subject of the clause, for.of the of-phrase of the
// for-phrase ("call for a withdrawal of forces"). A second dot goes one step further:
// object.complement.object is the bloc in "opposed its bid to join the bloc". After a dot, possessor takes
// the nationality too.
type Trigger struct {
	Verb      []string
	Noun      []string
	Adjective []string
	// With narrows the trigger: place → lemmas of which the head word there
	// must be one ("object": [diplomat, ambassador]); "*" asks only that the
	// place is filled. The id of a class (State, Person) asks for an entity of
	// that class or a narrower one; several words ("military aid") ask for the
	// last with the others right before it. All places must agree.
	With map[string][]string
	// Without refuses the trigger where the place's head word is one of the
	// lemmas or classes ("*": where it is filled).
	Without   map[string][]string
	Actor     []string
	Recipient []string
	// Parts gives further participants: part (signatory, object, topic,
	// mediator, …; see [Parts]) → places.
	Parts map[string][]string
	// About gives the third end of a relation.
	About []string
	// Cameo overrides the type's default code, and with it the root: to vote
	// against something is REJECT, to vote for it SUPPORT.
	Cameo  string
	Plover string // root of Cameo; set by Load where Cameo is given
	// Negative: the words themselves say that it is not so ("decline to sign").
	Negative bool
	// Modality that the trigger itself carries (one of [Modalities]); "" for realis.
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
	About     []string // of a relation with a third end: about
	Date      string   // ISO 8601: 2025-08-31, 2025-08, 2025
	Polarity  string   // when given, checked
	Modality  string
	Assertion string
	Origin    Origin
}

// Polarities lists what the polarity of a report may be.
func Polarities() []string { return []string{"positive", "negative"} }

// Modalities lists what the modality of a report may be.
func Modalities() []string {
	return []string{"realis", "conditional", "intention", "hedged", "demanded", "hypothetical"}
}

// Assertions lists how a document may state a report.
func Assertions() []string {
	return []string{"asserted", "claimed", "presupposed", "conditional", "denied", "opinion"}
}

// Prepositions lists the prepositions that are places of a trigger; toward counts as towards.
func Prepositions() []string {
	return []string{
		"about", "across", "after", "against", "along", "alongside", "amid", "among", "around", "as", "at", "before", "behind", "between", "by",
		"concerning", "despite", "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "out", "outside", "over",
		"regarding", "since", "through", "to", "towards", "under", "until", "upon", "via", "with", "within", "without",
	}
}

// Shapes lists the shapes that pictures can draw.
func Shapes() []string { return []string{"ellipse", "box", "rounded", "diamond", "hexagon"} }
