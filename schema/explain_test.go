package schema

import (
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	m, err := Load(base(t))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, id := range []string{"meet", "member-of", "ally-of", "State"} {
		x, err := m.Explain(id)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(x.String() + "\n")
	}
	golden(t, "explain.golden", b.String())
}

func TestExplainUnknown(t *testing.T) {
	m := loadDefault(t)
	tests := []struct{ id, want string }{
		{"sign-agrement", "did you mean sign-agreement?"},
		{"expel-ambassador", "expel-diplomats"},
		{"zzz", "list them with: entente schema"},
	}
	for _, test := range tests {
		if _, err := m.Explain(test.id); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Explain(%s) = %v, want %q in it", test.id, err, test.want)
		}
	}
}
