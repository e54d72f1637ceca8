package importers

import (
	"context"
	"fmt"
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

func readQuads(ctx context.Context, in Input) iter.Seq2[[]graph.Quad, error] {
	return graph.ReadNQuadsBatches(ctx, in.Reader, graph.ReadOptions{Name: in.Name, SkipBad: in.SkipBad})
}

// mostBad is how many wrong lines of a file are listed.
const mostBad = 1000

// badLines are the lines of a file of quads that are left out.
type badLines struct {
	first []string
	more  int
}

func (b *badLines) add(e *graph.SyntaxError) {
	if len(b.first) < mostBad {
		b.first = append(b.first, e.Error())
	} else {
		b.more++
	}
}

func (b *badLines) list() []string {
	if b.more == 0 {
		return b.first
	}
	return append(b.first[:mostBad:mostBad], fmt.Sprintf("… and %d more lines", b.more))
}
