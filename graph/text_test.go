package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/memory"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"The Foreign Minister's U.S. trip": "the|foreign|minister|s|u|s|trip",
		"Côte d’Ivoire":                    "cote|d|ivoire",
		"ŁÓDŹ, Tromsø & Straße":            "lodz|tromso|strasse",
		"İstanbul Diyarbakır":              "istanbul|diyarbakir",
		"Երեվան և Բաքու":                   "երեվան|եւ|բաքու",
		"الجُمهورية":                       "الجمهورية",
		"中国2024年":                          "中|国|2024|年",
		"ＡＢＣ ﬁn":                           "abc|fin",
		"G7-summit_2024":                   "g7|summit|2024",
		strings.Repeat("é", 100):           strings.Repeat("e", 64),
		strings.Repeat("я", 100):           strings.Repeat("я", 32),
	} {
		if got := strings.Join(graph.Words(text), "|"); got != want {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

func TestFindText(t *testing.T) {
	subject, predicate := graph.IRI("http://example.org/s"), graph.IRI("http://example.org/p")
	var quads []graph.Quad
	for _, o := range []graph.Term{
		graph.String("Armenia"), graph.LangTagged("Arménie", "fr"), graph.String("The ministers of Armenia and Pakistan met in Tianjin."),
		graph.String("Armenia, Armenia!"), graph.Typed("Armenia", "http://example.org/type"), graph.IRI("http://example.org/Armenia"), graph.String("Pakistan"),
	} {
		quads = append(quads, graph.Quad{Subject: subject, Predicate: predicate, Object: o}, graph.Quad{Subject: predicate, Predicate: predicate, Object: o})
	}
	d := memory.New(quads, nil)
	for query, want := range map[string]string{
		"armenia":            "Armenia, Armenia!|Armenia|The ministers of Armenia and Pakistan met in Tianjin.",
		"ARMENIE":            "Arménie",
		"armen*":             "Armenia, Armenia!|Armenia|Arménie|The ministers of Armenia and Pakistan met in Tianjin.",
		"pakistan ARMEN*":    "The ministers of Armenia and Pakistan met in Tianjin.",
		"armenia azerbaijan": "",
		"minister":           "",
		"minister*":          "The ministers of Armenia and Pakistan met in Tianjin.",
		" , * ":              "",
		"":                   "",
	} {
		hits, err := graph.FindText(t.Context(), d, query, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			term, err := d.Term(t.Context(), h.ID)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, term.Value)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q finds %q, want %s", query, got, want)
		}
		if first, err := graph.FindText(t.Context(), d, query, 1); err != nil || !slices.Equal(first, hits[:min(1, len(hits))]) {
			t.Errorf("%q with a limit finds %v (%v)", query, first, err)
		}
	}
}
