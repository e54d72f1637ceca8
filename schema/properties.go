package schema

// A Property is a term that documents and facts are written with, whatever the
// schema says; docs/graph-model.md tells on which nodes it stands.
type Property struct {
	IRI     string
	Comment string
	Domain  string // IRI of a class, or "" where several have it
	Range   string // IRI of a class or datatype, or ""
	Broader string // IRI of the property that it refines, or ""
	Literal bool   // its values are literals
}

// Properties lists the terms of the namespace [NS] that the importers write,
// in the order in which docs/graph-model.md introduces them.
func Properties() []Property {
	out := []Property{
		text(Text, "the text of a document, sentence, mention or note, as it stands in the document", ""),
		text(ContentHash, "a hash of the document's content, by which a second loading is recognised", ClassDocument),
		link(Import, "the import by which the document came in", ClassDocument, ""),
		literal(Recorded, "when the document was loaded", ClassDocument, XSD+"dateTime"),
		link(Of, "the document that the sentence is of", ClassSentence, ClassDocument),
		literal(Start, "where the span begins, counted in Unicode code points from the start of the document's text", "", XSD+"integer"),
		literal(End, "where the span ends: the place after its last code point", "", XSD+"integer"),
		link(ClassOf, "the class of what the entity is", ClassEntity, RDFS+"Class"),
		text(Code, "ISO 3166-1 alpha-3 code of a state, usual acronym of an organization", ""),
		text(Alias, "another name that the document has for the entity", ClassEntity),
		link(RefersTo, "the thing that the entity is taken to be", ClassEntity, ""),
		literal(Confidence, "how sure the reading is, from 0 to 1", "", XSD+"decimal"),
		link(Member, "an entity that belongs to the group", ClassEntity, ClassEntity),
		text(NoteText, "what a reader should know about the reading", ""),
		link(MentionOf, "the entity that is mentioned", ClassMention, ClassEntity),
		text(MentionKind, "of a mention: name, acronym, demonym, metonym, nominal or pronoun; of an organization: alliance, agency, court and the like", ""),
		link(InSentence, "the sentence that the mention stands in", ClassMention, ClassSentence),
		link(Holder, "the person who holds the position", "", ""),
		property(PositionHeld, "the position held: of a tenure a position, of a tenure report its words", "", "", false),
		link(OnBehalfOf, "the state or organization that the position is of", "", ""),
		link(AccreditedTo, "the host of an ambassador or envoy", "", ""),
		property(From, "when it begins to be true (ISO 8601, as precise as known)", "", "", true),
		property(Until, "when it ceases to be true (ISO 8601, as precise as known)", "", "", true),
		text(FromPrecision, "before, after or about, where the beginning is not known as its date is written", ""),
		text(UntilPrecision, "before, after or about, where the end is not known as its date is written", ""),
		literal(Former, "the tenure is over", "", XSD+"boolean"),
		literal(Acting, "the position is held for the time being", "", XSD+"boolean"),
		link(StatedType, "the type: of a relation its property, of an event its class", "", ""),
		link(Subject, "the end that a relation leads from", "", ""),
		link(Object, "the end that a relation leads to; what an event is done to", "", ""),
		link(About, "the third end of a relation: the applicant whose membership is opposed", "", ""),
		text(Plover, "event root of the PLOVER ontology, or STATEMENT", ""),
		text(Cameo, "event code of CAMEO", ""),
		link(Actor, "the one who does it; of an event between equals, each of them", "", ""),
		link(Recipient, "the one who undergoes it", "", ""),
		link(Participant, "the one who takes part in it, beside actors and recipients", "", ""),
		link(PlaceOf, "where it happens", "", ""),
		property(Date, "when it happens (ISO 8601, as precise as known)", "", "", true),
		text(Precision, "how the date is meant: day, month, year, before, after, since, about, unknown", ""),
		property(TriggerSpan, "the words that report it", "", "", false),
		text(Polarity, "positive or negative: whether it is said to be so", ""),
		text(Modality, "realis, conditional, intention, hedged, demanded or hypothetical", ""),
		text(Assertion, "asserted, claimed, presupposed, conditional, denied or opinion", ""),
		link(AttributedTo, "the one whose words the report gives", "", ""),
		link(Evidence, "what it rests on: of a fact the reports, of a report the sentences", "", ""),
		text(Layer, "the layer of reading that made the note", ClassNote),
		literal(Refused, "the words could have reported something, and nothing was read from them", ClassNote, XSD+"boolean"),

		text(Named, "a name that the thing goes by", ""),
		link(MentionedIn, "a document that mentions the thing", "", ClassDocument),
		link(Country, "the state that the place lies in", "", ""),
		text(JobTitle, "the words of a position without its holder and body", ClassPosition),
		link(PositionOf, "the state or organization that the position is of", ClassPosition, ""),
		link(Holds, "a position that the person holds", "", ClassPosition),
		link(ActsFor, "the state or organization that the person acts for", "", ""),
		link(ClosedBy, "the fact that put an end to what the report says", "", ""),
		text(Standing, "possibly: at the date of which the graph is shown it may or may not have been so", ""),
		literal(Sources, "how many sources that do not depend on each other a fact has: publishers count once, and so do copies of a sentence", "", XSD+"integer"),
		text(VerdictOf, "what a person decided: same, different, read-as, link, accept, reject or correct", ClassJudgement),
		text(Reason, "why a person decided so", ClassJudgement),
		text(Corrects, "what a correction sets: the name of a property, \"=\", and its value", ClassJudgement),
	}
	for _, part := range Parts() {
		if part.IRI() != Participant && part.IRI() != Object {
			p := link(part.IRI(), "participant of an event: "+part.Comment, "", "")
			p.Broader = Participant
			out = append(out, p)
		}
	}
	return out
}

func property(iri, comment, domain, rng string, isLiteral bool) Property {
	return Property{IRI: iri, Comment: comment, Domain: domain, Range: rng, Literal: isLiteral}
}

func link(iri, comment, domain, rng string) Property {
	return property(iri, comment, domain, rng, false)
}

func literal(iri, comment, domain, datatype string) Property {
	return property(iri, comment, domain, datatype, true)
}

func text(iri, comment, domain string) Property { return literal(iri, comment, domain, XSD+"string") }
