package nlp

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// deedNouns name what somebody has done without saying what: who calls it
// unwise means who did it, whatever it was.
var deedNouns = []string{
	"move", "decision", "step", "measure", "action", "act", "announcement", "initiative", "gesture", "development", "breakthrough",
	"incident", "agreement", "deal", "accord", "outcome", "news", "policy", "practice",
}

// answers gives a reaction to what was told before those whom it concerns:
// who "welcomed it" or "condemned the launch" speaks of who did it.
func (s *scene) answers(i int, d *account) {
	if len(d.recipients) > 0 || d.dropped != "" || d.typ.Mutual || len(d.actors) == 0 || !reacts(d.typ) {
		return
	}
	noun := s.meantBy(d)
	if noun < 0 {
		return
	}
	var meant *account
	loose := s.tag(noun) == "PRON" || slices.Contains(deedNouns, singularNoun(s.lemma(noun)))
	told := s.lemma(noun)
	here := s.doc.Tokens[d.word].Sentence
	for k := i - 1; k >= 0 && s.doc.Tokens[s.accounts[k].word].Sentence >= here-8; k-- {
		e := s.accounts[k]
		if e.into != nil {
			e = e.into
		}
		if e.dropped != "" || e == d || e.standing.negative || len(e.actors) == 0 || !s.identified(e.actors...) || overlapping(e.actors, d.actors) && !e.typ.Mutual || s.quoted[e.word] >= 0 {
			continue
		}
		if s.tag(noun) == "NOUN" && (s.speaksOf(e, told) || s.lemma(e.word) == told || slices.ContainsFunc(s.finder.types[e.typ.ID].Triggers, func(t schema.Trigger) bool {
			return slices.ContainsFunc(t.Noun, func(n string) bool { return n == told || strings.HasSuffix(n, " "+told) })
		})) {
			meant = e
			break
		}
		if loose && meant == nil && !reacts(e.typ) && e.typ.Plover != "STATEMENT" && s.doc.Tokens[e.word].Sentence >= here-3 {
			meant = e
		}
	}
	if meant == nil {
		return
	}
	for _, a := range meant.actors {
		if !slices.Contains(d.actors, a) && !slices.Contains(d.recipients, a) {
			d.recipients = append(d.recipients, a)
		}
	}
}

// reacts reports whether events of the type answer what another did.
func reacts(t *schema.EventType) bool {
	return t.ActorPart == "speaker" && (t.Plover == "SUPPORT" || t.Plover == "ACCUSE" || t.Plover == "REJECT")
}

// meantBy gives the pronoun or noun by which a reaction points to a deed told before, or -1.
func (s *scene) meantBy(d *account) int {
	heads := s.logicalObject(d.word)
	if d.kind == nounLexeme {
		heads = nil
	}
	for _, prep := range []string{"on", "to", "at", "over", "with", "against", "about"} {
		heads = append(heads, s.oblique(d.word, prep)...)
	}
	for _, h := range heads {
		switch {
		case s.tag(h) == "PRON" && slices.Contains([]string{"it", "this", "that"}, s.word(h)) && !slices.Contains(d.actors, s.entityAt(h)):
			return h
		case s.tag(h) == "NOUN" && s.entityAt(h) < 0 && s.hasLemma(h, []string{"det"}, "the", "this", "that", "these", "those", "such") && s.kid(h, "nmod", "acl", "nmod:poss") < 0:
			return h
		}
	}
	return -1
}

// overlapping reports whether two lists share an entity.
func overlapping(a, b []int) bool {
	return slices.ContainsFunc(a, func(x int) bool { return slices.Contains(b, x) })
}
