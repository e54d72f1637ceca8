package score

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/nlp"
)

// cooperative are the roots of which an intended event is AGREE as well.
var cooperative = set[string]{"AGREE": true, "CONSULT": true, "SUPPORT": true, "COOPERATE": true, "AID": true}

// sameRoot reports whether the roots are equal; of an intended cooperative event AGREE and the event's own root are both right.
func sameRoot(gold, system nlp.ExtractedEvent) bool {
	if same(gold.Plover, system.Plover) {
		return true
	}
	if gold.Modality != "intention" || gold.Plover == nil || system.Plover == nil {
		return false
	}
	return cooperative[*gold.Plover] && cooperative[*system.Plover] && (*gold.Plover == "AGREE" || *system.Plover == "AGREE")
}

// actsFor gives, for each person of the gold with a tenure, the states and organizations that the person acts for: a
// minister of a ministry acts for its state as well.
func (c *comparison) actsFor() map[string][]string {
	whole := map[string][]string{}
	for _, r := range c.gold.Relations {
		if r.Type == "part-of" && relationStatus(r).fact() {
			whole[r.From] = append(whole[r.From], r.To)
		}
	}
	out := map[string][]string{}
	for _, t := range c.gold.Tenures {
		known := set[string]{}
		known.add(out[t.Person]...)
		var waiting []string
		if t.Of != nil {
			waiting = append(waiting, *t.Of)
		}
		for len(waiting) > 0 {
			o := waiting[0]
			waiting = waiting[1:]
			if !known[o] {
				known.add(o)
				out[t.Person] = append(out[t.Person], o)
				waiting = append(waiting, whole[o]...)
			}
		}
	}
	return out
}

// fold makes of persons the state or organization that they act for, where one side names the person and the other that state.
func fold(a, b set[string], actsFor map[string][]string) (set[string], set[string]) {
	folded := func(s set[string]) set[string] {
		out := set[string]{}
		for p := range s {
			to := p
			for _, t := range actsFor[p] {
				if a[p] && b[t] || b[p] && a[t] {
					to = t
					break
				}
			}
			out.add(to)
		}
		return out
	}
	return folded(a), folded(b)
}

func people(v nlp.ExtractedEvent, how func(string) string, ids map[string]int) set[string] {
	out := set[string]{}
	add := func(id string) {
		if _, ok := ids[id]; ok {
			out.add(how(id))
		}
	}
	for _, id := range v.Actors {
		add(id)
	}
	for _, id := range v.Recipients {
		add(id)
	}
	for _, p := range v.Participants {
		add(p.Entity)
	}
	return out
}

func eventEvidence(v nlp.ExtractedEvent) []span {
	if len(v.Evidence) == 0 && v.Trigger != nil {
		return []span{*v.Trigger}
	}
	return v.Evidence
}

func sameTrigger(a, b nlp.ExtractedEvent) bool {
	return a.Trigger != nil && b.Trigger != nil && iou(*a.Trigger, *b.Trigger) > 0
}

func (c *comparison) events() Figures {
	actsFor := c.actsFor()
	var root []candidate
	c.loose = nil
	for i, g := range c.gold.Events {
		for j, s := range c.system.Events {
			x, y := fold(people(g, itself, c.goldIndex), people(s, c.mapped, c.systemIndex), actsFor)
			ev := shared(eventEvidence(g), eventEvidence(s))
			v := jaccard(x, y)
			if len(x)+len(y) == 0 {
				v = yes(ev > 0)
			}
			if v < 0.5 {
				continue
			}
			rest := []float64{
				yes(g.Type == s.Type), yes(sameTrigger(g, s)), yes(same(g.Date, s.Date)), yes(eventStatus(g) == eventStatus(s)),
			}
			if sameRoot(g, s) {
				root = append(root, candidate{append([]float64{yes(ev > 0), v, ev}, rest...), i, j})
			}
			if ev > 0 {
				c.loose = append(c.loose, candidate{append([]float64{yes(sameRoot(g, s)), v, ev}, rest...), i, j})
			}
		}
	}
	c.eventPairs = greedy(root)
	found := greedy(c.loose)
	c.missUnpaired("event", c.eventPairs, len(c.gold.Events), len(c.system.Events),
		func(i int) string { return eventLine(c.gold.Events[i]) }, func(j int) string { return eventLine(c.system.Events[j]) })
	return append(Figures{
		overlap("events.root", len(c.eventPairs), len(c.system.Events), len(c.gold.Events)),
		overlap("events.detection", len(found), len(c.system.Events), len(c.gold.Events)),
	}, c.eventDetails(actsFor)...)
}

// eventDetails compares the dates, places, status and speakers of the events whose roots agree.
func (c *comparison) eventDetails(actsFor map[string][]string) Figures {
	var date, year, dated, dateRight, place, placed, placeRight, status, said int
	for i, j := range c.eventPairs {
		g, s := c.gold.Events[i], c.system.Events[j]
		date += int(yes(same(g.Date, s.Date)))
		if !same(g.Date, s.Date) {
			c.miss("event misdated: %s is of %s, read as of %s", eventLine(g), orNone(g.Date), orNone(s.Date))
		}
		year += int(yes(yearOf(g.Date) == yearOf(s.Date)))
		if g.Date != nil {
			dated++
			dateRight += int(yes(same(g.Date, s.Date)))
		}
		at := same(g.Place, c.mappedOr(s.Place))
		place += int(yes(at))
		if g.Place != nil {
			placed++
			placeRight += int(yes(at))
		}
		status += int(yes(eventStatus(g) == eventStatus(s)))
		if eventStatus(g) != eventStatus(s) {
			c.miss("event status misread: %s is %v, read as %v", eventLine(g), eventStatus(g), eventStatus(s))
		}
		want, got := set[string]{}, set[string]{}
		want.add(g.AttributedTo...)
		for _, id := range s.AttributedTo {
			got.add(c.mapped(id))
		}
		want, got = fold(want, got, actsFor)
		said += int(yes(want.equal(got)))
	}
	n := len(c.eventPairs)
	return Figures{
		share("events.date.exact", date, n), share("events.date.year", year, n), share("events.date.exactWhereDated", dateRight, dated),
		share("events.place", place, n), share("events.placeWhereGiven", placeRight, placed),
		share("events.status", status, n), share("events.attributedTo", said, n),
	}
}

func yearOf(date *string) string {
	if date == nil {
		return ""
	}
	return (*date)[:min(4, len(*date))]
}

func eventLine(v nlp.ExtractedEvent) string {
	return fmt.Sprintf("%s %s %s %s -> %s", v.ID, orNone(v.Plover), v.Type, strings.Join(v.Actors, ","), strings.Join(v.Recipients, ","))
}
