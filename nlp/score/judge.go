package score

import "github.com/ententegraph/entente/nlp"

// A Judged is a reading with the confidence that the reader had in it, and whether the careful reader agrees.
type Judged struct {
	Kind       string // as nlp.Reading has it
	Index      int    // in the document's list of the kind
	Confidence float64
	Right      bool
}

// Judge says which readings of a document are right: mentions that belong to
// the entity that the careful reader gives them; tenures and relations that he
// has too, and events that he has with the same root, each held true, denied or
// claimed as he says. Nominals and pronouns that he does not mark are not
// judged: no reader marks them all.
func Judge(gold nlp.Extraction, d *nlp.Doc) []Judged {
	c := newComparison(gold, d.Extraction())
	c.tenures()
	c.relations()
	c.events()
	var out []Judged
	for j, e := range d.Entities {
		for k, m := range e.Mentions {
			mention := d.Mentions[m]
			g, marked := c.markedAt(c.system.Entities[j].Mentions[k].ExtractedSpan)
			if !marked && (mention.Kind == nlp.Nominal || mention.Kind == nlp.Pronoun) {
				continue
			}
			partner, paired := c.entities.gold[j]
			right := marked && paired && partner == g && gold.Entities[g].Type == e.Class
			out = append(out, Judged{nlp.ReadMention, m, mention.Confidence, right})
		}
	}
	held := inverse(c.tenurePairs)
	for i, t := range d.Tenures {
		_, right := held[i]
		out = append(out, Judged{nlp.ReadTenure, i, t.Confidence, right})
	}
	related := inverse(c.relationPairs)
	for i, r := range d.Relations {
		g, right := related[i]
		if s := c.system.Relations[i]; right {
			right = gold.Relations[g].Polarity == s.Polarity && gold.Relations[g].Assertion == s.Assertion
		}
		out = append(out, Judged{nlp.ReadRelation, i, r.Confidence, right})
	}
	happened := inverse(c.eventPairs)
	for i, v := range d.Events {
		g, right := happened[i]
		out = append(out, Judged{nlp.ReadEvent, i, v.Confidence, right && eventStatus(gold.Events[g]) == eventStatus(c.system.Events[i])})
	}
	return out
}

// markedAt gives the entity of the gold mention that overlaps a span best.
func (c *comparison) markedAt(s span) (entity int, ok bool) {
	best := 0.0
	for i, e := range c.gold.Entities {
		if v := bestOverlap(s, e.Mentions); v > best {
			best, entity = v, i
		}
	}
	return entity, best > 0
}
