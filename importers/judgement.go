package importers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/schema"
)

// A Verdict is the kind of a judgement.
type Verdict string

// The verdicts, with what they want of a judgement.
const (
	// Same: the thing Subject is the thing Object, under whose IRI all that is
	// said of either stands; the other's leads there.
	Same Verdict = "same"
	// Different: Subject and Object are two things, however alike their names.
	// An IRI made of the name that documents give (person:ali-khan) will do for one.
	Different Verdict = "different"
	// ReadAs: what documents call Text, and nothing else, is the thing Object.
	ReadAs Verdict = "read-as"
	// Link: the entity of a document Subject is the thing Object; where that is
	// "", a thing of its own. Of an entity of several names it is so where the
	// document calls it Text; a mention as Subject stands for its entity and words.
	Link Verdict = "link"
	// Accept: the report Subject, or what the fact Subject rests on, was read
	// right. What was held back because a part of it was guessed becomes a fact.
	Accept Verdict = "accept"
	// Reject: it was read wrong, and nothing follows from it.
	Reject Verdict = "reject"
	// Correct: it was read wrong in what Set says, by name of a property:
	// date, from, until (ISO 8601); type (an id of the schema); title (of a position); subject,
	// object, about, actor, recipient, holder, onBehalfOf, accreditedTo, place (IRIs of things).
	Correct Verdict = "correct"
)

// A Judgement is what a person has decided about the graph. It stays when
// documents are read again, go and come back, until it is undone; then the
// graph is what it would be without it.
type Judgement struct {
	ID       string            `json:"id"` // m-12 where it joins things, j-12
	Verdict  Verdict           `json:"verdict"`
	Author   string            `json:"author"`
	Recorded time.Time         `json:"recorded"`
	Reason   string            `json:"reason,omitempty"`
	Subject  string            `json:"subject,omitempty"` // IRI
	Object   string            `json:"object,omitempty"`  // IRI
	Text     string            `json:"text,omitempty"`
	Set      map[string]string `json:"set,omitempty"`

	Undone   time.Time `json:"undone,omitzero"`
	UndoneBy string    `json:"undoneBy,omitempty"`
}

// IRI names the judgement in the graph.
func (j Judgement) IRI() string { return thingIRI("judgement", j.ID) }

// An InvalidError says why a judgement cannot be made.
type InvalidError struct{ Reason string }

func (e *InvalidError) Error() string { return e.Reason }

func invalid(format string, args ...any) error { return &InvalidError{fmt.Sprintf(format, args...)} }

// A ruling is a judgement with what ties it to documents that come and go: the
// things that it names with the evidence about them, by part, and the reports.
type ruling struct {
	Judgement
	Things  map[string]candidate `json:",omitempty"` // by part: subject, object, or what a correction sets
	Reports []reportKey          `json:",omitempty"`
}

// A reportKey finds a report again where its document was read anew: by what it
// says and in which sentence.
type reportKey struct{ Document, Key string }

// Judgements lists the judgements, undone ones too, in the order in which they were made.
func Judgements(ctx context.Context, view graph.View) ([]Judgement, error) {
	out, err := list[Judgement](ctx, view, "judgement/")
	slices.SortFunc(out, func(a, b Judgement) int { return cmp.Compare(a.number(), b.number()) })
	return out, err
}

func (j Judgement) number() int {
	_, digits, _ := strings.Cut(j.ID, "-")
	n, _ := strconv.Atoi(digits) // ids are ours
	return n
}

// quads states the judgement in the graph of judgements.
func (r ruling) quads() []graph.Quad {
	var out []graph.Quad
	say := func(predicate string, object graph.Term) {
		out = append(out, graph.Quad{Subject: graph.IRI(r.IRI()), Predicate: graph.IRI(predicate), Object: object, Graph: graph.IRI(schema.Judgements)})
	}
	text := func(predicate, value string) {
		if value != "" {
			say(predicate, graph.String(value))
		}
	}
	link := func(predicate, iri string) {
		if iri != "" {
			say(predicate, graph.IRI(iri))
		}
	}
	link(schema.Type, schema.ClassJudgement)
	text(schema.VerdictOf, string(r.Verdict))
	text(schema.Creator, r.Author)
	say(schema.Recorded, graph.Typed(r.Recorded.UTC().Format("2006-01-02T15:04:05Z"), schema.XSD+"dateTime"))
	text(schema.Reason, r.Reason)
	link(schema.Subject, r.Subject)
	link(schema.Object, r.Object)
	text(schema.Text, r.Text)
	for _, field := range slices.Sorted(maps.Keys(r.Set)) {
		text(schema.Corrects, field+"="+schema.Compact(r.Set[field]))
	}
	return out
}

// What a correction may set, and what each is.
var corrections = map[string]int{
	"date": aDate, "from": aDate, "until": aDate, "type": aType, "title": aText,
	"subject": aThing, "object": aThing, "about": aThing, "actor": aThing, "recipient": aThing,
	"holder": aThing, "onBehalfOf": aThing, "accreditedTo": aThing, "place": aThing,
}

const (
	aDate = iota
	aType
	aText
	aThing
)

// rulings are the judgements in force, found by what they bear on.
type rulings struct {
	all     []ruling
	about   map[string][]int // by family or IRI of a thing that is named
	links   map[string]int   // by IRI of the entity
	parts   map[string][]int // by IRI of an entity of which a name is another thing
	names   map[string]int   // by name
	reports map[reportKey][]int
}

func newRulings(all []ruling) *rulings {
	g := &rulings{all: all, about: map[string][]int{}, links: map[string]int{}, parts: map[string][]int{}, names: map[string]int{}, reports: map[reportKey][]int{}}
	for i, r := range all {
		for _, part := range slices.Sorted(maps.Keys(r.Things)) {
			key := aboutKey(r.Things[part])
			g.about[key] = append(g.about[key], i)
		}
		switch r.Verdict { // of two about one thing the later counts
		case Link:
			if r.Text != "" {
				g.parts[r.Subject] = append(g.parts[r.Subject], i)
			} else {
				g.links[r.Subject] = i
			}
		case ReadAs:
			g.names[r.Text] = i
		}
		for _, k := range r.Reports {
			g.reports[k] = append(g.reports[k], i)
		}
	}
	return g
}

// aboutKey finds the judgements about a thing: by its family, or by its IRI where that is given.
func aboutKey(c candidate) string {
	if c.Slug == "" {
		return c.Thing
	}
	return c.family()
}

// directing gives the judgement that says outright what an entity is, or nil.
func (g *rulings) directing(e entityReport) *ruling {
	if i, ok := g.links[e.IRI]; ok {
		return &g.all[i]
	}
	if !e.Named || len(g.names) == 0 {
		return nil
	}
	if i, ok := g.names[e.Name]; ok {
		return &g.all[i]
	}
	// A name that the text alone uses, where the reader knows it by another.
	if len(e.Called) == 1 {
		if i, ok := g.names[e.Called[0]]; ok {
			return &g.all[i]
		}
	}
	return nil
}

// parting gives the judgements by which names of an entity are other things, the
// later one of two about one name.
func (g *rulings) parting(e entityReport) []*ruling {
	if _, whole := g.links[e.IRI]; whole {
		return nil
	}
	byName := map[string]*ruling{}
	for _, name := range e.Called {
		// A slip (CSO) may be always read so; a part of a longer name (Dar) is no slip.
		if i, ok := g.names[name]; ok && len(e.Called) > 1 && e.Name != name && !slices.ContainsFunc(append(slices.Clone(e.Called), e.Name), func(other string) bool {
			return within(slug(name), slug(other))
		}) {
			byName[name] = &g.all[i]
		}
	}
	for _, i := range g.parts[e.IRI] {
		byName[g.all[i].Text] = &g.all[i]
	}
	var out []*ruling
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, byName[name])
	}
	return out
}

// rules reads the judgements in force, once.
func (d *draft) rules() (*rulings, error) {
	if d.ruled != nil {
		return d.ruled, nil
	}
	var all []ruling
	for r, err := range d.view.Records(d.ctx, "judgement/") {
		if err != nil {
			return nil, err
		}
		var one ruling
		if err := json.Unmarshal(r.Value, &one); err != nil {
			return nil, fmt.Errorf("importers: record %q: %w", r.Key, err)
		}
		if one.Undone.IsZero() {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b ruling) int { return cmp.Compare(a.number(), b.number()) })
	d.ruled = newRulings(all)
	return d.ruled, nil
}
