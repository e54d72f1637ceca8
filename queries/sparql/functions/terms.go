package functions

import (
	"fmt"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
	"github.com/ententegraph/entente/queries/sparql/value"
)

// terms are the functions on RDF terms (section 17.4.2).
var terms = []Function{
	{Name: "SAMETERM", Min: 2, Max: 2, Eval: sameTerm, Help: "Tells whether two terms are the same, to the letter.", Clause: "17.4.1.8"},
	{Name: "ISIRI", Min: 1, Max: 1, Eval: is(graph.KindIRI), Help: "Tells whether a term is an IRI.", Clause: "17.4.2.1"},
	{Name: "ISURI", Min: 1, Max: 1, Eval: is(graph.KindIRI), Help: "Tells whether a term is an IRI.", Clause: "17.4.2.1"},
	{Name: "ISBLANK", Min: 1, Max: 1, Eval: is(graph.KindBlank), Help: "Tells whether a term is a blank node.", Clause: "17.4.2.2"},
	{Name: "ISLITERAL", Min: 1, Max: 1, Eval: is(graph.KindLiteral), Help: "Tells whether a term is a literal.", Clause: "17.4.2.3"},
	{Name: "ISNUMERIC", Min: 1, Max: 1, Eval: isNumeric, Help: "Tells whether a term is a number with a valid form.", Clause: "17.4.2.4"},
	{Name: "STR", Min: 1, Max: 1, Eval: str, Help: "Gives the text of an IRI, or the lexical form of a literal.", Clause: "17.4.2.5"},
	{Name: "LANG", Min: 1, Max: 1, Eval: lang, Help: "Gives the language tag of a literal, or an empty string.", Clause: "17.4.2.6"},
	{Name: "DATATYPE", Min: 1, Max: 1, Eval: datatype, Help: "Gives the datatype of a literal.", Clause: "17.4.2.7"},
	{Name: "IRI", Min: 1, Max: 1, Eval: makeIRI, Help: "Makes an IRI of a string, relative to the query's base.", Clause: "17.4.2.8"},
	{Name: "URI", Min: 1, Max: 1, Eval: makeIRI, Help: "Makes an IRI of a string, relative to the query's base.", Clause: "17.4.2.8"},
	{Name: "BNODE", Min: 0, Max: 1, Eval: bnode, Varies: true, Help: "Makes a blank node; of equal strings the same one within a solution.", Clause: "17.4.2.9"},
	{Name: "STRDT", Min: 2, Max: 2, Eval: strDT, Help: "Makes a literal of a lexical form and a datatype.", Clause: "17.4.2.10"},
	{Name: "STRLANG", Min: 2, Max: 2, Eval: strLang, Help: "Makes a string with a language tag.", Clause: "17.4.2.11"},
	{Name: "UUID", Min: 0, Max: 0, Eval: uuidIRI, Varies: true, Help: "Gives a fresh urn:uuid: IRI.", Clause: "17.4.2.12"},
	{Name: "STRUUID", Min: 0, Max: 0, Eval: uuidString, Varies: true, Help: "Gives a fresh UUID as a string.", Clause: "17.4.2.13"},
	{Name: "HASLANG", Min: 1, Max: 1, Eval: hasLang, Help: "Tells whether a term is a string with a language tag.", Clause: "SPARQL 1.2, 17.4.2"},
	{Name: "HASLANGDIR", Min: 1, Max: 1, Eval: hasLangDir, Help: "Tells whether a term is a string with a language tag and a base direction.", Clause: "SPARQL 1.2, 17.4.2"},
	{Name: "LANGDIR", Min: 1, Max: 1, Eval: langDir, Help: "Gives the base direction of a literal, or an empty string.", Clause: "SPARQL 1.2, 17.4.2"},
	{Name: "STRLANGDIR", Min: 3, Max: 3, Eval: strLangDir, Help: "Makes a string with a language tag and a base direction, ltr or rtl.", Clause: "SPARQL 1.2, 17.4.2"},
}

// triples are the functions on triple terms (SPARQL 1.2 section 17.4.6).
var triples = []Function{
	{Name: "TRIPLE", Min: 3, Max: 3, Eval: makeTriple, Help: "Makes a triple term.", Clause: "SPARQL 1.2, 17.4.6"},
	{Name: "SUBJECT", Min: 1, Max: 1, Eval: place(0), Help: "Gives the subject of a triple term.", Clause: "SPARQL 1.2, 17.4.6"},
	{Name: "PREDICATE", Min: 1, Max: 1, Eval: place(1), Help: "Gives the predicate of a triple term.", Clause: "SPARQL 1.2, 17.4.6"},
	{Name: "OBJECT", Min: 1, Max: 1, Eval: place(2), Help: "Gives the object of a triple term.", Clause: "SPARQL 1.2, 17.4.6"},
	{Name: "ISTRIPLE", Min: 1, Max: 1, Eval: is(graph.KindTriple), Help: "Tells whether a term is a triple term.", Clause: "SPARQL 1.2, 17.4.6"},
}

func sameTerm(_ *Env, args []Value) (Value, error) {
	return value.Boolean(value.SameTerm(args[0], args[1])), nil
}

func is(kind graph.Kind) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		if kind == graph.KindLiteral {
			return value.Boolean(args[0].IsLiteral()), nil
		}
		return value.Boolean(args[0].Term().Kind == kind), nil
	}
}

func isNumeric(_ *Env, args []Value) (Value, error) {
	return value.Boolean(args[0].IsNumeric()), nil
}

func str(_ *Env, args []Value) (Value, error) {
	if args[0].Kind() == value.KindIRI || args[0].IsLiteral() {
		return value.String(args[0].Term().Value), nil
	}
	return Value{}, value.Error("a blank node or triple term has no text")
}

func lang(_ *Env, args []Value) (Value, error) {
	if !args[0].IsLiteral() {
		return Value{}, errLiteral
	}
	language, _ := args[0].Term().LanguageAndDirection()
	return value.String(language), nil
}

func langDir(_ *Env, args []Value) (Value, error) {
	if !args[0].IsLiteral() {
		return Value{}, errLiteral
	}
	_, direction := args[0].Term().LanguageAndDirection()
	return value.String(direction), nil
}

func hasLang(_ *Env, args []Value) (Value, error) {
	return value.Boolean(args[0].Kind() == value.KindLangString), nil
}

func hasLangDir(_ *Env, args []Value) (Value, error) {
	_, direction := args[0].Term().LanguageAndDirection()
	return value.Boolean(args[0].Kind() == value.KindLangString && direction != ""), nil
}

func datatype(_ *Env, args []Value) (Value, error) {
	if !args[0].IsLiteral() {
		return Value{}, errLiteral
	}
	t := args[0].Term()
	_, direction := t.LanguageAndDirection()
	switch {
	case direction != "":
		return value.IRI(graph.DirLangString), nil
	case t.Language != "":
		return value.IRI(graph.LangString), nil
	case t.Datatype == "":
		return value.IRI(graph.XSDString), nil
	}
	return value.IRI(t.Datatype), nil
}

func makeIRI(env *Env, args []Value) (Value, error) {
	if args[0].Kind() == value.KindIRI {
		return args[0], nil
	}
	ref, err := plain(args[0])
	if err != nil {
		return Value{}, err
	}
	resolved, err := iri.Resolve(env.Base, ref)
	if err != nil {
		return Value{}, value.Error("a string that is no IRI")
	}
	return value.IRI(resolved), nil
}

func bnode(env *Env, args []Value) (Value, error) {
	if len(args) == 0 {
		return value.FromTerm(env.Blank("", false)), nil
	}
	label, err := plain(args[0])
	if err != nil {
		return Value{}, err
	}
	return value.FromTerm(env.Blank(label, true)), nil
}

func strDT(_ *Env, args []Value) (Value, error) {
	lexical, err := plain(args[0])
	switch {
	case err != nil:
		return Value{}, err
	case args[1].Kind() != value.KindIRI:
		return Value{}, errIRI
	}
	t := graph.Typed(lexical, args[1].Term().Value)
	if t.Check() != nil { // rdf:langString needs a language
		return Value{}, value.Error("a datatype that a literal cannot have")
	}
	return value.FromTerm(t), nil
}

func strLang(_ *Env, args []Value) (Value, error) { return tagged(args[0], args[1], "") }

func strLangDir(_ *Env, args []Value) (Value, error) {
	direction, err := plain(args[2])
	if err != nil {
		return Value{}, err
	}
	if direction != graph.LeftToRight && direction != graph.RightToLeft {
		return Value{}, value.Error("a base direction other than ltr and rtl")
	}
	return tagged(args[0], args[1], direction)
}

func tagged(text, language Value, direction string) (Value, error) {
	lexical, err := plain(text)
	if err != nil {
		return Value{}, err
	}
	tag, err := plain(language)
	if err != nil {
		return Value{}, err
	}
	t := graph.LangTagged(lexical, tag)
	if tag == "" || t.Check() != nil {
		return Value{}, value.Error("a string that is no language tag")
	}
	if direction != "" {
		t = graph.DirTagged(lexical, tag, direction)
	}
	return value.FromTerm(t), nil
}

func uuidIRI(env *Env, _ []Value) (Value, error) { return value.IRI("urn:uuid:" + uuid(env)), nil }

func uuidString(env *Env, _ []Value) (Value, error) { return value.String(uuid(env)), nil }

// uuid returns a random UUID (RFC 9562, version 4).
func uuid(env *Env) string {
	high, low := env.Random.Uint64(), env.Random.Uint64()
	high = high&^0xF000 | 0x4000
	low = low&^(3<<62) | 2<<62
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xFFFF, high&0xFFFF, low>>48, low&0xFFFFFFFFFFFF)
}

func makeTriple(_ *Env, args []Value) (Value, error) {
	s, p := args[0].Kind(), args[1].Kind()
	if s != value.KindIRI && s != value.KindBlank || p != value.KindIRI {
		return Value{}, value.Error("terms that are no triple")
	}
	return value.FromTerm(graph.TripleTerm(args[0].Term(), args[1].Term(), args[2].Term())), nil
}

func place(i int) func(*Env, []Value) (Value, error) {
	return func(_ *Env, args []Value) (Value, error) {
		s, p, o, ok := args[0].Term().Triple()
		if !ok {
			return Value{}, value.Error("an argument that is not a triple term")
		}
		return value.FromTerm([3]graph.Term{s, p, o}[i]), nil
	}
}
