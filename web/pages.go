package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

type homeBody struct {
	Documents []facts.Document
	Classes   []classCount
}

type classCount struct {
	Class  *schema.Class
	Things []facts.Thing
}

// home lists what there is.
func (s *server) home(r *http.Request, view graph.View) (*reply, error) {
	if q := r.FormValue("q"); q != "" {
		return &reply{to: "/search?" + url.Values{"q": {q}}.Encode()}, nil
	}
	body := homeBody{}
	var err error
	if body.Documents, err = facts.Documents(r.Context(), view); err != nil {
		return nil, err
	}
	things, err := facts.Things(r.Context(), view)
	if err != nil {
		return nil, err
	}
	for _, c := range s.Model.Classes {
		of := slices.DeleteFunc(slices.Clone(things), func(t facts.Thing) bool { return t.Class != c.ID })
		if len(of) > 0 {
			body.Classes = append(body.Classes, classCount{c, of})
		}
	}
	return &reply{template: "home.html", title: s.Title, body: body}, nil
}

type thingBody struct {
	*facts.Description
	Picture template.HTML
	Cut     int
}

// thing shows what is known of a thing.
func (s *server) thing(r *http.Request, view graph.View) (*reply, error) {
	d, err := facts.Describe(r.Context(), view, s.Model, schema.Expand(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, missing("Nothing in the graph has the id " + r.PathValue("id") + ".")
	}
	around, err := facts.Around(r.Context(), view, s.Model, d.IRI, facts.AroundOptions{Depth: 1, Limit: pageNodes})
	if err != nil {
		return nil, err
	}
	var svg strings.Builder
	if err := picture.WriteInlineSVG(&svg, picture.Of(s.Model, d.Label, around, address)); err != nil {
		return nil, err
	}
	// The picture escapes every text that it contains.
	body := thingBody{Description: d, Picture: template.HTML(svg.String()), Cut: around.Cut}
	return &reply{template: "thing.html", title: d.Label, body: body, data: d}, nil
}

// The number of nodes in a picture, on a page and by itself.
const (
	pageNodes    = 30
	pictureNodes = 200
)

type timelineBody struct {
	Thing   facts.Thing
	Entries []facts.Entry
}

// timeline lists what happened to a thing; ?with=, ?from= and ?until= narrow it.
func (s *server) timeline(r *http.Request, view graph.View) (*reply, error) {
	found, err := facts.Find(r.Context(), view, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, missing("Nothing in the graph has the id " + r.PathValue("id") + ".")
	}
	o := facts.TimelineOptions{From: r.FormValue("from"), Until: r.FormValue("until"), With: schema.Expand(r.FormValue("with"))}
	entries, err := facts.Timeline(r.Context(), view, s.Model, found[0].IRI, o)
	if err != nil {
		return nil, err
	}
	return &reply{template: "timeline.html", title: "Timeline of " + found[0].Label, body: timelineBody{found[0], entries}, data: entries}, nil
}

// document shows the text of a document, sentence by sentence; #char=0,142 marks one.
func (s *server) document(r *http.Request, view graph.View) (*reply, error) {
	d, err := facts.ReadText(r.Context(), view, schema.Expand(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, missing("No document has the id " + r.PathValue("id") + ".")
	}
	return &reply{template: "document.html", title: d.Name(), body: d, data: d}, nil
}

// why shows one statement with all its evidence.
func (s *server) why(r *http.Request, view graph.View) (*reply, error) {
	f, err := facts.Why(r.Context(), view, s.Model, schema.Expand(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, missing("No statement has the id " + r.PathValue("id") + ".")
	}
	return &reply{template: "why.html", title: f.Title, body: f, data: f}, nil
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

func percent(confidence float64) string { return fmt.Sprintf("%.0f %%", confidence*100) }
