package importers

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/url"
	"regexp"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
)

// rdfSniffs recognise files of quads whose name does not say what they are.
var rdfSniffs = map[string]func(head []byte) bool{
	// What looks like Turtle may be TriG, which reads both.
	"trig": regexp.MustCompile(`^(?:\s+|#[^\n]*\n)*(?:@(?:prefix|base)|(?i:PREFIX|BASE))\s[^\n]*<`).Match,
	"rdf":  func(head []byte) bool { return bytes.Contains(head, []byte("<rdf:RDF")) },
}

func init() {
	for _, f := range rdf.Formats() {
		if f.Name == "nq" || f.Name == "nt" { // read line by line, so that bad lines can be left out: nquads.go
			continue
		}
		register(Format{
			Name:  f.Name,
			Ext:   f.Extensions,
			Media: f.Media,
			Sniff: rdfSniffs[f.Name],
			Lines: true,
			Quads: func(ctx context.Context, in Input) iter.Seq2[[]graph.Quad, error] { return readRDF(ctx, in, f) },
		})
	}
}

// rdfBatch is how many quads are handed on together.
const rdfBatch = 1024

// readRDF reads a file of quads; its own address is the base of its IRIs.
func readRDF(ctx context.Context, in Input, f rdf.Format) iter.Seq2[[]graph.Quad, error] {
	o := rdf.Options{Name: in.Name}
	if in.Key != "" {
		o.Base = in.Key
		if u, err := url.Parse(in.Key); err != nil || !u.IsAbs() {
			o.Base = (&url.URL{Scheme: "file", Path: in.Key}).String()
		}
	}
	return func(yield func([]graph.Quad, error) bool) {
		batch := make([]graph.Quad, 0, rdfBatch)
		for q, err := range rdf.Read(ctx, in.Reader, f, o) {
			if err == nil {
				if err = q.Check(); err != nil {
					err = fmt.Errorf("%s: %w: %s", in.Name, err, q)
				}
			}
			if err != nil {
				if len(batch) == 0 || yield(batch, nil) {
					yield(nil, err)
				}
				return
			}
			if batch = append(batch, q); len(batch) == rdfBatch {
				if !yield(batch, nil) {
					return
				}
				batch = batch[:0]
			}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}
