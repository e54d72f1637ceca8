package schema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func loadDefault(t *testing.T) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLookups(t *testing.T) {
	m := loadDefault(t)
	if iri, ok := m.TypeIRI("sign-agreement"); !ok || iri != NS+"SignAgreement" {
		t.Errorf("TypeIRI(sign-agreement) = %q, %v", iri, ok)
	}
	if iri, ok := m.TypeIRI("member-of"); !ok || iri != NS+"memberOf" {
		t.Errorf("TypeIRI(member-of) = %q, %v", iri, ok)
	}
	for _, id := range m.IDs() {
		var iri string
		switch {
		case m.Class(id) != nil:
			iri = m.Class(id).IRI()
		default:
			iri, _ = m.TypeIRI(id)
		}
		if back, ok := m.TypeID(iri); !ok || back != id {
			t.Errorf("TypeID(%s) = %q, %v; want %s", iri, back, ok, id)
		}
	}
	if _, ok := m.TypeID(NS + "Nonsense"); ok {
		t.Error("TypeID knows ent:Nonsense")
	}
	if m.EventOf(m.Relation("member-of").IRI()) != nil {
		t.Error("EventOf takes a relation for an event type")
	}
}

func TestSubclass(t *testing.T) {
	m := loadDefault(t)
	tests := []struct {
		id, of string
		want   bool
	}{
		{"EventReport", "Report", true},
		{"State", "State", true},
		{"Report", "EventReport", false},
		{"Nonsense", "Nonsense", false},
	}
	for _, test := range tests {
		if got := m.IsSubclass(test.id, test.of); got != test.want {
			t.Errorf("IsSubclass(%s, %s) = %v", test.id, test.of, got)
		}
	}
}

func TestAdmits(t *testing.T) {
	m := loadDefault(t)
	if !m.Admits("capital-of", "Place", "State") || m.Admits("capital-of", "Person", "State") || m.Admits("nonsense", "Place", "State") {
		t.Error("capital-of leads from places to states and places, and from nothing else")
	}
}

func TestExclusions(t *testing.T) {
	m := loadDefault(t)
	tests := []struct {
		id       string
		negative bool
		want     []Exclusion
	}{
		{"diplomatic-relations", false, []Exclusion{{"diplomatic-relations", true}, {"recognises", true}}},
		{"diplomatic-relations", true, []Exclusion{{"diplomatic-relations", false}}},
		{"recognises", true, []Exclusion{{"recognises", false}, {"diplomatic-relations", false}}},
		{"recognises", false, []Exclusion{{"recognises", true}}},
		{"at-war-with", false, []Exclusion{{"at-war-with", true}, {"ally-of", false}, {"at-peace-with", false}}},
		{"at-war-with", true, []Exclusion{{"at-war-with", false}}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, m.Exclusions(test.id, test.negative)); diff != "" {
			t.Errorf("Exclusions(%s, %v) (-want +got):\n%s", test.id, test.negative, diff)
		}
	}
}

func TestSingleHolder(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]bool{
		"Foreign Minister": true, "minister of foreign affairs": true, "President": true, "Secretary-General": true, "ambassador": true,
		"Deputy Foreign Minister": false, "vice president": false, "Minister of State": false, "minister": false, "presidential adviser": false,
		"member of parliament": false, "Special Ambassador": false, "": false, "Presidents": false,
	} {
		if got := m.SingleHolder(title); got != want {
			t.Errorf("SingleHolder(%q) = %t", title, got)
		}
	}
}
