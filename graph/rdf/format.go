// Package rdf reads and writes the formats of RDF: N-Triples, N-Quads, Turtle,
// TriG, RDF/XML and JSON-LD.
//
// Formats is the table of all: names, media types, extensions, reader, writer.
// Read gives the quads of a document one after the other, with exact terms;
// Write writes quads. Errors in a document are [*graph.SyntaxError]s, with line
// and column.
//
//	f, ok := rdf.ByExtension("states.ttl")
//	for q, err := range rdf.Read(ctx, file, f, rdf.Options{Base: "http://example.org/states.ttl"}) { … }
package rdf

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"iter"
	"mime"
	"path"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
)

// A Format is one way to write RDF down.
type Format struct {
	Name       string   // as users name it: "ttl"
	Title      string   // "Turtle"
	Media      []string // media types, the registered one first
	Extensions []string // with the dot, the usual one first
	Graphs     bool     // it can name graphs

	read  func(context.Context, io.Reader, Options) iter.Seq2[graph.Quad, error]
	write func(*bufio.Writer, map[string]string) writer
}

// Options tell how to read a document. The zero value is good for documents
// whose IRIs are all absolute.
type Options struct {
	Name string // stands at the head of messages; usually the file's name
	Base string // resolves relative IRIs; an absolute IRI, or ""

	// Context gives the JSON-LD context that a document names by its IRI. Without
	// it, such a document is an error: nothing is ever fetched from here.
	Context func(ctx context.Context, iri string) (io.ReadCloser, error)
}

// formats in the order in which they are offered.
var formats = []Format{
	{Name: "nq", Title: "N-Quads", Media: []string{"application/n-quads", "text/x-nquads"}, Extensions: []string{".nq", ".nquads"}, Graphs: true, read: readQuads, write: writeLines},
	{Name: "nt", Title: "N-Triples", Media: []string{"application/n-triples", "text/plain"}, Extensions: []string{".nt"}, read: readTriples, write: writeLines},
	{Name: "ttl", Title: "Turtle", Media: []string{"text/turtle", "application/x-turtle"}, Extensions: []string{".ttl", ".turtle"}, read: readTurtle, write: writeTurtle},
	{Name: "trig", Title: "TriG", Media: []string{"application/trig", "application/x-trig"}, Extensions: []string{".trig"}, Graphs: true, read: readTriG, write: writeTurtle},
	{Name: "rdf", Title: "RDF/XML", Media: []string{"application/rdf+xml"}, Extensions: []string{".rdf", ".owl", ".rdfs"}, read: readRDFXML, write: writeRDFXML},
	{Name: "jsonld", Title: "JSON-LD", Media: []string{"application/ld+json"}, Extensions: []string{".jsonld"}, Graphs: true, read: readJSONLD, write: writeJSONLD},
}

// Formats returns the table of formats.
func Formats() []Format { return slices.Clone(formats) }

// ByName finds a format by its name, such as "ttl".
func ByName(name string) (Format, bool) {
	return find(func(f Format) bool { return f.Name == name })
}

// ByMedia finds a format by a media type, whose parameters do not count.
func ByMedia(mediaType string) (Format, bool) {
	media, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return Format{}, false
	}
	return find(func(f Format) bool { return slices.Contains(f.Media, media) })
}

// ByExtension finds a format by the end of a file's name or of an IRI's path;
// ".gz" at the end does not count.
func ByExtension(name string) (Format, bool) {
	ext := path.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz"))
	return find(func(f Format) bool { return slices.Contains(f.Extensions, ext) })
}

func find(is func(Format) bool) (Format, bool) {
	if i := slices.IndexFunc(formats, is); i >= 0 {
		return formats[i], true
	}
	return Format{}, false
}

// Read yields the quads of a document in its order, as far as the format has
// one. It ends with a [*graph.SyntaxError] where the document is wrong, or with
// the error of r or ctx. A document of a format without graphs gives quads in
// the default graph. Empty graphs, which quads cannot show, are passed over.
func Read(ctx context.Context, r io.Reader, f Format, o Options) iter.Seq2[graph.Quad, error] {
	o.Name = cmp.Or(o.Name, f.Title)
	return f.read(ctx, r, o)
}

func readQuads(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return graph.ReadNQuads(ctx, r, graph.ReadOptions{Name: o.Name, Strict: true})
}

func readTriples(ctx context.Context, r io.Reader, o Options) iter.Seq2[graph.Quad, error] {
	return graph.ReadNQuads(ctx, r, graph.ReadOptions{Name: o.Name, Strict: true, Triples: true})
}
