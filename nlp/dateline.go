package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ententegraph/entente/nlp/timex"
)

// A Dateline is the place, date and agency before the body of a news text:
// "QUITO, April 6 (Staff) —". Parts that are not there have an empty span.
type Dateline struct {
	Span          // from the place to the dash or colon
	Place    Span // without the country or state behind it
	Region   Span // country or state behind the place
	DateSpan Span
	Agency   Span // without the brackets
	Date     timex.Expression
}

// datelineLines is how far down the body may begin, below headline, standfirst and byline.
const datelineLines = 4

// FindDateline finds the dateline at the start of one of the first lines.
func FindDateline(text string) (Dateline, bool) {
	start := 0
	for n := 0; n < datelineLines && start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := trim(text, Span{start, end})
		if line.Start < line.End {
			n++
			if d, ok := datelineAt(text, line); ok {
				return d, true
			}
		}
		start = end + 1
	}
	return Dateline{}, false
}

// longestDateline is how many bytes may stand before the dash.
const longestDateline = 100

func datelineAt(text string, line Span) (Dateline, bool) {
	head := text[line.Start:min(line.End, line.Start+longestDateline)]
	at, mark := datelineEnd(head)
	if at < 0 || strings.TrimSpace(text[line.Start+at+mark:line.End]) == "" {
		return Dateline{}, false
	}
	d := Dateline{Span: Span{line.Start, line.Start + at + mark}}
	colon := head[at] == ':'
	rest := trim(text, Span{line.Start, line.Start + at})
	if open := strings.LastIndexByte(text[rest.Start:rest.End], '('); open > 0 && text[rest.End-1] == ')' {
		inner := Span{rest.Start + open + 1, rest.End - 1}
		if e, ok := dateIn(text, inner); ok {
			d.Date, d.DateSpan = e, inner
		} else {
			d.Agency = inner
		}
		rest = trim(text, Span{rest.Start, rest.Start + open})
	}
	parts := splitSpans(text, rest, ',')
	var names []Span
	for i := 0; i < len(parts); i++ {
		whole := Span{parts[i].Start, rest.End}
		if e, ok := dateIn(text, whole); ok && d.DateSpan == (Span{}) {
			d.Date, d.DateSpan = e, whole
			break
		}
		if e, ok := dateIn(text, parts[i]); ok && d.DateSpan == (Span{}) {
			d.Date, d.DateSpan = e, parts[i]
			continue
		}
		names = append(names, parts[i])
	}
	if len(names) == 0 || len(names) > 2 {
		return Dateline{}, false
	}
	d.Place = names[0]
	if len(names) == 2 {
		d.Region = names[1]
	}
	certain := d.DateSpan != (Span{}) || d.Agency != (Span{})
	if !isPlaceName(text[d.Place.Start:d.Place.End], certain || isCapitals(text[d.Place.Start:d.Place.End]), colon) {
		return Dateline{}, false
	}
	if colon && !certain && len(names) > 1 && !isCapitals(text[d.Place.Start:d.Place.End]) {
		return Dateline{}, false
	}
	if d.Region != (Span{}) && !isPlaceName(text[d.Region.Start:d.Region.End], true, false) {
		return Dateline{}, false
	}
	return d, true
}

// datelineEnd finds the dash or colon that ends a dateline, and its length.
func datelineEnd(head string) (at, length int) {
	for i, r := range head {
		switch r {
		case '—', '–':
			return i, utf8.RuneLen(r)
		case '-':
			if strings.HasPrefix(head[i:], "--") {
				return i, 2
			}
			if i > 0 && head[i-1] == ' ' && strings.HasPrefix(head[i+1:], " ") {
				return i, 1
			}
		case ':':
			return i, 1
		}
	}
	return -1, 0
}

// dateIn reads the span as one date and nothing else.
func dateIn(text string, s Span) (timex.Expression, bool) {
	found := timex.Find(text[s.Start:s.End], timex.Options{})
	if len(found) != 1 || found[0].Start != 0 || strings.Trim(text[s.Start+found[0].End:s.End], " .,") != "" || found[0].Kind != timex.KindDate {
		return timex.Expression{}, false
	}
	e := found[0]
	e.Start, e.End = e.Start+s.Start, e.End+s.Start
	return e, true
}

func splitSpans(text string, s Span, sep byte) []Span {
	var out []Span
	for start := s.Start; start <= s.End; {
		end := s.End
		if i := strings.IndexByte(text[start:s.End], sep); i >= 0 {
			end = start + i
		}
		if part := trim(text, Span{start, end}); part.Start < part.End {
			out = append(out, part)
		}
		start = end + 1
	}
	return out
}

func isCapitals(s string) bool {
	upper := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1
}

// labels stand before a dash or colon as a place does.
var labels = []string{
	"live", "update", "updated", "breaking", "exclusive", "analysis", "opinion", "editorial", "comment", "watch", "video", "explainer",
	"interview", "readout", "background", "factbox", "timeline", "correction", "note", "summary", "press release", "statement", "news",
	"question", "answer", "photos", "read", "subject", "date", "from", "to", "re", "q", "a", "by", "media advisory", "fact check", "profile",
}

// isPlaceName reports whether the words can be the name of a place. Without
// another sign of a dateline it may have three words at most, and none before a colon.
func isPlaceName(s string, certain, colon bool) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' })
	if len(words) == 0 || len(words) > 5 || !certain && (colon || len(words) > 3) {
		return false
	}
	for _, l := range labels {
		if strings.EqualFold(l, s) || strings.EqualFold(l, words[0]) && len(l) > 3 {
			return false
		}
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(first):
		case i > 0 && isParticle(w):
		default:
			return false
		}
		if strings.ContainsAny(w, "!?\"“”;0123456789") {
			return false
		}
	}
	return true
}

// isParticle reports whether a name of a place may have the word in lower case inside.
func isParticle(w string) bool {
	switch w {
	case "de", "da", "do", "di", "del", "la", "las", "los", "le", "les", "al", "el", "es", "of", "on", "upon", "sur", "am", "an", "der", "the":
		return true
	}
	return strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "ash-") || strings.HasPrefix(w, "el-")
}

// written gives the day on which the text was written: the dateline's, where it
// is at most a month before the publication or nothing else is known.
func (d Dateline) written(published timex.Date) timex.Date {
	if d.DateSpan == (Span{}) {
		return published
	}
	v := timex.Resolve(d.Date, timex.Reference{Published: published, Direction: timex.Past})
	if v.Precision != timex.Day || !v.Known() || !v.End.IsZero() {
		return published
	}
	if published.Day == 0 {
		return v.Date
	}
	if late := v.Date.Add(1, timex.UnitMonth); v.Date.Compare(published) > 0 || late.Compare(published) < 0 {
		return published
	}
	return v.Date
}
