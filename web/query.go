package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/schema"
)

// queryBody is what the templates of the query page get.
type queryBody struct {
	Language  string
	Languages []queryLanguage
	Text      string
	Saved     *queries.Saved // the saved query that is asked, or nil
	Fields    []queryField   // of its parameters
	Library   []*queries.Saved
	Shows     []queryShow
	Show      string
	Answer    *queryAnswer // nil where nothing was asked
	Failure   *queryFailure
	Snippets  []snippet
	Prefixes  []Parameter // that need no declaration
	Examples  []queryExample
	address   url.Values
}

type queryLanguage struct{ ID, Name string }

// A queryField is a parameter of a saved query with the value it was given.
type queryField struct {
	queries.Param
	Value string
}

// A queryShow is a way to see results.
type queryShow struct{ ID, Name string }

// A queryExample is a query that one may begin with.
type queryExample struct{ Title, Language, Text string }

// A queryFailure says why there is no whole answer, and where in the text.
type queryFailure struct {
	Message      string
	Line, Column int
	Found        int64 // rows until then
}

func queryLanguages() []queryLanguage {
	return []queryLanguage{{"sparql", "SPARQL"}, {"gizmo", "Gizmo"}}
}

func queryShows() []queryShow {
	return []queryShow{{"table", "Table"}, {"network", "Network"}, {"timeline", "Timeline"}, {"raw", "Raw"}, {"explain", "Explain"}}
}

func queryExamples() []queryExample {
	return []queryExample{
		{"States and what they are members of", "sparql", "SELECT ?state ?organization {\n  ?state a :State ; :memberOf ?organization\n}\nORDER BY ?state"},
		{"What happened, latest first", "sparql", "SELECT ?date ?event {\n  ?event a :Event ; :date ?date\n}\nORDER BY DESC(STR(?date))\nLIMIT 50"},
		{"Who says that somebody does not recognise somebody", "sparql",
			"SELECT ?document ?who ?whom {\n  GRAPH ?document {\n    ?report :type :recognises ; :polarity \"negative\" ;\n      :subject/:refersTo ?who ; :object/:refersTo ?whom\n  }\n}"},
		{"Everything that is joined with Armenia, as a network", "sparql", "CONSTRUCT { ?a ?relation ?b } {\n  ?a ?relation ?b\n  FILTER(?a = state:ARM || ?b = state:ARM)\n  ?a a ?c . ?b a ?d\n  FILTER(isIRI(?b))\n}"},
		{"Whom Armenia has diplomatic relations with", "gizmo", "g.V(\"state:ARM\").Out(\"diplomaticRelationsWith\").All()"},
	}
}

// queryPage shows the editor and, where the address has a query, its answer.
func (s *server) queryPage(w http.ResponseWriter, r *http.Request) { s.askedPage(w, r, "query.html") }

// queryView gives the part of the page that an answer changes.
func (s *server) queryView(w http.ResponseWriter, r *http.Request) {
	s.askedPage(w, r, "query-view.html")
}

func (s *server) askedPage(w http.ResponseWriter, r *http.Request, template string) {
	body, status, err := s.asked(r)
	if err != nil {
		s.fail(w, err)
		return
	}
	p := s.framed(r, "Query", body)
	p.Wide = true
	s.render(w, status, template, p)
}

// asked runs what the address asks: ?text= in a ?language=, or the ?saved=
// query with its parameters p.NAME; ?show= says how it is to be seen, and
// ?run=no that a text is only to be shown.
func (s *server) asked(r *http.Request) (*queryBody, int, error) {
	q := r.URL.Query()
	body := &queryBody{
		Language: q.Get("language"), Languages: queryLanguages(), Text: q.Get("text"), Show: q.Get("show"),
		Examples: queryExamples(), address: q,
	}
	if body.Language == "" {
		body.Language = "sparql"
	}
	if body.Show == "" {
		body.Show = "table"
	}
	for prefix, namespace := range sortedPrefixes() {
		body.Prefixes = append(body.Prefixes, Parameter{prefix, namespace})
	}
	if s.Engine.Saved != nil {
		body.Library = s.Engine.Saved.List()
	}
	request, ask, err := s.queryRequest(r, body)
	body.Shows = queryShows()
	if body.Language != "sparql" { // other languages have no plans
		body.Shows = slices.DeleteFunc(body.Shows, func(s queryShow) bool { return s.ID == "explain" })
	}
	if err == nil && !ask {
		return body, http.StatusOK, nil
	}
	if err == nil {
		body.Snippets = snippets("http://"+r.Host, request.Language, request.Text)
		body.Answer, err = s.answer(r.Context(), request, body.Show)
	}
	if err == nil {
		return body, http.StatusOK, nil
	}
	wrong, ok := errors.AsType[*queries.Error](err)
	if !ok {
		return nil, 0, err
	}
	body.Failure = &queryFailure{Message: wrong.Message, Line: wrong.Line, Column: wrong.Column}
	if body.Answer != nil {
		body.Failure.Found = body.Answer.Total
	}
	return body, queryStatus(err), nil
}

// queryRequest reads what is asked; ask is false where only the form is wanted.
func (s *server) queryRequest(r *http.Request, body *queryBody) (request queries.Request, ask bool, err error) {
	limits, err := s.limitsOf(r)
	if err != nil {
		return request, false, &queries.Error{Kind: queries.KindRequest, Message: err.Error()}
	}
	name := body.address.Get("saved")
	if name == "" {
		request = queries.Request{Language: body.Language, Text: body.Text, Limits: limits}
		return request, strings.TrimSpace(body.Text) != "" && body.address.Get("run") != "no", nil
	}
	if s.Engine.Saved == nil {
		return request, false, &queries.Error{Kind: queries.KindRequest, Message: "there are no saved queries"}
	}
	if body.Saved, err = s.Engine.Saved.Get(name); err != nil {
		return request, false, err
	}
	body.Language, body.Text = body.Saved.Language, body.Saved.Text
	args := map[string]string{}
	given := body.address.Has("run") || len(body.Saved.Params) == 0
	for _, p := range body.Saved.Params {
		value := body.address.Get("p." + p.Name)
		if value != "" {
			args[p.Name] = value
		}
		given = given || value != ""
		if value == "" {
			value = p.Default
		}
		body.Fields = append(body.Fields, queryField{p, value})
	}
	if !given {
		return request, false, nil
	}
	request, err = s.Engine.BindSaved(r.Context(), name, args, limits)
	return request, true, err
}

// queryFile gives an answer as a file, all rows of it.
func (s *server) queryFile(write func(*queries.Result, io.Writer) error, name, media string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := &queryBody{Language: r.FormValue("language"), Text: r.FormValue("text"), address: r.URL.Query()}
		request, ask, err := s.queryRequest(r, body)
		if err == nil && !ask {
			err = &queries.Error{Kind: queries.KindRequest, Message: "there is no query: add ?language=sparql&text=…"}
		}
		var result *queries.Result
		if err == nil {
			request.Limits.Rows = -1 // what is kept is not cut
			result, err = s.Engine.Run(r.Context(), request)
		}
		if err != nil {
			s.queryProblem(w, err, result)
			return
		}
		w.Header().Set("Content-Type", media)
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		if err := write(result, w); err != nil {
			s.Log.Error("writing an answer", "error", err)
		}
	}
}

// queryWords lists the words that an editor completes: those of the schema, by name and label.
func (s *server) queryWords(w http.ResponseWriter, _ *http.Request) {
	type word struct {
		Word  string `json:"word"` // as it is written in SPARQL
		Label string `json:"label"`
		Kind  string `json:"kind"` // class, relation, event, property
		Help  string `json:"help,omitempty"`
	}
	words := []word{}
	for _, c := range s.Model.Classes {
		words = append(words, word{":" + c.ID, c.Label, "class", c.Definition})
	}
	for _, r := range s.Model.Relations {
		words = append(words, word{":" + r.Property, r.Label, "relation", r.Definition})
	}
	for _, e := range s.Model.Events {
		words = append(words, word{":" + e.Class, e.Label, "event", e.Definition})
	}
	for _, p := range schema.Properties() {
		words = append(words, word{":" + strings.TrimPrefix(p.IRI, schema.NS), "", "property", p.Comment})
	}
	s.writeJSON(w, http.StatusOK, struct {
		Words    []word            `json:"words"`
		Prefixes map[string]string `json:"prefixes"`
	}{words, schema.Prefixes()})
}

// Links from the page of a query.

// Seen is the address of the same query, seen another way.
func (b *queryBody) Seen(show string) string { return b.with("/query", "show", show) }

// File is the address at which the answer is kept as a file.
func (b *queryBody) File(ending string) string { return b.with("/query."+ending, "show", "") }

func (b *queryBody) with(path, name, value string) string {
	q := url.Values{}
	for key, values := range b.address {
		q[key] = values
	}
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	return withQuery(path, q)
}

// Example is the address of an example.
func (b *queryBody) Example(e queryExample) string {
	return withQuery("/query", url.Values{"language": {e.Language}, "text": {e.Text}})
}

// elapsed writes a duration for people.
func elapsed(d time.Duration) string {
	if d < time.Second {
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
