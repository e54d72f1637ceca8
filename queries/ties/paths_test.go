package ties_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/queries/past"
	"github.com/ententegraph/entente/queries/ties"
	"github.com/ententegraph/entente/schema"
)

func model(t testing.TB) *schema.Model {
	t.Helper()
	m, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tie is a statement for tests: a relation or event of a type between things.
type tie struct {
	name, property string
	things         []string // a relation has two; of an event all are actors
	from, until    string
}

func quads(all []tie) []graph.Quad {
	var out []graph.Quad
	add := func(s, p string, o graph.Term) {
		out = append(out, graph.Quad{Subject: graph.IRI(schema.Expand(s)), Predicate: graph.IRI(p), Object: o})
	}
	link := func(s, p, o string) { add(s, p, graph.IRI(schema.Expand(o))) }
	year := func(s, p, y string) {
		if y != "" {
			add(s, p, graph.Typed(y, schema.XSD+"gYear"))
		}
	}
	for _, x := range all {
		node, class := "relation:"+x.name, "ent:Relation"
		ends := []string{schema.Subject, schema.Object}
		if x.property[0] < 'a' {
			node, class, ends = "event:"+x.name, "ent:Event", []string{schema.Actor}
			year(node, schema.Date, x.from)
		} else {
			year(node, schema.From, x.from)
			year(node, schema.Until, x.until)
		}
		link(node, schema.Type, class)
		link(node, schema.StatedType, "ent:"+x.property)
		for i, thing := range x.things {
			link(node, ends[min(i, len(ends)-1)], thing)
			link(thing, schema.Type, map[bool]string{true: "ent:State", false: "ent:Organization"}[strings.HasPrefix(thing, "state:")])
			add(thing, schema.Label, graph.String(thing))
		}
	}
	return out
}

func viewOf(t testing.TB, all []tie) graph.View {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Apply(t.Context(), graph.Change{Add: quads(all)}); err != nil {
		t.Fatal(err)
	}
	v, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func read(t testing.TB, v graph.View, o ties.Options) *ties.Network {
	t.Helper()
	n, err := ties.Read(t.Context(), v, model(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// told writes paths as the labels of their things.
func told(t testing.TB, n *ties.Network, a, b string, o ties.PathOptions) []string {
	t.Helper()
	p, err := n.Paths(t.Context(), schema.Expand(a), schema.Expand(b), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, path := range p.Paths {
		names := []string{path.Steps[0].From.Label}
		for _, s := range path.Steps {
			names = append(names, s.To.Label)
		}
		out = append(out, strings.Join(names, " "))
	}
	return out
}

// TestPathsAreAll compares with walking every way through random networks.
func TestPathsAreAll(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		thing := func() string { return fmt.Sprint("state:S", r.IntN(9)) }
		var all []tie
		joined := map[[2]string]bool{}
		for i := range 10 {
			x := tie{name: fmt.Sprint(i), property: "supports", things: []string{thing(), thing()}}
			if r.IntN(3) == 0 {
				x = tie{name: fmt.Sprint(i), property: "Meet", things: []string{thing(), thing(), thing()}}
			}
			all = append(all, x)
			for _, a := range x.things {
				for _, b := range x.things {
					if a != b {
						joined[[2]string{a, b}] = true
					}
				}
			}
		}
		n := read(t, viewOf(t, all), ties.Options{})
		for _, ends := range [][2]string{{"state:S0", "state:S1"}, {"state:S2", "state:S7"}, {"state:S3", "state:S3"}} {
			var want []string
			var walk func(way []string)
			walk = func(way []string) {
				last := way[len(way)-1]
				if last == ends[1] {
					if len(way) > 1 {
						want = append(want, strings.Join(way, " "))
					}
					return
				}
				if len(way) > 4 {
					return
				}
				for i := range 9 {
					next := fmt.Sprint("state:S", i)
					if joined[[2]string{last, next}] && !slices.Contains(way, next) {
						walk(append(slices.Clone(way), next))
					}
				}
			}
			if ends[0] != ends[1] {
				walk([]string{ends[0]})
			}
			got := told(t, n, ends[0], ends[1], ties.PathOptions{Paths: 10_000})
			if !slices.IsSortedFunc(got, func(a, b string) int { return strings.Count(a, " ") - strings.Count(b, " ") }) {
				t.Errorf("seed %d: not the shortest first: %q", seed, got)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("seed %d, %v: paths\n%q, want\n%q", seed, ends, got, want)
			}
		}
	}
}

func TestPathChoices(t *testing.T) {
	all := []tie{
		{name: "a-un", property: "memberOf", things: []string{"state:A", "organization:UN"}},
		{name: "b-un", property: "memberOf", things: []string{"state:B", "organization:UN"}},
		{name: "a-small", property: "memberOf", things: []string{"state:A", "organization:SMALL"}, from: "2001", until: "2005"},
		{name: "b-small", property: "memberOf", things: []string{"state:B", "organization:SMALL"}, from: "2003"},
		{name: "met", property: "Meet", things: []string{"state:A", "state:C"}, from: "2010"},
		{name: "called", property: "Call", things: []string{"state:C", "state:B"}, from: "2012"},
	}
	for i := range 100 {
		all = append(all, tie{name: fmt.Sprint("un", i), property: "memberOf", things: []string{fmt.Sprint("state:X", i), "organization:UN"}})
	}
	v := viewOf(t, all)
	for _, c := range []struct {
		name string
		o    ties.Options
		p    ties.PathOptions
		want string
	}{
		{"through what has few ties first", ties.Options{}, ties.PathOptions{Paths: 3},
			"state:A organization:SMALL state:B, state:A state:C state:B, state:A organization:UN state:B"},
		{"as many as are asked for", ties.Options{}, ties.PathOptions{Paths: 1}, "state:A organization:SMALL state:B"},
		{"by memberships", ties.Options{By: []string{"memberOf"}}, ties.PathOptions{}, "state:A organization:SMALL state:B, state:A organization:UN state:B"},
		{"by events", ties.Options{By: []string{"met", "call"}}, ties.PathOptions{}, "state:A state:C state:B"},
		{"not by memberships", ties.Options{Not: []string{"is a member of"}}, ties.PathOptions{}, "state:A state:C state:B"},
		{"too short", ties.Options{}, ties.PathOptions{Steps: 1}, ""},
		{"of one class", ties.Options{Classes: []string{"State"}}, ties.PathOptions{}, "state:A state:C state:B"},
		{"until then", ties.Options{Until: "2004", By: []string{"event", "member-of"}}, ties.PathOptions{Paths: 1}, "state:A organization:SMALL state:B"},
	} {
		if got := strings.Join(told(t, read(t, v, c.o), "state:A", "state:B", c.p), ", "); got != c.want {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
	}
	if got := told(t, read(t, v, ties.Options{}), "state:A", "state:NOWHERE", ties.PathOptions{}); got != nil {
		t.Errorf("what is not there is joined: %q", got)
	}
	if _, err := ties.Read(t.Context(), v, model(t), ties.Options{By: []string{"member-off"}}); err == nil || !strings.Contains(err.Error(), "did you mean member-of?") {
		t.Errorf("a slip in a type: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := read(t, v, ties.Options{})
	cancel()
	if _, err := n.Paths(ctx, schema.Expand("state:A"), schema.Expand("state:B"), ties.PathOptions{}); err == nil {
		t.Error("a search goes on after its context ended")
	}
}

// As of a date only what held then joins.
func TestPathsOfThen(t *testing.T) {
	all := []tie{
		{name: "a", property: "memberOf", things: []string{"state:A", "organization:SMALL"}, from: "2001", until: "2005"},
		{name: "b", property: "memberOf", things: []string{"state:B", "organization:SMALL"}, from: "2003"},
	}
	for year, want := range map[string]int{"2002": 0, "2004": 1, "2006": 0} {
		p, err := past.ParsePeriod(year)
		if err != nil {
			t.Fatal(err)
		}
		v, err := past.At(t.Context(), viewOf(t, all), model(t), p)
		if err != nil {
			t.Fatal(err)
		}
		if got := told(t, read(t, v, ties.Options{}), "state:A", "state:B", ties.PathOptions{}); len(got) != want {
			t.Errorf("in %s: %q, want %d paths", year, got, want)
		}
	}
}
