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

// page is what every template gets.
type page struct {
	Site  string
	Title string
	Query string
	Body  any
}

type homeBody struct {
	Found     []facts.Thing
	Documents []facts.Document
	Classes   []classCount
}

type classCount struct {
	Class  *schema.Class
	Things []facts.Thing
}

// home finds what ?q= names, or lists what there is.
func (s *server) home(w http.ResponseWriter, r *http.Request) {
	query := strings.TrimSpace(r.FormValue("q"))
	s.view(w, func(view graph.View) error {
		body := homeBody{}
		var err error
		if query != "" {
			if body.Found, err = facts.Find(r.Context(), view, query); err != nil {
				return err
			}
			if len(body.Found) == 1 {
				http.Redirect(w, r, address(body.Found[0].IRI), http.StatusSeeOther)
				return nil
			}
		}
		if body.Documents, err = facts.Documents(r.Context(), view); err != nil {
			return err
		}
		things, err := facts.Things(r.Context(), view)
		if err != nil {
			return err
		}
		for _, c := range s.Model.Classes {
			of := slices.DeleteFunc(slices.Clone(things), func(t facts.Thing) bool { return t.Class != c.ID })
			if len(of) > 0 {
				body.Classes = append(body.Classes, classCount{c, of})
			}
		}
		s.render(w, http.StatusOK, "home.html", page{Site: s.Title, Title: s.Title, Query: query, Body: body})
		return nil
	})
}

type thingBody struct {
	*facts.Description
	Picture template.HTML
	Cut     int
}

// thing shows what is known of a thing, as a page or, with the suffix .json, as data.
func (s *server) thing(w http.ResponseWriter, r *http.Request) {
	id, asJSON := strings.CutSuffix(r.PathValue("id"), ".json")
	s.view(w, func(view graph.View) error {
		d, err := facts.Describe(r.Context(), view, s.Model, schema.Expand(id))
		if err != nil {
			return err
		}
		if d == nil {
			s.notFound(w, asJSON, "nothing in the graph has the id "+id)
			return nil
		}
		if asJSON {
			s.writeJSON(w, http.StatusOK, d)
			return nil
		}
		around, err := facts.Around(r.Context(), view, s.Model, d.IRI, facts.AroundOptions{Depth: 1, Limit: pageNodes})
		if err != nil {
			return err
		}
		var svg strings.Builder
		if err := picture.WriteInlineSVG(&svg, picture.Of(s.Model, d.Label, around, address)); err != nil {
			return err
		}
		// The picture escapes every text that it contains.
		body := thingBody{Description: d, Picture: template.HTML(svg.String()), Cut: around.Cut}
		s.render(w, http.StatusOK, "thing.html", page{Site: s.Title, Title: d.Label, Body: body})
		return nil
	})
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
func (s *server) timeline(w http.ResponseWriter, r *http.Request) {
	id, asJSON := strings.CutSuffix(r.PathValue("id"), ".json")
	s.view(w, func(view graph.View) error {
		found, err := facts.Find(r.Context(), view, id)
		if err != nil {
			return err
		}
		if len(found) != 1 {
			s.notFound(w, asJSON, "nothing in the graph has the id "+id)
			return nil
		}
		o := facts.TimelineOptions{From: r.FormValue("from"), Until: r.FormValue("until"), With: schema.Expand(r.FormValue("with"))}
		entries, err := facts.Timeline(r.Context(), view, s.Model, found[0].IRI, o)
		if err != nil {
			return err
		}
		if asJSON {
			s.writeJSON(w, http.StatusOK, entries)
			return nil
		}
		s.render(w, http.StatusOK, "timeline.html", page{Site: s.Title, Title: "Timeline of " + found[0].Label, Body: timelineBody{found[0], entries}})
		return nil
	})
}

// document shows the text of a document, sentence by sentence; #char=0,142 marks one.
func (s *server) document(w http.ResponseWriter, r *http.Request) {
	id, asJSON := strings.CutSuffix(r.PathValue("id"), ".json")
	s.view(w, func(view graph.View) error {
		d, err := facts.ReadText(r.Context(), view, schema.Expand(id))
		if err != nil {
			return err
		}
		if d == nil {
			s.notFound(w, asJSON, "no document has the id "+id)
			return nil
		}
		if asJSON {
			s.writeJSON(w, http.StatusOK, d)
			return nil
		}
		s.render(w, http.StatusOK, "document.html", page{Site: s.Title, Title: d.Name(), Body: d})
		return nil
	})
}

// why shows one statement with all its evidence.
func (s *server) why(w http.ResponseWriter, r *http.Request) {
	id, asJSON := strings.CutSuffix(r.PathValue("id"), ".json")
	s.view(w, func(view graph.View) error {
		f, err := facts.Why(r.Context(), view, s.Model, schema.Expand(id))
		if err != nil {
			return err
		}
		if f == nil {
			s.notFound(w, asJSON, "no statement has the id "+id)
			return nil
		}
		if asJSON {
			s.writeJSON(w, http.StatusOK, f)
			return nil
		}
		s.render(w, http.StatusOK, "why.html", page{Site: s.Title, Title: f.Title, Body: f})
		return nil
	})
}

// picture draws what lies around ?thing=, ?depth= 1 or 2 steps far.
func (s *server) picture(w http.ResponseWriter, r *http.Request) {
	depth := 1
	if r.FormValue("depth") == "2" {
		depth = 2
	}
	s.view(w, func(view graph.View) error {
		found, err := facts.Find(r.Context(), view, r.FormValue("thing"))
		if err != nil {
			return err
		}
		if len(found) != 1 {
			problem(w, http.StatusNotFound, "not found", fmt.Sprintf("?thing=%s names %d things", r.FormValue("thing"), len(found)))
			return nil
		}
		around, err := facts.Around(r.Context(), view, s.Model, found[0].IRI, facts.AroundOptions{Depth: depth, Limit: pictureNodes})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		// The picture carries its own style, which the policy of pages would refuse.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		return picture.WriteSVG(w, picture.Of(s.Model, found[0].Label, around, address))
	})
}

func (s *server) notFound(w http.ResponseWriter, asJSON bool, detail string) {
	if asJSON {
		problem(w, http.StatusNotFound, "not found", detail)
		return
	}
	s.render(w, http.StatusNotFound, "missing.html", page{Site: s.Title, Title: "Not found", Body: detail})
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
