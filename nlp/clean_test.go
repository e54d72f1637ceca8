package nlp

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestCleanText(t *testing.T) {
	for _, c := range []struct{ name, given, clean, word, inGiven string }{
		{"reference", "Malta &amp; Cyprus met", "Malta & Cyprus met", "&", "&amp;"},
		{"after references", "A &lt;&gt; Cyprus met", "A <> Cyprus met", "Cyprus", "Cyprus"},
		{"reference in a word", "C&ocirc;te d&#39;Ivoire", "Côte d'Ivoire", "Côte", "C&ocirc;te"},
		{"no reference", "R&D; AT&T; &nosuch; & so", "R&D; AT&T; &nosuch; & so", "", ""},
		{"soft hyphen", "Nor\u00adway met", "Norway met", "Norway", "Nor\u00adway"},
		{"marks around a word", "\u200eNorway\u200e met", "Norway met", "Norway", "Norway"},
		{"zero-width spaces", "in Oslo\u200b\u200b, then", "in Oslo, then", "Oslo", "Oslo"},
		{"decomposed", norm.NFD.String("São Tomé met"), "São Tomé met", "Tomé", norm.NFD.String("Tomé")},
		{"decomposed with a hidden mark", "Toma\u200b\u030c met", "Tom\u0061\u030c met", "met", "met"},
		{"broken bytes", "Oslo \xff\xfe met", "Oslo \ufffd\ufffd met", "met", "met"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clean, ok := cleanText(c.given)
			if !ok {
				clean = cleaned{text: c.given}
			}
			if clean.text != c.clean {
				t.Fatalf("cleaned: %q, want %q", clean.text, c.clean)
			}
			if at := strings.Index(clean.text, c.word); c.word != "" {
				s := clean.span(Span{at, at + len(c.word)})
				if got := c.given[s.Start:s.End]; got != c.inGiven {
					t.Errorf("%q stands for %q in the text given, want %q", c.word, got, c.inGiven)
				}
			}
		})
	}
}

// FuzzCleanText wants all letters of the clean text to lead back, in order, to whole letters of the text given.
func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"", "a&amp;b", "Nor\u00adway", norm.NFD.String("Péter Szijjártó"), "\xff", "가각", "&amp\x96;", "&#x41;&#769;e\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := cleanText(text)
		if !ok {
			if !utf8.ValidString(text) {
				t.Fatal("broken bytes were left")
			}
			return
		}
		last := 0
		for at, r := range c.text {
			s := c.span(Span{at, at + utf8.RuneLen(r)})
			if s.Start < 0 || s.Start >= s.End || s.End > len(text) || s.Start < last && s.End < last {
				t.Fatalf("%q at %d of %q is %v of %q, after %d", r, at, c.text, s, text, last)
			}
			last = s.Start
		}
	})
}
