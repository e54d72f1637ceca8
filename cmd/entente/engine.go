package main

import (
	"context"
	"io"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/queries/sparql"
	"github.com/ententegraph/entente/queries/sparql/remote"
	"github.com/ententegraph/entente/schema"
)

// engine makes the query engine over a source of views, under the limits of the settings.
func engine(s *settings, model *schema.Model, views func() (graph.View, error)) *queries.Engine {
	rows := s.Query.MaxRows
	if rows == 0 {
		rows = -1 // the engine's word for no limit
	}
	service, _ := elsewhere(s)
	return &queries.Engine{
		Views:      views,
		Limits:     queries.Limits{Timeout: s.Query.Timeout, Rows: rows, Memory: int64(s.Query.MemoryLimit)},
		Prefixes:   schema.Prefixes(),
		Vocabulary: vocabulary(model),
		Lookup:     lookup,
		Service:    service,
	}
}

// elsewhere gives what SERVICE and LOAD reach, each nil where the settings allow nothing.
func elsewhere(s *settings) (service sparql.ServiceFunc, load func(context.Context, string) (io.ReadCloser, string, error)) {
	client := remote.New(remote.Options{Endpoints: s.SPARQL.Service, Hosts: s.SPARQL.Load, MaxBody: int64(s.SPARQL.MaxUpload)})
	if len(s.SPARQL.Service) > 0 {
		service = client.Service
	}
	if len(s.SPARQL.Load) > 0 {
		load = client.Load
	}
	return service, load
}

// vocabulary maps the IRIs of the schema's terms to what people call them.
func vocabulary(model *schema.Model) map[string]string {
	out := map[string]string{}
	for _, p := range schema.Properties() {
		out[p.IRI] = strings.TrimPrefix(p.IRI, schema.NS)
	}
	name := func(id, label string) {
		if iri, ok := model.TypeIRI(id); ok {
			out[iri] = label
		}
	}
	for _, c := range model.Classes {
		name(c.ID, c.Label)
	}
	for _, r := range model.Relations {
		name(r.ID, r.Label)
	}
	for _, e := range model.Events {
		name(e.ID, e.Label)
	}
	return out
}

// lookup finds the things that a name in a parameter means.
func lookup(ctx context.Context, view graph.View, name string) ([]graph.Term, error) {
	found, err := facts.Find(ctx, view, name)
	if err != nil {
		return nil, err
	}
	out := make([]graph.Term, len(found))
	for i, t := range found {
		out[i] = graph.IRI(t.IRI)
	}
	return out, nil
}
