package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/lanes"
)

// How many things a timeline has, how many of their statements, and how many when nobody says which.
const (
	mostLanes    = 12
	laneItems    = 96 // of all lanes together
	defaultLanes = 4
)

// timelineBody is a timeline of things, drawn and as a list.
type timelineBody struct {
	Things   []facts.Ref
	From, To string // as asked for
	First    string // day on which the drawing begins
	Last     string // and ends
	Drawing  template.HTML
	Entries  []timelineEntry
	Left     int // statements that are not shown
	Problems []string
	In, Out  string // addresses: closer, wider
	Earlier  string
	Later    string
	Network  string // the same things as a network
	address  url.Values
}

// A timelineEntry is a statement with the things of the timeline that take part in it.
type timelineEntry struct {
	facts.Fact
	Of       []facts.Ref `json:"of"`
	Reported string      `json:"reported,omitempty"` // why it is no fact
	when     facts.Date
}

// When is what the entry is ordered by.
func (e timelineEntry) When() string {
	switch {
	case e.Span() != "":
		return e.Span()
	case e.Date.String() != "":
		return e.Date.String()
	}
	return "undated"
}

// timelinePage shows what happened to the ?thing= s between ?from= and ?until=.
func (s *server) timelinePage(r *http.Request, view graph.View) (*reply, error) {
	b := &timelineBody{address: url.Values{}}
	var err error
	if b.From, err = dateOf(r, "from"); err != nil {
		return nil, err
	}
	if b.To, err = dateOf(r, "until"); err != nil {
		return nil, err
	}
	if b.From != "" && b.To != "" && lastOf(b.To) < firstOf(b.From) {
		return nil, refused("The time from " + b.From + " until " + b.To + " ends before it begins.")
	}
	if err := s.timelineThings(r, view, b); err != nil {
		return nil, err
	}
	perLane := make([][]timelineEntry, len(b.Things))
	for i, thing := range b.Things {
		if perLane[i], err = s.laneOf(r, view, b, thing); err != nil {
			return nil, err
		}
	}
	b.extent(perLane)
	if b.Drawing, err = b.draw(perLane); err != nil {
		return nil, err
	}
	b.collect(perLane)
	t := newFactTable()
	for _, e := range b.Entries {
		status := "fact"
		if e.Reported != "" {
			status = "reported: " + e.Reported
		}
		t.fact(e.Fact, status)
	}
	data := struct {
		Things  []facts.Ref     `json:"things"`
		From    string          `json:"from"`
		Until   string          `json:"until"`
		Entries []timelineEntry `json:"entries"`
		Left    int             `json:"left,omitempty"`
	}{b.Things, b.First, b.Last, b.Entries, b.Left}
	return &reply{template: "timeline.html", title: "Timeline", wide: true, body: b, data: data, table: t}, nil
}

// timelineThings finds the things that the address names, or those that most is said of.
func (s *server) timelineThings(r *http.Request, view graph.View, b *timelineBody) error {
	for _, name := range r.URL.Query()["thing"] {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		found, err := facts.Find(r.Context(), view, name)
		if err != nil {
			return err
		}
		switch {
		case len(found) != 1:
			b.Problems = append(b.Problems, notOne(name, found))
		case len(b.Things) == mostLanes:
			b.Problems = append(b.Problems, "A timeline has at most 12 lanes; "+found[0].Label+" is left out.")
		case !slices.Contains(b.Things, found[0].Ref):
			b.Things = append(b.Things, found[0].Ref)
		}
	}
	if len(b.Things) == 0 && len(b.Problems) == 0 {
		most, _, err := facts.ThingsOf(r.Context(), view, s.Model, "State", facts.Window{Limit: defaultLanes})
		if err != nil {
			return err
		}
		for _, m := range most {
			b.Things = append(b.Things, m.Ref)
		}
	}
	for _, t := range b.Things {
		b.address.Add("thing", schema.Compact(t.IRI))
	}
	b.Network = "/graph?" + b.address.Encode()
	return nil
}

func notOne(name string, found []facts.Thing) string {
	if len(found) == 0 {
		return "Nothing in the graph is named “" + name + "”."
	}
	var ids []string
	for _, t := range found {
		ids = append(ids, schema.Compact(t.IRI))
	}
	return "“" + name + "” names " + counted(len(found), "thing") + ": " + strings.Join(ids, ", ") + ". Use the id."
}

// laneOf reads what happened to a thing in the time.
func (s *server) laneOf(r *http.Request, view graph.View, b *timelineBody, thing facts.Ref) ([]timelineEntry, error) {
	d, err := facts.OpenDossier(r.Context(), view, s.Model, thing.IRI)
	if err != nil || d == nil {
		return nil, err
	}
	d.Brief()
	room := laneItems / len(b.Things)
	events, n, err := d.Events(b.From, b.To, facts.Window{Limit: room})
	if err != nil {
		return nil, err
	}
	b.Left += n - len(events)
	lasting, n, err := d.Lasting(b.From, b.To, facts.Window{Limit: room / 4})
	if err != nil {
		return nil, err
	}
	b.Left += n - len(lasting)
	var out []timelineEntry
	for _, f := range slices.Concat(events, lasting) {
		out = append(out, timelineEntry{Fact: f, Of: []facts.Ref{thing}, when: whenOf(f)})
	}
	reported, _, err := d.Reported(0, room/4)
	if err != nil {
		return nil, err
	}
	for _, f := range reported {
		e := timelineEntry{Fact: f.Fact, Of: []facts.Ref{thing}, Reported: f.Why, when: whenOf(f.Fact)}
		first, last := e.days()
		if e.when.Text != "" && (b.From == "" || last >= firstOf(b.From)) && (b.To == "" || first <= lastOf(b.To)) {
			out = append(out, e)
		}
	}
	return out, nil
}

func whenOf(f facts.Fact) facts.Date {
	switch {
	case f.Date.Text != "":
		return f.Date
	case f.From.Text != "":
		return f.From
	}
	return f.Until
}

// days are the first and the last day of an entry.
func (e timelineEntry) days() (first, last string) {
	first, last = e.when.Days()
	if e.Kind != facts.Event {
		last = "9999-99-99"
		if e.Until.Text != "" {
			_, last = e.Until.Days()
		} else if e.Former {
			_, last = e.when.Days()
		}
		if e.From.Text == "" {
			first = "0000-00-00"
		}
	}
	return first, last
}

// extent finds the days between which the timeline is drawn: those asked for, or those of its events.
func (b *timelineBody) extent(perLane [][]timelineEntry) {
	if b.From != "" {
		b.First = firstOf(b.From)
	}
	if b.To != "" {
		b.Last = lastOf(b.To)
	}
	var first, last string
	for _, e := range slices.Concat(perLane...) {
		if e.Kind != facts.Event || e.when.Text == "" {
			continue
		}
		from, to := e.when.Days()
		if from > "0000-00-00" && (first == "" || from < first) {
			first = from
		}
		if to < "9999-99-99" && to > last {
			last = to
		}
	}
	today := time.Now().UTC().Format(time.DateOnly)
	b.First = cmp.Or(b.First, first, today)
	b.Last = max(cmp.Or(b.Last, last, today), b.First)
	b.steps()
}

// steps are the addresses of other times: closer, wider, earlier and later.
func (b *timelineBody) steps() {
	first, err := time.Parse(time.DateOnly, b.First)
	last, wrong := time.Parse(time.DateOnly, b.Last)
	if err != nil || wrong != nil {
		return // days such as 2025-02-31, which only sort
	}
	length := max(last.Sub(first), 24*time.Hour)
	to := func(from, until time.Time) string {
		q := url.Values{}
		for k, v := range b.address {
			q[k] = v
		}
		q.Set("from", from.Format(time.DateOnly))
		q.Set("until", until.Format(time.DateOnly))
		return "/timeline?" + q.Encode()
	}
	if length >= 4*24*time.Hour {
		b.In = to(first.Add(length/4), last.Add(-length/4))
	}
	b.Out = to(first.Add(-length/2), last.Add(length/2))
	b.Earlier = to(first.Add(-length/2), last.Add(-length/2))
	b.Later = to(first.Add(length/2), last.Add(length/2))
}

func (b *timelineBody) draw(perLane [][]timelineEntry) (template.HTML, error) {
	t := lanes.Timeline{From: b.First, To: b.Last}
	for i, entries := range perLane {
		lane := lanes.Lane{Label: b.Things[i].Label, Link: address(b.Things[i].IRI)}
		for _, e := range entries {
			if e.when.Text == "" {
				continue
			}
			first, last := e.days()
			if last < b.First || first > b.Last {
				continue
			}
			item := lanes.Item{Key: schema.Compact(e.IRI), Title: e.Title, Link: address(e.IRI), When: e.When(), First: first, Last: last}
			imprecise := e.when.Precision != "day" && e.when.Precision != ""
			item.SoftStart = imprecise || first == "0000-00-00"
			item.SoftEnd = e.Kind == facts.Event && imprecise || last == "9999-99-99"
			switch {
			case e.Reported != "":
				item.Style = lanes.Reported
			case e.Kind != facts.Event:
				item.Style = lanes.Lasting
			}
			lane.Items = append(lane.Items, item)
		}
		t.Lanes = append(t.Lanes, lane)
	}
	var svg strings.Builder
	if err := lanes.WriteSVG(&svg, t); err != nil {
		return "", err
	}
	return template.HTML(svg.String()), nil // the drawing escapes every text that it contains
}

// collect lists each statement once, by time.
func (b *timelineBody) collect(perLane [][]timelineEntry) {
	at := map[string]int{}
	b.Entries = []timelineEntry{}
	for _, e := range slices.Concat(perLane...) {
		if i, known := at[e.IRI]; known {
			b.Entries[i].Of = append(b.Entries[i].Of, e.Of...)
			continue
		}
		at[e.IRI] = len(b.Entries)
		b.Entries = append(b.Entries, e)
	}
	slices.SortStableFunc(b.Entries, func(x, y timelineEntry) int {
		xf, xl := x.when.Days()
		yf, yl := y.when.Days()
		if (x.when.Text == "") != (y.when.Text == "") { // the undated come last
			return cmp.Compare(y.when.Text, x.when.Text)
		}
		return cmp.Or(cmp.Compare(xf, yf), cmp.Compare(xl, yl), cmp.Compare(x.Title, y.Title))
	})
}

func firstOf(iso string) string { first, _ := (facts.Date{Text: iso}).Days(); return first }
func lastOf(iso string) string  { _, last := (facts.Date{Text: iso}).Days(); return last }
