package protocol

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/iri"
	"github.com/ententegraph/entente/graph/overlay"
	"github.com/ententegraph/entente/graph/rdf"
)

// graphStore serves the Graph Store HTTP Protocol.
func (h *Handler) graphStore(w http.ResponseWriter, r *http.Request, root string) {
	out := &body{w: w, r: r}
	ctx, cancel := context.WithTimeout(r.Context(), h.Timeout)
	defer cancel()
	start := time.Now()
	err := h.serveGraph(ctx, w, r, root, out)
	if err == nil || r.Context().Err() != nil {
		return
	}
	p := problemOf(err, 0, time.Since(start))
	if p.Status == http.StatusInternalServerError {
		p.Title = "graph store failed"
		h.Log.Error("graph store failed", "error", err)
	}
	out.fail(p)
}

func (h *Handler) serveGraph(ctx context.Context, w http.ResponseWriter, r *http.Request, root string, out *body) error {
	name, store, err := graphNamed(r, root)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		if store {
			return refuse(http.StatusBadRequest, "which graph?", "say ?default or ?graph=IRI")
		}
		return h.getGraph(ctx, r, name, out)
	}
	if h.Update == nil {
		return refuseWriting()
	}
	h.writing.Lock()
	defer h.writing.Unlock()
	if r.Method == http.MethodDelete {
		if store {
			return refuse(http.StatusBadRequest, "which graph?", "say ?default or ?graph=IRI")
		}
		return h.deleteGraph(ctx, w, name)
	}
	if store {
		if r.Method == http.MethodPut {
			return refuse(http.StatusBadRequest, "which graph?", "say ?default or ?graph=IRI")
		}
		name = graph.IRI(strings.TrimSuffix(address(r), "/") + "/" + strings.ToLower(rand.Text()))
	}
	quads, err := h.readBody(ctx, w, r, name)
	if err != nil {
		return err
	}
	existed, err := h.writeQuads(ctx, name, quads, r.Method == http.MethodPut)
	switch {
	case err != nil:
		return err
	case existed:
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Location", name.Value)
		w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// graphNamed gives the graph that a request is about, the zero Term for the
// default graph; store says that it is about the store as a whole.
func graphNamed(r *http.Request, root string) (name graph.Term, store bool, err error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return graph.Term{}, false, refuse(http.StatusBadRequest, "bad parameters", "the address has parameters that cannot be read: %v", err)
	}
	switch {
	case params.Has("default") && params.Has("graph"):
		return graph.Term{}, false, refuse(http.StatusBadRequest, "two graphs", "say ?default or ?graph=IRI, not both")
	case params.Has("default"):
		return graph.Term{}, false, nil
	case params.Has("graph"):
		text, err := one(params, "graph")
		if err != nil {
			return graph.Term{}, false, err
		}
		full, err := iri.Resolve(address(r), text)
		if err != nil {
			return graph.Term{}, false, refuse(http.StatusBadRequest, "no IRI", "graph=%s: %v", text, err)
		}
		return graph.IRI(full), false, nil
	case strings.TrimSuffix(r.URL.Path, "/") == root:
		return graph.Term{}, true, nil
	}
	return graph.IRI(address(r)), false, nil
}

// exists reports whether a graph is in the store; the default graph always is.
func exists(ctx context.Context, d graph.Dataset, name graph.Term) (bool, error) {
	return overlay.New(d).HasGraph(ctx, name)
}

func notThere(name graph.Term) error {
	return refuse(http.StatusNotFound, "no such graph", "the store has no graph <%s>", name.Value)
}

func (h *Handler) getGraph(ctx context.Context, r *http.Request, name graph.Term, out *body) error {
	format, err := graphFormat(r, r.URL.Query())
	if err != nil {
		return err
	}
	view, err := h.Store.View()
	if err != nil {
		return err
	}
	defer view.Close()
	switch ok, err := exists(ctx, view, name); {
	case err != nil:
		return err
	case !ok:
		return notThere(name)
	}
	out.mediaType = format.Media[0]
	if err := rdf.Write(out, format, triplesOf(ctx, view, name), h.Prefixes); err != nil {
		return err
	}
	return out.end()
}

// triplesOf yields the triples of a graph, in the default graph.
func triplesOf(ctx context.Context, d graph.Dataset, name graph.Term) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		id, ok, err := d.ID(ctx, name)
		if err != nil {
			yield(graph.Quad{}, err)
			return
		}
		if !ok {
			return
		}
		for q, err := range graph.Quads(ctx, d, graph.Pattern{Graph: id}) {
			q.Graph = graph.Term{}
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
}

func (h *Handler) deleteGraph(ctx context.Context, w http.ResponseWriter, name graph.Term) error {
	existed, err := h.replaceGraph(ctx, name, graph.Change{})
	if err != nil {
		return err
	}
	if !existed {
		return notThere(name)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// writeQuads puts quads into a graph, in place of what is there or beside it,
// and reports whether the graph was there before.
func (h *Handler) writeQuads(ctx context.Context, name graph.Term, quads []graph.Quad, replace bool) (existed bool, err error) {
	c := graph.Change{Add: quads}
	if !name.IsZero() {
		c.CreateGraphs = []graph.Term{name}
	}
	if replace {
		return h.replaceGraph(ctx, name, c)
	}
	view, err := h.Store.View()
	if err != nil {
		return false, err
	}
	existed, err = exists(ctx, view, name)
	if err := errors.Join(err, view.Close()); err != nil {
		return false, err
	}
	_, err = h.Store.Apply(ctx, c)
	return existed, err
}

// replaceGraph empties a graph and makes a change, as one.
func (h *Handler) replaceGraph(ctx context.Context, name graph.Term, c graph.Change) (existed bool, err error) {
	view, err := h.Store.View()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	if existed, err = exists(ctx, view, name); err != nil {
		return false, err
	}
	if !name.IsZero() {
		c.DropGraphs = []graph.Term{name}
	} else {
		for q, err := range triplesOf(ctx, view, name) {
			if err != nil {
				return false, err
			}
			c.Remove = append(c.Remove, q)
		}
	}
	if !existed && len(c.Add)+len(c.CreateGraphs) == 0 {
		return false, nil
	}
	_, err = h.Store.Apply(ctx, c)
	return existed, err
}

// readBody reads the RDF of a request into a graph; of a form with several parts, all of them.
func (h *Handler) readBody(ctx context.Context, w http.ResponseWriter, r *http.Request, name graph.Term) ([]graph.Quad, error) {
	content := r.Header.Get("Content-Type")
	in := http.MaxBytesReader(w, r.Body, h.MaxBody)
	media, params, err := mime.ParseMediaType(content)
	if err != nil {
		return nil, refuse(http.StatusUnsupportedMediaType, "no media type", "a Content-Type is needed, such as text/turtle")
	}
	fresh := rand.Text()
	if media != "multipart/form-data" {
		return readQuads(ctx, in, content, address(r), name, fresh)
	}
	var out []graph.Quad
	parts := multipart.NewReader(in, params["boundary"])
	for n := 1; ; n++ {
		part, err := parts.NextPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "bad form", "part %d of the form cannot be read: %v", n, err)
		}
		quads, err := readQuads(ctx, part, part.Header.Get("Content-Type"), address(r), name, fresh)
		if err != nil {
			return nil, err
		}
		out = append(out, quads...)
	}
}

// readQuads reads a document into a graph. Its blank nodes are new ones of the store.
func readQuads(ctx context.Context, in io.Reader, content, base string, name graph.Term, fresh string) ([]graph.Quad, error) {
	format, ok := rdf.ByMedia(content)
	if !ok {
		return nil, refuse(http.StatusUnsupportedMediaType, "unknown media type", "%q is none of %s", content, strings.Join(graphOffers(), ", "))
	}
	if !name.IsZero() {
		base = name.Value
	}
	own := func(label string) string { return "b" + fresh + "-" + label }
	var out []graph.Quad
	for q, err := range rdf.Read(ctx, in, format, rdf.Options{Base: base}) {
		if err != nil {
			return nil, err
		}
		if !q.Graph.IsZero() {
			return nil, refuse(http.StatusBadRequest, "named graphs", "a graph cannot have named graphs inside: %s", q)
		}
		q.Subject, q.Object, q.Graph = graph.RenameBlanks(q.Subject, own), graph.RenameBlanks(q.Object, own), name
		out = append(out, q)
	}
	return out, nil
}
