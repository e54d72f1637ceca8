package nlp_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// TestTimes reads the texts of testdata/times.txt: after "== published DATE" a
// text, and after "--" the times that are found in it, with role and value.
func TestTimes(t *testing.T) {
	b, err := os.ReadFile("testdata/times.txt")
	if err != nil {
		t.Fatal(err)
	}
	pipeline := english(t)
	var out strings.Builder
	for _, part := range strings.SplitAfter("\n"+string(b), "\n== ")[1:] {
		part = strings.TrimSuffix(part, "\n== ")
		head, rest, _ := strings.Cut(part, "\n")
		text, _, _ := strings.Cut(rest, "\n--")
		d := &nlp.Doc{Text: text}
		if iso := strings.TrimPrefix(head, "published "); iso != "unknown" {
			d.Published = day(t, iso)
		}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		out.WriteString("== " + head + "\n" + text + "\n--\n")
		for _, x := range d.Times {
			value := x.Date.String()
			if !x.Value.End.IsZero() {
				value += "/" + x.Value.End.String()
			}
			out.WriteString(strings.Join([]string{d.Text[x.Span.Start:x.Span.End], string(x.Expression.Role), value, x.Precision}, " | ") + "\n")
		}
	}
	golden(t, "testdata/times.txt", out.String())
}

// TestTimesAreSound checks what other components count on.
func TestTimesAreSound(t *testing.T) {
	d := &nlp.Doc{Text: strings.Repeat("On Friday they met, two days before the vote; by 2030 they will leave.\nNAIROBI — A day later, in the 1990s.\n", 20), Published: timex.Date{Year: 2025, Month: 3, Day: 1}}
	if err := english(t).Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, x := range d.Times {
		s := d.Sentences[x.Sentence]
		if x.Span.Start < end || !s.Span.Contains(x.Span) || x.Span.Start != x.Expression.Start || x.Span.End != x.Expression.End {
			t.Fatalf("time %v of expression %v in sentence %v", x.Span, x.Expression, s.Span)
		}
		end = x.Span.End
	}
	if len(d.Times) < 60 {
		t.Errorf("only %d times", len(d.Times))
	}
}
