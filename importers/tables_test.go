package importers

import (
	"context"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/pebble"
	"github.com/ententegraph/entente/schema"
)

// loadTables loads data sets into a new store and gives its facts.
func loadTables(t *testing.T, files ...string) []graph.Quad {
	t.Helper()
	store, err := pebble.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	model, err := schema.Default()
	if err != nil {
		t.Fatal(err)
	}
	im := &Importer{Store: store, Model: model} // without a pipeline: nothing is read
	for outcome, err := range im.Load(t.Context(), Files(t.Context(), files, nil), Options{}) {
		if err != nil || outcome.Err != nil {
			t.Fatal(err, outcome.Err)
		}
	}
	view, err := store.View()
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	var facts []graph.Quad
	for q, err := range graph.Quads(t.Context(), view, graph.Pattern{Graph: graph.DefaultGraph}) {
		if err != nil {
			t.Fatal(err)
		}
		facts = append(facts, q)
	}
	return facts
}

// A bond is a relation between two states in one year.
type bond struct{ relation, a, b string }

// bondsIn gives what the facts say of a year.
func bondsIn(facts []graph.Quad, year int) map[bond]bool {
	type node struct {
		bond
		from, until string
	}
	nodes := map[string]*node{}
	for _, q := range facts {
		n := nodes[q.Subject.Value]
		if n == nil {
			n = &node{}
			nodes[q.Subject.Value] = n
		}
		local := strings.TrimPrefix(q.Object.Value, schema.ID+"state/")
		switch q.Predicate.Value {
		case schema.StatedType:
			n.relation = strings.TrimPrefix(q.Object.Value, schema.NS)
		case schema.Subject:
			n.a = local
		case schema.Object:
			n.b = local
		case schema.From:
			n.from = q.Object.Value
		case schema.Until:
			n.until = q.Object.Value
		}
	}
	out := map[bond]bool{}
	y := strconv.Itoa(year)
	for _, n := range nodes {
		if strings.HasSuffix(n.relation, "PactWith") && n.from <= y && (n.until == "" || n.until >= y) {
			out[bond{n.relation, min(n.a, n.b), max(n.a, n.b)}] = true
		}
	}
	return out
}

// What began and ended in one year, and later began again, are two facts, and neither goes on.
func TestAllianceOfOneYear(t *testing.T) {
	file := filepath.Join(t.TempDir(), "alliances.csv")
	if err := os.WriteFile(file, []byte("ccode1,ccode2,kinds,first,last\n220,325,defense,1859,1859\n220,325,defense,1915,1918\n220,325,offense,1859,1859\n2,20,defense,1990,2018\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	facts := loadTables(t, file)
	pact := bond{"defencePactWith", "FRA", "ITA"}
	for year, want := range map[int]bool{1858: false, 1859: true, 1860: false, 1914: false, 1915: true, 1918: true, 1919: false, 2000: false} {
		if got := bondsIn(facts, year)[pact]; got != want {
			t.Errorf("%d: got %v", year, got)
		}
	}
	if got := bondsIn(facts, 1860); len(got) != 0 {
		t.Errorf("in 1860 there are %v", got)
	}
	if got := bondsIn(facts, 2010); len(got) != 1 { // open when the data ends
		t.Errorf("in 2010 there are %v", got)
	}
}

// Leaders of one name are one person when they come back within a lifetime, and
// else two; a name that is part of another's stays a person of its own.
func TestLeadersApart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "leaders.csv")
	text := "gwcode,leader,startdate,enddate,entry,exit\n" +
		"385,Berg,1890-01-01,1893-05-01,Regular,Regular\n385,Berg,1990-02-01,1994-02-01,Regular,Regular\n" +
		"390,\"Dahl, A.\",1950-01-01,1955-01-01,Regular,Regular\n390,\"Dahl, A.\",1970-01-01,1971-01-01,Regular,Irregular\n" +
		"380,Lund,1920-01-01,1924-01-01,Regular,Regular\n380,\"Lund, Eva\",2014-01-01,2015-12-31,Regular,Still in Office\n" +
		"375,Salo,2013-01-01,2015-12-31,Regular,Regular\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	tenures := map[string][]string{} // by person: until when each lasted
	holders, ends := map[string]string{}, map[string]string{}
	for _, q := range loadTables(t, file) {
		switch q.Predicate.Value {
		case schema.Holder:
			holders[q.Subject.Value] = strings.TrimPrefix(q.Object.Value, schema.ID+"person/")
		case schema.Until:
			ends[q.Subject.Value] = q.Object.Value
		}
	}
	for tenure, holder := range holders {
		tenures[holder] = append(tenures[holder], ends[tenure])
	}
	for _, list := range tenures {
		slices.Sort(list)
	}
	want := map[string][]string{
		"berg.1890": {"1893-05-01"}, "berg.1990": {"1994-02-01"},
		"a-dahl":    {"1955-01-01", "1971-01-01"},
		"lund.1920": {"1924-01-01"}, "eva-lund.2014": {""},
		"salo": {"2015-12-31"},
	}
	if !maps.EqualFunc(tenures, want, slices.Equal) {
		t.Errorf("got %v, want %v", tenures, want)
	}
}

// What a part of a data set tells of last has ended; only what reaches to the end of the whole goes on.
func TestExcerpt(t *testing.T) {
	for last, want := range map[string]string{"1918": "from 1915 to 1918.", "2018": "since 1915, and still at the end of the data, 2018."} {
		text := "ccode1,ccode2,kinds,first,last\n220,325,defense,1915," + last + "\n"
		for d, err := range readTable(t.Context(), Input{Name: "x", Reader: strings.NewReader(text)}) {
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(d.Text); got != "France and Italy have a defence pact "+want || d.Published.Year != 2018 {
				t.Errorf("%q, %s", got, d.Published)
			}
		}
	}
}

// TestATOP compares who was allied with whom in the graph with the rows of the data set.
func TestATOP(t *testing.T) {
	const file = "../../shared/facts/cow/atop_alliances.csv"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("needs the data set of alliances in ../shared/facts/cow")
	}
	defer f.Close()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	relations := map[string]string{"defense": "defencePactWith", "offense": "offencePactWith", "neutrality": "neutralityPactWith", "nonaggression": "nonAggressionPactWith", "consultation": "consultationPactWith"}
	codes, err := stateCodes()
	if err != nil {
		t.Fatal(err)
	}
	facts := loadTables(t, file)
	compared := 0
	for _, year := range []int{1815, 1830, 1850, 1870, 1890, 1910, 1914, 1920, 1938, 1950, 1970, 1990, 2002, 2018} {
		id := func(code string) string {
			for _, s := range codes[code] {
				if s.from <= year && (s.until == 0 || year < s.until) {
					return s.id
				}
			}
			return ""
		}
		want := map[bond]bool{}
		for _, r := range rows[1:] {
			first, _ := strconv.Atoi(r[3])
			last, _ := strconv.Atoi(r[4])
			if first > year || year > last {
				continue
			}
			for kind := range strings.FieldsSeq(r[2]) {
				a, b := id(r[0]), id(r[1])
				want[bond{relations[kind], min(a, b), max(a, b)}] = true
			}
		}
		got := bondsIn(facts, year)
		for b := range want {
			if !got[b] {
				t.Errorf("%d: %v is missing", year, b)
			}
		}
		for b := range got {
			if !want[b] {
				t.Errorf("%d: %v is too much", year, b)
			}
		}
		compared += len(want)
	}
	t.Logf("%d alliances compared", compared)
}

// TestFieldTables counts what the other two data sets say.
func TestFieldTables(t *testing.T) {
	for _, c := range []struct {
		file                          string
		documents, relations, tenures int
	}{
		{"igo_membership.csv", 534, 18992, 0}, // 18927 rows, parted where Serbia became Yugoslavia and came out of it
		{"leaders.csv", 187, 0, 3410},
		{"igo.csv", 1, 0, 0},
	} {
		file := "../../shared/facts/cow/" + c.file
		if _, err := os.Stat(file); err != nil {
			t.Skip("needs the data sets in ../shared/facts/cow")
		}
		documents, relations, tenures := 0, 0, 0
		for s := range Files(context.Background(), []string{file}, nil) {
			for d, err := range s.Documents(t.Context(), Reading{}) {
				if err != nil {
					t.Fatal(err)
				}
				documents++
				relations += len(d.Said.Relations)
				tenures += len(d.Said.Tenures)
				for _, m := range d.Said.Mentions {
					if d.Text[m.Start:m.End] != d.Said.Entities[m.Entity].Name {
						t.Fatalf("%s: %q stands for %s", d.Key, d.Text[m.Start:m.End], d.Said.Entities[m.Entity].Name)
					}
				}
			}
		}
		if documents != c.documents || relations != c.relations || tenures != c.tenures {
			t.Errorf("%s: %d documents, %d relations, %d tenures", c.file, documents, relations, tenures)
		}
	}
}
