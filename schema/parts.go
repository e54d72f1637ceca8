package schema

import "slices"

// A Part is what a participant is in an event, beside actor and recipient.
type Part struct {
	Name    string // signatory
	Comment string
}

// IRI is the part's property: it leads from an event to the participant.
func (p Part) IRI() string { return NS + p.Name }

// Parts lists the parts that participants may play.
func Parts() []Part {
	return []Part{
		{"participant", "who takes part, or acts in it for an actor"},
		{"signatory", "who signs"},
		{"speaker", "who says it, for an actor or for itself"},
		{"addressee", "who is spoken to"},
		{"host", "who receives the others"},
		{"mediator", "who mediates between the others"},
		{"object", "what is signed, taken, sent, appointed or else done to"},
		{"topic", "what it is about"},
		{"condition", "what it depends on"},
		{"occasion", "the summit, conference or ceremony that it is part of, or takes place beside"},
		{"channel", "the medium through which it is said"},
		{"beneficiary", "for whose sake it is done"},
	}
}

func partNames() []string {
	var names []string
	for _, p := range Parts() {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}
