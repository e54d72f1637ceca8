package protocol

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// A problem is an answer of RFC 9457.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Found  int64  `json:"found,omitempty"` // rows until then
}

func (p problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that left needs no answer
}

func fail(w http.ResponseWriter, status int, title, detail string) {
	problem{Title: title, Status: status, Detail: detail}.write(w)
}

// problemOf says what went wrong with a request that found so many rows.
func problemOf(err error, found int64, took time.Duration) problem {
	p := problem{Title: "query failed", Status: http.StatusInternalServerError, Detail: err.Error(), Found: found}
	var wrong *syntax.Error
	var wrongDocument *graph.SyntaxError
	var tooLarge *http.MaxBytesError
	var refused *refusal
	switch {
	case errors.As(err, &wrong):
		p.Title, p.Status = "not SPARQL", http.StatusBadRequest
		p.Detail, p.Line, p.Column = wrong.Error(), wrong.Pos.Line, wrong.Pos.Column
	case errors.As(err, &wrongDocument):
		p.Title, p.Status = "not the RDF that it says it is", http.StatusBadRequest
	case errors.As(err, &tooLarge):
		p.Title, p.Status = "too large", http.StatusRequestEntityTooLarge
		p.Detail = fmt.Sprintf("a request may have %d bytes", tooLarge.Limit)
	case errors.As(err, &refused):
		p.Title, p.Status = refused.title, refused.status
	case errors.Is(err, context.DeadlineExceeded):
		p.Title, p.Status = "out of time", http.StatusServiceUnavailable
		p.Detail = fmt.Sprintf("stopped after %s with %s found (incomplete). Narrow it, or give it more time with timeout=.",
			took.Round(time.Millisecond), rows(found))
	case errors.Is(err, sparql.ErrMemory):
		p.Title, p.Status = "out of memory", http.StatusServiceUnavailable
		p.Detail = fmt.Sprintf("%v, with %s found (incomplete). Narrow it, or ask for fewer rows.", err, rows(found))
	}
	return p
}

func rows(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.FormatInt(n, 10) + " rows"
}

// A refusal is a request that is turned down, with the status that says how.
type refusal struct {
	status        int
	title, detail string
}

func (r *refusal) Error() string { return r.detail }

func refuse(status int, title, format string, args ...any) error {
	return &refusal{status, title, fmt.Sprintf(format, args...)}
}

// A body is the body of an answer: its head is sent with its first bytes, so
// that what fails before them still gets the right status. It is packed where the client takes gzip.
type body struct {
	w         http.ResponseWriter
	r         *http.Request
	mediaType string
	zip       *gzip.Writer
	begun     bool
}

func (b *body) Write(data []byte) (int, error) {
	if !b.begun {
		b.begin()
	}
	if b.zip != nil {
		return b.zip.Write(data)
	}
	return b.w.Write(data)
}

func (b *body) begin() {
	b.begun = true
	h := b.w.Header()
	h.Set("Content-Type", withCharset(b.mediaType))
	h.Add("Vary", "Accept, Accept-Encoding")
	if takesGzip(b.r) {
		h.Set("Content-Encoding", "gzip")
		b.zip = gzip.NewWriter(b.w)
	}
	b.w.WriteHeader(http.StatusOK)
}

// end ends the body; an empty one is sent too.
func (b *body) end() error {
	if !b.begun {
		b.begin()
	}
	if b.zip != nil {
		return b.zip.Close()
	}
	return nil
}

// trailer is the HTTP trailer that names what cut an answer short.
const trailer = "Entente-Error"

// fail answers with a problem, or, once the answer has begun, leaves it unfinished and says why in a trailer.
func (b *body) fail(p problem) {
	if !b.begun {
		p.write(b.w)
		return
	}
	b.w.Header().Set(http.TrailerPrefix+trailer, strings.Join(strings.Fields(p.Detail), " "))
	if b.zip != nil {
		_ = b.zip.Close() // a client that left needs no answer
	}
}

func withCharset(mediaType string) string {
	if strings.HasPrefix(mediaType, "text/") {
		return mediaType + "; charset=utf-8"
	}
	return mediaType
}

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(part, ";")
		if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
			continue
		}
		return !slices.Contains([]string{"q=0", "q=0.0", "q=0.00", "q=0.000"}, strings.ReplaceAll(params, " ", ""))
	}
	return false
}
