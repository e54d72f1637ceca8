package nlp

import (
	"context"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// sentenceFinder splits text into sentences: by Unicode's rules (UAX #29),
// mended where a full stop belongs to an abbreviation, a title or an initial.
// The end of a line ends a sentence, except where the lines of the text are
// wrapped.
//
// What is no part of the article, or not in English, makes no sentence; a note
// says so.
type sentenceFinder struct {
	abbreviations *abbreviations
	furniture     furniture
}

func (f sentenceFinder) component() Component {
	return Component{
		Name:     "sentences",
		Provides: []Layer{LayerSentences},
		Annotate: func(_ context.Context, d *Doc) error {
			d.Sentences, d.Notes = f.find(d.Text)
			d.Sentences = splitLong(d)
			return nil
		},
	}
}

func (f sentenceFinder) find(text string) (found []Sentence, notes []Note) {
	unread := func(s Span, why string) {
		notes = append(notes, Note{Span: s, Layer: "sentences", Text: "not read: " + why})
	}
	for n, line := range lines(text) {
		if language := otherLanguage(text[line.Start:line.End]); language != "" {
			unread(line, "this paragraph seems to be in "+language+"; only English is read")
			continue
		}
		for _, part := range cells(text, line) {
			spans := f.split(text, part)
			for i, s := range spans {
				if what := f.furniture.what(text[s.Start:s.End]); what != "" {
					unread(s, what+", no part of the article")
					continue
				}
				heading := part != line || len(spans) == 1 && isHeading(text, line, n == 0)
				found = append(found, Sentence{Span: s, Heading: heading && i == 0})
			}
		}
	}
	return found, notes
}

// cells returns the cells of a line that is a row of a table, between tabs or bars; any other line is one cell.
func cells(text string, line Span) []Span {
	row := text[line.Start:line.End]
	if !strings.Contains(row, "\t") && strings.Count(row, "|") < 2 {
		return []Span{line}
	}
	var out []Span
	start := line.Start
	for i := 0; i <= len(row); i++ {
		if i < len(row) && row[i] != '\t' && row[i] != '|' {
			continue
		}
		if cell := trim(text, Span{start, line.Start + i}); cell.Start < cell.End {
			out = append(out, cell)
		}
		start = line.Start + i + 1
	}
	return out
}

// longest is how many bytes a sentence may have; what is longer is no sentence
// but a list or a table, and would cost more time by the word.
const longest = 3000

// splitLong cuts what is longer than a sentence into parts, and says so.
func splitLong(d *Doc) []Sentence {
	var out []Sentence
	for _, s := range d.Sentences {
		if s.End-s.Start > longest {
			d.Notes = append(d.Notes, Note{Span: Span{s.Start, partEnd(d.Text, s.Span)}, Layer: "sentences",
				Text: "a sentence of " + strconv.Itoa(s.End-s.Start) + " bytes is read in parts"})
		}
		for s.End-s.Start > longest {
			end := partEnd(d.Text, s.Span)
			out = append(out, Sentence{Span: trim(d.Text, Span{s.Start, end})})
			s = Sentence{Span: trim(d.Text, Span{end, s.End})}
		}
		if s.Start < s.End {
			out = append(out, s)
		}
	}
	return out
}

// partEnd gives where the first part of a long sentence ends: before a blank, or else before a whole character.
func partEnd(text string, s Span) int {
	if i := strings.LastIndexFunc(text[s.Start:s.Start+longest], unicode.IsSpace); i > 0 {
		return s.Start + i
	}
	end := s.Start + longest
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// lines returns the spans of the text's lines, bullets and blanks trimmed.
// Wrapped lines are joined.
func lines(text string) []Span {
	wrapped := isWrapped(text)
	var out []Span
	joinable := false // the previous line may go on in this one
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[start:], "\n\r\u2028\u2029"); i >= 0 {
			end = start + i
		}
		raw := Span{start, end}
		line := trim(text, raw)
		body := trimBullet(text, line)
		switch {
		case line.Start == line.End:
			joinable = false
		case joinable && body == line && (wrapped || startsLower(text[line.Start:])):
			out[len(out)-1].End = line.End
			joinable = !endsSentence(text[line.Start:line.End])
			if wrapped {
				joinable = true
			}
		default:
			if body.Start < body.End {
				out = append(out, body)
			}
			joinable = body.Start < body.End && (!endsSentence(text[body.Start:body.End]) || wrapped && body.End-body.Start >= 40)
		}
		start = end
		if start < len(text) {
			_, size := utf8.DecodeRuneInString(text[start:])
			start += size
		}
	}
	return out
}

// isWrapped reports whether the text's lines look broken at a column rather
// than at paragraphs: several lines, all of moderate and many of like length,
// most of them ending inside a sentence.
func isWrapped(text string) bool {
	long, open, count := 0, 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		n := utf8.RuneCountInString(line)
		if n > 110 {
			return false
		}
		if n == 0 {
			continue
		}
		count++
		if n >= 50 {
			long++
			if !endsSentence(line) {
				open++
			}
		}
	}
	return count >= 4 && long*2 >= count && open*2 >= long
}

// split cuts one line into sentences.
func (f sentenceFinder) split(text string, line Span) []Span {
	// A wrapped line's breaks are blanks to the splitter, which would end a sentence at each.
	flat := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, text[line.Start:line.End])
	var out []Span
	it := sentences.FromString(flat)
	open := false // the last piece does not end its sentence
	for it.Next() {
		s := trim(text, Span{line.Start + it.Start(), line.Start + it.End()})
		if s.Start == s.End {
			continue
		}
		if open {
			out[len(out)-1].End = s.End
		} else {
			out = append(out, s)
		}
		last := out[len(out)-1]
		open = f.continues(text[last.Start:last.End], text[s.End:line.End])
	}
	return out
}

// continues reports whether a sentence goes on after the piece, given what follows on its line.
func (f sentenceFinder) continues(piece, rest string) bool {
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	if rest == "" {
		return false
	}
	if startsLower(rest) { // “Why?” he asked.
		return true
	}
	if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(",;:)—–-”’»", r) {
		return true
	}
	if !strings.HasSuffix(piece, ".") {
		return false
	}
	word := piece[strings.LastIndexFunc(piece, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(“\"‘«[", r) })+1:]
	if i := strings.IndexFunc(word, unicode.IsLetter); i > 0 && !unicode.IsDigit(rune(word[0])) {
		word = word[i:]
	}
	return f.abbreviations.joins(word, firstWord(rest), word == piece)
}

// isHeading reports whether a line that is one sentence reads as a headline or
// caption: short, and without a full stop.
func isHeading(text string, line Span, first bool) bool {
	if text[:line.Start] != "" {
		before := strings.TrimRight(text[:line.Start], " \t")
		if r, _ := utf8.DecodeLastRuneInString(before); isBullet(r) {
			return false
		}
	}
	s := text[line.Start:line.End]
	if number, _, ok := strings.Cut(s, ". "); ok && strings.Trim(number, "0123456789") == "" {
		return false
	}
	words := len(strings.Fields(s))
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return first && words <= 14
	}
	return !endsSentence(s) && words <= 25 && !strings.HasSuffix(s, ",") && !strings.HasSuffix(s, ";")
}

func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) && r != '\ufeff' {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

func isBullet(r rune) bool { return strings.ContainsRune("•‣◦▪●■–—*-·", r) }

// trimBullet drops a list mark (• or 3.) from the start of a line.
func trimBullet(text string, s Span) Span {
	r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
	if s.Start == s.End || !isBullet(r) {
		return s
	}
	rest := trim(text, Span{s.Start + n, s.End})
	if rest.Start == s.Start+n && r != '•' && r != '‣' { // -5 °C, --
		return s
	}
	return rest
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// endsSentence reports whether s ends in a full stop, question or exclamation
// mark or colon, perhaps inside closing quotation marks or brackets.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".?!…:", r)
}

// firstWord returns the leading letters of s, quotation marks and brackets skipped.
func firstWord(s string) string {
	s = strings.TrimLeft(s, "\"'“‘«([")
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if end < 0 {
		end = len(s)
	}
	return s[:end]
}
