package facts

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/schema"
)

// TimelineOptions narrow a timeline; the zero options do not.
type TimelineOptions struct {
	With  string // IRI of another thing that takes part too
	From  string // ISO 8601 day, month or year: only what may have been then or later
	Until string // only what may have been then or earlier
}

// Timeline lists what happened to a thing by valid time: events, and the
// beginnings and ends of tenures and relations, also those that documents only
// report. An imprecise date stands where its span begins, before what is dated
// more precisely in it; "before 2016" stands just before 2016. Undated entries
// come last, and are left out when the time is narrowed.
func Timeline(ctx context.Context, view graph.Dataset, model *schema.Model, iri string, o TimelineOptions) ([]Entry, error) {
	r := newReader(ctx, view, model)
	id, err := r.id(iri)
	if err != nil || id == graph.Any {
		return nil, err
	}
	statements, err := r.about(id, r.fact)
	if err != nil {
		return nil, err
	}
	reports, err := r.reportedOn(id, o.With == "")
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, s := range statements {
		out = append(out, entriesOf(s.Fact, false, s.Standing)...)
	}
	for _, report := range reports {
		out = append(out, entriesOf(report.Fact, true, report.Why)...)
	}
	out = slices.DeleteFunc(out, func(e Entry) bool { return !o.admits(e) || r.laterThan(e.When) })
	slices.SortStableFunc(out, func(a, b Entry) int {
		if c := compareDates(a.When, b.When); c != 0 {
			return c
		}
		if a.Reported != b.Reported {
			if b.Reported {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Title, b.Title)
	})
	return out, nil
}

func entriesOf(f Fact, reported bool, why string) []Entry {
	entry := Entry{Fact: f, Reported: reported, Why: why}
	if f.Kind == Event {
		entry.When = f.Date
		return []Entry{entry}
	}
	var out []Entry
	if f.From.Text != "" {
		entry.When, entry.What = f.From, "begins"
		out = append(out, entry)
	}
	if f.Until.Text != "" {
		entry.When, entry.What = f.Until, "ends"
		out = append(out, entry)
	}
	if len(out) == 0 {
		return []Entry{entry}
	}
	return out
}

func (o TimelineOptions) admits(e Entry) bool {
	if o.With != "" && !slices.ContainsFunc(e.Parts, func(p Part) bool { return p.IRI == o.With }) {
		return false
	}
	if o.From == "" && o.Until == "" {
		return true
	}
	first, last := e.When.span()
	return first != "" && (o.From == "" || last >= firstDay(o.From)) && (o.Until == "" || first <= lastDay(o.Until))
}

func firstDay(iso string) string { return past.FirstDay(iso) }
func lastDay(iso string) string  { return past.LastDay(iso) }

// span returns the first and the last day that a date may mean; "" where none is known.
func (d Date) span() (first, last string) {
	if d.Text == "" {
		return "", ""
	}
	s := past.SpanOf(d.Precision, append([]string{d.Text}, d.Others...)...)
	return s.First, s.Last
}

// Days returns the first and the last day that a date may mean (ISO 8601), which
// are 0000-00-00 and 9999-99-99 where it is open; "" where no date is known.
func (d Date) Days() (first, last string) { return d.span() }

// Past reports whether the date lies before today, whatever it means exactly.
func (d Date) Past() bool {
	_, last := d.span()
	return last != "" && last < time.Now().UTC().Format(time.DateOnly)
}

// compareDates orders dates for reading; unknown ones come last.
func compareDates(a, b Date) int {
	ka, kb := a.sortKey(), b.sortKey()
	return strings.Compare(ka, kb)
}

// sortKey is text by which dates sort: the day, then "before" before the rest,
// wide spans before narrow ones, and "after" last.
func (d Date) sortKey() string {
	if d.Text == "" {
		return past.NoEnd + " 9"
	}
	switch d.Precision {
	case "before":
		return firstDay(d.Text) + " 0"
	case "after":
		return lastDay(d.Text) + " 5"
	}
	return firstDay(d.Text) + " " + string(rune('1'+min(2, strings.Count(d.Text, "-"))))
}

// when is the date by which a fact is ordered.
func (f Fact) when() Date {
	switch {
	case f.Date.Text != "":
		return f.Date
	case f.From.Text != "":
		return f.From
	}
	return f.Until
}

func compareFacts(a, b Fact) int {
	if c := compareDates(a.when(), b.when()); c != 0 {
		return c
	}
	if c := strings.Compare(a.Title, b.Title); c != 0 {
		return c
	}
	return strings.Compare(a.IRI, b.IRI)
}

func sortByTime(facts []Fact) { slices.SortStableFunc(facts, compareFacts) }
