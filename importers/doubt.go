package importers

import (
	"fmt"
	"slices"
	"sort"
	"strconv"

	"github.com/ententegraph/entente/nlp"
)

// A doubt is what the reading of a document is unsure of, kept for the review.
type doubt struct {
	Entity     int     // of a mention that may be of something else; or -1
	Place      string  // IRI of the mention, or of the report
	Report     string  `json:",omitempty"` // key of a report that may be wrong
	Text       string  // the words in question
	Sentence   string  // in which they stand
	Confidence float64 // of the reading
	Note       string  `json:",omitempty"`
}

// keptDoubts is the confidence under which doubts are kept, whatever setting
// they are listed by.
const keptDoubts = 0.95

// doubts lists the mentions and reports of a document that a person may have to look at.
func (w *reporter) doubts() []doubt {
	d := w.doc
	var out []doubt
	for _, m := range d.Mentions {
		if !w.known(m.Entity) || m.Confidence == 0 || m.Confidence >= keptDoubts || !questionable(d, m) {
			continue
		}
		out = append(out, doubt{
			Entity: m.Entity, Place: fmt.Sprintf("%s#char=%d,%d", w.iri, w.points[m.Start], w.points[m.End]),
			Text: d.Text[m.Start:m.End], Sentence: w.sentenceOf(m.Span), Confidence: m.Confidence, Note: m.Note,
		})
	}
	taken := map[string]int{} // as reportsOf counts them
	report := func(kind string, i int, key, said string, evidence []nlp.Span, confidence float64, note string) {
		if confidence == 0 || confidence >= keptDoubts || len(evidence) == 0 {
			return
		}
		out = append(out, doubt{
			Entity: -1, Place: w.node(kind, i), Report: key, Text: said,
			Sentence: w.sentenceOf(evidence[0]), Confidence: confidence, Note: note,
		})
	}
	for i, t := range d.Tenures {
		if !w.known(t.Person) {
			continue
		}
		note := ""
		if !t.Fact() {
			note = "the text does not say of whom; kept as a report, not as a fact"
		}
		said := t.Position + " " + d.Entities[t.Person].Name
		report("tenure", i, w.tenureKey(taken, t), said, t.Evidence, t.Confidence, note)
	}
	for i, x := range d.Relations {
		if !w.known(x.From) || !w.known(x.To) {
			continue
		}
		key := w.relationKey(taken, x)
		if x.Fact() {
			report("relation", i, key, d.Text[x.Trigger.Start:x.Trigger.End], x.Evidence, x.Confidence, "")
		}
	}
	for i, x := range d.Events {
		key := w.eventKey(taken, x)
		if x.Fact() {
			report("event", i, key, d.Text[x.Trigger.Start:x.Trigger.End], x.Evidence, x.Confidence, "")
		}
	}
	return out
}

// sentenceOf gives the text of the sentence in which a span begins.
func (w *reporter) sentenceOf(span nlp.Span) string {
	d := w.doc
	i := sort.Search(len(d.Sentences), func(i int) bool { return span.Start < d.Sentences[i].End })
	if i == len(d.Sentences) {
		return ""
	}
	return d.Text[d.Sentences[i].Start:d.Sentences[i].End]
}

func (w *reporter) tenureKey(taken map[string]int, t nlp.Tenure) string {
	return w.key(taken, t.Evidence, "tenure", t.Position, t.Person, t.Of, t.AccreditedTo)
}

func (w *reporter) relationKey(taken map[string]int, x nlp.Relation) string {
	return w.key(taken, x.Evidence, "relation", x.Type, x.From, x.To, x.About)
}

func (w *reporter) eventKey(taken map[string]int, x nlp.Event) string {
	return w.key(taken, x.Evidence, "event", x.Type, slices.Concat(x.Actors, []int{-1}, x.Recipients)...)
}

// key tells a report from the others of its document by what it says and in
// which sentences, so that it is found again in another reading of the text.
func (w *reporter) key(taken map[string]int, evidence []nlp.Span, kind, said string, ends ...int) string {
	parts := []string{kind, said}
	for _, e := range ends {
		name := ""
		if w.known(e) {
			name = slug(w.doc.Entities[e].Name)
		}
		parts = append(parts, name)
	}
	for _, s := range evidence {
		parts = append(parts, w.doc.Text[s.Start:s.End])
	}
	key := shortHash(parts)
	if taken[key]++; taken[key] > 1 {
		key += "-" + strconv.Itoa(taken[key])
	}
	return key
}
