package facts

import (
	"slices"
	"strings"
)

// String writes a date with its precision where that is not its own form:
// "2025-08-31", "before 2016", "about 2024", "at latest 2024-05-01", "2024 or
// 2025" where documents disagree; "" where none is known.
func (d Date) String() string {
	text := strings.Join(append([]string{d.Text}, d.Others...), " or ")
	if d.Text == "" {
		return ""
	}
	switch d.Precision {
	case "before", "after", "since", "about":
		return d.Precision + " " + text
	case "latest":
		return "at latest " + text
	}
	return text
}

// Span writes the time in which a tenure or relation holds: "since 2025-08-31",
// "2015 to about 2020", "over, not known since when"; "" where nothing is known
// of it. What has no end that is known is not said to go on.
func (f Fact) Span() string {
	var span string
	switch from, until := f.From.String(), f.Until.String(); {
	case from != "" && until != "":
		span = from + " to " + until
	case from != "" && f.Former:
		span = "from " + from + ", over, not known since when"
	case from != "":
		span = "since " + strings.TrimPrefix(from, "since ")
	case until != "":
		span = "until " + until
	case f.Former:
		span = "over, not known since when"
	}
	if f.Standing != "" {
		span = strings.TrimSuffix(f.Standing+", "+span, ", ")
	}
	return span
}

// Name is what a document is called: its title, or else where it came from.
func (d Document) Name() string {
	if d.Title != "" {
		return d.Title
	}
	return d.Source
}

// Sources is the evidence without repetitions: reports of one document that
// rest on the same sentences, with the same speakers, are told once.
func (f Fact) Sources() []Evidence {
	var out []Evidence
	for _, e := range f.Evidence {
		if !slices.ContainsFunc(out, func(o Evidence) bool {
			return o.Document.IRI == e.Document.IRI && slices.Equal(o.Sentences, e.Sentences) && slices.Equal(o.Speakers, e.Speakers)
		}) {
			out = append(out, e)
		}
	}
	return out
}
