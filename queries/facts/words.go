package facts

import "slices"

import "strings"

// String writes a date with its precision where that is not its own form:
// "2025-08-31", "before 2016", "about 2024", "2024 or 2025" where documents
// disagree; "" where none is known.
func (d Date) String() string {
	text := strings.Join(append([]string{d.Text}, d.Others...), " or ")
	switch d.Precision {
	case "before", "after", "since", "about":
		if d.Text != "" {
			return d.Precision + " " + text
		}
	}
	return text
}

// Span writes the time in which a tenure or relation holds: "since 2025-08-31",
// "2015 to 2020", "former"; "" where nothing is known of it.
func (f Fact) Span() string {
	switch {
	case f.From.Text != "" && f.Until.Text != "":
		return f.From.Text + " to " + f.Until.Text
	case f.From.Text != "":
		return "since " + f.From.Text
	case f.Until.Text != "":
		return "until " + f.Until.Text
	case f.Former:
		return "former"
	}
	return ""
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
