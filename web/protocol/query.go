package protocol

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/results"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/algebra"
)

const (
	typeForm   = "application/x-www-form-urlencoded"
	typeQuery  = "application/sparql-query"
	typeUpdate = "application/sparql-update"
)

// A request is what a client asks by the SPARQL Protocol.
type request struct {
	text   string
	update bool
	params url.Values
}

func (h *Handler) sparql(w http.ResponseWriter, r *http.Request) {
	req, err := h.read(w, r)
	switch {
	case err != nil:
		problemOf(err, 0, 0).write(w)
	case req == nil:
		h.describe(w, r)
	case req.update:
		h.update(w, r, req)
	default:
		h.query(w, r, req)
	}
}

// read takes a query or an update out of a request (section 2.1 of the
// protocol); nil when there is neither, which asks for the service description.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) (*request, error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "bad parameters", "the address has parameters that cannot be read: %v", err)
	}
	req := &request{params: params}
	if r.Method != http.MethodPost {
		if params.Has("update") {
			return nil, refuse(http.StatusBadRequest, "updates are posted", "an update changes the store and cannot be asked for with GET; POST it")
		}
		if !params.Has("query") {
			return nil, nil
		}
		req.text, err = one(params, "query")
		return req, err
	}
	content, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, refuse(http.StatusUnsupportedMediaType, "no media type", "a POST needs a Content-Type: %s, %s or %s", typeQuery, typeUpdate, typeForm)
	}
	if set := parameters["charset"]; set != "" && !isUTF8(set) {
		return nil, refuse(http.StatusUnsupportedMediaType, "not UTF-8", "SPARQL is UTF-8, not %s", set)
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.MaxBody))
	if err != nil {
		return nil, err
	}
	switch content {
	case typeQuery, typeUpdate:
		req.text, req.update = string(data), content == typeUpdate
	case typeForm:
		form, err := url.ParseQuery(string(data))
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "bad form", "the form cannot be read: %v", err)
		}
		for name, values := range form {
			params[name] = append(params[name], values...)
		}
		switch {
		case params.Has("query") && params.Has("update"):
			return nil, refuse(http.StatusBadRequest, "two requests", "a request has a query or an update, not both")
		case params.Has("update"):
			req.update = true
			req.text, err = one(params, "update")
		default:
			req.text, err = one(params, "query")
		}
		if err != nil {
			return nil, err
		}
	default:
		return nil, refuse(http.StatusUnsupportedMediaType, "unknown media type", "%s is none of %s, %s and %s", content, typeQuery, typeUpdate, typeForm)
	}
	if !utf8.ValidString(req.text) {
		return nil, refuse(http.StatusBadRequest, "not UTF-8", "the text is not UTF-8")
	}
	return req, nil
}

func isUTF8(charset string) bool {
	return slices.Contains([]string{"utf-8", "UTF-8", "utf8", "UTF8", "us-ascii", "US-ASCII"}, charset)
}

// one gives the only value of a parameter.
func one(params url.Values, name string) (string, error) {
	if n := len(params[name]); n != 1 {
		return "", refuse(http.StatusBadRequest, "not one "+name, "%d parameters named %q where one belongs", n, name)
	}
	return params.Get(name), nil
}

// dataset gives the dataset that parameters name, or nil.
func dataset(params url.Values, defaults, named string) *algebra.DatasetClause {
	if !params.Has(defaults) && !params.Has(named) {
		return nil
	}
	d := &algebra.DatasetClause{}
	for _, iri := range params[defaults] {
		d.Default = append(d.Default, graph.IRI(iri))
	}
	for _, iri := range params[named] {
		d.Named = append(d.Named, graph.IRI(iri))
	}
	return d
}

// timeout gives the time that a request may take.
func (h *Handler) timeout(params url.Values) (time.Duration, error) {
	text := params.Get("timeout")
	if text == "" {
		return h.Timeout, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, refuse(http.StatusBadRequest, "bad timeout", "timeout=%s: a duration such as 5s is needed", text)
	}
	return min(d, h.Timeout), nil
}

func (h *Handler) unionDefault(params url.Values) (bool, error) {
	switch text := params.Get("union-default-graph"); text {
	case "":
		return h.UnionDefault, nil
	case "true", "false":
		return text == "true", nil
	default:
		return false, refuse(http.StatusBadRequest, "bad parameter", "union-default-graph=%s: true or false is needed", text)
	}
}

func (h *Handler) query(w http.ResponseWriter, r *http.Request, req *request) {
	start := time.Now()
	out := &body{w: w, r: r}
	var found int64
	if err := h.answer(r, req, out, &found); err != nil {
		if r.Context().Err() != nil {
			return // nobody is there to be told
		}
		p := problemOf(err, found, time.Since(start))
		if p.Status == http.StatusInternalServerError {
			h.Log.Error("query failed", "error", err)
		}
		out.fail(p)
	}
}

// answer runs a query and writes what it gives.
func (h *Handler) answer(r *http.Request, req *request, out *body, found *int64) error {
	timeout, err := h.timeout(req.params)
	if err != nil {
		return err
	}
	union, err := h.unionDefault(req.params)
	if err != nil {
		return err
	}
	query, err := sparql.Prepare(req.text, sparql.Options{
		Base: address(r), Prefixes: h.Prefixes, Dataset: dataset(req.params, "default-graph-uri", "named-graph-uri"),
		UnionDefault: union, Memory: h.Memory, Service: h.Service,
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	view, err := h.Store.View()
	if err != nil {
		return err
	}
	defer view.Close()
	if stage := req.params.Get("explain"); stage != "" {
		return explain(ctx, query, view, stage, out)
	}
	if query.Kind() == sparql.Triples {
		format, err := graphFormat(r, req.params)
		if err != nil {
			return err
		}
		found, err := query.Run(ctx, view)
		if err != nil {
			return err
		}
		return h.writeGraph(out, format, found)
	}
	format, err := resultFormat(r, req.params, query.Kind())
	if err != nil {
		return err
	}
	answer, err := query.Run(ctx, view)
	if err != nil {
		return err
	}
	return writeResults(out, format, answer, found)
}

func explain(ctx context.Context, q *sparql.Query, view graph.View, stage string, out *body) error {
	if !slices.Contains(sparql.Stages(), stage) {
		return refuse(http.StatusBadRequest, "bad parameter", "explain=%s: one of %v is needed", stage, sparql.Stages())
	}
	text, err := q.Explain(ctx, view, stage)
	if err != nil {
		return err
	}
	out.mediaType = "text/plain"
	if _, err := io.WriteString(out, text); err != nil {
		return err
	}
	return out.end()
}

func (h *Handler) writeGraph(out *body, format rdf.Format, answer *sparql.Results) error {
	out.mediaType = format.Media[0]
	if err := rdf.Write(out, format, answer.Quads, h.Prefixes); err != nil {
		return err
	}
	return out.end()
}

func writeResults(out *body, format results.Format, answer *sparql.Results, found *int64) error {
	out.mediaType = format.MediaType()
	doc := results.NewWriter(out, format)
	if answer.Kind == sparql.Boolean {
		if err := doc.Boolean(answer.Bool); err != nil {
			return err
		}
		return errors.Join(doc.Close(), out.end())
	}
	if err := doc.Head(answer.Vars); err != nil {
		return err
	}
	for row, err := range answer.Rows {
		if err != nil {
			if out.begun {
				_ = doc.Abort(err) // the error that stopped the query is the one to tell
			}
			return err
		}
		*found++
		if err := doc.Row(row); err != nil {
			return err
		}
	}
	return errors.Join(doc.Close(), out.end())
}

// resultFormat chooses the format of solutions or of a truth value: by format=, else by Accept.
func resultFormat(r *http.Request, params url.Values, kind sparql.Kind) (results.Format, error) {
	if name := params.Get("format"); name != "" {
		if f, ok := results.ByName(name); ok {
			return f, nil
		}
		return 0, refuse(http.StatusBadRequest, "unknown format", "format=%s: one of %v is needed", name, results.All())
	}
	var offers []string
	for _, f := range results.All() {
		offers = append(offers, f.MediaType())
	}
	offers = append(offers, "application/json", "application/xml", "text/xml")
	media, ok := negotiate(r, offers)
	if !ok {
		return 0, refuse(http.StatusNotAcceptable, "not acceptable", "there are %s", strings.Join(offers, ", "))
	}
	f, _ := results.ByMediaType(media)
	return f, nil
}

// graphFormat chooses the format of triples: by format=, else by Accept.
func graphFormat(r *http.Request, params url.Values) (rdf.Format, error) {
	if name := params.Get("format"); name != "" {
		if f, ok := rdf.ByName(name); ok {
			return f, nil
		}
		return rdf.Format{}, refuse(http.StatusBadRequest, "unknown format", "format=%s is no format of triples", name)
	}
	offers := graphOffers()
	media, ok := negotiate(r, offers)
	if !ok {
		return rdf.Format{}, refuse(http.StatusNotAcceptable, "not acceptable", "there are %s", strings.Join(offers, ", "))
	}
	f, _ := rdf.ByMedia(media)
	return f, nil
}

// graphOffers are the media types of triples, Turtle first.
func graphOffers() []string {
	offers := []string{"text/turtle"}
	for _, f := range rdf.Formats() {
		for _, m := range f.Media {
			if !slices.Contains(offers, m) {
				offers = append(offers, m)
			}
		}
	}
	return offers
}
