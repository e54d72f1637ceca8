package schema

import "sort"

// Namespaces of the project's own terms. Vocabulary terms live in NS, things in ID.
const (
	NS = "https://ententegraph.github.io/ns#"
	ID = "https://ententegraph.github.io/id/"
)

// Namespaces of the vocabularies that are used beside our own.
const (
	RDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS    = "http://www.w3.org/2000/01/rdf-schema#"
	XSD     = "http://www.w3.org/2001/XMLSchema#"
	OWL     = "http://www.w3.org/2002/07/owl#"
	SKOS    = "http://www.w3.org/2004/02/skos/core#"
	PROV    = "http://www.w3.org/ns/prov#"
	ORG     = "http://www.w3.org/ns/org#"
	SCHEMA  = "https://schema.org/"
	SEM     = "http://semanticweb.cs.vu.nl/2009/11/sem/"
	DCTERMS = "http://purl.org/dc/terms/"
)

// Prefixes maps the prefixes that every query language knows without
// declaration to their namespaces. Kinds of things have a prefix each:
// state:ARM, organization:CSTO, person:ararat-mirzoyan, doc:…, event:….
func Prefixes() map[string]string {
	p := map[string]string{
		"": NS, "ent": NS,
		"rdf": RDF, "rdfs": RDFS, "xsd": XSD, "owl": OWL, "skos": SKOS, "prov": PROV,
		"org": ORG, "schema": SCHEMA, "sem": SEM, "dcterms": DCTERMS,
	}
	for _, kind := range Kinds() {
		p[kind] = ID + kind + "/"
	}
	return p
}

// Kinds lists the kinds of things that have an IRI folder and a prefix of their own.
func Kinds() []string {
	kinds := []string{
		"state", "organization", "person", "group", "place", "agreement", "occasion",
		"position", "tenure", "relation", "event", "doc", "import", "judgement",
	}
	sort.Strings(kinds)
	return kinds
}

// Classes of nodes that the importers write, beside the classes of the model.
const (
	ClassDocument       = NS + "Document"
	ClassSentence       = NS + "Sentence"
	ClassEntity         = NS + "Entity"
	ClassMention        = NS + "Mention"
	ClassTenureReport   = NS + "TenureReport"
	ClassRelationReport = NS + "RelationReport"
	ClassEventReport    = NS + "EventReport"
	ClassNote           = NS + "Note"
	ClassPosition       = NS + "Position"
	ClassTenure         = NS + "Tenure"
	ClassRelation       = NS + "Relation"
	ClassEvent          = NS + "Event"
	ClassJudgement      = NS + "Judgement"
)

// Judgements names the graph of what people have decided.
const Judgements = ID + "judgements"

// Functions that queries have beside those of their language: the first is also
// the predicate of a search, ?text ent:hasWords "words".
const (
	HasWords  = NS + "hasWords"
	TextScore = NS + "textScore"
)

// Properties that the importers write; docs/graph-model.md says on which nodes.
const (
	Type  = RDF + "type"
	Label = RDFS + "label"

	Title     = DCTERMS + "title"
	Issued    = DCTERMS + "issued"
	Source    = DCTERMS + "source"
	Publisher = DCTERMS + "publisher"
	Creator   = DCTERMS + "creator"
	Language  = DCTERMS + "language"

	Text         = NS + "text"
	ContentHash  = NS + "contentHash"
	Import       = NS + "import"
	Recorded     = NS + "recorded"
	Of           = NS + "of"
	Start        = NS + "start"
	End          = NS + "end"
	ClassOf      = NS + "class"
	Code         = NS + "code"
	Alias        = NS + "alias"
	RefersTo     = NS + "refersTo"
	Confidence   = NS + "confidence"
	Member       = NS + "member"
	NoteText     = NS + "note"
	MentionOf    = NS + "mentionOf"
	MentionKind  = NS + "kind"
	InSentence   = NS + "sentence"
	Holder       = NS + "holder"
	PositionHeld = NS + "position"
	OnBehalfOf   = NS + "onBehalfOf"
	AccreditedTo = NS + "accreditedTo"
	From         = NS + "from"
	Until        = NS + "until"

	FromPrecision  = NS + "fromPrecision"
	UntilPrecision = NS + "untilPrecision"

	Former       = NS + "former"
	Acting       = NS + "acting"
	StatedType   = NS + "type"
	Subject      = NS + "subject"
	Object       = NS + "object"
	About        = NS + "about"
	Plover       = NS + "plover"
	Cameo        = NS + "cameo"
	Actor        = NS + "actor"
	Recipient    = NS + "recipient"
	Participant  = NS + "participant"
	PlaceOf      = NS + "place"
	Date         = NS + "date"
	Precision    = NS + "datePrecision"
	TriggerSpan  = NS + "trigger"
	Polarity     = NS + "polarity"
	Modality     = NS + "modality"
	Assertion    = NS + "assertion"
	AttributedTo = NS + "attributedTo"
	Evidence     = NS + "evidence"
	Layer        = NS + "layer"
	Refused      = NS + "refused"

	Named       = NS + "name"
	MentionedIn = NS + "mentionedIn"
	Country     = NS + "country"
	JobTitle    = NS + "title"
	PositionOf  = NS + "positionOf"
	Holds       = NS + "holds"
	ActsFor     = NS + "actsFor"
	ClosedBy    = NS + "closedBy"
	Standing    = NS + "standing"
	Sources     = NS + "sources"
	SameAs      = OWL + "sameAs"
	VerdictOf   = NS + "verdict"
	Reason      = NS + "reason"
	Corrects    = NS + "corrects"
)
