package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/queries/facts"
)

const textColumns = 100 // columns of running text

// factPrinter writes facts for people: a line for each, and below it the
// sentences that it rests on, with document, date and speaker.
type factPrinter struct {
	w     io.Writer
	brief bool // leave the sentences out
}

func (p factPrinter) heading(text string) { fmt.Fprintf(p.w, "\n%s\n", text) }

func (p factPrinter) fact(f facts.Fact, when string, remark string) {
	line := f.Title
	if when != "" {
		line = fmt.Sprintf("%-16s%s", when, f.Title)
	}
	if remark != "" {
		line += "   [" + remark + "]"
	}
	fmt.Fprintf(p.w, "  %s\n", line)
	if p.brief {
		return
	}
	for _, e := range f.Sources() {
		p.evidence(e, "      ")
	}
}

func (p factPrinter) evidence(e facts.Evidence, indent string) {
	for _, s := range e.Sentences {
		for _, line := range wrapText("“"+strings.Join(strings.Fields(s.Text), " ")+"”", textColumns-len(indent)) {
			fmt.Fprintf(p.w, "%s%s\n", indent, line)
		}
	}
	fmt.Fprintf(p.w, "%s— %s\n", indent, strings.Join(sourceOf(e), "; "))
}

// sourceOf says where a piece of evidence stands, who says so, and how sure the reading is.
func sourceOf(e facts.Evidence) []string {
	parts := []string{e.Document.Name()}
	if e.Document.Publisher != "" {
		parts[0] += " (" + e.Document.Publisher + ")"
	}
	if e.Document.Published != "" {
		parts = append(parts, "published "+e.Document.Published)
	}
	if len(e.Speakers) > 0 {
		parts = append(parts, "said by "+labels(e.Speakers))
	}
	for _, s := range e.Sentences {
		parts = append(parts, fmt.Sprintf("characters %d–%d", s.Start, s.End))
	}
	if e.Confidence > 0 {
		parts = append(parts, fmt.Sprintf("confidence %.2f", e.Confidence))
	}
	return parts
}

func labels(refs []facts.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.Label
	}
	return strings.Join(names, ", ")
}

// wrapText breaks text at spaces into lines of at most width characters.
func wrapText(text string, width int) []string {
	var lines []string
	line, n := "", 0
	for word := range strings.FieldsSeq(text) {
		k := utf8.RuneCountInString(word)
		switch {
		case line == "":
			line, n = word, k
		case n+1+k <= width:
			line, n = line+" "+word, n+1+k
		default:
			lines = append(lines, line)
			line, n = word, k
		}
	}
	return append(lines, line)
}
