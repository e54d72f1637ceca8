package importers

import (
	"context"
	"iter"
	"regexp"

	"github.com/ententegraph/entente/graph"
)

func init() {
	register(Format{
		Name:  "nquads",
		Ext:   []string{".nq", ".nt"},
		Media: []string{"application/n-quads", "application/n-triples"},
		Sniff: quadLine.Match,
		Lines: true,
		Quads: readQuads,
	})
}

// quadLine matches the beginning of a file of quads, after comments.
var quadLine = regexp.MustCompile(`^(?:\s*#[^\n]*\n)*\s*(?:<[^<>"\s]*>|_:[^\s<>]+)\s*<[^<>"\s]*>\s*(?:<[^<>"\s]*>|_:|")`)

func readQuads(ctx context.Context, in Input) iter.Seq2[graph.Quad, error] {
	return graph.ReadNQuads(ctx, in.Reader, graph.ReadOptions{Name: in.Name, SkipBad: in.SkipBad})
}
