package nlp

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/ententegraph/entente/nlp/timex"
)

// timeFinder finds the times of a document and resolves them against its date
// (or its dateline's), and relative ones against the times told before them.
// The dateline's own date is none of them: it tells when the text was written.
type timeFinder struct{ tenses tenses }

func (f timeFinder) component() Component {
	return Component{
		Name:     "times",
		Requires: []Layer{LayerSentences, LayerTokens},
		Provides: []Layer{LayerTimes},
		Annotate: func(ctx context.Context, d *Doc) error {
			d.Times = nil
			story := timeline{doc: d, written: d.Published}
			dateline, found := FindDateline(d.Text)
			if found {
				story.written = dateline.written(d.Published)
			}
			for i, s := range d.Sentences {
				if err := ctx.Err(); err != nil {
					return err
				}
				f.sentence(&story, i, s, dateline.Span)
			}
			return nil
		},
	}
}

func (f timeFinder) sentence(story *timeline, i int, s Sentence, dateline Span) {
	d := story.doc
	found := timex.Find(d.Text[s.Start:s.End], timex.Options{})
	if len(found) == 0 {
		return
	}
	tokens := d.Tokens[s.First:s.Last]
	words := make([]string, len(tokens))
	for k, t := range tokens {
		words[k] = strings.ToLower(d.Text[t.Start:t.End])
	}
	for _, e := range found {
		e.Start, e.End = e.Start+s.Start, e.End+s.Start
		t := Time{Span: Span{e.Start, e.End}, Expression: e, Sentence: i}
		if dateline.Overlaps(t.Span) {
			continue
		}
		from, to := tokensOf(tokens, t.Span)
		role := e.Role
		if role == timex.RoleWithin {
			role = timex.RoleAt // whether it was asked for, or is still to come
		}
		t.Value = story.resolve(t, f.tenses.direction(words, from, to, role))
		d.Times = append(d.Times, t)
	}
}

// tokensOf gives the range of tokens that share a byte with the span.
func tokensOf(tokens []Token, s Span) (from, to int) {
	for from < len(tokens) && tokens[from].End <= s.Start {
		from++
	}
	to = from
	for to < len(tokens) && tokens[to].Start < s.End {
		to++
	}
	return from, to
}

// A timeline is what is known of time while a document is read from its beginning.
type timeline struct {
	doc     *Doc
	written timex.Date
}

func (l *timeline) resolve(t Time, direction timex.Direction) timex.Value {
	ref := timex.Reference{Published: l.written, Direction: direction}
	e := t.Expression
	if v, ok := l.apposed(t); ok {
		return v
	}
	switch {
	case e.Anchor == timex.AnchorNarrative:
		ref.Anchor = l.last(e.Offset.Unit)
	case e.Anchor == timex.AnchorEvent:
		ref.Anchor = l.event(t)
	case e.Role == timex.RoleWithin && direction == timex.Past:
		// asked for a vote within a year: from when they asked
		if d := l.last(timex.UnitDay); !d.IsZero() {
			ref.Published = d
		}
	}
	return timex.Resolve(e, ref)
}

// apposed gives the value of a date that another way of telling it follows:
// "On August 29, two days before the signing".
func (l *timeline) apposed(t Time) (timex.Value, bool) {
	if n := len(l.doc.Times); n > 0 && (t.Expression.Anchor == timex.AnchorEvent || t.Expression.Anchor == timex.AnchorNarrative) {
		before := l.doc.Times[n-1]
		if before.Known() && before.Precision == timex.Day && strings.TrimSpace(l.doc.Text[before.Span.End:t.Start]) == "," {
			return before.Value, true
		}
	}
	return timex.Value{}, false
}

// last gives the date last spoken of, for something told in the unit. A day is
// sought among those on which something happened, rather than those that
// only say which vote or treaty is meant.
func (l *timeline) last(unit timex.Unit) timex.Date {
	day := unit < timex.UnitMonth
	for _, any := range []bool{false, true} {
		for i := len(l.doc.Times) - 1; i >= 0; i-- {
			t := l.doc.Times[i]
			switch {
			case !t.Known() || t.Expression.Kind != timex.KindDate:
			case !day:
				return t.Date
			case t.Date.Day == 0 || !t.Value.End.IsZero():
			case any || t.Expression.Role == timex.RoleAt && t.Precision == timex.Day:
				return t.Date
			}
		}
		if !day {
			break
		}
	}
	return timex.Date{}
}

// event gives the date of the event that is named behind the time ("two days
// before the signing"), where a sentence before tells of it by a word of the
// same stem and has a date.
func (l *timeline) event(t Time) timex.Date {
	name := headAfter(l.doc.Text[t.Span.End:l.doc.Sentences[t.Sentence].End])
	if name == "" {
		return timex.Date{}
	}
	want := stem(name)
	for i := len(l.doc.Times) - 1; i >= 0; i-- {
		before := l.doc.Times[i]
		if !before.Known() || before.Expression.Role != timex.RoleAt || before.Expression.Kind != timex.KindDate {
			continue
		}
		s := l.doc.Sentences[before.Sentence]
		for _, tok := range l.doc.Tokens[s.First:s.Last] {
			if w := l.doc.Text[tok.Start:tok.End]; tok.Start < t.Start && stem(strings.ToLower(w)) == want {
				return before.Date
			}
		}
	}
	return timex.Date{}
}

// headAfter gives the noun of the phrase at the start of s, in lower case: of
// "the disputed vote of May" it is "vote"; of a clause there is none.
func headAfter(s string) string {
	head := ""
	for i, w := range strings.Fields(s) {
		bare := strings.ToLower(strings.TrimRight(w, ".,;:!?)”\"’"))
		switch bare {
		case "of", "in", "at", "on", "with", "by", "to", "and", "between", "for", "from", "over", "near", "against":
			return head
		case "had", "was", "were", "has", "have", "is", "are", "would", "that", "which", "who", "he", "she", "it", "they":
			return ""
		}
		head = bare
		if len(bare) < len(w) {
			return head
		}
		if i > 5 {
			return ""
		}
	}
	return head
}

// stem cuts the endings by which a verb and the noun of its action differ.
func stem(w string) string {
	for _, end := range []string{"ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "als", "al", "ed", "es", "s", "e"} {
		if s, ok := strings.CutSuffix(w, end); ok && utf8.RuneCountInString(s) >= 4 {
			return s
		}
	}
	return w
}
