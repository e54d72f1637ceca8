package schema

import "testing"

func TestExpandAndCompact(t *testing.T) {
	for name, iri := range map[string]string{
		"state:ARM":              ID + "state/ARM",
		"ent:memberOf":           NS + "memberOf",
		"doc:1a#char=0,3":        ID + "doc/1a#char=0,3",
		"rdfs:label":             RDFS + "label",
		"http://example.org/x":   "http://example.org/x",
		"unknown:thing":          "unknown:thing",
		"person:ararat-mirzoyan": ID + "person/ararat-mirzoyan",
	} {
		if got := Expand(name); got != iri {
			t.Errorf("Expand(%q) = %q, want %q", name, got, iri)
		}
		if got := Compact(iri); got != name {
			t.Errorf("Compact(%q) = %q, want %q", iri, got, name)
		}
	}
	if got := Expand("<http://example.org/x>"); got != "http://example.org/x" {
		t.Errorf("brackets stay: %q", got)
	}
	if got := Expand(":memberOf"); got != NS+"memberOf" {
		t.Errorf("the empty prefix gives %q", got)
	}
}
