package rdf_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/rdf"
)

// BenchmarkRead reads ten thousand quads of usual shape in each format.
func BenchmarkRead(b *testing.B) {
	var quads []graph.Quad
	iri := func(format string, a ...any) graph.Term {
		return graph.IRI("http://example.org/" + fmt.Sprintf(format, a...))
	}
	for i := range 2500 {
		s := iri("thing/%d", i)
		quads = append(quads,
			graph.Quad{Subject: s, Predicate: graph.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Object: iri("ns#Thing")},
			graph.Quad{Subject: s, Predicate: iri("ns#label"), Object: graph.LangTagged(strings.Repeat("name ", i%8+1), "en")},
			graph.Quad{Subject: s, Predicate: iri("ns#size"), Object: graph.Typed(fmt.Sprint(i), "http://www.w3.org/2001/XMLSchema#integer")},
			graph.Quad{Subject: s, Predicate: iri("ns#next"), Object: iri("thing/%d", i+1)},
		)
	}
	for _, f := range rdf.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			var text bytes.Buffer
			if err := rdf.Write(&text, f, sequence(quads), map[string]string{"": "http://example.org/ns#", "t": "http://example.org/thing/"}); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				n := 0
				for _, err := range rdf.Read(b.Context(), bytes.NewReader(text.Bytes()), f, rdf.Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != len(quads) {
					b.Fatalf("%d quads", n)
				}
			}
			b.ReportMetric(float64(len(quads))*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}
