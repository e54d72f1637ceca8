// Package past shows the graph as it stood at a date: by valid time, which is
// when things were so, not when somebody wrote of them.
//
// A [Timetable] knows when each event, relation and tenure of a snapshot began
// and ended, as exactly as documents say. [Timetable.At] makes a [View] of one
// date, which every query language and package facts read like the graph of today:
//
//   - what began later is not there, and what ended later has not ended;
//   - the plain triples (state:ARM ent:memberOf organization:CSTO) are those that held;
//   - what may or may not have been so, because its dates are not known well
//     enough, has ent:standing "possibly", and no plain triple;
//   - whoever held an office that one person holds at a time has left it at
//     latest when somebody else is known to hold it.
//
// What documents say, in their named graphs, stays as it is.
//
//	v, err := past.At(ctx, view, model, when) // when, err := past.ParsePeriod("2025-08-30")
//	d, err := facts.Describe(ctx, v, model, "https://ententegraph.github.io/id/state/ARM")
//
// An asked month or year means: at some time in it.
package past

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Period is a day, month or year, by its first and last day. Days are ISO
// 8601 texts, which sort as they follow each other.
type Period struct {
	Text        string // as it was asked for
	First, Last string // days, as 2025-08-01 and 2025-08-31
}

// ParsePeriod reads 2025, 2025-08, 2025-08-31, or today.
func ParsePeriod(text string) (Period, error) {
	if text == "today" {
		text = time.Now().UTC().Format(time.DateOnly)
	}
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if len(text) != len(form.layout) {
			continue
		}
		first, err := time.Parse(form.layout, text)
		if err != nil {
			break
		}
		last := first.AddDate(form.years, form.months, form.days).AddDate(0, 0, -1)
		return Period{text, first.Format(time.DateOnly), last.Format(time.DateOnly)}, nil
	}
	return Period{}, fmt.Errorf("past: %q is no date; write a day, month or year, as 2025-08-31, 2025-08 or 2025", text)
}

// A View is the graph as it stood in a period.
type View struct {
	graph.Forwarded
	period Period
}

// AsOf returns the period.
func (v *View) AsOf() Period { return v.period }

// Of returns the period of a view, and false where it is the graph of today.
func Of(view graph.Dataset) (Period, bool) {
	if v, ok := view.(interface{ AsOf() Period }); ok {
		return v.AsOf(), true
	}
	return Period{}, false
}

// At returns the graph of a view as it stood in a period. It takes the view
// over: to close what it returns closes both.
func At(ctx context.Context, view graph.View, model *schema.Model, p Period) (*View, error) {
	t, err := Read(ctx, view, model)
	if err != nil {
		return nil, err
	}
	return t.At(ctx, view, p)
}

// The days that stand for an open beginning and end.
const (
	NoBeginning = "0000-00-00"
	NoEnd       = "9999-99-99"
)

// A Span is the first and last day that a date may mean.
type Span struct{ First, Last string }

// unknown is the span of a date of which nothing is known.
var unknown = Span{NoBeginning, NoEnd}

// SpanOf returns what a date with its precision may mean: a day, month or year,
// or with the precision before, after, since, about or latest what is open. The
// text "" means that nothing is known. Several dates are those that documents
// disagree about, sorted.
func SpanOf(precision string, dates ...string) Span {
	if len(dates) == 0 || dates[0] == "" {
		return unknown
	}
	earliest, latest := dates[0], dates[len(dates)-1]
	switch precision {
	case "before":
		return Span{NoBeginning, FirstDay(latest)}
	case "latest":
		return Span{NoBeginning, LastDay(latest)}
	case "after", "since":
		return Span{FirstDay(earliest), NoEnd}
	case "about":
		return Span{shifted(FirstDay(earliest), -1), shifted(LastDay(latest), 1)}
	}
	return Span{FirstDay(earliest), LastDay(latest)}
}

// FirstDay returns the first day of a day, month or year.
func FirstDay(iso string) string { return padded(iso, "-01-01") }

// LastDay returns the last day of a day, month or year. It need not be a day of the calendar: 2025-02-31 sorts as is wanted.
func LastDay(iso string) string { return padded(iso, "-12-31") }

func padded(iso, tail string) string {
	switch strings.Count(strings.TrimPrefix(iso, "-"), "-") {
	case 0:
		return iso + tail
	case 1:
		return iso + tail[3:]
	}
	return iso[:min(len(iso), len(NoEnd))]
}

// shifted moves a day by years: what is about 2015 may be a year off.
func shifted(day string, years int) string {
	var year int
	if _, err := fmt.Sscanf(day, "%4d", &year); err != nil || len(day) != len(NoEnd) {
		return day
	}
	return fmt.Sprintf("%04d%s", min(max(year+years, 0), 9999), day[4:])
}
