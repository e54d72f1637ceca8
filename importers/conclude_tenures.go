package importers

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/schema"
)

// datedTenure is a tenure report with the date of its document.
type datedTenure struct {
	tenureView
	published string
}

// tenures concludes what positions a person holds or held, and whom the person acts for.
func (f *facts) tenures(person string, from []contribution) {
	byPosition := map[string][]datedTenure{}
	for _, c := range from {
		for _, v := range c.Tenures {
			byPosition[v.Position] = append(byPosition[v.Position], datedTenure{v, c.Published})
		}
	}
	for position, reports := range byPosition {
		spells := tenureSpells(reports)
		for _, s := range spells {
			local := localName(person) + "." + strings.TrimPrefix(position, schema.ID+"position/")
			if len(spells) > 1 {
				local += "." + s.from[0].Date
			}
			f.tenure(thingIRI("tenure", strings.TrimPrefix(local, "person-")), person, position, s)
		}
	}
}

// tenureSpells parts the reports that one person holds a position into the
// times for which the person held it.
func tenureSpells(reports []datedTenure) []spell[datedTenure] {
	return spellsByStart(reports,
		func(t datedTenure) bound { return t.From },
		func(t datedTenure, spells []spell[datedTenure]) int {
			// The last one that can have begun by its end, or by the day of the report.
			known := t.published
			if t.Until.exact() {
				known = t.Until.Date
			}
			for i := len(spells) - 1; i > 0; i-- {
				if known == "" || spells[i].from[0].Date <= known {
					return i
				}
			}
			return 0
		})
}

func (f *facts) tenure(iri, person, position string, s spell[datedTenure]) {
	var holder, title, owner, host tally
	var until []bound
	var former, inOffice string // the last publications that say so
	over, acting := false, false
	var origins []origin
	f.link(iri, schema.Type, schema.ClassTenure)
	f.link(iri, schema.Holder, person)
	f.link(iri, schema.PositionHeld, position)
	for _, t := range s.members {
		f.link(iri, schema.OnBehalfOf, t.Of.IRI)
		f.link(iri, schema.AccreditedTo, t.Accredited.IRI)
		f.link(iri, schema.Evidence, t.Report)
		origins = append(origins, t.origin)
		holder.add(t.Holder.Name, 1)
		title.add(t.Title, 1)
		owner.add(t.Of.Name, 1)
		host.add(t.Accredited.Name, 1)
		until = append(until, t.Until)
		acting = acting || t.Acting
		switch {
		case t.Former:
			over, former = true, max(former, t.published)
		case !t.Until.exact():
			inOffice = max(inOffice, t.published)
		}
	}
	f.sources(iri, origins)
	f.bounds(iri, schema.From, s.from)
	ends := mergeBounds(until)
	f.bounds(iri, schema.Until, ends)
	// Who was called former holds the office again where a later document says so.
	over = over && (former == "" || inOffice <= former)
	if over {
		f.flag(iri, schema.Former)
	}
	if acting {
		f.flag(iri, schema.Acting)
	}
	label := holder.best(nil) + ", " + title.best(nil)
	if o := owner.best(nil); o != "" {
		label += " of " + o
	}
	if h := host.best(nil); h != "" {
		label += " to " + h
	}
	f.text(iri, schema.Label, label)
	if over || len(ends) > 0 {
		return
	}
	f.link(person, schema.Holds, position)
	for _, t := range s.members {
		if strings.HasPrefix(t.Of.IRI, thingIRI("state", "")) || slices.Contains([]string{"State", "Organization"}, t.Of.Class) {
			f.link(person, schema.ActsFor, t.Of.IRI)
		}
	}
}
