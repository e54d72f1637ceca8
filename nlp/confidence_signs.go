package nlp

import (
	"sort"
	"strings"
)

// Readings lists what was read with the signs for and against each, by which
// its confidence is weighed: how it was found, how sure the rule was, and what
// experience shows to mislead rules.
func (d *Doc) Readings() []Reading {
	out := make([]Reading, 0, len(d.Mentions)+len(d.Tenures)+len(d.Relations)+len(d.Events))
	add := func(kind string, i int, s signs) {
		out = append(out, Reading{kind, i, append([]string{"any " + kind}, s...)})
	}
	for i := range d.Mentions {
		if d.Mentions[i].Entity >= 0 {
			add(ReadMention, i, d.mentionSigns(&d.Mentions[i]))
		}
	}
	for i := range d.Tenures {
		add(ReadTenure, i, d.tenureSigns(&d.Tenures[i]))
	}
	for i := range d.Relations {
		add(ReadRelation, i, d.relationSigns(&d.Relations[i]))
	}
	for i := range d.Events {
		add(ReadEvent, i, d.eventSigns(&d.Events[i]))
	}
	return out
}

type signs []string

func (s *signs) note(holds bool, sign string) {
	if holds {
		*s = append(*s, sign)
	}
}

// rule notes how sure the rule was that made the reading.
func (s *signs) rule(confidence float64) {
	for _, step := range []struct {
		least float64
		sign  string
	}{{0.95, "rule sure"}, {0.85, "rule 0.85 to 0.95"}, {0.75, "rule 0.75 to 0.85"}, {0.65, "rule 0.65 to 0.75"}, {0.5, "rule 0.5 to 0.65"}, {0, "rule below 0.5"}} {
		if confidence >= step.least {
			*s = append(*s, step.sign)
			return
		}
	}
}

func (d *Doc) mentionSigns(m *Mention) signs {
	var s signs
	e := &d.Entities[m.Entity]
	s.note(true, m.Kind+" of "+e.Class)
	s.rule(m.Confidence)
	s.note(m.Note != "", "mistyped or doubtful")
	s.note(d.Sentences[m.Sentence].Heading, "in a heading")
	s.note(len(e.Mentions) == 1, "mentioned once")
	s.note(e.Code != "", "with a code")
	return s
}

func (d *Doc) tenureSigns(t *Tenure) signs {
	var s signs
	s.rule(t.Confidence)
	s.note(t.Of < 0, "nobody on whose behalf")
	s.note(t.AccreditedTo >= 0, "accredited")
	s.note(t.Former, "former")
	s.note(len(t.Evidence) > 1, "told more than once")
	s.note(!strings.Contains(t.Position, " "), "one word")
	return s
}

func (d *Doc) relationSigns(r *Relation) signs {
	var s signs
	s.note(true, r.Type)
	s.rule(r.Confidence)
	s.statement(r.Statement)
	s.note(d.unnamed(r.From) || d.unnamed(r.To), "between unnamed parties")
	s.note(d.Entities[r.From].Class == d.Entities[r.To].Class, "between things of one class")
	s.sentence(d, r.Evidence)
	return s
}

func (d *Doc) eventSigns(v *Event) signs {
	var s signs
	root := v.Plover
	if root == "" {
		root = "no root"
	}
	s.note(true, root)
	s.rule(v.Confidence)
	s.statement(v.Statement)
	s.note(len(v.Actors) == 0, "no actor")
	s.note(len(v.Actors) > 1, "several actors")
	s.note(len(v.Recipients) == 0, "no recipient")
	s.note(len(v.Recipients) > 1, "several recipients")
	for _, e := range append(append([]int{}, v.Actors...), v.Recipients...) {
		if d.unnamed(e) {
			s.note(true, "an unnamed party")
			break
		}
	}
	s.note(d.nominal(v.Trigger), "told by a noun")
	s.note(v.Place >= 0, "placed")
	s.note(v.Date.Known(), "dated")
	s.note(len(v.Evidence) > 1, "told more than once")
	s.sentence(d, v.Evidence)
	return s
}

// statement notes what is said to hold otherwise than as a plain fact.
func (s *signs) statement(st Statement) {
	s.note(st.Polarity == "negative", "negative")
	s.note(st.Modality != "realis", st.Modality)
	s.note(st.Assertion != "asserted", st.Assertion)
}

// wordy is how many words a sentence has that the parser often misreads.
const wordy = 35

// sentence notes what in the sentence that tells of it makes readers err.
func (s *signs) sentence(d *Doc, evidence []Span) {
	if len(evidence) == 0 {
		return
	}
	i := sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > evidence[0].Start })
	if i == len(d.Sentences) {
		return
	}
	s.note(d.Sentences[i].Heading, "in a heading")
	s.note(d.Sentences[i].Last-d.Sentences[i].First > wordy, "in a long sentence")
}

// unnamed reports whether an entity is only described: "protesters", "the rebels".
func (d *Doc) unnamed(e int) bool {
	for _, m := range d.Entities[e].Mentions {
		if k := d.Mentions[m].Kind; k != Nominal && k != Pronoun {
			return false
		}
	}
	return true
}

// nominal reports whether a trigger is headed by a noun.
func (d *Doc) nominal(trigger Span) bool {
	i := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > trigger.Start })
	return i < len(d.Tokens) && d.Tokens[i].Tag == "NOUN"
}
