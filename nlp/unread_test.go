package nlp_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/ententegraph/entente/nlp"
)

const article = "Norway expelled two Russian diplomats on Monday, the foreign ministry said. It gave no reason for the decision."

// TestUnread wants what is no part of an article, or in another language, to be left out with a note, and the article to be read as without it.
func TestUnread(t *testing.T) {
	pipeline := english(t)
	for _, c := range []struct{ name, beside, note string }{
		{"link", "Read more: Germany recalls its ambassador from Moscow", "link to another article"},
		{"link in capitals", "READ ALSO | France signs defence pact with Greece", "link to another article"},
		{"cookies", "This website uses cookies to tell Sweden from Finland.", "cookies"},
		{"newsletter", "Subscribe to our newsletter to get the latest on Sweden and Finland.", "invitation to subscribe"},
		{"buttons", "Share on Facebook", "button"},
		{"copyright", "© 2025 The Helsinki Courier. All rights reserved.", "copyright"},
		{"byline", "Reporting by Aino Laine in Helsinki; editing by Per Dahl in Stockholm", "byline"},
		{"credit", "Photo credit: Office of the President of Finland", "credit"},
		{"French", "Le ministre des Affaires étrangères du Tchad a rencontré lundi à Berlin son homologue allemand pour discuter de la situation.", "French"},
		{"Russian", "Министр иностранных дел Армении встретился с послом Пакистана в Ереване и обсудил вопросы двустороннего сотрудничества.", "Russian"},
		{"Spanish", "El presidente de México anunció el viernes que su país rompe relaciones diplomáticas con Ecuador tras el asalto a su embajada.", "Spanish"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &nlp.Doc{Text: article + "\n\n" + c.beside + "\n"}
			if err := pipeline.Annotate(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(d.Notes, func(n nlp.Note) bool {
				return strings.Contains(n.Text, "not read") && strings.Contains(n.Text, c.note) && strings.HasPrefix(c.beside, d.Text[n.Start:n.End])
			}) {
				t.Errorf("no note says that %q is not read: %v", c.beside, d.Notes)
			}
			for _, m := range d.Mentions {
				if m.Start >= len(article) {
					t.Errorf("%q is a mention", d.Text[m.Start:m.End])
				}
			}
			if len(d.Events) == 0 {
				t.Error("the article itself was not read")
			}
		})
	}
	// Prose that begins with such words, or speaks of such things, is read.
	for _, text := range []string{
		"Related talks between Norway and Sweden opened in Oslo on Monday.",
		"Share prices fell after Norway imposed sanctions on Belarus.",
		"Watch your words, Norway told Russia on Monday.",
		"Comments by the Norwegian minister angered Russia, which recalled its ambassador.",
		"Listen to Norway, the minister said. He was angry with Russia.",
	} {
		d := &nlp.Doc{Text: text, Language: "en"}
		if err := pipeline.Annotate(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		if len(d.Mentions) == 0 || slices.ContainsFunc(d.Notes, func(n nlp.Note) bool { return strings.Contains(n.Text, "not read") }) {
			t.Errorf("not read: %q", text)
		}
	}
}

// TestTables reads cells as such: they are no running text.
func TestTables(t *testing.T) {
	d := &nlp.Doc{Text: "State\tAmbassador\tSince\nNorway\tKari Lunde\t2020\n| Sweden | Nils Ek |\n|---|---|\n", Language: "en"}
	if err := english(t).Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range d.Entities {
		got = append(got, e.Name)
	}
	if want := "Norway, Kari Lunde, Sweden, Nils Ek"; strings.Join(got, ", ") != want {
		t.Errorf("entities %v, want %s", got, want)
	}
}

// TestHidden reads the same in a text whatever stands in it that does not show, and gives offsets in the text as it was given.
func TestHidden(t *testing.T) {
	plain := "Foreign Minister Péter Szijjártó of Hungary & Côte d’Ivoire’s president, Alassane Ouattara, met in São Tomé on Monday.\n"
	pipeline := english(t)
	want := namesIn(t, pipeline, plain)
	if len(want) < 5 {
		t.Fatalf("only %v found", want)
	}
	for name, text := range map[string]string{
		"decomposed":       norm.NFD.String(plain),
		"references":       strings.NewReplacer("&", "&amp;", "ô", "&ocirc;", "’", "&#8217;", "ã", "&#xE3;").Replace(plain),
		"soft hyphens":     strings.NewReplacer("Hungary", "Hun\u00adgary", "Tomé", "To\u00admé").Replace(plain),
		"zero-width marks": strings.NewReplacer(" ", "\u200b ", "Péter", "\u200ePéter\u200f").Replace(plain),
		"line ends":        strings.ReplaceAll(plain, "\n", "\r\n"),
		"hard blanks":      strings.ReplaceAll(plain, " ", "\u00a0"),
		"byte order mark":  "\ufeff" + plain,
	} {
		t.Run(name, func(t *testing.T) {
			if got := namesIn(t, pipeline, text); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// namesIn lists the names of a text's entities, with the words of their mentions made plain.
func namesIn(t *testing.T, pipeline *nlp.Pipeline, text string) []string {
	t.Helper()
	d := &nlp.Doc{Text: text, Language: "en"}
	if err := pipeline.Annotate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	if d.Text != text {
		t.Fatal("the text was changed")
	}
	hidden := strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200e", "", "\u200f", "", "&ocirc;", "ô", "&#8217;", "’", "&#xE3;", "ã", "\u00a0", " ")
	var out []string
	for _, m := range d.Mentions {
		out = append(out, d.Entities[m.Entity].Class+" "+norm.NFC.String(hidden.Replace(text[m.Start:m.End])))
	}
	return out
}

// FuzzAnnotate wants every offset of what is read in any bytes to be a place in them, and no panic.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		article, "", "\xff\xfe", "&amp;&#0;&lt;", norm.NFD.String("Péter Szijjártó met Xi Jinping."), "NORWAY\u200b AND\r\nSWEDEN|x|y\t.",
		"“‘\"Oslo", "On 31 February 2025, the minister of of said (said).", "- \n* \n1. \n", "\u0301\u0301", "a\u2028b\u2029c",
		"He said: “We”\n“will", "Read more:", "Dr. U.S. e.g. J. D. Vance", "’s 's n't cannot", "—-–", "가나다라 \u1100\u1161",
	} {
		f.Add(s)
	}
	pipeline := english(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := &nlp.Doc{Text: text}
		var other *nlp.LanguageError
		if err := pipeline.Annotate(context.Background(), d); errors.As(err, &other) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		check := func(what string, spans ...nlp.Span) {
			for _, s := range spans {
				if s.Start < 0 || s.Start > s.End || s.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
					t.Errorf("%s at %v of %q", what, s, text)
				}
			}
		}
		for _, x := range d.Sentences {
			check("sentence", x.Span)
		}
		for _, x := range d.Tokens {
			check("token", x.Span)
		}
		for _, x := range d.Quotations {
			check("quotation", x.Span)
		}
		for _, x := range d.Times {
			check("time", x.Span, nlp.Span{Start: x.Expression.Start, End: x.Expression.End})
		}
		for _, x := range d.Mentions {
			check("mention", x.Span)
		}
		for _, x := range d.Tenures {
			check("tenure", append(x.Terms, x.Evidence...)...)
		}
		for _, x := range d.Relations {
			check("relation", append(x.Evidence, x.Trigger)...)
		}
		for _, x := range d.Events {
			check("event", append(x.Evidence, x.Trigger)...)
		}
		for _, x := range d.Notes {
			check("note", x.Span)
		}
		d.Extraction()
	})
}
