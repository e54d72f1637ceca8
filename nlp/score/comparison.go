package score

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// comparison compares one document's extraction with the gold one, layer by layer.
type comparison struct {
	gold, system nlp.Extraction

	entities               entityAlignment
	goldIndex, systemIndex map[string]int // entities by id

	tenurePairs, relationPairs, eventPairs map[int]int // by gold index
	loose                                  []candidate // pairs of events with common participants and evidence
	misses                                 []string
}

func newComparison(gold, system nlp.Extraction) *comparison {
	c := &comparison{gold: gold, system: system, entities: alignEntities(gold.Entities, system.Entities)}
	c.goldIndex, c.systemIndex = byID(gold.Entities), byID(system.Entities)
	return c
}

func byID(list []nlp.ExtractedEntity) map[string]int {
	out := map[string]int{}
	for i, e := range list {
		out[e.ID] = i
	}
	return out
}

func (c *comparison) miss(format string, args ...any) {
	c.misses = append(c.misses, fmt.Sprintf(format, args...))
}

// mapped gives the gold id of the entity that a system id names, or one that no gold entity has.
func (c *comparison) mapped(id string) string {
	if i, ok := c.systemIndex[id]; ok {
		if g, ok := c.entities.gold[i]; ok {
			return c.gold.Entities[g].ID
		}
	}
	return "system:" + id
}

func (c *comparison) mappedOr(id *string) *string {
	if id == nil {
		return nil
	}
	m := c.mapped(*id)
	return &m
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func itself(id string) string { return id }

// classed is a mention's span with the class of its entity.
type classed struct {
	span
	class string
}

func (c *comparison) mentions() Figures {
	named := func(kind string) bool { return kind != nlp.Nominal && kind != nlp.Pronoun }
	all := func(string) bool { return true }
	var out Figures
	for _, f := range []struct {
		name string
		kind func(string) bool
	}{{"mentions.named", named}, {"mentions.all", all}} {
		g, gn := mentionsOf(c.gold, f.kind)
		s, sn := mentionsOf(c.system, f.kind)
		right := 0
		for m, n := range g {
			right += min(n, s[m])
		}
		out = append(out, overlap(f.name, right, sn, gn))
		if f.name == "mentions.named" {
			c.missMentions("missed", g, s)
			c.missMentions("spurious", s, g)
		}
	}
	return out
}

func mentionsOf(x nlp.Extraction, kind func(string) bool) (counts map[classed]int, n int) {
	counts = map[classed]int{}
	for _, e := range x.Entities {
		for _, m := range e.Mentions {
			if kind(m.Kind) {
				counts[classed{m.ExtractedSpan, e.Type}]++
				n++
			}
		}
	}
	return counts, n
}

func (c *comparison) missMentions(what string, in, notIn map[classed]int) {
	var list []classed
	for m, n := range in {
		for range n - notIn[m] {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b classed) int {
		return cmp.Or(a.Start-b.Start, a.End-b.End, strings.Compare(a.class, b.class))
	})
	for _, m := range list {
		c.miss("mention %s: %d-%d %s %q", what, m.Start, m.End, m.class, c.textOf(m.span))
	}
}

// textOf finds the text of a mention in either extraction.
func (c *comparison) textOf(s span) string {
	for _, x := range []nlp.Extraction{c.gold, c.system} {
		for _, e := range x.Entities {
			for _, m := range e.Mentions {
				if m.ExtractedSpan == s {
					return m.Text
				}
			}
		}
	}
	return ""
}

func (c *comparison) compareEntities() Figures {
	right, coded, linked := 0, 0, 0
	for i, g := range c.gold.Entities {
		j, ok := c.entities.system[i]
		switch {
		case !ok:
			c.miss("entity missed: %s (%s)", g.ID, g.Name)
		case c.system.Entities[j].Type != g.Type:
			c.miss("entity type: %s is %s, not %s", g.ID, g.Type, c.system.Entities[j].Type)
		default:
			right++
		}
		if g.Code == nil || *g.Code == "" || g.Type != "State" && g.Type != "Organization" {
			continue
		}
		coded++
		if ok && same(c.system.Entities[j].Code, g.Code) {
			linked++
		} else {
			c.miss("link missed: %s has the code %s", g.ID, *g.Code)
		}
	}
	for j, s := range c.system.Entities {
		if _, ok := c.entities.gold[j]; !ok {
			c.miss("entity spurious: %s (%s)", s.ID, s.Name)
		}
	}
	return Figures{
		overlap("entities", right, len(c.system.Entities), len(c.gold.Entities)),
		share("entities.linking", linked, coded),
		count("entities.splits", c.entities.splits),
		count("entities.merges", c.entities.merges),
	}
}

func (c *comparison) tenures() Figures {
	national := nationals()
	for _, x := range []nlp.Extraction{c.gold, c.system} {
		for _, e := range x.Entities {
			for _, m := range e.Mentions {
				if m.Kind == nlp.Demonym {
					national.add(plain(m.Text)...)
				}
			}
		}
	}
	var list []candidate
	for i, g := range c.gold.Tenures {
		for j, s := range c.system.Tenures {
			v := jaccard(position(g.Position, national), position(s.Position, national))
			if g.Person == c.mapped(s.Person) && same(g.Of, c.mappedOr(s.Of)) && v >= 0.6 {
				list = append(list, candidate{[]float64{v}, i, j})
			}
		}
	}
	c.tenurePairs = greedy(list)
	c.missUnpaired("tenure", c.tenurePairs, len(c.gold.Tenures), len(c.system.Tenures),
		func(i int) string { return tenureLine(c.gold.Tenures[i]) }, func(j int) string { return tenureLine(c.system.Tenures[j]) })
	return Figures{overlap("tenures", len(c.tenurePairs), len(c.system.Tenures), len(c.gold.Tenures))}
}

func tenureLine(t nlp.ExtractedTenure) string {
	return fmt.Sprintf("%s: %s of %s", t.Person, t.Position, orNone(t.Of))
}

func orNone(s *string) string {
	if s == nil {
		return "nobody"
	}
	return *s
}

// missUnpaired notes what of two lists has no counterpart.
func (c *comparison) missUnpaired(what string, pairs map[int]int, golds, systems int, gold, system func(int) string) {
	for i := range golds {
		if _, ok := pairs[i]; !ok {
			c.miss("%s missed: %s", what, gold(i))
		}
	}
	back := inverse(pairs)
	for j := range systems {
		if _, ok := back[j]; !ok {
			c.miss("%s spurious: %s", what, system(j))
		}
	}
}

// symmetric are the relations whose ends may change places.
var symmetric = set[string]{"diplomatic-relations": true, "ally-of": true, "at-peace-with": true, "at-war-with": true, "partner-of": true}

type ends struct{ relation, from, to string }

func endsOf(r nlp.ExtractedRelation, how func(string) string) ends {
	e := ends{r.Type, how(r.From), how(r.To)}
	if symmetric[r.Type] && e.to < e.from {
		e.from, e.to = e.to, e.from
	}
	return e
}

func (c *comparison) relations() Figures {
	var list []candidate
	for i, g := range c.gold.Relations {
		for j, s := range c.system.Relations {
			if endsOf(g, itself) != endsOf(s, c.mapped) {
				continue
			}
			ev := shared(g.Evidence, s.Evidence)
			list = append(list, candidate{[]float64{
				yes(ev > 0), yes(g.Polarity == s.Polarity && g.Assertion == s.Assertion), ev, yes(same(g.About, c.mappedOr(s.About))),
			}, i, j})
		}
	}
	c.relationPairs = greedy(list)
	strict := 0
	for i, j := range c.relationPairs {
		g, s := c.gold.Relations[i], c.system.Relations[j]
		if g.Polarity == s.Polarity && g.Assertion == s.Assertion {
			strict++
		}
	}
	line := func(r nlp.ExtractedRelation) string { return r.Type + " " + r.From + " -> " + r.To }
	c.missUnpaired("relation", c.relationPairs, len(c.gold.Relations), len(c.system.Relations),
		func(i int) string { return line(c.gold.Relations[i]) }, func(j int) string { return line(c.system.Relations[j]) })
	return Figures{
		overlap("relations.loose", len(c.relationPairs), len(c.system.Relations), len(c.gold.Relations)),
		overlap("relations.strict", strict, len(c.system.Relations), len(c.gold.Relations)),
	}
}
