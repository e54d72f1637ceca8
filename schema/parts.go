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
		{"participant", "takes part in the event, or acts in it for an actor"},
		{"signatory", "signs"},
		{"speaker", "says it, for an actor or on its own behalf"},
		{"addressee", "is spoken to"},
		{"host", "receives the others"},
		{"mediator", "mediates between the others"},
		{"object", "is what is done, signed, taken, appointed or sent"},
		{"topic", "is what it is about"},
		{"condition", "is what it depends on"},
		{"channel", "is the medium through which it is said"},
		{"beneficiary", "is the one for whose sake it is done"},
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
