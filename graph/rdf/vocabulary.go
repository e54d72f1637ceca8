package rdf

import "github.com/ententegraph/entente/graph"

const (
	xsd   = "http://www.w3.org/2001/XMLSchema#"
	rdfNS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

var (
	rdfType    = graph.IRI(rdfNS + "type")
	rdfFirst   = graph.IRI(rdfNS + "first")
	rdfRest    = graph.IRI(rdfNS + "rest")
	rdfNil     = graph.IRI(rdfNS + "nil")
	rdfReifies = graph.IRI(rdfNS + "reifies")
)
