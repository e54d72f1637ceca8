package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

const pictureNodes = 200 // in a picture by itself

// timeline leads from the address that timelines once had to that of now.
func (s *server) timeline(w http.ResponseWriter, r *http.Request) {
	id, ending := r.PathValue("id"), ""
	for _, form := range forms() {
		if rest, ok := strings.CutSuffix(id, "."+form); ok {
			id, ending = rest, "."+form
		}
	}
	q := r.URL.Query()
	q["thing"] = append([]string{id}, q["with"]...)
	q.Del("with")
	http.Redirect(w, r, "/timeline"+ending+"?"+q.Encode(), http.StatusMovedPermanently)
}

// whyBody is a statement with its evidence, and forms that judge it.
type whyBody struct {
	*facts.Fact
	Writes  bool
	Done    *importers.Judgement
	Undone  string
	Here    string
	Correct correction
	Shown   []facts.Evidence
	Pager   *pager
}

// why shows one statement with its evidence.
func (s *server) why(r *http.Request, view graph.View) (*reply, error) {
	f, err := facts.Why(r.Context(), view, s.Model, schema.Expand(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, missing("No statement has the id " + r.PathValue("id") + ".")
	}
	skip, err := numberOf(r, "skip")
	if err != nil {
		return nil, err
	}
	w := facts.Window{Skip: skip, Limit: pageRows}
	sources := f.Sources()
	from := min(w.Skip, len(sources))
	b := whyBody{
		Fact: f, Writes: s.jobs != nil, Here: address(f.IRI), Undone: r.FormValue("undone"), Correct: newCorrection(f.IRI, correctable(), address(f.IRI)),
		Shown: sources[from:min(from+w.Limit, len(sources))], Pager: pages(r, w, len(sources)),
	}
	if b.Done, err = judgementWith(r, view, r.FormValue("done")); err != nil {
		return nil, err
	}
	t := newFactTable()
	t.fact(*f, "")
	return &reply{template: "why.html", title: f.Title, body: b, data: f, table: t}, nil
}

// address is where the page of a node of the graph is.
func address(iri string) string {
	id := schema.Compact(iri)
	kind, _, _ := strings.Cut(id, ":")
	switch {
	case kind == "doc" && !strings.Contains(id, "#"):
		return "/d/" + (&url.URL{Path: id}).EscapedPath()
	case slices.Contains([]string{"doc", "event", "relation", "tenure"}, kind): // a statement, or a report in a document
		return "/why/" + (&url.URL{Path: id}).EscapedPath()
	}
	return "/e/" + (&url.URL{Path: id}).EscapedPath()
}

// evidenceAddress is where a sentence stands in the page of its document.
func evidenceAddress(d facts.Document, s facts.Sentence) string {
	return fmt.Sprintf("%s#char=%d,%d", address(d.IRI), s.Start, s.End)
}
