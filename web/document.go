package web

import (
	"net/http"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// documentBody is a document with what its page says of it.
type documentBody struct {
	*facts.Marked
	Classes         []string // of what it mentions, for the legend
	Facts, Reported int
	Refused         int
}

// document shows the text of a document, with what its words refer to and what
// its sentences state; #char=0,142 leads to a sentence.
func (s *server) document(r *http.Request, view graph.View) (*reply, error) {
	d, err := facts.ReadMarked(r.Context(), view, s.Model, schema.Expand(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, missing("No document has the id " + r.PathValue("id") + ".")
	}
	b := documentBody{Marked: d}
	t := newFactTable()
	seen := map[string]bool{}
	for _, p := range d.Paragraphs {
		for _, told := range p.Statements {
			if told.Is != nil {
				b.Facts++
				t.fact(told.Fact, "fact")
			} else {
				b.Reported++
				t.fact(told.Fact, "reported: "+told.Why)
			}
		}
		for _, n := range p.Notes {
			if n.Refused {
				b.Refused++
			}
		}
		for _, piece := range p.Pieces {
			for _, run := range piece.Runs {
				seen[run.Of.Class] = true
			}
		}
	}
	for _, c := range s.Model.Classes {
		if seen[c.ID] {
			b.Classes = append(b.Classes, c.ID)
		}
	}
	return &reply{template: "document.html", title: d.Name(), wide: true, body: b, data: d, table: t}, nil
}
