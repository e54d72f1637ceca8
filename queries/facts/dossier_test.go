package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/queries/facts"
	"github.com/ententegraph/entente/schema"
)

func irisOf(list []facts.Fact) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.IRI)
	}
	slices.Sort(out)
	return out
}

// A dossier read part by part, in windows of two, is what Describe reads as a whole.
func TestDossierIsTheDescription(t *testing.T) {
	view, m := world(t), model(t)
	things, err := facts.Things(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	all := func(read func(w facts.Window) ([]facts.Fact, int, error)) []string {
		var out []facts.Fact
		for {
			part, total, err := read(facts.Window{Skip: len(out), Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if out = append(out, part...); len(out) >= total {
				return irisOf(out)
			}
			if len(part) == 0 {
				t.Fatalf("a window of %d of %d is empty", len(out), total)
			}
		}
	}
	for _, thing := range things {
		want, err := facts.Describe(t.Context(), view, m, thing.IRI)
		if err != nil {
			t.Fatal(err)
		}
		d, err := facts.OpenDossier(t.Context(), view, m, thing.IRI)
		if err != nil {
			t.Fatal(err)
		}
		same := func(what string, got, want []string) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s are\n%q, want\n%q", thing.IRI, what, got, want)
			}
		}
		same("names", d.Names, want.Names)
		same("positions", all(func(w facts.Window) ([]facts.Fact, int, error) { return d.Positions("", w) }), irisOf(want.Positions))
		same("events", all(func(w facts.Window) ([]facts.Fact, int, error) { return d.Events("", "", w) }), irisOf(want.Events))
		kinds, err := d.Kinds("")
		if err != nil {
			t.Fatal(err)
		}
		var got, groups []string
		for _, k := range kinds {
			group := all(func(w facts.Window) ([]facts.Fact, int, error) { return d.Relations(k.RelationKind, "", w) })
			if len(group) != k.Count {
				t.Errorf("%s: %d relations of the kind %v are counted as %d", thing.IRI, len(group), k.RelationKind, k.Count)
			}
			got = append(got, k.Label+" "+strings.Join(group, " "))
		}
		for _, g := range want.Relations {
			groups = append(groups, g.Label+" "+strings.Join(irisOf(g.Facts), " "))
		}
		slices.Sort(got)
		slices.Sort(groups)
		same("relations", got, groups)

		var reported []facts.Fact
		for skip := 0; ; {
			part, next, err := d.Reported(skip, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range part {
				reported = append(reported, r.Fact)
			}
			if skip = next; next == 0 {
				break
			}
		}
		var reports []facts.Fact
		for _, r := range want.Reported {
			reports = append(reports, r.Fact)
		}
		same("reports", irisOf(reported), irisOf(reports))

		documents, n, err := d.Documents(facts.Window{})
		if err != nil || n != len(want.Documents) || len(documents) != n {
			t.Errorf("%s: %d documents (%v), want %d", thing.IRI, n, err, len(want.Documents))
		}
	}
}

func TestDossierAsOf(t *testing.T) {
	view, m := world(t), model(t)
	d, err := facts.OpenDossier(t.Context(), view, m, schema.Expand("state:AVE"))
	if err != nil || d == nil {
		t.Fatal(d, err)
	}
	count := func(asOf string) (n int) {
		kinds, err := d.Kinds(asOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			if k.Type == "diplomatic-relations" {
				n += k.Count
			}
		}
		return n
	}
	// The two states of the world have relations since that day.
	if before, after := count("2024-05-01"), count("2024-05-02"); after <= before {
		t.Errorf("%d diplomatic relations before the day, %d on it", before, after)
	}
}

func TestEvidenceStandsInItsContext(t *testing.T) {
	view := world(t)
	d, err := facts.OpenDossier(t.Context(), view, model(t), schema.Expand("state:AVE"))
	if err != nil || d == nil {
		t.Fatal(d, err)
	}
	events, _, err := d.Events("", "", facts.Window{})
	if err != nil {
		t.Fatal(err)
	}
	around := 0
	for _, e := range events {
		for _, s := range e.Evidence[0].Sentences {
			around += len(s.Before) + len(s.After)
			text, err := facts.ReadText(t.Context(), view, e.Evidence[0].Document.IRI)
			if err != nil {
				t.Fatal(err)
			}
			var whole strings.Builder
			for _, p := range text.Pieces {
				whole.WriteString(p.Text)
			}
			if here := strings.TrimPrefix(s.Before, "… ") + s.Text + strings.TrimSuffix(s.After, " …"); !strings.Contains(whole.String(), here) {
				t.Errorf("the text has not %q", here)
			}
		}
	}
	if around == 0 {
		t.Error("no sentence has anything around it")
	}
}

func TestListings(t *testing.T) {
	view, m := world(t), model(t)
	things, err := facts.Things(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := facts.Counts(t.Context(), view, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counts {
		n := 0
		for _, thing := range things {
			if thing.Class == c.Class {
				n++
			}
		}
		of, total, err := facts.ThingsOf(t.Context(), view, m, c.Class, facts.Window{})
		if err != nil || total != len(of) || int64(total) != c.Count || n != total {
			t.Errorf("%s: %d counted, %d of %d listed, %d there (%v)", c.Class, c.Count, len(of), total, n, err)
		}
		if !slices.IsSortedFunc(of, func(a, b facts.Spoken) int { return int(b.Count - a.Count) }) {
			t.Errorf("%s are not listed by what is said of them: %v", c.Class, of)
		}
	}
	want, err := facts.Documents(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	latest, n, err := facts.LatestDocuments(t.Context(), view, facts.Window{Limit: 1})
	if err != nil || n != len(want) || len(latest) != 1 || latest[0].Published != want[0].Published {
		t.Errorf("the latest of %d documents is %v (%v), want %v of %d", n, latest, err, want[0], len(want))
	}
	events, n, err := facts.LatestEvents(t.Context(), view, m, facts.Window{Limit: 3})
	if err != nil || len(events) != 3 || n < 3 || events[0].Date.Text < events[2].Date.Text {
		t.Errorf("the latest of %d events are %v (%v)", n, events, err)
	}
}
