package importers

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/schema"
)

// A randomDocument says things that bear on those of other documents in many
// ways: people of one name for several states, shorter names, the same events
// told with more or fewer parties, relations that begin, end and exclude each other.
func randomDocument(r *rand.Rand) string {
	var b strings.Builder
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	states := []string{"ARM", "PAK", "AZE", "IND"}
	for _, s := range states {
		fmt.Fprintf(&b, "entity %s State %q code=%s\n", s, pick("State "+s, "Republic of "+s), s)
	}
	fmt.Fprintf(&b, "entity org Organization \"Treaty Council\" %s\n", pick("code=TC", "", ""))
	fmt.Fprintf(&b, "entity pact Agreement %q\n", pick("Joint Communiqué", "Lake Treaty of 1961"))
	fmt.Fprintf(&b, "entity town Place \"Springfield\" %s\n", pick("country=USA", "country=GBR", ""))
	fmt.Fprintf(&b, "entity p Person %q\n", pick("Ishaq Dar", "Mohammad Ishaq Dar", "Muhammad Ishaq Dar", "M. I. Dar", "Ishak Dar", "Dar", "Mohammad Dar", "Ali Khan"))
	fmt.Fprintf(&b, "entity q Person %q\n", pick("Ali Khan", "Khan", "Ararat Mirzoyan"))
	for _, p := range []string{"p", "q"} {
		if r.IntN(4) > 0 {
			fmt.Fprintf(&b, "tenure %s %q of=%s %s\n", p, pick("Foreign Minister", "Finance Minister"), pick("PAK", "PAK", "IND", "org"), pick("", "", "former", "from=2020", "from=2020-05", "from=2023", "until=2022"))
		}
	}
	day := func() string { return fmt.Sprintf("%d-0%d-1%d", 2023+r.IntN(3), 1+r.IntN(2), r.IntN(2)) }
	two := func() (string, string) {
		i := r.Perm(len(states))
		return states[i[0]], states[i[1]]
	}
	for range 1 + r.IntN(5) {
		x, y := two()
		switch r.IntN(7) {
		case 0:
			fmt.Fprintf(&b, "relation recognises %s %s %s %s\n", x, y, pick("", "negative", "negative claimed"), pick("", "from="+day()))
		case 1:
			fmt.Fprintf(&b, "event %s actors=%s,%s date=%s\n", pick("establish-relations", "restore-relations"), x, y, day())
		case 2:
			fmt.Fprintf(&b, "event sever-relations actors=%s recipients=%s %s\n", x, y, pick("date="+day(), "", "claimed"))
		case 3:
			fmt.Fprintf(&b, "event sign-agreement actors=%s,%s object=pact date=%s place=town\n", x, y, day())
		case 4:
			fmt.Fprintf(&b, "event meet actors=%s date=%s %s\n", pick(x, x+","+y, "ARM,PAK,AZE"), pick(day(), "2024", "2024-02-11"), pick("", "called=p:Daar"))
		case 5:
			fmt.Fprintf(&b, "relation %s %s org from=%s %s\n", pick("member-of", "observer-of"), x, pick(day(), "2024"), pick("", "called=org:Council", "called=org:CT"))
		case 6:
			fmt.Fprintf(&b, "relation %s %s %s %s\n", pick("at-war-with", "at-peace-with", "ally-of"), x, y, pick("", "from="+day(), "until=2024-01-11"))
		}
	}
	return b.String()
}

// randomQuads states some of what documents lead to, and other things.
func randomQuads(r *rand.Rand) string {
	var b strings.Builder
	for _, line := range []string{
		"<state/PAK> <ent/name> \"State PAK\" .", "<state/PAK> <ent/diplomaticRelationsWith> <state/ARM> .",
		"<person/ali-khan> <ent/holds> <position/PAK.foreign-minister> .", "<state/PAK> <ent/likes> <state/IND> .",
	} {
		if r.IntN(2) == 0 {
			b.WriteString(strings.NewReplacer("<ent/", "<"+schema.NS, "<", "<"+schema.ID).Replace(line) + "\n")
		}
	}
	return b.String()
}

// contents leaves out of a dump when and by which import its documents came in.
func contents(dump string) string {
	lines := strings.Split(dump, "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool {
		return strings.Contains(l, "<"+schema.Import+">") || strings.Contains(l, "<"+schema.Recorded+">")
	})
	return strings.Join(lines, "\n")
}

// randomJudgement decides something about what is in the graph.
func (w *world) randomJudgement(r *rand.Rand) (Judgement, bool) {
	w.t.Helper()
	v := w.view()
	defer v.Close()
	d := newDraft(context.Background(), v)
	var things, reports, entities []string
	for record, err := range v.Records(d.ctx, "unit/thing:") {
		if err != nil {
			w.t.Fatal(err)
		}
		iri, _, _ := strings.Cut(strings.TrimPrefix(record.Key, "unit/thing:"), sep)
		if !slices.Contains(things, iri) {
			things = append(things, iri)
		}
	}
	documents, err := Documents(d.ctx, v)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, version := range documents {
		s, err := d.document(docID(version.IRI))
		if err != nil {
			w.t.Fatal(err)
		}
		for _, e := range s.Reports.Entities {
			entities = append(entities, e.IRI)
		}
		for _, t := range s.Reports.Tenures {
			reports = append(reports, t.IRI)
		}
		for _, x := range s.Reports.Relations {
			reports = append(reports, x.IRI)
		}
		for _, x := range s.Reports.Events {
			reports = append(reports, x.IRI)
		}
	}
	if len(things) < 2 || len(reports) == 0 {
		return Judgement{}, false
	}
	slices.Sort(entities)
	slices.Sort(reports)
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	j := Judgement{Author: "anna", Subject: pick(things), Object: pick(things)}
	persons := slices.DeleteFunc(slices.Clone(things), func(iri string) bool { return !strings.Contains(iri, "/person/") })
	if len(persons) > 1 && r.IntN(3) > 0 {
		j.Subject, j.Object = pick(persons), pick(persons)
	}
	switch r.IntN(8) {
	case 0, 1:
		j.Verdict = Same
	case 2:
		j.Verdict = Different
		if r.IntN(2) == 0 {
			j.Subject = thingIRI("person", "ishaq-dar")
		}
	case 3:
		j.Verdict, j.Subject, j.Text = ReadAs, "", pick([]string{"Dar", "Ali Khan", "Springfield", "Treaty Council", "CT", "Daar", "Joint Communiqué"})
	case 4:
		j.Verdict, j.Subject = Link, pick(entities)
		if r.IntN(3) == 0 {
			j.Object = ""
		}
		if r.IntN(2) == 0 {
			j.Text = pick([]string{"CT", "Council", "Daar", "Treaty Council"})
		}
	case 5:
		j.Verdict, j.Subject, j.Object = Reject, pick(reports), ""
	case 6:
		j.Verdict, j.Subject, j.Object = Accept, pick(reports), ""
	case 7:
		j.Set = map[string]string{pick([]string{"from", "until", "date"}): "2024-02-11", pick([]string{"object", "actor", "holder"}): j.Object}
		j.Verdict, j.Subject, j.Object = Correct, pick(reports), ""
	}
	return j, true
}

// enactAll makes judgements that were made elsewhere.
func (w *world) enactAll(rules []ruling) {
	w.t.Helper()
	for _, r := range rules {
		v := w.view()
		d := newDraft(context.Background(), v)
		if err := d.enact(w.im.Model, r); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.store.Apply(d.ctx, d.change()); err != nil {
			w.t.Fatal(err)
		}
		v.Close()
	}
}

func (w *world) inForce() []ruling {
	w.t.Helper()
	v := w.view()
	defer v.Close()
	rules, err := newDraft(context.Background(), v).rules()
	if err != nil {
		w.t.Fatal(err)
	}
	return rules.all
}

var orderRounds = flag.Int("order-rounds", 15, "how many histories TestOrder tries")

// TestOrder loads, changes, removes, judges and undoes in random order, and
// expects what loading the documents that remain under the judgements that
// stand gives, in any order of both. Every undo gives back the very dump that was before.
func TestOrder(t *testing.T) {
	ctx := context.Background()
	rounds := *orderRounds
	if testing.Short() {
		rounds = 5
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		w := newWorld(t)
		texts := map[string]string{}
		type past struct {
			id    string
			dump  string
			texts map[string]string
		}
		var journal []past
		for range 14 {
			before := past{dump: w.dump(), texts: maps.Clone(texts)}
			name := fmt.Sprintf("%d.txt", r.IntN(5))
			_, there := texts[name]
			switch op := r.IntN(9); {
			case op >= 7:
				j, some := w.randomJudgement(r)
				if !some {
					continue
				}
				made, err := w.im.Judge(ctx, j)
				var refused *InvalidError
				switch {
				case errors.As(err, &refused) || errors.Is(err, ErrUnknown):
					continue
				case err != nil:
					t.Fatal(err)
				}
				before.id = made.ID
				journal = append(journal, before)
			case op == 6:
				name, quads := fmt.Sprintf("quads %d", r.IntN(1000)), randomQuads(r)
				file := source(name, quads)
				file.Format = "nquads"
				if out := w.load(Options{}, file)[0]; out.Status == New {
					texts[name] = quads
					before.id = out.Import
					journal = append(journal, before)
				}
			case op < 4:
				texts[name] = randomDocument(r)
				out := w.load(Options{Published: date(fmt.Sprintf("202%d-06-0%c", 3+r.IntN(3), name[0]+1)).Date}, source(name, texts[name]))[0]
				if out.Status != New && out.Status != Replaced {
					t.Fatalf("seed %d: %s: %s %s", seed, name, out.Status, out.Reason)
				}
				texts[name] = fmt.Sprintf("%s\x00%s", out.versionDate(w), texts[name])
				before.id = out.Import
				journal = append(journal, before)
			case op == 4 && there:
				i, err := w.im.Remove(ctx, "/"+name)
				if err != nil {
					t.Fatal(err)
				}
				delete(texts, name)
				before.id = i.ID
				journal = append(journal, before)
			case op == 5 && len(journal) > 0:
				last := journal[len(journal)-1]
				journal = journal[:len(journal)-1]
				var err error
				if strings.HasPrefix(last.id, "i-") {
					_, err = w.im.Undo(ctx, last.id)
				} else {
					_, err = w.im.Unjudge(ctx, last.id, "anna")
				}
				if err != nil {
					t.Fatal(err)
				}
				if diff := difference(last.dump, w.dump()); diff != "" {
					t.Fatalf("seed %d: undo does not give back what was before:\n%s", seed, diff)
				}
				texts = maps.Clone(last.texts)
			}
		}
		plain := newWorld(t)
		names := slices.Sorted(maps.Keys(texts))
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		rules := w.inForce()
		judged := r.IntN(len(names) + 1)
		for i, name := range names {
			if i == judged {
				plain.enactAll(rules)
			}
			if strings.HasPrefix(name, "quads") {
				file := source(name, texts[name])
				file.Format = "nquads"
				plain.load(Options{}, file)
				continue
			}
			published, text, _ := strings.Cut(texts[name], "\x00")
			plain.load(Options{Published: date(published).Date}, source(name, text))
		}
		if judged == len(names) {
			plain.enactAll(rules)
		}
		if diff := difference(contents(plain.dump()), contents(w.dump())); diff != "" {
			t.Fatalf("seed %d: the order counts:\n%s", seed, diff)
		}
	}
}

func (o Outcome) versionDate(w *world) string {
	v := w.view()
	defer v.Close()
	found, err := findDocument(context.Background(), v, o.Document)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.Document.Published.String()
}
