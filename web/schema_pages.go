package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// A schemaRow is a class, relation or event type with how much there is of it.
type schemaRow struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"` // class, relation, event
	Label      string `json:"label"`
	Definition string `json:"definition"`
	Count      int64  `json:"count"`
	Query      string `json:"query"` // address that asks for all of them
}

type schemaBody struct{ Classes, Relations, Events []schemaRow }

// schemaPage lists what may be said, with how often it is said.
func (s *server) schemaPage(r *http.Request, view graph.View) (*reply, error) {
	var b schemaBody
	ctx := r.Context()
	for _, c := range s.Model.Classes {
		n, err := facts.CountOf(ctx, view, schema.Type, schema.NS+c.ID, graph.Any)
		if err != nil {
			return nil, err
		}
		b.Classes = append(b.Classes, schemaRow{c.ID, "class", c.Label, c.Definition, n, ask("SELECT ?thing ?name {\n  ?thing a :" + c.ID + " ; rdfs:label ?name\n}\nLIMIT 100")})
	}
	for _, relation := range s.Model.Relations {
		n, err := facts.CountOf(ctx, view, schema.StatedType, schema.NS+relation.Property, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		b.Relations = append(b.Relations, schemaRow{
			relation.ID, "relation", relation.Label, relation.Definition, n, ask("SELECT ?from ?to {\n  ?from :" + relation.Property + " ?to\n}\nLIMIT 100"),
		})
	}
	for _, e := range s.Model.Events {
		n, err := facts.CountOf(ctx, view, schema.Type, schema.NS+e.Class, graph.DefaultGraph)
		if err != nil {
			return nil, err
		}
		b.Events = append(b.Events, schemaRow{
			e.ID, "event", e.Label, e.Definition, n, ask("SELECT ?event ?date {\n  ?event a :" + e.Class + "\n  OPTIONAL { ?event :date ?date }\n}\nLIMIT 100"),
		})
	}
	t := &table{head: []string{"id", "kind", "label", "count", "definition"}}
	all := append(append(append([]schemaRow{}, b.Classes...), b.Relations...), b.Events...)
	for _, row := range all {
		t.rows = append(t.rows, []string{row.ID, row.Kind, row.Label, strconv.FormatInt(row.Count, 10), row.Definition})
	}
	return &reply{template: "schema.html", title: "Schema", body: b, data: all, table: t}, nil
}

// ask is the address that asks a SPARQL query.
func ask(text string) string {
	return "/query?" + url.Values{"language": {"sparql"}, "text": {text}}.Encode()
}

// schemaTerm explains one class, relation or event type.
func (s *server) schemaTerm(r *http.Request, _ graph.View) (*reply, error) {
	x, err := s.Model.Explain(r.PathValue("id"))
	if err != nil {
		return nil, missing("There is no class, relation or event type " + r.PathValue("id") + ".")
	}
	return &reply{template: "term.html", title: upperFirst(x.Label), body: x, data: x}, nil
}
