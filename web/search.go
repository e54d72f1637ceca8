package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// The number of things that a search lists, and that are suggested while somebody types.
const (
	searchResults = 100
	suggestions   = 10
)

// A result is a thing that a search finds.
type result struct {
	facts.Suggestion
	ID      string `json:"id"`      // as state:ARM
	Address string `json:"address"` // of its page
}

type searchBody struct{ Found []result }

// search finds the things that ?q= may mean. With one that has exactly this
// name it leads there; as data it suggests what an unfinished text may become.
func (s *server) search(r *http.Request, view graph.View) (*reply, error) {
	query := strings.TrimSpace(r.FormValue("q"))
	if language := languageOf(query); language != "" {
		return &reply{to: "/query?" + url.Values{"language": {language}, "text": {query}}.Encode(), data: []result{}}, nil
	}
	limit := searchResults
	if r.FormValue("typing") != "" {
		limit = suggestions
	}
	found, err := facts.Suggest(r.Context(), view, s.Model, query, limit)
	if err != nil {
		return nil, err
	}
	body := searchBody{Found: []result{}}
	t := &table{head: []string{"id", "label", "class", "name"}}
	for _, f := range found {
		result := result{f, schema.Compact(f.IRI), address(f.IRI)}
		body.Found = append(body.Found, result)
		t.rows = append(t.rows, []string{result.ID, f.Label, f.Class, f.Name})
	}
	title := "Search"
	if query != "" {
		title = "“" + query + "”"
	}
	a := &reply{template: "search.html", title: title, body: body, data: body.Found, table: t}
	exact, err := facts.Find(r.Context(), view, query)
	if err != nil {
		return nil, err
	}
	if len(exact) == 1 {
		a.to = address(exact[0].IRI)
	}
	return a, nil
}

// The beginnings of query texts. Names of things have none of them.
var (
	sparqlStart = regexp.MustCompile(`(?is)^(\s*#[^\n]*\n|\s)*((prefix\s+[\w.-]*:\s*<|base\s*<)|select\s+(distinct\s+|reduced\s+)?([?$*(])|ask\s*(where\s*)?\{|(construct|describe)\s*[{?$<]|(construct|describe)\s+(where|\S+:))`)
	gizmoStart  = regexp.MustCompile(`(?s)^(\s*//[^\n]*\n|\s)*(g|graph)\s*\.\s*(V|Vertex|M|Morphism|Emit|Uri|IRI)\s*\(`)
)

// languageOf tells the language of a text that is a query, "" for a name.
func languageOf(text string) string {
	switch {
	case sparqlStart.MatchString(text):
		return "sparql"
	case gizmoStart.MatchString(text):
		return "gizmo"
	}
	return ""
}
