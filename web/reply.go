package web

import (
	"cmp"
	"encoding/csv"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A reply is what a page says, in every form that it can be asked for: as HTML
// from a template, as JSON, and as CSV where it is a table.
type reply struct {
	status   int // 0 for 200
	template string
	title    string
	wide     bool
	body     any // what the template shows
	data     any // what JSON says
	table    *table
	to       string // where HTML is sent instead
	address  string // to which the endings of data are put, where that is not the page's own
}

// A table has rows as long as its head.
type table struct {
	head []string
	rows [][]string
}

// A pageError is a request that cannot be answered, and why.
type pageError struct {
	status        int
	title, detail string
}

func (e *pageError) Error() string { return e.detail }

func missing(detail string) error {
	return &pageError{http.StatusNotFound, "not found", detail}
}

func refused(detail string) error {
	return &pageError{http.StatusBadRequest, "bad parameter", detail}
}

// forms lists the endings by which a page is asked for as data.
func forms() []string { return []string{"json", "csv"} }

// page makes a handler of what answers a request from a snapshot. An address
// that ends in .json or .csv, or an Accept header, asks for data.
func (s *server) page(answer func(*http.Request, graph.View) (*reply, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		form := formOf(r)
		s.view(w, func(view graph.View) error {
			a, err := answer(r, view)
			if wrong, ok := errors.AsType[*pageError](err); ok {
				s.refuse(w, r, form, wrong)
				return nil
			}
			if err != nil {
				return err
			}
			s.write(w, r, form, a)
			return nil
		})
	}
}

// both answers at a path and at the same with the endings of data.
func (s *server) both(mux *http.ServeMux, path string, answer func(*http.Request, graph.View) (*reply, error)) {
	h := s.page(answer)
	mux.HandleFunc("GET "+path, h)
	for _, form := range forms() {
		mux.HandleFunc("GET "+path+"."+form, h)
	}
}

// formOf tells how a page is asked for, "" for HTML, and takes the ending off
// the wildcard id of the path.
func formOf(r *http.Request) string {
	id := r.PathValue("id")
	for _, form := range forms() {
		if rest, ok := strings.CutSuffix(id, "."+form); ok {
			r.SetPathValue("id", rest)
			return form
		}
		if id == "" && strings.HasSuffix(r.URL.Path, "."+form) {
			return form
		}
	}
	for accepted := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		media, _, _ := strings.Cut(strings.TrimSpace(accepted), ";")
		switch media {
		case "text/html", "application/xhtml+xml", "*/*":
			return ""
		case "application/json":
			return "json"
		case "text/csv":
			return "csv"
		}
	}
	return ""
}

func (s *server) write(w http.ResponseWriter, r *http.Request, form string, a *reply) {
	w.Header().Set("Vary", "Accept")
	status := a.status
	if status == 0 {
		status = http.StatusOK
	}
	switch {
	case form == "json" && a.data != nil:
		s.writeJSON(w, status, a.data)
	case form == "csv" && a.table != nil:
		s.writeCSV(w, status, a.table)
	case form != "":
		problem(w, http.StatusNotAcceptable, "no such form", "this page cannot be had as "+strings.ToUpper(form))
	case a.to != "":
		http.Redirect(w, r, a.to, http.StatusSeeOther)
	default:
		p := s.framed(r, a.title, a.body)
		p.Wide = a.wide
		if a.data != nil {
			p.Data = append(p.Data, a.dataAt(r, "json"))
		}
		if a.table != nil {
			p.Data = append(p.Data, a.dataAt(r, "csv"))
		}
		s.render(w, status, a.template, p)
	}
}

// dataAt leads to the page in another form: at the same address with an ending.
func (a *reply) dataAt(r *http.Request, form string) link {
	u := url.URL{Path: cmp.Or(a.address, r.URL.Path) + "." + form, RawQuery: r.URL.RawQuery}
	return link{u.String(), strings.ToUpper(form)}
}

func (s *server) refuse(w http.ResponseWriter, r *http.Request, form string, e *pageError) {
	if form != "" {
		problem(w, e.status, e.title, e.detail)
		return
	}
	s.render(w, e.status, "missing.html", s.framed(r, e.title, e.detail))
}

// writeCSV writes a table as RFC 4180 has it.
func (s *server) writeCSV(w http.ResponseWriter, status int, t *table) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.WriteHeader(status)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range slices.Concat([][]string{t.head}, t.rows) {
		if out.Write(row) != nil {
			return // the client has left
		}
	}
	out.Flush()
}
