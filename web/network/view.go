// Package network makes the network that an address asks for: the parameters
// of an address hold the whole of a [View], and [Read] gives what it shows. A
// page with scripts, a page without, a drawing and a download of one address
// therefore show the same.
//
//	v, err := network.Parse(url.Values{"thing": {"state:ARM"}, "assertion": {"holds"}})
//	n, err := network.Read(ctx, view, model, v, address)
//	err = picture.WriteSVG(w, n.Picture)
package network

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/nearest"
	"github.com/ententegraph/entente/web/picture"
)

// A View says what of the graph is shown, and how. The zero View is the whole graph.
type View struct {
	Things     []string            // ids or names of what stands in the middle
	Depth      int                 // steps around the things, 1 to MaxDepth
	Expand     []Expansion         // further things whose surroundings are shown
	Path       [2]string           // two things between which the shortest paths are shown, or none
	Classes    []string            // of schema; none means all
	Relations  []string            // types of relations and events, "tenure"; none means all
	Assertions []picture.Assertion // none means all
	Sources    []string            // ids of documents or names of publishers; none means all
	From       string              // ISO 8601 day, month or year: only what may have been then or later
	Until      string              // only what may have been then or earlier
	At         string              // a moment: what had begun by then, ended ones as they stood
	Limit      int                 // nodes, 1 to MaxLimit; 0 for as many as are easily read
	Hidden     []string            // ids of nodes that are left out
	Pinned     []Pin               // nodes that have a place of their own
	Layout     picture.Layout
	Locked     bool   // nodes stay where they are
	Tab        string // picture or table
}

// An Expansion shows what lies around a thing, all of it or by one type of relation.
type Expansion struct{ Thing, Relation string }

// A Pin gives a node a place in the picture.
type Pin struct {
	Node string
	X, Y int
}

// Bounds of a view, and what it has where an address does not say.
const (
	MaxDepth     = 3
	DefaultLimit = 60 // around things
	WholeLimit   = 24 // of the whole graph: those that are joined most
	MaxLimit     = 2000
	ExpandLimit  = 200 // nodes that one expansion adds
)

var isoDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// parameters lists what an address can say.
func parameters() []string {
	return []string{"thing", "depth", "expand", "path", "class", "relation", "assertion", "source", "from", "until", "at", "limit", "hidden", "pinned", "layout", "locked", "tab"}
}

// Parse reads the parameters of an address; all that is wrong with them is
// reported at once. The view is then what the others say.
func Parse(q url.Values) (View, error) {
	v := View{
		Things: filled(q["thing"]), Classes: filled(q["class"]), Relations: filled(q["relation"]), Sources: filled(q["source"]),
		Hidden: filled(q["hidden"]), Locked: q.Get("locked") != "",
	}
	var problems []error
	wrong := func(name, value, want string) {
		problems = append(problems, fmt.Errorf("network: %s=%s: %s", name, value, want))
	}
	number := func(name string, standard, most int) int {
		text := q.Get(name)
		if text == "" {
			return standard
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > most {
			wrong(name, text, fmt.Sprintf("a number from 1 to %d is needed", most))
			return standard
		}
		return n
	}
	choice := func(name string, known []string) string {
		text := q.Get(name)
		if text != "" && !slices.Contains(known, text) {
			wrong(name, text, "known: "+strings.Join(known, ", "))
		}
		if text == "" || !slices.Contains(known, text) {
			return known[0]
		}
		return text
	}
	date := func(name string) string {
		text := strings.TrimSpace(q.Get(name))
		if text != "" && !isoDate.MatchString(text) {
			wrong(name, text, "write a year, month or day, as 2025, 2025-08 or 2025-08-31")
			return ""
		}
		return text
	}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if slices.Contains(parameters(), name) {
			continue
		}
		text := "an address of a network has no such parameter"
		if likely, ok := nearest.Name(name, parameters()); ok {
			text += "; did you mean " + likely + "?"
		}
		wrong(name, q.Get(name), text)
	}
	v.Depth, v.Limit = number("depth", 1, MaxDepth), number("limit", 0, MaxLimit)
	v.From, v.Until, v.At = date("from"), date("until"), date("at")
	var layouts []string
	for _, l := range picture.Layouts() {
		layouts = append(layouts, string(l))
	}
	v.Layout, v.Tab = picture.Layout(choice("layout", layouts)), choice("tab", []string{"picture", "table"})
	for _, text := range filled(q["assertion"]) {
		if !slices.Contains(picture.Assertions(), picture.Assertion(text)) {
			wrong("assertion", text, fmt.Sprint("known: ", picture.Assertions()))
			continue
		}
		v.Assertions = append(v.Assertions, picture.Assertion(text))
	}
	for _, text := range filled(q["expand"]) {
		thing, relation, _ := strings.Cut(text, "~")
		v.Expand = append(v.Expand, Expansion{thing, relation})
	}
	if text := q.Get("path"); text != "" {
		from, to, ok := strings.Cut(text, "~")
		if v.Path = [2]string{from, to}; !ok || from == "" || to == "" {
			wrong("path", text, "written as ID~ID")
			v.Path = [2]string{}
		}
	}
	for _, text := range filled(q["pinned"]) {
		pin, ok := parsePin(text)
		if !ok {
			wrong("pinned", text, "written as ID@X,Y")
			continue
		}
		v.Pinned = append(v.Pinned, pin)
	}
	return v, errors.Join(problems...)
}

func parsePin(text string) (Pin, bool) {
	at := strings.LastIndexByte(text, '@')
	if at <= 0 {
		return Pin{}, false
	}
	left, right, _ := strings.Cut(text[at+1:], ",")
	x, err1 := strconv.Atoi(left)
	y, err2 := strconv.Atoi(right)
	return Pin{text[:at], x, y}, err1 == nil && err2 == nil
}

func filled(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Values writes the view as the parameters of an address, without what every view has.
func (v View) Values() url.Values {
	q := url.Values{}
	set := func(name string, values ...string) {
		if values = filled(values); len(values) > 0 {
			q[name] = values
		}
	}
	set("thing", v.Things...)
	set("class", v.Classes...)
	set("relation", v.Relations...)
	set("source", v.Sources...)
	set("hidden", v.Hidden...)
	set("from", v.From)
	set("until", v.Until)
	set("at", v.At)
	if v.Depth > 1 {
		set("depth", strconv.Itoa(v.Depth))
	}
	if v.Limit > 0 {
		set("limit", strconv.Itoa(v.Limit))
	}
	if v.Layout != picture.Force {
		set("layout", string(v.Layout))
	}
	if v.Tab == "table" {
		set("tab", v.Tab)
	}
	if v.Path != [2]string{} {
		set("path", v.Path[0]+"~"+v.Path[1])
	}
	if v.Locked {
		set("locked", "1")
	}
	for _, a := range v.Assertions {
		q.Add("assertion", string(a))
	}
	for _, e := range v.Expand {
		q.Add("expand", e.String())
	}
	for _, p := range v.Pinned {
		q.Add("pinned", fmt.Sprintf("%s@%d,%d", p.Node, p.X, p.Y))
	}
	return q
}

// Most is how many nodes the view shows at most, before what was expanded.
func (v View) Most() int {
	switch {
	case v.Limit > 0:
		return v.Limit
	case len(v.Things)+len(v.Expand) > 0 || v.Path != [2]string{}:
		return DefaultLimit
	}
	return WholeLimit
}

// String writes the expansion as in an address: state:ARM, or state:ARM~member-of.
func (e Expansion) String() string {
	if e.Relation == "" {
		return e.Thing
	}
	return e.Thing + "~" + e.Relation
}
