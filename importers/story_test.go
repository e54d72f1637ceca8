package importers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/schema"
)

// A world is an importer over a store in memory, with a clock that a minute passes on at each look.
type world struct {
	t     testing.TB
	store graph.Store
	im    *Importer
	names map[string]string // of imports, in the stories: i1, i2 …
}

func newWorld(t testing.TB) *world {
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	w := &world{t: t, store: store, names: map[string]string{}}
	w.im = &Importer{Store: store, Model: testModel(t), Pipeline: testPipeline(t), Now: func() time.Time {
		now = now.Add(time.Minute)
		return now
	}}
	return w
}

// source makes a file that stands nowhere.
func source(name, text string) Source {
	s := Bytes(name, []byte(text))
	s.Key = "/" + name
	return s
}

func sourcesOf(list ...Source) func(func(Source, error) bool) {
	return func(yield func(Source, error) bool) {
		for _, s := range list {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func (w *world) load(o Options, list ...Source) []Outcome {
	w.t.Helper()
	var out []Outcome
	for outcome, err := range w.im.Load(context.Background(), sourcesOf(list...), o) {
		if err != nil {
			w.t.Fatal(err)
		}
		out = append(out, outcome)
	}
	return out
}

func (w *world) view() graph.View {
	w.t.Helper()
	v, err := w.store.View()
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func (w *world) dump() string {
	w.t.Helper()
	v := w.view()
	defer v.Close()
	var b bytes.Buffer
	if err := graph.Dump(context.Background(), v, &b); err != nil {
		w.t.Fatal(err)
	}
	return b.String()
}

// quads writes the quads of a graph with prefixed names, sorted.
func (w *world) quads(keep func(graph.Quad) bool) string {
	w.t.Helper()
	v := w.view()
	defer v.Close()
	var lines []string
	for q, err := range graph.Quads(context.Background(), v, graph.Pattern{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		if keep(q) {
			lines = append(lines, short(q.Subject)+" "+short(q.Predicate)+" "+short(q.Object))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

func short(t graph.Term) string {
	switch {
	case t.Kind == graph.KindIRI && t.Value == schema.Type:
		return "a"
	case t.Kind == graph.KindIRI:
		return schema.Compact(t.Value)
	case t.Datatype != "":
		return t.Value + "^^" + schema.Compact(t.Datatype)
	}
	return t.String()
}

// name gives an import a name that does not depend on the clock.
func (w *world) name(id string) string {
	if id == "" {
		return "-"
	}
	if _, ok := w.names[id]; !ok {
		w.names[id] = fmt.Sprintf("i%d", len(w.names)+1)
	}
	return w.names[id]
}

func (w *world) rename(text string) string {
	for id, name := range w.names {
		text = strings.ReplaceAll(text, id, name)
	}
	return text
}

func (w *world) id(name string) string {
	for id, n := range w.names {
		if n == name {
			return id
		}
	}
	return name
}

// TestStories runs the stories in testdata/stories: documents in the notation of
// the test pipeline are loaded, undone and removed, and what stands in the graph
// is printed. Commands:
//
//	load FILE [published=DATE] [publisher=NAME] [force] [dry]   with the document below
//	quads FILE [bad]    loads the quads below; with bad, leaves wrong lines out
//	undo IMPORT | remove DOCUMENT
//	judge VERDICT [subject=IRI] [object=IRI] [text=NAME] [reason=WHY] [set=PART:VALUE]  IRIs as person:ali-khan; FILE# stands for the document's IRI
//	unjudge ID
//	conflicts, review   what cannot all be true, what a person should decide
//	judgements          the graph of judgements
//	facts [ABOUT …]     the default graph, or the quads in it with one of the words
//	graph FILE          what a document says
//	mark, same NAME     keeps the dump under a name, compares with it
func TestStories(t *testing.T) {
	datadriven.Walk(t, "testdata/stories", func(t *testing.T, path string) {
		w := newWorld(t)
		marks := map[string]string{}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			w.t = t
			return w.run(d, marks)
		})
	})
}

func (w *world) run(d *datadriven.TestData, marks map[string]string) string {
	ctx := context.Background()
	arg := func(i int) string { return d.CmdArgs[i].Key }
	switch d.Cmd {
	case "load":
		var o Options
		for _, a := range d.CmdArgs[1:] {
			switch a.Key {
			case "published":
				o.Published = date(a.Vals[0]).Date
			case "publisher":
				o.Publisher = a.Vals[0]
			case "force":
				o.Force = true
			case "dry":
				o.DryRun = true
			}
		}
		var b strings.Builder
		for _, out := range w.load(o, source(arg(0), d.Input+"\n")) {
			fmt.Fprintf(&b, "%s %s", out.Status, w.name(out.Import))
			if out.Reason != "" {
				fmt.Fprintf(&b, ": %s", w.rename(out.Reason))
			}
			if out.Doc != nil {
				fmt.Fprintf(&b, "; %d known, %d new; %d stated, %d reported, %d inferred", out.Known, out.Fresh, out.Stated, out.Reported, out.Inferred)
			}
			b.WriteByte('\n')
			for _, t := range out.NewThings {
				fmt.Fprintf(&b, "  new %s %q %s %v %v\n", schema.Compact(t.IRI), t.Name, t.Class, t.Positions, t.Also)
			}
			for _, r := range out.Review {
				fmt.Fprintf(&b, "  review %q (sentence %d): %s %.2f\n", r.Text, r.Sentence, schema.Compact(r.Thing), r.Confidence)
			}
		}
		return b.String()
	case "quads":
		file := source(arg(0), d.Input+"\n")
		file.Format = "nquads"
		out := w.load(Options{SkipBad: len(d.CmdArgs) > 1}, file)[0]
		text := fmt.Sprintf("%s %s %s: %d added\n", out.Status, w.name(out.Import), w.rename(out.Reason), out.Quads)
		for _, l := range out.Skipped {
			text += "  skipped " + l + "\n"
		}
		return text
	case "undo":
		i, err := w.im.Undo(ctx, w.id(arg(0)))
		if err != nil {
			return "error: " + w.rename(err.Error()) + "\n"
		}
		return fmt.Sprintf("undone %s: %d new, %d replaced, %d removed\n", w.name(i.ID), i.New, i.Replaced, i.Removed)
	case "remove":
		i, err := w.im.Remove(ctx, arg(0))
		if err != nil {
			return "error: " + err.Error() + "\n"
		}
		return "removed by " + w.name(i.ID) + "\n"
	case "judge":
		j := Judgement{Verdict: Verdict(arg(0)), Author: "anna"}
		for _, a := range d.CmdArgs[1:] {
			value := a.Vals[0]
			switch a.Key {
			case "subject":
				j.Subject = w.place(value)
			case "object":
				j.Object = w.place(value)
			case "text":
				j.Text = strings.ReplaceAll(value, "_", " ")
			case "reason":
				j.Reason = strings.ReplaceAll(value, "_", " ")
			case "set":
				part, set, _ := strings.Cut(value, ":")
				if j.Set == nil {
					j.Set = map[string]string{}
				}
				j.Set[part] = set
			}
		}
		made, err := w.im.Judge(ctx, j)
		if err != nil {
			return "error: " + err.Error() + "\n"
		}
		return made.ID + "\n"
	case "unjudge":
		if _, err := w.im.Unjudge(ctx, arg(0), "bela"); err != nil {
			return "error: " + err.Error() + "\n"
		}
		return "undone\n"
	case "conflicts":
		v := w.view()
		defer v.Close()
		found, err := Contradictions(ctx, v, w.im.Model)
		if err != nil {
			return "error: " + err.Error() + "\n"
		}
		var b strings.Builder
		for _, c := range found {
			fmt.Fprintf(&b, "%s: %s\n", c.Kind, c.Title)
			for _, claim := range c.Claims {
				fmt.Fprintf(&b, "  %s (%s %s) %v\n", claim.Says, claim.Source, claim.Published, claim.Speakers)
				if len(claim.Sentences) == 0 {
					fmt.Fprintf(&b, "    no sentence\n")
				}
			}
		}
		return b.String()
	case "review":
		v := w.view()
		defer v.Close()
		asked, err := Review(ctx, v, ReviewOptions{Below: 0.85})
		if err != nil {
			return "error: " + err.Error() + "\n"
		}
		var b strings.Builder
		for _, q := range asked {
			fmt.Fprintf(&b, "%s %.2f: %s\n", q.Kind, q.Confidence, q.Ask)
			for _, c := range q.Choices {
				fmt.Fprintf(&b, "  %s %.2f %s\n", c.Label, c.Score, c.Judgement)
				for _, why := range c.Reasons {
					fmt.Fprintf(&b, "    %t %s\n", why.For, why.Text)
				}
			}
		}
		return b.String()
	case "judgements":
		return w.quads(func(q graph.Quad) bool { return q.Graph.Value == schema.Judgements })
	case "facts":
		return w.quads(func(q graph.Quad) bool {
			if !q.Graph.IsZero() || q.Predicate.Value == schema.MentionedIn {
				return false
			}
			text := short(q.Subject) + " " + short(q.Predicate) + " " + short(q.Object)
			return len(d.CmdArgs) == 0 || slices.ContainsFunc(d.CmdArgs, func(a datadriven.CmdArg) bool { return strings.Contains(text, a.Key) })
		})
	case "graph":
		v := w.view()
		defer v.Close()
		doc, err := findDocument(ctx, v, arg(0))
		if err != nil {
			return "error: " + err.Error() + "\n"
		}
		text := w.quads(func(q graph.Quad) bool {
			return q.Graph.Value == doc.IRI && q.Predicate.Value != schema.Import && (q.Predicate.Value != schema.Text || q.Subject.Value != doc.IRI) || q.Predicate.Value == schema.MentionedIn && q.Object.Value == doc.IRI
		})
		return strings.ReplaceAll(text, schema.Compact(doc.IRI), "doc:…")
	case "mark":
		marks[arg(0)] = w.dump()
		return fmt.Sprintf("%d lines\n", strings.Count(marks[arg(0)], "\n"))
	case "same":
		if diff := difference(marks[arg(0)], w.dump()); diff != "" {
			return "differs:\n" + diff
		}
		return "same\n"
	}
	return "unknown command " + d.Cmd + "\n"
}

// place expands an IRI; FILE#… is a place in the document of that file.
func (w *world) place(iri string) string {
	file, place, ok := strings.Cut(iri, "#")
	if !ok {
		return schema.Expand(iri)
	}
	v := w.view()
	defer v.Close()
	doc, err := findDocument(context.Background(), v, file)
	if err != nil {
		return iri
	}
	return doc.IRI + "#" + place
}

// difference lists the lines that only one of two dumps has.
func difference(a, b string) string {
	was, is := strings.Split(a, "\n"), strings.Split(b, "\n")
	had, has := map[string]bool{}, map[string]bool{}
	for _, l := range was {
		had[l] = true
	}
	for _, l := range is {
		has[l] = true
	}
	var out strings.Builder
	for _, l := range was {
		if !has[l] {
			fmt.Fprintf(&out, "- %s\n", l)
		}
	}
	for _, l := range is {
		if !had[l] {
			fmt.Fprintf(&out, "+ %s\n", l)
		}
	}
	return out.String()
}
