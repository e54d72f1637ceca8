package queries_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/queries"
)

// plainTowns is the part of towns that Cayley's session gives back without
// loss: IRIs and plain strings.
func plainTowns() string {
	var b strings.Builder
	for line := range strings.Lines(towns) {
		if !strings.Contains(line, "^^") && !strings.Contains(line, "@fr") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// cayleyStore keeps the quads in Cayley's own memory store.
func cayleyStore(t testing.TB, nquads string) cayley.QuadStore {
	t.Helper()
	store := memstore.New()
	for q, err := range graph.ReadNQuads(t.Context(), strings.NewReader(nquads), graph.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := store.AddQuad(quad.Quad{
			Subject: graph.CayleyValue(q.Subject), Predicate: graph.CayleyValue(q.Predicate),
			Object: graph.CayleyValue(q.Object), Label: graph.CayleyValue(q.Graph),
		}); !ok {
			t.Fatalf("cannot add %v", q)
		}
	}
	return store
}

// oracle runs a query in Cayley's own Gizmo session.
func oracle(t testing.TB, store cayley.QuadStore, text string) ([]string, error) {
	t.Helper()
	it, err := query.NewSession(store, "gizmo").Execute(t.Context(), text, query.Options{Limit: 10_000, Collation: query.JSON})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out []string
	for it.Next(t.Context()) {
		row := it.Result()
		if row == nil {
			continue // the value of the script
		}
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(row); err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	slices.Sort(out)
	return out, it.Err()
}

// canonical writes rows with sorted members, as encoding/json sorts maps.
func canonical(t testing.TB, rows []queries.Row) []string {
	t.Helper()
	var out []string
	for _, row := range rows {
		raw, err := json.Marshal(row.JSON())
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	slices.Sort(out)
	return out
}

// The documented functions give what Cayley's own session gives.
func TestSameAsCayley(t *testing.T) {
	store := cayleyStore(t, plainTowns())
	e := engineOver(t, plainTowns())
	e.Prefixes = nil
	for _, text := range []string{
		`g.V().All()`,
		`g.V("<aster>", "<birch>").All()`,
		`g.V("<nowhere>").All()`,
		`g.V("<cedar>").Out("<trades>").All()`,
		`g.V("<cedar>").Out().All()`,
		`g.V("<cedar>").Out(["<trades>", "<near>"]).All()`,
		`g.V("<dogwood>").Out(null, "by").All()`,
		`g.V("<dogwood>").Out(["<trades>", "<motto>"], ["by", "again"]).All()`,
		`g.V("<dogwood>").Out(g.V("<motto>"), "by").All()`,
		`g.V("<birch>").In("<trades>").All()`,
		`g.V("<birch>").In().All()`,
		`g.V("wool").In("<motto>").All()`,
		`g.V("<cedar>").Both("<trades>").All()`,
		`g.V("<cedar>").Both("<trades>", "by").All()`,
		`g.V("<cedar>").Both().All()`,
		`g.V().Has("<trades>", "<birch>").All()`,
		`g.V().Has("<motto>", "wool").All()`,
		`g.V("<aster>", "<fir>").Has("<trades>", "<birch>", "<cedar>").All()`,
		`g.V().Has("<motto>").All()`,
		`g.V().HasR("<trades>", "<cedar>").All()`,
		`g.V().Has("<motto>", gt("salt")).All()`,
		`g.V().Has("<motto>", gt("a"), lt("t")).All()`,
		`g.V().Has("<trades>", gt(iri("c"))).All()`,
		`g.V().Out("<trades>").Is("<birch>").All()`,
		`g.V("<aster>").Tag("start").Out("<trades>").All()`,
		`g.V().As("a", "b").Out("<motto>").All()`,
		`g.V().Tag("start").Out("<motto>").Back("start").In("<trades>").All()`,
		`g.V().Tag("start").Out("<motto>").Back("start").All()`,
		`g.V("<aster>").Out("<trades>").Tag("x").Out("<trades>").Tag("y").Back("x").Out("<motto>").All()`,
		`g.V("<cedar>", "<aster>").Save("<trades>", "to").All()`,
		`g.V().Save("<near>", "to").All()`,
		`g.V("<dogwood>").Save("<motto>").All()`,
		`g.V("<birch>").SaveR("<trades>", "from").All()`,
		`g.V("<aster>", "<dogwood>").SaveOpt("<motto>", "m").All()`,
		`g.V("<aster>", "<elm>").SaveOptR("<near>", "n").All()`,
		`g.V("<cedar>").SaveInPredicates("p").All()`,
		`g.V("<cedar>").SaveOutPredicates("p").All()`,
		`g.V("<cedar>").InPredicates().All()`,
		`g.V("<cedar>").OutPredicates().All()`,
		`g.V().InPredicates().All()`,
		`g.V("<aster>").Out("<trades>").And(g.V("<fir>").Out("<trades>")).All()`,
		`g.V("<cedar>").Out("<trades>").Intersect(g.V("<aster>", "<elm>")).All()`,
		`g.V("<cedar>").Out("<trades>").Union(g.V("<aster>").Out()).All()`,
		`g.V("<cedar>").Tag("a").Out("<trades>").Or(g.V("<aster>").Tag("b").Out()).All()`,
		`g.V("<cedar>").Out("<trades>").Except(g.V("<aster>")).All()`,
		`g.V().Except(g.V().Out("<trades>")).All()`,
		`g.V("<cedar>").Difference(g.V("<cedar>")).All()`,
		`g.V().Filter(gt("salt")).All()`,
		`g.V().Filter(gte("salt"), lt("wool")).All()`,
		`g.V().Filter(regex("^[Is]")).All()`,
		`g.V().Filter(regex("^[a-d]", true)).All()`,
		`g.V().Filter(like("%oo%")).All()`,
		`g.V().Filter(like("?alt")).All()`,
		`g.V("<aster>").Follow(g.M().Out("<trades>").Out("<trades>")).All()`,
		`g.V("<cedar>").FollowR(g.M().Out("<trades>").Out("<trades>")).All()`,
		`g.V("wool").FollowR(g.M().Out("<trades>").Out("<motto>")).All()`,
		`g.V("<aster>").FollowRecursive(g.M().Out("<trades>")).All()`,
		`g.V("<aster>").FollowRecursive("<trades>").All()`,
		`g.V("<fir>").FollowRecursive(g.M().Out("<trades>"), 2).All()`,
		`g.V("<fir>").FollowRecursive(g.M().Out("<trades>"), 2, "depth").All()`,
		`g.V("<fir>").Tag("start").FollowRecursive(g.M().Out("<trades>"), "depth").Has("<motto>", "wool").All()`,
		`g.V().Out("<trades>").Unique().All()`,
		`g.V("<aster>", "<birch>", "<cedar>").order().All()`,
		`g.V().Has("<motto>").order().Limit(2).All()`,
		`g.V().Has("<motto>").order().Skip(2).All()`,
		`g.V("<aster>").LabelContext("<ledger>").Out("<motto>").All()`,
		`g.V("<elm>").LabelContext("<ledger>").Out("<motto>").All()`,
		`g.V("<elm>").LabelContext("<ledger>", "in").Out().All()`,
		`g.V().LabelContext("<ledger>").In("<motto>").LabelContext(null).In("<trades>").All()`,
		`g.V("wool").LabelContext("<ledger>").In("<motto>").All()`,
		`g.V("<cedar>").Out("<trades>").GetLimit(1)`,
		`g.Emit(g.V().Out("<trades>").Count())`,
		`g.Emit(g.V("<aster>").ToArray())`,
		`g.Emit(g.V("<cedar>").Out("<trades>").ToArray().length)`,
		`g.Emit(g.V("<birch>").Out("<motto>").ToValue())`,
		`g.Emit(g.V("<birch>").Tag("a").Out("<motto>").TagValue())`,
		`g.Emit(g.V("<birch>").Tag("a").Out("<motto>").TagArray())`,
		`g.V("<cedar>").Tag("a").Out("<trades>").ForEach(function (d) { g.Emit(d) })`,
		`g.V("<cedar>").Out("<trades>").order().ForEach(1, function (d) { g.Emit({ got: d.id }) })`,
		`g.Emit({ a: [1, "x", true], b: { c: 1.5 } })`,
		`g.V(g.IRI("aster")).Out(iri("trades")).All()`,
		`g.V(str("wool")).In("<motto>").All()`,
		`g.V(raw("<aster>")).All()`,
		`g.AddNamespace("t", ""); g.V(g.IRI("t:aster")).All()`,
	} {
		for _, spelling := range []string{text, lowerCase(text)} {
			want, err := oracle(t, store, spelling)
			if err != nil {
				t.Errorf("%s: Cayley: %v", spelling, err)
				continue
			}
			r, err := run(t, e, spelling)
			if err != nil {
				t.Errorf("%s: %v", spelling, err)
				continue
			}
			if got := canonical(t, r.Rows); !slices.Equal(got, want) {
				t.Errorf("%s\n   got %s\nCayley %s", spelling, strings.Join(got, "\n       "), strings.Join(want, "\n       "))
			}
		}
	}
}

// lowerCase writes the functions of a query with small first letters.
func lowerCase(text string) string {
	for _, c := range "ABCDEFGHILMNORSTU" {
		if c == 'M' || c == 'V' {
			continue
		}
		text = strings.ReplaceAll(text, "."+string(c), "."+strings.ToLower(string(c)))
	}
	return strings.NewReplacer(".iRI(", ".IRI(", "getlimit", "getLimit").Replace(text)
}

// Where Cayley gives less than there is, or nothing to rely on, we do not follow.
func TestOtherThanCayley(t *testing.T) {
	e := engineOver(t, towns)
	for _, c := range []struct {
		query string
		want  []string
	}{
		// every combination of two saves, not one row for each value
		{`g.V("<cedar>").save("<trades>", "a").saveR("<trades>", "b").save("<trades>", "c").all()`, []string{
			`{"id":"<cedar>","a":"<aster>","b":"<birch>","c":"<aster>"}`, `{"id":"<cedar>","a":"<aster>","b":"<birch>","c":"<dogwood>"}`,
			`{"id":"<cedar>","a":"<dogwood>","b":"<birch>","c":"<aster>"}`, `{"id":"<cedar>","a":"<dogwood>","b":"<birch>","c":"<dogwood>"}`}},
		// an intersection keeps the tags of both sides in every combination
		{`g.V("<cedar>","<elm>").tag("a").both("<near>").and(g.V("<aster>","<fir>").tag("b")).all()`, []string{
			`{"id":"<aster>","a":"<cedar>","b":"<aster>"}`, `{"id":"<fir>","a":"<elm>","b":"<fir>"}`}},
		// two optional saves with a filter between them
		{`g.V("<fir>").saveOpt("<motto>","m").has("<trades>","<birch>").saveOpt("<none>","n").all()`, []string{
			`{"id":"<fir>","m":"Ice and fire"}`, `{"id":"<fir>","m":"\"glace\"@fr"}`}},
		// numbers compare and sort by value, dates by time, a plain text finds dates
		{`g.V().out("<size>").order().all()`, []string{`{"id":10}`, `{"id":200}`, `{"id":9}`}},
		{`g.emit(g.V().out("<size>").order().toArray())`, []string{`[9,10,200]`}},
		{`g.V().has("<size>", gt(9)).all()`, []string{`{"id":"<aster>"}`, `{"id":"<cedar>"}`}},
		{`g.V().has("<founded>", lt("1300")).all()`, []string{`{"id":"<elm>"}`}},
		{`g.V().out("<founded>").filter(gte("1310")).all()`, []string{`{"id":"\"1310-05-02\"^^<http://www.w3.org/2001/XMLSchema#date>"}`}},
		// terms are told apart, and what is given to a script leads back to the node
		{`g.V("<fir>").out("<motto>").forEach(function (d) { g.V(d.id).in("<motto>").all() })`, []string{`{"id":"<fir>"}`, `{"id":"<fir>"}`}},
		{`g.V("<elm>").out("<founded>").forEach(function (d) { g.V(d.id).in("<founded>").all() })`, []string{`{"id":"<elm>"}`}},
		// a list of nodes; statements of the default graph have no label; order in either spelling
		{`g.V(["<aster>", "<birch>"]).All()`, []string{`{"id":"<aster>"}`, `{"id":"<birch>"}`}},
		{`g.V("<elm>").Labels().All()`, []string{`{"id":"<ledger>"}`}},
		{`g.V("<birch>", "<aster>").Order().GetLimit(1)`, []string{`{"id":"<aster>"}`}},
		// an empty list is no node, not all of them
		{`g.V([]).all()`, nil},
		// known prefixes, with and without brackets; bare words as predicates
		{`g.V("state:ARM").out("ent:memberOf").in(":memberOf").tag("x").is("<state:BLR>").all()`, []string{
			`{"id":"<` + id + `state/BLR>","x":"<` + id + `state/BLR>"}`}},
		{`g.V("<aster>").out("trades").all()`, []string{`{"id":"<birch>"}`}},
		{`g.addNamespace("s", "` + id + `state/"); g.V("s:ARM").out("memberOf").count() === 1 && g.emit("one")`, []string{`"one"`}},
		{`g.V("<fir>").has("<open>", true).all()`, []string{`{"id":"<fir>"}`}},
		{`g.V(10).in("<size>").all()`, []string{`{"id":"<aster>"}`}},
		{`g.V(lang("glace", "fr")).in("<motto>").all()`, []string{`{"id":"<fir>"}`}},
		{`g.V(typed("1204", "xsd:gYear")).in("<founded>").all()`, []string{`{"id":"<elm>"}`}},
		{`g.V("<elm>").labels().back === undefined || g.V("<elm>").tag("e").labels().back("e").all()`, []string{`{"id":"<elm>","e":"<elm>"}`}},
		{`g.emit(label("state:ARM") + " " + text(typed("x", "xsd:date")))`, []string{`"state:ARM x"`}},
	} {
		r, err := run(t, e, c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := rows(t, r); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.query, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// Random chains of functions end, in time, with rows or an error of ours.
func TestRandomChains(t *testing.T) {
	e := engineOver(t, towns)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	for range 400 {
		text := chain(random, 1+random.IntN(8))
		start := time.Now()
		_, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text, Limits: queries.Limits{Timeout: 300 * time.Millisecond}})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("seed %d: %s: took %v", seed, text, took)
		}
		if err != nil && strings.Contains(err.Error(), "internal failure") {
			t.Errorf("seed %d: %s: %v", seed, text, err)
		}
	}
}

func chain(random *rand.Rand, steps int) string {
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	argument := func() string {
		return pick(`"<trades>"`, `"<near>"`, `"<motto>"`, `"<aster>"`, `"wool"`, `"x"`, `1`, `-1`, `null`, `undefined`, `[]`, `["<trades>", "<near>"]`,
			`g.V("<cedar>")`, `g.M().Out("<trades>")`, `gt("b")`, `lt(10)`, `regex("o", true)`, `"state:ARM"`, `{}`, `function (d) { g.Emit(d) }`, `true`, `1e9`)
	}
	var b strings.Builder
	b.WriteString(pick(`g.V()`, `g.V("<cedar>")`, `g.V("<aster>", "wool")`, `g.V().Tag("x")`, `g.M()`, `g.V("<fir>").Tag("x")`))
	for range steps {
		name := pick("Out", "In", "Both", "Has", "HasR", "Is", "Tag", "Back", "Save", "SaveR", "SaveOpt", "SaveOptR", "And", "Or", "Except", "Filter",
			"Follow", "FollowR", "FollowRecursive", "Unique", "Limit", "Skip", "Order", "Labels", "LabelContext", "InPredicates", "OutPredicates",
			"SaveInPredicates", "SaveOutPredicates")
		var arguments []string
		switch {
		case name == "Back" || name == "Tag":
			arguments = []string{`"x"`}
		case name == "Unique" || name == "Order" || name == "Labels" || name == "InPredicates" || name == "OutPredicates":
		case name == "And" || name == "Or" || name == "Except" || strings.HasPrefix(name, "Follow"):
			arguments = []string{chain(random, random.IntN(3))}
		default:
			for range random.IntN(3) {
				arguments = append(arguments, argument())
			}
		}
		fmt.Fprintf(&b, ".%s(%s)", name, strings.Join(arguments, ", "))
	}
	return b.String() + pick("", ".All()", ".Count()", ".ToArray()", ".GetLimit(3)", ".TagValue()")
}

func FuzzScripts(f *testing.F) {
	for _, c := range hostile {
		f.Add(c.script)
	}
	e := engineOver(f, towns)
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		_, err := e.Run(t.Context(), queries.Request{Language: "gizmo", Text: text, Limits: queries.Limits{Timeout: 100 * time.Millisecond, Memory: 64 << 20}})
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil && strings.Contains(err.Error(), "internal failure") {
			t.Error(err)
		}
	})
}
