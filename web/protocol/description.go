package protocol

import (
	"iter"
	"net/http"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
	"github.com/ententegraph/entente/queries/results"
)

const (
	sd        = "http://www.w3.org/ns/sparql-service-description#"
	formatsNS = "http://www.w3.org/ns/formats/"
	rdfType   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
)

// formatNames are the local names of formats in the W3C's vocabulary of formats.
var formatNames = map[string]string{
	"ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG", "rdf": "RDF_XML", "jsonld": "JSON-LD",
	"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV",
}

// describe answers with the service description (SPARQL 1.1 Service Description).
func (h *Handler) describe(w http.ResponseWriter, r *http.Request) {
	out := &body{w: w, r: r}
	format, err := graphFormat(r, r.URL.Query())
	if err != nil {
		problemOf(err, 0, 0).write(w)
		return
	}
	out.mediaType = format.Media[0]
	err = rdf.Write(out, format, h.description(address(r)), map[string]string{"sd": sd, "format": formatsNS})
	if err == nil {
		err = out.end()
	}
	if err != nil {
		h.Log.Error("service description failed", "error", err)
		out.fail(problemOf(err, 0, 0))
	}
}

// description yields the triples that describe the endpoint.
func (h *Handler) description(endpoint string) iter.Seq2[graph.Quad, error] {
	return func(yield func(graph.Quad, error) bool) {
		service, dataset, whole := graph.Blank("service"), graph.Blank("dataset"), graph.Blank("default")
		more := true
		say := func(s graph.Term, p string, o graph.Term) {
			more = more && yield(graph.Quad{Subject: s, Predicate: graph.IRI(p), Object: o}, nil)
		}
		say(service, rdfType, graph.IRI(sd+"Service"))
		say(service, sd+"endpoint", graph.IRI(endpoint))
		say(service, sd+"supportedLanguage", graph.IRI(sd+"SPARQL11Query"))
		if h.Update != nil {
			say(service, sd+"supportedLanguage", graph.IRI(sd+"SPARQL11Update"))
		}
		say(service, sd+"feature", graph.IRI(sd+"EmptyGraphs"))
		if h.UnionDefault {
			say(service, sd+"feature", graph.IRI(sd+"UnionDefaultGraph"))
		}
		if h.Service != nil {
			say(service, sd+"feature", graph.IRI(sd+"BasicFederatedQuery"))
		}
		for _, f := range results.All() {
			say(service, sd+"resultFormat", graph.IRI(formatsNS+formatNames[f.String()]))
		}
		for _, f := range rdf.Formats() {
			say(service, sd+"resultFormat", graph.IRI(formatsNS+formatNames[f.Name]))
			say(service, sd+"inputFormat", graph.IRI(formatsNS+formatNames[f.Name]))
		}
		say(service, sd+"defaultDataset", dataset)
		say(dataset, rdfType, graph.IRI(sd+"Dataset"))
		say(dataset, sd+"defaultGraph", whole)
		say(whole, rdfType, graph.IRI(sd+"Graph"))
	}
}
