package nlp_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// TestSegments cuts the texts of testdata/segments.txt; each is followed by
// its sentences, tokens between bars, headings marked with #, and quotations.
func TestSegments(t *testing.T) {
	const path = "testdata/segments.txt"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pipeline := english(t)
	var out strings.Builder
	for i, block := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n====\n") {
		if i > 0 {
			out.WriteString("====\n")
		}
		text, _, _ := strings.Cut(block, "\n----")
		d := &nlp.Doc{Text: text}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		out.WriteString(text + "\n----\n")
		for _, s := range d.Sentences {
			if s.Heading {
				out.WriteString("# ")
			}
			for j, tok := range d.Tokens[s.First:s.Last] {
				if j > 0 {
					out.WriteString("|")
				}
				out.WriteString(d.Text[tok.Start:tok.End])
			}
			out.WriteByte('\n')
		}
		for _, q := range d.Quotations {
			mark := "quotation"
			if q.Scare {
				mark = "scare"
			}
			out.WriteString(mark + ": " + strings.ReplaceAll(d.Text[q.Start:q.End], "\n", "\\n") + "\n")
		}
	}
	golden(t, path, out.String())
}
