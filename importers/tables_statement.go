package importers

import (
	"strings"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// A statement is a document in the making that says facts of a table: a text
// of one sentence a fact, with the mentions, entities, relations and tenures
// that reading would have found in it.
type statement struct {
	key      string // tells it from the others of its file
	title    string
	text     strings.Builder
	doc      nlp.Doc
	entities map[string]int // by kind and id
}

// document gives the document with what it says, published when the data ends.
func (s *statement) document(source string, last int) Document {
	said := s.doc
	return Document{
		Title: s.title, Text: s.text.String(), Publisher: source, Language: "en",
		Published: timex.Date{Year: last}, Said: &said,
	}
}

// A piece of a sentence is a string, or the mention of an entity.
type mentioned int

// name mentions an entity.
func (s *statement) name(entity int) mentioned { return mentioned(entity) }

// sentence adds a line: strings as they are, entities by their names.
func (s *statement) sentence(pieces ...any) {
	start := s.text.Len()
	for _, p := range pieces {
		switch p := p.(type) {
		case string:
			s.text.WriteString(p)
		case mentioned:
			e := &s.doc.Entities[p]
			from := s.text.Len()
			s.text.WriteString(e.Name)
			e.Mentions = append(e.Mentions, len(s.doc.Mentions))
			s.doc.Mentions = append(s.doc.Mentions, nlp.Mention{
				Span: nlp.Span{Start: from, End: s.text.Len()}, Kind: nlp.Name, Class: e.Class, Head: -1,
				Sentence: len(s.doc.Sentences), Entity: int(p), Confidence: 1,
			})
		}
	}
	s.doc.Sentences = append(s.doc.Sentences, nlp.Sentence{Span: nlp.Span{Start: start, End: s.text.Len()}})
	s.text.WriteByte('\n')
}

// evidence is the sentence added last.
func (s *statement) evidence() []nlp.Span {
	return []nlp.Span{s.doc.Sentences[len(s.doc.Sentences)-1].Span}
}

func (s *statement) relation(kind string, from, to int, since, until timex.Date) {
	s.doc.Relations = append(s.doc.Relations, nlp.Relation{
		Type: kind, From: from, To: to, About: -1, ValidFrom: valueOf(since), Until: valueOf(until),
		Statement: nlp.Statement{Polarity: "positive", Modality: "realis", Assertion: "asserted", Evidence: s.evidence(), Confidence: 1},
	})
}

func (s *statement) entity(e nlp.Entity) int {
	key := e.Class + sep + e.ID
	i, ok := s.entities[key]
	if !ok {
		i = len(s.doc.Entities)
		e.Confidence = 1
		s.doc.Entities = append(s.doc.Entities, e)
		s.entities[key] = i
	}
	return i
}

func (s *statement) state(x tableState) int {
	return s.entity(nlp.Entity{ID: x.id, Class: "State", Name: x.name, Code: x.id})
}

func (s *statement) organization(acronym string) (int, error) {
	codes, err := organizationCodes()
	if err != nil {
		return 0, err
	}
	code := strings.ToUpper(acronym)
	if own, ok := codes[code]; ok {
		code = own
	}
	return s.entity(nlp.Entity{ID: code, Class: "Organization", Name: acronym, Code: code}), nil
}

// person gives the person of a name; apart, where it is not "", tells it from others of the name.
func (s *statement) person(name, apart string) int {
	id := slug(name)
	if apart != "" {
		id += "." + apart
	}
	return s.entity(nlp.Entity{ID: id, Class: "Person", Name: name, Apart: apart})
}
