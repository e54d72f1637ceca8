package facts

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Documents lists the documents that were loaded, the latest published first.
func Documents(ctx context.Context, view graph.Dataset) ([]Document, error) {
	r := newReader(ctx, view, nil)
	quads, err := r.instances(schema.ClassDocument)
	if err != nil {
		return nil, err
	}
	var out []Document
	for _, q := range quads {
		if q.Graph != q.Subject {
			continue
		}
		d, err := r.document(q.Subject)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	sortDocuments(out)
	return out, nil
}

// ReadDocuments reads what is known of some documents, by their IRIs, in that order.
func ReadDocuments(ctx context.Context, view graph.Dataset, iris []string) ([]Document, error) {
	r := newReader(ctx, view, nil)
	var out []Document
	for _, iri := range iris {
		id, err := r.id(iri)
		if err != nil {
			return nil, err
		}
		d := Document{IRI: iri}
		if id != graph.Any {
			if d, err = r.document(id); err != nil {
				return nil, err
			}
		}
		out = append(out, d)
	}
	return out, nil
}

func sortDocuments(ds []Document) {
	slices.SortFunc(ds, func(a, b Document) int {
		if c := strings.Compare(b.Published, a.Published); c != 0 {
			return c
		}
		if c := strings.Compare(a.Name(), b.Name()); c != 0 {
			return c
		}
		return strings.Compare(a.IRI, b.IRI)
	})
}

// instances returns the quads that state the class of a node, in any graph.
func (r *reader) instances(class string) ([]graph.Encoded, error) {
	p, err := r.id(schema.Type)
	if err != nil || p == graph.Any {
		return nil, err
	}
	c, err := r.id(class)
	if err != nil || c == graph.Any {
		return nil, err
	}
	return r.scan(graph.Pattern{Predicate: p, Object: c})
}

// document reads what is known of a document; its own graph says it.
func (r *reader) document(id graph.ID) (Document, error) {
	if d, known := r.documents[id]; known {
		return d, nil
	}
	t, err := r.term(id)
	if err != nil {
		return Document{}, err
	}
	d := Document{IRI: t.Value}
	n, err := r.node(id, id)
	if err != nil {
		return Document{}, err
	}
	if n != nil {
		d.Title = n.text(schema.Title)
		d.Source = n.text(schema.Source)
		d.Publisher = n.text(schema.Publisher)
		d.Author = strings.Join(n.texts(schema.Creator), ", ")
		d.Published = n.text(schema.Issued)
		d.Language = n.text(schema.Language)
		d.Recorded = n.text(schema.Recorded)
		d.Import = n.text(schema.Import)
	}
	r.documents[id] = d
	return d, nil
}

// sentence reads a sentence of a document.
func (r *reader) sentence(v value, in graph.ID) (Sentence, error) {
	key := nodeKey{v.id, in}
	if s, known := r.sentences[key]; known {
		return s, nil
	}
	s := Sentence{IRI: v.term.Value}
	n, err := r.node(v.id, in)
	if err != nil {
		return Sentence{}, err
	}
	if n != nil {
		s.Text = n.text(schema.Text)
		s.Start = number(n.text(schema.Start))
		s.End = number(n.text(schema.End))
	}
	r.sentences[key] = s
	return s, nil
}

// around returns what stands before and behind a sentence in its document, cut
// at words, as far as the reader is to look.
func (r *reader) around(s Sentence, in graph.ID) (before, after string, err error) {
	if r.context == 0 {
		return "", "", nil
	}
	text, known := r.texts[in]
	if !known {
		n, err := r.node(in, in)
		if err != nil || n == nil {
			return "", "", err
		}
		text = []rune(n.text(schema.Text))
		r.texts[in] = text
	}
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		return "", "", nil
	}
	from, to := max(0, s.Start-r.context), min(len(text), s.End+r.context)
	before, after = string(text[from:s.Start]), string(text[s.End:to])
	if from > 0 {
		if _, rest, ok := strings.Cut(before, " "); ok {
			before = "… " + rest
		}
	}
	if to < len(text) {
		if i := strings.LastIndex(after, " "); i >= 0 {
			after = after[:i] + " …"
		}
	}
	return before, after, nil
}

// number reads a count, 0 where there is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// ReadText returns a document with its text parted into sentences, or nil
// where there is no such document.
func ReadText(ctx context.Context, view graph.Dataset, iri string) (*Text, error) {
	r := newReader(ctx, view, nil)
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return nil, err
	}
	n, err := r.node(id, id)
	if err != nil || n == nil || !n.is(schema.ClassDocument) {
		return nil, err
	}
	d, err := r.document(id)
	if err != nil {
		return nil, err
	}
	out := &Text{Document: d}
	of, err := r.id(schema.Of)
	if err != nil || of == graph.Any {
		return nil, err
	}
	quads, err := r.scan(graph.Pattern{Predicate: of, Object: id, Graph: id})
	if err != nil {
		return nil, err
	}
	var sentences []Sentence
	for _, q := range quads {
		t, err := r.term(q.Subject)
		if err != nil {
			return nil, err
		}
		s, err := r.sentence(value{q.Subject, t}, id)
		if err != nil {
			return nil, err
		}
		sentences = append(sentences, s)
	}
	slices.SortFunc(sentences, func(a, b Sentence) int { return a.Start - b.Start })
	out.Pieces = pieces([]rune(n.text(schema.Text)), sentences)
	return out, nil
}

// pieces parts a text at its sentences; what overlaps a sentence before it is left out.
func pieces(text []rune, sentences []Sentence) []Piece {
	var out []Piece
	at := 0
	add := func(start, end int, sentence bool) {
		if start < end {
			out = append(out, Piece{Text: string(text[start:end]), Sentence: sentence, Start: start, End: end})
		}
	}
	for _, s := range sentences {
		if s.Start < at || s.End > len(text) || s.Start >= s.End {
			continue
		}
		add(at, s.Start, false)
		add(s.Start, s.End, true)
		at = s.End
	}
	add(at, len(text), false)
	return out
}
