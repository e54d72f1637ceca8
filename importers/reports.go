package importers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/nlp/timex"
)

// reports is what one document says, as far as resolving and concluding need
// it. It is kept beside the quads, so that a change of one document need not
// read the graphs of all others.
type reports struct {
	Document  string // IRI
	Published string `json:",omitempty"`
	Publisher string `json:",omitempty"`
	Entities  []entityReport
	Tenures   []tenureReport   `json:",omitempty"`
	Relations []relationReport `json:",omitempty"`
	Events    []eventReport    `json:",omitempty"`
	Doubts    []doubt          `json:",omitempty"`
}

type entityReport struct {
	IRI     string
	Class   string // id: State
	Name    string
	Names   []string `json:",omitempty"` // the name and all aliases
	Code    string   `json:",omitempty"`
	Country string   `json:",omitempty"`
	Kind    string   `json:",omitempty"` // of an organization: alliance, agency
	From    bound    `json:",omitzero"`  // when it came to be
	Until   bound    `json:",omitzero"`  // when it ceased to be
	Apart   string   `json:",omitempty"` // tells a person from others of the name, where the source does so
	// Named says that the text has a name for it; what is only described
	// ("the ministry") is never taken for the same as in another document.
	Named   bool     `json:",omitempty"`
	Judged  bool     `json:",omitempty"` // see thingView
	Called  []string `json:",omitempty"` // as the text has it: its names there, without pronouns and descriptions
	Places  []place  `json:",omitempty"` // of its names, where it has several
	Years   []string `json:",omitempty"` // of an agreement or occasion: when it was made or held
	Parties []string `json:",omitempty"` // of an agreement between two states: their codes
	States  []string `json:",omitempty"` // of a person: codes of the states acted for
	Posts   []string `json:",omitempty"` // of a person: positions held, as positionName has them
}

// A place is where an entity is mentioned by a name.
type place struct {
	IRI, Text string
	Sentence  int
}

// A bound is a date of valid time.
type bound struct {
	Date      string `json:",omitempty"`
	Precision string `json:",omitempty"`
}

type tenureReport struct {
	IRI          string
	Key          string // tells it from the document's other reports, whatever their order
	Sentences    []int  // that it stands in
	Holder       int
	Title        string
	Of           int
	AccreditedTo int
	From, Until  bound `json:",omitzero"`
	Former       bool  `json:",omitempty"`
	Acting       bool  `json:",omitempty"`
	Doubtful     bool  `json:",omitempty"` // on whose behalf it is held was guessed
}

type relationReport struct {
	IRI             string
	Key             string
	Sentences       []int
	Type            string
	From, To, About int
	Since, Until    bound `json:",omitzero"`
	Negative        bool  `json:",omitempty"`
	Realis          bool  `json:",omitempty"`
	// Voice says that the document itself says so (asserted or presupposed).
	Voice bool `json:",omitempty"`
}

type eventReport struct {
	IRI                string
	Key                string
	Sentences          []int
	Type               string
	Plover, Cameo      string `json:",omitempty"`
	Actors, Recipients []int  `json:",omitempty"`
	Participants       []participantReport
	Place              int
	Date               bound  `json:",omitzero"`
	First, Last        string `json:",omitempty"` // of an event of several days
	Fact               bool   `json:",omitempty"`
}

type participantReport struct {
	Part   string
	Entity int    // or -1
	Event  string `json:",omitempty"` // report node of an event
}

// reportsOf gathers what the document says from the same reading as Report.
func reportsOf(w *reporter, v Version) reports {
	d := w.doc
	r := reports{Document: v.IRI, Published: v.Document.Published.String(), Publisher: v.Document.Publisher, Doubts: w.doubts()}
	taken := map[string]int{}
	for i, e := range d.Entities {
		r.Entities = append(r.Entities, entityReport{
			IRI: w.entities[i], Class: e.Class, Name: e.Name, Names: names(e),
			Code: e.Code, Country: e.Country, Apart: e.Apart, Kind: e.Kind, From: boundOf(e.From), Until: boundOf(e.Until),
			Named: isNamed(d, e), Called: called(d, e), Places: w.places(e), Years: yearsIn(e),
		})
	}
	for i, t := range d.Tenures {
		if !w.known(t.Person) {
			continue
		}
		r.Tenures = append(r.Tenures, tenureReport{
			IRI: w.node("tenure", i), Key: w.tenureKey(taken, t), Sentences: w.sentenceNumbers(t.Evidence), Holder: t.Person, Title: t.Position, Of: w.orNone(t.Of),
			AccreditedTo: w.orNone(t.AccreditedTo), From: boundOf(t.From), Until: boundOf(t.Until),
			Former: t.Former, Acting: t.Acting, Doubtful: !t.Fact(),
		})
		r.tenureEvidence(t)
	}
	for i, x := range d.Relations {
		if !w.known(x.From) || !w.known(x.To) {
			continue
		}
		r.Relations = append(r.Relations, relationReport{
			IRI: w.node("relation", i), Key: w.relationKey(taken, x), Sentences: w.sentenceNumbers(x.Evidence), Type: x.Type, From: x.From, To: x.To, About: w.orNone(x.About),
			Since: boundOf(x.ValidFrom), Until: boundOf(x.Until), Negative: x.Polarity == "negative",
			Realis: x.Modality == "realis", Voice: x.Assertion == "asserted" || x.Assertion == "presupposed",
		})
	}
	for i, x := range d.Events {
		v := eventReport{
			IRI: w.node("event", i), Key: w.eventKey(taken, x), Sentences: w.sentenceNumbers(x.Evidence), Type: x.Type, Plover: x.Plover, Cameo: x.Cameo,
			Actors: w.kept(x.Actors), Recipients: w.kept(x.Recipients), Place: w.orNone(x.Place),
			Date: boundOf(x.Date), Fact: x.Fact(),
		}
		if x.Date.Known() && x.Date.End != (timex.Date{}) && x.Date.End != x.Date.Date {
			v.First, v.Last = x.Date.Date.String(), x.Date.End.String()
		}
		for _, p := range x.Participants {
			switch {
			case w.known(p.Entity):
				v.Participants = append(v.Participants, participantReport{Part: p.Part, Entity: p.Entity})
			case p.Event >= 0 && p.Event < len(d.Events):
				v.Participants = append(v.Participants, participantReport{Part: p.Part, Entity: -1, Event: w.node("event", p.Event)})
			}
		}
		r.Events = append(r.Events, v)
		r.eventEvidence(v)
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		for _, list := range []*[]string{&e.Years, &e.Parties, &e.States, &e.Posts} {
			slices.Sort(*list)
			*list = slices.Compact(*list)
		}
	}
	return r
}

func (w *reporter) known(entity int) bool { return entity >= 0 && entity < len(w.entities) }

func (w *reporter) orNone(entity int) int {
	if w.known(entity) {
		return entity
	}
	return -1
}

func (w *reporter) kept(entities []int) []int {
	var out []int
	for _, e := range entities {
		if w.known(e) && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

func names(e nlp.Entity) []string {
	out := []string{}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if n = strings.Join(strings.Fields(n), " "); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// called lists the names that the text has for an entity.
func called(d *nlp.Doc, e nlp.Entity) []string {
	var out []string
	for _, i := range e.Mentions {
		if i < 0 || i >= len(d.Mentions) {
			continue
		}
		if m := d.Mentions[i]; (m.Kind == nlp.Name || m.Kind == nlp.Acronym) && !slices.Contains(out, d.Text[m.Start:m.End]) {
			out = append(out, d.Text[m.Start:m.End])
		}
	}
	return out
}

// places lists where an entity of several names is called by which.
func (w *reporter) places(e nlp.Entity) []place {
	d := w.doc
	if len(called(d, e)) < 2 {
		return nil
	}
	var out []place
	for _, i := range e.Mentions {
		if i < 0 || i >= len(d.Mentions) || d.Mentions[i].Kind != nlp.Name && d.Mentions[i].Kind != nlp.Acronym {
			continue
		}
		m := d.Mentions[i]
		iri := fmt.Sprintf("%s#char=%d,%d", w.iri, w.points[m.Start], w.points[m.End])
		out = append(out, place{iri, d.Text[m.Start:m.End], m.Sentence})
	}
	return out
}

// sentenceNumbers lists the sentences in which spans begin.
func (w *reporter) sentenceNumbers(spans []nlp.Span) []int {
	var out []int
	for _, span := range spans {
		if i := sentenceAt(w.doc, span) - 1; i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

func isNamed(d *nlp.Doc, e nlp.Entity) bool {
	if e.Code != "" {
		return true
	}
	for _, m := range e.Mentions {
		if m >= 0 && m < len(d.Mentions) && (d.Mentions[m].Kind == nlp.Name || d.Mentions[m].Kind == nlp.Acronym) {
			return true
		}
	}
	return false
}

var yearInName = regexp.MustCompile(`\b(?:1[5-9]|20)[0-9]{2}\b`)

// yearsIn gives the year that is part of the name of an agreement or occasion.
func yearsIn(e nlp.Entity) []string {
	if e.Class != "Agreement" && e.Class != "Occasion" {
		return nil
	}
	return yearInName.FindAllString(e.Name, 1)
}

func boundOf(v timex.Value) bound {
	if !v.Known() {
		return bound{}
	}
	date, precision := v.Single()
	return bound{date.String(), precision}
}

// tenureEvidence notes whom a person acts for, and as what: it tells people of one name apart.
func (r *reports) tenureEvidence(t nlp.Tenure) {
	if t.Of < 0 || t.Of >= len(r.Entities) {
		return
	}
	person, of := &r.Entities[t.Person], r.Entities[t.Of]
	if state := stateOf(of); state != "" {
		person.States = append(person.States, state)
	}
	if owner := ownerName(of); owner != "" {
		post := owner + "." + slug(t.Position)
		if t.AccreditedTo >= 0 && t.AccreditedTo < len(r.Entities) {
			post += "." + ownerName(r.Entities[t.AccreditedTo])
		}
		person.Posts = append(person.Posts, post)
	}
}

// stateOf gives the code of the state that an entity is or belongs to, or "".
func stateOf(e entityReport) string {
	if e.Class == "State" {
		return e.Code
	}
	return e.Country
}

// ownerName names a state or organization well enough to compare the posts in it.
func ownerName(e entityReport) string {
	switch {
	case e.Code != "":
		return iriSafe(e.Code)
	case e.Named:
		return slug(e.Name)
	}
	return ""
}

// eventEvidence notes when and between whom an agreement was made, and when an
// occasion was held: many agreements and occasions share a name.
func (r *reports) eventEvidence(v eventReport) {
	if !v.Fact {
		return
	}
	for _, p := range v.Participants {
		if p.Part != "object" || p.Entity < 0 {
			continue
		}
		e := &r.Entities[p.Entity]
		made := e.Class == "Agreement" && v.Type == "sign-agreement"
		held := e.Class == "Occasion" && v.Plover == "CONSULT"
		if (made || held) && len(v.Date.Date) >= 4 && v.Date.Precision != timex.Before && v.Date.Precision != timex.After && len(yearInName.FindString(e.Name)) == 0 {
			e.Years = append(e.Years, v.Date.Date[:4])
		}
		if made {
			e.Parties = append(e.Parties, r.twoStates(v.Actors)...)
		}
	}
}

// twoStates gives the codes of two states, and nothing where there are more or fewer.
func (r *reports) twoStates(entities []int) []string {
	var codes []string
	for _, i := range entities {
		if e := r.Entities[i]; e.Class == "State" && e.Code != "" {
			codes = append(codes, e.Code)
		}
	}
	if len(codes) != 2 {
		return nil
	}
	slices.Sort(codes)
	return []string{strings.Join(codes, "-")}
}
