package graph

// Kind tells what an RDF term is (RDF 1.1, section 3.1).
type Kind uint8

// The kinds of term. The zero Kind belongs to the zero Term, which as a graph
// name means the default graph. KindTriple is kept for RDF 1.2 triple terms.
const (
	KindNone Kind = iota
	KindIRI
	KindBlank
	KindLiteral
	KindTriple
)

// Datatype IRIs that the term model itself must know.
const (
	XSDString  = "http://www.w3.org/2001/XMLSchema#string"
	LangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// A Term is an RDF term kept to the letter: lexical forms, datatypes and
// language tags are never rewritten. Terms are comparable; two Terms are equal
// under == exactly when they are the same RDF term.
type Term struct {
	Kind     Kind
	Value    string // the IRI, the blank node label without "_:", or the lexical form
	Datatype string // of a literal: the datatype IRI; "" stands for xsd:string, and for rdf:langString when Language is set
	Language string // of a literal: the language tag, or ""
}

// IRI returns the IRI term for an absolute (or, as some quad files have it, relative) IRI.
func IRI(iri string) Term { return Term{Kind: KindIRI, Value: iri} }

// Blank returns the blank node with the label, given without "_:".
func Blank(label string) Term { return Term{Kind: KindBlank, Value: label} }

// String returns the literal with datatype xsd:string.
func String(lexical string) Term { return Term{Kind: KindLiteral, Value: lexical} }

// Typed returns a literal with a datatype; xsd:string is normalised to "".
func Typed(lexical, datatype string) Term {
	if datatype == XSDString {
		datatype = ""
	}
	return Term{Kind: KindLiteral, Value: lexical, Datatype: datatype}
}

// LangTagged returns a language-tagged string.
func LangTagged(lexical, language string) Term {
	return Term{Kind: KindLiteral, Value: lexical, Language: language}
}

// IsZero reports whether t is the zero Term (as a graph name: the default graph).
func (t Term) IsZero() bool { return t == Term{} }
