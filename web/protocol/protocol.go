// Package protocol serves a store over HTTP as the recommendations have it: the
// SPARQL 1.1 Protocol, the Graph Store HTTP Protocol and the Service Description.
//
//	h := protocol.New(protocol.Options{Store: store, Timeout: 30 * time.Second})
//	mux.Handle("/sparql", h.SPARQL())
//	mux.Handle("/graphs", h.Graphs("/graphs"))
//	mux.Handle("/graphs/", h.Graphs("/graphs"))
package protocol

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/sparql/engine"
	"github.com/ententegraph/entente/queries/sparql/syntax"
)

// Options say what is served and within which limits.
type Options struct {
	Store    graph.Store
	Prefixes map[string]string // that queries need not declare

	Timeout time.Duration // of a query; a request may ask for less
	Memory  int64         // bytes that a query may hold
	MaxBody int64         // bytes that a request may have

	// UnionDefault makes the default graph the merge of all graphs where a request does not say otherwise.
	UnionDefault bool
	// Update applies updates, each request as one change; nil refuses all that writes.
	Update func(ctx context.Context, u *syntax.Update) error
	// Service evaluates SERVICE; nil refuses it.
	Service engine.ServiceFunc

	Origins []string // other sites whose pages may ask: "https://example.org", or "*" for all
	Log     *slog.Logger
}

// A Handler serves a store.
type Handler struct {
	Options
	writing sync.Mutex // held by Graph Store writes that depend on what is there
}

// New returns a handler. It is safe for concurrent use.
func New(o Options) *Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Handler{Options: o}
}

// SPARQL returns the endpoint of queries, updates and the service description.
func (h *Handler) SPARQL() http.Handler {
	return h.shared(http.HandlerFunc(h.sparql), http.MethodGet, http.MethodHead, http.MethodPost)
}

// Graphs returns the Graph Store endpoint at a path. IRIs below it name graphs,
// and ?graph=IRI and ?default do so as well.
func (h *Handler) Graphs(path string) http.Handler {
	return h.shared(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.graphStore(w, r, path) }),
		http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPost, http.MethodDelete)
}

// shared answers OPTIONS, refuses other methods, and lets the pages of Origins read the answers.
func (h *Handler) shared(next http.Handler, methods ...string) http.Handler {
	allow := strings.Join(append(methods, http.MethodOptions), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); origin != "" && (slices.Contains(h.Origins, origin) || slices.Contains(h.Origins, "*")) {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Expose-Headers", "Location, Content-Type")
			if r.Method == http.MethodOptions {
				header.Set("Access-Control-Allow-Methods", allow)
				header.Set("Access-Control-Allow-Headers", "Accept, Content-Type")
			}
		}
		switch {
		case r.Method == http.MethodOptions:
			header.Set("Allow", allow)
			w.WriteHeader(http.StatusNoContent)
		case !slices.Contains(methods, r.Method):
			header.Set("Allow", allow)
			fail(w, http.StatusMethodNotAllowed, "method not allowed", "this takes "+allow)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// address is the IRI of the request's path, which relative IRIs are resolved against.
func address(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + r.URL.EscapedPath()
}
