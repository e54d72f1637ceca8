package perceptron

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/nlp/models"
)

// Models are the trained models. Their methods may be called at once from
// several goroutines.
type Models struct {
	tagger     tagger
	parser     parser
	namer      *namer
	morphology morphology
	tags       []tagName
	relations  []string
}

// A tagName is a tag of the tagger: the universal one and the finer one.
type tagName struct{ universal, fine string }

// Load reads the models that the program carries.
func Load() (*Models, error) { return Read(models.Syntax(), models.Names()) }

// Read reads models from the bytes of model files, which it keeps and which must
// not change. Without a file of names (nil), Names finds none.
func Read(syntax, names []byte) (*Models, error) {
	m := new(Models)
	if err := m.readSyntax(syntax); err != nil {
		return nil, fmt.Errorf("perceptron: syntax: %w", err)
	}
	if names == nil {
		return m, nil
	}
	n, err := readNamer(names)
	if err != nil {
		return nil, fmt.Errorf("perceptron: names: %w", err)
	}
	m.namer = n
	return m, nil
}

func (m *Models) readSyntax(data []byte) error {
	sections, err := readSections(data)
	if err != nil {
		return err
	}
	for _, name := range readList(sections["tags"]) {
		universal, fine, _ := strings.Cut(name, " ")
		m.tags = append(m.tags, tagName{universal, fine})
	}
	m.relations = readList(sections["relations"])
	if m.tagger.lexicon, err = readLexicon(sections["lexicon"]); err != nil {
		return err
	}
	tagger, err := readWeights(sections["tagger"])
	if err != nil {
		return fmt.Errorf("tagger: %w", err)
	}
	parser, err := readWeights(sections["parser"])
	if err != nil {
		return fmt.Errorf("parser: %w", err)
	}
	if m.morphology.lemmas, err = readSuffixRules(sections["lemmas"]); err != nil {
		return err
	}
	if m.morphology.features, err = readSuffixRules(sections["features"]); err != nil {
		return err
	}
	m.tagger.scorer, m.tagger.tags = tagger, len(m.tags)
	m.parser.scorer, m.parser.relations = parser, len(m.relations)
	if tagger.classes != len(m.tags) || parser.classes != m.parser.transitions() {
		return fmt.Errorf("weights for %d tags and %d transitions, names for %d and %d",
			tagger.classes, parser.classes, len(m.tags), m.parser.transitions())
	}
	return nil
}

// Annotate gives the annotation of each token of one sentence.
func (m *Models) Annotate(forms []string) []Annotation {
	if len(forms) == 0 {
		return nil
	}
	mode := sentenceCase(forms)
	ws := words(forms, mode)
	tags := m.tagger.tag(ws)
	out := make([]Annotation, len(forms))
	for i, n := range m.parser.parse(ws, tags) {
		name := m.tags[tags[i]]
		out[i] = Annotation{
			Tag: name.universal, Fine: name.fine, Lemma: forms[i],
			Head: n.head, Relation: m.relations[n.relation],
		}
	}
	m.morphology.annotate(out, ws, mode)
	return out
}

// Tags gives the universal tag of each token of one sentence, as Annotate does.
func (m *Models) Tags(forms []string) []string {
	if len(forms) == 0 {
		return nil
	}
	out := make([]string, len(forms))
	for i, t := range m.tagger.tag(words(forms, sentenceCase(forms))) {
		out[i] = m.tags[t].universal
	}
	return out
}

// Names gives the names in a sentence whose universal tags are given. They do
// not overlap, and come in order.
func (m *Models) Names(forms, tags []string) []NameSpan {
	if len(forms) == 0 || m.namer == nil {
		return nil
	}
	s := NamedSentence{Forms: forms, Tags: tags}
	return m.namer.findIn(s.naming(m.namer.known))
}
