package web

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/ententegraph/entente/graph"
)

// problem answers with an RFC 9457 problem.
func problem(w http.ResponseWriter, status int, title, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	// A client that left needs no answer.
	_ = json.NewEncoder(w).Encode(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{title, status, detail})
}

func (s *server) writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// render writes a page, or nothing but an error when its template fails.
func (s *server) render(w http.ResponseWriter, status int, name string, data any) {
	var page bytes.Buffer
	if err := s.pages.ExecuteTemplate(&page, name, data); err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes())
}

// fail logs an error of our own and answers without its details.
func (s *server) fail(w http.ResponseWriter, err error) {
	s.Log.Error("failed", "error", err)
	problem(w, http.StatusInternalServerError, "internal error", err.Error())
}

// view opens a snapshot for one request and closes it afterwards.
func (s *server) view(w http.ResponseWriter, f func(graph.View) error) {
	view, err := s.Store.View()
	if err != nil {
		s.fail(w, err)
		return
	}
	defer func() {
		if err := view.Close(); err != nil {
			s.Log.Error("closing a view", "error", err)
		}
	}()
	if err := f(view); err != nil {
		s.fail(w, err)
	}
}

func (s *server) health(w http.ResponseWriter, _ *http.Request) {
	s.writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// ready answers 200 when the store gives a view.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) {
	view, err := s.Store.View()
	if err == nil {
		err = view.Close()
	}
	if err != nil {
		problem(w, http.StatusServiceUnavailable, "not ready", err.Error())
		return
	}
	s.writeJSON(w, http.StatusOK, map[string]string{"status": "ready"})
}
