package importers

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
	"github.com/ententegraph/entente/schema"
)

// A Status says what became of a document.
type Status string

// What becomes of documents, and of files of quads.
const (
	New        Status = "new"
	Unchanged  Status = "unchanged"
	Replaced   Status = "replaced"
	Failed     Status = "failed"
	PassedOver Status = "passed over" // a file in a folder that no format reads
)

// An Outcome is what came of one document: what was read, resolved, dated and
// stored, what is new, and what a person should look at.
type Outcome struct {
	Source   string    `json:"source"`
	Document string    `json:"document,omitempty"` // IRI
	Title    string    `json:"title,omitempty"`
	Status   Status    `json:"status"`
	Reason   string    `json:"reason,omitempty"` // why it is unchanged or failed
	Err      error     `json:"-"`                // of Failed and PassedOver
	Import   string    `json:"import,omitempty"` // "" when nothing was stored
	Recorded time.Time `json:"recorded,omitzero"`

	Bytes      int    `json:"bytes,omitempty"`
	Language   string `json:"language,omitempty"`
	Paragraphs int    `json:"paragraphs,omitempty"`
	Sentences  int    `json:"sentences,omitempty"`

	Known     int `json:"known,omitempty"`     // things that other documents spoke of before
	Fresh     int `json:"new,omitempty"`       // things that none did
	Ambiguous int `json:"ambiguous,omitempty"` // names and positions of which it is doubtful whom they mean

	Stated   int `json:"stated,omitempty"`   // statements that became facts
	Reported int `json:"reported,omitempty"` // statements that are kept as reports only
	Inferred int `json:"inferred,omitempty"` // relations that follow from events

	Dates   Dates         `json:"dates,omitzero"`
	Quads   int           `json:"quads"`             // that were added
	Removed int           `json:"removed,omitempty"` // that went with a former version
	Took    time.Duration `json:"took"`
	Stored  time.Duration `json:"stored,omitempty"` // the part of it after reading: resolving, concluding, keeping

	NewThings []NewThing `json:"newThings,omitempty"`
	Review    []Doubt    `json:"review,omitempty"`
	Skipped   []string   `json:"skipped,omitempty"` // lines of a file of quads that are wrong

	Doc *nlp.Doc `json:"-"` // the reading; nil where there was none
}

// Dates counts how the dates in a document were understood.
type Dates struct {
	Total    int        `json:"total"`
	Years    []string   `json:"years,omitempty"`    // known to the year only
	Yearless int        `json:"yearless,omitempty"` // without a year in the text: read against the date of publication
	Relative []Relative `json:"relative,omitempty"`
	Unknown  int        `json:"unknown,omitempty"` // that could not be resolved
}

// Relative is a time expression that counts from another date.
type Relative struct {
	Text string `json:"text"`
	Date string `json:"date"`
}

// NewThing is a thing that no document spoke of before.
type NewThing struct {
	IRI       string   `json:"iri"`
	Name      string   `json:"name"`
	Class     string   `json:"class"`
	Positions []string `json:"positions,omitempty"` // "Foreign Minister of Armenia"
	Also      []string `json:"also,omitempty"`      // other names in the document
}

// Doubt is a reading that a person should look at.
type Doubt struct {
	Kind       string  `json:"kind"` // AskLink, AskTitle or AskFact
	Text       string  `json:"text"`
	Sentence   int     `json:"sentence"` // from 1
	Reading    string  `json:"reading"`  // the name of what it is taken for, or what a report says
	Thing      string  `json:"thing"`    // IRI of the thing, or of the report
	Confidence float64 `json:"confidence"`
	Note       string  `json:"note,omitempty"`
}

// defaultReview is the confidence under which readings are named when nothing else is said.
const defaultReview = 0.8

func (o *Outcome) unchanged(v Version) {
	o.Status, o.Document, o.Title = Unchanged, v.IRI, v.Document.Title
	o.Import, o.Recorded = v.Import, v.Recorded
	o.Reason = sameContentReason(v.Import, v.Recorded)
	if v.Document.Source != o.Source {
		o.Reason += ", from " + v.Document.Source
	}
}

func sameContentReason(id string, at time.Time) string {
	return fmt.Sprintf("already loaded as %s on %s (same content)", id, at.Format(time.DateOnly))
}

// read fills in what was read in a document.
func (o *Outcome) read(model *schema.Model, d *nlp.Doc, s *storedDocument, fresh map[string]bool, opt Options) {
	o.Document, o.Title, o.Doc = s.IRI, s.Document.Title, d
	o.Bytes, o.Language, o.Sentences = len(d.Text), s.Document.Language, len(d.Sentences)
	for p := range strings.SplitSeq(d.Text, "\n") {
		if strings.TrimSpace(p) != "" {
			o.Paragraphs++
		}
	}
	o.things(s, fresh)
	o.statements(model, s)
	o.dates(d)
	o.doubts(d, s, cmp.Or(opt.ReviewBelow, defaultReview))
}

func (o *Outcome) things(s *storedDocument, fresh map[string]bool) {
	seen := map[string]int{}
	for i, e := range s.Reports.Entities {
		iri := s.Things[i]
		at, again := seen[iri]
		if !again {
			seen[iri] = -1
			if !fresh[iri] {
				o.Known++
				continue
			}
			o.Fresh++
			if !e.Named {
				continue // nobody would know it by name
			}
			at = len(o.NewThings)
			seen[iri] = at
			o.NewThings = append(o.NewThings, NewThing{IRI: iri, Name: e.Name, Class: e.Class})
		}
		if at < 0 {
			continue
		}
		t := &o.NewThings[at]
		for _, n := range e.Names {
			if n != t.Name && !slices.Contains(t.Also, n) {
				t.Also = append(t.Also, n)
			}
		}
	}
	for _, t := range s.Reports.Tenures {
		i := seen[s.Things[t.Holder]]
		if i < 0 {
			continue
		}
		if t.Doubtful {
			continue
		}
		position := t.Title
		if t.Former {
			position = "former " + position
		}
		if t.Of >= 0 {
			position += " of " + s.Reports.Entities[t.Of].Name
		}
		if t.AccreditedTo >= 0 {
			position += " to " + s.Reports.Entities[t.AccreditedTo].Name
		}
		if !slices.Contains(o.NewThings[i].Positions, position) {
			o.NewThings[i].Positions = append(o.NewThings[i].Positions, position)
		}
	}
}

func (o *Outcome) statements(model *schema.Model, s *storedDocument) {
	count := func(fact bool) {
		if fact {
			o.Stated++
		} else {
			o.Reported++
		}
	}
	for _, t := range s.Reports.Tenures {
		count(!t.Doubtful)
	}
	said := map[string]bool{}
	for _, r := range s.Reports.Relations {
		fact := r.Voice && r.Realis && !r.Negative
		count(fact)
		if fact {
			said[r.Type+" "+pairUnit(s.Things[r.From], s.Things[r.To])] = true
		}
	}
	for _, v := range s.Reports.Events {
		count(v.Fact)
	}
	for unit, c := range contributions(model, s.Reports, s.Things) {
		pair, ok := strings.CutPrefix(unit, "between:")
		if !ok {
			continue
		}
		for _, v := range c.Relations {
			if key := v.Type + " between:" + pair; v.Event && !v.Ends && !said[key] {
				said[key] = true
				o.Inferred++
			}
		}
	}
}

func (o *Outcome) dates(d *nlp.Doc) {
	for _, t := range d.Times {
		e := t.Expression
		if e.Kind != timex.KindDate && e.Kind != timex.KindRange {
			continue
		}
		o.Dates.Total++
		date, precision := t.Single()
		text := d.Text[t.Span.Start:t.Span.End]
		switch {
		case !t.Known():
			o.Dates.Unknown++
		case e.Anchor == timex.AnchorNone:
			if precision == timex.Year || date.Month == 0 {
				o.Dates.Years = append(o.Dates.Years, date.String())
			}
		case e.Anchor == timex.AnchorPublished && namesDay(text):
			o.Dates.Yearless++
		default:
			o.Dates.Relative = append(o.Dates.Relative, Relative{text, date.String()})
		}
	}
}

// namesDay reports whether an expression has a number, as "August 31" and "31
// August" do, and "yesterday" and "last Friday" do not.
func namesDay(text string) bool { return strings.ContainsAny(text, "0123456789") }

// questionable reports whether a person can say more about a mention than its
// own text does: it is a slip or otherwise remarked on, or it is a name other
// than those of what it is taken for. Pronouns and descriptions are the reader's own business.
func questionable(d *nlp.Doc, m nlp.Mention) bool {
	if m.Note != "" {
		return true
	}
	if m.Kind == nlp.Nominal || m.Kind == nlp.Pronoun {
		return false
	}
	e := d.Entities[m.Entity]
	text := d.Text[m.Start:m.End]
	return !slices.ContainsFunc(append([]string{e.Name}, e.Aliases...), func(name string) bool { return strings.Contains(name, text) })
}

// doubts lists the readings under a confidence that a person should look at: names and
// positions first, then the facts, those that are least sure first.
func (o *Outcome) doubts(d *nlp.Doc, s *storedDocument, below float64) {
	for _, m := range d.Mentions {
		if m.Entity < 0 || m.Entity >= len(s.Things) || m.Confidence == 0 && m.Note == "" {
			continue
		}
		if m.Confidence >= below || m.Confidence == 0 || !questionable(d, m) {
			continue
		}
		o.Review = append(o.Review, Doubt{
			Kind: AskLink, Text: d.Text[m.Start:m.End], Sentence: m.Sentence + 1, Reading: d.Entities[m.Entity].Name,
			Thing: s.Things[m.Entity], Confidence: m.Confidence, Note: m.Note,
		})
	}
	for i, t := range d.Tenures {
		if t.Person < 0 || len(t.Evidence) == 0 || t.Fact() && (t.Confidence == 0 || t.Confidence >= below) {
			continue
		}
		doubt := Doubt{
			Kind: AskTitle, Text: t.Position + " " + d.Entities[t.Person].Name, Sentence: sentenceAt(d, t.Evidence[0]),
			Reading: s.Reports.told(reportIRI(s, "tenure", i), s.Reports.Entities), Thing: s.Things[t.Person], Confidence: t.Confidence,
		}
		if !t.Fact() {
			if t.Of < 0 {
				continue
			}
			doubt.Reading, doubt.Note = t.Position+" of "+d.Entities[t.Of].Name, "the text does not say of whom; kept as a report, not as a fact"
		}
		o.Review = append(o.Review, doubt)
	}
	o.Ambiguous = len(o.Review)
	fact := func(kind string, i int, x nlp.Statement, trigger nlp.Span) {
		if !x.Fact() || x.Confidence == 0 || x.Confidence >= below || len(x.Evidence) == 0 {
			return
		}
		iri := reportIRI(s, kind, i)
		if told := s.Reports.told(iri, s.Reports.Entities); told != "" {
			o.Review = append(o.Review, Doubt{
				Kind: AskFact, Text: d.Text[trigger.Start:trigger.End], Sentence: sentenceAt(d, x.Evidence[0]),
				Reading: told, Thing: iri, Confidence: x.Confidence,
			})
		}
	}
	for i, x := range d.Relations {
		fact("relation", i, x.Statement, x.Trigger)
	}
	for i, x := range d.Events {
		fact("event", i, x.Statement, x.Trigger)
	}
	facts := o.Review[o.Ambiguous:]
	slices.SortStableFunc(facts, func(a, b Doubt) int { return cmp.Compare(a.Confidence, b.Confidence) })
}

// reportIRI names the report node of the document's reading number i, as the reporter does.
func reportIRI(s *storedDocument, kind string, i int) string {
	return s.IRI + "#" + kind + "-" + strconv.Itoa(i+1)
}

// sentenceAt gives the number, from 1, of the sentence in which a span begins.
func sentenceAt(d *nlp.Doc, span nlp.Span) int {
	i := sort.Search(len(d.Sentences), func(i int) bool { return span.Start < d.Sentences[i].End })
	return i + 1
}
