package nlp

import (
	"context"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotationMarks maps an opening mark to the marks that may close it.
var quotationMarks = map[rune]string{'“': "”", '„': "“”", '«': "»", '‘': "’", '‹': "›"}

func quotationComponent() Component {
	return Component{
		Name:     "quotations",
		Requires: []Layer{LayerSentences},
		Provides: []Layer{LayerQuotations},
		Annotate: func(_ context.Context, d *Doc) error {
			d.Quotations = findQuotations(d.Text)
			return nil
		},
	}
}

// findQuotations returns the text between quotation marks, nested ones
// included. A quotation that is not closed in its paragraph ends with it, and
// goes on in the next one when that opens with a mark too.
func findQuotations(text string) []Quotation {
	var out []Quotation
	at := 0
	for paragraph := range strings.SplitAfterSeq(text, "\n") {
		out = append(out, quotationsIn(text, Span{at, at + len(paragraph)})...)
		at += len(paragraph)
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Start != out[j].Start {
			return out[i].Start < out[j].Start
		}
		return out[i].End > out[j].End
	})
	return out
}

// deepestQuotation bounds how far quotations may be nested; more marks than that are no quotations.
const deepestQuotation = 8

func quotationsIn(text string, in Span) []Quotation {
	type opened struct {
		mark  rune
		after int
	}
	var open []opened
	var out []Quotation
	closeAt := func(depth, end int) {
		s := trim(text, Span{open[depth].after, end})
		if s.Start < s.End {
			out = append(out, Quotation{Span: s, Speaker: -1, Scare: isScare(text[s.Start:s.End])})
		}
		open = open[:depth]
	}
	before := ' '
	for i := in.Start; i < in.End; {
		r, n := utf8.DecodeRuneInString(text[i:in.End])
		next, _ := utf8.DecodeRuneInString(text[i+n : in.End])
		depth := -1
		for k := len(open) - 1; k >= 0 && depth < 0; k-- {
			if closes(open[k].mark, r, next) {
				depth = k
			}
		}
		switch {
		case depth >= 0:
			closeAt(depth, i)
		case len(open) < deepestQuotation && opens(r, before, next):
			open = append(open, opened{r, i + n})
		}
		before = r
		i += n
	}
	// An unclosed mark: a double one runs to the paragraph's end, a single one is an apostrophe.
	for len(open) > 0 {
		last := len(open) - 1
		if mark := open[last].mark; mark == '‘' || mark == '\'' || mark == '‹' {
			open = open[:last]
			continue
		}
		closeAt(last, in.End)
	}
	return out
}

func opens(r, before, next rune) bool {
	free := !unicode.IsLetter(before) && !unicode.IsDigit(before)
	switch r {
	case '"':
		return free && next != utf8.RuneError && !unicode.IsSpace(next)
	case '\'', '‘', '‹':
		return free && (unicode.IsLetter(next) || unicode.IsDigit(next) || next == '…' || next == '“' || next == '"')
	}
	return quotationMarks[r] != ""
}

func closes(mark, r, next rune) bool {
	switch mark {
	case '"':
		return r == '"'
	case '\'', '‘':
		apostrophe := unicode.IsLetter(next) || unicode.IsDigit(next)
		return !apostrophe && (mark == r && mark == '\'' || mark == '‘' && r == '’')
	}
	return strings.ContainsRune(quotationMarks[mark], r)
}

// isScare reports whether quoted words are too few, and too little of a
// sentence, to be somebody's speech.
func isScare(s string) bool {
	if len(s) > 200 {
		return false
	}
	words := len(strings.Fields(s))
	last, _ := utf8.DecodeLastRuneInString(s)
	return words <= 2 || words <= 4 && !strings.ContainsRune(".!?,…", last)
}
