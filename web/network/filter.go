package network

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
	"github.com/ententegraph/entente/web/picture"
)

// facets counts what there is to filter by, in what was collected.
func (r *reading) facets() {
	classes, relations, assertions, sources := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, ref := range r.union.nodes {
		classes[ref.Class]++
	}
	for _, e := range r.union.edges {
		relations[e.Type]++
		assertions[string(picture.AssertionOf(r.at(e)))]++
		for _, name := range r.publishers(e) {
			sources[name]++
		}
	}
	f := &r.n.Facets
	f.Classes = choices(classes, r.asked.Classes, func(id string) string {
		if c := r.model.Class(id); c != nil {
			return c.Plural
		}
		return cmp.Or(id, "others")
	})
	f.Relations = choices(relations, r.asked.Relations, func(id string) string { return typeLabel(r.model, id) })
	f.Sources = choices(sources, r.asked.Sources, func(name string) string { return name })
	f.Assertions = []Choice{}
	for _, a := range picture.Assertions() {
		on := slices.Contains(r.asked.Assertions, a)
		if assertions[string(a)] > 0 || on {
			f.Assertions = append(f.Assertions, Choice{string(a), assertionLabels[a], assertions[string(a)], on})
		}
	}
}

var assertionLabels = map[picture.Assertion]string{
	picture.Holds: "holds", picture.Ended: "ended", picture.Negative: "said not to be", picture.Claimed: "claimed, planned or conditional",
}

// choices lists what was counted and what the view has, the most frequent first.
func choices(counts map[string]int, on []string, label func(string) string) []Choice {
	out := []Choice{}
	for value, n := range counts {
		out = append(out, Choice{value, label(value), n, slices.Contains(on, value)})
	}
	for _, value := range on {
		if counts[value] == 0 {
			out = append(out, Choice{value, label(value), 0, true})
		}
	}
	slices.SortFunc(out, byCount)
	return out
}

func byCount(a, b Choice) int {
	return cmp.Or(b.Count-a.Count, strings.Compare(a.Label, b.Label), strings.Compare(a.Value, b.Value))
}

// typeLabel names a type of relation or event for people.
func typeLabel(model *schema.Model, id string) string {
	if r := model.Relation(id); r != nil {
		return r.Label
	}
	if e := model.Event(id); e != nil {
		return strings.ToLower(e.Label[:1]) + e.Label[1:]
	}
	if id == string(facts.Tenure) {
		return "holds a position"
	}
	return id
}

// publishers names the sources of an edge: publishers, or documents without one.
func (r *reading) publishers(e facts.Edge) []string {
	var out []string
	for _, iri := range e.Documents {
		d := r.source[iri]
		if name := cmp.Or(d.Publisher, d.Name(), schema.Compact(iri)); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// at is an edge as it stood at the moment of the view: what ended later had not ended.
func (r *reading) at(e facts.Edge) facts.Edge {
	if moment := r.asked.At; moment != "" && !e.Reported && e.Until != "" && e.Kind != facts.Event {
		e.Ended = lastDay(e.Until) < lastDay(moment)
	}
	return e
}

// filter leaves what the view admits.
func (r *reading) filter() {
	v := r.asked
	for i, e := range r.union.edges {
		r.union.edges[i] = r.at(e)
	}
	asked := func(iri string) bool { return r.centers[iri] }
	if len(v.Classes) > 0 {
		r.union.keepNodes(func(ref facts.Ref) bool { return asked(ref.IRI) || slices.Contains(v.Classes, ref.Class) })
	}
	r.union.keepEdges(func(e facts.Edge) bool {
		return (len(v.Relations) == 0 || slices.Contains(v.Relations, e.Type)) &&
			(len(v.Assertions) == 0 || slices.Contains(v.Assertions, picture.AssertionOf(e))) &&
			(len(v.Sources) == 0 || r.from(e, v.Sources))
	}, asked)
	r.times()
	r.union.keepEdges(r.admitsTime, asked)
}

// from reports whether an edge rests on one of the sources.
func (r *reading) from(e facts.Edge, sources []string) bool {
	return slices.ContainsFunc(r.publishers(e), func(name string) bool { return slices.Contains(sources, name) }) ||
		slices.ContainsFunc(e.Documents, func(iri string) bool { return slices.Contains(sources, schema.Compact(iri)) })
}

// times notes the first and the last day among the edges.
func (r *reading) times() {
	first, last := "", ""
	for _, e := range r.union.edges {
		for _, date := range []string{e.Start, e.Until} {
			if date == "" {
				continue
			}
			if day := firstDay(date); first == "" || day < first {
				first = day
			}
			if day := lastDay(date); day > last {
				last = day
			}
		}
	}
	r.n.Times = [2]string{first, last}
}

// admitsTime reports whether an edge may have been in the time of the view.
// Undated ones are left out where a time is asked for, and counted.
func (r *reading) admitsTime(e facts.Edge) bool {
	v := r.asked
	if v.From == "" && v.Until == "" && v.At == "" {
		return true
	}
	if e.Start == "" && e.Until == "" {
		r.n.Undated++
		return false
	}
	begun := func(moment string) bool { return e.Start == "" || firstDay(e.Start) <= lastDay(moment) }
	return (v.From == "" || e.Until == "" || lastDay(e.Until) >= firstDay(v.From)) &&
		(v.Until == "" || begun(v.Until)) && (v.At == "" || begun(v.At))
}

// The first and the last day that an ISO date may mean. The last need not be a
// day of the calendar: 2025-02-31 sorts as is wanted.
func firstDay(iso string) string { return padded(iso, "-01-01") }
func lastDay(iso string) string  { return padded(iso, "-12-31") }

func padded(iso, tail string) string {
	return iso + tail[min(len(tail), 3*strings.Count(strings.TrimPrefix(iso, "-"), "-")):]
}

// hide takes out the nodes that the view hides, and lists them.
func (r *reading) hide() {
	hidden := map[string]bool{}
	for _, id := range r.asked.Hidden {
		hidden[schema.Expand(id)] = true
	}
	if len(hidden) == 0 {
		return
	}
	for _, ref := range r.union.nodes {
		if hidden[ref.IRI] {
			r.n.Hidden = append(r.n.Hidden, Choice{Value: schema.Compact(ref.IRI), Label: ref.Label, On: true})
		}
	}
	r.union.keepNodes(func(ref facts.Ref) bool { return !hidden[ref.IRI] })
	r.union.keepEdges(func(facts.Edge) bool { return true }, func(iri string) bool { return r.centers[iri] })
}

// cut leaves as many nodes as the view allows. What was expanded is wanted: it counts as a centre.
func (r *reading) cut() {
	center := func(iri string) bool { return r.centers[iri] }
	r.union.rank(center)
	limit := min(MaxLimit, r.asked.Most()+ExpandLimit*len(r.asked.Expand))
	if extra := len(r.union.nodes) - limit; extra > 0 {
		r.n.Cut += extra
		kept := map[string]bool{}
		for _, ref := range r.union.nodes[:limit] {
			kept[ref.IRI] = true
		}
		r.union.keepNodes(func(ref facts.Ref) bool { return kept[ref.IRI] })
		r.union.keepEdges(func(facts.Edge) bool { return true }, center)
	}
}
