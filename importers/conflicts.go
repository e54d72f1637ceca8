package importers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// The kinds of contradictions.
const (
	TwoHolders   = "holders"  // two persons hold at one time what one holds
	Contrary     = "contrary" // it holds, and it does not
	Excluded     = "excluded" // two relations that the schema says exclude each other
	WrongOrder   = "order"    // it ends before it begins
	DatesDiffer  = "dates"    // documents give different dates of one thing
	PlacesDiffer = "places"   // documents give different places of one event
	TwoStates    = "states"   // one person acts for two states
)

// A Contradiction is claims that cannot all be true. None of them is retired for
// that: it is shown until documents or judgements settle it.
type Contradiction struct {
	ID     string  `json:"id"` // c-1a2b3c4d
	Kind   string  `json:"kind"`
	Title  string  `json:"title"`
	Claims []Claim `json:"claims"`
}

// A Claim is what one report says that others contradict.
type Claim struct {
	Says      string   `json:"says"`
	Report    string   `json:"report"`   // IRI
	Document  string   `json:"document"` // IRI
	Source    string   `json:"source"`
	Published string   `json:"published,omitempty"`
	Sentences []string `json:"sentences"`
	Speakers  []string `json:"speakers,omitempty"` // whose words these are, when not the document's own
}

// Contradictions lists all contradictions, by kind and title.
func Contradictions(ctx context.Context, view graph.View, model *schema.Model) ([]Contradiction, error) {
	c := &contradictions{d: newDraft(ctx, view), f: &facts{model: model}, told: map[string]bool{}, holders: map[string][]holding{}, states: map[string][]holding{}, acts: map[string][]told{}}
	for _, kind := range []struct {
		prefix string
		look   func(string, []contribution) error
	}{{"between:", c.between}, {"tenures:", c.tenures}, {"event:", c.events}} {
		if err := c.units(kind.prefix, kind.look); err != nil {
			return nil, err
		}
	}
	if err := c.twoHolders(); err != nil {
		return nil, err
	}
	c.actsForTwo()
	c.sameActTwice()
	for i := range c.found {
		for k := range c.found[i].Claims {
			if err := c.evidence(&c.found[i].Claims[k]); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(c.found, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return c.found, nil
}

type contradictions struct {
	d       *draft
	f       *facts
	found   []Contradiction
	told    map[string]bool      // ids of those found
	holders map[string][]holding // by position that one person holds
	states  map[string][]holding // by person
	acts    map[string][]told    // tellings of events that happen once, by what they are
}

// units calls look with each unit of a kind and what documents contribute to it.
func (c *contradictions) units(prefix string, look func(string, []contribution) error) error {
	unit, from := "", []contribution(nil)
	flush := func() error {
		if unit == "" {
			return nil
		}
		return look(strings.TrimPrefix(unit, prefix), from)
	}
	for r, err := range c.d.view.Records(c.d.ctx, "unit/"+prefix) {
		if err != nil {
			return err
		}
		of, _ := unitOf(r.Key)
		if of != unit {
			if err := flush(); err != nil {
				return err
			}
			unit, from = of, nil
		}
		var one contribution
		if err := json.Unmarshal(r.Value, &one); err != nil {
			return fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		from = append(from, one)
	}
	return flush()
}

// add enters a contradiction of claims, each told once.
func (c *contradictions) add(kind, title string, claims []Claim) {
	slices.SortFunc(claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Report, b.Report), cmp.Compare(a.Says, b.Says))
	})
	claims = slices.CompactFunc(claims, func(a, b Claim) bool { return a.Report == b.Report && a.Says == b.Says })
	parts := []string{kind}
	for _, claim := range claims {
		parts = append(parts, claim.Report)
	}
	id := "c-" + shortHash(parts)[:8]
	if !c.told[id] { // from the other side
		c.told[id] = true
		c.found = append(c.found, Contradiction{ID: id, Kind: kind, Title: title, Claims: claims})
	}
}

// evidence adds to a claim its document, sentences and speakers.
func (c *contradictions) evidence(claim *Claim) error {
	claim.Document, _, _ = strings.Cut(claim.Report, "#")
	var v Version
	if _, err := c.d.getJSON("document/"+docID(claim.Document), &v); err != nil {
		return err
	}
	claim.Source, claim.Published = v.Document.Source, v.Document.Published.String()
	in, ok, err := c.d.view.ID(c.d.ctx, graph.IRI(claim.Document))
	if err != nil || !ok {
		return err
	}
	for _, list := range []struct {
		property, of string
		to           *[]string
	}{{schema.Evidence, schema.Text, &claim.Sentences}, {schema.AttributedTo, schema.Label, &claim.Speakers}} {
		places, err := c.d.objects(claim.Report, list.property, in)
		if err != nil {
			return err
		}
		for _, place := range places {
			texts, err := c.d.objects(place.Value, list.of, in)
			if err != nil {
				return err
			}
			for _, t := range texts {
				*list.to = append(*list.to, t.Value)
			}
		}
	}
	return nil
}

// between looks at what is said of two things.
func (c *contradictions) between(_ string, from []contribution) error {
	ties, periods, reports := c.f.periodsBetween(from)
	beside := map[[2]tie]bool{} // pairs that were found to exclude each other
	for _, k := range ties {
		for _, p := range periods[k] {
			c.dates(k, p)
			c.order(k, p)
		}
		var against []datedRelation
		for _, r := range reports {
			if !r.Realis || !r.Negative && !r.Voice || !c.f.excludes(k, c.f.tieOf(r.relationView), r.Negative) {
				continue
			}
			against = append(against, r)
		}
		for _, p := range periods[k] {
			var claims []Claim
			kind := Contrary
			for _, r := range against {
				other := c.f.tieOf(r.relationView)
				if beside[[2]tie{other, k}] && !r.Negative || !p.at(windowOf(r)) {
					continue
				}
				claims = append(claims, c.claim(r))
				if !r.Negative {
					kind = Excluded
					beside[[2]tie{k, other}] = true
				}
			}
			if len(claims) > 0 {
				for _, m := range p.members {
					claims = append(claims, c.claim(m))
				}
				c.add(kind, c.titled(k, p), claims)
			}
		}
	}
	return nil
}

// claim says in words what a report of a relation says.
func (c *contradictions) claim(r datedRelation) Claim {
	says := r.From.Name + " " + c.f.model.Relation(r.Type).Label + " " + r.To.Name
	if r.Negative {
		says = "not: " + says
	}
	if r.Ends {
		says += ", until " + cmp.Or(r.Since.Date, "an unknown day")
	} else {
		says += spanned(r.Since, r.Until)
	}
	return Claim{Says: says, Report: r.Report, Published: r.published}
}

func spanned(from, until bound) string {
	out := ""
	if from.Date != "" {
		out += " from " + from.Date
	}
	if until.Date != "" {
		out += " until " + until.Date
	}
	return out
}

func (c *contradictions) titled(k tie, p period) string {
	m := p.members[0]
	if m.From.IRI != k.from {
		m.From, m.To = m.To, m.From
	}
	return m.From.Name + " " + c.f.model.Relation(k.relation).Label + " " + m.To.Name
}

// dates looks whether documents give different beginnings of one period.
func (c *contradictions) dates(k tie, p period) {
	if len(p.from) < 2 || !p.from[0].exact() {
		return
	}
	var claims []Claim
	for _, m := range p.members {
		if m.Since.exact() {
			claims = append(claims, c.claim(m))
		}
	}
	c.add(DatesDiffer, c.titled(k, p)+": since when", claims)
}

// order looks whether a period ends before it begins.
func (c *contradictions) order(k tie, p period) {
	if p.end == nil || p.end.date.Date == "" || len(p.from) == 0 || !p.from[0].exact() {
		return
	}
	if last := p.end.date.Date; last < p.from[0].Date && !agrees(last, p.from[0].Date) {
		claims := []Claim{}
		for _, m := range p.members {
			claims = append(claims, c.claim(m))
		}
		if p.end.report != "" {
			claims = append(claims, Claim{Says: "it ended: " + last, Report: p.end.report, Published: p.end.published})
		}
		c.add(WrongOrder, c.titled(k, p)+": ended before it began", claims)
	}
}

// A window is the time of which a report speaks: from its beginning, or its
// publication, to its end, or its publication. "" is not known.
type window struct{ first, last string }

func windowOf(r datedRelation) window {
	w := window{r.published, r.published}
	if r.Since.exact() {
		w.first = r.Since.Date
	}
	if r.Until.exact() {
		w.last = r.Until.Date
		if !r.Since.exact() && (w.first == "" || w.first > w.last) {
			w.first = w.last
		}
	}
	return w
}

// at reports whether a period holds in a part of a window. What is not known to
// lie outside counts as inside.
func (p period) at(w window) bool {
	begins, ends := "", ""
	for _, m := range p.members {
		if own := windowOf(m).first; begins == "" || own != "" && own < begins {
			begins = own
		}
	}
	if len(p.from) > 0 && p.from[0].exact() {
		begins = p.from[0].Date
	}
	if p.end != nil {
		ends = p.end.known
	}
	if begins != "" && w.last != "" && w.last <= begins && w.last != begins {
		return false
	}
	return ends == "" || w.first == "" || w.first < ends
}

// holding is one person's time in a position.
type holding struct {
	person   named
	position string
	reports  []datedTenure
	window   window
	dated    bool // by more than publications
}

// tenures collects who held what and when, and looks for beginnings that differ.
func (c *contradictions) tenures(person string, from []contribution) error {
	byPosition := map[string][]datedTenure{}
	for _, one := range from {
		for _, v := range one.Tenures {
			byPosition[v.Position] = append(byPosition[v.Position], datedTenure{v, one.Published})
		}
	}
	for _, position := range slices.Sorted(maps.Keys(byPosition)) {
		single, err := singleHolder(byPosition[position][0].Title)
		if err != nil {
			return err
		}
		spells := tenureSpells(byPosition[position])
		for i, s := range spells {
			h := holding{person: s.members[0].Holder, position: position, reports: s.members}
			h.window, h.dated = tenureWindow(s.members)
			if single {
				c.holders[position] = append(c.holders[position], h)
			}
			c.states[person] = append(c.states[person], h)
			if i > 0 && single {
				c.tenureDates(spells[i-1], s)
			}
		}
	}
	return nil
}

// tenureDates looks whether two beginnings of a tenure are of one tenure, as no
// end is known between them.
func (c *contradictions) tenureDates(a, b spell[datedTenure]) {
	for _, t := range a.members {
		if t.Until.exact() {
			return
		}
	}
	var claims []Claim
	for _, t := range slices.Concat(a.members, b.members) {
		if t.From.exact() {
			claims = append(claims, tenureClaim(t))
		}
	}
	c.add(DatesDiffer, holds(a.members[0])+": since when", claims)
}
