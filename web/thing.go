package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/importers"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

// How much a page lists of each kind.
const (
	pageRows    = 25
	partRows    = 6  // of each part, where a page has several
	pageNodes   = 30 // of the picture on a page
	nameSources = 3
)

// A tab is a part of a thing's page.
type tab struct {
	ID, Name string
	Count    int // -1 for none
}

// A pager leads to other parts of a long list.
type pager struct {
	From, To, Total int // of the rows that are shown, from 1
	Previous, Next  string
}

// thingBody is what the page of a thing shows; of the parts, those of its tab.
type thingBody struct {
	*facts.Dossier
	Tab       string
	Tabs      []tab
	AsOf      string
	From, To  string
	Uses      []facts.NameUse
	Positions []facts.Fact
	Held      int
	Kinds     []relationPart
	Events    []facts.Fact
	Reported  []facts.Reported
	Documents []facts.Document
	Picture   template.HTML
	Cut, Left int
	Pager     *pager
	Address   string

	Writes     bool
	Judgements []importers.Judgement // about the thing
	Done       *importers.Judgement
	Undone     string
	Here       string
}

type relationPart struct {
	facts.RelationCount
	Facts []facts.Fact
	More  string // where the rest is
}

func tabs() []string {
	return []string{"overview", "relations", "network", "timeline", "documents", "history"}
}

// thing shows what is known of a thing, as of ?asof=, in the tab ?tab=.
func (s *server) thing(r *http.Request, view graph.View) (*reply, error) {
	id := r.PathValue("id")
	d, err := facts.OpenDossier(r.Context(), view, s.Model, schema.Expand(id))
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, missing("Nothing in the graph has the id " + id + ".")
	}
	b := &thingBody{Dossier: d, Tab: r.FormValue("tab"), Address: address(d.IRI), Here: address(d.IRI), Writes: s.jobs != nil, Undone: r.FormValue("undone")}
	if b.Done, err = judgementWith(r, view, r.FormValue("done")); err != nil {
		return nil, err
	}
	if b.AsOf, err = dateOf(r, "asof"); err != nil {
		return nil, err
	}
	if b.From, err = dateOf(r, "from"); err != nil {
		return nil, err
	}
	if b.To, err = dateOf(r, "to"); err != nil {
		return nil, err
	}
	if err := s.fillThing(r, b); err != nil {
		return nil, err
	}
	if b.Tab == "history" {
		if b.Judgements, err = judgementsAbout(r, view, d.IRI); err != nil {
			return nil, err
		}
	}
	return &reply{template: "thing.html", title: d.Label, body: b, data: thingData(b), table: factTable(b)}, nil
}

// fillThing reads the part that the tab shows.
func (s *server) fillThing(r *http.Request, b *thingBody) (err error) {
	skip, err := numberOf(r, "skip")
	if err != nil {
		return err
	}
	w := facts.Window{Skip: skip, Limit: pageRows}
	if err := b.count(); err != nil {
		return err
	}
	total := 0
	switch b.Tab {
	case "", "overview":
		b.Tab = "overview"
		return b.overview()
	case "relations":
		return b.relations(r, w)
	case "network":
		around, left, err := b.Around(pageNodes)
		if err != nil {
			return err
		}
		b.Cut, b.Left = around.Cut, left
		b.Picture, err = inline(picture.Of(s.Model, b.Label, around, address))
		return err
	case "timeline":
		b.Events, total, err = b.Dossier.Events(b.From, b.To, w)
	case "documents":
		b.Documents, total, err = b.Dossier.Documents(w)
	case "history":
		b.Documents, total, err = b.Loaded(w)
	default:
		return refused("?tab=" + b.Tab + ": there are " + strings.Join(tabs(), ", "))
	}
	b.Pager = pages(r, w, total)
	return err
}

// count fills the tabs.
func (b *thingBody) count() error {
	one := facts.Window{Limit: 1}
	kinds, err := b.Dossier.Kinds(b.AsOf)
	if err != nil {
		return err
	}
	relations := 0
	for _, k := range kinds {
		relations += k.Count
		b.Kinds = append(b.Kinds, relationPart{RelationCount: k})
	}
	if _, b.Held, err = b.Dossier.Positions(b.AsOf, one); err != nil {
		return err
	}
	_, events, err := b.Dossier.Events("", "", one)
	if err != nil {
		return err
	}
	_, documents, err := b.Dossier.Documents(one)
	if err != nil {
		return err
	}
	b.Tabs = []tab{
		{"overview", "Overview", -1}, {"relations", "Relations", relations + b.Held}, {"network", "Network", -1},
		{"timeline", "Timeline", events}, {"documents", "Documents", documents}, {"history", "History", -1},
	}
	return nil
}

func (b *thingBody) overview() (err error) {
	some := facts.Window{Limit: partRows}
	if b.Uses, err = b.NamesUsed(nameSources); err != nil {
		return err
	}
	if b.Positions, _, err = b.Dossier.Positions(b.AsOf, some); err != nil {
		return err
	}
	if b.Events, _, err = b.Dossier.Events("", "", some); err != nil {
		return err
	}
	b.Reported, _, err = b.Dossier.Reported(0, partRows)
	if len(b.Reported) > partRows {
		b.Reported = b.Reported[:partRows]
	}
	return err
}

// relations reads the relations of each kind, or a page of the ?kind= asked for;
// positions, and what is reported and no fact, are kinds too.
func (b *thingBody) relations(r *http.Request, w facts.Window) (err error) {
	kind := r.FormValue("kind")
	if kind == "" {
		return b.allRelations()
	}
	kinds, total := b.Kinds, 0
	b.Kinds = nil
	switch kind {
	case "positions":
		b.Positions, total, err = b.Dossier.Positions(b.AsOf, w)
		b.Pager = pages(r, w, total)
		return err
	case "reported":
		var next int
		b.Reported, next, err = b.Dossier.Reported(w.Skip, w.Limit)
		b.Pager = &pager{}
		if next > 0 {
			b.Pager.Next = with(r, "skip", strconv.Itoa(next))
		}
		return err
	}
	for _, k := range kinds {
		if k.Type+"."+k.End == kind {
			k.Facts, total, err = b.Dossier.Relations(k.RelationKind, b.AsOf, w)
			b.Kinds, b.Pager = []relationPart{k}, pages(r, w, total)
			return err
		}
	}
	return missing(b.Label + " has no relations of the kind " + kind + ".")
}

func (b *thingBody) allRelations() (err error) {
	some := facts.Window{Limit: partRows}
	if b.Positions, _, err = b.Dossier.Positions(b.AsOf, some); err != nil {
		return err
	}
	for i := range b.Kinds {
		k := &b.Kinds[i]
		if k.Facts, _, err = b.Dossier.Relations(k.RelationKind, b.AsOf, some); err != nil {
			return err
		}
		if k.Count > len(k.Facts) {
			k.More = b.Part("kind", k.Type+"."+k.End)
		}
	}
	b.Reported, _, err = b.Dossier.Reported(0, partRows)
	return err
}

// Part is the address of a tab, or of a kind of relations, on the day that is looked at.
func (b *thingBody) Part(name, value string) string {
	q := url.Values{name: {value}}
	if name == "kind" {
		q.Set("tab", "relations")
	}
	if b.AsOf != "" {
		q.Set("asof", b.AsOf)
	}
	return b.Address + "?" + q.Encode()
}

// inline draws a picture as a part of a page.
func inline(p picture.Picture) (template.HTML, error) {
	var svg strings.Builder
	if err := picture.WriteInlineSVG(&svg, p); err != nil {
		return "", err
	}
	return template.HTML(svg.String()), nil // the picture escapes every text that it contains
}

// dateOf reads a parameter that is an ISO 8601 day, month or year, or "".
func dateOf(r *http.Request, name string) (string, error) {
	text := strings.TrimSpace(r.FormValue(name))
	if text == "" {
		return "", nil
	}
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, text); err == nil {
			return text, nil
		}
	}
	return "", refused(fmt.Sprintf("?%s=%s is no date; write a year, month or day, as 2025, 2025-08 or 2025-08-31.", name, text))
}

// numberOf reads a parameter that is a whole number from 0, or 0 where it is not given.
func numberOf(r *http.Request, name string) (int, error) {
	text := r.FormValue(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, refused(fmt.Sprintf("?%s=%s is no number.", name, text))
	}
	return n, nil
}

// with is the address of a request with another value of a parameter.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	q.Set(name, value)
	if value == "" || value == "0" {
		q.Del(name)
	}
	u := url.URL{Path: r.URL.Path, RawQuery: q.Encode()}
	return u.String()
}

// pages leads through a list of so many rows.
func pages(r *http.Request, w facts.Window, total int) *pager {
	p := &pager{From: min(w.Skip+1, total), To: min(w.Skip+w.Limit, total), Total: total}
	if w.Skip > 0 {
		p.Previous = with(r, "skip", strconv.Itoa(max(0, w.Skip-w.Limit)))
	}
	if p.To < total {
		p.Next = with(r, "skip", strconv.Itoa(p.To))
	}
	return p
}
