package nlp_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
)

// TestEntities reads the texts of testdata/entities.txt, each on one or two
// points of the grammar, and of testdata/articles.txt, whole articles. Each is followed by
// what a careful reader finds: its mentions in order, and its tenures. A line
// that begins with "~ " is not found yet, one with "! " is found and should not
// be; -update moves these marks, and only these, so that the file keeps what is right.
func TestEntities(t *testing.T) {
	for _, path := range []string{"testdata/entities.txt", "testdata/articles.txt"} {
		t.Run(filepath.Base(path), func(t *testing.T) { testEntities(t, path) })
	}
}

func testEntities(t *testing.T, path string) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pipeline := english(t)
	var out strings.Builder
	right, wanted, found := 0, 0, 0
	for i, block := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n====\n") {
		if i > 0 {
			out.WriteString("====\n")
		}
		text, expected, _ := strings.Cut(block, "\n----\n")
		d := &nlp.Doc{Text: text}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		got := describe(d)
		found += len(got)
		out.WriteString(text + "\n----\n")
		for _, line := range strings.Split(expected, "\n") {
			if strings.HasPrefix(line, "! ") {
				continue
			}
			line = strings.TrimPrefix(line, "~ ")
			wanted++
			if k := slices.Index(got, line); k >= 0 {
				got = slices.Delete(got, k, k+1)
				right++
			} else {
				line = "~ " + line
			}
			out.WriteString(line + "\n")
		}
		for _, line := range got {
			out.WriteString("! " + line + "\n")
		}
	}
	t.Logf("%d of %d lines right, %d found", right, wanted, found)
	golden(t, path, out.String())
}

// describe lists the mentions and tenures of a document, a line each.
func describe(d *nlp.Doc) []string {
	var out []string
	for _, m := range d.Mentions {
		e := d.Entities[m.Entity]
		out = append(out, fmt.Sprintf("%s = %s %s %s", d.Text[m.Start:m.End], m.Kind, e.Class, e.Name))
	}
	name := func(i int) string { return d.Entities[i].Name }
	for _, t := range d.Tenures {
		line := fmt.Sprintf("tenure %s: %s", name(t.Person), t.Position)
		if t.Of >= 0 {
			line += " of " + name(t.Of)
		}
		if t.AccreditedTo >= 0 {
			line += " to " + name(t.AccreditedTo)
		}
		if t.Former {
			line += " former"
		}
		if t.Acting {
			line += " acting"
		}
		out = append(out, line)
	}
	return out
}
