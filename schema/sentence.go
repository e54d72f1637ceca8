package schema

import "strings"

// Sentence says in a line who did what to whom: "Armenia and Pakistan signed
// an agreement: Washington accords" of names and the type's [EventType.Verb].
// Where nobody is known to act, it is the type's label with the others.
func (e *EventType) Sentence(actors, recipients []string, object string) string {
	who, whom, verb := Names(actors), Names(recipients), e.Verb
	if e.Mutual && whom == "" && len(actors) > 1 {
		who, whom = actors[0], Names(actors[1:])
	}
	var line string
	switch {
	case who == "" && whom == "":
		line = e.Label
	case who == "":
		line = e.Label + " (" + whom + ")"
	case whom == "":
		line = who + " " + withoutPreposition(verb)
	default:
		line = who + " " + verb + " " + whom
	}
	if object != "" {
		line += ": " + object
	}
	return line
}

// withoutPreposition drops a preposition that nobody follows: "signed an agreement with".
func withoutPreposition(verb string) string {
	i := strings.LastIndexByte(verb, ' ')
	if i < 0 {
		return verb
	}
	switch verb[i+1:] {
	case "with", "to", "of", "on", "for", "from", "about", "between", "towards", "through", "in", "against", "over":
		return verb[:i]
	}
	return verb
}

// Names writes names as "A", "A and B" or "A, B and C".
func Names(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
