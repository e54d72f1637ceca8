package importers

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/nlp"
	"github.com/ententegraph/entente/schema"
)

// castMember is a line of testdata/persons/cast.tsv.
type castMember struct {
	id, state      string
	office, later  string
	name, family   string
	others         []string
	stateName, adj string
	capital        string
}

func readCastFile(t *testing.T) []castMember {
	t.Helper()
	lexicon, err := nlp.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]nlp.State{}
	for _, s := range lexicon.States() {
		states[s.Code] = s
	}
	f, err := os.Open("testdata/persons/cast.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []castMember
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		cells := strings.Split(lines.Text(), "\t")
		s, ok := states[cells[1]]
		if len(cells) != 7 || !ok || len(s.Demonyms) == 0 {
			t.Fatalf("testdata/persons/cast.tsv: %q", lines.Text())
		}
		m := castMember{id: cells[0], state: cells[1], office: cells[2], later: cells[3], name: cells[4], family: cells[5], stateName: s.Name, adj: s.Demonyms[0], capital: s.Name}
		if len(s.Capitals) > 0 {
			m.capital = s.Capitals[0]
		}
		if cells[6] != "" {
			m.others = strings.Split(cells[6], "|")
		}
		out = append(out, m)
	}
	return out
}

// A namedText is a document about persons of the cast, with the name that it has for each.
type namedText struct {
	name, text string
	published  string
	persons    map[string]string // id by the name as it is written first
}

// texts writes about each member of the cast under every form of the name, in
// documents about two persons each.
func texts(cast []castMember) []namedText {
	r := rand.New(rand.NewPCG(11, 6))
	type use struct {
		m            castMember
		written, how string
	}
	var uses []use
	for _, m := range cast {
		adj, office := m.adj+" "+m.office+" ", m.office
		uses = append(uses,
			use{m, m.name, adj + m.name},
			use{m, m.name, m.name + ", " + office + " of " + m.stateName + ","},
			use{m, m.name, m.stateName + "’s " + office + " " + m.name},
			use{m, m.family, adj + m.family},
		)
		for _, other := range m.others {
			uses = append(uses, use{m, other, adj + other})
		}
		if m.later != "" {
			uses = append(uses, use{m, m.name, m.adj + " " + m.later + " " + m.name}, use{m, m.family, m.later + " " + m.family + " of " + m.stateName})
		}
	}
	r.Shuffle(len(uses), func(i, j int) { uses[i], uses[j] = uses[j], uses[i] })
	acts := []string{
		"%s met %s in %s on %s.",
		"%s spoke with %s by telephone before a summit in %s on %s.",
		"%s held talks with %s in %s on %s.",
	}
	days := []string{"Monday", "Tuesday", "Wednesday", "Thursday"}
	var out []namedText
	for len(uses) > 1 {
		a := uses[0]
		i := slices.IndexFunc(uses[1:], func(b use) bool {
			return b.m.state != a.m.state && !strings.Contains(b.written, a.m.family) && !strings.Contains(a.written, b.m.family)
		}) + 1
		if i == 0 {
			break
		}
		b := uses[i]
		uses = slices.Delete(uses, i, i+1)[1:]
		n := len(out)
		first := fmt.Sprintf(acts[r.IntN(len(acts))], a.how, b.how, b.m.capital, days[r.IntN(len(days))])
		second := fmt.Sprintf("The talks were about trade and energy, the %s foreign ministry said.", a.m.adj)
		out = append(out, namedText{
			name: fmt.Sprintf("n%03d.txt", n), published: fmt.Sprintf("2024-%02d-%02d", 1+n%12, 1+n%28),
			text:    strings.ToUpper(a.m.capital) + " - " + first + "\n\n" + second + "\n",
			persons: map[string]string{a.written: a.m.id, b.written: b.m.id},
		})
	}
	return out
}

// TestPersons loads texts about persons with namesakes and many spellings
// through the whole reading, and compares which mentions are taken for one
// person with which are. The figures are in testdata/persons/figures.golden.
func TestPersons(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some hundred texts")
	}
	cast := readCastFile(t)
	documents := texts(cast)
	if len(cast) < 60 || len(documents) < 150 {
		t.Fatalf("%d persons in %d documents are too few", len(cast), len(documents))
	}
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	pipeline, err := nlp.English(model)
	if err != nil {
		t.Fatal(err)
	}
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	im := &Importer{Store: store, Model: model, Pipeline: pipeline}
	iris := map[string]string{} // of documents, by file
	sources := func(yield func(Source, error) bool) {
		for _, d := range documents {
			s := Bytes(d.name, []byte("---\ndate: "+d.published+"\n---\n"+d.text))
			s.Key, s.Format = d.name, "markdown"
			if !yield(s, nil) {
				return
			}
		}
	}
	for outcome, err := range im.Load(context.Background(), sources, Options{}) {
		if err != nil || outcome.Err != nil {
			t.Fatal(err, outcome.Err)
		}
		iris[outcome.Source] = outcome.Document
	}
	things := thingsByMention(t, store)
	type mention struct{ truth, thing, where string }
	var all []mention
	for _, d := range documents {
		for written, id := range d.persons {
			thing := things[iris[d.name]+" "+written]
			if thing == "" {
				thing = "missed " + d.name + " " + written
			}
			all = append(all, mention{id, thing, d.name + ": " + written})
		}
	}
	slices.SortFunc(all, func(a, b mention) int { return strings.Compare(a.where, b.where) })
	state := map[string]string{}
	for _, m := range cast {
		state[m.id] = m.state
	}
	var right, wrong, missed, across int
	errors := map[string]bool{}
	for i, a := range all {
		for _, b := range all[i+1:] {
			same, taken := a.truth == b.truth, a.thing == b.thing
			switch {
			case same && taken:
				right++
			case taken:
				wrong++
				errors["joined "+a.truth+" and "+b.truth+" as "+schema.Compact(a.thing)] = true
				if state[a.truth] != state[b.truth] {
					across++
				}
			case same:
				missed++
				errors[fmt.Sprintf("parted %s: %s, %s", a.truth, schema.Compact(a.thing), schema.Compact(b.thing))] = true
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("%d documents, %d persons, %d mentions: precision %.3f, recall %.3f, F1 %.3f; %d pairs of persons of different states joined", len(documents), len(cast), len(all), precision, recall, f1, across)
	for _, e := range slices.Sorted(maps.Keys(errors)) {
		t.Log(e)
	}
	if f1 < 0.95 || across > 0 {
		t.Errorf("F1 %.3f is to be 0.95 or more, and no persons of different states may be joined: %d", f1, across)
	}
	figures := fmt.Sprintf("documents %d, persons %d, mentions %d\nprecision %.3f, recall %.3f, F1 %.3f\npersons of different states joined: %d\n\n%s\n",
		len(documents), len(cast), len(all), precision, recall, f1, across, strings.Join(slices.Sorted(maps.Keys(errors)), "\n"))
	const golden = "testdata/persons/figures.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(figures), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != figures {
		t.Errorf("%s differs (%v); look at the change and rewrite it with -update:\n%s", golden, err, figures)
	}
}

// thingsByMention gives the thing of each mention, by document and words.
func thingsByMention(t *testing.T, store graph.Store) map[string]string {
	t.Helper()
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	text, entity, thing := map[string]string{}, map[string]string{}, map[string]string{}
	for q, err := range graph.Quads(context.Background(), view, graph.Pattern{}) {
		if err != nil {
			t.Fatal(err)
		}
		switch q.Predicate.Value {
		case schema.Text:
			text[q.Subject.Value] = q.Object.Value
		case schema.MentionOf:
			entity[q.Subject.Value] = q.Object.Value
		case schema.RefersTo:
			thing[q.Subject.Value] = q.Object.Value
		}
	}
	out := map[string]string{}
	for mention, e := range entity {
		document, _, _ := strings.Cut(mention, "#")
		out[document+" "+text[mention]] = thing[e]
	}
	return out
}
