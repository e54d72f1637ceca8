package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/ententegraph/entente/nlp"
)

// printExtraction writes what was read in a document as tables for people.
func (a *app) printExtraction(doc *nlp.Doc) {
	x := doc.Extraction()
	names := map[string]string{}
	for _, e := range x.Entities {
		names[e.ID] = e.Name
	}
	for _, e := range x.Events {
		names[e.ID] = e.ID
	}
	list := func(ids []string) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = names[id]
		}
		return strings.Join(out, ", ")
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	fmt.Fprintf(w, "%s   %d sentences\n\nENTITY\tCLASS\tCODE\tMENTIONS\n", x.Document.ID, len(doc.Sentences))
	for _, e := range x.Entities {
		var mentions []string
		for _, m := range e.Mentions {
			if !slices.Contains(mentions, m.Text) {
				mentions = append(mentions, m.Text)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d: %s\n", e.Name, e.Type, text(e.Code), len(e.Mentions), strings.Join(mentions, " | "))
	}
	fmt.Fprintf(w, "\nPERSON\tPOSITION\tOF\tACCREDITED TO\n")
	for _, t := range x.Tenures {
		position := t.Position
		if t.Former {
			position += " (former)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", names[t.Person], position, names[text(t.Of)], names[text(t.AccreditedTo)])
	}
	fmt.Fprintf(w, "\nFROM\tRELATION\tTO\tTIME\tSTATUS\n")
	for _, r := range x.Relations {
		time := strings.TrimSuffix(text(r.ValidFrom)+" to "+text(r.ValidUntil), " to ")
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", names[r.From], r.Type, names[r.To], time, status(r.Polarity, "realis", r.Assertion, list(r.ClaimedBy)))
	}
	fmt.Fprintf(w, "\nDATE\tEVENT\tPLOVER\tACTORS\tRECIPIENTS\tPLACE\tSTATUS\n")
	for _, e := range x.Events {
		date := text(e.Date)
		if date != "" && e.DatePrecision != "day" {
			date = e.DatePrecision + " " + date
		}
		fmt.Fprintf(w, "%s\t%s\t%s %s\t%s\t%s\t%s\t%s\n", date, e.Type, text(e.Plover), text(e.Cameo),
			list(e.Actors), list(e.Recipients), names[text(e.Place)], status(e.Polarity, e.Modality, e.Assertion, list(e.AttributedTo)))
	}
}

// status says what of a statement is not plain fact.
func status(polarity, modality, assertion, by string) string {
	var out []string
	if polarity != "positive" {
		out = append(out, polarity)
	}
	if modality != "realis" {
		out = append(out, modality)
	}
	if assertion != "asserted" {
		out = append(out, assertion)
	}
	if by != "" {
		out = append(out, "by "+by)
	}
	return strings.Join(out, ", ")
}
