package web

import (
	"net/http"
	"net/url"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
)

// How much the first page lists of each kind.
const homeRows = 8

// fewDocuments is up to how many documents the first page looks for what there
// is to review; with more it says so where that is known.
const fewDocuments = 100

type homeBody struct {
	Counts    []facts.ClassCount `json:"counts"`
	Documents []facts.Document   `json:"documents"`
	Events    []facts.Fact       `json:"events"`
	Spoken    []facts.Spoken     `json:"mostSpokenOf"`

	Questions []example `json:"questions"`
	Doubtful  int       `json:"toReview"`
	Looked    bool      `json:"-"` // else how much there is to review was not looked at

	Writes  bool     `json:"-"` // of the empty graph, which invites to load
	Samples int      `json:"-"`
	Form    loadForm `json:"-"`
}

// mostSpoken are the classes whose members the first page names.
func mostSpoken() []string { return []string{"State", "Organization"} }

// home shows how much there is, what came last, and what is spoken of most.
func (s *server) home(r *http.Request, view graph.View) (*reply, error) {
	ctx := r.Context()
	if q := r.FormValue("q"); q != "" {
		return &reply{to: "/search?" + url.Values{"q": {q}}.Encode()}, nil
	}
	b := homeBody{Writes: s.jobs != nil}
	if s.Loading != nil {
		b.Samples = len(s.Loading.Samples)
	}
	var err error
	if b.Counts, err = facts.Counts(ctx, view, s.Model); err != nil {
		return nil, err
	}
	some := facts.Window{Limit: homeRows}
	var documents int
	if b.Documents, documents, err = facts.LatestDocuments(ctx, view, some); err != nil {
		return nil, err
	}
	if b.Events, _, err = facts.LatestEvents(ctx, view, s.Model, some); err != nil {
		return nil, err
	}
	for _, class := range mostSpoken() {
		things, _, err := facts.ThingsOf(ctx, view, s.Model, class, some)
		if err != nil {
			return nil, err
		}
		b.Spoken = append(b.Spoken, things...)
	}
	if b.Questions, err = s.examples.ask(ctx, s, view); err != nil {
		return nil, err
	}
	if documents <= fewDocuments {
		asked, err := s.doubts.ask(ctx, view, s.below())
		if err != nil {
			return nil, err
		}
		b.Doubtful, b.Looked = len(asked), true
	} else if b.Doubtful, b.Looked, err = s.doubts.known(ctx, view); err != nil {
		return nil, err
	}
	return &reply{template: "home.html", title: s.Title, body: b, data: b, address: "/home"}, nil
}

type documentsBody struct {
	Documents []facts.Document
	Pager     *pager
}

// documents lists all documents, the latest published first.
func (s *server) documents(r *http.Request, view graph.View) (*reply, error) {
	w, err := windowOf(r)
	if err != nil {
		return nil, err
	}
	list, total, err := facts.LatestDocuments(r.Context(), view, w)
	if err != nil {
		return nil, err
	}
	return &reply{
		template: "documents.html", title: "Documents", body: documentsBody{list, pages(r, w, total)}, data: list, table: documentTable(list),
	}, nil
}

type thingsBody struct {
	Class  string
	Things []facts.Spoken
	Pager  *pager
}

// things lists the things of a class, those that most is said of first.
func (s *server) things(r *http.Request, view graph.View) (*reply, error) {
	class := s.Model.Class(r.PathValue("id"))
	if class == nil {
		return nil, missing("There is no class " + r.PathValue("id") + ".")
	}
	w, err := windowOf(r)
	if err != nil {
		return nil, err
	}
	list, total, err := facts.ThingsOf(r.Context(), view, s.Model, class.ID, w)
	if err != nil {
		return nil, err
	}
	return &reply{
		template: "things.html", title: upperFirst(class.Plural), body: thingsBody{class.ID, list, pages(r, w, total)},
		data: list, table: spokenTable(list),
	}, nil
}

// windowOf reads ?skip= of a list that is shown by pages.
func windowOf(r *http.Request) (facts.Window, error) {
	skip, err := numberOf(r, "skip")
	return facts.Window{Skip: skip, Limit: listRows}, err
}

const listRows = 100 // of a page that is one list
