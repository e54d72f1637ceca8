package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/ententegraph/entente/queries"
)

const maxQuery = 1 << 20 // bytes of a query's text

// gizmo runs the query in the body of the request. ?timeout= lowers the limit
// of time. Errors are RFC 9457 problems with line and column.
func (s *server) gizmo(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuery))
	if err != nil {
		problem(w, bodyStatus(err), "query not read", err.Error())
		return
	}
	limits, err := s.limitsOf(r)
	if err != nil {
		problem(w, http.StatusBadRequest, "bad parameter", err.Error())
		return
	}
	result, err := s.Engine.Run(r.Context(), queries.Request{Language: "gizmo", Text: string(text), Limits: limits})
	if err != nil {
		s.queryProblem(w, err, result)
		return
	}
	s.writeResult(w, result)
}

// limitsOf reads ?timeout=, which may shorten the server's own limit and not lengthen it.
func (s *server) limitsOf(r *http.Request) (queries.Limits, error) {
	text := r.URL.Query().Get("timeout")
	if text == "" {
		return queries.Limits{}, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return queries.Limits{}, fmt.Errorf("timeout=%s: a duration such as 5s is needed", text)
	}
	most := s.Engine.Limits.Timeout
	if most <= 0 {
		most = queries.DefaultTimeout
	}
	return queries.Limits{Timeout: min(d, most)}, nil
}

// queryProblem answers with what went wrong, where, and how far the query came.
func (s *server) queryProblem(w http.ResponseWriter, err error, partial *queries.Result) {
	detail := struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
		Line   int    `json:"line,omitempty"`
		Column int    `json:"column,omitempty"`
		Found  int64  `json:"found"` // rows until then
	}{Title: "query failed", Status: queryStatus(err), Detail: err.Error()}
	if q, ok := errors.AsType[*queries.Error](err); ok {
		detail.Title, detail.Detail, detail.Line, detail.Column = "query failed: "+string(q.Kind), q.Message, q.Line, q.Column
	}
	if partial != nil {
		detail.Found = partial.Total
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(detail.Status)
	_ = json.NewEncoder(w).Encode(detail) // a client that left needs no answer
}

// queryStatus is the status of a query's failure: 400 when its text is at
// fault, 503 when a limit stopped it, 500 when the store failed.
func queryStatus(err error) int {
	q, ok := errors.AsType[*queries.Error](err)
	if !ok {
		return http.StatusInternalServerError
	}
	switch q.Kind {
	case queries.KindTime, queries.KindMemory, queries.KindCancelled:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

func bodyStatus(err error) int {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// cayleyQuery answers as Cayley's /api/v2/query does, {"result": …} or
// {"error": …}, but with the status that fits. GET takes the text in ?qu=, POST in its body.
func (s *server) cayleyQuery(w http.ResponseWriter, r *http.Request) {
	fail := func(status int, message string) { s.writeJSON(w, status, map[string]string{"error": message}) }
	language := r.URL.Query().Get("lang")
	if language == "" {
		fail(http.StatusBadRequest, "query language not specified; add ?lang=gizmo")
		return
	}
	text := r.URL.Query().Get("qu")
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuery))
		if err != nil {
			fail(bodyStatus(err), err.Error())
			return
		}
		text = string(body)
	}
	if text == "" {
		fail(http.StatusBadRequest, "query is empty")
		return
	}
	limits, err := s.limitsOf(r)
	if err != nil {
		fail(http.StatusBadRequest, err.Error())
		return
	}
	result, err := s.Engine.Run(r.Context(), queries.Request{Language: language, Text: text, Limits: limits})
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			fail(queryStatus(err), err.Error())
		}
		return
	}
	s.writeResult(w, result)
}

func (s *server) writeResult(w http.ResponseWriter, result *queries.Result) {
	var body bytes.Buffer
	if err := result.WriteJSON(&body); err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body.Bytes())
}
