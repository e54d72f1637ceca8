package schema

import "testing"

func TestSentence(t *testing.T) {
	sign := &EventType{Label: "Signing of an agreement", Verb: "signed an agreement with", Mutual: true}
	greet := &EventType{Label: "Congratulation", Verb: "congratulated"}
	for _, c := range []struct {
		of                 *EventType
		actors, recipients []string
		object, want       string
	}{
		{sign, []string{"Chad", "Mali"}, nil, "", "Chad signed an agreement with Mali"},
		{sign, []string{"Chad", "Mali", "Togo"}, nil, "Pact of Lomé", "Chad signed an agreement with Mali and Togo: Pact of Lomé"},
		{sign, []string{"Chad"}, nil, "", "Chad signed an agreement"},
		{greet, []string{"Peru", "Chile"}, []string{"Bolivia"}, "", "Peru and Chile congratulated Bolivia"},
		{greet, nil, []string{"Bolivia"}, "", "Congratulation (Bolivia)"},
		{sign, nil, nil, "", "Signing of an agreement"},
	} {
		if got := c.of.Sentence(c.actors, c.recipients, c.object); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
