package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// words are the functions that templates word things with.
func (s *server) words() template.FuncMap {
	return template.FuncMap{
		"sections": sections, "shape": s.shape,
		"classLabel": s.classLabel, "classPlural": s.classPlural, "classDefinition": s.classDefinition, "classPage": classPage, "classShape": s.classShape,
		"lower": strings.ToLower, "compact": schema.Compact, "local": local, "address": address, "evidenceAddress": evidenceAddress,
		"percent": percent, "moment": moment, "bytes": byteCount, "count": counted,
		"sources": sourcesLine, "over": over, "factsOf": factsOf, "reportsOf": reportsOf,
		"schemaPart": func(title string, rows []schemaRow) any {
			return struct {
				Title string
				Rows  []schemaRow
			}{title, rows}
		},
		"plain": plainRuns, "choiceKeys": choiceKeys, "choiceLetter": choiceLetter, "correction": newCorrection,
		"number": func(i int) int { return i + 1 },
	}
}

// percent writes a confidence from 0 to 1.
func percent(confidence float64) string { return fmt.Sprintf("%.0f %%", confidence*100) }

// moment writes an ISO 8601 date and time to the minute.
func moment(recorded string) string {
	t, err := time.Parse(time.RFC3339, recorded)
	if err != nil {
		return recorded
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// local is the last part of an IRI of ours: i-7f3a of an import.
func local(iri string) string {
	_, name, found := strings.Cut(schema.Compact(iri), ":")
	if !found {
		return iri
	}
	return name
}

// sourcesLine says on what a fact rests: the document, or how many there are.
func sourcesLine(f facts.Fact) string {
	sources := f.Sources()
	if n := len(sources) + f.More; n > 1 {
		return fmt.Sprintf("%d sources", n)
	}
	d := sources[0].Document
	line := "Source: " + d.Name()
	if d.Publisher != "" {
		line += ", " + d.Publisher
	}
	if d.Published != "" {
		line += ", " + d.Published
	}
	return line
}

// over reports whether a tenure or relation is known to have ended by today.
func over(f facts.Fact) bool {
	return f.Kind != facts.Event && (f.Former || f.Until.Past())
}

// byteCount writes a number of bytes for people.
func byteCount(n int) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return counted(n, "byte")
}

// counted writes so many of something: 1 quad, 2 quads.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// plainRuns is the text of runs.
func plainRuns(runs []facts.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// choiceLetter is the key of an answer beside its number: a accepts what was
// read, r rejects it, m merges.
func choiceLetter(i int, c importers.Choice) string {
	switch c.Judgement.Verdict {
	case importers.Same:
		return "m"
	case importers.Accept:
		return "a"
	case importers.Reject, importers.Different:
		return "r"
	case importers.Link:
		if i == 0 {
			return "a"
		}
		if c.Judgement.Object == "" {
			return "r"
		}
	}
	return ""
}

func choiceKeys(i int, c importers.Choice) string {
	return strings.TrimSpace(strconv.Itoa(i+1) + " " + choiceLetter(i, c))
}

// A correction is a form that corrects a report or fact.
type correction struct {
	Subject string
	Fields  []string
	Back    string
}

func newCorrection(subject string, fields []string, back string) correction {
	return correction{subject, fields, back}
}
