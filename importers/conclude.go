package importers

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// Concluding: what stands in the default graph. Facts fall into units, such as
// all relations between two things or all tenures of one person; every fact
// belongs to one unit, and a unit depends on nothing but the contributions of
// documents to it. A document that comes or goes changes the units that it
// contributes to, and no others.

// A contribution is what one document says that bears on one unit.
type contribution struct {
	Document  string         `json:",omitempty"` // IRI; "" where it is said by Times documents
	Times     int            `json:"-"`
	Published string         `json:",omitempty"`
	Things    []thingView    `json:",omitempty"`
	Positions []positionView `json:",omitempty"`
	Tenures   []tenureView   `json:",omitempty"`
	Relations []relationView `json:",omitempty"`
	Events    []eventView    `json:",omitempty"`
}

// The views say what reports say, with things in place of entities and the
// names that the document has for them.
type thingView struct {
	Class, Name   string
	Names         []string `json:",omitempty"`
	Code, Country string   `json:",omitempty"`
	Judged        bool     `json:",omitempty"` // what it is called follows from a judgement, not from a document
	Kind          string   `json:",omitempty"`
	From, Until   bound    `json:",omitzero"`
}

type positionView struct {
	Title           string
	Owner           string `json:",omitempty"`
	OwnerName, Host string `json:",omitempty"`
}

// A named thing is its IRI with the name that a document has for it.
type named struct{ IRI, Name, Class string }

// An origin is the report that says something, and what tells whether others
// that say it too are independent of it.
type origin struct {
	Report    string
	Publisher string `json:",omitempty"`
	Wording   string `json:",omitempty"` // the same where a text was copied
}

type tenureView struct {
	origin
	Holder         named
	Position       string
	Title          string
	Of, Accredited named `json:",omitzero"`
	From, Until    bound `json:",omitzero"`
	Former, Acting bool  `json:",omitempty"`
}

// A relationView is a report of a relation, or of an event that starts or ends one.
type relationView struct {
	origin
	Type         string
	From, To     named
	About        named `json:",omitzero"`
	Since, Until bound `json:",omitzero"`
	Negative     bool  `json:",omitempty"`
	Realis       bool  `json:",omitempty"`
	Voice        bool  `json:",omitempty"`
	Event        bool  `json:",omitempty"`
	Ends         bool  `json:",omitempty"` // the event puts an end to the relation
}

type eventView struct {
	origin
	Type               string
	Plover, Cameo      string  `json:",omitempty"`
	Actors, Recipients []named `json:",omitempty"`
	Participants       []partView
	Place              named  `json:",omitzero"`
	Date               bound  `json:",omitzero"`
	First, Last        string `json:",omitempty"`
}

type partView struct {
	Part string
	IRI  string // of a thing, or of the report of an event
	Name string `json:",omitempty"`
}

// contributions says to which units a document contributes what. things are
// what its entities are, in their order.
func contributions(model *schema.Model, r reports, things []string) map[string]contribution {
	out := map[string]contribution{}
	add := func(unit string, f func(*contribution)) {
		c := out[unit]
		c.Document, c.Published = r.Document, r.Published
		f(&c)
		out[unit] = c
	}
	at := func(i int) named {
		if i < 0 {
			return named{}
		}
		return named{things[i], r.Entities[i].Name, r.Entities[i].Class}
	}
	from := func(report, wording string) origin { return origin{report, r.Publisher, wording} }
	for i, e := range r.Entities {
		view := thingView{Class: e.Class, Name: e.Name, Names: e.Names, Code: e.Code, Judged: e.Judged, Kind: e.Kind, From: e.From, Until: e.Until}
		if e.Country != "" && e.Class != "State" {
			view.Country = thingIRI("state", iriSafe(e.Country))
		}
		add("thing:"+things[i], func(c *contribution) { c.Things = append(c.Things, view) })
	}
	for _, t := range r.Tenures {
		if t.Doubtful {
			continue
		}
		view := tenureView{
			origin: from(t.IRI, t.Key), Holder: at(t.Holder), Title: t.Title, Of: at(t.Of), Accredited: at(t.AccreditedTo),
			From: t.From, Until: t.Until, Former: t.Former, Acting: t.Acting,
		}
		view.Position = positionIRI(view)
		add("tenures:"+view.Holder.IRI, func(c *contribution) { c.Tenures = append(c.Tenures, view) })
		add("position:"+view.Position, func(c *contribution) {
			c.Positions = append(c.Positions, positionView{view.Title, view.Of.IRI, view.Of.Name, view.Accredited.Name})
		})
	}
	relate := func(v relationView) {
		if v.From.IRI == v.To.IRI {
			return // two names of one thing
		}
		add(pairUnit(v.From.IRI, v.To.IRI), func(c *contribution) { c.Relations = append(c.Relations, v) })
	}
	for _, x := range r.Relations {
		if model.Relation(x.Type) == nil {
			continue
		}
		relate(relationView{
			origin: from(x.IRI, x.Key), Type: x.Type, From: at(x.From), To: at(x.To), About: at(x.About), Since: x.Since, Until: x.Until,
			Negative: x.Negative, Realis: x.Realis, Voice: x.Voice,
		})
	}
	for _, x := range r.Events {
		t := model.Event(x.Type)
		if t == nil || !x.Fact {
			continue
		}
		view := eventView{
			origin: from(x.IRI, x.Key), Type: x.Type, Plover: x.Plover, Cameo: x.Cameo,
			Place: at(x.Place), Date: x.Date, First: x.First, Last: x.Last,
		}
		for _, a := range x.Actors {
			view.Actors = append(view.Actors, at(a))
		}
		for _, b := range x.Recipients {
			view.Recipients = append(view.Recipients, at(b))
		}
		var taking []named
		for _, p := range x.Participants {
			if p.Entity < 0 {
				view.Participants = append(view.Participants, partView{p.Part, p.Event, ""})
				continue
			}
			taking = append(taking, at(p.Entity))
			view.Participants = append(view.Participants, partView{p.Part, at(p.Entity).IRI, at(p.Entity).Name})
		}
		add(eventUnit(r.Document, view), func(c *contribution) { c.Events = append(c.Events, view) })
		for _, change := range []struct {
			relations []string
			ends      bool
		}{{t.Starts, false}, {t.Ends, true}} {
			for _, id := range change.relations {
				for _, pair := range pairsOf(model, id, view.Actors, view.Recipients, taking) {
					relate(relationView{
						origin: from(x.IRI, x.Key), Type: id, From: pair[0], To: pair[1], Since: x.Date,
						Realis: true, Voice: true, Event: true, Ends: change.ends,
					})
				}
			}
		}
	}
	return out
}

// pairsOf gives the things between which an event starts or ends a relation:
// actors with recipients, else with those who take part and may stand there,
// and of a symmetric relation actors with each other.
func pairsOf(model *schema.Model, id string, actors, recipients, taking []named) [][2]named {
	relation := model.Relation(id)
	if relation == nil {
		return nil
	}
	var out [][2]named
	add := func(a, b named) {
		if a.IRI != b.IRI && model.Admits(id, a.Class, b.Class) {
			out = append(out, [2]named{a, b})
		}
	}
	for _, others := range [][]named{recipients, taking} {
		for _, a := range actors {
			for _, b := range others {
				add(a, b)
			}
		}
		if len(out) > 0 {
			return out
		}
		if relation.Symmetric {
			for i, a := range actors {
				for _, b := range actors[i+1:] {
					add(a, b)
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return out
}

func pairUnit(a, b string) string { return "between:" + min(a, b) + " " + max(a, b) }

// eventUnit holds what may be the same event: of one type at one time, and
// where that is a month or a year, between the same parties (see facts.compare). An
// event without a date is told by its document only.
func eventUnit(document string, v eventView) string {
	switch {
	case v.Date.Date == "":
		return "event:" + v.Type + " " + docID(document)
	case v.Date.day():
		return "event:" + v.Type + " " + v.Date.Date
	}
	return "event:" + v.Type + " " + v.Date.Date + " " + shortHash(slices.Sorted(maps.Keys(tell(v).parties)))
}

// positionIRI names an office: what it is called, whose it is, and of an ambassador to whom.
func positionIRI(t tenureView) string {
	local := slug(t.Title)
	if t.Of.IRI == "" { // an office of nobody knows whom is its holder's alone
		return thingIRI("position", localName(t.Holder.IRI)+"."+local)
	}
	local = localName(t.Of.IRI) + "." + local
	if t.Accredited.IRI != "" {
		local += "." + localName(t.Accredited.IRI)
	}
	return thingIRI("position", local)
}

// conclude says what follows from all contributions to a unit. The result is
// sorted and depends neither on the order of the contributions nor on anything else.
func conclude(model *schema.Model, unit string, from []contribution) []graph.Quad {
	from = slices.SortedFunc(slices.Values(from), func(a, b contribution) int { return cmp.Compare(a.Document, b.Document) })
	f := &facts{model: model, quads: map[graph.Quad]bool{}}
	kind, key, _ := strings.Cut(unit, ":")
	switch kind {
	case "thing":
		f.thing(key, from)
	case "position":
		f.position(key, from)
	case "tenures":
		f.tenures(key, from)
	case "between":
		f.relations(from)
	case "event":
		f.events(from)
	}
	return slices.SortedFunc(maps.Keys(f.quads), compareQuads)
}

func compareQuads(a, b graph.Quad) int {
	return cmp.Or(compareTerms(a.Subject, b.Subject), compareTerms(a.Predicate, b.Predicate),
		compareTerms(a.Object, b.Object), compareTerms(a.Graph, b.Graph))
}

func compareTerms(a, b graph.Term) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Value, b.Value),
		strings.Compare(a.Datatype, b.Datatype), strings.Compare(a.Language, b.Language))
}

// facts collects the quads of one unit in the default graph.
type facts struct {
	model *schema.Model
	quads map[graph.Quad]bool
}

func (f *facts) say(subject, predicate string, object graph.Term) {
	f.quads[graph.Quad{Subject: graph.IRI(subject), Predicate: graph.IRI(predicate), Object: object}] = true
}

func (f *facts) link(subject, predicate, object string) {
	if object != "" {
		f.say(subject, predicate, graph.IRI(object))
	}
}

func (f *facts) text(subject, predicate, text string) {
	if text != "" {
		f.say(subject, predicate, graph.String(text))
	}
}

// bounds states dates of valid time; several where documents disagree.
func (f *facts) bounds(subject, predicate string, dates []bound) {
	for _, d := range dates {
		f.say(subject, predicate, dateLiteral(d.Date))
		if vague(d.Precision) {
			f.text(subject, precisionOf(predicate), d.Precision)
		}
	}
}

func (f *facts) flag(subject, predicate string) {
	f.say(subject, predicate, graph.Typed("true", schema.XSD+"boolean"))
}

func (f *facts) thing(iri string, contributions []contribution) {
	var spelled, judged tally
	var from, until []bound
	local := iri[strings.LastIndexByte(iri, '/')+1:]
	for _, c := range contributions {
		for _, v := range c.Things {
			f.link(iri, schema.Type, schema.NS+v.Class)
			f.text(iri, schema.Code, v.Code)
			f.link(iri, schema.Country, v.Country)
			f.text(iri, schema.MentionKind, v.Kind)
			from, until = append(from, v.From), append(until, v.Until)
			for _, n := range v.Names {
				f.text(iri, schema.Named, n)
			}
			if v.Judged {
				judged.add(v.Name, c.Times)
			} else {
				spelled.add(v.Name, c.Times)
			}
		}
	}
	f.bounds(iri, schema.From, mergeBounds(from))
	f.bounds(iri, schema.Until, mergeBounds(until))
	// The name that the IRI is made of is the fullest, or the acronym.
	f.text(iri, schema.Label, cmp.Or(spelled.best(func(n string) bool { return strings.HasPrefix(local, slug(n)) && strings.Contains(slug(n), "-") }), spelled.best(nil), judged.best(nil)))
}

func (f *facts) position(iri string, from []contribution) {
	var titles, labels tally
	f.link(iri, schema.Type, schema.ClassPosition)
	for _, c := range from {
		for _, v := range c.Positions {
			titles.add(v.Title, c.Times)
			f.link(iri, schema.PositionOf, v.Owner)
			label := v.Title
			if v.OwnerName != "" {
				label += " of " + v.OwnerName
			}
			if v.Host != "" {
				label += " to " + v.Host
			}
			labels.add(label, c.Times)
		}
	}
	f.text(iri, schema.JobTitle, titles.best(nil))
	f.text(iri, schema.Label, labels.best(nil))
}

// A tally counts names to choose one.
type tally map[string]int

func (t *tally) add(name string, times int) {
	if *t == nil {
		*t = tally{}
	}
	if name != "" {
		(*t)[name] += times
	}
}

// best gives the most frequent name that fits; of these the longest, then the first in order.
func (t tally) best(fits func(string) bool) string {
	best := ""
	for _, n := range slices.Sorted(maps.Keys(t)) {
		if fits != nil && !fits(n) {
			continue
		}
		if best == "" || t[n] > t[best] || t[n] == t[best] && len(n) > len(best) {
			best = n
		}
	}
	return best
}
