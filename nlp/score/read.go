package score

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"

	"github.com/ententegraph/entente/nlp"
)

// Read reads an extraction from a file and checks it.
func Read(path string) (nlp.Extraction, error) {
	var x nlp.Extraction
	b, err := os.ReadFile(path)
	if err != nil {
		return x, fmt.Errorf("score: %w", err)
	}
	if err := json.Unmarshal(b, &x); err != nil {
		return x, fmt.Errorf("score: %s: %w", path, err)
	}
	if err := Check(x); err != nil {
		return x, fmt.Errorf("score: %s: %w", path, err)
	}
	return x, nil
}

var (
	kinds      = []string{nlp.Name, nlp.Acronym, nlp.Demonym, nlp.Metonym, nlp.Nominal, nlp.Pronoun}
	classes    = []string{"Person", "Group", "State", "Organization", "Place", "Agreement", "Occasion"}
	polarities = []string{"positive", "negative"}
	modalities = []string{"realis", "conditional", "intention", "hedged", "demanded", "hypothetical"}
	assertions = []string{"asserted", "claimed", "presupposed", "conditional", "denied", "opinion"}
	precisions = []string{"", "day", "month", "year", "before", "after", "since", "about", "unknown"}
	roots      = []string{
		"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
		"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT",
	}
	isoDate = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
)

// Check reports the first place where an extraction breaks the rules of extraction/1.
func Check(x nlp.Extraction) error {
	c := checker{ids: map[string]bool{}, events: map[string]bool{}}
	c.among("schema", x.Schema, []string{nlp.ExtractionSchema})
	for i, e := range x.Entities {
		at := fmt.Sprintf("entities[%d]", i)
		c.once(at+".id", e.ID, c.ids)
		c.among(at+".type", e.Type, classes)
		for k, m := range e.Mentions {
			c.span(fmt.Sprintf("%s.mentions[%d]", at, k), m.ExtractedSpan)
			c.among(fmt.Sprintf("%s.mentions[%d].kind", at, k), m.Kind, kinds)
		}
	}
	for i, e := range x.Events {
		c.once(fmt.Sprintf("events[%d].id", i), e.ID, c.events)
	}
	for i, t := range x.Tenures {
		at := fmt.Sprintf("tenures[%d]", i)
		c.entities(at+".person", t.Person)
		c.perhaps(at+".of", t.Of)
		c.perhaps(at+".accreditedTo", t.AccreditedTo)
		c.evidence(at, t.Evidence)
	}
	for i, r := range x.Relations {
		at := fmt.Sprintf("relations[%d]", i)
		c.entities(at+".from", r.From)
		c.entities(at+".to", r.To)
		c.perhaps(at+".about", r.About)
		c.among(at+".polarity", r.Polarity, polarities)
		c.among(at+".assertion", r.Assertion, assertions)
		c.entities(at+".claimedBy", r.ClaimedBy...)
		c.evidence(at, r.Evidence)
	}
	for i, e := range x.Events {
		c.event(fmt.Sprintf("events[%d]", i), e)
	}
	return c.err
}

// checker keeps the first error that it finds.
type checker struct {
	ids, events map[string]bool
	err         error
}

func (c *checker) event(at string, e nlp.ExtractedEvent) {
	if e.Plover != nil {
		c.among(at+".plover", *e.Plover, roots)
	}
	c.entities(at+".actors", e.Actors...)
	c.entities(at+".recipients", e.Recipients...)
	for _, p := range e.Participants {
		if !c.events[p.Entity] { // a topic or condition may be an event
			c.entities(at+".participants", p.Entity)
		}
	}
	c.perhaps(at+".place", e.Place)
	if e.Date != nil && !isoDate.MatchString(*e.Date) {
		c.fail(at+".date", "%q is not YYYY, YYYY-MM or YYYY-MM-DD", *e.Date)
	}
	c.among(at+".datePrecision", e.DatePrecision, precisions)
	c.among(at+".polarity", e.Polarity, polarities)
	c.among(at+".modality", e.Modality, modalities)
	c.among(at+".assertion", e.Assertion, assertions)
	c.entities(at+".attributedTo", e.AttributedTo...)
	if e.Trigger != nil {
		c.span(at+".trigger", *e.Trigger)
	}
	c.evidence(at, e.Evidence)
}

func (c *checker) fail(at, format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...))
	}
}

func (c *checker) among(at, v string, known []string) {
	if !slices.Contains(known, v) {
		c.fail(at, "unknown value %q", v)
	}
}

func (c *checker) once(at, id string, seen map[string]bool) {
	if seen[id] {
		c.fail(at, "%q is given twice", id)
	}
	seen[id] = true
}

func (c *checker) entities(at string, ids ...string) {
	for _, id := range ids {
		if !c.ids[id] {
			c.fail(at, "no entity has the id %q", id)
		}
	}
}

func (c *checker) perhaps(at string, id *string) {
	if id != nil {
		c.entities(at, *id)
	}
}

func (c *checker) span(at string, s nlp.ExtractedSpan) {
	if s.Start < 0 || s.End <= s.Start {
		c.fail(at, "span [%d, %d) is empty or negative", s.Start, s.End)
	}
}

func (c *checker) evidence(at string, list []nlp.ExtractedSpan) {
	for i, s := range list {
		c.span(fmt.Sprintf("%s.evidence[%d]", at, i), s)
	}
}
