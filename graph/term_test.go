package graph_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// terms are terms that a careless mapping to Cayley's values would change.
var terms = []graph.Term{
	graph.IRI("http://example.org/a"),
	graph.IRI("alice"),
	graph.IRI("rdf:type"),
	graph.Blank("b0"),
	graph.String(""),
	graph.String("a\tb\n\"c\" \\ \u0000 é 𝄞"),
	graph.LangTagged("chat", "fr"),
	graph.LangTagged("chat", "fr-BE"),
	graph.Typed("x", graph.LangString),
	graph.Typed("x", "int"),
	graph.Typed("1", "xsd:integer"),
	graph.Typed("1", xsd+"integer"),
	graph.Typed("01", xsd+"integer"),
	graph.Typed("+1", xsd+"integer"),
	graph.Typed("-0", xsd+"integer"),
	graph.Typed(" 1", xsd+"integer"),
	graph.Typed("9223372036854775807", xsd+"integer"),
	graph.Typed("9223372036854775808", xsd+"integer"),
	graph.Typed("1", xsd+"int"),
	graph.Typed("true", xsd+"boolean"),
	graph.Typed("1", xsd+"boolean"),
	graph.Typed("True", xsd+"boolean"),
	graph.Typed("1.5E0", xsd+"double"),
	graph.Typed("1.5", xsd+"double"),
	graph.Typed("1.5e0", xsd+"double"),
	graph.Typed("1.5E+00", xsd+"double"),
	graph.Typed("-0.0E0", xsd+"double"),
	graph.Typed("0x1p-2", xsd+"double"),
	graph.Typed("INF", xsd+"double"),
	graph.Typed("+INF", xsd+"double"),
	graph.Typed("infinity", xsd+"double"),
	graph.Typed("NaN", xsd+"double"),
	graph.Typed("1.0E400", xsd+"double"),
	graph.Typed("1.5", xsd+"decimal"),
	graph.Typed("2025-08-31T10:00:00Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00.5Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00.50Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00.0Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00.1234567891Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00,5Z", xsd+"dateTime"),
	graph.Typed("2025-08-31T12:00:00+02:00", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00+00:00", xsd+"dateTime"),
	graph.Typed("2025-08-31T10:00:00", xsd+"dateTime"),
	graph.Typed("2025-08-31T24:00:00Z", xsd+"dateTime"),
	graph.Typed("12025-08-31T10:00:00Z", xsd+"dateTime"),
	graph.Typed("-0044-03-15T10:00:00Z", xsd+"dateTime"),
	graph.Typed("2025-08-31", xsd+"date"),
	graph.Typed("2025", xsd+"gYear"),
}

func TestCayleyValueLosesNothing(t *testing.T) {
	seen := map[string]graph.Term{}
	for _, term := range terms {
		v := graph.CayleyValue(term)
		if got, ok := graph.TermOf(v); !ok || got != term {
			t.Errorf("%s became %v (%T) and came back as %s", term, v, v, got)
		}
		key := fmt.Sprintf("%T %#v", v, v)
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s are both %s", term, other, key)
		}
		seen[key] = term
	}
}

func TestCayleyValueIsTypedWhereCanonical(t *testing.T) {
	for _, test := range []struct {
		term graph.Term
		want quad.Value
	}{
		{graph.Typed("-12", xsd+"integer"), quad.Int(-12)},
		{graph.Typed("false", xsd+"boolean"), quad.Bool(false)},
		{graph.Typed("-1.25E-2", xsd+"double"), quad.Float(-0.0125)},
		{graph.Typed("INF", xsd+"double"), quad.Float(math.Inf(1))},
		{graph.Typed("2025-08-31T10:00:00Z", xsd+"dateTime"), quad.Time(time.Date(2025, 8, 31, 10, 0, 0, 0, time.UTC))},
		{graph.String("x"), quad.String("x")},
		{graph.Typed("x", graph.XSDString), quad.String("x")},
		{graph.LangTagged("x", "en"), quad.LangString{Value: "x", Lang: "en"}},
		{graph.Typed("01", xsd+"integer"), quad.TypedString{Value: "01", Type: xsd + "integer"}},
		{graph.Term{}, nil},
	} {
		if got := graph.CayleyValue(test.term); got != test.want {
			t.Errorf("%s: got %v (%T), want %v (%T)", test.term, got, got, test.want, test.want)
		}
	}
}

func TestTermOfTime(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	got, _ := graph.TermOf(quad.Time(time.Date(2025, 8, 31, 12, 0, 0, 120, zone)))
	if want := graph.Typed("2025-08-31T10:00:00.00000012Z", xsd+"dateTime"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCheck(t *testing.T) {
	iri, text := graph.IRI("http://example.org/a"), graph.String("x")
	for _, test := range []struct {
		quad graph.Quad
		ok   bool
	}{
		{graph.Quad{Subject: iri, Predicate: iri, Object: text}, true},
		{graph.Quad{Subject: graph.Blank("a.b-c"), Predicate: iri, Object: graph.Blank("0"), Graph: graph.Blank("g")}, true},
		{graph.Quad{Subject: text, Predicate: iri, Object: text}, false},
		{graph.Quad{Subject: iri, Predicate: graph.Blank("a"), Object: text}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: text, Graph: text}, false},
		{graph.Quad{Subject: iri, Predicate: iri}, false},
		{graph.Quad{Subject: graph.IRI(""), Predicate: iri, Object: text}, false},
		{graph.Quad{Subject: graph.IRI("a b"), Predicate: iri, Object: text}, false},
		{graph.Quad{Subject: graph.Blank("a."), Predicate: iri, Object: text}, false},
		{graph.Quad{Subject: graph.Blank(""), Predicate: iri, Object: text}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.String("\xff")}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.LangTagged("x", "en_GB")}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.LangTagged("x", "en-")}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.LangTagged("x", "esperanto")}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.Typed("x", graph.LangString)}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.Typed("x", "a b")}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.Term{Kind: graph.KindLiteral, Value: "x", Datatype: graph.XSDString}}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.Term{Kind: graph.KindLiteral, Value: "x", Datatype: "a", Language: "en"}}, false},
		{graph.Quad{Subject: iri, Predicate: iri, Object: graph.Term{Kind: graph.KindTriple}}, false},
	} {
		if err := test.quad.Check(); (err == nil) != test.ok {
			t.Errorf("%s: got %v", test.quad, err)
		}
	}
}
