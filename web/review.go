package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
)

// questions remembers what the review asks of a state of the graph: finding
// duplicates looks at every name.
type questions struct {
	mu   sync.Mutex
	of   int64 // quads of the graph that was looked at
	list []importers.Question
	have bool
}

// ask returns the questions about the graph as it is in the view.
func (q *questions) ask(ctx context.Context, view graph.View, below float64) ([]importers.Question, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n, _, err := view.Estimate(ctx, graph.Pattern{})
	if err != nil {
		return nil, err
	}
	if !q.have || q.of != n {
		list, err := importers.Review(ctx, view, importers.ReviewOptions{Below: below})
		if err != nil {
			return nil, err
		}
		q.list, q.of, q.have = list, n, true
	}
	return q.list, nil
}

// forget makes the next asking look again.
func (q *questions) forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.have = false
}

// known returns how many questions there are, where that is known without looking.
func (q *questions) known(ctx context.Context, view graph.View) (n int, ok bool, err error) {
	quads, _, err := view.Estimate(ctx, graph.Pattern{})
	if err != nil || !q.mu.TryLock() {
		return 0, false, err
	}
	defer q.mu.Unlock()
	return len(q.list), q.have && q.of == quads, nil
}

type reviewBody struct {
	At             *importers.Question
	Number, Total  int
	Previous, Next string
	Paragraph      *facts.Paragraph // where it stands
	Title          string           // of the document
	Queue          []queued
	Kinds          []tab
	Kind, Import   string
	Writes         bool
	Done           *importers.Judgement
	Undone         string
	Fields         []string
	Here           string // address to come back to
}

type queued struct {
	importers.Question
	Address string
	Current bool
}

// reviewPage asks one question at a time, ?at=, of those of a ?kind= and ?import=.
func (s *server) reviewPage(r *http.Request, view graph.View) (*reply, error) {
	all, err := s.doubts.ask(r.Context(), view, s.below())
	if err != nil {
		return nil, err
	}
	b := &reviewBody{Kind: r.FormValue("kind"), Import: r.FormValue("import"), Writes: s.jobs != nil, Undone: r.FormValue("undone")}
	counts := map[string]int{}
	var list []importers.Question
	for _, q := range all {
		counts[q.Kind]++
		if (b.Kind == "" || q.Kind == b.Kind) && (b.Import == "" || q.Import == b.Import) {
			list = append(list, q)
		}
	}
	b.Kinds = []tab{
		{"", "All", len(all)}, {importers.AskLink, "Names", counts[importers.AskLink]}, {importers.AskTitle, "Positions", counts[importers.AskTitle]},
		{importers.AskDuplicate, "Duplicates", counts[importers.AskDuplicate]}, {importers.AskFact, "Facts", counts[importers.AskFact]},
	}
	if b.Done, err = judgementWith(r, view, r.FormValue("done")); err != nil {
		return nil, err
	}
	if err := s.lookAt(r, view, b, list); err != nil {
		return nil, err
	}
	t := &table{head: []string{"id", "kind", "ask", "text", "sentence", "document", "confidence"}}
	for _, q := range list {
		t.rows = append(t.rows, []string{q.ID, q.Kind, q.Ask, q.Text, q.Sentence, q.Document, strconv.FormatFloat(q.Confidence, 'f', -1, 64)})
	}
	return &reply{template: "review.html", title: "Review", wide: true, body: b, data: list, table: t}, nil
}

func (s *server) below() float64 {
	if s.Loading == nil {
		return 0
	}
	return s.Loading.Options.ReviewBelow
}

// queueRows is how many questions are listed beside the one that is asked.
const queueRows = 30

// lookAt fills in the question that is asked, and those around it.
func (s *server) lookAt(r *http.Request, view graph.View, b *reviewBody, list []importers.Question) error {
	b.Total = len(list)
	if len(list) == 0 {
		return nil
	}
	at := max(0, slices.IndexFunc(list, func(q importers.Question) bool { return q.ID == r.FormValue("at") }))
	to := func(i int) string {
		q := url.Values{"at": {list[i].ID}}
		for name, value := range map[string]string{"kind": b.Kind, "import": b.Import} {
			if value != "" {
				q.Set(name, value)
			}
		}
		return "/review?" + q.Encode()
	}
	b.At, b.Number = &list[at], at+1
	b.Here = to(at)
	if at > 0 {
		b.Previous = to(at - 1)
	}
	if at+1 < len(list) {
		b.Next = to(at + 1)
	}
	from := max(0, min(at-queueRows/3, len(list)-queueRows))
	for i := from; i < min(from+queueRows, len(list)); i++ {
		b.Queue = append(b.Queue, queued{list[i], to(i), i == at})
	}
	if b.At.Kind == importers.AskFact || b.At.Kind == importers.AskTitle {
		b.Fields = correctable()
	}
	if b.At.Document == "" {
		return nil
	}
	marked, err := facts.ReadMarked(r.Context(), view, s.Model, b.At.Document)
	if err != nil || marked == nil {
		return err
	}
	b.Title = marked.Name()
	for i, p := range marked.Paragraphs {
		if paragraphHas(p, b.At.Sentence) {
			b.Paragraph = &marked.Paragraphs[i]
			return nil
		}
	}
	return nil
}

// correctable lists what a correction may set, the commonest first.
func correctable() []string {
	return []string{"date", "from", "until", "type", "title", "actor", "recipient", "holder", "onBehalfOf", "accreditedTo", "subject", "object", "about", "place"}
}

func paragraphHas(p facts.Paragraph, sentence string) bool {
	return slices.ContainsFunc(p.Pieces, func(piece facts.MarkedPiece) bool {
		text := ""
		for _, run := range piece.Runs {
			text += run.Text
		}
		return piece.Sentence && text == sentence
	})
}

// answerQuestion makes the judgement of the ?choice= of a question.
func (s *server) answerQuestion(w http.ResponseWriter, r *http.Request) {
	view, err := s.Store.View()
	if err != nil {
		s.fail(w, err)
		return
	}
	list, err := s.doubts.ask(r.Context(), view, s.below())
	if closing := view.Close(); err == nil {
		err = closing
	}
	if err != nil {
		s.fail(w, err)
		return
	}
	i := slices.IndexFunc(list, func(q importers.Question) bool { return q.ID == r.PathValue("id") })
	n, wrong := strconv.Atoi(r.PostFormValue("choice"))
	if i < 0 {
		s.refuse(w, r, formOf(r), &pageError{http.StatusNotFound, "not found", "This question is not asked any more."})
		return
	}
	if wrong != nil || n < 0 || n >= len(list[i].Choices) {
		s.refuse(w, r, formOf(r), &pageError{http.StatusBadRequest, "bad parameter", fmt.Sprintf("There is no choice %q.", r.PostFormValue("choice"))})
		return
	}
	back := "/review"
	if next := r.PostFormValue("next"); next != "" {
		back = next
	}
	j := list[i].Choices[n].Judgement
	j.Reason = r.PostFormValue("reason")
	s.decide(w, r, j, back)
}

// judgementWith returns the judgement with an id, or nil.
func judgementWith(r *http.Request, view graph.View, id string) (*importers.Judgement, error) {
	if id == "" {
		return nil, nil
	}
	all, err := importers.Judgements(r.Context(), view)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(j importers.Judgement) bool { return j.ID == id })
	if i < 0 {
		return nil, nil
	}
	return &all[i], nil
}

func latestJudgements(r *http.Request, view graph.View) ([]importers.Judgement, error) {
	all, err := importers.Judgements(r.Context(), view)
	slices.Reverse(all)
	return all, err
}

// judgementsAbout lists the judgements that name a thing, the latest first.
func judgementsAbout(r *http.Request, view graph.View, iri string) ([]importers.Judgement, error) {
	all, err := latestJudgements(r, view)
	return slices.DeleteFunc(all, func(j importers.Judgement) bool { return j.Subject != iri && j.Object != iri }), err
}

// dated writes a time for data, "" for none.
func dated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
