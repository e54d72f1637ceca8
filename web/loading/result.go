package loading

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// A Result is what came of one document; of a rehearsal with what was read in it.
type Result struct {
	importers.Outcome
	Statements []Statement `json:"statements,omitempty"`
	Notes      []Note      `json:"notes,omitempty"`
}

// A Statement is one that would be stored, in a line.
type Statement struct {
	Text       string  `json:"text"`
	Date       string  `json:"date,omitempty"`
	Fact       bool    `json:"fact"`          // else it would be kept as a report
	Why        string  `json:"why,omitempty"` // of no fact: negative, claimed by …
	Sentence   string  `json:"sentence"`
	Confidence float64 `json:"confidence,omitempty"`
	start      int
}

// A Note says what was doubtful in the reading, or what yielded nothing, and why.
type Note struct {
	Words   string `json:"words"`
	Text    string `json:"text"`
	Refused bool   `json:"refused,omitempty"` // it looked like a statement, and yielded none
}

func resultOf(model *schema.Model, o importers.Outcome, rehearsal bool) Result {
	r := Result{Outcome: o}
	if d := o.Doc; d != nil && rehearsal {
		w := writer{d, model}
		for _, t := range d.Tenures {
			r.Statements = append(r.Statements, w.tenure(t))
		}
		for _, rel := range d.Relations {
			r.Statements = append(r.Statements, w.relation(rel))
		}
		for _, e := range d.Events {
			r.Statements = append(r.Statements, w.event(e))
		}
		slices.SortStableFunc(r.Statements, func(a, b Statement) int { return a.start - b.start })
		for _, n := range d.Notes {
			r.Notes = append(r.Notes, Note{d.Text[n.Start:n.End], n.Text, n.Refused})
		}
	}
	r.Doc = nil // it is large
	return r
}

// writer words what was read in a document.
type writer struct {
	doc   *nlp.Doc
	model *schema.Model
}

func (w writer) name(entity int) string {
	if entity < 0 || entity >= len(w.doc.Entities) {
		return ""
	}
	return w.doc.Entities[entity].Name
}

func (w writer) names(entities []int) []string {
	var out []string
	for _, e := range entities {
		out = append(out, w.name(e))
	}
	return out
}

// on gives the sentence of a statement, and where it begins.
func (w writer) on(s *Statement, evidence []nlp.Span) {
	if len(evidence) > 0 {
		s.Sentence, s.start = w.doc.Text[evidence[0].Start:evidence[0].End], evidence[0].Start
	}
}

func (w writer) tenure(t nlp.Tenure) Statement {
	s := Statement{Text: w.name(t.Person) + ", " + t.Position, Fact: t.Fact(), Confidence: t.Confidence, Date: span(t.From, t.Until)}
	if of := w.name(t.Of); of != "" {
		s.Text += " of " + of
	}
	if to := w.name(t.AccreditedTo); to != "" {
		s.Text += " to " + to
	}
	if t.Former {
		s.Text += " (former)"
	}
	if !s.Fact {
		s.Why = "of whom is a guess"
	}
	w.on(&s, t.Evidence)
	return s
}

func (w writer) relation(r nlp.Relation) Statement {
	label := r.Type
	if relation := w.model.Relation(r.Type); relation != nil {
		label = relation.Label
	}
	s := Statement{Text: strings.Join([]string{w.name(r.From), label, w.name(r.To)}, " "), Date: span(r.ValidFrom, r.Until)}
	if about := w.name(r.About); about != "" {
		s.Text += ", concerning " + about
	}
	w.status(&s, r.Statement)
	return s
}

func (w writer) event(e nlp.Event) Statement {
	who, object := w.names(e.Actors), ""
	var others []string
	for _, p := range e.Participants {
		switch {
		case p.Part == "object" || p.Part == "topic":
			object = w.name(p.Entity)
		case p.Entity >= 0:
			others = append(others, w.name(p.Entity))
		}
	}
	if len(who) == 0 {
		who = others
	}
	s := Statement{Text: e.Type, Date: e.Date.Date.String()}
	if t := w.model.Event(e.Type); t != nil {
		s.Text = t.Sentence(who, w.names(e.Recipients), object)
	}
	w.status(&s, e.Statement)
	return s
}

// status says whether a statement would be a fact, and if not, why.
func (w writer) status(s *Statement, st nlp.Statement) {
	s.Fact, s.Confidence = st.Fact(), st.Confidence
	if st.Polarity == "negative" {
		s.Text = "not: " + s.Text
	}
	w.on(s, st.Evidence)
	if s.Fact {
		return
	}
	var why []string
	if st.Polarity == "negative" {
		why = append(why, "negative")
	}
	if st.Modality != "realis" {
		why = append(why, st.Modality)
	}
	if st.Assertion != "asserted" && !slices.Contains(why, st.Assertion) {
		why = append(why, st.Assertion)
	}
	s.Why = strings.Join(why, ", ")
	if len(st.AttributedTo) > 0 {
		s.Why += " by " + schema.Names(w.names(st.AttributedTo))
	}
}

// span writes a time from and until.
func span(from, until timex.Value) string {
	switch {
	case from.Known() && until.Known():
		return from.Date.String() + " to " + until.Date.String()
	case from.Known():
		return "since " + from.Date.String()
	case until.Known():
		return "until " + until.Date.String()
	}
	return ""
}
