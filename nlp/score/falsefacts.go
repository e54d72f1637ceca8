package score

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// status says of a relation or event whether it holds, and who says so.
type status struct{ polarity, modality, assertion string }

func relationStatus(r nlp.ExtractedRelation) status {
	return status{r.Polarity, cmp.Or(r.Modality, "realis"), r.Assertion}
}

func eventStatus(v nlp.ExtractedEvent) status { return status{v.Polarity, v.Modality, v.Assertion} }

func (s status) fact() bool {
	return s.polarity == "positive" && s.modality == "realis" && (s.assertion == "asserted" || s.assertion == "presupposed")
}

// why says what keeps a statement from being a fact.
func (s status) why() string {
	var out []string
	if s.polarity != "positive" {
		out = append(out, s.polarity)
	}
	if s.modality != "realis" {
		out = append(out, s.modality)
	}
	if s.assertion != "asserted" && s.assertion != "presupposed" {
		out = append(out, s.assertion)
	}
	return strings.Join(out, "+")
}

// lone reports whether evidence without a counterpart lies where gold holds statements, none of which is a fact.
func (c *comparison) lone(evidence []span) bool {
	near := false
	for _, r := range c.gold.Relations {
		if shared(r.Evidence, evidence) > 0 {
			if relationStatus(r).fact() {
				return false
			}
			near = true
		}
	}
	for _, v := range c.gold.Events {
		if shared(eventEvidence(v), evidence) > 0 {
			if eventStatus(v).fact() {
				return false
			}
			near = true
		}
	}
	return near
}

// falseFacts counts what was read as a fact and is none.
func (c *comparison) falseFacts() Figures {
	var relations, events, loneRelations, loneEvents int
	counterpart := inverse(c.relationPairs)
	for j, r := range c.system.Relations {
		if !relationStatus(r).fact() {
			continue
		}
		label := r.Type + " " + r.From + " -> " + r.To
		if i, ok := counterpart[j]; ok {
			if g := relationStatus(c.gold.Relations[i]); !g.fact() {
				relations++
				c.miss("FALSE FACT relation %s: gold has it %s", label, g.why())
			}
		} else if c.lone(r.Evidence) {
			loneRelations++
			c.miss("FALSE FACT relation %s: none in gold, and its evidence holds no fact there", label)
		}
	}
	counterpart = c.eventCounterparts()
	for j, v := range c.system.Events {
		if !eventStatus(v).fact() {
			continue
		}
		if i, ok := counterpart[j]; ok {
			if g := eventStatus(c.gold.Events[i]); !g.fact() {
				events++
				c.miss("FALSE FACT event %s: gold %s has it %s", eventLine(v), c.gold.Events[i].ID, g.why())
			}
		} else if c.lone(eventEvidence(v)) {
			loneEvents++
			c.miss("FALSE FACT event %s: none in gold, and its evidence holds no fact there", eventLine(v))
		}
	}
	return Figures{
		count("falseFacts.relations", relations), count("falseFacts.events", events),
		count("falseFacts.loneRelations", loneRelations), count("falseFacts.loneEvents", loneEvents),
		count("falseFacts.total", relations+events+loneRelations+loneEvents),
	}
}

// eventCounterparts gives, for system events, the gold event of the same root or, failing that, one of equal type or an overlapping trigger.
func (c *comparison) eventCounterparts() map[int]int {
	out := inverse(c.eventPairs)
	rest := slices.DeleteFunc(slices.Clone(c.loose), func(x candidate) bool {
		_, paired := c.eventPairs[x.gold]
		_, taken := out[x.system]
		g, s := c.gold.Events[x.gold], c.system.Events[x.system]
		return paired || taken || g.Type != s.Type && !sameTrigger(g, s)
	})
	for i, j := range greedy(rest) {
		out[j] = i
	}
	return out
}
