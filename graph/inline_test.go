package graph_test

import (
	"testing"

	"github.com/ententegraph/entente/graph"
)

// TestInlineOrder checks that canonical values have inline ids, in the order of values.
func TestInlineOrder(t *testing.T) {
	for datatype, values := range map[string][]string{
		"integer": {"-576460752303423488", "-7", "-1", "0", "1", "10", "576460752303423487"},
		"decimal": {"-5764607523.03423488", "-1.5", "-1", "-0.00000001", "0", "0.00000001", "0.5", "1", "1.00000001", "5764607523.03423487"},
		"boolean": {"false", "true"},
		"date":    {"0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"},
		"dateTime": {"0001-01-01T00:00:00", "1969-12-31T23:59:59.999999", "1970-01-01T00:00:00", "2025-08-31T10:00:00.5",
			"9999-12-31T23:59:59.999999"},
	} {
		var last graph.ID
		for _, value := range values {
			term := graph.Typed(value, xsd+datatype)
			id, ok := graph.Inline(term)
			if back, _ := graph.InlineTerm(id); !ok || !id.IsInline() || back != term {
				t.Errorf("%s has the inline id %x, which is %s", term, id, back)
			}
			if id <= last {
				t.Errorf("%s has the id %x, after %x", term, id, last)
			}
			last = id
		}
	}
}

// TestInlineCanonical checks that no other lexical form is taken for a canonical one.
func TestInlineCanonical(t *testing.T) {
	for datatype, values := range map[string][]string{
		"integer":  {"", "-0", "01", "+1", " 1", "1.0", "576460752303423488", "-576460752303423489", "1_000"},
		"decimal":  {"", ".", "-0", "1.", ".5", "1.0", "1.50", "01", "+1", "0.000000001", "5764607523.03423488", "1E5", "1.-5", "--1"},
		"boolean":  {"", "1", "0", "TRUE"},
		"date":     {"", "0000-01-01", "2025-02-29", "2025-1-1", "2025-01-01+00:00", "2025-01-01-05:00", "-0001-01-01", "12025-01-01"},
		"dateTime": {"2025-08-31T24:00:00Z", "2025-08-31T10:00:00.0Z", "2025-08-31T10:00:00.50Z", "2025-08-31T10:00:00+00:00", "2025-08-31T10:00:00.0000001", "2025-08-31", "2025-08-31T10:00:60Z", "2025-08-31T10:00:00,5"},
		"double":   {"1.0E0"},
		"int":      {"1"},
	} {
		for _, value := range values {
			if id, ok := graph.Inline(graph.Typed(value, xsd+datatype)); ok {
				t.Errorf("%q of type %s has the inline id %x", value, datatype, id)
			}
		}
	}
	if id, ok := graph.Inline(graph.Term{Kind: graph.KindIRI, Value: "1", Datatype: xsd + "integer"}); ok {
		t.Errorf("an IRI has the inline id %x", id)
	}
}

// FuzzInline checks both ways: every id that carries a term is that of this
// term, and every term that has an inline id comes back from it.
func FuzzInline(f *testing.F) {
	f.Add(uint64(4)<<60, "1", xsd+"integer")
	f.Add(uint64(5)<<60+7, "1.5", xsd+"decimal")
	f.Add(uint64(10)<<60+63<<50, "2025-08-31T10:00:00.5Z", xsd+"dateTime")
	f.Fuzz(func(t *testing.T, n uint64, lexical, datatype string) {
		if term, ok := graph.InlineTerm(graph.ID(n)); ok {
			if back, _ := graph.Inline(term); back != graph.ID(n) {
				t.Errorf("id %x carries %s, whose id is %x", n, term, back)
			}
		}
		term := graph.Typed(lexical, datatype)
		if id, ok := graph.Inline(term); ok {
			if back, _ := graph.InlineTerm(id); back != term {
				t.Errorf("%s has the id %x, which carries %s", term, id, back)
			}
		}
	})
}
