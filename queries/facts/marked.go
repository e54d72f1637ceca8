package facts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Marked is a document with its text, what each word of it refers to, what
// each sentence states, and what was doubtful in the reading.
type Marked struct {
	Document
	Paragraphs []Paragraph `json:"paragraphs"`
	// Elsewhere are documents that tell the same events, those with the most of them first.
	Elsewhere []Elsewhere `json:"elsewhere,omitempty"`
}

// A Paragraph is a line of the text that is not empty.
type Paragraph struct {
	Pieces     []MarkedPiece `json:"pieces"`
	Statements []Told        `json:"statements,omitempty"`
	Notes      []ReadingNote `json:"notes,omitempty"`
}

// A MarkedPiece is a sentence, or what stands between two, in runs that make it up.
type MarkedPiece struct {
	Sentence bool  `json:"sentence,omitempty"`
	Start    int   `json:"start"` // code points
	End      int   `json:"end"`
	Runs     []Run `json:"runs"`
}

// A Run is a part of the text that refers to one thing, or to none.
type Run struct {
	Text string `json:"text"`
	Kind string `json:"kind,omitempty"` // of the mention: name, pronoun …; "" where it refers to nothing
	Of   Ref    `json:"of,omitzero"`
	Note string `json:"note,omitempty"` // why it is doubtful
}

// A Told is a statement of a document: the report, and the fact that rests on it.
type Told struct {
	Reported
	Is *Ref `json:"fact,omitempty"` // nil where it is no fact; then Why says why
}

// A ReadingNote says what was doubtful about some words, or why they yielded nothing.
type ReadingNote struct {
	Words   string `json:"words"`
	Text    string `json:"text"`
	Layer   string `json:"layer,omitempty"`
	Refused bool   `json:"refused,omitempty"`
	start   int
}

// An Elsewhere is another document that tells some of the same events.
type Elsewhere struct {
	Document
	Events int `json:"events"`
}

// mostElsewhere bounds the other documents that are named.
const mostElsewhere = 12

// ReadMarked returns a document with all that was read in it; nil where there is no such document.
func ReadMarked(ctx context.Context, view graph.Dataset, model *schema.Model, iri string) (*Marked, error) {
	r := newReader(ctx, view, model)
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return nil, err
	}
	nodes, err := r.nodesOf(id)
	if err != nil {
		return nil, err
	}
	n, err := r.node(id, id)
	if err != nil || n == nil || !n.is(schema.ClassDocument) {
		return nil, err
	}
	w := &marking{r: r, in: id, text: []rune(n.text(schema.Text)), shared: map[string]int{}}
	for _, n := range nodes {
		if err := w.add(n); err != nil {
			return nil, err
		}
	}
	out := &Marked{Paragraphs: w.paragraphs()}
	if out.Document, err = r.document(id); err != nil {
		return nil, err
	}
	out.Elsewhere, err = w.elsewhere(iri)
	return out, err
}

// nodesOf reads all nodes of a graph at once, so that later readings of each
// find them, and returns them by IRI.
func (r *reader) nodesOf(in graph.ID) ([]*node, error) {
	quads, err := r.scan(graph.Pattern{Graph: in})
	if err != nil {
		return nil, err
	}
	var out []*node
	for _, q := range quads {
		key := nodeKey{q.Subject, in}
		n := r.nodes[key]
		if n == nil {
			t, err := r.term(q.Subject)
			if err != nil {
				return nil, err
			}
			n = &node{id: q.Subject, graph: in, iri: t.Value, props: map[string][]value{}}
			r.nodes[key] = n
			out = append(out, n)
		}
		p, err := r.term(q.Predicate)
		if err != nil {
			return nil, err
		}
		o, err := r.term(q.Object)
		if err != nil {
			return nil, err
		}
		n.props[p.Value] = append(n.props[p.Value], value{q.Object, o})
	}
	for _, n := range out {
		n.sort()
	}
	slices.SortFunc(out, func(a, b *node) int { return strings.Compare(a.iri, b.iri) })
	return out, nil
}

// marking collects what was read in a document.
type marking struct {
	r         *reader
	in        graph.ID
	text      []rune
	sentences []Sentence
	mentions  []mention
	told      []Told
	notes     []ReadingNote
	shared    map[string]int // events that each other document tells too, by IRI
}

type mention struct {
	start, end int
	run        Run
}

func (w *marking) add(n *node) error {
	start, end := number(n.text(schema.Start)), number(n.text(schema.End))
	inside := start >= 0 && start < end && end <= len(w.text)
	switch {
	case n.is(schema.ClassSentence):
		if inside {
			w.sentences = append(w.sentences, Sentence{IRI: n.iri, Start: start, End: end})
		}
	case n.is(schema.ClassMention):
		entity, ok := n.first(schema.MentionOf)
		if !ok || !inside {
			return nil
		}
		of, err := w.r.entityRef(entity, w.in)
		if err != nil {
			return err
		}
		w.mentions = append(w.mentions, mention{start, end, Run{Kind: firstOf(n.text(schema.MentionKind), "name"), Of: of, Note: n.text(schema.NoteText)}})
	case n.is(schema.ClassNote):
		if inside {
			w.notes = append(w.notes, ReadingNote{
				string(w.text[start:end]), n.text(schema.Text), n.text(schema.Layer), n.isTrue(schema.Refused), start,
			})
		}
	default:
		return w.tell(n)
	}
	return nil
}

// tell adds a report, with the fact that rests on it.
func (w *marking) tell(n *node) error {
	if _, report, ok := kindOf(n); !ok || !report {
		return nil
	}
	s, err := w.r.fact(n)
	if err != nil || s == nil {
		return err
	}
	var told Told
	evidence, err := w.r.id(schema.Evidence)
	if err != nil {
		return err
	}
	quads, err := w.r.scan(graph.Pattern{Predicate: evidence, Object: n.id, Graph: graph.DefaultGraph})
	if err != nil {
		return err
	}
	if len(quads) > 0 {
		fact, err := w.r.node(quads[0].Subject, graph.DefaultGraph)
		if err != nil {
			return err
		}
		told.Fact, told.Is = s.Fact, &Ref{IRI: fact.iri, Label: firstOf(fact.text(schema.Label), s.Title)}
		if s.Kind == Event {
			for _, document := range documentsOf(fact.texts(schema.Evidence)) {
				w.shared[document]++
			}
		}
	} else if told.Reported, err = w.r.reported(s); err != nil {
		return err
	}
	w.told = append(w.told, told)
	return nil
}

// paragraphs lays the text out with what was read in it.
func (w *marking) paragraphs() []Paragraph {
	slices.SortFunc(w.sentences, func(a, b Sentence) int { return a.Start - b.Start })
	slices.SortStableFunc(w.told, func(a, b Told) int { return firstStart(a.Evidence[0]) - firstStart(b.Evidence[0]) })
	slices.SortStableFunc(w.notes, func(a, b ReadingNote) int { return a.start - b.start })
	var out []Paragraph
	var p Paragraph
	from := 0
	end := func(to int) {
		for _, t := range w.told {
			if at := firstStart(t.Evidence[0]); at >= from && at < to {
				p.Statements = append(p.Statements, t)
			}
		}
		for _, n := range w.notes {
			if n.start >= from && n.start < to {
				p.Notes = append(p.Notes, n)
			}
		}
		if len(p.Pieces) > 0 {
			out = append(out, p)
		}
		p, from = Paragraph{}, to
	}
	for _, piece := range pieces(w.text, w.sentences) {
		if !piece.Sentence && strings.TrimSpace(piece.Text) == "" && strings.Contains(piece.Text, "\n") {
			end(piece.End)
			continue
		}
		p.Pieces = append(p.Pieces, MarkedPiece{piece.Sentence, piece.Start, piece.End, w.runs(piece.Start, piece.End)})
	}
	end(len(w.text) + 1)
	return out
}

// runs parts a piece of the text by what it refers to. Where mentions lie in one
// another, words belong to the shortest.
func (w *marking) runs(start, end int) []Run {
	var here []mention
	cuts := []int{start, end}
	for _, m := range w.mentions {
		if m.start >= start && m.end <= end {
			here = append(here, m)
			cuts = append(cuts, m.start, m.end)
		}
	}
	slices.SortFunc(here, func(a, b mention) int {
		return cmp.Or((a.end-a.start)-(b.end-b.start), strings.Compare(a.run.Of.IRI, b.run.Of.IRI))
	})
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Run
	var last *mention
	for i := 1; i < len(cuts); i++ {
		text := string(w.text[cuts[i-1]:cuts[i]])
		var covering *mention
		if k := slices.IndexFunc(here, func(m mention) bool { return m.start <= cuts[i-1] && m.end >= cuts[i] }); k >= 0 {
			covering = &here[k]
		}
		switch {
		case covering != nil && strings.TrimSpace(text) != "":
			run := covering.run
			run.Text = text
			out = append(out, run)
		case len(out) > 0 && last == nil:
			out[len(out)-1].Text += text
			continue
		default:
			covering = nil
			out = append(out, Run{Text: text})
		}
		last = covering
	}
	return out
}

func (w *marking) elsewhere(own string) ([]Elsewhere, error) {
	delete(w.shared, own)
	var iris []string
	for iri := range w.shared {
		iris = append(iris, iri)
	}
	slices.SortFunc(iris, func(a, b string) int { return cmp.Or(w.shared[b]-w.shared[a], strings.Compare(a, b)) })
	var out []Elsewhere
	for _, iri := range iris[:min(len(iris), mostElsewhere)] {
		id, err := w.r.id(iri)
		if err != nil {
			return nil, err
		}
		if id == graph.Any {
			continue
		}
		d, err := w.r.document(id)
		if err != nil {
			return nil, err
		}
		out = append(out, Elsewhere{d, w.shared[iri]})
	}
	return out, nil
}
