package nlp

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenizer cuts sentences into tokens as package perceptron was trained on
// them: contractions and the possessive 's are tokens of their own, a
// hyphenated word is one.
type tokenizer struct{ abbreviations *abbreviations }

func (t tokenizer) component() Component {
	return Component{
		Name:     "tokens",
		Requires: []Layer{LayerSentences},
		Provides: []Layer{LayerTokens},
		Annotate: func(_ context.Context, d *Doc) error {
			d.Tokens = d.Tokens[:0]
			for i := range d.Sentences {
				s := &d.Sentences[i]
				s.First = len(d.Tokens)
				for _, span := range t.tokens(d.Text, s.Span) {
					d.Tokens = append(d.Tokens, Token{Span: span, Sentence: i, Head: -1})
				}
				s.Last = len(d.Tokens)
			}
			return nil
		},
	}
}

func (t tokenizer) tokens(text string, in Span) []Span {
	var out []Span
	for at := in.Start; at < in.End; {
		r, n := utf8.DecodeRuneInString(text[at:in.End])
		switch {
		case unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b':
			at += n
		case isWordRune(r):
			end := at + wordLength(text[at:in.End])
			out = t.word(out, text, Span{at, end}, in.End)
			at = out[len(out)-1].End
		default:
			end := at + markLength(text[at:in.End])
			out = append(out, Span{at, end})
			at = end
		}
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == 'ʻ' }

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// wordLength returns the length of the run of letters, digits and the marks
// that may stand between them, of which s begins.
func wordLength(s string) int {
	if n := addressLength(s); n > 0 {
		return n
	}
	end := 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if isWordRune(r) {
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+n:])
		before, _ := utf8.DecodeLastRuneInString(s[:end])
		inner := isApostrophe(r) || isHyphen(r) || r == '.' || r == '&' && unicode.IsUpper(before) && unicode.IsUpper(next) ||
			(r == ',' || r == ':' || r == '/' || r == '–') && unicode.IsDigit(before) && unicode.IsDigit(next)
		if !inner || !isWordRune(next) {
			break
		}
		end += n
	}
	return end
}

// addressLength returns the length of a web or mail address at the start of s, or 0.
func addressLength(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”«»()[]", r) })
	if end < 0 {
		end = len(s)
	}
	w := strings.TrimRight(s[:end], ".,;:!?'’")
	if strings.Contains(w, "://") || strings.HasPrefix(w, "www.") {
		return len(w)
	}
	if i := strings.IndexByte(w, '@'); i > 0 && strings.Contains(w[i:], ".") {
		return len(w)
	}
	return 0
}

// markLength returns the length of the punctuation token at the start of s:
// repeated stops and dashes stay together, all else is a token each.
func markLength(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if r != '.' && r != '-' && r != '…' {
		return n
	}
	end := n
	for end < len(s) && strings.HasPrefix(s[end:], s[:n]) {
		end += n
	}
	return end
}

// word appends the tokens of the run of letters and marks at s.
func (t tokenizer) word(out []Span, text string, s Span, limit int) []Span {
	w := text[s.Start:s.End]
	if addressLength(text[s.Start:limit]) == len(w) {
		return append(out, s)
	}
	// The stop of an abbreviation or of dotted letters belongs to the word.
	if s.End < limit && text[s.End] == '.' && !strings.HasPrefix(text[s.End:], "..") && t.abbreviations.keepsStop(lastPart(w)+".", firstRune(text[s.End+1:limit])) {
		s.End++
	}
	return t.contraction(out, text, s)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return r
}

func lastPart(w string) string { return w[strings.LastIndexFunc(w, isHyphen)+1:] }

// contraction appends w, split where a clitic begins: Armenia + ’s, do + n’t, can + not.
func (t tokenizer) contraction(out []Span, text string, s Span) []Span {
	w := text[s.Start:s.End]
	lower := strings.ToLower(w)
	if lower == "cannot" {
		return append(out, Span{s.Start, s.Start + 3}, Span{s.Start + 3, s.End})
	}
	i := strings.LastIndexFunc(w, isApostrophe)
	if i <= 0 {
		return append(out, s)
	}
	_, n := utf8.DecodeRuneInString(w[i:])
	switch lower[i+n:] {
	case "s", "re", "ve", "ll", "d", "m":
		return append(out, Span{s.Start, s.Start + i}, Span{s.Start + i, s.End})
	case "t":
		if strings.HasSuffix(lower[:i], "n") && i > 1 {
			return append(out, Span{s.Start, s.Start + i - 1}, Span{s.Start + i - 1, s.End})
		}
	}
	return append(out, s)
}
