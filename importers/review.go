package importers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// The kinds of questions that the review asks.
const (
	AskLink      = "link"      // what is meant by a name
	AskTitle     = "title"     // whose a position is
	AskDuplicate = "duplicate" // whether two things are one
	AskFact      = "fact"      // whether a report was read right
)

// A Question is what a person should look at: a doubtful link, a position whose
// owner was guessed, a possible duplicate, or a fact of low confidence. It is
// asked until a judgement answers it.
type Question struct {
	ID         string   `json:"id"` // r-1a2b3c4d: the same as long as the question is
	Kind       string   `json:"kind"`
	Ask        string   `json:"ask"` // the question in words
	Text       string   `json:"text,omitempty"`
	Sentence   string   `json:"sentence,omitempty"`
	Document   string   `json:"document,omitempty"` // IRI
	Source     string   `json:"source,omitempty"`   // of the document: file or address
	Import     string   `json:"import,omitempty"`
	Place      string   `json:"place,omitempty"` // IRI of the mention or report
	Confidence float64  `json:"confidence"`      // of the reading; of a duplicate, that the two are one
	Note       string   `json:"note,omitempty"`
	Choices    []Choice `json:"choices"`
}

// A Choice is an answer: what it is, why it may be right, and the judgement that it makes.
type Choice struct {
	Label     string    `json:"label"`
	Thing     string    `json:"thing,omitempty"` // IRI
	Score     float64   `json:"score,omitempty"`
	Reasons   []Reason  `json:"reasons,omitempty"`
	Judgement Judgement `json:"judgement"` // without author
}

// A Reason speaks for a choice, or against it.
type Reason struct {
	For  bool   `json:"for"`
	Text string `json:"text"`
}

// ReviewOptions say what to ask; the zero value asks everything.
type ReviewOptions struct {
	Import string  // only about documents of this import
	Kind   string  // only questions of this kind
	Below  float64 // the confidence under which readings are doubtful; 0 for 0.8
	Limit  int     // of questions; 0 for no limit
}

// Review lists the questions, by kind, the least certain readings and the most
// likely duplicates first.
func Review(ctx context.Context, view graph.View, o ReviewOptions) ([]Question, error) {
	d := newDraft(ctx, view)
	rules, err := d.rules()
	if err != nil {
		return nil, err
	}
	r := &reviewing{d: d, o: o, rules: rules, below: cmp.Or(o.Below, defaultReview)}
	if r.cast, err = d.readCast(); err != nil {
		return nil, err
	}
	if err := r.doubts(); err != nil {
		return nil, err
	}
	if o.Import == "" && (o.Kind == "" || o.Kind == AskDuplicate) {
		r.duplicates()
	}
	order := []string{AskLink, AskTitle, AskDuplicate, AskFact}
	sure := func(q Question) float64 {
		if q.Kind == AskDuplicate {
			return -q.Confidence
		}
		return q.Confidence
	}
	slices.SortFunc(r.asked, func(a, b Question) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), cmp.Compare(sure(a), sure(b)), cmp.Compare(a.ID, b.ID))
	})
	if o.Limit > 0 && len(r.asked) > o.Limit {
		r.asked = r.asked[:o.Limit]
	}
	return r.asked, nil
}

type reviewing struct {
	d     *draft
	o     ReviewOptions
	rules *rulings
	below float64
	cast  *cast
	asked []Question
}

func questionID(parts ...string) string { return "r-" + shortHash(parts)[:8] }

// doubts asks about what the readings of documents are unsure of.
func (r *reviewing) doubts() error {
	for record, err := range r.d.view.Records(r.d.ctx, "doubt/") {
		if err != nil {
			return err
		}
		var doubts []doubt
		if err := json.Unmarshal(record.Value, &doubts); err != nil {
			return fmt.Errorf("importers: record %q: %w", record.Key, err)
		}
		if !slices.ContainsFunc(doubts, func(x doubt) bool { return x.Confidence < r.below }) {
			continue
		}
		s, err := r.d.document(strings.TrimPrefix(record.Key, "doubt/"))
		if err != nil {
			return err
		}
		if s == nil || r.o.Import != "" && s.Import != r.o.Import {
			continue
		}
		for _, x := range doubts {
			if x.Confidence >= r.below {
				continue
			}
			q := Question{
				Text: x.Text, Sentence: x.Sentence, Document: s.IRI, Source: s.Document.Source, Import: s.Import,
				Place: x.Place, Confidence: x.Confidence, Note: x.Note,
			}
			if x.Report == "" {
				r.askLink(q, s, x)
			} else {
				r.askReport(q, s, x)
			}
		}
	}
	return nil
}

func (r *reviewing) ask(q Question) {
	if r.o.Kind == "" || r.o.Kind == q.Kind {
		r.asked = append(r.asked, q)
	}
}

// askLink asks what is meant by a name.
func (r *reviewing) askLink(q Question, s *storedDocument, x doubt) {
	e := s.Reports.Entities[x.Entity]
	if r.rules.directing(e) != nil || slices.ContainsFunc(r.rules.parting(e), func(by *ruling) bool { return by.Text == x.Text }) {
		return
	}
	q.Kind, q.ID = AskLink, questionID(AskLink, e.IRI, x.Text)
	q.Ask = fmt.Sprintf("What is meant by “%s”?", x.Text)
	link := func(thing string) Judgement { return Judgement{Verdict: Link, Subject: x.Place, Object: thing} }
	reading := s.Things[x.Entity]
	q.Choices = append(q.Choices, Choice{
		Label: r.cast.label(reading, e.Name), Thing: reading, Score: x.Confidence,
		Reasons: append([]Reason{{true, "as it was read"}}, r.cast.reasons(reading, s)...), Judgement: link(reading),
	})
	for _, c := range r.cast.like(x.Text, kindOf(e.Class), s) {
		if c.thing != reading {
			q.Choices = append(q.Choices, Choice{
				Label: r.cast.label(c.thing, ""), Thing: c.thing, Score: c.score, Reasons: c.reasons, Judgement: link(c.thing),
			})
		}
	}
	q.Choices = append(q.Choices, Choice{Label: "another thing, of its own", Judgement: link("")})
	r.ask(q)
}

// askReport asks whether a report was read right.
func (r *reviewing) askReport(q Question, s *storedDocument, x doubt) {
	key := reportKey{docID(s.IRI), x.Report}
	if len(r.rules.reports[key]) > 0 {
		return
	}
	q.Kind, q.ID = AskFact, questionID(AskFact, key.Document, key.Key)
	told := s.Reports.told(x.Place, s.Reports.Entities)
	if strings.Contains(x.Place, "#tenure-") && x.Note != "" {
		q.Kind = AskTitle
	}
	q.Ask = "Is it so? " + told
	accept, reject := "read right", "read wrong: nothing follows from it"
	if q.Kind == AskTitle {
		accept = "read right: it becomes a fact"
	}
	q.Choices = []Choice{
		{Label: accept, Score: x.Confidence, Judgement: Judgement{Verdict: Accept, Subject: x.Place}},
		{Label: reject, Score: math.Round((1-x.Confidence)*1000) / 1000, Judgement: Judgement{Verdict: Reject, Subject: x.Place}},
	}
	r.ask(q)
}

// told says in words what the report with an IRI says.
func (r reports) told(iri string, entities []entityReport) string {
	name := func(i int) string {
		if i < 0 {
			return ""
		}
		return entities[i].Name
	}
	list := func(all []int) string {
		var names []string
		for _, i := range all {
			names = append(names, name(i))
		}
		return strings.Join(names, ", ")
	}
	for _, t := range r.Tenures {
		if t.IRI == iri {
			said := name(t.Holder) + ", " + t.Title
			if t.Of >= 0 {
				said += " of " + name(t.Of)
			}
			if t.AccreditedTo >= 0 {
				said += " to " + name(t.AccreditedTo)
			}
			return said
		}
	}
	for _, x := range r.Relations {
		if x.IRI == iri {
			return name(x.From) + " – " + strings.ReplaceAll(x.Type, "-", " ") + " – " + name(x.To)
		}
	}
	for _, x := range r.Events {
		if x.IRI == iri {
			said := strings.ReplaceAll(x.Type, "-", " ")
			if len(x.Actors) > 0 {
				said += ": " + list(x.Actors)
			}
			if len(x.Recipients) > 0 {
				said += " → " + list(x.Recipients)
			}
			if x.Date.Date != "" {
				said += ", " + x.Date.Date
			}
			return said
		}
	}
	return ""
}
