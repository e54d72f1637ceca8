package web

import (
	"strconv"
	"strings"

	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

// thingAsData is a thing's page as JSON: what the thing is, how much is known
// of it, and what the tab shows.
type thingAsData struct {
	facts.Thing
	Tab       string           `json:"tab"`
	AsOf      string           `json:"asOf,omitempty"`
	Counts    map[string]int   `json:"counts"`
	NamesUsed []facts.NameUse  `json:"namesUsed,omitempty"`
	Positions []facts.Fact     `json:"positions,omitempty"`
	Relations []relationData   `json:"relations,omitempty"`
	Events    []facts.Fact     `json:"events,omitempty"`
	Reported  []facts.Reported `json:"reported,omitempty"`
	Documents []facts.Document `json:"documents,omitempty"`
	Next      string           `json:"next,omitempty"` // address of what follows
}

type relationData struct {
	facts.RelationCount
	Facts []facts.Fact `json:"facts,omitempty"`
}

func thingData(b *thingBody) thingAsData {
	out := thingAsData{
		Thing: b.Thing, Tab: b.Tab, AsOf: b.AsOf, Counts: map[string]int{"positions": b.Held}, NamesUsed: b.Uses,
		Positions: b.Positions, Events: b.Events, Reported: b.Reported, Documents: b.Documents,
	}
	for _, t := range b.Tabs {
		if t.Count >= 0 {
			out.Counts[t.ID] = t.Count
		}
	}
	for _, k := range b.Kinds {
		out.Relations = append(out.Relations, relationData{k.RelationCount, k.Facts})
	}
	if b.Pager != nil {
		out.Next = strings.Replace(b.Pager.Next, "?", ".json?", 1)
	}
	return out
}

// factTable is what the tab shows as a table: a row for each fact or report, or for each document.
func factTable(b *thingBody) *table {
	if b.Tab == "documents" || b.Tab == "history" {
		return documentTable(b.Documents)
	}
	t := newFactTable()
	for _, f := range b.Positions {
		t.fact(f, "fact")
	}
	for _, k := range b.Kinds {
		for _, f := range k.Facts {
			t.fact(f, "fact")
		}
	}
	for _, f := range b.Events {
		t.fact(f, "fact")
	}
	for _, f := range b.Reported {
		t.fact(f.Fact, "reported: "+f.Why)
	}
	return t
}

func newFactTable() *table {
	return &table{head: []string{"id", "kind", "type", "title", "date", "from", "until", "status", "evidence", "document", "sentence"}}
}

// fact adds a row.
func (t *table) fact(f facts.Fact, status string) {
	document, sentence := "", ""
	if len(f.Evidence) > 0 {
		document = schema.Compact(f.Evidence[0].Document.IRI)
		for _, s := range f.Evidence[0].Sentences {
			sentence = strings.TrimSpace(sentence + " " + s.Text)
		}
	}
	t.rows = append(t.rows, []string{
		schema.Compact(f.IRI), string(f.Kind), f.Type, f.Title, f.Date.String(), f.From.String(), f.Until.String(), status,
		strconv.Itoa(len(f.Evidence) + f.More), document, sentence,
	})
}

func documentTable(documents []facts.Document) *table {
	t := &table{head: []string{"id", "title", "published", "publisher", "source", "recorded", "import"}}
	for _, d := range documents {
		t.rows = append(t.rows, []string{schema.Compact(d.IRI), d.Title, d.Published, d.Publisher, d.Source, d.Recorded, schema.Compact(d.Import)})
	}
	return t
}

func spokenTable(things []facts.Spoken) *table {
	t := &table{head: []string{"id", "label", "class", "count"}}
	for _, thing := range things {
		t.rows = append(t.rows, []string{schema.Compact(thing.IRI), thing.Label, thing.Class, strconv.FormatInt(thing.Count, 10)})
	}
	return t
}
