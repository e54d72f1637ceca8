package nlp

import (
	"testing"

	"github.com/ententegraph/entente/nlp/timex"
)

func TestLeaders(t *testing.T) {
	l, err := loadLeaders()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		on    timex.Date
		state string
	}{
		{"Narendra Modi", timex.Date{Year: 2020, Month: 1, Day: 1}, "IND"},
		{"Modi", timex.Date{Year: 2014, Month: 5, Day: 25}, ""},
		{"Benjamin Netanyahu", timex.Date{Year: 2022, Month: 3, Day: 1}, ""}, // between two terms
		{"Benjamin Netanyahu", timex.Date{Year: 2023, Month: 3, Day: 1}, "ISR"},
		{"Nobody Known", timex.Date{Year: 2020, Month: 1, Day: 1}, ""},
	} {
		if got := l.stateOf(c.name, c.on); got != c.state {
			t.Errorf("%s on %v leads %q, want %q", c.name, c.on, got, c.state)
		}
	}
}
