package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// judges adds the addresses by which people decide what the reading is unsure of.
func (s *server) judges(mux *http.ServeMux) {
	s.both(mux, "/review", s.reviewPage)
	mux.HandleFunc("POST /review/{id}", s.writing(s.answerQuestion))
	s.both(mux, "/judgements", s.judgementsPage)
	mux.HandleFunc("POST /judgements", s.writing(s.judge))
	mux.HandleFunc("POST /judgements/{id}/undo", s.writing(s.unjudge))
}

// judge makes the judgement that a form describes: verdict, subject, object (an
// id, or a name that means one thing), reason, and for a correction field and value.
func (s *server) judge(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxQuery)
	if err := r.ParseForm(); err != nil {
		problem(w, bodyStatus(err), "not read", err.Error())
		return
	}
	j := importers.Judgement{
		Verdict: importers.Verdict(r.PostFormValue("verdict")), Subject: schema.Expand(strings.TrimSpace(r.PostFormValue("subject"))),
		Text: strings.TrimSpace(r.PostFormValue("text")), Reason: strings.TrimSpace(r.PostFormValue("reason")),
	}
	var err error
	if object := strings.TrimSpace(r.PostFormValue("object")); object != "" {
		j.Object, err = s.named(r, object)
	}
	if field := r.PostFormValue("field"); field != "" && err == nil {
		value := strings.TrimSpace(r.PostFormValue("value"))
		if thingFields[field] {
			value, err = s.named(r, value)
		}
		j.Set = map[string]string{field: value}
	}
	if err != nil {
		s.refuse(w, r, formOf(r), asPageError(err))
		return
	}
	s.decide(w, r, j, r.PostFormValue("back"))
}

// thingFields are what a correction sets to a thing.
var thingFields = map[string]bool{
	"subject": true, "object": true, "about": true, "actor": true, "recipient": true,
	"holder": true, "onBehalfOf": true, "accreditedTo": true, "place": true,
}

// named finds the one thing that a text names.
func (s *server) named(r *http.Request, text string) (iri string, err error) {
	view, err := s.Store.View()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	found, err := facts.Find(r.Context(), view, text)
	if err != nil {
		return "", err
	}
	switch len(found) {
	case 0:
		return "", refused(fmt.Sprintf("Nothing in the graph is named “%s”.", text))
	case 1:
		return found[0].IRI, nil
	}
	var ids []string
	for _, t := range found {
		ids = append(ids, schema.Compact(t.IRI))
	}
	return "", refused(fmt.Sprintf("“%s” names %d things: %s. Use the id.", text, len(found), strings.Join(ids, ", ")))
}

// decide makes a judgement and goes back to where it was made.
func (s *server) decide(w http.ResponseWriter, r *http.Request, j importers.Judgement, back string) {
	j.Author = s.Loading.Importer.By
	made, err := s.Loading.Importer.Judge(r.Context(), j)
	s.doubts.forget()
	s.decided(w, r, made, err, back, "done")
}

// decided answers with a judgement that was made or undone.
func (s *server) decided(w http.ResponseWriter, r *http.Request, j importers.Judgement, err error, back, did string) {
	_, invalid := errors.AsType[*importers.InvalidError](err)
	switch {
	case invalid:
		s.refuse(w, r, formOf(r), &pageError{http.StatusConflict, "not decided", err.Error() + "."})
	case errors.Is(err, importers.ErrUnknown):
		s.refuse(w, r, formOf(r), &pageError{http.StatusNotFound, "not found", err.Error() + "."})
	case err != nil:
		s.fail(w, err)
	case formOf(r) == "json":
		s.writeJSON(w, http.StatusOK, j)
	default:
		http.Redirect(w, r, ownAddress(back, did, j.ID), http.StatusSeeOther)
	}
}

// ownAddress is an address of this site with a parameter; what leads elsewhere becomes the list of judgements.
func ownAddress(back, name, value string) string {
	u, err := url.Parse(back)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		u = &url.URL{Path: "/judgements"}
	}
	q := u.Query()
	q.Del("done")
	q.Del("undone")
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func (s *server) unjudge(w http.ResponseWriter, r *http.Request) {
	j, err := s.Loading.Importer.Unjudge(r.Context(), r.PathValue("id"), s.Loading.Importer.By)
	s.doubts.forget()
	s.decided(w, r, j, err, r.FormValue("back"), "undone")
}

type judgementsBody struct {
	Judgements []importers.Judgement
	Writes     bool
	Done       string
	Undone     string
	Pager      *pager
}

// judgementsPage lists what people decided, the latest first.
func (s *server) judgementsPage(r *http.Request, view graph.View) (*reply, error) {
	w, err := windowOf(r)
	if err != nil {
		return nil, err
	}
	all, err := latestJudgements(r, view)
	if err != nil {
		return nil, err
	}
	from := min(w.Skip, len(all))
	list := all[from:min(from+w.Limit, len(all))]
	t := &table{head: []string{"id", "verdict", "what", "author", "recorded", "reason", "undone"}}
	for _, j := range list {
		t.rows = append(t.rows, []string{j.ID, string(j.Verdict), j.String(), j.Author, dated(j.Recorded), j.Reason, dated(j.Undone)})
	}
	b := judgementsBody{list, s.jobs != nil, r.FormValue("done"), r.FormValue("undone"), pages(r, w, len(all))}
	return &reply{template: "judgements.html", title: "Judgements", body: b, data: list, table: t}, nil
}
